"""What is different in Google Colab: work is lost with the session unless it lies in Drive, and a GPU has to be chosen.

Widgets that do not come with Colab have to be allowed, too.
"""

import sys
from pathlib import Path

import torch

CONTENT = Path("/content")


def running() -> bool:
    """Return whether this is a notebook in Google Colab; Colab's own kernel has loaded this module from the start."""
    return "google.colab" in sys.modules


def work_folder() -> Path:
    """Return the folder for the student's work: in Google Drive, which asks for permission the first time.

    Without Drive a German message says what that means, and the work lies in ``/content``.
    """
    from google.colab import drive

    mounted = CONTENT / "drive"
    folder = mounted / "MyDrive" / "srcourse"
    try:
        if not folder.parent.is_dir():
            drive.mount(str(mounted))
        folder.mkdir(parents=True, exist_ok=True)
    except Exception as error:  # Colab documents none: a refusal has been a ValueError and a MessageError
        print(
            f"Ihr Google Drive ist nicht verbunden ({error}). Ihre Arbeit liegt deshalb in {CONTENT} und geht mit dem "
            "Ende dieser Sitzung verloren. Damit sie erhalten bleibt, führen Sie diese Zelle noch einmal aus und erlauben "
            "Sie den Zugriff, oder laden Sie den Ordner answers vor dem Ende der Sitzung herunter."
        )
        return CONTENT
    return folder


def allow_widgets() -> None:
    """Let this session's outputs hold widgets that Colab does not bring itself, such as the course's own."""
    from google.colab import output

    output.enable_custom_widget_manager()


def gpu_hint(device: torch.device) -> str | None:
    """Return a warning and how to attach a GPU, in German, if this is Colab and computes without one."""
    if not running() or device.type != "cpu":
        return None
    return (
        "Achtung: Diese Colab-Sitzung rechnet ohne GPU. Trainings dauern viel länger; solange Sie oben kein Profil nennen, "
        "gilt deshalb das kurze „cpu“. So verbinden Sie eine GPU: "
        "Menü „Laufzeit“ → „Laufzeittyp ändern“ → „T4-GPU“ → „Speichern“ (englisch: Runtime → Change runtime type → T4 GPU). "
        "Danach beginnt die Sitzung neu; führen Sie die Zellen noch einmal von oben aus."
    )

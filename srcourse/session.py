"""The first line of every notebook: networks, photographs, device and work folder made ready."""

import os
from dataclasses import dataclass
from pathlib import Path

import torch

from srcourse import colab, weights
from srcourse.data import Photographs, ViewSet, load_photographs, require_source
from srcourse.device import pick_device
from srcourse.messages import SettingError
from srcourse.training.processes import is_first_process
from srcourse.training.profiles import Profile, get_profile
from srcourse.workspace import (
    WORK_VARIABLE,
    Workspace,
    find_workspace,
    grading_workspace,
    use_workspace,
)


@dataclass(frozen=True)
class Session:
    """What a notebook computes on, with and where.

    Attributes:
        profile: length of the trainings.
        data: source of the photographs, as :func:`srcourse.data.load_photographs` takes it.
        device: where to compute.
        seed: start value of random numbers.
        work: the student's work folder.
    """

    profile: Profile
    data: str
    device: torch.device
    seed: int
    work: Workspace

    def photographs(self, scale: int) -> Photographs:
        """Return the session's photographs for an upscale factor."""
        return load_photographs(self.data, scale=scale)

    def views(self, photos: Photographs) -> ViewSet:
        """Return the validation views on which tables of results are measured: all but in the smoke profile."""
        wanted = self.profile.final_views
        return photos.validation if wanted is None else photos.validation.first(wanted)


def default_data(profile: Profile) -> str:
    """Return the photographs that belong to a profile: the full recipe wants the full data set."""
    return "flowers102" if profile.name == "gpu" else "sample"


def start(
    *,
    profile: str | None = None,
    data: str | Path | None = None,
    device: str | None = None,
    seed: int = 0,
    output: str | Path | None = None,
) -> Session:
    """Prepare a notebook and print in German what it will compute on.

    Args:
        profile: name of a training profile; ``None`` picks ``"gpu"`` on CUDA and ``"cpu"`` elsewhere: the full recipe
            would take Apple's GPUs many hours. It also wants thousands of photographs, so with other ``data`` than Flowers
            102, where an epoch would be a step or two, ``None`` picks ``"cpu"`` on CUDA, too.
        data: source of photographs; ``None`` picks Flowers 102 for the profile ``"gpu"`` and the embedded
            sample photographs for the others.
        device: where to compute; ``None`` picks CUDA, MPS or the CPU.
        seed: start value of random numbers; torch's generator is seeded with it.
        output: work folder; ``None`` picks the one that the notebooks share, in Colab a folder in Google Drive.

    Raises:
        WeightsUnavailableError: if the pretrained networks cannot be had.
        SettingError: for an unknown profile or device, a seed that is no whole number, or a work folder that is a file.
        PhotographsError: if the photographs' folder does not exist.
    """
    if not isinstance(seed, int):
        raise SettingError(f"seed muss eine ganze Zahl sein, zum Beispiel 0, nicht {seed!r}.")
    grading = grading_workspace()
    if grading is not None:
        # Whatever the notebook asks for: a submission is graded by its answers, not by its trainings.
        profile, data = "smoke", "sample"
    if colab.running():
        colab.allow_widgets()
    picked = pick_device(device)
    full = picked.type == "cuda" and data in (None, "flowers102")
    length = get_profile(profile if profile is not None else ("gpu" if full else "cpu"))
    source = str(data) if data is not None else default_data(length)
    if grading is None and output is None and colab.running() and WORK_VARIABLE not in os.environ:
        output = colab.work_folder()
    work = grading or find_workspace(output)
    use_workspace(work)
    require_source(source)
    weights.ensure()
    torch.manual_seed(seed)
    if is_first_process():
        print(
            f"Bereit: Rechengerät {picked}, Profil „{length.name}“, Fotos „{source}“, Arbeitsordner {work.folder}"
        )
        hint = colab.gpu_hint(picked)
        if hint:
            print(hint)
    return Session(length, source, picked, seed, work)

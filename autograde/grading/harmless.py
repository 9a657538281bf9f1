"""What a cell may show in an instructor's browser: plain text and pictures, nothing that a browser could run."""

import base64
import binascii
import io
from typing import Any

from nbformat import NotebookNode
from PIL import Image

from autograde.grading.nodes import node
from autograde.grading.text import CUT, clean_text

_PICTURES = {"image/png": "PNG", "image/jpeg": "JPEG"}
# Of one picture, of all pictures of a cell: bytes as they are. A figure of the course has about 1 MiB.
_PICTURE_BYTES = 8 * 2**20
_CELL_BYTES = 24 * 2**20
# A picture of few bytes may unfold into gigabytes in the browser.
_PICTURE_PIXELS = 40_000_000
# Of one output, of all outputs of a cell.
_OUTPUT_TEXT = 50_000
_CELL_TEXT = 200_000
_OUTPUTS = 200
_ATTACHMENTS = 20


def clean_outputs(outputs: Any) -> list[NotebookNode]:
    """Return the outputs of a cell with what may be shown, and nothing else.

    Texts, PNG and JPEG stay; HTML, SVG, JavaScript, LaTeX, widgets and all metadata go. Errors stay errors, as plain
    text. Too much is cut, but never all errors and never all of stderr: nbgrader takes points for these.

    Args:
        outputs: outputs from a kernel or from a file; whatever is no output is left out.
    """
    kept: list[NotebookNode] = []
    text, pictures, faulty = _CELL_TEXT, _CELL_BYTES, False
    for output in outputs if isinstance(outputs, list) else []:
        if not isinstance(output, dict):
            continue
        fault = output.get("output_type") == "error" or output.get("name") == "stderr"
        last_chance = fault and not faulty
        if (len(kept) >= _OUTPUTS or text < 0) and not last_chance and "data" not in output:
            continue  # before it is looked at: a loop that prints leaves a hundred thousand of them
        made = _clean_output(output)
        if made is None:
            continue
        shown = made.get("data", {})
        taken = sum(len(shown[kind]) * 3 // 4 for kind in _PICTURES if kind in shown)
        pictures -= taken
        text -= 0 if taken else _length(made)
        if len(kept) < _OUTPUTS and (pictures if taken else text) >= 0:
            kept.append(made)
        elif last_chance:
            kept.append(_shortened(made))
        faulty = faulty or fault
    return kept


def clean_attachments(attachments: Any) -> dict[str, dict[str, str]]:
    """Return the attached pictures of a text cell that are pictures."""
    kept: dict[str, dict[str, str]] = {}
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        pictures = _clean_pictures(bundle) if isinstance(bundle, dict) else {}
        if pictures and len(kept) < _ATTACHMENTS:
            kept[clean_text(name, 200)] = pictures
    return kept


def _clean_output(output: dict[str, Any]) -> NotebookNode | None:
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return node({"output_type": kind, "name": name, "text": clean_text(output.get("text"), _OUTPUT_TEXT)})
    if kind == "error":
        lines = output.get("traceback")
        lines = lines if isinstance(lines, list) else [lines]
        trace = clean_text("\n".join(clean_text(line, _OUTPUT_TEXT) for line in lines), _OUTPUT_TEXT)
        return node(
            {
                "output_type": kind,
                "ename": clean_text(output.get("ename"), 200),
                "evalue": clean_text(output.get("evalue"), _OUTPUT_TEXT),
                "traceback": trace.split("\n") if trace else [],
            }
        )
    if kind not in ("display_data", "execute_result") or not isinstance(output.get("data"), dict):
        return None
    data: dict[str, str] = _clean_pictures(output["data"])
    if "text/plain" in output["data"]:
        # Beside a picture, the text is no more than its name.
        data["text/plain"] = clean_text(output["data"]["text/plain"], 1000 if data else _OUTPUT_TEXT)
    if not data:
        return None
    made = node({"output_type": "display_data", "data": data, "metadata": {}})
    if kind == "execute_result" and data.get("text/plain"):  # nbgrader fails on a result without text
        made |= {"output_type": kind, "execution_count": None}
    return made


def _clean_pictures(bundle: dict[Any, Any]) -> dict[str, str]:
    decoded = {kind: _picture(bundle.get(kind), form) for kind, form in _PICTURES.items()}
    return {kind: base64.b64encode(data).decode() for kind, data in decoded.items() if data}


def _picture(encoded: Any, form: str) -> bytes | None:
    """Return a picture's bytes if they are one of this form and of a size that can be shown."""
    text = "".join(clean_text(encoded).split())
    if not text or len(text) > _PICTURE_BYTES * 4 // 3:
        return None
    try:
        data = base64.b64decode(text, validate=True)
        with Image.open(io.BytesIO(data), formats=[form]) as picture:  # reads the head only
            small_enough = picture.width * picture.height <= _PICTURE_PIXELS
    except (binascii.Error, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return data if small_enough else None


def _length(output: NotebookNode) -> int:
    texts = [
        output.get("text", ""),
        output.get("data", {}).get("text/plain", ""),
        *output.get("traceback", []),
    ]
    return sum(map(len, texts))


def _shortened(output: NotebookNode) -> NotebookNode:
    if output.output_type == "error":
        output |= {"evalue": clean_text(output.evalue, 1000), "traceback": [CUT.strip()]}
    else:
        output.text = clean_text(output.text, 1000)
    return output

"""Hands in outputs of every kind with scripts, in cells that are not run again."""
# aufgabe1
import json

from autograde.grading.released import released_notebook

SCRIPT = "<script>window.attacked='output'</script><img src=x onerror=\"window.attacked='output'\">"


def hand_in(notebook, folder, known):
    data = json.loads(json.dumps(released_notebook("aufgabe1")))
    kinds = ("text/html", "image/svg+xml", "application/javascript", "text/markdown", "text/latex", "text/vnd.mermaid", "text/plain")
    for cell in data["cells"]:
        if "needs-answers" in cell["metadata"].get("tags", []):
            cell["outputs"] = [
                *({"output_type": "display_data", "data": {kind: SCRIPT}, "metadata": {}} for kind in kinds),
                {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo="}, "metadata": {"image/png": {"width": "1 onload=window.attacked=1"}}},
                {"output_type": "stream", "name": "stdout", "text": SCRIPT},
                {"output_type": "error", "ename": SCRIPT, "evalue": SCRIPT, "traceback": [SCRIPT, "\x1b]8;;javascript:window.attacked=1\x07x\x1b]8;;\x07"]},
            ]
        elif "nbgrader" not in cell["metadata"] and "imports" not in cell["metadata"].get("tags", []) and cell["cell_type"] == "code":
            cell["source"] = "pass"
    (folder / "aufgabe1.ipynb").write_text(json.dumps(data))

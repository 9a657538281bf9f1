"""Puts scripts into attachments: their names, kinds, data, and pictures that are SVG."""
# aufgabe1
import json


def hand_in(notebook, folder, known):
    data = json.loads(json.dumps(notebook))
    bad = "\" onerror=\"window.attacked='attachment'\" x=\""
    svg = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='window.attacked=1'/>"
    data["cells"].insert(0, {
        "cell_type": "markdown", "id": "pictures", "metadata": {},
        "source": f"![x](attachment:a.png) ![{bad}](attachment:b.png) ![y]({svg}) <img src=\"attachment:a.png\">",
        "attachments": {"a.png": {"image/png": bad, f"image/png;base64,{bad}": "x"}, "b.png": {"image/svg+xml": svg}, bad: {"text/html": bad}},
    })
    (folder / "aufgabe1.ipynb").write_text(json.dumps(data))

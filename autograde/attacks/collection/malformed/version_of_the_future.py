"""A solved part in a notebook of versions 99 and -1, with cells of an unknown type."""
# aufgabe1
# solved: a1-tv
import json


def hand_in(notebook, folder, known):
    data = json.loads(json.dumps(notebook)) | {"nbformat": 99, "nbformat_minor": -1}
    data["cells"] += [{"cell_type": "hologram", "source": 5}, 7, None, {}, {"cell_type": None, "source": {"a": 1}}]
    (folder / "aufgabe1.ipynb").write_text(json.dumps(data))

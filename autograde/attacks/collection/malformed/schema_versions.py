"""A solved part with schema versions of nbgrader that are too old, too new, or none, which stops nbgrader's whole batch."""
# aufgabe1
# solved: a1-tv
import json


def hand_in(notebook, folder, known):
    data = json.loads(json.dumps(notebook))
    for number, cell in enumerate(data["cells"]):
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["schema_version"] = [0, 1, 2, 99, "3", None, -1][number % 7]
    (folder / "aufgabe1.ipynb").write_text(json.dumps(data))

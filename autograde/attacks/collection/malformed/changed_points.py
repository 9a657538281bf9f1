"""Points of a thousand, less than nothing, NaN, infinity and text."""
# aufgabe1
# solved: a1-tv
import json


def hand_in(notebook, folder, known):
    values = [1000, -5, float("nan"), float("inf"), "8", None, [], 10**400]
    data = json.loads(json.dumps(notebook))
    for number, cell in enumerate(data["cells"]):
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["points"] = values[number % len(values)]
    (folder / "aufgabe1.ipynb").write_text(json.dumps(data))

"""A solved part in a notebook whose ids are missing, doubled, too long, or no text."""
# aufgabe1
# solved: a1-tv
import json


def hand_in(notebook, folder, known):
    data = json.loads(json.dumps(notebook))
    bad = [None, 5, "", "x" * 1000, "a b", "<script>", "same", "same", ["list"], "../up"]
    for number, cell in enumerate(data["cells"]):
        cell["id"] = bad[number % len(bad)]
        if number % 3 == 0:
            del cell["id"]
    (folder / "aufgabe1.ipynb").write_text(json.dumps(data))

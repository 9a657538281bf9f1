"""A notebook of 200 MB."""
# aufgabe1
# human: all
import json


def hand_in(notebook, folder, known):
    data = json.loads(json.dumps(notebook))
    data["metadata"]["junk"] = "@"
    before, after = json.dumps(data).split("@", 1)
    with (folder / "aufgabe1.ipynb").open("w") as file:
        file.write(before)
        for _ in range(200):
            file.write("x" * 2**20)
        file.write(after)

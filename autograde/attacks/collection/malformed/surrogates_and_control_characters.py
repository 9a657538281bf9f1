"""A solved part among lone surrogates, NUL and control characters in sources, names and outputs."""
# aufgabe1
# solved: a1-tv
import json


def hand_in(notebook, folder, known):
    data = json.loads(json.dumps(notebook))
    for cell in data["cells"]:
        cell["source"] = "".join(cell["source"]) + ("\n# \ud800 \u0000 \u001b[2J \u202e" if cell["cell_type"] == "code" else "\ud800\u0000")
    data["metadata"]["\ud800"] = "\udfff"
    (folder / "aufgabe1.ipynb").write_bytes(b"\xef\xbb\xbf" + json.dumps(data).encode())

"""A solved part with a timestamp.txt that is no text, and none that any date library can read."""
# aufgabe1
# solved: a1-tv
from nbformat import write


def hand_in(notebook, folder, known):
    write(notebook, folder / "aufgabe1.ipynb")
    (folder / "timestamp.txt").write_bytes(b"\xff\xfe\x00" * 1000)

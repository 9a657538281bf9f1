"""A solved part in UTF-16 with a byte order mark, as an editor under Windows saves it."""
# aufgabe1
# solved: a1-tv
from nbformat import writes


def hand_in(notebook, folder, known):
    (folder / "aufgabe1.ipynb").write_bytes(writes(notebook).encode("utf-16"))

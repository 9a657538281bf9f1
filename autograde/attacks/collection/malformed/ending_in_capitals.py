"""A solved part in a file whose ending is in capitals; nbgrader looks for .ipynb only."""
# aufgabe1
# solved: a1-tv
from nbformat import write


def hand_in(notebook, folder, known):
    write(notebook, folder / "aufgabe1.ipynb")
    (folder / "aufgabe1.ipynb").rename(folder / "AUFGABE1.IPYNB")

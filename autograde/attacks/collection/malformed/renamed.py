"""A solved part in a file with the name that a browser gives to a second download."""
# aufgabe1
# solved: a1-tv
from nbformat import write


def hand_in(notebook, folder, known):
    write(notebook, folder / "aufgabe1 (1).ipynb")

"""Two notebooks, neither with the right name: one solved, one not."""
# aufgabe1
# human: all
from nbformat import write


def hand_in(notebook, folder, known):
    write(notebook, folder / "Lösung.ipynb")
    write(notebook, folder / "Lösung final.ipynb")

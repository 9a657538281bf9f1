"""A folder with the name of the notebook, with a notebook in it."""
# aufgabe1
# human: all
from nbformat import write


def hand_in(notebook, folder, known):
    (folder / "aufgabe1.ipynb").mkdir()
    write(notebook, folder / "aufgabe1.ipynb" / "aufgabe1.ipynb")
    (folder / "aufgabe1.ipynb" / "data.txt").write_text("x")

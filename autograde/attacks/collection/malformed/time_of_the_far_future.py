"""A solved part handed in in the year 9999, west of every time zone."""
# aufgabe1
# solved: a1-tv
from nbformat import write


def hand_in(notebook, folder, known):
    write(notebook, folder / "aufgabe1.ipynb")
    (folder / "timestamp.txt").write_text("9999-12-31 23:59:59 -2359")

"""The notebook is a link to the solution, and would be graded as if it were the student's."""
# aufgabe1
# human: all
import os


def hand_in(notebook, folder, known):
    os.symlink(f"{known['COURSE']}/solutions/aufgabe1/aufgabe1.ipynb", folder / "aufgabe1.ipynb")

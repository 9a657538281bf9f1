"""The notebook of another Aufgabe under the name of this one, solved."""
# aufgabe1
# human: all
from nbformat import write

from autograde.attacks.handed_in import notebook_of


def hand_in(notebook, folder, known):
    write(notebook_of("aufgabe2", ("a2-init", "a2-forward")), folder / "aufgabe1.ipynb")

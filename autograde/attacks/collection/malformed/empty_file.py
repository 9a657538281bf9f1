"""A file without content."""
# aufgabe1
# human: all


def hand_in(notebook, folder, known):
    (folder / "aufgabe1.ipynb").touch()

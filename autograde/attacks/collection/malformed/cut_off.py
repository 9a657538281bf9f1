"""A notebook whose second half is missing after a broken upload."""
# aufgabe1
# human: all
from nbformat import writes


def hand_in(notebook, folder, known):
    text = writes(notebook)
    (folder / "aufgabe1.ipynb").write_text(text[: len(text) // 2])

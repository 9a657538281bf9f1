"""JSON nested a hundred thousand deep, in place of a notebook."""
# aufgabe1
# human: all


def hand_in(notebook, folder, known):
    (folder / "aufgabe1.ipynb").write_text("[" * 100_000 + "]" * 100_000)

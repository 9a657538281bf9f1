"""JSON that is no notebook: a list, a number, a notebook whose cells are no list."""
# aufgabe1
# human: all


def hand_in(notebook, folder, known):
    (folder / "aufgabe1.ipynb").write_text('{"cells": {"a": 1}, "nbformat": "4", "metadata": []}')

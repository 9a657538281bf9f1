"""A FIFO in place of the notebook, and others beside it: whoever opens one waits for ever."""
# aufgabe1
# human: all
import os


def hand_in(notebook, folder, known):
    for name in ("aufgabe1.ipynb", "data", "image.png"):
        os.mkfifo(folder / name)

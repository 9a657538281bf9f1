"""A solved part beside folders with the names of files that grading writes."""
# aufgabe1
# solved: a1-tv
from nbformat import write


def hand_in(notebook, folder, known):
    write(notebook, folder / "aufgabe1.ipynb")
    for name in ("aufgabe1.html", "timestamp.txt", "aufgabe1_files"):
        (folder / name).mkdir()
        (folder / name / "x.txt").write_text("x")

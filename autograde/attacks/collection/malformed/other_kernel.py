"""A solved part in a notebook for a kernel that does not exist here, in another language."""
# aufgabe1
# solved: a1-tv
from nbformat import write


def hand_in(notebook, folder, known):
    notebook.metadata.kernelspec = {"name": "../../../tmp/evil", "display_name": "R", "language": "R"}
    notebook.metadata.language_info = {"name": "R", "file_extension": ".R", "mimetype": "text/x-r-source"}
    write(notebook, folder / "aufgabe1.ipynb")

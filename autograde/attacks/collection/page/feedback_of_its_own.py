"""Hands in pages with the names of the feedback's own, which would be shown in its place."""
# aufgabe1
from nbformat import write


def hand_in(notebook, folder, known):
    for name in ("aufgabe1.html", "index.html", "evil.html"):
        (folder / name).write_text("<script>window.attacked='own page'</script>")
        (folder / name).chmod(0o444)
    write(notebook, folder / "aufgabe1.ipynb")

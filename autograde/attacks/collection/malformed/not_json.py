"""A file that is no JSON: a Word document, by its first bytes."""
# aufgabe1
# human: all


def hand_in(notebook, folder, known):
    (folder / "aufgabe1.ipynb").write_bytes(b"PK\x03\x04" + bytes(range(256)) * 100)

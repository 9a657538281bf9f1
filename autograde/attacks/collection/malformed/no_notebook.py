"""A folder with an archive and a text, and no notebook; nbgrader leaves it out without a word."""
# aufgabe1
# human: all


def hand_in(notebook, folder, known):
    (folder / "aufgabe1.zip").write_bytes(b"PK\x03\x04")
    (folder / "lies mich.txt").write_text("Siehe Archiv.")

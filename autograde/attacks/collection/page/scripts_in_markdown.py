"""Puts scripts, event handlers, frames and styles into text cells and the written answer."""
# aufgabe3
# human: a3-reflect
from nbformat import v4, write

BAD = [
    "<script>window.attacked='script'</script>", "<img src=x onerror=\"window.attacked='img'\">", "<svg onload=\"window.attacked='svg'\">",
    "<iframe srcdoc=\"<script>parent.attacked='frame'</script>\"></iframe>", "[a](javascript:window.attacked='link')",
    "<details open ontoggle=\"window.attacked='details'\">", "<a href=\"jav&#x09;ascript:window.attacked=1\">x</a>",
    "<style>body{background:url(https://attacker.example/style)}</style>", "![](https://attacker.example/image.png)",
    "<meta http-equiv=refresh content=\"0;url=https://attacker.example/\">", "<object data=\"https://attacker.example/o\"></object>",
    "```mermaid\n<img src=x onerror=\"window.attacked='mermaid'\">\n```", "$\\href{javascript:window.attacked=1}{x}$",
    "<noscript><p title=\"</noscript><img src=x onerror=window.attacked='mutation'>\">", "<!--><img src=x onerror=\"window.attacked='comment'\">-->",
    "<math><mtext><table><mglyph><style><img src=x onerror=\"window.attacked='math'\">", "</textarea></pre></div><img src=x onerror=\"window.attacked='end'\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=\"window.attacked='form'\">",
]


def hand_in(notebook, folder, known):
    for cell in notebook.cells:
        if cell.id == "a3-reflect":
            cell.source = "Meine Antwort. " + "\n\n".join(BAD)
    notebook.cells += [v4.new_markdown_cell(source) for source in BAD]
    write(notebook, folder / "aufgabe3.ipynb")

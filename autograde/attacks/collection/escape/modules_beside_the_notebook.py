"""Hands in modules named like those that the grader imports, a configuration and a conftest, which tell where they run."""
# aufgabe1
from nbformat import write


def hand_in(notebook, folder, known):
    code = f'import socket\nsocket.create_connection(("127.0.0.1", {known["PORT"]}), 2).send({known["NAME"]!r}.encode())\n'
    for name in ("sitecustomize", "usercustomize", "torch", "autograde", "srcourse", "json", "nbgrader_config", "jupyter_config", "conftest"):
        (folder / f"{name}.py").write_text(code)
    (folder / "answers").mkdir()
    (folder / "answers" / "aufgabe1.py").write_text(code)
    (folder / "geknackt.pth").write_text("import sitecustomize\n")
    write(notebook, folder / "aufgabe1.ipynb")

"""Hands in files whose names are scripts: notebooks that might be meant, links, and files too many to keep."""
# aufgabe1
# human: all
import os

from nbformat import write


def hand_in(notebook, folder, known):
    write(notebook, folder / "<img src=x onerror=window.attacked=1>.ipynb")
    write(notebook, folder / "[a](javascript:window.attacked=2).ipynb")
    write(notebook, folder / "`<script>window.attacked=3<script>`.ipynb")
    os.symlink("<img src=x onerror=window.attacked=4>", folder / "<b onmouseover=window.attacked=5>")

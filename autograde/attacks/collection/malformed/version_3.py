"""A solved part in a notebook of version 3, with worksheets."""
# aufgabe1
# solved: a1-tv
import json


def hand_in(notebook, folder, known):
    cells = []
    for cell in json.loads(json.dumps(notebook))["cells"]:
        old = {"cell_type": cell["cell_type"], "metadata": cell["metadata"]}
        code = cell["cell_type"] == "code"
        old |= {"input": cell["source"], "language": "python", "outputs": [], "collapsed": False} if code else {"source": cell["source"]}
        cells.append(old)
    data = {"worksheets": [{"cells": cells, "metadata": {}}], "metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0}
    (folder / "aufgabe1.ipynb").write_text(json.dumps(data))

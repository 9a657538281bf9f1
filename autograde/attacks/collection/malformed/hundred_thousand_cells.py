"""A notebook with a hundred thousand cells."""
# aufgabe1
# human: all
import json


def hand_in(notebook, folder, known):
    data = json.loads(json.dumps(notebook))
    data["cells"] += [{"cell_type": "code", "source": "1", "metadata": {}, "outputs": [], "execution_count": None}] * 100_000
    (folder / "aufgabe1.ipynb").write_text(json.dumps(data))

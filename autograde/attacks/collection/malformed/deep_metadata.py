"""A solved part, and metadata, outputs and attachments nested as deep as a parser allows."""
# aufgabe1
# solved: a1-tv
import json


def hand_in(notebook, folder, known):
    data = json.loads(json.dumps(notebook))
    deep = "x"
    for _ in range(900):
        deep = {"a": deep}
    data["metadata"]["deep"] = deep
    for cell in data["cells"]:
        cell["metadata"]["deep"] = deep
        cell["attachments"] = deep
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "display_data", "data": {"application/json": deep}, "metadata": deep}]
    (folder / "aufgabe1.ipynb").write_text(json.dumps(data))

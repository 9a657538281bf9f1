"""Puts scripts into titles, authors, languages, tags, ids, names and widget states."""
# aufgabe1
import json

SCRIPT = "</title></script>\"><script>window.attacked='metadata'</script><img src=x onerror=\"window.attacked='metadata'\">"


def hand_in(notebook, folder, known):
    data = json.loads(json.dumps(notebook))
    data["metadata"] = {
        "title": SCRIPT, "authors": [{"name": SCRIPT}], "language_info": {"name": SCRIPT, "pygments_lexer": SCRIPT, "codemirror_mode": SCRIPT},
        "kernelspec": {"name": SCRIPT, "display_name": SCRIPT, "language": SCRIPT},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"x": {"model_name": SCRIPT}}, SCRIPT: SCRIPT}},
    }
    for number, cell in enumerate(data["cells"]):
        cell["metadata"] |= {"tags": [SCRIPT], "name": SCRIPT, SCRIPT: SCRIPT}
        if "nbgrader" not in cell["metadata"]:
            cell["id"] = SCRIPT + str(number)
            cell["metadata"]["nbgrader"] = {"grade_id": SCRIPT, "grade": True, "points": SCRIPT}
    (folder / "aufgabe1.ipynb").write_text(json.dumps(data))

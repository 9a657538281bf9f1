"""A solved part among cells that are no Python: broken syntax, magics, shell commands, null bytes."""
# aufgabe1
# solved: a1-tv
from nbformat import v4, write


def hand_in(notebook, folder, known):
    for source in ("def (", "%%bash\nwhile :; do :; done", "!sleep 100 &", "%autoreload 2", "%%javascript\nalert(1)", "import *", "\t  if", "%reset -f?"):
        notebook.cells.insert(0, v4.new_code_cell(source))
    for cell in notebook.cells:
        if cell.id == "a1-vgg-init":
            cell.source = "class VGG16PerceptualLoss(nn.Module:\n  pass"
    write(notebook, folder / "aufgabe1.ipynb")

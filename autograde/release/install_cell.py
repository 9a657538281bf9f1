"""The generated cell at the top of every student notebook, which makes it run in Colab."""

import nbformat

from autograde.course import load_settings

_SOURCE = """\
# Vor allem für Google Colab: installiert den Kurs. Wo er schon installiert ist, tut diese Zelle nichts.
import importlib.util

if importlib.util.find_spec("srcourse") is None:
    import subprocess
    import sys

    print("Der Kurs wird installiert; das dauert etwa eine Minute …")
    address = {address}
    command = [sys.executable, "-m", "pip", "install", "--quiet", address]
    installation = subprocess.run(command, capture_output=True, text=True)
    if installation.returncode != 0:
        raise RuntimeError(
            f"Der Kurs ließ sich nicht installieren. Besteht eine Verbindung zum Internet, und ist {{address}} "
            "erreichbar? Führen Sie diese Zelle danach noch einmal aus. Das meldet pip:\\n" + installation.stderr
        )
    importlib.invalidate_caches()
    print("Der Kurs ist installiert.")"""


def install_cell() -> nbformat.NotebookNode:
    """Return the cell, the same one at every call: its id is fixed."""
    quoted = '"' + load_settings()["install"].replace("\\", "\\\\").replace('"', '\\"') + '"'
    source = _SOURCE.format(address=quoted)
    cell: nbformat.NotebookNode = nbformat.v4.new_code_cell(  # type: ignore[no-untyped-call]
        source, id="install", metadata={"tags": ["install"]}
    )
    return cell

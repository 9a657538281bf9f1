"""Fills the shared folder with ten thousand answers to questions that nobody has asked yet."""
# aufgabe1
# %% a1-tv
from pathlib import Path
import ipykernel
shared = Path(ipykernel.get_connection_file()).parent
for number in range(10_000):
    (shared / f"answer-{number:016x}").write_bytes(b"true")

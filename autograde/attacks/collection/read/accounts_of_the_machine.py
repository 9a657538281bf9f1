"""Prints the machine's accounts, passwords, host name, mounts and network settings."""
# aufgabe1
# %% a1-tv
from pathlib import Path
for name in ("passwd", "shadow", "hosts", "hostname", "resolv.conf", "machine-id", "ssh/ssh_config", "environment", "mtab"):
    try:
        print("ENTKOMMEN", name, Path("/etc", name).read_text())
    except OSError as error:
        print(error)

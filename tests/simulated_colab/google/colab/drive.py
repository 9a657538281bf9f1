"""Google Drive: a folder that outlives the runtime."""

import os
from pathlib import Path

FOLDER_VARIABLE = "SIMULATED_DRIVE"


def mount(mountpoint: str) -> None:
    """Show the folder of ``$SIMULATED_DRIVE`` as ``MyDrive``; where it is not set, the student has refused."""
    folder = os.environ.get(FOLDER_VARIABLE)
    if folder is None:
        raise ValueError("mount failed")
    Path(mountpoint).mkdir(parents=True)
    Path(mountpoint, "MyDrive").symlink_to(folder, target_is_directory=True)

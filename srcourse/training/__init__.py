"""Training: one ``fit`` for all notebooks, its profiles, its history and its callbacks."""

from srcourse.training.callback import Callback, Run
from srcourse.training.curves import learning_curves
from srcourse.training.errors import TrainingError
from srcourse.training.fit import fit
from srcourse.training.history import History
from srcourse.training.overlay import compare_runs
from srcourse.training.processes import is_first_process
from srcourse.training.profiles import PROFILES, Profile, get_profile

__all__ = [
    "PROFILES",
    "Callback",
    "History",
    "Profile",
    "Run",
    "TrainingError",
    "compare_runs",
    "fit",
    "get_profile",
    "is_first_process",
    "learning_curves",
]

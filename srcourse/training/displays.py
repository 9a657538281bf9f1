"""Which displays show a training."""

from srcourse.training.callback import Callback
from srcourse.training.live_curves import LiveCurves
from srcourse.training.live_picture import LivePicture
from srcourse.training.notebook_progress import NotebookProgress
from srcourse.training.profiles import Profile
from srcourse.training.progress import ProgressBar
from srcourse.training.stopbutton import StopButton


def displays(profile: Profile) -> list[Callback]:
    """Return what shows a training. One that measures nothing is a check's, and not for watching."""
    if inside_notebook() and profile.validation_views:
        return [NotebookProgress(), StopButton(), LiveCurves(), LivePicture()]
    return [ProgressBar()]


def inside_notebook() -> bool:
    """Return whether this process is the kernel of a notebook."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    return shell is not None and type(shell).__name__ == "ZMQInteractiveShell"

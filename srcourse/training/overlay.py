"""Any two trainings of a work folder over each other."""

from srcourse.training.curves import learning_curves
from srcourse.training.errors import TrainingError
from srcourse.training.history import HISTORY_FILE, History
from srcourse.training.place import Place
from srcourse.workspace import Workspace

_SAVED = "history_"


def find_runs(work: Workspace) -> dict[str, History]:
    """Return the trainings of a work folder, sorted by name.

    A training has the name of its log folder (``runs/2x_mse``). What a notebook saved
    (``results/history_2x_mse.json``) counts too; of two with the same name the newer one is taken.

    Raises:
        TrainingError: if a file is damaged.
    """
    found = [(path.parent.name, path) for path in work.runs.glob(f"*/{HISTORY_FILE}")]
    found += [(path.stem.removeprefix(_SAVED), path) for path in work.results.glob(f"{_SAVED}*.json")]
    newest = dict(sorted(found, key=lambda each: each[1].stat().st_mtime))
    return {name: History.load(path) for name, path in sorted(newest.items())}


def compare_runs(work: Workspace, first: str | None = None, second: str | None = None) -> None:
    """Show the curves of two trainings over each other, in a notebook with a menu for each of the two.

    The figure is an output of its own: it is still there where no menu works, on paper say.

    Args:
        work: the work folder whose trainings stand in the menus.
        first: name of the training to begin with, as :func:`find_runs` gives it; ``None`` takes the first one.
        second: name of the other; ``None`` takes the one after it.

    Raises:
        TrainingError: with a German message if there is no training, none of that name, or a damaged one.
    """
    from IPython.display import display
    from ipywidgets import Dropdown, HBox, Layout

    runs = find_runs(work)
    if not runs:
        raise TrainingError(
            "Im Arbeitsordner liegt noch kein Training. Führen Sie zuerst eine Zelle aus, die mit log_dir trainiert."
        )
    names = list(runs)
    chosen = [first or names[0], second or names[min(1, len(names) - 1)]]
    for name in chosen:
        if name not in runs:
            raise TrainingError(
                f"Ein Training „{name}“ liegt nicht im Arbeitsordner. Dort liegen: {', '.join(names)}."
            )
    menus = [
        Dropdown(options=names, value=name, description=title, layout=Layout(width="18em"))
        for title, name in zip(("Training A", "Training B"), chosen, strict=True)
    ]
    figure = Place()

    def draw(_change: object = None) -> None:
        figure.show(learning_curves({menu.value: runs[menu.value] for menu in menus}))

    for menu in menus:
        menu.observe(draw, "value")
    display(HBox(menus, layout=Layout(flex_flow="row wrap")))  # type: ignore[no-untyped-call]
    draw()

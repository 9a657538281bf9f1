"""Progress of a training as one line of text."""

import sys

from tqdm import tqdm

from srcourse.training.callback import Callback, Run


class ProgressBar(Callback):
    """A tqdm bar with the loss and the last validation.

    It writes to stdout, never to stderr: nbgrader takes anything on stderr for a failure.
    """

    def __init__(self) -> None:
        self._bar: tqdm | None = None

    def on_start(self, run: Run) -> None:
        """Open the bar where the training starts or goes on."""
        self._bar = tqdm(
            total=run.history.total_steps,
            initial=run.step,
            desc="Training",
            unit="Schritt",
            file=sys.stdout,
            # A log file keeps every refresh, so it gets few.
            mininterval=0.5 if sys.stdout.isatty() else 5.0,
            dynamic_ncols=sys.stdout.isatty(),
        )

    def on_step(self, run: Run) -> None:
        """Move on by one step."""
        assert self._bar is not None
        self._show(run)
        self._bar.update()

    def on_validation(self, run: Run) -> None:
        """Show the new numbers also where no step follows."""
        if self._bar is not None and run.history.loss:
            self._show(run)

    def _show(self, run: Run) -> None:
        assert self._bar is not None
        self._bar.set_postfix(last_numbers(run), refresh=False)

    def on_message(self, run: Run, message: str) -> None:
        """Print a message without breaking the bar."""
        tqdm.write(message, file=sys.stdout)

    def on_end(self, run: Run) -> None:
        """Close the bar."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def last_numbers(run: Run) -> dict[str, str]:
    """Return the last loss and the last validation, as people read them: name → value."""
    shown = {}
    if run.history.loss:
        shown["Verlust"] = f"{run.history.loss[-1]:.4f}"
    if run.history.validation:
        last = run.history.validation[-1]
        shown |= {"PSNR": f"{last['psnr']:.2f} dB", "LPIPS": f"{last['lpips_vgg']:.4f}"}
    return shown

"""Command line of the course: ``python -m srcourse …``."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def main() -> None:
    """Werkzeuge des Kurses „Perceptual Loss für Super-Resolution“."""


@app.command()
def weights() -> None:
    """Vortrainierte Gewichte in den Cache des Kurses holen und zeigen, was dort liegt."""
    # Here, not above: torch takes seconds to load, and `--help` does not need it.
    from srcourse.weights import WeightsUnavailableError, provision, status

    problem = None
    try:
        provision()
    except WeightsUnavailableError as error:
        problem = error
    table = Table("Netz", "Datei", "Größe", "Quelle", "in Ordnung")
    for entry in status():
        table.add_row(
            entry.network,
            entry.path.name,
            f"{entry.size / 1e6:.1f} MB" if entry.size else "–",
            entry.source or "–",
            "ja" if entry.ok else "nein",
        )
    Console().print(table)
    if problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1)


@app.command()
def upscale(
    photo: Annotated[
        Path, typer.Argument(help="Das Bild, in jedem Format, das Pillow liest, bis etwa 179 Megapixel.")
    ],
    scale: Annotated[int, typer.Option(help="Faktor: 2 oder 4.")] = 4,
    loss: Annotated[str, typer.Option(help="Netz, trainiert mit mse oder perceptual.")] = "perceptual",
    output: Annotated[
        Path | None, typer.Option(help="Neue Datei; ohne Angabe neben dem Bild, etwa foto-4x-perceptual.png.")
    ] = None,
    device: Annotated[str | None, typer.Option(help="cuda, mps oder cpu; ohne Angabe automatisch.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Eine vorhandene Datei ersetzen.")] = False,
) -> None:
    """Ein Bild mit einem Referenznetz des Kurses vergrößern."""
    from srcourse.messages import ExplainedError
    from srcourse.reference.photo import upscale_photo
    from srcourse.training.timeleft import duration

    try:
        done = upscale_photo(photo, scale, loss, output=output, device=device, overwrite=overwrite)
    except ExplainedError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    typer.echo(
        f"{done.before[0]}×{done.before[1]} zu {done.after[0]}×{done.after[1]} Pixel in {duration(done.seconds)}: "
        f"{done.output}"
    )


if __name__ == "__main__":
    app()

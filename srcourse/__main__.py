"""Command line of the course: ``python -m srcourse …``."""

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


if __name__ == "__main__":
    app()

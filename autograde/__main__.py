"""Command line for instructors: ``python -m autograde …``."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def main() -> None:
    """Werkzeuge für Lehrende."""


@app.command()
def run(
    output: Annotated[Path, typer.Option(help="Ordner für Notebooks, Bilder und Zahlen.")] = Path(
        "build/run"
    ),
    profile: Annotated[str, typer.Option(help="Länge der Trainings: smoke, quick, cpu oder gpu.")] = "quick",
    data: Annotated[
        str | None,
        typer.Option(help="Fotos: sample, flowers102 oder ein Ordner; ohne Angabe die zum Profil passenden."),
    ] = None,
    device: Annotated[str | None, typer.Option(help="cuda, mps oder cpu; ohne Angabe automatisch.")] = None,
    seed: Annotated[int, typer.Option(help="Startwert der Zufallszahlen.")] = 0,
) -> None:
    """Führt die fünf Lösungen mit papermill aus und stellt die Ergebnisse zusammen."""
    from autograde.run import run_course

    run_course(output, profile=profile, data=data, device=device, seed=seed)


@app.command()
def answers(folder: Annotated[Path, typer.Argument(help="Arbeitsordner, in dem answers/ entsteht.")]) -> None:
    """Legt die Lösungen aller Aufgaben so ab, wie bestandene Prüfungen es tun."""
    from autograde.answers import write_answers
    from autograde.course import load_course

    write_answers(folder, *load_course())


app()

"""Command line for instructors: ``python -m autograde …``."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)

_Photographs = Annotated[
    Path, typer.Argument(metavar="FOTOS", help="Ordner, in den scripts/photographs die Fotos gelegt hat.")
]
_Device = Annotated[str | None, typer.Option(help="cuda, mps oder cpu; ohne Angabe automatisch.")]


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
    device: _Device = None,
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


@app.command()
def release(
    bundle: Annotated[
        bool, typer.Option("--bundle", help="Dazu das Archiv für Studierende schreiben: dist/….zip.")
    ] = False,
    model_solution: Annotated[
        str | None,
        typer.Option(
            "--musterloesung", metavar="AUFGABE", help="Nur diese Musterlösung schreiben, z. B. aufgabe1."
        ),
    ] = None,
    before_due: Annotated[
        bool, typer.Option("--vor-abgabe", help="Die Musterlösung auch vor dem Abgabetermin schreiben.")
    ] = False,
) -> None:
    """Erzeugt aus solutions/ die Notebooks für Studierende: notebooks/."""
    from autograde import release as releasing

    if model_solution is not None:
        folder, outputs = releasing.release_model_solution(model_solution, before_due=before_due)
        typer.echo(
            f"Die Musterlösung liegt in {folder}: HTML, Notebook und die Datei für den Ordner answers."
        )
        if not outputs:
            typer.echo("Die HTML-Seite zeigt noch keine Ausgaben; nach „make run“ enthält sie welche.")
    elif bundle:
        typer.echo(f"Das Archiv für Studierende: {releasing.release_bundle()}")
    else:
        for grade_id in releasing.release():
            typer.echo(f"Neue Vergleichswerte für die Prüfung von {grade_id}.")
        typer.echo(f"Die Notebooks für Studierende liegen in {releasing.NOTEBOOKS}.")


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Ordner für Abgaben und Noten, außerhalb dieses Kurses.")],
    db_url: Annotated[
        str,
        typer.Option(help="Adresse einer anderen Notendatenbank als SQLite, z. B. postgresql+psycopg://…"),
    ] = "",
) -> None:
    """Legt einen Kursordner an: für Abgaben, Noten und Rückmeldungen."""
    from autograde.coursefolder import create

    with _explained():
        course = create(folder, db_url)
    typer.echo(
        f"Der Kursordner ist {course.root}. Holen Sie als Nächstes Abgaben mit „python -m autograde collect …“."
    )


@app.command()
def collect(
    aufgabe: Annotated[str, typer.Argument(help="z. B. aufgabe1")],
    source: Annotated[
        Path, typer.Argument(help="Archiv aus Moodle oder ILIAS, ein Ordner, oder nbgraders Exchange.")
    ],
    course: Annotated[Path, typer.Option(help="Der Kursordner.")] = Path(),
    kind: Annotated[
        str | None,
        typer.Option(help="moodle, ilias, folder oder exchange; ohne Angabe wird es am Inhalt erkannt."),
    ] = None,
) -> None:
    """Holt Abgaben in den Kursordner und nennt, was sich nicht zuordnen ließ."""
    from autograde import collect as collecting
    from autograde.coursefolder import CourseFolder

    with _explained():
        typer.echo(collecting.describe(collecting.collect(CourseFolder(course), aufgabe, source, kind)))


@app.command()
def grade(
    aufgabe: Annotated[str, typer.Argument(help="z. B. aufgabe1")],
    students: Annotated[list[str] | None, typer.Argument(help="Nur diese Studierenden.")] = None,
    course: Annotated[Path, typer.Option(help="Der Kursordner.")] = Path(),
    workers: Annotated[
        int | None, typer.Option(help="Wie viele Abgaben zugleich; sonst je Kern eine.")
    ] = None,
    scheduler: Annotated[str, typer.Option(help="Adresse eines laufenden Dask-Schedulers, tcp://…")] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Auch bewerten, was sich nicht geändert hat.")
    ] = False,
) -> None:
    """Bewertet alle Abgaben, die neu sind oder sich geändert haben, und schreibt die Rückmeldungen."""
    from autograde.batch.command import run_grading

    with _explained():
        complete = run_grading(course, aufgabe, students or [], scheduler, workers, again=again)
    if not complete:
        raise typer.Exit(1)


@app.command()
def extend(
    aufgabe: Annotated[str, typer.Argument(help="z. B. aufgabe1")],
    student: Annotated[str, typer.Argument(help="Name des Ordners unter submitted/.")],
    days: Annotated[float, typer.Option(help="Tage nach dem Abgabetermin; 0 nimmt sie zurück.")],
    course: Annotated[Path, typer.Option(help="Der Kursordner.")] = Path(),
) -> None:
    """Verlängert einer Person die Abgabe einer Aufgabe."""
    from autograde.batch.extend import extend as give_time
    from autograde.coursefolder import CourseFolder

    with _explained():
        typer.echo(give_time(CourseFolder(course), aufgabe, student, days))


@app.command()
def export(
    aufgabe: Annotated[str, typer.Argument(help="z. B. aufgabe1")],
    course: Annotated[Path, typer.Option(help="Der Kursordner.")] = Path(),
    moodle: Annotated[
        Path | None, typer.Option(help="Moodles Bewertungstabelle, in deren Kopie die Noten kommen.")
    ] = None,
) -> None:
    """Schreibt Noten und Rückmeldungen für Moodle und ILIAS und eine Übersicht: export/ im Kursordner."""
    from autograde import export as exporting
    from autograde.coursefolder import CourseFolder
    from autograde.progress import progress_bar

    with _explained():
        with progress_bar("Rückmeldungen") as progress:
            exported = exporting.export(CourseFolder(course), aufgabe, moodle, progress)
        typer.echo(exporting.as_text(exported))


@app.command(name="bench-grading")
def bench_grading(
    first: Annotated[int, typer.Option(help="Abgaben zu Aufgabe 1.")] = 40,
    second: Annotated[int, typer.Option(help="Abgaben zu Aufgabe 2.")] = 20,
) -> None:
    """Vergleicht die Bewertung mit nbgraders eigener: build/bench/grading.json."""
    from autograde.batch.bench import REPORT, measure

    measure({"aufgabe1": first, "aufgabe2": second}, typer.echo)
    typer.echo(f"Der Bericht liegt in {REPORT}.")


@app.command(name="bench-training")
def bench_training() -> None:
    """Vergleicht das Training mit dem, was man zuerst schreiben würde: build/bench/training.json."""
    from autograde.speed.bench import REPORT, measure

    measure(typer.echo)
    typer.echo(f"Der Bericht liegt in {REPORT}.")


@app.command(name="bench-viewer")
def bench_viewer() -> None:
    """Misst im Browser, wie schnell der Betrachter Reglern und Zeiger folgt: build/bench/viewer.json."""
    from autograde.viewer_bench import REPORT, measure

    measure(typer.echo)
    typer.echo(f"Der Bericht liegt in {REPORT}.")


@app.command(name="viewer-pictures")
def viewer_pictures(
    work: Annotated[Path, typer.Argument(help="Ordner mit answers/ und models/, wie make run ihn anlegt.")],
    photograph: Annotated[int, typer.Option(help="Welches Prüfbild gezeigt wird, von 0 an.")] = 20,
) -> None:
    """Macht die Bilder des Betrachters im README: docs/pictures/."""
    from autograde.viewer_pictures import draw

    draw(work, photograph, typer.echo)


@app.command()
def endurance(
    total: Annotated[int, typer.Option(help="Wie viele Abgaben.")] = 300,
    hostile: Annotated[int, typer.Option(help="Wie viele davon feindselig oder kaputt.")] = 30,
) -> None:
    """Bewertet eine große Menge am Stück und mit fünf Abstürzen dazwischen: build/endurance.json."""
    from autograde.batch.endurance import REPORT, measure

    same = measure(total, hostile, typer.echo)
    typer.echo(f"Der Bericht liegt in {REPORT}.")
    if not same:
        raise typer.Exit(1)


@app.command(name="reference-models")
def reference_models(
    photographs: _Photographs,
    work: Annotated[Path, typer.Option(help="Ordner für Zwischenstände und Verläufe.")] = Path(
        "build/reference"
    ),
    device: _Device = None,
) -> None:
    """Trainiert die Referenzmodelle, macht nach einer Unterbrechung weiter und schreibt Dateien und Model Card."""
    from autograde.reference.train import train_all

    with _explained():
        finished = train_all(photographs, work, device, typer.echo)
    if not finished:
        raise typer.Exit(1)


@app.command()
def ablation(
    photographs: _Photographs,
    device: _Device = None,
) -> None:
    """Misst, was jedes Stück des Rezepts bringt, Training für Training: build/ablation.json."""
    from autograde.reference.ablation import REPORT, ablate

    with _explained():
        ablate(photographs, device, typer.echo)
    typer.echo(f"Der Bericht liegt in {REPORT}; ein neuer Aufruf ergänzt nur, was darin fehlt.")


@app.command(name="export-model")
def export_model(
    path: Annotated[Path, typer.Argument(help="Neue Datei, z. B. build/4x-perceptual.onnx.")],
    scale: Annotated[int, typer.Option(help="Faktor: 2 oder 4.")] = 4,
    loss: Annotated[str, typer.Option(help="mse oder perceptual.")] = "perceptual",
) -> None:
    """Schreibt ein Referenznetz als ONNX-Datei, für Programme ohne PyTorch."""
    from autograde.reference.onnx_file import export_onnx

    with _explained():
        export_onnx(scale, loss, path)
    typer.echo(f"Das Netz liegt in {path}.")


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """Show an error that explains itself without the lines of code that led to it."""
    from autograde.machine import machine_explained
    from srcourse.messages import ExplainedError

    try:
        with machine_explained():
            yield
    except ExplainedError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


@app.command()
def mutants(
    select: Annotated[
        str, typer.Argument(help="Nur Dateien, in deren Pfad das steht, z. B. TVLoss/wrong.")
    ] = "",
    blind: Annotated[
        bool, typer.Option("--blind", help="Die zweite Sammlung, die ohne Kenntnis der Prüfungen entstand.")
    ] = False,
) -> None:
    """Hält die Prüfungen gegen die Sammlung richtiger und falscher Abgaben und nennt jede Abweichung."""
    from autograde.mutants.corpus import BLIND, CORPUS, load
    from autograde.mutants.labelled import judge

    chosen = [one for one in load(BLIND if blind else CORPUS) if select in one.path]
    for one in judge(chosen):
        for problem in one.problems():
            typer.echo(f"{one.submitted.path}: {problem}")
    typer.echo(f"{len(chosen)} Abgaben geprüft.")


@app.command()
def validity(
    times: Annotated[
        int, typer.Option(help="Wie oft dieselben Abgaben mit frischen Eingaben bewertet werden.")
    ] = 50,
) -> None:
    """Misst, wie oft die Prüfungen irren, und schreibt build/validity.json."""
    from autograde.mutants.validity import REPORT, measure

    good = measure(times, typer.echo)
    typer.echo(f"Der Bericht liegt in {REPORT}.")
    if not good:
        raise typer.Exit(1)


@app.command()
def attacks(
    select: Annotated[
        str, typer.Argument(metavar="NAME", help="Nur Angriffe, in deren Namen das steht, z. B. read/.")
    ] = "",
) -> None:
    """Gibt feindselige Abgaben ab, bewertet sie, nennt jeden Erfolg und schreibt build/attacks.json."""
    from autograde.attacks.run import REPORT, chosen, run

    grading, archives = chosen(select)
    if not (grading or archives):
        raise typer.BadParameter(f"Kein Angriff heißt so: {select}")
    repelled = run(grading, typer.echo, archives=archives)
    typer.echo(f"{len(grading) + len(archives)} Angriffe. Der Bericht liegt in {REPORT}.")
    if not repelled:
        raise typer.Exit(1)


@app.command()
def parity(
    every: Annotated[int, typer.Option(help="Nur jede wievielte Abgabe der Sammlung.")] = 1,
) -> None:
    """Vergleicht jede Note aus dem Sandkasten mit der Note ohne ihn, über die Sammlung richtiger und falscher Abgaben."""
    from autograde.mutants.corpus import CORPUS, load
    from autograde.mutants.parity import compare

    compared = compare(load(CORPUS)[::every])
    different = [one for one in compared if not one.same_score]
    for one in different:
        typer.echo(
            f"{one.path}, {one.grade_id}: {one.local or 'bestanden'}, im Sandkasten {one.remote or 'bestanden'}"
        )
    typer.echo(f"{len(compared)} Teile verglichen, {len(different)} verschieden bewertet.")
    if different:
        raise typer.Exit(1)


@app.command()
def claims(
    photographs: _Photographs,
    device: _Device = None,
) -> None:
    """Misst an zurückgehaltenen Fotos, ob stimmt, was der Kurs behauptet: build/claims.json, build/claims.png."""
    from autograde.claims.run import prove

    with _explained():
        proven = prove(photographs, device, typer.echo)
    if not proven:
        raise typer.Exit(1)


@app.command(name="sandbox-cost")
def sandbox_cost() -> None:
    """Misst, was der Sandkasten kostet und wo die Zeit bleibt: build/bench/sandbox.json."""
    from autograde.sandbox.cost import measure

    measure(typer.echo)


app()

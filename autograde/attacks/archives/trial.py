"""Collects and exports one hostile archive in a course folder of its own, and judges what it achieved."""

import os
import re
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from autograde.attacks.archives import members, tables
from autograde.attacks.archives.attack import ArchiveAttack
from autograde.attacks.archives.child import limited
from autograde.attacks.archives.collected import strange
from autograde.attacks.archives.grader import grade
from autograde.attacks.archives.markup import active
from autograde.attacks.archives.people import HONEST
from autograde.attacks.archives.scene import AUFGABE, WORTH, Scene
from autograde.attacks.archives.zipping import pack
from autograde.attacks.fingerprint import changes
from autograde.attacks.judge import Judged, Seen, judge
from autograde.collect import collect, describe
from autograde.export import as_text, export

_SHOWN = 5
# What each of them may write, in the course folder; whose submission it is, is asked elsewhere.
_COLLECTS = re.compile(
    rf"submitted(/.*)?|replaced(/.*)?|collected(/{AUFGABE}\.json)?|logs(/collect-{AUFGABE}\.txt)?", re.DOTALL
)
_EXPORTS = re.compile(rf"export(/{AUFGABE}(/.*)?)?", re.DOTALL)


@cache
def prepare() -> None:
    """Load what every trial needs, so that its processes find it in place instead of loading it each."""
    with TemporaryDirectory() as folder:
        scene = Scene(
            Path(folder).resolve(), ArchiveAttack("nothing", lambda path, cast: pack(path, cast, {}))
        )
        _collect(scene)
        grade(scene)
        _export(scene, None)


def try_out(attack: ArchiveAttack) -> Judged:
    """Return what an attack achieved."""
    prepare()
    with TemporaryDirectory(prefix="archives-", ignore_cleanup_errors=True) as folder:
        return _tried(Scene(Path(folder).resolve(), attack))


def _tried(scene: Scene) -> Judged:
    escapes: list[str] = []
    missing: list[str] = []
    try:
        _after_collecting(scene, escapes, missing)
        grade(scene)
        _after_exporting(scene, escapes, missing)
        got = _highest_of_attackers(scene)
    except Exception as error:
        # Whoever has broken the gradebook or the configuration stops everything behind it.
        missing.append(f"alles Weitere ({type(error).__name__})")
        got = 0.0
    seen = Seen({AUFGABE: got}, tuple(dict.fromkeys(escapes)), tuple(missing))
    return judge(scene.attack.path, {AUFGABE: 0.0}, seen)


def _after_collecting(scene: Scene, escapes: list[str], missing: list[str]) -> None:
    before = scene.looks()
    outcome = limited(partial(_collect, scene), scene.work)
    changed = changes(before, scene.looks())
    escapes += [*_changed(scene, changed, _COLLECTS), *_deceiving(outcome.text)]
    if outcome.error:
        missing.append(f"die Sammlung: {outcome.error}")
    escapes += strange(scene)
    missing += _not_collected(scene, changed)


def _after_exporting(scene: Scene, escapes: list[str], missing: list[str]) -> None:
    attack = scene.attack
    if attack.graded:
        attack.graded(scene.course, next(iter(_attackers(scene)), "mallory-meier"), scene.cast)
    worksheet = scene.base / "Bewertungen.csv" if attack.worksheet else None
    if attack.worksheet and worksheet:
        attack.worksheet(worksheet, scene.cast)
    before = scene.looks()
    outcome = limited(partial(_export, scene, worksheet), scene.work)
    escapes += [*_changed(scene, changes(before, scene.looks()), _EXPORTS), *_deceiving(outcome.text)]
    if outcome.error:
        missing.append(f"der Export: {outcome.error}")
    escapes += _shown(scene)
    missing += _not_exported(scene)


def _collect(scene: Scene) -> str:
    return describe(collect(scene.course, AUFGABE, scene.source))


def _export(scene: Scene, worksheet: Path | None) -> str:
    return as_text(export(scene.course, AUFGABE, worksheet))


def _changed(scene: Scene, paths: list[str], allowed: re.Pattern[str]) -> Iterator[str]:
    inside = [os.path.relpath(path, scene.course.root) for path in paths]
    for path in [path for path in inside if not allowed.fullmatch(path)][:_SHOWN]:
        yield f"Verändert wurde {path!r}."


def _deceiving(text: str) -> Iterator[str]:
    if not all(line.isprintable() for line in text.splitlines()):
        yield "Die Meldung enthält Steuerzeichen."


def _not_collected(scene: Scene, changed: list[str]) -> Iterator[str]:
    earlier = str(scene.course.submitted(scene.earlier, AUFGABE))
    if any(path == earlier or path.startswith(f"{earlier}/") for path in changed):
        yield "die frühere Abgabe, wie sie war"
    found = _student(scene, HONEST.number)
    if (
        found is None
        or scene.worth(scene.course.submitted(found, AUFGABE) / f"{AUFGABE}.ipynb") != WORTH["honest"]
    ):
        yield "die ehrliche Abgabe aus demselben Archiv"
    if _student(scene, scene.attack.earlier.number) != scene.earlier:
        yield "die Herkunft der früheren Abgabe"


def _student(scene: Scene, number: int) -> str | None:
    origins = scene.course.origins(AUFGABE)
    return next((name for name, one in origins.items() if one.identifier == str(number)), None)


def _attackers(scene: Scene) -> list[str]:
    honest = (scene.earlier, _student(scene, HONEST.number))
    return [name for name in scene.course.students(AUFGABE) if name not in honest]


def _tables(scene: Scene) -> list[Path]:
    return sorted((scene.course.root / "export" / AUFGABE).glob("*.csv"))


def _archives(scene: Scene) -> list[Path]:
    return sorted((scene.course.root / "export" / AUFGABE).glob("*.zip"))


def _shown(scene: Scene) -> Iterator[str]:
    """Yield what the exported files give away, or would do with whoever opens them."""
    for table in _tables(scene):
        yield from tables.formulas(table)
        if table.name != "status.csv":
            yield from tables.markup(table)
    for archive in _archives(scene):
        yield from members.climbing(archive)
        yield from members.showing(archive, scene.secrets)
        for number in {scene.attack.earlier.number, HONEST.number, *_numbers(scene)}:
            for name, person in scene.people.items():
                if number != person.number and scene.pages[name] in members.pages_of(archive, number):
                    yield f"{archive.name} gibt {number} die Rückmeldung von {person.number}."
    page = scene.course.root / "export" / AUFGABE / "uebersicht.html"
    if page.is_file():
        yield from active(page.read_text("utf-8"))
    for path in (*_tables(scene), *([page] if page.is_file() else [])):
        content = path.read_bytes()
        for name, secret in scene.secrets.items():
            if secret.encode() in content:
                yield f"{path.name} zeigt das Geheimnis „{name}“."


def _numbers(scene: Scene) -> list[int]:
    return [int(one.identifier) for one in scene.course.origins(AUFGABE).values() if one.identifier.isdigit()]


def _points(scene: Scene) -> Iterator[tuple[str, int, float]]:
    """Yield the table, the number and the points of everyone who has any."""
    for table in _tables(scene):
        separator = ";" if scene.attack.worksheet else ","
        head, *lines = tables.rows(table, separator)
        number, grade = (1, 6) if table.name == "status.csv" else (0, 2)
        if "Bewertung" in head:
            grade = head.index("Bewertung")
        for line in lines:
            found = re.search(r"\d+$", line[number])
            if found and line[grade]:
                yield table.name, int(found[0]), float(line[grade].replace(",", "."))


def _not_exported(scene: Scene) -> Iterator[str]:
    points = list(_points(scene))
    for name, person in scene.people.items():
        given = [most for _, number, most in points if number == person.number]
        if not given or set(given) != {WORTH[name]}:
            yield f"die Note von {person.first} {person.last} ({given} statt {WORTH[name]:g})"
        if not any(scene.pages[name] in members.pages_of(one, person.number) for one in _archives(scene)):
            yield f"die Rückmeldung an {person.first} {person.last}"


def _highest_of_attackers(scene: Scene) -> float:
    honest = [person.number for person in scene.people.values()]
    return max((most for _, number, most in _points(scene) if number not in honest), default=0.0)

"""Fetch the listed photographs out of Debian's packages: ``scripts/photographs FOLDER``.

Needs nothing but Python and apt, and no rights: packages are downloaded and unpacked, not installed.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from autograde.reference.listed import COMMAND, Listed, PhotographList, read_all, wrong_files

LICENCES = "LIZENZEN.md"
# How many missing photographs a message names.
_NAMED = 5


class FetchError(Exception):
    """Photographs cannot be had; the German message says what to do."""


def fetch(folder: Path, unpacked: Path | None, tell: Callable[[str], None]) -> None:
    """Put all listed photographs into ``folder``, under their stable names, and a file of licences beside them.

    Nothing is fetched for photographs that are there already.

    Args:
        folder: where they go.
        unpacked: a folder with the packages' content, unpacked by hand; else apt downloads them.
        tell: told in German what happens.

    Raises:
        FetchError: if a photograph cannot be had, or is another one than listed.
    """
    listed = read_all()
    folder.mkdir(parents=True, exist_ok=True)
    missing = [one for one in listed.photographs if wrong_files(folder, [one])]
    if unpacked is not None:
        _copy(missing, unpacked, folder)
    elif missing:
        _download(missing, listed, folder, tell)
    wrong = wrong_files(folder, listed.photographs)
    if wrong:
        some = "; ".join(wrong[:_NAMED]) + (" …" if len(wrong) > _NAMED else "")
        raise FetchError(
            f"Nicht alle Fotos sind zu haben; {len(wrong)} von {len(listed.photographs)} nicht: {some}.\n"
            f"{_by_hand(listed, folder)}"
        )
    (folder / LICENCES).write_text(_licences(listed.photographs), encoding="utf-8")
    tell(f"{len(listed.photographs)} Fotos liegen in {folder}, ihre Urheber und Lizenzen in {LICENCES}.")


def _download(
    missing: Sequence[Listed], listed: PhotographList, folder: Path, tell: Callable[[str], None]
) -> None:
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        raise FetchError(f"Hier gibt es kein apt.\n{_by_hand(listed, folder)}")
    for package in sorted({one.package for one in missing}):
        tell(f"{package} wird geladen …")
        with tempfile.TemporaryDirectory() as temporary:
            place = Path(temporary)
            _run(["apt-get", "download", package], place, listed, folder)
            archive = next(place.glob("*.deb"))
            _run(["dpkg-deb", "-x", archive.name, "unpacked"], place, listed, folder)
            _copy([one for one in missing if one.package == package], place / "unpacked", folder)


def _run(command: Sequence[str], place: Path, listed: PhotographList, folder: Path) -> None:
    done = subprocess.run(command, cwd=place, capture_output=True, text=True)
    if done.returncode:
        raise FetchError(
            f"„{' '.join(command)}“ gelang nicht: {done.stderr.strip()}\n"
            "Vielleicht kennt Ihr System seine Pakete noch nicht: Dann hilft „apt-get update“ als root.\n"
            f"{_by_hand(listed, folder)}"
        )


def _copy(photographs: Sequence[Listed], unpacked: Path, folder: Path) -> None:
    """Copy what is there and is as listed; the caller looks what is missing."""
    for one in photographs:
        if (unpacked / one.path).is_file():
            shutil.copyfile(unpacked / one.path, folder / one.name)


def _by_hand(listed: PhotographList, folder: Path) -> str:
    packages = "\n".join(
        f"  {name} {version}: https://packages.debian.org/bookworm/{name}"
        for name, version in listed.packages.items()
    )
    return (
        "Von Hand geht es so: Laden Sie diese Pakete von Debian 12 herunter, andere Versionen können andere Fotos "
        f"enthalten:\n{packages}\n"
        "Entpacken Sie alle in denselben Ordner, sodass darin usr/share/ liegt (ein .deb ist ein ar-Archiv, das "
        f"data.tar.xz enthält), und rufen Sie dann auf: {COMMAND} {folder} ENTPACKT"
    )


def _licences(photographs: Sequence[Listed]) -> str:
    lines = [
        "# Urheber und Lizenzen der Fotos",
        "",
        "Lizenzen nach der Datei copyright des jeweiligen Debian-Pakets.",
        "",
        "| Foto | Urheber | Lizenz | Paket | Datei im Paket | Anmerkung |",
        "| --- | --- | --- | --- | --- | --- |",
        *(
            f"| {one.name} | {one.author} | {one.licence} | {one.package} | {one.path} | {one.note} |"
            for one in photographs
        ),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        prog=COMMAND, description="Holt die Fotos für die Referenzmodelle aus Debians Paketen, ohne root."
    )
    parser.add_argument("folder", metavar="ORDNER", type=Path, help="wohin die Fotos kommen")
    parser.add_argument(
        "unpacked", metavar="ENTPACKT", type=Path, nargs="?", help="Ordner mit von Hand entpackten Paketen"
    )
    arguments = parser.parse_args()
    try:
        fetch(arguments.folder, arguments.unpacked, print)
    except FetchError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()

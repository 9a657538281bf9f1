import dataclasses
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from autograde.reference import fetch, photographs
from autograde.reference.listed import COMMAND, Listed, PhotographList, read_all, read_landscapes, read_list
from autograde.reference.photographs import TIMES, reference_photographs, with_landscapes
from srcourse.data import SAMPLES, PhotographsError
from srcourse.data.split import held_out

ROOT = Path(__file__).parent.parent


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PhotographList:
    """A list of three photographs, which lie unpacked in ``tmp_path/unpacked``."""
    monkeypatch.setenv("SRCOURSE_CACHE", str(tmp_path / "cache"))
    entries = []
    for number, (name, side) in enumerate(
        [("one.png", "train"), ("three.png", "validation"), ("two.png", "train")]
    ):
        path = tmp_path / "unpacked" / "usr" / "share" / f"original-{name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        noise = np.random.default_rng(number).integers(0, 256, (300, 600, 3), dtype=np.uint8)
        Image.fromarray(noise).save(path)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        entries.append(
            Listed(
                name,
                "package",
                f"usr/share/{path.name}",
                sha256,
                "Somebody",
                "CC0-1.0",
                Path(name).stem,
                side,
            )
        )
    made = PhotographList(tuple(entries), ("chelsea",), {"package": "1.0"}, 0.3)
    monkeypatch.setattr(fetch, "read_all", lambda: made)
    monkeypatch.setattr(photographs, "read_list", lambda: made)
    return made


def test_list_is_split_by_the_rule() -> None:
    whole = read_list()
    assert whole.validation == held_out({one.group for one in whole.photographs}, whole.validation_share)
    sides = {(one.group, one.side) for one in whole.photographs}
    assert len(sides) == len({group for group, _ in sides}), "a group is on both sides"
    assert {side for _, side in sides} == {"train", "validation"}


def test_list_holds_every_photograph_once() -> None:
    whole = read_list()
    names = [one.name for one in whole.photographs]
    assert names == sorted(set(names))
    assert len({one.sha256 for one in whole.photographs}) == len(names)
    assert {one.package for one in whole.photographs} == set(whole.packages)
    assert all(one.author and one.licence for one in whole.photographs)


def test_landscapes_are_others_and_all_for_training() -> None:
    first, landscapes, whole = read_list(), read_landscapes(), read_all()
    assert {one.side for one in landscapes.photographs} == {"train"}
    names = [one.name for one in whole.photographs]
    assert names == sorted({one.name for one in (*first.photographs, *landscapes.photographs)})
    assert len(names) == len({one.sha256 for one in whole.photographs}) == 58 + 273
    assert {one.package for one in whole.photographs} == set(whole.packages)
    # A photographer's mark goes before a number that the package's patterns take for another photograph's.
    authors = {one.group: (one.author, one.licence) for one in landscapes.photographs}
    assert authors["mountain10-sfiera@2x.jpg"] == ("Chris Pickel", "CC-BY-SA-4.0")
    assert authors["mountain1@2x.jpg"] == ("various, from unsplash.com", "public-domain")


def test_landscapes_join_the_training_alone(
    small: PhotographList, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "photographs"
    fetch.fetch(folder, tmp_path / "unpacked", print)
    noise = np.random.default_rng(7).integers(0, 256, (300, 600, 3), dtype=np.uint8)
    Image.fromarray(noise).save(folder / "land.png")
    sha256 = hashlib.sha256((folder / "land.png").read_bytes()).hexdigest()
    land = dataclasses.replace(small.photographs[0], name="land.png", sha256=sha256, group="land")
    listed = PhotographList((land,), (), {"package": "1.0"}, 0.0)
    monkeypatch.setattr(photographs, "read_landscapes", lambda: listed)
    photos = reference_photographs(folder, 4)
    wide = with_landscapes(photos, folder)
    assert sorted(wide.train.names) == ["land.png"] + ["one.png"] * TIMES + ["two.png"] * TIMES
    assert wide.validation is photos.validation and wide.scale == 4
    (folder / "land.png").unlink()
    with pytest.raises(PhotographsError, match=r"1 von 1 nicht: land\.png fehlt"):
        with_landscapes(photos, folder)


def test_there_are_enough_photographs_to_judge_by() -> None:
    whole = read_list()
    held = [one.name for one in whole.photographs if one.side == "validation"]
    assert len(held) + len(whole.samples) >= 20
    # Every embedded scene once: of the stereo pair one is enough.
    assert {one.group for one in SAMPLES if one.name in whole.samples} == {one.group for one in SAMPLES}
    assert len(whole.samples) == len({one.group for one in SAMPLES})


def test_photographs_are_loaded_with_their_side(small: PhotographList, tmp_path: Path) -> None:
    fetch.fetch(tmp_path / "photographs", tmp_path / "unpacked", print)
    loaded = reference_photographs(tmp_path / "photographs", 4)
    assert loaded.scale == 4
    assert loaded.train.names == ("one.png", "two.png")
    # One view of the embedded cat, which is 451 pixels wide, two of the other.
    assert loaded.validation.photographs == ("chelsea", "three.png", "three.png")
    assert loaded.validation.size == 256
    assert not loaded.skipped


def test_licences_lie_beside_the_photographs(small: PhotographList, tmp_path: Path) -> None:
    fetch.fetch(tmp_path / "photographs", tmp_path / "unpacked", print)
    text = (tmp_path / "photographs" / fetch.LICENCES).read_text(encoding="utf-8")
    assert text.count("| Somebody | CC0-1.0 | package |") == 3


def test_missing_and_damaged_photographs_are_named(small: PhotographList, tmp_path: Path) -> None:
    folder = tmp_path / "photographs"
    fetch.fetch(folder, tmp_path / "unpacked", print)
    (folder / "one.png").unlink()
    (folder / "two.png").write_bytes((folder / "two.png").read_bytes()[:-1])
    with pytest.raises(PhotographsError) as error:
        reference_photographs(folder, 2)
    assert "2 von 3 nicht" in str(error.value)
    assert "one.png fehlt; two.png ist beschädigt" in str(error.value)
    assert f"{COMMAND} {folder}" in str(error.value)
    # What is there is kept, the rest is fetched again.
    fetch.fetch(folder, tmp_path / "unpacked", print)
    assert len(reference_photographs(folder, 2).train) == 2


def test_other_photographs_under_the_same_names_are_refused(small: PhotographList, tmp_path: Path) -> None:
    (tmp_path / "unpacked" / small.photographs[0].path).write_bytes(b"another")
    with pytest.raises(fetch.FetchError, match=r"one\.png ist beschädigt oder ein anderes Foto"):
        fetch.fetch(tmp_path / "photographs", tmp_path / "unpacked", print)


def test_of_many_missing_photographs_some_are_named(tmp_path: Path) -> None:
    with pytest.raises(fetch.FetchError) as error:
        fetch.fetch(tmp_path / "photographs", tmp_path / "empty", print)
    first = str(error.value).splitlines()[0]
    assert first.startswith(
        "Nicht alle Fotos sind zu haben; 331 von 331 nicht: jxl-blossom.png fehlt; "
    ) and first.endswith(" fehlt ….")
    assert first.count(" fehlt;") == 4


def test_without_apt_the_command_names_the_packages(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("bash", "dirname"):
        (tools / tool).symlink_to(str(shutil.which(tool)))
    (tools / "python3").symlink_to(Path(sys.executable).resolve())
    done = subprocess.run(
        [ROOT / COMMAND, tmp_path / "photographs"], env={"PATH": str(tools)}, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "kein apt" in done.stderr
    for package, version in read_all().packages.items():
        assert f"{package} {version}" in done.stderr

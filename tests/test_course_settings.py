"""What course.toml may say."""

from pathlib import Path

import pytest

from autograde.course import ROOT, CourseSettingsError, load_course


@pytest.mark.parametrize(
    "due", ["2027-05-03T23:59:00", "2027-05-03", "23:59:00", '"2027-05-03T23:59:00+02:00"', "3"]
)
def test_a_due_date_says_when_and_where(due: str, tmp_path: Path) -> None:
    text = (ROOT / "course.toml").read_text(encoding="utf-8")
    path = tmp_path / "course.toml"
    path.write_text(text.replace(f"{load_course()['aufgabe1'].due.isoformat()}", due, 1), encoding="utf-8")
    with pytest.raises(CourseSettingsError, match=r"Abgabefrist von aufgabe1 .* Zeitzone"):
        load_course(path)

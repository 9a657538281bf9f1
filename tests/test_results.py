import math
import re
from xml.etree import ElementTree

from srcourse.results import ResultTable

ROWS = {
    "bikubisch": {"mse": 0.000412, "psnr": 34.25, "ssim": 0.95, "lpips_vgg": 0.0879, "lpips_alex": 0.1022},
    "MSE-Verlust": {"mse": 0.00035, "psnr": 34.92, "ssim": 0.96, "lpips_vgg": 0.0769, "lpips_alex": 0.0408},
    "Perzeptuell": {"mse": 0.0004, "psnr": 34.04, "ssim": 0.94, "lpips_vgg": 0.0669, "lpips_alex": 0.0453},
}


def marked_text(table: ResultTable) -> list[str]:
    return re.findall(r"(\S+)\*", str(table))


def marked_html(table: ResultTable) -> list[str]:
    root = ElementTree.fromstring(table._repr_html_())
    return [cell.text or "" for cell in root.findall("./tbody//strong")]


def test_text() -> None:
    lines = str(ResultTable(ROWS)).splitlines()
    assert [cell.strip() for cell in lines[0].split("|")] == [
        "Verfahren",
        "MSE",
        "PSNR (dB)",
        "SSIM",
        "LPIPS-VGG",
        "LPIPS-Alex",
    ]
    assert [cell.strip() for cell in lines[3].split("|")] == [
        "MSE-Verlust",
        "0.000350*",
        "34.92*",
        "0.9600*",
        "0.0769",
        "0.0408*",
    ]
    assert lines[-1] == "* bester Wert der Spalte" and len(lines) == 6
    # Aligned: the bars stand below each other.
    bars = [[m.start() for m in re.finditer(r"[|+]", line)] for line in lines[:-1]]
    assert bars == [bars[0]] * 5


def test_best_of_each_column() -> None:
    best = ["0.000350", "34.92", "0.9600", "0.0408", "0.0669"]  # in the order of reading
    assert marked_text(ResultTable(ROWS)) == best
    assert marked_html(ResultTable(ROWS)) == best


def test_html() -> None:
    root = ElementTree.fromstring(ResultTable({"a < b & <i>": ROWS["bikubisch"]})._repr_html_())
    heads = [cell.text for cell in root.findall("./thead//th")]
    assert heads == ["Verfahren", "MSE ↓", "PSNR (dB) ↑", "SSIM ↑", "LPIPS-VGG ↓", "LPIPS-Alex ↓"]
    name = root.find("./tbody/tr/th")
    assert name is not None and name.text == "a < b & <i>"
    assert root.findall("./tbody//strong") == []  # one method alone is not the best of anything


def test_unusual_values() -> None:
    table = ResultTable(
        {
            "Original": {"mse": 0.0, "psnr": math.inf, "lpips_vgg": 0.0},
            "gleich": {"mse": 1e-9, "psnr": 90.0},
            "kaputt": {"mse": math.nan, "psnr": math.nan, "lpips_vgg": math.nan},
        }
    )
    lines = [[cell.strip() for cell in line.split("|")] for line in str(table).splitlines()]
    assert lines[0] == ["Verfahren", "MSE", "PSNR (dB)", "LPIPS-VGG"]
    assert lines[2] == ["Original", "0.000000*", "∞*", "0.0000"]
    assert lines[3] == ["gleich", "0.000000*", "90.00", "–"]
    assert lines[4] == ["kaputt", "NaN", "NaN", "NaN"]
    assert marked_html(table) == ["0.000000", "∞", "0.000000"]


def test_empty() -> None:
    assert str(ResultTable({})).splitlines()[0] == "Verfahren"
    assert "<table>" in ResultTable({})._repr_html_()

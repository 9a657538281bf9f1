"""The table in which methods are compared: plain text in a terminal, HTML in a notebook. Text in German."""

import html
import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Metric:
    """A metric as it is shown: the key of ``Scores.mean()``, its title, its decimals, which direction is better."""

    key: str
    title: str
    decimals: int
    higher_is_better: bool


METRICS = (
    Metric("mse", "MSE", 6, higher_is_better=False),
    Metric("psnr", "PSNR (dB)", 2, higher_is_better=True),
    Metric("ssim", "SSIM", 4, higher_is_better=True),
    Metric("lpips_vgg", "LPIPS-VGG", 4, higher_is_better=False),
    Metric("lpips_alex", "LPIPS-Alex", 4, higher_is_better=False),
)


def formatted(value: float | None, decimals: int) -> str:
    """Return a value as the course shows it: a dash for None, ``∞`` and ``NaN`` by name."""
    if value is None:
        return "–"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    # A decimal point, not the German comma: the numbers stand beside those of TensorBoard and Python.
    return f"{value:.{decimals}f}"


@dataclass(frozen=True)
class ResultTable:
    """Methods (rows) and their metrics; the best value of each column is marked.

    Args:
        rows: name of the method → metrics, as :meth:`srcourse.metrics.Scores.mean` returns them. A metric
            that no row has gets no column, one that a single row lacks is shown as a dash; other keys are
            not shown.

    ``str(table)`` marks the best value with ``*``; a notebook shows it in bold type and says by ↑ and ↓ which
    direction is better. Values that look equal at the precision shown are marked together; NaN never is. With
    fewer than two numbers in a column nothing is marked: there is nothing to compare.
    """

    rows: Mapping[str, Mapping[str, float]]

    def _columns(self) -> list[Metric]:
        return [column for column in METRICS if any(column.key in row for row in self.rows.values())]

    def _best(self, column: Metric) -> str | None:
        """Return the best value of a column as it is shown, or None if there is nothing to compare."""
        values = [row[column.key] for row in self.rows.values() if column.key in row]
        numbers = [value for value in values if not math.isnan(value)]
        if len(numbers) < 2:
            return None
        return formatted(max(numbers) if column.higher_is_better else min(numbers), column.decimals)

    def _cells(self) -> list[list[tuple[str, bool]]]:
        """Return for each row and column the text and whether it is the best."""
        columns = [(column, self._best(column)) for column in self._columns()]
        texts = [
            [(formatted(row.get(column.key), column.decimals), best) for column, best in columns]
            for row in self.rows.values()
        ]
        return [[(text, text == best) for text, best in row] for row in texts]

    def __str__(self) -> str:
        """Return the table as aligned text."""
        # A blank in the place of the star keeps the digits of a column in line.
        lines = [["Verfahren", *(f"{column.title} " for column in self._columns())]]
        cells = self._cells()
        for name, row in zip(self.rows, cells, strict=True):
            lines.append([name, *(text + ("*" if best else " ") for text, best in row)])
        widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
        aligned = [
            " | ".join(
                cell.ljust(width) if i == 0 else cell.rjust(width)
                for i, (cell, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip()
            for line in lines
        ]
        aligned.insert(1, "-+-".join("-" * width for width in widths))
        if any(best for row in cells for _, best in row):
            aligned.append("* bester Wert der Spalte")
        return "\n".join(aligned)

    def _repr_html_(self) -> str:
        """Return the table as HTML, which is what notebooks show."""
        left, right = 'style="text-align: left"', 'style="text-align: right"'
        titles = [f"{column.title} {'↑' if column.higher_is_better else '↓'}" for column in self._columns()]
        head = "".join(f'<th scope="col" {right}>{title}</th>' for title in titles)
        body = []
        for name, row in zip(self.rows, self._cells(), strict=True):
            values = "".join(
                f"<td {right}>{f'<strong>{text}</strong>' if best else text}</td>" for text, best in row
            )
            body.append(f'<tr><th scope="row" {left}>{html.escape(name)}</th>{values}</tr>')
        return (
            "<table>"
            f'<thead><tr><th scope="col" {left}>Verfahren</th>{head}</tr></thead>'
            f"<tbody>{''.join(body)}</tbody>"
            '<caption style="caption-side: bottom; text-align: left">'
            "↑ höher ist besser, ↓ niedriger ist besser; <strong>fett</strong>: bester Wert der Spalte"
            "</caption></table>"
        )

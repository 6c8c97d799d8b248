"""The labels in the column beside a plot, each as near to the end of its line as the others let it."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from rdlib.figures import chart_style as style
from rdlib.figures.chart_style import Page

#: Inches for the labels beside the plot.
GUTTER = 1.75


@attrs.frozen
class Beside:
    """A label beside the plot: the value where it belongs, and its lines."""

    value: float
    lines: tuple[str, ...]
    color: str
    bold: bool = False


def beside(value: float, lines: Sequence[str], color: str, *, bold: bool = False) -> Beside:
    """Return a label, with its lines broken to the width of the column."""
    broken = [part for line in lines for part in style.wrap(line, GUTTER, style.LABEL_SIZE, bold=bold)]
    return Beside(value, tuple(broken), color, bold)


def room_for(labels: Sequence[Beside]) -> float:
    """Return the width that the column needs, in inches."""
    lines = [(line, label.bold) for label in labels for line in label.lines]
    return max((style.text_width(line, style.LABEL_SIZE, bold=bold) for line, bold in lines), default=0.2) + 0.14


def write_beside(page: Page, labels: Sequence[Beside]) -> None:
    """Write the labels, moved apart where they would overlap, with a hair line to what they name."""
    heights = [style.line_height(style.LABEL_SIZE, len(label.lines)) + 0.05 for label in labels]
    wanted = [min(max(page.inches(0, label.value)[1], 0.0), page.height) for label in labels]
    places = style.apart(wanted, heights, -0.1, page.height + 0.1)
    for label, place, best in zip(labels, places, wanted, strict=True):
        if abs(place - best) > 0.1:
            page.lead(best, place)
        y = place + style.line_height(style.LABEL_SIZE, len(label.lines)) / 2
        for line in label.lines:
            middle = y - style.line_height(style.LABEL_SIZE) / 2
            page.write(page.width + 0.12, middle, line, color=label.color, bold=label.bold)
            y -= style.line_height(style.LABEL_SIZE)

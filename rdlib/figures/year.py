"""The year of routines as a picture: a row for each series of dates, a column for each week, twice six months.

A mark stands where a date falls: filled on its regular day, hollow where it was moved. Each routine has its shape, and
its name stands beside every row.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

import attrs

from rdlib.figures.html import Html
from rdlib.figures.svg import Part, drawing, text_block, text_width, wrap
from rdlib.words import language

WIDTH = 720
_LABEL = 226
_PAD = 8
_SIZE, _LEADING = 14, 18
_SMALL, _CLOSE = 13, 16
_HEAD = 30  # the row of months
_RADIUS = 6.5
_TEXT, _QUIET, _GROUND, _PANEL = "#1F2933", "#52606D", "#FFFFFF", "#F3F5F7"
_ACCENT, _LINE, _EDGE = "#1D4E89", "#CBD2D9", "#7B8794"
#: Corners of the shapes, in the order in which routines get them; 0 is a circle.
_CORNERS = (0, 4, 3, -4, 6, 5)


@attrs.frozen
class Mark:
    """A date in the picture."""

    day: date
    moved: bool = False


@attrs.frozen
class Row:
    """A series of dates.

    Attributes:
        name: what stands first: the priority, or the routine that looks at several.
        note: what stands below it, in quiet words.
        shape: the place of its routine among all; it decides the shape.
        marks: its dates.
    """

    name: str
    note: str
    shape: int
    marks: tuple[Mark, ...]


def shape_at(x: float, y: float, shape: int, *, hollow: bool = False) -> str:
    """Return one mark as SVG.

    Args:
        x: its middle.
        y: its middle.
        shape: the place of the routine among all.
        hollow: whether only its edge is drawn.
    """
    corners = _CORNERS[shape % len(_CORNERS)]
    fill = _GROUND if hollow else _ACCENT
    look = f'class="rd-dot{"" if hollow else " rd-dot-full"}" fill="{fill}" stroke="{_ACCENT}" stroke-width="2"'
    if corners == 0:
        return f'<circle {look} cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS - 1:.1f}"/>'
    turn = -math.pi / 2 if corners != 4 else -math.pi / 4
    if corners == -4:
        corners, turn = 4, 0.0
    points = "L".join(
        f"{x + _RADIUS * math.cos(turn + 2 * math.pi * n / corners):.1f}"
        f" {y + _RADIUS * math.sin(turn + 2 * math.pi * n / corners):.1f}"
        for n in range(corners)
    )
    return f'<path {look} d="M{points}z" stroke-linejoin="round"/>'


def sign(shape: int, *, hollow: bool = False) -> Html:
    """Return the shape of a routine as a small drawing for a line of text."""
    return Html(
        '<svg class="rd-svg rd-sign" xmlns="http://www.w3.org/2000/svg" width="18" height="16" viewBox="0 0 18 16"'
        f' aria-hidden="true">{shape_at(9, 8, shape, hollow=hollow)}</svg>'
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _months(day: date) -> str:
    from babel.dates import format_date as babel_date

    return babel_date(day, "MMM", locale=language())


@attrs.frozen
class _Panel:
    """Half of the year: so many weeks from a Monday."""

    first: date
    weeks: int

    @property
    def last(self) -> date:
        return self.first + timedelta(days=7 * self.weeks - 1)

    @property
    def step(self) -> float:
        return (WIDTH - _LABEL - _PAD) / self.weeks

    def x(self, day: date) -> float:
        """The middle of the week of a day."""
        return _LABEL + ((day - self.first).days // 7 + 0.5) * self.step


def _panels(start: date, end: date) -> list[_Panel]:
    first = _monday(start)
    weeks = (_monday(end) - first).days // 7 + 1
    half = math.ceil(weeks / 2)
    return [_Panel(first, half), _Panel(first + timedelta(days=7 * half), weeks - half)]


def _head(panel: _Panel, top: float, height: float, start: date, end: date) -> str:
    """Names of the months with a line where each begins, and the years where they change."""
    parts = []
    days = (panel.first + timedelta(days=n) for n in range(7 * panel.weeks))
    begins = [d for d in days if start <= d <= end and (d.day == 1 or d == max(start, panel.first))]
    for place, day in enumerate(begins):
        x = panel.x(day) - panel.step / 2
        following = begins[place + 1] if place + 1 < len(begins) else None
        room = (panel.x(following) if following else WIDTH + panel.step / 2) - panel.step / 2 - x
        label = _months(day)
        if day.month == 1 or day == start:
            label = f"{label} {day.year}"
        if text_width(label, _SMALL) > room:
            label = _months(day)
        parts.append(
            f'<line class="rd-grid" stroke="{_LINE}" x1="{x:.1f}" x2="{x:.1f}" y1="{top:.1f}" y2="{top + height:.1f}"/>'
        )
        if text_width(label, _SMALL) <= room:
            parts.append(text_block([label], x + 3, top + 4, _SMALL, _CLOSE, look="rd-q"))
    return "".join(parts)


def _quiet(panel: _Panel, quiet: Sequence[tuple[date, date]], top: float, height: float) -> str:
    """Weeks in which nothing takes place, as bands with slanted lines."""
    parts = []
    for n in range(panel.weeks):
        monday = panel.first + timedelta(days=7 * n)
        if not any(first <= monday and monday + timedelta(days=4) <= last for first, last in quiet):
            continue
        left, right = _LABEL + n * panel.step, _LABEL + (n + 1) * panel.step
        parts += [
            f'<line class="rd-cut" stroke="{_EDGE}" x1="{left:.1f}" x2="{right:.1f}" y1="{y + panel.step:.1f}"'
            f' y2="{y:.1f}"/>'
            for y in range(round(top), round(top + height - panel.step), 12)
        ]
    return "".join(parts)


def _row(row: Row, panel: _Panel, top: float, height: float, striped: bool) -> str:
    lines = wrap(row.name, _LABEL - 34, _SIZE, bold=True)
    notes = wrap(row.note, _LABEL - 34, _SMALL)
    middle = top + height / 2
    begin = middle - (_LEADING * len(lines) + _CLOSE * len(notes)) / 2
    panel_drawn = (
        f'<rect class="rd-panel" fill="{_PANEL}" x="0" y="{top:.1f}" width="{WIDTH}" height="{height:.1f}" rx="4"/>'
        if striped
        else ""
    )
    here = [m for m in row.marks if panel.first <= m.day <= panel.last]
    seen: dict[float, int] = {}
    marks = []
    for mark in here:
        x = panel.x(mark.day)
        seen[x] = seen.get(x, 0) + 1
        marks.append(shape_at(x + 4 * (seen[x] - 1), middle, row.shape, hollow=mark.moved))
    return (
        panel_drawn
        + shape_at(12, middle, row.shape)
        + text_block(lines, 26, begin, _SIZE, _LEADING, bold=True)
        + text_block(notes, 26, begin + _LEADING * len(lines), _SMALL, _CLOSE, look="rd-q")
        + "".join(marks)
    )


def _height(row: Row) -> float:
    lines = wrap(row.name, _LABEL - 34, _SIZE, bold=True)
    notes = wrap(row.note, _LABEL - 34, _SMALL)
    return _LEADING * len(lines) + _CLOSE * len(notes) + 2 * _PAD


def year_picture(
    rows: Sequence[Row], start: date, end: date, quiet: Sequence[tuple[date, date]], title: str, description: str
) -> Html:
    """Return the year as SVG.

    Args:
        rows: the series of dates, from the top.
        start: first day of the year.
        end: its last day.
        quiet: first and last day of each quiet time.
        title: what the drawing is.
        description: what it shows, in words.

    Raises:
        ValueError: there are no rows.
    """
    if not rows:
        raise ValueError("a year needs at least one row")
    parts, cuts, top = [], [0], 0.0
    heights = [_height(row) for row in rows]
    for place, panel in enumerate(_panels(start, end)):
        inside = sum(heights)
        body = top + _HEAD
        stripes = []
        y = body
        for n, (row, height) in enumerate(zip(rows, heights, strict=True)):
            stripes.append(Part(_row(row, panel, y, height, n % 2 == 0), y, y + height))
            y += height
        parts += [*stripes, Part(_head(panel, top, _HEAD + inside, start, end), top, y)]
        parts.append(Part(_quiet(panel, quiet, body, inside), body, y))
        top = y + (24 if place == 0 else 6)
        cuts.append(round(top))
    return drawing(parts, cuts, WIDTH, title, description)

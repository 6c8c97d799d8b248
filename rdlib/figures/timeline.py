"""Strategies on a time line: when each begins and ends, its milestones, what waits for what, and when targets fall due.

Bars stand one below the other; an arrow leads from the end of a strategy to the beginning of one that waits for it. An
arrow that has to run back in time is dashed and says so in the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from rdlib.figures.html import Html, e
from rdlib.figures.svg import text_block, text_width, wrap
from rdlib.words import _, format_date, language

WIDTH = 720
_LABEL = 236  # the column of names
_PAD = 10
_SIZE, _LEADING = 14, 19
_SMALL, _CLOSE = 13, 17
_BAR = 22  # how high a bar is
_LANE = 7  # between arrows that run side by side
_LEAST = 8.0  # the width of the shortest bar
_TEXT, _QUIET, _GROUND, _PANEL = "#1F2933", "#52606D", "#FFFFFF", "#F3F5F7"
_ACCENT, _LINE, _EDGE, _ALARM = "#1D4E89", "#CBD2D9", "#7B8794", "#8F1414"
_STEPS = (1, 3, 6, 12, 24, 60, 120)  # months between ticks
_MOST_TICKS = 8


@attrs.frozen
class Step:
    """A milestone on a bar: its day, the number under which a table names it, and whether it was reached."""

    day: date
    number: int
    reached: bool = False


@attrs.frozen
class Bar:
    """A stretch of work.

    Attributes:
        id: its id.
        name: what it is called.
        note: what stands below the name, in quiet words.
        start: its first day.
        end: its last day.
        after: the ids of the bars that it waits for.
        strong: whether it is drawn filled (what comes first) or with an edge.
        steps: its milestones.
    """

    id: str
    name: str
    note: str
    start: date
    end: date
    after: tuple[str, ...] = ()
    strong: bool = False
    steps: tuple[Step, ...] = ()


@attrs.frozen
class Day:
    """A day that matters to all bars, such as one on which a target falls due."""

    day: date
    says: str


@attrs.frozen
class _Row:
    bar: Bar
    top: float
    height: float
    lines: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def ticks(start: date, end: date) -> list[date]:
    """Return the days that the axis names: first days of months, quarters, half-years or years, at most eight.

    >>> [day.isoformat() for day in ticks(date(2017, 5, 3), date(2018, 9, 5))]
    ['2017-07-01', '2017-10-01', '2018-01-01', '2018-04-01', '2018-07-01']
    """
    for step in _STEPS:
        first = -(-_months(start) // step) * step
        found = [_first(month) for month in range(first, _months(end) + 1, step) if _first(month) >= start]
        if len(found) <= _MOST_TICKS:
            return found
    return found[:: -(-len(found) // _MOST_TICKS)]


def _tick_label(day: date, yearly: bool) -> str:
    if yearly:
        return str(day.year)
    from babel.dates import format_date as babel_date

    return babel_date(day, "MMM y", locale=language())


class _Scale:
    """From days to pixels."""

    def __init__(self, start: date, end: date) -> None:
        self.start, self.days = start, max((end - start).days, 1)
        self.left, self.right = float(_LABEL + _PAD), float(WIDTH - _PAD - 2)

    def __call__(self, day: date) -> float:
        return self.left + (day - self.start).days / self.days * (self.right - self.left)


def _rows(bars: Sequence[Bar], top: float) -> list[_Row]:
    rows = []
    for bar in bars:
        lines = tuple(wrap(bar.name, _LABEL - 2 * _PAD, _SIZE, bold=True))
        notes = tuple(wrap(bar.note, _LABEL - 2 * _PAD, _SMALL))
        numbers = 2 * _CLOSE if bar.steps else 0  # below the bar; as much above it, so that it stays in the middle
        height = max(_BAR + numbers, _LEADING * len(lines) + _CLOSE * len(notes)) + 2 * _PAD
        rows.append(_Row(bar, top, height, lines, notes))
        top += height
    return rows


@attrs.frozen
class _Banner:
    """The words of a marked day, in a row of their own above the bars, so that none covers another."""

    day: date
    left: float
    top: float
    wide: float
    lines: tuple[str, ...]

    @property
    def high(self) -> float:
        return float(_CLOSE * len(self.lines))


def _banners(days: Sequence[Day], scale: _Scale) -> list[_Banner]:
    found = []
    top = 4.0
    for each in days:
        x = scale(each.day)
        lines = tuple(wrap(_("{what}: {day}").format(what=each.says, day=format_date(each.day)), 300, _SMALL))
        wide = max(text_width(line, _SMALL) for line in lines)
        left = x - wide - 6 if x + wide + 8 > WIDTH else x + 6
        found.append(_Banner(each.day, left, top, wide, lines))
        top += found[-1].high + 3
    return found


def _arrow(points: Sequence[tuple[float, float]], back: bool) -> str:
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    x, y = points[-1]
    look = f'class="rd-arrow" stroke="{_ACCENT}"'
    if back:
        look = f'class="rd-back" stroke="{_ALARM}" stroke-dasharray="5 4"'
    head = f'class="rd-back-head" fill="{_ALARM}"' if back else f'class="rd-head" fill="{_ACCENT}"'
    return f'<path {look} d="{path}" fill="none" stroke-width="1.5"/><path {head} d="M{x:.1f} {y:.1f}l-8 -4v8z"/>'


def _arrows(rows: Sequence[_Row], scale: _Scale) -> str:
    """Arrows leave at the right end of a bar and arrive at the left end of the one that waits, above its middle."""
    where = {row.bar.id: row for row in rows}
    drawn = []
    lane = 0
    for row in rows:
        known = [where[id_] for id_ in row.bar.after if id_ in where and id_ != row.bar.id]
        for place, source in enumerate(known):
            lane += 1
            leave = scale(source.bar.end) + 1
            arrive = scale(row.bar.start)
            y = row.middle + (place - (len(known) - 1) / 2) * _LANE
            back = row.bar.start < source.bar.end
            out = max(leave, scale(source.bar.start) + _LEAST) + 6
            if out + 8 <= arrive:
                points = [(out - 6, source.middle), (out, source.middle), (out, y), (arrive - 1, y)]
            else:
                down = source.middle < y
                between = (source.top + source.height - 3) if down else (source.top + 3)
                turn = max(arrive - 10 - _LANE * (lane % 2), scale.left - 4)
                points = [
                    *((out - 6, source.middle), (out, source.middle), (out, between)),
                    *((turn, between), (turn, y), (arrive - 1, y)),
                ]
            drawn.append(_arrow(points, back))
    return "".join(drawn)


def _grid(marks: Sequence[date], scale: _Scale, above: float, bottom: float) -> str:
    """Upright lines at the ticks with their labels below; a label that would cover the one before is left out."""
    parts, right = [], 0.0
    yearly = all(day.month == 1 for day in marks) and len(marks) > 1
    for day in marks:
        x, label = scale(day), _tick_label(day, yearly)
        parts.append(
            f'<line class="rd-grid" stroke="{_LINE}" x1="{x:.1f}" x2="{x:.1f}" y1="{above:.1f}" y2="{bottom:.1f}"/>'
        )
        wide = text_width(label, _SMALL)
        left = min(max(x - wide / 2, scale.left - _PAD), WIDTH - wide - 2)
        if left >= right:
            parts.append(text_block([label], left, bottom + 6, _SMALL, _CLOSE, look="rd-q"))
            right = left + wide + 8
    return "".join(parts)


def _marked(banners: Sequence[_Banner], scale: _Scale, bottom: float) -> str:
    """The marked days: a dashed line each, and its words on a ground of their own."""
    lines, words = [], []
    for each in banners:
        x = scale(each.day)
        lines.append(
            f'<line class="rd-border" stroke="{_TEXT}" stroke-width="1.5" stroke-dasharray="8 5" x1="{x:.1f}"'
            f' x2="{x:.1f}" y1="{each.top:.1f}" y2="{bottom:.1f}"/>'
        )
        words.append(
            f'<rect class="rd-ground" fill="{_GROUND}" x="{each.left - 2:.1f}" y="{each.top:.1f}"'
            f' width="{each.wide + 4:.1f}" height="{each.high:.1f}"/>'
            f"{text_block(list(each.lines), each.left, each.top, _SMALL, _CLOSE)}"
        )
    return "".join(lines + words)


def _drawn(row: _Row, scale: _Scale) -> str:
    x = scale(row.bar.start)
    wide = max(scale(row.bar.end) - x, _LEAST)
    strong, fill = (" rd-bar-strong", _ACCENT) if row.bar.strong else ("", _GROUND)
    top = row.middle - (_LEADING * len(row.lines) + _CLOSE * len(row.notes)) / 2
    return (
        f'<rect class="rd-bar{strong}" fill="{fill}" stroke="{_ACCENT}" stroke-width="2" x="{x:.1f}"'
        f' y="{row.middle - _BAR / 2:.1f}" width="{wide:.1f}" height="{_BAR}" rx="5"/>'
        f"{text_block(list(row.lines), _PAD, top, _SIZE, _LEADING, bold=True)}"
        f"{text_block(list(row.notes), _PAD, top + _LEADING * len(row.lines), _SMALL, _CLOSE, look='rd-q')}"
    )


def _steps(row: _Row, scale: _Scale) -> str:
    """Milestones as diamonds on the bar, filled once reached; a number that would cover another is left out."""
    parts, right = [], 0.0
    for step in sorted(row.bar.steps, key=lambda s: s.day):
        x, y = min(max(scale(step.day), scale.left), scale.right), row.middle
        look = f'class="rd-t" fill="{_TEXT}"' if step.reached else f'class="rd-box" fill="{_GROUND}"'
        parts.append(f'<path {look} stroke="{_TEXT}" stroke-width="1.5" d="M{x:.1f} {y - 8:.1f}l8 8l-8 8l-8 -8z"/>')
        label = str(step.number)
        wide = text_width(label, _SMALL)
        left = x - wide / 2
        if left >= right:
            top = y + _BAR / 2 + 1
            ground = f'x="{left - 2:.1f}" y="{top:.1f}" width="{wide + 4:.1f}" height="{_CLOSE}"'
            parts.append(f'<rect class="rd-ground" fill="{_GROUND}" {ground}/>')
            parts.append(text_block([label], left, top, _SMALL, _CLOSE))
            right = left + wide + 4
    return "".join(parts)


def timeline(bars: Sequence[Bar], days: Sequence[Day], title: str, description: str) -> Html:
    """Return the time line as SVG.

    Args:
        bars: the stretches of work, from the top.
        days: the days to mark.
        title: what the drawing is.
        description: what it shows, in words.

    Raises:
        ValueError: there are no bars.
    """
    if not bars:
        raise ValueError("a time line needs at least one bar")
    steps = [step.day for bar in bars for step in bar.steps]
    first = min([b.start for b in bars] + [d.day for d in days] + steps)
    last = max([max(b.end, b.start) for b in bars] + [d.day for d in days] + steps)
    scale = _Scale(first, last)
    banners = _banners(sorted(days, key=lambda d: d.day), scale)
    above = max((each.top + each.high for each in banners), default=0.0) + 8
    rows = _rows(bars, above)
    bottom = rows[-1].top + rows[-1].height
    panels = "".join(
        f'<rect class="rd-panel" fill="{_PANEL}" x="0" y="{row.top:.1f}" width="{WIDTH}" height="{row.height:.1f}"'
        ' rx="4"/>'
        for row in rows[::2]
    )
    drawn = "".join(_drawn(row, scale) + _steps(row, scale) for row in rows)
    size = f'width="{WIDTH}" height="{bottom + 30:.0f}"'
    return Html(
        f'<svg class="rd-svg" xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {WIDTH} {bottom + 30:.0f}"'
        ' font-family="system-ui, &quot;DejaVu Sans&quot;, sans-serif" role="img">'
        f"<title>{e(title)}</title><desc>{e(description)}</desc>"
        f'<rect class="rd-ground" fill="{_GROUND}" {size}/>{panels}{_grid(ticks(first, last), scale, above, bottom)}'
        f"{_marked(banners, scale, bottom)}{_arrows(rows, scale)}{drawn}</svg>"
    )

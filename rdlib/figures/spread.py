"""The spread of an indicator within the system: a dot for each unit, and what the better units reach (tool 5.4)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from statistics import median

import attrs

from rdlib.figures.html import Html, details, e, scroll_box, table
from rdlib.figures.records import format_when
from rdlib.figures.svg import text_block, text_width
from rdlib.plan.indicator import Indicator
from rdlib.plan.values import Period
from rdlib.rules import trend
from rdlib.rules.r02_smart import has_number, reaches
from rdlib.rules.targets import Goal
from rdlib.words import _, format_number

WIDTH = 720
_SIDE = 16.0  # left and right of the axis
_RADIUS = 5.0
_STACK = 130.0  # how high the dots may pile up before they are drawn smaller
_SMALL, _SIZE, _LEADING = 13, 14, 20


@attrs.frozen
class Spread:
    """The units of a system in one period.

    Attributes:
        name: name of the indicator.
        unit: unit of the values.
        when: the period.
        values: the value of each unit, the lowest first.
        marks: what is named, each with its value, the weakest first.
        goal: the target.
    """

    name: str
    unit: str | None
    when: Period
    values: tuple[float, ...]
    marks: tuple[tuple[str, float], ...]
    goal: Goal

    def written(self, value: float) -> str:
        """Write a value no more exactly than it can be believed: most of them are computed."""
        return format_number(round(value, 0 if max(map(abs, self.values)) >= 1000 else 1), self.unit)

    @property
    def finding(self) -> str:
        """What the picture says, in a line."""
        when, count = format_when(self.when), len(self.values)
        if not has_number(self.goal):
            return _("Spread within the system, {when}").format(when=when)
        reaching = sum(1 for value in self.values if reaches(value, self.goal))
        if not reaching:
            return _("None of {count} units reaches the target, {when}").format(count=count, when=when)
        if reaching == count:
            return _("All {count} units reach the target, {when}").format(count=count, when=when)
        return _("{some} of {count} units reach the target, {when}").format(some=reaching, count=count, when=when)


def spread_of(indicator: Indicator, goal: Goal, within: trend.Within, values: Sequence[float]) -> Spread:
    """Return what is to be drawn.

    Args:
        indicator: the indicator.
        goal: its target.
        within: what the better units reach (:func:`rdlib.rules.trend.percentiles_within`).
        values: the value of each unit in the same period.
    """
    ordered = tuple(sorted(values))
    ends = (ordered[0], ordered[-1]) if trend.better_way(indicator) == "up" else (ordered[-1], ordered[0])
    marks = (
        (_("the weakest"), ends[0]),
        (_("the one in the middle"), float(median(ordered))),
        (_("the best fifth reach"), within.fifth_best),
        (_("the best hundredth reach"), within.hundredth_best),
        (_("the best"), ends[1]),
    )
    return Spread(indicator.name or indicator.id, indicator.unit, within.when, ordered, marks, goal)


def spread_figure(spread: Spread) -> Html:
    """Return the picture of a spread: a drawing, and its named values as a table on request.

    Args:
        spread: what is to be drawn.

    Source: Rule 5, tool 5.4, the benchmark within one's own system: the 80th and the 99th percentile of its units.
    """
    told = "; ".join(f"{name} {spread.written(value)}" for name, value in spread.marks)
    about = _("Spread within the system: {indicator}").format(indicator=spread.name)
    key = _("Each dot is a unit.")
    if has_number(spread.goal):
        key = _("Each dot is a unit; the filled ones reach the target.")
    drawing = (
        f'<div class="rd-drawing" style="font-size:0">{_svg(spread, f"{spread.finding}: {spread.name}", told)}</div>'
    )
    rows = [[name, spread.written(value)] for name, value in spread.marks]
    same = table([_("Unit"), _("Value")], rows, _("{title}, as a table").format(title=about), numeric=[1])
    return Html(
        f'<figure class="rd rd-figure"><figcaption class="rd-caption">{e(spread.finding)}'
        f'<p class="rd-key">{e(about)}. {e(key)}</p></figcaption>{scroll_box(about, drawing)}'
        f"{details(_('The same as a table'), same)}</figure>"
    )


@attrs.frozen
class _Scale:
    """From values to places across the drawing, with a few round numbers between."""

    low: float
    high: float
    ticks: tuple[float, ...]

    @classmethod
    def over(cls, shown: Sequence[float]) -> _Scale:
        low, high = min(shown), max(shown)
        if low == high:
            low, high = low - 1, high + 1
        rough = (high - low) / 5
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(power * n for n in (1, 2, 5, 10) if power * n >= rough * 0.999)
        first, last = math.floor(low / step), math.ceil(high / step)
        ticks = tuple(round(n * step, 9) for n in range(first, last + 1))
        return cls(ticks[0], ticks[-1], ticks)

    def x(self, value: float) -> float:
        return _SIDE + (value - self.low) / (self.high - self.low) * (WIDTH - 2 * _SIDE)


def _dots(spread: Spread, scale: _Scale) -> tuple[list[tuple[float, int, float]], float]:
    """Return each dot (place across, place in its stack, value), and a radius at which no stack is too high."""
    radius = _RADIUS
    while True:
        pitch = 2 * radius + 1
        stacks: Counter[int] = Counter()
        dots = []
        for value in spread.values:
            column = round(scale.x(value) / pitch)
            dots.append((column * pitch, stacks[column], value))
            stacks[column] += 1
        if radius <= 1.5 or max(stacks.values()) * pitch <= _STACK:
            return dots, radius
        radius -= 0.5


def _svg(spread: Spread, title: str, told: str) -> str:
    limits = [limit for limit in (spread.goal.low, spread.goal.high) if limit is not None]
    scale = _Scale.over([*spread.values, *limits])
    dots, radius = _dots(spread, scale)
    pitch = 2 * radius + 1
    top = _LEADING + 8.0 if limits else 4.0
    floor = top + (1 + max(level for _x, level, _value in dots)) * pitch + 6
    parts = []
    for x, level, value in dots:
        full = has_number(spread.goal) and reaches(value, spread.goal)
        look = 'class="rd-head" fill="#1D4E89"' if full else 'class="rd-box rd-loose" fill="#FFFFFF" stroke="#7B8794"'
        parts.append(f'<circle {look} cx="{x:.1f}" cy="{floor - 3 - radius - level * pitch:.1f}" r="{radius:g}"/>')
    parts += [_target(spread, scale, limit, floor) for limit in dict.fromkeys(limits)]
    parts.append(_line("rd-border", (_SIDE, floor), (WIDTH - _SIDE, floor)))
    for tick in scale.ticks:
        label = format_number(tick, "%" if spread.unit == "%" else None)
        width = text_width(label, _SMALL)
        left = min(max(scale.x(tick) - width / 2, 0), WIDTH - width)
        parts.append(text_block([label], left, floor + 4, _SMALL, 18, look="rd-q"))
    below = floor + 28
    rising = spread.marks[0][1] <= spread.marks[-1][1]  # then each line is shorter than those to the right of it
    for name, value in spread.marks[1:-1]:
        parts.append(_mark(f"{name} {spread.written(value)}", scale.x(value), floor, below, left=rising))
        below += _LEADING
    height = round(below + 4)
    return (
        f'<svg class="rd-svg" xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
        f' viewBox="0 0 {WIDTH} {height}" font-family="system-ui, &quot;DejaVu Sans&quot;, sans-serif" role="img">'
        f"<title>{e(title)}</title><desc>{e(told)}</desc>"
        f'<rect class="rd-ground" fill="#FFFFFF" width="{WIDTH}" height="{height}"/>{"".join(parts)}</svg>'
    )


def _line(look: str, start: tuple[float, float], end: tuple[float, float], *, dashed: bool = False) -> str:
    colour = "#1D4E89" if look == "rd-arrow" else "#1F2933"
    dashes = ' stroke-dasharray="6 4"' if dashed else ""
    return (
        f'<line class="{look}" stroke="{colour}" stroke-width="1.5"{dashes}'
        f' x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}"/>'
    )


def _beside(label: str, x: float, *, left: bool, bold: bool = False) -> float:
    """Return where a label starts that stands on one side of a line, or on the other where there is no room."""
    width = text_width(label, _SIZE, bold=bold)
    fits_left, fits_right = x - 6 - width >= 0, x + 6 + width <= WIDTH
    if left:
        return x - 6 - width if fits_left or not fits_right else x + 6
    return x + 6 if fits_right or not fits_left else x - 6 - width


def _target(spread: Spread, scale: _Scale, limit: float, floor: float) -> str:
    """A limit of the target: a dashed line through the dots, named above them."""
    x = scale.x(limit)
    label = _("target {value}").format(value=format_number(limit, spread.unit))
    name = text_block([label], _beside(label, x, left=True, bold=True), 0, _SIZE, _LEADING, bold=True)
    return _line("rd-border", (x, 2), (x, floor), dashed=True) + name


def _mark(label: str, x: float, floor: float, top: float, *, left: bool) -> str:
    """A named value: a line down from the axis, with its label at the lower end."""
    name = text_block([label], _beside(label, x, left=left), top, _SIZE, _LEADING)
    return _line("rd-arrow", (x, floor), (x, top + _LEADING - 4)) + name

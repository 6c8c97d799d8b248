"""The four comparisons of a target in one chart: own past, others, own best units, and the plan (Rule 5, tool 5.4).

Over time stand the measured values and the path that the strategies are expected to bring, with a bar for each strategy
below: when it begins, when it is full, what it adds. Beside them, on the same scale, stand the units inside the system
as dots, what the best fifth and the best hundredth of them reach, and what others reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import attrs

from rdlib.figures import chart_style as style
from rdlib.figures.chart_style import Page
from rdlib.figures.chart_time import time_ticks
from rdlib.figures.chart_trajectory import fill_of
from rdlib.figures.html import Cell, Html, Mark, badge, inline, table
from rdlib.plan.values import Period, format_when
from rdlib.rules import trend
from rdlib.rules.headline import gap_words
from rdlib.rules.r02_smart import is_share
from rdlib.rules.r05_benchmarks import Compared, Held, Stand, units_can_be_compared
from rdlib.rules.r05_trajectory import Trajectory
from rdlib.rules.registry import Context
from rdlib.words import _, format_date

_GUTTER = 2.15  # inches for the labels beside the plot
_STRIP = 0.62  # inches at the right end of the plot for what others and the own units reach
_BAR = 0.24  # inches for the bar of a strategy
_DASHES = (0, (5, 3))
_LOOKS = {"peers": ("D", style.COMPARED), "within": ("s", style.PLANNED), "history": ("o", style.OBSERVED)}

#: Shape, and colour number, of where a target lies; the word stands with them.
_STANDS = {
    Stand.REACHED: ("◆", 2),
    Stand.WITHIN: ("●", 4),
    Stand.BEYOND: ("▲", 1),
    Stand.OPEN: ("–", 0),
}


@attrs.frozen
class _Facts:
    held: Held
    context: Context

    @property
    def unit(self) -> str | None:
        return self.held.indicator.unit

    @property
    def name(self) -> str:
        return style.tidy(self.held.indicator.name or "") or _("Indicator without a name")

    @property
    def path(self) -> Trajectory | None:
        return self.held.path if isinstance(self.held.path, Trajectory) else None

    @property
    def measured(self) -> list[tuple[Period, float]]:
        found = trend.whole_series(self.held.indicator)
        return [(p, v) for p, v in found if p.end <= self.context.as_of]

    @property
    def units(self) -> list[float]:
        found = trend.latest_units(self.held.indicator, as_of=self.context.as_of)
        if found is None or not units_can_be_compared(self.held.indicator, self.context):
            return []
        return list(found[1].values())

    @property
    def beside(self) -> list[tuple[str, Compared]]:
        """What others and the own best units reach; and what the past did that is not among the measured values."""
        named = {row.name for row in self.held.indicator.benchmarks if row.kind == "history"}
        history = [each for each in self.held.of("history").values if each.name in named]
        return [
            *(("peers", each) for each in self.held.of("peers").values),
            *(("within", each) for each in self.held.of("within").values),
            *(("history", each) for each in history),
        ]

    @property
    def ends(self) -> list[float]:
        goal = self.held.goal
        return sorted({end for end in (goal.low, goal.high) if end is not None})

    @property
    def illustrative(self) -> bool:
        indicator = self.held.indicator
        path = self.path
        effects = path is not None and any(e.effect.illustrative for p in path.parts for e in p.estimates)
        rows = any(row.illustrative for row in indicator.benchmarks)
        return bool(effects or rows or indicator.data_illustrative)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day that the chart shows: the past no longer than twice the way ahead."""
        due = self.held.goal.due
        days = [when.end for when, _value in self.measured]
        if self.path:
            days += [self.path.start[0], self.path.periods[-1].end]
        if due:
            days.append(due.end)
        if not days:
            return self.context.as_of - timedelta(days=365), self.context.as_of
        first, last = min(days), max(days)
        ahead = last - (self.path.start[0] if self.path else self.context.as_of)
        if ahead > timedelta(days=180):
            first = max(first, last - 3 * ahead)
        return (first, last) if first < last else (first - timedelta(days=365), last)

    def words(self, value: float) -> str:
        return style.written(round(value, 1) if abs(value) < 1000 else round(value), self.unit)


def benchmark_chart(held: Held, context: Context) -> Html:
    """Draw a target with the four comparisons.

    Args:
        held: the target, held against them (:func:`rdlib.rules.r05_benchmarks.hold`).
        context: the plan and the day of the report; values measured later are not shown.

    Returns:
        a ``<figure>``, or a line that says that there is nothing to compare with.
    """
    facts = _Facts(held, context)
    if not (facts.measured or facts.beside or facts.path):
        return style.missing_html(_("There is nothing yet that the target could be held against."))
    page = _draw(facts)
    label = _("Four comparisons: {name}").format(name=facts.name)
    return style.figure_html(page.figure, label=label, alt=_alternative(facts), caption=_caption(facts))


def benchmark_table(held: Held) -> Html:
    """Return what each of the four comparisons says of a target, in words."""
    rows: list[list[Cell]] = []
    for view in held.views:
        shape, look = _STANDS[view.stand]
        rows.append([view.label, badge(Mark(shape, view.stand.word, look)), inline(view.says)])
    name = held.indicator.name or held.indicator.id
    headers = [_("Compared with"), _("The target is"), _("Because")]
    return table(headers, rows, _("What the comparisons say of the target: {indicator}").format(indicator=name))


def stand_title(held: Held) -> str:
    """Say in a line how many of the comparisons that are there show the target within reach."""
    there = [view for view in held.views if view.stand is not Stand.OPEN]
    shown = [view for view in there if view.stand in {Stand.WITHIN, Stand.REACHED}]
    if not there:
        return _("The target stands alone so far")
    if not shown:
        return _("The target lies beyond all that it is held against")
    if len(shown) == len(there):
        return _("The target lies within all that it is held against")
    return _("Target in reach by the measure of {inside}; beyond {outside}").format(
        inside=_(" and ").join(_short(view.kind) for view in shown),
        outside=_(" and ").join(_short(view.kind) for view in there if view not in shown),
    )


def _short(kind: str) -> str:
    return {
        "history": _("your past"),
        "peers": _("others"),
        "within": _("your own best"),
        "plan": _("your plan"),
    }[kind]


def _draw(facts: _Facts) -> Page:
    gutter = _gutter_labels(facts)
    low, high = _bounds(facts)
    marks = style.ticks(low, high)
    left = max(style.text_width(style.tick_words(mark, facts.unit), style.TICK_SIZE) for mark in marks) + 0.1
    widths = [style.text_width(line, style.LABEL_SIZE, bold=each.bold) for each in gutter for line in each.lines]
    bars = len(facts.path.parts) if facts.path else 0
    page = style.new_page(
        stand_title(facts.held),
        _subtitle(facts),
        foot=_foot(facts),
        flag=_("Illustrative: values made up to practise with") if facts.illustrative else None,
        height=3.2,
        left=left,
        right=max(widths, default=0.2) + 0.14,
        below=0.34 + bars * _BAR,
    )
    first, last = facts.days
    days = (last - first).days
    spare = days * _STRIP / (page.width - _STRIP)
    page.plot.set_xlim(first.toordinal() - 0.02 * days, last.toordinal() + spare)
    page.plot.set_ylim(low, high)
    style.level_ticks(page, marks, facts.unit)
    time_ticks(page, [when for when, _value in facts.measured], until=last)
    for value in facts.ends:
        page.plot.axhline(value, color=style.TARGET, linewidth=1.7, linestyle=_DASHES, zorder=5)
        page.follow([(page.plot.get_xlim()[0], value), (page.plot.get_xlim()[1], value)])
    _draw_path(page, facts)
    _draw_measured(page, facts)
    _draw_beside(page, facts, last.toordinal() + 0.55 * spare)
    _draw_bars(page, facts)
    _write_gutter(page, gutter)
    if facts.measured:
        when, value = facts.measured[-1]
        words = _("{value}, {when}").format(value=style.written(value, facts.unit), when=format_when(when))
        page.label(when.end.toordinal(), value, words, color=style.OBSERVED, bold=True)
    return page


def _bounds(facts: _Facts) -> tuple[float, float]:
    first, last = facts.days
    firm = [v for p, v in facts.measured if first <= p.end <= last] + facts.ends
    firm += [each.value for _kind, each in facts.beside]
    if facts.path:
        firm += [facts.path.start[1], *facts.path.path]
    low, high = min(firm), max(firm)
    span = (high - low) or max(abs(high) * 0.1, 1.0)
    if facts.units:
        low, high = max(min(low, *facts.units), low - 0.5 * span), min(max(high, *facts.units), high + 0.5 * span)
    low, high = low - 0.07 * span, high + 0.07 * span
    if is_share(facts.held.indicator):
        margin = 0.03 * (high - low)
        low, high = max(low, min(0.0, *firm) - margin), min(high, max(100.0, *firm) + margin)
    return low, high


def _draw_measured(page: Page, facts: _Facts) -> None:
    first, last = facts.days
    line = [(float(p.end.toordinal()), v) for p, v in facts.measured if first <= p.end <= last]
    if line:
        xs, ys = zip(*line, strict=True)
        size = 4.5 if len(line) <= 30 else 2.6
        page.plot.plot(xs, ys, color=style.OBSERVED, linewidth=1.9, marker="o", markersize=size, zorder=6)
        page.follow(line)


def _draw_path(page: Page, facts: _Facts) -> None:
    path = facts.path
    if path is None:
        return
    days = [path.start[0].toordinal(), *(period.end.toordinal() for period in path.periods)]
    values = [path.start[1], *path.path]
    lows = [path.start[1], *(low for low, _high in path.together)]
    highs = [path.start[1], *(high for _low, high in path.together)]
    page.plot.fill_between(days, lows, highs, color=style.BAND, linewidth=0, zorder=1)
    page.plot.plot(days, values, color=style.TEXT, linewidth=1.5, marker="s", markersize=3.5, zorder=4)
    page.follow(list(zip(map(float, days), values, strict=True)))


def _draw_beside(page: Page, facts: _Facts, at: float) -> None:
    """Draw the own units as dots, and what they and others reach as marks, in the strip at the right end."""
    ends = page.plot.get_xlim()[1]
    wide = (ends - at) * 0.8
    low, high = page.plot.get_ylim()
    shown = sorted(value for value in facts.units if low <= value <= high)
    for place, value in enumerate(shown):  # side by side where they would cover each other
        aside = (place % 3 - 1) * wide * 0.35
        page.plot.plot(
            [at + aside], [value], marker="o", markersize=3.2, color=style.FRAME, markeredgewidth=0, zorder=5
        )
    for kind, each in facts.beside:
        marker, color = _LOOKS[kind]
        page.plot.plot([at - wide, at + wide], [each.value] * 2, color=color, linewidth=1.3, zorder=6)
        page.plot.plot([at], [each.value], marker=marker, markersize=6, color=color, zorder=7)
    page.plot.axvline(at - 1.25 * wide, color=style.GRID, linewidth=0.9, zorder=0)


def _draw_bars(page: Page, facts: _Facts) -> None:
    """Draw below the axis when each strategy begins and is full, and what it adds."""
    path = facts.path
    if path is None:
        return
    for place, part in enumerate(path.parts):
        y = -0.42 - place * _BAR
        left, right = (page.inches(day.toordinal(), 0)[0] for day in (part.estimates[0].begins, part.estimates[0].full))
        left, right = max(0.0, left), min(max(right, left + 0.08), page.width)
        fill, color = fill_of(place)
        page.plot.plot(
            [left / page.width, right / page.width], [y / page.height] * 2, color=fill, linewidth=7,
            solid_capstyle="butt", transform=page.plot.transAxes, clip_on=False, zorder=3,
        )  # fmt: skip
        added = _("{change} {strategy}").format(
            strategy=style.tidy(part.name), change=_signed(path, part.amounts[-1].middle)
        )
        wide = style.text_width(added, style.TICK_SIZE)
        if wide <= left + page.left - 0.08:
            page.write(left - 0.06, y, added, size=style.TICK_SIZE, color=color, across="right")
        else:  # where it has too little room it covers the end of its bar
            edge = style.FULL - page.left
            words = style.wrap(added, style.FULL, style.TICK_SIZE, most=1)[0]
            page.write(min(right + 0.06, edge - wide), y, words, size=style.TICK_SIZE, color=color, halo=True)


def _signed(path: Trajectory, amount: float) -> str:
    change = path.sign * amount
    unit = path.indicator.unit
    shown = round(change, 1) if abs(change) < 1000 else round(change)
    return ("+" if change >= 0 else "\u2212") + gap_words(shown, unit if unit == "%" else None)


# --- its labels and words ----------------------------------------------------------------------------------------


@attrs.frozen
class _Label:
    value: float
    lines: tuple[str, ...]
    color: str
    bold: bool = False


def _label(value: float, words: str, color: str, *, bold: bool = False) -> _Label:
    return _Label(value, tuple(style.wrap(words, _GUTTER, style.LABEL_SIZE, bold=bold, most=3)), color, bold)


def _gutter_labels(facts: _Facts) -> list[_Label]:
    found = []
    for end in facts.ends:
        words = _("Target {value}").format(value=facts.words(end))
        due = facts.held.goal.due
        if due:
            words = _("{target} by {when}").format(target=words, when=format_when(due))
        found.append(_label(end, words, style.TARGET, bold=True))
    for kind, each in facts.beside:
        words = _("{name}: {value}").format(name=style.tidy(each.name), value=facts.words(each.value))
        if each.when and kind != "within":
            words = _("{name}: {value} ({when})").format(
                name=style.tidy(each.name), value=facts.words(each.value), when=format_when(each.when)
            )
        found.append(_label(each.value, words, _LOOKS[kind][1]))
    if facts.path:
        words = _("Your plan: {value}").format(value=facts.words(facts.path.end))
        found.append(_label(facts.path.end, words, style.TEXT, bold=True))
    return found


def _write_gutter(page: Page, labels: Sequence[_Label]) -> None:
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


def _subtitle(facts: _Facts) -> str:
    unit = style.tidy(facts.unit or "")
    if not unit or unit.lower() in facts.name.lower():
        return facts.name
    return _("{name}, in {unit}").format(name=facts.name, unit=unit)


def _foot(facts: _Facts) -> list[str]:
    return [
        _("Source: {source}").format(source=style.tidy(facts.held.indicator.data_source or "") or _("not given")),
        _("As of {day}").format(day=format_date(facts.context.as_of)),
    ]


def _caption(facts: _Facts) -> list[str]:
    said = []
    if facts.units:
        said.append(
            _(
                "Grey dots: the {count} units, last values. Best fifth and hundredth: their 80th and 99th percentile."
            ).format(count=len(facts.units))
        )
    if facts.path:
        said.append(
            _("Line with squares: your plan; band: from all effects low to all high. Bars: from first felt to full.")
        )
    kinds = {kind for kind, _each in facts.beside}
    if "peers" in kinds:
        said.append(_("Diamonds: others."))
    return said


def _alternative(facts: _Facts) -> str:
    said = [_("Four comparisons of {what}. {title}.").format(what=_subtitle(facts), title=stand_title(facts.held))]
    if facts.illustrative:
        said.append(_("The values are illustrative."))
    said += [_("{label}: {says}").format(label=view.label, says=view.says) for view in facts.held.views]
    for part in facts.path.parts if facts.path else ():
        said.append(
            _("{strategy} begins on {day} and adds {change}.").format(
                strategy=part.name,
                day=format_date(part.estimates[0].begins),
                change=_signed(facts.path, part.amounts[-1].middle) if facts.path else "",
            )
        )
    return " ".join(said)


__all__ = ["benchmark_chart", "benchmark_table", "stand_title"]

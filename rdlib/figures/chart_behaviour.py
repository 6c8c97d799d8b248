"""The process-behaviour chart: values within their limits, what stands out, and the ranges below (tool 9.4).

Everything it says is worked out in :mod:`rdlib.rules.r09_charts`; here it is only drawn. What a signal means is told by
shape and words as well as by colour: a square for the better, a triangle for the worse, a diamond where neither can be
said.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import attrs

from rdlib.figures import chart_style as style
from rdlib.figures.chart_gutter import Beside, beside, room_for, write_beside
from rdlib.figures.chart_style import Page, Room
from rdlib.figures.chart_time import time_ticks
from rdlib.figures.html import Html
from rdlib.plan.blips import SPECIAL_EVENTS
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.values import Period, format_when
from rdlib.rules.r09_charts import Behaviour, Stretch, headline, notes, reach_words, verdict_words
from rdlib.rules.targets import in_words
from rdlib.rules.xmr import Point, Rule, Signal
from rdlib.words import _, format_date, plural

_SHADE = "#EEF1F4"
#: Mark and colour of a signal for the better, for the worse, and where neither can be said.
_LOOKS = {True: ("s", "#25775D"), False: ("^", "#8F1414"), None: ("D", "#7B4B94")}
_BELOW = 1.0  # height of the plot of ranges, in inches
_GAP = 0.62  # between the two plots
_MOST_LABELS = 4


def behaviour_chart(found: Behaviour, priority: Priority, plan: Plan, *, ranges: bool = True) -> Html:
    """Draw how an indicator behaves.

    Args:
        found: its behaviour.
        priority: its priority, for the events that were marked.
        plan: the plan, for the names of people.
        ranges: whether the moving ranges are drawn below.

    Returns:
        a ``<figure>`` with the picture, its alternative text and a caption; a line of words where nothing is measured.
    """
    if found.present is None:
        return style.missing_html(_("Measured values are missing."))
    ranges = ranges and any(stretch.limits is not None for stretch in found.stretches)
    chart = _Chart(found, priority, ranges)
    page = _draw(chart)
    label = _("Noise or signal: {name}").format(name=chart.name)
    return style.figure_html(page.figure, label=label, alt=_alternative(chart, plan), caption=_caption(found))


@attrs.frozen
class _Chart:
    """What is drawn."""

    found: Behaviour
    priority: Priority
    ranges: bool

    @property
    def name(self) -> str:
        return style.tidy(self.found.indicator.name or "") or _("Indicator without a name")

    @property
    def unit(self) -> str | None:
        return self.found.indicator.unit

    @property
    def points(self) -> list[Point]:
        return [point for stretch in self.found.stretches for point in stretch.points]

    def day(self, place: int) -> int:
        return self.found.periods[place].end.toordinal()

    @property
    def ends(self) -> list[float]:
        """The numbers of the target: one, or the two of a range."""
        goal = self.found.goal
        return sorted({end for end in (goal.low, goal.high) if end is not None})

    @property
    def firm(self) -> list[float]:
        """The values and limits that are seen in any case."""
        found = [value for _place, value in self.points]
        for stretch in self.found.stretches:
            for place in (stretch.points[0][0], stretch.points[-1][0]):
                found += self.found.usual(stretch, place) or ()
        return found

    @property
    def seen_ends(self) -> list[float]:
        """The numbers of the target that lie near enough to be drawn without flattening the rest."""
        low, high = min(self.firm), max(self.firm)
        span = high - low or max(abs(high) * 0.1, 1.0)
        return [end for end in self.ends if low - 1.2 * span <= end <= high + 1.2 * span]


def _draw(chart: _Chart) -> Page:
    labels = _beside(chart)
    below = _ranges_beside(chart) if chart.ranges else []
    firm = [*chart.firm, *chart.seen_ends]
    low, high = min(firm), max(firm)
    room = 0.12 * (high - low) or max(abs(high) * 0.05, 1.0)
    low, high = low - room, high + room
    marks = style.ticks(low, high)
    left = max(style.text_width(style.tick_words(mark, chart.unit), style.TICK_SIZE) for mark in marks) + 0.1
    page = style.new_page(
        f"{headline(chart.found)}",
        _subtitle(chart),
        foot=_foot(chart),
        flag=_("Illustrative: values made up to practise with") if chart.found.indicator.data_illustrative else None,
        left=max(left, 0.45),
        right=room_for([*labels, *below]),
        below=0.32 + ((_BELOW + _GAP) if chart.ranges else 0.0),
    )
    days = [chart.day(place) for place, _value in chart.points]
    beyond = max((days[-1] - days[0]) * 0.03, 12)
    page.plot.set_xlim(days[0] - beyond, days[-1] + beyond)
    page.plot.set_ylim(low, high)
    style.level_ticks(page, marks, chart.unit)
    time_ticks(page, list(chart.found.periods.values()))
    for stretch in chart.found.stretches:
        _draw_limits(page, chart, stretch)
    _draw_target(page, chart)
    _draw_values(page, chart)
    write_beside(page, labels)
    _write_inside(page, chart)
    if chart.ranges:
        _draw_ranges(page, chart, below)
    return page


def _draw_limits(page: Page, chart: _Chart, stretch: Stretch) -> None:
    if stretch.limits is None:
        return
    if stretch.usual is not None:
        page.plot.axvspan(chart.day(stretch.used[0]) - 10, chart.day(stretch.used[-1]) + 10, color=_SHADE, zorder=0)
    places = [stretch.points[0][0], stretch.points[-1][0]]
    first, last = (chart.day(place) for place in places)
    margin = max((chart.day(chart.points[-1][0]) - chart.day(chart.points[0][0])) * 0.012, 6)
    begins, ends = first - margin, last + margin
    lows, highs = zip(*(chart.found.usual(stretch, place) or (0.0, 0.0) for place in places), strict=True)
    lines = [stretch.limits.line(place) for place in places]
    page.plot.fill_between([begins, ends], lows, highs, color=style.BAND, alpha=0.55, linewidth=0, zorder=1)
    for edge in (lows, highs):
        page.plot.plot([begins, ends], edge, color=style.BAND_EDGE, linewidth=1.1, linestyle=(0, (4, 2)), zorder=2)
        page.follow([(begins, edge[0]), (ends, edge[1])])
    page.plot.plot([begins, ends], lines, color=style.QUIET, linewidth=1.0, zorder=2)
    page.follow([(begins, lines[0]), (ends, lines[1])])
    if stretch.step is not None:
        page.plot.axvline(first - margin, color=style.FRAME, linewidth=1.0, linestyle=(0, (1, 2)), zorder=1)


def _draw_target(page: Page, chart: _Chart) -> None:
    start, end = page.plot.get_xlim()
    for value in chart.seen_ends:
        page.plot.plot([start, end], [value, value], color=style.TARGET, linewidth=1.7, linestyle=(0, (5, 3)), zorder=3)
        page.follow([(start, value), (end, value)])


def _lines(points: Sequence[Point]) -> list[list[Point]]:
    """Return the values as lines, broken where periods are missing."""
    lines: list[list[Point]] = [[points[0]]]
    for before, after in pairwise(points):
        if after[0] - before[0] > 1:
            lines.append([])
        lines[-1].append(after)
    return lines


def _draw_values(page: Page, chart: _Chart) -> None:
    points = chart.points
    size = 4.6 if len(points) <= 40 else 3.0 if len(points) <= 90 else 2.0
    for line in _lines(points):
        xs, ys = [chart.day(place) for place, _value in line], [value for _place, value in line]
        page.plot.plot(xs, ys, color=style.OBSERVED, linewidth=1.2, marker="o", markersize=size, zorder=4)
        page.follow(list(zip([float(x) for x in xs], ys, strict=True)))
    values = dict(points)
    for stretch in chart.found.stretches:
        for place in stretch.special:
            page.plot.plot(
                [chart.day(place)], [values[place]], color=style.BASELINE, marker="o", markersize=10,
                markerfacecolor="white", markeredgewidth=1.6, zorder=5,
            )  # fmt: skip
        for signal in reversed(stretch.telling):
            mark, color = _LOOKS[chart.found.good(up=signal.up)]
            turned = "v" if mark == "^" and not signal.up else mark
            xs, ys = [chart.day(place) for place in signal.places], [values[place] for place in signal.places]
            page.plot.plot(
                xs, ys, color=color, marker=turned, markersize=size + 2.4, linestyle="none", zorder=6,
                markeredgecolor="white", markeredgewidth=0.6,
            )  # fmt: skip


# --- labels ------------------------------------------------------------------------------------------------------


def _beside(chart: _Chart) -> list[Beside]:
    found, stretch = chart.found, chart.found.present
    assert stretch is not None
    labels = []
    usual = found.usual(stretch)
    if stretch.limits is not None and usual is not None:
        cut = found.clipped
        names = (_("Lower limit {value}"), _("Upper limit {value}"))
        for value, name, clipped in zip(usual, names, cut, strict=True):
            lines = [name.format(value=found.words(value)), *([_("(cut there)")] if clipped else [])]
            labels.append(beside(value, lines, style.QUIET))
        line = stretch.limits.line(stretch.points[-1][0])
        name = _("Line: {value}") if stretch.limits.slope else _("Mean {value}")
        labels.append(beside(line, [name.format(value=found.words(line))], style.QUIET))
    for end in chart.ends:
        lines = [_("Target {value}").format(value=found.words(end))]
        if end not in chart.seen_ends:
            above = end > max(chart.firm)
            lines.append(_("(above the picture)") if above else _("(below the picture)"))
        place = end if end in chart.seen_ends else (1e9 if end > max(chart.firm) else -1e9)
        labels.append(beside(place, lines, style.TARGET, bold=True))
    place, value = stretch.points[-1]
    when = format_when(found.periods[place])
    shown = value + (found.season.at(place) if found.season else 0.0)
    lines = [found.words(shown), when]
    if found.season is not None:
        lines = [_("{value} measured").format(value=found.words(shown)), when]
    labels.append(beside(value, lines, style.OBSERVED, bold=True))
    return labels


def _ranked(found: Behaviour) -> list[tuple[Stretch, Signal]]:
    """Return the signals to name in the picture: of each value the strongest, runs first, then what lies furthest."""
    taken: set[int] = set()
    ranked = []
    order = (Rule.EIGHT, Rule.NEAR, Rule.BEYOND)
    telling = [(stretch, signal) for stretch in found.stretches for signal in stretch.telling]
    for stretch, signal in sorted(telling, key=lambda pair: (order.index(pair[1].rule), -_furthest(*pair)[1])):
        if not taken & set(signal.places):
            ranked.append((stretch, signal))
            taken |= set(signal.places)
    return ranked


def _furthest(stretch: Stretch, signal: Signal) -> tuple[Point, float]:
    """Return the value of a signal that lies furthest from the line, and how far."""
    assert stretch.limits is not None
    values = dict(stretch.points)
    away = {place: abs(values[place] - stretch.limits.line(place)) for place in signal.places}
    place = max(away, key=lambda each: away[each])
    return (place, values[place]), away[place]


def signal_words(found: Behaviour, signal: Signal) -> str:
    """Say in a few words what a signal is, and when."""
    first, last = (format_when(found.periods[place]) for place in (signal.places[0], signal.places[-1]))
    count = len(signal.places)
    if signal.rule is Rule.EIGHT:
        said = _("{n} in a row above the line") if signal.up else _("{n} in a row below the line")
    elif signal.rule is Rule.NEAR:
        said = _("{n} near the upper limit") if signal.up else _("{n} near the lower limit")
    elif signal.rule is Rule.BEYOND and count > 1:
        said = _("{n} above the upper limit") if signal.up else _("{n} below the lower limit")
    elif signal.rule is Rule.BEYOND:
        said = _("above the upper limit") if signal.up else _("below the lower limit")
    else:
        said = _("jump upwards") if signal.up else _("jump downwards")
    when = first if first == last else _("{first} to {last}").format(first=first, last=last)
    return _("{when}: {what}").format(when=when, what=said.format(n=count))


def _short_words(signal: Signal) -> str:
    if signal.rule is Rule.EIGHT:
        said = _("{n} in a row above") if signal.up else _("{n} in a row below")
    elif signal.rule is Rule.NEAR:
        said = _("{n} near the limit")
    else:
        said = _("beyond the limit") if len(signal.places) == 1 else _("{n} beyond the limit")
    return said.format(n=len(signal.places))


def _write_inside(page: Page, chart: _Chart) -> None:
    found = chart.found
    values = dict(chart.points)
    for stretch in found.stretches:
        if stretch.step is not None:
            place, value = stretch.points[0]
            words = _("step {when}").format(when=format_when(stretch.step.since) if stretch.step.since else "")
            page.label(chart.day(place), value, words, color=style.QUIET)
    for event in SPECIAL_EVENTS.read(chart.priority):
        if event.indicator != found.indicator.id or event.when is None:
            continue
        inside = [p for s in found.stretches for p in s.special if _in(event.when, found.periods[p])]
        if inside:
            page.label(chart.day(inside[0]), values[inside[0]], style.tidy(event.what or ""), color=style.BASELINE)
    for stretch, signal in _ranked(found)[:_MOST_LABELS]:
        (place, value), _away = _furthest(stretch, signal)
        color = _LOOKS[found.good(up=signal.up)][1]
        page.label(chart.day(place), value, _short_words(signal), color=color, bold=True)
    for stretch in found.stretches:
        if stretch.usual is not None:
            middle = stretch.used[len(stretch.used) // 2]
            words = _("counted as usual")
            page.label(chart.day(middle), page.plot.get_ylim()[0], words, color=style.QUIET)


def _in(asked: Period, when: Period) -> bool:
    return asked.start <= when.end and when.start <= asked.end


# --- the ranges --------------------------------------------------------------------------------------------------


def _moves(stretch: Stretch) -> list[Point]:
    """Return how far each value lies from its neighbour before it, special ones left out."""
    slope = stretch.limits.slope if stretch.limits else 0.0
    return [
        (after[0], abs(after[1] - before[1] - slope))
        for before, after in pairwise(stretch.judged)
        if after[0] - before[0] == 1
    ]


def _ranges_beside(chart: _Chart) -> list[Beside]:
    stretch = next(each for each in reversed(chart.found.stretches) if each.limits is not None)
    assert stretch.limits is not None
    limit, mean = stretch.limits.range_limit, stretch.limits.mean_range
    return [
        beside(limit, [_("Limit {value}").format(value=_fine(chart, limit))], style.QUIET),
        beside(mean, [_("Mean {value}").format(value=_fine(chart, mean))], style.QUIET),
    ]


def _fine(chart: _Chart, value: float) -> str:
    return style.rounded(value, None, max(value, 1e-9) * 3) if value else "0"


def _draw_ranges(page: Page, chart: _Chart, labels: Sequence[Beside]) -> None:
    total = page.figure.get_figheight()
    bottom = page.bottom - _GAP - _BELOW
    rect = (page.left / style.WIDTH, bottom / total, page.width / style.WIDTH, _BELOW / total)
    plot = page.figure.add_axes(rect, facecolor="none")
    for side in ("top", "right", "left"):
        plot.spines[side].set_visible(False)
    plot.spines["bottom"].set_color(style.FRAME)
    plot.set_xticks([])
    plot.set_yticks([])
    lower = Page(page.figure, plot, page.left, bottom, page.width, _BELOW, Room(page.width, _BELOW))
    moves = [move for stretch in chart.found.stretches for move in _moves(stretch)]
    tops = [size for _place, size in moves] + [s.limits.range_limit for s in chart.found.stretches if s.limits]
    top = max(tops) * 1.12 or 1.0
    plot.set_xlim(*page.plot.get_xlim())
    plot.set_ylim(0, top)
    style.level_ticks(lower, [mark for mark in style.ticks(0, top, 2) if mark >= 0], None)
    for stretch in chart.found.stretches:
        if stretch.limits is None:
            continue
        ends = [chart.day(stretch.points[0][0]), chart.day(stretch.points[-1][0])]
        for level, color, dashes in (
            (stretch.limits.range_limit, style.BAND_EDGE, "--"),
            (stretch.limits.mean_range, style.QUIET, "-"),
        ):
            plot.plot(ends, [level, level], color=color, linewidth=1.1, linestyle=dashes, zorder=2)
    for line in _lines(moves) if moves else []:
        plot.plot(
            [chart.day(place) for place, _size in line], [size for _place, size in line], color=style.OBSERVED,
            linewidth=1.0, marker="o", markersize=2.4, zorder=4,
        )  # fmt: skip
    sizes = dict(moves)
    for _stretch, signal in chart.found.signals:
        if signal.rule is Rule.JUMP and signal.places[0] in sizes:
            plot.plot(
                [chart.day(signal.places[0])], [sizes[signal.places[0]]], color=_LOOKS[None][1], marker="D",
                markersize=6, zorder=5, linestyle="none",
            )  # fmt: skip
    write_beside(lower, labels)
    words = _("Moving ranges: how far each value lies from the one before (a diamond: a jump beyond the limit)")
    for n, line_of_text in enumerate(style.wrap(words, style.FULL - page.left, style.FOOT_SIZE, most=1)):
        lower.write(0, _BELOW + 0.14 - 0.14 * n, line_of_text, size=style.FOOT_SIZE, color=style.QUIET)


# --- its words ---------------------------------------------------------------------------------------------------


def _subtitle(chart: _Chart) -> str:
    unit = style.tidy(chart.unit or "")
    named = chart.name if not unit or unit.lower() in chart.name.lower() else f"{chart.name}, {unit}"
    if chart.found.season is not None:
        named = _("{name}: values less their yearly season").format(name=named)
    return named


def _foot(chart: _Chart) -> list[str]:
    source = style.tidy(chart.found.indicator.data_source or "") or _("not given")
    day = _("As of {day}.").format(day=format_date(chart.found.as_of))
    if any(stretch.limits is not None for stretch in chart.found.stretches):
        day += " " + _("Limits: mean ± 2.66 mean moving ranges; rules: Wheeler's three.")
    return [_("Source: {source}").format(source=source), day]


def _caption(found: Behaviour) -> list[str]:
    said = [*verdict_words(found), reach_words(found), *notes(found)]
    return [each for each in said if each]


def _alternative(chart: _Chart, plan: Plan) -> str:
    """Say what the chart shows, for a reader who does not see it."""
    found = chart.found
    said = [_("Process-behaviour chart of {what}. {title}.").format(what=_subtitle(chart), title=headline(found))]
    if found.indicator.data_illustrative:
        said.append(_("The values are illustrative."))
    for stretch in found.stretches:
        said += _stretch_words(found, stretch, plan)
    for _stretch, signal in found.signals[:12]:
        meaning = {True: _("better"), False: _("worse"), None: _("a change")}[found.good(up=signal.up)]
        said.append(_("{signal} ({meaning}).").format(signal=signal_words(found, signal), meaning=meaning))
    if len(found.signals) > 12:
        said.append(plural("{n} more signal.", "{n} more signals.", len(found.signals) - 12))
    if chart.ends:
        said.append(_("Target: {goal}.").format(goal=in_words(found.goal, chart.unit, style.written)))
    said += _caption(found)
    said += [f"{line.rstrip('.')}." for line in _foot(chart)]
    return " ".join(said)


def _stretch_words(found: Behaviour, stretch: Stretch, plan: Plan) -> list[str]:
    first, last = (format_when(found.periods[place]) for place, _value in (stretch.points[0], stretch.points[-1]))
    values = [value for _place, value in stretch.points]
    count = plural("{n} value", "{n} values", len(values))
    said = [
        _("{first} to {last}: {count}, between {low} and {high}.").format(
            first=first, last=last, count=count, low=found.words(min(values)), high=found.words(max(values))
        )
    ]
    if stretch.step is not None:
        what = style.tidy(stretch.step.what or "").rstrip(".")
        who = style.tidy(plan.person(stretch.step.said_by) or "")
        said.append(_("Limits drawn anew from here: {what} (says {who}).").format(what=what, who=who))
    usual = found.usual(stretch)
    if stretch.limits is None or usual is None:
        said.append(_("Too few for limits."))
        return said
    said.append(
        _("Mean {mean}, limits {low} and {high}.").format(
            mean=found.words(stretch.limits.line(stretch.points[-1][0])),
            low=found.words(usual[0]),
            high=found.words(usual[1]),
        )
    )
    if stretch.usual is not None:
        used = [format_when(found.periods[place]) for place in (stretch.used[0], stretch.used[-1])]
        said.append(_("They rest on {first} to {last}.").format(first=used[0], last=used[1]))
    return said

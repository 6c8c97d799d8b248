"""The chart of an indicator: history, target, planned path and what the trend alone would bring (Rule 2; tool 5.4).

:func:`indicator_chart` draws the indicator over time; :func:`spread_chart` draws its spread over the units inside the
system, with what the best fifth and the best hundredth of them reach. Nothing that lies after the day of the report is
used or shown. The title is computed by :func:`rdlib.rules.headline.headline`, the projection by
:func:`rdlib.rules.trend.trend_alone`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise

import attrs

from rdlib.figures import chart_style as style
from rdlib.figures.chart_spread import spread_chart
from rdlib.figures.chart_style import Page
from rdlib.figures.chart_time import time_ticks
from rdlib.figures.html import Html
from rdlib.plan.indicator import Indicator
from rdlib.plan.values import Period, format_when, number
from rdlib.rules import trend
from rdlib.rules.headline import Step, decimals_of, gap_words, headline, in_force, known_steps, meets
from rdlib.rules.r02_smart import is_share
from rdlib.rules.targets import Goal, goal_of, in_words, target_steps
from rdlib.rules.trend import NoProjection, ProjectedPoint, Projection, needed_change
from rdlib.rules.trend_methods import LEVEL
from rdlib.words import _, format_date, format_number, plural

__all__ = ["indicator_chart", "spread_chart"]

Series = Sequence[tuple[Period, float]]

_DASHES = (0, (5, 3))
_MOST_NOTES = 4
_GUTTER = 1.95  # inches for the labels beside the plot


# --- what is to be drawn -----------------------------------------------------------------------------------------


@attrs.frozen
class _Facts:
    """Everything that the chart of an indicator shows, before anything is drawn."""

    indicator: Indicator
    as_of: date
    title: str
    series: Series
    steps: tuple[Step, ...]
    target: Goal | None
    baseline: tuple[Period, float] | None
    path: Series
    ahead: Projection | None
    no_trend: str | None
    short_of_due: bool

    @property
    def unit(self) -> str | None:
        return self.indicator.unit

    @property
    def name(self) -> str:
        return style.tidy(self.indicator.name or "") or _("Indicator without a name")

    @property
    def ends(self) -> list[float]:
        """The numbers to be reached: one, or the two of a range."""
        if self.target is None:
            return []
        if self.target.low is None and self.target.high is None:
            return [] if self.target.level is None else [self.target.level]
        return sorted({end for end in (self.target.low, self.target.high) if end is not None})

    @property
    def due(self) -> Period | None:
        return self.target.due if self.target else None

    @property
    def band(self) -> tuple[ProjectedPoint, ...]:
        """What the trend alone would bring, up to the due date where that is reached."""
        if self.ahead is None:
            return ()
        points = self.ahead.points
        if self.due and self.ahead.last < self.due.end <= points[-1].day:
            return (*(p for p in points if p.day < self.due.end), self.ahead.at(self.due.end))
        return points

    @property
    def first_day(self) -> date:
        days = [when.end for when, _value in (*self.series, *self.path)]
        return min([*days, *([self.baseline[0].end] if self.baseline else []), *([self.due.end] if self.due else [])])

    @property
    def last_day(self) -> date:
        """The last day that the chart reaches to; a due date far beyond what is known does not squeeze the rest."""
        known = [when.end for when, _value in (*self.series, *self.path)]
        if self.baseline:
            known.append(self.baseline[0].end)
        last = max([*known, *(point.day for point in self.band)], default=self.first_day)
        if self.due and self.due.end > last:
            covered = (last - self.first_day).days
            last = self.due.end if not self.series else min(self.due.end, last + timedelta(days=max(2 * covered, 730)))
        return last

    def words(self, value: float) -> str:
        return style.written(value, self.unit)


def _facts(indicator: Indicator, as_of: date, *, fiscal_start: int, decimal_comma: bool) -> _Facts:
    goal = goal_of(indicator, fiscal_start=fiscal_start, decimal_comma=decimal_comma)
    whole = trend.whole_series(indicator)
    series = [pair for pair in whole if pair[0].end <= as_of]
    every = target_steps(indicator, goal)
    if not every and (goal.low is not None or goal.high is not None):
        every = [(None, goal.level, goal.due)]
    steps = known_steps(every, as_of)
    target = None
    if steps:
        target = in_force(goal, every, len(steps) - 1) or attrs.evolve(goal, level=steps[-1][1], low=None, high=None)
    value, when = number(indicator.baseline.value), indicator.baseline.when
    baseline = (when, value) if when is not None and value is not None and when.end <= as_of else None
    path = sorted(
        ((p.when, v) for p in indicator.trajectory if p.when is not None and (v := number(p.value)) is not None),
        key=lambda pair: pair[0].end,
    )
    ahead, no_trend, short = _look_ahead(indicator, series, target.due if target else goal.due)
    title = headline(whole, goal, every, as_of, indicator.unit)
    return _Facts(indicator, as_of, title, series, tuple(steps), target, baseline, path, ahead, no_trend, short)


def _look_ahead(indicator: Indicator, series: Series, due: Period | None) -> tuple[Projection | None, str | None, bool]:
    """Return what the trend alone would bring by the due date, or why that is not shown, and whether it stops short.

    Without a due date in the future it is shown for one year.
    """
    if not series:
        return None, None, False
    values = [(when.end, value) for when, value in series]
    last = values[-1][0]
    until = due.end if due is not None and due.end > last else last + timedelta(days=365)
    limit = trend.furthest(values)
    short = limit is not None and limit < until
    if limit is not None and short:
        until = limit
    low, high = (0.0, 100.0) if is_share(indicator) else (None, None)
    found = trend.trend_alone(values, until, low=low, high=high)
    if isinstance(found, NoProjection):
        return None, found.reason, False
    return found, None, short and due is not None and due.end > last


# --- the chart over time -----------------------------------------------------------------------------------------


def indicator_chart(indicator: Indicator, *, as_of: date, fiscal_start: int = 4, decimal_comma: bool = False) -> Html:
    """Draw an indicator over time with its target, planned path and what the trend alone would bring.

    Args:
        indicator: the indicator.
        as_of: the day of the report; values of periods that were not over by then, and later targets, are not shown.
        fiscal_start: the month in which the plan's fiscal year starts.
        decimal_comma: how the plan writes decimals; both as :func:`rdlib.rules.targets.settings_of` gives them.

    Returns:
        a ``<figure>`` with the picture, its alternative text and a caption; without measured values, and without a
        dated baseline and a dated target to draw instead, a line that says what is missing.

    >>> print(indicator_chart(Indicator(id="i1"), as_of=date(2018, 1, 1)))
    <p class="rd rd-empty">No chart yet. Measured values, a baseline with its period and a target are missing.</p>
    """
    facts = _facts(indicator, as_of, fiscal_start=fiscal_start, decimal_comma=decimal_comma)
    lacking = _lacking(facts)
    if lacking:
        return style.missing_html(lacking)
    page = _draw(facts)
    label = _("Chart over time: {name}").format(name=facts.name)
    return style.figure_html(page.figure, label=label, alt=_alternative(facts), caption=_caption(facts))


def _lacking(facts: _Facts) -> str | None:
    """Say what is missing for a picture, or None when there is enough."""
    if facts.series:
        return None
    dated = facts.due is not None and bool(facts.ends)
    if facts.baseline and dated:
        return None
    if not facts.baseline and not dated:
        return _("Measured values, a baseline with its period and a target are missing.")
    if not facts.baseline:
        return _("Measured values and a baseline with its period are missing.")
    return _("Measured values and a target with a value and a date are missing.")


def _draw(facts: _Facts) -> Page:
    gutter = _gutter_labels(facts)
    low, high = _range(facts)
    marks = style.ticks(low, high)
    left = max(style.text_width(style.tick_words(mark, facts.unit), style.TICK_SIZE) for mark in marks) + 0.1
    widths = [style.text_width(line, style.LABEL_SIZE, bold=each.bold) for each in gutter for line in each.lines]
    page = style.new_page(
        facts.title,
        _subtitle(facts),
        foot=_foot(facts),
        flag=_flag(facts),
        left=left,
        right=max(widths, default=0.2) + 0.14,
    )
    days = (facts.first_day.toordinal(), facts.last_day.toordinal())
    room = max((days[1] - days[0]) * 0.03, 20)
    page.plot.set_xlim(days[0] - room, days[1] + (0 if facts.last_day > facts.first_day else room))
    page.plot.set_ylim(low, high)
    style.level_ticks(page, marks, facts.unit)
    time_ticks(page, [when for when, _value in facts.series])
    _draw_ahead(page, facts)
    _draw_target(page, facts)
    _draw_path(page, facts)
    _draw_observed(page, facts)
    _write_gutter(page, gutter)
    _label_inside(page, facts)
    return page


def _range(facts: _Facts) -> tuple[float, float]:
    """Return the lower and upper end of the plot: everything is seen, and a wide range does not flatten the rest."""
    firm = [value for _when, value in (*facts.series, *facts.path)]
    firm += [level for _since, level, _due in facts.steps if level is not None] + facts.ends
    firm += [facts.baseline[1]] if facts.baseline else []
    low, high = min(firm), max(firm)
    span = high - low or max(abs(high) * 0.1, 1.0)
    if facts.band:
        low = max(min(low, *(p.low for p in facts.band)), low - 1.2 * span)
        high = min(max(high, *(p.high for p in facts.band)), high + 1.2 * span)
    if min(firm) == max(firm):
        low, high = low - span / 2, high + span / 2
    room = 0.1 * (high - low)
    low, high = low - room, high + room
    if is_share(facts.indicator):
        margin = 0.03 * (high - low)
        low, high = max(low, min(0.0, *firm) - margin), min(high, max(100.0, *firm) + margin)
    return low, high


def _curve(series: Series) -> list[list[tuple[float, float]]]:
    """Return the values as lines, broken where periods are missing in a series that otherwise has none."""
    apart = [(b[0].start - a[0].end).days for a, b in pairwise(series)]
    unbroken = 2 * sum(1 for days in apart if days <= 1) > len(apart)
    lines: list[list[tuple[float, float]]] = [[]]
    for place, (when, value) in enumerate(series):
        if place and unbroken and apart[place - 1] > 1:
            lines.append([])
        lines[-1].append((when.end.toordinal(), value))
    return lines


def _draw_observed(page: Page, facts: _Facts) -> None:
    size = 5.0 if len(facts.series) <= 30 else 3.4 if len(facts.series) <= 80 else 0.0
    for line in _curve(facts.series):
        xs, ys = zip(*line, strict=True) if line else ((), ())
        page.plot.plot(
            xs, ys, color=style.OBSERVED, linewidth=1.9, marker="o", markersize=size, zorder=5, solid_capstyle="round"
        )
        page.follow(line)
    if facts.series:
        when, value = facts.series[-1]
        page.plot.plot([when.end.toordinal()], [value], color=style.OBSERVED, marker="o", markersize=7, zorder=6)
    if facts.baseline:
        when, value = facts.baseline
        page.plot.plot(
            [when.end.toordinal()], [value], color=style.BASELINE, marker="o", markersize=11, markerfacecolor="none",
            markeredgewidth=1.6, linestyle="none", zorder=6,
        )  # fmt: skip


def _draw_target(page: Page, facts: _Facts) -> None:
    start, end = page.plot.get_xlim()
    levels: list[tuple[float, float, list[float]]] = []
    for place, (since, level, _due) in enumerate(facts.steps):
        present = place == len(facts.steps) - 1
        begins = max(start, since.toordinal()) if since else start
        ends = end if present else max(start, (facts.steps[place + 1][0] or date.min).toordinal())
        values = facts.ends if present else [] if level is None else [level]
        levels.append((begins, ends, values))
    for (_begins, changed, before), (_start, _ends, after) in pairwise(levels):
        if len(before) == len(after) == 1 and changed > start:
            page.plot.plot([changed] * 2, [before[0], after[0]], color=style.TARGET, linewidth=1.0, linestyle=":")
    for begins, ends, values in levels:
        for value in values:
            page.plot.plot(
                [begins, ends], [value, value], color=style.TARGET, linewidth=1.7, linestyle=_DASHES, zorder=3
            )
            page.follow([(begins, value), (ends, value)])
    if facts.due and len(facts.ends) == 1 and start <= facts.due.end.toordinal() <= end:
        page.plot.plot(
            [facts.due.end.toordinal()], [facts.ends[0]], color=style.TARGET, marker="D", markersize=7, zorder=7,
            clip_on=False,
        )  # fmt: skip


def _draw_path(page: Page, facts: _Facts) -> None:
    points = [(when.end.toordinal(), value) for when, value in facts.path]
    if not points:
        return
    xs, ys = zip(*points, strict=True)
    page.plot.plot(
        xs, ys, color=style.PLANNED, linewidth=1.1, marker="s", markersize=4, markerfacecolor="white", zorder=4,
        clip_on=False,
    )  # fmt: skip
    page.follow([(float(x), y) for x, y in points])


def _draw_ahead(page: Page, facts: _Facts) -> None:
    if not facts.band:
        return
    when, value = facts.series[-1]
    days = [when.end.toordinal(), *(p.day.toordinal() for p in facts.band)]
    lows = [value, *(p.low for p in facts.band)]
    highs = [value, *(p.high for p in facts.band)]
    middles = [value, *(p.middle for p in facts.band)]
    page.plot.fill_between(days, lows, highs, color=style.BAND, linewidth=0, zorder=1)
    for edge in (lows, highs):
        page.plot.plot(days, edge, color=style.BAND_EDGE, linewidth=0.9, zorder=1)
        page.follow(list(zip([float(day) for day in days], edge, strict=True)))
    page.plot.plot(days, middles, color=style.QUIET, linewidth=1.0, linestyle=(0, (1, 2)), zorder=2)
    page.follow(list(zip([float(day) for day in days], middles, strict=True)))


# --- its labels --------------------------------------------------------------------------------------------------


@attrs.frozen
class _Label:
    """A label in the column beside the plot: where it belongs, and its lines."""

    value: float
    lines: tuple[str, ...]
    color: str
    bold: bool = False


def _at_end(facts: _Facts, day: date) -> bool:
    """Say whether something ends so close to the right edge that its label stands in the column beside the plot."""
    return (facts.last_day - day).days <= 0.04 * max((facts.last_day - facts.first_day).days, 1)


def _gutter_labels(facts: _Facts) -> list[_Label]:
    found = []
    if facts.ends:
        lines = [_target_words(facts), *([_by(facts.due)] if facts.due else [])]
        if style.text_width(lines[0], style.LABEL_SIZE, bold=True) > _GUTTER:
            lines = [" ".join(lines)]  # it is broken anyway: no line with a single word
        found.append(_label(sum(facts.ends) / len(facts.ends), lines, style.TARGET, bold=True))
    if facts.band and _at_end(facts, facts.band[-1].day):
        lines = [_("Trend alone:"), _("{low} to {high}"), _("({level} range)")]
        between = _between(facts, facts.band[-1])
        found.append(_label(facts.band[-1].middle, [line.format(**between) for line in lines], style.QUIET))
    if facts.path and _at_end(facts, facts.path[-1][0].end):
        found.append(_label(facts.path[-1][1], [_path_words(facts)], style.PLANNED))
    if facts.series and _at_end(facts, facts.series[-1][0].end):
        when, value = facts.series[-1]
        found.append(_label(value, [facts.words(value), format_when(when)], style.OBSERVED, bold=True))
    return found


def _label(value: float, lines: Sequence[str], color: str, *, bold: bool = False) -> _Label:
    broken = [part for line in lines for part in style.wrap(line, _GUTTER, style.LABEL_SIZE, bold=bold, most=3)]
    return _Label(value, tuple(broken), color, bold)


def _target_words(facts: _Facts) -> str:
    """Say what is to be reached, without its date."""
    target = facts.target
    if target is None or (target.low is None and target.high is None) or target.low == target.high:
        return _("Target {value}").format(value=facts.words(facts.ends[0]))
    return _("Target: {goal}").format(goal=in_words(attrs.evolve(target, change=None), facts.unit, style.written))


def _by(due: Period) -> str:
    return _("by {when}").format(when=format_when(due))


def _between(facts: _Facts, point: ProjectedPoint) -> dict[str, str]:
    width = point.high - point.low
    return {
        "low": style.rounded(point.low, facts.unit, width),
        "high": style.rounded(point.high, facts.unit, width),
        "level": format_number(100 * LEVEL, "%"),
    }


def _ahead_words(facts: _Facts) -> str:
    return _("Trend alone: {low} to {high} ({level} range)").format(**_between(facts, facts.band[-1]))


def _path_words(facts: _Facts) -> str:
    return _("Planned path: {value}").format(value=facts.words(facts.path[-1][1]))


def _last_words(facts: _Facts) -> str:
    when, value = facts.series[-1]
    return _("{value}, {when}").format(value=facts.words(value), when=format_when(when))


def _write_gutter(page: Page, labels: Sequence[_Label]) -> None:
    """Write the labels beside the plot, each as near to the end of its line as the others let it."""
    heights = [style.line_height(style.LABEL_SIZE, len(label.lines)) + 0.06 for label in labels]
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


def _label_inside(page: Page, facts: _Facts) -> None:
    """Write the labels of what does not end at the right edge, where they cover nothing."""
    if facts.series and not _at_end(facts, facts.series[-1][0].end):
        when, value = facts.series[-1]
        page.label(when.end.toordinal(), value, _last_words(facts), color=style.OBSERVED, bold=True)
    if facts.baseline:
        when, value = facts.baseline
        words = _("Baseline {value}").format(value=facts.words(value))
        if facts.indicator.baseline.illustrative:
            words = _("{label} (illustrative)").format(label=words)
        page.label(when.end.toordinal(), value, words, color=style.BASELINE)
    start = page.plot.get_xlim()[0]
    for (since, level, _due), (until, _level, _next) in pairwise(facts.steps):
        if level is not None and until is not None and until.toordinal() > start:
            begins = max(start, since.toordinal()) if since else start
            words = _("Target {value}").format(value=facts.words(level))
            page.label((begins + until.toordinal()) / 2, level, words, color=style.TARGET, bold=True)
    if facts.path and not _at_end(facts, facts.path[-1][0].end):
        page.label(facts.path[-1][0].end.toordinal(), facts.path[-1][1], _path_words(facts), color=style.PLANNED)
    if facts.band and not _at_end(facts, facts.band[-1].day):
        point = facts.band[-1]
        page.label(point.day.toordinal(), point.low, _ahead_words(facts), color=style.QUIET)


# --- its words ---------------------------------------------------------------------------------------------------


def _subtitle(facts: _Facts) -> str:
    unit = style.tidy(facts.unit or "")
    if not unit or unit.lower() in facts.name.lower():
        return facts.name
    return _("{name}, in {unit}").format(name=facts.name, unit=unit)


def _flag(facts: _Facts) -> str | None:
    if facts.series and facts.indicator.data_illustrative:
        return _("Illustrative: values made up to practise with")
    return None


def _foot(facts: _Facts) -> list[str]:
    source = style.tidy((facts.indicator.data_source if facts.series else facts.indicator.baseline.source) or "")
    return [
        _("Source: {source}").format(source=source or _("not given")),
        _("As of {day}").format(day=format_date(facts.as_of)),
    ]


def _caption(facts: _Facts) -> list[str]:
    """Say below the picture how the trend was continued, and what was noted about values."""
    said = []
    if facts.ahead:
        said.append(
            _(
                "Trend alone, if nothing new is done: {method}, since {since}; about {level} of later values should "
                "lie in the band."
            ).format(
                method=facts.ahead.method[:1].lower() + facts.ahead.method[1:],
                since=next(format_when(when) for when, _value in facts.series if when.end == facts.ahead.since),
                level=format_number(100 * facts.ahead.level, "%"),
            )
        )
        said += facts.ahead.notes
        if facts.short_of_due:
            said.append(
                _("It is shown up to {day} only: a trend is not carried on for longer than it was seen.").format(
                    day=format_date(facts.ahead.points[-1].day)
                )
            )
        elif not (facts.due and facts.due.end > facts.ahead.last):
            said.append(_("It is shown for one year, since the target names no later date."))
    elif facts.no_trend:
        said.append(_("What the trend alone would bring cannot be said: {reason}.").format(reason=facts.no_trend))
    notes = _notes(facts)
    if notes:
        said.append(_("Notes: {notes}.").format(notes="; ".join(notes[:_MOST_NOTES])))
    if len(notes) > _MOST_NOTES:
        said.append(
            plural("{n} further note is in the data.", "{n} further notes are in the data.", len(notes) - _MOST_NOTES)
        )
    return said


def _notes(facts: _Facts) -> list[str]:
    """Return what was noted of the values shown, once for a run of values that share a note."""
    noted = {
        row.when: style.tidy(row.note or "").rstrip(".")
        for row in facts.indicator.observations
        if row.when is not None and not any(row.breakdown.values())
    }
    told = []
    for note, run in groupby((when for when, _value in facts.series), key=lambda when: noted.get(when, "")):
        first, *others = run
        when = format_when(first)
        if others:
            when = _("{first} to {last}").format(first=when, last=format_when(others[-1]))
        if note:
            told.append(_("{when}: {note}").format(when=when, note=note))
    return told


def _alternative(facts: _Facts) -> str:
    """Say what the chart shows, for a reader who does not see it."""
    said = [_("Chart over time of {what}. {title}.").format(what=_subtitle(facts), title=facts.title)]
    if _flag(facts):
        said.append(_("The values are illustrative."))
    if facts.series:
        said += _series_words(facts)
    if facts.baseline:
        when, value = facts.baseline
        said.append(_("Baseline {value}, {when}.").format(value=facts.words(value), when=format_when(when)))
    for (_since, level, _due), (until, _level, _next) in pairwise(facts.steps):
        if level is not None and until is not None:
            said.append(_("Target until {day}: {value}.").format(day=format_date(until), value=facts.words(level)))
    if facts.ends:
        said.append(f"{' '.join([_target_words(facts), *([_by(facts.due)] if facts.due else [])])}.")
    if facts.series and facts.target and meets(facts.series[-1][1], facts.target) is False:
        gap = needed_change(facts.series[-1][1], facts.target.low, facts.target.high)
        fine = decimals_of(value for _when, value in facts.series)
        said.append(_("Gap from the last value to the target: {gap}.").format(gap=gap_words(gap, facts.unit, fine)))
    if facts.path:
        when, value = facts.path[-1]
        said.append(_("Planned path: {value} by {when}.").format(value=facts.words(value), when=format_when(when)))
    if facts.band:
        point = facts.band[-1]
        said.append(
            _("The trend alone would bring {low} to {high} by {day} ({level} range).").format(
                day=format_date(point.day), **_between(facts, point)
            )
        )
    said += [f"{line}." for line in _foot(facts)]
    return " ".join(said)


def _series_words(facts: _Facts) -> list[str]:
    first, last = facts.series[0], facts.series[-1]
    if len(facts.series) == 1:
        return [_("One value: {value}, {when}.").format(value=facts.words(last[1]), when=format_when(last[0]))]
    low = min(facts.series, key=lambda pair: pair[1])
    high = max(facts.series, key=lambda pair: pair[1])
    said = [plural("{n} measured value.", "{n} measured values.", len(facts.series))]
    for words, (when, value) in (
        (_("First: {value}, {when}."), first),
        (_("Lowest: {value}, {when}."), low),
        (_("Highest: {value}, {when}."), high),
        (_("Last: {value}, {when}."), last),
    ):
        said.append(words.format(value=facts.words(value), when=format_when(when)))
    return said

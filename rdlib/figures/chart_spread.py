"""The spread of an indicator over the units inside the system, with what the best of them reach (Rule 5, tool 5.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from statistics import median, quantiles

import attrs

from rdlib.figures import chart_style as style
from rdlib.figures.chart_style import Page
from rdlib.figures.html import Html
from rdlib.plan.indicator import Indicator
from rdlib.plan.values import Period, format_when
from rdlib.rules import trend
from rdlib.rules.headline import in_force, known_steps, meets
from rdlib.rules.targets import Goal, goal_of, target_steps
from rdlib.rules.trend import Within
from rdlib.words import _, format_date, format_number

#: Up to so many units, each is named beside its dot.
_NAMED = 20


@attrs.frozen
class _Spread:
    """Everything that the chart of the spread shows; units in order, the best last."""

    indicator: Indicator
    as_of: date
    when: Period
    units: tuple[tuple[str, float], ...]
    called: str
    whole: float | None
    target: Goal | None
    within: Within | None

    @property
    def unit(self) -> str | None:
        return self.indicator.unit

    @property
    def values(self) -> list[float]:
        return [value for _name, value in self.units]

    @property
    def ends(self) -> list[float]:
        if self.target is None:
            return []
        return sorted({end for end in (self.target.low, self.target.high) if end is not None})

    @property
    def reached(self) -> int:
        return sum(1 for value in self.values if meets(value, self.target))

    def words(self, value: float) -> str:
        return style.written(value, self.unit)

    def rounded(self, value: float) -> str:
        return style.rounded(value, self.unit, (max(self.values) - min(self.values)) / 10)


def spread_chart(indicator: Indicator, *, as_of: date, fiscal_start: int = 4, decimal_comma: bool = False) -> Html:
    """Draw the last values of the units inside the system in order, with the best fifth and hundredth and the target.

    The value and the target of the whole are drawn only where a unit can be held against them: where the value of the
    whole lies among those of the units, as a share or an average does and a total does not, and the target is not far
    from all of them.

    Args:
        indicator: the indicator, with values by unit (a breakdown such as region or hospital).
        as_of: the day of the report; periods that were not over by then do not count.
        fiscal_start: the month in which the plan's fiscal year starts.
        decimal_comma: how the plan writes decimals; both as :func:`rdlib.rules.targets.settings_of` gives them.

    Returns:
        a ``<figure>``, or a line that says what is missing.

    >>> print(spread_chart(Indicator(id="i1"), as_of=date(2018, 1, 1)))
    <p class="rd rd-empty">No chart yet. There are no values by place or group.</p>
    """
    spread = _spread(indicator, as_of, goal_of(indicator, fiscal_start=fiscal_start, decimal_comma=decimal_comma))
    if spread is None:
        return style.missing_html(_("There are no values by place or group."))
    page = _draw(spread)
    label = _("Chart of the spread: {name}").format(name=style.tidy(indicator.name or indicator.id))
    return style.figure_html(page.figure, label=label, alt=_alternative(spread), caption=_caption(spread))


def _spread(indicator: Indicator, as_of: date, goal: Goal) -> _Spread | None:
    found = trend.latest_units(indicator, as_of=as_of)
    if found is None:
        return None
    when, values = found
    downward = trend.better_way(indicator) == "down"
    units = tuple(sorted(values.items(), key=lambda pair: (-pair[1] if downward else pair[1], pair[0])))
    whole = next((value for period, value in trend.whole_series(indicator) if period == when), None)
    total = whole is not None and not min(values.values()) <= whole <= max(values.values())
    every = target_steps(indicator, goal) or [(None, goal.level, goal.due)]
    steps = known_steps(every, as_of)
    target = in_force(goal, every, len(steps) - 1) if steps else None
    if target is not None and (total or not _near(list(values.values()), target)):
        target = None
    within = trend.percentiles_within(indicator, when)
    called = style.tidy(trend.unit_breakdown(indicator)[0])
    return _Spread(indicator, as_of, when, units, called, None if total else whole, target, within)


def _near(values: Sequence[float], target: Goal) -> bool:
    """Say whether the target lies no further from the units than they lie from each other."""
    low, high = min(values), max(values)
    span = (high - low) or max(abs(high) * 0.1, 1.0)
    return all(low - span <= end <= high + span for end in (target.low, target.high) if end is not None)


# --- the drawing -------------------------------------------------------------------------------------------------


@attrs.frozen
class _Line:
    """An upright line of the chart with its label above."""

    value: float
    words: str
    color: str
    look: str | tuple[int, tuple[int, ...]]


def _lines(spread: _Spread) -> list[_Line]:
    found = []
    if spread.whole is not None:
        words = _("All together {value}").format(value=spread.rounded(spread.whole))
        found.append(_Line(spread.whole, words, style.QUIET, ":"))
    if spread.within is not None:
        fifth, hundredth = spread.within.fifth_best, spread.within.hundredth_best
        words = _("Best fifth {value}").format(value=spread.rounded(fifth))
        found.append(_Line(fifth, words, style.COMPARED, "-"))
        words = _("Best hundredth {value}").format(value=spread.rounded(hundredth))
        found.append(_Line(hundredth, words, style.COMPARED, "-"))
    for end in spread.ends:
        words = _("Target {value}").format(value=spread.words(end))
        found.append(_Line(end, words, style.TARGET, (0, (5, 3))))
    return sorted(found, key=lambda line: line.value)


def _draw(spread: _Spread) -> Page:
    named = len(spread.units) <= _NAMED
    lines = _lines(spread)
    names = [style.wrap(name, 2.2, style.TICK_SIZE, most=1)[0] for name, _value in spread.units] if named else []
    left = max((style.text_width(name, style.TICK_SIZE) for name in names), default=0.0) + 0.12
    ends = [*spread.values, *(line.value for line in lines)]
    span = (max(ends) - min(ends)) or max(abs(max(ends)) * 0.1, 1.0)
    low, high = min(ends) - 0.05 * span, max(ends) + 0.05 * span
    room, shares = style.FULL - left, [(line.value - low) / (high - low) for line in lines]
    widths = [style.text_width(line.words, style.LABEL_SIZE, bold=True) + 0.1 for line in lines]
    width = min([room - 0.3, *((room - each) / share for each, share in zip(widths, shares, strict=True))])
    places = [share * width for share in shares]
    rows = _rows(places, widths)
    height = 0.26 * len(spread.units) + 0.2 if named else 2.2
    page = style.new_page(
        _title(spread), _subtitle(spread), foot=_foot(spread), flag=_flag(spread), height=height, left=left,
        right=room - width, above=(max(rows, default=-1) + 1) * style.line_height(style.LABEL_SIZE), below=0.56,
    )  # fmt: skip
    page.plot.set_xlim(low, high)
    edge = 0.13 / height * len(spread.units)
    page.plot.set_ylim(-edge, len(spread.units) - 1 + edge)
    for mark in _marks(low, high, page.width, spread.unit):
        page.plot.axvline(mark, color=style.GRID, linewidth=0.9, zorder=0)
        words = style.tick_words(mark, spread.unit)
        at = max(page.inches(mark, 0)[0], style.text_width(words, style.TICK_SIZE) / 2 - page.left)
        page.write(at, -0.16, words, size=style.TICK_SIZE, color=style.QUIET, across="center")
    for line, place, row in zip(lines, places, rows, strict=True):
        _write_line(page, line, place, row)
    for rank, (_name, value) in enumerate(spread.units):
        hollow = bool(spread.ends) and not meets(value, spread.target)
        page.plot.plot(
            [value], [rank], marker="o", markersize=6 if named else 4.2, color=style.OBSERVED,
            markerfacecolor="white" if hollow else style.OBSERVED, markeredgewidth=1.1, zorder=5,
        )  # fmt: skip
        if named:
            y = page.inches(low, rank)[1]
            page.write(-0.08, y, names[rank], size=style.TICK_SIZE, color=style.TEXT, across="right")
    way = trend.better_way(spread.indicator)
    if way == "up":
        page.write(page.width, -0.4, _("better →"), color=style.QUIET, across="right")
    elif way == "down":
        page.write(0.0, -0.4, _("← better"), color=style.QUIET)
    return page


def _marks(low: float, high: float, width: float, unit: str | None) -> list[float]:
    """Return round numbers whose words have room side by side."""
    for most in (6, 5, 4, 3):
        marks = style.ticks(low, high, most)
        widest = max((style.text_width(style.tick_words(mark, unit), style.TICK_SIZE) for mark in marks), default=0.0)
        if len(marks) < 2 or (marks[1] - marks[0]) / (high - low) * width > widest + 0.15:
            return marks
    return [marks[0], marks[-1]]


def _rows(places: Sequence[float], widths: Sequence[float]) -> list[int]:
    """Give each label, which begins at its line, a row above the plot, so that no line runs through a label.

    A label that reaches over lines further right stands above the labels of those.
    """
    rows = [0] * len(places)
    for n in range(len(places) - 1, -1, -1):
        under = [rows[m] for m in range(n + 1, len(places)) if places[m] < places[n] + widths[n]]
        rows[n] = max(under, default=-1) + 1
    return rows


def _write_line(page: Page, line: _Line, place: float, row: int) -> None:
    """Draw an upright line, with its label like a flag at its top."""
    middle = page.height + (row + 0.5) * style.line_height(style.LABEL_SIZE) + 0.02
    page.plot.plot(
        [place / page.width] * 2, [0, (middle + 0.06) / page.height], color=line.color, linewidth=1.5,
        linestyle=line.look, transform=page.plot.transAxes, clip_on=False, zorder=3,
    )  # fmt: skip
    page.write(place + 0.06, middle, line.words, color=line.color, bold=True)


# --- its words ---------------------------------------------------------------------------------------------------


def _title(spread: _Spread) -> str:
    count = format_number(len(spread.units))
    when = format_when(spread.when)
    if spread.ends:
        return _("{some} of {count} meet the target, {when}").format(
            some=format_number(spread.reached), count=count, when=when
        )
    if len(spread.units) < trend.FEWEST_UNITS:
        return _("From {low} to {high}, {when}").format(
            low=spread.words(min(spread.values)), high=spread.words(max(spread.values)), when=when
        )
    low, _middle, high = quantiles(spread.values, n=4, method="inclusive")
    return _("Half of the {count} lie between {low} and {high}, {when}").format(
        count=count, low=spread.rounded(low), high=spread.rounded(high), when=when
    )


def _subtitle(spread: _Spread) -> str:
    name = style.tidy(spread.indicator.name or "") or _("Indicator without a name")
    unit = style.tidy(spread.unit or "")
    what = name if not unit or unit.lower() in name.lower() else _("{name}, in {unit}").format(name=name, unit=unit)
    each = _("Each dot is one of them ({breakdown}).").format(breakdown=spread.called)
    if spread.ends:
        each = _("Each dot is one of them ({breakdown}); a filled dot meets the target.").format(
            breakdown=spread.called
        )
    return f"{what}. {each}"


def _flag(spread: _Spread) -> str | None:
    return _("Illustrative: values made up to practise with") if spread.indicator.data_illustrative else None


def _foot(spread: _Spread) -> list[str]:
    source = style.tidy(spread.indicator.data_source or "") or _("not given")
    return [
        _("Source: {source}").format(source=source),
        _("As of {day}").format(day=format_date(spread.as_of)),
    ]


def _caption(spread: _Spread) -> list[str]:
    if spread.within is None:
        return []
    return [
        _(
            "The best fifth begins at the 80th percentile and the best hundredth at the 99th, both counted towards "
            "better, with straight lines between neighbouring values."
        )
    ]


def _alternative(spread: _Spread) -> str:
    said = [_("Dots in order, one for each unit: {what} {title}.").format(what=_subtitle(spread), title=_title(spread))]
    if _flag(spread):
        said.append(_("The values are illustrative."))
    worst, best = spread.units[0], spread.units[-1]
    said.append(
        _("From {low} ({low_name}) to {high} ({high_name}); half of them are at {middle} or below.").format(
            low=spread.words(worst[1]), low_name=worst[0], high=spread.words(best[1]), high_name=best[0],
            middle=spread.rounded(median(spread.values)),
        )
    )  # fmt: skip
    said += [f"{line.words}." for line in _lines(spread)]
    said += [f"{line}." for line in _foot(spread)]
    return " ".join(said)

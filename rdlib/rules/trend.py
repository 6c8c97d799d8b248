"""What the trend alone would bring, and the measured values that say so (Rule 2, tool 2.2; Rule 5, tool 5.4).

A target is ambitious only against what would happen anyway, and realistic only against how fast the number ever moved.
Both are computed here from the measured values, never from opinion: :func:`trend_alone` continues a series under the
assumption that nothing new is done, with a range that is meant to hold four later values in five. How it does that, and
where the methods come from, stands in :mod:`rdlib.rules.trend_methods`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import attrs

from rdlib.plan.indicator import Indicator, Observation
from rdlib.plan.memory import once_for_each
from rdlib.plan.values import Period, number
from rdlib.rules.trend_methods import LEVEL, YEAR, History, simply, smoothed
from rdlib.words import _, format_date, plural

#: With fewer values no trend is drawn.
FEWEST = 4
#: With fewer units than these, "the best fifth" would be one of them.
FEWEST_UNITS = 5


# --- the measured values -----------------------------------------------------------------------------------------


@attrs.frozen
class Measured:
    """One measured value of the whole.

    Attributes:
        when: the period it describes.
        value: the number.
    """

    when: Period
    value: float


def _groups(observation: Observation) -> dict[str, str]:
    return {key: group for key, group in observation.breakdown.items() if group.strip()}


def whole_series(indicator: Indicator) -> list[tuple[Period, float]]:
    """Return the measured values of the whole (no breakdown), in the order of time.

    >>> from rdlib.plan.values import read_period
    >>> rows = [Observation(read_period("2017"), 81.0), Observation(read_period("2016"), 79.0),
    ...         Observation(read_period("2017"), 90.0, breakdown={"region": "North"})]
    >>> [(str(when), value) for when, value in whole_series(Indicator(observations=tuple(rows)))]
    [('2016', 79.0), ('2017', 81.0)]
    """
    return list(_whole_series(indicator))


@once_for_each
def _whole_series(indicator: Indicator) -> tuple[tuple[Period, float], ...]:
    found = [
        (row.when, value)
        for row in indicator.observations
        if row.when is not None and (value := number(row.value)) is not None and not _groups(row)
    ]
    return tuple(sorted(found, key=lambda pair: (pair[0].end, pair[0].start)))


def unit_series(indicator: Indicator) -> dict[str, list[tuple[Period, float]]]:
    """Return the measured values of the units inside the system, each in the order of time.

    Where the data is broken down in several ways (by region, by hospital), the way with the most units is taken: the
    finest. A unit named by two columns is called by both.

    >>> from rdlib.plan.values import read_period
    >>> row = Observation(read_period("2017"), 90.0, breakdown={"region": "North"})
    >>> list(unit_series(Indicator(observations=(row,))))
    ['North']
    """
    return unit_breakdown(indicator)[1]


def unit_breakdown(indicator: Indicator) -> tuple[str, dict[str, list[tuple[Period, float]]]]:
    """Return what the units of :func:`unit_series` are called together (such as "region"), and their values."""
    called, units = _unit_breakdown(indicator)
    return called, {name: list(values) for name, values in units.items()}


@once_for_each
def _unit_breakdown(indicator: Indicator) -> tuple[str, dict[str, list[tuple[Period, float]]]]:
    ways: dict[tuple[str, ...], dict[str, list[tuple[Period, float]]]] = {}
    for row in indicator.observations:
        groups, value = _groups(row), number(row.value)
        if groups and row.when is not None and value is not None:
            way = ways.setdefault(tuple(groups), {})
            way.setdefault(" · ".join(groups.values()), []).append((row.when, value))
    if not ways:
        return "", {}
    finest = max(ways, key=lambda keys: len(ways[keys]))
    units = {
        name: sorted(values, key=lambda pair: (pair[0].end, pair[0].start)) for name, values in ways[finest].items()
    }
    return " · ".join(finest), units


def latest(indicator: Indicator, as_of: date) -> Measured | None:
    """Return the last measured value of the whole whose period was over on a day, or None."""
    known = [pair for pair in whole_series(indicator) if pair[0].end <= as_of]
    return Measured(*known[-1]) if known else None


@attrs.frozen
class Within:
    """What the better units inside the system reach (Rule 5, tool 5.4: within your own system).

    Attributes:
        when: the period for which it was computed.
        units: how many units have a value for it.
        fifth_best: the value that separates the best fifth from the rest: the 80th percentile, counted towards better.
        hundredth_best: the same for the best hundredth: the 99th percentile.
    """

    when: Period
    units: int
    fifth_best: float
    hundredth_best: float


def better_way(indicator: Indicator) -> str | None:
    """Return "up" or "down", whichever is better for people: as declared, else as the target says; None if neither."""
    if indicator.direction is not None:
        return indicator.direction if indicator.direction in {"up", "down"} else None
    return {"at-least": "up", "rise": "up", "at-most": "down", "fall": "down"}.get(indicator.target.kind or "")


def latest_units(
    indicator: Indicator, period: Period | None = None, *, as_of: date | None = None
) -> tuple[Period, dict[str, float]] | None:
    """Return the value of each unit for one period, or None when there are no units.

    Args:
        indicator: the indicator.
        period: the period; left out, the last one for which at least half of the units have a value.
        as_of: only periods that were over on this day.
    """
    by_period: dict[Period, dict[str, float]] = {}
    units = unit_series(indicator)
    for name, values in units.items():
        for when, value in values:
            if as_of is None or when.end <= as_of:
                by_period.setdefault(when, {})[name] = value
    if period is not None:
        return (period, by_period[period]) if period in by_period else None
    full = [when for when, values in by_period.items() if 2 * len(values) >= len(units)]
    if not full:
        return None
    last = max(full, key=lambda when: (when.end, when.start))
    return last, by_period[last]


def percentiles_within(
    indicator: Indicator, period: Period | None = None, *, as_of: date | None = None
) -> Within | None:
    """Return what the best fifth and the best hundredth of the units reach, or None when that cannot be said.

    Percentiles are counted towards better: where lower is better, they are the 20th and the 1st from below. Computed by
    ``numpy.percentile`` with its method "linear" (definition 7 of Hyndman and Fan, 1996).

    Args:
        indicator: the indicator, with a direction and values by unit; fewer than five units say nothing.
        period: the period; left out, the last one for which at least half of the units have a value.
        as_of: only periods that were over on this day.

    >>> from rdlib.plan.values import read_period
    >>> rows = tuple(Observation(read_period("2017"), float(n), breakdown={"site": str(n)}) for n in range(0, 101))
    >>> percentiles_within(Indicator(direction="down", observations=rows)).fifth_best
    20.0
    """
    way, found = better_way(indicator), latest_units(indicator, period, as_of=as_of)
    if way is None or found is None or len(found[1]) < FEWEST_UNITS:
        return None
    import numpy as np

    when, values = found
    wanted = [80, 99] if way == "up" else [20, 1]
    fifth, hundredth = np.percentile(list(values.values()), wanted, method="linear")
    return Within(when, len(values), float(fifth), float(hundredth))


def fastest_change(series: Sequence[tuple[date, float]], span_days: int, *, direction: str) -> float | None:
    """Return the largest change for the better over any stretch about as long as a span.

    From each value, the last one within the span is looked at, provided that it lies at least three quarters of the
    span away: yearly values are a fair comparison for a target fifteen months ahead, not for one three years ahead.

    Args:
        series: days and values.
        span_days: the length of the stretch.
        direction: ``"up"`` or ``"down"``, whichever is better.

    Returns:
        the size of the change, negative when things got worse in every such stretch; None when there is none so long.

    >>> fastest_change([(date(2014, 1, 1), 10), (date(2015, 1, 1), 14), (date(2016, 1, 1), 15)], 365, direction="up")
    4.0
    """
    sign = 1.0 if direction == "up" else -1.0
    ordered = sorted(series)
    slack = 3  # months and quarters are not all equally long
    changes = []
    for place, (day, value) in enumerate(ordered):
        within = [pair for pair in ordered[place + 1 :] if (pair[0] - day).days <= span_days + slack]
        if within and (within[-1][0] - day).days >= 0.75 * span_days:
            changes.append(sign * (within[-1][1] - value))
    return max(changes, default=None)


def needed_change(now: float, low: float | None, high: float | None) -> float:
    """Return by how much a value must change to lie in a range: positive to rise, negative to fall, 0 when inside.

    Args:
        now: the value.
        low: the lower end of the range, None when it is open.
        high: the upper end, None when it is open.

    >>> needed_change(81.8, 95.0, None)
    13.2
    """
    if low is not None and now < low:
        return round(low - now, 9)
    if high is not None and now > high:
        return round(high - now, 9)
    return 0.0


# --- the projection ----------------------------------------------------------------------------------------------


@attrs.frozen
class ProjectedPoint:
    """What the trend alone would bring on one day.

    Attributes:
        day: the day.
        middle: the value in the middle of what is to be expected.
        low: the lower end of the range.
        high: its upper end.
    """

    day: date
    middle: float
    low: float
    high: float


@attrs.frozen
class Projection:
    """What the trend alone would bring.

    Attributes:
        method: how it was computed, in words for everybody.
        level: the share of later values that the range is meant to hold.
        points: the projection, period by period; the last one is on or after the day asked for.
        seasonal: whether a yearly season was taken into account.
        used: how many values it rests on.
        since: the day of the first of them.
        last: the day of the last of them.
        notes: what a reader should know of it, in whole sentences.
    """

    method: str
    level: float
    points: tuple[ProjectedPoint, ...]
    seasonal: bool
    used: int
    since: date
    last: date
    notes: tuple[str, ...] = ()

    def at(self, day: date) -> ProjectedPoint:
        """Return the projection on a day, read off between the two nearest points.

        Raises:
            ValueError: the day is not later than the last measured value, or beyond the last point.
        """
        if not self.last < day <= self.points[-1].day:
            raise ValueError(f"the projection reaches from {self.last} to {self.points[-1].day}, not {day}")
        after = next(place for place, point in enumerate(self.points) if point.day >= day)
        right = self.points[after]
        if after == 0 or right.day == day:
            return attrs.evolve(right, day=day)
        left = self.points[after - 1]
        share = (day - left.day).days / (right.day - left.day).days
        return ProjectedPoint(
            day,
            left.middle + share * (right.middle - left.middle),
            left.low + share * (right.low - left.low),
            left.high + share * (right.high - left.high),
        )


@attrs.frozen
class NoProjection:
    """There is no honest projection.

    Attributes:
        reason: why, as the second half of a sentence ("... cannot be said: {reason}.").
    """

    reason: str


def furthest(series: Sequence[tuple[date, float]]) -> date | None:
    """Return the last day that :func:`trend_alone` looks ahead to: as far as the history is long; None without one.

    >>> furthest([(date(2014, 12, 31), 1.0), (date(2015, 12, 31), 2.0)])
    datetime.date(2017, 12, 31)
    """
    days = sorted({day for day, _value in series})
    return History(tuple(days), ()).furthest if len(days) > 1 else None


def trend_alone(
    series: Sequence[tuple[date, float]], until: date, *, low: float | None = None, high: float | None = None
) -> Projection | NoProjection:
    """Say what an indicator would come to if nothing new were done, with a range for four later values in five.

    Method and sources: :mod:`rdlib.rules.trend_methods`. The same question is answered from memory the second time.

    Args:
        series: days (the last day of each period) and values, in any order.
        until: the day to look ahead to.
        low: the smallest value that is possible, such as 0 for a share.
        high: the largest value that is possible, such as 100.

    Returns:
        the projection, or why there is none: too few values, or a day further ahead than the history is long.

    >>> ahead = trend_alone([(date(2010 + n, 12, 31), 50 + 2 * n + n % 2) for n in range(8)], date(2018, 12, 31))
    >>> ahead.method, round(ahead.at(date(2018, 12, 31)).middle, 1)
    ('Straight line through the last 8 values', 66.7)
    >>> trend_alone([(date(2017, 12, 31), 50.0)], date(2018, 12, 31)).reason
    'there is only 1 measured value, and a trend needs at least 4'
    """
    return _trend_alone(tuple(series), until, low, high)


@lru_cache(maxsize=512)
def _trend_alone(
    series: tuple[tuple[date, float], ...], until: date, low: float | None, high: float | None
) -> Projection | NoProjection:
    values: dict[date, float] = {}
    for day, value in sorted(series):
        if not math.isfinite(value):
            continue
        if values.setdefault(day, value) != value:
            return NoProjection(_("there are two different values for {day}").format(day=format_date(day)))
    history = History(tuple(values), tuple(values.values()))
    refused = _too_little(history, until)
    if refused:
        return NoProjection(refused)
    found = smoothed(history, until) or simply(history, until)
    return Projection(
        found.method,
        LEVEL,
        tuple(_point(*point, low, high) for point in zip(found.days, found.middle, found.half, strict=True)),
        found.seasonal,
        len(found.used.days),
        found.used.days[0],
        found.used.days[-1],
        found.notes,
    )


def _point(day: date, middle: float, half: float, low: float | None, high: float | None) -> ProjectedPoint:
    return ProjectedPoint(
        day, _kept(middle, low, high), _kept(middle - half, low, high), _kept(middle + half, low, high)
    )


def _kept(value: float, low: float | None, high: float | None) -> float:
    if low is not None:
        value = max(value, low)
    return value if high is None else min(value, high)


def _too_little(history: History, until: date) -> str | None:
    """Say why there is no projection, or None."""
    days = history.days
    if not days:
        return _("there are no measured values")
    if len(days) < FEWEST:
        return plural(
            "there is only {n} measured value, and a trend needs at least 4",
            "there are only {n} measured values, and a trend needs at least 4",
            len(days),
        )
    if until <= days[-1]:
        return _("the last measured value is not older than {day}").format(day=format_date(until))
    if history.under_a_year:
        return _("the values do not cover a full year, and a season would look like a trend")
    if until > history.furthest:
        return _(
            "{day} lies {ahead} after the last measured value, and the values cover only {covered}: a trend is not "
            "carried on for longer than it was seen"
        ).format(
            day=format_date(until),
            ahead=_length((until - days[-1]).days),
            covered=_length((history.furthest - days[-1]).days),
        )
    return None


def _length(days: int) -> str:
    if days < 62:
        return plural("{n} day", "{n} days", days)
    if days < 2 * 365:
        return plural("{n} month", "{n} months", round(days / (YEAR / 12)))
    return plural("{n} year", "{n} years", round(days / YEAR))

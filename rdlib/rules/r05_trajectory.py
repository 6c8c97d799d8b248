"""The path of an indicator to its target, summed from what each strategy adds (Rule 5, tool 5.5).

The path begins at the baseline. At the end of each period stands what the trend alone gives (where it is counted at
all), and on top of it what each strategy adds by then. How far it may turn out differently is computed in two ways that
bound what is to be expected: **together**, where all effects turn out low, or all high, at once (the ends are added),
and **independent**, where one has nothing to do with the other (the distances from the middle are added as squares, the
root taken, for low and high apart). Strategies of one plan share people, money and weather, so the truth lies between.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise

import attrs

from rdlib.plan.indicator import Indicator
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import Strategy
from rdlib.plan.values import Period, number
from rdlib.rules import targets, trend
from rdlib.rules.r02_smart import goal, has_number, is_share, project, sign_of
from rdlib.rules.r05_effects import Estimate, Range, estimates, named, total, what_it_adds
from rdlib.rules.registry import Context
from rdlib.words import _

__all__ = ["NoPath", "Part", "Trajectory", "trajectory", "what_it_adds"]

#: Up to so many months ahead the path is told by month, up to so many by quarter, beyond that by year. Our choice.
_BY_MONTH, _BY_QUARTER = 12, 48


@attrs.frozen
class Part:
    """What one strategy adds to an indicator, period by period.

    Attributes:
        strategy: the strategy.
        estimates: its effects on the indicator.
        amounts: what it adds by the end of each period, towards better, beyond what the start of the path holds.
    """

    strategy: Strategy
    estimates: tuple[Estimate, ...]
    amounts: tuple[Range, ...]

    @property
    def name(self) -> str:
        """What to call it."""
        return named(self.estimates[0])


@attrs.frozen
class Trajectory:
    """The path of an indicator, period by period.

    Attributes:
        indicator: the indicator.
        goal: its target.
        sign: +1 where more is better, -1 where less is.
        start: the value that the path begins with, and the last day that it describes.
        from_baseline: whether that is the baseline of the plan, and not a measured value.
        periods: the periods; the last one ends when the target falls due.
        months: how many months a period has, as a rule.
        without: the value at the end of each period as it would be without the strategies.
        trend: what the trend alone would bring, where it could be computed; kept apart unless it is counted.
        counts_trend: whether the trend is part of the path.
        parts: what each strategy adds.
        together: the range of the value at the end of each period where all effects turn out low, or high, at once.
        independent: the same where the effects turn out independently of each other.
    """

    indicator: Indicator
    goal: targets.Goal
    sign: int
    start: tuple[date, float]
    from_baseline: bool
    periods: tuple[Period, ...]
    months: int
    without: tuple[float, ...]
    trend: trend.Projection | trend.NoProjection
    counts_trend: bool
    parts: tuple[Part, ...]
    together: tuple[tuple[float, float], ...]
    independent: tuple[tuple[float, float], ...]

    @property
    def path(self) -> tuple[float, ...]:
        """The value to be expected at the end of each period: what is there without the strategies, and their sum."""
        return tuple(
            self.without[n] + self.sign * sum(part.amounts[n].middle for part in self.parts)
            for n in range(len(self.periods))
        )

    @property
    def decimals(self) -> int:
        """How many decimals its values deserve: an estimate is not written more finely than the way it goes."""
        way = abs(self.end - self.start[1]) or abs(self.end)
        return 2 if way < 1 else 1 if way < 100 else 0

    @property
    def due(self) -> Period:
        """The period by which the target is to be reached."""
        return self.goal.due or self.periods[-1]

    def at(self, day: date) -> float | None:
        """Return the value to be expected on a day, read off between the ends of two periods; None outside the path."""
        days = [self.start[0], *(period.end for period in self.periods)]
        values = [self.start[1], *self.path]
        for (left, before), (right, after) in pairwise(zip(days, values, strict=True)):
            if left <= day <= right:
                return before + (after - before) * ((day - left).days / (right - left).days)
        return None

    @property
    def end(self) -> float:
        """The value to be expected when the target falls due."""
        return self.path[-1]

    @property
    def gap(self) -> float | None:
        """How far the end of the path is from the target, towards better; 0 where it is reached, None without one."""
        return self._gap(self.end)

    def gap_at_worst(self) -> float | None:
        """Return the gap where all effects turn out low."""
        return self._gap(self.together[-1][0 if self.sign > 0 else 1])

    def _gap(self, value: float) -> float | None:
        if not has_number(self.goal):
            return None
        return abs(trend.needed_change(value, self.goal.low, self.goal.high))

    @property
    def needed(self) -> float | None:
        """How far the target is from the start, towards better."""
        return self._gap(self.start[1])

    @property
    def added(self) -> Range:
        """What all strategies add by the end."""
        return total(part.amounts[-1] for part in self.parts)

    @property
    def adds_up(self) -> bool:
        """Whether the effects are amounts in each period that are added up to a total."""
        return all(each.adds_up is not None for part in self.parts for each in part.estimates)

    @property
    def beyond(self) -> tuple[Period, float, float] | None:
        """Where the path first passes what can be: the period, the value, and the best value there can be."""
        limit = best_possible(self.indicator, self.sign)
        if limit is None:
            return None
        for period, value in zip(self.periods, self.path, strict=True):
            if self.sign * (value - limit) > 1e-9 * max(1.0, abs(limit)):
                return period, value, limit
        return None


@attrs.frozen
class NoPath:
    """No path can be computed.

    Attributes:
        reason: why, as a clause that starts in lower case.
    """

    reason: str


def best_possible(indicator: Indicator, sign: int) -> float | None:
    """Return the best value that there can be: as entered, or the end of the scale of a share.

    >>> best_possible(Indicator(name="Share of schools connected", unit="%"), 1)
    100.0
    """
    said = number(indicator.most)
    if said is not None:
        return said
    if is_share(indicator):
        return 100.0 if sign > 0 else 0.0
    return None


def trajectory(indicator: Indicator, priority: Priority, context: Context) -> Trajectory | NoPath:
    """Sum the path of an indicator from what each strategy adds (Rule 5, tool 5.5).

    Counted are the effects of the strategies that were chosen; as long as none was, of all that were not dropped.

    Args:
        indicator: the indicator with its baseline, target and effects.
        priority: its priority, with the strategies.
        context: the plan and the day for which it is computed.
    """
    found = estimates(indicator, priority)
    if not found:
        return NoPath(_("no effect says enough to be counted: a strategy, a size, a beginning and a full effect"))
    aim = goal(indicator, context)
    due = aim.due
    if due is None and aim.standing:  # what is to hold in every period is looked at once all effects are full
        last = max(each.full for each in found)
        due = Period(last, last)
    if due is None:
        return NoPath(_("the target has no date to look towards"))
    first = min(each.begins for each in found)
    start = _start(indicator, first)
    if start is None:
        return NoPath(_("there is no value to begin with: neither a baseline nor a measured value from before"))
    day, value, from_baseline = start
    if day >= due.end:
        return NoPath(_("the target falls due before the path begins"))
    sign = sign_of(indicator, aim) or _way(value, aim)
    step = _step(day, due.end, found)
    periods = _periods(day, due, step, int(context.plan.fiscal_year_start or 4))
    days = [period.end for period in periods]
    ahead = project(indicator, due.end, max(day, first - timedelta(days=1)))
    counts = indicator.without == "trend" and isinstance(ahead, trend.Projection)
    going_on = [_trend_at(each, value, indicator, ahead) for each in days] if counts else []
    without = [point.middle for point in going_on] or [value] * len(days)
    parts = _parts(found, days, day)
    moved = [[Range(p.low - p.middle, 0.0, p.high - p.middle) for p in going_on]] if going_on else []
    amounts = [[_turned(each, sign) for each in part.amounts] for part in parts]
    path = [base + sum(row[n].middle for row in amounts) for n, base in enumerate(without)]
    return Trajectory(
        indicator,
        aim,
        sign,
        (day, value),
        from_baseline,
        periods,
        step,
        tuple(without),
        ahead,
        counts,
        parts,
        _kept(path, _spread(path, [*amounts, *moved], sum), best_possible(indicator, sign), sign),
        _kept(path, _spread(path, [*amounts, *moved], _root_of_squares), best_possible(indicator, sign), sign),
    )


def _start(indicator: Indicator, first: date) -> tuple[date, float, bool] | None:
    """Return the day and value that a path begins with: the baseline, else the last value before the first effect."""
    value, when = number(indicator.baseline.value), indicator.baseline.when
    before = first - timedelta(days=1)
    if value is not None:
        return (when.end if when else before), value, True
    known = [(period.end, measured) for period, measured in trend.whole_series(indicator) if period.end <= before]
    return (*known[-1], False) if known else None


def _way(value: float, aim: targets.Goal) -> int:
    return -1 if trend.needed_change(value, aim.low, aim.high) < 0 else 1


def _turned(amount: Range, sign: int) -> Range:
    """Return an amount towards better as a change of the value."""
    return amount if sign > 0 else Range(-amount.high, -amount.middle, -amount.low)


def _parts(found: Sequence[Estimate], days: Sequence[date], since: date) -> tuple[Part, ...]:
    by_strategy: dict[str, list[Estimate]] = {}
    for each in found:
        by_strategy.setdefault(each.strategy.id, []).append(each)
    return tuple(
        Part(own[0].strategy, tuple(own), tuple(total(each.at(day, since) for each in own) for day in days))
        for own in by_strategy.values()
    )


def _trend_at(day: date, base: float, indicator: Indicator, ahead: trend.Projection | trend.NoProjection) -> Range:
    """Return what the trend alone gives on a day: the projection, or what was measured before it begins."""
    if isinstance(ahead, trend.Projection) and day > ahead.last:
        point = ahead.at(day)
        return Range(point.low, point.middle, point.high)
    measured = [value for period, value in trend.whole_series(indicator) if period.end <= day]
    value = measured[-1] if measured else base
    return Range(value, value, value)


def _root_of_squares(distances: Sequence[float]) -> float:
    return math.hypot(*distances)


def _spread(
    path: Sequence[float], rows: Sequence[Sequence[Range]], joined: Callable[[Sequence[float]], float]
) -> list[tuple[float, float]]:
    """Return the range round each value of a path.

    Args:
        path: the values in the middle.
        rows: what each part adds to the value, period by period.
        joined: how the distances of the parts from their middle come together.
    """
    return [
        (
            value - joined([row[n].middle - row[n].low for row in rows]),
            value + joined([row[n].high - row[n].middle for row in rows]),
        )
        for n, value in enumerate(path)
    ]


def _kept(
    path: Sequence[float], ranges: Sequence[tuple[float, float]], limit: float | None, sign: int
) -> tuple[tuple[float, float], ...]:
    """Return ranges that do not reach beyond what can be, unless the path itself does."""
    if limit is None:
        return tuple(ranges)
    pairs = zip(path, ranges, strict=True)
    if sign > 0:
        return tuple((low, min(high, max(limit, value))) for value, (low, high) in pairs)
    return tuple((max(low, min(limit, value)), high) for value, (low, high) in pairs)


# --- periods -----------------------------------------------------------------------------------------------------


def _step(start: date, due: date, found: Sequence[Estimate]) -> int:
    """Return how many months a period has: that of the amounts that are added up, else by how far the target lies."""
    paces = [int(each.adds_up) for each in found if each.adds_up is not None]
    if paces:
        return max(paces)
    ahead = (due.year - start.year) * 12 + due.month - start.month
    return 1 if ahead <= _BY_MONTH else 3 if ahead <= _BY_QUARTER else 12


def _periods(start: date, due: Period, step: int, fiscal_start: int) -> tuple[Period, ...]:
    """Return the periods between two days, counted back from the day on which the target falls due."""
    ends = [due.end]
    while (end := _earlier(due.end, step * len(ends))) > start:
        ends.append(end)
    ends.reverse()
    begins = [start + timedelta(days=1), *(end + timedelta(days=1) for end in ends[:-1])]
    named = [
        Period(begin, end, _written(end, step, fiscal_start)) for begin, end in zip(begins[:-1], ends[:-1], strict=True)
    ]
    return (*named, Period(begins[-1], due.end, due.written or due.end.isoformat()))


def _earlier(day: date, months: int) -> date:
    """Return a day so many months before; the last day of a month stays the last day of a month."""
    month = 12 * day.year + day.month - 1 - months
    year, month = divmod(month, 12)
    last = calendar.monthrange(year, month + 1)[1]
    ends = day.day == calendar.monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if ends else min(day.day, last))


def _written(end: date, step: int, fiscal_start: int) -> str:
    """Write a period as it can be read again: a year, a quarter, a month, or a day."""
    if end.day != calendar.monthrange(end.year, end.month)[1]:
        return end.isoformat()
    if step == 12 and end.month == 12:
        return str(end.year)
    if step == 12 and end.month == (fiscal_start - 1 or 12):
        return f"{end.year - 1}/{end.year % 100:02d}"
    if step == 3 and end.month % 3 == 0:
        return f"{end.year}-Q{end.month // 3}"
    return f"{end.year}-{end.month:02d}"

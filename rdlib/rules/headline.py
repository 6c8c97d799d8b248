"""The title of an indicator's chart: what the measured values say of the target, and never more than they say.

The sentence is computed from the values known on a day, each held against the target that was in force at its time.
"Since" is said only of an unbroken run of values; a run with periods missing in between is called "every value since".
A dated target that is not due yet is not called missed, and a due date without a value is called just that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

import attrs

from rdlib.plan.values import Period, format_when
from rdlib.rules.targets import Goal, Status, status_of
from rdlib.rules.trend import needed_change
from rdlib.words import _, format_date, format_number, plural

#: From when a target holds (None: from the start), the level to draw, and when it falls due.
Step = tuple[date | None, float | None, Period | None]


def _at(period: Period) -> str:
    words = format_when(period)
    return (_("on {day}") if period.start == period.end else _("in {period}")).format(day=words, period=words)


def known_steps(steps: Sequence[Step], as_of: date) -> list[Step]:
    """Return the targets that were in force up to a day, the present one last."""
    return [step for step in steps if step[0] is None or step[0] <= as_of]


def in_force(goal: Goal, steps: Sequence[Step], place: int) -> Goal | None:
    """Return a target of the past, or the present one, with the range that it accepted.

    Args:
        goal: the target as it stands now; an earlier one is taken to be of the same kind with another level.
        steps: every target that there was, the present one last.
        place: which of them.

    Returns:
        the target with its range and due date; None when its range is not known, such as that of an earlier range.
    """
    _since, level, due = steps[place]
    if goal.low is None and goal.high is None:
        return None
    if place == len(steps) - 1 or (level is not None and level == goal.level):
        return attrs.evolve(goal, due=due)
    if level is None or goal.level is None:
        return None
    low = None if goal.low is None else level
    return attrs.evolve(goal, low=low, high=None if goal.high is None else level, level=level, due=due)


_LONG_AGO = Period(date.min, date.min)


def meets(value: float, target: Goal | None) -> bool | None:
    """Say whether a value meets a target, due or not; None when the target is not known.

    >>> meets(95.2, Goal("at-least", low=95.0, level=95.0))
    True
    """
    if target is None:
        return None
    return status_of(attrs.evolve(target, due=_LONG_AGO), value, date.max) is Status.MET


def amount_words(value: float, unit: str | None) -> str:
    r"""Write a value with its unit where that is short; decimals of large numbers say nothing.

    >>> amount_words(61162.52, "dollars"), amount_words(8.1, "deaths per 1 000 births")
    ('61\u2009163\xa0dollars', '8.1')
    """
    decimals = 0 if abs(value) >= 10_000 else None
    return format_number(value, unit if unit and len(unit) <= 12 else None, decimals)


def decimals_of(values: Iterable[float]) -> int:
    """Return how many decimals values are written with, two at most.

    >>> decimals_of([91.2, 80.0]), decimals_of([14.0]), decimals_of([])
    (1, 0, 0)
    """
    return max((len(f"{value:.2f}".rstrip("0").partition(".")[2]) for value in values), default=0)


def gap_words(gap: float, unit: str | None, decimals: int = 2) -> str:
    r"""Write how far a value is from its target: in points for shares, else as :func:`amount_words`.

    Args:
        gap: the distance.
        unit: the unit of the values.
        decimals: how fine the measured values are; a gap is not said more finely, unless nothing would be left of it.

    >>> gap_words(-13.2, "%"), gap_words(400, "students"), gap_words(6.07, "days", 1)
    ('13.2 points', '400\xa0students', '6.1\xa0days')
    """
    size = round(abs(gap), decimals) or abs(gap)
    if unit == "%":
        return (_("{n} point") if size == 1 else _("{n} points")).format(n=format_number(size))
    return amount_words(size, unit)


def headline(
    series: Sequence[tuple[Period, float]], goal: Goal, steps: Sequence[Step], as_of: date, unit: str | None = None
) -> str:
    """Say in one line where an indicator stands against its target.

    Args:
        series: the measured values of the whole, in the order of time.
        goal: the target as it stands now.
        steps: the history of the target (:func:`rdlib.rules.targets.target_steps`).
        as_of: the day of the report: values of periods that were not over by then, and later targets, do not count.
        unit: the unit of the values.
    """
    known = [pair for pair in series if pair[0].end <= as_of]
    if not known:
        return _("No measured values yet")
    steps = steps or [(None, goal.level, goal.due)]
    present = len(known_steps(steps, as_of)) - 1
    target = in_force(goal, steps, present) if present >= 0 else None
    if target is None:
        return _no_number(goal, *known[-1], unit)
    case = _judged(known, goal, steps, as_of, target)
    if case.last.met:
        return _met(case)
    if target.due and status_of(target, case.last.value, as_of, case.last.when) is Status.NO_DATA:
        return _("No value yet for {due}, when the target fell due").format(due=format_when(target.due))
    return _not_met(case, unit)


def _no_number(goal: Goal, when: Period, value: float, unit: str | None) -> str:
    if goal.kind == "context":
        says = _("Watched without a target: {value} {when}")
    elif goal.kind == "tbd":
        says = _("Target still to be decided: {value} {when}")
    elif goal.kind is None and goal.readings:
        says = _("Target with more than one reading: {value} {when}")
    elif goal.kind is None:
        says = _("No number to reach yet: {value} {when}")
    else:
        says = _("Target without a number: {value} {when}")
    return says.format(value=amount_words(value, unit), when=_at(when))


@attrs.frozen
class _Judged:
    """A value, the place of the target that it was held against, and whether it met it (None: that is not known)."""

    when: Period
    value: float
    step: int
    met: bool | None


@attrs.frozen
class _Case:
    """The judged values in the order of time, split where the last ones begin to say the same."""

    before: tuple[_Judged, ...]
    run: tuple[_Judged, ...]
    target: Goal
    as_of: date
    changed: date | None

    @property
    def last(self) -> _Judged:
        return self.run[-1]

    @property
    def standing(self) -> bool:
        """Whether the target is to hold in every period."""
        return self.target.standing

    @property
    def stale(self) -> bool:
        """Whether more than two further values, and a quarter to publish them, would have been due by now."""
        ends = [each.when.end for each in (*self.before, *self.run)]
        apart = (ends[-1] - ends[-2]).days if len(ends) > 1 else 0
        return (self.as_of - ends[-1]).days > 2 * max(self.last.when.days, apart) + 92

    @property
    def has_gap(self) -> bool:
        """Whether periods are missing inside the run; single days are no periods, and have no gaps."""
        return any((b.when.start - a.when.end).days > 1 for a, b in pairwise(self.run) if a.when.days > 1)


def _judged(
    known: Sequence[tuple[Period, float]], goal: Goal, steps: Sequence[Step], as_of: date, target: Goal
) -> _Case:
    present = len(known_steps(steps, as_of)) - 1
    judged = []
    for when, value in known:
        at_its_time = len(known_steps(steps, when.end)) - 1
        place = present if when is known[-1][0] else at_its_time
        met = meets(value, in_force(goal, steps, place)) if place >= 0 else None
        judged.append(_Judged(when, value, place, met))
    start = len(judged) - 1
    while start > 0 and judged[start - 1].met is judged[-1].met:
        start -= 1
    changed = None
    if start > 0 and 0 <= judged[start - 1].step < judged[start].step:
        without = meets(judged[start].value, in_force(goal, steps, judged[start - 1].step))
        if without is not None and without is judged[start - 1].met:
            changed = steps[judged[start].step][0]
    return _Case(tuple(judged[:start]), tuple(judged[start:]), target, as_of, changed)


def _met(case: _Case) -> str:
    first, due = case.run[0], case.target.due
    if case.stale:
        return _("Target met when last measured, {when}").format(when=_at(case.last.when))
    if not case.before:
        if len(case.run) == 1:
            return _("Target met {when}").format(when=_at(first.when))
        return plural("Target met in all {n} measured value", "Target met in all {n} measured values", len(case.run))
    if case.changed is not None:
        return _("Target met since it was changed on {day}").format(day=format_date(case.changed))
    if case.before[-1].met is None:
        return _("Target met in every value since {period}").format(period=format_when(first.when))
    low, high = case.target.low, case.target.high
    if low is not None and high is not None and low < high and len(case.run) > 1:
        says = (
            _("Within the target range in every value since {period}")
            if case.has_gap
            else _("Within the target range since {period}")
        )
        return says.format(period=format_when(first.when))
    if due is not None and first.when.end > due.end:
        return _("Target reached {when}, after it fell due {due}").format(when=_at(first.when), due=_at(due))
    if due is not None and due.end > case.as_of:
        return _("Target for {due} reached {when}").format(due=format_when(due), when=_at(first.when))
    if case.standing and len(case.run) > 1:
        return _("Target met since {period}").format(period=format_when(first.when))
    if any(each.met for each in case.before):
        return _("Target reached again {when}").format(when=_at(first.when))
    return _("Target reached {when}").format(when=_at(first.when))


def _not_met(case: _Case, unit: str | None) -> str:
    due, last = case.target.due, case.last
    gap = needed_change(last.value, case.target.low, case.target.high)
    fine = decimals_of(each.value for each in (*case.before, *case.run))
    if due is not None and due.end > case.as_of:
        says = _("{gap} below the target for {due}") if gap > 0 else _("{gap} above the target for {due}")
        says = says.format(gap=_gap(gap, unit, fine), due=format_when(due))
    elif due is not None:
        says = (
            _("{gap} below the target that fell due {due}")
            if gap > 0
            else _("{gap} above the target that fell due {due}")
        )
        says = says.format(gap=_gap(gap, unit, fine), due=_at(due))
    else:
        return _standing(case)
    if case.stale:
        return _("{finding} when last measured, {when}").format(finding=says, when=_at(last.when))
    return says


def _gap(gap: float, unit: str | None, decimals: int) -> str:
    """Write a gap to begin a sentence with; one too small to be written is still one."""
    words = gap_words(gap, unit, decimals)
    return _("Just") if format_number(abs(gap)) == "0" else words


def _standing(case: _Case) -> str:
    """Say since when a target without a due date is not met."""
    low, high = case.target.low, case.target.high
    first, last = case.run[0], case.last
    if low is not None and high is not None:
        side = _("Outside the target range") if low < high else _("Not at target")
    else:
        side = _("Below target") if high is None else _("Above target")
    if case.stale and len(case.run) == 1:
        return _("{side} when last measured, {when}").format(side=side, when=_at(last.when))
    if case.changed is not None:
        says = _("{side} since it was changed on {day}").format(side=side, day=format_date(case.changed))
    elif len(case.run) == 1:
        says = _("{side} {when}").format(side=side, when=_at(last.when))
    elif not case.before:
        says = _("{side} in all {n} measured values").format(side=side, n=format_number(len(case.run)))
    elif case.before[-1].met is None or case.has_gap:
        says = _("{side} in every value since {period}").format(side=side, period=format_when(first.when))
    else:
        says = _("{side} since {period}").format(side=side, period=format_when(first.when))
    if case.stale:
        return _("{finding}; last measured {when}").format(finding=says, when=_at(last.when))
    return says

"""The title of an indicator's chart: what the measured values say of the target, and never more than they say.

The sentence is computed from the values known on a day, each held against the target that was in force at its time.
"Since" is said only of an unbroken run of values; a run with periods missing in between is called "every value since".
A dated target that is not due yet is not called missed, and a due date without a value is called just that.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import attrs

from rdlib.plan.values import Period
from rdlib.rules.targets import Goal, Status, status_of
from rdlib.rules.trend import needed_change
from rdlib.words import _, format_date, format_number, language, plural

#: From when a target holds (None: from the start), the level to draw, and when it falls due.
Step = tuple[date | None, float | None, Period | None]


def period_words(period: Period) -> str:
    """Write a period for prose: a day and a month in words, everything else as the plan names it.

    >>> from rdlib.plan.values import read_period
    >>> period_words(read_period("2018-03")), period_words(read_period("2018-Q2"))
    ('March 2018', '2018 Q2')
    """
    start, end = period.start, period.end
    if start == end:
        return format_date(start)
    if start.day == 1 and (start.year, start.month) == (end.year, end.month):
        from babel.dates import format_date as babel_date

        return babel_date(start, "MMMM y", locale=language())
    if period.written:
        return period.written.replace("-Q", " Q")
    return _("{start} to {end}").format(start=format_date(start), end=format_date(end))


def _at(period: Period) -> str:
    words = period_words(period)
    return (_("on {day}") if period.start == period.end else _("in {period}")).format(day=words, period=words)


def known_steps(steps: Sequence[Step], as_of: date) -> list[Step]:
    """Return the targets that were in force up to a day, the present one last."""
    return [step for step in steps if step[0] is None or step[0] <= as_of]


def accepted_range(goal: Goal, steps: Sequence[Step], place: int) -> tuple[float | None, float | None] | None:
    """Return the range that a target of the past accepted: lower and upper end, None where it is open.

    Args:
        goal: the target as it stands now; an earlier one is taken to be of the same kind with another level.
        steps: every target that was in force, the present one last.
        place: which of them.

    Returns:
        the range; None when it is not known, such as the upper end of an earlier range.
    """
    level = steps[place][1]
    if place == len(steps) - 1 or (level is not None and level == goal.level):
        return (goal.low, goal.high) if goal.low is not None or goal.high is not None else None
    if level is None or (goal.low is None and goal.high is None):
        return None
    if goal.high is None:
        return level, None
    if goal.low is None:
        return None, level
    return (level, level) if goal.low == goal.high else None


def meets(value: float, accepted: tuple[float | None, float | None] | None) -> bool | None:
    """Say whether a value lies in an accepted range; None when the range is not known."""
    return None if accepted is None else needed_change(value, *accepted) == 0


def gap_words(gap: float, unit: str | None) -> str:
    r"""Write how far a value is from its target: in points for shares, else with the unit when it is short.

    >>> gap_words(-13.2, "%"), gap_words(400, "students")
    ('13.2 points', '400\xa0students')
    """
    size = abs(gap)
    if unit == "%":
        return (_("{n} point") if size == 1 else _("{n} points")).format(n=format_number(size))
    return format_number(size, unit if unit and len(unit) <= 12 else None)


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
    if present < 0 or accepted_range(goal, steps, present) is None:
        return _no_number(goal, *known[-1], unit)
    case = _judged(known, goal, steps, as_of, present)
    if case.last.met:
        return _met(case)
    in_force = attrs.evolve(goal, low=case.accepted[0], high=case.accepted[1], due=case.due)
    if case.due and status_of(in_force, case.last.value, as_of, case.last.when) is Status.NO_DATA:
        return _("No value yet for {due}, when the target fell due").format(due=period_words(case.due))
    return _not_met(case, unit)


def _no_number(goal: Goal, when: Period, value: float, unit: str | None) -> str:
    if goal.kind == "context":
        says = _("Watched without a target: {value} {when}")
    elif goal.kind == "tbd":
        says = _("Target still to be decided: {value} {when}")
    elif goal.kind is None and goal.readings:
        says = _("Target with more than one reading: {value} {when}")
    elif goal.kind is None:
        says = _("No target with a number: {value} {when}")
    else:
        says = _("Target without a number: {value} {when}")
    return says.format(value=format_number(value, unit if unit == "%" else None), when=_at(when))


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
    accepted: tuple[float | None, float | None]
    due: Period | None
    as_of: date
    changed: date | None

    @property
    def last(self) -> _Judged:
        return self.run[-1]

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
    known: Sequence[tuple[Period, float]], goal: Goal, steps: Sequence[Step], as_of: date, present: int
) -> _Case:
    judged = []
    for when, value in known:
        at_its_time = len(known_steps(steps, when.end)) - 1
        place = present if when is known[-1][0] else at_its_time
        met = meets(value, accepted_range(goal, steps, place)) if place >= 0 else None
        judged.append(_Judged(when, value, place, met))
    start = len(judged) - 1
    while start > 0 and judged[start - 1].met is judged[-1].met:
        start -= 1
    changed = None
    if start > 0 and 0 <= judged[start - 1].step < judged[start].step:
        without = meets(judged[start].value, accepted_range(goal, steps, judged[start - 1].step))
        if without is judged[start - 1].met:
            changed = steps[judged[start].step][0]
    accepted = accepted_range(goal, steps, present) or (None, None)
    return _Case(tuple(judged[:start]), tuple(judged[start:]), accepted, steps[present][2], as_of, changed)


def _met(case: _Case) -> str:
    first, due = case.run[0], case.due
    if case.stale:
        return _("Target met when last measured, {when}").format(when=_at(case.last.when))
    if not case.before:
        if len(case.run) == 1:
            return _("Target met {when}").format(when=_at(first.when))
        return plural("Target met in all {n} measured value", "Target met in all {n} measured values", len(case.run))
    if case.changed is not None:
        return _("Target met since it was changed on {day}").format(day=format_date(case.changed))
    if case.before[-1].met is None:
        return _("Target met in every value since {period}").format(period=period_words(first.when))
    if due is not None and first.when.end > due.end:
        return _("Target reached {when}, after it fell due {due}").format(when=_at(first.when), due=_at(due))
    if due is not None and due.end > case.as_of:
        return _("Target for {due} reached {when}").format(due=period_words(due), when=_at(first.when))
    if any(each.met for each in case.before):
        return _("Target reached again {when}").format(when=_at(first.when))
    return _("Target reached {when}").format(when=_at(first.when))


def _not_met(case: _Case, unit: str | None) -> str:
    due, last = case.due, case.last
    gap = needed_change(last.value, *case.accepted)
    if due is not None and due.end > case.as_of:
        says = _("{gap} below the target for {due}") if gap > 0 else _("{gap} above the target for {due}")
        says = says.format(gap=_gap(gap, unit), due=period_words(due))
    elif due is not None:
        says = (
            _("{gap} below the target that fell due {due}")
            if gap > 0
            else _("{gap} above the target that fell due {due}")
        )
        says = says.format(gap=_gap(gap, unit), due=_at(due))
    else:
        return _standing(case)
    if case.stale:
        return _("{finding} when last measured, {when}").format(finding=says, when=_at(last.when))
    return says


def _gap(gap: float, unit: str | None) -> str:
    """Write a gap to begin a sentence with; one too small to be written is still one."""
    words = gap_words(gap, unit)
    return _("Just") if format_number(abs(gap)) == "0" else words


def _standing(case: _Case) -> str:
    """Say since when a target without a due date is not met."""
    low, high = case.accepted
    first, last = case.run[0], case.last
    if low is not None and high is not None:
        side = _("Outside the target range") if low < high else _("Not at target")
    else:
        side = _("Below target") if high is None else _("Above target")
    if case.stale:
        return _("{side} when last measured, {when}").format(side=side, when=_at(last.when))
    if case.changed is not None:
        return _("{side} since it was changed on {day}").format(side=side, day=format_date(case.changed))
    if len(case.run) == 1:
        return _("{side} {when}").format(side=side, when=_at(last.when))
    if not case.before:
        return _("{side} in all {n} measured values").format(side=side, n=format_number(len(case.run)))
    if case.before[-1].met is None or case.has_gap:
        return _("{side} in every value since {period}").format(side=side, period=period_words(first.when))
    return _("{side} since {period}").format(side=side, period=period_words(first.when))

"""What a target asks for, as a goal that a value can be held against, and where it stands (Rule 2, tools 2.2 and 2.3).

The fields of a target come first, its wording fills what they leave empty. Where the two disagree, or the words can
mean several things, that is said, and nothing is chosen silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from typing import TypedDict

import attrs

from rdlib.plan.indicator import Indicator, Target
from rdlib.plan.memory import once_for_each
from rdlib.plan.plan import Plan
from rdlib.plan.values import Amount, Missing, Period, number
from rdlib.rules.target_limits import NO_NUMBER, contradiction_of, limits_of, other_unit
from rdlib.rules.target_readings import CHANGES, TargetReading, is_percent, say
from rdlib.rules.target_wording import holds_all_the_time, read_wording
from rdlib.words import _, format_number

__all__ = [
    "Goal", "Settings", "Status", "TargetReading", "goal_of", "in_words", "is_percent", "read_wording", "settings_of",
    "status_of", "target_steps",
]  # fmt: skip


class Settings(TypedDict):
    """What reading a target depends on beside the indicator."""

    fiscal_start: int
    decimal_comma: bool


def settings_of(plan: Plan) -> Settings:
    """Return how a plan reads numbers and years: by its language and the month its fiscal year starts in.

    >>> settings_of(Plan(language="fr"))
    {'fiscal_start': 4, 'decimal_comma': True}
    """
    return {"fiscal_start": int(plan.fiscal_year_start or 4), "decimal_comma": plan.language == "fr"}


@attrs.frozen
class Goal:
    """A target as far as it is known.

    Attributes:
        kind: as in :data:`rdlib.plan.indicator.TARGET_KINDS`; None where there is no target or its readings differ.
        low: the lowest value that counts as reached; None when there is no lower limit, or none is known.
        high: the highest value that counts as reached.
        due: by when.
        standing: whether it is to hold in every period, so that it needs no date by which it is reached.
        level: the one number to draw, where there is one; a range has two limits and no level.
        change: the size of a rise or fall and what it is counted in (None where that can be read in several ways).
        readings: the ways in which it still can be read, given what the fields say; several when it is ambiguous.
        from_wording: whether the number or its kind was taken from the words.
        open_question: why there is no number to hold a value against, in words; None where there is one.
        contradiction: where the words and the fields disagree, in words.
    """

    kind: str | None = None
    low: float | None = None
    high: float | None = None
    due: Period | None = None
    standing: bool = False
    level: float | None = None
    change: tuple[float, str | None] | None = None
    readings: tuple[TargetReading, ...] = ()
    from_wording: bool = False
    open_question: str | None = None
    contradiction: str | None = None


# --- from fields and words to a goal -----------------------------------------------------------------------------


@once_for_each
def goal_of(indicator: Indicator, *, fiscal_start: int = 4, decimal_comma: bool = False) -> Goal:
    """Return what the target of an indicator asks for (Rule 2, tool 2.2).

    A rise or fall is counted from the baseline; where there is none, the goal has no number and says so.

    Args:
        indicator: the indicator with its target and baseline.
        fiscal_start: the month (1 to 12) in which the fiscal year starts.
        decimal_comma: how ``1,234`` is read; see :func:`rdlib.plan.values.read_number`.

    >>> from rdlib.plan.indicator import Baseline
    >>> deaths = Indicator(unit="deaths", baseline=Baseline(value=20.0), target=Target(wording="Reduce by 30% by 2018"))
    >>> goal_of(deaths).high
    14.0
    """
    target = indicator.target

    def read(direction: str | None) -> tuple[TargetReading, ...]:
        wording = target.wording or ""
        return read_wording(
            wording,
            unit=indicator.unit,
            direction=direction,
            fiscal_start=fiscal_start,
            decimal_comma=decimal_comma,
        )

    words = read(None)  # what the words say by themselves; the direction helps only where no field says the kind
    readings, from_wording = _narrowed(indicator, words if target.kind else read(indicator.direction))
    dues = {r.due.end: r.due for r in words if r.due}
    due = target.due or (next(iter(dues.values())) if len(dues) == 1 else None)
    goal = Goal(
        due=due,
        standing=due is None and _holds(target),
        readings=readings,
        from_wording=from_wording,
        contradiction=contradiction_of(indicator, () if from_wording else readings, words),
    )
    return _joined(indicator, goal)


def _holds(target: Target) -> bool:
    """Whether a target without a date is to hold all the time: the field says so, else its words ("every quarter")."""
    if target.standing is not None:
        return target.standing
    return target.kind not in CHANGES and holds_all_the_time(target.wording or "")


def _narrowed(indicator: Indicator, words: tuple[TargetReading, ...]) -> tuple[tuple[TargetReading, ...], bool]:
    """The readings that the fields leave open, and whether the words had a part in them."""
    target = indicator.target
    kind, value = target.kind, number(target.value)
    if isinstance(target.value, Missing) and kind is None:
        kind = "tbd" if target.value is Missing.TO_BE_DETERMINED else "context"
    high = number(target.value_high)
    if kind is None and value is not None and high is not None:
        kind = "between"
    if kind is None and value is None:
        return _of_change_unit(words, target.change_unit), bool(words)
    fitting = tuple(
        r
        for r in words
        if (kind is None or r.kind == kind)
        and (value is None or r.value == value)
        and (high is None or r.value_high == high)
        and (not target.change_unit or r.change_unit == target.change_unit)
    )
    complete = kind in NO_NUMBER or (kind is not None and value is not None)
    if kind in CHANGES:
        complete = complete and target.change_unit is not None
    if kind == "between":
        complete = complete and high is not None
    if fitting and not complete:
        return _of_change_unit(fitting, target.change_unit), True
    return tuple(_by_fields(indicator, kind, value)), False


def _of_change_unit(readings: tuple[TargetReading, ...], change_unit: str | None) -> tuple[TargetReading, ...]:
    """Where a field says what a change is counted in, it is a change of the indicator itself."""
    if not change_unit:
        return readings
    chosen = [r for r in readings if r.kind not in CHANGES or r.change_unit in {None, change_unit}]
    by_unit = {(r.kind, r.value, r.change_unit): r for r in chosen}  # the last one of each: the one about the share
    return tuple(by_unit.values())


def _by_fields(indicator: Indicator, kind: str | None, value: float | None) -> Iterable[TargetReading]:
    """The readings of the fields alone."""
    target, unit = indicator.target, indicator.unit
    if kind in CHANGES:
        units = (target.change_unit,) if target.change_unit else ("percent", "points" if is_percent(unit) else "units")
        for change_unit in units if value is not None else (target.change_unit,):
            yield TargetReading(kind or "", value, change_unit=change_unit, due=target.due, unit=unit)
        return
    if kind is not None:
        yield TargetReading(kind, value, number(target.value_high), due=target.due, unit=unit)
        return
    sides = {"up": ("at-least",), "down": ("at-most",), "within": ("exactly",)}
    for side in sides.get(indicator.direction or "", ("at-least", "at-most")):
        yield TargetReading(side, value, due=target.due, unit=unit)


def _joined(indicator: Indicator, goal: Goal) -> Goal:
    """The goal with what all its readings agree on; what they differ in stays open."""
    readings = goal.readings
    if not readings:
        return attrs.evolve(goal, open_question=_nothing_read(indicator.target))
    kinds, sizes, units = ({getattr(r, name) for r in readings} for name in ("kind", "value", "change_unit"))
    kind, size, unit = (next(iter(each)) if len(each) == 1 else None for each in (kinds, sizes, units))
    change = (size, unit) if kinds <= CHANGES and size is not None else None
    goal = attrs.evolve(goal, kind=kind, change=change)
    limits = {limits_of(indicator, r) for r in readings}
    one_target = len({r.part for r in readings}) == 1
    if len(limits) == 1 and one_target and limits != {(None, None)}:
        low, high = limits.pop()
        level = low if high is None or low == high else high if low is None else None
        return attrs.evolve(goal, low=low, high=high, level=level)
    if len(readings) == 1:
        return attrs.evolve(goal, open_question=_open_question(indicator, readings[0]))
    if not kinds & (CHANGES | {"between"}) and not any(other_unit(indicator, r) for r in readings):
        goal = attrs.evolve(goal, level=size)  # at least or at most: either way, this is the number to draw
    return attrs.evolve(goal, open_question=_several(readings))


# --- saying what is open -----------------------------------------------------------------------------------------


def _nothing_read(target: Target) -> str:
    if (target.wording or "").strip():
        return _("The words of the target say nothing that can be read as a number to reach.")
    return _("There is no target yet.")


def _open_question(indicator: Indicator, reading: TargetReading) -> str:
    """Why a single reading has no number to hold a value against."""
    base = number(indicator.baseline.value)
    if reading.kind == "tbd":
        return _("The target is still to be decided.")
    if reading.kind == "context":
        return _("No target is meant: the indicator is watched as context.")
    if reading.kind == "milestone":
        return _("A milestone has no number: somebody has to say whether it was reached.")
    if reading.kind == "between":
        return _("A range needs its lower and its upper value, in that order.")
    if other_unit(indicator, reading):
        return _("The number is counted in “{words}”, and the indicator in “{unit}”.").format(
            words=reading.unit, unit=indicator.unit
        )
    if reading.kind in CHANGES and reading.value is None:
        return _("It is said which way, but not how far.")
    if reading.kind in CHANGES and base == 0 and reading.change_unit == "percent":
        return _("A change in percent cannot be counted from a baseline of zero.")
    if reading.kind in CHANGES:
        return _("The target is a change from the baseline, and the baseline has no value yet.")
    return _("The value to reach is not given.")


def _several(readings: tuple[TargetReading, ...]) -> str:
    """Why several readings cannot be told apart."""
    if len({r.part for r in readings}) > 1:
        return _("The wording holds several targets: give each an indicator of its own.")
    if {r.kind for r in readings} == {"at-least", "at-most"}:
        return _("It is not said whether the value is the least or the most that counts as reached.")
    if len({r.kind for r in readings}) == 1 and len({r.change_unit for r in readings}) > 1:
        return _("It is not said what the change is counted in.")
    return _("The target can be read in several ways.")


def in_words(goal: Goal, unit: str | None, write: Callable[[float, str | None], str] = format_number) -> str:
    """Say what a goal asks for, in a few words that fit into a sentence.

    Args:
        goal: the goal.
        unit: the unit of its indicator.
        write: writes a number with its unit.

    >>> in_words(Goal("at-least", low=85.0, level=85.0), "%")
    'at least 85%'
    >>> in_words(Goal("fall", high=56.0, level=56.0, change=(30.0, "percent")), "%")
    'at most 56% (a fall by 30% of the baseline)'
    """
    if goal.high is not None and {r.unit for r in goal.readings} == {"rank"}:
        return say("at-most", goal.high, unit="rank")
    low = write(goal.low, unit) if goal.low is not None else None
    high = write(goal.high, unit) if goal.high is not None else None
    if low is not None and high is not None:
        said = _("exactly {value}") if goal.low == goal.high else _("between {low} and {high}")
        said = said.format(value=low, low=low, high=high)
    elif low is not None:
        said = _("at least {value}").format(value=low)
    elif high is not None:
        said = _("at most {value}").format(value=high)
    else:
        readings = (r.says or say(r.kind, r.value, r.value_high, r.change_unit, r.unit) for r in goal.readings)
        return _(" or ").join(dict.fromkeys(readings)) or _("no target")
    if goal.change is not None and goal.kind is not None:
        change = say(goal.kind, goal.change[0], change_unit=goal.change[1], unit=unit)
        said = _("{end} ({change})").format(end=said, change=change)
    return said


# --- where it stands ---------------------------------------------------------------------------------------------


class Status(Enum):
    """Where a target stands on a day; the value is the word used in files."""

    MET = "met"
    NOT_MET = "not met"
    FUTURE = "future"
    NO_DATA = "no data"
    NO_TARGET = "no target"

    @property
    def word(self) -> str:
        """The words that a person reads."""
        return {
            Status.MET: _("met"),
            Status.NOT_MET: _("not met"),
            Status.FUTURE: _("not due yet"),
            Status.NO_DATA: _("no data"),
            Status.NO_TARGET: _("no target to judge by"),
        }[self]


def status_of(goal: Goal, actual: Amount, as_of: date, actual_when: Period | None = None) -> Status:
    """Say whether a target is met on a day (Rule 2, tool 2.2). A missing value is never a failure.

    A target is judged once it is due, not before: a value that stands beyond it early may fall back, and one that falls
    short of it is not late. A target without a date is not due either. Both are how the Government of Canada labels
    its own indicators, which ``scripts/infobase_agreement.py`` measures. A target that is to hold in every period is
    judged by each value.

    Args:
        goal: what is to be reached.
        actual: the value to judge by: that of the due date, or the latest.
        as_of: the day of judgement.
        actual_when: the period that the value describes. A value from before the due date counts only where no later
            one of its kind can have come by then: the year 2017/18 speaks for a target due in April 2018, and January
            2018 does not. Left out, the value counts.

    Returns:
        ``NO_TARGET`` where there is no number to hold a value against (:attr:`Goal.open_question` says why),
        ``FUTURE`` before the end of the due period, ``NO_DATA`` where no value tells how it ended, else ``MET`` or
        ``NOT_MET``.

    >>> goal = Goal("at-least", low=85.0, level=85.0, due=Period(date(2018, 3, 1), date(2018, 3, 31)))
    >>> status_of(goal, 83.2, date(2018, 4, 30)).word
    'not met'
    >>> status_of(goal, None, date(2018, 4, 30)).word
    'no data'
    """
    if goal.low is None and goal.high is None and goal.kind != "milestone":
        return Status.NO_TARGET
    value = number(actual)
    if goal.due is None and not goal.standing:
        return Status.FUTURE
    if goal.due is not None and goal.due.end > as_of:
        return Status.FUTURE
    if value is None or goal.kind == "milestone" or (actual_when and goal.due and _stale(actual_when, goal.due)):
        return Status.NO_DATA
    return Status.MET if _reaches(value, goal) else Status.NOT_MET


def _stale(when: Period, due: Period) -> bool:
    """Whether a value is so old that a later one of the same kind should have come by the due date."""
    return when.end < due.start and (due.end - when.end).days >= when.days


def _reaches(value: float, goal: Goal) -> bool:
    if goal.kind == "exactly" and goal.level not in {None, 0.0, 100.0}:
        # 52.5 was asked for: 52.46 is 52.5 at the precision of the target. All and none (100 and 0) are not rounded to.
        return round(value, _decimals(goal.level or 0.0)) == goal.level
    slack = 1e-9 * max(abs(value), 1.0)
    return (goal.low is None or value >= goal.low - slack) and (goal.high is None or value <= goal.high + slack)


def _decimals(value: float) -> int:
    written = f"{value:.10f}".rstrip("0")
    return len(written.partition(".")[2])


# --- how the target changed --------------------------------------------------------------------------------------


def target_steps(indicator: Indicator, goal: Goal) -> list[tuple[date | None, float | None, Period | None]]:
    """Return the levels that the target had, oldest first, for the chart (Rule 2, tool 2.3).

    Args:
        indicator: the indicator with the changes of its target; one without a day cannot be placed and is left out.
        goal: the target as it stands.

    Returns:
        for each step the day from which it holds (None for the first: from the beginning), its level (None where it is
        not known), and when it was due. Empty where no level is known at all.

    >>> from rdlib.plan.indicator import TargetChange
    >>> history = (TargetChange(id="c1", day=date(2010, 6, 1), was_value=98.0),)
    >>> steps = target_steps(Indicator(changes=history), Goal("at-least", low=95.0, level=95.0))
    >>> [(day, level) for day, level, _due in steps]
    [(None, 98.0), (datetime.date(2010, 6, 1), 95.0)]
    """
    changes = sorted((c for c in indicator.changes if c.day), key=lambda c: c.day or date.min)
    steps: list[tuple[date | None, float | None, Period | None]] = []
    since: date | None = None
    for change in changes:
        steps.append((since, number(change.was_value), change.was_due))
        since = change.day
    steps.append((since, goal.level, goal.due))
    return steps if any(level is not None for _day, level, _due in steps) else []

"""One way to read a target, and how to say it in words."""

from __future__ import annotations

import re

import attrs

from rdlib.plan.values import Period
from rdlib.words import _, format_number

CHANGES = frozenset({"rise", "fall"})


@attrs.frozen
class TargetReading:
    """One way to read the wording of a target.

    Attributes:
        kind: as in :data:`rdlib.plan.indicator.TARGET_KINDS`.
        value: the value to reach, the lower end of a range, or the size of the change.
        value_high: the upper end of a range.
        change_unit: as in :data:`rdlib.plan.indicator.CHANGE_UNITS`, for a change.
        due: by when.
        unit: what the number counts, as far as the words say: ``"%"``, ``"$"``, ``"days"``, ``"rank"``; else the unit
            of the indicator.
        says: what this reading means, for a reader to choose by.
        part: the part of the wording that it reads, where one wording holds several targets.
    """

    kind: str
    value: float | None = None
    value_high: float | None = None
    change_unit: str | None = None
    due: Period | None = None
    unit: str | None = None
    says: str = ""
    part: str | None = None


def is_percent(unit: str | None) -> bool:
    """Say whether a unit is a percentage.

    >>> is_percent("%"), is_percent("per cent of patients"), is_percent("days")
    (True, True, False)
    """
    return bool(re.match(r"%|per ?cent|pour ?cent", (unit or "").strip().lower()))


_SHARES = re.compile(r"%|\b(?:per ?cent|pour ?cent|pct|share|proportion|rate|ratio|taux|part)\b", re.IGNORECASE)


def may_be_share(unit: str | None) -> bool:
    """Say whether a unit is a share by any of its names, so that a number in percent can be meant for it.

    >>> may_be_share("share of requests"), may_be_share("requests")
    (True, False)
    """
    return bool(_SHARES.search(unit or ""))


def say(
    kind: str, value: float | None, high: float | None = None, change_unit: str | None = None, unit: str | None = None
) -> str:
    """Say in a few words what a target of this kind asks for.

    >>> say("at-least", 85.0, unit="%")
    '85% or more'
    >>> say("fall", 30.0, change_unit="points")
    'a fall by 30 percentage points'
    """
    if kind in CHANGES:
        return _say_change(kind, value, change_unit, unit)
    said = format_number(value, unit) if value is not None else _("no value")
    if kind == "between":
        upper = format_number(high, unit) if high is not None else _("no value")
        return _("between {low} and {high}").format(low=said, high=upper)
    if kind == "at-least" and value == 100 and is_percent(unit):
        return _("{value}, which is all of it").format(value=said)
    if kind == "at-most" and unit == "rank" and value is not None:
        return _("place {value} or better").format(value=format_number(value))
    return {
        "at-least": _("{value} or more"),
        "at-most": _("{value} or less"),
        "exactly": _("exactly {value}"),
        "milestone": _("something is done, or it is not"),
        "tbd": _("still to be decided"),
        "context": _("no target: watched as context only"),
    }[kind].format(value=said)


def _say_change(kind: str, value: float | None, change_unit: str | None, unit: str | None) -> str:
    if value is None:
        return _("a rise, without saying how far") if kind == "rise" else _("a fall, without saying how far")
    if change_unit == "percent":
        said = _("a rise by {size} of the baseline") if kind == "rise" else _("a fall by {size} of the baseline")
        return said.format(size=format_number(value, "%"))
    if change_unit == "points":
        said = _("a rise by {size} percentage points") if kind == "rise" else _("a fall by {size} percentage points")
        return said.format(size=format_number(value))
    said = _("a rise by {size}") if kind == "rise" else _("a fall by {size}")
    return said.format(size=format_number(value, unit))


def say_example(kind: str, size: float, change_unit: str) -> str:
    """Say what a change of a share means, with an example that tells percent from percentage points.

    >>> say_example("fall", 30.0, "percent")
    'a fall by 30% of the baseline: from 80% it would come to 56%'
    >>> say_example("fall", 30.0, "points")
    'a fall by 30 percentage points: from 80% it would come to 50%'
    """
    meaning = _say_change(kind, size, change_unit, "%")
    start, way = (20.0, 1) if kind == "rise" else (80.0, -1)
    end = start + way * (start * size / 100 if change_unit == "percent" else size)
    if not 0 <= end <= 100:
        return meaning
    return _("{meaning}: from {start} it would come to {end}").format(
        meaning=meaning, start=format_number(start, "%"), end=format_number(end, "%")
    )

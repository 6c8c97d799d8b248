"""What one number of a target asks for: the readings that are made from it, each with its unit and its words."""

from __future__ import annotations

import re

import attrs

from rdlib.rules.target_marks import Number
from rdlib.rules.target_readings import TargetReading, say, say_example
from rdlib.rules.target_sentence import TIME, Sentence, search
from rdlib.words import _, format_number

_TIME_AFTER = search(rf"^-?(?P<unit>{TIME})")
_UNIT_TIMES = ((r"million", 1e6), (r"milliard|billion", 1e9), (r"thousand|millier|mille\b", 1e3))


def written_unit(n: Number, after: str) -> str | None:
    """Return the unit that the words give a number, or None."""
    if n.unit in {"%", "part", "percentage points"}:
        return "%"
    if n.unit not in {None, "points"}:
        return n.unit
    time = _TIME_AFTER(after)
    return time["unit"] if time else None


def value_of(sentence: Sentence, n: Number) -> float:
    """Return the value in the unit of the indicator: "$1.2 million" is 1.2 where the unit is "million $"."""
    unit = (sentence.asked.unit or "").lower()
    by = next((times for word, times in _UNIT_TIMES if re.search(word, unit)), 1.0)
    return n.value / by if n.times > 1 else n.value


def unit_of(sentence: Sentence, n: Number, after: str) -> str | None:
    """Return the unit of a reading: what the words say, unless the indicator counts in thousands or millions."""
    scaled = n.times > 1 and value_of(sentence, n) != n.value
    return sentence.asked.unit if scaled else written_unit(n, after) or sentence.asked.unit


def reading_of(sentence: Sentence, kind: str, n: Number, after: str) -> TargetReading:
    """Return the reading of a number as a least, a most or an exact value."""
    value, unit = value_of(sentence, n), unit_of(sentence, n, after)
    return TargetReading(kind, value, due=sentence.due, unit=unit, says=say(kind, value, unit=unit))


def movement_of(sentence: Sentence, kind: str) -> TargetReading:
    """Return the reading of a rise or fall without a size."""
    return TargetReading(kind, due=sentence.due, unit=sentence.asked.unit, says=say(kind, None))


def changes_of(
    sentence: Sentence, kind: str, n: Number, after: str = "", noun: str | None = None
) -> list[TargetReading]:
    """Return the readings of a change by a size: percent of the baseline, percentage points, or units.

    Args:
        sentence: the sentence it stands in.
        kind: rise or fall.
        n: its size.
        after: the words after it.
        noun: who or what is to be more or fewer, where it is said so: "5% fewer patients" can be about their number.
    """
    asked = sentence.asked
    share = asked.percent or (noun is not None and not asked.unit)
    if n.unit == "percentage points" or (n.unit == "points" and (asked.percent or not asked.unit)):
        return [_changed_by(sentence, kind, n.value, "points", "%")]
    if n.unit == "part":
        return [_changed_by(sentence, kind, n.value, "percent", asked.unit)]
    if n.unit != "%":
        change_unit = "points" if asked.percent else "units"
        return [_changed_by(sentence, kind, value_of(sentence, n), change_unit, unit_of(sentence, n, after))]
    if not share:
        return [_changed_by(sentence, kind, n.value, "percent", asked.unit)]
    in_number = [_changed_in_number(sentence, kind, n.value, noun)] if noun else []
    return in_number + [
        attrs.evolve(_changed_by(sentence, kind, n.value, each, "%"), says=say_example(kind, n.value, each))
        for each in ("percent", "points")
    ]


def _changed_by(sentence: Sentence, kind: str, size: float, change_unit: str, unit: str | None) -> TargetReading:
    says = say(kind, size, change_unit=change_unit, unit=unit)
    return TargetReading(kind, size, change_unit=change_unit, due=sentence.due, unit=unit, says=says)


def _changed_in_number(sentence: Sentence, kind: str, size: float, noun: str) -> TargetReading:
    more, fewer = (
        _("{size} more {noun}: their number, not their share"),
        _("{size} fewer {noun}: their number, not their share"),
    )
    says = (more if kind == "rise" else fewer).format(size=format_number(size, "%"), noun=noun)
    return TargetReading(kind, size, change_unit="percent", due=sentence.due, unit=noun, says=says)

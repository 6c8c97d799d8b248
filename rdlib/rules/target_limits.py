"""What one reading of a target comes to in numbers, and whether two statements about a target can both be right."""

from __future__ import annotations

import re

from rdlib.plan.indicator import Indicator
from rdlib.plan.values import Period, number
from rdlib.rules.target_readings import CHANGES, TargetReading, is_percent, may_be_share, say
from rdlib.words import _, format_date

#: Kinds of target that ask for no number at all.
NO_NUMBER = frozenset({"milestone", "tbd", "context"})
_NOT_SET = frozenset({"tbd", "context"})

_Limits = tuple[float | None, float | None]
_OPEN: _Limits = (None, None)


def limits_of(indicator: Indicator, reading: TargetReading) -> _Limits:
    """Return the lowest and highest value that count as reached by one reading; (None, None) where neither is known.

    A rise or fall is counted from the baseline: percent of it, or points and units added to it.

    >>> from rdlib.plan.indicator import Baseline
    >>> limits_of(Indicator(baseline=Baseline(value=20.0)), TargetReading("fall", 30.0, change_unit="percent"))
    (None, 14.0)
    """
    value = reading.value
    if value is None or reading.kind in NO_NUMBER or other_unit(indicator, reading):
        return _OPEN
    if reading.kind == "between":
        high = reading.value_high
        return (value, high) if high is not None and value <= high else _OPEN
    if reading.kind in CHANGES:
        end = _end_of_change(indicator, reading, value)
        return (end, None) if reading.kind == "rise" else (None, end)
    return {"at-least": (value, None), "at-most": (None, value)}.get(reading.kind, (value, value))


def _end_of_change(indicator: Indicator, reading: TargetReading, size: float) -> float | None:
    base = number(indicator.baseline.value)
    if base is None or reading.change_unit is None or (reading.change_unit == "percent" and base == 0):
        return None
    step = abs(base) * size / 100 if reading.change_unit == "percent" else size
    return float(f"{base + step if reading.kind == 'rise' else base - step:.12g}")  # 20 - 30% is 14, not 13.999...


_TIMES = tuple(
    re.compile(rf"(?:{words})s?\b")
    for words in ("seconde?", "minute", "hour|hr|heure", "day|jour", "week|semaine", "month|mois", "year|an|année")
)


def _time(unit: str) -> int | None:
    words = re.sub(r"^(?:business|working|calendar) ", "", unit.strip().lower())
    return next((place for place, time in enumerate(_TIMES) if time.match(words)), None)


def other_unit(indicator: Indicator, reading: TargetReading) -> bool:
    """Say whether the words count in another unit than the indicator: hours and minutes, a share and a number of days.

    >>> other_unit(Indicator(unit="minutes"), TargetReading("at-most", 4.0, unit="hours"))
    True
    """
    theirs, ours = reading.unit, indicator.unit
    if not theirs or not ours or theirs == ours:
        return False
    if reading.kind in CHANGES and reading.change_unit == "percent":
        return is_percent(ours) and not is_percent(theirs)  # the number of people, where the indicator is their share
    if is_percent(theirs):
        return not may_be_share(ours)
    time = _time(theirs)
    return time is not None and (is_percent(ours) or _time(ours) not in {None, time})


# --- words and fields --------------------------------------------------------------------------------------------


def contradiction_of(
    indicator: Indicator, fields: tuple[TargetReading, ...], words: tuple[TargetReading, ...]
) -> str | None:
    """Say where the words of a target and its fields, or its words and the unit, cannot both be right.

    Args:
        indicator: the indicator.
        fields: the readings of the fields alone; empty where the fields leave the number to the words.
        words: the readings of the words.
    """
    due, dues = indicator.target.due, [r.due for r in words if r.due]
    if due and dues and not any(_meet(d, due) for d in dues):
        return _("By its words it is due by {words}, by its fields by {fields}.").format(
            words=format_date(dues[0].end), fields=format_date(due.end)
        )
    if fields and words and not any(_agree(indicator, f, w) for f in fields for w in words):
        return _("The words say: {words}. The fields say: {fields}.").format(
            words=_("; or ").join(dict.fromkeys(r.says for r in words)),
            fields=_("; or ").join(say(f.kind, f.value, f.value_high, f.change_unit, f.unit) for f in fields),
        )
    strange = next((r.unit for r in words if r.kind not in CHANGES and other_unit(indicator, r)), None)
    if strange:
        return _("The words count in “{words}”, and the unit of the indicator is “{unit}”.").format(
            words=strange, unit=indicator.unit
        )
    return None


def _meet(a: Period, b: Period) -> bool:
    """Whether two due dates may mean the same: one falls due inside the other, or they are a day apart.

    "By 2018" goes with the end of March 2018 and with 2018/19: whether the calendar or the fiscal year was meant is
    asked elsewhere.
    """
    return a.start <= b.end <= a.end or b.start <= a.end <= b.end or abs((a.end - b.end).days) <= 1


def _agree(indicator: Indicator, f: TargetReading, w: TargetReading) -> bool:
    """Whether a reading of the fields and one of the words may mean the same, as far as both are known."""
    if {f.kind, w.kind} & _NOT_SET:
        return f.kind == w.kind
    if "milestone" in {f.kind, w.kind}:
        return True
    if (f.kind in CHANGES) != (w.kind in CHANGES):
        mine, theirs = limits_of(indicator, f), limits_of(indicator, w)
        return mine == theirs or _OPEN in {mine, theirs}
    all_of_it = {f.kind, w.kind} == {"at-least", "exactly"} and f.value == w.value == 100
    if f.kind != w.kind and not all_of_it:
        return False
    pairs = ((f.value, w.value), (f.value_high, w.value_high), (f.change_unit, w.change_unit))
    return all(a is None or b is None or a == b for a, b in pairs)

"""Series to read in: months in a row, and priorities with what was written down about them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from typing import Any

import attrs

from rdlib.plan.blips import READINGS, SPECIAL_EVENTS, STEPS, USUAL
from rdlib.plan.indicator import Indicator, Observation, Target
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.values import read_period
from rdlib.rules.findings import Finding
from rdlib.rules.r09_blip import check
from rdlib.rules.r09_charts import Behaviour, behaviour
from rdlib.rules.registry import Context

TODAY = date(2030, 1, 1)
#: Twenty-four values that only scatter around 82 (seeded, and looked at: no sign in them).
QUIET = [82.0 + each for each in (0.9, -0.7, 0.3, -1.1, 1.2, 0.1, -0.4, 0.8, -0.9, 0.5, -0.2, 1.0, -1.2, 0.4, 0.7, -0.6,
                                  -0.1, 1.1, -0.8, 0.2, 0.6, -1.0, 0.9, -0.3)]  # fmt: skip


def noise(count: int, seed: int, *, level: float = 82.0, spread: float = 1.0) -> list[float]:
    """Values that only scatter."""
    source = random.Random(seed)
    return [round(source.gauss(level, spread), 1) for _n in range(count)]


def monthly(values: Sequence[float | None], start: int = 2010, notes: dict[int, str] | None = None) -> Any:
    """A value a month from January of a year; None for a month without one."""
    return tuple(
        Observation(read_period(f"{start + n // 12}-{n % 12 + 1:02d}"), value, (notes or {}).get(n))
        for n, value in enumerate(values)
        if value is not None
    )


def yearly(*values: float, start: int = 2010) -> Any:
    """A value a year."""
    return tuple(Observation(read_period(str(start + n)), value) for n, value in enumerate(values))


SEEN = Indicator(
    id="i1",
    name="Share of patients seen in four hours",
    unit="%",
    direction="up",
    target=Target(kind="at-least", value=90.0, due=read_period("2031-12")),
)


def priority(values: Any, *, indicator: Indicator = SEEN, assessments: Any = (), **parts: Any) -> Priority:
    """A priority with one indicator: values of months (or observations), and rows of the parts of the tool."""
    observations = values if values and isinstance(values[0], Observation) else monthly(values)
    names = {"usual": USUAL.key, "steps": STEPS.key, "events": SPECIAL_EVENTS.key, "readings": READINGS.key}
    given = {names[key]: tuple(rows) for key, rows in parts.items() if key in names}
    given |= {key: tuple(rows) for key, rows in parts.items() if key not in names}
    return Priority(
        "p", indicators=(attrs.evolve(indicator, observations=observations),), assessments=assessments, parts=given
    )


def read(values: Any, day: date = TODAY, **more: Any) -> Behaviour:
    """The behaviour of such an indicator."""
    subject = priority(values, **more)
    return behaviour(subject.indicators[0], subject, Context(Plan(), day))


def found(subject: Priority, day: date = TODAY) -> list[Finding]:
    """What the check says."""
    return check(subject, Context(Plan(priorities=(subject,)), day))


def codes(subject: Priority, day: date = TODAY) -> set[str]:
    """The codes of what the check says."""
    return {finding.code for finding in found(subject, day)}

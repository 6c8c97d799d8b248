"""A priority that two people rated and agreed on, with a figure that bears them out; to change one thing at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from rdlib.plan.assessment import Assessment
from rdlib.plan.assessment_ratings import AssessmentRating
from rdlib.plan.indicator import Indicator, Observation, Target, TrajectoryPoint
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Outcome, Person, Priority
from rdlib.plan.routines import Routine
from rdlib.plan.values import read_period
from rdlib.rules.registry import Context

TODAY = date(2027, 5, 20)
WHY = "Eleven of twelve wards free a bed before noon, seen on 3 May"
RATINGS: dict[str, Any] = {"challenge": 2, "planning": 3, "capacity": 3, "stage": 2, "evidence": 3, "likelihood": 3}
WHYS: dict[str, Any] = {f"{name}_why": WHY for name in RATINGS}
SHARE = Indicator(
    "i1",
    name="Share of patients through in four hours",
    unit="%",
    direction="up",
    target=Target(kind="at-least", value=90.0, due=read_period("2028-03")),
    trajectory=(TrajectoryPoint("t1", when=read_period("2027-03"), value=82.0),),
    observations=(
        Observation(read_period("2026-03"), 80.0),
        Observation(read_period("2027-03"), 83.0),
    ),
)
ANN = AssessmentRating("r1", person="ann", day=date(2027, 5, 10), **RATINGS, **WHYS)
BEN = attrs.evolve(ANN, id="r2", person="ben", likelihood=2, stage=3)
AGREED = Assessment("a1", day=date(2027, 5, 14), raters=("ann", "ben"), **RATINGS, **WHYS)
STOCKTAKE = Routine("u1", title="Stocktake", form="stocktake", frequency="weeks", weeks=8.0, priorities=("waits",))


def priority(
    *ratings: AssessmentRating, agreed: tuple[Assessment, ...] = (), indicators: Any = (SHARE,), **changes: Any
) -> Priority:
    return Priority(
        "waits",
        title="Shorter waits",
        leaders=("ann",),
        outcomes=(Outcome("o1", statement="Short waits"),),
        indicators=tuple(indicators),
        assessments=agreed,
        parts={"assessment_ratings": ratings},
        **changes,
    )


GOOD = priority(ANN, BEN, agreed=(AGREED,))


def plan(*priorities: Priority, **parts: Any) -> Plan:
    people = (Person("ann", "Ann Roy"), Person("ben", "Ben Sy"))
    return Plan(
        title="Plan", people=people, priorities=priorities or (GOOD,), parts={"routines": (STOCKTAKE,), **parts}
    )


def context(*priorities: Priority, day: date = TODAY, **parts: Any) -> Context:
    return Context(plan(*priorities, **parts), day)

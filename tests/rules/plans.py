"""A priority on which nothing is wrong, to change one thing at a time from."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from rdlib.plan.indicator import Baseline, Benchmark, Indicator, Observation, Target, ThreeM
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Outcome, Priority
from rdlib.plan.values import read_period
from rdlib.rules.findings import Finding
from rdlib.rules.registry import Context

THREE_M = ThreeM(
    meaningful=True,
    meaningful_why="Patients in pain are treated sooner, and fewer leave before they are seen.",
    moveable=True,
    lever="indirect",
    moveable_why="Hospital agreements can ask for a senior clinician at the front door.",
    measurable=True,
    measurable_why="Each hospital records arrival and departure times in its register.",
    sources=("Hospital activity returns",),
    collected_how="Clerks record both times; returns arrive ten days after the month ends.",
    frequency="monthly",
    breakdowns=("hospital", "age"),
    data_owner="Head of hospital statistics",
)


def observed(*values: float, start: int = 2010, **breakdown: str) -> tuple[Observation, ...]:
    """Yearly values from a start year on."""
    return tuple(
        Observation(when=read_period(str(start + n)), value=float(v), breakdown=dict(breakdown))
        for n, v in enumerate(values)
    )


INDICATOR = Indicator(
    id="i1",
    name="Share of emergency patients through within four hours",
    outcome="o2",
    definition="All arrivals at major departments, from arrival to leaving.",
    unit="%",
    direction="up",
    three_m=THREE_M,
    baseline=Baseline(value=78.0, when=read_period("2017"), source="Annual return"),
    benchmarks=(
        Benchmark(id="b1", kind="peers", name="Northern system", value=88.0, when=read_period("2017"), source="Report"),
        Benchmark(id="b2", kind="peers", name="Southern system", value=80.0, when=read_period("2017"), source="Report"),
    ),
    target=Target(
        wording="At least 85% by March 2020",
        kind="at-least",
        value=85.0,
        due=read_period("2020-03"),
        commitment="provisional",
    ),
    observations=observed(70, 71, 73, 72, 75, 74, 77, 78),
)

PRIORITY = Priority(
    id="waits",
    title="Shorter waits in emergency rooms",
    leaders=("Minister of Health",),
    stakeholders=("Hospitals",),
    outcomes=(
        Outcome(id="o1", statement="People survive emergencies more often", level="long-term"),
        Outcome(id="o2", statement="People are seen quickly", level="shorter-term", leads_to="o1"),
    ),
    indicators=(
        INDICATOR,
        attrs.evolve(
            INDICATOR,
            id="i2",
            outcome="o1",
            name="Deaths within thirty days of an emergency visit per 1 000 visits",
            unit="deaths per 1 000 visits",
            direction="down",
            baseline=Baseline(value=20.0, when=read_period("2017"), source="Annual return"),
            benchmarks=(Benchmark(id="b1", kind="peers", name="Northern system", value=15.0),),
            target=Target(
                wording="At most 16 by December 2020",
                kind="at-most",
                value=16.0,
                due=read_period("2020-12"),
                commitment="provisional",
            ),
            observations=observed(27, 26, 25, 25, 23, 22, 21, 20),
        ),
    ),
)

PLAN = Plan(title="Plan", mandate_start=date(2016, 1, 1), mandate_end=date(2020, 12, 31), language="en")
CONTEXT = Context(PLAN, date(2018, 6, 30))


def with_indicator(**changes: Any) -> Priority:
    """The good priority with its first indicator changed."""
    return attrs.evolve(PRIORITY, indicators=(attrs.evolve(INDICATOR, **changes), *PRIORITY.indicators[1:]))


def with_three_m(**changes: Any) -> Priority:
    """The good priority with the 3M evaluation of its first indicator changed."""
    return with_indicator(three_m=attrs.evolve(THREE_M, **changes))


def with_target(**changes: Any) -> Priority:
    """The good priority with a target of its own."""
    return with_indicator(target=Target(**{"commitment": "provisional", **changes}))


def codes(findings: list[Finding]) -> set[str]:
    """The codes of what was found."""
    return {f.code for f in findings}

"""A priority of which the plan proves all that can be looked up, rated by two people, to change one thing at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from rdlib.plan.chain import CHAINS, Actor, Chain, Level, Link, Loop
from rdlib.plan.coalition import COALITION, Member
from rdlib.plan.effects import Effect
from rdlib.plan.milestones import Milestone, Resources
from rdlib.plan.parts import Part
from rdlib.plan.priority import Priority
from rdlib.plan.risks import RISKS, Risk
from rdlib.plan.rubric import (
    RUBRIC,
    RUBRIC_AGREED,
    PlannedChains,
    PlannedStrategies,
    PlannedTrajectories,
    RubricDecision,
    RubricRating,
)
from rdlib.plan.strategy import STRATEGIES
from rdlib.plan.values import read_period
from tests.rules.strategies import BEDS, SEE
from tests.rules.strategies import priority as with_strategies

SHOWN = "Minutes of the review of 3 May, item two"
TAKES = Resources(people="Six teams of four for a year", money="About 4 million, agreed", technology="None is needed")
STEP = Milestone("m1", title="Fifty departments work this way", when=read_period("2018-06"), owner="National lead")
PLANNED: dict[str, Any] = {"resources": TAKES, "scale": "All 200 departments", "milestones": (STEP,)}

CHAIN = Chain(
    "c1",
    title="From the centre to the department",
    strategies=("s1", "s2"),
    levels=(Level("l1", title="Centre"), Level("l2", title="Hospitals"), Level("l3", title="Patients")),
    actors=(
        Actor("a1", title="National lead", level="l1", part="start", role="Sets the aim", skill=4, will=4),
        Actor("a2", title="Trusts", level="l2", role="Change the day", skill=2, will=3, building="Teams show how"),
        Actor("a3", title="Patients", level="l3", part="end"),
    ),
    links=(
        Link("k1", source="a1", target="a2", formal=2, informal=2),
        Link("k2", source="a2", target="a3", formal=3, informal=3),
    ),
    loops=(
        Loop(
            "f1", title="Weekly waits", actors=("a1", "a2"), measure="Share", frequency="weekly", evidence_state="now"
        ),
    ),
)
RISK = Risk(
    "r1",
    title="Trusts have no room for a second stream",
    strategies=("s1",),
    actors=("c1/a2",),
    answer="Rooms are part of the help",
    owner="National lead",
)


def _effect(strategy: str, size: float) -> Effect:
    return Effect(
        f"e{strategy}",
        strategy=strategy,
        size=size,
        start=read_period("2018-02"),
        full=read_period("2019-12"),
        certainty="likely",
        basis="Two steps of sums",
    )


def rated(*marks: int | None, **others: Any) -> dict[str, Any]:
    """The three groups of a rating, from eight marks in their order; each with something to show."""
    names = ("aspiration", "strategies", "leadership", "resources", "chain", "risks", "trajectory", "feedback")
    groups: dict[str, Any] = {}
    for key, record in (
        ("strategies", PlannedStrategies),
        ("chains", PlannedChains),
        ("trajectories", PlannedTrajectories),
    ):
        values: dict[str, Any] = {}
        for name, mark in zip(names, marks, strict=True):
            if name in {a.name for a in attrs.fields(record)}:
                values |= {name: mark, f"{name}_why": others.get(f"{name}_why", SHOWN if mark else None)}
        groups[key] = record(**values)
    return groups


ONE = RubricRating("r1", person="Ada", day=date(2018, 5, 1), **rated(4, 4, 3, 3, 4, 3, 4, 4))
OTHER = RubricRating("r2", person="Ben", day=date(2018, 5, 2), **rated(4, 3, 4, 3, 3, 3, 4, 4))
AGREED = RubricDecision("d1", person="Cleo", day=date(2018, 5, 3), **rated(4, 4, 4, 3, 4, 3, 4, 4))


def priority(*ratings: RubricRating, agreed: tuple[RubricDecision, ...] = (AGREED,)) -> Priority:
    """The good plan with these ratings."""
    made = with_strategies(attrs.evolve(SEE, **PLANNED), attrs.evolve(BEDS, **PLANNED))
    indicators = tuple(attrs.evolve(i, effects=tuple(_effect(s, 5.0) for s in ("s1", "s2"))) for i in made.indicators)
    outcomes = tuple(attrs.evolve(o, leader="National lead") for o in made.outcomes)
    parts = {
        **made.parts,
        CHAINS.key: (CHAIN,),
        RISKS.key: (RISK,),
        COALITION.key: (Member("m1", name="President of the physicians", role="Says what is safe"),),
        RUBRIC.key: ratings or (ONE, OTHER),
        RUBRIC_AGREED.key: agreed,
    }
    return attrs.evolve(made, indicators=indicators, outcomes=outcomes, parts=parts)


def having(part: Part[Any], *rows: Any) -> Priority:
    """The good plan with other rows in one of its tables."""
    good = priority()
    return attrs.evolve(good, parts={**good.parts, part.key: rows})


def with_strategy(id_: str, **changes: Any) -> Priority:
    """The good plan with one strategy changed."""
    return having(STRATEGIES, *(attrs.evolve(s, **changes) if s.id == id_ else s for s in STRATEGIES.read(priority())))

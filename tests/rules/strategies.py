"""A priority whose strategies leave nothing to be desired, to change one thing at a time from."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from rdlib.plan.priority import Priority
from rdlib.plan.review import REVIEWS, ArchitectureReview
from rdlib.plan.strategy import STRATEGIES, Strategy
from rdlib.plan.values import read_period
from tests.rules.plans import PRIORITY as TARGETS

SEE = Strategy(
    id="s1",
    title="See and treat at the front door",
    line="Quality",
    indicators=("i1",),
    changes="Today all stand in one queue; from then on minor cases have a clinician of their own.",
    because="Because minor cases leave within the hour, cubicles come free and fewer patients pass four hours.",
    changes_system=True,
    system_how="The rota and what a nurse may decide change for good.",
    start=read_period("2018-01"),
    end=read_period("2018-09"),
    leader="National lead",
    impact=8.0,
    evidence_kind="elsewhere",
    evidence="Three hospitals moved from 71% to 80% in five months.",
    difficulty=4.0,
    difficulty_why="More than two hundred departments change their day; it costs little.",
    status="chosen",
    status_why="Felt within weeks in each department.",
    together="Frees the cubicles that make more beds worth having.",
    feasibility=3,
    feasibility_why="Emergency physicians are for it; some consultants ask for a written protocol.",
)
BEDS = attrs.evolve(
    SEE,
    id="s2",
    title="Free beds before noon",
    line="Demand",
    indicators=("i1", "i2"),
    start=read_period("2018-10"),
    end=read_period("2019-12"),
    leader="Director of hospital operations",
    impact=7.0,
    difficulty=8.0,
    depends_on=("s1",),
    together=None,
    feasibility=4,
)
LINE = attrs.evolve(
    SEE,
    id="s3",
    title="A telephone line for advice",
    line="Demand",
    impact=2.0,
    difficulty=3.0,
    status="candidate",
    status_why=None,
    together=None,
    feasibility=None,
    feasibility_why=None,
)
CENTRES = attrs.evolve(
    LINE, id="s4", title="Walk-in centres", difficulty=7.0, status="dropped", status_why="A year of them moved nothing."
)
REVIEW = ArchitectureReview(
    id="r1",
    day=date(2018, 5, 31),
    outcomes=4,
    outcomes_notes="Two outcomes, both said in words that anybody understands.",
    indicators=3,
    indicators_notes="The survey comes late.",
    strategies=4,
    strategies_notes="Both targets have their strategies.",
    accountability=3,
    accountability_notes="The outcomes have no leaders of their own yet.",
)
ALL = (SEE, BEDS, LINE, CENTRES)


def priority(*strategies: Strategy, reviews: tuple[ArchitectureReview, ...] = (REVIEW,)) -> Priority:
    """The good targets with these strategies."""
    return attrs.evolve(TARGETS, parts={STRATEGIES.key: strategies or ALL, REVIEWS.key: reviews})


def with_one(id_: str, **changes: Any) -> Priority:
    """The good strategies with one of them changed."""
    return priority(*(attrs.evolve(s, **changes) if s.id == id_ else s for s in ALL))


def with_all(**changes: Any) -> Priority:
    """The good strategies, all changed in the same way."""
    return priority(*(attrs.evolve(s, **changes) for s in ALL))


def with_review(**changes: Any) -> Priority:
    """The good strategies with a changed review."""
    return priority(reviews=(attrs.evolve(REVIEW, **changes),))

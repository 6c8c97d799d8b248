"""Challenges that are in hand and a review that is well planned, to change one thing at a time from."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from rdlib.plan.challenges import Challenge
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.priority_review import (
    PriorityReview,
    Recommendation,
    ReviewFinding,
    ReviewQuestion,
    Visit,
)
from rdlib.plan.routines import Routine
from rdlib.rules.registry import Context
from tests.rules import assessments

TODAY = assessments.TODAY  # 20 May 2027
NUDGE = Challenge(
    "h1", title="Nurses need three signatures", raised_by="front-line", opened=date(2027, 5, 3), off_track=True,
    shown="Told by two nurses", effect="slight", cause="clear", solution="clear", tried="no", salient=False, top=False,
    complexity="low", urgency="low", treated="1", hours=1.0, owner="ann", next_look=date(2027, 6, 1),
)  # fmt: skip
DRIVE = attrs.evolve(
    NUDGE, id="h2", title="Beds are free in the afternoon", effect="severe", cause="guess", solution="open",
    tried="failed", tried_result="Three talks, three opinions", salient=True, complexity="great", urgency="both",
    treated="3", hours=20.0,
)  # fmt: skip
CRISIS = attrs.evolve(DRIVE, id="h3", title="The figures are wrong", top=True, treated="4", next_look=date(2027, 5, 24))
SOLVED = attrs.evolve(NUDGE, id="h4", status="solved", closed=date(2027, 5, 10), outcome="One signature is enough")
WEEKLY = Routine("u2", title="Team", form="meeting", frequency="weekly", priorities=("waits",))

VISIT = Visit("b1", place="North", kind="front-line", standing="best", day=date(2027, 6, 8), who=("ann",))
FAR = attrs.evolve(VISIT, id="b2", place="South", standing="worst", day=date(2027, 6, 10))
ADVICE = Recommendation("r1", what="Ten wards begin", owner="ben", due=date(2027, 8, 1))
FOUND = ReviewFinding("f1", what="Nobody knows at ten which bed is free", shown="Seen in four wards")
REVIEW = PriorityReview(
    "v1", question="Why are beds free in the afternoon?", challenge="h2", lead="ann", starts=date(2027, 6, 1),
    ends=date(2027, 7, 9), report=date(2027, 7, 15), data=("Hour of discharge by ward",),
    questions=(ReviewQuestion("q1", question="Who knew of the last free bed?", asked="The ward sister"),),
    visits=(VISIT, FAR),
)  # fmt: skip
DONE = attrs.evolve(
    REVIEW, id="v2", starts=date(2027, 3, 1), ends=date(2027, 4, 9), report=date(2027, 4, 15),
    visits=(
        attrs.evolve(VISIT, day=date(2027, 3, 8), seen="A board with all beds"),
        attrs.evolve(FAR, day=date(2027, 3, 9), seen="A telephone that nobody answers"),
    ),
    findings=(FOUND,), recommendations=(ADVICE,),
)  # fmt: skip


def priority(
    *rows: Challenge, reviews: tuple[PriorityReview, ...] = (), indicators: Any = (), **changes: Any
) -> Priority:
    parts = {"challenges": rows, "priority_reviews": reviews, **changes}
    return Priority("waits", title="Shorter waits", leaders=("ann",), indicators=tuple(indicators), parts=parts)


def plan(*priorities: Priority, **parts: Any) -> Plan:
    return attrs.evolve(assessments.plan(*priorities), parts={"routines": (WEEKLY,), **parts})


def context(*priorities: Priority, day: date = TODAY, **parts: Any) -> Context:
    return Context(plan(*priorities, **parts), day)

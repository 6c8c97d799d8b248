"""A coalition on which nothing is wrong, to change one thing at a time from."""

from __future__ import annotations

from typing import Any

import attrs

from rdlib.plan.coalition import LeftOut, Member
from rdlib.plan.priority import Priority
from tests.rules.plans import PRIORITY as BARE

DEPUTY = Member(
    "m1",
    name="Deputy Minister of Health",
    kind="deputy",
    standing="current",
    why="Decides which work of the department comes first.",
    role="Clears the way in the department and chairs the monthly review.",
    formal="4",
    informal="2",
    money=True,
    importance="4",
    relationship=4,
    relationship_shown="In March she moved two posts to the pilot when the region refused.",
    strengthen="Half an hour every second Thursday, with the regional figures a day before.",
    help_to_ask="Name the two regions that start the new way of working in May.",
    feedback_to_ask="Which of our rules make the work on the wards harder?",
    gains="Fewer complaints on her desk, and one priority that visibly moves.",
    message="You will see every region's figures first, and we will come and help where yours are stuck.",
)
MINISTER = Member(
    "m2",
    name="Minister of Health",
    kind="political",
    standing="current",
    why="Gave the promise in public and decides whether it is repeated.",
    role="Speaks for it in cabinet.",
    formal="3",
    informal="3",
    money=False,
    importance="4",
    relationship=3,
    help_to_ask="One visit to a waiting room each month, without cameras.",
    feedback_to_ask="What do you hear in the corridors of parliament?",
    gains="A promise that is kept before the election.",
    message="Each month you can tell parliament one thing that has become better for patients.",
)
FINANCE = Member(
    "m3",
    name="Head of health spending",
    organisation="Department of Finance",
    kind="central",
    standing="current",
    why="Signs each payment to the regions.",
    role="Ties next year's money to the wait.",
    formal="3",
    informal="2",
    money=True,
    importance="3",
    relationship=2,
    strengthen="Show her the cost per visit before the budget round in October.",
    help_to_ask="Let regions keep what they save until the end of the year.",
    feedback_to_ask="Which of our figures would not survive your minister's questions?",
    gains="Knows what each dollar brings.",
    message="For every dollar you give you will see what it changed, region by region.",
)
PHYSICIAN = Member(
    "m4",
    name="President of the emergency physicians' association",
    kind="implementer-outside",
    standing="potential",
    speaks_for=("Hospitals",),
    why="Physicians change how they work when she says that it is safe.",
    role="Tries the new way in her own department and shows it to others.",
    formal="1",
    informal="4",
    money=False,
    importance="4",
    relationship=2,
    strengthen="A day on her ward in June, and her name on the clinical rules.",
    help_to_ask="Open your department to visitors for one week.",
    feedback_to_ask="Where does the clock make care worse?",
    gains="Calmer departments, and staff who stay.",
    message="Your clinical rules come first; the clock stops where you say that it must.",
)
MEMBERS = (DEPUTY, MINISTER, FINANCE, PHYSICIAN)
OUT = (
    LeftOut("x1", kind="provincial", why="The hospitals are federal in this exercise."),
    LeftOut("x2", kind="indigenous", why="Asked in June; they want to be heard under Rule 10 instead."),
    LeftOut("x3", kind="enabler", why="Internal audit comes in once there is something to audit."),
)


def coalition(*members: Member, out: tuple[LeftOut, ...] = OUT, **changes: Any) -> Priority:
    """The priority of the other tests with these members."""
    return attrs.evolve(BARE, parts={"coalition": members, "left_out": out}, **changes)


GOOD = coalition(*MEMBERS)


def with_member(which: Member, **changes: Any) -> Priority:
    """The good coalition with one member changed."""
    return coalition(*(attrs.evolve(m, **changes) if m is which else m for m in MEMBERS))


def with_all(**changes: Any) -> Priority:
    """The good coalition with every member changed."""
    return coalition(*(attrs.evolve(m, **changes) for m in MEMBERS))

"""A priority that holds course, with nothing wrong on it; to change one thing at a time from."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from rdlib.plan.assessment import Assessment
from rdlib.plan.indicator import Baseline, Indicator, Observation, Target
from rdlib.plan.persist import CyclePlace, SelfCheck
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Outcome, Person, Priority
from rdlib.plan.risks import Risk
from rdlib.plan.strategy import Strategy
from rdlib.plan.values import read_period
from rdlib.rules.registry import Context

TODAY = date(2027, 5, 20)


def values(*numbers: float, start: str = "2026-06") -> tuple[Observation, ...]:
    """Monthly values of the whole, from a month on."""
    year, month = map(int, start.split("-"))
    return tuple(
        Observation(read_period(f"{year + (month - 1 + n) // 12}-{(month - 1 + n) % 12 + 1:02d}"), float(value))
        for n, value in enumerate(numbers)
    )


#: From 70 towards 90: half of the way in April 2027.
CLIMBS = Indicator(
    "i1",
    name="Share seen in time",
    outcome="o1",
    unit="%",
    direction="up",
    baseline=Baseline(value=70.0, when=read_period("2026-03")),
    target=Target(kind="at-least", value=90.0, due=read_period("2028-03")),
    observations=values(70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80),
)
STILL = attrs.evolve(CLIMBS, observations=values(70, 70, 71, 70, 70, 71, 70, 70, 71, 70, 70))
FLAT_HALF = attrs.evolve(CLIMBS, observations=values(70, 75, 80, 80, 80, 80, 80, 80, 80, 80, 80))
MET = attrs.evolve(CLIMBS, observations=values(80, 91, 91, 92, 91, 91, 92, 92, 92, 91, 91, 92, 92, start="2026-04"))
MET_LONG = attrs.evolve(
    CLIMBS, observations=values(80, *[91] * 18, start="2025-10"), baseline=Baseline(70.0, read_period("2025-03"))
)
BLIP = attrs.evolve(CLIMBS, observations=values(70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 91))

SEE = Strategy(
    "s1",
    title="See and treat",
    indicators=("i1",),
    because="Minor cases leave within the hour, so that cubicles come free",
    status="chosen",
    start=read_period("2026-07"),
    end=read_period("2027-12"),
    evidence_kind="own-figures",
    evidence="Three pilots moved from 71% to 80%",
    leader="ann",
)
BEDS = attrs.evolve(SEE, id="s2", title="Beds before noon", start=read_period("2026-10"), leader="ben")
LATER = attrs.evolve(
    SEE,
    id="s3",
    title="A new building",
    start=read_period("2027-09"),
    added_on=date(2027, 3, 1),
    evidence_kind="none",
    evidence=None,
    leader="ben",
)
PLACE = CyclePlace(
    "y1",
    day=date(2027, 5, 3),
    stage="first-climb",
    shown="Half of the wards free beds before noon, seen on 3 May",
    people=("ann",),
    next_step="The ten slowest wards are visited",
    owner="ann",
    due=date(2027, 6, 30),
)
SHOWN = "On 3 March the stocktake was held in the week of the strike"
CHECKED = SelfCheck(
    "k1",
    person="ann",
    day=date(2027, 5, 3),
    distraction=3,
    distraction_why=SHOWN,
    monotony=2,
    monotony_why="Of five speeches one told of a ward that got better",
    monotony_action="The speech of June tells of the ward in Leeds",
    monotony_owner="ben",
    monotony_due=date(2027, 6, 30),
    resistance=3,
    resistance_why=SHOWN,
    status_quo=4,
    status_quo_why=SHOWN,
    celebrate=3,
    celebrate_why="Eleven wards got a letter in April with what is left",
)
WINTER = Risk(
    "r1",
    title="A hard winter fills the beds",
    first_sign="Twice as much flu within two weeks",
    likelihood="2",
    effect="3",
    answer="Each region has a plan by October",
    owner="ann",
    by=read_period("2027-10"),
    status="at-work",
    reach="whole",
    could_come=read_period("2027-11"),
    if_it_comes="The regions speak at eight each morning and open the extra beds",
    my_part="I tell the Minister in October what a normal winter does to the share",
    my_part_owner="ann",
    my_part_by=date(2027, 10, 1),
    flexible="Visits can rest in January",
    firm="The target and its date",
    looked_on=date(2027, 5, 3),
    look_again=date(2027, 8, 2),
)
STRIKE = attrs.evolve(WINTER, id="r2", title="A strike of the porters", could_come=read_period("2027-09"))


def priority(*indicators: Indicator, rated: int | None = 3, **parts: Any) -> Priority:
    """The priority, with other indicators or parts where they are given."""
    assessments = (Assessment("a1", day=date(2027, 2, 1), likelihood=rated),) if rated else ()
    return Priority(
        "waits",
        title="Shorter waits",
        leaders=("ann",),
        outcomes=(Outcome("o1", statement="Short waits"),),
        indicators=indicators or (CLIMBS,),
        assessments=assessments,
        parts={"strategies": (SEE, BEDS), **parts},
    )


def context(*priorities: Priority, day: date = TODAY, **given: Any) -> Context:
    """The plan around it and the day."""
    people = (Person("ann", "Ann Roy"), Person("ben", "Ben Sy"))
    return Context(Plan(title="Plan", people=people, priorities=priorities, **given), day)

"""Routines on which nothing is wrong, to change one thing at a time from."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from rdlib.plan.plan import Plan
from rdlib.plan.priority import Outcome, Person, Priority
from rdlib.plan.routine_year import RoutineYear
from rdlib.plan.routines import Agenda, Issue, Preparation, PreparationStep, Routine, RoutineToday
from rdlib.rules.registry import Context

TODAY = date(2027, 4, 6)
YEAR = RoutineYear(
    starts=date(2027, 4, 1),
    holidays_of="CA-ON",
    hours="Mondays from nine to eleven; the twelve months stand in all six diaries.",
    turns="Waits come to the Minister every eight weeks, and to the deputy every month.",
    honesty="Whoever brings a red of their own accord speaks first, and gets help before questions.",
    likelihood="Each page ends with one line that says whether it will be delivered.",
    briefed="The lead sees the Minister's office two days before, with the decisions on one sheet.",
    between="The list goes round the same evening; the lead asks after two weeks.",
)
PEOPLE = (Person("ann", "Ann Roy"), Person("minister", "Minister of Health"))
WAITS = Priority("waits", title="Shorter waits", leaders=("ann",), outcomes=(Outcome("o1", statement="Short waits"),))
MEETING = RoutineToday(
    "t1", title="Monday meeting", form="meeting", who=("ann",), count=8.0, frequency="weekly", minutes=60.0,
    priorities=("waits",), asks_did=True, asks_well=True, asks_mattered=True, asks_next=True, result="decisions",
    shown="On 8 March the two slowest wards got a bed manager.", fate="keep",
    fate_why="It is short, and each Monday something is settled in it.",
)  # fmt: skip
REPORT = attrs.evolve(
    MEETING, id="t2", title="Weekly report", form="note", asks_did=False, asks_well=False, asks_mattered=False,
    asks_next=False, result="information", shown=None, fate="stop", fate_why="Nobody has quoted it since autumn.",
)  # fmt: skip
STOCKTAKE = Routine(
    "u1", title="Stocktake", form="stocktake", level="minister", priorities=("waits",), topic="Will it be delivered?",
    chair="minister", attends=("ann",), frequency="weeks", weeks=8.0, minutes=90.0, time="14:00", tools="One page",
)  # fmt: skip
TEAM = Routine(
    "u2", title="Team", form="meeting", level="team", priorities=("waits",), topic="What has moved?", chair="ann",
    frequency="weekly", minutes=120.0, tools="Figures and actions",
)  # fmt: skip
BEDS = Issue("i1", title="Beds after noon", priority="waits", question="Which wards begin in May?", prepares="ann")
AGENDA = Agenda(
    "a1", purpose="Decide which wards free their beds before noon", routine="u1", day=date(2027, 5, 26), opens="ann",
    notes="ann", issues=(BEDS,),
)  # fmt: skip
STEPS = tuple(
    PreparationStep(f"s{n}", kind=kind, owner="ann", before=before)
    for n, (kind, before) in enumerate(
        {"evidence": 10.0, "judgements": 7.0, "objectives": 5.0, "materials": 3.0, "brief": 2.0}.items(), start=1
    )
)
PREPARATION = Preparation("p1", lead="ann", routine="u1", day=date(2027, 5, 26), steps=STEPS)


def plan(**changes: Any) -> Plan:
    """A plan with all parts of rule 7's routines; ``changes`` replace fields of the plan or whole parts."""
    parts: dict[str, Any] = {
        "routines_today": (MEETING, REPORT),
        "routines": (STOCKTAKE, TEAM),
        "agendas": (AGENDA,),
        "preparations": (PREPARATION,),
        "quiet_times": (),
    }
    fields: dict[str, Any] = {"routine_year": YEAR, "people": PEOPLE, "priorities": (WAITS,), "title": "Plan"}
    for name, value in changes.items():
        (parts if name in parts else fields)[name] = value
    return Plan(parts=parts, **fields)


def context(of: Plan, day: date = TODAY) -> Context:
    return Context(of, day)

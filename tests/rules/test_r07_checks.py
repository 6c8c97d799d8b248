from __future__ import annotations

from datetime import date
from types import ModuleType
from typing import Any

import attrs
import pytest

from rdlib.plan.assessment import Assessment
from rdlib.plan.indicator import Indicator, Observation, Target, TrajectoryPoint
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.routines import Issue, QuietTime, Routine
from rdlib.plan.values import read_period
from rdlib.rules import r07_agenda, r07_architecture, r07_preparation, r07_today
from rdlib.rules.r07_rhythm import hours_a_year
from rdlib.rules.registry import exercise
from tests.rules.plans import codes
from tests.rules.routines import (
    AGENDA,
    BEDS,
    MEETING,
    PREPARATION,
    REPORT,
    STEPS,
    STOCKTAKE,
    TEAM,
    TODAY,
    WAITS,
    YEAR,
    context,
    plan,
)

TOOLS: dict[str, tuple[ModuleType, set[str]]] = {
    "7.1": (r07_today, {"R7-today-asks-all"}),
    "7.2": (r07_architecture, {"R7-often-enough"}),
    "7.4": (r07_agenda, {"R7-agenda-t-shaped"}),
    "7.6": (r07_preparation, set()),
}
GOOD = plan()


def today(**changes: Any) -> Plan:
    return plan(routines_today=(attrs.evolve(MEETING, **changes), REPORT))


def stocktake(**changes: Any) -> Plan:
    return plan(routines=(attrs.evolve(STOCKTAKE, **changes), TEAM))


def agenda(**changes: Any) -> Plan:
    return plan(agendas=(attrs.evolve(AGENDA, **changes),))


def prepared(**changes: Any) -> Plan:
    return plan(preparations=(attrs.evolve(PREPARATION, **changes),))


def step(place: int, **changes: Any) -> Plan:
    steps = tuple(attrs.evolve(s, **changes) if n == place else s for n, s in enumerate(STEPS))
    return prepared(steps=steps)


def issues(count: int, **changes: Any) -> tuple[Issue, ...]:
    return tuple(attrs.evolve(BEDS, id=f"i{n}", title=f"Beds on ward {n}", **changes) for n in range(1, count + 1))


def year(**changes: Any) -> Plan:
    return plan(routine_year=attrs.evolve(YEAR, **changes))


OTHER = Priority("roads", title="Safer roads")
CROWD = tuple(Priority(f"p{n}", title=f"Priority {n}") for n in range(12))
IDS = tuple(p.id for p in CROWD)
QUIET = QuietTime("q1", why="Recess", first=date(2027, 5, 1), last=date(2027, 8, 31))


@pytest.mark.parametrize("tool", TOOLS)
def test_where_all_is_well_only_praise_is_said(tool: str) -> None:
    module, praise = TOOLS[tool]
    assert module.attempted(GOOD, context(GOOD))
    assert codes(module.check(GOOD, context(GOOD))) == praise


@pytest.mark.parametrize("tool", TOOLS)
def test_an_untouched_plan_is_not_attempted(tool: str) -> None:
    assert not TOOLS[tool][0].attempted(Plan(), context(Plan()))


@pytest.mark.parametrize(
    ("changed", "code", "where"),
    [
        (today(title=" "), "R7-today-no-name", "routines_today/t1/title"),
        (today(asks_well=None), "R7-today-not-answered", "routines_today/t1"),
        (today(result=None), "R7-today-no-result", "routines_today/t1/result"),
        (today(shown=None), "R7-today-result-not-shown", "routines_today/t1/shown"),
        (today(minutes=None), "R7-today-no-hours", "routines_today/t1"),
        (today(fate=None), "R7-today-no-decision", "routines_today/t1/fate"),
        (today(fate_why="It is important"), "R7-today-no-reason", "routines_today/t1/fate_why"),
        (today(fate="stop"), "R7-today-other-than-proposed", "routines_today/t1/fate"),
        (today(asks_mattered=False), "R7-nobody-asks-mattered", "routines_today"),
        (plan(priorities=(WAITS, OTHER)), "R7-today-uncovered", "routines_today"),
        (stocktake(title=None), "R7-routine-no-name", "routines/u1/title"),
        (stocktake(priorities=(), topic=None), "R7-routine-no-topic", "routines/u1/priorities"),
        (stocktake(chair=None), "R7-routine-no-chair", "routines/u1/chair"),
        (stocktake(frequency=None), "R7-routine-no-frequency", "routines/u1/frequency"),
        (stocktake(weeks=None), "R7-routine-no-frequency", "routines/u1/weeks"),
        (stocktake(weeks=2.5), "R7-routine-no-frequency", "routines/u1/weeks"),
        (stocktake(minutes=None), "R7-routine-no-length", "routines/u1/minutes"),
        (stocktake(level=None), "R7-routine-no-level", "routines/u1/level"),
        (stocktake(tools=""), "R7-routine-no-tools", "routines/u1/tools"),
        (stocktake(attends=()), "R7-leader-absent", "routines/u1/attends"),
        (stocktake(time="afternoon"), "R7-time-not-read", "routines/u1/time"),
        (stocktake(priorities=("waits", "gone")), "R7-routine-priority-gone", "routines/u1/priorities"),
        (plan(priorities=CROWD, routines=(attrs.evolve(STOCKTAKE, priorities=IDS),)), "R7-routine-crowded",
         "routines/u1/sharing"),
        (stocktake(weeks=52.0), "R7-priority-too-seldom", "priorities/waits"),
        (plan(routines=(STOCKTAKE,)), "R7-priority-too-seldom", "priorities/waits"),
        (plan(priorities=(WAITS, OTHER)), "R7-priority-not-reviewed", "priorities/roads"),
        (plan(quiet_times=(QUIET,), routines=(attrs.evolve(STOCKTAKE, weekday="2"), TEAM)), "R7-date-no-place",
         "routines/u1"),
        (year(holidays_of="GB", region="XX"), "R7-region-unknown", "routine_year/region"),
        (year(time_zone="Ottawa"), "R7-time-zone-unknown", "routine_year/time_zone"),
        (plan(quiet_times=(attrs.evolve(QUIET, last=None),)), "R7-quiet-time-open", "quiet_times/q1"),
        (plan(routines=(STOCKTAKE, attrs.evolve(TEAM, minutes=60.0))), "R7-team-hours", "routines"),
        (agenda(purpose=None), "R7-agenda-no-purpose", "agendas/a1/purpose"),
        (agenda(purpose="Discuss progress on priorities"), "R7-agenda-thin-purpose", "agendas/a1/purpose"),
        (agenda(routine=None), "R7-agenda-no-length", "agendas/a1/minutes"),
        (agenda(issues=()), "R7-agenda-no-issue", "agendas/a1/issues"),
        (agenda(issues=issues(6)), "R7-agenda-too-many", "agendas/a1/issues"),
        (agenda(issues=issues(2, minutes=45.0)), "R7-agenda-overfull", "agendas/a1/issues"),
        (agenda(deep=60.0), "R7-agenda-shallow", "agendas/a1/deep"),
        (agenda(closing=0.0), "R7-agenda-no-commitments", "agendas/a1/closing"),
        (agenda(notes=None), "R7-agenda-no-notes", "agendas/a1/notes"),
        (agenda(opens=None), "R7-agenda-no-shared-view", "agendas/a1/opens"),
        (agenda(issues=issues(1, prepares=None)), "R7-issue-nobody-prepares", "agendas/a1/issues/i1/prepares"),
        (agenda(issues=issues(1, question=None)), "R7-issue-no-question", "agendas/a1/issues/i1/question"),
        (agenda(day=date(2027, 7, 1)), "R7-agenda-day-off", "agendas/a1/day"),
        (year(honesty=None), "R7-calendar-question-open", "routine_year/honesty"),
        (year(honesty="It is very important"), "R7-calendar-question-thin", "routine_year/honesty"),
        (prepared(day=None), "R7-preparation-no-day", "preparations/p1/day"),
        (prepared(lead=None), "R7-preparation-no-lead", "preparations/p1/lead"),
        (prepared(steps=STEPS[1:]), "R7-preparation-step-lacking", "preparations/p1/steps"),
        (step(0, owner=None), "R7-preparation-no-owner", "preparations/p1/steps/s1/owner"),
        (step(0, before=None), "R7-preparation-no-date", "preparations/p1/steps/s1/before"),
        (step(0, before=60.0), "R7-preparation-late", "preparations/p1/steps/s1/done"),
        (step(4, before=8.0), "R7-preparation-out-of-order", "preparations/p1/steps/s5/before"),
        (step(4, before=0.0), "R7-preparation-same-day", "preparations/p1/steps/s5/before"),
    ],
)  # fmt: skip
def test_each_weakness_is_found_at_its_place(changed: Plan, code: str, where: str) -> None:
    expected = where if where.startswith("priorities/") else f"plan/{where}"
    modules = [module for module, _praise in TOOLS.values()]
    found = [f for module in modules for f in module.check(changed, context(changed)) if f.code == code]
    assert expected in [f.where for f in found]
    assert all(f.next_step for f in found)
    assert code not in {f.code for module in modules for f in module.check(GOOD, context(GOOD))}


def test_every_kind_of_finding_has_a_case_here() -> None:
    marks = test_each_weakness_is_found_at_its_place.pytestmark  # type: ignore[attr-defined]
    tried = {code for _plan, code, _where in marks[0].args[1]}
    kinds = {kind.code for tool in TOOLS for kind in exercise(tool).kinds}
    assert kinds - tried == {"R7-today-asks-all", "R7-often-enough", "R7-agenda-t-shaped", "R7-preparation-ready"}


# --- near misses --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (today(asks_mattered=None), "R7-nobody-asks-mattered"),  # not answered is not a no
        (plan(priorities=(WAITS, Priority("first-priority"))), "R7-today-uncovered"),  # the blank one
        (today(frequency="irregular", fate="mend", fate_why="It gets a fixed day."), "R7-today-no-hours"),
        (today(asks_well=None, fate=None), "R7-today-no-decision"),  # nothing to decide on yet
        (stocktake(frequency="quarterly"), "R7-priority-too-seldom"),
        (plan(routines=(STOCKTAKE, TEAM), priorities=(attrs.evolve(WAITS, leaders=("Bob",)),), people=()), "R7-none"),
        (plan(routines=(STOCKTAKE, attrs.evolve(TEAM, attends=(), chair="Bob"))), "R7-leader-absent"),
        (plan(priorities=(), routines=(STOCKTAKE, TEAM), order=("waits",)), "R7-routine-priority-gone"),
        (plan(priorities=CROWD, routines=(attrs.evolve(STOCKTAKE, priorities=IDS, sharing="own"),)),
         "R7-routine-crowded"),
        (plan(quiet_times=(attrs.evolve(QUIET, first=date(2027, 5, 3), last=date(2027, 5, 7)),)), "R7-date-no-place"),
        (year(holidays_of="GB", region=" eng "), "R7-region-unknown"),
        (plan(routines=(STOCKTAKE, attrs.evolve(TEAM, minutes=60.0, sharing="own", priorities=("waits", "b")))),
         "R7-team-hours"),
        (agenda(purpose="Review whether the wards open at noon"), "R7-agenda-thin-purpose"),
        (agenda(issues=issues(4)), "R7-agenda-too-many"),
        (agenda(minutes=20.0, issues=issues(1)), "R7-agenda-too-many"),  # a single issue is never too many
        (agenda(deep=70.0), "R7-agenda-shallow"),
        (agenda(issues=issues(2, minutes=35.0)), "R7-agenda-overfull"),
        (step(0, before=60.0, done=date(2027, 3, 1)), "R7-preparation-late"),
        (step(1, before=10.0), "R7-preparation-out-of-order"),  # on the same day as the evidence
    ],
)  # fmt: skip
def test_a_near_miss_is_left_alone(changed: Plan, code: str) -> None:
    found = {f.code for module, _praise in TOOLS.values() for f in module.check(changed, context(changed))}
    assert code not in found


def test_what_is_all_done_is_praised() -> None:
    done = prepared(steps=tuple(attrs.evolve(s, done=date(2027, 4, 1)) for s in STEPS))
    assert "R7-preparation-ready" in codes(r07_preparation.check(done, context(done)))


# --- what is computed ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "fate"),
    [
        ({}, "keep"),
        ({"result": "actions"}, "keep"),
        ({"result": "information"}, "mend"),
        ({"asks_mattered": False}, "mend"),
        ({"frequency": "irregular"}, "mend"),
        ({"asks_next": None}, "open"),
        ({"result": None}, "open"),
        (dict.fromkeys(r07_today.QUESTIONS, False), "mend"),  # it asks nothing, and yet something is decided in it
        (dict.fromkeys(r07_today.QUESTIONS, False) | {"result": "nothing"}, "stop"),
    ],
)
def test_keep_mend_or_stop_follows_from_the_answers(changes: dict[str, Any], fate: str) -> None:
    assert r07_today.proposal(attrs.evolve(MEETING, **changes)).fate.value == fate


def test_hours_are_times_by_length_by_people_and_it_is_said_what_is_left_out() -> None:
    assert hours_a_year(MEETING) == 52 * 8
    assert hours_a_year(attrs.evolve(MEETING, count=None, who=("Ann", "Bob"))) == 104
    every = plan(routines_today=(MEETING, attrs.evolve(REPORT, frequency="irregular")))
    said = r07_today.total_in_words(every)
    assert "416 hours" in said
    assert "computed" in said
    assert "One of them is left out" in said


@pytest.mark.parametrize("count", [0, 1, 3])
def test_minutes_add_up_for_any_length(count: int) -> None:
    for total in range(10, 241):
        changed = agenda(minutes=float(total), issues=issues(count))
        plotted = r07_agenda.plot(changed.parts["agendas"][0], changed)
        assert plotted is not None
        assert sum(item.minutes for item in plotted.items) == plotted.total == total
        starts = [item.begins for item in plotted.items]
        assert starts == [sum(i.minutes for i in plotted.items[:n]) for n in range(len(plotted.items))]
        assert all(item.minutes > 0 for item in plotted.items)
        assert abs(plotted.deep_share - 80) <= 100 * 5 / total + 1
        unit = 5 if total >= 30 else 1
        assert sum(item.minutes % unit != 0 for item in plotted.items) <= 1


def test_minutes_that_are_set_stand_and_the_others_share_the_rest() -> None:
    changed = agenda(issues=(attrs.evolve(BEDS, minutes=40.0), *issues(3)[1:]))
    plotted = r07_agenda.plot(changed.parts["agendas"][0], changed)
    assert plotted is not None
    assert [i.minutes for i in plotted.items] == [10, 40, 15, 15, 10]


def indicator(id_: str, value: float, target: str, planned: float) -> Indicator:
    """A share that should rise, measured in May 2027, with a target and a planned value for the same month."""
    return Indicator(
        id_,
        name=f"Share {id_}",
        unit="%",
        direction="up",
        target=Target(kind="at-least", value=90.0, due=read_period(target)),
        trajectory=(TrajectoryPoint("t1", when=read_period("2027-05"), value=float(planned)),),
        observations=(Observation(when=read_period("2027-05"), value=float(value)),),
    )


def test_the_weakest_points_of_the_plan_are_proposed_the_weakest_first() -> None:
    late, behind, fine = (
        indicator("i1", 80, "2027-05", 90),
        indicator("i2", 70, "2029", 75),
        indicator("i3", 80, "2029", 75),
    )
    judged = Assessment("a1", day=date(2027, 5, 3), likelihood=2, likelihood_why="The wards have not begun.")
    old = Assessment("a0", day=date(2026, 5, 3), likelihood=1)
    waits = attrs.evolve(WAITS, indicators=(late, behind, fine), assessments=(judged, old))
    said = [weak.what for weak in r07_agenda.proposals(plan(priorities=(waits,)), date(2027, 7, 1))]
    assert said[:3] == [
        "Delivery was judged amber-red on 3 May 2027. The wards have not begun.",
        "The target of “Share i1” is not met.",
        "“Share i2” stands at 70%; its path had 75% by 31 May 2027.",
    ]
    assert not any("Share i3” stands" in what for what in said)
    assert r07_agenda.proposals(Plan(), TODAY) == []


def test_a_priority_in_turns_waits_as_many_times_as_long() -> None:
    routine = Routine("u", frequency="monthly", sharing="turns", priorities=("a", "b", "a"))
    assert r07_architecture.weeks_between(routine) == pytest.approx(2 * 52 / 12)

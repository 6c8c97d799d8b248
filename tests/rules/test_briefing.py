"""What a minister is told of a priority, worked out from the plan."""

from __future__ import annotations

from datetime import date

from rdlib.plan import Plan, Priority
from rdlib.plan.assessment import Assessment
from rdlib.plan.indicator import Indicator, Observation, Target
from rdlib.plan.milestones import Milestone
from rdlib.plan.risks import Risk
from rdlib.plan.routines import Routine
from rdlib.plan.stocktake import Action, Decision, NextStocktake, Stocktake, StocktakeRating
from rdlib.plan.strategy import Strategy
from rdlib.plan.values import read_period
from rdlib.rules.briefing import briefing
from rdlib.rules.findings import FindingKind, Severity

AS_OF = date(2027, 6, 30)


def waits(**parts: object) -> Priority:
    indicator = Indicator(
        "i1",
        name="Share within four hours",
        unit="%",
        direction="up",
        target=Target(kind="at-least", value=95.0, due=read_period("2028-12")),
        observations=tuple(
            Observation(read_period(when), value) for when, value in (("2026", 80.0), ("2027-05", 85.0))
        ),
    )
    return Priority("waits", title="Waits", indicators=(indicator,), parts=parts)


def plan(priority: Priority, **parts: object) -> Plan:
    return Plan(title="A plan", priorities=(priority,), parts=parts)


def test_changes_are_counted_from_the_last_closed_stocktake():
    priority = waits()
    before = Stocktake("s1", day=date(2027, 4, 1), closed=date(2027, 4, 1), ratings=(
        StocktakeRating("r1", priority="waits", likelihood=2),
    ))  # fmt: skip
    told = briefing(plan(priority, stocktakes=(before,)), priority, AS_OF)
    assert told.since == (date(2027, 4, 1), "the last stocktake")


def test_without_a_stocktake_changes_are_counted_from_the_assessment_before_the_latest():
    assessments = (
        Assessment("a1", day=date(2027, 2, 1), likelihood=3),
        Assessment("a2", day=date(2027, 6, 1), likelihood=2),
    )
    base = waits()
    priority = Priority("waits", title="Waits", indicators=base.indicators, assessments=assessments)
    told = briefing(plan(priority), priority, AS_OF)
    assert told.since == (date(2027, 2, 1), "the assessment before the latest")
    assert [(c.kind, c.way) for c in told.changed] == [("likelihood", -1), ("figure", 1)]
    assert told.changed[1].what == "85% for May 2027, after 80% for 2026"


def test_what_was_measured_after_the_day_is_not_told():
    priority = waits()
    told = briefing(plan(priority), priority, date(2027, 3, 1))
    assert [change.what for change in told.changed] == ["80% for 2026, the first figure"]


def test_decisions_of_the_next_stocktake_come_before_the_next_steps_and_nothing_is_asked_twice():
    record = NextStocktake("s2", day=date(2027, 7, 20), decisions=(
        Decision("d1", priority="waits", question="Does the second team start in August?"),
        Decision("d2", priority="waits", question="Who pays?", answer="The department."),
        Decision("d3", priority="schools", question="Do schools get teachers?"),
    ))  # fmt: skip
    kind = FindingKind("R2-x", "2.1", Severity.WEAK, "Weak", why="It matters.")
    found = [kind.at("priorities/waits", "A.", "Do it."), kind.at("priorities/waits/summary", "B.", "Do it.")]
    priority = waits()
    told = briefing(plan(priority, next_stocktake=(record,)), priority, AS_OF, found)
    assert [each.what for each in told.asked] == ["Does the second team start in August?", "Do it."]
    assert [each.decision for each in told.asked] == [True, False]


def test_risks_come_with_the_worst_first_and_those_that_are_over_are_left_out():
    risks = (
        Risk("r1", title="Small", likelihood="1", effect="1"),
        Risk("r2", title="Large", likelihood="3", effect="3"),
        Risk("r3", title="Over", likelihood="3", effect="3", status="closed"),
    )
    priority = waits(risks=risks)
    assert [risk.title for risk in briefing(plan(priority), priority, AS_OF).risks] == ["Large", "Small"]


def test_what_is_late_and_what_is_ahead_are_told_apart():
    strategy = Strategy("s1", title="Teams", status="chosen", milestones=(
        Milestone("m1", title="Twelve teams", when=read_period("2027-03"), owner="ann"),
        Milestone("m2", title="Reached", when=read_period("2027-03"), reached=date(2027, 3, 2)),
        Milestone("m3", title="Forty teams", when=read_period("2027-12")),
    ))  # fmt: skip
    priority = waits(strategies=(strategy,))
    told = briefing(plan(priority), priority, AS_OF)
    assert [(each.what, each.due) for each in told.overdue] == [("Twelve teams", date(2027, 3, 31))]
    assert [(each.what, each.day) for each in told.ahead] == [
        ("Forty teams", date(2027, 12, 31)),
        ("Target falls due: Share within four hours", date(2028, 12, 31)),
    ]


def test_everyday_meetings_are_no_dates_for_a_minister():
    rare = Routine("u1", title="Stocktake", frequency="weeks", weeks=8.0, chair="Minister", priorities=("waits",))
    often = Routine("u2", title="Team", frequency="weeks", weeks=1.0, chair="Lead", priorities=("waits",))
    priority = waits()
    told = briefing(plan(priority, routines=(rare, often)), priority, AS_OF)
    assert not [each for each in told.ahead if "Team" in each.what]


def test_an_action_of_another_priority_is_not_told():
    before = Stocktake("s1", day=date(2027, 4, 1), closed=date(2027, 4, 1), actions=(
        Action("a1", priority="schools", what="Theirs", due=date(2027, 5, 1)),
        Action("a2", priority="waits", what="Ours", due=date(2027, 5, 1)),
    ))  # fmt: skip
    priority = waits()
    told = briefing(plan(priority, stocktakes=(before,)), priority, AS_OF)
    assert [each.what for each in told.overdue] == ["Ours"]
    assert [change.about for change in told.changed if change.kind == "action"] == ["Ours"]

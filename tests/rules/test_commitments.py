"""What milestones, risks, stocktakes and preparations commit people to, and that the calendar has each of them once."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import attrs
import pytest

from rdlib import paths
from rdlib.plan import Plan, Priority, read_plan
from rdlib.plan.milestones import Milestone
from rdlib.plan.priority import Person
from rdlib.plan.risks import Risk
from rdlib.plan.routines import Preparation, PreparationStep
from rdlib.plan.stocktake import Action, NextStocktake, Stocktake
from rdlib.plan.strategy import Strategy
from rdlib.plan.values import read_period
from rdlib.rules.calendar_events import events
from rdlib.rules.commitments import Commitment, commitments

AS_OF = date(2027, 6, 30)


def plan(*, priority: dict[str, object] | None = None, **parts: object) -> Plan:
    waits = Priority("waits", title="Waits", parts=priority or {})
    return Plan(title="A plan", people=(Person("ann", name="Ann"),), priorities=(waits,), parts=parts)


def with_milestone(milestone: Milestone, status: str = "chosen") -> Plan:
    other = Strategy("s2", title="Other", status="chosen")
    strategy = Strategy("s1", title="Teams", status=status, milestones=(milestone,))
    return plan(priority={"strategies": (strategy, other)})


def test_a_milestone_commits_its_owner_by_the_end_of_its_period():
    made = commitments(
        with_milestone(Milestone("m1", title="Twelve teams", when=read_period("2027-03"), owner="ann")), AS_OF
    )
    assert made == [
        Commitment(
            key="priorities/waits/strategies/s1/milestones/m1",
            tool="5.1",
            priority="waits",
            what="Twelve teams",
            owner="Ann",
            due=date(2027, 3, 31),
            where="priorities/waits/strategies/s1/milestones/m1",
        )
    ]
    assert made[0].overdue(AS_OF)


def test_a_milestone_that_was_reached_is_done_and_one_reached_later_was_not_yet():
    milestone = Milestone("m1", title="Twelve teams", when=read_period("2027-03"), reached=date(2027, 7, 2))
    assert [each.done for each in commitments(with_milestone(milestone), AS_OF)] == [False]
    assert [each.done for each in commitments(with_milestone(milestone), date(2027, 7, 2))] == [True]


@pytest.mark.parametrize("status", ["dropped", "candidate"])
def test_a_strategy_that_was_not_chosen_commits_nobody(status: str):
    milestone = Milestone("m1", title="Twelve teams", when=read_period("2027-03"))
    assert commitments(with_milestone(milestone, status), AS_OF) == []


def risk(**given: Any) -> Plan:
    row = attrs.evolve(Risk("r1", title="Beds stay full", answer="A deputy", by=read_period("2027-09")), **given)
    return plan(priority={"risks": (row,)})


def test_the_answer_to_a_risk_is_due_when_it_says_so():
    assert [(each.what, each.due) for each in commitments(risk(owner="ann"), AS_OF)] == [
        ("A deputy (answer to the risk “Beds stay full”)", date(2027, 9, 30))
    ]


@pytest.mark.parametrize("given", [{"status": "accepted"}, {"status": "closed"}, {"answer": " "}])
def test_a_risk_that_is_accepted_or_over_or_has_no_answer_commits_nobody(given: dict[str, str]):
    assert commitments(risk(**given), AS_OF) == []


LAST = Stocktake("s1", day=date(2027, 5, 1), closed=date(2027, 5, 1), actions=(
    Action("a1", priority="waits", what="Report", owner="ann", due=date(2027, 6, 1)),
    Action("a2", what="Let go", due=date(2027, 6, 1), dropped="No longer needed"),
))  # fmt: skip


def test_actions_of_the_last_stocktake_stand_while_no_next_one_is_begun():
    made = commitments(plan(stocktakes=(LAST,)), AS_OF)
    assert [(each.what, each.owner, each.overdue(AS_OF)) for each in made] == [("Report", "Ann", True)]


def test_an_action_that_is_carried_forward_keeps_its_key():
    carried = Action("b1", priority="waits", what="Report", due=date(2027, 7, 1), origin="s1/a1", carried="1")
    after = commitments(plan(stocktakes=(LAST,), next_stocktake=(NextStocktake("s2", actions=(carried,)),)), AS_OF)
    before = commitments(plan(stocktakes=(LAST,)), AS_OF)
    assert [each.key for each in after] == [each.key for each in before] == ["actions/s1/a1"]


def test_the_calendar_has_the_steps_of_a_preparation_once():
    step = PreparationStep("x1", kind="evidence", owner="ann", before=10.0)
    made = plan(preparations=(Preparation("p1", day=date(2027, 9, 1), steps=(step,)),))
    assert [each.due for each in commitments(made, AS_OF)] == [date(2027, 8, 18)]
    (event,) = events(made, AS_OF)
    assert not event.title.startswith("Due:")


def test_the_calendar_has_what_is_due_and_not_what_is_done():
    milestone = Milestone("m1", title="Twelve teams", when=read_period("2027-09"), owner="ann")
    (event,) = events(with_milestone(milestone), AS_OF)
    assert (event.day, event.title, event.people) == (date(2027, 9, 30), "Due: Twelve teams", ("Ann",))
    assert event.says == "Priority: Waits\nOwner: Ann"
    assert events(with_milestone(attrs.evolve(milestone, reached=date(2027, 6, 1))), AS_OF) == []


@pytest.mark.parametrize("case", ["emergency-waits", "punjab-stocktake", "western-cape"])
def test_no_entry_of_a_worked_case_stands_twice(case: str):
    read = read_plan(paths.exercises() / case / "plan").plan
    day = {"emergency-waits": date(2003, 6, 30), "punjab-stocktake": date(2016, 3, 31)}.get(case, date(2017, 3, 31))
    found = events(read, day)
    assert found
    assert max(Counter(event.key for event in found).values()) == 1
    assert max(Counter((event.day, event.title, event.begins) for event in found).values()) == 1

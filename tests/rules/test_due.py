"""What is due from a plan at a stocktake: milestones, money, reviews; not what the stocktake shows elsewhere."""

from __future__ import annotations

from datetime import date

from rdlib.plan.milestones import Milestone
from rdlib.plan.money import Funding
from rdlib.plan.stocktake import Action, NextStocktake
from rdlib.plan.strategy import Strategy
from rdlib.plan.values import read_period
from rdlib.rules.commitments import commitments
from rdlib.rules.due import carried, due, to_action
from tests.rules.challenges import NUDGE, TODAY, plan, priority

LATE = Milestone("m1", title="Ten wards begin", when=read_period("2027-04"), owner="ben")
SOON = Milestone("m2", title="Twenty wards begin", when=read_period("2027-06"))
REACHED = Milestone("m3", title="Two wards begin", when=read_period("2027-03"), reached=date(2027, 3, 9))
CHOSEN = Strategy("s1", title="Beds", status="chosen", leader="ann", milestones=(LATE, SOON, REACHED))
DROPPED = Strategy("s2", title="Leaflets", status="dropped", milestones=(LATE,))
ACTION = Action("a1", what="Call the South", priority="waits", owner="ann", due=date(2027, 5, 1))


def test_milestones_of_chosen_strategies_are_late_or_coming():
    found = due(plan(priority(strategies=(CHOSEN, DROPPED))), TODAY)
    assert [(each.what, each.owner) for each in found.overdue] == [("Ten wards begin", "Ben Sy")]
    assert [(each.what, each.owner) for each in found.coming] == [("Twenty wards begin", "Ann Roy")]
    assert not found.known


def test_money_has_a_last_day_to_ask_until_somebody_has_asked():
    row = Funding("f1", name="Second round", route="submission", needed_by=date(2027, 9, 1), owner="ben")
    whole = plan(priority(funding=(row,)))
    assert [(each.what, each.due) for each in due(whole, TODAY).overdue] == [
        ("Asked for: Second round", date(2027, 5, 1))
    ]
    asked = plan(priority(funding=(Funding("f1", name="Second round", route="submission", needed_by=date(2027, 9, 1), asked_on=TODAY),)))  # fmt: skip  # noqa: E501
    assert not due(asked, TODAY)


def test_actions_are_commitments_and_are_not_shown_twice_in_a_stocktake():
    whole = plan(priority(), next_stocktake=(NextStocktake("n1", day=date(2027, 6, 24), actions=(ACTION,)),))
    assert [(c.key, c.owner) for c in commitments(whole, TODAY)] == [("actions/n1/a1", "Ann Roy")]
    found = due(whole, TODAY)
    assert not found
    assert (found.until, found.known) == (date(2027, 6, 24), True)


def test_what_has_no_day_is_named_and_what_is_for_another_priority_is_left_out():
    open_ended = Strategy("s1", title="Beds", status="chosen", milestones=(Milestone("m1", title="Ten wards begin"),))
    whole = plan(priority(NUDGE, strategies=(open_ended,)))
    found = due(whole, TODAY)
    assert [each.what for each in found.undated] == ["Ten wards begin"]
    assert [each.tool for each in found.coming] == ["8.1"]
    assert not due(whole, TODAY, {"schools"})


def test_what_is_late_can_become_an_action_and_is_known_again_by_where_it_came_from():
    whole = plan(priority(strategies=(CHOSEN,)))
    row = to_action(due(whole, TODAY).overdue[0], whole, date(2027, 7, 1))
    assert row == {
        "priority": "waits",
        "what": "Ten wards begin",
        "owner": "ben",
        "due": "2027-07-01",
        "origin": "priorities/waits/strategies/s1/milestones/m1",
    }
    there = NextStocktake("n1", day=date(2027, 6, 24), actions=(Action("a1", what="x", origin=row["origin"]),))
    assert carried(plan(priority(), next_stocktake=(there,))) == {row["origin"]}

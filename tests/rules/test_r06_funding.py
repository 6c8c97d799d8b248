from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from rdlib.plan.money import ROUTES, Cost, DeliveryCost, Funding
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules import r06_delivery as delivery
from rdlib.rules import r06_funding as funding
from rdlib.rules.money import fiscal_years, money
from rdlib.rules.registry import exercises
from tests.rules.budgets import GOOD, YEARS, budget, with_row, with_rows, without
from tests.rules.plans import CONTEXT, codes

LINES = GOOD["delivery_costs"]
#: Four millions of the second strategy are missing, as much as the good funding plan brings.
GAP = with_row("costs", "c4", funded=16.0)


def funded(**changes: Any) -> Priority:
    """The gap, and one way to fill it, changed."""
    row = attrs.evolve(GOOD["funding"][0], **changes)
    return attrs.evolve(GAP, parts={**GAP.parts, "funding": (row,)})


# --- delivery itself (6.3) -----------------------------------------------------------------------------------------


def test_delivery_that_is_paid_for_is_praised() -> None:
    assert codes(delivery.check(budget(), CONTEXT)) == {"R6-delivery-budgeted"}


def test_the_line_is_asked_for_as_soon_as_anything_costs_money() -> None:
    assert not delivery.attempted(without("costs", "delivery_costs"), CONTEXT)
    assert delivery.attempted(without("delivery_costs"), CONTEXT)
    assert codes(delivery.check(without("delivery_costs"), CONTEXT)) == {"R6-no-delivery-budget"}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (budget(delivery_costs=tuple(attrs.evolve(r, amount=0.0) for r in LINES[:3])), "R6-no-delivery-budget"),
        (with_rows("delivery_costs", DeliveryCost("d9", "team", amount=2.0)), "R6-delivery-incomplete"),
        (budget(delivery_costs=LINES[3:]), "R6-delivery-line-missing"),
        (with_row("delivery_costs", "d00", amount=0.0, note=None), "R6-delivery-zero"),
        (budget(delivery_costs=tuple(r for r in LINES if r.year != YEARS[2])), "R6-delivery-year-missing"),
        (with_row("delivery_costs", "d00", funded=None), "R6-delivery-unfunded"),
        (budget(delivery_costs=tuple(attrs.evolve(r, amount=0.001, funded=0.001) for r in LINES)), "R6-delivery-small"),
        (budget(delivery_costs=tuple(attrs.evolve(r, amount=2.0, funded=2.0) for r in LINES)), "R6-delivery-large"),
    ],
)
def test_each_weakness_of_delivery_is_found(changed: Priority, code: str) -> None:
    found = [f for f in delivery.check(changed, CONTEXT) if f.code == code]
    assert len(found) == 1
    assert found[0].where.startswith("priorities/waits/delivery_costs")
    assert found[0].next_step


@pytest.mark.parametrize(
    ("near", "code"),
    [
        (with_row("delivery_costs", "d00", amount=0.0, funded=None, note="Lent by a region"), "R6-delivery-zero"),
        (budget(delivery_costs=tuple(attrs.evolve(r, amount=0.0, funded=0.0) for r in LINES)), "R6-no-delivery-budget"),
        (budget(delivery_costs=tuple(attrs.evolve(r, amount=0.6, funded=0.6) for r in LINES)), "R6-delivery-large"),
        (budget(delivery_costs=tuple(attrs.evolve(r, amount=0.01, funded=0.01) for r in LINES)), "R6-delivery-small"),
    ],
)
def test_what_comes_near_in_delivery_is_left_alone(near: Priority, code: str) -> None:
    assert code not in codes(delivery.check(near, CONTEXT))


# --- where the money comes from (6.4) ------------------------------------------------------------------------------


def test_a_funding_plan_that_holds_is_praised() -> None:
    assert codes(funding.check(funded(), CONTEXT)) == {"R6-funding-plan-holds"}
    assert not funding.attempted(without("funding"), CONTEXT)


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"route": None}, "R6-funding-incomplete", "f1/route"),
        ({"amount": None}, "R6-funding-incomplete", "f1/amount"),
        ({"amount": 3.0}, "R6-gap-open", ""),
        ({"status": "refused"}, "R6-gap-open", ""),
        ({"status": "in-hand"}, "R6-gap-open", ""),
        ({"needed_by": date(2018, 8, 1)}, "R6-funding-late", "f1/needed_by"),
        ({"needed_by": date(2018, 6, 1), "status": "agreed"}, "R6-funding-late", "f1/needed_by"),
        ({"asked_on": None, "status": "idea", "needed_by": date(2018, 11, 1)}, "R6-funding-begin-now", "f1/asked_on"),
        ({"owner": " "}, "R6-funding-no-owner", "f1/owner"),
        ({"helpers": ()}, "R6-funding-no-helper", "f1/helpers"),
        ({"helpers": ("m2",)}, "R6-helper-not-won", "f1/helpers"),
        ({"helpers": ("m2",)}, "R6-helper-no-say", "f1/helpers"),
        ({"gives_way": None}, "R6-nothing-gives-way", "f1/gives_way"),
        ({"route": "budget"}, "R6-only-new-money", ""),
    ],
)
def test_each_weakness_of_the_funding_is_found_at_its_place(changes: dict[str, Any], code: str, where: str) -> None:
    found = [f for f in funding.check(funded(**changes), CONTEXT) if f.code == code]
    assert [f.where for f in found] == [f"priorities/waits/funding/{where}".rstrip("/")]
    assert found[0].next_step


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"needed_by": date(2018, 9, 1)}, "R6-funding-late"),  # asked on 1 June, three months
        ({"months": 1.0, "needed_by": date(2018, 7, 1)}, "R6-funding-late"),
        ({"asked_on": None, "status": "idea", "needed_by": date(2019, 1, 1)}, "R6-funding-begin-now"),
        ({"helpers": ("m1", "m2")}, "R6-helper-not-won"),
        ({"route": "submission", "gives_way": None}, "R6-nothing-gives-way"),
        ({"status": "in-hand", "needed_by": None, "owner": None, "helpers": ()}, "R6-funding-incomplete"),
    ],
)
def test_what_comes_near_in_the_funding_is_left_alone(changes: dict[str, Any], code: str) -> None:
    assert code not in codes(funding.check(funded(**changes), CONTEXT))


def test_one_source_that_exists_is_enough_against_only_new_money() -> None:
    new = attrs.evolve(GOOD["funding"][0], id="f2", route="memorandum")
    both = attrs.evolve(GAP, parts={**GAP.parts, "funding": (GOOD["funding"][0], new)})
    assert "R6-only-new-money" not in codes(funding.check(both, CONTEXT))


def test_without_a_coalition_it_is_said_once_that_nobody_helps() -> None:
    second = attrs.evolve(GOOD["funding"][0], id="f2")
    alone = attrs.evolve(GAP, parts={**GAP.parts, "funding": (GOOD["funding"][0], second), "coalition": ()})
    found = [f.where for f in funding.check(alone, CONTEXT) if f.code == "R6-funding-no-helper"]
    assert found == ["priorities/waits/funding"]


def test_days_are_counted_back_step_by_step() -> None:
    row = Funding("f1", route="budget", needed_by=date(2020, 4, 1))
    told = funding.coming(row, date(2018, 6, 30))
    assert [(s.name, s.begins, s.ends) for s in told.stages] == [
        ("Proposal and annual Budget", date(2019, 3, 1), date(2019, 12, 1)),
        ("Treasury Board submission", date(2019, 12, 1), date(2020, 4, 1)),
    ]
    assert told.assumed
    own = funding.coming(attrs.evolve(row, months=24.0), date(2018, 6, 30))
    assert (own.assumed, own.begin_by, own.late_by) == (False, date(2018, 4, 1), 90)
    assert set(funding.STEPS) == {choice.value for choice in ROUTES}


def test_those_who_can_help_decide_about_money() -> None:
    assert [m.id for m in funding.can_help(budget())] == ["m1"]


def test_the_gap_counts_what_is_missing_for_the_choice_and_for_delivery() -> None:
    assert funding.gap(GAP) == 4.0
    with_delivery = attrs.evolve(GAP, parts={**GAP.parts, "delivery_costs": (attrs.evolve(LINES[0], funded=0.0),)})
    assert funding.gap(with_delivery) == 4.5


# --- the rule ------------------------------------------------------------------------------------------------------


def test_amounts_are_written_in_the_way_of_the_plan() -> None:
    assert money(2, Plan(currency="£", money_scale="units")) == "£2"
    assert money(0.5, Plan()) == "$0.5 million"
    years = fiscal_years(date(2018, 1, 15), date(2019, 5, 1), Plan())
    assert [str(year) for year in years] == ["2018/19"]  # 76 days before it, and 31 after


def test_every_finding_of_the_rule_has_a_reason_and_its_own_code() -> None:
    kinds = [kind for each in exercises() if each.rule == 6 for kind in each.kinds]
    assert len({kind.code for kind in kinds}) == len(kinds) == 52
    assert all(kind.code.startswith("R6-") and kind.why for kind in kinds)


def test_a_cost_alone_asks_for_delivery_and_not_for_funding() -> None:
    alone = budget(costs=(Cost("c1", "s1", YEARS[0], "people", 1.0),), delivery_costs=(), funding=())
    assert delivery.attempted(alone, CONTEXT)
    assert not funding.attempted(alone, CONTEXT)

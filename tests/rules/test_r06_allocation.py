from __future__ import annotations

import attrs
import pytest

from rdlib.plan.effects import Effect
from rdlib.plan.money import Condition, ExpectedImpact, Limit, OwnPick, SmallerVersion, Weight
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES
from rdlib.rules import r06_allocation as allocation
from rdlib.rules.r06_allocation import NotWorked, Worked
from tests.rules.budgets import GOOD, YEARS, budget, with_row, with_rows, without
from tests.rules.plans import CONTEXT, PLAN, codes
from tests.rules.strategies import ALL

SECOND = ExpectedImpact("x4", "s3", "i2", 1.0, 2.0, 3.0, "A guess")


def worked(priority: Priority) -> Worked:
    found = allocation.worked(priority, CONTEXT)[0]
    assert isinstance(found, Worked)
    return found


def picks(priority: Priority) -> dict[str, str]:
    return dict(worked(priority).best.picks)


def test_a_sound_choice_is_praised_and_nothing_else_is_said() -> None:
    assert codes(allocation.check(budget(), CONTEXT)) == {"R6-sound-choice"}


def test_without_limit_version_condition_or_choice_it_is_not_attempted() -> None:
    parts = ("budget_limits", "smaller_versions", "conditions", "own_picks")
    assert not allocation.attempted(without(*parts), CONTEXT)
    assert all(allocation.attempted(without(*(p for p in parts if p != kept)), CONTEXT) for kept in parts)


@pytest.mark.parametrize(
    ("changed", "code", "where"),
    [
        (without("budget_limits"), "R6-no-limit", "budget_limits"),
        (with_row("budget_limits", "l1", year=YEARS[0]), "R6-year-no-limit", "budget_limits"),
        (with_row("smaller_versions", "v1", cost_share=None), "R6-version-odd", "smaller_versions/v1"),
        (with_row("smaller_versions", "v1", cost_share=100.0), "R6-version-odd", "smaller_versions/v1"),
        (with_rows("conditions", Condition("k2", "s1", "needs")), "R6-condition-open", "conditions/k2"),
        (with_row("conditions", "k1", why=""), "R6-condition-no-why", "conditions/k1/why"),
        (
            with_rows("conditions", Condition("k2", "s1", "never", why="Said no")),
            "R6-conditions-conflict",
            "conditions",
        ),
        (with_row("budget_limits", "l1", amount=12.0), "R6-conditions-conflict", "budget_limits/l1"),
        (with_row("budget_limits", "l1", amount=40.0), "R6-over-limit", "own_picks"),
        (
            with_rows("conditions", Condition("k2", "s1", "not-both", "s2", why="Same rooms")),
            "R6-breaks-condition",
            "own_picks",
        ),
        (with_rows("expected_impacts", SECOND), "R6-several-targets", "indicator_weights"),
        (budget(indicator_weights=(Weight("w1", "i1", 2.0),)), "R6-weight-no-why", "indicator_weights/w1/why"),
        (budget(own_picks=(OwnPick("p1", "s1"),)), "R6-chosen-not-paid-for", "own_picks"),
        (budget(own_picks=(OwnPick("p1", "s1"),)), "R6-more-for-the-money", "own_picks"),
        (with_rows("own_picks", OwnPick("p3", "s3")), "R6-over-limit", "own_picks"),
    ],
)
def test_each_weakness_is_found_at_its_place(changed: Priority, code: str, where: str) -> None:
    found = [f for f in allocation.check(changed, CONTEXT) if f.code == code]
    assert [f.where for f in found] == [f"priorities/waits/{where}"]
    assert found[0].next_step
    assert "R6-sound-choice" not in codes(allocation.check(changed, CONTEXT)) or code in {
        "R6-year-no-limit",
        "R6-several-targets",
    }


@pytest.mark.parametrize(
    ("near", "code"),
    [
        (budget(budget_limits=tuple(Limit(f"l{n}", y, 40.0) for n, y in enumerate(YEARS))), "R6-year-no-limit"),
        (with_row("budget_limits", "l1", amount=46.0), "R6-over-limit"),
        (with_row("smaller_versions", "v1", impact_share=100.0), "R6-version-odd"),
        (with_rows("conditions", Condition("k2", "s1", "not-both", "s3", why="Same rooms")), "R6-breaks-condition"),
        (budget(own_picks=(OwnPick("p1", "s1"), OwnPick("p2", "s2", "v1"))), "R6-chosen-not-paid-for"),
        (budget(indicator_weights=(Weight("w1", "i1", 2.0, "Cabinet"),)), "R6-weight-no-why"),
    ],
)
def test_what_comes_near_is_left_alone(near: Priority, code: str) -> None:
    assert code not in codes(allocation.check(near, CONTEXT))


def test_a_strategy_seldom_in_the_best_mix_is_named_unless_a_reason_stands_with_it() -> None:
    near = with_row("expected_impacts", "x3", middle=0.1, high=0.2)
    version = attrs.evolve(GOOD["smaller_versions"][0], impact_share=90.0)
    near = attrs.evolve(
        near, parts={**near.parts, "budget_limits": (Limit("l1", amount=54.0),), "smaller_versions": (version,)}
    )
    picks = (OwnPick("p1", "s1"), OwnPick("p2", "s2", "v1"), OwnPick("p3", "s3"))
    named = attrs.evolve(near, parts={**near.parts, "own_picks": picks})
    told = (*picks[:2], attrs.evolve(picks[2], why="People ask for it"))
    reasoned = attrs.evolve(near, parts={**near.parts, "own_picks": told})
    found = [f for f in allocation.check(named, CONTEXT) if f.code == "R6-seldom-in-best-mix"]
    assert len(found) == 1
    assert "telephone line" in found[0].what
    assert "R6-seldom-in-best-mix" not in codes(allocation.check(reasoned, CONTEXT))


def test_the_mix_keeps_to_the_limit_with_delivery_in_it() -> None:
    assert picks(budget()) == {"s1": "", "s2": ""}  # 40 and 6 for delivery
    assert picks(with_row("budget_limits", "l1", amount=45.9)) == {"s1": "", "s2": "v1", "s3": ""}
    assert picks(with_row("budget_limits", "l1", amount=42.9)) == {"s1": "", "s2": "v1"}


def test_what_waits_for_another_is_in_only_with_it() -> None:
    changed = budget(
        conditions=(Condition("k1", "s1", "never", why="No"),),
        **{STRATEGIES.key: tuple(attrs.evolve(s, depends_on=("s2",)) if s.id == "s3" else s for s in ALL)},
    )
    # the second waits for the first (4.3), the third for the second
    assert picks(changed) == {}


def test_a_limit_of_one_year_counts_in_that_year_alone() -> None:
    both = (*GOOD["budget_limits"], Limit("l2", YEARS[2], 15.0))
    assert picks(budget(budget_limits=both)) == {"s1": "", "s2": "v1", "s3": ""}


def test_at_least_a_smaller_version_is_enough_where_it_is_named() -> None:
    tight = with_row("budget_limits", "l1", amount=35.0)
    whole = {**tight.parts, "conditions": (Condition("k1", "s2", "at-least", why="Promised"),)}
    part = {**tight.parts, "conditions": (Condition("k1", "s2", "at-least", version="v1", why="Promised"),)}
    assert isinstance(allocation.worked(attrs.evolve(tight, parts=whole), CONTEXT)[0], NotWorked)
    assert picks(attrs.evolve(tight, parts=part)) == {"s1": "", "s2": "v1"}


def test_what_stands_in_the_way_is_said_in_words_with_the_money_that_is_lacking() -> None:
    found = allocation.worked(with_row("budget_limits", "l1", amount=12.0), CONTEXT)[0]
    assert isinstance(found, NotWorked)
    assert found.lacking == pytest.approx(16 / 12 - 1)
    words = [allocation.demand_words(each, budget(), PLAN) for each in found.between]
    assert words[0].startswith("at most $46 million in all years") or words[0].startswith("at most $12 million")
    assert words[1] == "“See and treat at the front door” has to be in"


def test_each_reason_for_no_mix_is_told() -> None:
    reasons = [
        allocation.worked(given, CONTEXT)[0]
        for given in (without("costs"), without("expected_impacts"), without("budget_limits"))
    ]
    assert all(isinstance(each, NotWorked) for each in reasons)
    assert len({each.reason for each in reasons if isinstance(each, NotWorked)}) == 3


def test_where_the_solver_is_not_installed_the_rest_still_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allocation, "find_spec", lambda name: None)
    (found,) = allocation.worked(budget(), CONTEXT)
    assert isinstance(found, NotWorked)
    assert allocation.check(with_row("conditions", "k1", why=""), CONTEXT)[0].code == "R6-condition-no-why"


def test_unlike_units_are_added_only_with_stated_weights() -> None:
    apart = with_rows("expected_impacts", SECOND)
    assert [m.unit for m in allocation.measures(apart, CONTEXT)] == ["%", "deaths per 1 000 visits"]
    weights = (Weight("w1", "i1", 3.0, "Cabinet"), Weight("w2", "i2", 1.0, "Cabinet"))
    joint = attrs.evolve(apart, parts={**apart.parts, "indicator_weights": weights})
    (measure,) = allocation.measures(joint, CONTEXT)
    # the gaps are 85 - 78 = 7 points and 20 - 16 = 4 deaths
    assert measure.impacts["s1"].middle == pytest.approx(75 * 6 / 7)
    assert measure.impacts["s3"].middle == pytest.approx(75 * 1 / 7 + 25 * 2 / 4)
    assert "R6-several-targets" not in codes(allocation.check(joint, CONTEXT))
    assert allocation.gap_of(joint.indicators[1], CONTEXT) == 4.0


def test_a_group_of_the_path_can_add_no_more_than_it_has() -> None:
    good = budget(own_picks=(OwnPick("p1", "s1"), OwnPick("p2", "s2")))
    effects = tuple(
        Effect(f"e{n}", strategy=s, size=size, low=size, high=size, group="Minor cases", most=7.0)
        for n, (s, size) in enumerate((("s1", 6.0), ("s2", 5.0)))
    )
    grouped = attrs.evolve(good, indicators=(attrs.evolve(good.indicators[0], effects=effects), *good.indicators[1:]))
    assert worked(good).best.impact == pytest.approx(11.0)  # 6 and 5
    assert worked(grouped).best.impact == pytest.approx(8.0)  # 7 of the group, and 1 of the third


def test_the_own_choice_is_rule_4_until_another_is_made_and_a_version_of_another_strategy_is_none() -> None:
    assert worked(without("own_picks")).own_is_rule_4
    assert dict(worked(without("own_picks")).own.picks) == {"s1": "", "s2": ""}
    odd = budget(own_picks=(OwnPick("p1", "s1", "v1"),))
    assert dict(worked(odd).own.picks) == {"s1": ""}


def test_differences_are_said_in_words() -> None:
    found = worked(budget(own_picks=(OwnPick("p1", "s1"), OwnPick("p2", "s2", "v1"))))
    assert allocation.own_against_best(found, PLAN).startswith(
        "The computed mix is expected to add 2 points more than your choice, and costs $15 million more."
    )
    assert allocation.changes(found.own, found.best, budget()) == ["“Free beds before noon” is done in full"]
    assert allocation.changes(found.best, found.own, budget()) == [
        "“Free beds before noon” shrinks to its smaller version (In ten hospitals)"
    ]
    same = worked(budget())
    assert allocation.own_against_best(same, PLAN) == "Your choice is the computed mix."


def test_the_curve_rises_and_each_mix_stands_where_it_just_fits() -> None:
    found = worked(with_rows("smaller_versions", SmallerVersion("v2", "s1", "Half", 50.0, 50.0)))
    values = [step.mix.impact for step in found.curve if step.mix]
    assert values == sorted(values)
    assert found.own_share == pytest.approx(1.0)
    assert [step.share for step in found.cuts] == [0.95, 0.9, 0.8]
    assert found.next is not None
    assert found.next.mix is not None
    assert set(found.next.mix.versions) == {"s1", "s2", "s3"}

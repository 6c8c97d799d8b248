from __future__ import annotations

from typing import Any

import attrs
import pytest

from rdlib.plan.effects import Effect
from rdlib.plan.money import Cost, ExpectedImpact, Funding
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES
from rdlib.plan.values import read_period
from rdlib.rules import r06_costs as costs
from rdlib.rules.r05_effects import Range
from tests.rules.budgets import GOOD, YEARS, budget, cost, with_row, with_rows, without
from tests.rules.plans import CONTEXT, codes
from tests.rules.strategies import ALL


def with_strategy(id_: str, **changes: Any) -> Priority:
    rows = tuple(attrs.evolve(s, **changes) if s.id == id_ else s for s in ALL)
    return budget(**{STRATEGIES.key: rows, "own_picks": ()})


def with_effect(size: float) -> Priority:
    """The first strategy has an effect on the path of the first indicator."""
    effect = Effect("e1", strategy="s1", size=size, low=size - 1, high=size + 1, counts="lasting")
    good = budget()
    return attrs.evolve(good, indicators=(attrs.evolve(good.indicators[0], effects=(effect,)), *good.indicators[1:]))


NOTHING_SAID = budget(costs=tuple(attrs.evolve(c, funded=None) for c in GOOD["costs"]))


def test_a_good_budget_is_praised_and_nothing_else_is_said() -> None:
    assert codes(costs.check(budget(), CONTEXT)) == {"R6-costed"}


def test_without_costs_and_impacts_it_is_not_attempted() -> None:
    assert costs.attempted(budget(), CONTEXT)
    assert not costs.attempted(without("costs", "expected_impacts"), CONTEXT)
    assert not costs.attempted(budget(costs=(Cost("c1"),), expected_impacts=()), CONTEXT)


@pytest.mark.parametrize(
    ("changed", "code", "where"),
    [
        (with_row("costs", "c5", year=None), "R6-cost-incomplete", "costs/c5/year"),
        (with_row("costs", "c5", amount=None), "R6-cost-incomplete", "costs/c5/amount"),
        (budget(costs=GOOD["costs"][2:]), "R6-no-cost", "costs"),
        (budget(costs=(*GOOD["costs"][:3], GOOD["costs"][4])), "R6-cost-year-missing", "costs/c3"),
        (budget(costs=(*GOOD["costs"][:4], cost("c5", "s3", 1, 12.0, kind="capital"))), "R6-only-capital", "costs/c5"),
        (with_row("costs", "c3", source=" "), "R6-cost-no-source", "costs/c3/source"),
        (with_row("costs", "c4", amount=20000.0), "R6-cost-scale", "costs/c4/amount"),
        (budget(expected_impacts=GOOD["expected_impacts"][1:]), "R6-no-impact", "costs/c1"),
        (with_row("expected_impacts", "x3", high=None), "R6-impact-no-range", "expected_impacts/x3"),
        (with_row("expected_impacts", "x3", low=3.0), "R6-impact-range-order", "expected_impacts/x3"),
        (with_effect(3.0), "R6-two-estimates", "expected_impacts/x1"),
        (NOTHING_SAID, "R6-funded-not-said", "costs/c1/funded"),
        (with_row("costs", "c4", funded=5.0), "R6-under-funded", "costs/c4/funded"),
        (with_row("costs", "c2", funded=7.0), "R6-over-funded", "costs/c2/funded"),
        (with_rows("costs", cost("c6", "s4", 1, 2.0)), "R6-funded-dropped", "costs/c6/funded"),
    ],
)  # fmt: skip
def test_each_weakness_is_found_at_its_place(changed: Priority, code: str, where: str) -> None:
    found = [f for f in costs.check(changed, CONTEXT) if f.code == code]
    assert found[0].where == f"priorities/waits/{where}"
    assert found[0].next_step


@pytest.mark.parametrize(
    ("near", "code"),
    [
        (with_row("costs", "c3", source=None, illustrative=True), "R6-cost-no-source"),
        (with_row("costs", "c4", amount=200.0), "R6-cost-scale"),
        (with_strategy("s1", start=read_period("2018-01"), end=read_period("2018-05")), "R6-cost-year-missing"),
        (with_effect(6.1), "R6-two-estimates"),
        (with_rows("costs", cost("c6", "s4", 1, 2.0, funded=0.0)), "R6-funded-dropped"),
        (with_row("costs", "c2", funded=6.0), "R6-over-funded"),
        (with_row("costs", "c5", funded=0.0), "R6-unfunded"),  # not in the choice
        (budget(costs=(*GOOD["costs"], cost("c6", "s3", 1, 9.0, kind="capital"))), "R6-only-capital"),
    ],
)
def test_what_comes_near_is_left_alone(near: Priority, code: str) -> None:
    assert code not in codes(costs.check(near, CONTEXT))


def test_nothing_funded_is_more_than_partly() -> None:
    bare = budget(costs=tuple(attrs.evolve(c, funded=0.0) if c.strategy == "s2" else c for c in GOOD["costs"]))
    assert {"R6-unfunded"} == codes(costs.check(bare, CONTEXT))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (Funding("f1", amount=15.0, pays_for=("s2",), status="asked"), "R6-rest-to-come"),
        (Funding("f1", amount=14.0, pays_for=("s2",), status="asked"), "R6-under-funded"),
        (Funding("f1", amount=15.0, pays_for=("s1",), status="asked"), "R6-under-funded"),
        (Funding("f1", amount=15.0, pays_for=("s2",), status="refused"), "R6-under-funded"),
    ],
)
def test_a_gap_for_which_the_funding_plan_names_a_source_is_no_weakness(row: Funding, code: str) -> None:
    part = with_row("costs", "c4", funded=5.0)
    part = attrs.evolve(part, parts={**part.parts, "funding": (row,)})
    assert codes(costs.check(part, CONTEXT)) == {code}


def test_little_for_its_money_is_said_only_where_the_ranges_lie_apart() -> None:
    cheap = with_row("costs", "c5", amount=0.5, funded=0.0)
    cheap = attrs.evolve(cheap, parts={**cheap.parts, "expected_impacts": (
        *GOOD["expected_impacts"][:2], ExpectedImpact("x3", "s3", "i1", 0.8, 1.0, 2.0, "Seen"))})  # fmt: skip
    found = [f for f in costs.check(cheap, CONTEXT) if f.code == "R6-poor-value"]
    assert len(found) == 2  # both chosen ones are far dearer for what they bring
    assert "telephone line" in found[0].what
    assert "R6-poor-value" not in codes(costs.check(with_row("costs", "c5", amount=0.5), CONTEXT))


def test_a_smaller_version_needs_less_money() -> None:
    part = with_row("costs", "c4", funded=10.0)
    smaller = attrs.evolve(part, parts={**part.parts, "own_picks": (
        GOOD["own_picks"][0], attrs.evolve(GOOD["own_picks"][1], version="v1"))})  # fmt: skip
    assert "R6-under-funded" in codes(costs.check(part, CONTEXT))
    assert "R6-under-funded" not in codes(costs.check(smaller, CONTEXT))
    assert costs.totals(part) == (40.0, 10.0)
    assert costs.totals(smaller) == (25.0, 0.0)


def test_sums_and_ranges_follow_the_rows() -> None:
    first, second, third = costs.costed(budget())
    assert (first.total, first.in_year(YEARS[0]), first.in_year(YEARS[2])) == (10.0, 4.0, 0.0)
    assert second.range == Range(27.0, 30.0, 36.0)
    assert third.state is costs.Funded.YES
    assert [str(y) for y in costs.cost_years(budget())] == ["2017/18", "2018/19", "2019/20"]


def test_worth_is_ranked_and_its_range_says_which_ranks_are_open() -> None:
    rows = costs.worth_of(budget().indicators[0], budget(), CONTEXT)
    assert [(w.costed.strategy.id, w.rank, w.ranks) for w in rows] == [
        ("s1", 1, (1, 1)), ("s2", 2, (2, 3)), ("s3", 3, (2, 3)),
    ]  # fmt: skip
    assert rows[0].per == 10.0
    assert rows[0].worth is not None
    assert attrs.astuple(rows[0].worth) == pytest.approx((40 / 12, 6.0, 70 / 9))
    assert not rows[0].impact.from_path


def test_the_path_of_the_indicator_comes_before_what_is_typed() -> None:
    rows = costs.worth_of(budget().indicators[0], with_effect(9.0), CONTEXT)
    assert all(not w.impact.from_path for w in rows)
    changed = with_effect(9.0)
    first = costs.worth_of(changed.indicators[0], changed, CONTEXT)[0]
    assert first.impact.from_path
    assert first.impact.amount.middle == pytest.approx(9.0)


def test_what_costs_nothing_has_no_worth_for_money_and_stands_first() -> None:
    free = with_row("costs", "c5", amount=0.0, funded=0.0)
    row = next(w for w in costs.worth_of(free.indicators[0], free, CONTEXT) if w.costed.strategy.id == "s3")
    assert row.worth is None
    assert row.rank == 1

"""The solver's answers against every mix there is, for choices small enough to try them all."""

from __future__ import annotations

from itertools import product
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rdlib.rules import allocation
from rdlib.rules.allocation import Ceiling, Demand, Limit, Mix, Option, Problem
from rdlib.rules.r05_effects import Range

NAMES = ("s1", "s2", "s3", "s4")


def option(strategy: str, cost: float, impact: float, version: str = "", spread: float = 0.0) -> Option:
    return Option(strategy, version, (float(cost),), Range(impact - spread, float(impact), impact + spread))


def problem(*options: Option, limit: float, **more: Any) -> Problem:
    return Problem(options, (Limit((0,), limit),), **more)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    count = draw(st.integers(1, len(NAMES)))
    names = NAMES[:count]
    whole = st.integers(0, 9).map(float)
    options = []
    for name in names:
        for version in draw(st.sampled_from([("",), ("", "v1")])):
            middle = draw(st.integers(-2, 9).map(float))
            costs = (draw(whole), draw(whole))
            options.append(Option(name, version, costs, Range(middle, middle, middle)))
    limits = draw(
        st.lists(
            st.builds(Limit, st.sampled_from([(0,), (1,), (0, 1)]), st.integers(0, 30).map(float), st.just("")),
            max_size=3,
            unique_by=lambda limit: limit.years,
        )
    )
    demands = draw(
        st.lists(
            st.builds(
                Demand,
                st.sampled_from(["at-least", "never", "needs", "not-both"]),
                st.sampled_from(names),
                st.sampled_from(NAMES),
                st.sampled_from([("",), ("", "v1")]),
            ).filter(lambda demand: demand.strategy != demand.other),
            max_size=3,
            unique=True,
        )
    )
    ceilings = draw(st.sampled_from([(), (Ceiling(names[:2], 5.0),)]))
    return Problem(
        tuple(options), tuple(limits), draw(st.sampled_from([(0.0, 0.0), (3.0, 1.0)])), tuple(demands), ceilings
    )


def allowed(problem: Problem) -> list[Mix]:
    versions = {s: [None, *(o.version for o in problem.options if o.strategy == s)] for s in problem.strategies}
    every = []
    for picks in product(*versions.values()):
        chosen = {s: v for s, v in zip(versions, picks, strict=True) if v is not None}
        mix = allocation.mix_of(problem, chosen)
        if not allocation.overspent(problem, mix) and not allocation.broken(problem, mix):
            every.append(mix)
    return every


@settings(max_examples=60, deadline=None, derandomize=True)
@given(problems())
def test_the_best_mix_is_the_best_of_all_mixes_and_the_cheapest_of_these(given: Problem):
    every = allowed(given)
    found = allocation.best(given)
    if not every:
        assert found is None
        between = allocation.conflict(given)
        assert between
        for each in between:  # none of them can be spared, and the others have no part in it
            rest = [x for x in between if x is not each]
            fewer = attrs.evolve(
                given,
                limits=tuple(x for x in rest if isinstance(x, Limit)),
                demands=tuple(x for x in rest if isinstance(x, Demand)),
            )
            assert allowed(fewer)
        return
    assert found is not None
    assert found.impact == pytest.approx(max(mix.impact for mix in every))
    assert found.cost == pytest.approx(min(m.cost for m in every if m.impact == pytest.approx(found.impact)))
    assert allocation.conflict(given) == ()
    assert not allocation.overspent(given, found)
    assert not allocation.broken(given, found)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(problems())
def test_the_next_step_is_the_smallest_rise_that_adds_something(given: Problem):
    now, step = allocation.best(given), allocation.next_step(given)
    if now is None or step is None:
        return
    assert step.mix is not None
    assert step.mix.impact > now.impact
    just_below = allocation.best(given.within(1 + (step.share - 1) * 0.99))
    assert just_below is not None
    assert just_below.impact == pytest.approx(now.impact)


def test_what_is_lacking_is_the_smallest_rise_that_allows_anything():
    dear = problem(option("s1", 9, 1), limit=6, demands=(Demand("at-least", "s1"),))
    assert allocation.best(dear) is None
    assert allocation.lacking(dear) == pytest.approx(0.5)
    never = attrs.evolve(dear, demands=(Demand("at-least", "s1"), Demand("never", "s1")))
    assert allocation.lacking(never) is None
    assert [type(c) for c in allocation.conflict(never)] == [Demand, Demand]


def test_delivery_itself_is_paid_first_and_is_not_cut():
    choice = problem(option("s1", 5, 1), limit=10, fixed=(4.0,))
    assert allocation.best(choice) == Mix((("s1", ""),), 1.0, (5.0,))
    cut = allocation.best(choice.within(0.8))
    assert cut is not None
    assert cut.picks == ()
    assert allocation.best(choice.within(0.3)) is None


def test_a_smaller_version_takes_the_place_of_the_whole_where_money_is_short():
    choice = problem(option("s1", 10, 8), option("s1", 5, 6, "v1"), option("s2", 5, 3), limit=10)
    assert allocation.best(choice) == Mix((("s1", "v1"), ("s2", "")), 9.0, (10.0,))
    dropped = {step.share: step.mix and step.mix.picks for step in allocation.steps(choice, (1.0, 0.95))}
    assert dropped == {1.0: (("s1", "v1"), ("s2", "")), 0.95: (("s1", "v1"),)}


def test_draws_are_the_same_each_time_and_follow_the_ranges():
    sure, near, far = option("s1", 5, 4), option("s2", 5, 3.8, spread=2), option("s3", 5, 1, spread=0.5)
    choice = problem(sure, near, far, limit=5)
    found = allocation.stability(choice, allocation.mix_of(choice, {"s2": ""}))
    allocation.stability.cache_clear()
    assert allocation.stability(choice, allocation.mix_of(choice, {"s2": ""})) == found
    assert found.times("s1") + found.times("s2") == found.draws
    assert 20 < found.times("s2") < 80
    assert found.times("s3") == 0
    assert found.ahead == found.times("s1")
    assert found.ahead + found.behind == found.draws


def test_costs_are_drawn_as_well():
    choice = problem(option("s1", 5, 4), limit=5, spreads=(("s1", Range(0.5, 1.0, 2.0)),))
    found = allocation.stability(choice)
    assert 10 < found.times("s1") < 60
    tight = attrs.evolve(choice, demands=(Demand("at-least", "s1"),))
    assert allocation.stability(tight).none == found.draws - found.times("s1")


def test_nothing_of_the_solver_reaches_the_page(capfd: pytest.CaptureFixture[str]):
    options = [Option(f"s{n}", "", (n * 1.37 + 1, (n * 7) % 5 + 0.3), Range(0, (n * 3) % 7 + 1, 9)) for n in range(14)]
    for amount in range(20, 40):
        allocation.best(Problem(tuple(options), (Limit((0, 1), amount + 0.5),)))
    assert capfd.readouterr().out == ""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from rdlib.plan.effects import Effect
from rdlib.plan.indicator import Baseline, Benchmark, Indicator, Observation, Target
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES, Strategy
from rdlib.plan.values import read_period
from rdlib.rules import r05_benchmarks as benchmarks
from rdlib.rules.r05_benchmarks import Stand
from rdlib.rules.registry import Context
from tests.rules.plans import codes, observed

CONTEXT = Context(Plan(fiscal_year_start="1"), date(2018, 1, 31))
WORK = Strategy("s1", title="See and treat", start=read_period("2018-01"), end=read_period("2018-12"), status="chosen")
PEER = Benchmark("b1", "peers", "Nearby", 90.0, read_period("2017"), "Yearbook")
OTHER = Benchmark("b2", "peers", "Far away", 84.0, read_period("2017"), "Yearbook")


def units(*values: float, year: int = 2017) -> tuple[Observation, ...]:
    when = read_period(str(year))
    return tuple(Observation(when, float(v), breakdown={"site": f"Site {n}"}) for n, v in enumerate(values))


WAITS = Indicator(
    "i1",
    name="Share of patients through within four hours",
    unit="%",
    direction="up",
    baseline=Baseline(80.0, read_period("2017")),
    target=Target(kind="at-least", value=88.0, due=read_period("2018-12")),
    benchmarks=(PEER, OTHER),
    observations=(*observed(70, 74, 78, 80, start=2014), *units(70, 74, 78, 80, 82, 84, 86, 86, 89, 91)),
    effects=(Effect("e1", strategy="s1", size=8.0, certainty="likely"),),
)


def one(indicator: Indicator) -> Priority:
    return Priority(id="waits", indicators=(indicator,), parts={STRATEGIES.key: (WORK,)})


def stand(kind: str, **changes: Any) -> Stand:
    indicator = attrs.evolve(WAITS, **changes)
    held = benchmarks.hold(indicator, one(indicator), CONTEXT)
    assert held is not None
    assert held.of(kind).says.endswith(".")
    return held.of(kind).stand


def aim(value: float) -> Target:
    return Target(kind="at-least", value=value, due=read_period("2018-12"))


def test_each_of_the_four_says_where_the_target_lies() -> None:
    assert stand("history") is Stand.BEYOND  # 8 points in a year; 4 is the most it ever moved
    assert stand("history", target=aim(83.0)) is Stand.WITHIN
    assert stand("history", target=aim(79.0)) is Stand.REACHED
    assert stand("history", observations=()) is Stand.OPEN
    assert stand("peers") is Stand.WITHIN
    assert stand("peers", target=aim(82.0)) is Stand.REACHED
    assert stand("peers", target=aim(91.0)) is Stand.BEYOND
    assert stand("peers", benchmarks=()) is Stand.OPEN
    assert stand("within", target=aim(95.0)) is Stand.BEYOND
    assert stand("within", target=aim(85.0)) is Stand.WITHIN
    assert stand("within", target=aim(75.0)) is Stand.REACHED
    assert stand("within", observations=observed(70, 80)) is Stand.OPEN
    named = Benchmark("b3", "within", "Best site", 91.0)
    assert stand("within", observations=(), benchmarks=(named,)) is Stand.WITHIN
    assert stand("plan") is Stand.WITHIN
    assert stand("plan", target=aim(90.0)) is Stand.BEYOND
    assert stand("plan", effects=()) is Stand.OPEN
    assert stand("plan", effects=(), benchmarks=(Benchmark("b3", "plan", "All", 89.0),)) is Stand.WITHIN


def test_the_80th_and_the_99th_percentile_of_ten_units() -> None:
    held = benchmarks.hold(WAITS, one(WAITS), CONTEXT)
    assert held is not None
    # sorted 70 74 78 80 82 84 86 86 89 91: place 7.2 of 0 to 9 is 86.6, place 8.91 is 90.82
    assert [round(each.value, 2) for each in held.of("within").values] == [90.82, 86.6]


def test_parts_of_a_total_are_not_compared_with_it() -> None:
    rows = (Observation(read_period("2017"), 800.0), *units(70, 74, 78, 80, 82, 84))
    assert stand("within", observations=rows) is Stand.OPEN


def test_where_lower_is_better_the_best_are_the_lowest() -> None:
    down = attrs.evolve(
        WAITS, direction="down", unit="days", target=Target(kind="at-most", value=75.0, due=read_period("2018-12"))
    )
    held = benchmarks.hold(down, one(down), CONTEXT)
    assert held is not None
    assert [round(each.value, 2) for each in held.of("within").values] == [70.36, 77.2]
    assert held.of("peers").stand is Stand.BEYOND
    assert held.of("peers").values[0].name == "Far away"


def test_a_target_without_number_or_direction_is_held_against_nothing() -> None:
    for bare in (attrs.evolve(WAITS, target=Target()), Indicator("i1", target=Target(value=3.0))):
        assert benchmarks.hold(bare, one(bare), CONTEXT) is None


def test_four_comparisons_with_their_sources_are_praised() -> None:
    assert codes(benchmarks.check(one(WAITS), CONTEXT)) == {"R5-four-comparisons"}


_AT = "priorities/waits/indicators/i1"


def rows(*given: Benchmark) -> Indicator:
    return attrs.evolve(WAITS, benchmarks=given)


@pytest.mark.parametrize(
    ("indicator", "code", "where"),
    [
        (attrs.evolve(WAITS, effects=()), "R5-comparison-missing", "benchmarks"),
        (rows(PEER, attrs.evolve(OTHER, value=None)), "R5-benchmark-no-value", "benchmarks/b2/value"),
        (rows(PEER, attrs.evolve(OTHER, kind=None)), "R5-benchmark-no-kind", "benchmarks/b2/kind"),
        (rows(PEER, attrs.evolve(OTHER, source=None)), "R5-benchmark-no-source", "benchmarks/b2/source"),
        (rows(PEER, attrs.evolve(OTHER, when=None)), "R5-benchmark-no-period", "benchmarks/b2/when"),
        (rows(PEER, attrs.evolve(OTHER, value=840.0)), "R5-benchmark-off-scale", "benchmarks/b2/value"),
        (
            attrs.evolve(WAITS, observations=(*observed(70, 80, start=2016), *units(70, 88, 89, 90, 91, 92))),
            "R5-most-reach-it",
            "target/value",
        ),
        (
            attrs.evolve(rows(attrs.evolve(PEER, value=81.0)), observations=observed(72, 76, 80, start=2015)),
            "R5-far-beyond-all",
            "target/value",
        ),
    ],
)
def test_each_weakness_is_found_at_its_place(indicator: Indicator, code: str, where: str) -> None:
    found = [f for f in benchmarks.check(one(indicator), CONTEXT) if f.code == code]
    assert [f.where for f in found] == [f"{_AT}/{where}"]
    assert found[0].next_step


def test_a_near_miss_is_left_alone() -> None:
    half = attrs.evolve(WAITS, observations=(*observed(70, 80, start=2016), *units(70, 72, 74, 88, 89, 90)))
    assert "R5-most-reach-it" not in codes(benchmarks.check(one(half), CONTEXT))
    made_up = rows(PEER, attrs.evolve(OTHER, source=None, illustrative=True))
    assert "R5-benchmark-no-source" not in codes(benchmarks.check(one(made_up), CONTEXT))
    near = attrs.evolve(rows(attrs.evolve(PEER, value=86.0)), observations=observed(72, 76, 80, start=2015))
    assert "R5-far-beyond-all" not in codes(benchmarks.check(one(near), CONTEXT))


def test_it_is_begun_with_a_second_kind_of_comparison_or_beside_effects() -> None:
    bare = attrs.evolve(WAITS, effects=())
    assert benchmarks.attempted(one(WAITS), CONTEXT)
    assert not benchmarks.attempted(one(bare), CONTEXT)
    two = attrs.evolve(bare, benchmarks=(PEER, attrs.evolve(OTHER, kind="history")))
    assert benchmarks.attempted(one(two), CONTEXT)
    assert not benchmarks.attempted(one(attrs.evolve(WAITS, benchmarks=())), CONTEXT)

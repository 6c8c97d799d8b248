"""Intermediate targets as rule 2 uses them: evidence of how realistic a target is, and something to answer for."""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.indicator import Indicator, Observation, TrajectoryPoint
from rdlib.plan.plan import Plan
from rdlib.plan.values import read_period
from rdlib.rules import r02_levels as levels
from rdlib.rules.r02_smart import smart
from rdlib.rules.registry import Context
from tests.rules.plans import PRIORITY, codes
from tests.rules.test_r05_trajectory import WAITS

MAY = Context(Plan(fiscal_year_start="1"), date(2018, 8, 1))


def realism(indicator: Indicator) -> str:
    return " ".join(smart(indicator, MAY).of("realistic").evidence)


def test_a_step_that_was_reached_or_missed_is_evidence() -> None:
    def measured(value: float, when: str = "2018-06") -> Indicator:
        return attrs.evolve(WAITS, observations=(Observation(read_period(when), value),))

    assert "The intermediate target for June 2018, 86%, was reached: 86.5%." in realism(measured(86.5))
    assert "The intermediate target for June 2018, 86%, was missed: 84%." in realism(measured(84.0))
    assert "intermediate" not in realism(measured(84.0, "2018-05"))
    assert "intermediate" not in realism(attrs.evolve(measured(84.0), trajectory=()))


def test_a_target_after_the_mandate_with_a_step_inside_it_can_be_answered_for() -> None:
    mandate = Context(Plan(mandate_start=date(2015, 11, 4), mandate_end=date(2019, 10, 21)), date(2018, 5, 31))
    far = attrs.evolve(PRIORITY.indicators[0].target, due=read_period("2025-03"))

    def with_step(*steps: TrajectoryPoint) -> set[str]:
        first = attrs.evolve(PRIORITY.indicators[0], target=far, trajectory=steps)
        return codes(levels.check(attrs.evolve(PRIORITY, indicators=(first, *PRIORITY.indicators[1:])), mandate))

    assert "R2-outside-mandate" in with_step()
    assert "R2-outside-mandate" in with_step(TrajectoryPoint("t1", read_period("2022"), 84.0))
    assert "R2-outside-mandate" in with_step(TrajectoryPoint("t1", read_period("2019-03")))
    assert "R2-outside-mandate" not in with_step(TrajectoryPoint("t1", read_period("2019-03"), 84.0))

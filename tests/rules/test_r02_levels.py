from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from rdlib.plan.indicator import Baseline, Target, TargetChange
from rdlib.plan.priority import Outcome, Priority
from rdlib.plan.values import read_period
from rdlib.rules import r02_levels
from tests.rules.plans import CONTEXT, INDICATOR, PRIORITY, codes, with_indicator, with_target

LONG, SHORT = PRIORITY.outcomes
CHANGE = TargetChange(
    id="c1",
    day=date(2017, 5, 1),
    was="At least 90% by March 2020",
    was_value=90.0,
    was_due=read_period("2020-03"),
    reason="Two hospitals burned down and their patients went elsewhere.",
    decided_by="Minister of Health",
    public=True,
)


def with_outcomes(*outcomes: Outcome) -> Priority:
    return attrs.evolve(PRIORITY, outcomes=outcomes)


def with_change(**changes: Any) -> Priority:
    return with_indicator(changes=(attrs.evolve(CHANGE, **changes),))


def test_a_complete_ladder_is_praised_and_nothing_else_is_said() -> None:
    assert codes(r02_levels.check(PRIORITY, CONTEXT)) == {"R2-ladder-complete"}
    assert codes(r02_levels.check(with_change(), CONTEXT)) == {"R2-ladder-complete"}


@pytest.mark.parametrize(
    ("priority", "code"),
    [
        (with_outcomes(LONG, attrs.evolve(SHORT, level=None)), "R2-no-level"),
        (with_outcomes(LONG), "R2-no-shorter-term"),
        (with_target(wording="At least 85% by March 2022"), "R2-outside-mandate"),
        (with_target(wording="At least 85% by March 2020", commitment=None), "R2-no-commitment"),
        (
            with_indicator(
                baseline=Baseline(), observations=(), target=attrs.evolve(INDICATOR.target, commitment="committed")
            ),
            "R2-committed-without-baseline",
        ),
        (with_change(reason=None), "R2-change-no-reason"),
        (with_change(day=None), "R2-change-no-date"),
        (with_change(public=False), "R2-change-not-public"),
        (with_change(public=None), "R2-change-not-public"),
        (with_change(day=date(2020, 2, 1)), "R2-lowered-after-miss"),
        (with_change(day=date(2017, 12, 1), was_due=read_period("2018-01")), "R2-lowered-after-miss"),
        (with_outcomes(attrs.evolve(LONG, leads_to="o2"), SHORT), "R2-ladder-broken"),
        (
            with_outcomes(attrs.evolve(LONG, leads_to="o2"), attrs.evolve(SHORT, leads_to=None)),
            "R2-ladder-broken",
        ),
    ],
)
def test_each_weakness_is_found(priority: Priority, code: str) -> None:
    assert code in codes(r02_levels.check(priority, CONTEXT))
    assert code not in codes(r02_levels.check(PRIORITY, CONTEXT))


def test_a_nearer_outcome_without_a_target_is_not_enough() -> None:
    without = with_indicator(target=Target(commitment="provisional"))
    found = [f for f in r02_levels.check(without, CONTEXT) if f.code == "R2-no-shorter-term"]
    assert len(found) == 1
    assert "carries no target" in found[0].what


def test_one_long_term_outcome_needs_no_written_link() -> None:
    unlinked = with_outcomes(LONG, attrs.evolve(SHORT, leads_to=None))
    assert "R2-no-shorter-term" not in codes(r02_levels.check(unlinked, CONTEXT))


def test_an_earlier_change_or_a_harder_target_is_no_easing() -> None:
    harder = with_change(day=date(2020, 2, 1), was_value=80.0)
    assert "R2-lowered-after-miss" not in codes(r02_levels.check(harder, CONTEXT))


def test_a_standing_target_eased_while_it_was_missed_is_named():
    missed = with_change(was_due=None, day=date(2018, 2, 1))  # 78% in 2017, when 90% was asked for
    assert "R2-lowered-after-miss" in codes(r02_levels.check(missed, CONTEXT))
    kept = with_change(was_due=None, day=date(2018, 2, 1), was_value=77.0)
    assert "R2-lowered-after-miss" not in codes(r02_levels.check(kept, CONTEXT))


def test_without_a_mandate_nothing_lies_outside_it() -> None:
    context = attrs.evolve(CONTEXT, plan=attrs.evolve(CONTEXT.plan, mandate_end=None))
    late = with_target(wording="At least 85% by March 2022")
    assert "R2-outside-mandate" not in codes(r02_levels.check(late, context))


def test_a_committed_target_with_a_past_is_fine() -> None:
    firm = with_indicator(target=attrs.evolve(INDICATOR.target, commitment="committed"))
    assert "R2-committed-without-baseline" not in codes(r02_levels.check(firm, CONTEXT))


def test_nothing_entered_is_not_attempted() -> None:
    assert not r02_levels.attempted(Priority(id="p", outcomes=(Outcome(id="o", statement="x"),)), CONTEXT)
    assert r02_levels.attempted(PRIORITY, CONTEXT)

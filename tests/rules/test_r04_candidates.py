from __future__ import annotations

from typing import Any

import attrs
import pytest

from rdlib.plan.indicator import Target
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES, Strategy
from rdlib.plan.values import read_period
from rdlib.rules import r04_candidates as candidates
from rdlib.rules.r04_candidates import Answer, Kind
from tests.rules.plans import CONTEXT, codes
from tests.rules.strategies import ALL, LINE, SEE, priority, with_one

GOOD = priority()
TITLES = tuple(Strategy(f"s{n}", title=f"An idea, number {n}", indicators=("i1",)) for n in range(1, 6))


def test_good_candidates_are_praised_and_nothing_else_is_said() -> None:
    found = candidates.check(GOOD, CONTEXT)
    assert codes(found) == {"R4-strategy"}
    assert [f.where.rpartition("/")[2] for f in found] == ["s1", "s2", "s3"], "the dropped one is left alone"


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        (with_one("s1", title="  "), "R4-not-named", "title"),
        (with_one("s1", indicators=()), "R4-no-indicator", "indicators"),
        (with_one("s1", indicators=("i1", "gone")), "R4-indicator-gone", "indicators"),
        (with_one("s1", start=None), "R4-no-dates", "start"),
        (with_one("s1", end=None), "R4-no-dates", "end"),
        (with_one("s1", start=read_period("2019")), "R4-ends-before-it-begins", "end"),
        (with_one("s1", changes_system=None), "R4-system-not-answered", "changes_system"),
        (with_one("s1", changes_system=False), "R4-no-system-change", "changes_system"),
        (with_one("s1", system_how=" "), "R4-system-how", "system_how"),
        (with_one("s1", changes=None), "R4-no-change", "changes"),
        (with_one("s1", because=None), "R4-no-because", "because"),
        (with_one("s1", because="It will move the indicator."), "R4-thin-because", "because"),
        (with_one("s1", leader=None), "R4-no-leader", "leader"),
    ],
)
def test_each_weakness_is_found_at_its_place_and_only_there(changed: Priority, code: str, field: str) -> None:
    found = [f for f in candidates.check(changed, CONTEXT) if f.code == code]
    assert [f.where for f in found] == [f"priorities/waits/strategies/s1/{field}"]
    assert found[0].next_step
    assert code not in codes(candidates.check(GOOD, CONTEXT))
    assert "priorities/waits/strategies/s1" not in {
        f.where for f in candidates.check(changed, CONTEXT) if f.code == "R4-strategy"
    } or code in {"R4-not-named", "R4-indicator-gone", "R4-no-leader"}


@pytest.mark.parametrize("kind", ["context", None])
def test_an_indicator_without_a_target_makes_no_strategy(kind: str | None) -> None:
    target = Target(kind=kind, wording="Only watched" if kind else None)
    bare = attrs.evolve(GOOD, indicators=tuple(attrs.evolve(i, target=target) for i in GOOD.indicators))
    found = [f for f in candidates.check(bare, CONTEXT) if f.code == "R4-no-target"]
    assert [f.where for f in found] == [f"priorities/waits/strategies/s{n}/indicators" for n in (1, 2, 3)]
    assert candidates.verdict(SEE, bare).kind is Kind.INITIATIVE


def test_an_indicator_that_failed_the_three_ms_carries_no_strategy() -> None:
    failed = attrs.evolve(GOOD.indicators[0], three_m=attrs.evolve(GOOD.indicators[0].three_m, meaningful=False))
    changed = attrs.evolve(GOOD, indicators=(failed, GOOD.indicators[1]))
    assert "R4-no-target" in codes(candidates.check(changed, CONTEXT))
    assert not candidates.carries_target(failed)


def test_a_candidate_needs_no_leader_before_it_is_chosen() -> None:
    assert "R4-no-leader" not in codes(candidates.check(with_one("s3", leader=None), CONTEXT))


def test_a_list_of_bare_titles_is_a_laundry_list() -> None:
    found = [f for f in candidates.check(priority(*TITLES), CONTEXT) if f.code == "R4-laundry-list"]
    assert [f.where for f in found] == ["priorities/waits/strategies"]
    assert "5 of the candidates" in found[0].what


@pytest.mark.parametrize(
    "few",
    [
        TITLES[:3],  # three are no list yet
        (*ALL[:3], TITLES[3]),  # most of them are strategies
        (*(attrs.evolve(s, status="dropped") for s in TITLES), SEE),  # what was dropped does not count
    ],
)
def test_few_or_mostly_good_candidates_are_no_laundry_list(few: tuple[Strategy, ...]) -> None:
    assert "R4-laundry-list" not in codes(candidates.check(priority(*few), CONTEXT))


@pytest.mark.parametrize(
    ("changes", "kind", "answers"),
    [
        ({}, Kind.STRATEGY, "yes yes yes yes yes"),
        ({"indicators": ()}, Kind.OPEN, "open yes yes yes yes"),
        ({"indicators": ("gone",)}, Kind.INITIATIVE, "no yes yes yes yes"),
        ({"end": None}, Kind.OPEN, "yes open yes yes yes"),
        ({"start": read_period("2020")}, Kind.INITIATIVE, "yes no yes yes yes"),
        ({"changes_system": False}, Kind.INITIATIVE, "yes yes no yes yes"),
        ({"changes_system": True, "system_how": ""}, Kind.OPEN, "yes yes open yes yes"),
        ({"changes": None, "because": "It moves the number"}, Kind.OPEN, "yes yes yes open open"),
    ],
)
def test_the_verdict(changes: dict[str, Any], kind: Kind, answers: str) -> None:
    verdict = candidates.verdict(attrs.evolve(SEE, **changes), GOOD)
    assert verdict.kind is kind
    assert [mark.answer.value for mark in verdict.marks] == answers.split()
    assert len(verdict.lacks) == sum(mark.answer is not Answer.YES for mark in verdict.marks)


def test_nothing_entered_is_not_attempted() -> None:
    assert not candidates.attempted(Priority(id="p"), CONTEXT)
    assert not candidates.attempted(Priority(id="p", parts={STRATEGIES.key: (Strategy("s1"),)}), CONTEXT)
    assert candidates.attempted(priority(LINE), CONTEXT)

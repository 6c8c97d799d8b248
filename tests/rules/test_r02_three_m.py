from __future__ import annotations

import attrs
import pytest

from rdlib.plan.indicator import Indicator, Target, ThreeM
from rdlib.plan.priority import Outcome, Priority
from rdlib.rules import r02_three_m as three_m
from rdlib.rules.wording import counts_work, is_thin
from tests.rules.plans import CONTEXT, INDICATOR, PRIORITY, THREE_M, codes, with_indicator, with_three_m


def test_a_good_evaluation_is_praised_and_nothing_else_is_said() -> None:
    assert codes(three_m.check(PRIORITY, CONTEXT)) == {"R2-3m-passed"}


@pytest.mark.parametrize(
    ("priority", "code", "where"),
    [
        (with_indicator(name=None), "R2-no-indicator", "indicators/i1/name"),
        (with_indicator(outcome=None), "R2-indicator-no-outcome", "indicators/i1/outcome"),
        (with_indicator(name="Number of workshops held with hospitals"), "R2-counts-work", "indicators/i1/name"),
        (with_three_m(moveable=None), "R2-not-answered", "three_m/moveable"),
        (with_three_m(meaningful_why=None), "R2-no-reason", "three_m/meaningful_why"),
        (with_three_m(meaningful_why="   "), "R2-no-reason", "three_m/meaningful_why"),
        (with_three_m(meaningful_why="It is very important to Canadians."), "R2-thin-reason", "three_m/meaningful_why"),
        (with_three_m(meaningful=False), "R2-not-meaningful", "three_m/meaningful"),
        (with_three_m(moveable=False), "R2-not-moveable", "three_m/moveable"),
        (with_three_m(measurable=False), "R2-not-measurable", "three_m/measurable"),
        (with_three_m(sources=()), "R2-no-source", "three_m/sources"),
        (with_three_m(frequency=None), "R2-no-frequency", "three_m/frequency"),
        (with_three_m(frequency="less-often"), "R2-too-slow", "three_m/frequency"),
        (with_three_m(collected_how=None), "R2-no-collection", "three_m/collected_how"),
        (with_three_m(breakdowns=()), "R2-no-breakdown", "three_m/breakdowns"),
        (with_three_m(data_owner=None), "R2-no-data-owner", "three_m/data_owner"),
    ],
)
def test_each_weakness_is_found_at_its_place_and_only_there(priority: Priority, code: str, where: str) -> None:
    found = three_m.check(priority, CONTEXT)
    assert code in codes(found)
    assert all(f.where.endswith(where) for f in found if f.code == code)
    assert code not in codes(three_m.check(PRIORITY, CONTEXT))


def test_an_outcome_without_an_indicator_is_named() -> None:
    more = attrs.evolve(PRIORITY, outcomes=(*PRIORITY.outcomes, Outcome(id="o3", statement="Staff stay longer")))
    found = [f for f in three_m.check(more, CONTEXT) if f.code == "R2-no-indicator"]
    assert [f.where for f in found] == ["priorities/waits/outcomes/o3/statement"]
    assert "Staff stay longer" in found[0].what


def test_more_than_four_indicators_for_one_outcome_are_too_many() -> None:
    four = tuple(attrs.evolve(INDICATOR, id=f"i{n}") for n in range(10, 14))
    assert "R2-too-many-indicators" not in codes(three_m.check(attrs.evolve(PRIORITY, indicators=four), CONTEXT))
    five = (*four, attrs.evolve(INDICATOR, id="i14"))
    assert "R2-too-many-indicators" in codes(three_m.check(attrs.evolve(PRIORITY, indicators=five), CONTEXT))


def test_counting_work_is_fine_for_an_output() -> None:
    outputs = attrs.evolve(PRIORITY, outcomes=tuple(attrs.evolve(o, level="output") for o in PRIORITY.outcomes))
    work = attrs.evolve(outputs, indicators=(attrs.evolve(INDICATOR, name="Number of workshops held"),))
    assert "R2-counts-work" not in codes(three_m.check(work, CONTEXT))


def test_a_slow_long_term_indicator_is_fine_beside_a_quick_one() -> None:
    slow = attrs.evolve(PRIORITY.indicators[1], three_m=attrs.evolve(THREE_M, frequency="less-often"))
    assert "R2-too-slow" not in codes(three_m.check(attrs.evolve(PRIORITY, indicators=(INDICATOR, slow)), CONTEXT))
    assert "R2-too-slow" in codes(three_m.check(attrs.evolve(PRIORITY, indicators=(slow,)), CONTEXT))


@pytest.mark.parametrize(
    ("evaluation", "verdict"),
    [
        (ThreeM(), three_m.Verdict.NOT_ATTEMPTED),
        (ThreeM(meaningful=True), three_m.Verdict.OPEN),
        (THREE_M, three_m.Verdict.PASSES),
        (attrs.evolve(THREE_M, sources=()), three_m.Verdict.OPEN),
        (attrs.evolve(THREE_M, moveable_why=" "), three_m.Verdict.OPEN),
        (attrs.evolve(THREE_M, meaningful=None, moveable=False), three_m.Verdict.FAILS),
    ],
)
def test_the_verdict(evaluation: ThreeM, verdict: three_m.Verdict) -> None:
    assert three_m.verdict(Indicator(id="i", three_m=evaluation)) is verdict


def test_nothing_entered_is_not_attempted() -> None:
    assert not three_m.attempted(Priority(id="p", outcomes=PRIORITY.outcomes), CONTEXT)
    assert not three_m.attempted(Priority(id="p", indicators=(Indicator(id="i"),)), CONTEXT)
    assert three_m.attempted(PRIORITY, CONTEXT)


@pytest.mark.parametrize(
    ("name", "counted"),
    [
        ("Number of workshops held with partners", True),
        ("Number of information sessions on nutrition delivered", True),
        ("Total spending on literacy", True),
        ("Amount of funding disbursed", True),
        ("Percentage of the program budget spent", True),
        ("Nombre de réunions tenues avec les provinces", True),
        ("Nombre d’ateliers de formation offerts", True),
        ("Dépenses en recherche", True),
        ("Delivery of 10 key infrastructure projects", True),
        ("Number of visitors to museums", False),
        ("Number of datasets available to the public", False),
        ("Proportion of patients moving through emergency departments within 4 hours", False),
        ("Number of students completing a training program", False),
        ("Household spending on heating", False),
        ("Nombre de personnes qui ont un médecin de famille", False),
        ("Budget surplus of municipalities", False),
    ],
)
def test_what_counts_work(name: str, counted: bool) -> None:
    assert counts_work(name) is counted


@pytest.mark.parametrize(
    ("reason", "thin"),
    [
        ("Yes", True),
        ("Because it is meaningful", True),
        ("It matters to citizens", True),
        ("C'est important pour les Canadiens", True),
        ("We measure the share of patients", True),
        ("Parents miss work when a child is ill", False),
        ("Les parents perdent des journées de travail", False),
        ("Shorter waits, less pain", False),
    ],
)
def test_what_a_thin_reason_is(reason: str, thin: bool) -> None:
    assert is_thin(reason, "Share of patients seen within four hours") is thin


def beside_one_that_passes(target: Target) -> Priority:
    """An indicator that is not meaningful, beside another of the same outcome that passes."""
    failing = attrs.evolve(INDICATOR, id="i9", target=target, three_m=attrs.evolve(THREE_M, meaningful=False))
    return attrs.evolve(PRIORITY, indicators=(INDICATOR, failing))


@pytest.mark.parametrize("target", [Target(), Target(kind="context", wording="Watched only")])
def test_what_fails_and_carries_no_target_is_kept_out_as_it_should(target: Target) -> None:
    found = codes(three_m.check(beside_one_that_passes(target), CONTEXT))
    assert "R2-kept-out" in found
    assert "R2-not-meaningful" not in found


def test_what_fails_and_carries_a_target_or_stands_alone_is_weak() -> None:
    with_a_target = beside_one_that_passes(Target(wording="At least 85% by March 2020"))
    alone = with_indicator(target=Target(), three_m=attrs.evolve(THREE_M, meaningful=False))
    for priority in (with_a_target, alone):
        found = codes(three_m.check(priority, CONTEXT))
        assert "R2-not-meaningful" in found
        assert "R2-kept-out" not in found

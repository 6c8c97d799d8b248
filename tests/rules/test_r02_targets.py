from __future__ import annotations

from typing import Any

import attrs
import pytest

from rdlib.plan.indicator import Baseline, Benchmark, Indicator, Target
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.values import Missing, read_period
from rdlib.rules import r02_smart, r02_targets
from rdlib.rules.r02_smart import Answer, smart
from rdlib.rules.registry import Context
from rdlib.rules.targets import Status
from tests.rules.plans import (
    CONTEXT,
    INDICATOR,
    PLAN,
    PRIORITY,
    THREE_M,
    codes,
    observed,
    with_indicator,
    with_target,
)


def test_a_good_target_is_praised_and_nothing_else_is_said() -> None:
    assert codes(r02_targets.check(PRIORITY, CONTEXT)) == {"R2-smart"}


@pytest.mark.parametrize(
    ("priority", "code"),
    [
        (with_indicator(target=Target()), "R2-no-target"),
        (with_indicator(baseline=Baseline(), benchmarks=()), "R2-no-baseline"),
        (with_indicator(baseline=Baseline(value=Missing.TO_BE_DETERMINED), benchmarks=()), "R2-no-baseline"),
        (with_indicator(baseline=Baseline(value=78.0)), "R2-baseline-no-date"),
        (with_indicator(direction=None), "R2-no-direction"),
        (with_indicator(unit=None), "R2-no-unit"),
        (with_target(wording="To be determined"), "R2-target-tbd"),
        (with_target(wording="TBD by March 2019"), "R2-target-tbd"),
        (with_target(wording="Better service by March 2020"), "R2-target-no-number"),
        (with_target(wording="Increase the share by 5% by March 2020"), "R2-ambiguous-target"),
        (with_target(wording="At least 85% by March 2020", kind="at-least", value=90.0), "R2-target-contradiction"),
        (with_target(wording="At least 85%"), "R2-no-due"),
        (with_target(wording="At least 85% by 2020"), "R2-fiscal-or-calendar"),
        (with_target(wording="At least 75% by March 2020"), "R2-baseline-beyond-target"),
        (with_target(wording="At most 85% by March 2020", kind="at-most"), "R2-wrong-way"),
        (with_target(wording="At least 120% by March 2020"), "R2-beyond-limit"),
        (with_target(wording="At least 79% by December 2022"), "R2-not-ambitious"),
        (with_indicator(benchmarks=()), "R2-no-benchmark"),
        (with_indicator(benchmarks=(), observations=()), "R2-no-evidence"),
        (with_indicator(three_m=attrs.evolve(THREE_M, moveable=False)), "R2-failed-3m-target"),
    ],
)
def test_each_weakness_is_found(priority: Priority, code: str) -> None:
    assert code in codes(r02_targets.check(priority, CONTEXT))
    assert code not in codes(r02_targets.check(PRIORITY, CONTEXT))


def test_a_change_from_an_unknown_start_is_named_once() -> None:
    found = codes(
        r02_targets.check(
            with_indicator(
                unit="deaths",
                direction="down",
                name="Deaths",
                baseline=Baseline(),
                observations=(),
                benchmarks=(),
                target=Target(wording="Reduce by 30% by March 2020"),
            ),
            CONTEXT,
        )
    )
    assert "R2-change-no-baseline" in found
    assert "R2-no-baseline" not in found
    assert "R2-target-no-number" not in found


def test_a_leap_that_nobody_ever_made_is_hard_to_believe() -> None:
    leap = with_indicator(
        target=Target(wording="At least 99% by March 2019"),
        benchmarks=(Benchmark(id="b", kind="peers", name="Northern system", value=88.0),),
    )
    assert "R2-not-realistic" in codes(r02_targets.check(leap, CONTEXT))


def test_a_target_that_fell_due_without_a_figure_is_not_a_failure() -> None:
    due = with_indicator(target=Target(wording="At least 85% by March 2018"), observations=observed(70, 71, 72, 73))
    assert "R2-due-past-no-data" in codes(r02_targets.check(due, CONTEXT))
    assert smart(due.indicators[0], CONTEXT).status is Status.NO_DATA


def test_an_indicator_that_failed_needs_no_target() -> None:
    failed = with_indicator(three_m=attrs.evolve(THREE_M, meaningful=False), target=Target())
    assert "R2-no-target" not in codes(r02_targets.check(failed, CONTEXT))


def test_an_indicator_for_context_is_left_alone() -> None:
    context = with_indicator(target=Target(kind="context"), baseline=Baseline())
    assert not [f for f in r02_targets.check(context, CONTEXT) if "/i1/" in f.where]


def test_a_milestone_asks_for_a_date_and_for_no_number() -> None:
    milestone = with_target(wording="The new register is open", kind="milestone")
    found = [f.code for f in r02_targets.check(milestone, CONTEXT) if "/i1/" in f.where]
    assert found == ["R2-no-due"]


def test_holding_a_level_openly_is_not_already_there() -> None:
    hold = with_target(wording="Maintain at least 75% until March 2020", kind="at-least", value=75.0)
    assert "R2-baseline-beyond-target" not in codes(r02_targets.check(hold, CONTEXT))


def test_a_calendar_fiscal_year_needs_no_note() -> None:
    context = Context(attrs.evolve(PLAN, fiscal_year_start="1"), CONTEXT.as_of)
    assert "R2-fiscal-or-calendar" not in codes(r02_targets.check(with_target(wording="At least 85% by 2020"), context))


def test_growth_in_percent_may_pass_a_hundred() -> None:
    growth = with_indicator(name="Growth of exports since 2010", target=Target(wording="At least 120% by March 2020"))
    assert "R2-beyond-limit" not in codes(r02_targets.check(growth, CONTEXT))


def test_nothing_entered_is_not_attempted() -> None:
    bare = Priority(id="p", indicators=(Indicator(id="i", name="Waits"),))
    assert not r02_targets.attempted(bare, CONTEXT)
    assert r02_targets.attempted(PRIORITY, CONTEXT)


# --- the judgements ----------------------------------------------------------------------------------------------


def judged(letter: str, **changes: Any) -> Answer:
    return smart(attrs.evolve(INDICATOR, **changes), CONTEXT).of(letter).answer


def test_ambitious_against_the_trend() -> None:
    assert judged("ambitious") is Answer.YES
    assert judged("ambitious", target=Target(wording="At least 79% by December 2022"), benchmarks=()) is Answer.NO


def test_ambitious_cannot_be_told_without_evidence() -> None:
    assert judged("ambitious", observations=(), benchmarks=()) is Answer.CANNOT_TELL
    assert judged("realistic", observations=(), benchmarks=()) is Answer.CANNOT_TELL


def test_ambitious_against_peers_who_are_all_there_already() -> None:
    peers = tuple(Benchmark(id=f"b{n}", kind="peers", name=f"P{n}", value=90.0 + n) for n in range(3))
    assert judged("ambitious", observations=(), benchmarks=peers) is Answer.NO


def test_ambitious_against_a_named_value_of_the_past():
    before = (Benchmark(id="b", kind="history", name="The four years before", value=86.0),)
    assert judged("ambitious", observations=(), benchmarks=before) is Answer.NO
    lower = (Benchmark(id="b", kind="history", name="The four years before", value=80.0),)
    assert judged("ambitious", observations=(), benchmarks=lower) is Answer.PARTLY


def test_what_was_reached_once_and_lost_since_is_no_easy_target() -> None:
    standard = Target(wording="At least 85% at all times")  # with no date, the trend says nothing
    lost = observed(86, 87, 86, 84, 82, 80, 79, 78)
    assert judged("ambitious", target=standard, benchmarks=(), observations=lost) is Answer.PARTLY
    held = observed(86, 87, 86, 84, 85, 86, 86, 86)
    assert judged("ambitious", target=standard, benchmarks=(), observations=held) is Answer.NO


def test_a_share_beyond_its_limit_is_not_realistic() -> None:
    assert judged("realistic", target=Target(wording="At least 120% by March 2020")) is Answer.NO


def test_lower_is_better_is_judged_the_other_way_round() -> None:
    down = PRIORITY.indicators[1]
    assert smart(down, CONTEXT).all_hold
    assert (
        smart(attrs.evolve(down, target=Target(wording="At most 19 by December 2022")), CONTEXT).of("ambitious").answer
        is Answer.NO
    )


def test_a_report_of_the_past_knows_nothing_later() -> None:
    early = Context(PLAN, read_period("2014-06").end)
    evidence = " ".join(smart(INDICATOR, early).of("measurable").evidence)
    assert "4 measured values" in evidence


def test_own_units_speak_for_realism() -> None:
    units = tuple(
        attrs.evolve(o, breakdown={"hospital": f"H{n}"})
        for n in range(1, 101)
        for o in observed(50 + n * 0.4, start=2017)
    )
    within = attrs.evolve(INDICATOR, benchmarks=(), observations=(*INDICATOR.observations, *units))
    said = " ".join(smart(within, CONTEXT).of("realistic").evidence)
    assert "of your own 100 units reach it" in said


def test_settings_of_the_plan_decide_how_numbers_are_read() -> None:
    french = Context(Plan(language="fr"), CONTEXT.as_of)
    assert (
        r02_smart.goal(attrs.evolve(INDICATOR, target=Target(wording="au moins 85,5 % d’ici mars 2020")), french).low
        == 85.5
    )


@pytest.mark.parametrize(
    "target",
    [
        Target(wording="At least 85% in every quarter"),
        Target(wording="Maintain at least 85%"),
        Target(wording="Au moins 85 % chaque mois"),
        Target(kind="at-least", value=85.0, standing=True),
    ],
)
def test_a_target_that_is_to_hold_all_the_time_needs_no_date(target: Target) -> None:
    priority = with_indicator(target=target)
    assert "R2-no-due" not in codes(r02_targets.check(priority, CONTEXT))
    judged = smart(priority.indicators[0], CONTEXT)
    assert judged.goal.standing
    assert judged.of("time-bound").answer is Answer.YES
    assert judged.status in {Status.MET, Status.NOT_MET}


@pytest.mark.parametrize(
    "target",
    [
        Target(wording="Increase by 2 percentage points every year"),
        Target(wording="At least 85%"),
        Target(wording="At least 85% in every quarter", standing=False),
    ],
)
def test_without_such_words_a_date_is_asked_for(target: Target) -> None:
    assert "R2-no-due" in codes(r02_targets.check(with_indicator(target=target), CONTEXT))


def test_a_standing_target_with_a_date_is_due_on_it() -> None:
    priority = with_target(wording="At least 85% in every month until March 2020", due=read_period("2020-03"))
    judged = smart(priority.indicators[0], CONTEXT)
    assert (judged.goal.standing, judged.of("time-bound").evidence) == (False, ("Due by 31 March 2020.",))


def test_a_standing_target_without_a_figure_has_no_data_and_is_not_missed() -> None:
    priority = with_indicator(target=Target(wording="At least 85% in every quarter"), observations=())
    assert smart(priority.indicators[0], CONTEXT).status is Status.NO_DATA

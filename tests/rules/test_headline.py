"""The title of a chart says what the values say, and never more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs
import pytest

from rdlib.plan.indicator import Baseline, Indicator, Target, TargetChange
from rdlib.plan.values import Period, format_when, read_period
from rdlib.rules.headline import (
    amount_words,
    gap_words,
    headline,
    in_force,
    known_steps,
    meets,
)
from rdlib.rules.targets import Goal, goal_of, target_steps

STANDING = Indicator(unit="%", direction="up", target=Target(kind="at-least", value=95.0))
DATED = Indicator(unit="%", direction="up", target=Target(kind="at-least", value=95.0, due=read_period("2018-03")))
FEWER = Indicator(unit="days", direction="down", target=Target(kind="at-most", value=30.0))
RANGE = Indicator(unit="m", direction="within", target=Target(kind="between", value=11.0, value_high=14.0))
LATER = date(2018, 7, 1)


def months(*values: float, year: int = 2018, month: int = 1) -> list[tuple[Period, float]]:
    """Monthly values from January 2018 on."""
    places = [(year * 12 + month - 1 + n) for n in range(len(values))]
    return [
        (read_period(f"{place // 12}-{place % 12 + 1:02d}"), float(v)) for place, v in zip(places, values, strict=True)
    ]


def years(*values: float, start: int = 2010) -> list[tuple[Period, float]]:
    return [(read_period(str(start + n)), float(v)) for n, v in enumerate(values)]


def title(indicator: Indicator, series: Sequence[tuple[Period, float]], as_of: date = LATER) -> str:
    goal = goal_of(indicator)
    return headline(series, goal, target_steps(indicator, goal), as_of, indicator.unit)


def test_without_values_there_are_none_yet():
    assert title(STANDING, []) == "No measured values yet"
    assert title(STANDING, months(90), date(2018, 1, 30)) == "No measured values yet"
    assert title(STANDING, months(90), date(2018, 1, 31)) == "Below target in January 2018"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ((96, 94, 93, 92), "Below target since February 2018"),
        ((96, 94, 96, 92), "Below target in April 2018"),
        ((91, 92, 93, 92), "Below target in all 4 measured values"),
        ((91,), "Below target in January 2018"),
        ((91, 95, 96, 97), "Target reached in February 2018"),
        ((96, 91, 95, 97), "Target reached again in March 2018"),
        ((96, 95, 97), "Target met in all 3 measured values"),
        ((95,), "Target met in January 2018"),
    ],
)
def test_a_target_without_a_date_is_met_or_not_since_a_period(values: tuple[float, ...], says: str):
    assert title(STANDING, months(*values)) == says


def test_lower_can_be_better():
    assert title(FEWER, months(28, 31, 33)) == "Above target since February 2018"
    assert title(FEWER, months(31, 30)) == "Target reached in February 2018"


def test_a_range_is_left_on_either_side():
    assert title(RANGE, months(12, 10, 15)) == "Outside the target range since February 2018"
    assert title(RANGE, months(10, 12, 13)) == "Within the target range since February 2018"
    assert title(RANGE, months(12, 12, 13)) == "Target met in all 3 measured values"


def test_exactly_is_neither_below_nor_above():
    exactly = Indicator(unit="%", target=Target(kind="exactly", value=50.0))
    assert title(exactly, months(50, 49, 51)) == "Not at target since February 2018"


def test_since_is_not_said_over_missing_periods():
    series = [pair for n, pair in enumerate(months(96, 94, 93, 92)) if n != 2]
    assert title(STANDING, series) == "Below target in every value since February 2018"


def test_single_days_have_no_gaps():
    series = [(read_period(f"2018-0{m}-15"), v) for m, v in ((1, 96.0), (3, 94.0), (5, 93.0))]
    assert title(STANDING, series) == "Below target since 15 March 2018"


def test_a_quarter_is_not_made_a_month():
    series = [(read_period(f"2017/18 Q{n}"), v) for n, v in ((1, 96.0), (2, 94.0), (3, 93.0), (4, 92.0))]
    assert title(STANDING, series) == "Below target since 2017/18 Q2"


def test_what_is_not_due_yet_is_not_missed():
    assert (
        title(DATED, years(80, 85, 90.5, start=2014), date(2017, 6, 1)) == "4.5 points below the target for March 2018"
    )
    assert title(DATED, years(80, 96, start=2015), date(2017, 6, 1)) == "Target for March 2018 reached in 2016"


def test_after_the_due_date_the_gap_is_said():
    assert title(DATED, months(90, 91, 92, 93)) == "2 points below the target that fell due in March 2018"
    assert title(DATED, months(90, 91, 95, 96)) == "Target reached in March 2018"
    assert title(DATED, months(90, 91, 92, 96)) == "Target reached in April 2018, after it fell due in March 2018"


def test_a_due_date_without_a_value_is_called_that():
    assert title(DATED, months(90, 91)) == "No value yet for March 2018, when the target fell due"
    assert title(DATED, years(90, 91, start=2016), date(2018, 4, 30)).startswith("4 points below")  # 2017 is the last


def test_what_was_measured_long_ago_is_called_that():
    late = date(2018, 11, 1)
    assert title(STANDING, months(96, 94, 93), late) == "Below target since February 2018; last measured in March 2018"
    assert title(STANDING, months(96, 97, 93), late) == "Below target when last measured, in March 2018"
    assert title(STANDING, months(94, 96, 97), date(2018, 11, 1)) == "Target met when last measured, in March 2018"
    future = attrs.evolve(DATED, target=attrs.evolve(DATED.target, due=read_period("2020")))
    says = "2 points below the target for 2020 when last measured, in March 2018"
    assert title(future, months(91, 92, 93), date(2018, 11, 1)) == says
    assert title(STANDING, years(96, 94, 93, start=2015), date(2019, 1, 1)) == "Below target since 2016"


def test_a_target_that_holds_in_every_period_is_met_since_a_period():
    always = attrs.evolve(STANDING, target=Target(wording="At least 95% in every quarter"))
    assert title(always, months(91, 95, 96, 97)) == "Target met since February 2018"
    assert title(always, months(91, 92, 96)) == "Target reached in March 2018"
    assert title(always, months(96, 94, 93)) == "Below target since February 2018"


def test_a_gap_is_no_finer_than_the_values():
    computed = attrs.evolve(DATED, target=attrs.evolve(DATED.target, value=94.07))
    assert title(computed, months(90.2, 91.3, 92.1)) == "2 points below the target that fell due in March 2018"
    assert title(computed, months(90.25, 91.3, 92.1)) == "1.97 points below the target that fell due in March 2018"
    assert title(computed, months(90, 91, 94)) == "0.07 points below the target that fell due in March 2018"


HISTORY = attrs.evolve(
    STANDING, changes=(TargetChange(id="c1", day=date(2018, 4, 1), was_value=98.0, was_due=read_period("2018-12")),)
)


def test_each_value_is_held_against_the_target_of_its_time():
    assert title(HISTORY, months(98.5, 97, 96.5, 94, 94)) == "Below target since February 2018"
    assert title(HISTORY, months(98.5, 99, 98.2, 94, 94)) == "Below target since April 2018"


def test_a_target_that_was_lowered_was_not_reached():
    assert title(HISTORY, months(97, 97.5, 97, 96.5, 96)) == "Target met since it was changed on 1 April 2018"
    assert title(HISTORY, months(94, 94.5, 94, 99, 99)) == "Target reached in April 2018"
    raised = attrs.evolve(HISTORY, changes=(TargetChange(id="c1", day=date(2018, 4, 1), was_value=90.0),))
    assert title(raised, months(92, 93, 92, 94, 94)) == "Below target since it was changed on 1 April 2018"


def test_a_later_target_is_not_known_yet():
    goal = goal_of(HISTORY)
    steps = target_steps(HISTORY, goal)
    assert title(HISTORY, months(97, 97), date(2018, 3, 1)) == "1 point below the target for December 2018"
    assert len(known_steps(steps, date(2018, 3, 1))) == 1
    assert len(known_steps(steps, date(2018, 4, 1))) == 2


def test_what_an_earlier_target_of_a_range_accepted_is_not_known():
    goal = Goal("between", low=11.0, high=14.0)
    steps = [(None, 12.0, None), (date(2018, 3, 1), None, None)]
    assert in_force(goal, steps, 0) is None
    assert in_force(goal, steps, 1) == goal
    assert headline(months(12, 12, 12, 12), goal, steps, LATER) == "Target met in every value since March 2018"


def test_an_unknown_earlier_target_ends_the_run():
    indicator = attrs.evolve(STANDING, changes=(TargetChange(id="c1", day=date(2018, 3, 1)),))
    assert title(indicator, months(90, 91, 92, 93)) == "Below target in every value since March 2018"


@pytest.mark.parametrize(
    ("target", "says"),
    [
        (Target(kind="context"), "Watched without a target: 80% in January 2018"),
        (Target(kind="tbd"), "Target still to be decided: 80% in January 2018"),
        (Target(), "No number to reach yet: 80% in January 2018"),
        (Target(kind="milestone", wording="A law is passed"), "Target without a number: 80% in January 2018"),
        (Target(kind="fall", value=30.0, change_unit="percent"), "Target without a number: 80% in January 2018"),
    ],
)
def test_without_a_number_to_reach_the_last_value_is_said(target: Target, says: str):
    assert title(Indicator(unit="%", target=target), months(80)) == says


def test_a_target_with_two_readings_is_not_judged():
    indicator = Indicator(unit="days", target=Target(value=30.0))
    assert title(indicator, months(20)) == "Target with more than one reading: 20\u00a0days in January 2018"


def test_a_change_is_counted_from_the_baseline():
    indicator = Indicator(
        unit="deaths",
        baseline=Baseline(20.0, read_period("2010")),
        target=Target(kind="fall", value=30.0, change_unit="percent", due=read_period("2018")),
    )
    assert title(indicator, years(18, 17, start=2011), date(2013, 1, 1)) == "3\u00a0deaths above the target for 2018"
    assert title(indicator, years(18, 14, start=2011), date(2013, 1, 1)) == "Target for 2018 reached in 2012"


def test_a_gap_too_small_to_be_written_is_still_a_gap():
    assert title(DATED, years(94.998, start=2016), date(2017, 6, 1)) == "Just below the target for March 2018"
    assert meets(94.998, Goal("at-least", low=95.0, level=95.0)) is False
    assert meets(95.0, None) is None


def test_words_of_periods_gaps_and_amounts():
    assert format_when(read_period("2018-03-05")) == "5 March 2018"
    assert format_when(Period(date(2018, 1, 1), date(2018, 2, 28))) == "1 January 2018 to 28 February 2018"
    assert gap_words(1, "%") == "1 point"
    assert gap_words(-3.25, "deaths per 1 000 births") == "3.25"
    assert amount_words(112000.4, "students") == "112\u2009000\u00a0students"

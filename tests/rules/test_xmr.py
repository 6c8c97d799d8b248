"""The arithmetic of the chart: limits against published examples, rules, false alarms, shapes and seasons."""

from __future__ import annotations

import math
import random

import pytest

from rdlib.rules.xmr import (
    Limits,
    Point,
    Rule,
    Shape,
    Signal,
    is_coarse,
    likeness,
    limits_of,
    moving_ranges,
    shape_of,
    signals_of,
)
from rdlib.rules.xmr_season import season_of

LEVEL = Limits(centre=10.0, mean_range=1.0, count=20)  # limits at 7.34 and 12.66, half way at 8.67 and 11.33


def points(*values: float) -> list[Point]:
    return list(enumerate(values))


def signals(*values: float) -> list[Signal]:
    return [each for each in signals_of(points(*values), LEVEL) if each.rule is not Rule.JUMP]


# --- published examples ------------------------------------------------------------------------------------------


def test_the_flow_rates_of_the_nist_handbook():
    """NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: ten batches; published there with 3 / 1.128."""
    flow = points(49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)
    limits = limits_of(flow)
    assert limits is not None
    assert limits.centre == pytest.approx(50.81)
    assert limits.mean_range == pytest.approx(1.8778, abs=0.0001)
    assert limits.at(0) == pytest.approx((45.8159, 55.8041), abs=0.001)
    assert signals_of(flow, limits) == []


def test_the_viscosity_of_montgomery():
    """D. C. Montgomery, Introduction to Statistical Quality Control: aircraft primer paint, fifteen batches."""
    paint = points(
        33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84
    )  # fmt: skip
    limits = limits_of(paint)
    assert limits is not None
    assert round(limits.centre, 2) == 33.52
    assert round(limits.mean_range, 2) == 0.48
    assert [round(each, 2) for each in limits.at(0)] == [32.24, 34.80]
    assert round(limits.range_limit, 2) == 1.57
    assert signals_of(paint, limits) == []


def test_limits_worked_out_by_hand():
    """Ranges 2, 1, 3: their mean is 2; 2.66 times that on each side of the mean, 5."""
    limits = limits_of(points(4.0, 6.0, 5.0, 8.0, 2.0)[:4])
    assert limits is not None
    assert limits.at(3) == pytest.approx((5.75 - 5.32, 5.75 + 5.32))
    assert limits.range_limit == pytest.approx(6.536)


# --- limits with care --------------------------------------------------------------------------------------------


def test_no_range_is_taken_across_a_gap():
    assert moving_ranges([(0, 1.0), (1, 2.0), (5, 9.0), (6, 8.0)]) == [1.0, 1.0]
    assert limits_of([(0, 1.0), (2, 2.0), (4, 9.0)]) is None


def test_values_that_are_all_alike_leave_no_width_and_any_other_is_a_signal():
    limits = limits_of(points(*[0.1 * 3] * 12))
    assert limits is not None
    assert limits.reach == 0
    assert signals_of(points(*[0.3] * 12), limits) == []
    assert signals_of(points(*[0.3] * 11, 0.4), limits)[0].rule is Rule.BEYOND


def test_nothing_gives_no_limits():
    assert limits_of([]) is None
    assert limits_of([(0, 1.0)]) is None


def test_limits_around_a_sloping_line_follow_it():
    rising = points(*(10 + 0.5 * n + (0.2 if n % 2 else -0.2) for n in range(20)))
    level, sloping = limits_of(rising), limits_of(rising, sloping=True)
    assert level is not None
    assert sloping is not None
    assert signals_of(rising, level)
    assert signals_of(rising, sloping) == []
    assert sloping.slope == pytest.approx(0.5, abs=0.01)


def test_coarse_values_are_noticed_and_fine_ones_are_not():
    source = random.Random(1)
    fine = points(*(source.gauss(50, 3) for _n in range(30)))
    coarse = points(*(float(round(source.gauss(50, 0.4))) for _n in range(30)))
    for values, expected in ((fine, False), (coarse, True)):
        limits = limits_of(values)
        assert limits is not None
        assert is_coarse(values, limits) is expected


def test_neighbours_that_resemble_each_other_are_noticed():
    wandering, level = [0.0], random.Random(2)
    for _n in range(59):
        wandering.append(0.9 * wandering[-1] + level.gauss(0, 1))
    limits = limits_of(points(*wandering))
    assert limits is not None
    assert (likeness(points(*wandering), limits) or 0) > 0.5
    assert likeness(points(1.0, 2.0), limits) is None


# --- the three rules, each with a near miss ----------------------------------------------------------------------


def test_a_value_beyond_a_limit_and_one_upon_it():
    assert signals(10, 10, 12.7) == [Signal(Rule.BEYOND, (2,), up=True)]
    assert signals(10, 10, 12.66) == []
    assert signals(10, 7.3) == [Signal(Rule.BEYOND, (1,), up=False)]


def test_neighbours_beyond_the_same_limit_are_one_signal():
    assert signals(10, 13, 14)[0] == Signal(Rule.BEYOND, (1, 2), up=True)


def test_eight_in_a_row_and_seven():
    assert signals(*[10.5] * 8) == [Signal(Rule.EIGHT, tuple(range(8)), up=True)]
    assert signals(*[10.5] * 7) == []
    assert signals(*[9.9] * 11) == [Signal(Rule.EIGHT, tuple(range(11)), up=False)]


def test_a_value_on_the_line_ends_a_run():
    assert signals(*[10.5] * 5, 10.0, *[10.5] * 5) == []


def test_three_of_four_near_a_limit_and_two():
    assert signals(10, 12, 12, 9, 12, 10) == [Signal(Rule.NEAR, (1, 2, 4), up=True)]
    assert signals(10, 12, 12, 9, 9, 12) == []
    assert signals(12, 8, 12, 8, 12) == []  # not on the same side


def test_a_jump_is_named_and_is_no_signal_of_the_three_rules():
    found = signals_of(points(8.0, 12.0), LEVEL)
    assert [each.rule for each in found] == [Rule.JUMP]
    assert signals(8.0, 12.0) == []
    assert signals_of(points(8.4, 11.6), LEVEL) == []


# --- how often it cries wolf -------------------------------------------------------------------------------------


def rate_of_false_alarms(count: int, times: int) -> float:
    source, alarms = random.Random(9), 0
    for _n in range(times):
        values = points(*(source.gauss(0, 1) for _m in range(count)))
        limits = limits_of(values)
        assert limits is not None
        alarms += any(each.rule is not Rule.JUMP for each in signals_of(values, limits))
    return alarms / times


@pytest.mark.parametrize(("count", "least", "most"), [(12, 0.02, 0.07), (24, 0.07, 0.13), (60, 0.28, 0.38)])
def test_so_often_an_unchanged_chart_shows_a_sign(count: int, least: float, most: float):
    assert least <= rate_of_false_alarms(count, 1000) <= most


def test_with_certain_limits_the_first_false_alarm_comes_after_some_130_values():
    source, certain, runs = random.Random(4), Limits(0.0, 1.128, 1000), []
    for _n in range(300):
        values: list[Point] = []
        while not any(each.rule is not Rule.JUMP for each in signals_of(values[-12:], certain)):
            values.append((len(values), source.gauss(0, 1)))
        runs.append(len(values))
    assert 110 <= sum(runs) / len(runs) <= 150


def test_a_step_of_two_standard_deviations_is_seen_within_some_ten_values():
    source, seen = random.Random(5), 0
    for _n in range(200):
        before = points(*(source.gauss(0, 1) for _m in range(24)))
        limits = limits_of(before)
        assert limits is not None
        after = [(24 + n, source.gauss(2, 1)) for n in range(10)]
        seen += any(each.rule is not Rule.JUMP for each in signals_of(after, limits))
    assert seen > 185


# --- step, line or level -----------------------------------------------------------------------------------------


def test_a_step_a_line_and_a_level_are_told_apart():
    source = random.Random(6)
    step = points(*(source.gauss(80 + 4 * (n >= 14), 1) for n in range(24)))
    line = points(*(source.gauss(80 + 0.4 * n, 1) for n in range(24)))
    level = points(*(source.gauss(80, 1) - 9 * (n == 9) for n in range(24)))
    assert shape_of(step) == (Shape.STEP, 14)
    assert shape_of(line)[0] is Shape.LINE
    assert shape_of(level)[0] is Shape.LEVEL


def test_values_exactly_on_a_line_are_a_line():
    assert shape_of(points(*(float(n) for n in range(12))))[0] is Shape.LINE


# --- the season --------------------------------------------------------------------------------------------------


def seasonal(years: int, a_year: int, swing: float, seed: int = 7) -> list[Point]:
    source = random.Random(seed)
    return [
        (n, source.gauss(80, 1) + swing * math.sin(2 * math.pi * n / a_year) + 0.05 * n) for n in range(years * a_year)
    ]


@pytest.mark.parametrize(("years", "a_year"), [(4, 12), (8, 12), (6, 4)])
def test_a_season_is_found_and_measured(years: int, a_year: int):
    season = season_of(seasonal(years, a_year, 4.0), a_year)
    assert season is not None
    assert season.swing == pytest.approx(8.0, abs=2.0)
    assert sum(season.adds) == pytest.approx(0, abs=1e-9)
    assert season.at(a_year) == season.at(0)


def test_noise_has_no_season_and_two_years_show_none():
    assert season_of(seasonal(6, 12, 0.0), 12) is None
    assert season_of(seasonal(2, 12, 4.0), 12) is None
    assert season_of([], 12) is None


def test_noise_is_taken_for_a_season_in_less_than_one_of_a_hundred_series():
    source = random.Random(8)
    taken = sum(season_of([(n, source.gauss(0, 1)) for n in range(60)], 12) is not None for _m in range(300))
    assert taken <= 3


def test_a_season_without_spread_is_still_one():
    season = season_of([(n, float(n % 4)) for n in range(20)], 4)
    assert season is not None
    assert season.strength == math.inf
    assert season_of([(n, 5.0) for n in range(20)], 4) is None

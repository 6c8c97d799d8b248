"""What the trend alone would bring: which method, when none, and how often later values fall inside the range."""

from __future__ import annotations

import calendar
import csv
import os
import warnings
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import attrs
import numpy as np
import pytest

from rdlib.plan.indicator import Indicator, Observation, Target
from rdlib.plan.values import Missing, read_period
from rdlib.rules import trend, trend_methods
from rdlib.rules.trend import NoProjection, Projection, trend_alone

Series = list[tuple[date, float]]
Numbers = Sequence[float] | np.ndarray


def month_end(year: int, month: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def monthly(values: Numbers, start: int = 2010) -> Series:
    return [(month_end(start, 1 + n), float(v)) for n, v in enumerate(values)]


def quarterly(values: Numbers, start: int = 2004) -> Series:
    return [(month_end(start, 3 + 3 * n), float(v)) for n, v in enumerate(values)]


def yearly(values: Numbers, start: int = 2000) -> Series:
    return [(date(start + n, 12, 31), float(v)) for n, v in enumerate(values)]


def projected(series: Series, until: date, **limits: float) -> Projection:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = trend_alone(series, until, **limits)
    assert isinstance(found, Projection), found
    return found


def refused(series: Series, until: date) -> str:
    found = trend_alone(series, until)
    assert isinstance(found, NoProjection), found
    assert not found.reason.endswith(".")
    return found.reason


WAVES = [50.0, 51, 50.5, 52, 51, 53, 53.5, 52.5, 54, 55, 54, 56.5, 56, 57.5, 57, 58]


# --- when there is none, and which method --------------------------------------------------------------------------


def test_without_values_there_is_no_projection():
    assert "no measured values" in refused([], date(2020, 1, 1))


def test_three_values_are_too_few_and_four_are_enough():
    assert "only 3 measured values" in refused(yearly([1, 2, 4]), date(2003, 12, 31))
    assert projected(yearly([1, 2, 4, 5]), date(2004, 12, 31)).used == 4


def test_values_all_on_one_day_are_one_value():
    day = date(2018, 3, 31)
    assert "only 1 measured value," in refused([(day, 5.0)] * 6, date(2019, 1, 1))


def test_two_different_values_for_one_day_are_refused():
    series = [*yearly([1, 2, 4, 5]), (date(2003, 12, 31), 9.0)]
    assert refused(series, date(2004, 12, 31)) == "there are two different values for 31 December 2003"


def test_a_day_that_is_measured_already_is_not_projected():
    assert "31 December 2002" in refused(yearly([1, 2, 4, 5, 6]), date(2002, 12, 31))


def test_no_trend_is_carried_on_for_longer_than_it_was_seen():
    series = yearly([10, 12, 11, 14, 15], start=2010)
    assert trend.furthest(series) == date(2019, 12, 31)
    assert projected(series, date(2019, 12, 31)).points[-1].day == date(2019, 12, 31)
    assert "6 years after" in refused(series, date(2020, 12, 31))


def test_less_than_a_year_of_months_could_be_a_season():
    assert "season" in refused(monthly(WAVES[:11]), month_end(2010, 12))
    assert projected(monthly(WAVES[:12]), month_end(2011, 3)).used == 12


def test_values_that_are_not_numbers_are_left_out():
    series = [*yearly([1, 2, 4, 5]), (date(2004, 12, 31), float("nan"))]
    assert projected(series, date(2005, 12, 31)).last == date(2003, 12, 31)


def test_a_short_series_around_a_line_is_continued_by_the_line():
    found = projected(yearly([10, 12.5, 13.5, 16.5, 17.5, 20.5]), date(2007, 12, 31))
    assert found.method == "Straight line through the last 6 values"
    assert (found.seasonal, found.used, found.since) == (False, 6, date(2000, 12, 31))
    assert found.at(date(2007, 12, 31)).middle == pytest.approx(24.1, abs=0.5)


def test_the_line_has_the_prediction_interval_of_least_squares():
    values = [10, 12.5, 13.5, 16.5, 17.5, 20.5]
    point = projected(yearly(values), date(2006, 12, 31)).at(date(2006, 12, 31))
    x = np.arange(6)
    slope, level = np.polyfit(x, values, 1)
    left = np.asarray(values) - level - slope * x
    error = (left @ left / 4 * (1 + 1 / 6 + (6 - 2.5) ** 2 / ((x - 2.5) ** 2).sum())) ** 0.5
    student = 1.5332062740589438  # the 90th percentile of Student's t with 4 degrees of freedom, from a table
    assert point.high - point.middle == pytest.approx(student * error)


def test_a_short_series_that_wanders_is_carried_on_from_its_last_value():
    found = projected(yearly([10, 14, 19, 23, 21, 17, 14, 10.5]), date(2009, 12, 31))
    assert found.method == "Last value, carried on by the average change of the last 8 values"
    assert found.at(date(2008, 12, 31)).middle == pytest.approx(10.5 + 0.5 / 7)
    assert found.at(date(2009, 12, 31)).high - found.at(date(2009, 12, 31)).low > 12


def test_an_exact_line_is_no_more_certain_than_its_decimals():
    point = projected(yearly([10, 20, 30, 40]), date(2004, 12, 31)).at(date(2004, 12, 31))
    assert (point.low, point.middle, point.high) == pytest.approx((49.5, 50, 50.5))


def test_equal_values_stay_where_they_are():
    for series in (yearly([7] * 6), quarterly([7] * 20)):
        found = projected(series, series[-1][0] + timedelta(days=300))
        assert found.method.startswith("Straight line")
        assert found.points[-1].middle == pytest.approx(7)


def test_twelve_regular_values_are_smoothed():
    found = projected(yearly(WAVES), date(2018, 12, 31))
    assert found.method == "Smoothed trend that flattens out"
    assert (found.used, found.seasonal) == (16, False)
    assert [p.day.year for p in found.points] == [2016, 2017, 2018]


def test_irregular_values_are_not_smoothed():
    series = [(day + timedelta(days=37 * (n % 3)), value) for n, (day, value) in enumerate(yearly(WAVES))]
    found = projected(series, date(2018, 12, 31))
    assert found.method.endswith("the last 12 values")
    assert found.points[-1].day == date(2018, 12, 31)


def test_a_season_is_taken_into_account_where_there_is_one():
    rng = np.random.default_rng(7)
    season = np.tile([3.0, 0, -1, -2], 7)
    found = projected(quarterly(50 + season + rng.normal(0, 0.4, 28)), month_end(2012, 3))
    assert found.seasonal
    assert found.method.endswith("with the season taken into account")
    by_day = {p.day.month: p.middle for p in found.points}
    assert by_day[3] - by_day[12] == pytest.approx(5, abs=1.5)
    without = projected(quarterly(50 + rng.normal(0, 0.4, 28)), month_end(2012, 3))
    assert not without.seasonal


def test_without_three_full_years_a_reader_is_told_that_the_season_is_left_out():
    assert any("three full years" in note for note in projected(monthly(WAVES), month_end(2011, 9)).notes)
    assert projected(yearly(WAVES), date(2018, 12, 31)).notes == ()


def test_small_gaps_are_filled_and_told():
    series = [pair for n, pair in enumerate(yearly([*WAVES, 58.5, 59, 60, 60.5])) if n != 5]
    found = projected(series, date(2022, 12, 31))
    assert found.method.startswith("Smoothed")
    assert any("1 missing value in between was filled in" in note for note in found.notes)


def test_a_gap_in_a_season_is_filled_with_the_season():
    season = np.tile([3.0, 0, -1, -2], 6)
    values = trend_methods._filled([n for n in range(24) if n != 12], np.delete(50 + season, 12), 4)
    assert values[12] == pytest.approx(53, abs=0.2)


def test_what_lies_before_a_long_gap_is_not_smoothed():
    series = [
        (day, v + (40 if day.year < 2008 else 0)) for day, v in yearly([*WAVES, *WAVES]) if not 2006 < day.year < 2012
    ]
    found = projected(series, date(2034, 12, 31))
    assert (found.method, found.since) == ("Smoothed trend that flattens out", date(2012, 12, 31))


def test_many_gaps_lead_to_the_line_through_recent_values():
    series = [pair for n, pair in enumerate(quarterly([*WAVES, *WAVES])) if n % 3]
    found = projected(series, month_end(2012, 6))
    assert not found.method.startswith("Smoothed")


def test_when_smoothing_does_not_settle_the_line_is_taken(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(trend_methods, "_ets", lambda *_given: None)
    found = projected(yearly([v + 0.001 for v in WAVES]), date(2018, 12, 31))
    assert found.method.endswith("the last 12 values")


def test_shares_stay_between_0_and_100():
    values = [96.2, 97.1, 97.0, 97.9, 98.1, 98.6]
    free = projected(yearly(values), date(2009, 12, 31)).points[-1]
    kept = projected(yearly(values), date(2009, 12, 31), low=0.0, high=100.0).points[-1]
    assert free.high > 100
    assert (kept.low, kept.high) == (free.low, 100.0)
    fallen = projected(yearly([5.0, 4.1, 3.2, 1.9, 1.1]), date(2008, 12, 31), low=0.0).points[-1]
    assert (fallen.low, fallen.middle) == (0.0, 0.0)


def test_it_is_read_off_between_two_points():
    found = projected(yearly([10, 12.5, 13.5, 16.5, 17.5, 20.5]), date(2008, 12, 31))
    first, second = found.points[:2]
    between = found.at(date(2007, 7, 1))
    assert first.middle < between.middle < second.middle
    assert found.at(date(2006, 2, 1)).middle == first.middle
    for day in (date(2005, 12, 31), date(2009, 1, 1)):
        with pytest.raises(ValueError, match="reaches from"):
            found.at(day)


def test_big_and_negative_numbers_are_continued_like_small_ones():
    small = projected(yearly(WAVES), date(2018, 12, 31)).points[-1]
    big = projected(yearly([1e6 * v - 2e8 for v in WAVES]), date(2018, 12, 31)).points[-1]
    assert big.middle == pytest.approx(1e6 * small.middle - 2e8, rel=1e-3)
    assert big.high - big.low == pytest.approx(1e6 * (small.high - small.low), rel=0.05)


def test_the_order_of_the_values_does_not_matter():
    series = yearly(WAVES)
    assert trend_alone(series[::-1], date(2018, 12, 31)) == trend_alone(series, date(2018, 12, 31))


# --- how often later values fall inside ----------------------------------------------------------------------------


def coverage(make: Callable[[np.random.Generator, int], np.ndarray], seen: int, ahead: int, times: int) -> float:
    """The share of simulated later values that fall inside the range, over many series of known truth."""
    rng = np.random.default_rng(20261122)
    hits = 0
    for _time in range(times):
        series = quarterly(make(rng, seen + ahead))
        found = projected(series[:seen], series[-1][0])
        hits += sum(found.at(day).low <= value <= found.at(day).high for day, value in series[seen:])
    return hits / (times * ahead)


def around_a_line(rng: np.random.Generator, count: int) -> np.ndarray:
    return np.asarray(50 + 0.3 * np.arange(count) + rng.normal(size=count))


def random_walk(rng: np.random.Generator, count: int) -> np.ndarray:
    return np.asarray(50 + np.cumsum(rng.normal(size=count)))


def with_a_season(rng: np.random.Generator, count: int) -> np.ndarray:
    season = 3 * np.sin(np.arange(count) * np.pi / 2)
    return np.asarray(50 + np.cumsum(0.5 * rng.normal(size=count)) + season + 0.5 * rng.normal(size=count))


@pytest.mark.parametrize(
    ("make", "seen", "ahead", "times", "least", "most"),
    [
        (around_a_line, 6, 4, 300, 0.75, 0.92),
        (around_a_line, 11, 8, 300, 0.75, 0.92),
        (random_walk, 6, 4, 300, 0.65, 0.90),
        (random_walk, 11, 8, 300, 0.62, 0.90),
        (around_a_line, 20, 8, 25, 0.60, 0.95),
        (random_walk, 24, 8, 25, 0.62, 0.95),
        (with_a_season, 24, 8, 25, 0.62, 0.95),
    ],
)
def test_about_four_later_values_in_five_fall_inside(
    make: Callable[[np.random.Generator, int], np.ndarray], seen: int, ahead: int, times: int, least: float, most: float
):
    assert least <= coverage(make, seen, ahead, times) <= most


#: Where the published series of the case study lie; they are no part of the project.
NHS = Path(os.environ.get("RDLIB_DATA", Path(__file__).parents[3] / "shared" / "data")) / "nhs_ae"


@pytest.mark.skipif(not NHS.is_dir(), reason="the published A&E series are not beside the project (RDLIB_DATA)")
def test_on_the_published_quarterly_series_about_three_in_four_fall_inside():
    with (NHS / "england_ae_quarterly_2004-2017_nuffield.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["pct_within_4h_type1"]]
    series = [(read_period(row["quarter"]).end, float(row["pct_within_4h_type1"])) for row in rows]
    inside = []
    for seen in range(12, len(series), 3):
        later = series[seen : seen + 8]
        found = projected(series[:seen], later[-1][0], low=0.0, high=100.0)
        inside += [found.at(day).low <= value <= found.at(day).high for day, value in later]
    assert len(inside) > 80
    assert 0.65 <= sum(inside) / len(inside) <= 0.9


# --- the measured values -------------------------------------------------------------------------------------------


def row(when: str, value: float | Missing | None, **breakdown: str) -> Observation:
    return Observation(read_period(when), value, None, dict(breakdown))


def test_the_whole_is_what_has_no_breakdown():
    indicator = Indicator(
        observations=(
            row("2018", 3.0),
            row("2017", 2.0, region=""),
            row("2016", 1.0, region="North"),
            row("2015", Missing.TO_BE_DETERMINED),
            Observation(None, 9.0),
        )
    )
    assert [(str(when), value) for when, value in trend.whole_series(indicator)] == [("2017", 2.0), ("2018", 3.0)]
    assert trend.unit_series(indicator) == {"North": [(read_period("2016"), 1.0)]}


def test_units_are_those_of_the_finest_breakdown():
    indicator = Indicator(
        observations=(
            row("2018", 1.0, region="North", hospital=""),
            row("2018", 2.0, region="North", hospital="A"),
            row("2018", 3.0, region="North", hospital="B"),
            row("2017", 4.0, region="North", hospital="B"),
        )
    )
    called, units = trend.unit_breakdown(indicator)
    assert called == "region · hospital"
    assert list(units) == ["North · A", "North · B"]
    assert [value for _when, value in units["North · B"]] == [4.0, 3.0]
    assert trend.unit_breakdown(Indicator()) == ("", {})


def test_the_latest_value_is_that_of_the_last_period_that_was_over():
    indicator = Indicator(observations=(row("2017", 1.0), row("2018", 2.0)))
    latest = trend.latest(indicator, date(2018, 12, 30))
    assert latest is not None
    assert (str(latest.when), latest.value) == ("2017", 1.0)
    assert trend.latest(indicator, date(2017, 1, 1)) is None


def sites(values: Sequence[float], when: str = "2018") -> tuple[Observation, ...]:
    return tuple(row(when, float(v), site=f"site {n}") for n, v in enumerate(values))


def test_the_best_are_counted_towards_better():
    values = range(101)
    up = trend.percentiles_within(Indicator(direction="up", observations=sites(values)))
    down = trend.percentiles_within(Indicator(direction="down", observations=sites(values)))
    assert up is not None
    assert down is not None
    assert (up.fifth_best, up.hundredth_best, up.units) == (80, 99, 101)
    assert (down.fifth_best, down.hundredth_best) == (20, 1)


def test_percentiles_need_a_direction_and_five_units():
    assert trend.percentiles_within(Indicator(direction="up", observations=sites(range(5)))) is not None
    assert trend.percentiles_within(Indicator(direction="up", observations=sites(range(4)))) is None
    assert trend.percentiles_within(Indicator(direction="within", observations=sites(range(9)))) is None
    assert trend.percentiles_within(Indicator(observations=sites(range(9)))) is None
    by_target = Indicator(observations=sites(range(9)), target=Target(kind="at-most"))
    assert trend.better_way(by_target) == "down"
    assert trend.percentiles_within(by_target) is not None


def test_percentiles_are_of_the_last_period_that_is_at_least_half_there():
    rows = sites(range(10), "2016") + sites(range(10, 20), "2017") + sites(range(3), "2018")
    indicator = Indicator(direction="up", observations=rows)
    last = trend.percentiles_within(indicator)
    assert last is not None
    assert str(last.when) == "2017"
    before = trend.percentiles_within(indicator, as_of=date(2017, 6, 30))
    assert before is not None
    assert str(before.when) == "2016"
    chosen = trend.percentiles_within(indicator, read_period("2016"))
    assert chosen == before
    assert trend.percentiles_within(indicator, read_period("2011")) is None


def test_the_fastest_change_is_over_a_stretch_as_long_as_asked():
    series = yearly([10, 14, 13, 20, 21])
    assert trend.fastest_change(series, 365, direction="up") == 7
    assert trend.fastest_change(series, 730, direction="up") == 8
    assert trend.fastest_change(series, 365, direction="down") == 1
    assert trend.fastest_change(yearly([10, 9, 7]), 365, direction="up") == -1
    assert trend.fastest_change(series, 3650, direction="up") is None
    assert trend.fastest_change(series[:1], 365, direction="up") is None


@pytest.mark.parametrize(
    ("now", "low", "high", "needed"),
    [
        (90, 95, None, 5),
        (95, 95, None, 0),
        (40, None, 30, -10),
        (29, None, 30, 0),
        (5, 6, 8, 1),
        (9, 6, 8, -1),
        (7, 6, 8, 0),
    ],
)
def test_what_is_still_needed(now: float, low: float | None, high: float | None, needed: float):
    assert trend.needed_change(now, low, high) == needed


def test_records_are_frozen():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        trend.NoProjection("x").reason = "y"  # type: ignore[misc]

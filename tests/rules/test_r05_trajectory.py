from __future__ import annotations

import math
from datetime import date
from itertools import pairwise
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rdlib.plan.effects import CERTAINTIES, RANGES, SHAPES, Effect
from rdlib.plan.indicator import Baseline, Indicator, Observation, Target, TrajectoryPoint
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES, Strategy
from rdlib.plan.values import Period, read_period
from rdlib.rules import r05_estimates as estimates
from rdlib.rules.r05_effects import Range, estimate, missing, months, size_of, what_it_adds
from rdlib.rules.r05_steps import on_its_path, steps_of
from rdlib.rules.r05_trajectory import NoPath, Trajectory, best_possible, trajectory
from rdlib.rules.registry import Context
from tests.rules.plans import codes

CALENDAR = Context(Plan(fiscal_year_start="1"), date(2018, 1, 31))
PUNJAB = Context(Plan(fiscal_year_start="7"), date(2016, 3, 31))


def when(text: str) -> Period:
    return read_period(text, fiscal_start=7)


WORK = Strategy(
    "s1", title="See and treat", indicators=("i1",), start=when("2018-01"), end=when("2018-12"), status="chosen",
    evidence_kind="own-figures", evidence="Three hospitals moved from 71% to 80%.",
)  # fmt: skip
BEDS = attrs.evolve(WORK, id="s2", title="Beds before noon")
BASIS = "11 of 100 wait for it, and three in four would not: 8."
FIRST = Effect("e1", strategy="s1", size=8.0, certainty="likely", basis=BASIS, group="Minor injuries")
SECOND = Effect("e2", strategy="s2", size=4.0, certainty="possible", basis=BASIS, group="Waiting for a bed")
WAITS = Indicator(
    "i1",
    name="Share of patients through within four hours",
    unit="%",
    direction="up",
    baseline=Baseline(value=80.0, when=when("2017")),
    target=Target(kind="at-least", value=92.0, due=when("2018-12")),
    without="stays",
    effects=(FIRST, SECOND),
    trajectory=(TrajectoryPoint("t1", when("2018-06"), 86.0), TrajectoryPoint("t2", when("2018-12"), 92.0)),
)


def one(indicator: Indicator, *strategies: Strategy) -> Priority:
    return Priority(id="waits", indicators=(indicator,), parts={STRATEGIES.key: strategies or (WORK, BEDS)})


def path_of(indicator: Indicator, *strategies: Strategy, context: Context = CALENDAR) -> Trajectory:
    found = trajectory(indicator, one(indicator, *strategies), context)
    assert isinstance(found, Trajectory), found
    return found


def with_effect(**changes: Any) -> Indicator:
    return attrs.evolve(WAITS, effects=(attrs.evolve(FIRST, **changes), SECOND))


# --- worked by hand ----------------------------------------------------------------------------------------------


def test_two_steady_effects_add_a_twelfth_a_month() -> None:
    path = path_of(WAITS)
    assert [str(p) for p in path.periods][:2] == ["2018-01", "2018-02"]
    assert path.path == pytest.approx([80 + n for n in range(1, 13)])
    assert path.gap == 0
    assert path.together[-1] == pytest.approx((80 + 8 * 0.6 + 4 * 0.3, 80 + 8 * 1.2 + 4 * 1.3))
    low, high = math.hypot(3.2, 2.8), math.hypot(1.6, 1.2)
    assert path.independent[-1] == pytest.approx((92 - low, 92 + high))


def test_three_years_of_550_000_are_1_650_000() -> None:
    pace = Effect("e1", strategy="s1", size=550_000.0, counts="per-year", certainty="likely")
    work = attrs.evolve(WORK, start=when("2015-07"), end=when("2018-06"))
    target = Target(kind="at-least", value=2_000_000.0, due=when("2017/18"))
    skills = Indicator(
        "i1", unit="trainings", direction="up", baseline=Baseline(0.0, when("2015-06")), target=target, effects=(pace,)
    )
    path = path_of(skills, work, context=PUNJAB)
    assert [str(p) for p in path.periods] == ["2015/16", "2016/17", "2017/18"]
    assert path.path == (550_000.0, 1_100_000.0, 1_650_000.0)
    assert path.gap == 350_000.0
    assert path.adds_up
    counted = attrs.evolve(skills, baseline=Baseline(350_000.0, when("2015-06")))
    assert path_of(counted, work, context=PUNJAB).gap == 0
    assert "R5-gap" in codes(estimates.check(one(skills, work), PUNJAB))
    assert "R5-gap" not in codes(estimates.check(one(counted, work), PUNJAB))


def test_where_lower_is_better_effects_are_written_without_a_minus() -> None:
    effects = (attrs.evolve(FIRST, size=3.0), attrs.evolve(SECOND, size=2.0))
    deaths = Indicator(
        "i1", unit="deaths", direction="down", baseline=Baseline(20.0, when("2017")),
        target=Target(kind="at-most", value=14.0, due=when("2018-12")), effects=effects,
    )  # fmt: skip
    path = path_of(deaths)
    assert path.sign == -1
    assert path.end == pytest.approx(15.0)
    assert path.gap == pytest.approx(1.0)
    assert path.together[-1] == pytest.approx((20 - 3 * 1.2 - 2 * 1.3, 20 - 3 * 0.6 - 2 * 0.3))
    worse = attrs.evolve(deaths, effects=(attrs.evolve(FIRST, size=-3.0),))
    assert "R5-effect-worse" in codes(estimates.check(one(worse), CALENDAR))
    assert path_of(worse).end == pytest.approx(23.0)


def test_a_slow_start_has_a_quarter_of_it_halfway() -> None:
    slow = estimate(attrs.evolve(FIRST, shape="slow-fast"), WORK)
    assert slow is not None
    assert slow.at(date(2018, 6, 30)).middle == pytest.approx(2.0)
    assert slow.at(date(2018, 12, 31)).middle == pytest.approx(8.0)
    added = estimate(attrs.evolve(FIRST, counts="per-month", shape="steady"), WORK)
    assert added is not None
    assert added.at(date(2018, 12, 31)).middle == pytest.approx(8.0 * 12 / 2)
    assert added.at(date(2019, 12, 31)).middle == pytest.approx(8.0 * (12 / 2 + 12))


def test_what_stops_is_gone_or_adds_no_more() -> None:
    gone = estimate(attrs.evolve(FIRST, shape="at-once", until=when("2018-06")), WORK)
    stopped = estimate(attrs.evolve(FIRST, counts="per-month", until=when("2018-06")), WORK)
    assert gone is not None
    assert stopped is not None
    assert [gone.at(date(2018, n, 28)).middle for n in (1, 6, 7)] == [8.0, 8.0, 0.0]
    assert stopped.at(date(2018, 12, 31)).middle == stopped.at(date(2018, 6, 30)).middle == 48.0


def test_what_the_baseline_holds_already_is_not_counted_again() -> None:
    halfway = attrs.evolve(WAITS, baseline=Baseline(84.0, when("2018-06")), effects=(FIRST,))
    assert path_of(halfway).end == pytest.approx(88.0)


def test_the_trend_counts_only_where_it_is_chosen() -> None:
    past = tuple(Observation(when(str(year)), 70.0 + 2 * (year - 2012)) for year in range(2012, 2018))
    grown = attrs.evolve(WAITS, observations=past, without=None)
    apart = path_of(grown)
    assert not apart.counts_trend
    assert apart.end == pytest.approx(92.0)
    beside = path_of(attrs.evolve(grown, without="trend"))
    assert beside.counts_trend
    assert beside.end == pytest.approx(beside.without[-1] + 12)
    assert beside.without[-1] > 80
    assert beside.together[-1][0] < apart.together[-1][0] + (beside.without[-1] - 80)
    assert "R5-trend-open" in codes(estimates.check(one(grown), CALENDAR))
    assert "R5-trend-open" not in codes(estimates.check(one(attrs.evolve(grown, without="stays")), CALENDAR))


def test_without_a_baseline_the_last_value_before_the_work_begins() -> None:
    past = (Observation(when("2016"), 78.0), Observation(when("2017"), 79.0), Observation(when("2018-03"), 83.0))
    path = path_of(attrs.evolve(WAITS, baseline=Baseline(), observations=past))
    assert path.start == (date(2017, 12, 31), 79.0)
    assert not path.from_baseline


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        (attrs.evolve(WAITS, effects=()), "no effect"),
        (attrs.evolve(WAITS, target=Target(kind="at-least", value=92.0)), "no date"),
        (attrs.evolve(WAITS, baseline=Baseline()), "no value to begin with"),
        (attrs.evolve(WAITS, target=Target(kind="at-least", value=92.0, due=when("2016"))), "before the path"),
    ],
)
def test_where_there_is_no_path_it_is_said_why(changed: Indicator, says: str) -> None:
    found = trajectory(changed, one(changed), CALENDAR)
    assert isinstance(found, NoPath)
    assert says in found.reason


def test_only_chosen_strategies_count_as_soon_as_one_is_chosen() -> None:
    open_ = attrs.evolve(BEDS, status=None)
    assert path_of(WAITS, WORK, open_).end == pytest.approx(88.0)
    assert path_of(WAITS, attrs.evolve(WORK, status=None), open_).end == pytest.approx(92.0)
    assert path_of(WAITS, attrs.evolve(WORK, status="dropped"), open_).end == pytest.approx(84.0)
    assert what_it_adds(open_, WAITS, date(2018, 12, 31)) == Range(1.2, 4.0, 5.2)
    assert what_it_adds(attrs.evolve(BEDS, id="s9"), WAITS, date(2018, 12, 31)) is None


@pytest.mark.parametrize(
    ("due", "names"),
    [
        ("2018-12", ["2018-01", "2018-12"]),
        ("2020-12", ["2018-Q1", "2020-12"]),
        ("2026", ["2018", "2026"]),
        ("2018-05-15", ["2018-01-15", "2018-05-15"]),
        ("2025-06", ["2018-06", "2025-06"]),
    ],
)
def test_periods_end_with_the_target_and_can_be_read_again(due: str, names: list[str]) -> None:
    path = path_of(attrs.evolve(WAITS, target=Target(kind="at-least", value=92.0, due=when(due))))
    assert [str(path.periods[0]), str(path.periods[-1])] == names
    assert [read_period(str(p), fiscal_start=1).end for p in path.periods] == [p.end for p in path.periods]


def test_the_path_as_steps_and_a_chart_without_steps_shows_it() -> None:
    path = path_of(WAITS)
    steps = steps_of(path)
    assert (steps[0].when, steps[0].value, steps[0].note) == ("2018-01", 81.0, "See and treat, Beds before noon")
    assert steps[-1].values()["value"] == "92"
    bare = attrs.evolve(WAITS, trajectory=())
    assert [p.value for p in on_its_path(bare, path).trajectory] == pytest.approx(list(path.path))
    assert on_its_path(WAITS, path) is WAITS
    assert on_its_path(bare, NoPath("none")) is bare


def test_what_is_to_hold_in_every_period_is_looked_at_once_all_is_full() -> None:
    standing = attrs.evolve(WAITS, target=Target(wording="At least 92% in every quarter"))
    path = path_of(standing)
    assert (path.periods[-1].end, path.gap) == (date(2018, 12, 31), 0)
    assert "R5-no-path" not in codes(estimates.check(one(standing), CALENDAR))


def test_the_best_that_can_be() -> None:
    assert best_possible(WAITS, 1) == 100
    assert best_possible(WAITS, -1) == 0
    assert best_possible(Indicator(unit="schools", most=200.0), 1) == 200
    assert best_possible(Indicator(unit="schools"), 1) is None
    high = path_of(attrs.evolve(WAITS, baseline=Baseline(93.0, when("2017"))))
    assert high.beyond is not None
    assert high.beyond[2] == 100
    assert all(top <= max(100, middle) for (_low, top), middle in zip(high.together, high.path, strict=True))


def test_the_words_for_how_sure_each_have_a_range_that_holds_the_size() -> None:
    assert {choice.value for choice in CERTAINTIES} == set(RANGES)
    assert all(low <= 1 <= high for low, high in RANGES.values())
    for choice in CERTAINTIES:
        low, high = RANGES[choice.value]
        assert f"{high * 100:.0f}%" in choice.describes
        assert low == 0 or f"{low * 100:.0f} " in choice.describes
    assert size_of(Effect("e1", size=10.0)) == Range(0.0, 10.0, 15.0)
    assert size_of(Effect("e1", size=-10.0, certainty="likely")) == Range(-12.0, -10.0, -6.0)
    assert missing(Effect("e1", counts="per-year", size=1.0), attrs.evolve(WORK, end=None)) == ()


# --- for any effects ---------------------------------------------------------------------------------------------

_DAYS = st.dates(date(2017, 1, 1), date(2022, 12, 31))
_EFFECTS = st.builds(
    Effect,
    id=st.just("e"),
    strategy=st.sampled_from(["s1", "s2"]),
    size=st.floats(-50, 50),
    counts=st.sampled_from([None, "lasting", "per-month", "per-year"]),
    start=st.dates(date(2018, 1, 1), date(2019, 12, 31)).map(lambda d: Period(d, d)),
    full=st.none() | st.dates(date(2019, 1, 1), date(2021, 12, 31)).map(lambda d: Period(d, d)),
    shape=st.sampled_from([None, *(choice.value for choice in SHAPES)]),
    until=st.none() | st.dates(date(2019, 1, 1), date(2021, 12, 31)).map(lambda d: Period(d, d)),
    certainty=st.sampled_from([None, *RANGES]),
)


@given(effect=_EFFECTS, days=st.lists(_DAYS, min_size=2, max_size=6).map(sorted))
@settings(max_examples=150, deadline=None)
def test_a_ramp_never_falls_and_stays_between_nothing_and_all(effect: Effect, days: list[date]) -> None:
    counted = estimate(effect, WORK)
    assert counted is not None
    shares = [counted.share(day) for day in days]
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)
    for day in days:
        amount = counted.at(day)
        assert amount.low <= amount.middle + 1e-9
        assert amount.middle <= amount.high + 1e-9


@given(effect=_EFFECTS, days=st.lists(_DAYS, min_size=2, max_size=6).map(sorted))
@settings(max_examples=100, deadline=None)
def test_what_is_added_up_never_gets_less(effect: Effect, days: list[date]) -> None:
    counted = estimate(attrs.evolve(effect, size=abs(effect.size or 0.0), counts="per-month"), WORK)  # type: ignore[arg-type]
    assert counted is not None
    amounts = [counted.at(day).middle for day in days]
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(amounts))


@given(
    effects=st.lists(_EFFECTS, min_size=1, max_size=5),
    value=st.floats(10, 90),
    aim=st.floats(10, 90),
    up=st.booleans(),
    due=st.sampled_from(["2018-12", "2019/20", "2020-Q3", "2022", "2021-02-28"]),
)
@settings(max_examples=150, deadline=None)
def test_parts_add_up_to_the_path_and_the_gap_to_the_target(
    effects: list[Effect], value: float, aim: float, up: bool, due: str
) -> None:
    indicator = Indicator(
        "i1", unit="people", direction="up" if up else "down", baseline=Baseline(value, when("2017-12")),
        target=Target(kind="at-least" if up else "at-most", value=aim, due=when(due)), effects=tuple(effects),
    )  # fmt: skip
    path = path_of(indicator)
    for n, reached in enumerate(path.path):
        stacked = path.without[n] + path.sign * sum(part.amounts[n].middle for part in path.parts)
        assert reached == pytest.approx(stacked)
        low, high = path.together[n]
        near_low, near_high = path.independent[n]
        assert low - 1e-6 <= near_low <= reached + 1e-6
        assert reached - 1e-6 <= near_high <= high + 1e-6
    assert path.gap is not None
    assert path.gap >= 0
    if path.gap > 0:
        assert path.end + path.sign * path.gap == pytest.approx(aim)
    assert path.periods[-1].end == when(due).end
    ends = [path.start[0], *(p.end for p in path.periods)]
    assert ends == sorted(set(ends))
    assert all(p.start <= p.end for p in path.periods)


@given(day=_DAYS, later=_DAYS)
def test_time_in_months_runs_forward(day: date, later: date) -> None:
    assert months(day, begins=True) < months(day)
    assert (months(day) < months(later)) == (day < later)


# --- findings ----------------------------------------------------------------------------------------------------


def test_a_path_that_adds_up_is_praised_and_nothing_else_is_said() -> None:
    assert codes(estimates.check(one(WAITS), CALENDAR)) == {"R5-sums-up"}
    assert not estimates.attempted(one(attrs.evolve(WAITS, effects=())), CALENDAR)


_AT = "priorities/waits/indicators/i1"


@pytest.mark.parametrize(
    ("changed", "code", "where"),
    [
        (attrs.evolve(WAITS, effects=(FIRST,)), "R5-no-effect", "effects"),
        (with_effect(strategy=None), "R5-effect-no-strategy", "effects/e1/strategy"),
        (with_effect(size=None), "R5-effect-no-size", "effects/e1/size"),
        (with_effect(certainty=None), "R5-effect-not-sure", "effects/e1/certainty"),
        (with_effect(basis=None), "R5-effect-no-basis", "effects/e1/basis"),
        (with_effect(basis="The team is confident of a strong effect."), "R5-effect-thin-basis", "effects/e1/basis"),
        (with_effect(start=when("2017-06")), "R5-effect-before-strategy", "effects/e1/start"),
        (with_effect(full=when("2017-06")), "R5-effect-out-of-order", "effects/e1/full"),
        (with_effect(until=when("2017-06")), "R5-effect-out-of-order", "effects/e1/until"),
        (with_effect(start=when("2019-06"), full=when("2019-12")), "R5-effect-after-due", "effects/e1/start"),
        (with_effect(size=-8.0), "R5-effect-worse", "effects/e1/size"),
        (with_effect(low=9.0), "R5-range-beside-size", "effects/e1/low"),
        (with_effect(high=7.0), "R5-range-beside-size", "effects/e1/high"),
        (with_effect(most=7.0), "R5-more-than-group", "effects/e1/size"),
        (with_effect(group="Waiting for a bed"), "R5-counted-twice", "effects/e2/group"),
        (with_effect(group="Waiting for a bed on a ward", most=11.0), "R5-more-than-group", "effects/e1/most"),
        (with_effect(size=25.0), "R5-beyond-possible", "effects"),
        (with_effect(size=15.0), "R5-far-beyond-target", "effects"),
        (with_effect(size=7.0), "R5-gap", "effects"),
        (attrs.evolve(WAITS, without="trend"), "R5-no-trend", "without"),
        (attrs.evolve(WAITS, baseline=Baseline()), "R5-no-path", "baseline/value"),
        (attrs.evolve(WAITS, target=Target(kind="at-least", value=92.0)), "R5-no-path", "target/due"),
        (attrs.evolve(WAITS, target=Target(kind="at-least", due=when("2018-12"))), "R5-no-path", "target/kind"),
        (attrs.evolve(WAITS, trajectory=()), "R5-no-steps", "trajectory"),
        (
            attrs.evolve(WAITS, trajectory=(TrajectoryPoint("t1", when("2018-06"), 90.0),)),
            "R5-steps-differ",
            "trajectory/t1/value",
        ),
    ],
)
def test_each_weakness_is_found_at_its_place(changed: Indicator, code: str, where: str) -> None:
    found = [f for f in estimates.check(one(changed), CALENDAR) if f.code == code]
    assert [f.where for f in found] == [f"{_AT}/{where}"]
    assert found[0].next_step


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (attrs.evolve(WAITS, target=Target(kind="context")), "R5-no-path"),
        (with_effect(size=11.9), "R5-far-beyond-target"),
        (with_effect(size=7.95), "R5-gap"),
        (with_effect(most=8.0), "R5-more-than-group"),
        (with_effect(group="Waiting for a bed", apart=True), "R5-counted-twice"),
        (with_effect(group="Waiting for a bed", apart=True, most=12.0), "R5-more-than-group"),
        (with_effect(group="Waiting for a bed", until=when("2017-12"), start=when("2017-06")), "R5-counted-twice"),
        (with_effect(certainty=None, low=5.0, high=9.0), "R5-effect-not-sure"),
        (with_effect(basis="Two thirds of those who wait for it would not."), "R5-effect-thin-basis"),
        (with_effect(start=when("2018-01")), "R5-effect-before-strategy"),
        (attrs.evolve(WAITS, trajectory=(TrajectoryPoint("t1", when("2018-06"), 87.0),)), "R5-steps-differ"),
        (attrs.evolve(WAITS, trajectory=(TrajectoryPoint("t1", when("2020-06"), 99.0),)), "R5-steps-differ"),
    ],
)
def test_a_near_miss_is_left_alone(changed: Indicator, code: str) -> None:
    assert code not in codes(estimates.check(one(changed), CALENDAR))


def test_nobody_is_surer_than_the_evidence_of_the_strategy() -> None:
    doubtful = attrs.evolve(WORK, evidence_kind="experience")
    assert "R5-surer-than-evidence" in codes(estimates.check(one(WAITS, doubtful, BEDS), CALENDAR))
    humble = with_effect(certainty="possible")
    assert "R5-surer-than-evidence" not in codes(estimates.check(one(humble, doubtful, BEDS), CALENDAR))
    nowhere = attrs.evolve(WORK, start=None, end=None)
    found = [f for f in estimates.check(one(WAITS, nowhere, BEDS), CALENDAR) if f.code == "R5-effect-no-time"]
    assert [f.where for f in found] == [f"{_AT}/effects/e1/start"]


def test_a_dropped_strategy_is_left_alone() -> None:
    quiet = with_effect(basis=None, certainty=None)
    dropped = attrs.evolve(WORK, status="dropped")
    found = codes(estimates.check(one(quiet, dropped, BEDS), CALENDAR))
    assert found == {"R5-gap", "R5-steps-differ"}

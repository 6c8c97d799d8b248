"""What a chart says of a series: stretches, verdicts, what becomes of the target, and what a reader has to know."""

from __future__ import annotations

import csv
import math
import os
import random
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

from rdlib.plan.blips import SpecialEvent, StepChange, UsualStretch
from rdlib.plan.indicator import Indicator, Observation, Target
from rdlib.plan.values import read_period
from rdlib.rules.r09_charts import Reach, Verdict, breaks, headline, notes, reach_words, verdict_words
from rdlib.rules.xmr import Rule
from tests.rules.charts import QUIET, SEEN, monthly, noise, read, yearly

STEP = StepChange("s1", "i1", read_period("2011-03"), "Nurses discharge", "First where they may", "Head of figures")
FLOOD = SpecialEvent("e1", "i1", read_period("2010-10"), "Flood", "Schools stood under water")
USUAL = UsualStretch("u1", "i1", read_period("2010-01"), read_period("2010-12"), "Nothing new in the work")
SHIFTED = [*QUIET[:14], *(value + 6 for value in QUIET[:14])]
BLIP = [*QUIET[:9], 70.0, *QUIET[10:]]
RISING = [value + 0.8 * n for n, value in enumerate(QUIET)]


# --- the verdict -------------------------------------------------------------------------------------------------


def test_noise_is_called_noise():
    seen = read(QUIET)
    assert seen.verdict is Verdict.NOISE
    assert headline(seen) == "Within its usual range since January 2010: nothing but noise"


def test_a_blip_is_a_single_signal_and_is_said_to_have_passed():
    seen = read(BLIP)
    assert (seen.verdict, seen.up) == (Verdict.SINGLE, False)
    assert headline(seen) == "A single signal in October 2010, and back in the usual range since"


def test_a_blip_that_is_the_last_value_is_a_single_signal_for_the_worse():
    assert headline(read([*QUIET[:20], 70.0])) == "A single signal in September 2011: something happened for the worse"


def test_a_shift_names_its_month_and_both_levels():
    seen = read(SHIFTED)
    assert seen.verdict is Verdict.SHIFT
    assert headline(seen) == "A shift for the better since March 2011: more than noise"
    assert any("82% until then, and is 88% since" in each for each in verdict_words(seen))


def test_lower_can_be_better():
    seen = read(SHIFTED, indicator=attrs.evolve(SEEN, direction="down"))
    assert headline(seen) == "A shift for the worse since March 2011: more than noise"
    nobody_knows = read(SHIFTED, indicator=attrs.evolve(SEEN, direction="within", target=Target()))
    assert headline(nobody_knows) == "A shift upwards since March 2011: more than noise"


def test_a_steady_rise_is_one_trend_and_not_one_signal_after_another():
    seen = read(RISING)
    assert seen.verdict is Verdict.TREND
    assert headline(seen) == "A trend for the better: rising since January 2010"
    assert seen.present is not None
    assert seen.present.telling == ()
    assert "rise by about 0.8 points" in verdict_words(seen)[0]


def test_a_signal_that_has_passed_is_no_shift():
    seen = read([*QUIET[:12], 79.2, 79.0, 79.1, *QUIET[12:]])
    assert seen.verdict in {Verdict.NOISE, Verdict.SINGLE}


@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_too_few_values_are_not_judged(count: int):
    seen = read(QUIET[:count])
    assert seen.verdict is Verdict.TOO_FEW
    assert seen.reach is None
    assert "too few" in headline(seen) or count == 0
    assert not notes(seen)
    assert verdict_words(seen)


def test_the_three_or_four_years_that_a_federal_indicator_reports_are_not_judged():
    assert all(read(yearly(*QUIET[:n])).verdict is Verdict.TOO_FEW for n in range(1, 6))


def test_ten_values_are_judged_with_provisional_limits():
    seen = read(QUIET[:10])
    assert seen.verdict is Verdict.NOISE
    assert any("provisional" in note for note in notes(seen))
    assert not any("provisional" in note for note in notes(read(QUIET)))


def test_only_what_was_known_on_a_day_counts():
    assert read(SHIFTED, date(2011, 2, 1)).verdict is Verdict.NOISE
    assert len(read(SHIFTED, date(2011, 2, 1)).values) == 13


# --- what the reader wrote ---------------------------------------------------------------------------------------


def test_an_explained_step_gets_new_limits_and_an_unexplained_one_does_not():
    explained = read(SHIFTED, steps=[STEP])
    assert [len(stretch.points) for stretch in explained.stretches] == [14, 14]
    assert explained.verdict is Verdict.NOISE
    assert headline(explained) == "Within its usual range since March 2011: nothing but noise"
    gaps: list[dict[str, Any]] = [{"what": None}, {"evidence": ""}, {"said_by": None}, {"since": None}]
    for gap in gaps:
        assert len(read(SHIFTED, steps=[attrs.evolve(STEP, **gap)]).stretches) == 1


def test_a_step_changes_no_chart_from_before_it_was_explained():
    step = attrs.evolve(STEP, day=date(2012, 1, 15))
    assert len(read(SHIFTED, date(2011, 12, 31), steps=[step]).stretches) == 1
    assert len(read(SHIFTED, date(2012, 4, 30), steps=[step]).stretches) == 2


def test_a_new_stretch_of_a_few_values_has_no_limits_yet():
    seen = read(SHIFTED[:18], steps=[STEP])
    assert seen.verdict is Verdict.TOO_FEW
    assert headline(seen) == "Only 4 values since the step of March 2011: too few for limits"


def test_limits_rest_on_the_stretch_that_was_fixed():
    seen = read(SHIFTED, usual=[USUAL])
    assert seen.present is not None
    assert seen.present.usual == USUAL
    assert seen.present.limits is not None
    assert seen.present.limits.count == 12
    assert seen.present.limits.centre == pytest.approx(sum(QUIET[:12]) / 12)
    assert "until the change is explained" in " ".join(verdict_words(seen))


def test_a_stretch_of_nine_values_is_not_used():
    seen = read(QUIET, usual=[attrs.evolve(USUAL, last=read_period("2010-09"))])
    assert seen.present is not None
    assert seen.present.usual is None
    assert read(QUIET, usual=[attrs.evolve(USUAL, first=None)]).present.usual is None  # type: ignore[union-attr]


def test_a_told_event_is_left_out_of_the_limits_and_stays_in_the_picture():
    seen, untold = read(BLIP, events=[FLOOD]), read(BLIP, events=[attrs.evolve(FLOOD, why=None)])
    assert seen.present is not None
    assert untold.present is not None
    assert seen.present.limits is not None
    assert untold.present.limits is not None
    assert seen.present.limits.reach < untold.present.limits.reach
    assert len(seen.present.points) == len(BLIP)
    assert seen.verdict is Verdict.NOISE
    assert headline(seen) == "Within its usual range since January 2010, but for 1 explained value"
    assert untold.verdict is Verdict.SINGLE


def test_what_is_about_another_indicator_changes_nothing():
    others: dict[str, Any] = {
        "steps": [attrs.evolve(STEP, indicator="i2")],
        "usual": [attrs.evolve(USUAL, indicator="gone")],
    }
    assert read(SHIFTED, **others).stretches == read(SHIFTED).stretches
    assert read(BLIP, events=[attrs.evolve(FLOOD, indicator=None)]).verdict is Verdict.SINGLE


# --- what becomes of the target ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("at-least", 70.0, Reach.PASSES),
        ("at-least", 82.0, Reach.HIT_AND_MISS),
        ("at-least", 95.0, Reach.FAILS),
        ("at-most", 95.0, Reach.PASSES),
        ("at-most", 82.0, Reach.HIT_AND_MISS),
        ("at-most", 70.0, Reach.FAILS),
        ("exactly", 82.0, Reach.HIT_AND_MISS),
        ("tbd", None, None),
    ],
)
def test_a_steady_process_passes_fails_or_hits_and_misses(kind: str, value: float | None, expected: Reach | None):
    target = Target(kind=kind, value=value, standing=True)
    assert read(QUIET, indicator=attrs.evolve(SEEN, target=target)).reach is expected


def test_a_range_is_passed_only_inside_both_ends():
    def within(low: float, high: float) -> Reach | None:
        target = Target(kind="between", value=low, value_high=high, standing=True)
        return read(QUIET, indicator=attrs.evolve(SEEN, direction="within", target=target)).reach

    assert within(70.0, 95.0) is Reach.PASSES
    assert within(70.0, 82.0) is Reach.HIT_AND_MISS
    assert within(90.0, 95.0) is Reach.FAILS


def test_what_is_on_the_move_is_not_said_to_pass_or_fail():
    assert read(SHIFTED).reach is None
    assert "on the move" in reach_words(read(RISING))


def test_a_later_target_is_told_apart_from_what_the_process_does_now():
    said = reach_words(read(QUIET))
    assert said.startswith("As it works now, it consistently fails its target")
    assert "December 2031" in said
    standing = attrs.evolve(SEEN, target=Target(kind="at-least", value=95.0, standing=True))
    assert "another question" not in reach_words(read(QUIET, indicator=standing))


def test_a_share_ends_at_a_hundred_and_a_count_at_zero():
    high = [min(100.0, value + 16.5) for value in QUIET]
    seen = read(high)
    assert seen.usual(seen.present) is not None  # type: ignore[arg-type]
    assert seen.clipped == (False, True)
    assert any("drawn at 100%" in note for note in notes(seen))
    few = [float(n) for n in (3, 0, 5, 2, 1, 4, 0, 2, 6, 1, 3, 2, 0, 4, 1, 2, 5, 3, 1, 0)]
    counted = read(few, indicator=Indicator("i1", name="Injuries", unit="injuries", direction="down"))
    assert counted.clipped == (True, False)
    assert read(QUIET).clipped == (False, False)


def test_rare_events_are_said_to_be_too_rare_for_this_chart():
    rare = [float(n % 5 == 0) for n in range(24)]
    deaths = Indicator("i1", name="Deaths", unit="deaths", direction="down")
    assert any("days between one and the next" in note for note in notes(read(rare, indicator=deaths)))
    many = [value + 5 for value in rare]
    assert not any("days between" in note for note in notes(read(many, indicator=deaths)))


# --- what a reader has to know -----------------------------------------------------------------------------------


def test_a_seasonal_series_is_charted_without_its_season_and_that_is_said():
    source = random.Random(3)
    values = [round(82 + 4 * math.sin(n * math.pi / 6) + source.gauss(0, 0.8), 1) for n in range(60)]
    seen = read(values)
    assert seen.season is not None
    assert seen.verdict is Verdict.NOISE
    assert any("yearly season" in note and "X-11" in note for note in notes(seen))
    target = Target(kind="at-least", value=83.0, standing=True)
    assert read(values, indicator=attrs.evolve(SEEN, target=target)).reach is Reach.HIT_AND_MISS
    assert read(noise(60, 3)).season is None


def test_a_real_step_is_still_seen_in_a_seasonal_series():
    source = random.Random(3)
    values = [82 + 4 * math.sin(n * math.pi / 6) + source.gauss(0, 0.8) + 5 * (n >= 40) for n in range(60)]
    seen = read([round(value, 1) for value in values])
    assert seen.season is not None
    assert seen.verdict is Verdict.SHIFT


def test_gaps_are_counted_and_break_no_chart():
    values: list[float | None] = list(QUIET)
    values[5:7] = [None, None]
    seen = read(values)
    assert seen.missing == 2
    assert any("2 periods have no value" in note for note in notes(seen))
    assert seen.verdict is Verdict.NOISE


def test_uneven_distances_are_said():
    days = ["2010-01-03", "2010-02-17", "2010-02-20", "2010-06-01", "2010-06-09", "2010-09-01", "2010-09-30"]
    days += ["2010-10-11", "2010-12-24", "2011-01-05", "2011-03-03", "2011-03-10"]
    rows = tuple(Observation(read_period(day), value) for day, value in zip(days, QUIET, strict=False))
    seen = read(rows)
    assert not seen.regular
    assert any("uneven" in note for note in notes(seen))


def test_values_that_never_vary_make_any_other_a_signal():
    assert read([80.0] * 12).verdict is Verdict.NOISE
    assert "alike" in verdict_words(read([80.0] * 12))[0]
    seen = read([*[80.0] * 12, 80.1], usual=[USUAL])
    assert seen.verdict is Verdict.SINGLE


def test_values_that_follow_each_other_are_said_to():
    source, wandering = random.Random(11), [80.0]
    for _n in range(39):
        wandering.append(80 + 0.85 * (wandering[-1] - 80) + source.gauss(0, 1))
    seen = read([round(value, 2) for value in wandering])
    if seen.verdict is not Verdict.SHIFT:
        assert any("resemble" in note for note in notes(seen))
    assert not any("resemble" in note for note in notes(read(QUIET)))


def test_a_break_in_the_series_is_found_in_the_notes_once():
    marked = monthly(QUIET, notes={5: "Break in series", 6: "Break in series", 9: "Comparability disputed", 12: "Snow"})
    told = [(str(when), note) for when, note in breaks(read(marked))]
    assert told == [("2010-06", "Break in series"), ("2010-10", "Comparability disputed")]


def test_two_values_for_one_period_and_yearly_values_do_no_harm():
    rows = (*monthly(QUIET[:12]), Observation(read_period("2010-12"), 50.0))
    assert len(read(rows).values) == 12
    assert read(yearly(80.0, 81.0, 79.0, 84.0)).verdict is Verdict.TOO_FEW
    assert read(yearly(*QUIET[:12])).verdict is Verdict.NOISE


# --- the published series ----------------------------------------------------------------------------------------

DATA = Path(os.environ.get("RDLIB_DATA", Path(__file__).parents[3] / "shared" / "data"))
NHS = DATA / "nhs_ae" / "england_ae_quarterly_2004-2017_nuffield.csv"


@pytest.mark.skipif(not NHS.is_file(), reason="the published A&E series are not beside the project (RDLIB_DATA)")
def test_the_published_quarters_have_a_season_and_left_their_range():
    with NHS.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["pct_within_4h_type1"]]
    values = tuple(Observation(read_period(row["quarter"]), float(row["pct_within_4h_type1"])) for row in rows)
    indicator = attrs.evolve(SEEN, target=Target(kind="at-least", value=95.0, standing=True))
    seen = read(values, date(2017, 12, 31), indicator=indicator)
    assert seen.season is not None
    assert seen.verdict in {Verdict.SHIFT, Verdict.TREND}
    assert seen.up is False
    assert any(signal.rule is Rule.EIGHT for _stretch, signal in seen.signals) or seen.verdict is Verdict.TREND
    early = read(values, date(2010, 3, 31), indicator=indicator)
    assert len(early.values) >= 20
    assert early.judged

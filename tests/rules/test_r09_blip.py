"""Blip or trend: each finding by what triggers it and by a near miss, and what is to be done (Rule 9, tool 9.4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
import pytest

from rdlib.plan.assessment import Assessment
from rdlib.plan.blips import ChartReading, SpecialEvent, StepChange, UsualStretch
from rdlib.plan.indicator import Target, TargetChange
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import Strategy
from rdlib.plan.values import read_period
from rdlib.rules.commitments import commitments
from rdlib.rules.r09_blip import KINDS, attempted, check
from rdlib.rules.registry import Context, exercise
from tests.rules.charts import QUIET, SEEN, TODAY, codes, found, monthly, noise, priority

GOOD = ChartReading("r1", "i1", date(2012, 1, 20), "noise", "All inside the limits", "keep")
USUAL = UsualStretch("u1", "i1", read_period("2010-01"), read_period("2010-12"), "Nothing new in the work")
STEP = StepChange("s1", "i1", read_period("2011-03"), "Nurses discharge", "First where they may", "Head of figures")
FLOOD = SpecialEvent("e1", "i1", read_period("2010-10"), "Flood", "Schools stood under water")
SHIFTED = [*QUIET[:14], *(value + 6 for value in QUIET[:14])]
BLIP = [*QUIET[:9], 70.0, *QUIET[10:]]
RISING = [value + 0.8 * n for n, value in enumerate(QUIET)]
SERVED: dict[str, Any] = {"strategies": [Strategy("s1", title="Nurses discharge", indicators=("i1",))]}

Make = Callable[[], Priority]


def quiet(**changes: Any) -> Priority:
    """Values in which nothing is to be found, read as that."""
    return priority(QUIET, **({"readings": [GOOD]} | SERVED | changes))


def standing(value: float) -> Any:
    return attrs.evolve(SEEN, target=Target(kind="at-least", value=value, standing=True))


def moved(reason: str | None, day: date = date(2011, 9, 1)) -> Any:
    return attrs.evolve(SEEN, changes=(TargetChange("c1", day=day, was_value=95.0, reason=reason),))


def rated(why: str | None, after: int = 3) -> Any:
    return (
        Assessment("a1", date(2011, 3, 1), likelihood=2, likelihood_why="Seen in the departments"),
        Assessment("a2", date(2011, 9, 1), likelihood=after, likelihood_why=why),
    )


def with_reading(**changes: Any) -> Any:
    return {"readings": [attrs.evolve(GOOD, **changes)]}


FIND: dict[str, Any] = {
    "course": "find-out",
    "action": "Which hospitals moved",
    "owner": "Head of figures",
    "due": date(2012, 3, 1),
}
EVENTS = [attrs.evolve(FLOOD, id=f"e{n}", when=read_period(f"2010-{n:02d}")) for n in (2, 5, 8)]
BASE = [*QUIET[:5], 70.0, *QUIET[6:]]

CASES: dict[str, tuple[Make, Make]] = {
    "R9-chart-of-nothing": (lambda: quiet(steps=[attrs.evolve(STEP, indicator="gone")]), quiet),
    "R9-too-few-values": (lambda: priority(QUIET[:9], readings=[GOOD]), lambda: priority(QUIET[:10], readings=[GOOD])),
    "R9-usual-no-reason": (lambda: quiet(usual=[attrs.evolve(USUAL, why=" ")]), lambda: quiet(usual=[USUAL])),
    "R9-usual-too-short": (
        lambda: quiet(usual=[attrs.evolve(USUAL, last=read_period("2010-09"))]),
        lambda: quiet(usual=[attrs.evolve(USUAL, last=read_period("2010-10"))]),
    ),
    "R9-usual-unsteady": (
        lambda: priority(BASE, usual=[attrs.evolve(USUAL, last=read_period("2011-12"))]),
        lambda: priority(
            BASE,
            usual=[attrs.evolve(USUAL, last=read_period("2011-12"))],
            readings=[attrs.evolve(GOOD, day=date(2010, 8, 1), verdict="single", **FIND)],
        ),
    ),
    "R9-step-unexplained": (
        lambda: priority(SHIFTED, steps=[attrs.evolve(STEP, evidence="")]),
        lambda: priority(SHIFTED, steps=[STEP]),
    ),
    "R9-step-not-seen": (
        lambda: quiet(steps=[attrs.evolve(STEP, since=read_period("2011-01"))]),
        lambda: priority(SHIFTED, steps=[STEP]),
    ),
    "R9-step-explained": (lambda: priority(SHIFTED, steps=[STEP]), lambda: quiet(steps=[STEP])),
    "R9-event-untold": (
        lambda: priority(BLIP, events=[attrs.evolve(FLOOD, why=None)]),
        lambda: priority(BLIP, events=[FLOOD]),
    ),
    "R9-many-events": (lambda: quiet(events=EVENTS), lambda: quiet(events=EVENTS[:2])),
    "R9-signal-unexplained": (
        lambda: priority(SHIFTED, readings=[attrs.evolve(GOOD, verdict="shift")]),
        lambda: priority(SHIFTED, steps=[STEP]),
    ),
    "R9-blip-claimed": (
        lambda: quiet(**with_reading(verdict="trend")),
        lambda: priority(RISING, **with_reading(verdict="trend")),
    ),
    "R9-signal-overlooked": (lambda: priority(SHIFTED, readings=[attrs.evolve(GOOD, day=TODAY)]), quiet),
    "R9-course-on-noise": (
        lambda: quiet(**with_reading(**FIND | {"course": "change"})),
        lambda: quiet(**with_reading(**FIND)),
    ),
    "R9-target-moved-on-noise": (
        lambda: quiet(indicator=moved(None)),
        lambda: quiet(indicator=moved("The definition of a visit was widened by law")),
    ),
    "R9-rating-moved-on-noise": (
        lambda: quiet(assessments=rated(None)),
        lambda: quiet(assessments=rated("Six of ten departments have begun")),
    ),
    "R9-out-of-reach": (lambda: quiet(indicator=standing(95.0)), lambda: quiet(indicator=standing(84.0))),
    "R9-hit-and-miss": (lambda: quiet(indicator=standing(82.0)), lambda: quiet(indicator=standing(70.0))),
    "R9-season": (
        lambda: priority([82.0 + 4 * (n % 12 in {0, 1, 11}) + QUIET[n % 24] / 90 for n in range(60)], readings=[GOOD]),
        lambda: priority(noise(60, 3), readings=[GOOD]),
    ),
    "R9-break-in-series": (
        lambda: priority(monthly(QUIET, notes={12: "Comparability disputed"}), readings=[GOOD]),
        lambda: priority(monthly(QUIET, notes={0: "Comparability disputed", 12: "Snow"}), readings=[GOOD]),
    ),
    "R9-reading-no-owner": (
        lambda: quiet(**with_reading(**FIND | {"owner": None})),
        lambda: quiet(**with_reading(**FIND)),
    ),
    "R9-reading-no-reason": (lambda: quiet(**with_reading(because=" ")), quiet),
    "R9-read-well": (quiet, lambda: quiet(**with_reading(verdict="shift"))),
}


def test_every_kind_has_its_case():
    assert set(CASES) == {kind.code for kind in KINDS}
    assert exercise("9.4").kinds == KINDS


@pytest.mark.parametrize("code", CASES)
def test_each_finding_is_triggered_by_its_case_and_not_by_the_near_miss(code: str):
    triggers, near_miss = CASES[code]
    assert code in codes(triggers())
    assert code not in codes(near_miss())


def test_values_read_as_what_they_are_bring_praise_and_nothing_else():
    assert codes(quiet()) == {"R9-read-well"}


def test_a_plan_in_which_nothing_was_begun_is_not_asked():
    untouched = priority(SHIFTED)
    assert not attempted(untouched, Context(Plan(), TODAY))
    assert check(untouched, Context(Plan(), TODAY)) == []
    assert attempted(quiet(), Context(Plan(), TODAY))


def test_every_finding_says_what_to_do_unless_it_is_good():
    for make, _near_miss in CASES.values():
        for finding in found(make()):
            assert finding.what.endswith((".", "?")) or "“" in finding.what or finding.severity.value == "good"
            assert bool(finding.next_step) == (finding.severity.value != "good"), finding.code


def test_a_reading_is_held_against_what_was_known_on_its_day():
    early = attrs.evolve(GOOD, day=date(2011, 2, 10))
    assert "R9-signal-overlooked" not in codes(priority(SHIFTED, readings=[early]))


def test_a_reading_of_the_value_that_an_event_explains_is_right():
    single = attrs.evolve(GOOD, day=date(2011, 3, 15), verdict="single")
    said = codes(priority(BLIP, events=[FLOOD], readings=[single], **SERVED))
    assert "R9-read-well" in said
    assert "R9-blip-claimed" not in said


def test_a_signal_that_somebody_is_looking_into_is_not_asked_about_again():
    assert "R9-signal-unexplained" not in codes(priority(SHIFTED, **with_reading(verdict="shift", day=TODAY, **FIND)))


def test_a_trend_with_a_strategy_at_work_is_what_was_meant():
    reading = with_reading(verdict="trend")
    assert "R9-signal-unexplained" not in codes(priority(RISING, **reading, **SERVED))
    assert "R9-signal-unexplained" in codes(priority(RISING, **reading))


def test_a_target_for_later_that_strategies_work_on_is_not_called_out_of_reach():
    assert "R9-out-of-reach" not in codes(quiet())
    alone = priority(QUIET, readings=[GOOD])
    assert "R9-out-of-reach" in codes(alone)


def test_a_target_or_rating_that_moved_on_a_signal_is_not_asked_about():
    later = date(2012, 4, 1)
    assert "R9-target-moved-on-noise" not in codes(priority(SHIFTED, indicator=moved(None, later), readings=[GOOD]))
    assert "R9-rating-moved-on-noise" not in codes(quiet(assessments=rated(None, after=2)))


def test_a_step_in_the_future_and_dangling_links_do_no_harm():
    rows = [
        attrs.evolve(STEP, since=read_period("2035-01")),
        StepChange("s2"),
        attrs.evolve(STEP, id="s3", indicator="x"),
    ]
    assert "R9-chart-of-nothing" in codes(quiet(steps=rows))
    empty = Priority("p", parts={"chart_readings": (ChartReading(""),), "special_events": (SpecialEvent("e"),)})
    assert codes(empty) == {"R9-chart-of-nothing"}


def test_what_is_to_be_found_out_is_a_commitment_until_it_is_done():
    subject = quiet(**with_reading(**FIND))
    plan = Plan(priorities=(subject,))
    (made,) = [each for each in commitments(plan, TODAY) if each.tool == "9.4"]
    assert (made.what, made.owner, made.due) == ("Which hospitals moved", "Head of figures", date(2012, 3, 1))
    assert made.overdue(TODAY)
    done = Plan(priorities=(quiet(**with_reading(**FIND | {"done": True})),))
    assert not next(each for each in commitments(done, TODAY) if each.tool == "9.4").overdue(TODAY)
    kept = Plan(priorities=(quiet(),))
    assert [each for each in commitments(kept, TODAY) if each.tool == "9.4"] == []

"""The assessment framework: rated alone, agreed together, beside what the data says (7.3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from rdlib.plan.indicator import Observation, Target, TargetChange
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.values import read_period
from rdlib.rules import r07_assessment as assessing
from rdlib.rules.r07_assessment_data import facts, likelihood, readings
from rdlib.rules.r07_hindsight import in_words, scored
from tests.rules.assessments import AGREED, ANN, BEN, GOOD, SHARE, STOCKTAKE, TODAY, context, plan, priority


def codes(subject: Priority, day: date = TODAY, **parts: Any) -> set[str]:
    return {f.code for f in assessing.check(subject, context(subject, day=day, **parts))}


def test_nothing_is_wrong_with_a_priority_that_two_rated_and_agreed_on():
    assert codes(GOOD) == {"R7-assessment-agreed"}


def measured(value: float, due: str = "2028-03") -> Any:
    return attrs.evolve(
        SHARE,
        target=attrs.evolve(SHARE.target, due=read_period(due)),
        observations=(Observation(read_period("2027-03"), value),),
    )


MET = measured(95.0, "2027-03")


def green(**changes: Any) -> Any:
    return attrs.evolve(AGREED, likelihood=4, evidence=4, **changes)


CASES = {
    "R7-rating-no-day": (
        priority(attrs.evolve(ANN, day=None), BEN, agreed=(AGREED,)),
        priority(ANN, BEN, agreed=(AGREED,)),
    ),
    "R7-rating-nobody": (priority(attrs.evolve(ANN, person=None), BEN), priority(ANN, BEN)),
    "R7-rating-open": (priority(attrs.evolve(ANN, stage=None), BEN), priority(ANN, BEN)),
    "R7-rating-no-reason": (priority(attrs.evolve(ANN, stage_why="Stage of delivery"), BEN), priority(ANN, BEN)),
    "R7-rating-all-alike": (
        priority(attrs.evolve(ANN, challenge=3, stage=3), BEN),
        priority(attrs.evolve(ANN, challenge=3, stage=4), BEN),
    ),
    "R7-rating-apart": (
        priority(ANN, attrs.evolve(BEN, likelihood=1)),
        priority(ANN, attrs.evolve(BEN, likelihood=1), agreed=(AGREED,)),
    ),
    "R7-assessment-not-rated": (
        priority(attrs.evolve(ANN, likelihood=None), attrs.evolve(BEN, likelihood=None)),
        priority(ANN, attrs.evolve(BEN, likelihood=None)),
    ),
    "R7-assessment-one-rater": (priority(ANN), priority(ANN, BEN)),
    "R7-assessment-not-agreed": (
        priority(ANN, BEN, agreed=(attrs.evolve(AGREED, day=date(2027, 5, 9)),)),
        priority(ANN, BEN, agreed=(attrs.evolve(AGREED, day=date(2027, 5, 10)),)),
    ),
    "R7-assessment-nobody-agreed": (
        priority(ANN, BEN, agreed=(attrs.evolve(AGREED, raters=()),)),
        priority(ANN, BEN, agreed=(attrs.evolve(AGREED, raters=("ann",)),)),
    ),
    "R7-assessment-higher-than-data": (
        priority(ANN, BEN, agreed=(green(),), indicators=[measured(81.0)]),
        priority(ANN, BEN, agreed=(green(),), indicators=[measured(82.0)]),
    ),
    "R7-assessment-lower-than-data": (
        priority(ANN, BEN, agreed=(attrs.evolve(AGREED, likelihood=1, stage=1),), indicators=[MET]),
        priority(ANN, BEN, agreed=(attrs.evolve(AGREED, likelihood=2),), indicators=[MET]),
    ),
    "R7-assessment-outside-judgements": (
        priority(ANN, BEN, agreed=(attrs.evolve(AGREED, likelihood=4),)),
        priority(ANN, BEN, agreed=(green(),)),
    ),
    "R7-assessment-agreed": (GOOD, priority(ANN, agreed=(AGREED,))),
}


@pytest.mark.parametrize("code", sorted(CASES))
def test_each_finding_is_triggered_by_its_case_and_not_by_the_near_miss(code: str):
    triggering, quiet = CASES[code]
    assert code in codes(triggering)
    assert code not in codes(quiet)


def test_every_kind_of_finding_has_its_two_cases():
    assert {kind.code for kind in assessing.KINDS} == {*CASES, "R7-assessment-old"}


def test_a_rating_is_old_when_its_routine_has_come_round_again():
    assert "R7-assessment-old" in codes(GOOD, date(2027, 7, 17))
    assert "R7-assessment-old" not in codes(GOOD, date(2027, 7, 16))  # eight weeks and a week of grace
    assert "R7-assessment-old" not in codes(GOOD, date(2027, 7, 17), routines=(attrs.evolve(STOCKTAKE, weeks=12.0),))
    assert "R7-assessment-old" in codes(GOOD, date(2027, 11, 14), routines=())
    assert "R7-assessment-old" not in codes(GOOD, date(2027, 11, 12), routines=())


def test_an_agreed_assessment_without_a_day_or_a_reason_is_pointed_at_there():
    subject = priority(ANN, BEN, agreed=(attrs.evolve(AGREED, day=None, likelihood_why="Likelihood of delivery"),))
    places = {(f.code, f.where) for f in assessing.check(subject, context(subject))}
    assert ("R7-rating-no-day", "priorities/waits/assessments/a1/day") in places
    assert ("R7-rating-no-reason", "priorities/waits/assessments/a1/likelihood_why") in places


def test_what_somebody_thought_in_an_earlier_round_does_not_count_in_the_next():
    later = attrs.evolve(ANN, id="r3", day=date(2027, 7, 1), likelihood=4)
    subject = priority(ANN, attrs.evolve(BEN, likelihood=1), later, agreed=(AGREED,))
    assert [p.name for p in assessing.raters(subject, context(subject, day=date(2027, 7, 2)))] == ["Ann Roy"]
    assert "R7-rating-apart" not in codes(subject, date(2027, 7, 2))
    assert [p.name for p in assessing.raters(subject, context(subject))] == ["Ann Roy", "Ben Sy"]


def test_nothing_is_attempted_before_somebody_has_rated():
    assert not assessing.attempted(priority(), context())
    assert not assessing.attempted(GOOD, context(day=date(2027, 5, 1)))
    assert assessing.attempted(priority(agreed=(AGREED,)), context())


def test_how_far_people_are_apart_is_said_in_steps_and_not_at_all_for_one():
    two = assessing.spread(GOOD, context())
    assert "differ by 0.33 of the three steps" in assessing.agreement_in_words(two)
    assert "these two" in assessing.agreement_in_words(two)
    subject = priority(ANN)
    assert "once two have rated" in assessing.agreement_in_words(assessing.spread(subject, context(subject)))


# --- what the data says ---------------------------------------------------------------------------------------------


def test_the_data_never_supports_a_colour():
    assert [each.level for each in facts(GOOD, context())] == [None] * 6


@pytest.mark.parametrize(
    ("value", "due", "bears"),
    [(83.0, "2028-03", (1, 4)), (81.0, "2028-03", (1, 3)), (95.0, "2027-03", (2, 4)), (80.0, "2027-03", (1, 2))],
)
def test_the_figures_leave_room_for_judgement(value: float, due: str, bears: tuple[int, int]):
    assert likelihood(priority(indicators=[measured(value, due)]), context()).bears == bears


def test_a_target_without_a_figure_holds_nothing_down_while_another_has_one():
    other = attrs.evolve(SHARE, id="i2", name="Share who feel safe", observations=(), trajectory=())
    assert likelihood(priority(indicators=[SHARE, other]), context()).bears == (1, 4)
    assert likelihood(priority(indicators=[other]), context()).bears == (1, 3)


def test_gap_and_path_are_read_off_the_figures():
    (found,) = readings(priority(indicators=[measured(81.0)]), context())
    assert (found.gap, found.behind, found.trend) == (9.0, 1.0, None)
    assert "only 1 measured value" in found.trend_says


def test_what_came_later_is_not_known_yet():
    (found,) = readings(GOOD, context(day=date(2026, 6, 1)))
    assert found.last is not None
    assert found.last.value == 80.0


# --- past ratings -----------------------------------------------------------------------------------------------------


def past(n: int, rating: int, value: float, day: date = date(2026, 9, 1)) -> Priority:
    made = priority(
        agreed=(attrs.evolve(AGREED, day=day, likelihood=rating),),
        indicators=[measured(value, "2027-03")],
    )
    return attrs.evolve(made, id=f"p{n}", title=f"Priority {n}")


def of(*priorities: Priority) -> Plan:
    return plan(*priorities)


def test_a_rating_from_before_the_due_date_is_held_against_what_came_of_it():
    (found,) = scored(of(past(1, 2, 80.0)), TODAY)
    assert (found.rating, found.met, found.ahead, found.changed) == (2, False, 211, False)


def test_a_rating_from_after_the_due_date_foresees_nothing():
    assert scored(of(past(1, 2, 80.0, date(2027, 4, 1))), TODAY) == ()
    assert scored(of(past(1, 2, 80.0)), date(2027, 3, 1)) == ()


def test_only_the_last_rating_before_the_due_date_counts():
    one = past(1, 2, 95.0)
    again = attrs.evolve(AGREED, id="a2", day=date(2027, 1, 5), likelihood=4)
    (found,) = scored(of(attrs.evolve(one, assessments=(*one.assessments, again))), TODAY)
    assert (found.rating, found.met) == (4, True)


def test_a_target_that_was_changed_after_the_rating_says_so():
    one = past(1, 2, 80.0)
    changed = attrs.evolve(one.indicators[0], changes=(TargetChange("c1", day=date(2026, 12, 1)),))
    (found,) = scored(of(attrs.evolve(one, indicators=(changed,))), TODAY)
    assert found.changed


def test_few_targets_say_nothing_about_how_good_the_ratings_are():
    four = [past(n, 2, 80.0) for n in range(4)]
    assert in_words(scored(of(*four), TODAY)) == [
        "4 targets that were rated before have come due: too few to say how good the ratings are."
    ]
    assert in_words(scored(of(*four, past(5, 1, 95.0)), TODAY)) == [
        "Of 5 targets last rated red or amber-red, 4 missed."
    ]
    assert in_words(scored(of(*(past(n, 4, 95.0) for n in range(5))), TODAY)) == [
        "Of 5 targets last rated amber-green or green, 5 met."
    ]


def test_a_target_that_is_only_watched_is_not_scored():
    watched = attrs.evolve(SHARE, target=Target(kind="context", value=90.0, due=read_period("2027-03")))
    assert scored(of(attrs.evolve(past(1, 2, 80.0), indicators=(watched,))), TODAY) == ()

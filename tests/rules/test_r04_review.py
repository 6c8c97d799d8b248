from __future__ import annotations

from datetime import date

import attrs
import pytest

from rdlib.plan.priority import Priority
from rdlib.plan.review import ArchitectureReview
from rdlib.rules import r04_practice as practice
from rdlib.rules import r04_review as review
from rdlib.rules.ratings import Facts, disagrees
from tests.rules.plans import CONTEXT, PLAN, codes
from tests.rules.strategies import REVIEW, priority, with_all, with_one, with_review

GOOD = priority()
BARE = Priority(id="p")


def test_a_review_that_the_plan_bears_out_is_praised() -> None:
    assert codes(review.check(GOOD, CONTEXT)) == {"R4-review-agrees"}


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        (with_review(day=None), "R4-review-no-day", "day"),
        (with_review(strategies=None), "R4-review-not-rated", "strategies"),
        (with_review(strategies_notes=" "), "R4-review-no-notes", "strategies_notes"),
        (with_review(accountability=4), "R4-review-higher-than-plan", "accountability"),
        (with_review(outcomes=2), "R4-review-lower-than-plan", "outcomes"),
        (with_review(day=date(2017, 12, 1)), "R4-review-old", "day"),
    ],
)
def test_each_weakness_is_found_at_its_place_and_only_there(changed: Priority, code: str, field: str) -> None:
    found = [f for f in review.check(changed, CONTEXT) if f.code == code]
    assert [f.where for f in found] == [f"priorities/waits/reviews/r1/{field}"]
    assert code not in codes(review.check(GOOD, CONTEXT))


def test_what_the_plan_lacks_is_named_beside_the_rating_and_the_rating_stays() -> None:
    changed = attrs.evolve(with_one("s2", status="dropped"))
    found = [f for f in review.check(changed, CONTEXT) if f.code == "R4-review-higher-than-plan"]
    assert len(found) == 1
    assert "“Strategies” is rated 4. The plan shows: No strategy is there yet to move “Deaths within" in found[0].what
    latest = review.latest(changed, CONTEXT)
    assert latest is not None
    assert latest.strategies == 4


def test_the_latest_review_counts_and_later_ones_are_not_held_against_the_plan() -> None:
    old = attrs.evolve(REVIEW, id="r0", day=date(2018, 1, 1), strategies=1)
    later = attrs.evolve(REVIEW, id="r2", day=date(2018, 12, 1), strategies=1)
    changed = priority(reviews=(REVIEW, later, old))
    assert [r.id for r in review.known(changed, CONTEXT)] == ["r0", "r1"]
    assert codes(review.check(changed, CONTEXT)) == {"R4-review-agrees"}
    assert not review.attempted(priority(reviews=(later,)), CONTEXT)


def test_what_the_plan_shows_of_each_element() -> None:
    outcomes, indicators, strategies, accountability = review.shown(GOOD, PLAN)
    assert outcomes.bears == (3, 4)
    assert "2 pass the three Ms" in indicators.has
    assert "2 of 2 targets have a chosen strategy" in strategies.has
    assert strategies.bears == (3, 4)
    assert "2 chosen strategies have a leader" in accountability.has
    assert any("Nobody is named who answers for" in text for text in accountability.lacks)


def test_a_strategy_without_a_leader_is_named_under_accountability() -> None:
    shown = review.shown(with_one("s1", leader=None), PLAN)[3]
    assert any("Nobody is named who leads “See and treat" in text for text in shown.lacks)


def test_nothing_chosen_yet_is_said_once() -> None:
    shown = review.shown(with_all(status="candidate"), PLAN)[2]
    assert [text for text in shown.lacks if "chosen" in text] == ["None of the strategies is chosen yet."]


def test_an_empty_plan_shows_nothing_of_any_element() -> None:
    assert {each.bears for each in review.shown(BARE, PLAN)} == {(1, 1)}


@pytest.mark.parametrize(
    ("rating", "bears", "says"),
    [(4, (3, 4), 0), (4, (1, 3), 1), (3, (1, 3), 0), (2, (3, 4), -1), (2, (1, 1), 1), (1, (1, 1), 0)],
)
def test_when_judgement_and_plan_disagree(rating: int, bears: tuple[int, int], says: int) -> None:
    assert disagrees(rating, Facts("outcomes", "Outcomes", "?", (), (), bears)) == says


def test_an_empty_review_is_not_attempted() -> None:
    assert not review.attempted(priority(reviews=(ArchitectureReview("r1"),)), CONTEXT)
    assert review.attempted(GOOD, CONTEXT)


def test_practice_is_judged_by_the_matrix_and_once_something_is_chosen_by_the_mix() -> None:
    placed = with_all(status=None, status_why=None, depends_on=())
    assert not {code for code in codes(practice.check(placed, CONTEXT)) if code == "R4-nothing-chosen"}
    assert codes(practice.check(GOOD, CONTEXT)) >= {"R4-coherent"}
    nothing = with_all(status=None, depends_on=(), impact=None, difficulty=None, evidence=None, evidence_kind=None)
    assert not practice.attempted(nothing, CONTEXT)
    assert practice.attempted(placed, CONTEXT)

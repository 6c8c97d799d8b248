"""Priority reviews: short, on the spot, with questions from the weak spots, and somebody who acts (8.4)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from rdlib.plan.chain import Actor, Link
from rdlib.plan.indicator import Observation
from rdlib.plan.priority import Priority
from rdlib.plan.priority_review import PriorityReview, ReviewQuestion
from rdlib.plan.stocktake import NextStocktake, Stocktake
from rdlib.plan.values import read_period
from rdlib.rules import r08_review
from rdlib.rules.calendar_events import events
from rdlib.rules.commitments import commitments
from rdlib.rules.r08_weak_spots import places, weak_spots
from tests.rules import chains
from tests.rules.assessments import SHARE
from tests.rules.challenges import ADVICE, DONE, DRIVE, FAR, FOUND, REVIEW, TODAY, VISIT, context, plan, priority


def of(review: PriorityReview, **changes: Any) -> Priority:
    return priority(DRIVE, reviews=(attrs.evolve(review, **changes),))


def codes(subject: Priority, **parts: Any) -> set[str]:
    return {f.code for f in r08_review.check(subject, context(subject, **parts))}


def visits(**changes: Any) -> tuple[Any, ...]:
    return tuple(attrs.evolve(each, **changes) for each in (VISIT, FAR))


def advice(**changes: Any) -> tuple[Any, ...]:
    return (attrs.evolve(ADVICE, **changes),)


CASES: dict[str, tuple[Priority, Priority]] = {
    "R8-review-no-question": (of(REVIEW, question=" "), of(REVIEW)),
    "R8-review-no-dates": (of(REVIEW, ends=None), of(REVIEW)),
    "R8-review-too-long": (of(REVIEW, ends=date(2027, 7, 28), report=None), of(REVIEW, ends=date(2027, 7, 27))),
    "R8-review-ends-first": (of(REVIEW, ends=date(2027, 5, 31)), of(REVIEW, ends=date(2027, 6, 1))),
    "R8-review-no-lead": (of(REVIEW, lead=None), of(REVIEW)),
    "R8-review-no-questions": (of(REVIEW, questions=(ReviewQuestion("q1"),)), of(REVIEW)),
    "R8-review-no-data": (of(REVIEW, data=(" ",)), of(REVIEW)),
    "R8-review-no-visits": (of(REVIEW, visits=()), of(REVIEW)),
    "R8-visits-centre-only": (of(REVIEW, visits=visits(kind="centre")), of(REVIEW, visits=visits(kind="between"))),
    "R8-visits-no-front-line": (
        of(REVIEW, visits=visits(kind="between")),
        of(REVIEW, visits=(VISIT, attrs.evolve(FAR, kind="centre"))),
    ),
    "R8-visits-good-places-only": (
        of(REVIEW, visits=visits(standing="best")),
        of(REVIEW, visits=(VISIT, attrs.evolve(FAR, standing="unknown"))),
    ),
    "R8-visits-bad-places-only": (of(REVIEW, visits=visits(standing="worst")), of(REVIEW)),
    "R8-visit-no-day-or-person": (of(REVIEW, visits=visits(who=())), of(REVIEW)),
    "R8-visit-nothing-written": (
        of(REVIEW, visits=visits(day=date(2027, 5, 19))),
        of(REVIEW, visits=visits(day=date(2027, 5, 20))),
    ),
    "R8-review-no-findings": (of(DONE, findings=()), of(REVIEW, findings=())),
    "R8-review-finding-not-shown": (of(DONE, findings=(attrs.evolve(FOUND, shown=""),)), of(DONE)),
    "R8-review-nothing-follows": (of(DONE, recommendations=()), of(REVIEW, findings=(FOUND,))),
    "R8-recommendation-no-owner": (
        of(DONE, recommendations=advice(owner="")),
        of(DONE, recommendations=advice(owner="", dropped="The Minister said no")),
    ),
    "R8-recommendation-no-day": (of(DONE, recommendations=advice(due=None)), of(DONE)),
    "R8-recommendation-overdue": (
        of(DONE, recommendations=advice(due=date(2027, 5, 19))),
        of(DONE, recommendations=advice(due=date(2027, 5, 19), done=date(2027, 5, 19))),
    ),
    "R8-review-no-report": (of(REVIEW, report=None), of(REVIEW)),
    "R8-review-report-before-end": (of(REVIEW, report=date(2027, 7, 8)), of(REVIEW, report=date(2027, 7, 9))),
    "R8-review-planned": (of(REVIEW), of(REVIEW, lead="")),
}


@pytest.mark.parametrize("code", sorted(CASES))
def test_each_finding_is_triggered_by_its_case_and_not_by_the_near_miss(code: str):
    triggering, quiet = CASES[code]
    assert code in codes(triggering)
    assert code not in codes(quiet)


def test_every_kind_of_finding_has_its_two_cases():
    assert {kind.code for kind in r08_review.KINDS} == {*CASES, "R8-review-report-no-stocktake"}


def test_a_report_belongs_to_a_day_on_which_a_stocktake_is_held_as_far_as_the_plan_knows():
    held = {"stocktakes": (Stocktake("s1", day=date(2027, 5, 1)),), "next_stocktake": (NextStocktake("n1", day=date(2027, 7, 20)),)}  # fmt: skip  # noqa: E501
    assert "R8-review-report-no-stocktake" in codes(of(REVIEW), **held)
    assert "R8-review-report-no-stocktake" not in codes(of(REVIEW, report=date(2027, 7, 20)), **held)
    assert "R8-review-report-no-stocktake" not in codes(of(REVIEW, report=date(2027, 9, 1)), **held)  # nobody knows yet
    assert "R8-review-report-no-stocktake" not in codes(of(REVIEW))


def test_nothing_is_wrong_with_a_review_that_ended_well():
    assert codes(of(DONE)) == {"R8-review-planned"}
    assert not r08_review.attempted(priority(reviews=(PriorityReview("v1"),)), context())


# --- what to ask, and where to go -----------------------------------------------------------------------------------


def weak_chain() -> Priority:
    tired = attrs.evolve(chains.HOSPITALS, will=2)
    loose = Link("k1", source="a1", target="a2", formal=1, informal=1, carries="A letter each spring")
    both = attrs.evolve(loose, id="k2", target="a3")
    chain = attrs.evolve(
        chains.CHAIN,
        actors=(chains.MINISTER, chains.NORTH, chains.SOUTH, tired, chains.PATIENTS),
        links=(loose, both, *chains.LINKS[2:]),
        loops=(),
    )
    return Priority("waits", parts={"chains": (chain,)})


def test_each_weak_spot_gives_a_question_for_somebody_who_would_know():
    found = {spot.key: spot for spot in weak_spots(weak_chain())}
    tired = found["chains/c1/actors/a4/capacity"]
    assert "Hospitals (two or three of 40 hospitals)" in tired.asked
    assert "What gets worse for you" in tired.question
    assert "A letter each spring" in found["chains/c1/links/k1/links"].question
    assert found["chains/c1/links/k5/feedback"].asked.startswith("Hospitals")  # not the patients
    ratings = [spot.rating for spot in weak_spots(weak_chain())]
    assert ratings == sorted(ratings)


def test_a_chain_that_holds_or_that_is_not_drawn_gives_no_question():
    assert weak_spots(Priority("waits", parts={"chains": (chains.CHAIN,)})) == []
    assert weak_spots(Priority("waits", parts={"chains": (attrs.evolve(chains.CHAIN, actors=(Actor("a1"),)),)})) == []


def test_the_best_and_the_worst_places_are_named_where_there_are_figures_by_place():
    period = read_period("2027-03")
    rows = tuple(Observation(period, float(value), breakdown={"ward": name}) for name, value in zip("ABCDE", range(5), strict=True))  # fmt: skip  # noqa: E501
    of_wards = priority(indicators=(attrs.evolve(SHARE, observations=rows),))
    assert [(p.name, p.standing) for p in places(of_wards, TODAY)] == [
        ("E", "best"),
        ("D", "best"),
        ("A", "worst"),
        ("B", "worst"),
    ]
    assert places(priority(indicators=(attrs.evolve(SHARE, observations=rows[:3]),)), TODAY) == []
    assert places(of_wards, date(2027, 3, 30)) == []  # the month is not over yet


# --- dates ----------------------------------------------------------------------------------------------------------


def test_visits_report_and_recommendations_are_commitments_and_visits_are_dates():
    whole = plan(of(REVIEW, recommendations=advice()))
    found = [c for c in commitments(whole, TODAY) if c.tool == "8.4"]
    assert [(c.key.rpartition("/")[2], c.owner, c.due) for c in found] == [
        ("b1", "Ann Roy", date(2027, 6, 8)),
        ("b2", "Ann Roy", date(2027, 6, 10)),
        ("report", "Ann Roy", date(2027, 7, 15)),
        ("r1", "Ben Sy", date(2027, 8, 1)),
    ]
    titles = [event.title for event in events(whole, TODAY) if "priority_reviews" in event.key]
    assert titles == ["Visit: North", "Visit: South", "Due: Ten wards begin"]

"""Five principles, what was added because something had to be done, and success claimed too early (9.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from rdlib.plan.built_on import BuiltOn
from rdlib.plan.challenges import Challenge
from rdlib.plan.persist import SelfCheck
from rdlib.plan.priority import Priority
from rdlib.plan.stocktake import Achievement, NextStocktake
from rdlib.plan.strategy import Strategy
from rdlib.rules import r09_principles as principles
from rdlib.rules.commitments import commitments
from rdlib.rules.r09_added import added, new_row, trouble
from rdlib.rules.r09_celebrated import claims_success, too_early
from tests.rules.persisting import (
    BEDS,
    BLIP,
    CHECKED,
    CLIMBS,
    LATER,
    MET,
    PLACE,
    SEE,
    STILL,
    TODAY,
    context,
    priority,
    values,
)


def checked(*rows: SelfCheck, indicator: Any = CLIMBS, **parts: Any) -> Priority:
    return priority(indicator, self_checks=rows or (CHECKED,), **parts)


def codes(subject: Priority, **given: Any) -> set[str]:
    return {f.code for f in principles.check(subject, context(subject, **given))}


def with_added(strategy: Strategy, indicator: Any = STILL, rated: int | None = 3) -> Priority:
    return priority(indicator, rated=rated, strategies=(SEE, BEDS, strategy), self_checks=(CHECKED,))


BEN = attrs.evolve(CHECKED, id="k2", person="ben")
ALIKE: dict[str, Any] = dict.fromkeys(("distraction", "monotony", "resistance", "status_quo", "celebrate"), 3)
KNOWN = attrs.evolve(LATER, evidence_kind="elsewhere", evidence="Ten hospitals moved by four points in a year")
WHY = attrs.evolve(KNOWN, added_because="The review of March found that most wait for a bed")
CLAIM = attrs.evolve(CHECKED, celebrate_why="The target has been reached.")

CASES = {
    "R9-principles-no-day": (checked(attrs.evolve(CHECKED, day=None)), checked()),
    "R9-principles-nobody": (checked(attrs.evolve(CHECKED, person=" ")), checked(attrs.evolve(CHECKED, person="C"))),
    "R9-principles-open": (checked(attrs.evolve(CHECKED, celebrate=None)), checked()),
    "R9-principles-no-evidence": (
        checked(attrs.evolve(CHECKED, resistance_why="Through resistance")),
        checked(attrs.evolve(CHECKED, resistance_why="Two trusts got a delay in May")),
    ),
    "R9-principles-all-alike": (
        checked(attrs.evolve(CHECKED, **ALIKE)),
        checked(attrs.evolve(CHECKED, **{**ALIKE, "celebrate": 4})),
    ),
    "R9-principles-apart": (
        checked(CHECKED, attrs.evolve(BEN, distraction=1, distraction_action="Go", distraction_owner="a")),
        checked(CHECKED, attrs.evolve(BEN, distraction=2)),
    ),
    "R9-principle-no-action": (
        checked(attrs.evolve(CHECKED, monotony_action=None)),
        checked(attrs.evolve(CHECKED, monotony=4, resistance=4, distraction=4, celebrate=4, monotony_action=None)),
    ),
    "R9-principle-action-open": (
        checked(attrs.evolve(CHECKED, monotony_owner=None)),
        checked(attrs.evolve(CHECKED, distraction_owner="ann")),
    ),
    "R9-principle-action-late": (
        checked(attrs.evolve(CHECKED, monotony_due=date(2027, 5, 19))),
        checked(attrs.evolve(CHECKED, monotony_due=date(2027, 5, 19), monotony_done=date(2027, 5, 20))),
    ),
    "R9-something-must-be-done": (with_added(LATER), with_added(WHY)),
    "R9-added-no-reason": (with_added(KNOWN), with_added(WHY)),
    "R9-celebrated-too-early": (checked(CLAIM), checked(CLAIM, indicator=MET)),
    "R9-principles-kept": (checked(), checked(attrs.evolve(CHECKED, monotony_action=None))),
}


def test_every_kind_has_its_test():
    assert set(CASES) == {kind.code for kind in principles.KINDS}


@pytest.mark.parametrize("code", CASES)
def test_a_finding_comes_where_it_should_and_nowhere_near_it(code: str):
    wrong, near = CASES[code]
    assert code in codes(wrong)
    assert code not in codes(near)


def test_a_good_self_check_is_praised_and_nothing_else_is_said_of_it():
    assert codes(checked()) == {"R9-principles-kept"}


def test_the_weakest_principle_needs_an_action_even_where_none_is_weak():
    row = attrs.evolve(CHECKED, monotony=3, distraction=4, resistance=4, celebrate=4, monotony_action=None)
    assert "R9-principle-no-action" in codes(checked(row))


# --- something has to be done --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "strategy",
    [
        attrs.evolve(LATER, added_on=None),  # of the original set, however thin
        attrs.evolve(LATER, added_on=date(2026, 6, 30)),  # nothing else was under way
        attrs.evolve(LATER, status="dropped"),
        attrs.evolve(LATER, added_on=date(2027, 6, 1)),  # not yet
    ],
)
def test_what_the_plan_began_with_and_what_is_not_in_it_was_never_added(strategy: Strategy):
    subject = with_added(strategy)
    assert added(subject, context(subject)) == ()


def test_strategies_that_were_written_down_together_were_not_added_to_each_other():
    first = attrs.evolve(SEE, added_on=date(2027, 2, 20))
    subject = priority(STILL, strategies=(first, LATER))
    assert added(subject, context(subject)) == ()


def test_something_new_in_good_times_is_no_fallacy():
    subject = with_added(LATER, CLIMBS)
    assert [each.is_fallacy for each in added(subject, context(subject))] == [False]


@pytest.mark.parametrize(
    ("indicator", "rated", "says"),
    [
        (STILL, 3, "“Share seen in time” had not moved for"),
        (CLIMBS, 2, "Delivery had been rated 2 of 4 on 1 February 2027."),
        (
            attrs.evolve(CLIMBS, observations=values(70, 72, 74, 76, 78, 80, 81, 82, 80)),
            3,
            "had just got worse: from 82% to 80% (February 2027).",
        ),
    ],
)
def test_what_was_going_badly_when_it_was_added_is_named(indicator: Any, rated: int, says: str):
    subject = with_added(LATER, indicator, rated)
    (each,) = added(subject, context(subject))
    assert says in " ".join(each.trouble)
    assert each.is_fallacy


def news(**changes: Any) -> Challenge:
    raised = Challenge("h1", title="Patients wait in ambulances", raised_by="media", opened=date(2027, 2, 1))
    return attrs.evolve(raised, **changes)


def trouble_of(challenge: Challenge) -> str:
    subject = with_added(LATER, CLIMBS)
    subject = attrs.evolve(subject, parts={**subject.parts, "challenges": (challenge,)})
    assert LATER.added_on is not None
    return " ".join(trouble(subject, context(subject, day=LATER.added_on)))


@pytest.mark.parametrize("challenge", [news(), news(status="solved", closed=date(2027, 5, 1), outcome="Watched")])
def test_what_the_media_had_raised_presses_for_something_to_be_done(challenge: Challenge):
    assert trouble_of(challenge) == "The media had raised “Patients wait in ambulances”."


@pytest.mark.parametrize(
    "challenge",
    [
        news(raised_by="front-line"),
        news(opened=None),
        news(opened=date(2027, 5, 1)),  # only after it was added
        news(opened=date(2026, 2, 1)),  # long ago
        news(status="solved", closed=date(2027, 2, 10), outcome="Watched"),  # over by then
        news(status="dropped"),  # nobody knows since when, and it is none any more
    ],
)
def test_what_others_raised_or_what_is_over_presses_for_nothing(challenge: Challenge):
    assert trouble_of(challenge) == ""


def test_the_three_steps_are_named_with_the_strategy():
    subject = with_added(LATER)
    (found,) = [f for f in principles.check(subject, context(subject)) if f.code == "R9-something-must-be-done"]
    assert "Something has to be done. “A new building” is something. So “A new building” is done." in found.what
    assert found.where == "priorities/waits/strategies/s3/added_on"


def test_evidence_without_a_line_to_the_measure_is_not_enough():
    subject = with_added(attrs.evolve(KNOWN, because=None))
    assert added(subject, context(subject))[0].lacks == ("it is not said how it would move the figure",)


def test_the_day_is_written_down_when_others_are_under_way_and_only_then():
    subject = priority(CLIMBS)
    plan = context(subject).plan
    assert new_row(plan, "priorities/waits/strategies", TODAY) == {"added_on": "2027-05-20"}
    assert new_row(plan, "priorities/waits/risks", TODAY) == {}
    assert new_row(plan, "priorities/gone/strategies", TODAY) == {}
    assert new_row(plan, "priorities/waits/strategies", date(2026, 6, 1)) == {}


def test_while_a_plan_is_first_written_down_no_day_is_put_to_its_strategies():
    rows = tuple(
        BuiltOn(f"b{n}", f"strategies/{s.id}/indicators", "indicators/i1", (), date(2027, 5, 10))
        for n, s in enumerate((SEE, BEDS))
    )
    subject = priority(CLIMBS, built_on=rows)
    assert new_row(context(subject).plan, "priorities/waits/strategies", TODAY) == {}


# --- celebrated too early ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The target has been met.",
        "We have reached our target, and everybody knows.",
        "Mission accomplished",
        "The problem is solved.",
        "It is a great success.",
        "L’objectif est atteint.",
    ],
)
def test_a_claim_of_success_is_seen(text: str):
    assert claims_success(text)


@pytest.mark.parametrize(
    "text",
    [
        "Eleven of the twelve slowest wards free a bed before noon",
        "The target has not been met.",
        "When the target is met, we celebrate.",
        "Nobody says that the problem is solved.",
        "Half of the target is reached.",
        "The success of the first wards is written down",
        "See and treat runs in half of the departments",
    ],
)
def test_what_was_done_or_is_hoped_for_is_no_claim(text: str):
    assert claims_success(text) == ""


def test_one_value_at_the_target_is_called_a_blip():
    subject = checked(CLAIM, indicator=BLIP)
    (found,) = too_early(subject, context(subject))
    assert found.blip
    assert "stands at its target in 1 of its values only" in found.against


def test_an_achievement_of_a_stocktake_is_held_against_the_figures_of_its_day():
    row = Achievement("a1", priority="waits", what="The promise is kept.")
    meeting = NextStocktake("n1", day=date(2027, 5, 13), achievements=(row,))
    subject = checked()
    (found,) = too_early(subject, context(subject, parts={"next_stocktake": (meeting,)}))
    assert found.where == "plan/next_stocktake/n1/achievements/a1/what"
    other = attrs.evolve(meeting, achievements=(attrs.evolve(row, priority="schools"),))
    assert too_early(subject, context(subject, parts={"next_stocktake": (other,)})) == ()


def test_a_claim_beside_a_place_counts_and_without_figures_nothing_is_held_against_it():
    place = attrs.evolve(PLACE, shown="The crisis is over.")
    subject = checked(cycle_places=(place,))
    assert [c.where for c in too_early(subject, context(subject))] == ["priorities/waits/cycle_places/y1/shown"]
    bare = checked(cycle_places=(place,), indicator=attrs.evolve(CLIMBS, observations=()))
    assert too_early(bare, context(bare)) == ()


# --- commitments -----------------------------------------------------------------------------------------------------


def test_actions_are_commitments_with_their_principle():
    subject = checked()
    (found,) = [c for c in commitments(context(subject).plan, TODAY) if c.tool == "9.2"]
    assert found.key == "priorities/waits/self_checks/k1/monotony"
    assert found.what == "Through monotony: The speech of June tells of the ward in Leeds"
    assert (found.owner, found.due, found.done) == ("Ben Sy", date(2027, 6, 30), False)

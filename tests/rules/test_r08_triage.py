"""Triage: the level follows from the answers, and what is grave gets the time and the looks that it needs (8.1)."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import attrs
import pytest

from rdlib.plan.challenges import Challenge
from rdlib.plan.fields import field_of
from rdlib.plan.indicator import Observation
from rdlib.plan.priority import Priority
from rdlib.plan.routines import RoutineToday
from rdlib.plan.tree import Tree
from rdlib.plan.values import read_period
from rdlib.rules import r08_triage
from rdlib.rules.calendar_events import events
from rdlib.rules.commitments import commitments
from rdlib.rules.r08_raised import proposals, standing
from rdlib.rules.triage import DECIDING, choices_of, level_in_force, moves_in_words, triage
from tests.rules.assessments import SHARE
from tests.rules.challenges import CRISIS, DRIVE, NUDGE, REVIEW, SOLVED, TODAY, context, plan, priority


def codes(subject: Priority, *others: Priority, day: date = TODAY, **parts: Any) -> set[str]:
    return {f.code for f in r08_triage.check(subject, context(subject, *others, day=day, **parts))}


# --- the level ------------------------------------------------------------------------------------------------------

STANDARD = attrs.evolve(DRIVE, effect="significant", tried="running", treated="2", salient=False)


@pytest.mark.parametrize(("challenge", "level"), [(NUDGE, 1), (STANDARD, 2), (DRIVE, 3), (CRISIS, 4)])
def test_each_level_follows_from_its_characteristics(challenge: Challenge, level: int):
    assert triage(challenge).level == level


@pytest.mark.parametrize(
    ("change", "level"),
    [
        ({"salient": False}, 2),  # not politically charged
        ({"tried": "running"}, 2),  # too early to say
        ({"effect": "significant"}, 2),
        ({"cause": "clear"}, 1),  # then somebody can be reminded
        ({"top": True, "complexity": "some"}, 3),
        ({"top": True, "urgency": "one"}, 3),
    ],
)
def test_one_answer_less_and_the_level_is_another(change: dict[str, Any], level: int):
    assert triage(attrs.evolve(DRIVE, **change)).level == level


def test_what_fits_no_level_is_watched_and_the_lowest_where_delivery_is_off_track():
    loose = attrs.evolve(NUDGE, cause="guess", solution="open")
    assert triage(loose).level == 1
    assert triage(attrs.evolve(loose, off_track=False)).level == 0


def test_while_answers_are_open_every_level_that_they_could_still_lead_to_is_said():
    assert triage(Challenge("h1")).possible == (0, 1, 2, 3, 4)
    partly = attrs.evolve(DRIVE, salient=None)
    assert triage(partly).possible == (2, 3)
    assert [field.name for field in triage(partly).open] == ["salient"]
    assert triage(attrs.evolve(CRISIS, effect=None, tried=None)).level == 4  # whatever they are


def test_the_range_is_what_going_through_all_answers_gives():
    names = [name for name in DECIDING if name != "effect"]
    every = product(*([value for value, _choice in choices_of(field_of(Challenge, name))] for name in names))
    answers: list[dict[str, Any]] = [dict(zip(names, each, strict=True)) for each in every]
    by_hand = {triage(attrs.evolve(DRIVE, effect="slight", **each)).level for each in answers}
    assert triage(Challenge("h1", effect="slight")).possible == tuple(sorted(n for n in by_hand if n is not None))


def test_an_answer_that_is_none_of_the_choices_counts_as_open():
    assert triage(attrs.evolve(DRIVE, effect="awful")).possible == triage(attrs.evolve(DRIVE, effect=None)).possible


def test_the_answers_that_would_move_it_are_named_question_by_question():
    up, down = moves_in_words(triage(DRIVE))
    assert "level 4" in up
    assert "gravest" in up
    assert "level 2" in down
    assert "not yet, under way or yes, and it helps" in down


def test_a_level_that_is_judged_openly_counts():
    assert level_in_force(attrs.evolve(NUDGE, judged_level="3", judged_why="It spreads")) == 3
    assert level_in_force(attrs.evolve(NUDGE, judged_level="9")) == 1


# --- findings -------------------------------------------------------------------------------------------------------

BEHIND = attrs.evolve(SHARE, observations=(Observation(read_period("2027-03"), 80.0),))
AHEAD = SHARE
MEDIA = attrs.evolve(NUDGE, raised_by="media")
DAILY = RoutineToday("t1", title="Call", frequency="daily", priorities=("waits",), fate="keep")

CASES: dict[str, tuple[Priority, Priority]] = {
    "R8-challenge-no-name": (priority(attrs.evolve(NUDGE, title=" ")), priority(NUDGE)),
    "R8-challenge-level-open": (
        priority(attrs.evolve(DRIVE, salient=None)),
        priority(attrs.evolve(DRIVE, salient=None, judged_level="3", judged_why="The Minister was asked twice")),
    ),
    "R8-challenge-no-owner": (priority(attrs.evolve(NUDGE, owner=None)), priority(attrs.evolve(SOLVED, owner=None))),
    "R8-challenge-no-next-look": (
        priority(attrs.evolve(NUDGE, next_look=None)),
        priority(attrs.evolve(SOLVED, next_look=None)),
    ),
    "R8-challenge-look-overdue": (
        priority(attrs.evolve(NUDGE, next_look=date(2027, 5, 19))),
        priority(attrs.evolve(NUDGE, next_look=date(2027, 5, 19), looked=date(2027, 5, 19))),
    ),
    "R8-challenge-forgotten": (
        priority(attrs.evolve(NUDGE, opened=date(2027, 2, 24), next_look=None)),
        priority(attrs.evolve(NUDGE, opened=date(2027, 2, 25), next_look=None)),
    ),
    "R8-challenge-look-too-late": (
        priority(attrs.evolve(DRIVE, next_look=date(2027, 6, 18))),
        priority(attrs.evolve(DRIVE, next_look=date(2027, 6, 17))),
    ),
    "R8-challenge-tried-no-result": (
        priority(attrs.evolve(DRIVE, tried_result="")),
        priority(attrs.evolve(NUDGE, tried="running")),
    ),
    "R8-challenge-other-level-no-reason": (
        priority(attrs.evolve(NUDGE, judged_level="3", treated="3", judged_why="Nurses need three signatures")),
        priority(attrs.evolve(NUDGE, judged_level="3", treated="3", judged_why="It spreads to the wards")),
    ),
    "R8-challenge-treated-below": (priority(attrs.evolve(DRIVE, treated="1")), priority(DRIVE)),
    "R8-challenge-treated-above": (priority(attrs.evolve(NUDGE, treated="4")), priority(NUDGE)),
    "R8-everything-a-crisis": (
        priority(CRISIS, attrs.evolve(CRISIS, id="h5"), attrs.evolve(CRISIS, id="h6")),
        priority(CRISIS, attrs.evolve(CRISIS, id="h5")),
    ),
    "R8-time-elsewhere": (
        priority(attrs.evolve(NUDGE, hours=21.0), DRIVE),
        priority(attrs.evolve(NUDGE, hours=20.0), DRIVE),
    ),
    "R8-off-track-not-in-data": (
        priority(attrs.evolve(NUDGE, indicator="i1", shown=None), indicators=(AHEAD,)),
        priority(attrs.evolve(NUDGE, indicator="i1"), indicators=(AHEAD,)),
    ),
    "R8-on-track-against-data": (
        priority(attrs.evolve(NUDGE, indicator="i1", off_track=False, shown=None), indicators=(BEHIND,)),
        priority(attrs.evolve(NUDGE, indicator="i1", off_track=False, shown=None), indicators=(AHEAD,)),
    ),
    "R8-raised-by-media-only": (
        priority(MEDIA, attrs.evolve(MEDIA, id="h9")),
        priority(MEDIA, attrs.evolve(NUDGE, id="h9")),
    ),
    "R8-nothing-from-front-line": (
        priority(*(attrs.evolve(NUDGE, id=f"h{n}", raised_by="data") for n in range(3))),
        priority(*(attrs.evolve(NUDGE, id=f"h{n}", raised_by="data") for n in range(2))),
    ),
    "R8-off-track-not-raised": (
        priority(attrs.evolve(NUDGE, indicator="i2"), indicators=(BEHIND,)),
        priority(attrs.evolve(NUDGE, indicator="i1"), indicators=(BEHIND,)),
    ),
    "R8-drive-on-a-guess": (priority(DRIVE), priority(DRIVE, reviews=(REVIEW,))),
    "R8-challenge-closed-unsaid": (priority(attrs.evolve(SOLVED, outcome=" ")), priority(SOLVED)),
    "R8-challenge-in-hand": (priority(NUDGE), priority(attrs.evolve(NUDGE, owner=None))),
}


@pytest.mark.parametrize("code", sorted(CASES))
def test_each_finding_is_triggered_by_its_case_and_not_by_the_near_miss(code: str):
    triggering, quiet = CASES[code]
    assert code in codes(triggering)
    assert code not in codes(quiet)


def test_every_kind_of_finding_has_its_two_cases():
    assert {kind.code for kind in r08_triage.KINDS} == {*CASES, "R8-crisis-no-routine"}


def test_a_crisis_needs_a_meeting_each_day_or_each_week():
    assert "R8-crisis-no-routine" not in codes(priority(CRISIS))
    assert "R8-crisis-no-routine" in codes(priority(CRISIS), routines=())
    assert "R8-crisis-no-routine" not in codes(priority(CRISIS), routines=(), routines_today=(DAILY,))
    stopped = attrs.evolve(DAILY, fate="stop")
    assert "R8-crisis-no-routine" in codes(priority(CRISIS), routines=(), routines_today=(stopped,))
    assert "R8-crisis-no-routine" not in codes(priority(DRIVE), routines=())


def test_a_tree_that_is_about_a_drive_counts_as_looking_for_its_cause():
    about = Tree("t1", question="Why?", challenge=DRIVE.id)
    assert "R8-drive-on-a-guess" not in codes(priority(DRIVE, trees=(about,)))
    assert "R8-drive-on-a-guess" in codes(priority(DRIVE, trees=(attrs.evolve(about, challenge=NUDGE.id),)))
    assert "R8-drive-on-a-guess" in codes(priority(DRIVE, trees=(attrs.evolve(about, challenge="gone"),)))
    assert "R8-drive-on-a-guess" not in codes(priority(NUDGE, CRISIS, attrs.evolve(DRIVE, status="solved")))


def test_crises_are_counted_over_the_whole_plan():
    other = attrs.evolve(priority(CRISIS, attrs.evolve(CRISIS, id="h5")), id="schools")
    assert "R8-everything-a-crisis" in codes(priority(CRISIS), other)
    assert "R8-everything-a-crisis" not in codes(priority(DRIVE), other)


def test_nothing_else_is_wrong_with_challenges_that_are_in_hand():
    assert codes(priority(NUDGE, DRIVE, SOLVED, reviews=(REVIEW,))) == {"R8-challenge-in-hand"}


def test_an_empty_row_is_no_challenge_and_a_link_to_nowhere_does_no_harm():
    assert not r08_triage.attempted(priority(Challenge("h1")), context())
    assert codes(priority(attrs.evolve(NUDGE, indicator="gone"))) == {"R8-challenge-in-hand"}


# --- what the plan shows, time, dates -------------------------------------------------------------------------------


def test_the_figures_say_off_track_only_beyond_a_small_share_of_the_way():
    first = Observation(read_period("2026-03"), 80.0)
    near = attrs.evolve(SHARE, observations=(first, Observation(read_period("2027-03"), 81.6)))
    off = attrs.evolve(near, observations=(first, Observation(read_period("2027-03"), 81.4)))
    assert standing(near, context()).off is False
    assert standing(off, context()).off is True


def test_what_is_off_track_is_proposed_until_somebody_raises_it():
    subject = priority(indicators=(BEHIND,))
    assert [p.origin for p in proposals(subject, context(subject))] == ["indicators/i1"]
    raised = priority(attrs.evolve(NUDGE, indicator="i1"), indicators=(BEHIND,))
    assert proposals(raised, context(raised)) == []
    let_go = priority(attrs.evolve(NUDGE, origin="indicators/i1", status="dropped"), indicators=(BEHIND,))
    assert proposals(let_go, context(let_go)) == []


def test_hours_are_shared_out_by_level_beside_a_yardstick():
    found = {each.level: each for each in r08_triage.time_use(priority(NUDGE, DRIVE, attrs.evolve(SOLVED, hours=99.0)))}
    assert [found[3].share, found[1].share] == pytest.approx([100 * 20 / 21, 100 / 21])
    assert (found[3].fair, found[1].fair) == (80.0, 20.0)
    assert r08_triage.time_use(priority(attrs.evolve(NUDGE, hours=None))) == ()


def test_the_next_look_is_a_commitment_and_for_what_is_grave_an_appointment():
    of = plan(priority(attrs.evolve(NUDGE, next_step="One signature"), DRIVE, SOLVED))
    found = [c for c in commitments(of, TODAY) if c.tool == "8.1"]
    assert [(c.what, c.owner, c.done) for c in found] == [
        ("One signature", "Ann Roy", False),
        ("Look again at “Beds are free in the afternoon”", "Ann Roy", False),
    ]
    titles = [event.title for event in events(of, TODAY) if "challenges" in event.key]
    assert titles == ["Due: One signature", "Look again: Beds are free in the afternoon"]

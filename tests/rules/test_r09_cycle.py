"""The cycle: what the plan shows, what it is typical of, and what is held against a place (9.1)."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from rdlib.plan.persist import CyclePlace, StageName
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules import r09_cycle as cycle
from rdlib.rules.commitments import commitments
from rdlib.rules.r09_evidence import contradicts, evidence, lines, typical, why_typical
from tests.rules.persisting import (
    BEDS,
    CLIMBS,
    FLAT_HALF,
    MET,
    MET_LONG,
    PLACE,
    SEE,
    STILL,
    TODAY,
    context,
    priority,
)


def placed(*rows: CyclePlace, indicator: object = CLIMBS) -> Priority:
    return priority(indicator, cycle_places=rows)  # type: ignore[arg-type]  # an indicator


def codes(subject: Priority, day: date = TODAY) -> set[str]:
    return {f.code for f in cycle.check(subject, context(subject, day=day))}


DONE = attrs.evolve(PLACE, done=date(2027, 5, 10))
BEFORE = attrs.evolve(PLACE, id="y0", day=date(2026, 10, 1), done=date(2026, 12, 1))

CASES = {
    "R9-place-no-stage": (placed(attrs.evolve(PLACE, stage=None)), placed(PLACE)),
    "R9-place-no-day": (placed(attrs.evolve(PLACE, day=None)), placed(PLACE)),
    "R9-place-nobody": (placed(attrs.evolve(PLACE, people=(" ",))), placed(attrs.evolve(PLACE, people=("Somebody",)))),
    "R9-place-no-evidence": (
        placed(attrs.evolve(PLACE, shown="The first climb")),
        placed(attrs.evolve(PLACE, shown="The first climb began on three wards")),
    ),
    "R9-place-contradicts": (
        placed(attrs.evolve(PLACE, stage="irreversible")),
        placed(attrs.evolve(PLACE, stage="irreversible"), indicator=MET_LONG),
    ),
    "R9-place-no-next-step": (placed(attrs.evolve(PLACE, next_step=" ")), placed(DONE)),
    "R9-place-next-step-open": (placed(attrs.evolve(PLACE, due=None)), placed(attrs.evolve(DONE, due=None))),
    "R9-place-next-step-late": (
        placed(attrs.evolve(PLACE, due=date(2027, 5, 19))),
        placed(attrs.evolve(PLACE, due=TODAY)),
    ),
    "R9-place-stuck": (placed(BEFORE, DONE), placed(BEFORE, PLACE)),
    "R9-place-old": (
        placed(attrs.evolve(PLACE, day=date(2026, 11, 1))),
        placed(attrs.evolve(PLACE, day=date(2026, 12, 1))),
    ),
    "R9-place-shown": (placed(PLACE), placed(attrs.evolve(PLACE, owner=None))),
}


def test_every_kind_has_its_test():
    assert set(CASES) == {kind.code for kind in cycle.KINDS}


@pytest.mark.parametrize("code", CASES)
def test_a_finding_comes_where_it_should_and_nowhere_near_it(code: str):
    wrong, near = CASES[code]
    assert code in codes(wrong)
    assert code not in codes(near)


def test_a_good_place_is_praised_and_nothing_else_is_said_of_it():
    assert codes(placed(PLACE)) == {"R9-place-shown"}


def test_long_on_one_stage_is_counted_over_all_its_places_and_from_the_last_stage_alone():
    between = attrs.evolve(BEFORE, id="y2", stage="valley", day=date(2027, 2, 1))
    assert "R9-place-stuck" not in codes(placed(BEFORE, between, DONE))


@pytest.mark.parametrize(
    ("indicator", "strategies", "stage"),
    [
        (CLIMBS, (SEE, BEDS), "first-climb"),
        (STILL, (SEE, BEDS), "valley"),
        (FLAT_HALF, (SEE, BEDS), "plateau"),
        (MET, (SEE, BEDS), "last-climb"),
        (MET_LONG, (SEE, BEDS), "irreversible"),
        (STILL, (attrs.evolve(SEE, start=None),), "launch"),
        (STILL, (), None),
        (attrs.evolve(CLIMBS, observations=()), (SEE,), None),
    ],
)
def test_what_the_plan_shows_is_typical_of_a_stage(indicator: object, strategies: object, stage: str | None):
    subject = priority(indicator, strategies=strategies)  # type: ignore[arg-type]  # an indicator
    assert typical(evidence(subject, context(subject))) == stage


def test_the_reason_names_the_figure_how_long_it_has_been_still_and_the_strategies_under_way():
    subject = priority(STILL)
    said = why_typical(evidence(subject, context(subject)), "The valley")
    assert "has come 0% of the way from 70%, to 70% in April 2027." in said
    assert "It has not moved for 10 values, since June 2026." in said
    assert "2 of 2 strategies are under way." in said


@pytest.mark.parametrize(
    ("stage", "indicator", "speaks_against"),
    [
        ("irreversible", CLIMBS, True),
        ("irreversible", MET, True),
        ("irreversible", MET_LONG, False),
        ("last-climb", STILL, True),
        ("last-climb", CLIMBS, False),
        ("plateau", STILL, True),
        ("plateau", FLAT_HALF, False),
        ("first-climb", STILL, True),
        ("first-climb", attrs.evolve(STILL, observations=STILL.observations[:3]), False),
        ("first-climb", CLIMBS, False),
        ("valley", CLIMBS, True),
        ("valley", FLAT_HALF, False),
        ("launch", CLIMBS, False),
    ],
)
def test_only_what_can_hardly_be_explained_is_held_against_a_stage(stage: str, indicator: object, speaks_against: bool):
    subject = priority(indicator)  # type: ignore[arg-type]  # an indicator
    assert bool(contradicts(stage, evidence(subject, context(subject)))) is speaks_against


def test_a_launch_of_two_years_ago_is_none_any_more():
    subject = priority(CLIMBS)
    assert contradicts("launch", evidence(subject, context(subject, day=date(2028, 6, 1)))).startswith("The first")


def test_irreversible_without_any_figure_is_not_believed():
    subject = priority(attrs.evolve(CLIMBS, observations=()))
    assert contradicts("irreversible", evidence(subject, context(subject))) == "There is no figure that would show it."


def test_the_lines_of_an_empty_plan_say_what_is_not_there():
    subject = Priority("waits")
    said = dict(lines(evidence(subject, context(subject))))
    assert said["The work began"] == "No chosen strategy has begun."
    assert said["Strategies"] == "None is chosen yet."
    assert typical(evidence(subject, context(subject))) is None


def test_a_plan_gives_stages_its_own_names_and_ours_stand_for_the_others():
    rows = (StageName("n1", stage="valley", name="The long winter"), StageName("n2", stage="plateau", name=" "))
    names = cycle.stage_names(Plan(parts={"stage_names": rows}))
    assert names["valley"] == "The long winter"
    assert names["plateau"] == "The plateau"
    assert list(names) == [stage.key for stage in cycle.CYCLE]


def test_next_steps_are_commitments_that_keep_their_key_and_know_whether_they_are_done():
    subject = placed(BEFORE, PLACE)
    found = [c for c in commitments(context(subject).plan, TODAY) if c.tool == "9.1"]
    assert [(c.key, c.owner, c.due, c.done) for c in found] == [
        ("priorities/waits/cycle_places/y0", "Ann Roy", date(2027, 6, 30), True),
        ("priorities/waits/cycle_places/y1", "Ann Roy", date(2027, 6, 30), False),
    ]


def test_a_stage_from_a_hand_edited_file_that_nobody_knows_is_no_error():
    subject = placed(attrs.evolve(PLACE, stage="limbo"))
    assert "R9-place-no-stage" in codes(subject)

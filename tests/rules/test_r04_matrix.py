from __future__ import annotations

import attrs
import pytest

from rdlib.plan.boards import ZONE_NAMES, ZoneName
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import Strategy
from rdlib.plan.values import Missing
from rdlib.rules import r04_matrix as matrix
from rdlib.rules.boards import names_of, place_in_words
from tests.rules.plans import CONTEXT, codes
from tests.rules.strategies import ALL, BEDS, LINE, SEE, priority, with_all, with_one

FOUR = (SEE, BEDS, LINE, attrs.evolve(LINE, id="s5", title="Upgrade the oldest waiting rooms", impact=4.0))
GOOD = priority(*FOUR)


def spread(*places: tuple[float, float]) -> Priority:
    """As many strategies as places: difficulty, impact."""
    return priority(*(attrs.evolve(SEE, id=f"s{n}", difficulty=x, impact=y) for n, (x, y) in enumerate(places, 1)))


def test_a_spread_with_evidence_is_praised_and_nothing_else_is_said() -> None:
    assert codes(matrix.check(GOOD, CONTEXT)) == {"R4-balanced"}


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        (with_one("s1", impact=None), "R4-not-placed", "impact"),
        (with_one("s1", difficulty=None), "R4-not-placed", "difficulty"),
        (with_one("s1", difficulty=None, impact=None), "R4-not-placed", "impact"),
        (with_one("s1", impact=Missing.TO_BE_DETERMINED), "R4-not-placed", "impact"),
        (with_one("s1", evidence_kind=None, evidence=None), "R4-impact-no-evidence", "evidence_kind"),
        (with_one("s1", evidence_kind=None, evidence="Leeds: 71% to 80%"), "R4-evidence-kind", "evidence_kind"),
        (with_one("s1", evidence_kind="none", evidence=None), "R4-hunch", "evidence_kind"),
        (with_one("s1", evidence=" "), "R4-evidence-not-said", "evidence"),
        (with_one("s1", evidence="It is very important."), "R4-thin-evidence", "evidence"),
        (with_one("s1", difficulty_why=None), "R4-difficulty-no-reason", "difficulty_why"),
        (with_one("s1", difficulty=8.0, impact=2.0), "R4-low-impact-hard-chosen", "status"),
    ],
)
def test_each_weakness_is_found_at_its_place_and_only_there(changed: Priority, code: str, field: str) -> None:
    found = [f for f in matrix.check(changed, CONTEXT) if f.code == code]
    assert [f.where for f in found] == [f"priorities/waits/strategies/s1/{field}"]
    assert code not in codes(matrix.check(priority(), CONTEXT))


@pytest.mark.parametrize(
    ("places", "code"),
    [
        (((1, 9), (2, 8), (3, 7), (4, 6)), "R4-one-quadrant"),
        (((6, 9), (7, 8), (8, 7), (2, 1)), "R4-no-quick-win"),
        (((1, 9), (2, 8), (3, 1), (8, 1)), "R4-nothing-transformative"),
    ],
)
def test_a_picture_that_leaves_something_out_is_named(places: tuple[tuple[float, float], ...], code: str) -> None:
    found = [f for f in matrix.check(spread(*places), CONTEXT) if f.where == "priorities/waits/strategies"]
    assert codes(found) == {code}
    assert code not in codes(matrix.check(spread(*places[:3]), CONTEXT)), "three are too few to judge the picture"


def test_what_was_dropped_shows_that_not_all_stand_in_one_corner() -> None:
    corner = [attrs.evolve(SEE, id=f"s{n}") for n in range(1, 5)]
    dropped = attrs.evolve(SEE, id="s9", difficulty=9.0, impact=1.0, status="dropped")
    assert "R4-one-quadrant" in codes(matrix.check(priority(*corner), CONTEXT))
    found = codes(matrix.check(priority(*corner, dropped), CONTEXT))
    assert "R4-one-quadrant" not in found
    assert "R4-nothing-transformative" in found


def test_a_low_impact_may_rest_on_nothing() -> None:
    low = with_one("s3", evidence_kind="none", evidence=None)
    assert not codes(matrix.check(low, CONTEXT)) & {"R4-hunch", "R4-impact-no-evidence"}


def test_what_is_dropped_needs_no_place() -> None:
    assert not matrix.check(with_one("s4", impact=None, difficulty=None, difficulty_why=None), CONTEXT)


@pytest.mark.parametrize(
    ("difficulty", "impact", "zone"),
    [
        (0.0, 10.0, "quick-wins"),
        (4.9, 5.0, "quick-wins"),
        (5.0, 5.0, "transformative"),
        (5.0, 4.9, "drop"),
        (0.0, 0.0, "if-free"),
        (None, 5.0, None),
    ],
)
def test_the_middle_counts_as_high_and_as_hard(difficulty: float | None, impact: float, zone: str | None) -> None:
    assert matrix.zone_of(Strategy("s", difficulty=difficulty, impact=impact)) == zone


def test_items_say_what_was_decided_and_how_feasible_it_is() -> None:
    found = matrix.items(priority(*ALL, Strategy("s9")), Plan())
    assert [(i.id, i.look, i.state, i.notes) for i in found] == [
        ("s1", "full", "Chosen", ("3 negotiable",)),
        ("s2", "full", "Chosen", ("4 backed",)),
        ("s3", "open", "Candidate", ("",)),
        ("s4", "faint", "Dropped", ("",)),
        ("s9", "open", "Candidate", ("",)),
    ]
    assert found[-1].name == "s9"


def test_only_the_names_that_are_ours_can_be_changed() -> None:
    given = (ZoneName("drop", "Leave it"), ZoneName("quick-wins", "Easy things"), ZoneName("if-free", "  "))
    names = names_of(matrix.MATRIX, Plan(parts={ZONE_NAMES.key: given}))
    assert names["drop"] == "Leave it"
    assert names["quick-wins"] == "Quick wins"
    assert names["if-free"] == "Only if it costs nothing"


def test_a_place_is_said_in_words() -> None:
    names = names_of(matrix.MATRIX, Plan())
    item = matrix.items(GOOD, Plan())[0]
    said = place_in_words(matrix.MATRIX, item, names)
    assert said == "degree of difficulty 4, potential impact on the target 8, Quick wins"
    assert place_in_words(matrix.MATRIX, attrs.evolve(item, x=None), names).endswith("not placed yet")


def test_every_level_has_its_words_and_the_nearest_is_found() -> None:
    for axis in (matrix.MATRIX.across, matrix.MATRIX.up):
        assert all(level.describes.endswith(".") for level in axis.levels)
        assert [float(level.value) for level in axis.levels] == sorted(float(level.value) for level in axis.levels)
    assert matrix.MATRIX.up.level(10.0).label == "decisive"
    assert matrix.MATRIX.up.level(4.0).label == "some", "of two that are as near, the lower"


def test_nothing_entered_is_not_attempted() -> None:
    bare = with_all(impact=None, difficulty=None, evidence_kind=None, evidence=None)
    assert not matrix.attempted(bare, CONTEXT)
    assert matrix.attempted(with_all(impact=None, evidence_kind=None, evidence=None), CONTEXT)

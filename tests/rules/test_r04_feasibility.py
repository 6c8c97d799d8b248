from __future__ import annotations

import attrs
import pytest

from rdlib.plan.priority import Priority
from rdlib.rules import r04_feasibility as feasibility
from tests.rules.plans import CONTEXT, codes
from tests.rules.strategies import BEDS, LINE, SEE, priority, with_all, with_one

GOOD = priority()


def rated(*pairs: tuple[float, int]) -> Priority:
    """As many candidates as pairs: difficulty, feasibility."""
    candidate = attrs.evolve(LINE, feasibility_why="The provinces are for it, the unions against.")
    return priority(
        *(attrs.evolve(candidate, id=f"s{n}", difficulty=x, feasibility=f) for n, (x, f) in enumerate(pairs, start=1))
    )


def test_good_ratings_are_praised_and_nothing_else_is_said() -> None:
    assert codes(feasibility.check(GOOD, CONTEXT)) == {"R4-feasibility-weighed"}


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        (with_one("s1", feasibility=None), "R4-feasibility-not-rated", "feasibility"),
        (with_one("s1", feasibility_why=None), "R4-feasibility-no-reason", "feasibility_why"),
        (with_one("s1", feasibility_why="It is important."), "R4-feasibility-thin", "feasibility_why"),
        (with_one("s1", feasibility=1), "R4-blocked-chosen", "feasibility"),
        (with_one("s1", feasibility=2), "R4-contested-chosen", "feasibility"),
    ],
)
def test_each_weakness_is_found_at_its_place_and_only_there(changed: Priority, code: str, field: str) -> None:
    found = [f for f in feasibility.check(changed, CONTEXT) if f.code == code]
    assert [f.where for f in found] == [f"priorities/waits/strategies/s1/{field}"]
    assert code not in codes(feasibility.check(GOOD, CONTEXT))


def test_a_candidate_may_stay_unrated_and_a_dropped_one_may_be_blocked() -> None:
    dropped = with_one("s4", feasibility=1, feasibility_why="The Treasury has said no.")
    assert not codes(feasibility.check(dropped, CONTEXT)) & {"R4-blocked-chosen", "R4-feasibility-not-rated"}


@pytest.mark.parametrize(
    ("pairs", "mirrors"),
    [
        (((1, 4), (2, 4), (4, 3), (6, 2), (9, 1)), True),
        (((1, 4), (2, 4), (4, 3), (6, 3), (9, 4)), False),  # one hard one that is backed
        (((1, 4), (2, 3), (4, 2), (6, 1)), False),  # too few to tell
        (((1, 4), (2, 4), (4, 3), (6, 3), (9, 3)), False),  # two ratings only
        (((1, 4), (1, 3), (4, 3), (6, 2), (9, 1)), False),  # as easy, and not as feasible
    ],
)
def test_ratings_that_only_repeat_the_difficulty_are_named(pairs: tuple[tuple[float, int], ...], mirrors: bool) -> None:
    assert ("R4-feasibility-mirrors-difficulty" in codes(feasibility.check(rated(*pairs), CONTEXT))) is mirrors


def test_only_what_nobody_minds_is_named_where_something_braver_was_left_out() -> None:
    brave = attrs.evolve(LINE, impact=9.0, feasibility=2, feasibility_why="The doctors' association is against it.")
    backed = [attrs.evolve(s, feasibility=4) for s in (SEE, BEDS)]
    assert "R4-safe-only" in codes(feasibility.check(priority(*backed, brave), CONTEXT))
    assert "R4-safe-only" not in codes(feasibility.check(priority(SEE, BEDS, brave), CONTEXT))
    tame = attrs.evolve(brave, impact=5.0)
    assert "R4-safe-only" not in codes(feasibility.check(priority(*backed, tame), CONTEXT))


def test_nothing_entered_is_not_attempted() -> None:
    assert not feasibility.attempted(with_all(feasibility=None, feasibility_why=None), CONTEXT)
    assert feasibility.attempted(GOOD, CONTEXT)

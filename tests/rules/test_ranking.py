"""A ranking from comparisons of two: what follows, what contradicts itself, and what to ask next (tool 1.3)."""

from __future__ import annotations

import random

import pytest

from rdlib.rules.ranking import Judged, Ranking, next_pair, placed, rank


def over(*pairs: str) -> list[Judged]:
    """Comparisons written as "a>b" or "a=b"."""
    return [Judged(pair[0], pair[2], pair[1] == "=") for pair in pairs]


def test_nothing_compared_tells_nothing_apart():
    found = rank("abc", [])
    assert found.groups == (("a", "b", "c"),)
    assert not found.told_apart("a", "b")


def test_what_follows_from_two_comparisons_is_known():
    found = rank("abc", over("b>a", "a>c"))
    assert found.groups == (("b",), ("a",), ("c",))
    assert found.told_apart("b", "c")
    assert found.below["b"] == {"a", "c"}
    assert found.above["c"] == {"a", "b"}


def test_ties_stand_side_by_side_and_carry_what_follows():
    found = rank("abcd", over("a=b", "b>c", "d>a"))
    assert found.groups == (("d",), ("a", "b"), ("c",))
    assert found.ties == (("a", "b"),)
    assert found.circles == ()
    assert found.above["c"] == {"a", "b", "d"}


def test_a_circle_is_named_on_its_shortest_way_round():
    found = rank("abcde", over("a>b", "b>c", "c>d", "d>a", "c>a", "d>e"))
    assert found.circles == (("a", "b", "c", "a"),)
    assert found.groups == (("a", "b", "c", "d"), ("e",))


def test_a_tie_can_close_a_circle():
    found = rank("abc", over("a>b", "b>c", "a=c"))
    assert len(found.circles) == 1
    assert found.circles[0][0] == found.circles[0][-1] == "a"


def test_two_answers_to_one_pair_are_a_circle():
    assert rank("ab", over("a>b", "b>a")).circles == (("a", "b", "a"),)


def test_two_circles_are_both_named():
    found = rank("abcdef", over("a>b", "b>c", "c>a", "d>e", "e>f", "f>d"))
    assert [set(circle) for circle in found.circles] == [{"a", "b", "c"}, {"d", "e", "f"}]


def test_what_is_no_longer_there_is_left_out():
    assert rank("ab", over("a>b", "b>x", "x>a")).circles == ()
    assert rank("ab", [Judged("a", "a")]).circles == ()


def test_a_circle_is_not_asked_about_again():
    found = rank("abc", over("a>b", "b>c", "c>a"))
    assert next_pair(found, "abc", 1) is None


def play(count: int, limit: int, seed: int, ties: float = 0.0) -> tuple[list[Judged], Ranking, list[str]]:
    """Answer every question as somebody with a firm order does; returns what was asked, and the true order."""
    chance = random.Random(seed)
    things = [f"c{n}" for n in range(count)]
    true = things[:]
    chance.shuffle(true)
    given: list[Judged] = []
    asked: set[frozenset[str]] = set()
    while (pair := next_pair(rank(things, given), things, limit)) is not None:
        assert frozenset(pair) not in asked, "no pair is asked twice"
        asked.add(frozenset(pair))
        one, other = sorted(pair, key=true.index)
        given.append(Judged(one, other, alike=chance.random() < ties))
    return given, rank(things, given), true


@pytest.mark.parametrize(("count", "limit", "most"), [(6, 2, 12), (12, 4, 30), (20, 5, 60), (32, 14, 110)])
def test_few_questions_find_the_first_ones(count: int, limit: int, most: int):
    for seed in range(5):
        given, found, true = play(count, limit, seed)
        first = {thing for thing in true if len(found.below[thing]) >= count - limit}
        assert first == set(true[:limit])
        assert len(given) <= most < count * (count - 1) / 2
        assert placed(found, [f"c{n}" for n in range(count)], limit) == count


def test_answers_that_leave_ties_never_contradict_themselves():
    for seed in range(20):
        _given, found, _true = play(9, 3, seed, ties=0.3)
        assert found.circles == ()


def test_any_answers_whatever_make_groups_in_which_each_thing_stands_once():
    chance = random.Random(7)
    things = [f"c{n}" for n in range(8)]
    for _round in range(200):
        pairs = [chance.sample(things, 2) for _ in range(chance.randrange(14))]
        given = [Judged(one, other, alike=chance.random() < 0.2) for one, other in pairs]
        found = rank(things, given)
        assert sorted(thing for group in found.groups for thing in group) == sorted(things)
        for thing in things:
            assert thing not in found.above[thing] | found.below[thing]
            assert not found.above[thing] & found.below[thing]
            assert all(thing in found.above[other] for other in found.below[thing])
        strict = [(j.more, j.less) for j in given if not j.alike]
        for more, less in strict:
            together = any(more in circle and less in circle for circle in found.circles)
            assert less in found.below[more] or together or any({more, less} <= set(g) for g in found.groups)

"""How far raters agree: the published example, and sums that can be done by hand."""

from __future__ import annotations

import pytest

from rdlib.rules.agreement import mean_difference, ordinal_alpha

# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section D: four observers, twelve units.
OBSERVERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


def units() -> list[list[int]]:
    rows = [line.split() for line in OBSERVERS]
    return [[int(row[unit]) for row in rows if row[unit] != "."] for unit in range(12)]


def test_alpha_of_the_published_example_is_the_published_one():
    assert ordinal_alpha(units()) == pytest.approx(0.815, abs=0.0005)


def test_alpha_is_one_when_all_agree_and_about_nothing_when_nobody_does():
    assert ordinal_alpha([[1, 1], [2, 2], [4, 4]]) == 1.0
    opposite = ordinal_alpha([[1, 4], [4, 1], [1, 4], [4, 1]])
    assert opposite is not None
    assert opposite < 0


def test_alpha_does_not_depend_on_who_is_named_first():
    assert ordinal_alpha([[1, 2], [3, 4], [2, 2]]) == ordinal_alpha([[2, 1], [4, 3], [2, 2]])


@pytest.mark.parametrize("things", [[], [[1], [2], [4]], [[3, 3], [3, 3]]])
def test_alpha_says_nothing_where_there_is_nothing_to_compare(things: list[list[int]]):
    assert ordinal_alpha(things) is None


def test_the_mean_difference_is_the_sum_done_by_hand():
    assert mean_difference([[1, 2, 4]]) == pytest.approx((1 + 3 + 2) / 3)
    assert mean_difference([[1, 1], [2, 2]]) == 0
    assert mean_difference([[3], []]) is None


def test_ratings_at_random_differ_by_one_and_a_quarter():
    every = [[one, other] for one in (1, 2, 3, 4) for other in (1, 2, 3, 4)]
    assert mean_difference(every) == 1.25

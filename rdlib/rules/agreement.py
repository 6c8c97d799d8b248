"""How far several people who rate the same things from 1 to 4 agree, in numbers that can be said in a sentence.

Two measures, each where it can say something:

- **Mean absolute difference**: by how many steps two of the people differ on average. It is meant for one priority: six
  things rated, two to eight people. It needs nothing but the ratings and reads in steps of the scale. Known in
  statistics as Gini's mean difference, taken over the things that are rated.
- **Krippendorff's alpha for ordinal data**: how much of what the ratings show is about the things that are rated, and
  not about who rates: 1 is perfect agreement, 0 what chance would give. It is meant for many things (all priorities of
  a plan together): on six things that are all rated alike it says "no agreement" of people who agree.

Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011 (University of Pennsylvania), whose worked
example with four observers and twelve units the tests repeat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

#: Fewer things that at least two people rated than this, and alpha is not said. Our threshold.
FEWEST_THINGS = 10


def mean_difference(things: Sequence[Sequence[int]]) -> float | None:
    """Return by how many steps two people differ on average; None where no two rated the same thing.

    Each pair of people counts once for each thing that both rated.

    Args:
        things: for each thing, the ratings that people gave it.

    >>> mean_difference([[1, 2, 4], [3, 3]])
    1.5
    """
    pairs = [abs(one - other) for ratings in things for one, other in combinations(ratings, 2)]
    return sum(pairs) / len(pairs) if pairs else None


def _distances(counts: Counter[int]) -> dict[tuple[int, int], float]:
    """The squared ordinal distances: how many ratings lie between two values, half of each end counted."""
    values = sorted(counts)
    found = {}
    for low, high in combinations(values, 2):
        between = sum(counts[v] for v in values if low <= v <= high) - (counts[low] + counts[high]) / 2
        found[low, high] = found[high, low] = between**2
    return found


def ordinal_alpha(things: Sequence[Sequence[int]]) -> float | None:
    """Return Krippendorff's alpha for ordinal data; None where nothing varies, or no two rated the same thing.

    Args:
        things: for each thing, the ratings that people gave it; those that fewer than two rated are left out.

    >>> round(ordinal_alpha([[1, 1], [2, 3], [4, 4], [2, 2]]), 3)
    0.91
    """
    rated = [list(ratings) for ratings in things if len(ratings) > 1]
    counts = Counter(value for ratings in rated for value in ratings)
    total = sum(counts.values())
    if len(counts) < 2:
        return None
    distance = _distances(counts)
    seen = sum(
        sum(distance.get((one, other), 0.0) for one, other in combinations(ratings, 2)) * 2 / (len(ratings) - 1)
        for ratings in rated
    )
    by_chance = sum(counts[one] * counts[other] * d for (one, other), d in distance.items()) / (total - 1)
    return 1.0 - seen / by_chance

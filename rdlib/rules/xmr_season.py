"""Whether a series has a yearly season, and the values without it (Rule 9, tool 9.4).

An XmR chart of a seasonal series misleads: it takes each winter for a signal, or hides a real one behind limits that
the season has made wide. So the season is looked for first, and the chart then shows the **values less the season**.

Each value is compared with the mean of the year around it (centred, the two outer months or quarters counting half).
Whether what is left differs more between the months than within them is judged by the F-test for stable seasonality of
the X-11 method, with its customary threshold of 7 (J. Shiskin and others, 1967; the test in table D8). The season of a
month is the mean of what is left in it, all twelve together coming to zero.

What this cannot do: it takes the season to be the same every year and to be added, it needs three full years, and it
learns the season from the values that are then judged, for which the limits are widened. The years' own differences
(this June against last June) would need no such assumption; they double the noise, carry each blip into the year after,
and can no longer be held against a target. Hence we do not use them.

The projection (:mod:`rdlib.rules.trend_methods`) decides about a season by how well it forecasts, which takes heavy
libraries; the two seldom disagree, and where they do, the season is slight.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs

from rdlib.rules.xmr import Point

#: From this F on, a season counts as there (X-11, table D8).
THRESHOLD = 7.0
#: So many full years are needed.
YEARS = 3


@attrs.frozen
class Season:
    """What each month or quarter adds to a series.

    Attributes:
        adds: what it adds, by the place in the year of the first value on.
        strength: the F of the test.
        years: how many years each was learned from, at least.
    """

    adds: tuple[float, ...]
    strength: float
    years: int

    def at(self, place: int) -> float:
        """Return what the season adds at a place."""
        return self.adds[place % len(self.adds)]

    @property
    def wider(self) -> float:
        """By how much limits are widened, because the season was learned from the same values."""
        return math.sqrt(self.years / (self.years - 1))

    @property
    def swing(self) -> float:
        """From the lowest month to the highest."""
        return max(self.adds) - min(self.adds)


def season_of(points: Sequence[Point], a_year: int, left_out: frozenset[int] = frozenset()) -> Season | None:
    """Return the season of a series, or None where there is none to be seen.

    Args:
        points: the values, with the numbers of their periods.
        a_year: how many periods make a year: 12 or 4.
        left_out: places of values that are known to be special.

    >>> season_of([(n, float(n % 4) + 0.1 * (n % 3)) for n in range(24)], 4).years
    5
    >>> season_of([(n, 0.1 * (n * n % 7)) for n in range(24)], 4) is None
    True
    """
    if not points or points[-1][0] - points[0][0] + 1 < YEARS * a_year:
        return None
    values = {place: value for place, value in points if place not in left_out}
    half = a_year // 2
    beside: list[list[float]] = [[] for _month in range(a_year)]
    for place, value in values.items():
        around = [values.get(place + away) for away in range(-half, half + 1)]
        known = [each for each in around if each is not None]
        if len(known) == a_year + 1:
            mean = (math.fsum(known) - (known[0] + known[-1]) / 2) / a_year
            beside[place % a_year].append(value - mean)
    if min(map(len, beside)) < YEARS - 1:
        return None
    strength = _f(beside)
    if strength < THRESHOLD:
        return None
    means = [math.fsum(month) / len(month) for month in beside]
    level = math.fsum(means) / a_year
    return Season(tuple(mean - level for mean in means), strength, min(map(len, beside)))


def _f(groups: Sequence[Sequence[float]]) -> float:
    """Return how much more groups differ among each other than within: F of a one-way analysis of variance."""
    count = sum(map(len, groups))
    whole = math.fsum(value for group in groups for value in group) / count
    means = [math.fsum(group) / len(group) for group in groups]
    between = math.fsum(len(group) * (mean - whole) ** 2 for group, mean in zip(groups, means, strict=True))
    within = math.fsum((value - mean) ** 2 for group, mean in zip(groups, means, strict=True) for value in group)
    if within < 1e-12 * max(1.0, between):
        return math.inf if between > 1e-12 else 0.0
    return (between / (len(groups) - 1)) / (within / (count - len(groups)))

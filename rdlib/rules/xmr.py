"""The arithmetic of a process-behaviour chart for single values and their moving ranges: XmR (Rule 9, tool 9.4).

**Limits.** The natural process limits lie 2.66 mean moving ranges on each side of the mean; the upper limit of the
moving ranges is 3.268 times their mean. Both come from the mean range of two values of one normal distribution, 1.128
standard deviations. Ranges are taken between neighbouring periods only, never across a gap or a value that is left out.
See D. J. Wheeler, *Understanding Variation* (1993); NIST/SEMATECH *e-Handbook of Statistical Methods*, 6.3.2.2.

**Rules.** Wheeler's three detection rules, and nothing else (:class:`Rule`). The NHS programme *Making Data Count*
counts seven in a row on one side, six rising in a row, and two of three near a limit. We take eight, since seven come
about by chance twice as often; and no rule for so many rising in a row, since it adds false alarms and finds hardly
anything that the others miss (R. B. Davis and W. H. Woodall, *Journal of Quality Technology* 20, 1988). A trend is
found otherwise (:func:`shape_of`).

**False alarms.** With limits that are known for certain, a process that does not change at all gives a first signal
after some 130 values on average (average run length). With limits from the values themselves, a signal of the three
rules stands in one of ten unchanged charts of 24 values, one of three of 60, one of two of 104. That is held by
``tests/rules/test_xmr.py``. One signal is a reason to look, not a proof; whether a change lasted is asked separately.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import pairwise

import attrs

from rdlib.words import _

#: Mean moving ranges from the mean to a natural process limit, and from zero to the upper limit of the ranges.
TO_LIMIT, TO_RANGE_LIMIT = 2.66, 3.268
#: Fewer values give no limits; with fewer than :data:`FIRM` they are provisional. Ours, between Wheeler (five or six
#: are a beginning, and limits are firm from about 17) and the NHS (13).
FEWEST, FIRM = 10, 20
#: So many in a row on one side of the central line are a signal.
RUN = 8

#: A place in time (the number of the period), and the value there.
Point = tuple[int, float]


class Rule(Enum):
    """What makes a signal; the value is its name in short."""

    BEYOND = "beyond a limit"
    EIGHT = "eight in a row"
    NEAR = "three of four near a limit"
    JUMP = "jump"

    @property
    def words(self) -> str:
        """The rule in a few words."""
        return {
            Rule.BEYOND: _("A value beyond a limit (Wheeler, rule 1)"),
            Rule.NEAR: _("Three of four values in a row nearer to a limit than to the line (Wheeler, rule 2)"),
            Rule.EIGHT: _("Eight values or more in a row on one side of the line (Wheeler, rule 3)"),
            Rule.JUMP: _("A jump between neighbours beyond the limit of the moving ranges"),
        }[self]


@attrs.frozen
class Limits:
    """The usual range of values.

    Attributes:
        centre: the central line; on a sloping line, its height at the place ``origin``.
        mean_range: the mean moving range.
        count: how many values it rests on.
        slope: how much the line rises from one place to the next.
        origin: the place at which the line has the height ``centre``.
        wider: by how much the limits were widened, for what was estimated beside them.
    """

    centre: float
    mean_range: float
    count: int
    slope: float = 0.0
    origin: float = 0.0
    wider: float = 1.0

    @property
    def reach(self) -> float:
        """How far each limit lies from the central line."""
        return TO_LIMIT * self.mean_range * self.wider

    @property
    def range_limit(self) -> float:
        """The upper limit of the moving ranges."""
        return TO_RANGE_LIMIT * self.mean_range * self.wider

    def line(self, place: float) -> float:
        """Return the height of the central line at a place."""
        return self.centre + self.slope * (place - self.origin)

    def at(self, place: float) -> tuple[float, float]:
        """Return the lower and the upper limit at a place."""
        return self.line(place) - self.reach, self.line(place) + self.reach


@attrs.frozen
class Signal:
    """Something that the usual ups and downs hardly bring about.

    Attributes:
        rule: the rule that finds it.
        places: the places of its values.
        up: whether it lies above the central line (a jump: upwards).
    """

    rule: Rule
    places: tuple[int, ...]
    up: bool


def moving_ranges(points: Sequence[Point]) -> list[float]:
    """Return the differences between neighbouring periods, without their signs.

    >>> moving_ranges([(0, 3.0), (1, 5.0), (3, 9.0)])
    [2.0]
    """
    return [abs(b[1] - a[1]) for a, b in pairwise(points) if b[0] - a[0] == 1]


def limits_of(points: Sequence[Point], *, sloping: bool = False, wider: float = 1.0) -> Limits | None:
    """Return the limits that values give, or None where they give none: fewer than two neighbours.

    Args:
        points: the values, in the order of time.
        sloping: whether the central line follows the values (least squares) instead of lying level.
        wider: see :class:`Limits`.

    >>> found = limits_of(list(enumerate([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])))
    >>> [round(number, 2) for number in (found.centre, found.mean_range, *found.at(0))]
    [50.81, 1.88, 45.82, 55.8]
    """
    if not points:
        return None
    origin = sum(place for place, _value in points) / len(points)
    centre = math.fsum(value for _place, value in points) / len(points)
    slope = slope_of(points) if sloping else 0.0
    ranges = moving_ranges([(place, value - slope * place) for place, value in points])
    if not ranges:
        return None
    mean_range = math.fsum(ranges) / len(ranges)
    if mean_range < 1e-9 * max(1.0, abs(centre)):
        mean_range = 0.0  # all alike, but for what calculating with decimals leaves
    return Limits(centre, mean_range, len(points), slope, origin, wider)


def slope_of(points: Sequence[Point]) -> float:
    """Return how much values rise from one place to the next, by least squares.

    >>> slope_of([(0, 1.0), (1, 3.0), (2, 5.0)])
    2.0
    """
    count = len(points)
    middle = sum(place for place, _value in points) / count
    spread = math.fsum((place - middle) ** 2 for place, _value in points)
    return math.fsum((place - middle) * value for place, value in points) / spread if spread else 0.0


def signals_of(points: Sequence[Point], limits: Limits) -> list[Signal]:
    """Return every signal of a series held against limits, rule by rule.

    A value exactly on a line is on neither side of it; it ends a run. Neighbours beyond the same limit are one signal.
    With limits that leave no width, every other value is beyond them.

    >>> level = Limits(centre=10.0, mean_range=1.0, count=20)
    >>> [s.rule.value for s in signals_of([(0, 10.0), (1, 13.0)], level)]
    ['beyond a limit']
    """
    slack = 1e-9 * max(1.0, abs(limits.centre))
    off = [(place, value - limits.line(place)) for place, value in points]
    found: list[Signal] = []
    for up in (True, False):
        sign = 1 if up else -1
        found += [Signal(Rule.BEYOND, each, up) for each in _runs(off, sign, limits.reach + slack, least=1)]
        found += [Signal(Rule.NEAR, each, up) for each in _near(off, sign, limits.reach / 2 + slack)]
        found += [Signal(Rule.EIGHT, each, up) for each in _runs(off, sign, slack, least=RUN)]
    for (one, before), (two, after) in pairwise(off):
        if two - one == 1 and abs(after - before) > limits.range_limit + slack:
            found.append(Signal(Rule.JUMP, (two,), after > before))
    order = list(Rule)
    return sorted(found, key=lambda signal: (order.index(signal.rule), signal.places))


def _runs(off: Sequence[Point], sign: int, away_from: float, *, least: int) -> list[tuple[int, ...]]:
    """Return the places of so many neighbours, or more, that lie further than a distance on one side."""
    runs: list[list[int]] = [[]]
    for place, away in off:
        if sign * away > away_from:
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    return [tuple(run) for run in runs if len(run) >= least]


def _near(off: Sequence[Point], sign: int, half: float) -> list[tuple[int, ...]]:
    """Return the places of three of four neighbours beyond half way to a limit; overlapping fours are one signal."""
    groups: list[set[int]] = []
    last = -4
    for start in range(len(off) - 3):
        four = off[start : start + 4]
        far = {place for place, away in four if sign * away > half}
        if len(far) < 3:
            continue
        if groups and start - last <= 3:
            groups[-1] |= far
        else:
            groups.append(far)
        last = start
    return [tuple(sorted(group)) for group in groups]


class Shape(Enum):
    """What a series that gives signals looks like."""

    STEP = "step"
    LINE = "line"
    LEVEL = "level"


def shape_of(points: Sequence[Point]) -> tuple[Shape, int]:
    """Say whether a step, a sloping line or one level describes values best, and at which place the step is.

    Each is fitted by least squares. What has more numbers to fit (a line two, a step three with its place) has to earn
    them by Schwarz's criterion (BIC). This gives a name to what the rules have found; it finds nothing by itself. One
    level means that the values went back: whatever gave the signal has passed.

    >>> shape_of([(n, 10.0 + (n >= 6) + 0.1 * (n % 2)) for n in range(12)])
    (<Shape.STEP: 'step'>, 6)
    >>> shape_of([(n, 10.0 + n + 0.1 * (n % 2)) for n in range(12)])[0]
    <Shape.LINE: 'line'>
    """
    count = len(points)
    slope = slope_of(points)
    values = [value for _place, value in points]
    cuts = range(2, count - 1)
    best = min(cuts, key=lambda cut: _scatter(values[:cut]) + _scatter(values[cut:]), default=count - 1)
    left = {
        Shape.LEVEL: (_scatter(values), 1),
        Shape.LINE: (_scatter([value - slope * place for place, value in points]), 2),
        Shape.STEP: (_scatter(values[:best]) + _scatter(values[best:]), 3),
    }
    floor = 1e-12 * max(1.0, math.fsum(value * value for value in values))
    cost = {shape: count * math.log(max(of, floor)) + size * math.log(count) for shape, (of, size) in left.items()}
    return min(cost, key=lambda shape: cost[shape]), points[best][0]


def _scatter(values: Sequence[float]) -> float:
    if not values:
        return 0.0
    mean = math.fsum(values) / len(values)
    return math.fsum((value - mean) ** 2 for value in values)


def likeness(points: Sequence[Point], limits: Limits) -> float | None:
    """Return how much neighbouring values resemble each other (lag-1 autocorrelation); None with too few of them.

    >>> round(likeness([(n, float(n % 2)) for n in range(20)], Limits(0.5, 1.0, 20)), 2)
    -0.95
    """
    off = [(place, value - limits.line(place)) for place, value in points]
    whole = math.fsum(away * away for _place, away in off)
    if len(off) < FIRM or not whole:
        return None
    return math.fsum(a[1] * b[1] for a, b in pairwise(off) if b[0] - a[0] == 1) / whole


def is_coarse(points: Sequence[Point], limits: Limits) -> bool:
    """Say whether values are written too coarsely: three different ranges or fewer below their limit (Wheeler).

    >>> is_coarse([(n, float(n % 2)) for n in range(20)], Limits(0.5, 1.0, 20))
    True
    """
    within: Iterable[float] = (r for r in moving_ranges(points) if r <= limits.range_limit)
    return len({round(r, 9) for r in within}) <= 3

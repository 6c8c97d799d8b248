"""The best affordable mix as a mixed-integer problem, solved exactly, and what can be asked of it (Rule 6, tool 6.2).

A strategy is paid for in one of its versions or not at all; nothing is assumed about what lies between two versions.
Impacts add up, except where a ceiling says how much some strategies can add together. Among mixes with the same impact
the cheapest is taken. Nothing here knows a plan: :mod:`rdlib.rules.r06_allocation` writes a plan down as a problem.

Source: the knapsack problem with alternatives (Kellerer, Pferschy and Pisinger, *Knapsack Problems*, 2004, chapter 11),
solved by HiGHS (Huangfu and Hall 2018) through ``scipy.optimize.milp``.
"""

from __future__ import annotations

import ctypes
import math
import os
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import attrs

from rdlib.rules.r05_effects import Range

#: Seconds after which a single question is given up; those of real plans take milliseconds.
SECONDS = 10.0
#: How many times the estimates are drawn, and from which seed: the same plan gives the same answer.
DRAWS, SEED = 100, 6
#: An impact is called larger only when it is so by this share of the largest possible one.
_FINE = 1e-6


class NotSolvedError(RuntimeError):
    """The solver found no answer in time; nothing can be said then."""


@attrs.frozen
class Option:
    """A strategy in one of its versions.

    Attributes:
        strategy: its id.
        version: the id of the smaller version; empty for the strategy in full.
        costs: what it costs in each year of the problem.
        impact: what it is expected to add.
    """

    strategy: str
    version: str
    costs: tuple[float, ...]
    impact: Range

    @property
    def cost(self) -> float:
        """What it costs in all years."""
        return sum(self.costs)


@attrs.frozen
class Demand:
    """What any mix has to respect.

    Attributes:
        rule: ``at-least``, ``never``, ``needs`` or ``not-both``.
        strategy: the strategy that it is about.
        other: the other strategy, for ``needs`` and ``not-both``.
        versions: for ``at-least``: the versions that are enough.
        key: what the caller knows it by.
    """

    rule: str
    strategy: str
    other: str = ""
    versions: tuple[str, ...] = ("",)
    key: str = ""


@attrs.frozen
class Limit:
    """How much may be spent in some of the years (their places) together."""

    years: tuple[int, ...]
    amount: float
    key: str = ""


@attrs.frozen
class Ceiling:
    """How much some strategies can add together at the most."""

    strategies: tuple[str, ...]
    most: float


@attrs.frozen
class Problem:
    """A choice to be made.

    Attributes:
        options: the strategies in their versions.
        limits: how much there is.
        fixed: what is paid in each year whatever is chosen: delivery itself.
        demands: what any mix has to respect.
        ceilings: what can be added together at the most; a strategy stands in one of them at most.
        spreads: the factors by which the cost of each strategy may turn out otherwise.
    """

    options: tuple[Option, ...]
    limits: tuple[Limit, ...]
    fixed: tuple[float, ...] = ()
    demands: tuple[Demand, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    spreads: tuple[tuple[str, Range], ...] = ()

    @property
    def strategies(self) -> tuple[str, ...]:
        """The ids of the strategies, each once."""
        return tuple(dict.fromkeys(o.strategy for o in self.options))

    @property
    def money(self) -> float:
        """How much there is in all: the largest limit on all years that is named, else the sum of the others."""
        longest = max((len(limit.years) for limit in self.limits), default=0)
        if longest > 1 or len(self.limits) == 1:
            return min(limit.amount for limit in self.limits if len(limit.years) == longest)
        return sum(limit.amount for limit in self.limits)

    def within(self, share: float) -> Problem:
        """Return the same choice with this share of every limit; delivery itself is not cut."""
        return attrs.evolve(self, limits=tuple(attrs.evolve(x, amount=x.amount * share) for x in self.limits))

    def fixed_in(self, years: Sequence[int]) -> float:
        """Return what is paid in some years whatever is chosen."""
        return sum(self.fixed[year] for year in years if year < len(self.fixed))


@attrs.frozen
class Mix:
    """A choice: which strategies, in which version, what they add and what they cost.

    Attributes:
        picks: strategy and version (empty for in full), in the order of the problem.
        impact: what they are expected to add.
        costs: what they cost in each year, without delivery itself.
    """

    picks: tuple[tuple[str, str], ...]
    impact: float
    costs: tuple[float, ...]

    @property
    def cost(self) -> float:
        """What they cost in all years, without delivery itself."""
        return sum(self.costs)

    @property
    def versions(self) -> Mapping[str, str]:
        """The version of each strategy that is in."""
        return dict(self.picks)


@attrs.frozen
class Step:
    """What more or less money would change.

    Attributes:
        share: the share of every limit that there would be: 0.9 after a cut of 10%.
        mix: the best mix for it; None where nothing respects all conditions.
    """

    share: float
    mix: Mix | None


@attrs.frozen
class Stability:
    """How often each strategy belongs to the best mix when the estimates are drawn from their ranges.

    Attributes:
        draws: how many times.
        chosen: in how many of them each strategy was in the best mix, in any version.
        none: in how many of them no mix fits.
        ahead: in how many of them the computed mix adds more than the other one that it is compared with.
        behind: in how many of them it adds less.
    """

    draws: int
    chosen: tuple[tuple[str, int], ...]
    none: int
    ahead: int
    behind: int

    def times(self, strategy: str) -> int:
        """Return in how many draws a strategy was chosen."""
        return dict(self.chosen).get(strategy, 0)


# --- mixes ---------------------------------------------------------------------------------------------------------


def impact_of(problem: Problem, options: Sequence[Option]) -> float:
    """Return what some options add together, with the ceilings.

    >>> one, two = (Option(s, "", (1.0,), Range(2, 3, 4)) for s in ("s1", "s2"))
    >>> impact_of(Problem((one, two), (), ceilings=(Ceiling(("s1", "s2"), 5.0),)), (one, two))
    5.0
    """
    total = 0.0
    under = {s: ceiling for ceiling in problem.ceilings for s in ceiling.strategies}
    sums: dict[Ceiling, float] = {}
    for option in options:
        ceiling = under.get(option.strategy)
        if ceiling is None:
            total += option.impact.middle
        else:
            sums[ceiling] = sums.get(ceiling, 0.0) + option.impact.middle
    return total + sum(min(value, ceiling.most) for ceiling, value in sums.items())


def mix_of(problem: Problem, picks: Mapping[str, str]) -> Mix:
    """Return what a given choice adds and costs; what the problem does not know is left out."""
    options = [o for o in problem.options if picks.get(o.strategy) == o.version]
    years = len(problem.options[0].costs) if problem.options else 0
    costs = tuple(sum(o.costs[year] for o in options) for year in range(years))
    return Mix(tuple((o.strategy, o.version) for o in options), impact_of(problem, options), costs)


def overspent(problem: Problem, mix: Mix) -> list[tuple[Limit, float]]:
    """Return the limits that a mix breaks, delivery itself included, and by how much."""
    found = []
    for limit in problem.limits:
        spent = sum(mix.costs[year] for year in limit.years if year < len(mix.costs)) + problem.fixed_in(limit.years)
        if spent > limit.amount * (1 + 1e-9) + 1e-9:
            found.append((limit, spent - limit.amount))
    return found


def needed_share(problem: Problem, mix: Mix) -> float:
    """Return the share of every limit at which a mix just fits, delivery itself included.

    >>> one = Option("s1", "", (5.0,), Range(1, 2, 3))
    >>> choice = Problem((one,), (Limit((0,), 8.0),), (1.0,))
    >>> needed_share(choice, mix_of(choice, {"s1": ""}))
    0.75
    """
    shares = [0.0]
    for limit in problem.limits:
        spent = sum(mix.costs[year] for year in limit.years if year < len(mix.costs)) + problem.fixed_in(limit.years)
        if limit.amount > 0:
            shares.append(spent / limit.amount)
    return max(shares)


def broken(problem: Problem, mix: Mix) -> list[Demand]:
    """Return the conditions that a mix does not respect."""
    there = mix.versions
    found = []
    for demand in problem.demands:
        has, other = demand.strategy in there, demand.other in there
        fails = {
            "at-least": there.get(demand.strategy) not in demand.versions,
            "never": has,
            "needs": has and not other,
            "not-both": has and other,
        }
        if fails[demand.rule]:
            found.append(demand)
    return found


# --- the solver ----------------------------------------------------------------------------------------------------


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep what the solver's library writes by itself out of a notebook: it does so past Python's own output."""
    sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:  # there is no such output: nothing to keep quiet
        yield
        return
    aside = os.open(os.devnull, os.O_WRONLY)
    os.dup2(aside, 1)
    os.close(aside)
    try:
        yield
    finally:
        ctypes.CDLL(None).fflush(None)
        os.dup2(kept, 1)
        os.close(kept)


@attrs.define
class _Rows:
    """Rows of a linear problem: coefficients by place, and the two ends between which the sum has to lie."""

    width: int
    rows: list[tuple[dict[int, float], float, float]] = attrs.field(factory=list)

    def add(self, row: Mapping[int, float], low: float, high: float) -> None:
        self.rows.append((dict(row), low, high))

    def dense(self) -> tuple[list[list[float]], list[float], list[float]]:
        matrix = [[row.get(place, 0.0) for place in range(self.width)] for row, _low, _high in self.rows]
        return matrix, [low for _row, low, _high in self.rows], [high for _row, _low, high in self.rows]


_NO_END = float("inf")


class _Model:
    """A problem as the solver sees it: one place for each option, one for each ceiling, one for more money."""

    def __init__(self, problem: Problem, without: frozenset[Demand | Limit] = frozenset()) -> None:
        self.problem, self.count = problem, len(problem.options)
        self.more = self.count + len(problem.ceilings)
        self.rows = _Rows(self.more + 1)
        of: dict[str, list[int]] = {}
        for place, option in enumerate(problem.options):
            of.setdefault(option.strategy, []).append(place)
        for places in of.values():
            self.rows.add(dict.fromkeys(places, 1.0), 0.0, 1.0)
        for limit in problem.limits:
            if limit not in without:
                spent = {p: sum(o.costs[y] for y in limit.years) for p, o in enumerate(problem.options)}
                room = limit.amount - problem.fixed_in(limit.years)
                slack = 1e-9 * max(1.0, abs(limit.amount))
                self.rows.add({**spent, self.more: -limit.amount}, -_NO_END, room + slack)
        for demand in problem.demands:
            if demand not in without:
                self._demand(demand, of)
        self.value = self._value(of)

    def _demand(self, demand: Demand, of: Mapping[str, list[int]]) -> None:
        own, other = of.get(demand.strategy, []), of.get(demand.other, [])
        if demand.rule == "at-least":
            enough = [p for p in own if self.problem.options[p].version in demand.versions]
            self.rows.add(dict.fromkeys(enough, 1.0), 1.0, _NO_END)
        elif demand.rule == "never":
            self.rows.add(dict.fromkeys(own, 1.0), 0.0, 0.0)
        elif demand.rule == "needs":
            self.rows.add({**dict.fromkeys(own, 1.0), **dict.fromkeys(other, -1.0)}, -_NO_END, 0.0)
        else:
            self.rows.add(dict.fromkeys([*own, *other], 1.0), 0.0, 1.0)

    def _value(self, of: Mapping[str, list[int]]) -> dict[int, float]:
        """What each place adds; what stands under a ceiling counts through the place of the ceiling."""
        value = {place: option.impact.middle for place, option in enumerate(self.problem.options)}
        for n, ceiling in enumerate(self.problem.ceilings):
            place = self.count + n
            under = [p for s in ceiling.strategies for p in of.get(s, [])]
            self.rows.add({place: 1.0, **{p: -value[p] for p in under}}, -_NO_END, 0.0)
            for p in under:
                value[p] = 0.0
            value[place] = 1.0
        return value

    def solve(
        self, aim: Mapping[int, float], *, at_least: float | None = None, more: bool = False
    ) -> list[float] | None:
        """Make a sum as small as it can be.

        Args:
            aim: the coefficient of each place.
            at_least: the impact that has to be reached.
            more: whether the limits may be raised, all by the same share.

        Returns:
            The value of each place; None where nothing respects all rows.

        Raises:
            NotSolvedError: the solver gave up.
        """
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        rows = _Rows(self.rows.width, list(self.rows.rows))
        if at_least is not None:
            rows.add(self.value, at_least, _NO_END)
        matrix, low, high = rows.dense()
        tops = [1.0] * self.count + [c.most for c in self.problem.ceilings] + [_NO_END if more else 0.0]
        floors = [0.0] * self.count + [-_NO_END] * len(self.problem.ceilings) + [0.0]
        with _quietly():
            result: Any = milp(
                np.array([aim.get(place, 0.0) for place in range(rows.width)]),
                integrality=np.array([1] * self.count + [0] * (rows.width - self.count)),
                bounds=Bounds(floors, tops),
                constraints=[LinearConstraint(np.array(matrix), low, high)] if matrix else None,
                options={"mip_rel_gap": 0.0, "time_limit": SECONDS},
            )
        if result.status == 2:
            return None
        if result.status != 0:
            raise NotSolvedError(result.message)
        return [float(x) for x in result.x]

    def mix(self, found: Sequence[float]) -> Mix:
        options = self.problem.options
        return mix_of(
            self.problem, {options[p].strategy: options[p].version for p in range(self.count) if found[p] > 0.5}
        )


def _tolerance(problem: Problem) -> float:
    return _FINE * max(1e-9, sum(abs(option.impact.middle) for option in problem.options))


@lru_cache(maxsize=2048)
def best(problem: Problem) -> Mix | None:
    """Return the mix that adds most within the limits; among equals the cheapest. None where no mix is allowed.

    Args:
        problem: the choice to be made.

    Raises:
        NotSolvedError: the solver gave up.

    >>> cheap, dear = Option("s1", "", (2.0,), Range(1, 3, 4)), Option("s2", "", (9.0,), Range(2, 4, 5))
    >>> found = best(Problem((cheap, dear), (Limit((0,), 10.0),)))
    >>> found.picks, found.impact
    ((('s2', ''),), 4.0)
    """
    model = _Model(problem)
    first = model.solve({place: -value for place, value in model.value.items()})
    if first is None:
        return None
    reached = model.mix(first)
    costs = {place: option.cost for place, option in enumerate(problem.options)}
    second = model.solve(costs, at_least=reached.impact - _tolerance(problem))
    return reached if second is None else model.mix(second)


@lru_cache(maxsize=256)
def next_step(problem: Problem) -> Step | None:
    """Return the smallest rise of all limits, by the same share, that lets the best mix add more; None where none does.

    Raises:
        NotSolvedError: the solver gave up.

    >>> one, two = (Option(s, "", (5.0,), Range(1, 2, 3)) for s in ("s1", "s2"))
    >>> step = next_step(Problem((one, two), (Limit((0,), 8.0),)))
    >>> round(step.share, 6), step.mix.impact
    (1.25, 4.0)
    """
    now = best(problem)
    if now is None or not problem.options:
        return None
    model = _Model(problem)
    wanted = now.impact + max(10 * _tolerance(problem), 0.001 * abs(now.impact))
    found = model.solve({model.more: 1.0}, at_least=wanted, more=True)
    if found is None or not problem.limits:
        return None
    share = 1.0 + max(found[model.more], 0.0) + 1e-9
    return Step(share, best(problem.within(share)))


def conflict(problem: Problem) -> tuple[Demand | Limit, ...]:
    """Return the fewest conditions and limits that no mix can respect together; empty where one can.

    Each is taken out in turn; what is left over is needed for the conflict, all of it.

    Raises:
        NotSolvedError: the solver gave up.

    >>> dear = Option("s1", "", (9.0,), Range(1, 2, 3))
    >>> [type(c).__name__ for c in conflict(Problem((dear,), (Limit((0,), 5.0),), demands=(Demand("at-least", "s1"),)))]
    ['Limit', 'Demand']
    """

    def stands_in_the_way(without: frozenset[Demand | Limit]) -> bool:
        return _Model(problem, without).solve({}) is None

    out: frozenset[Demand | Limit] = frozenset()
    if not stands_in_the_way(out):
        return ()
    everything: list[Demand | Limit] = [*problem.limits, *problem.demands]
    for each in everything:
        if stands_in_the_way(out | {each}):
            out |= {each}
    return tuple(each for each in everything if each not in out)


def lacking(problem: Problem) -> float | None:
    """Return by which share all limits have to rise before any mix is allowed; None where no money helps.

    Raises:
        NotSolvedError: the solver gave up.
    """
    model = _Model(problem)
    found = model.solve({model.more: 1.0}, more=True)
    return None if found is None else max(found[model.more], 0.0)


def steps(problem: Problem, shares: Sequence[float]) -> tuple[Step, ...]:
    """Return the best mix for each share of the limits, solved anew for each.

    Raises:
        NotSolvedError: the solver gave up.
    """
    return tuple(Step(share, best(problem.within(share))) for share in shares)


# --- how stable it is ----------------------------------------------------------------------------------------------


def _drawn(problem: Problem, dice: random.Random) -> Problem:
    """Return the problem as it would be if each estimate turned out at some place in its range."""
    spreads = dict(problem.spreads)
    lots = {s: (dice.random(), dice.random()) for s in problem.strategies}
    options = []
    for option in problem.options:
        first, second = lots[option.strategy]
        impact = _at(option.impact, first)
        factor = _at(spreads.get(option.strategy, Range(1.0, 1.0, 1.0)), second)
        costs = tuple(cost * factor for cost in option.costs)
        options.append(attrs.evolve(option, impact=Range(impact, impact, impact), costs=costs))
    return attrs.evolve(problem, options=tuple(options))


def _at(estimate: Range, lot: float) -> float:
    """Return the value below which this share of a triangular distribution lies, its peak at what is expected."""
    low, high = min(estimate.low, estimate.middle), max(estimate.high, estimate.middle)
    width = high - low
    if width <= 0:
        return estimate.middle
    left = estimate.middle - low
    if lot * width <= left:
        return low + math.sqrt(lot * width * left)
    return high - math.sqrt((1 - lot) * width * (high - estimate.middle))


@lru_cache(maxsize=64)
def stability(problem: Problem, other: Mix | None = None) -> Stability:
    """Draw the estimates from their ranges again and again, and solve the choice for each draw.

    Impact and cost of a strategy are drawn by themselves, each from a triangular distribution, without a link between
    strategies. It tells how far the choice hangs on the estimates, and nothing about the chance of success.

    Args:
        problem: the choice to be made.
        other: a mix to compare the computed one with, draw by draw.

    Raises:
        NotSolvedError: the solver gave up.

    >>> sure, unsure = Option("s1", "", (5.0,), Range(4, 4, 4)), Option("s2", "", (5.0,), Range(0, 3, 5))
    >>> found = stability(Problem((sure, unsure), (Limit((0,), 5.0),)))
    >>> found.draws, found.times("s1") > found.times("s2") > 0
    (100, True)
    """
    dice = random.Random(SEED)
    chosen = dict.fromkeys(problem.strategies, 0)
    computed = best(problem)
    none = ahead = behind = 0
    for _draw in range(DRAWS):
        drawn = _drawn(problem, dice)
        model = _Model(drawn)
        found = model.solve({place: -value for place, value in model.value.items()})
        if found is None:
            none += 1
        else:
            for strategy, _version in model.mix(found).picks:
                chosen[strategy] += 1
        if computed is not None and other is not None:
            difference = mix_of(drawn, computed.versions).impact - mix_of(drawn, other.versions).impact
            ahead += difference > _tolerance(problem)
            behind += difference < -_tolerance(problem)
    return Stability(DRAWS, tuple(chosen.items()), none, ahead, behind)

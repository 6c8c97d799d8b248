"""One effect of a strategy over time: when it begins, how it grows, how large it may turn out (Rule 5, tool 5.5).

Amounts are counted towards better: positive is progress, also where lower is better. Time is counted in months, so that
a year is twelve of them whatever its days, and three years of 550 000 are 1 650 000.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date

import attrs

from rdlib.plan.effects import RANGES, Effect
from rdlib.plan.indicator import Indicator
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES, Strategy
from rdlib.plan.values import number
from rdlib.rules.r04_candidates import chosen, live

#: How many months an amount that is added up is counted for.
_MONTHS = {"per-month": 1.0, "per-quarter": 3.0, "per-year": 12.0}

#: What is not said to be sure is read as the least sure of the words.
_UNSAID = "hoped"


@attrs.frozen
class Range:
    """An amount with the range it may turn out to have.

    >>> Range(1.0, 2.0, 2.5) + Range(0.0, 1.0, 2.0)
    Range(low=1.0, middle=3.0, high=4.5)
    """

    low: float
    middle: float
    high: float

    def __add__(self, other: Range) -> Range:
        """Return the sum where both turn out low, or high, together."""
        return Range(self.low + other.low, self.middle + other.middle, self.high + other.high)

    def times(self, factor: float) -> Range:
        """Return it that many times; by less than 0 times, low and high change places."""
        ends = sorted((self.low * factor, self.high * factor))
        return Range(ends[0], self.middle * factor, ends[1])


NOTHING = Range(0.0, 0.0, 0.0)


def total(ranges: Iterable[Range]) -> Range:
    """Return the sum of ranges in which all turn out low, or high, together."""
    return sum(ranges, NOTHING)


def months(day: date, *, begins: bool = False) -> float:
    """Count months up to the end of a day, or to its beginning; a full month is one, however many days it has.

    >>> months(date(2016, 6, 30)) - months(date(2015, 7, 1), begins=True)
    12.0
    """
    days = calendar.monthrange(day.year, day.month)[1]
    return 12 * day.year + day.month - 1 + (day.day - begins) / days


@attrs.frozen
class Estimate:
    """An effect that says enough to be counted.

    Attributes:
        effect: the effect as it was entered.
        strategy: the strategy that brings it about.
        size: how large it is when full, or in each period where it is added up.
        begins: its first day.
        full: the last day before all of it is there.
        shape: ``"at-once"``, ``"steady"`` or ``"slow-fast"``.
        until: its last day, or None where it lasts.
        adds_up: the months of a period where it is added up; None for a change that stays.
        sure: whether its range was said, by a word or by numbers.
    """

    effect: Effect
    strategy: Strategy
    size: Range
    begins: date
    full: date
    shape: str
    until: date | None
    adds_up: float | None
    sure: bool

    def share(self, day: date) -> float:
        """Return the share of the full effect, or pace, that is there at the end of a day: 0 to 1, never falling."""
        return self._share(months(day))

    def _share(self, now: float) -> float:
        start, end = self._ends
        if now <= start:
            return 0.0
        if now >= end or self.shape == "at-once":
            return 1.0
        part = (now - start) / (end - start)
        return part * part if self.shape == "slow-fast" else part

    @property
    def _ends(self) -> tuple[float, float]:
        return months(self.begins, begins=True), months(self.full)

    def at(self, day: date, since: date | None = None) -> Range:
        """Return what it adds by the end of a day.

        Args:
            day: the day.
            since: a day whose value holds what it had added by then already; left out, all of it counts.
        """
        return self.size.times(self._times(day) - (self._times(since) if since else 0.0))

    def _times(self, day: date) -> float:
        """Return how many times its size it has added by the end of a day."""
        now = months(day)
        last = now if self.until is None else min(now, months(self.until))
        if self.adds_up is None:
            return 0.0 if last < now else self._share(now)
        return self._months_of_full_pace(last) / self.adds_up

    def _months_of_full_pace(self, now: float) -> float:
        """Return for how many months at full pace the time up to now counts: the area under the share."""
        start, end = self._ends
        if now <= start:
            return 0.0
        if self.shape == "at-once" or end <= start:
            return now - start
        part, power = (min(now, end) - start) / (end - start), 3 if self.shape == "slow-fast" else 2
        return (end - start) * part**power / power + max(0.0, now - end)


def size_of(effect: Effect) -> Range | None:
    """Return how large an effect may turn out: by its own numbers, else by the word for how sure it is.

    What is said by neither is read as the least sure of the words.

    >>> size_of(Effect("e1", size=10.0, certainty="likely"))
    Range(low=6.0, middle=10.0, high=12.0)
    >>> size_of(Effect("e1", size=10.0, certainty="likely", low=9.0))
    Range(low=9.0, middle=10.0, high=12.0)
    """
    size = number(effect.size)
    if size is None:
        return None
    ends = sorted(size * share for share in RANGES[effect.certainty or _UNSAID])
    low, high = number(effect.low), number(effect.high)
    low = ends[0] if low is None else low
    high = ends[1] if high is None else high
    return Range(min(low, size), size, max(high, size))


def shape_of(effect: Effect) -> str:
    """Return how an effect grows: as said, else steadily, or at once where an amount is added up."""
    return effect.shape or ("at-once" if effect.counts in _MONTHS else "steady")


def missing(effect: Effect, strategy: Strategy | None) -> tuple[str, ...]:
    """Return the names of the fields without which an effect cannot be counted.

    >>> missing(Effect("e1"), Strategy("s1"))
    ('size', 'start', 'full')
    """
    if strategy is None:
        return ("strategy",)
    lacks = ["size"] if number(effect.size) is None else []
    if effect.start is None and strategy.start is None:
        lacks.append("start")
    if shape_of(effect) != "at-once" and effect.full is None and strategy.end is None:
        lacks.append("full")
    return tuple(lacks)


def estimate(effect: Effect, strategy: Strategy | None) -> Estimate | None:
    """Return an effect with what it takes over from its strategy; None where it says too little to be counted.

    >>> from rdlib.plan.values import read_period
    >>> pace = Effect("e1", strategy="s1", size=550000.0, counts="per-year", start=read_period("2015-07"))
    >>> estimate(pace, Strategy("s1")).at(date(2018, 6, 30)).middle
    1650000.0
    """
    size = size_of(effect)
    begins = effect.start or (strategy.start if strategy else None)
    if strategy is None or size is None or begins is None or missing(effect, strategy):
        return None
    shape = shape_of(effect)
    ends = effect.full or strategy.end
    full = begins.start if shape == "at-once" or ends is None else ends.end
    sure = effect.certainty is not None or None not in (number(effect.low), number(effect.high))
    return Estimate(
        effect,
        strategy,
        size,
        begins.start,
        max(full, begins.start),
        shape,
        effect.until.end if effect.until else None,
        _MONTHS.get(effect.counts or ""),
        sure,
    )


def strategy_of(effect: Effect, priority: Priority) -> Strategy | None:
    """Return the strategy that an effect names, or None."""
    return next((s for s in STRATEGIES.read(priority) if s.id == effect.strategy), None)


def counted(priority: Priority) -> tuple[Strategy, ...]:
    """Return the strategies whose effects count: those chosen; as long as none is, all that were not dropped."""
    return chosen(priority) or live(priority)


def is_begun(effect: Effect) -> bool:
    """Say whether anything was entered for an effect."""
    return effect != Effect(effect.id)


def estimates(indicator: Indicator, priority: Priority) -> tuple[Estimate, ...]:
    """Return the effects on an indicator that count, in the order in which they begin."""
    among = {s.id for s in counted(priority)}
    found = [
        each
        for effect in indicator.effects
        if effect.strategy in among and (each := estimate(effect, strategy_of(effect, priority))) is not None
    ]
    return tuple(sorted(found, key=lambda each: (each.begins, each.full)))


def what_it_adds(strategy: Strategy, indicator: Indicator, day: date) -> Range | None:
    """Return what a strategy is expected to add to an indicator by the end of a day, whether it was chosen or not.

    Args:
        strategy: the strategy.
        indicator: the indicator with its effects.
        day: the day.

    Returns:
        the amount towards better in the unit of the indicator, with its range; None where no effect of the strategy on
        the indicator says enough to be counted.
    """
    own = [estimate(effect, strategy) for effect in indicator.effects if effect.strategy == strategy.id]
    found = [each.at(day) for each in own if each is not None]
    return total(found) if found else None


def named(estimated: Estimate) -> str:
    """Return what to call an estimate: the name of its strategy."""
    return (estimated.strategy.title or "").strip() or estimated.strategy.id

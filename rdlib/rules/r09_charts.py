"""The chart that tells noise from signal, worked out for an indicator: its stretches, signals and verdict (tool 9.4).

The values of the whole, up to a day, are held against the limits that they give themselves. What the reader wrote
(:mod:`rdlib.plan.blips`) decides on which values the limits rest and where they are drawn anew. The limits stay where
they are until somebody has explained a change: that the values moved is not a reason to move the measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum

import attrs

from rdlib.plan.blips import (
    READINGS,
    SPECIAL_EVENTS,
    STEPS,
    USUAL,
    ChartReading,
    SpecialEvent,
    StepChange,
    UsualStretch,
)
from rdlib.plan.indicator import Indicator
from rdlib.plan.priority import Priority
from rdlib.plan.values import Period, format_when, number
from rdlib.rules import trend, xmr, xmr_season
from rdlib.rules.headline import amount_words, decimals_of, gap_words
from rdlib.rules.r02_smart import goal, has_number, is_share, reaches
from rdlib.rules.registry import Context
from rdlib.rules.targets import Goal
from rdlib.rules.trend_methods import History
from rdlib.rules.xmr import FEWEST, FIRM, Limits, Point, Rule, Shape, Signal
from rdlib.rules.xmr_season import Season
from rdlib.words import _, format_number, plural

#: From this likeness of neighbours on, limits come out noticeably too narrow. Ours.
ALIKE = 0.5
#: A signal in none of so many last values has passed, where the values have not been on both sides of the line. Ours.
LATEST = 3
#: So many days after a signal a reading still is about it. Ours.
HALF_A_YEAR = 190
#: Counts of fewer than this on average are too rare for this chart (Wheeler: the mean should be above one). Ours.
RARE = 2.0


class Verdict(Enum):
    """What the values of the present stretch say; the first four are those that a reader chooses from."""

    NOISE = "noise"
    SINGLE = "single"
    SHIFT = "shift"
    TREND = "trend"
    TOO_FEW = "too few"

    @property
    def word(self) -> str:
        """The word that a person reads."""
        return {
            Verdict.NOISE: _("noise"),
            Verdict.SINGLE: _("a single signal"),
            Verdict.SHIFT: _("a shift"),
            Verdict.TREND: _("a trend"),
            Verdict.TOO_FEW: _("too few values to say"),
        }[self]


class Reach(Enum):
    """What the process, as it works now, does with its target."""

    PASSES = "consistently passes"
    FAILS = "consistently fails"
    HIT_AND_MISS = "hit and miss"

    @property
    def word(self) -> str:
        """The words that a person reads."""
        return {
            Reach.PASSES: _("consistently passes"),
            Reach.FAILS: _("consistently fails"),
            Reach.HIT_AND_MISS: _("hit and miss"),
        }[self]


@attrs.frozen
class Stretch:
    """Values that are held against one set of limits.

    Attributes:
        points: the values, less the season where there is one.
        limits: the limits; None where there are too few values for any.
        signals: what stands out in them.
        special: the places of values that a known event explains.
        usual: the stretch that a reader fixed, where the limits rest on it.
        used: the places that the limits rest on.
        step: the explained step with which it begins; None for the first.
    """

    points: tuple[Point, ...]
    limits: Limits | None
    signals: tuple[Signal, ...]
    special: frozenset[int]
    usual: UsualStretch | None
    used: tuple[int, ...]
    step: StepChange | None

    @property
    def judged(self) -> tuple[Point, ...]:
        """The values without those that a known event explains."""
        return tuple(point for point in self.points if point[0] not in self.special)

    @property
    def telling(self) -> tuple[Signal, ...]:
        """The signals of the three rules; a jump alone says nothing of the level."""
        return tuple(signal for signal in self.signals if signal.rule is not Rule.JUMP)


@attrs.frozen
class Behaviour:
    """How an indicator behaves, up to a day.

    Attributes:
        indicator: the indicator.
        as_of: the day.
        periods: the period of each place.
        values: the measured value of each place.
        season: the season that was taken out; None where none is seen.
        stretches: the stretches, the present one last; empty without values.
        verdict: what the present stretch says.
        since: the period in which a shift begins, or the first of the signal; None where there is none.
        up: whether the signal goes up; None where there is none, or it goes both ways.
        goal: the target.
        better: "up" or "down"; None where neither can be said.
        bounds: the lowest and the highest value there can be; None where it is open.
        regular: whether the values come at even distances.
        missing: how many periods have no value.
    """

    indicator: Indicator
    as_of: date
    periods: dict[int, Period]
    values: dict[int, float]
    season: Season | None
    stretches: tuple[Stretch, ...]
    verdict: Verdict
    since: Period | None
    up: bool | None
    goal: Goal
    better: str | None
    bounds: tuple[float | None, float | None]
    regular: bool
    missing: int

    @property
    def present(self) -> Stretch | None:
        """The present stretch; None without values."""
        return self.stretches[-1] if self.stretches else None

    @property
    def judged(self) -> bool:
        """Whether there are values enough for a verdict."""
        return self.verdict is not Verdict.TOO_FEW

    @property
    def signals(self) -> list[tuple[Stretch, Signal]]:
        """Every signal, the oldest stretch first."""
        return [(stretch, signal) for stretch in self.stretches for signal in stretch.signals]

    def good(self, *, up: bool) -> bool | None:
        """Say whether a signal upwards, or downwards, means that things get better; None where that cannot be said."""
        return None if self.better is None else (self.better == "up") is up

    def kept(self, value: float) -> float:
        """Return a limit as far as there can be such a value."""
        low, high = self.bounds
        value = value if low is None else max(value, low)
        return value if high is None else min(value, high)

    def usual(self, stretch: Stretch, place: int | None = None) -> tuple[float, float] | None:
        """Return the limits of a stretch at a place (its last one, where left out), within what can be."""
        if stretch.limits is None:
            return None
        low, high = stretch.limits.at(stretch.points[-1][0] if place is None else place)
        return self.kept(low), self.kept(high)

    @property
    def clipped(self) -> tuple[bool, bool]:
        """Whether the lower and the upper limit of the present stretch lie beyond what there can be."""
        if self.present is None or self.present.limits is None:
            return False, False
        low, high = self.present.limits.at(self.present.points[-1][0])
        return self.kept(low) != low, self.kept(high) != high

    @property
    def reach(self) -> Reach | None:
        """What the process does with its target as it works now, month by month where there is a season.

        None where the values give no limits, or are on the move: what is not steady keeps no promise and breaks none.
        """
        stretch = self.present
        usual = self.usual(stretch) if stretch else None
        if usual is None or not has_number(self.goal) or self.verdict not in {Verdict.NOISE, Verdict.SINGLE}:
            return None
        adds = self.season.adds if self.season else (0.0,)
        found = set()
        for each in adds:
            low, high = self.kept(usual[0] + each), self.kept(usual[1] + each)
            if reaches(low, self.goal) and reaches(high, self.goal):
                found.add(Reach.PASSES)
            elif (self.goal.low is not None and high < self.goal.low) or (
                self.goal.high is not None and low > self.goal.high
            ):
                found.add(Reach.FAILS)
            else:
                found.add(Reach.HIT_AND_MISS)
        return found.pop() if len(found) == 1 else Reach.HIT_AND_MISS

    def words(self, value: float) -> str:
        """Write a value or limit, no finer than the values themselves are written."""
        return amount_words(round(value, decimals_of(self.values.values())), self.indicator.unit)


def is_explained(step: StepChange) -> bool:
    """Say whether it is written down what changed, what shows it, and who says so."""
    return all((text or "").strip() for text in (step.what, step.evidence, step.said_by))


def is_told(event: SpecialEvent) -> bool:
    """Say whether it is written down what happened, and how it reached the value."""
    return all((text or "").strip() for text in (event.what, event.why))


def behaviour(indicator: Indicator, priority: Priority, context: Context) -> Behaviour:
    """Work out how an indicator behaves.

    Args:
        indicator: the indicator with its measured values.
        priority: its priority, with what the reader fixed, explained and marked.
        context: the plan, and the day; values of periods that were not over by then do not count.
    """
    series = [pair for pair in trend.whole_series(indicator) if pair[0].end <= context.as_of]
    series = list({pair[0].end: pair for pair in series}.values())  # of two values for one period, the last
    history = History(tuple(when.end for when, _value in series), tuple(value for _when, value in series))
    step = history.step if len(series) > 1 else None
    places = [step.place(series[0][0].end, when.end) if step else n for n, (when, _value) in enumerate(series)]
    periods = {place: when for place, (when, _value) in zip(places, series, strict=True)}
    values = {place: value for place, (_when, value) in zip(places, series, strict=True)}
    events = [each for each in SPECIAL_EVENTS.read(priority) if each.indicator == indicator.id and is_told(each)]
    special = frozenset(place for place, when in periods.items() if any(_covers(each.when, when) for each in events))
    raw = list(zip(places, values.values(), strict=True))
    season = xmr_season.season_of(raw, step.a_year, special) if step and step.a_year else None
    shown = [(place, value - season.at(place)) for place, value in raw] if season else raw
    known = [s for s in STEPS.read(priority) if s.indicator == indicator.id and _is_known(s, context.as_of)]
    stretches = tuple(_stretches(shown, periods, special, season, known, _usual_of(priority, indicator.id)))
    verdict, since, up = _verdict(stretches[-1]) if stretches else (Verdict.TOO_FEW, None, None)
    stretches = (*stretches[:-1], _sloped(stretches[-1], verdict, season)) if stretches else ()
    return Behaviour(
        indicator=indicator,
        as_of=context.as_of,
        periods=periods,
        values=values,
        season=season,
        stretches=stretches,
        verdict=verdict,
        since=periods[since] if since is not None else None,
        up=up,
        goal=goal(indicator, context),
        better=trend.better_way(indicator),
        bounds=_bounds(indicator, values.values()),
        regular=step is not None,
        missing=places[-1] + 1 - len(places) if places else 0,
    )


def _covers(asked: Period | None, when: Period) -> bool:
    """Whether a value's period lies in a period that somebody named, or holds the day that they named."""
    if asked is None:
        return False
    return (asked.start <= when.start and when.end <= asked.end) or (when.start <= asked.start <= asked.end <= when.end)


def _bounds(indicator: Indicator, values: object) -> tuple[float | None, float | None]:
    known: list[float] = list(values)  # type: ignore[call-overload]  # a view of a dict
    most = number(indicator.most)
    if is_share(indicator):
        return 0.0, 100.0
    counted = bool(known) and all(value >= 0 and value == int(value) for value in known)
    top = most if most is not None and known and most >= max(known) and indicator.direction != "down" else None
    return (0.0 if counted else None), top


def place_of(when: Period | None, periods: dict[int, Period]) -> int | None:
    """Return the place of the first value that belongs to a period or comes after it; None where none does."""
    if when is None:
        return None
    return next((place for place, each in periods.items() if each.end >= when.end or each.start >= when.start), None)


def _stretches(
    shown: Sequence[Point],
    periods: dict[int, Period],
    special: frozenset[int],
    season: Season | None,
    known: Sequence[StepChange],
    usual: Sequence[UsualStretch],
) -> Iterator[Stretch]:
    steps: dict[int, StepChange] = {}
    for each in known:
        place = place_of(each.since, periods)
        if place is not None and place > shown[0][0]:
            steps.setdefault(place, each)
    cuts = [place for place, _value in shown[:1]] + sorted(steps)
    for number_, begins in enumerate(cuts):
        ends = cuts[number_ + 1] if number_ + 1 < len(cuts) else shown[-1][0] + 1
        points = tuple(point for point in shown if begins <= point[0] < ends)
        fixed = _fixed(points, periods, usual)
        yield _stretch(points, special, season, fixed, steps.get(begins))


def _fixed(
    points: Sequence[Point], periods: dict[int, Period], usual: Sequence[UsualStretch]
) -> tuple[UsualStretch, tuple[int, ...]] | None:
    """The last stretch that a reader fixed inside these values, and its places; None where it is too short to use."""
    for each in reversed(usual):
        places = tuple(place for place, _value in points if within(each, periods[place]))
        if len(places) >= FEWEST:
            return each, places
    return None


def _usual_of(priority: Priority, indicator: str) -> list[UsualStretch]:
    return [each for each in USUAL.read(priority) if each.indicator == indicator]


def _is_known(step: StepChange, as_of: date) -> bool:
    """Whether a step is explained, and was so on a day."""
    return is_explained(step) and (step.day is None or step.day <= as_of)


def within(usual: UsualStretch, when: Period) -> bool:
    """Say whether a value's period lies in a stretch that a reader fixed."""
    if usual.first is None or usual.last is None:
        return False
    return usual.first.start <= when.start and when.end <= usual.last.end


def _stretch(
    points: tuple[Point, ...],
    special: frozenset[int],
    season: Season | None,
    fixed: tuple[UsualStretch, tuple[int, ...]] | None,
    step: StepChange | None,
) -> Stretch:
    judged = [point for point in points if point[0] not in special]
    base = [point for point in judged if fixed is None or point[0] in fixed[1]]
    limits = xmr.limits_of(base, wider=season.wider if season else 1.0) if len(base) >= FEWEST else None
    signals = tuple(xmr.signals_of(judged, limits)) if limits else ()
    here = frozenset(special & {place for place, _value in points})
    usual = fixed[0] if fixed and limits else None
    return Stretch(points, limits, signals, here, usual, tuple(place for place, _value in base), step)


def _verdict(stretch: Stretch) -> tuple[Verdict, int | None, bool | None]:
    """Return what a stretch says, the place where it begins, and whether it goes up."""
    if stretch.limits is None:
        return Verdict.TOO_FEW, None, None
    found = stretch.telling
    if not found:
        return Verdict.NOISE, None, None
    ways = {signal.up for signal in found}
    first = min(place for signal in found for place in signal.places)
    up = ways.pop() if len(ways) == 1 else None
    if len(found) <= 2 and all(signal.rule is Rule.BEYOND and len(signal.places) == 1 for signal in found):
        return Verdict.SINGLE, first, up
    shape, place = xmr.shape_of(stretch.judged)
    latest = {place for place, _value in stretch.judged[-LATEST:]}
    passed = up is not None and not any(latest & set(signal.places) for signal in found)
    if shape is Shape.LEVEL or (shape is Shape.STEP and passed):
        return Verdict.SINGLE, first, up
    if shape is Shape.LINE:
        return Verdict.TREND, stretch.points[0][0], xmr.slope_of(stretch.judged) > 0
    before = [value for each, value in stretch.judged if each < place]
    after = [value for each, value in stretch.judged if each >= place]
    return Verdict.SHIFT, place, sum(after) / len(after) > sum(before) / len(before)


def _sloped(stretch: Stretch, verdict: Verdict, season: Season | None) -> Stretch:
    """Return a trend held against limits around a sloping line: steady work is not one special cause after another.

    Where a reader fixed what counts as usual, the limits stay: that is what the change is measured against.
    """
    if verdict is not Verdict.TREND or stretch.usual is not None:
        return stretch
    limits = xmr.limits_of(stretch.judged, sloping=True, wider=season.wider if season else 1.0)
    if limits is None:
        return stretch
    return attrs.evolve(stretch, limits=limits, signals=tuple(xmr.signals_of(stretch.judged, limits)))


def looked_into(indicator: Indicator, priority: Priority, when: Period) -> list[ChartReading]:
    """Return the readings in which somebody took a signal for one within half a year of it, and said what follows."""
    return [
        row
        for row in READINGS.read(priority)
        if row.indicator == indicator.id and row.day and row.course and row.verdict not in {None, "noise"}
        if 0 <= (row.day - when.start).days <= HALF_A_YEAR
    ]


# --- in words ----------------------------------------------------------------------------------------------------


def headline(found: Behaviour) -> str:
    """Say in one line what the values say: the title of the chart, and a sentence for the front of a report.

    >>> from rdlib.plan.plan import Plan
    >>> nothing = behaviour(Indicator("i1"), Priority("p"), Context(Plan(), date(2027, 1, 1)))
    >>> headline(nothing)
    'No measured values yet: noise and signal cannot be told apart'
    """
    stretch = found.present
    if stretch is None:
        return _("No measured values yet: noise and signal cannot be told apart")
    begins = format_when(found.periods[stretch.points[0][0]])
    if stretch.limits is None:
        count = len(stretch.judged)
        if stretch.step is not None:
            return _("Only {values} since the step of {when}: too few for limits").format(
                values=plural("{n} value", "{n} values", count), when=begins
            )
        return plural(
            "Only {n} value: too few to tell noise from signal",
            "Only {n} values: too few to tell noise from signal",
            count,
        )
    if found.verdict is Verdict.NOISE and stretch.special:
        told = plural("{n} explained value", "{n} explained values", len(stretch.special))
        return _("Within its usual range since {when}, but for {told}").format(when=begins, told=told)
    if found.verdict is Verdict.NOISE:
        return _("Within its usual range since {when}: nothing but noise").format(when=begins)
    return _signal_words(found, stretch, begins)


def _signal_words(found: Behaviour, stretch: Stretch, begins: str) -> str:
    since = format_when(found.since) if found.since else begins
    meaning = {True: _("for the better"), False: _("for the worse"), None: ""}
    good = None if found.up is None else found.good(up=found.up)
    way = meaning[good] or ("" if found.up is None else _("upwards") if found.up else _("downwards"))
    if found.verdict is Verdict.SINGLE:
        last = max(place for signal in stretch.telling for place in signal.places)
        over = last < stretch.points[-1][0]
        if over:
            return _("A single signal in {when}, and back in the usual range since").format(when=since)
        return _("A single signal in {when}: something happened {way}").format(when=since, way=way).rstrip()
    if found.verdict is Verdict.SHIFT:
        return _("A shift {way} since {when}: more than noise").format(way=way, when=since).replace("  ", " ")
    rising = _("rising") if found.up else _("falling")
    return _("A trend {way}: {rising} since {when}").format(way=way, rising=rising, when=since).replace("  ", " ")


def verdict_words(found: Behaviour) -> list[str]:
    """Explain the verdict in whole sentences: what it rests on, and what it does not say."""
    stretch = found.present
    if stretch is None:
        return [_("There are no measured values up to this day.")]
    usual = found.usual(stretch)
    if stretch.limits is None or usual is None:
        return [
            _("Limits take {n} values at least; there are {count}. Until then, no single rise or fall means anything.")
            .format(n=FEWEST, count=len(stretch.judged))
        ]  # fmt: skip
    said = []
    if stretch.limits.mean_range == 0:
        said.append(_("All values that the limits rest on are alike, so that any other value counts as a signal."))
    elif stretch.limits.slope:
        said.append(_slope_words(found, stretch))
    elif found.verdict in {Verdict.NOISE, Verdict.SINGLE}:
        said.append(
            _("As things work now, a value between {low} and {high} needs no explanation of its own.").format(
                low=found.words(usual[0]), high=found.words(usual[1])
            )
        )
    if found.verdict is Verdict.SHIFT:
        said.append(_level_words(found, stretch))
    if found.verdict in {Verdict.SHIFT, Verdict.TREND} and stretch.usual is not None:
        said.append(_("The limits stay those of the stretch that was fixed, until the change is explained."))
    elif found.verdict is Verdict.SHIFT:
        said.append(
            _("The limits mix both levels. They are drawn anew once it is written down what changed in the work.")
        )
    return said


def _level_words(found: Behaviour, stretch: Stretch) -> str:
    place = next(p for p, when in found.periods.items() if when == found.since)
    before = [value for each, value in stretch.judged if each < place]
    after = [value for each, value in stretch.judged if each >= place]
    return _("The mean was {before} until then, and is {after} since.").format(
        before=found.words(sum(before) / len(before)), after=found.words(sum(after) / len(after))
    )


def _slope_words(found: Behaviour, stretch: Stretch) -> str:
    assert stretch.limits is not None
    fine = decimals_of(found.values.values()) + 1
    size = gap_words(stretch.limits.slope, found.indicator.unit, fine)
    said = (
        _("The values rise by about {size} from one to the next; the limits stand around that line.")
        if stretch.limits.slope > 0
        else _("The values fall by about {size} from one to the next; the limits stand around that line.")
    )
    return said.format(size=size) + " " + _("A line is a description of the past: no process rises or falls for ever.")


def reach_words(found: Behaviour) -> str:
    """Say what the process as it works now does with its target, and that this is not the way to a later target."""
    reach = found.reach
    if reach is None and found.verdict in {Verdict.SHIFT, Verdict.TREND} and has_number(found.goal):
        return _("Whether it consistently passes or fails its target cannot be said while its values are on the move.")
    if reach is None:
        return ""
    said = {
        Reach.PASSES: _("As it works now, it consistently passes its target: even its worst usual value reaches it."),
        Reach.FAILS: _("As it works now, it consistently fails its target: even its best usual value falls short."),
        Reach.HIT_AND_MISS: _("As it works now, it hits and misses its target: which of the two is chance."),
    }[reach]
    due = found.goal.due
    if due is not None and due.end > found.as_of:
        later = _("The target is for {due}. Whether the plan is on the way to it is another question: see its path.")
        said += " " + later.format(due=format_when(due))
    return said


def notes(found: Behaviour) -> list[str]:
    """Return what a reader has to know of the limits, in whole sentences."""
    stretch = found.present
    if stretch is None or stretch.limits is None:
        return []
    return [note for note in _notes(found, stretch, stretch.limits) if note]


def _notes(found: Behaviour, stretch: Stretch, limits: Limits) -> Iterator[str]:
    if limits.count < FIRM:
        said = _("The limits are provisional: they rest on {n} values, and settle from about {firm} on.")
        yield said.format(n=limits.count, firm=FIRM)
    if found.season is not None:
        said = _(
            "The values have a yearly season: from its lowest to its highest month or quarter {swing}. The chart shows "
            "them less that season, taken to be the same every year (X-11 test, F = {f}), with limits widened for it."
        )
        swing = gap_words(found.season.swing, found.indicator.unit, decimals_of(found.values.values()))
        yield said.format(swing=swing, f=format_number(min(found.season.strength, 999), decimals=0))
    clipped = found.clipped
    if any(clipped):
        yield _("A limit beyond what there can be is drawn at {bound}; on that side no value can be a signal.").format(
            bound=" ".join(
                found.words(b) for b, cut in zip(found.bounds, clipped, strict=True) if cut and b is not None
            )
        )
    if found.missing and found.regular:
        said = plural("{n} period has no value.", "{n} periods have no value.", found.missing)
        yield said + " " + _("No range is taken across a gap.")
    if not found.regular:
        yield _("The values come at uneven distances; the limits take each as the neighbour of the one before.")
    if limits.mean_range and xmr.is_coarse([p for p in stretch.judged if p[0] in stretch.used], limits):
        yield _("The values are written so coarsely that they hardly differ: more decimals would give better limits.")
    counted = found.bounds == (0.0, None) or (found.bounds[0] == 0.0 and not is_share(found.indicator))
    if counted and limits.centre < RARE:
        yield _("So few are counted that this chart says little: chart the days between one and the next instead.")
    likeness = xmr.likeness(stretch.judged, limits)
    if likeness is not None and likeness > ALIKE and found.verdict in {Verdict.NOISE, Verdict.SINGLE, Verdict.TREND}:
        yield _(
            "Neighbouring values resemble each other (r = {r}): the limits come out too narrow, and signals are more "
            "frequent than they should be."
        ).format(r=format_number(likeness, decimals=1))


_BREAK = re.compile(
    r"break in (?:the )?series|series break|comparab|redefin|new definition|definition changed|method(?:ology)? changed"
    r"|new method|rupture de (?:la )?série|nouvelle définition",
    re.IGNORECASE,
)


def breaks(found: Behaviour) -> list[tuple[Period, str]]:
    """Return the periods whose note says that values before and after may not be comparable, with that note."""
    noted = {row.when: row.note or "" for row in found.indicator.observations if row.when and not row.breakdown}
    told = [(when, noted.get(when, "").strip()) for when in found.periods.values()]
    marked = [(when, note) for when, note in told if _BREAK.search(note)]
    return [pair for n, pair in enumerate(marked) if n == 0 or marked[n - 1][1] != pair[1]]

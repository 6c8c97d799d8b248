"""Rule 7, tool 7.2: the staggered year. Dates for every routine, with nobody in two places and no day off used.

Each routine, or each priority that has meetings of its own in it, is a series with a fixed rhythm. In turn, from the
series with the least freedom to the one with the most, every beginning that the rhythm allows is tried; taken is that
whose dates need to be moved least, load nobody's week, and are spread evenly over the interval. A date that falls on a
day off, or on a time that is taken (by the clock where both meetings have an hour, else by half-days), moves to the
nearest free one inside narrow bounds; where none is free, another meeting gives way if it can move itself (augmenting
chains). What still finds no place is said, with the reason. The same plan always gives the same year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

import attrs

from rdlib.plan.fields import field_of
from rdlib.plan.plan import Plan
from rdlib.plan.routine_year import RoutineYear
from rdlib.plan.routines import QUIET_TIMES, ROUTINES, QuietTime, Routine
from rdlib.rules.days_off import DaysOff, days_off
from rdlib.rules.r07_rhythm import Rhythm, halves_of, rhythm_of, span_of, year_end, year_start
from rdlib.words import _, format_date

# What makes a beginning worse than another; ours. A date that finds no place weighs the more the longer it is to the
# next (by the week), one that is moved by the day, a full week by the square of what is in it, an uneven spread by the
# day.
_NO_PLACE, _MOVED, _LOAD, _OFF_BEAT = 30.0, 8.0, 4.0, 1.0
# How many meetings may give way for one another's sake.
_DEPTH = 3


@attrs.frozen
class Meeting:
    """One date of the year.

    Attributes:
        key: its series (id of the routine, with the priority's where each has meetings of its own).
        routine: its routine.
        priorities: the ids of the priorities that it looks at.
        n: which one of its series it is, from 1.
        regular: the day on which its rhythm would have it.
        day: the day on which it takes place.
        halves: the halves of the day that it takes: 0 morning, 1 afternoon.
        moved: why it is not on its regular day; empty when it is.
    """

    key: str
    routine: Routine
    priorities: tuple[str, ...]
    n: int
    regular: date
    day: date
    halves: tuple[int, ...]
    moved: str = ""


@attrs.frozen
class NotPlaced:
    """A date that found no place.

    Attributes:
        key: its series.
        routine: its routine.
        priorities: the ids of the priorities that it would have looked at.
        regular: the day on which its rhythm would have it.
        why: the reason, a clause that starts with a lower-case letter.
        clash: whether somebody is elsewhere; else all days near it are off.
    """

    key: str
    routine: Routine
    priorities: tuple[str, ...]
    regular: date
    why: str
    clash: bool


@attrs.frozen
class Year:
    """The planned year.

    Attributes:
        start: its first day.
        end: its last day.
        meetings: all dates, the earliest first.
        not_placed: the dates that found no place.
        off: the days without meetings.
    """

    start: date
    end: date
    meetings: tuple[Meeting, ...]
    not_placed: tuple[NotPlaced, ...]
    off: DaysOff

    def of_priority(self, id_: str) -> tuple[Meeting, ...]:
        """Return the dates on which a priority is looked at."""
        return tuple(m for m in self.meetings if id_ in m.priorities)


@attrs.define(eq=False)
class _Series:
    key: str
    routine: Routine
    priorities: tuple[str, ...]
    rhythm: Rhythm
    people: tuple[str, ...]
    share: float  # where in the interval it would best begin, 0 to 1
    span: tuple[int, int] | None  # from which minute of the day to which, where that is given
    placed: list[_Date] = attrs.Factory(list)

    def at(self, n: int) -> tuple[str, ...]:
        """The priorities that the n-th date (from 0) looks at."""
        if self.routine.sharing == "turns" and self.priorities:
            return (self.priorities[n % len(self.priorities)],)
        return self.priorities


@attrs.define(eq=False)
class _Date:
    series: _Series
    n: int
    regular: date
    day: date | None = None
    halves: tuple[int, ...] = ()


def _meet(one: _Series, halves: tuple[int, ...], other: _Date) -> bool:
    """Whether two dates on one day take the same time: by the clock where both have an hour, else by half-days."""
    if one.span is not None and other.series.span is not None:
        return one.span[0] < other.series.span[1] and other.series.span[0] < one.span[1]
    return not set(halves).isdisjoint(other.halves)


#: What somebody has on a day.
_Diary = dict[tuple[str, date], tuple[_Date, ...]]
_Weeks = Counter[tuple[str, tuple[int, int]]]
_State = tuple[_Diary, _Weeks, list[tuple[_Date, date | None, tuple[int, ...]]]]


def series_of(routine: Routine) -> list[tuple[str, tuple[str, ...]]]:
    """Return the key of each series of a routine, and the priorities that it looks at.

    >>> series_of(Routine("u1", priorities=("a", "b"), sharing="own"))
    [('u1/a', ('a',)), ('u1/b', ('b',))]
    """
    ids = tuple(dict.fromkeys(routine.priorities))
    if routine.sharing == "own" and ids:
        return [(f"{routine.id}/{id_}", (id_,)) for id_ in ids]
    return [(routine.id, ids)]


def people_of(routine: Routine, plan: Plan) -> tuple[str, ...]:
    """Return the names of those who take part in a routine, each once; none for a note, which takes nobody's hour."""
    if routine.form == "note":
        return ()
    named = [plan.person(one) or "" for one in (routine.chair, *routine.attends) if one and one.strip()]
    return tuple(dict.fromkeys(name.strip() for name in named if name.strip()))


def _nth_weekday(month: int, nth: int, weekday: int) -> date:
    first = date(month // 12, month % 12 + 1, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * nth)


def _beginnings(series: _Series, start: date, end: date, weekend: Sequence[int]) -> Iterator[list[date]]:
    """Give the regular dates of a series for every beginning that its rhythm allows."""
    fixed = field_of(Routine, "weekday").choice(series.routine.weekday)
    days = [int(fixed.value)] if fixed else [day for day in range(7) if day not in weekend]
    if series.rhythm.weeks:
        step = timedelta(days=7 * series.rhythm.weeks)
        for offset in range(step.days):
            first = start + timedelta(days=offset)
            if first.weekday() in days:
                yield [first + k * step for k in range((end - first) // step + 1)] if first <= end else []
        return
    begin, stop = start.year * 12 + start.month - 1, end.year * 12 + end.month
    for offset in range(series.rhythm.months):
        for nth in range(4):
            for day in days:
                months = range(begin + offset, stop, series.rhythm.months)
                dates = [_nth_weekday(month, nth, day) for month in months]
                yield [each for each in dates if start <= each <= end]


class _Board:
    """The year while it is filled."""

    def __init__(self, start: date, end: date, off: DaysOff) -> None:
        self.start, self.end, self.off = start, end, off
        self.taken: _Diary = {}
        self.weeks: _Weeks = Counter()
        self.near: dict[tuple[date, int], list[date]] = {}

    def days(self, each: _Date) -> list[date]:
        """The days that a date may take, the nearest to its regular day first; the later one of two first."""
        shift = each.series.rhythm.shift
        if (found := self.near.get((each.regular, shift))) is None:
            near = sorted(range(-shift, shift + 1), key=lambda n: (abs(n), n < 0))
            days = (each.regular + timedelta(days=n) for n in near)
            found = [d for d in days if self.start <= d <= self.end and self.off.why(d) is None]
            self.near[each.regular, shift] = found
        return found

    def in_the_way(self, each: _Date, day: date, halves: tuple[int, ...]) -> list[tuple[str, _Date]]:
        """Who is elsewhere at that time, and where."""
        return [
            (name, other)
            for name in each.series.people
            for other in self.taken.get((name, day), ())
            if other is not each and _meet(each.series, halves, other)
        ]

    def is_free(self, series: _Series, day: date, halves: tuple[int, ...]) -> bool:
        """Whether nobody of a series is elsewhere at that time."""
        for name in series.people:
            for other in self.taken.get((name, day), ()):
                if _meet(series, halves, other):
                    return False
        return True

    def take(self, each: _Date, day: date, halves: tuple[int, ...]) -> None:
        each.day, each.halves = day, halves
        for name in each.series.people:
            self.taken[name, day] = (*self.taken.get((name, day), ()), each)
            self.weeks[name, day.isocalendar()[:2]] += 1

    def leave(self, each: _Date) -> None:
        if each.day is None:
            return
        for name in each.series.people:
            self.taken[name, each.day] = tuple(d for d in self.taken[name, each.day] if d is not each)
            self.weeks[name, each.day.isocalendar()[:2]] -= 1
        each.day, each.halves = None, ()

    def first_free(self, each: _Date, halves: Sequence[tuple[int, ...]]) -> tuple[date, tuple[int, ...]] | None:
        for day in self.days(each):
            for half in halves:
                if self.is_free(each.series, day, half):
                    return day, half
        return None

    def place(self, each: _Date, halves: Sequence[tuple[int, ...]], depth: int, held: frozenset[_Date]) -> bool:
        """Give a date its place; where none is free, let others give way, as long as they find one themselves."""
        if (free := self.first_free(each, halves)) is not None:
            self.take(each, *free)
            return True
        if depth == 0:
            return False
        for day in self.days(each):
            for half in halves:
                others = list(dict.fromkeys(other for _name, other in self.in_the_way(each, day, half)))
                if not held.isdisjoint(others):
                    continue
                before = self.state()
                for other in others:
                    self.leave(other)
                self.take(each, day, half)
                if all(self.place(o, halves_of(o.series.routine), depth - 1, held | {each, *others}) for o in others):
                    return True
                self.restore(before)
        return False

    def state(self) -> _State:
        """Everything as it stands, so that an attempt that fails leaves no trace, however many have moved."""
        placed = dict.fromkeys(d for several in self.taken.values() for d in several)
        return dict(self.taken), self.weeks.copy(), [(d, d.day, d.halves) for d in placed]

    def restore(self, before: _State) -> None:
        for several in self.taken.values():
            for each in several:
                each.day, each.halves = None, ()
        self.taken, self.weeks = before[0], before[1]
        for each, day, halves in before[2]:
            each.day, each.halves = day, halves

    def off_beat(self, series: _Series, dates: Sequence[date]) -> float:
        """How far a beginning lies from where the interval would best be shared out."""
        span = series.rhythm.in_weeks * 7
        away = abs((dates[0] - self.start).days - series.share * span) if dates else span
        return _OFF_BEAT * away * max(len(dates), 1)

    def cost(self, series: _Series, dates: Sequence[date], halves: Sequence[tuple[int, ...]], most: float) -> float:
        """What speaks against a beginning; counted no further than ``most``."""
        total = self.off_beat(series, dates)
        for n, regular in enumerate(dates):
            if total >= most:
                break
            free = self.first_free(_Date(series, n, regular), halves)
            if free is None:
                total += _NO_PLACE * series.rhythm.in_weeks
                continue
            week = free[0].isocalendar()[:2]
            load = max((self.weeks[name, week] for name in series.people), default=0)
            total += _MOVED * abs((free[0] - regular).days) + _LOAD * load * load
        return total


def _all_series(routines: Sequence[Routine], plan: Plan) -> list[_Series]:
    found = []
    for routine in routines:
        rhythm = rhythm_of(routine)
        if rhythm is None:
            continue
        several = series_of(routine)
        people = tuple(name.casefold() for name in people_of(routine, plan))
        for place, (key, ids) in enumerate(several):
            found.append(_Series(key, routine, ids, rhythm, people, place / len(several), span_of(routine)))
    # the least freedom first: a fixed hour and day, then the closest rhythm; the order of the plan among equals
    return sorted(
        found,
        key=lambda s: (not s.routine.weekday, len(halves_of(s.routine)), s.rhythm.in_weeks),
    )


def _fill(board: _Board, series: _Series) -> None:
    options = halves_of(series.routine)
    orders = [options, options[::-1]] if len(options) > 1 else [options]
    best: tuple[float, list[date], Sequence[tuple[int, ...]]] = (float("inf"), [], options)
    beginnings = _beginnings(series, board.start, board.end, sorted(board.off.weekend))
    for dates in sorted(beginnings, key=lambda dates: board.off_beat(series, dates)):
        for halves in orders:
            cost = board.cost(series, dates, halves, best[0])
            if cost < best[0]:
                best = cost, dates, halves
    series.placed = [_Date(series, n, regular) for n, regular in enumerate(best[1])]
    for each in series.placed:
        board.place(each, best[2], _DEPTH, frozenset())


def _elsewhere(name: str, other: _Date) -> str:
    title = other.series.routine.title or other.series.routine.id
    return _("{name} is in “{title}”").format(name=name, title=title)


def _in_words(each: _Date, board: _Board, plan: Plan) -> str:
    """Say what is in the way of a date on its regular day, or on all days that it could move to."""
    days = board.days(each)
    if not days:
        shift = timedelta(days=each.series.rhythm.shift)
        first, last = max(each.regular - shift, board.start), min(each.regular + shift, board.end)
        names = (board.off.named.get(first + timedelta(days=n)) for n in range((last - first).days + 1))
        said = ", ".join(dict.fromkeys(name for name in names if name)) or _("weekend")
        return _("every day from {first} to {last} is off: {names}").format(
            first=format_date(first), last=format_date(last), names=said
        )
    busy: dict[str, None] = {}
    spoken = {name.casefold(): name for name in people_of(each.series.routine, plan)}
    for day in days:
        for halves in halves_of(each.series.routine):
            for name, other in board.in_the_way(each, day, halves):
                busy[_elsewhere(spoken.get(name, name), other)] = None
    return _("on all days near it {busy}").format(busy="; ".join(busy))


def _moved(each: _Date, board: _Board, plan: Plan) -> str:
    if each.day == each.regular:
        return ""
    if (why := board.off.why(each.regular)) is not None:
        return why
    spoken = {name.casefold(): name for name in people_of(each.series.routine, plan)}
    for halves in halves_of(each.series.routine):
        for name, other in board.in_the_way(each, each.regular, halves):
            return _elsewhere(spoken.get(name, name), other)
    return _("it gave way to another meeting")


@lru_cache(maxsize=32)
def _planned(
    routines: tuple[Routine, ...],
    quiet: tuple[QuietTime, ...],
    setting: RoutineYear,
    people: tuple[tuple[str, str | None], ...],
    start: date,
) -> Year:
    from rdlib.plan.priority import Person

    plan = Plan(people=tuple(Person(id=id_, name=name) for id_, name in people))
    end = year_end(start)
    off = days_off(setting, quiet, start, end)
    board = _Board(start, end, off)
    every = _all_series(routines, plan)
    for series in every:
        _fill(board, series)
    meetings, not_placed = [], []
    order = {routine.id: n for n, routine in enumerate(routines)}
    for series in every:
        for each in series.placed:
            ids = series.at(each.n)
            if each.day is None:
                why = _in_words(each, board, plan)
                not_placed.append(NotPlaced(series.key, series.routine, ids, each.regular, why, bool(board.days(each))))
                continue
            moved = _moved(each, board, plan)
            meetings.append(
                Meeting(series.key, series.routine, ids, each.n + 1, each.regular, each.day, each.halves, moved)
            )
    meetings.sort(key=lambda m: (m.day, m.halves, order[m.routine.id], m.key))
    not_placed.sort(key=lambda n: (order[n.routine.id], n.key, n.regular))
    return Year(start, end, tuple(meetings), tuple(not_placed), off)


def plan_year(plan: Plan, as_of: date) -> Year:
    """Plan the year of a plan's routines.

    Args:
        plan: the plan.
        as_of: the day; it decides which year is planned where the plan does not say.

    Returns:
        The year; a routine whose rhythm is not said has no dates in it.

    >>> from rdlib.plan.routines import ROUTINES
    >>> stocktake = Routine("u1", title="Stocktake", frequency="weeks", weeks=8.0, chair="Chief Minister")
    >>> year = RoutineYear(starts=date(2016, 1, 4), holidays_of="PK")
    >>> plan = Plan(routine_year=year, parts={"routines": (stocktake,)})
    >>> [m.day.isoformat() for m in plan_year(plan, date(2016, 1, 4)).meetings]
    ['2016-01-04', '2016-02-29', '2016-04-25', '2016-06-20', '2016-08-15', '2016-10-10', '2016-12-05']
    """
    return _planned(
        ROUTINES.read(plan),
        QUIET_TIMES.read(plan),
        plan.routine_year,
        tuple((person.id, person.name) for person in plan.people),
        year_start(plan, as_of),
    )

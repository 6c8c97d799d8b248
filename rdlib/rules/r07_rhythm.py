"""Rule 7: how often a routine takes place, at which hour, and what that adds up to in a year."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

import attrs

from rdlib.plan.plan import Plan
from rdlib.plan.routines import Routine, RoutineToday
from rdlib.plan.values import number
from rdlib.words import _, format_number, plural

WEEKS_A_YEAR = 52.0
#: How many times a year a routine takes place that comes at a fixed rhythm; holidays are not taken off.
TIMES_A_YEAR = {
    "daily": 250.0,
    "weekly": WEEKS_A_YEAR,
    "monthly": 12.0,
    "quarterly": 4.0,
    "half-yearly": 2.0,
    "yearly": 1.0,
}
_MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}

#: From this many minutes on a meeting takes the whole day of those who sit in it. Our choice.
WHOLE_DAY = 240
#: The hour at which the morning ends.
NOON = time(12, 0)

_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2})|h)?")


@attrs.frozen
class Rhythm:
    """The distance from one time to the next: so many weeks, or so many months (the other is 0)."""

    weeks: int = 0
    months: int = 0

    @property
    def in_weeks(self) -> float:
        """The distance in weeks; a month is a twelfth of a year."""
        return self.weeks + self.months * WEEKS_A_YEAR / 12

    @property
    def shift(self) -> int:
        """By how many days at most a single date may be moved. Our choice: a quarter of the distance, 2 to 10 days."""
        return min(10, max(2, int(self.in_weeks * 7 / 4)))


def rhythm_of(routine: Routine) -> Rhythm | None:
    """Return the distance between two times of a routine; None where it is not fully said.

    >>> rhythm_of(Routine("u1", frequency="weeks", weeks=8.0))
    Rhythm(weeks=8, months=0)
    """
    if routine.frequency == "weekly":
        return Rhythm(weeks=1)
    if routine.frequency == "weeks":
        weeks = number(routine.weeks)
        return Rhythm(weeks=int(weeks)) if weeks is not None and weeks >= 1 and weeks == int(weeks) else None
    months = _MONTHS.get(routine.frequency or "")
    return Rhythm(months=months) if months else None


def rhythm_in_words(weeks: float) -> str:
    """Return a distance in words.

    >>> rhythm_in_words(1), rhythm_in_words(8), rhythm_in_words(52 / 12), rhythm_in_words(13)
    ('every week', 'every 8 weeks', 'every month', 'every quarter')
    """
    named = {
        1.0: _("every week"),
        4.33: _("every month"),
        13.0: _("every quarter"),
        26.0: _("twice a year"),
        52.0: _("once a year"),
    }
    return named.get(round(weeks, 2)) or _("every {n} weeks").format(n=format_number(weeks, decimals=None))


def time_of(routine: Routine) -> time | None:
    """Return when a routine begins; None where no hour is given, or none that can be read.

    >>> time_of(Routine("u1", time="14:30")), time_of(Routine("u1", time="9 h")), time_of(Routine("u1", time="noon"))
    (datetime.time(14, 30), datetime.time(9, 0), None)
    """
    match = _CLOCK.fullmatch((routine.time or "").replace(" ", "").lower())
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def halves_of(routine: Routine) -> tuple[tuple[int, ...], ...]:
    """Return which halves of a day (0 morning, 1 afternoon) it may take; one that is long takes both.

    >>> halves_of(Routine("u1", time="14:00", minutes=90.0)), halves_of(Routine("u1", minutes=300.0))
    (((1,),), ((0, 1),))
    """
    minutes = number(routine.minutes) or 0.0
    if minutes > WHOLE_DAY:
        return ((0, 1),)
    begins = time_of(routine)
    if begins is None:
        return ((0,), (1,))
    if begins >= NOON:
        return ((1,),)
    ends = begins.hour * 60 + begins.minute + minutes
    return ((0, 1),) if ends > NOON.hour * 60 + 60 else ((0,),)


def span_of(routine: Routine) -> tuple[int, int] | None:
    """Return from which minute of the day to which it takes place; None where no hour is given.

    >>> span_of(Routine("u1", time="8:30", minutes=30.0)), span_of(Routine("u1"))
    ((510, 540), None)
    """
    begins = time_of(routine)
    if begins is None:
        return None
    first = begins.hour * 60 + begins.minute
    return first, first + round(number(routine.minutes) or 60)


def year_start(plan: Plan, as_of: date) -> date:
    """Return the first day of the planned year: as the plan says, else that of the fiscal year the day lies in.

    >>> year_start(Plan(), date(2027, 2, 1))
    datetime.date(2026, 4, 1)
    """
    if plan.routine_year.starts:
        return plan.routine_year.starts
    month = int(plan.fiscal_year_start or 4)
    return date(as_of.year if as_of.month >= month else as_of.year - 1, month, 1)


def year_end(start: date) -> date:
    """Return the last day of a year that begins on a day.

    >>> year_end(date(2027, 4, 1)), year_end(date(2028, 2, 29))
    (datetime.date(2028, 3, 31), datetime.date(2029, 2, 28))
    """
    leap = (start.month, start.day) == (2, 29)
    return (date(start.year + 1, 3, 1) if leap else start.replace(year=start.year + 1)) - timedelta(days=1)


def times_a_year(today: RoutineToday) -> float | None:
    """Return how many times a year one of today's routines takes place; None where that cannot be told.

    >>> times_a_year(RoutineToday("t1", frequency="weeks", weeks=4.0))
    13.0
    """
    if today.frequency == "weeks":
        weeks = number(today.weeks)
        return WEEKS_A_YEAR / weeks if weeks else None
    return TIMES_A_YEAR.get(today.frequency or "")


def hours_a_year(today: RoutineToday) -> float | None:
    """Return how many hours of people one of today's routines takes in a year; None where something for it lacks.

    It is the times a year, by the length, by the number of people; where only names are given, those are counted.

    >>> hours_a_year(RoutineToday("t1", frequency="weekly", minutes=60.0, count=10.0))
    520.0
    """
    times, minutes = times_a_year(today), number(today.minutes)
    people = number(today.count) or float(len(today.who))
    return times * minutes / 60 * people if times and minutes and people else None


def minutes_in_words(minutes: float) -> str:
    """Return a length of time in words.

    >>> minutes_in_words(90.0), minutes_in_words(120.0), minutes_in_words(45.0)
    ('1 hour 30 minutes', '2 hours', '45 minutes')
    """
    hours, rest = divmod(round(minutes), 60)
    parts = [plural("{n} hour", "{n} hours", hours)] if hours else []
    parts += [plural("{n} minute", "{n} minutes", rest)] if rest or not hours else []
    return " ".join(parts)

"""Days on which no meeting takes place: weekends, statutory holidays and quiet times; and days counted without them.

Holidays come from the `holidays` library (public and government holidays of a country or one of its parts). Days that
it can only estimate, such as those that follow the moon, say so in their names.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import lru_cache

import attrs

from rdlib.plan.fields import field_of
from rdlib.plan.plan import Plan
from rdlib.plan.routine_year import RoutineYear
from rdlib.plan.routines import QUIET_TIMES, QuietTime
from rdlib.words import _, language

#: Where nothing is said. Our choice: the method comes from the federal government of Canada.
DEFAULT = "CA"

#: Where a province has more than one clock, or the country has: the one of its capital.
_ZONES = {
    "CA": "America/Toronto",
    "CA-AB": "America/Edmonton",
    "CA-BC": "America/Vancouver",
    "CA-MB": "America/Winnipeg",
    "CA-NB": "America/Moncton",
    "CA-NL": "America/St_Johns",
    "CA-NS": "America/Halifax",
    "CA-NT": "America/Yellowknife",
    "CA-NU": "America/Iqaluit",
    "CA-ON": "America/Toronto",
    "CA-PE": "America/Halifax",
    "CA-QC": "America/Toronto",
    "CA-SK": "America/Regina",
    "CA-YT": "America/Whitehorse",
}


@attrs.frozen
class DaysOff:
    """The days without meetings of some years.

    Attributes:
        named: holidays and quiet days, with what they are.
        weekend: the days of the week that are free, 0 for Monday.
        quiet: the first and the last day of each quiet time.
    """

    named: Mapping[date, str] = attrs.field(eq=False)
    weekend: Collection[int] = frozenset({5, 6})
    quiet: tuple[tuple[date, date], ...] = ()

    def why(self, day: date) -> str | None:
        """Return why nothing takes place on a day; None where something can."""
        if day.weekday() in self.weekend:
            return _("weekend")
        return self.named.get(day)


def place_of(year: RoutineYear) -> tuple[str, str | None]:
    """Return the country whose holidays are kept, and the part of it.

    >>> place_of(RoutineYear(holidays_of="CA-ON")), place_of(RoutineYear())
    (('CA', 'ON'), ('CA', None))
    """
    country, _dash, part = (year.holidays_of or DEFAULT).partition("-")
    return country, part or (year.region or "").strip().upper() or None


def place_in_words(year: RoutineYear) -> str:
    """Return whose holidays are kept, in words."""
    choice = field_of(RoutineYear, "holidays_of").choice(year.holidays_of or DEFAULT)
    name = choice.label if choice else str(year.holidays_of)
    return f"{name} ({year.region.strip().upper()})" if (year.region or "").strip() and year.region else name


def parts_of(country: str) -> tuple[str, ...]:
    """Return the codes of the parts of a country whose holidays are known by themselves."""
    import holidays

    return tuple(holidays.list_supported_countries().get(country, ()))


def known_region(year: RoutineYear) -> bool:
    """Say whether holidays are known for the part of the country that the plan names, or it names none."""
    country, part = place_of(year)
    return part is None or part in parts_of(country)


@lru_cache(maxsize=32)
def _holidays(country: str, part: str | None, years: tuple[int, ...], spoken: str) -> DaysOff:
    import holidays

    sort = holidays.country_holidays(country)
    wanted = tuple(c for c in ("public", "government") if c in sort.supported_categories)
    preferred = ("fr",) if spoken == "fr" else ("en_CA", "en_GB", "en_PK", "en_US")
    offered = [name for name in preferred if name in (sort.supported_languages or ())]
    part = part if part in parts_of(country) else None
    found = holidays.country_holidays(
        country, subdiv=part, years=years, categories=wanted, language=offered[0] if offered else None
    )
    return DaysOff(dict(found.items()), frozenset(found.weekend))


def days_off(year: RoutineYear, quiet: tuple[QuietTime, ...], first: date, last: date) -> DaysOff:
    """Return the days without meetings from one day to another.

    Args:
        year: whose holidays are kept.
        quiet: the quiet times; one without both days, or that ends before it begins, is left out.
        first: the first day.
        last: the last one.

    >>> off = days_off(RoutineYear(holidays_of="CA-ON"), (), date(2027, 6, 1), date(2027, 7, 31))
    >>> off.why(date(2027, 7, 1)), off.why(date(2027, 7, 3)), off.why(date(2027, 7, 2))
    ('Canada Day', 'weekend', None)
    """
    known = _holidays(*place_of(year), tuple(range(first.year, last.year + 1)), language())
    named, stretches = dict(known.named), []
    for each in quiet:
        if each.first is None or each.last is None or each.last < each.first:
            continue
        stretches.append((each.first, each.last))
        day = max(each.first, first)
        while day <= min(each.last, last):
            named.setdefault(day, (each.why or "").strip() or _("quiet time"))
            day += timedelta(days=1)
    return attrs.evolve(known, named=named, quiet=tuple(stretches))


def days_off_around(plan: Plan, day: date) -> DaysOff:
    """Return the days without meetings in the year before a day and in the one after it."""
    year = timedelta(days=366)
    return days_off(plan.routine_year, QUIET_TIMES.read(plan), day - year, day + year)


def working_days_before(day: date, count: int, off: DaysOff) -> date:
    """Return the day that lies so many working days before another.

    Args:
        day: the day to count back from.
        count: how many working days; 0 for the day itself.
        off: the days that do not count.

    >>> off = days_off(RoutineYear(holidays_of="CA-ON"), (), date(2027, 6, 1), date(2027, 7, 31))
    >>> working_days_before(date(2027, 7, 5), 2, off)  # a Monday; Thursday is Canada Day
    datetime.date(2027, 6, 30)
    """
    while count > 0:
        day -= timedelta(days=1)
        count -= off.why(day) is None
    return day


def time_zone(year: RoutineYear) -> str | None:
    """Return the time zone that times of day are meant in; None where none can be told.

    >>> time_zone(RoutineYear(holidays_of="CA-BC")), time_zone(RoutineYear(holidays_of="AU"))
    ('America/Vancouver', None)
    """
    from zoneinfo import available_timezones

    if written := (year.time_zone or "").strip():
        return written if written in available_timezones() else None
    if year.holidays_of in {None, ""} or year.holidays_of in _ZONES:
        return _ZONES[year.holidays_of or DEFAULT]
    from babel.core import get_global

    zones = get_global("territory_zones").get(place_of(year)[0], [])
    return str(zones[0]) if len(zones) == 1 else None

"""Events as a calendar file (iCalendar, RFC 5545) that calendar programs read.

An entry's UID is made from the plan and the entry's key, so a new file moves an entry that a calendar already holds.
The stamp is the day for which the file was made, so the same plan gives the same file.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from rdlib.plan.plan import Plan
from rdlib.rules.calendar_events import Event
from rdlib.words import _, language, plain

_YEAR = timedelta(days=366)
_NAMES = uuid5(NAMESPACE_URL, "https://www.rfc-editor.org/rfc/rfc5545#rdlib")


def uid(plan: Plan, event: Event) -> str:
    """Return the name under which calendars know an event of a plan.

    >>> uid(Plan(title="A"), Event("u1/1", date(2027, 4, 1), "")) == uid(Plan(title="A"), Event("u1/1", date.max, "B"))
    True
    """
    whole = "|".join((plan.organisation or "", plan.title or "", event.key))
    return f"{uuid5(_NAMES, whole)}@rdlib"


def calendar_file(plan: Plan, events: Iterable[Event], made: date, zone: str | None) -> bytes:
    r"""Return the calendar file.

    Args:
        plan: the plan, for the name of the calendar.
        events: its events.
        made: the day for which it was made.
        zone: the time zone of the hours; None where none is known: then they are those of whoever opens the file.

    >>> made = calendar_file(Plan(title="Plan"), [Event("a", date(2027, 4, 1), "Visit")], date(2027, 1, 1), None)
    >>> b"DTSTART;VALUE=DATE:20270401\r\n" in made
    True
    """
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//rdlib//rdlib//{language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", icalendar.vText(plain(plan.title or _("Delivery plan"))))
    several = list(events)
    for event in several:
        entry = icalendar.Event()
        entry.add("uid", uid(plan, event))
        entry.add("dtstamp", datetime.combine(made, time(), UTC))
        entry.add("summary", plain(event.title))
        if event.says:
            entry.add("description", plain(event.says))
        if event.begins is None:
            entry.add("dtstart", event.day)
            entry.add("dtend", event.day + timedelta(days=1))
            entry.add("transp", "TRANSPARENT")
        else:
            starts = datetime.combine(event.day, event.begins, ZoneInfo(zone) if zone else None)
            entry.add("dtstart", starts)
            entry.add("dtend", starts + timedelta(minutes=event.minutes or 60))
        calendar.add_component(entry)
    if several:
        days = [event.day for event in several]
        calendar.add_missing_timezones(min(days) - _YEAR, max(days) + _YEAR)
    return bytes(calendar.to_ical())

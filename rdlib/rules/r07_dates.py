"""Rule 7: the dates of the routines as entries of a calendar, and what to call them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rdlib.plan.plan import Plan
from rdlib.plan.values import number
from rdlib.rules.calendar_events import Event
from rdlib.rules.r07_architecture import level_in_words, name_of
from rdlib.rules.r07_rhythm import time_of
from rdlib.rules.r07_year import Meeting, people_of, plan_year
from rdlib.words import _, format_date


def priority_names(meeting: Meeting, plan: Plan) -> list[str]:
    """Return the names of the priorities that a date looks at."""
    found = ((plan.priority(id_), id_) for id_ in meeting.priorities)
    return [(priority.title if priority else None) or id_ for priority, id_ in found]


def title_of(meeting: Meeting, plan: Plan) -> str:
    """Return what to call a date: its routine, and the priority where it looks at one of several."""
    names = priority_names(meeting, plan)
    title = name_of(meeting.routine)
    alone = meeting.routine.sharing in {"own", "turns"} and len(names) == 1
    return _("{routine}: {priority}").format(routine=title, priority=names[0]) if alone else title


def half_in_words(meeting: Meeting) -> str:
    """Return the part of the day that a date takes; empty for a note, which takes none."""
    if meeting.routine.form == "note":
        return ""
    return {(0,): _("morning"), (1,): _("afternoon"), (0, 1): _("whole day")}[meeting.halves]


def _lines(meeting: Meeting, plan: Plan) -> Iterator[str]:
    """What else there is to say of a date."""
    routine, people = meeting.routine, people_of(meeting.routine, plan)
    if topic := (routine.topic or "").strip():
        yield topic
    if names := priority_names(meeting, plan):
        yield _("Priorities: {names}").format(names=", ".join(names))
    if routine.level:
        yield _("Who asks: {level}").format(level=level_in_words(routine.level))
    if people:
        yield _("With: {people}").format(people=", ".join(people))
    if tools := (routine.tools or "").strip():
        yield _("On the table: {tools}").format(tools=tools)
    if meeting.moved:
        yield _("Moved from {day}: {why}").format(day=format_date(meeting.regular), why=meeting.moved)


def events(plan: Plan, as_of: date) -> Iterator[Event]:
    """Return the dates of the planned year."""
    year = plan_year(plan, as_of)
    for meeting in year.meetings:
        routine, begins = meeting.routine, time_of(meeting.routine)
        title, half = title_of(meeting, plan), half_in_words(meeting)
        yield Event(
            key=f"routines/{meeting.key}/{year.start.isoformat()}/{meeting.n}",
            day=meeting.day,
            title=title if begins or not half else _("{title} ({half})").format(title=title, half=half),
            says="\n".join(_lines(meeting, plan)),
            begins=begins,
            minutes=round(number(routine.minutes) or 0),
            people=people_of(routine, plan),
        )


EVENTS = (events,)

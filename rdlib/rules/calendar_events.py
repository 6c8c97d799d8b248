"""The dates of a plan, from all rules: what a calendar file holds.

A rule brings its own in ``EVENTS`` of any of its modules ``rNN_*.py``: functions that take the plan and the day, and
give events. Nothing else has to be changed for them to stand in the calendar. What somebody is to do by a day
(:mod:`rdlib.rules.commitments`) stands in it too, as an entry of that day, while it is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, time

import attrs

from rdlib.plan.plan import Plan
from rdlib.rules.brought import brought
from rdlib.rules.commitments import Commitment, commitments
from rdlib.words import _


@attrs.frozen
class Event:
    """One entry of a calendar.

    Attributes:
        key: what it is, for ever: the same thing on another day keeps its key, so that calendars move it.
        day: its day.
        title: what it is called.
        says: what else there is to say, in lines.
        begins: the hour it begins at; None for something that takes no hour, or none that is known.
        minutes: how long it takes; 0 where that is not known.
        people: who takes part, by name.
    """

    key: str
    day: date
    title: str
    says: str = ""
    begins: time | None = None
    minutes: int = 0
    people: tuple[str, ...] = ()


Source = Callable[[Plan, date], Iterable[Event]]


def events(plan: Plan, as_of: date) -> list[Event]:
    """Return all events of a plan, the earliest first.

    Args:
        plan: the plan.
        as_of: the day for which they are worked out.
    """
    sources: tuple[Source, ...] = brought("EVENTS")
    found = {event.key: event for source in sources for event in source(plan, as_of)}
    as_its_rule_has_it = {*found, *(key.rpartition("/")[0] for key in found)}  # an appointment, or one day of it
    for each in commitments(plan, as_of):
        if each.due is not None and not each.done and each.key not in as_its_rule_has_it:
            found[each.key] = _entry(each, each.due, plan)
    return sorted(found.values(), key=lambda event: (event.day, event.begins or time.min, event.key))


def _entry(commitment: Commitment, due: date, plan: Plan) -> Event:
    """Return a commitment as an entry of the day on which it is due."""
    priority = plan.priority(commitment.priority)
    owner = commitment.owner or _("nobody yet")
    lines = [
        _("Priority: {title}").format(title=priority.title or priority.id) if priority else "",
        _("Owner: {name}").format(name=owner),
    ]
    return Event(
        key=commitment.key,
        day=due,
        title=_("Due: {what}").format(what=commitment.what),
        says="\n".join(filter(None, lines)),
        people=(owner,),
    )

"""Rule 10: the days of engagement, as entries of a calendar and as what somebody is to do.

A calendar is seen by many: an entry says what happens and with whom, never where somebody stands or what is thought of
them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import attrs

from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.routines import QUIET_TIMES
from rdlib.plan.stakeholders import ENGAGEMENTS, NEGOTIATIONS, Engagement, EngagementAction, Negotiation
from rdlib.rules.calendar_events import Event
from rdlib.rules.commitments import Commitment
from rdlib.rules.days_off import DaysOff, days_off
from rdlib.rules.r02_smart import goal
from rdlib.rules.r10_candidates import stakeholders
from rdlib.rules.registry import Context
from rdlib.words import _

_WEEKS = {"weekly": 1, "fortnightly": 2}
_MONTHS = {"monthly": 1, "quarterly": 3}

#: What comes again and has no end is looked at for so long at most, where no target says until when. Our choice.
_OPEN_END = timedelta(days=365)


def name_of(stakeholder: str | None, priority: Priority) -> str:
    """Return what to call a stakeholder by their id; empty where there is none, or no longer."""
    return next((each.called for each in stakeholders(priority) if each.id == stakeholder), "")


def last_due(priority: Priority, context: Context) -> date | None:
    """Return the day on which the last target of a priority falls due, else the end of the mandate."""
    dues = [aim.due.end for each in priority.indicators if (aim := goal(each, context)).due is not None]
    return max(dues, default=context.plan.mandate_end)


def comes_again(action: EngagementAction) -> bool:
    """Say whether an action is done more than once."""
    return action.every in {*_WEEKS, *_MONTHS}


def last_day(action: EngagementAction, ends: date | None) -> date | None:
    """Return the last day on which an action may be done; None where it has no day.

    Args:
        action: the action.
        ends: when the last target falls due.
    """
    if action.day is None or not comes_again(action):
        return action.day
    return action.until or max(ends or action.day + _OPEN_END, action.day)


def days_of(action: EngagementAction, ends: date | None) -> Iterator[date]:
    """Return the days of an action by its rhythm, the earliest first.

    What comes every month keeps its place in it, such as the second Thursday.

    Args:
        action: the action.
        ends: when the last target falls due.

    >>> action = EngagementAction("x", day=date(2027, 1, 14), every="monthly", until=date(2027, 3, 31))
    >>> [day.isoformat() for day in days_of(action, None)]
    ['2027-01-14', '2027-02-11', '2027-03-11']
    """
    stop = last_day(action, ends)
    if action.day is None or stop is None:
        return
    day, count = action.day, 0
    while day <= stop:
        yield day
        if not comes_again(action):
            return
        count += 1
        day = _step(action.day, action.every or "", count)


def _free(day: date, off: DaysOff) -> date:
    week = (day + timedelta(days=n) for n in range(7))
    return next((each for each in week if off.why(each) is None), day)


def _step(first: date, every: str, count: int) -> date:
    if every in _WEEKS:
        return first + timedelta(weeks=_WEEKS[every] * count)
    month = first.year * 12 + first.month - 1 + _MONTHS[every] * count
    begin = date(month // 12, month % 12 + 1, 1)
    nth = min((first.day - 1) // 7, 3)  # not every month has a fifth one
    return begin + timedelta(days=(first.weekday() - begin.weekday()) % 7 + 7 * nth)


def next_day(action: EngagementAction, ends: date | None, off: DaysOff | None = None) -> date | None:
    """Return the next day on which an action is to be done: the first one, or the first after it was last done.

    Args:
        action: the action.
        ends: when the last target falls due.
        off: the days without meetings, after which what comes again is done; left out, none.
    """
    day = next((day for day in days_of(action, ends) if action.done is None or day > action.done), None)
    return day if day is None or off is None else _free(day, off)


def is_done(action: EngagementAction, ends: date | None) -> bool:
    """Say whether nothing of an action is left to do."""
    if action.done is None:
        return False
    return not comes_again(action) or next_day(action, ends) is None


@attrs.frozen
class Planned:
    """An action with what it belongs to.

    Attributes:
        priority: the priority.
        engagement: the plan for one stakeholder.
        action: the action.
        ends: when the last target of the priority falls due.
    """

    priority: Priority
    engagement: Engagement
    action: EngagementAction
    ends: date | None

    @property
    def key(self) -> str:
        """What the action is called by, for ever."""
        return f"{ENGAGEMENTS.key}/{self.priority.id}/{self.engagement.id}/{self.action.id}"

    @property
    def where(self) -> str:
        """Its path in the plan."""
        return f"priorities/{self.priority.id}/{ENGAGEMENTS.key}/{self.engagement.id}/actions/{self.action.id}"

    @property
    def title(self) -> str:
        """What happens, and with whom."""
        what, name = (self.action.what or "").strip(), name_of(self.engagement.stakeholder, self.priority)
        return _("{what} (with {name})").format(what=what, name=name) if name and name not in what else what


def planned(plan: Plan, as_of: date) -> Iterator[Planned]:
    """Return the actions of all priorities that say what is done."""
    for priority in plan.priorities:
        ends = last_due(priority, Context(plan, as_of))
        for engagement in ENGAGEMENTS.read(priority):
            for action in engagement.actions:
                if (action.what or "").strip():
                    yield Planned(priority, engagement, action, ends)


def _off(plan: Plan, each: Planned) -> DaysOff | None:
    stop = last_day(each.action, each.ends)
    if each.action.day is None or stop is None or not comes_again(each.action):
        return None
    return days_off(plan.routine_year, QUIET_TIMES.read(plan), each.action.day, stop + timedelta(days=7))


def talks(plan: Plan) -> Iterator[tuple[Priority, Negotiation]]:
    """Return the talks that are prepared, with their priorities."""
    for priority in plan.priorities:
        for talk in NEGOTIATIONS.read(priority):
            if name_of(talk.stakeholder, priority):
                yield priority, talk


def _talk_title(talk: Negotiation, priority: Priority) -> str:
    return _("Talk with {name}").format(name=name_of(talk.stakeholder, priority))


def _people(plan: Plan, person: str | None) -> tuple[str, ...]:
    return (name,) if (name := plan.person((person or "").strip())) else ()


def events(plan: Plan, as_of: date) -> Iterator[Event]:
    """Return the days of what is still to be done with stakeholders, for the calendar."""
    for each in planned(plan, as_of):
        action, off = each.action, _off(plan, each)
        for day in days_of(action, each.ends):
            if action.done is not None and (day <= action.done or not comes_again(action)):
                continue
            key = f"{each.key}/{day.isoformat()}" if comes_again(action) else each.key
            on = _free(day, off) if off is not None else day
            yield Event(key=key, day=on, title=each.title, says=_says(each), people=_people(plan, action.owner))
    for priority, talk in talks(plan):
        if talk.day is not None and not (talk.came_of_it or "").strip():
            yield Event(
                key=f"{NEGOTIATIONS.key}/{priority.id}/{talk.id}",
                day=talk.day,
                title=_talk_title(talk, priority),
                says=(priority.title or priority.id).strip(),
                people=_people(plan, talk.leads),
            )


def _says(each: Planned) -> str:
    return (each.priority.title or each.priority.id).strip()


def commitments(plan: Plan, as_of: date) -> Iterator[Commitment]:
    """Return what somebody is to do with stakeholders, and the talks that are prepared."""
    for each in planned(plan, as_of):
        off, done = _off(plan, each), is_done(each.action, each.ends)
        yield Commitment(
            key=each.key,
            tool="10.2",
            priority=each.priority.id,
            what=each.title,
            owner="".join(_people(plan, each.action.owner)),
            due=last_day(each.action, each.ends) if done else next_day(each.action, each.ends, off),
            done=done,
            where=each.where,
        )
    for priority, talk in talks(plan):
        yield Commitment(
            key=f"{NEGOTIATIONS.key}/{priority.id}/{talk.id}",
            tool="10.3",
            priority=priority.id,
            what=_talk_title(talk, priority),
            owner="".join(_people(plan, talk.leads)),
            due=talk.day,
            done=bool((talk.came_of_it or "").strip()),
            where=f"priorities/{priority.id}/{NEGOTIATIONS.key}/{talk.id}",
        )

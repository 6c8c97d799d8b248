"""What a minister is told of a priority on two pages: what changed, what is asked, what is at risk, what comes next.

It is worked out from the plan alone, so a briefing note says nothing that the plan does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TypeVar

import attrs

from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.risks import Risk
from rdlib.plan.stocktake import Meeting, Stocktake
from rdlib.rules import r05_risks
from rdlib.rules.commitments import Commitment, commitments
from rdlib.rules.findings import Finding
from rdlib.rules.r02_smart import goal
from rdlib.rules.r04_candidates import carries_target
from rdlib.rules.r07_assessment import agreed
from rdlib.rules.r07_dates import title_of
from rdlib.rules.r07_pack import Change, Pack, changes, last_before, open_ones, pack
from rdlib.rules.r07_year import plan_year
from rdlib.rules.registry import Context
from rdlib.words import _

M = TypeVar("M", bound=Meeting)

#: How far back changes are looked for where nothing says when somebody last looked.
A_WHILE = timedelta(days=365)
#: Meetings further ahead than this are of no interest to a briefing note.
AHEAD = timedelta(days=183)
#: What takes place so many times a year is everyday work, and no date to tell a minister of.
WEEKLY = 26


@attrs.frozen
class Asked:
    """Something that is asked of the reader.

    Attributes:
        what: what is to be decided or done.
        where: path into the plan of what it is about; empty for a decision that was put down for the stocktake.
        decision: whether it is a decision that was put down for the stocktake.
    """

    what: str
    where: str = ""
    decision: bool = False


@attrs.frozen
class Dated:
    """Something on a day.

    Attributes:
        day: the day.
        what: what is on it.
        owner: who sees to it; empty where nobody is named.
    """

    day: date
    what: str
    owner: str = ""


@attrs.frozen
class Briefing:
    """What is told of a priority.

    Attributes:
        since: the day from which changes are counted, and why that one, in words.
        changed: what changed since, the likelihood of delivery first.
        asked: what is asked of the reader: decisions wanted first, then the next steps of the worst findings.
        risks: what could throw it off, the likely and bad first.
        overdue: what should have been done by now, the oldest first.
        ahead: what comes next, the nearest first.
    """

    since: tuple[date, str]
    changed: tuple[Change, ...]
    asked: tuple[Asked, ...]
    risks: tuple[Risk, ...]
    overdue: tuple[Commitment, ...]
    ahead: tuple[Dated, ...]


def briefing(plan: Plan, priority: Priority, as_of: date, found: Iterable[Finding] = ()) -> Briefing:
    """Work out what is told of a priority.

    Args:
        plan: the plan.
        priority: one of its priorities.
        as_of: the day.
        found: what the checks found, the worst first.

    >>> briefing(Plan(), Priority("waits"), date(2027, 5, 20)).changed
    ()
    """
    since, why = last_look(plan, priority, as_of)
    ours = [each for each in commitments(plan, as_of) if each.priority == priority.id and not each.done]
    return Briefing(
        since=(since, why),
        changed=tuple(_changed(plan, priority, as_of, since)),
        asked=tuple({each.what: each for each in (*_decisions(plan, priority), *_steps(found))}.values()),
        risks=tuple(r05_risks.short_list(priority)),
        overdue=tuple(each for each in ours if each.overdue(as_of)),
        ahead=tuple(sorted(_ahead(plan, priority, as_of, ours), key=lambda each: (each.day, each.what))),
    )


def last_look(plan: Plan, priority: Priority, as_of: date) -> tuple[date, str]:
    """Return the day on which somebody last looked at a priority, and in words what that was.

    It is the last closed stocktake; without one, the agreed assessment before the latest; without that, a year ago.
    """
    stocktake = last_before(plan, as_of)
    if stocktake is not None and stocktake.day is not None:
        return stocktake.day, _("the last stocktake")
    days = [each.day for each in agreed(priority, as_of) if each.day is not None]
    if len(days) > 1:
        return days[-2], _("the assessment before the latest")
    return as_of - A_WHILE, _("a year ago")


def _changed(plan: Plan, priority: Priority, as_of: date, since: date) -> Iterator[Change]:
    """Return what is different from a day: ratings, figures and targets; and actions since the last stocktake."""
    alone = attrs.evolve(plan, priorities=(priority,))
    found = pack(alone, as_of)
    before = found.before
    if before is None:
        then = pack(alone, since)
        before = Stocktake("", day=since, ratings=tuple(then.ratings.values()), figures=tuple(then.figures.values()))
    record = found.record or next(iter(open_ones(plan)), None)  # between two stocktakes, the next one knows best
    ours = Pack(
        as_of,
        _of(record, priority) if record is not None else None,
        found.closed,
        {id_: each for id_, each in found.ratings.items() if id_ == priority.id},
        {key: each for key, each in found.figures.items() if key[0] == priority.id},
        _of(before, priority),
    )
    yield from changes(ours, alone)


def _of(record: M, priority: Priority) -> M:
    """Return a record of a stocktake with the actions of one priority alone."""
    return attrs.evolve(record, actions=tuple(each for each in record.actions if each.priority == priority.id))


def _decisions(plan: Plan, priority: Priority) -> Iterator[Asked]:
    """Return the decisions that are put down for the next stocktake and not taken yet."""
    for record in open_ones(plan):
        for decision in record.decisions:
            ours = decision.priority in {None, "", priority.id}
            if ours and (decision.question or "").strip() and not (decision.answer or "").strip():
                yield Asked((decision.question or "").strip(), decision=True)


def _steps(found: Iterable[Finding]) -> Iterator[Asked]:
    for finding in found:
        if finding.next_step:
            yield Asked(finding.next_step, finding.where)


def _ahead(plan: Plan, priority: Priority, as_of: date, ours: Sequence[Commitment]) -> Iterator[Dated]:
    """Return what is due, the days on which targets fall due, and the next date of each routine that looks at it."""
    for each in ours:
        if each.due is not None and each.due >= as_of:
            yield Dated(each.due, each.what, each.owner)
    context = Context(plan, as_of)
    for indicator in priority.indicators:
        due = goal(indicator, context).due if carries_target(indicator) else None
        if due is not None and due.end >= as_of:
            name = (indicator.name or "").strip() or indicator.id
            yield Dated(due.end, _("Target falls due: {indicator}").format(indicator=name))
    meetings = [m for m in plan_year(plan, as_of).meetings if priority.id in m.priorities and m.routine.form != "note"]
    often = Counter(meeting.key for meeting in meetings)
    seen = set()
    for meeting in sorted(meetings, key=lambda each: each.day):
        near = as_of <= meeting.day <= as_of + AHEAD
        if near and meeting.key not in seen and often[meeting.key] < WEEKLY:
            seen.add(meeting.key)
            yield Dated(meeting.day, title_of(meeting, plan), (plan.person(meeting.routine.chair) or "").strip())

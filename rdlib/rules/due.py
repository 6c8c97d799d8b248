"""What is due from a plan at a stocktake: what is late already, and what is due before the next one (Rules 7 and 8)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

import attrs

from rdlib.plan.plan import Plan
from rdlib.plan.stocktake import NEXT_STOCKTAKE
from rdlib.rules.commitments import Commitment, commitments
from rdlib.rules.r07_pack import open_ones
from rdlib.rules.r07_year import plan_year

#: How far ahead is looked where the plan knows of no later stocktake: eight weeks. Ours.
AHEAD = timedelta(weeks=8)
#: What a stocktake shows elsewhere: its own actions, and its own preparation.
SHOWN_ELSEWHERE = frozenset({"7.5", "7.6"})


@attrs.frozen
class Due:
    """What is due on one day.

    Attributes:
        until: the day of the next stocktake, or eight weeks later where none is known.
        known: whether that day is one of a stocktake.
        overdue: what should be done already, the oldest first.
        coming: what is due by then, the earliest first.
        undated: what has no day.
    """

    until: date
    known: bool
    overdue: tuple[Commitment, ...]
    coming: tuple[Commitment, ...]
    undated: tuple[Commitment, ...]

    def __bool__(self) -> bool:
        """Say whether anything is due, or has no day."""
        return bool(self.overdue or self.coming or self.undated)


def next_stocktake(plan: Plan, day: date) -> date | None:
    """Return the day of the first stocktake after a day, as planned or entered; None where the plan knows of none."""
    entered = [each.day for each in NEXT_STOCKTAKE.read(plan) if each.day is not None]
    planned = [m.day for m in plan_year(plan, day).meetings if m.routine.form == "stocktake"]
    return min((each for each in (*entered, *planned) if each > day), default=None)


def due(plan: Plan, day: date, priorities: Collection[str] | None = None) -> Due:
    """Return what a plan has promised for a day.

    Args:
        plan: the plan.
        day: the day.
        priorities: only what is for these, by their ids; left out, everything.

    >>> due(Plan(), date(2027, 5, 20)).until
    datetime.date(2027, 7, 15)
    """
    found = next_stocktake(plan, day)
    until = found or day + AHEAD
    chosen = [
        each
        for each in commitments(plan, day)
        if not each.done and each.tool not in SHOWN_ELSEWHERE and (priorities is None or each.priority in priorities)
    ]
    return Due(
        until,
        found is not None,
        tuple(each for each in chosen if each.overdue(day)),
        tuple(each for each in chosen if each.due is not None and day <= each.due <= until),
        tuple(each for each in chosen if each.due is None),
    )


def carried(plan: Plan) -> set[str]:
    """Return the keys of what was carried into the actions of the open stocktake already."""
    return {action.origin or "" for record in open_ones(plan) for action in record.actions}


def to_action(each: Commitment, plan: Plan, day: date) -> dict[str, str]:
    """Return a commitment as an action of a stocktake, with another day, as it is typed."""
    owner = next((person.id for person in plan.people if (person.name or "").strip() == each.owner), each.owner)
    row = {"priority": each.priority, "what": each.what, "owner": owner, "due": day.isoformat(), "origin": each.key}
    return {name: value for name, value in row.items() if value}

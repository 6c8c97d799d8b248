"""Rule 7: actions of stocktakes, and steps of preparations, as what somebody is to do by a day (tools 7.5 and 7.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rdlib.plan.plan import Plan
from rdlib.plan.routines import PREPARATIONS
from rdlib.plan.stocktake import NEXT_STOCKTAKE, STOCKTAKES, Meeting
from rdlib.rules.commitments import Commitment
from rdlib.rules.r07_pack import closed_ones, open_ones, origin_of
from rdlib.rules.r07_preparation import dates, name_of, rows, step_name
from rdlib.words import _


def _current(plan: Plan, as_of: date) -> list[tuple[str, Meeting]]:
    """The records whose actions count: those that are open, else the last one that was closed."""
    found: list[tuple[str, Meeting]] = [(NEXT_STOCKTAKE.key, each) for each in open_ones(plan)]
    return found or [(STOCKTAKES.key, each) for each in closed_ones(plan, as_of)[-1:]]


def actions(plan: Plan, as_of: date) -> Iterator[Commitment]:
    """Return the actions of the open stocktake, or of the last one; one that was let go is none any more."""
    for table, meeting in _current(plan, as_of):
        for action in meeting.actions:
            if (action.dropped or "").strip() or not (action.what or "").strip():
                continue
            yield Commitment(
                key=f"actions/{origin_of(action, meeting)}",
                tool="7.5",
                priority=action.priority or "",
                what=(action.what or "").strip(),
                owner=(plan.person(action.owner) or "").strip(),
                due=action.due,
                done=action.done is not None and action.done <= as_of,
                where=f"plan/{table}/{meeting.id}/actions/{action.id}",
            )


def steps(plan: Plan, as_of: date) -> Iterator[Commitment]:
    """Return the steps of preparations, each with the day that is counted back from its meeting."""
    for preparation in rows(plan):
        for due in dates(preparation, plan, as_of):
            where = f"plan/{PREPARATIONS.key}/{preparation.id}/steps/{due.step.id}"
            what = (due.step.what or "").strip() or step_name(due.step)
            yield Commitment(
                key=where,
                tool="7.6",
                priority="",
                what=_("{meeting}: {what}").format(meeting=name_of(preparation, plan), what=what),
                owner=(plan.person(due.step.owner) or "").strip(),
                due=due.day,
                done=due.step.done is not None and due.step.done <= as_of,
                where=where,
            )


COMMITMENTS = (actions, steps)

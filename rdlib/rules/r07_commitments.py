"""Rule 7: what routines commit people to: the actions of the stocktake, and the steps that prepare a meeting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rdlib.plan.plan import Plan
from rdlib.plan.routines import PREPARATIONS
from rdlib.plan.stocktake import NEXT_STOCKTAKE, STOCKTAKES, Meeting
from rdlib.rules.commitments import Commitment
from rdlib.rules.r07_pack import closed_ones, open_ones, origin_of, state_of
from rdlib.rules.r07_preparation import dates, name_of, rows, step_name
from rdlib.words import _


def of_stocktakes(plan: Plan, as_of: date) -> Iterator[Commitment]:
    """Return the actions of the open record; while there is none, those that the last closed one left open.

    Args:
        plan: the plan.
        as_of: the day; what was agreed on later is not known yet.
    """
    last = next(reversed(closed_ones(plan, as_of)), None)
    meetings: tuple[Meeting, ...] = open_ones(plan) or ((last,) if last else ())
    for meeting in meetings:
        table = STOCKTAKES.key if meeting is last else NEXT_STOCKTAKE.key
        for action in meeting.actions:
            if not (action.what or "").strip() or state_of(action, as_of) == "dropped":
                continue
            yield Commitment(
                key=f"actions/{origin_of(action, meeting)}",
                tool="7.5",
                priority=action.priority or "",
                what=(action.what or "").strip(),
                owner=(plan.person(action.owner) or "").strip(),
                due=action.due,
                done=state_of(action, as_of) == "done",
                where=f"plan/{table}/{meeting.id}/actions/{action.id}",
            )


def of_preparations(plan: Plan, as_of: date) -> Iterator[Commitment]:
    """Return the steps that prepare the meetings, under the keys that their entries in the calendar have.

    Args:
        plan: the plan.
        as_of: the day.
    """
    for preparation in rows(plan):
        for due in dates(preparation, plan, as_of):
            key = f"{PREPARATIONS.key}/{preparation.id}/{due.step.id}"
            yield Commitment(
                key=key,
                tool="7.6",
                priority="",
                what=_("{step} for: {meeting}").format(step=step_name(due.step), meeting=name_of(preparation, plan)),
                owner=(plan.person(due.step.owner) or "").strip(),
                due=due.day,
                done=not due.open,
                where=f"plan/{PREPARATIONS.key}/{preparation.id}/steps/{due.step.id}",
            )


COMMITMENTS = (of_stocktakes, of_preparations)
"""What stocktakes and the preparation of meetings commit people to."""

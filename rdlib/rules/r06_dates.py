"""Rule 6: the last days to ask for money that is still missing, as what somebody is to do (tool 6.4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rdlib.plan.money import FUNDING
from rdlib.plan.plan import Plan
from rdlib.rules.commitments import Commitment
from rdlib.rules.r04_candidates import said
from rdlib.rules.r06_funding import coming, rows
from rdlib.words import _


def commitments(plan: Plan, as_of: date) -> Iterator[Commitment]:
    """Return for each way in which money is to come the last day on which it can be asked for in time."""
    for priority in plan.priorities:
        for row in rows(priority):
            due = coming(row, as_of).begin_by
            if row.status == "refused" or not said(row.name) or due is None:
                continue
            where = f"priorities/{priority.id}/{FUNDING.key}/{row.id}"
            yield Commitment(
                key=where,
                tool="6.4",
                priority=priority.id,
                what=_("Asked for: {money}").format(money=said(row.name)),
                owner=said(plan.person(row.owner)),
                due=due,
                done=row.status in {"agreed", "in-hand"} or (row.asked_on is not None and row.asked_on <= as_of),
                where=where,
            )


COMMITMENTS = (commitments,)

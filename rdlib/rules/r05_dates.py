"""Rule 5: the milestones of chosen strategies as what somebody is to do by a day (tool 5.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rdlib.plan.plan import Plan
from rdlib.plan.strategy import STRATEGIES
from rdlib.rules.commitments import Commitment
from rdlib.rules.r04_candidates import chosen, said


def commitments(plan: Plan, as_of: date) -> Iterator[Commitment]:
    """Return the milestones of the chosen strategies; the leader of the strategy stands in where no owner is named."""
    for priority in plan.priorities:
        for strategy in chosen(priority):
            for each in strategy.milestones:
                if not said(each.title):
                    continue
                where = f"priorities/{priority.id}/{STRATEGIES.key}/{strategy.id}/milestones/{each.id}"
                yield Commitment(
                    key=where,
                    tool="5.1",
                    priority=priority.id,
                    what=said(each.title),
                    owner=said(plan.person(each.owner)) or said(plan.person(strategy.leader)),
                    due=each.when.end if each.when else None,
                    done=each.reached is not None and each.reached <= as_of,
                    where=where,
                )


COMMITMENTS = (commitments,)

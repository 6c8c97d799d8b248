"""Rule 5: what a delivery plan commits people to: its milestones. The answers to its risks are those of rule 9."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rdlib.plan.plan import Plan
from rdlib.rules.commitments import Commitment
from rdlib.rules.r04_candidates import said
from rdlib.rules.r05_effects import counted


def of_milestones(plan: Plan, as_of: date) -> Iterator[Commitment]:
    """Return the milestones of the strategies that count; the leader stands in where no owner is named.

    Args:
        plan: the plan.
        as_of: the day; what was reached after it was still to be done.
    """
    for priority in plan.priorities:
        for strategy in counted(priority):
            for milestone in strategy.milestones:
                if not said(milestone.title):
                    continue
                where = f"priorities/{priority.id}/strategies/{strategy.id}/milestones/{milestone.id}"
                yield Commitment(
                    key=where,
                    tool="5.1",
                    priority=priority.id,
                    what=(milestone.title or "").strip(),
                    owner=_name(milestone.owner, plan) or _name(strategy.leader, plan),
                    due=milestone.when.end if milestone.when else None,
                    done=milestone.reached is not None and milestone.reached <= as_of,
                    where=where,
                )


def _name(person: str | None, plan: Plan) -> str:
    return (plan.person(person) or "").strip()


COMMITMENTS = (of_milestones,)

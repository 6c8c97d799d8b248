"""Rule 5: what a delivery plan commits people to: its milestones, and the answers to its risks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules import r05_risks
from rdlib.rules.commitments import Commitment
from rdlib.rules.r04_candidates import said
from rdlib.rules.r05_effects import counted
from rdlib.words import _


def of_milestones(plan: Plan, as_of: date) -> Iterator[Commitment]:
    """Return the milestones of the strategies that count.

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
                    owner=_name(milestone.owner, plan),
                    due=milestone.when.end if milestone.when else None,
                    done=milestone.reached is not None and milestone.reached <= as_of,
                    where=where,
                )


def of_risks(plan: Plan, as_of: date) -> Iterator[Commitment]:
    """Return the answers to the risks that can still happen, as far as they have a day; accepted ones ask for nothing.

    Args:
        plan: the plan.
        as_of: the day.
    """
    for priority in plan.priorities:
        yield from _of_risks(plan, priority)


def _of_risks(plan: Plan, priority: Priority) -> Iterator[Commitment]:
    for risk in r05_risks.live(priority):
        if risk.by is None or risk.status == "accepted" or not said(risk.answer):
            continue
        where = f"priorities/{priority.id}/risks/{risk.id}"
        yield Commitment(
            key=where,
            tool="5.3",
            priority=priority.id,
            what=_("Answer to the risk “{risk}” in place").format(risk=r05_risks.named(risk)),
            owner=_name(risk.owner, plan),
            due=risk.by.end,
            where=where,
        )


def _name(person: str | None, plan: Plan) -> str:
    return (plan.person(person) or "").strip()


COMMITMENTS = (of_milestones, of_risks)
"""What the milestones and the risks of a plan commit people to."""

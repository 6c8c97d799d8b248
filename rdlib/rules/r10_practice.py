"""Rule 10, tool 10.4: how a state kept its school districts with it, mapped and planned by the learner.

Many places and plans are right. What counts is what a place rests on, whether the time goes where somebody could move,
and whether it goes on until the target.
"""

from __future__ import annotations

from rdlib.plan.priority import Priority
from rdlib.rules import r10_engagement, r10_map, r10_negotiation
from rdlib.rules.findings import Finding
from rdlib.rules.r10_candidates import stakeholders
from rdlib.rules.registry import Context

KINDS = r10_map.KINDS + r10_engagement.KINDS + r10_negotiation.KINDS

_TOOLS = (r10_map, r10_engagement, r10_negotiation)


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether any stakeholder was placed, or an engagement or a talk begun."""
    placed = any(r10_map.zone_of(each) for each in stakeholders(priority))
    return placed or any(tool.attempted(priority, context) for tool in (r10_engagement, r10_negotiation))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the map, the engagement and the talk of the case, as far as each was begun (Rule 10, tool 10.4)."""
    return [f for tool in _TOOLS if tool.attempted(priority, context) for f in tool.check(priority, context)]

"""Rule 4, tool 4.6: the strategies that were considered for emergency care in England, placed and argued for.

There is no right place for any of them. What counts is what the place rests on, and what is left out.
"""

from __future__ import annotations

from rdlib.plan.priority import Priority
from rdlib.rules import r04_matrix, r04_mix
from rdlib.rules.findings import Finding
from rdlib.rules.registry import Context

KINDS = r04_matrix.KINDS + r04_mix.KINDS


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether any of the strategies was placed, argued for, or decided on."""
    return r04_matrix.attempted(priority, context) or r04_mix.attempted(priority, context)


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge how the strategies were placed, and the choice among them once there is one (Rule 4, tool 4.6)."""
    found = r04_matrix.check(priority, context)
    if r04_mix.attempted(priority, context):
        found += r04_mix.check(priority, context)
    return found

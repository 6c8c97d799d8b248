"""Rule 6: what the team would pay for, in full or in a smaller version (tool 6.2)."""

from __future__ import annotations

from rdlib.plan.money import OWN_PICKS, VERSIONS, SmallerVersion
from rdlib.plan.priority import Priority
from rdlib.plan.values import number
from rdlib.rules.r04_candidates import chosen


def version_rows(priority: Priority) -> tuple[SmallerVersion, ...]:
    """Return the smaller versions for which anything was entered."""
    return tuple(row for row in VERSIONS.read(priority) if row != SmallerVersion(row.id))


def is_sound(row: SmallerVersion) -> bool:
    """Say whether a version says all that it needs, costs less than the whole, and brings something.

    >>> is_sound(SmallerVersion("v1", strategy="s1", cost_share=60.0, impact_share=70.0))
    True
    """
    cost, impact = number(row.cost_share), number(row.impact_share)
    return bool(row.strategy) and cost is not None and impact is not None and cost < 100 and 0 < impact <= 100


def has_own(priority: Priority) -> bool:
    """Say whether a choice was entered here."""
    return any(row.strategy for row in OWN_PICKS.read(priority))


def own_picks(priority: Priority) -> dict[str, str]:
    """Return the team's own choice: each strategy with its version (empty for in full).

    Where none was entered, it is what was chosen in tool 4.3, in full.
    """
    if not has_own(priority):
        return {s.id: "" for s in chosen(priority)}
    of = {row.id: row.strategy for row in version_rows(priority) if is_sound(row)}
    return {
        row.strategy: row.version if row.version and of.get(row.version) == row.strategy else ""
        for row in OWN_PICKS.read(priority)
        if row.strategy
    }


def cost_share(strategy: str, priority: Priority) -> float:
    """Return which share of the full cost of a strategy the own choice pays; 1 for what is not in it."""
    version = own_picks(priority).get(strategy)
    share = next((number(row.cost_share) for row in version_rows(priority) if row.id == version), None)
    return 1.0 if share is None else share / 100

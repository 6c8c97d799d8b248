"""What the workbook of rule 5 shows beside the making of a delivery chain: the finished picture, and that of a case."""

from __future__ import annotations

from typing import Any

from rdlib.figures.chain import carried, chain_figure
from rdlib.figures.html import not_attempted
from rdlib.plan import cases
from rdlib.plan.priority import Priority
from rdlib.rules.r05_chain_shape import begun, chains
from rdlib.widgets.workbook import Face, own_picture, plainly
from rdlib.words import _


def _drawn(priority: Priority) -> str:
    found = "".join(carried(chain, priority) + chain_figure(chain) for chain in chains(priority) if begun(chain))
    return found or not_attempted(_("Delivery chain"))


@plainly
def chain() -> Any:
    """Show the delivery chains of the reader's own priority as a report shows them (Rule 5, tool 5.2)."""
    return own_picture(lambda priority, _plan: _drawn(priority))


def worked_chain(case: str, priority_id: str) -> Face:
    """Show the delivery chains of a case (Rule 5, tool 5.2).

    Raises:
        KeyError: the case has no such priority.
    """
    priority = cases.model(case).priority(priority_id)
    if priority is None:
        raise KeyError(f"{case} has no priority {priority_id}")
    return Face(_drawn(priority))

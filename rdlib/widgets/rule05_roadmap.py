"""What the workbook of rule 5 shows beside the case of the Western Cape: its roadmap, and the reader's own."""

from __future__ import annotations

from datetime import date
from typing import Any

from rdlib.figures.html import Html
from rdlib.figures.rule05_roadmap import roadmap_figure, roadmap_table
from rdlib.plan import cases
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules.registry import Context
from rdlib.widgets.workbook import Face, own_picture, plainly


def _drawn(priority: Priority, context: Context) -> Html:
    return Html(roadmap_figure(priority, context) + roadmap_table(priority, context))


def worked_roadmap(case: str, priority_id: str) -> Face:
    """Show the roadmap of a case (Rule 5, tool 5.7).

    Raises:
        KeyError: the case has no such priority.
    """
    plan = cases.model(case)
    priority = plan.priority(priority_id)
    if priority is None:
        raise KeyError(f"{case} has no priority {priority_id}")
    return Face(_drawn(priority, Context(plan, cases.as_of(case))))


def _own(priority: Priority, plan: Plan) -> str:
    return _drawn(priority, Context(plan, date.today()))


@plainly
def roadmap() -> Any:
    """Show the roadmap of the reader's own priority (Rule 5, tool 5.7)."""
    return own_picture(_own)


__all__ = ["roadmap", "worked_roadmap"]

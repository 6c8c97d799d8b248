"""What the cells of the workbook of rule 6 show beside its exercises: pictures, drawn again as the plan changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from rdlib.figures.chart_money import worth_chart, years_chart
from rdlib.figures.rule06 import (
    allocation_figure,
    costs_table,
    delivery_table,
    funding_table,
    funding_timeline,
    gap_line,
    helpers_table,
    worth_table,
)
from rdlib.plan import cases
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules.r06_costs import weighed_indicators
from rdlib.rules.registry import Context
from rdlib.widgets import workspace
from rdlib.widgets.workbook import Face, following, own_picture, plainly

Draw = Callable[[Priority, Context], str]


def _costs(priority: Priority, context: Context) -> str:
    worth = "".join(
        worth_chart(i, priority, context) + worth_table(i, priority, context)
        for i in weighed_indicators(priority, context)
    )
    return costs_table(priority, context.plan) + worth


def _years(priority: Priority, context: Context) -> str:
    return delivery_table(priority, context.plan) + years_chart(priority, context)


def _funding(priority: Priority, context: Context) -> str:
    return (
        gap_line(priority, context.plan)
        + funding_table(priority, context)
        + funding_timeline(priority, context)
        + helpers_table(priority)
    )


def _own(draw: Draw) -> Any:
    def drawn(priority: Priority, plan: Plan) -> str:
        return draw(priority, Context(plan, date.today()))

    return own_picture(drawn)


def worked_example(case: str, priority_id: str) -> Face:
    """Show what the strategies of a case cost, and what they bring for it (Rule 6, tool 6.1).

    Raises:
        KeyError: the case has no such priority.
    """
    plan = cases.model(case)
    priority = plan.priority(priority_id)
    if priority is None:
        raise KeyError(f"{case} has no priority {priority_id}")
    return Face(_costs(priority, Context(plan, cases.as_of(case))))


@plainly
def worth() -> Any:
    """Show what the reader's strategies cost, and what each brings for its money (Rule 6, tool 6.1)."""
    return _own(_costs)


@plainly
def mix(case: str = "") -> Any:
    """Show the best affordable mix beside the reader's own choice, and what less or more money would do (tool 6.2).

    Args:
        case: a case to practise on; left out, the reader's own plan.
    """
    if not case:
        return _own(allocation_figure)
    store = workspace.practice_store(case)

    def draw() -> str:
        plan = store.read().plan
        priority = plan.priority(workspace.open_priority(store) or "")
        return allocation_figure(priority, Context(plan, cases.as_of(case))) if priority else ""

    return following(store, draw)


@plainly
def delivery() -> Any:
    """Show what delivery itself costs, and each year against its limit (Rule 6, tool 6.3)."""
    return _own(_years)


@plainly
def funding() -> Any:
    """Show where the missing money comes from, by when it has to be asked for, and who can help (Rule 6, tool 6.4)."""
    return _own(_funding)


__all__ = ["delivery", "funding", "mix", "worked_example", "worth"]

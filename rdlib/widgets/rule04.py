"""What the cells of the workbook of rule 4 show beside its exercises: pictures, drawn again as the plan changes."""

from __future__ import annotations

from datetime import date
from typing import Any

from rdlib.figures.html import paragraphs
from rdlib.figures.rule04 import (
    candidates_table,
    coverage_table,
    feasibility_table,
    order_table,
    review_history,
    review_table,
    strategy_in_full,
    timeline_figure,
)
from rdlib.plan import cases
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES
from rdlib.rules.registry import Context
from rdlib.widgets.workbook import Face, own_picture, plainly


def worked_strategy(case: str, priority_id: str, strategy_id: str) -> Face:
    """Show how a case describes and weighs one strategy (Rule 4, tools 4.1 to 4.4).

    Raises:
        KeyError: the case has no such strategy.
    """
    plan = cases.model(case)
    priority = plan.priority(priority_id)
    strategy = next((s for s in STRATEGIES.read(priority) if s.id == strategy_id), None) if priority else None
    if priority is None or strategy is None:
        raise KeyError(f"{case} has no strategy {priority_id}/{strategy_id}")
    return Face(f'<div class="rd">{paragraphs(strategy.description)}</div>{strategy_in_full(strategy, priority, plan)}')


@plainly
def candidates() -> Any:
    """Show which of the reader's candidates are strategies (Rule 4, tool 4.1)."""
    return own_picture(lambda priority, _plan: candidates_table(priority))


@plainly
def feasibility() -> Any:
    """Show political feasibility beside impact and difficulty (Rule 4, tool 4.4)."""
    return own_picture(lambda priority, _plan: feasibility_table(priority))


def _mix(priority: Priority, plan: Plan) -> str:
    context = Context(plan, date.today())
    return coverage_table(priority) + timeline_figure(priority, context) + order_table(priority)


@plainly
def mix() -> Any:
    """Show whether each target is covered, when the strategies run, and in which order (Rule 4, tool 4.3)."""
    return own_picture(_mix)


def _review(priority: Priority, plan: Plan) -> str:
    context = Context(plan, date.today())
    return review_table(priority, context) + review_history(priority, context)


@plainly
def review() -> Any:
    """Show the latest review of the architecture beside what the plan itself shows (Rule 4, tool 4.5)."""
    return own_picture(_review)

"""What the workbook of rule 9 shows beside the form of "Blip or trend?": charts that follow the plan (tool 9.4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from rdlib.figures.html import Html
from rdlib.figures.rule09_blip import chart_of, nothing_to_chart, readings, shown, tables_of
from rdlib.plan import cases
from rdlib.plan.blips import ALL
from rdlib.plan.priority import Priority
from rdlib.rules.registry import Context
from rdlib.widgets import workspace
from rdlib.widgets.workbook import Face, following, plainly


def _drawn() -> Callable[[Priority, Context], str]:
    """Return what draws the charts of a priority; a chart takes a moment, so it is drawn again only after a change."""
    known: dict[str, str] = {}

    def draw(priority: Priority, context: Context) -> str:
        fresh = {}
        written = [part.read(priority) for part in ALL]
        for indicator in shown(priority, context):
            key = repr((indicator, written, context.as_of, context.plan.fiscal_year_start, context.plan.language))
            fresh[key] = known.get(key) or (
                chart_of(indicator, priority, context) + tables_of(indicator, priority, context)
            )
        known.clear()
        known.update(fresh)
        return "".join(fresh.values()) or nothing_to_chart()

    return draw


@plainly
def behaviour_charts(case: str = "") -> Any:
    """Show the charts of the open priority, with signals and limits (Rule 9, tool 9.4).

    Args:
        case: a case whose practice copy is shown; left out, the reader's own plan.
    """
    store = workspace.practice_store(case) if case else workspace.own_store()
    draw = _drawn()

    def drawn() -> str:
        plan = store.read().plan
        priority = plan.priority(workspace.open_priority(store) or "")
        return draw(priority, Context(plan, cases.as_of(case) if case else date.today())) if priority else ""

    return following(store, drawn)


def worked_behaviour(case: str, priority_id: str, indicator_id: str) -> Face:
    """Show the chart of an indicator of a case, with its signals, its limits and what was read in it (tool 9.4).

    Raises:
        KeyError: the case has no such indicator.
    """
    plan = cases.model(case)
    priority = plan.priority(priority_id)
    indicator = priority.indicator(indicator_id) if priority else None
    if priority is None or indicator is None:
        raise KeyError(f"{case} has no indicator {priority_id}/{indicator_id}")
    context = Context(plan, cases.as_of(case))
    said = chart_of(indicator, priority, context) + tables_of(indicator, priority, context)
    return Face(Html(said + readings(indicator, priority, plan)))

"""What the workbook of rule 3 shows beside the exercises: pictures, the example, the answers of the case."""

from __future__ import annotations

from typing import Any

from rdlib.figures.coalition import coalition_picture
from rdlib.figures.html import Html, e, table
from rdlib.figures.rule03 import influence_table, message_table, powers_table, relationship_grid
from rdlib.plan import cases
from rdlib.plan.priority import Priority
from rdlib.rules.registry import exercise as registered
from rdlib.widgets.workbook import Face, own_picture, plainly
from rdlib.words import _

TOOLS = ("3.1", "3.2", "3.3")


def _picture(priority: Priority) -> str:
    return coalition_picture(priority) + powers_table(priority) + influence_table(priority)


def worked_example(case: str, priority_id: str) -> Face:
    """Show the coalition of a case: the picture, the four questions and the messages.

    Raises:
        KeyError: the case has no such priority.
    """
    plan = cases.model(case)
    priority = plan.priority(priority_id)
    if priority is None:
        raise KeyError(f"{case} has no priority {priority_id}")
    return Face(_picture(priority) + relationship_grid(priority) + message_table(priority, plan))


@plainly
def coalition() -> Any:
    """Show the coalition of the reader's own priority, and what influence it has (Rule 3, tool 3.1)."""
    return own_picture(lambda priority, _plan: _picture(priority))


@plainly
def grid() -> Any:
    """Show the members of the reader's own coalition with the four questions (Rule 3, tool 3.2)."""
    return own_picture(lambda priority, _plan: relationship_grid(priority))


@plainly
def messages() -> Any:
    """Show the messages to the members of the reader's own coalition, side by side (Rule 3, tool 3.3)."""
    return own_picture(message_table)


def answers(case: str) -> Face:
    """Show the model answer of a case for all three tools, and what people typically write instead."""
    rows: list[list[str | float | Html | None]] = []
    for each in map(registered, TOOLS):
        titles = {kind.code: kind.title for kind in each.kinds}
        for weak in cases.weak_answers(case, each.id):
            rows.append([each.id, weak.shown, weak.says, titles.get(weak.triggers, weak.triggers)])
    headers = [_("Tool"), _("Weak answer"), _("Why people write it"), _("What the check says")]
    typical = table(headers, rows, _("Typical weak answers"))
    summary = _("Model answer (write your own first)")
    model = cases.model_text(case)
    return Face("", f"<details><summary>{e(summary)}</summary>\n\n{model}\n\n{typical}\n\n</details>")


__all__ = ["answers", "coalition", "grid", "messages", "worked_example"]

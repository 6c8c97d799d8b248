"""What the workbook of rule 5 shows beside the rubric: a new rating, what the plan proves, the ratings side by side."""

from __future__ import annotations

from datetime import date
from typing import Any

from rdlib.figures.rule05_rubric import facts_table, levels_table, rubric_history, rubric_reasons, rubric_table
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.rubric import RUBRIC
from rdlib.rules.r05_rubric import attempted
from rdlib.rules.ratings import table_of
from rdlib.rules.registry import Context
from rdlib.widgets import workspace
from rdlib.widgets.answers import answer_field
from rdlib.widgets.workbook import Face, own_picture, plainly
from rdlib.words import _


@plainly
def new_rating() -> Any:
    """Show the field with which somebody begins to rate the reader's own priority (Rule 5, tool 5.6)."""
    store = workspace.own_store()

    def table() -> str | None:
        current = workspace.open_priority(store)
        return table_of(RUBRIC, Priority(id=current)) if current else None

    return answer_field(store, table, _("Rate the open priority, today, as:"))


def levels() -> Face:
    """Show what each level of each criterion means (Rule 5, tool 5.6)."""
    return Face(levels_table())


def _proofs(priority: Priority, plan: Plan) -> str:
    return facts_table(priority, Context(plan, date.today()))


@plainly
def proofs() -> Any:
    """Show what the reader's own plan proves of each criterion, without anybody's rating (Rule 5, tool 5.6)."""
    return own_picture(_proofs)


def _rubric(priority: Priority, plan: Plan) -> str:
    context = Context(plan, date.today())
    if not attempted(priority, context):
        return rubric_table(priority, context)
    faces = (rubric_table, rubric_reasons, rubric_history)
    return "".join(face(priority, context) for face in faces)


@plainly
def rubric() -> Any:
    """Show the ratings of the reader's own plan side by side, and what it supports (Rule 5, tool 5.6)."""
    return own_picture(_rubric)


__all__ = ["levels", "new_rating", "proofs", "rubric"]

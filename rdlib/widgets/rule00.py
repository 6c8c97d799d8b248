"""What the workbook of rule 0 shows beside the exercises: a new answer, the pictures, the path, the example."""

from __future__ import annotations

from datetime import date
from typing import Any

from rdlib.figures.html import Html
from rdlib.figures.rule00 import answers_table, checklist_picture, culture_picture, learning_path
from rdlib.plan import cases
from rdlib.plan.orientation import CHECKLIST, CULTURE
from rdlib.plan.parts import Part
from rdlib.plan.plan import Plan
from rdlib.plan.store import PlanStore
from rdlib.rules.ratings import table_of
from rdlib.rules.registry import Context
from rdlib.widgets import workspace
from rdlib.widgets.answers import answer_field
from rdlib.widgets.workbook import Face, following, plainly
from rdlib.words import _

PARTS: dict[str, Part[Any]] = {"0.2": CULTURE, "0.3": CHECKLIST}


@plainly
def new_answer(tool: str) -> Any:
    """Show the field with which somebody begins an answer, the first one or a later one.

    Args:
        tool: ``"0.2"`` or ``"0.3"``.
    """
    part = PARTS[tool]
    return answer_field(workspace.own_store(), lambda: table_of(part), _("Answer, today, as:"))


def _culture(plan: Plan, context: Context) -> str:
    return culture_picture(plan, context) + answers_table(CULTURE, plan, context)


def _checklist(plan: Plan, context: Context, *, links: bool) -> str:
    path = learning_path(plan, context, links=links)
    return checklist_picture(plan, context) + answers_table(CHECKLIST, plan, context) + path


def _today(store: PlanStore) -> tuple[Plan, Context]:
    plan = store.read().plan
    return plan, Context(plan, date.today())


@plainly
def culture() -> Any:
    """Show strengths and risks as everybody who answered sees them (Rule 0, tool 0.2)."""
    store = workspace.own_store()
    return following(store, lambda: _culture(*_today(store)))


@plainly
def checklist() -> Any:
    """Show the ten rules as everybody who answered sees them, and the path through the workbooks (Rule 0, tool 0.3)."""
    store = workspace.own_store()
    return following(store, lambda: _checklist(*_today(store), links=True))


def worked_example(case: str) -> Face:
    """Show how the team of a case sees its culture and its work, a year apart."""
    plan = cases.model(case)
    context = Context(plan, cases.as_of(case))
    return Face(Html(_culture(plan, context) + _checklist(plan, context, links=False)))


__all__ = ["checklist", "culture", "new_answer", "worked_example"]

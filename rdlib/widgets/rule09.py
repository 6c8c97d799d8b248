"""What the workbook of rule 9 shows beside the forms of 9.1 to 9.3."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import ipywidgets

from rdlib.figures.html import Html, details
from rdlib.figures.rule09 import (
    added_table,
    advice_table,
    cycle_picture,
    evidence_table,
    places_table,
    principles_movement,
    principles_picture,
    principles_table,
    stages_table,
    too_early_table,
)
from rdlib.figures.rule09_derailers import derailers_figure, proposals_table
from rdlib.plan import cases
from rdlib.plan.persist import CYCLE_PLACES, SELF_CHECKS
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.risks import RISKS
from rdlib.rules.r09_proposals import Proposal, proposals
from rdlib.rules.ratings import table_of
from rdlib.rules.registry import Context
from rdlib.widgets import workspace
from rdlib.widgets.answers import answer_field
from rdlib.widgets.beginning import Beginning
from rdlib.widgets.desk import Desk
from rdlib.widgets.workbook import Face, following, own_picture, plainly
from rdlib.words import _

_Draw = Callable[[Priority, Context], str]


def _drawn(*faces: _Draw) -> Any:
    def draw(priority: Priority, plan: Plan) -> str:
        context = Context(plan, date.today())
        return Html("".join(face(priority, context) for face in faces))

    return own_picture(draw)


@plainly
def stages() -> Any:
    """Show what is known of each stage, by the names that the plan gives them (Rule 9, tool 9.1)."""
    store = workspace.own_store()
    return following(store, lambda: stages_table(store.read().plan))


@plainly
def shown_by_plan() -> Any:
    """Show what the plan itself shows of where the open priority stands (Rule 9, tool 9.1)."""
    return _drawn(evidence_table)


@plainly
def cycle() -> Any:
    """Show the curve with the place of the open priority, what is typical there, and its earlier places (tool 9.1)."""
    return _drawn(cycle_picture, advice_table, places_table)


@plainly
def new_check() -> Any:
    """Show the field with which somebody begins a self-check of the open priority (Rule 9, tool 9.2)."""
    store = workspace.own_store()

    def table() -> str | None:
        current = workspace.open_priority(store)
        return table_of(SELF_CHECKS, Priority(id=current)) if current else None

    return answer_field(store, table, _("Check the five principles, today, as:"))


@plainly
def principles() -> Any:
    """Show the five principles side by side, what is done next, and how that moved (Rule 9, tool 9.2)."""
    return _drawn(principles_picture, principles_table, principles_movement)


@plainly
def warnings() -> Any:
    """Show what was added while others were under way, and what was celebrated too early (Rule 9, tool 9.2)."""
    return _drawn(added_table, too_early_table)


@plainly
def derailers() -> Any:
    """Show the register of the open priority, and what is done when something comes to pass (Rule 9, tool 9.3)."""
    return _drawn(derailers_figure)


# --- taking a proposal over ----------------------------------------------------------------------------------------


def _found(plan: Plan) -> tuple[Priority | None, tuple[Proposal, ...]]:
    priority = plan.priority(workspace.open_priority(workspace.own_store()) or "")
    return priority, proposals(priority, Context(plan, date.today())) if priority else ()


def _options(plan: Plan) -> list[tuple[str, str]]:
    _priority, found = _found(plan)
    return [(each.key, each.title) for each in found] or [("", _("nothing; add your own in the form below"))]


def _add(desk: Desk, key: str, owner: str) -> str:
    """Put a proposal into the register of the open priority, with who answers for it."""
    priority, found = _found(desk.store.read().plan)
    chosen = next((each for each in found if each.key == key), None)
    if priority is None or chosen is None:
        return _("Add your own risk in the form below.")
    table = table_of(RISKS, priority)
    values = {**chosen.values(), "owner": owner, "status": "open", "looked_on": date.today().isoformat()}
    row = desk.store.add_row(table, values)
    for name, ids in (("actors", chosen.actors), ("strategies", chosen.strategies)):
        if ids:
            desk.store.set(f"{table}/{row}/{name}", list(ids))
    return _("“{title}” stands in the form below.").format(title=chosen.title)


@plainly
def proposed() -> Any:
    """Show the derailers that the plan itself speaks of, to put one of them into the register (Rule 9, tool 9.3)."""
    if workspace.is_static():
        return _drawn(proposals_table)
    words = (_("Drawn from your plan:"), _("Put it into the register; who answers for it:"), _("Add"))
    return ipywidgets.VBox([_drawn(proposals_table), Beginning(workspace.own_store(), _options, _add, words)])


# --- the worked example ------------------------------------------------------------------------------------------


def worked_example(case: str) -> Face:
    """Show a case: where it stood on the cycle, what its plan shows, its principles and its derailers."""
    plan, day = cases.model(case), cases.as_of(case)
    context = Context(plan, day)
    faces = (cycle_picture, evidence_table, places_table)
    folded = ((_("How they held course"), principles_table), (_("What could have derailed it"), derailers_figure))
    told = [p for p in plan.priorities if CYCLE_PLACES.read(p)]
    return Face(
        "".join(
            "".join(face(priority, context) for face in faces)
            + "".join(details(title, face(priority, context)) for title, face in folded)
            for priority in told
        )
    )


__all__ = [
    "cycle",
    "derailers",
    "new_check",
    "principles",
    "proposed",
    "shown_by_plan",
    "stages",
    "warnings",
    "worked_example",
]

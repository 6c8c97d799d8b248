"""What the workbook of rule 1 shows beside the exercises: the table, the architecture, pairs, and the choice."""

from __future__ import annotations

from typing import Any

from rdlib.figures.html import Html
from rdlib.figures.rule01 import architecture_map, priorities_table, ranking_list, shortlist_picture
from rdlib.plan import cases
from rdlib.plan.plan import Plan
from rdlib.plan.store import PlanStore
from rdlib.widgets import workspace
from rdlib.widgets.pairs import Pairs
from rdlib.widgets.workbook import Face, following, plainly
from rdlib.words import _


def _store(case: str) -> PlanStore:
    return workspace.practice_store(case) if case else workspace.own_store()


@plainly
def table() -> Any:
    """Show the priorities of the reader's own plan side by side (Rule 1, tool 1.1)."""
    store = workspace.own_store()
    return following(store, lambda: priorities_table(store.read().plan))


@plainly
def architecture() -> Any:
    """Show which of the four elements each priority of the reader's own plan has (Rule 1, tool 1.2)."""
    store = workspace.own_store()
    return following(store, lambda: architecture_map(store.read().plan))


@plainly
def pairs(case: str = "") -> Any:
    """Ask of contested candidates two by two, and offer what follows from the answers (Rule 1, tool 1.3).

    Args:
        case: a case to practise on; left out, the reader's own plan.
    """
    name = _("Two at a time, practice") if case else _("Two at a time")
    return Face("") if workspace.is_static() else Pairs(_store(case), name)


def _chosen(plan: Plan) -> str:
    return shortlist_picture(plan) + ranking_list(plan)


@plainly
def choice(case: str = "") -> Any:
    """Show what was kept and cut, and the order that the comparisons imply (Rule 1, tool 1.3).

    Args:
        case: a case to practise on; left out, the reader's own plan.
    """
    store = _store(case)
    return following(store, lambda: _chosen(store.read().plan))


def worked_example(case: str) -> Face:
    """Show the priorities table of a case."""
    return Face(Html(priorities_table(cases.model(case))))


__all__ = ["architecture", "choice", "pairs", "table", "worked_example"]

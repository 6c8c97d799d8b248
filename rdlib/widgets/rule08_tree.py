"""What the workbook of rule 8 shows beside the making of a tree: the finished pictures, and those of a case."""

from __future__ import annotations

from typing import Any

from rdlib.figures.html import not_attempted
from rdlib.figures.tree import analysis_table, results, tree_figure, trees_picture
from rdlib.plan import cases
from rdlib.plan.priority import Priority
from rdlib.rules.trees import begun, rolled_up, trees
from rdlib.widgets.workbook import Face, own_picture, plainly
from rdlib.words import _


def _drawn(priority: Priority) -> str:
    found = "".join(tree_figure(tree, results(rolled_up(priority, tree))) for tree in trees(priority) if begun(tree))
    return found or not_attempted(_("Hypothesis tree"))


def _case(case: str, priority_id: str) -> Priority:
    priority = cases.model(case).priority(priority_id)
    if priority is None:
        raise KeyError(f"{case} has no priority {priority_id}")
    return priority


@plainly
def tree() -> Any:
    """Show the trees of the reader's own priority with what the results come to (Rule 8, tools 8.2 and 8.3)."""
    return own_picture(lambda priority, _plan: _drawn(priority))


@plainly
def analysis() -> Any:
    """Show the analysis plan of the reader's own priority (Rule 8, tool 8.3)."""
    return own_picture(lambda priority, _plan: analysis_table(priority))


def worked_tree(case: str, priority_id: str) -> Face:
    """Show the trees of a case as pictures (Rule 8, tool 8.2).

    Raises:
        KeyError: the case has no such priority.
    """
    return Face(trees_picture(_case(case, priority_id)))


def worked_analysis(case: str, priority_id: str) -> Face:
    """Show the analysis plan of a case (Rule 8, tool 8.3).

    Raises:
        KeyError: the case has no such priority.
    """
    return Face(analysis_table(_case(case, priority_id)))

"""Plans written by earlier releases, brought to the form of today.

A migration works on a file in memory, so that its comments stay; it is written with the next save. Each one leaves a
file alone that is in the new form already, so that a save which was cut off can be done again.
"""

from __future__ import annotations

from collections.abc import Callable

from rdlib.plan.documents import Document
from rdlib.plan.nodes import Map, Plain, Scalar, Seq

PLAN_FILE = "plan.yaml"
SCHEMA = 2


def migrate(document: Document, schema: int) -> Document:
    """Return a file of a plan in the form of today.

    Args:
        document: the file.
        schema: the number that the plan's title page gives for its form.
    """
    for number in range(schema, SCHEMA):
        document = MIGRATIONS[number](document)
        if document.file == PLAN_FILE:
            document = document.put(("schema",), str(number + 1))
    return document


def _to_2(document: Document) -> Document:
    """An indicator's target became a group (it was a text, with `due` beside it), and `evaluation` became `three_m`."""
    table = document.node(("indicators",))
    for index in range(len(table.items) if isinstance(table, Seq) else 0):
        row = ("indicators", index)
        group = document.node(row)
        if not isinstance(group, Map):
            continue
        if "evaluation" in group.values and "three_m" not in group.values:
            document = document.rename((*row, "evaluation"), "three_m")
        target, due = group.values.get("target"), group.values.get("due")
        if target is None and due is None:
            continue
        if target is None or isinstance(target, Scalar):
            wording = target.value() if target else None
            value: dict[str, Plain] = {"wording": wording}
            if isinstance(due, Scalar):
                value["due"] = due.value()
            document = document.put((*row, "target"), value)
            if isinstance(due, Scalar):
                document = document.drop((*row, "due"))
    return document


MIGRATIONS: dict[int, Callable[[Document], Document]] = {1: _to_2}

"""Paths into a plan: where in which file a field stands, and how it is declared.

A path names a field as `priorities/waits/indicators/i1/target/value`; the rows of a table are named by their ids, and
one that has none by its place (`#2`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from rdlib.plan.documents import Document
from rdlib.plan.fields import Field, Kind
from rdlib.plan.migrations import PLAN_FILE
from rdlib.plan.nodes import Seq, Steps
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.reading import declared, row_names
from rdlib.words import _


@attrs.frozen
class Place:
    """Where a path leads.

    Attributes:
        path: the path.
        file: the file, relative to the plan's folder.
        steps: the keys, and the indices of rows, in it.
        field: the declaration of the field or table; None for a row, or for the file as a whole.
    """

    path: str
    file: str
    steps: Steps
    field: Field | None


def owner_of(file: str) -> type:
    """Return the type of the record that a file holds."""
    return Plan if file == PLAN_FILE else Priority


def find(path: str, file: str, names: Sequence[str], document: Document | None) -> Place:
    """Find a place in a file.

    Args:
        path: the whole path, for messages.
        file: the file that the place is in.
        names: what follows in the path.
        document: what stands in the file; None when it cannot be read or is removed.

    Raises:
        KeyError: no such field is declared, or there is no such row.
    """
    steps: list[str | int] = []
    record: type | None = owner_of(file)
    field: Field | None = None
    for name in names:
        if field is not None and field.kind is Kind.RECORDS:
            steps.append(_row(path, name, document, tuple(steps)))
            field = None
            continue
        field = next((f for f in declared(record) if f.name == name), None) if record is not None else None
        if field is None:
            raise KeyError(_("no field is called {name} in {path}").format(name=f'"{name}"', path=path))
        steps.append(name)
        record = field.record
    return Place(path, file, tuple(steps), field)


def _row(path: str, name: str, document: Document | None, steps: Steps) -> int:
    table = document.node(steps) if document else None
    items = table.items if isinstance(table, Seq) else []
    names = row_names(items)
    if name in names:
        return names.index(name)
    if (match := re.fullmatch(r"#([0-9]{1,9})", name)) and 1 <= int(match[1]) <= len(items):
        return int(match[1]) - 1
    raise KeyError(_("there is no row {name} in {path}").format(name=f'"{name}"', path=path))


def order_at(file: str, steps: Steps) -> Sequence[str]:
    """Return the names of the fields of the group at a place of a file, in the order of their declaration."""
    record: type | None = owner_of(file)
    for step in steps:
        if isinstance(step, str):
            record = next((f.record for f in declared(record) if f.name == step), None) if record else None
    names = [field.name for field in declared(record)] if record else []
    return ["schema", *names] if record is Plan else names


def label_at(file: str, names: Sequence[str]) -> str:
    """Return what a person reads beside the field at a place; a row goes by the name of its table."""
    record: type | None = owner_of(file)
    label = _("the whole file")
    in_table = False
    for name in names:
        if in_table:
            in_table = False
            continue
        field = next((f for f in declared(record) if f.name == name), None) if record else None
        label, record = (field.label, field.record) if field else (name, None)
        in_table = field is not None and field.kind is Kind.RECORDS
    return label

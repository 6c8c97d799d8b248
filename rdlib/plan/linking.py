"""Into which table a link points, and how its answers are written (see ``links_to`` in :mod:`rdlib.plan.fields`).

Most links point into a table of their priority. Two kinds do not: a link inside a row may point into another table of
the same row (an actor's level in its chain), and a link from outside may point into such tables of all rows (a risk to
actors of any chain); its answers then name the row and the row in it: ``c1/a1``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, zip_longest

import attrs

from rdlib.plan.fields import Field, Kind
from rdlib.plan.reading import declared


@attrs.frozen
class Around:
    """A record that a field stands in: its type, and its path; empty for the whole."""

    record: type
    path: str


def around(record: type, path: str) -> list[Around]:
    """Return the records that a field stands in, from the whole inwards.

    Args:
        record: the type of the whole.
        path: the path of the field in it.

    >>> from rdlib.plan.priority import Priority
    >>> [each.path for each in around(Priority, "chains/c1/actors/a1/level")]
    ['', 'chains/c1', 'chains/c1/actors/a1']
    """
    found, names = [Around(record, "")], path.split("/")
    place = 0
    while place < len(names):
        field = _table(found[-1].record, names[place])
        if field is None or field.record is None:
            break
        place += 2 if field.kind is Kind.RECORDS else 1
        if place >= len(names):
            break
        found.append(Around(field.record, "/".join(names[:place])))
    return found


def owner_of_link(field: Field, records: Sequence[Around]) -> Around:
    """Return which of the records around a link has the table that it points into; the whole where none has."""
    first = (field.links_to or "").split("/")[0]
    for each in reversed(records):
        if (table := _table(each.record, first)) is not None and table.kind is Kind.RECORDS:
            return each
    return records[0]


def linked_record(field: Field, records: Sequence[Around]) -> type | None:
    """Return the type of the rows that a link points to; None where there is no such table."""
    record: type | None = owner_of_link(field, records).record
    for name in (field.links_to or "").split("/"):
        table = _table(record, name) if record else None
        record = table.record if table else None
    return record


def row_path(owner: str, links_to: str, answer: str) -> str:
    """Return the path of the row that an answer names.

    Args:
        owner: the path of the record that has the table.
        links_to: the table, as declared.
        answer: what the link says.

    >>> row_path("", "indicators", "i1"), row_path("", "chains/actors", "c1/a1"), row_path("chains/c1", "levels", "l2")
    ('indicators/i1', 'chains/c1/actors/a1', 'chains/c1/levels/l2')
    """
    tables = links_to.split("/")
    ids = answer.split("/", len(tables) - 1)
    return "/".join(filter(None, [owner, *chain.from_iterable(zip_longest(tables, ids, fillvalue=""))]))


def _table(record: type, name: str) -> Field | None:
    return next((field for field in declared(record) if field.name == name), None)

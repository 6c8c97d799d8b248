"""What a file says for a plan, before anything is written: rows by name, each value with the place it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from rdlib.plan.nodes import Plain
from rdlib.plan.store import slug
from rdlib.tables.columns import same
from rdlib.tables.mapping import PEOPLE, PRIORITY, TITLE_PAGE, name_field, record_of
from rdlib.tables.problems import Spot

#: What stands in a plan already: the title page under "", the priorities by their ids.
Known = Mapping[str, dict[str, Plain]]


@attrs.frozen
class Leaf:
    """One value, as a plan writes it, and where it comes from."""

    value: str | list[str]
    spot: Spot


@attrs.define
class Entry:
    """One row of a table of the plan, as far as the file tells of it.

    Attributes:
        table: the table as a mapping names it.
        name: what tells it from its neighbours.
        spot: where it was met first.
        known: the row of the plan that it is, where there is one.
        id: its id, once that is settled.
        leaves: its values, by path.
        rows: its rows, by the name of the table inside it.
        declared: whether the file tells of it, or only names it.
        told_by: the tables of the mapping that told of it, by their identity.
    """

    table: str
    name: str
    spot: Spot
    known: dict[str, Plain] | None = None
    id: str = ""
    leaves: dict[str, Leaf] = attrs.field(factory=dict)
    rows: dict[str, dict[Any, Entry]] = attrs.field(factory=dict)
    declared: bool = False
    told_by: set[int] = attrs.field(factory=set)

    @property
    def record(self) -> type:
        """The type of the row."""
        record = record_of(self.table)
        assert record is not None
        return record

    def child(self, table: str, id_: str, name: str, spot: Spot) -> Entry:
        """Return the row of a table inside this one that has an id or a name; a new one where there is none yet."""
        step = table.rpartition("/")[2]
        rows = self.rows.setdefault(step, {})
        key: tuple[str, str | int] = ("id", slug(id_)) if id_ else ("name", same(name))
        entry = rows.get(key)
        if entry is None and (id_ or name):
            known = row_like((self.known or {}).get(step), record_of(table), slug(id_) if id_ else "", name)
            same_row = next((e for e in rows.values() if known is not None and e.known is known), None)
            entry = same_row or Entry(table, name, spot, known)
            if id_ and not entry.id:
                entry.id = str(known.get("id")) if known else slug(id_)
        elif entry is None:
            key, entry = ("row", len(rows)), Entry(table, "", spot)
        rows[key] = entry
        return entry

    def there(self, table: str, name: str) -> bool:
        """Whether a table inside this one has a row of a name or id, in the file or in the plan."""
        step = table.rpartition("/")[2]
        rows = self.rows.get(step, {})
        known = row_like((self.known or {}).get(step), record_of(table), name, name)
        return ("name", same(name)) in rows or ("id", slug(name)) in rows or known is not None

    def entries(self, step: str) -> list[Entry]:
        """Return the rows of a table inside this one, each once."""
        return list({id(entry): entry for entry in self.rows.get(step, {}).values()}.values())


def row_like(rows: Plain, record: type | None, id_: str, name: str) -> dict[str, Plain] | None:
    """Return the row of a table of the plan with an id or name; None where there is none."""
    if not isinstance(rows, list) or record is None:
        return None
    field = name_field(record).name
    groups = [row for row in rows if isinstance(row, dict)]
    by_id = next((row for row in groups if id_ and row.get("id") == id_), None)
    return by_id or next((row for row in groups if name and same(str(row.get(field) or "")) == same(name)), None)


@attrs.define
class Draft:
    """All that a file says for a plan.

    Attributes:
        known: what stands in the plan already.
        page: the title page, with the people.
        priorities: the priorities, by id or name.
        titles: the ids of the priorities of the plan, by their titles.
    """

    known: Known
    page: Entry = attrs.field(factory=lambda: Entry(TITLE_PAGE, "", Spot("")))
    priorities: dict[Any, Entry] = attrs.field(factory=dict)
    titles: dict[str, str] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        """Take over what the plan says already."""
        self.page.known = self.known.get("", {})
        self.titles = {
            same(str(value["title"])): id_ for id_, value in self.known.items() if id_ and value.get("title")
        }

    def priority(self, id_: str, name: str, spot: Spot) -> Entry:
        """Return the priority with an id or a title; a new one where there is none yet."""
        key = ("id", slug(id_)) if id_ else ("name", same(name))
        entry = self.priorities.get(key)
        if entry is None:
            there = self._known(slug(id_) if id_ else "", name if not id_ else "")
            entry = next((e for e in self.priorities.values() if there and e.id == there), None)
            if entry is None:
                entry = Entry(PRIORITY, name or id_, spot, self.known[there] if there else None, there or "")
                if id_ and not there:
                    entry.id = slug(id_)
            self.priorities[key] = entry
        return entry

    def _known(self, id_: str, name: str) -> str | None:
        return id_ if id_ and id_ in self.known else self.titles.get(same(name)) if name else None

    def there(self, name: str) -> bool:
        """Whether there is a priority of a title or id, in the file or in the plan."""
        found = ("name", same(name)) in self.priorities or ("id", slug(name)) in self.priorities
        return found or self._known(name, name) is not None

    def all(self) -> list[Entry]:
        """Return the priorities that the file tells of, each once."""
        return list({id(entry): entry for entry in self.priorities.values()}.values())

    def people(self) -> list[Entry]:
        """Return the people that the file tells of."""
        return self.page.entries(PEOPLE)

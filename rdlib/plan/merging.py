"""What changed between two states of a file, and both sides' changes brought together.

Groups are merged field by field and tables row by row, by the rows' ids; anything else is one field. What only one side
changed is kept, what both changed to the same is fine, and what both changed differently is a conflict.

>>> merged = merge({"a": "1", "b": "1"}, {"a": "2", "b": "1"}, {"a": "1", "b": "3"})
>>> merged.value, merged.clashes
({'a': '2', 'b': '3'}, ())
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

import attrs

from rdlib.plan.nodes import Plain, ids_of, says_same
from rdlib.words import _

Names = tuple[str, ...]
Choose = Literal["refuse", "mine", "theirs"]


@attrs.frozen
class Clash:
    """One place that both sides changed differently; None means that nothing stands there, or no longer."""

    names: Names
    base: Plain
    mine: Plain
    theirs: Plain


@attrs.frozen
class Merged:
    """Both sides' changes together.

    Attributes:
        value: what results.
        clashes: where both sides changed the same place differently.
        taken: the places that only the other side had changed.
    """

    value: Plain
    clashes: tuple[Clash, ...]
    taken: tuple[Names, ...]


def merge(base: Plain, mine: Plain, theirs: Plain, *, choose: Choose = "refuse", sets: Sequence[Names] = ()) -> Merged:
    """Bring two states of a file together that both started from the same one.

    Args:
        base: what both started from.
        mine: what it became here.
        theirs: what it became elsewhere.
        choose: which side counts where both changed the same place; "refuse" reports it as a clash.
        sets: the places of lists that are merged item by item (such as the order of the priorities).
    """
    merging = _Merging(choose, set(sets))
    value = merging.merge((), base, mine, theirs)
    return Merged(value, tuple(merging.clashes), tuple(merging.taken))


def changes(old: Plain, new: Plain) -> tuple[Names, ...]:
    """Return the places at which two states differ.

    >>> changes({"a": "1", "rows": [{"id": "r1", "x": "1"}]}, {"a": "1", "rows": [{"id": "r1", "x": "2"}]})
    (('rows', 'r1', 'x'),)
    """
    return merge(old, old, new).taken


class _Merging:
    def __init__(self, choose: Choose, sets: set[Names]) -> None:
        self.choose, self.sets = choose, sets
        self.clashes: list[Clash] = []
        self.taken: list[Names] = []

    def merge(self, names: Names, base: Plain, mine: Plain, theirs: Plain) -> Plain:
        if says_same(mine, theirs):
            return theirs
        groups = [_as_group(side) for side in (base, mine, theirs)]
        if all(group is not None for group in groups):
            return self.groups(names, *cast(list[dict[str, Plain]], groups))
        tables = [_as_table(side) for side in (base, mine, theirs)]
        if all(table is not None for table in tables):
            return self.tables(names, *cast(list[dict[str, Plain]], tables))
        if says_same(base, theirs):
            return mine
        if says_same(base, mine):
            self.taken.append(names)
            return theirs
        if names in self.sets:
            return self.items(names, base, mine, theirs)
        return self.clash(names, base, mine, theirs)

    def clash(self, names: Names, base: Plain, mine: Plain, theirs: Plain) -> Plain:
        if self.choose == "theirs":
            self.taken.append(names)
            return theirs
        if self.choose == "refuse":
            self.clashes.append(Clash(names, base, mine, theirs))
        return mine

    def groups(
        self, names: Names, base: dict[str, Plain], mine: dict[str, Plain], theirs: dict[str, Plain]
    ) -> dict[str, Plain]:
        return {
            key: self.merge((*names, key), base.get(key), mine.get(key), theirs.get(key))
            for key in {**theirs, **mine, **base}
        }

    def tables(
        self, names: Names, base: dict[str, Plain], mine: dict[str, Plain], theirs: dict[str, Plain]
    ) -> list[Plain]:
        rows: dict[str, Plain] = {}
        for id_ in {**base, **mine, **theirs}:
            at = (*names, id_)
            if id_ in mine and id_ in theirs and id_ in base:
                rows[id_] = self.merge(at, base[id_], mine[id_], theirs[id_])
                continue
            row = self.row(at, base.get(id_), mine.get(id_), theirs.get(id_))
            if row is not None:
                rows[id_] = row
        return [rows[id_] for id_ in self.sequence(names, list(base), list(mine), list(theirs), rows)]

    def row(self, names: Names, base: Plain, mine: Plain, theirs: Plain) -> Plain:
        """Merge a row that is not on every side; None where there is no such row."""
        if theirs in (mine, base):
            return mine
        if base == mine:
            self.taken.append(names)
            return theirs
        return self.clash(names, base, mine, theirs)

    def sequence(
        self, names: Names, base: list[str], mine: list[str], theirs: list[str], rows: dict[str, Plain]
    ) -> list[str]:
        """Return the ids of the merged rows in order."""
        common = [id_ for id_ in base if id_ in mine and id_ in theirs]
        my_order = [id_ for id_ in mine if id_ in common]
        their_order = [id_ for id_ in theirs if id_ in common]
        if my_order != common and their_order not in (common, my_order):
            if self.choose == "refuse":
                self.clashes.append(Clash(names, _ids(common), _ids(my_order), _ids(their_order)))
            leads = self.choose != "theirs"
        else:
            leads = my_order != common
        if not leads and their_order != common:
            self.taken.append(names)
        first, second = (mine, theirs) if leads else (theirs, mine)
        order = [id_ for id_ in first if id_ in rows]
        for i, id_ in enumerate(second):
            if id_ in rows and id_ not in order:
                before = next((b for b in reversed(second[:i]) if b in order), None)
                place = order.index(before) + 1 if before is not None else 0
                while place < len(order) and order[place] not in second:  # behind what the other side added there
                    place += 1
                order.insert(place, id_)
        return order + [id_ for id_ in rows if id_ not in order]

    def items(self, names: Names, base: Plain, mine: Plain, theirs: Plain) -> Plain:
        """Merge lists of texts item by item: what a side added is there, what a side removed is not."""
        b, m, t = (side if isinstance(side, list) else [] for side in (base, mine, theirs))
        self.taken.append(names)
        return [item for item in m if item in t or item not in b] + [
            item for item in t if item not in m and item not in b
        ]


def _ids(ids: Sequence[str]) -> Plain:
    return _("order: {ids}").format(ids=", ".join(ids))


def _as_group(value: Plain) -> dict[str, Plain] | None:
    if isinstance(value, dict):
        return value
    return {} if value is None else None


def _as_table(value: Plain) -> dict[str, Plain] | None:
    if isinstance(value, list):
        ids = ids_of(value)
        return None if ids is None else dict(zip(ids, value, strict=True))
    return {} if value is None else None

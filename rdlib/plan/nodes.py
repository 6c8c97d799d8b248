"""What a file of a plan holds: texts, lists and groups, each with its place in the file."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

#: What stands in a file, without its places: texts, None (nothing written), lists and groups.
Plain = None | str | list["Plain"] | dict[str, "Plain"]

#: A place in a file: the keys, and the indices of rows, that lead to it.
Steps = tuple[str | int, ...]

#: What counts as nothing when it stands without quotes.
EMPTY_WORDS = frozenset({"", "~", "null", "Null", "NULL"})


@attrs.define(slots=True)
class Scalar:
    """One text.

    Attributes:
        text: the text.
        plain: whether it stands without quotes on its line.
        line: its line, counted from 1.
        start: where it starts in the file's text.
        end: where it ends; the same as ``start`` where nothing is written.
    """

    text: str
    plain: bool
    line: int
    start: int
    end: int

    def value(self) -> str | None:
        """Return the text; None where nothing is written."""
        return None if self.plain and self.text in EMPTY_WORDS else self.text


@attrs.define(slots=True)
class Seq:
    """A list.

    Attributes:
        line: its first line, counted from 1.
        start: where it starts in the file's text.
        end: where it ends, when it is written in brackets.
        flow: whether it is written in brackets.
        items: what it holds.
        dashes: where the dash of each item stands, when it is written with dashes.
    """

    line: int
    start: int
    end: int
    flow: bool
    items: list[Node] = attrs.field(factory=list)
    dashes: list[int] = attrs.field(factory=list)

    def value(self) -> list[Plain]:
        """Return its plain values."""
        return [item.value() for item in self.items]


@attrs.define(slots=True)
class Map:
    """A group; the attributes that it shares with :class:`Seq` mean the same.

    Attributes:
        keys: its keys, by their text.
        values: what stands behind each key.
    """

    line: int
    start: int
    end: int
    flow: bool
    keys: dict[str, Scalar] = attrs.field(factory=dict)
    values: dict[str, Node] = attrs.field(factory=dict)

    def value(self) -> dict[str, Plain]:
        """Return its plain values."""
        return {key: node.value() for key, node in self.values.items()}


Node = Scalar | Seq | Map


def end_of(node: Node) -> int:
    """Return where a value ends, without the comments and empty lines that follow it."""
    while not isinstance(node, Scalar) and not node.flow:
        node = list(node.values.values())[-1] if isinstance(node, Map) else node.items[-1]
    return node.end


def line_start(text: str, at: int) -> int:
    """Return where the line starts that holds a place."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Return where the line ends that holds a place."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def is_empty(value: Plain) -> bool:
    """Whether a value says nothing: nothing written, an empty text or list, or a group of such."""
    return value is None or value in ("", []) or (isinstance(value, dict) and all(map(is_empty, value.values())))


def says_same(a: Plain, b: Plain) -> bool:
    """Whether two values say the same; what is empty in one way or another is the same.

    >>> says_same({"a": None, "b": "1"}, {"b": "1"})
    True
    """
    if isinstance(a, dict) and isinstance(b, dict):
        return all(says_same(a.get(key), b.get(key)) for key in {**a, **b})
    if isinstance(a, list) and isinstance(b, list) and a and b:
        return len(a) == len(b) and all(map(says_same, a, b))
    return a == b or (is_empty(a) and is_empty(b))


def ids_of(rows: Sequence[Plain]) -> list[str] | None:
    """Return the ids of the rows of a table, or None when a row has none or two have the same.

    >>> ids_of([{"id": "a"}, {"id": "b"}]), ids_of([{"id": "a"}, {}])
    (['a', 'b'], None)
    """
    ids = [row.get("id") if isinstance(row, dict) else None for row in rows]
    texts = [id_ for id_ in ids if isinstance(id_, str) and id_]
    return texts if len(set(texts)) == len(rows) else None

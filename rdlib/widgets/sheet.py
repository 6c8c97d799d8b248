"""What a form shows, worked out from the field declarations alone: no widget, no browser.

A :class:`Block` or :class:`Table` names a part of a plan. :func:`lay_out` walks the declarations of its records and
the rows that stand in the plan, and returns what the page has to draw: fields, groups of fields and tables, each known
by its path into the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from rdlib.plan.fields import LISTS, Field, Kind
from rdlib.plan.linking import around, owner_of_link
from rdlib.plan.plan import PRIORITIES, Plan
from rdlib.plan.priority import Priority
from rdlib.plan.reading import declared
from rdlib.plan.values import NotReadError, read_day, read_period
from rdlib.words import _

if TYPE_CHECKING:
    from rdlib.plan.store import PlanStore

_TABLE_COLUMNS = 5  # a table with more columns than this is shown as cards, unless the caller says otherwise

Value = str | list[str]
Node = dict[str, Any]


def _texts(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(names)


@attrs.frozen
class Block:
    """Some fields of one record, under a heading.

    Attributes:
        path: the record: ``priorities/waits/indicators/i1/three_m``.
        fields: names of its fields, in the order to show them; a name may go further down (``target/wording``). Left
            empty, all its fields.
        title: the heading; left empty, none.

    >>> Block("priorities/waits", ("title", "summary"), title="Your priority").fields
    ('title', 'summary')
    """

    path: str
    fields: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    title: str = ""


@attrs.frozen
class Table:
    """A table of records that grows and shrinks.

    Attributes:
        path: the table: ``priorities/waits/outcomes``.
        fields: its columns, in order, named as in a :class:`Block`; left empty, all fields of its record.
        title: the heading; left empty, the label of the field.
        as_cards: one card a row (for records with many fields) or a real table; left out, whichever fits.
        asks: the field that is asked for before a row is there; left empty, rows begin empty.
        asking: the words with which it is asked for.

    >>> Table("priorities/waits/outcomes", ("statement", "level")).as_cards is None
    True
    """

    path: str
    fields: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    title: str = ""
    as_cards: bool | None = None
    asks: str = ""
    asking: str = ""


def declaration(path: str, record: type | None = None) -> tuple[type, Field | None]:
    """Return what is declared at a path: the record that stands there or that has the field, and the field.

    The field is None where the path leads to a row, a priority or the plan itself.

    Args:
        path: the path.
        record: the record that the path starts from; left out, it starts from the plan.

    Raises:
        KeyError: a record on the way declares no such field.

    >>> record, field = declaration("priorities/waits/indicators/i1/target/value")
    >>> record.__name__, field.label
    ('Target', 'Target value')
    """
    rest = path.split("/")
    if record is None and path == PRIORITIES.name:
        return Plan, PRIORITIES
    if record is None:
        record = {"plan": Plan, "priorities": Priority}[rest[0]]
        rest = rest[1 if record is Plan else 2 :]
    field = None
    while rest:
        field = next((f for f in declared(record) if f.name == rest[0]), None)
        if field is None:
            raise KeyError(f"{record.__name__} declares no field {rest[0]!r} ({path})")
        row = field.kind is Kind.RECORDS and len(rest) > 1
        rest = rest[2 if row else 1 :]
        if row or field.kind is Kind.RECORD:
            record = field.record or object
            field = None if row else field
        elif rest:
            raise KeyError(f"{field.name} holds no other fields ({path})")
    return record, field


def shown(field: Field, raw: str | list[str] | None) -> Value:
    """Return what stands in the file as a form shows it: a list of lines for lists, else a text; empty for nothing.

    >>> from rdlib.plan.fields import field_of
    >>> shown(field_of(Priority, "stakeholders"), None), shown(field_of(Priority, "title"), None)
    ([], '')
    """
    if field.kind in LISTS:
        texts = raw.split("\n") if isinstance(raw, str) else raw or []
        return [text for text in texts if text.strip()]
    return "\n".join(raw) if isinstance(raw, list) else raw or ""


def link_list(path: str, field: Field) -> str:
    """Return the path of the list that a link at ``path`` points into: one of its priority, of the plan, or of a row.

    A path such as ``priorities/waits/chains/*/actors`` stands for the tables of all rows.
    """
    if path.startswith("plan/") and field.links_to == PRIORITIES.name:
        return PRIORITIES.name
    names = path.split("/")
    kind, whole = (Plan, names[:1]) if names[0] == "plan" else (Priority, names[:2])
    owner = owner_of_link(field, around(kind, "/".join(names[len(whole) :]))).path
    return "/".join(filter(None, [*whole, owner, (field.links_to or "").replace("/", "/*/")]))


def accepted(kind: Kind) -> str:
    """Return in words which forms a field of this kind accepts, where that needs saying; else an empty text.

    >>> accepted(Kind.DAY)
    'Accepted: one day, written as 2018-04-30.'
    """
    if kind is Kind.FILES:
        return _("One file a line.")
    try:
        if kind is Kind.WHEN:
            read_period("?")
        elif kind is Kind.DAY:
            read_day("?")
    except NotReadError as error:
        return _("Accepted: {forms}.").format(forms=error)
    return ""


_CONTROLS = {
    Kind.LONG_TEXT: "long",
    Kind.TEXTS: "lines",
    Kind.FILES: "lines",
    Kind.NUMBER: "number",
    Kind.PERSON: "person",
    Kind.PEOPLE: "people",
    Kind.LINK: "select",
    Kind.LINKS: "checks",
    Kind.YES_NO: "radio",
    Kind.RATING: "radio",
}


def _control(field: Field) -> str:
    if field.kind is Kind.CHOICE:
        described = len(field.choices) <= 4 and any(choice.describes for choice in field.choices)
        return "radio" if described else "select"
    return _CONTROLS.get(field.kind, "text")


def _for_page(field: Field) -> Node:
    choices = [(c.value, c.label, c.describes) for c in field.choices]
    if field.kind is Kind.YES_NO:
        choices = [("yes", _("Yes"), ""), ("no", _("No"), "")]
    return {
        "label": field.label,
        "help": " ".join(filter(None, (field.help, accepted(field.kind)))),
        "control": _control(field),
        "choices": [{"value": v, "label": w, "describes": d} for v, w, d in choices],
        "example": field.example,
        "rating": field.kind is Kind.RATING,
    }


@attrs.define
class Sheet:
    """What a form shows just now.

    Attributes:
        nodes: the blocks and tables, as the page draws them.
        declarations: what the page needs to know of each field, by a short key.
        fields: every field on the page, by path.
        values: what stands in each of them.
        rows: the heading of each row, by path.
        tables: the path of each table.
        groups: the path of each block and each group of fields.
        asks: which field of a new row is asked for before it is there, by the path of its table.
    """

    nodes: list[Node] = attrs.Factory(list)
    declarations: dict[str, Node] = attrs.Factory(dict)
    fields: dict[str, Field] = attrs.Factory(dict)
    values: dict[str, Value] = attrs.Factory(dict)
    rows: dict[str, str] = attrs.Factory(dict)
    tables: set[str] = attrs.Factory(set)
    groups: set[str] = attrs.Factory(set)
    asks: dict[str, str] = attrs.Factory(dict)

    def anchor(self, where: str) -> str | None:
        """Return the place on the page for something said of a path: the field, else what surrounds it.

        Returns:
            A path on the page; empty for what concerns the page as a whole; None for what has nothing to do with it.
        """
        near = where
        while near:
            if near in self.fields or near in self.rows or near in self.tables or near in self.groups:
                return near
            near = near.rpartition("/")[0]
        pages = self.groups | self.tables
        owner, _slash, rest = where.partition("/")
        if owner == PRIORITIES.name and "/" not in rest and any(path.startswith("plan/") for path in pages):
            return ""  # of a priority as a whole, on a page about the plan
        return "" if any(path.startswith(where + "/") for path in pages) else None

    @property
    def attempted(self) -> bool:
        """Whether anything has been entered yet."""
        return any(self.values.values())


def heading(record: type, path: str, store: PlanStore, names: Sequence[str]) -> str:
    """Name a row: its first short text, else its first answer of any kind, else nothing."""
    first = ""
    for name in names:
        _record, field = declaration(name, record)
        if field is None or field.kind is Kind.RECORDS:
            continue
        text = shown(field, store.raw(f"{path}/{name}"))
        if not isinstance(text, str) or not text.strip():
            continue
        if field.kind is Kind.TEXT:
            return text
        choice = field.choice(text)
        first = first or (choice.label if choice else text)
    return first


def linkable(store: PlanStore, table: str) -> list[tuple[str, str]]:
    """Return the rows of a table that a link can point to: the id of each, and what it is called.

    A row that stands between two others (a link of a delivery chain) is called by these.

    Args:
        store: the plan.
        table: path of the table; with ``*`` for the tables of all rows, whose answers then name both rows.
    """
    outer, star, inner = table.partition("/*/")
    if star:
        rows = linkable(store, outer)
        return [
            (f"{row}/{id_}", f"{name} ({of})" if len(rows) > 1 else name)
            for row, of in rows
            for id_, name in linkable(store, f"{outer}/{row}/{inner}")
        ]
    _owner, field = declaration(table)
    record = (field and field.record) or object
    ends = [f for f in declared(record) if f.kind is Kind.LINK and f.name in {"source", "target"}]
    if ends:
        called = dict(linkable(store, link_list(f"{table}/#1/{ends[0].name}", ends[0])))
        return [(row, _between(f"{table}/{row}", ends, called, store) or row) for row in store.rows(table)]
    names = [f.name for f in declared(record) if f.kind is Kind.TEXT]
    return [(row, heading(record, f"{table}/{row}", store, names) or row) for row in store.rows(table)]


def _between(path: str, ends: Iterable[Field], called: dict[str, str], store: PlanStore) -> str:
    raw = [store.raw(f"{path}/{field.name}") for field in ends]
    names = [called.get(end, end) for end in raw if isinstance(end, str) and end]
    return " \N{RIGHTWARDS ARROW} ".join(names)


def names_of(record: type) -> list[str]:
    """Return the names of all fields of a record that a person fills in."""
    return [field.name for field in declared(record) if field.kind is not Kind.ID]


class _Layout:
    def __init__(self, store: PlanStore) -> None:
        self.store, self.sheet = store, Sheet()
        self.keys: dict[Field, str] = {}

    def key(self, field: Field) -> str:
        if field not in self.keys:
            self.keys[field] = key = f"f{len(self.keys)}"
            self.sheet.declarations[key] = _for_page(field)
        return self.keys[field]

    def items(self, record: type, path: str, names: Sequence[str]) -> list[Node]:
        """Return the fields of a record; those that lie in the same group of fields stand in it together."""
        heads: dict[str, list[str]] = {}
        for name in names or names_of(record):
            head, _slash, rest = name.partition("/")
            heads.setdefault(head, []).extend([rest] if rest else [])
        return [self.node(declaration(head, record), f"{path}/{head}", rests) for head, rests in heads.items()]

    def node(self, there: tuple[type, Field | None], path: str, inside: Sequence[str] = ()) -> Node:
        record, field = there
        if field is None or (inside and field.kind not in {Kind.RECORD, Kind.RECORDS}):
            raise KeyError(f"there is no single field {'/'.join([path, *inside])}")
        if field.kind is Kind.RECORDS:
            return self.table(field, Table(path, inside))
        if field.kind is Kind.RECORD:
            self.sheet.groups.add(path)
            items = self.items(record, path, inside)
            return {"is": "group", "path": path, "title": field.label, "help": field.help, "items": items}
        self.sheet.fields[path] = field
        self.sheet.values[path] = shown(field, self.store.raw(path))
        node = {"is": "field", "path": path, "declared": self.key(field)}
        if field.links_to:
            node["list"] = link_list(path, field)
        return node

    def table(self, field: Field, table: Table) -> Node:
        record = field.record or object
        names = table.fields or names_of(record)
        columns = [declaration(name, record)[1] for name in names]
        nested = any(column is None or column.kind in {Kind.RECORD, Kind.RECORDS} for column in columns)
        cards = nested or (len(names) > _TABLE_COLUMNS if table.as_cards is None else table.as_cards)
        self.sheet.tables.add(table.path)
        if table.asks:
            self.sheet.asks[table.path] = table.asks
        rows = []
        for name in self.store.rows(table.path):
            path = f"{table.path}/{name}"
            if cards:
                items = self.items(record, path, names)
            else:
                items = [self.node(declaration(name, record), f"{path}/{name}") for name in names]
            rows.append({"path": path, "items": items})
            self.sheet.rows[path] = heading(record, path, self.store, names)
        return {
            "is": "table",
            "path": table.path,
            "title": table.title or field.label,
            "help": field.help,
            "cards": cards,
            "asks": table.asking,
            "columns": [] if cards else [self.key(column) for column in columns if column],
            "rows": rows,
        }

    def block(self, block: Block | Table) -> Node:
        record, field = declaration(block.path)
        is_table = field is not None and field.kind is Kind.RECORDS
        if is_table is not isinstance(block, Table) or (field and field.kind not in {Kind.RECORD, Kind.RECORDS}):
            raise TypeError(f"{block.path} is not what a {type(block).__name__} shows")
        if not _stands(self.store, block.path):
            return {"is": "gone", "path": block.path, "title": block.title}
        if isinstance(block, Table) and field:
            return self.table(field, block)
        self.sheet.groups.add(block.path)
        items = self.items(record, block.path, block.fields)
        return {"is": "block", "path": block.path, "title": block.title, "items": items}


def _stands(store: PlanStore, path: str) -> bool:
    """Whether the priority and the rows on the way to a place are in the plan."""
    try:
        store.raw(path)
    except KeyError:
        return False
    return True


def lay_out(blocks: Iterable[Block | Table], store: PlanStore) -> Sheet:
    """Work out what a form shows of a plan as it stands.

    Args:
        blocks: the parts of the plan.
        store: the plan.

    Raises:
        KeyError: a block names a field that is not declared.
        TypeError: a block's path leads to a field, or a table's path to something else.
    """
    layout = _Layout(store)
    layout.sheet.nodes = [layout.block(block) for block in blocks]
    return layout.sheet

"""The Graph: boxes and links between them, drawn, moved and linked on the picture, by keys, or by fields.

There are two sorts. In one, boxes stand in columns that are rows themselves, and links are rows. In a tree, each box
says on which other one it hangs: its column and its link follow from that, and so does what it means to move it.

What a graph is (which tables hold its columns, boxes and links, and in which steps it is made) is declared as a
:class:`Plot`. Its drawing is that of the reports. The page lets the reader select, drag and link what is drawn; when
a change is on disk, Python sends the drawing anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs
import traitlets

from rdlib.figures.html import Html, css, inline
from rdlib.plan.fields import LISTS, Choice, Field, Kind, field_of
from rdlib.plan.parts import PARTS
from rdlib.plan.store import RemovedPriority, RemovedRow
from rdlib.widgets.sheet import heading, linkable, names_of, shown
from rdlib.widgets.surface import Act, Message, Surface, common_words, look_of, page_code
from rdlib.words import _

if TYPE_CHECKING:
    from rdlib.plan.plan import Plan
    from rdlib.plan.store import PlanStore


@attrs.frozen
class Step:
    """One step in which a graph is made.

    Attributes:
        key: its stable key.
        title: what it is called.
        how: what to do in it.
        adds: the table to which it adds rows; empty where it adds none.
        asks: the fields that are asked for when a row is added; the first has to be filled in.
        fields: which fields of a selected row can be filled in, by the table of the row.
        home: the tables whose rows lead to this step when one is selected.
    """

    key: str
    title: str
    how: str
    adds: str = ""
    asks: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = {}
    home: tuple[str, ...] = ()


@attrs.frozen
class State:
    """How far a step is: whether it is done, and that in words."""

    done: bool
    says: str


@attrs.frozen(kw_only=True)
class Plot:
    """The declaration of a graph.

    Attributes:
        key: its stable key.
        title: what it is called.
        part: the table of a priority of which each row is one graph.
        named: the field of such a row that says what it is called.
        nodes: the table of such a row that holds the boxes.
        parent: the field of a box that says on which other one it hangs; empty where the graph is no tree.
        columns: the table that holds the columns; empty in a tree, as are the other names of columns and links.
        links: the table that holds the links.
        column: the field of a box that says in which column it stands.
        source: the field of a link that says where it begins.
        target: the field of a link that says where it ends.
        steps: the steps in which it is made.
        one: what a row of each table is called, by the table.
        begin: the words with which the first graph, or another one, is asked for.
        draw: returns the drawing of a row.
        key_to: returns what the lines and signs in it mean.
        figure: returns a row as a figure that needs no page.
        keyed: returns a row in which every row of its tables has an id, as paths name it.
        whole: says whether every box of a row is drawn, so that it can be changed on the picture.
        says_node: says what a box is, and what is known of it.
        says_link: says what a link is.
        states: says how far each step is.
    """

    key: str
    title: str
    part: str
    nodes: str
    named: str = "title"
    parent: str = ""
    columns: str = ""
    links: str = ""
    column: str = ""
    source: str = ""
    target: str = ""
    steps: tuple[Step, ...]
    one: Mapping[str, str]
    begin: str
    draw: Callable[[Any], Html]
    key_to: Callable[[Any], Html]
    figure: Callable[[Any], Html]
    keyed: Callable[[Any], Any]
    whole: Callable[[Any], bool]
    says_node: Callable[[Any, Any], str]
    states: Callable[[Any], Sequence[State]]
    says_link: Callable[[Any, Any], str] = lambda _row, _link: ""

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables of a graph: columns, boxes, links; in a tree boxes alone."""
        return tuple(table for table in (self.columns, self.nodes, self.links) if table)

    @property
    def record(self) -> type:
        """The type of a row that is drawn."""
        return PARTS["priority", self.part].record

    def row_type(self, table: str) -> type:
        """Return the type of the rows of one of its tables."""
        return field_of(self.record, table).record or object


def _words() -> dict[str, str]:
    """Return every sentence that the page shows by itself."""
    return common_words() | {
        "which": _("Show"),
        "steps": _("Steps"),
        "step": _("{n} {title}"),
        "begin": _("Begin"),
        "another": _("Begin another one"),
        "add": _("Add: {one}"),
        "choose_one": _("Choose one"),
        "as_written": _("“{text}”, as it stands in the file"),
        "unnamed": _("(no name yet)"),
        "select": _("Select"),
        "selected": _("{one}: {name}"),
        "nothing": _("(nothing)"),
        "none_selected": _("Select something in the picture, or here, to fill in what is asked about it."),
        "link_from": _("Link from here"),
        "to_left": _("Move left"),
        "to_right": _("Move right"),
        "remove": _("Remove"),
        "back": _("Back to the picture"),
        "undo": _("Undo"),
        "removed": _("Removed: {name}."),
        "put_back": _("Put back: {name}."),
        "moved": _("{name} now stands in “{column}”."),
        "edge": _("There is no column further that way."),
        "linking": _(
            "From {name}: go to another one with the arrow keys and press Enter, or click it. Escape stops it."
        ),
        "no_linking": _("No link was drawn."),
        "linked": _("A link leads from {source} to {target}."),
        "linked_already": _("A link of this kind leads from {source} to {target} already."),
        "to_itself": _("A link leads to another one, not to the one that it comes from."),
        "no_links": _("{name} has no links yet. Press L to draw one."),
        "gone": _("This part is no longer in the plan."),
        "keys": _("Keys"),
        "grouped": _(
            "There are too many to change them on the picture: it shows one box a column. Change them in the fields "
            "below."
        ),
        "nested": _("{name} is now a branch of “{over}”, {n} of {all}."),
        "first": _("{name} is the first of its branches already."),
        "last": _("{name} is the last of its branches already."),
        "no_further_out": _("{name} hangs on the trunk; it cannot go further out."),
        "no_further_in": _("{name} has no neighbour above it on which it could hang."),
        "in_itself": _("{name} cannot hang on itself, or on what hangs on it."),
        "outdent": _("One level out"),
        "indent": _("One level in"),
        "up": _("Up"),
        "down": _("Down"),
        "add_below": _("Add a branch"),
        "removed_all": _("Removed: {name}, with all that hangs on it ({n})."),
    }


def _how() -> str:
    return _(
        "Click a box to select it. Drag it to another column, or drag from the round handle at its right edge to "
        "another box to link the two. Everything works by keys too; they are listed below the picture."
    )


def _how_tree() -> str:
    return _(
        "Click a box to select it. Drag it onto another box to hang it there, or onto the upper or lower edge of one "
        "to put it before or after. Everything works by keys too; they are listed below the picture."
    )


def _tree_keys() -> list[tuple[str, str]]:
    """Return the keys that work on the picture of a tree, and what each does."""
    return [
        (_("Tab"), _("into the picture, and out again")),
        (_("Arrow left, arrow right"), _("to what the box hangs on, or to its first branch")),
        (_("Arrow up, arrow down"), _("to the next box of the same depth")),
        (_("Home, End"), _("to the first or the last box of that depth")),
        (_("Shift with arrow right"), _("one level in: hang the box on the neighbour above it")),
        (_("Shift with arrow left"), _("one level out: put it after what it hangs on")),
        (_("Shift with arrow up or down"), _("before or after its neighbour, with all that hangs on it")),
        (_("A"), _("add a branch to this box")),
        (_("B"), _("add a box beside it")),
        (_("Enter"), _("to the fields of what is selected; Escape goes back to the picture")),
        (_("Delete"), _("remove the box and all that hangs on it")),
        (_("U"), _("undo the last removal")),
    ]


def _keys() -> list[tuple[str, str]]:
    """Return the keys that work on the picture, and what each does."""
    return [
        (_("Tab"), _("into the picture, to the names of the columns, and out again")),
        (_("Arrow left, arrow right"), _("along a link, or to the next column")),
        (_("Arrow up, arrow down"), _("to the next box of the column")),
        (_("Shift with arrow left or right"), _("move the box, or the column, one column on")),
        (_("A"), _("add a box to this column")),
        (_("L"), _("draw a link: then go to the other box, and Enter")),
        (_("K"), _("to the links of the box, and on to the next one; Escape goes back")),
        (_("Enter"), _("to the fields of what is selected; Escape goes back to the picture")),
        (_("Delete"), _("remove what is selected")),
        (_("U"), _("undo the last removal")),
    ]


class Graph(Surface):
    """The graphs of a priority, one at a time, to be made and changed.

    Args:
        store: the plan.
        plot: what is drawn.
        priority: the id of the priority.
        title: the heading; left empty, none.

    Example (in a notebook cell)::

        Graph(store, DELIVERY_CHAIN, "waits")
    """

    _esm = page_code("graph.js")
    _css = look_of("form.css", "graph.css")
    look = traitlets.Unicode().tag(sync=True)
    fixed = traitlets.Dict().tag(sync=True)

    def __init__(self, store: PlanStore, plot: Plot, priority: str, *, title: str = "") -> None:
        """Show the first graph of the priority as the plan has it."""
        self._plot, self._priority = plot, priority
        self._row = ""
        self._fields: dict[str, Field] = {}
        self._values: dict[str, str] = {}
        self._undo: list[tuple[str, list[RemovedRow | RemovedPriority]]] = []
        super().__init__(store, title, _words(), look=css(), fixed=self._declared())

    @property
    def _table(self) -> str:
        return f"priorities/{self._priority}/{self._plot.part}"

    @property
    def _here(self) -> str:
        return f"{self._table}/{self._row}"

    def _declared(self) -> dict[str, Any]:
        """Return what never changes about the graph, for the page."""
        plot = self._plot
        steps = [
            {
                "key": step.key,
                "title": step.title,
                "how": step.how,
                "adds": step.adds,
                "asks": list(step.asks),
                "fields": {table: list(names) for table, names in step.fields.items()},
                "home": list(step.home),
            }
            for step in plot.steps
        ]
        tables = {
            table: {
                "one": plot.one[table],
                "fields": {name: _for_page(field_of(plot.row_type(table), name)) for name in self._shown(table)},
            }
            for table in plot.tables
        }
        return {
            "name": plot.title,
            "steps": steps,
            "tables": tables,
            "columns": plot.columns,
            "nodes": plot.nodes,
            "links": plot.links,
            "parent": plot.parent,
            "column": plot.column,
            "begin": plot.begin,
            "source": plot.source,
            "target": plot.target,
            "keys": _tree_keys() if plot.parent else _keys(),
            "how": _how_tree() if plot.parent else _how(),
        }

    def _shown(self, table: str) -> list[str]:
        """Return the fields of a table that some step asks for, and those that the picture changes."""
        plot = self._plot
        asked = {name for step in plot.steps for name in step.fields.get(table, ())}
        asked |= {name for step in plot.steps if step.adds == table for name in step.asks}
        if table == plot.nodes:
            asked.add(plot.parent or plot.column)
        elif table == plot.links:
            asked |= {plot.source, plot.target}
        return [name for name in names_of(plot.row_type(table)) if name in asked]

    def face(self) -> Html:
        """Return every graph of the priority, as HTML that needs no kernel and no script."""
        with self._desk.lock:
            reading = self._store.read()
            rows = self._rows(reading.plan)
            figures = "".join(self._plot.figure(row) for row in rows) or self._plot.figure(self._plot.record())
            said = [p for p in reading.problems if p.where.startswith(f"{self._table}/")]
            problems = "".join(f"<li>{inline(str(problem))}</li>" for problem in said)
            listed = f'<div class="rd"><ul>{problems}</ul></div>' if problems else ""
            heading = f'<h3 class="rd">{inline(self.title)}</h3>' if self.title else ""
            return Html(heading + figures + listed)

    def _rows(self, plan: Plan) -> list[Any]:
        """Return the graphs of the priority."""
        priority = plan.priority(self._priority)
        rows = PARTS["priority", self._plot.part].read(priority) if priority else ()
        return [self._plot.keyed(row) for row in rows]

    # --- showing ----------------------------------------------------------------------------------------------------

    def _show(self, *, judge: bool) -> None:
        reading = self._store.read()
        names = self._store.rows(self._table) if reading.plan.priority(self._priority) else []
        rows = dict(zip(names, self._rows(reading.plan), strict=True))
        if self._row not in rows:
            self._row = next(iter(rows), "")
        row = rows.get(self._row)
        self._lay_out()
        problems = {p.where: p for p in reading.problems}
        said = {
            path: _("{found} is kept as you typed it, but it cannot be read. Accepted: {accepted}.").format(
                found=problems[path].found, accepted=problems[path].accepted
            )
            for path in self._fields
            if path in problems
        }
        desk = self._desk
        self.now = {
            "values": self._values,
            "graphs": [
                (name, heading(self._plot.record, f"{self._table}/{name}", self._store, [self._plot.named]))
                for name in rows
            ],
            "shown": self._row,
            **(self._of(row) if row is not None else _NOTHING),
            "gone": reading.plan.priority(self._priority) is None,
            "undo": self._undo[-1][0] if self._undo else None,
            "problems": said | {path: text for path, text in desk.refused.items() if path in self._fields},
            "conflicts": {p: {"label": h.label, "mine": h.mine} for p, h in desk.held.items() if p in self._fields},
            "refused": list(desk.refused),
            "saved": desk.saved.timestamp() * 1000 if desk.saved else None,
            "trouble": desk.trouble,
            "news": desk.news,
            "acks": dict(self._acks),
        }

    def _of(self, row: Any) -> dict[str, Any]:
        """Return one graph for the page: its drawing, and what can be selected in it."""
        plot = self._plot
        columns = [{"id": each.id, "path": path, "name": name} for each, path, name in self._rows_of(row, plot.columns)]
        nodes = [
            {
                "id": each.id,
                "path": path,
                "name": name,
                "parent" if plot.parent else "column": getattr(each, plot.parent or plot.column) or "",
                "says": plot.says_node(row, each),
            }
            for each, path, name in self._rows_of(row, plot.nodes)
        ]
        links = [
            {
                "id": each.id,
                "path": path,
                "source": getattr(each, plot.source) or "",
                "target": getattr(each, plot.target) or "",
                "says": plot.says_link(row, each),
            }
            for each, path, _name in self._rows_of(row, plot.links)
        ]
        return {
            "columns": columns,
            "nodes": nodes,
            "links": links,
            "states": [attrs.asdict(state) for state in plot.states(row)],
            "drawing": plot.draw(row),
            "key": plot.key_to(row),
            "whole": plot.whole(row),
        }

    def _rows_of(self, row: Any, table: str) -> list[tuple[Any, str, str]]:
        """Return the rows of a table, each with its path and its name; none where the graph has no such table."""
        if not table:
            return []
        names = [name for _id, name in linkable(self._store, f"{self._here}/{table}")]
        rows = zip(getattr(row, table), names, strict=True)
        return [(each, f"{self._here}/{table}/{each.id}", name) for each, name in rows]

    def _lay_out(self) -> None:
        """Note which fields are on the page and what stands in them."""
        self._fields = {}
        if self._row:
            for table in self._plot.tables:
                record = self._plot.row_type(table)
                fields = [field_of(record, name) for name in self._shown(table)]
                for row in self._store.rows(f"{self._here}/{table}"):
                    self._fields |= {f"{self._here}/{table}/{row}/{field.name}": field for field in fields}
        self._values = {path: self._raw(path, field) for path, field in self._fields.items()}

    def _raw(self, path: str, field: Field) -> str:
        value = shown(field, self._store.raw(path))
        return value if isinstance(value, str) else "\n".join(value)

    # --- hearing ----------------------------------------------------------------------------------------------------

    def _acts(self) -> Mapping[str, Act]:
        return {
            "look": self._look,
            "write": self._write,
            "choose": self._choose,
            "open": self._open,
            "begin": self._begin,
            "add": self._add,
            "link": self._link,
            "order": self._order,
            "nest": self._nest,
            "remove": self._remove,
            "undo": self._put_back,
        }

    def _look(self, _message: Message) -> None:
        before = self._values
        if self._desk.refresh():
            if self._row and self._row not in self._store.rows(self._table):
                self._row = ""
            self._lay_out()
            self._desk.tell([path for path, value in self._values.items() if before.get(path, value) != value])

    def _write(self, message: Message) -> None:
        path = message["path"]
        self._desk.write(self._fields[path], path, message["value"], message["bases"])

    def _choose(self, message: Message) -> None:
        path = message["path"]
        self._desk.choose(self._fields[path], path, message["value"])

    def _open(self, message: Message) -> None:
        if message["row"] in self._store.rows(self._table):
            self._row = message["row"]
            self._undo = []

    def _begin(self, message: Message) -> str:
        path = self._desk.add(self._table, {self._plot.named: str(message["name"]).strip()})
        self._row, self._undo = path.rpartition("/")[2], []
        return path

    def _add(self, message: Message) -> str:
        table = message["table"]
        if table not in self._plot.tables:
            raise KeyError(table)
        asked = {name for step in self._plot.steps if step.adds == table for name in step.asks}
        given = {name: str(value).strip() for name, value in message["values"].items() if name in asked}
        if table == self._plot.links and (there := self._same(given)):
            return there
        return self._desk.add(f"{self._here}/{table}", {name: value for name, value in given.items() if value})

    def _link(self, message: Message) -> str:
        plot = self._plot
        ends = {plot.source: str(message["source"]), plot.target: str(message["target"])}
        if not set(ends.values()) <= set(self._store.rows(f"{self._here}/{plot.nodes}")):
            raise KeyError(str(ends))  # one of them was removed meanwhile
        return self._same(ends) or self._desk.add(f"{self._here}/{plot.links}", ends)

    def _same(self, given: Mapping[str, str]) -> str | None:
        """Return the path of the link that says the same already; None where there is none."""
        table = f"{self._here}/{self._plot.links}"
        asked = {name for step in self._plot.steps if step.adds == self._plot.links for name in step.asks}
        for row in self._store.rows(table):
            there = {name: self._raw(f"{table}/{row}/{name}", field_of(self._link_type, name)) for name in asked}
            if all(there[name] == given.get(name, "") for name in asked):
                return f"{table}/{row}"
        return None

    @property
    def _link_type(self) -> type:
        return self._plot.row_type(self._plot.links)

    def _order(self, message: Message) -> str:
        path = str(message["path"])
        if path not in self._paths(self._plot.columns):
            raise KeyError(path)
        return self._desk.move(path, 1 if message["by"] > 0 else -1)

    def _nest(self, message: Message) -> str:
        """Hang a box of a tree on another one, as its last branch; or put it before or after another one."""
        plot, path, other = self._plot, str(message["path"]), str(message["other"])
        over = self._parents() if plot.parent else {}
        id_ = path.rpartition("/")[2]
        if other not in over or id_ not in over or other in {id_, *self._hanging_on(id_)}:
            raise KeyError(path)
        under = message["where"] == "under"
        branches = [each for each, parent in over.items() if parent == other and each != id_] if under else []
        beside = branches[-1] if branches else None if under else other
        field = field_of(plot.row_type(plot.nodes), plot.parent)
        self._desk.write(field, f"{path}/{plot.parent}", other if under else over[other], [over[id_]])
        if beside is not None:
            order = [each for each in over if each != id_]
            to = order.index(beside) + (message["where"] != "before")
            path = self._desk.move(path, to - list(over).index(id_))
        return path

    def _parents(self) -> dict[str, str]:
        """Return on which box each box of a tree hangs, in the order of the rows; empty for none."""
        paths = self._paths(self._plot.nodes)
        field = field_of(self._plot.row_type(self._plot.nodes), self._plot.parent)
        return {path.rpartition("/")[2]: self._raw(f"{path}/{field.name}", field) for path in paths}

    def _hanging_on(self, id_: str) -> list[str]:
        """Return every box that hangs on a box of a tree, near or far, in the order of the rows."""
        over = self._parents()
        found = {id_}
        while more := {each for each, parent in over.items() if parent in found} - found:
            found |= more
        return [each for each in over if each in found and each != id_]

    def _paths(self, table: str) -> list[str]:
        return [f"{self._here}/{table}/{row}" for row in self._store.rows(f"{self._here}/{table}")]

    def _remove(self, message: Message) -> None:
        """Remove a row; with a box, the links that lead to it and away from it, or in a tree what hangs on it."""
        plot, path = self._plot, str(message["path"])
        table = next((name for name in plot.tables if path in self._paths(name)), None)
        if table is None:
            raise KeyError(path)
        name = heading(plot.row_type(table), path, self._store, names_of(plot.row_type(table))) or plot.one[table]
        gone = self._with(path) if table == plot.nodes else []
        removed = []
        for each in [*reversed(gone), path]:
            self._desk.remove(each, name)
            removed.append(self._desk.removed[each.rpartition("/")[0]][0])
        self._undo.append((name, removed))

    def _with(self, path: str) -> list[str]:
        """Return what goes when a box goes."""
        table, _slash, id_ = path.rpartition("/")
        if self._plot.parent:
            return [f"{table}/{each}" for each in self._hanging_on(id_)]
        return [*self._links_of(id_)]

    def _links_of(self, node: str) -> Iterator[str]:
        for path in self._paths(self._plot.links):
            if node in {self._store.raw(f"{path}/{end}") for end in (self._plot.source, self._plot.target)}:
                yield path

    def _put_back(self, _message: Message) -> str | None:
        """Undo the last removal."""
        if not self._undo:
            return None
        _name, removed = self._undo.pop()
        path = ""
        for each in reversed(removed):
            last = self._desk.removed.get(each.table)
            if last and last[0] is each:  # so that the form below does not put it back once more
                del self._desk.removed[each.table]
            name = self._known(each) or self._store.put_back(each)
            path = path or f"{each.table}/{name}"
        self._desk.changes += 1
        return path

    def _known(self, removed: RemovedRow | RemovedPriority) -> str | None:
        """Return the name of a removed row that is there again: it was put back in the form."""
        id_ = removed.row.get("id") if isinstance(removed, RemovedRow) and isinstance(removed.row, dict) else None
        return id_ if isinstance(id_, str) and id_ in self._store.rows(removed.table) else None


_NOTHING: dict[str, Any] = {
    "columns": [],
    "nodes": [],
    "links": [],
    "states": [],
    "drawing": "",
    "key": "",
    "whole": True,
}


def _for_page(field: Field) -> dict[str, Any]:
    """Return what the page needs to know of a field."""
    choices: tuple[Choice, ...] = field.choices
    if field.kind is Kind.YES_NO:
        choices = (Choice("yes", _("Yes")), Choice("no", _("No")))
    rated = field.kind is Kind.RATING
    control = "long" if field.kind is Kind.LONG_TEXT or field.kind in LISTS else "text"
    if choices or field.links_to:
        control = "select"
    return {
        "label": field.label,
        "help": field.help,
        "control": control,
        "number": field.kind is Kind.NUMBER,
        "list": field.links_to or "",
        "choices": [(c.value, f"{c.value} {c.label}" if rated else c.label, c.describes) for c in choices],
    }

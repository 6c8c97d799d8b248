"""The Board: items placed on two axes by dragging, by arrow keys, or by typing numbers in the table beside them.

What a board is (axes, levels, zones, whose rows stand on it) is declared in :mod:`rdlib.rules.boards`; its drawing is
that of :mod:`rdlib.figures.board`, the same in a report. The page moves an item at once and sends the numbers; when
they are on disk, Python sends the drawing anew, in which no dot or name covers another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import traitlets

from rdlib.figures.board import (
    NARROW,
    arrows_note,
    board_figure,
    drawing,
    levels_table,
    looks_in_words,
    own_names_note,
)
from rdlib.figures.html import Html, css, inline
from rdlib.plan.boards import ZONE_NAMES, ZoneName
from rdlib.plan.fields import Field, field_of
from rdlib.plan.parts import PARTS
from rdlib.rules import boards
from rdlib.rules.boards import Item, names_of
from rdlib.widgets.sheet import shown
from rdlib.widgets.surface import Act, Message, Surface, common_words, look_of, page_code
from rdlib.words import _

if TYPE_CHECKING:
    from rdlib.plan.plan import Plan
    from rdlib.plan.store import PlanStore

_NAMES = f"plan/{ZONE_NAMES.key}"


def _words() -> dict[str, str]:
    """Return every sentence that the page shows by itself."""
    return common_words() | {
        "board": _("Board"),
        "how": _(
            "Drag an item, or go to it with the Tab key and move it with the arrow keys: with Shift in larger steps, "
            "with Home, End, Page up and Page down to the ends, with Delete off the board. Or type its numbers in the "
            "table."
        ),
        "tray": _("Not placed yet"),
        "tray_how": _("Drag one onto the board; a click or Enter puts it in the middle."),
        "tray_empty": _("Everything is placed."),
        "put": _("Put {item} on the board"),
        "numbers": _("The numbers"),
        "item": _("Number and name"),
        "zone": _("Where it lies"),
        "cell": _("{axis}, {item}"),
        "unplaced": _("not placed yet"),
        "says": _("{item}: {across} {x} ({x_level}), {up} {y} ({y_level}). {zone}."),
        "means": _("{axis} {value}: {level}. {describes}"),
        "taken_off": _("{item} is off the board."),
        "levels": _("What the levels mean"),
        "names": _("Names of the zones"),
        "names_how": _(
            "These names are our own choice. Write another one where it fits better; left empty, ours stands."
        ),
        "name_of": _("Name for: {about}"),
        "empty": _("There is nothing to place yet."),
        "gone": _("This part is no longer in the plan."),
    }


class Board(Surface):
    """A board of a priority, to be arranged.

    Args:
        store: the plan.
        board: what the board is.
        priority: the id of the priority.
        title: the heading; left empty, none.

    Example (in a notebook cell)::

        Board(store, MATRIX, "waits")
    """

    _esm = page_code("board.js")
    _css = look_of("form.css", "board.css")
    look = traitlets.Unicode().tag(sync=True)
    fixed = traitlets.Dict().tag(sync=True)

    def __init__(self, store: PlanStore, board: boards.Board, priority: str, *, title: str = "") -> None:
        """Show the board as the plan has it."""
        self._board, self._priority = board, priority
        self._fields: dict[str, Field] = {}
        self._values: dict[str, str] = {}
        super().__init__(store, title, _words(), look=css(), fixed=self._declared())

    def _declared(self) -> dict[str, Any]:
        """Return what never changes about the board, for the page."""
        board = self._board
        axes = {
            name: {
                "label": axis.label,
                "low": axis.low,
                "high": axis.high,
                "step": axis.step,
                "cuts": list(axis.cuts),
                "levels": [{"at": float(c.value), "label": c.label, "describes": c.describes} for c in axis.levels],
            }
            for name, axis in (("x", board.across), ("y", board.up))
        }
        zones = [
            {
                "key": z.key,
                "column": z.column,
                "row": z.row,
                "about": z.about,
                "path": _name_path(z.key) if z.ours else "",
            }
            for z in board.zones
        ]
        return {
            "name": board.title,
            "axes": axes,
            "zones": zones,
            "notes": list(board.notes),
            "key": looks_in_words(board),
            "levels": levels_table(board),
        }

    def face(self) -> Html:
        """Return the board as it stands, as HTML that needs no kernel and no script."""
        with self._desk.lock:
            reading = self._store.read()
            items, names = self._placed(reading.plan)
            paths = {path for item in items for path in self._paths(item)}
            said = [p for p in reading.problems if p.where in paths]
            problems = "".join(f"<li>{inline(str(problem))}</li>" for problem in said)
            heading = f'<h3 class="rd">{inline(self.title)}</h3>' if self.title else ""
            listed = f'<div class="rd"><ul>{problems}</ul></div>' if problems else ""
            return Html(heading + board_figure(self._board, items, names) + listed)

    def _placed(self, plan: Plan) -> tuple[Sequence[Item], Mapping[str, str]]:
        """Return the items of the board and the names of its zones, as a plan has them."""
        priority = plan.priority(self._priority)
        items = self._board.items(priority, plan) if priority else ()
        return items, names_of(self._board, plan)

    def _paths(self, item: Item) -> tuple[str, str]:
        """Return the paths of the two numbers of an item: across, up."""
        row = f"priorities/{self._priority}/{self._board.part}/{item.id}"
        return f"{row}/{self._board.across.field}", f"{row}/{self._board.up.field}"

    # --- showing ----------------------------------------------------------------------------------------------------

    def _show(self, *, judge: bool) -> None:
        reading = self._store.read()
        items, names = self._placed(reading.plan)
        self._lay_out(items)
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
            "items": [self._for_page(n, item) for n, item in enumerate(items, start=1)],
            "names": dict(names),
            "note": " ".join(filter(None, (arrows_note(items), own_names_note(self._board, names)))),
            "drawings": [drawing(self._board, items, names), drawing(self._board, items, names, NARROW)],
            "decimal": "," if reading.plan.language == "fr" else ".",
            "gone": reading.plan.priority(self._priority) is None,
            "problems": said | {path: text for path, text in desk.refused.items() if path in self._fields},
            "conflicts": {p: {"label": h.label, "mine": h.mine} for p, h in desk.held.items() if p in self._fields},
            "refused": list(desk.refused),
            "saved": desk.saved.timestamp() * 1000 if desk.saved else None,
            "trouble": desk.trouble,
            "news": desk.news,
            "acks": dict(self._acks),
        }

    def _lay_out(self, items: Sequence[Item]) -> None:
        """Note which fields are on the board and what stands in them."""
        record = PARTS["priority", self._board.part].record
        across, up = field_of(record, self._board.across.field), field_of(record, self._board.up.field)
        self._fields = {}
        for item in items:
            self._fields |= dict(zip(self._paths(item), (across, up), strict=True))
        self._fields |= {_name_path(z.key): field_of(ZoneName, "name") for z in self._board.zones if z.ours}
        self._values = {path: self._raw(path, field) for path, field in self._fields.items()}

    def _raw(self, path: str, field: Field) -> str:
        try:
            raw = self._store.raw(path)
        except KeyError:  # a zone that nobody has named yet
            return ""
        value = shown(field, raw)
        return value if isinstance(value, str) else "\n".join(value)

    def _for_page(self, number: int, item: Item) -> dict[str, Any]:
        x_path, y_path = self._paths(item)
        return {
            "id": item.id,
            "number": number,
            "name": item.name,
            "x": item.x,
            "y": item.y,
            "paths": {"x": x_path, "y": y_path},
            "state": item.state if self._board.key_to_looks else "",
            "notes": list(item.notes),
        }

    # --- hearing ----------------------------------------------------------------------------------------------------

    def _acts(self) -> Mapping[str, Act]:
        return {"look": self._look, "write": self._write, "choose": self._choose}

    def _look(self, _message: Message) -> None:
        before = self._values
        if self._desk.refresh():
            self._lay_out(self._placed(self._store.read().plan)[0])
            self._desk.tell([path for path, value in self._values.items() if before.get(path, value) != value])

    def _write(self, message: Message) -> None:
        path = message["path"]
        field = self._fields[path]
        self._make_room(path)
        self._desk.write(field, path, message["value"], message["bases"])

    def _choose(self, message: Message) -> None:
        path = message["path"]
        self._desk.choose(self._fields[path], path, message["value"])

    def _make_room(self, path: str) -> None:
        """Add the row for the name of a zone, where the plan has none yet."""
        table, _slash, key = path.rpartition("/")[0].rpartition("/")
        if table == _NAMES and key not in self._store.rows(table):
            self._store.add_row(table, {"id": key})


def _name_path(key: str) -> str:
    return f"{_NAMES}/{key}/name"

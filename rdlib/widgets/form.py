"""The Form: fields and tables of a plan as one small widget with native controls.

Python keeps the plan and says what is on the page; the page only shows it and sends back what is typed. The page tells
the reader "saved" when, and only when, Python has answered that it is on disk; until then it keeps the text in the
browser and sends it again by itself.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import traitlets

from rdlib.plan.fields import Field, Kind
from rdlib.plan.values import NotReadError, read_yes_no
from rdlib.rules import staleness
from rdlib.rules.findings import NOT_ATTEMPTED_SHAPE, Finding, Severity, worst_first
from rdlib.widgets.face import static_face
from rdlib.widgets.sheet import Block, Sheet, Table, Value, lay_out, link_list, linkable
from rdlib.widgets.surface import Act, Message, Surface, common_words, look_of, page_code
from rdlib.words import _, format_number, plural

if TYPE_CHECKING:
    from rdlib.figures.html import Html
    from rdlib.plan.store import PlanStore, Reading

__all__ = ["Block", "Form", "Table"]

Check = Callable[["Reading"], Iterable[Finding]]

_log = logging.getLogger(__name__)
_MARK = re.compile(r"^\s*(?:[-\u2013\u2022*]|\d{1,3}[.)])\s+")  # what stands before a line of a list that is pasted


def _words() -> dict[str, str]:
    """Return every sentence that the page shows by itself."""
    return common_words() | {
        "example": _("Example: {text}"),
        "unanswered": _("Not answered yet"),
        "unrated": _("Not rated"),
        "choose_one": _("Choose one"),
        "none_to_tick": _("Nothing to tick yet: that list is empty."),
        "no_longer": _("“{text}”, no longer in the plan"),
        "as_written": _("“{text}”, as it stands in the file"),
        "next": _("Next step:"),
        "still_holds": _("It still holds"),
        "why": _("Why it matters"),
        "place": _("{label}, row {n}"),
        "row": _("Row {n}"),
        "another": _("{label}, person {n}"),
        "add": _("Add a row"),
        "add_to": _("Add a row to “{table}”"),
        "remove": _("Remove"),
        "remove_row": _("Remove {row}"),
        "up": _("Move up"),
        "up_row": _("Move {row} up"),
        "down": _("Move down"),
        "down_row": _("Move {row} down"),
        "tools": _("Change the rows"),
        "removed": _("Removed: {row}."),
        "undo": _("Undo"),
        "empty": _("No rows yet."),
        "gone": _("This part is no longer in the plan."),
        "orphan": _("You typed this for a row that is no longer in the plan. Copy what you need."),
        "discard": _("Discard this text"),
    }


class Form(Surface):
    """Fields and tables of a plan, to be filled in.

    Args:
        store: the plan.
        blocks: what to show of it, in order.
        check: judges the plan as it stands; called after each change.
        title: the heading of the form; left empty, none.

    Raises:
        KeyError: a block names a field that is not declared.
        TypeError: a block's path leads to a field, or a table's path to something else.

    Example (in a notebook cell)::

        Form(store, [Block("priorities/waits", ("title", "summary")), Table("priorities/waits/outcomes")])
    """

    _esm = page_code("form.js")
    _css = look_of("form.css")
    declared = traitlets.Dict().tag(sync=True)
    nodes: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(
        self, store: PlanStore, blocks: Iterable[Block | Table], *, check: Check | None = None, title: str = ""
    ) -> None:
        """Lay the form out and judge what stands in the plan."""
        self._blocks = tuple(blocks)
        self._check = check
        self._findings: list[Finding] = []
        self._unchecked = ""
        self._sheet = Sheet()
        super().__init__(store, title, _words())

    def face(self) -> Html:
        """Return the answers and findings as they stand, as HTML that needs no kernel and no script."""
        with self._desk.lock:
            reading = self._store.read()
            self._sheet = lay_out(self._blocks, self._store)
            self._judge(reading)
            findings = self._here() if self._check else None
            return static_face(self._sheet, reading, self.title, findings)

    # --- showing ----------------------------------------------------------------------------------------------------

    def _show(self, *, judge: bool) -> None:
        reading = self._store.read()
        self._sheet = lay_out(self._blocks, self._store)
        if judge:
            self._judge(reading)
        with self.hold_sync():
            self.declared = self._sheet.declarations
            self.nodes = self._sheet.nodes
            self.now = self._state(reading)

    def _judge(self, reading: Reading) -> None:
        self._findings, self._unchecked = [], ""
        if self._check is None or not self._sheet.attempted:
            return
        try:
            found = [*self._check(reading), *self._stale(reading)]
            self._findings = worst_first(dict.fromkeys(found))
        except Exception:  # a fault in a check must never keep an answer from being saved or shown
            _log.exception("The check of this form failed.")
            self._unchecked = _("Your answers are saved, but they could not be checked just now.")

    def _stale(self, reading: Reading) -> Iterator[Finding]:
        """Give what was built on something that has changed since, at the fields that this form shows."""
        shown = {path.split("/")[1] for path in self._sheet.fields if path.startswith("priorities/")}
        for priority in reading.plan.priorities:
            if priority.id in shown:
                found = staleness.check(priority, reading.plan)
                yield from (finding for finding in found if finding.where in self._sheet.fields)

    def _state(self, reading: Reading) -> dict[str, Any]:
        desk = self._desk
        problems = {p.where: p for p in reading.problems}
        said = {
            path: _("{found} is kept as you typed it, but it cannot be read. Accepted: {accepted}.").format(
                found=problems[path].found, accepted=problems[path].accepted
            )
            for path in self._sheet.fields
            if path in problems
        }
        return {
            "values": self._sheet.values,
            "stands_for": self._stands_for(),
            "hints": self._names(reading),
            "units": self._units(),
            "lists": self._lists(),
            "people": [p.name or p.id for p in reading.plan.people],
            "headings": self._sheet.rows,
            "problems": said | desk.refused,
            "findings": self._placed(),
            "summary": self._summary(),
            "conflicts": {path: {"label": h.label, "mine": h.mine} for path, h in desk.held.items()},
            "removed": {t: {"place": r.place, "heading": h} for t, (r, h) in desk.removed.items()},
            "refused": list(desk.refused),
            "saved": desk.saved.timestamp() * 1000 if desk.saved else None,
            "trouble": desk.trouble,
            "news": desk.news,
            "acks": dict(self._acks),
        }

    def _stands_for(self) -> dict[str, str]:
        """Return which choice an answer stands for where it is written differently ("oui", "true")."""
        out = {}
        for path, field in self._sheet.fields.items():
            value = self._sheet.values[path]
            if isinstance(value, str) and (meant := _meant(field, value)) and meant != value:
                out[path] = meant
        return out

    def _names(self, reading: Reading) -> dict[str, str]:
        """Return the name behind an answer that is the id of one of the plan's people."""
        out = {}
        for path, field in self._sheet.fields.items():
            value = self._sheet.values[path]
            if field.kind is Kind.PERSON and isinstance(value, str) and value:
                name = reading.plan.person(value)
                if name and name != value:
                    out[path] = name
        return out

    def _units(self) -> dict[str, str]:
        out = {}
        for path, field in self._sheet.fields.items():
            unit: Value | None = field.unit
            if unit == "indicator":
                before, found, after = path.rpartition("/indicators/")
                unit = self._store.raw(f"{before}{found}{after.split('/')[0]}/unit") if found else None
            if isinstance(unit, str) and unit:
                out[path] = unit
        return out

    def _lists(self) -> dict[str, list[tuple[str, str]]]:
        """Return the rows that a link can point to, each with its name."""
        out: dict[str, list[tuple[str, str]]] = {}
        for path, field in self._sheet.fields.items():
            where = link_list(path, field)
            if field.links_to and where not in out:
                out[where] = linkable(self._store, where)
        return out

    def _placed(self) -> dict[str, list[dict[str, str]]]:
        out: dict[str, list[dict[str, str]]] = {}
        for finding in self._here():
            out.setdefault(self._sheet.anchor(finding.where) or "", []).append(
                {
                    "code": finding.code,
                    "severity": finding.severity.value,
                    "shape": finding.severity.shape,
                    "word": finding.severity.word,
                    "title": finding.title,
                    "what": finding.what,
                    "next": finding.next_step,
                    "why": finding.why,
                    **({"confirm": finding.where} if self._can_confirm(finding) else {}),
                }
            )
        return out

    def _can_confirm(self, finding: Finding) -> bool:
        return finding.code == staleness.CHANGED.code and finding.where in self._sheet.fields

    def _here(self) -> list[Finding]:
        return [f for f in self._findings if self._sheet.anchor(f.where) is not None]

    def _summary(self) -> list[dict[str, str]]:
        if self._unchecked:
            return [{"shape": Severity.WEAK.shape, "text": self._unchecked}]
        if self._check is None:
            return []
        if not self._sheet.attempted:
            return [{"shape": NOT_ATTEMPTED_SHAPE, "text": _("Not attempted yet")}]
        counts = [(s, sum(f.severity is s for f in self._here())) for s in Severity]
        return [{"shape": s.shape, "text": _count(s, n)} for s, n in counts if n]

    # --- hearing ----------------------------------------------------------------------------------------------------

    def _acts(self) -> Mapping[str, Act]:
        return {
            "look": self._look,
            "write": self._write,
            "choose": self._choose,
            "confirm": self._confirm,
            "add": self._add,
            "remove": self._remove,
            "put_back": self._put_back,
            "move": self._move,
        }

    def _look(self, _message: Message) -> None:
        before = self._sheet.values
        if self._desk.refresh():
            after = lay_out(self._blocks, self._store).values
            self._desk.tell([path for path, value in after.items() if before.get(path, value) != value])

    def _write(self, message: Message) -> None:
        path = message["path"]
        self._desk.write(self._sheet.fields[path], path, message["value"], message["bases"])

    def _choose(self, message: Message) -> None:
        path = message["path"]
        self._desk.choose(self._sheet.fields[path], path, message["value"])

    def _confirm(self, message: Message) -> None:
        if message["path"] in self._sheet.fields:
            self._desk.confirm(message["path"])

    def _add(self, message: Message) -> str | None:
        path = message["path"]
        if path not in self._sheet.tables:
            return None
        asked = self._sheet.asks.get(path)
        if asked is None:
            return self._desk.add(path)
        value = message.get("value") or ""
        names = [_MARK.sub("", name).strip() for name in (value if isinstance(value, list) else [value])]
        return [self._desk.add(path, {asked: name}) for name in names][-1]

    def _remove(self, message: Message) -> str | None:
        path = message["path"]
        self._desk.remove(path, self._sheet.rows[path])
        return str(path.rpartition("/")[0])

    def _put_back(self, message: Message) -> str | None:
        return self._desk.put_back(message["path"]) if message["path"] in self._desk.removed else None

    def _move(self, message: Message) -> str | None:
        path = message["path"]
        return self._desk.move(path, 1 if message["by"] > 0 else -1) if path in self._sheet.rows else None


def _meant(field: Field, written: str) -> str | None:
    """Return the choice that an answer stands for; None when it stands for none."""
    if field.kind is Kind.YES_NO and written:
        try:
            return "yes" if read_yes_no(written) else "no"
        except NotReadError:
            return None
    word = written.strip().casefold()
    return next((c.value for c in field.choices if word in {c.value.casefold(), c.label.casefold()}), None)


def _count(severity: Severity, n: int) -> str:
    if severity is Severity.NOTE:
        return plural("{n} note", "{n} notes", n)
    return _("{n} {word}").format(n=format_number(n), word=severity.word)

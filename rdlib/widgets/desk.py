"""The desk at which all forms of a kernel work on one plan: sets, saves, and keeps what two people wrote differently.

Every change goes straight to the plan's files. Where somebody else changed the same answer meanwhile, the plan keeps
theirs, ours is held here (and in the browser) until the reader has chosen, and everything else is saved all the same:
one open choice never keeps the rest of the work from the disk.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from weakref import WeakValueDictionary, ref

import attrs

from rdlib.plan import (
    NotWrittenError,
    PlanConflictError,
    PlanFolderError,
    PlanReadError,
    PlanStore,
    RemovedPriority,
    RemovedRow,
    Saved,
)
from rdlib.plan.fields import Field, Kind
from rdlib.rules.brought import brought
from rdlib.widgets.sheet import Value, declaration, shown
from rdlib.words import _


class Shows(Protocol):
    """Something that shows the plan and must follow when it changes."""

    def follow(self) -> None:
        """Show the plan as it stands now."""


_log = logging.getLogger(__name__)


class Followers:
    """What shows the plan, for as long as something else holds it."""

    def __init__(self) -> None:
        """Start with none."""
        self._refs: list[ref[Shows]] = []

    def add(self, shows: Shows) -> None:
        """Let something follow the plan from now on."""
        self._refs = [*(known for known in self._refs if known() is not None), ref(shows)]

    def __iter__(self) -> Iterator[Shows]:
        """Give each of them, as they are at this moment."""
        return (shows for known in self._refs if (shows := known()) is not None)


@attrs.frozen
class Held:
    """What was written here for an answer that somebody else changed meanwhile."""

    label: str
    mine: Value


@attrs.define(eq=False)
class Desk:
    """One plan as all forms of this kernel share it.

    JupyterLab hands over what pages send in a thread of its own, so that a cell that runs for long keeps nobody from
    saving. Whoever changes the plan or lays out a form therefore holds the lock.

    Attributes:
        store: the plan's files.
        lock: held by whoever works at the desk.
        forms: what shows the plan.
        held: what was written here and waits for a choice, by path.
        refused: why an answer cannot stand in the file, by path.
        removed: the row last removed from each table, and its heading, by the table's path.
        saved: when the plan was last saved from here.
        trouble: why the last change is not on disk; empty when it is.
        news: which answers were taken over from the files, in a sentence.
        changes: how many changes there were, of whatever kind.
    """

    store: PlanStore
    lock: threading.RLock = attrs.Factory(threading.RLock)
    forms: Followers = attrs.Factory(Followers)
    held: dict[str, Held] = attrs.Factory(dict)
    refused: dict[str, str] = attrs.Factory(dict)
    removed: dict[str, tuple[RemovedRow | RemovedPriority, str]] = attrs.Factory(dict)
    saved: datetime | None = None
    trouble: str = ""
    news: str = ""
    changes: int = 0

    def write(self, field: Field, path: str, value: Value, bases: Sequence[Value]) -> None:
        """Take an answer as it was typed.

        Args:
            field: the declaration of the field.
            path: the field.
            value: the answer, as typed.
            bases: what the page knew the answer to be before. When the plan says something else by now, somebody
                changed it meanwhile: the answer is held until the reader has chosen.
        """
        current = shown(field, self.store.raw(path))
        self.changes += 1
        if current != value and current not in bases:
            self.held[path] = Held(field.label, value)
            return
        self.held.pop(path, None)
        self._set(path, value, current)

    def _set(self, path: str, value: Value, current: Value) -> None:
        self.refused.pop(path, None)
        if value == current:
            return
        try:
            self.store.set(path, value)
        except NotWrittenError as error:
            self.refused[path] = str(error)

    def choose(self, field: Field, path: str, value: Value | None) -> None:
        """Settle an answer that was changed in two places.

        Args:
            field: the declaration of the field.
            path: the field.
            value: the reader's own answer to keep; None to keep what the plan has.
        """
        self.changes += 1
        self.held.pop(path, None)
        if value is not None:
            self._set(path, value, shown(field, self.store.raw(path)))

    def confirm(self, path: str) -> None:
        """Say that an answer still holds, though what it is built on has changed."""
        self.changes += 1
        self.store.confirm(path)

    def add(self, table: str, values: Mapping[str, str] | None = None) -> str:
        """Add a row, empty but for what is known of it, and return its path.

        What is known is what is given, and what a rule writes down of each new row (``NEW_ROWS`` of its modules).
        """
        self.changes += 1
        plan, known = self.store.read().plan, dict[str, str]()
        for new_row in brought("NEW_ROWS"):
            known |= new_row(plan, table, date.today())
        return f"{table}/{self.store.add_row(table, {**known, **(values or {})})}"

    def remove(self, path: str, heading: str) -> None:
        """Remove a row; it can be put back with :meth:`put_back`."""
        self.changes += 1
        removed = self.store.remove_row(path)
        self.removed[removed.table] = (removed, heading)

    def put_back(self, table: str) -> str:
        """Put the row that was last removed from a table back where it stood, and return its path."""
        self.changes += 1
        removed, _heading = self.removed.pop(table)
        return f"{table}/{self.store.put_back(removed)}"

    def move(self, path: str, by: int) -> str:
        """Move a row up (-1) or down (1) and return its path, which changes when the row has no id."""
        self.changes += 1
        table, _slash, name = path.rpartition("/")
        names = self.store.rows(table)
        place = min(max(names.index(name) + by, 0), len(names) - 1)
        self.store.move_row(path, by)
        return f"{table}/{self.store.rows(table)[place]}"

    def save(self) -> None:
        """Put everything on disk, or say in :attr:`trouble` why that is not possible."""
        if not self.store.unsaved:
            return
        try:
            try:
                done = self.store.save()
            except PlanConflictError as error:
                done = self._hold(error)
        except _TROUBLES as error:
            self.trouble = str(error)
            return
        except Exception:  # whatever it is, nothing may be shown as saved
            _log.exception("The plan could not be saved.")
            self.trouble = _("Something went wrong that this program did not expect.")
            return
        self.saved, self.trouble = done.at, ""
        self.tell(done.merged)

    def _hold(self, error: PlanConflictError) -> Saved:
        """Let the plan keep what others wrote, and hold what was written here until the reader has chosen."""
        mine: dict[str, Held] = {}
        whole = []
        for conflict in error.conflicts:
            field = _field(conflict.where)
            if field and field.kind is not Kind.RECORDS:
                mine[conflict.where] = Held(conflict.label, shown(field, self.store.raw(conflict.where)))
            else:
                whole.append(conflict.label)
        done = self.store.save(on_conflict="theirs")
        self.held |= mine
        if whole:
            self.news = _(
                "Rows of “{names}” were changed somewhere else at the same moment. That version was kept: look whether "
                "your last change of rows is still wanted."
            ).format(names=", ".join(whole))
        return attrs.evolve(done, merged=tuple(path for path in done.merged if _field(path) and path not in mine))

    def refresh(self) -> bool:
        """Take over what was changed on disk; returns whether anything was."""
        try:
            changed = self.store.refresh()
        except _TROUBLES as error:
            self.trouble = str(error)
            return False
        if not self.store.unsaved:
            self.trouble = ""
        self.changes += changed
        return changed

    def tell(self, paths: Sequence[str]) -> None:
        """Say which answers were taken over from the plan's files."""
        if not paths:
            return
        self.changes += 1
        labels = dict.fromkeys(field.label for field in map(_field, paths) if field)
        self.news = _("Changed in the plan's files meanwhile, and taken over: {names}").format(
            names=", ".join(labels) or _("some answers")
        )

    def follow(self) -> None:
        """Let everything that shows the plan show it as it stands now."""
        for form in self.forms:
            try:
                form.follow()
            except Exception:  # one picture that cannot be drawn must not keep the others, or a save, from being seen
                _log.exception("Something that shows the plan could not follow.")


_TROUBLES = (OSError, NotWrittenError, PlanFolderError, PlanReadError)


def _field(path: str) -> Field | None:
    """Return the declaration of the field at a path; None for a row, or a key that nothing declares."""
    try:
        return declaration(path)[1]
    except KeyError:
        return None


_desks: WeakValueDictionary[int, Desk] = WeakValueDictionary()


def desk_for(store: PlanStore) -> Desk:
    """Return the desk of a store: the same one for all forms of this kernel."""
    desk = _desks.get(id(store))
    if desk is None:
        _desks[id(store)] = desk = Desk(store)
    return desk

"""The plan's folder: opened, changed field by field, and saved so that nothing is lost.

    store = PlanStore("my-plan")
    store.set("priorities/waits/title", "Shorter waits")
    store.save()

A save takes a lock, looks whether somebody else changed the files meanwhile, and merges their changes with those made
here field by field. Where both changed the same field, it refuses and says so, and nothing is written.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Literal

import attrs

from rdlib.plan import built_on
from rdlib.plan import folder as on_disk
from rdlib.plan.built_on import BUILT_ON
from rdlib.plan.documents import Document, NotWrittenError, digest
from rdlib.plan.fields import LISTS, Kind
from rdlib.plan.folder import PlanFile, PlanFolderError, file_of, id_in, path_in
from rdlib.plan.merging import Clash, changes, merge
from rdlib.plan.migrations import PLAN_FILE
from rdlib.plan.nodes import Node, Plain, Scalar, Seq
from rdlib.plan.places import Place, find, label_at, order_at
from rdlib.plan.plan import PRIORITIES, Plan
from rdlib.plan.priority import Priority
from rdlib.plan.problems import PlanReadError, Problem
from rdlib.plan.reading import (
    Read,
    Setting,
    data_version,
    declared,
    read_plan_document,
    read_priority_document,
    row_names,
)
from rdlib.words import _

LOCK_SECONDS = 30
OnConflict = Literal["refuse", "mine", "theirs"]


@attrs.frozen
class Reading:
    """A plan as it could be read.

    Attributes:
        plan: the plan.
        problems: everything that could not be read.
        hints: what may be a slip of the pen, in sentences; none is in the way of anything.
    """

    plan: Plan
    problems: tuple[Problem, ...] = ()
    hints: tuple[str, ...] = ()

    def problems_of(self, priority_id: str) -> tuple[Problem, ...]:
        """Return the problems of one priority's file and of its data files."""
        where = f"priorities/{priority_id}"
        return tuple(p for p in self.problems if p.where == where or p.where.startswith(where + "/"))


@attrs.frozen
class Conflict:
    """One field that was changed here and, differently, by somebody else.

    Attributes:
        where: its path.
        label: what a person reads beside it.
        base: what it was before.
        mine: what it is here.
        theirs: what it is on disk.
    """

    where: str
    label: str
    base: str
    mine: str
    theirs: str

    def __str__(self) -> str:
        """Return one plain sentence."""
        return _('{where}, "{label}": it was {base}, here it is {mine}, on disk it is now {theirs}.').format(
            where=self.where,
            label=self.label,
            base=_shown(self.base),
            mine=_shown(self.mine),
            theirs=_shown(self.theirs),
        )


def _shown(text: str) -> str:
    return f'"{text}"' if text else _("empty")


class PlanConflictError(Exception):
    """Somebody else changed the same fields meanwhile; nothing was saved.

    Attributes:
        conflicts: every field that both changed.
    """

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        """Say all conflicts, one a line."""
        self.conflicts = tuple(conflicts)
        super().__init__("\n".join(map(str, conflicts)))


@attrs.frozen
class Saved:
    """What a save did.

    Attributes:
        at: when.
        merged: paths that somebody else had changed meanwhile and that were kept.
    """

    at: datetime
    merged: tuple[str, ...] = ()


@attrs.frozen
class RemovedRow:
    """A row that was removed from a table, and where it stood.

    Attributes:
        table: path of the table.
        place: its place in the table, counted from 0.
        row: what stood in it.
        before: the file as it was before.
        after: the file as it was afterwards.
    """

    table: str
    place: int
    row: Plain
    before: Document = attrs.field(repr=False)
    after: Document = attrs.field(repr=False)


@attrs.frozen
class RemovedPriority:
    """A priority that was removed from the plan, and where it stood.

    Attributes:
        table: path of the table of priorities.
        place: its place among them, counted from 0.
        id: its id.
        document: what stood in its file.
    """

    table: str
    place: int
    id: str
    document: Document = attrs.field(repr=False)


# Letters that are letters of their own, and so not taken apart into a letter and its accent.
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
# Names that Windows keeps for itself.
_KEPT_NAMES = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")


def slug(text: str) -> str:
    """Return an id made from a title: never empty, and safe as the name of a file on every system.

    >>> slug("Réduire l'attente aux urgences")
    'reduire-l-attente-aux-urgences'
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in folded if not unicodedata.combining(c)))
    short = ""
    for word in words:
        if short and len(short) + 1 + len(word) > 40:
            break
        short = f"{short}-{word}" if short else word[:40]
    if _KEPT_NAMES.fullmatch(short):
        return f"{short}-priority"
    return short or "priority"


class PlanStore:
    """A plan's folder, opened.

    Args:
        folder: the folder that holds `plan.yaml`.

    Raises:
        PlanReadError: nothing can be read there; it holds every reason.
    """

    def __init__(self, folder: Path | str) -> None:
        """Open the folder and read its files."""
        self._open(Path(folder), None)

    def _open(self, folder: Path, only: str | None) -> None:
        self.folder = folder
        self._only = only
        self._files = on_disk.load(folder, only=only)
        self._reads: dict[str, tuple[Document, Setting, Read]] = {}

    @classmethod
    def create(cls, folder: Path | str, template: Path) -> PlanStore:
        """Make a new plan from a template and open it.

        Args:
            folder: where; it must not be there yet, or be empty.
            template: the plan to copy.

        Raises:
            PlanFolderError: something is there already, or nothing can be written there.
        """
        on_disk.make(Path(folder), template)
        return cls(folder)

    @classmethod
    def only(cls, folder: Path | str, priority_id: str) -> PlanStore:
        """Open a plan with only one of its priorities, to read it: quick, whatever the size of the plan.

        Args:
            folder: the plan's folder.
            priority_id: the id of the priority.

        Raises:
            PlanReadError: the plan cannot be read.
            KeyError: there is no such priority.
        """
        store = cls.__new__(cls)
        store._open(Path(folder), priority_id)
        if "/" in priority_id or file_of(priority_id) not in store._files:
            raise KeyError(_("there is no priority {id} in this plan").format(id=f'"{priority_id}"'))
        return store

    # --- reading ---

    def read(self) -> Reading:
        """Return the plan as it is here, saved or not; only what changed since the last call is read again."""
        root = self.folder.resolve()
        title = self._read(PLAN_FILE, Setting(), root)
        setting = Setting.of(title.record)
        problems, hints = [*title.problems], [*title.hints]
        priorities: dict[str, Priority] = {}
        unclaimed: dict[str, dict[str, int]] = {}
        for file in self._priority_files():
            problems += self._files[file].problems
            if self._files[file].mine is None:
                continue
            read = self._read(file, setting, root)
            priorities[id_in(file)] = read.record
            problems += read.problems
            hints += read.hints
            for data, names in read.unclaimed.items():
                before = unclaimed.get(data, names)
                unclaimed[data] = {name: line for name, line in names.items() if name in before}
        order = [id_ for id_ in title.record.order if id_ in priorities]
        order = list(dict.fromkeys([*order, *sorted(priorities)]))
        plan = attrs.evolve(title.record, priorities=tuple(priorities[id_] for id_ in order))
        if self._only is None:
            hints += self._hints(title.record.order, unclaimed)
        return Reading(plan, tuple(problems), tuple(hints))

    def _read(self, file: str, setting: Setting, root: Path) -> Read:
        document = self._document(file)
        known = self._reads.get(file)
        if known is not None and known[0] is document and known[1] == setting:
            data = known[2].data
            if all(data_version(root, name) == version for name, version in data.items()):
                return known[2]
        if file == PLAN_FILE:
            read = read_plan_document(document, root)
        else:
            read = read_priority_document(document, id_in(file), root, setting)
        self._reads[file] = (document, setting, read)
        return read

    def _hints(self, order: Sequence[str], unclaimed: Mapping[str, Mapping[str, int]]) -> list[str]:
        """Return what may be a slip of the pen and concerns several files."""
        files = self._priority_files()
        hints = [
            _('{file}: the order of the priorities names "{id}", and there is no {missing}.').format(
                file=PLAN_FILE, id=id_, missing=file_of(id_)
            )
            for id_ in order
            if file_of(id_) not in files
        ]
        hints += [
            _("{file} is not read: the files of priorities end in .yaml.").format(file=file)
            for file in on_disk.strays(self.folder)
        ]
        unread = _('{file}, line {line}: no indicator with the id "{name}" uses this file, so its rows are not read.')
        hints += [
            unread.format(file=file, line=line, name=name)
            for file, names in unclaimed.items()
            for name, line in names.items()
        ]
        return hints

    def _priority_files(self) -> list[str]:
        return sorted(file for file, it in self._files.items() if file != PLAN_FILE and (it.mine or it.problems))

    @property
    def unsaved(self) -> bool:
        """Whether something was changed here that is not saved yet."""
        return any(it.changed for it in self._files.values())

    def refresh(self) -> bool:
        """Take over what was changed on disk, when nothing is unsaved here.

        Returns:
            whether anything had changed.

        Raises:
            PlanReadError: the title page of the plan can no longer be read.
        """
        if self.unsaved:
            return False
        files = on_disk.load(self.folder, self._files, only=self._only)
        changed = _marks(files) != _marks(self._files)
        self._files = files
        return changed

    # --- single fields ---

    def raw(self, path: str) -> str | list[str] | None:
        """Return a field as it stands in the file, readable or not.

        Args:
            path: path of the field.

        Raises:
            KeyError: there is no such field or row.
        """
        if path == PRIORITIES.name:
            return None
        place = self._place(path)
        node = self._document(place.file).node(place.steps)
        if isinstance(node, Seq):
            return [value for item in node.items if isinstance(value := item.value(), str)]
        return node.value() if isinstance(node, Scalar) else None

    def set(self, path: str, value: str | list[str] | None) -> None:
        """Write a field as it was typed; the groups on the way are made.

        Args:
            path: path of the field.
            value: what was typed; None or "" empties it.

        Raises:
            KeyError: no such field is declared, or there is no such row.
            NotWrittenError: the text cannot stand in a file.
        """
        place = self._place(path)
        if place.field is None or place.field.kind in (Kind.RECORD, Kind.RECORDS):
            raise KeyError(_("{path} is not a single field").format(path=path))
        if isinstance(value, list) and place.field.kind not in LISTS:
            raise TypeError(f"{path} takes one text, not a list")
        self._put(place, [*value] if isinstance(value, list) else value)

    def _put(self, place: Place, value: Plain) -> None:
        document = self._document(place.file)
        changed = document.put(place.steps, value, lambda steps: order_at(place.file, steps))
        self._files[place.file].mine = changed

    def content(self, path: str) -> dict[str, Plain]:
        """Return all that stands in the file of the title page or of a priority.

        Args:
            path: `plan`, or the path of a priority.

        Raises:
            KeyError: there is no such priority.
        """
        return self._document(self._place(path).file).value()

    def rewrite(self, path: str, content: dict[str, Plain]) -> None:
        """Write the file of the title page or of a priority anew, all at once; what stays the same is not touched.

        Args:
            path: `plan`, or the path of a priority.
            content: what shall stand in it.

        Raises:
            KeyError: there is no such priority.
            NotWrittenError: it cannot stand in a file.
        """
        self._put(self._place(path), content)

    def confirm(self, path: str) -> None:
        """Say that an answer still holds: the next save writes down anew what it is built on.

        Args:
            path: path of the answer, a field that links to other rows.

        Raises:
            KeyError: there is no such field.
        """
        file = self._place(path).file
        answer = path.removeprefix(f"{path_in(file)}/")
        for id_ in built_on.answers_at(self._document(file).value(), answer):
            self.remove_row(f"{path_in(file, BUILT_ON.key)}/{id_}")

    # --- rows ---

    def rows(self, path: str) -> list[str]:
        """Return the names of the rows of a table as paths name them, in order; rows that cannot be read too.

        Args:
            path: path of the table; the rows of `priorities` are the priorities whose files can be read.

        Raises:
            KeyError: there is no such table.
        """
        if path == PRIORITIES.name:
            return [id_ for id_ in self._order() if (it := self._files.get(file_of(id_))) and it.mine is not None]
        return row_names(self._table(path)[1])

    def _table(self, path: str) -> tuple[Place, Sequence[Node]]:
        place = self._place(path)
        if place.field is None or place.field.kind is not Kind.RECORDS:
            raise KeyError(_("{path} is not a table").format(path=path))
        node = self._document(place.file).node(place.steps)
        return place, node.items if isinstance(node, Seq) else []

    def add_row(self, path: str, values: Mapping[str, str] | None = None) -> str:
        """Add a row at the end of a table.

        Args:
            path: path of the table.
            values: what is known of it already, by field name.

        Returns:
            the name of the new row in paths: its id, or its place where the rows of this table have none.

        Raises:
            KeyError: there is no such table, or a row of it has no such field.
        """
        if path == PRIORITIES.name:
            return self.add_priority((values or {}).get("title", ""))
        place, items = self._table(path)
        assert place.field is not None
        assert place.field.record is not None
        fields = {field.name: field for field in declared(place.field.record)}
        for name in values or {}:
            if name not in fields or fields[name].kind in (Kind.RECORD, Kind.RECORDS):
                raise KeyError(_("a row of {path} has no field {name}").format(path=path, name=f'"{name}"'))
        row: dict[str, Plain] = {name: value for name in fields if (value := (values or {}).get(name))}
        if any(field.kind is Kind.ID for field in fields.values()) and "id" not in row:
            row = {"id": self._new_id(place), **row}
        self._insert(place, len(items), row)
        return self.rows(path)[-1]

    def remove_row(self, path: str) -> RemovedRow | RemovedPriority:
        """Remove a row of a table.

        Args:
            path: path of the row.

        Returns:
            the row, for :meth:`put_back`.

        Raises:
            KeyError: there is no such row.
        """
        if (id_ := _priority_at(path)) is not None:
            removed = RemovedPriority(PRIORITIES.name, self._rank(id_), id_, self._document(file_of(id_)))
            self.remove_priority(id_)
            return removed
        place, index, items = self._row(path)
        before = self._document(place.file)
        after = before.arrange(place.steps[:-1], [i for i in range(len(items)) if i != index])
        self._files[place.file].mine = after
        return RemovedRow(path.rpartition("/")[0], index, items[index].value(), before, after)

    def put_back(self, removed: RemovedRow | RemovedPriority) -> str:
        """Put a removed row back where it stood, with its id and all that was in it.

        Args:
            removed: what :meth:`remove_row` returned.

        Returns:
            the name of the row in paths; another id than before where that was given to a new row meanwhile.

        Raises:
            KeyError: the table is no longer there.
        """
        if isinstance(removed, RemovedPriority):
            id_ = self._free(removed.id)
            self._files.setdefault(file_of(id_), PlanFile()).mine = removed.document
            self._arrange([*(rows := self.rows(removed.table))[: removed.place], id_, *rows[removed.place :]])
            return id_
        place, items = self._table(removed.table)
        if self._document(place.file) == removed.after:  # nothing else happened: its comments come back as well
            self._files[place.file].mine = removed.before
            return self.rows(removed.table)[removed.place]
        row = removed.row
        if isinstance(row, dict) and row.get("id") in row_names(items):
            row = {**row, "id": self._new_id(place)}
        index = min(removed.place, len(items))
        self._insert(place, index, row)
        return self.rows(removed.table)[index]

    def move_row(self, path: str, by: int) -> None:
        """Move a row of a table up (by -1) or down (by 1); at an end it stays there.

        Args:
            path: path of the row.
            by: how many places.

        Raises:
            KeyError: there is no such row.
        """
        if (id_ := _priority_at(path)) is not None:
            rank, rows = self._rank(id_), self.rows(PRIORITIES.name)
            rows.insert(min(max(rank + by, 0), len(rows) - 1), rows.pop(rank))
            self._arrange(rows)
            return
        place, index, items = self._row(path)
        order = [i for i in range(len(items)) if i != index]
        order.insert(min(max(index + by, 0), len(items) - 1), index)
        if order != list(range(len(items))):
            document = self._document(place.file)
            self._files[place.file].mine = document.arrange(place.steps[:-1], order)

    def _row(self, path: str) -> tuple[Place, int, Sequence[Node]]:
        place = self._place(path)
        index = place.steps[-1] if place.steps else None
        if not isinstance(index, int):
            raise KeyError(_("{path} is not a row of a table").format(path=path))
        return place, index, self._table(path.rpartition("/")[0])[1]

    def _insert(self, place: Place, index: int, row: Plain) -> None:
        count = len(self._table(place.path)[1])
        if count:
            document = self._document(place.file)
            self._files[place.file].mine = document.arrange(place.steps, [*range(index), row, *range(index, count)])
        else:
            self._put(place, [row])

    def _new_id(self, place: Place) -> str:
        """Return a short id that is free here, and in the file as it is on disk now."""
        letter = str(place.steps[-1])[0]
        numbers = [0]
        for document in (self._document(place.file), self._now(place.file)):
            node = document.node(place.steps) if document else None
            names = row_names(node.items) if isinstance(node, Seq) else []
            # an id that a link still names, though its row was removed, must not come to mean another row
            for text in (*names, *(_texts(document.value()) if document else ())):
                if match := re.fullmatch(r"(?:[^\s/]+/)?" + letter + r"([0-9]{1,9})", text):
                    numbers.append(int(match[1]))
        return f"{letter}{max(numbers) + 1}"

    def _now(self, file: str) -> Document | None:
        """Return what a file holds on disk now."""
        try:
            files = on_disk.load(self.folder, self._files, only=id_in(file))
        except PlanReadError:
            return None
        return files[file].disk if file in files else None

    # --- priorities ---

    def add_priority(self, title: str) -> str:
        """Add a priority at the end of the plan.

        Args:
            title: its short name.

        Returns:
            its id, made from the title.

        Raises:
            NotWrittenError: the title cannot stand in a file.
        """
        id_ = self._free(slug(title))
        file = file_of(id_)
        document = Document.of(file, "").put(("title",), title)
        self._files.setdefault(file, PlanFile()).mine = document
        self.set("plan/order", [*self._order(id_), id_])
        return id_

    def add_priorities(self, contents: Mapping[str, dict[str, Plain]]) -> list[str]:
        """Add many priorities at the end of the plan, all at once.

        Args:
            contents: what shall stand in their files, by the ids wished for; an id that is taken gets a number.

        Returns:
            their ids, in the same order.

        Raises:
            NotWrittenError: something cannot stand in a file.
        """
        added, order = [], self._order()
        for wish, content in contents.items():
            id_ = self._free(slug(wish))
            file = file_of(id_)
            document = Document.of(file, "").put((), content, partial(order_at, file))
            self._files.setdefault(file, PlanFile()).mine = document
            added.append(id_)
        self.set("plan/order", [*order, *added])
        return added

    def _free(self, start: str) -> str:
        """Return an id that no priority has: the one wished for, or one that begins with it."""
        id_, number = start, 1
        while self._taken(id_):
            number += 1
            id_ = f"{start}-{number}"
        return id_

    def remove_priority(self, id_: str) -> None:
        """Remove a priority; with the next save its file goes to `.rdlib/versions`.

        Args:
            id_: its id.

        Raises:
            KeyError: there is none.
        """
        file = self._place(f"priorities/{id_}").file
        self._document(file)
        self._files[file].mine = None
        self.set("plan/order", self._order(id_))

    def _taken(self, id_: str) -> bool:
        file = file_of(id_)
        it = self._files.get(file)
        if it is None:
            return os.path.lexists(self.folder / file)
        return it.mine is not None or bool(it.problems)

    def _rank(self, id_: str) -> int:
        """Return the place of a priority among those that can be read, counted from 0."""
        rows = self.rows(PRIORITIES.name)
        if id_ not in rows:
            raise KeyError(_("there is no priority {id} in this plan").format(id=f'"{id_}"'))
        return rows.index(id_)

    def _arrange(self, rows: Sequence[str]) -> None:
        """Write the order of the priorities that can be read; what else the order names keeps its place behind them."""
        self.set("plan/order", [*rows, *(id_ for id_ in self._order() if id_ not in rows)])

    def _order(self, without: str = "") -> list[str]:
        """Return the ids of the priorities in the order of the plan, without one."""
        written = self.raw("plan/order") or []
        listed = [written] if isinstance(written, str) else written
        there = [id_in(file) for file in self._priority_files()]
        return [id_ for id_ in dict.fromkeys([*listed, *there]) if id_ != without]

    # --- places ---

    def _place(self, path: str) -> Place:
        first, *names = path.split("/")
        if first == "plan":
            return find(path, PLAN_FILE, names, self._files[PLAN_FILE].mine)
        file = file_of(names[0]) if names else ""
        if first != "priorities" or file not in self._files:
            raise KeyError(_("there is nothing at {path} in this plan").format(path=path))
        return find(path, file, names[1:], self._files[file].mine)

    def _document(self, file: str) -> Document:
        it = self._files[file]
        if it.mine is not None:
            return it.mine
        if it.problems:
            raise PlanReadError(it.problems)
        raise KeyError(_("there is no priority {id} in this plan").format(id=f'"{id_in(file)}"'))

    # --- saving ---

    def save(self, on_conflict: OnConflict = "refuse") -> Saved:
        """Write what was changed here, together with what others changed meanwhile.

        Args:
            on_conflict: what to do where others changed the same field: refuse, keep what is here, or what is there.

        Returns:
            when it was saved, and what others had changed.

        Raises:
            PlanConflictError: others changed the same fields; nothing was written.
            PlanReadError: a file that would be written can no longer be read on disk; nothing was written.
            PlanFolderError: the folder cannot be written, or another program is saving there for a long time.
        """
        from filelock import FileLock, Timeout

        own = self.folder / on_disk.OWN
        try:
            own.mkdir(exist_ok=True)
            with FileLock(own / "lock", timeout=LOCK_SECONDS, mode=0o666):
                return self._save(on_conflict)
        except Timeout:
            raise PlanFolderError(
                _("Another program has been saving this plan for {n} seconds. Nothing was saved; try again.").format(
                    n=LOCK_SECONDS
                )
            ) from None
        except OSError as error:
            raise on_disk.not_written(self.folder, error) from error

    def _save(self, on_conflict: OnConflict) -> Saved:
        edited = {file for file, it in self._files.items() if it.changed}
        there = on_disk.load(self.folder, self._files, certain=edited)
        unreadable = [p for file in sorted(edited) if file in there for p in there[file].problems]
        if unreadable:
            raise PlanReadError(unreadable)
        results: dict[str, Document | None] = {}
        merged: list[str] = []
        conflicts: list[Conflict] = []
        for file in sorted({*self._files, *there}):
            here, disk = self._files.get(file, PlanFile()), there.get(file, PlanFile())
            if file not in edited:
                results[file] = disk.base
                merged += _changed_there(file, here, disk)
            elif here.mark == disk.mark:
                results[file] = here.mine
            else:
                results[file] = self._merge(file, here, disk, on_conflict, merged, conflicts)
        if conflicts:
            raise PlanConflictError(conflicts)
        for file in edited - {PLAN_FILE}:
            results[file] = _with_records(file, results[file], there.get(file, PlanFile()).base)
        self._write(results, there)
        return Saved(datetime.now(UTC), tuple(dict.fromkeys(merged)))

    def _merge(
        self,
        file: str,
        here: PlanFile,
        disk: PlanFile,
        on_conflict: OnConflict,
        merged: list[str],
        conflicts: list[Conflict],
    ) -> Document | None:
        """Merge what one file became here and on disk; adds to what was merged and to the conflicts."""
        base, mine, theirs = here.base, here.mine, disk.base
        if mine is None and theirs is None:
            return None
        if mine is None or theirs is None:
            if on_conflict == "refuse":
                conflicts.append(_conflict(file, Clash((), _value(base), _value(mine), _value(theirs))))
            elif on_conflict == "theirs":
                merged.append(path_in(file))
            return theirs if on_conflict == "theirs" else mine
        states = (_value(base), mine.value(), theirs.value())
        result = merge(*map(built_on.without_records, states), choose=on_conflict, sets=[("order",)])
        conflicts += [_conflict(file, clash) for clash in result.clashes]
        merged += [path_in(file, *names) for names in result.taken]
        if result.clashes:
            return None
        value = result.value
        if isinstance(value, dict) and (records := built_on.merged_records(*states)):
            value = {**value, BUILT_ON.key: records}
        return theirs.put((), value, lambda steps: order_at(file, steps))

    def _write(self, results: Mapping[str, Document | None], there: Mapping[str, PlanFile]) -> None:
        """Write what differs from the disk: the priorities first, then the title page; files are removed last."""
        on_disk.tidy(self.folder)
        files: dict[str, PlanFile] = {}
        for file in sorted(results, key=lambda file: (results[file] is None, file == PLAN_FILE)):
            document, disk = results[file], there.get(file, PlanFile())
            if disk.problems:
                files[file] = disk
            elif document is None:
                if disk.mark is not None:
                    on_disk.remove(self.folder, file)
            elif document == disk.disk:
                files[file] = attrs.evolve(disk, base=document, mine=document)
            else:
                content = document.content
                version = on_disk.replace(self.folder, file, content)
                files[file] = PlanFile(document, document, document, digest(content), version)
        self._files = files


def _priority_at(path: str) -> str | None:
    """Return the id of the priority that a path leads to, if it leads to a whole one."""
    first, _slash, id_ = path.partition("/")
    return id_ if first == PRIORITIES.name and id_ and "/" not in id_ else None


def _marks(files: Mapping[str, PlanFile]) -> dict[str, str | None]:
    return {file: it.mark for file, it in files.items()}


def _texts(value: Plain) -> Iterator[str]:
    """Give every text in a value."""
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(item)


def _value(document: Document | None) -> Plain:
    return document.value() if document else None


def _changed_there(file: str, here: PlanFile, disk: PlanFile) -> list[str]:
    """Return the paths of what others changed in a file that was not changed here."""
    if here.mark == disk.mark:
        return []
    if here.base is None or disk.base is None:
        return [path_in(file)]
    states = map(built_on.without_records, (here.base.value(), disk.base.value()))
    return [path_in(file, *names) for names in changes(*states)]


def _with_records(file: str, document: Document | None, before: Document | None) -> Document | None:
    """Return what is about to be saved, with what its answers are built on."""
    if document is None:
        return None
    rows = built_on.brought_up_to_date(_value(before), document.value(), date.today())
    try:
        return document.put((BUILT_ON.key,), rows, lambda steps: order_at(file, steps))
    except NotWrittenError:  # the file is laid out so that it does not fit: what a person wrote is saved all the same
        return document


def _conflict(file: str, clash: Clash) -> Conflict:
    gone = _("removed") if clash.base is not None and None in (clash.mine, clash.theirs) else ""
    gone = gone if isinstance(clash.mine or clash.theirs, dict) else ""
    return Conflict(
        path_in(file, *clash.names),
        label_at(file, clash.names),
        _in_words(clash.base),
        _in_words(clash.mine) or gone,
        _in_words(clash.theirs) or gone,
    )


def _in_words(value: Plain) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_in_words, value)))
    return ", ".join(f"{key}: {words}" for key, item in value.items() if (words := _in_words(item)))


def read_plan(folder: Path | str) -> Reading:
    """Read a whole plan.

    Args:
        folder: the plan's folder.

    Raises:
        PlanReadError: nothing can be read there.
    """
    return PlanStore(folder).read()


def read_priority(folder: Path | str, id_: str) -> Reading:
    """Read a plan with only one of its priorities: quick, for batches.

    Args:
        folder: the plan's folder.
        id_: the id of the priority.

    Raises:
        PlanReadError: nothing can be read there.
        KeyError: there is no such priority.
    """
    return PlanStore.only(folder, id_).read()

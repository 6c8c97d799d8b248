"""The plan's folder: opened, changed field by field, and saved so that nothing is lost.

    store = PlanStore("my-plan")
    store.set("priorities/waits/title", "Shorter waits")
    store.save()

A save takes a lock, looks whether somebody else changed the files meanwhile and merges their changes field by field,
keeps the earlier version in `.rdlib/versions`, and replaces each file in one step. A process that is killed at any
moment leaves either the old or the new file, never half of one.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import attrs

from rdlib.plan.documents import Document, digest
from rdlib.plan.fields import Field, Kind
from rdlib.plan.merging import Clash, changes, merge
from rdlib.plan.migrations import PLAN_FILE, SCHEMA, migrate
from rdlib.plan.nodes import Plain, Scalar, Seq, Steps
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.problems import PlanReadError, Problem
from rdlib.plan.reading import (
    Read,
    Setting,
    data_path,
    declared,
    read_plan_document,
    read_priority_document,
    row_name,
)
from rdlib.words import _

KEPT_VERSIONS = 20
LOCK_SECONDS = 30
_STALE_SECONDS = 24 * 3600


@attrs.frozen
class Reading:
    """A plan as it could be read.

    Attributes:
        plan: the plan.
        problems: everything that could not be read.
        hints: what may be a slip of the pen, in sentences; nothing is in the way.
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
            where=self.where, label=self.label, base=_shown(self.base), mine=_shown(self.mine), theirs=_shown(self.theirs)
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


class PlanFolderError(Exception):
    """The plan's folder cannot be used as asked: it is not empty, is being saved elsewhere, or cannot be written."""


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
    """A row that was removed from a table, and where it stood."""

    table: str
    place: int
    row: Plain


@attrs.define
class _File:
    """One file of the plan as it was last seen on disk, and as it is here."""

    base: Document | None
    mine: Document | None
    digest: str | None
    state: tuple[int, ...] | None
    problems: tuple[Problem, ...] = ()

    @property
    def changed(self) -> bool:
        return self.mine is not self.base and (self.mine is None or self.base is None or self.mine != self.base)


def slug(text: str) -> str:
    """Return an id made from a title: safe as the name of a file on every system.

    >>> slug("Réduire l'attente aux urgences")
    'reduire-l-attente-aux-urgences'
    """
    folded = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae"))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in folded.casefold() if not unicodedata.combining(c)))
    short = ""
    for word in words:
        if short and len(short) + 1 + len(word) > 40:
            break
        short = f"{short}-{word}" if short else word[:40]
    if re.fullmatch(r"con|prn|aux|nul|(?:com|lpt)[0-9]", short):
        return f"{short}-priority"
    return short or "priority"


def file_of(priority_id: str) -> str:
    """Return the file of a priority, relative to the plan's folder."""
    return f"priorities/{priority_id}.yaml"


def _id_in(file: str) -> str:
    return file.removeprefix("priorities/").removesuffix(".yaml")


class PlanStore:
    """A plan's folder, opened.

    Args:
        folder: the folder that holds `plan.yaml`.

    Raises:
        PlanReadError: nothing can be read there; it holds every reason.
    """

    def __init__(self, folder: Path | str) -> None:
        """Open the folder and read its files."""
        self.folder = Path(folder)
        self._files = _load(self.folder)
        self._reads: dict[str, tuple[Document, Setting, object, Read]] = {}

    @classmethod
    def create(cls, folder: Path | str, template: Path) -> PlanStore:
        """Make a new plan from a template and open it.

        Args:
            folder: where; it must not be there yet, or be empty.
            template: the plan to copy.

        Raises:
            PlanFolderError: something is there already.
        """
        folder = Path(folder)
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise PlanFolderError(
                _("{folder} is not empty. Choose a folder that is not there yet, or an empty one.").format(folder=folder)
            )
        shutil.copytree(template, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".rdlib", "__pycache__"))
        return cls(folder)

    # --- reading ---

    def read(self) -> Reading:
        """Return the plan as it is here, saved or not; only what changed since the last call is read again."""
        problems: list[Problem] = []
        hints: list[str] = []
        title = self._read(PLAN_FILE, Setting())
        assert title is not None
        setting = Setting.of(title.record)
        priorities: dict[str, Priority] = {}
        for file in self._priority_files():
            read = self._read(file, setting)
            problems += self._files[file].problems
            if read is not None:
                priorities[_id_in(file)] = read.record
                problems += read.problems
                hints += read.hints
        order = [id_ for id_ in title.record.order if id_ in priorities]
        order = list(dict.fromkeys([*order, *sorted(priorities)]))
        plan = attrs.evolve(title.record, priorities=tuple(priorities[id_] for id_ in order))
        return Reading(plan, (*title.problems, *problems), (*title.hints, *hints))

    def _priority_files(self) -> list[str]:
        return sorted(file for file, it in self._files.items() if file != PLAN_FILE and (it.mine or it.problems))

    def _read(self, file: str, setting: Setting) -> Read | None:
        document = self._files[file].mine
        if document is None:
            return None
        known = self._reads.get(file)
        if known and known[0] is document and known[1] == setting and known[2] == self._data_state(known[3].data):
            return known[3]
        if file == PLAN_FILE:
            read = read_plan_document(document, self.folder)
        else:
            read = read_priority_document(document, _id_in(file), self.folder, setting)
        self._reads[file] = (document, setting, self._data_state(read.data), read)
        return read

    def _data_state(self, names: Iterable[str]) -> object:
        found = []
        for name in names:
            path, _complaint = data_path(self.folder, name)
            found.append((name, _state(path) if path else None))
        return found

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
        files = _load(self.folder, self._files)
        changed = {f: it.digest for f, it in files.items()} != {f: it.digest for f, it in self._files.items()}
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
        place = self._place(path)
        value = self._document(place).node(place.steps)
        if isinstance(value, Seq):
            texts = [item.value() for item in value.items]
            return [text for text in texts if isinstance(text, str)]
        return value.value() if isinstance(value, Scalar) else None

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
        texts: Plain = list[Plain](value) if isinstance(value, list) else value
        if isinstance(texts, list) and place.field.kind not in (Kind.TEXTS, Kind.PEOPLE, Kind.FILES):
            raise TypeError(f"{path} takes one text, not a list")
        self._put(place, self._document(place).put(place.steps, texts, place.order))

    def add_row(self, path: str, values: Mapping[str, str] | None = None) -> str:
        """Add a row at the end of a table.

        Args:
            path: path of the table.
            values: what is known of it already, by field name.

        Returns:
            the name of the new row in paths: its id, or its place where rows of this table have none.

        Raises:
            KeyError: there is no such table, or a row of it has no such field.
        """
        place = self._place(path)
        record = self._table(place, path)
        fields = {field.name: field for field in declared(record)}
        for name in values or {}:
            if name not in fields or fields[name].kind in (Kind.RECORD, Kind.RECORDS):
                raise KeyError(_("a row of {path} has no field {name}").format(path=path, name=f'"{name}"'))
        document = self._document(place)
        node = document.node(place.steps)
        rows: list[Plain] = node.value() if isinstance(node, Seq) else []
        row: dict[str, Plain] = {name: (values or {}).get(name) for name in fields if (values or {}).get(name)}
        name = f"#{len(rows) + 1}"
        if any(field.kind is Kind.ID for field in fields.values()):
            name = str(row.get("id") or self._new_id(place, str(place.steps[-1])[0]))
            row = {"id": name, **row}
        new: list[int | Plain] = [*range(len(rows)), row or None]
        if rows:
            document = document.arrange(place.steps, new)
        else:
            document = document.put(place.steps, [row or None], place.order)
        self._put(place, document)
        return name

    def rows(self, path: str) -> list[str]:
        """Return the names of the rows of a table as paths name them, in order; rows that cannot be read too.

        Args:
            path: path of the table.

        Raises:
            KeyError: there is no such table.
        """
        place = self._place(path)
        self._table(place, path)
        node = self._document(place).node(place.steps)
        return [row_name(node.items, index) for index in range(len(node.items))] if isinstance(node, Seq) else []

    def remove_row(self, path: str) -> RemovedRow:
        """Remove a row of a table.

        Args:
            path: path of the row.

        Returns:
            the row, for :meth:`put_back`.
        """
        place, index, count = self._row(path)
        document = self._document(place)
        node = document.node(place.steps)
        self._put(place, document.arrange(place.steps[:-1], [i for i in range(count) if i != index]))
        return RemovedRow(path.rpartition("/")[0], index, node.value() if node else None)

    def put_back(self, removed: RemovedRow) -> str:
        """Put a removed row back where it stood, with its id and all that was in it.

        Args:
            removed: what :meth:`remove_row` returned.

        Returns:
            the name of the row in paths; another id than before where that was given to a new row meanwhile.

        Raises:
            KeyError: the table is no longer there.
        """
        names = self.rows(removed.table)
        place = self._place(removed.table)
        row = removed.row
        if isinstance(row, dict) and row.get("id") in names:
            row = {**row, "id": self._new_id(place, str(place.steps[-1])[0])}
        index = min(removed.place, len(names))
        document = self._document(place)
        if names:
            document = document.arrange(place.steps, [*range(index), row, *range(index, len(names))])
        else:
            document = document.put(place.steps, [row], place.order)
        self._put(place, document)
        return self.rows(removed.table)[index]

    def move_row(self, path: str, by: int) -> None:
        """Move a row of a table up (by -1) or down (by 1); at an end it stays there.

        Args:
            path: path of the row.
            by: how many places.
        """
        place, index, count = self._row(path)
        order = [i for i in range(count) if i != index]
        order.insert(min(max(index + by, 0), count - 1), index)
        if order != list(range(count)):
            self._put(place, self._document(place).arrange(place.steps[:-1], order))

    def _row(self, path: str) -> tuple[_Place, int, int]:
        place = self._place(path)
        table = self._document(place).node(place.steps[:-1])
        index = place.steps[-1] if place.steps else None
        if not isinstance(index, int) or not isinstance(table, Seq):
            raise KeyError(_("{path} is not a row of a table").format(path=path))
        return place, index, len(table.items)

    def _table(self, place: _Place, path: str) -> type:
        if place.field is None or place.field.kind is not Kind.RECORDS or place.field.record is None:
            raise KeyError(_("{path} is not a table").format(path=path))
        return place.field.record

    def _new_id(self, place: _Place, letter: str) -> str:
        """Return an id that is free here and in the file as it is on disk now."""
        rows: list[Plain] = []
        for document in (self._document(place), self._on_disk(place.file)):
            node = document.node(place.steps) if document else None
            rows += node.value() if isinstance(node, Seq) else []
        used = [row.get("id") for row in rows if isinstance(row, dict)]
        numbers = [int(m[1]) for id_ in used if isinstance(id_, str) and (m := re.fullmatch(letter + r"(\d{1,9})", id_))]
        return f"{letter}{max(numbers, default=0) + 1}"

    def _on_disk(self, file: str) -> Document | None:
        it = self._files[file]
        if _state(self.folder / file) == it.state:
            return None
        try:
            return Document.read(file, (self.folder / file).read_bytes())
        except (OSError, PlanReadError):
            return None

    # --- priorities ---

    def add_priority(self, title: str) -> str:
        """Add a priority at the end of the plan.

        Args:
            title: its short name.

        Returns:
            its id, made from the title.
        """
        start = slug(title)
        id_, number = start, 1
        while self._taken(id_):
            number += 1
            id_ = f"{start}-{number}"
        file = file_of(id_)
        document = Document.of(file, "").put(("title",), title)
        if file in self._files:
            self._files[file].mine = document
        else:
            self._files[file] = _File(None, document, None, None)
        self._set_order([*self._order(), id_])
        return id_

    def remove_priority(self, id_: str) -> None:
        """Remove a priority; its file goes to `.rdlib/versions` with the next save.

        Args:
            id_: its id.

        Raises:
            KeyError: there is none.
        """
        place = self._place(f"priorities/{id_}")
        self._document(place)
        self._files[place.file].mine = None
        self._set_order([other for other in self._order() if other != id_])

    def _taken(self, id_: str) -> bool:
        file = file_of(id_)
        it = self._files.get(file)
        return bool(it and (it.mine or it.problems)) or (it is None and os.path.lexists(self.folder / file))

    def _order(self) -> list[str]:
        node = self._files[PLAN_FILE].mine.node(("order",))  # type: ignore[union-attr]  # a store has a title page
        written = [item.text for item in node.items if isinstance(item, Scalar)] if isinstance(node, Seq) else []
        return written

    def _set_order(self, order: list[str]) -> None:
        self.set("plan/order", order)

    # --- places ---

    def _place(self, path: str) -> _Place:
        first, *names = path.split("/")
        if first == "plan":
            return self._walk(path, PLAN_FILE, Plan, names)
        if first == "priorities" and names and file_of(names[0]) in self._files:
            return self._walk(path, file_of(names[0]), Priority, names[1:])
        raise KeyError(_("there is nothing at {path} in this plan").format(path=path))

    def _walk(self, path: str, file: str, owner: type, names: list[str]) -> _Place:
        document = self._files[file].mine
        steps: list[str | int] = []
        record: type | None = owner
        field: Field | None = None
        for name in names:
            if record is None:
                raise KeyError(_("there is nothing at {path} in this plan").format(path=path))
            if field is not None and field.kind is Kind.RECORDS:
                steps.append(_row_index(document, tuple(steps), name, path))
                field = None
                continue
            field = next((f for f in declared(record) if f.name == name), None)
            if field is None:
                raise KeyError(_("no field is called {name} in {path}").format(name=f'"{name}"', path=path))
            steps.append(name)
            record = field.record
        return _Place(file, owner, tuple(steps), field)

    def _document(self, place: _Place) -> Document:
        it = self._files[place.file]
        if it.mine is None:
            if it.problems:
                raise PlanReadError(it.problems)
            raise KeyError(_("there is no priority {id} in this plan").format(id=f'"{_id_in(place.file)}"'))
        return it.mine

    def _put(self, place: _Place, document: Document) -> None:
        self._files[place.file].mine = document

    # --- saving ---

    def save(self, on_conflict: Literal["refuse", "mine", "theirs"] = "refuse") -> Saved:
        """Write what was changed here, together with what others changed meanwhile.

        Args:
            on_conflict: what to do where others changed the same field: refuse, keep what is here, or what is there.

        Returns:
            when it was saved, and what others had changed.

        Raises:
            PlanConflictError: others changed the same fields; nothing was written.
            PlanReadError: a file that would be written can no longer be read on disk; nothing was written.
            PlanFolderError: the folder cannot be written, or another program is saving it for a long time.
        """
        from filelock import FileLock, Timeout

        own = self.folder / ".rdlib"
        try:
            own.mkdir(exist_ok=True)
            with FileLock(own / "lock", timeout=LOCK_SECONDS):
                return self._save(on_conflict)
        except Timeout:
            raise PlanFolderError(
                _("Another program has been saving this plan for {n} seconds. Nothing was saved; try again.").format(
                    n=LOCK_SECONDS
                )
            ) from None
        except OSError as error:
            raise PlanFolderError(
                _("The plan in {folder} could not be saved: {reason}.").format(
                    folder=self.folder, reason=error.strerror or error
                )
            ) from error

    def _save(self, on_conflict: Literal["refuse", "mine", "theirs"]) -> Saved:
        edited = {file for file, it in self._files.items() if it.changed}
        theirs = _load(self.folder, self._files, certain=edited)
        problems = [p for file in sorted(edited) if file in theirs for p in theirs[file].problems]
        if problems:
            raise PlanReadError(problems)
        merged: list[str] = []
        conflicts: list[Conflict] = []
        results: dict[str, Document | None] = {}
        for file in sorted({*self._files, *theirs}):
            mine, disk = self._files.get(file), theirs.get(file)
            there = disk.base if disk else None
            base = mine.base if mine else None
            if mine is None or file not in edited:
                results[file] = there
                if (mine.digest if mine else None) != (disk.digest if disk else None):
                    merged += _paths(file, changes(_value(base), _value(there))) or [_path(file, ())]
                continue
            if mine.digest == (disk.digest if disk else None):
                results[file] = mine.mine
                continue
            result, taken, clashes = _merge_file(file, base, mine.mine, there, on_conflict)
            results[file] = result
            merged += taken
            conflicts += clashes
        if conflicts:
            raise PlanConflictError(conflicts)
        self._write(results, theirs)
        return Saved(datetime.now(UTC), tuple(dict.fromkeys(merged)))

    def _write(self, results: dict[str, Document | None], theirs: dict[str, _File]) -> None:
        """Write what differs from the disk: first the priorities, then the title page; remove files last."""
        keep = _Keeper(self.folder)
        files = {}
        for file in sorted(results, key=lambda f: (results[f] is None, f == PLAN_FILE)):
            document, disk = results[file], theirs.get(file)
            if disk is not None and disk.problems:
                files[file] = disk
                continue
            if document is None:
                if disk is not None and disk.digest is not None:
                    keep.remove(file)
                continue
            content = document.content
            if disk is None or disk.digest != digest(content):
                keep.write(file, content)
                files[file] = _File(document, document, digest(content), _state(self.folder / file))
            else:
                files[file] = attrs.evolve(disk, base=document, mine=document)
        self._files = files


@attrs.frozen
class _Place:
    """Where a path leads: the file, the keys in it, and the declaration of the field (None for a row)."""

    file: str
    owner: type
    steps: Steps
    field: Field | None

    def order(self, steps: Steps) -> Sequence[str]:
        """Return the names of the fields of the group at a place, in the order of their declaration."""
        return _order(self.owner, steps)


def _order(owner: type, steps: Steps) -> Sequence[str]:
    record: type | None = owner
    for step in steps:
        if isinstance(step, str):
            record = next((f.record for f in declared(record) if f.name == step), None) if record else None
    return [field.name for field in declared(record)] if record else ()


def _row_index(document: Document | None, steps: Steps, name: str, path: str) -> int:
    table = document.node(steps) if document else None
    items = table.items if isinstance(table, Seq) else []
    for index in range(len(items)):
        if row_name(items, index) == name:
            return index
    if (m := re.fullmatch(r"#(\d{1,9})", name)) and 1 <= int(m[1]) <= len(items):
        return int(m[1]) - 1
    raise KeyError(_("there is no row {name} in {path}").format(name=f'"{name}"', path=path))


# --- files -----------------------------------------------------------------------------------------------------------


def _state(path: Path) -> tuple[int, ...] | None:
    """Return what tells cheaply whether a file changed."""
    try:
        it = path.stat()
    except OSError:
        return None
    return (it.st_ino, it.st_size, it.st_mtime_ns)


def _load(
    folder: Path, known: Mapping[str, _File] | None = None, certain: Iterable[str] = (), only: str | None = None
) -> dict[str, _File]:
    """Read the files of a plan.

    Args:
        folder: the plan's folder.
        known: files as they were read before; one that looks untouched is not read again ...
        certain: ... unless it is one of these.
        only: the id of the one priority that is wanted.
    """
    known, certain = known or {}, set(certain)
    title = _load_file(folder, PLAN_FILE, known, certain, None)
    if title is None:
        raise PlanReadError(
            [
                Problem(
                    PLAN_FILE,
                    None,
                    "plan",
                    "",
                    _("no file of this name in {folder}").format(folder=folder),
                    _("the folder of a plan, which has this file in it"),
                )
            ]
        )
    if title.problems:
        raise PlanReadError(title.problems)
    assert title.base is not None
    schema = _schema(title.base)
    names = [f"{only}.yaml"] if only is not None else _names(folder / "priorities")
    files = {PLAN_FILE: _migrated(title, schema)}
    for name in names:
        loaded = _load_file(folder, f"priorities/{name}", known, certain, schema)
        if loaded is not None:
            files[f"priorities/{name}"] = loaded
    return files


def _names(folder: Path) -> list[str]:
    try:
        return sorted(n for n in os.listdir(folder) if n.endswith(".yaml") and not n.startswith("."))
    except OSError:
        return []


def _migrated(it: _File, schema: int) -> _File:
    if it.base is None:
        return it
    document = migrate(it.base, schema)
    return attrs.evolve(it, base=document, mine=document)


def _load_file(
    folder: Path, file: str, known: Mapping[str, _File], certain: set[str], schema: int | None
) -> _File | None:
    path = folder / file
    state = _state(path)
    if state is None and not path.is_symlink():
        return None
    before = known.get(file)
    if before is not None and before.digest is not None and before.state == state and file not in certain:
        return attrs.evolve(before, mine=before.base)
    where = "plan" if file == PLAN_FILE else f"priorities/{_id_in(file)}"
    if not _inside(path, folder):
        problem = Problem(
            file,
            None,
            where,
            "",
            _("a link to a place outside the plan's folder"),
            _("the file itself, or a link inside the folder"),
        )
        return _File(None, None, "outside", state, (problem,))
    try:
        content = path.read_bytes()
    except OSError as error:
        problem = Problem(
            file, None, where, "", _("a file that cannot be opened ({reason})").format(reason=error.strerror), _("a file")
        )
        return _File(None, None, "unread", state, (problem,))
    mark = digest(content)
    if before is not None and before.digest == mark:
        return attrs.evolve(before, mine=before.base, state=state)
    try:
        document = Document.read(file, content)
    except PlanReadError as error:
        return _File(None, None, mark, state, tuple(attrs.evolve(p, where=where) for p in error.problems))
    it = _File(document, document, mark, state)
    return it if schema is None else _migrated(it, schema)


def _inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _schema(title: Document) -> int:
    node = title.node(("schema",))
    text = node.value() if isinstance(node, Scalar) else None
    if node is None or (isinstance(node, Scalar) and text is None):
        return SCHEMA
    number = int(text) if isinstance(text, str) and re.fullmatch(r"[0-9]{1,6}", text) else 0
    if 1 <= number <= SCHEMA:
        return number
    line = title.root.keys["schema"].line
    if number > SCHEMA:
        found = _("{n}: this plan was written by a newer release of this program").format(n=number)
        accepted = _("at most {n}; install the newer release to open it (nothing was changed)").format(n=SCHEMA)
    else:
        found, accepted = f'"{text}"' if text else _("a list"), _("{n}").format(n=SCHEMA)
    raise PlanReadError([Problem(PLAN_FILE, line, "plan/schema", _("Form of the plan"), found, accepted)])


class _Keeper:
    """Writes and removes files of a plan, and keeps their earlier versions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, file: str, content: bytes) -> None:
        path = self.folder / file
        path.parent.mkdir(exist_ok=True)
        real = path.resolve()
        if not real.is_relative_to(self.folder.resolve()):
            raise PlanFolderError(
                _("{file} is a link to a place outside the plan's folder, so it is not written.").format(file=file)
            )
        self._clean(real.parent)
        mode = None
        if real.exists():
            mode = real.stat().st_mode & 0o7777
            self._keep(file, real)
        handle, name = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name}-", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as fresh:
                fresh.write(content)
                fresh.flush()
                os.fsync(fresh.fileno())
            os.chmod(name, mode if mode is not None else 0o666 & ~_umask())
            os.replace(name, real)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _sync_folder(real.parent)

    def remove(self, file: str) -> None:
        path = self.folder / file
        self._keep(file, path)
        path.unlink()
        _sync_folder(path.parent)

    def _keep(self, file: str, path: Path) -> None:
        place = self.folder / ".rdlib" / "versions" / file
        place.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.yaml")
        for old in sorted(place.glob("*.yaml"))[:-KEPT_VERSIONS]:
            old.unlink(missing_ok=True)

    def _clean(self, folder: Path) -> None:
        for left in folder.glob(".*.tmp"):
            try:
                if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                    left.unlink()
            except OSError:
                continue


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


# --- merging ---------------------------------------------------------------------------------------------------------


def _value(document: Document | None) -> Plain:
    return document.value() if document else None


def _path(file: str, names: Sequence[str]) -> str:
    first = "plan" if file == PLAN_FILE else f"priorities/{_id_in(file)}"
    return "/".join([first, *names])


def _paths(file: str, places: Iterable[Sequence[str]]) -> list[str]:
    return [_path(file, names) for names in places]


def _merge_file(
    file: str,
    base: Document | None,
    mine: Document | None,
    theirs: Document | None,
    on_conflict: Literal["refuse", "mine", "theirs"],
) -> tuple[Document | None, list[str], list[Conflict]]:
    """Merge what one file became here and on disk."""
    owner = Plan if file == PLAN_FILE else Priority
    if mine is None or theirs is None:
        if mine is theirs:
            return None, [], []
        if on_conflict == "refuse":
            clash = Clash((), _value(base), _value(mine), _value(theirs))
            return None, [], [_conflict(file, owner, clash)]
        if on_conflict == "theirs":
            return theirs, [_path(file, ())], []
        return mine, [], []
    merged = merge(_value(base), mine.value(), theirs.value(), choose=on_conflict, sets=[("order",)])
    if merged.clashes:
        return None, [], [_conflict(file, owner, clash) for clash in merged.clashes]
    document = theirs.put((), merged.value, lambda steps: _order(owner, steps))
    return document, _paths(file, merged.taken), []


def _conflict(file: str, owner: type, clash: Clash) -> Conflict:
    return Conflict(
        _path(file, clash.names),
        _label(owner, clash.names),
        _in_words(clash.base),
        _in_words(clash.mine),
        _in_words(clash.theirs),
    )


def _label(owner: type, names: Sequence[str]) -> str:
    record: type | None = owner
    label = _("the whole file")
    table = False
    for name in names:
        if table:
            table = False
            continue
        field = next((f for f in declared(record) if f.name == name), None) if record else None
        label, record = (field.label, field.record) if field else (name, None)
        table = bool(field and field.kind is Kind.RECORDS)
    return label


def _in_words(value: Plain) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "; ".join(filter(None, map(_in_words, value)))
    return ", ".join(f"{key}: {text}" for key, item in value.items() if (text := _in_words(item)))


# --- in one call -----------------------------------------------------------------------------------------------------


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
    folder = Path(folder)
    files = _load(folder, only=id_) if "/" not in id_ and "\\" not in id_ else {}
    if file_of(id_) not in files:
        raise KeyError(_("there is no priority {id} in this plan").format(id=f'"{id_}"'))
    store = PlanStore.__new__(PlanStore)
    store.folder, store._files, store._reads = folder, files, {}
    return store.read()



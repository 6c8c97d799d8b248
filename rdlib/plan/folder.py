"""The files of a plan on disk: which there are, what stands in them, and how they are replaced without loss.

A file is replaced in one step: the new content is written beside it, brought safely to the disk, and then takes its
name. A process that is killed at any moment leaves the old file or the new one, never half of one. What a file held
before goes to `.rdlib/versions`.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import attrs

from rdlib.plan.documents import MAX_BYTES, Document, NotWrittenError, digest, too_large
from rdlib.plan.migrations import PLAN_FILE, SCHEMA, migrate
from rdlib.plan.nodes import Scalar
from rdlib.plan.problems import PlanReadError, Problem
from rdlib.words import _

OWN = ".rdlib"
KEPT_VERSIONS = 20
KEPT_DAYS = 30
_STALE_SECONDS = 24 * 3600


class PlanFolderError(Exception):
    """The plan's folder cannot be used as asked: it is not empty, is being saved elsewhere, or cannot be written."""


@attrs.define
class PlanFile:
    """One file of a plan: as it was last seen on disk, and as it is here.

    Attributes:
        disk: what stands in it on disk; None when there is no such file or it cannot be read.
        base: the same in the form of today.
        mine: what it is here; None when it is removed here.
        mark: a short name of its content on disk; None when there is no such file.
        version: what tells cheaply whether it changed on disk.
        problems: why it cannot be read.
    """

    disk: Document | None = None
    base: Document | None = None
    mine: Document | None = None
    mark: str | None = None
    version: tuple[int, ...] | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether it was changed here."""
        return self.mine is not self.base and self.mine != self.base


def file_of(priority_id: str) -> str:
    """Return the file of a priority, relative to the plan's folder.

    >>> file_of("waits")
    'priorities/waits.yaml'
    """
    return f"priorities/{priority_id}.yaml"


def id_in(file: str) -> str:
    """Return the id of the priority that a file holds.

    >>> id_in("priorities/waits.yaml")
    'waits'
    """
    return file.removeprefix("priorities/").removesuffix(".yaml")


def path_in(file: str, *names: str) -> str:
    """Return the path of something in a file.

    >>> path_in("priorities/waits.yaml", "title"), path_in("plan.yaml", "title")
    ('priorities/waits/title', 'plan/title')
    """
    return "/".join(["plan" if file == PLAN_FILE else f"priorities/{id_in(file)}", *names])


# --- reading ---------------------------------------------------------------------------------------------------------


def load(
    folder: Path,
    known: Mapping[str, PlanFile] | None = None,
    certain: Iterable[str] = (),
    only: str | None = None,
) -> dict[str, PlanFile]:
    """Read the files of a plan.

    Args:
        folder: the plan's folder.
        known: files as they were read before; one that looks untouched is not read again ...
        certain: ... unless it is one of these.
        only: the id of the one priority that is wanted.

    Raises:
        PlanReadError: the title page cannot be read, or was written by a newer release.
    """
    loading = _Loading(folder, folder.resolve(), known or {}, set(certain))
    title = loading.file(PLAN_FILE, None)
    if title is None:
        found = _("no file of this name in {folder}").format(folder=folder)
        accepted = _("the folder of a plan; this file is its title page")
        raise PlanReadError([Problem(PLAN_FILE, None, "plan", "", found, accepted)])
    if title.disk is None:
        raise PlanReadError(title.problems)
    schema = _schema(title.disk)
    title = _in_form_of_today(title, schema)
    if title.base is None:
        raise PlanReadError(title.problems)
    files = {PLAN_FILE: title}
    for name in [f"{only}.yaml"] if only is not None else _names(folder / "priorities"):
        it = loading.file(f"priorities/{name}", schema)
        if it is not None:
            files[f"priorities/{name}"] = it
    return files


def _names(folder: Path) -> list[str]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names alone, for thousands of files
    except OSError:
        return []
    return sorted(name for name in names if name.endswith(".yaml") and not name.startswith("."))


def strays(folder: Path) -> Iterator[str]:
    """Give the files that look like priorities and are not read, because their names end differently."""
    try:
        names = os.listdir(folder / "priorities")  # noqa: PTH208 - names alone, for thousands of files
    except OSError:
        return
    for name in sorted(names):
        if re.fullmatch(r"[^.].*\.(yml|yaml\.txt|YAML|YML)", name):
            yield f"priorities/{name}"


@attrs.frozen
class _Loading:
    folder: Path
    root: Path
    known: Mapping[str, PlanFile]
    certain: set[str]

    def file(self, file: str, schema: int | None) -> PlanFile | None:
        """Read one file; None when there is none."""
        path = self.folder / file
        try:
            state = path.stat()
        except OSError:
            return self.unread(file, None, _("a link that leads nowhere")) if path.is_symlink() else None
        version = (state.st_ino, state.st_size, state.st_mtime_ns)
        before = self.known.get(file)
        if before is not None and before.version == version and file not in self.certain:
            return attrs.evolve(before, mine=before.base)
        if not path.resolve().is_relative_to(self.root):
            return self.unread(file, version, _("a link to a place outside the plan's folder"))
        if not stat.S_ISREG(state.st_mode):
            return self.unread(file, version, _("something that is not a file"))
        if state.st_size > MAX_BYTES:
            return self.broken(file, version, "", too_large(file, state.st_size))
        try:
            content = path.read_bytes()
        except OSError as error:
            found = _("a file that cannot be opened ({reason})").format(reason=error.strerror)
            return self.unread(file, version, found)
        mark = digest(content)
        if before is not None and before.mark == mark:
            return attrs.evolve(before, mine=before.base, version=version)
        try:
            document = Document.read(file, content)
        except PlanReadError as error:
            return self.broken(file, version, mark, error)
        it = PlanFile(document, document, document, mark, version)
        return it if schema is None else _in_form_of_today(it, schema)

    def unread(self, file: str, version: tuple[int, ...] | None, found: str) -> PlanFile:
        problem = Problem(file, None, "", "", found, _("a text file inside the plan's folder that you may read"))
        return self.broken(file, version, "", PlanReadError([problem]))

    def broken(self, file: str, version: tuple[int, ...] | None, mark: str, error: PlanReadError) -> PlanFile:
        problems = tuple(attrs.evolve(problem, where=path_in(file)) for problem in error.problems)
        return PlanFile(mark=mark, version=version, problems=problems)


def _in_form_of_today(it: PlanFile, schema: int) -> PlanFile:
    if it.disk is None or it.base is not it.disk:
        return it
    try:
        document = migrate(it.disk, schema)
    except NotWrittenError:
        file = it.disk.file
        found = _("a layout that cannot be brought into the form of today")
        accepted = _("each field on a line of its own, and texts in quotes instead of behind |+ or >+")
        problem = Problem(file, None, path_in(file), "", found, accepted)
        return PlanFile(mark=it.mark, version=it.version, problems=(problem,))
    return attrs.evolve(it, base=document, mine=document)


def _schema(title: Document) -> int:
    """Return the number of the form that a plan is written in."""
    if "schema" not in title.root.keys:
        return SCHEMA
    node = title.root.values["schema"]
    text = node.text if isinstance(node, Scalar) else ""
    number = int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0
    if 1 <= number <= SCHEMA:
        return number
    if number > SCHEMA:
        found = _("{n}: this plan was written by a newer release of this program").format(n=number)
        accepted = _("up to {n}; a newer release can open the plan (nothing was changed)").format(n=SCHEMA)
    else:
        found = f'"{text}"' if text else _("nothing that is a number")
        accepted = _("{n}, or no such line at all").format(n=SCHEMA)
    line = title.root.keys["schema"].line
    raise PlanReadError([Problem(PLAN_FILE, line, "plan/schema", "schema", found, accepted)])


# --- writing ---------------------------------------------------------------------------------------------------------


def make(folder: Path, template: Path) -> None:
    """Copy a template plan into a folder that is not there yet, or is empty.

    Args:
        folder: where.
        template: the plan to copy; what the program keeps for itself there is left out.

    Raises:
        PlanFolderError: something is there already, or it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PlanFolderError(
            _("{folder} is not empty. Choose a folder that is not there yet, or an empty one.").format(folder=folder)
        )
    skipped = {OWN, "__pycache__", ".ipynb_checkpoints"}
    paths = [p for p in sorted(template.rglob("*")) if skipped.isdisjoint(p.relative_to(template).parts)]
    paths.sort(key=lambda path: path == template / PLAN_FILE)  # the title page last: without it, it is no plan
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in paths:
            target = folder / path.relative_to(template)
            if path.is_dir():
                target.mkdir(exist_ok=True)
            else:
                shutil.copyfile(path, target)
    except OSError as error:
        raise not_written(folder, error) from error


def not_written(folder: Path, error: OSError) -> PlanFolderError:
    """Return the error that a folder cannot be written."""
    return PlanFolderError(
        _("The plan in {folder} could not be written: {reason}.").format(
            folder=folder, reason=error.strerror or str(error)
        )
    )


def replace(folder: Path, file: str, content: bytes) -> tuple[int, ...]:
    """Replace a file of a plan in one step, or make it; what it held before is kept.

    Args:
        folder: the plan's folder.
        file: the file, relative to it. A link is followed inside the folder.
        content: what it shall hold.

    Returns:
        what tells cheaply whether it changes on disk from now on.

    Raises:
        PlanFolderError: the file is a link to a place outside the folder.
        OSError: it cannot be written.
    """
    path = (folder / file).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise PlanFolderError(
            _("{file} is a link to a place outside the plan's folder, so nothing is written there.").format(file=file)
        )
    path.parent.mkdir(exist_ok=True)
    there = path.exists()
    if there:
        _keep(folder, file)
    fresh = path.with_name(f".{path.name}-{secrets.token_hex(4)}.tmp")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            if there:
                fresh.chmod(stat.S_IMODE(path.stat().st_mode))
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
            state = os.fstat(stream.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _to_disk(path.parent)
    return (state.st_ino, state.st_size, state.st_mtime_ns)


def remove(folder: Path, file: str) -> None:
    """Remove a file of a plan; what it held is kept.

    Args:
        folder: the plan's folder.
        file: the file, relative to it.
    """
    path = folder / file
    _keep(folder, file)
    path.unlink()
    _to_disk(path.parent)


def tidy(folder: Path) -> None:
    """Remove what saves that were cut off more than a day ago have left behind."""
    for place in (folder, folder / "priorities"):
        for left in place.glob(".*.tmp"):
            try:
                if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                    left.unlink()
            except OSError:
                continue


def _keep(folder: Path, file: str) -> None:
    """Keep what a file holds now: the last versions, and the last one of each of the last days."""
    place = folder / OWN / "versions" / file
    place.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / file, place / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.yaml")
    versions = sorted(path.name for path in place.glob("*.yaml"))
    last_of_day = {name[:8]: name for name in versions}
    kept = {*versions[-KEPT_VERSIONS:], *sorted(last_of_day.values())[-KEPT_DAYS:]}
    for name in versions:
        if name not in kept:
            (place / name).unlink(missing_ok=True)


def _to_disk(folder: Path) -> None:
    """Bring the names in a folder safely to the disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

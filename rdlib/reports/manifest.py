"""What a batch of reports keeps of itself: ``manifest.json`` beside the pages.

It says of each report how it went, how long it took, and the hashes of everything that went into it, so that the next
run makes only what changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import attrs

SCHEMA = 2
NAME = "manifest.json"


class State(Enum):
    """How the making of a report went; the value is the word used in the manifest."""

    DONE = "done"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@attrs.frozen(kw_only=True)
class Entry:
    """One report of a batch.

    Attributes:
        id: id of the priority; empty for the portfolio.
        title: title of its page.
        state: how it went in the latest run that was asked for it.
        seconds: how long the making took, the last time it was made.
        error: what went wrong, in plain words; None unless it failed.
        page: the page, relative to the folder of the reports.
        notebook: the executed notebook, relative to the folder of the reports.
        parameters: what the template was given.
        inputs: the files that went into it, with the hash of each.
        made_with: what else decides how it looks: template, program and libraries, each with its hash or version.
        outputs: the files that were written, with the hash of each.
        row: what the portfolio needs to know of the priority (:mod:`rdlib.reports.rows`); empty where not known.
        formats: for each format beside the page that was asked for, its files among them.
        tries: how often its making was begun; more than once where a process ended or hung.
    """

    id: str
    title: str
    state: State
    seconds: float
    error: str | None
    page: str
    notebook: str
    parameters: Mapping[str, str]
    inputs: Mapping[str, str]
    made_with: Mapping[str, str]
    outputs: Mapping[str, str]
    row: Mapping[str, Any] = {}
    formats: Mapping[str, Sequence[str]] = {}
    tries: int = 1


@attrs.frozen
class Manifest:
    """All reports that stand in a folder."""

    entries: tuple[Entry, ...] = ()

    def entry(self, id_: str) -> Entry | None:
        """Return the entry of a priority (or of the portfolio: the empty id), or None."""
        return next((entry for entry in self.entries if entry.id == id_), None)


def read(folder: Path) -> Manifest:
    """Return the manifest of a folder of reports; an empty one when there is none that this version can use."""
    try:
        raw = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if raw["schema"] != SCHEMA:
            return Manifest()
        return Manifest(tuple(Entry(**{**entry, "state": State(entry["state"])}) for entry in raw["reports"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Manifest()  # it can always be made anew, and then so are the reports


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a folder of reports."""

    def plain(_type: type, _field: Any, value: Any) -> Any:
        return value.value if isinstance(value, Enum) else value

    reports = [attrs.asdict(entry, value_serializer=plain) for entry in manifest.entries]
    text = json.dumps({"schema": SCHEMA, "reports": reports}, ensure_ascii=False, indent=1)
    write_whole(folder / NAME, text + "\n")


def write_whole(path: Path, text: str) -> str:
    """Write a file in one step: a reader sees the old one or the new one, never half of it.

    Returns:
        the hash of its content.
    """
    return write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> str:
    """Write a file in one step, as `write_whole` does, and return its hash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return hashlib.sha256(content).hexdigest()


@cache
def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def hash_of(path: Path) -> str:
    """Return the hash of a file's content; ``"gone"`` when there is no such file."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "gone"


def hash_of_all(folder: Path, paths: Iterable[Path]) -> str:
    """Return one hash for several files: their places below a folder, and their contents."""
    together = hashlib.sha256()
    for path in sorted(paths):
        together.update(f"{path.relative_to(folder).as_posix()}\0{hash_of(path)}\n".encode())
    return together.hexdigest()


def plan_files(plan: Path) -> list[str]:
    """Return the files of a plan, relative to its folder."""
    found = [plan / "plan.yaml", *(plan / "priorities").glob("*.yaml"), *(plan / "data").glob("*.csv")]
    return sorted(path.relative_to(plan).as_posix() for path in found if not path.name.startswith("."))


class Seen:
    """What the file system said of large files when their hashes were taken, so that they need not be read each time.

    The hash decides. It is taken as known only for a file of which size, place on the disk, time of change and time of
    the last touch (which no program can set) are all as they were, and which was untouched for a while when it was
    read: one that was written in the very moment could be written again without a trace. It is a cache beside the
    manifest; without it everything is read.
    """

    NAME = ".manifest-seen.json"

    #: How long a file must have been untouched, in billionths of a second; the clocks of file systems can be coarse.
    SETTLED = 2_000_000_000

    def __init__(self, folder: Path) -> None:
        """Read what is known of a folder of reports."""
        self.folder = folder
        self._known: dict[str, list[Any]] = {}
        self._changed = False
        with suppress(OSError, ValueError):
            known = json.loads((folder / self.NAME).read_text(encoding="utf-8"))
            self._known = known if isinstance(known, dict) else {}

    def hash_of(self, name: str) -> str:
        """Return the hash of a file's content, as `hash_of` does."""
        state = self._state(name)
        known = self._known.get(name)
        if state is not None and isinstance(known, list) and known[1:] == state:
            return str(known[0])
        read_at = time.time_ns()
        found = hash_of(self.folder / name)
        if state is not None and read_at - state[-1] > self.SETTLED and self._state(name) == state:
            self._known[name] = [found, *state]
            self._changed = True
        return found

    def remember(self, names: Iterable[str]) -> None:
        """Read what is not known yet of some files, and keep for the next time what is known of them and no others."""
        names = set(names)
        for name in names:
            self.hash_of(name)
        known = {name: found for name, found in self._known.items() if name in names}
        if self._changed or len(known) < len(self._known):
            write_whole(self.folder / self.NAME, json.dumps(known, ensure_ascii=False))
            self._known, self._changed = known, False

    def _state(self, name: str) -> list[int] | None:
        try:
            stat = (self.folder / name).stat()
        except OSError:
            return None
        return [stat.st_size, stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns]

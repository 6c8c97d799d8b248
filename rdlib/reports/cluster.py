"""A batch on several machines: the jobs go to the workers of a dask scheduler, and what they make comes back here.

A worker needs this library and nothing else: the plan is sent to it, packed, once. What a job makes comes back with its
entry and is written here, so that the folder of reports is the same wherever they were made. A worker that is killed
costs its reports a second try somewhere else.

``distributed`` is an optional library (``pip install rdlib[cluster]``), imported when a cluster is asked for.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
import threading
import zipfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

import attrs

from rdlib.reports import hands, making, manifest
from rdlib.reports.making import NOTEBOOKS, Job
from rdlib.reports.manifest import Entry
from rdlib.words import _

#: How long to look for the scheduler, in seconds.
CONNECT_SECONDS = 15


class Cluster:
    """The workers of a dask scheduler."""

    def __init__(self, address: str, plan: Path, engine: str, timeout: float) -> None:
        """Find them.

        Args:
            address: address of the scheduler, such as ``tcp://10.0.0.5:8786``.
            plan: folder of the plan.
            engine: the engine that makes a report on a worker.
            timeout: how many seconds one report may take.

        Raises:
            HandsError: the library is not there, or no scheduler at the address, or it has no workers.
        """
        try:
            from distributed import Client
        except ImportError:
            raise hands.HandsError(
                _("Several machines need the library “distributed”. Install it: pip install rdlib[cluster]")
            ) from None
        try:
            self._client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise hands.HandsError(
                _("No scheduler answers at {address}: {why}").format(address=address, why=error or type(error).__name__)
            ) from None
        self.plan, self.engine, self.timeout = plan, engine, timeout
        self._threads = sum(self._client.nthreads().values())
        if not self._threads:
            self.close()
            raise hands.HandsError(_("The scheduler at {address} has no workers.").format(address=address))

    def close(self) -> None:
        """Let them go."""
        self._client.close()

    def make(self, jobs: Sequence[Job], out: Path) -> Iterator[tuple[Job, Entry]]:
        """Let the workers make reports, and give back each when it is done and written here."""
        from distributed import as_completed

        packed = pack(self.plan)
        # made by a task, not scattered: when all who hold it are gone, it is made again
        plan = self._client.submit(bytes, packed, key=f"rdlib-plan-{hashlib.sha256(packed).hexdigest()}")
        waiting = list(reversed(jobs))
        asked: dict[Any, Job] = {}

        def ask() -> Any:
            job = waiting.pop()
            files = _own_files(job, out)
            future = self._client.submit(
                make_away, job, plan, _template(job), files, self.engine, self.timeout,
                pure=False, retries=0, key=f"rdlib-{job.id}-{id(asked)}-{len(waiting)}",
            )  # fmt: skip
            asked[future] = job
            return future

        # as many are out as keep all workers busy: what comes back is written before more is asked for
        first = [ask() for _n in range(min(2 * self._threads, len(waiting)))]
        done = as_completed(first, loop=self._client.loop)
        try:
            for future in done:
                job = asked.pop(future)
                yield job, self._settle(job, future, out)
                future.release()
                if waiting:
                    done.add(ask())
        finally:
            self._client.cancel(list(asked))

    def _settle(self, job: Job, future: Any, out: Path) -> Entry:
        """Write what a worker has made."""
        try:
            entry, files = future.result()
        except Exception as failure:  # the worker was lost too often, or the library failed in its own way
            return making.failed(
                job, _("The worker that made it was lost: {what}.").format(what=str(failure) or type(failure).__name__)
            )
        try:
            for name, content in files.items():
                manifest.write_bytes(out / name, content)
        except OSError as failure:
            return making.failed(job, making.in_words_of_the_system(failure))
        made: Entry = entry
        return made


def pack(plan: Path) -> bytes:
    """Return the files of a plan, packed; the same files give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for path in sorted(path for path in plan.rglob("*") if path.is_file() and not _hidden(path, plan)):
            archive.writestr(zipfile.ZipInfo(path.relative_to(plan).as_posix()), path.read_bytes())
    return target.getvalue()


def _hidden(path: Path, plan: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(plan).parts)


def _own_files(job: Job, out: Path) -> dict[str, bytes]:
    """The page of a report that only lacks further formats."""
    return {job.page: (out / job.page).read_bytes()} if job.standing is not None else {}


@lru_cache(maxsize=4)
def _source(path: Path) -> tuple[str, bytes]:
    return path.name, path.read_bytes()


def _template(job: Job) -> tuple[str, bytes]:
    return _source(job.source)


# --- on a worker -----------------------------------------------------------------------------------------------

_UNPACKING = threading.Lock()


@lru_cache(maxsize=2)
def _unpacked(packed: bytes) -> Path:
    """Return the folder of a plan on this worker; it is unpacked once."""
    folder = Path(tempfile.mkdtemp(prefix="rdlib-plan-"))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(folder)
    return folder


def make_away(
    job: Job, packed: bytes, template: tuple[str, bytes], own: dict[str, bytes], engine: str, timeout: float
) -> tuple[Entry, dict[str, bytes]]:
    """Make one report on a worker, in a folder of its own.

    The folder lies so that the plan is found where the parameters say it lies: they are part of the notebook.

    Returns:
        the entry, and the files by their names in the folder of the reports.
    """
    with _UNPACKING:
        plan = _unpacked(packed)
    with tempfile.TemporaryDirectory(prefix="rdlib-report-") as name:
        base = Path(name).resolve()
        seen = PurePosixPath(job.parameters["plan"])
        up = sum(1 for part in seen.parts if part == "..")
        out = base.joinpath(*["x"] * up, "reports")
        (out / NOTEBOOKS).mkdir(parents=True)
        there = (out / NOTEBOOKS / seen).resolve()
        if base not in there.parents:
            raise ValueError(_("The plan lies on another drive than the reports."))
        there.parent.mkdir(parents=True, exist_ok=True)
        there.symlink_to(plan, target_is_directory=True)
        source = base / "template" / template[0]
        source.parent.mkdir()
        source.write_bytes(template[1])
        for file, content in own.items():
            (out / file).write_bytes(content)
        entry = hands.attempt(attrs.evolve(job, source=source), out, engine, timeout)
        return entry, {file: (out / file).read_bytes() for file in entry.outputs if file not in own}

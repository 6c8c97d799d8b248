"""Who makes the reports of a batch: children of a warm process, kernels of papermill's, or the workers of a cluster.

Each gives back an entry for every job, whatever happens to the one that works on it: who is killed or hangs costs one
second try, and then a report that failed.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from rdlib.reports import forge, making
from rdlib.reports.making import REPORT_SECONDS, Job
from rdlib.reports.manifest import Entry
from rdlib.words import _

if TYPE_CHECKING:
    from rdlib.reports.cluster import Cluster

#: How often a report is tried whose process ends or hangs.
TRIES = 2

#: The engines that one can ask for.
ENGINES = ("rdlib", "papermill")


class HandsError(ValueError):
    """Nobody can make the reports in the way that was asked for; its message is written for the person who reads it."""


def engine_of(asked: str | None) -> str:
    """Return the engine that makes the reports here.

    Args:
        asked: the one that was asked for, or None.

    Raises:
        HandsError: there is no such engine, or not on this system.
    """
    if asked is not None and asked not in ENGINES:
        there_are = ", ".join(f"“{name}”" for name in ENGINES)
        raise HandsError(_("There is no engine “{name}”; there are {names}.").format(name=asked, names=there_are))
    if asked == "rdlib" and not forge.available():
        raise HandsError(_("The engine “rdlib” needs a system that can fork, such as Linux. Leave --engine out."))
    return asked or ("rdlib" if forge.available() else "papermill")


class Hands:
    """Those who make the reports of one batch; use it in a ``with`` statement."""

    def __init__(
        self,
        *,
        plan: Path,
        engine: str | None = None,
        scheduler: str | None = None,
        jobs: int | None = None,
        timeout: float = REPORT_SECONDS,
    ) -> None:
        """Choose them.

        Args:
            plan: folder of the plan, for those who do not see it.
            engine: the engine that was asked for, or None.
            scheduler: address of a dask scheduler; None for this machine.
            jobs: how many reports are made at a time; None for one for each core.
            timeout: how many seconds one report may take.

        Raises:
            HandsError: they cannot be had.
        """
        self.engine = engine_of(engine)
        self.jobs = jobs or cores()
        self.timeout = timeout
        self._stopped = threading.Event()
        self.cluster: Cluster | None = None
        if scheduler is not None:
            from rdlib.reports.cluster import Cluster

            self.cluster = Cluster(scheduler, plan, self.engine, timeout)

    def __enter__(self) -> Hands:
        """Begin."""
        return self

    def __exit__(self, *_exc: object) -> None:
        """Let the cluster go; the warm process stays for the next batch of this program."""
        if self.cluster is not None:
            self.cluster.close()

    def make(self, jobs: Iterable[Job], out: Path) -> Iterator[tuple[Job, Entry]]:
        """Make reports side by side, and give back each when it is done."""
        jobs = list(jobs)
        if not jobs:
            return
        if self.cluster is not None:
            yield from self.cluster.make(jobs, out)
            return
        pool = ThreadPoolExecutor(max_workers=min(self.jobs, len(jobs)))
        asked: dict[Future[Entry], Job] = {pool.submit(self.make_here, job, out): job for job in jobs}
        try:
            for done in as_completed(asked):
                yield asked.pop(done), done.result()
        except BaseException:
            self._stopped.set()
            pool.shutdown(wait=False, cancel_futures=True)
            forge.close_shared()  # who is at work ends now, and leaves no half a file
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            for job in asked.values():
                sweep(job, out)

    def make_here(self, job: Job, out: Path) -> Entry:
        """Make one report on this machine."""
        return attempt(job, out, self.engine, self.timeout, self._stopped.is_set)


def attempt(job: Job, out: Path, engine: str, timeout: float, stopped: Callable[[], bool] = lambda: False) -> Entry:
    """Make one report; where who makes it ends or hangs, a second time.

    Args:
        job: the report.
        out: folder of the reports.
        engine: the engine that makes it.
        timeout: how many seconds it may take.
        stopped: says whether everything is given up; nothing is then tried again.
    """
    if engine != "rdlib":
        return making.make(print, job, out, engine)
    error = ""
    for number in range(1, TRIES + 1):
        worker = forge.shared()
        try:
            entry: Entry = worker.run(making.make, job, out, engine, timeout=timeout)
        except forge.DiedError as failure:
            error = str(failure)
        except forge.OverdueError:
            error = making.overdue(timeout)
        except Exception as failure:  # the template failed in a way of which papermill knows nothing
            error = _("It could not be made: {what}.").format(what=str(failure) or type(failure).__name__)
        else:
            return attrs.evolve(entry, tries=number)
        sweep(job, out)
        if stopped():
            break
    return attrs.evolve(making.failed(job, error, seconds=timeout), tries=number)


def sweep(job: Job, out: Path) -> None:
    """Take away what is half written of a report whose maker was ended."""
    for name in (job.page, job.notebook):
        path = out / name
        for half in path.parent.glob(f".{path.name}.*.tmp"):
            half.unlink(missing_ok=True)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1

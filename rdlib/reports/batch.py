"""A batch of reports: a template runs for each priority, and the portfolio's for all of them together.

One priority that fails never stops the others; what did not change since the last run is left alone; every file is
written in one step. What there is to do is decided here; :mod:`rdlib.reports.hands` does it, with as many hands as
there are cores: children of a warm process, kernels of papermill's, or the workers of a cluster.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path

import attrs

import rdlib
from rdlib import paths
from rdlib.plan import slug
from rdlib.reports import hands, manifest, parameters
from rdlib.reports.making import NOTEBOOKS, REPORT_SECONDS, Job
from rdlib.reports.manifest import Entry, Manifest, State
from rdlib.words import _, language

#: Libraries whose release can change how a report looks.
LIBRARIES = ("matplotlib", "nbconvert", "numpy", "openpyxl", "papermill", "python-docx", "statsmodels", "weasyprint")

#: The format that every report has; others are made from it.
PAGE = "html"

#: How many seconds may pass before the manifest is written again while a batch runs.
SAVED_EVERY = 10.0

INDEX = "index.html"


@attrs.frozen
class Batch:
    """What a run came to.

    Attributes:
        entries: the reports that were asked for, and the portfolio last.
    """

    entries: tuple[Entry, ...]

    @property
    def failed(self) -> tuple[Entry, ...]:
        """The reports that could not be made."""
        return tuple(entry for entry in self.entries if entry.state is State.FAILED)


def names(ids: Sequence[str]) -> dict[str, str]:
    """Return for each priority a file name that is safe everywhere and that no other priority has.

    >>> names(["waits", "A & E", "a-e", "index"])
    {'waits': 'waits', 'A & E': 'a-e', 'a-e': 'a-e-2', 'index': 'index-2'}
    """
    taken = {"index", "portfolio", "manifest"}
    chosen = {}
    for id_ in ids:
        base = slug(id_)
        name, count = base, 1
        while name in taken:
            count += 1
            name = f"{base}-{count}"
        taken.add(name)
        chosen[id_] = name
    return chosen


def priority_ids(plan: Path) -> list[str]:
    """Return the ids of the priorities of a plan, whether or not their files can be read."""
    return sorted(path.stem for path in (plan / "priorities").glob("*.yaml") if not path.name.startswith("."))


def make_reports(
    plan: Path,
    out: Path,
    *,
    only: Sequence[str] = (),
    as_of: date | None = None,
    jobs: int | None = None,
    force: bool = False,
    home: tuple[str, str] | None = None,
    formats: Sequence[str] = (PAGE,),
    engine: str | None = None,
    scheduler: str | None = None,
    timeout: float = REPORT_SECONDS,
) -> Batch:
    """Make the report of each priority of a plan, and the portfolio page.

    Args:
        plan: folder of the plan.
        out: folder for the reports; it is made when it is not there.
        only: ids of the priorities to report on; left out, all of them. The portfolio shows all of them always.
        as_of: the day for which the reports are made; left out, today.
        jobs: how many reports are made at a time; left out, one for each core.
        force: also make those in which nothing changed.
        home: address and label of a link from the portfolio to the page one level up.
        formats: what is made of each report; the page (``html``) always is, the others follow from it.
        engine: ``rdlib`` forks a warm process for each report, ``papermill`` starts a kernel for each; left out, the
            first where this system can fork.
        scheduler: address of a dask scheduler whose workers make the reports; left out, this machine does.
        timeout: how many seconds one report may take.

    Raises:
        ParameterError: the folder is no plan, or an id of ``only`` is no priority of it.
        HandsError: the engine or the cluster cannot be had; the message says why.
    """
    plan, out = Path(plan).resolve(), Path(out).resolve()
    when = as_of or date.today()
    parameters.PORTFOLIO.accept({"plan": plan, "as_of": when})
    ids = priority_ids(plan)
    _refuse_unknown(only, ids)
    further = tuple(dict.fromkeys(form for form in formats if form != PAGE))

    with hands.Hands(engine=engine, scheduler=scheduler, jobs=jobs, timeout=timeout, plan=plan) as workers:
        (out / NOTEBOOKS).mkdir(parents=True, exist_ok=True)
        before = manifest.read(out)
        standing = _Standing(before, plan, out)
        given = {"plan": _seen_from(out / NOTEBOOKS, plan), "as_of": when.isoformat()}
        file_names = names(ids)
        chosen = [
            Job(
                id=id_,
                title=id_,
                template=parameters.PRIORITY,
                source=paths.templates() / "priority.ipynb",
                page=f"{file_names[id_]}.html",
                notebook=f"{NOTEBOOKS}/{file_names[id_]}.ipynb",
                parameters={**given, "priority": id_},
                home=(INDEX, _("All priorities")),
                made_with=_made_with("priority"),
                formats=further,
            )
            for id_ in ids
            if not only or id_ in only
        ]
        entries = {entry.id: entry for entry in before.entries if entry.id in ids}
        for entry in before.entries:
            if entry.id and entry.id not in ids:
                remove(entry, out)

        def keep(portfolio: Entry | None) -> list[Entry]:
            reports = [entries[id_] for id_ in ids if id_ in entries]
            manifest.write(out, Manifest((*reports, *filter(None, [portfolio]))))
            return reports

        with _Progress(len(chosen) + 1) as progress:
            todo = []
            for job in chosen:
                current = None if force else standing.current(job)
                if current is not None and not (lacking := _lacking(current, further)):
                    entries[job.id] = current
                    progress.step()
                else:
                    todo.append(attrs.evolve(job, standing=current) if current and lacking else job)
            saved = time.monotonic()
            try:
                for job, entry in workers.make(todo, out):
                    entries[job.id] = _settled(entry, before, out)
                    progress.step()
                    if time.monotonic() - saved > SAVED_EVERY:
                        keep(before.entry(""))
                        saved = time.monotonic()
            finally:  # also when somebody stops it: what is finished is kept and told
                reports = keep(before.entry(""))

            job = Job(
                id="",
                title=_("Portfolio"),
                template=parameters.PORTFOLIO,
                source=paths.templates() / "portfolio.ipynb",
                page=INDEX,
                notebook=f"{NOTEBOOKS}/portfolio.ipynb",
                parameters={**given, "manifest": f"../{manifest.NAME}"},
                home=home,
                made_with={**_made_with("portfolio"), "reports": _what_stands(reports), "home": " ".join(home or ())},
                formats=further,
            )
            portfolio = None if force else standing.current(job)
            if portfolio is None or _lacking(portfolio, further):
                made = workers.make_here(attrs.evolve(job, standing=portfolio), out)
                portfolio = _settled(made, before, out)
            progress.step()
        keep(portfolio)
    standing.remember([*entries.values(), portfolio])
    return Batch((*(entries[job.id] for job in chosen), portfolio))


def make_stocktake(
    plan: Path,
    out: Path,
    day: date,
    *,
    home: tuple[str, str] | None = None,
    engine: str | None = None,
    formats: Sequence[str] = (),
) -> Path:
    """Make the pack of a stocktake: one page that holds all that lies on the table.

    Args:
        plan: folder of the plan.
        out: folder for the page and, beside it, the executed notebook.
        day: the day of the stocktake.
        home: address and label of a link from the page to one level up.
        engine: as for :func:`make_reports`.
        formats: the formats that are asked for beside the page: ``pdf``, ``docx``.

    Returns:
        the page, ``stocktake-<day>.html``; what was asked for beside it has the same name with another ending.

    Raises:
        ParameterError: the folder is no plan.
        StocktakePackError: the page or one of the formats could not be made; the message says why.
    """
    plan, out = Path(plan).resolve(), Path(out).resolve()
    parameters.STOCKTAKE.accept({"plan": plan, "day": day})
    (out / NOTEBOOKS).mkdir(parents=True, exist_ok=True)
    name = f"stocktake-{day.isoformat()}"
    job = Job(
        id=name,
        title=name,
        template=parameters.STOCKTAKE,
        source=paths.templates() / "stocktake.ipynb",
        page=f"{name}.html",
        notebook=f"{NOTEBOOKS}/{name}.ipynb",
        parameters={"plan": _seen_from(out / NOTEBOOKS, plan), "day": day.isoformat()},
        home=home,
        made_with=_made_with("stocktake"),
    )
    with hands.Hands(engine=engine, plan=plan) as workers:
        entry = workers.make_here(job, out)
    if entry.state is State.FAILED:
        raise StocktakePackError(entry.error or _("The pack could not be made."))
    page = out / job.page
    if further := [form for form in formats if form != "html"]:
        _write_packs(further, plan, day, page, out)
    return page


def _write_packs(forms: Sequence[str], plan: Path, day: date, page: Path, out: Path) -> None:
    """Write the pack of a stocktake in further formats, from its page."""
    from rdlib.plan import read_plan
    from rdlib.reports import formats

    read, text = read_plan(plan).plan, page.read_text(encoding="utf-8")
    for form in forms:
        try:
            formats.write_pack(form, read, day, text, out, page.stem)
        except formats.FormatError as error:
            raise StocktakePackError(str(error)) from None


class StocktakePackError(ValueError):
    """A pack that could not be made; its message is written for the person who reads it."""


def _refuse_unknown(only: Sequence[str], ids: Sequence[str]) -> None:
    unknown = [id_ for id_ in only if id_ not in ids]
    if unknown:
        there_are = ", ".join(f"“{id_}”" for id_ in ids) or _("none")
        raise parameters.ParameterError(
            _("The plan has no priority “{id}”; there are {ids}.").format(id=id_, ids=there_are) for id_ in unknown
        )


def _seen_from(folder: Path, plan: Path) -> str:
    """Return the plan's path relative to a folder, so that the executed notebooks tell nothing of this machine."""
    try:
        return Path(os.path.relpath(plan, folder)).as_posix()
    except ValueError:  # on another drive
        return str(plan)


def _made_with(template: str) -> dict[str, str]:
    return {"template": manifest.hash_of(paths.templates() / f"{template}.ipynb"), **_program()}


def _lacking(entry: Entry, formats: Sequence[str]) -> list[str]:
    return [form for form in formats if form not in entry.formats]


@cache
def _program() -> dict[str, str]:
    package = Path(rdlib.__file__).parent
    code = [
        path
        for path in package.rglob("*")
        if path.suffix in {".py", ".css", ".toml", ".mo"} and "_share" not in path.parts
    ]
    page = [path for path in (paths.templates() / "html").iterdir() if path.is_file()]
    return {
        "page": manifest.hash_of_all(paths.templates(), page),
        "rdlib": manifest.hash_of_all(package, code),
        "language": language(),
        **{name: version(name) for name in LIBRARIES},
    }


def _what_stands(entries: Sequence[Entry]) -> str:
    """Return what the portfolio says of the reports: it is made anew when that changes."""
    return json.dumps([[entry.id, entry.page, entry.error] for entry in entries], ensure_ascii=False)


class _Standing:
    """Which reports stand and would come out the same: content decides, never the time of a file alone.

    Every file of the plan is read. A report's own files are large and were written by us: of one of which the file
    system says that nothing touched it since it was read last (see :class:`~rdlib.reports.manifest.Seen`), the hash is
    known; any other is read again.
    """

    def __init__(self, before: Manifest, plan: Path, out: Path) -> None:
        self.plan, self.out = plan, out
        self.before = {entry.id: entry for entry in before.entries}
        self.seen = manifest.Seen(out)
        self.hash_in_plan = cache(lambda name: manifest.hash_of(plan / name))

    def current(self, job: Job) -> Entry | None:
        """Return the entry of a report that stands and would come out the same; None when it has to be made."""
        entry = self.before.get(job.id)
        if entry is None or not entry.page or (entry.state is State.FAILED and not entry.formats):
            return None
        same = (
            (entry.page, entry.notebook, entry.parameters, entry.made_with)
            == (job.page, job.notebook, job.parameters, job.made_with)
            and all(self.hash_in_plan(name) == found for name, found in entry.inputs.items())
            and all(self.seen.hash_of(name) == found for name, found in entry.outputs.items())
            and (job.id != "" or sorted(entry.inputs) == manifest.plan_files(self.plan))
        )
        return attrs.evolve(entry, state=State.UNCHANGED) if same else None

    def remember(self, entries: Sequence[Entry]) -> None:
        """Note what the file system says of the files that stand now."""
        self.seen.remember(name for entry in entries for name in entry.outputs)


def _settled(entry: Entry, before: Manifest, out: Path) -> Entry:
    """Take away the files of an earlier run that this one has not made again: they say what is true no more."""
    if standing := before.entry(entry.id):
        remove(standing, out, keep=list(entry.outputs))
    return entry


def remove(entry: Entry, out: Path, keep: Sequence[str] = ()) -> None:
    """Take away the files of a report that is no more; one that somebody changed since is theirs and stays."""
    for name, found in entry.outputs.items():
        if name not in keep and manifest.hash_of(out / name) == found:
            (out / name).unlink()


class _Progress:
    """A progress bar on a terminal; nothing anywhere else."""

    def __init__(self, total: int) -> None:
        from tqdm import tqdm

        self._bar = tqdm(total=total, desc=_("Reports"), disable=None, unit="", leave=False)

    def step(self) -> None:
        self._bar.update()

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._bar.close()

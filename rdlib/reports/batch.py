"""A batch of reports: papermill runs the template for each priority, and the portfolio's for all of them together.

One priority that fails never stops the others; what did not change since the last run is left alone; every file is
written in one step. The kernels that papermill starts are processes of their own, so threads are enough to keep all
cores busy.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

import rdlib
from rdlib import paths
from rdlib.plan import slug
from rdlib.reports import formats, html, manifest, parameters
from rdlib.reports.manifest import Entry, Manifest, State
from rdlib.words import _, language

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: Longest time for one cell of a report, in seconds.
CELL_SECONDS = 300

#: Libraries whose release can change how a report looks.
LIBRARIES = ("matplotlib", "nbconvert", "numpy", "papermill", "statsmodels")

#: Errors of a template whose message is written for the person who reads it.
PLAIN_ERRORS = {"ParameterError", "ReportError"}

INDEX = "index.html"
NOTEBOOKS = "notebooks"


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


@attrs.frozen(kw_only=True)
class _Job:
    """One report to make: everything that is known before it is made."""

    id: str
    title: str
    template: parameters.Template
    page: str
    notebook: str
    parameters: Mapping[str, str]
    home: tuple[str, str] | None
    made_with: Mapping[str, str]


@attrs.frozen
class _Run:
    """What papermill brought back."""

    notebook: NotebookNode | None
    error: str | None
    seconds: float


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
    forms: Sequence[str] = ("html",),
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
        forms: the formats, as :func:`rdlib.reports.formats.check` says that they can be made; the page always is.

    Raises:
        ParameterError: the folder is no plan, or an id of ``only`` is no priority of it.
    """
    plan, out = Path(plan).resolve(), Path(out).resolve()
    when = as_of or date.today()
    parameters.PORTFOLIO.accept({"plan": plan, "as_of": when})
    ids = priority_ids(plan)
    _refuse_unknown(only, ids)

    # Several reports are made at once: threads of the linear algebra library inside each would only get in the way.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    (out / NOTEBOOKS).mkdir(parents=True, exist_ok=True)
    before = manifest.read(out)
    given = {"plan": _seen_from(out / NOTEBOOKS, plan), "as_of": when.isoformat()}
    file_names = names(ids)
    chosen = [
        _Job(
            id=id_,
            title=id_,
            template=parameters.PRIORITY,
            page=f"{file_names[id_]}.html",
            notebook=f"{NOTEBOOKS}/{file_names[id_]}.ipynb",
            parameters={**given, "priority": id_},
            home=(INDEX, _("All priorities")),
            made_with={**_made_with("priority"), "formats": " ".join(forms)},
        )
        for id_ in ids
        if not only or id_ in only
    ]
    entries = {entry.id: entry for entry in before.entries if entry.id in ids}
    for entry in before.entries:
        if entry.id and entry.id not in ids:
            _remove(entry, out)

    with _Progress(len(chosen) + 1) as progress:
        todo = []
        for job in chosen:
            if not force and (current := _current(job, before, plan, out)):
                entries[job.id] = current
                progress.step()
            else:
                todo.append(job)
        with ThreadPoolExecutor(max_workers=jobs or os.cpu_count() or 1) as pool:
            runs: dict[Future[_Run], _Job] = {pool.submit(_run, job, out): job for job in todo}
            try:
                for done in as_completed(runs):
                    entries[runs[done].id] = _finish(runs[done], done.result(), before, out)
                    progress.step()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        standing = [entries[id_] for id_ in ids if id_ in entries]
        manifest.write(out, Manifest((*standing, *filter(None, [before.entry("")]))))

        job = _Job(
            id="",
            title=_("Portfolio"),
            template=parameters.PORTFOLIO,
            page=INDEX,
            notebook=f"{NOTEBOOKS}/portfolio.ipynb",
            parameters={**given, "manifest": f"../{manifest.NAME}"},
            home=home,
            made_with={
                **_made_with("portfolio"),
                "formats": " ".join(forms),
                "reports": _what_stands(standing),
                "home": " ".join(home or ()),
            },
        )
        portfolio = (None if force else _current(job, before, plan, out)) or _finish(job, _run(job, out), before, out)
        progress.step()
    manifest.write(out, Manifest((*standing, portfolio)))
    return Batch((*(entries[job.id] for job in chosen), portfolio))


def make_stocktake(plan: Path, out: Path, day: date, *, home: tuple[str, str] | None = None) -> Path:
    """Make the pack of a stocktake: one page that holds all that lies on the table.

    Args:
        plan: folder of the plan.
        out: folder for the page and, beside it, the executed notebook.
        day: the day of the stocktake.
        home: address and label of a link from the page to one level up.

    Returns:
        the page, ``stocktake-<day>.html``.

    Raises:
        ParameterError: the folder is no plan.
        StocktakePackError: the page could not be made; the message says why.
    """
    plan, out = Path(plan).resolve(), Path(out).resolve()
    parameters.STOCKTAKE.accept({"plan": plan, "day": day})
    (out / NOTEBOOKS).mkdir(parents=True, exist_ok=True)
    name = f"stocktake-{day.isoformat()}"
    job = _Job(
        id=name,
        title=name,
        template=parameters.STOCKTAKE,
        page=f"{name}.html",
        notebook=f"{NOTEBOOKS}/{name}.ipynb",
        parameters={"plan": _seen_from(out / NOTEBOOKS, plan), "day": day.isoformat()},
        home=home,
        made_with=_made_with("stocktake"),
    )
    entry = _finish(job, _run(job, out), Manifest(), out)
    if entry.state is State.FAILED:
        raise StocktakePackError(entry.error or _("The pack could not be made."))
    return out / job.page


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


def _current(job: _Job, before: Manifest, plan: Path, out: Path) -> Entry | None:
    """Return the entry of a report that stands and would come out the same; None when it has to be made."""
    entry = before.entry(job.id)
    if entry is None or entry.state is State.FAILED:
        return None
    same = (
        (entry.page, entry.notebook, dict(entry.parameters), dict(entry.made_with))
        == (job.page, job.notebook, dict(job.parameters), dict(job.made_with))
        and all(manifest.hash_of(plan / name) == found for name, found in entry.inputs.items())
        and all(manifest.hash_of(out / name) == found for name, found in entry.outputs.items())
        and (job.id != "" or sorted(entry.inputs) == manifest.plan_files(plan))
    )
    return attrs.evolve(entry, state=State.UNCHANGED) if same else None


def _run(job: _Job, out: Path) -> _Run:
    """Let papermill execute a template; whatever goes wrong comes back as words."""
    import nbformat
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    started = time.perf_counter()
    error = None
    with tempfile.TemporaryDirectory(prefix="rdlib-") as folder:
        template, executed = Path(folder, "template.ipynb"), Path(folder, "executed.ipynb")
        try:
            shutil.copyfile(paths.templates() / f"{job.template.name}.ipynb", template)
            papermill.execute_notebook(
                template,
                executed,
                dict(job.parameters),
                kernel_name="python3",
                progress_bar=False,
                request_save_on_cell_execute=False,
                execution_timeout=CELL_SECONDS,
                # these go on to nbclient
                resources={"metadata": {"path": str(out / NOTEBOOKS)}},
                extra_arguments=["--HistoryManager.enabled=False", "--IPKernelApp.log_level=ERROR"],
                shutdown_kernel="immediate",
            )
        except PapermillExecutionError as failure:
            error = _in_words(failure)
        except CellTimeoutError:
            error = _("It took longer than {n} seconds and was given up.").format(n=CELL_SECONDS)
        except DeadKernelError:
            error = _("The process that made it ended by itself; there may be too little memory.")
        except Exception as failure:
            error = _("It could not be made: {what}.").format(what=str(failure) or type(failure).__name__)
        notebook = nbformat.read(executed, as_version=4) if executed.exists() else None
    return _Run(notebook, error, time.perf_counter() - started)


def _in_words(failure: Any) -> str:
    """Return what went wrong inside a template, for a reader: a papermill error knows only names and texts."""
    if failure.ename in PLAIN_ERRORS:
        return str(failure.evalue)
    return _("The part “{part}” could not be made: {what}.").format(
        part=failure.source.strip().splitlines()[-1], what=f"{failure.ename}: {failure.evalue}".rstrip(".")
    )


def _finish(job: _Job, run: _Run, before: Manifest, out: Path) -> Entry:
    """Write what a run brought back, and return its entry; of a failed report only the notebook stays, to look into."""
    page = html.page_of(run.notebook) if run.notebook is not None else None
    error, text = run.error, ""
    if error is None and run.notebook is not None:
        try:
            text = html.export(run.notebook, home=job.home)
        except ValueError as failure:
            error = str(failure)
    outputs = []
    if run.notebook is not None:
        run.notebook.metadata.papermill.input_path = f"{job.template.name}.ipynb"
        run.notebook.metadata.papermill.output_path = Path(job.notebook).name
        manifest.write_whole(out / job.notebook, _as_text(run.notebook))
        outputs.append(job.notebook)
    if error is None:
        manifest.write_whole(out / job.page, text)
        outputs.append(job.page)
        outputs += _other_formats(job, text, out)
        if standing := before.entry(job.id):
            _remove(standing, out, keep=outputs)
    elif standing := before.entry(job.id):
        _remove(standing, out, keep=outputs)
    return Entry(
        id=job.id,
        title=page.title if page else job.title,
        state=State.DONE if error is None else State.FAILED,
        seconds=round(run.seconds, 2),
        error=error,
        page=job.page if error is None else "",
        notebook=job.notebook if run.notebook is not None else "",
        parameters=job.parameters,
        inputs=page.inputs if page else {},
        made_with=job.made_with,
        outputs={name: manifest.hash_of(out / name) for name in outputs},
        row=page.row if page and error is None else {},
    )


def _other_formats(job: _Job, page: str, out: Path) -> list[str]:
    """Write a report that stands in the other formats that were asked for, and return their names."""
    forms = [form for form in job.made_with.get("formats", "").split() if form != "html"]
    if not forms:
        return []
    from rdlib.reports import PortfolioReport, PriorityReport

    given = {**job.parameters, "plan": str(out / NOTEBOOKS / job.parameters["plan"])}
    written: list[Path] = []
    if job.id:
        report = PriorityReport.open(**given)
        for form in forms:
            written += formats.write(form, report, page, out, Path(job.page).stem)
    else:
        portfolio = PortfolioReport.open(**{**given, "manifest": str(out / manifest.NAME)})
        for form in forms:
            written += formats.write_portfolio(form, portfolio, page, out)
    return [path.relative_to(out).as_posix() for path in written]


def _as_text(notebook: NotebookNode) -> str:
    import nbformat

    return str(nbformat.writes(notebook, version=nbformat.NO_CONVERT)).removesuffix("\n") + "\n"


def _remove(entry: Entry, out: Path, keep: Sequence[str] = ()) -> None:
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

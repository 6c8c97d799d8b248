"""How one report is made: the template runs, its page is made, further formats follow, and all of it is written.

This runs wherever there is a free pair of hands: in a child forked on this machine, beside a kernel of papermill's, or
on another machine. It gets a :class:`Job`, and gives back the :class:`~rdlib.reports.manifest.Entry` of the report;
whatever goes wrong comes back as words in it.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from rdlib.reports import html, manifest, parameters
from rdlib.reports.manifest import Entry, State
from rdlib.words import _

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: Longest time for one report, in seconds; the batch ends one that takes longer.
REPORT_SECONDS = 300

#: Errors of a template whose message is written for the person who reads it.
PLAIN_ERRORS = {"ParameterError", "ReportError"}

NOTEBOOKS = "notebooks"


@attrs.frozen(kw_only=True)
class Job:
    """One report to make: everything that is known before it is made.

    Attributes:
        id: id of the priority; empty for the portfolio.
        title: what to call it where its page cannot say.
        template: the template and its parameters.
        source: the template's notebook.
        page: the page, relative to the folder of the reports.
        notebook: the executed notebook, relative to the folder of the reports.
        parameters: what the template is given.
        home: address and label of a link to the page one level up.
        made_with: what else decides how it looks.
        formats: the formats that are asked for beside the page.
        standing: the entry of a report that stands and needs only further formats; None when it is to be made.
    """

    id: str
    title: str
    template: parameters.Template
    source: Path
    page: str
    notebook: str
    parameters: Mapping[str, str]
    home: tuple[str, str] | None
    made_with: Mapping[str, str]
    formats: tuple[str, ...] = ()
    standing: Entry | None = None

    @property
    def is_priority(self) -> bool:
        """Whether it is the report of one priority; a job that came from another process has its own template."""
        return self.template.name == parameters.PRIORITY.name


@attrs.frozen
class Run:
    """What the running of a template brought back.

    Attributes:
        notebook: the executed notebook; None when it came to nothing.
        error: what went wrong, in plain words.
        seconds: how long it took.
        report: the report object of the template, where it ran in this process.
    """

    notebook: NotebookNode | None
    error: str | None
    seconds: float
    report: Any = None


def make(_say: Callable[..., Any], job: Job, out: Path, engine: str) -> Entry:
    """Make one report.

    Args:
        _say: not needed: there is nothing to say before the end.
        job: the report.
        out: folder of the reports.
        engine: ``rdlib`` to run the template in this process, ``papermill`` to run it in a kernel.
    """
    started = time.perf_counter()
    try:
        if job.standing is not None:
            return _further_only(job, job.standing, out)
        return finish(job, run_here(job, out) if engine == "rdlib" else run_in_a_kernel(job, out), out)
    except OSError as failure:
        return failed(job, in_words_of_the_system(failure), time.perf_counter() - started)


def failed(job: Job, error: str, seconds: float = 0.0) -> Entry:
    """Return the entry of a report of which nothing came."""
    return Entry(
        id=job.id,
        title=job.title,
        state=State.FAILED,
        seconds=round(seconds, 2),
        error=error,
        page="",
        notebook="",
        parameters=job.parameters,
        inputs={},
        made_with=job.made_with,
        outputs={},
    )


def in_words_of_the_system(failure: OSError) -> str:
    """Return what the system says of a file that could not be read or written."""
    reason = failure.strerror or str(failure)
    name = Path(str(failure.filename)).name if failure.filename else ""
    return _("It could not be made: {what}.").format(what=f"{reason} ({name})" if name else reason)


# --- running the template --------------------------------------------------------------------------------------


def run_here(job: Job, out: Path) -> Run:
    """Run a template in this process, in papermill's own steps."""
    from papermill.exceptions import PapermillExecutionError
    from papermill.execute import prepare_notebook_metadata, raise_for_execution_errors, remove_error_markers
    from papermill.parameterize import parameterize_notebook

    from rdlib.reports.engine import ForkEngine
    from rdlib.reports.warm import kernel, template

    started = time.perf_counter()
    error = None
    notebook = parameterize_notebook(template(job.source), dict(job.parameters), kernel_name="python3")
    notebook = prepare_notebook_metadata(notebook, job.source.name, Path(job.notebook).name)
    notebook = remove_error_markers(notebook)
    try:
        notebook = ForkEngine.execute_notebook(
            notebook,
            "python3",
            progress_bar=False,
            resources={"metadata": {"path": str(out / NOTEBOOKS)}},
        )
        raise_for_execution_errors(notebook, None)
    except PapermillExecutionError as failure:
        error = in_words(failure)
    shell = kernel().shell
    report = shell.user_ns.get("report") if shell is not None else None
    return Run(notebook, error, time.perf_counter() - started, report)


def run_in_a_kernel(job: Job, out: Path) -> Run:
    """Let papermill run a template as it always does; whatever goes wrong comes back as words."""
    import nbformat
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    started = time.perf_counter()
    error = None
    with tempfile.TemporaryDirectory(prefix="rdlib-") as folder:
        template, executed = Path(folder, "template.ipynb"), Path(folder, "executed.ipynb")
        try:
            shutil.copyfile(job.source, template)
            papermill.execute_notebook(
                template,
                executed,
                dict(job.parameters),
                kernel_name="python3",
                progress_bar=False,
                request_save_on_cell_execute=False,
                execution_timeout=REPORT_SECONDS,
                # these go on to nbclient
                resources={"metadata": {"path": str(out / NOTEBOOKS)}},
                extra_arguments=["--HistoryManager.enabled=False", "--IPKernelApp.log_level=ERROR"],
                shutdown_kernel="immediate",
            )
        except PapermillExecutionError as failure:
            error = in_words(failure)
        except CellTimeoutError:
            error = overdue()
        except DeadKernelError:
            error = _("The process that made it ended by itself; there may be too little memory.")
        except Exception as failure:
            error = _("It could not be made: {what}.").format(what=str(failure) or type(failure).__name__)
        notebook = nbformat.read(executed, as_version=4) if executed.exists() else None
    if notebook is not None:
        notebook.metadata.papermill.input_path = job.source.name
        notebook.metadata.papermill.output_path = Path(job.notebook).name
    return Run(notebook, error, time.perf_counter() - started)


def overdue(seconds: float = REPORT_SECONDS) -> str:
    """Return what to say of a report that took too long."""
    return _("It took longer than {n} seconds and was given up.").format(n=f"{seconds:g}")


def in_words(failure: Any) -> str:
    """Return what went wrong inside a template, for a reader: a papermill error knows only names and texts."""
    if failure.ename in PLAIN_ERRORS:
        return str(failure.evalue)
    return _("The part “{part}” could not be made: {what}.").format(
        part=failure.source.strip().splitlines()[-1], what=f"{failure.ename}: {failure.evalue}".rstrip(".")
    )


# --- writing what came of it -----------------------------------------------------------------------------------


def finish(job: Job, run: Run, out: Path) -> Entry:
    """Write what a run brought back, and return its entry; of a failed report only the notebook stays, to look into."""
    started = time.perf_counter()
    page = html.page_of(run.notebook) if run.notebook is not None else None
    error, text = run.error, ""
    formats: dict[str, list[str]] = {}
    if error is None and run.notebook is not None:
        try:
            text = html.export(run.notebook, home=job.home)
        except ValueError as failure:
            error = str(failure)
    outputs = {}
    if run.notebook is not None:
        outputs[job.notebook] = manifest.write_whole(out / job.notebook, as_text(run.notebook))
    if error is None:
        outputs[job.page] = manifest.write_whole(out / job.page, text)
        further, formats, error = _further(job, job.formats, text, out, run.report)
        outputs |= further
    return Entry(
        id=job.id,
        title=page.title if page else job.title,
        state=State.DONE if error is None else State.FAILED,
        seconds=round(run.seconds + time.perf_counter() - started, 2),
        error=error,
        page=job.page if job.page in outputs else "",
        notebook=job.notebook if job.notebook in outputs else "",
        parameters=job.parameters,
        inputs=page.inputs if page else {},
        made_with=job.made_with,
        outputs=outputs,
        row=page.row if page and error is None else {},
        formats=formats,
    )


def as_text(notebook: NotebookNode) -> str:
    """Return a notebook as it is written to a file."""
    import nbformat

    return str(nbformat.writes(notebook, version=nbformat.NO_CONVERT)).removesuffix("\n") + "\n"


# --- further formats -------------------------------------------------------------------------------------------


def _further_only(job: Job, standing: Entry, out: Path) -> Entry:
    """Make the formats that a standing report lacks."""
    started = time.perf_counter()
    text = (out / job.page).read_text(encoding="utf-8")
    lacking = [form for form in job.formats if form not in standing.formats]
    outputs, formats, error = _further(job, lacking, text, out, None)
    return attrs.evolve(
        standing,
        state=State.DONE if error is None else State.FAILED,
        seconds=round(time.perf_counter() - started, 2),
        error=error,
        outputs={**standing.outputs, **outputs},
        formats={**standing.formats, **formats},
    )


def _further(
    job: Job, forms: Sequence[str], text: str, out: Path, report: Any
) -> tuple[dict[str, str], dict[str, list[str]], str | None]:
    """Write a report in further formats.

    Returns:
        the files with their hashes, the files of each format, and what went wrong, in plain words.
    """
    outputs: dict[str, str] = {}
    made: dict[str, list[str]] = {}
    if not forms:
        return outputs, made, None
    try:
        from rdlib.reports import formats

        write = formats.write if job.is_priority else formats.write_portfolio
        stem = Path(job.page).stem if job.is_priority else "portfolio"
        report = report or _open(job, out)
        for form in forms:
            with tempfile.TemporaryDirectory(dir=out, prefix=".rdlib-") as folder:
                for path in write(form, report, text, Path(folder), stem):
                    path.replace(out / path.name)
                    outputs[path.name] = manifest.hash_of(out / path.name)
                    made.setdefault(form, []).append(path.name)
    except Exception as failure:  # a library that makes a format can fail in its own way
        said = in_words_of_the_system(failure) if isinstance(failure, OSError) else str(failure)
        return outputs, made, said or type(failure).__name__
    return outputs, made, None


def _open(job: Job, out: Path) -> Any:
    """Open the report again, as its template does."""
    from rdlib.reports import PortfolioReport, PriorityReport

    kind: Any = PriorityReport if job.is_priority else PortfolioReport
    with contextlib.chdir(out / NOTEBOOKS):  # the parameters are seen from there
        return kind.open(**job.parameters)

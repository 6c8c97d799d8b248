"""The papermill engine ``rdlib``: each notebook runs in a child forked from a warm process.

papermill finds it by its entry point, and everything but the running of cells stays papermill's own: parameters,
metadata, progress, saving, the banner of an error::

    papermill --engine rdlib templates/priority.ipynb report.ipynb -p plan my-plan -p priority waits

Where a process cannot be forked safely, for another kernel than this Python's, or with options that only papermill's
own engine knows, that one does the work.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from papermill.engines import Engine, NBClientEngine, NotebookExecutionManager
from papermill.log import logger

from rdlib.reports import forge

if TYPE_CHECKING:
    from nbformat import NotebookNode

#: Options of papermill's own engine about a kernel in another process; here is none.
_OF_KERNELS = {"extra_arguments", "shutdown_kernel", "startup_timeout", "kernel_manager_class", "ipython_hist_file"}


class ForkEngine(Engine):  # type: ignore[misc]  # papermill carries no types
    """Runs a notebook in a child of a warm process."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        log_output: bool = False,
        stdout_file: Any = None,
        stderr_file: Any = None,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        **options: Any,
    ) -> None:
        """Run the cells of a notebook; see papermill for what the arguments mean."""
        options.pop("input_path", None)
        timeout = execution_timeout or options.pop("timeout", None)
        here = {name: value for name, value in options.items() if name not in _OF_KERNELS}
        if forge.INSIDE:
            run_here(nb_man, {**here, "log_output": log_output})
            return
        task = (nb_man.nb, _folder(options), {**here, "store_widget_state": here.get("store_widget_state", True)})
        if not (forge.available() and _is_this_python(kernel_name) and _can_be_sent(task)):
            NBClientEngine.execute_managed_notebook(
                nb_man,
                kernel_name,
                log_output=log_output,
                stdout_file=stdout_file,
                stderr_file=stderr_file,
                start_timeout=start_timeout,
                execution_timeout=execution_timeout,
                **options,
            )
            return
        listener = _Listener(nb_man, timeout, _logging(nb_man, log_output, stdout_file, stderr_file))
        listener.run(task)


def run_here(nb_man: Any, options: dict[str, Any]) -> None:
    """Run the cells of a notebook in this process, which runs no other.

    Args:
        nb_man: papermill's keeper of the notebook.
        options: what nbclient lets one choose.
    """
    from rdlib.reports.shell import InProcessClient
    from rdlib.reports.warm import kernel

    folder = _folder(options)
    with contextlib.chdir(folder):
        InProcessClient(nb_man, kernel(), log=logger, **options).execute()


def _folder(options: dict[str, Any]) -> str:
    """The folder in which the notebook runs."""
    given = options.get("resources", {}).get("metadata", {}).get("path")
    return str(Path(given or ".").resolve())


@cache
def _is_this_python(kernel_name: str) -> bool:
    """Say whether a kernel is ipykernel in the very Python that runs here."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        command = KernelSpecManager().get_kernel_spec(kernel_name).argv
    except NoSuchKernel:
        return False
    program = Path(command[0])
    same = program.name.startswith("python") and (not program.is_absolute() or program == Path(sys.executable))
    return same and "ipykernel_launcher" in command


def _can_be_sent(task: object) -> bool:
    try:
        pickle.dumps(task)
    except Exception:
        return False
    return True


def _logging(nb_man: Any, log_output: bool, stdout_file: Any, stderr_file: Any) -> Callable[[NotebookNode], None]:
    """Return papermill's own way to log an output; it does nothing where nobody asked for it."""
    if not (log_output or stdout_file or stderr_file):
        return lambda _output: None
    from papermill.clientwrap import PapermillNotebookClient

    client = PapermillNotebookClient(
        nb_man, log=logger, log_output=log_output, stdout_file=stdout_file, stderr_file=stderr_file
    )
    log: Callable[[NotebookNode], None] = client.log_output_message
    return log


class _Listener:
    """Hears from the child how far it is, and keeps papermill's books here as if the cells ran here."""

    def __init__(self, nb_man: Any, timeout: int | None, log: Callable[[NotebookNode], None]) -> None:
        self.nb_man, self.timeout, self.log = nb_man, timeout, log
        self.cell = 0

    def run(self, task: tuple[NotebookNode, str, dict[str, Any]]) -> None:
        from nbclient.exceptions import CellTimeoutError, DeadKernelError

        nb_man = self.nb_man
        try:
            notebook = forge.shared().run(_run_there, *task, heard=self.heard)
        except forge.OverdueError:
            cell = nb_man.nb.cells[self.cell]
            raise CellTimeoutError.error_from_timeout_and_cell(
                "Cell execution timed out", self.timeout or 0, cell
            ) from None
        except forge.DiedError:
            raise DeadKernelError("Kernel died") from None
        for ours, theirs in zip(nb_man.nb.cells, notebook.cells, strict=True):
            if ours.cell_type == "code":
                ours.outputs = theirs.outputs  # a cell may change what an earlier one shows
        for name in ("language_info", "widgets"):
            if name in notebook.metadata:
                nb_man.nb.metadata[name] = notebook.metadata[name]

    def heard(self, said: tuple[str, Any]) -> float | None:
        kind, value = said
        nb_man = self.nb_man
        if kind == "start":
            self.cell = value
            nb_man.cell_start(nb_man.nb.cells[value], value)
            return self.timeout
        if kind == "output":
            self.log(value)
            nb_man.autosave_cell()
        elif kind == "exception":
            nb_man.cell_exception(nb_man.nb.cells[value], cell_index=value)
        elif kind == "complete":
            number, count, outputs, metadata = value
            cell = nb_man.nb.cells[number]
            if cell.cell_type == "code":
                cell.execution_count, cell.outputs = count, outputs
            if "execution" in metadata:
                cell.metadata["execution"] = metadata["execution"]
            nb_man.cell_complete(cell, cell_index=number)
        return None


class _Reporter(NotebookExecutionManager):  # type: ignore[misc]  # papermill carries no types
    """papermill's keeper of a notebook inside the child: it saves nothing, and says what happens."""

    def __init__(self, nb: NotebookNode, say: Callable[[Any], None]) -> None:
        super().__init__(nb, progress_bar=False, autosave_cell_every=0)
        self.say = say

    def cell_start(self, cell: NotebookNode, cell_index: int | None = None, **_more: Any) -> None:
        self.say(("start", cell_index))

    def cell_exception(self, cell: NotebookNode, cell_index: int | None = None, **_more: Any) -> None:
        self.say(("exception", cell_index))

    def cell_complete(self, cell: NotebookNode, cell_index: int | None = None, **_more: Any) -> None:
        kept = {name: cell.metadata[name] for name in ("execution",) if name in cell.metadata}
        self.say(("complete", (cell_index, cell.get("execution_count"), cell.get("outputs"), kept)))


def _run_there(say: Callable[[Any], None], notebook: NotebookNode, folder: str, options: dict[str, Any]) -> Any:
    """Run a notebook in the child, and return it."""
    os.chdir(folder)
    keeper = _Reporter(notebook, say)
    from rdlib.reports.shell import InProcessClient
    from rdlib.reports.warm import kernel

    class Client(InProcessClient):
        def process_message(self, *message: Any, **more: Any) -> Any:
            output = super().process_message(*message, **more)
            if output:
                say(("output", output))
            return output

    Client(keeper, kernel(), log=logger, **options).execute()
    return keeper.nb

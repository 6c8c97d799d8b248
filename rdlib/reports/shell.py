"""A notebook run inside this very process: ipykernel's own kernel without its sockets.

A kernel that papermill starts is another process, spoken to over the network stack; starting it, waiting for it and
ending it takes longer than most reports. Here the same kernel (``IPythonKernel``: its shell, its displays, its way to
show errors) hands its messages straight to the same reader (papermill's client), in the order in which they are sent,
so that the executed notebook is the one that papermill makes.

One process runs one notebook: the shell is the process's own, and what a notebook leaves behind stays in it. So this
belongs into a child of :mod:`rdlib.reports.forge` and nowhere else.
"""

from __future__ import annotations

import asyncio
import io
import logging
import os
import random
import sys
import tempfile
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from ipykernel.ipkernel import IPythonKernel
from IPython.core.shellapp import InteractiveShellApp
from jupyter_client.session import Session
from papermill.clientwrap import PapermillNotebookClient
from traitlets.config import Config

if TYPE_CHECKING:
    from nbformat import NotebookNode

Message = dict[str, Any]


class Wire(Session):
    """A session whose messages go nowhere but to the function :attr:`deliver`, as they would arrive over a socket."""

    deliver: Callable[[Message], object] = staticmethod(lambda _message: None)

    def send(
        self,
        stream: Any,
        msg_or_type: Message | str,
        content: Message | None = None,
        parent: Message | None = None,
        ident: Any = None,
        buffers: Any = None,
        track: bool = False,
        header: Message | None = None,
        metadata: Message | None = None,
    ) -> Message:
        """Deliver a message at once."""
        if isinstance(msg_or_type, dict):
            message = dict(msg_or_type)
            buffers = buffers or message.get("buffers")
        else:
            message = self.msg(msg_or_type, content=content, parent=parent, header=header, metadata=metadata)
        # what cannot be sent is refused here, and what can comes out as plain JSON: a day as text, a tuple as a list
        message["content"] = self.unpack(self.pack(message["content"]))
        message["buffers"] = [memoryview(each) for each in buffers or ()]
        self.deliver(message)
        return message


class Stream(io.TextIOBase):
    """What a notebook sees as ``sys.stdout`` or ``sys.stderr``: text is kept until it is flushed, then one message."""

    encoding = "UTF-8"

    def __init__(self, wire: Wire, name: str, number: int) -> None:
        """Stand in for a stream.

        Args:
            wire: where its text goes.
            name: ``stdout`` or ``stderr``.
            number: its file descriptor, into which programs and libraries below Python write.
        """
        self._wire, self.name, self._number = wire, name, number
        self._held: list[str] = []
        self._parent: Message = {}
        self._lock = threading.RLock()
        self._below: io.BufferedRandom | None = None
        self._before = -1

    def begin(self) -> None:
        """Catch from now on what is written below Python, too."""
        self._below = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `end`
        self._before = os.dup(self._number)
        os.dup2(self._below.fileno(), self._number)

    def end(self) -> None:
        """Give the file descriptor back."""
        if self._below is not None:
            os.dup2(self._before, self._number)
            os.close(self._before)
            self._below.close()
            self._below = None

    def set_parent(self, parent: Message) -> None:
        """Note which request the text that follows belongs to."""
        self._parent = parent

    def fileno(self) -> int:
        """Return the file descriptor that it stands for."""
        return self._number

    def writable(self) -> bool:
        """Say that it takes text."""
        return True

    def isatty(self) -> bool:
        """Say that nobody watches."""
        return False

    def write(self, text: str) -> int:
        """Keep a text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        with self._lock:
            self._take_from_below()
            self._held.append(text)
        return len(text)

    def flush(self) -> None:
        """Send what was kept."""
        with self._lock:
            self._take_from_below()
            text, self._held = "".join(self._held), []
        if text:
            self._wire.send(None, "stream", {"name": self.name, "text": text}, parent=self._parent)

    def _take_from_below(self) -> None:
        if self._below is not None and (size := os.fstat(self._below.fileno()).st_size):
            found = os.pread(self._below.fileno(), size, 0)
            os.lseek(self._below.fileno(), 0, os.SEEK_SET)
            os.ftruncate(self._below.fileno(), 0)
            self._held.append(found.decode(errors="replace"))


class Kernel(IPythonKernel):
    """ipykernel's kernel, made once in a warm process before it forks."""

    wire: Wire

    @classmethod
    def warm(cls) -> Kernel:
        """Make the kernel of this process, and let Python believe in it as in any notebook."""
        config = Config()
        config.HistoryManager.enabled = False  # it would start a thread, and a fork leaves threads behind
        wire = Wire()
        with _without_debugger():
            kernel: Kernel = cls.instance(config=config, session=wire, log=logging.getLogger("rdlib.kernel"))
        kernel.wire = wire
        kernel.shell_channel_thread = SimpleNamespace(parent_thread=None)  # only asked whether it is this thread
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        # the folder in which a notebook runs can be imported from, in the place where every kernel has it
        cast(Any, InteractiveShellApp.init_path)(SimpleNamespace(ignore_cwd=False))
        return kernel

    @contextmanager
    def importing(self) -> Iterator[None]:
        """Import libraries as from a notebook: some look, when they are imported, at the shell that they are in."""
        assert self.shell is not None
        with self.shell.builtin_trap:
            yield

    def _abort_queues(self, subshell_id: str | None = ...) -> None:
        """There is no queue: the next cell is asked for when this one is done."""


@contextmanager
def _without_debugger() -> Iterator[None]:
    """Keep ipykernel from loading its debugger, which nobody can speak to here: it takes longer than all the rest."""
    known = sys.modules.get("debugpy")
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # how Python is told that a module cannot be imported
    try:
        yield
    finally:
        del sys.modules["debugpy"]
        if known is not None:
            sys.modules["debugpy"] = known


def fresh() -> None:
    """Make a forked child differ from its siblings where it must: in what chance brings."""
    random.seed()
    if (numpy := sys.modules.get("numpy")) is not None:
        numpy.random.seed()
    warnings.resetwarnings()
    cast(list[Any], warnings.filters)[:] = list(_FILTERS)
    for module in list(sys.modules.values()):
        with suppress(Exception):
            vars(module).pop("__warningregistry__", None)


#: The warning filters that a kernel starts with; a child gets them back whatever was imported meanwhile.
_FILTERS: list[Any] = []


def remember_warnings() -> None:
    """Note the warning filters of a process that has imported nothing yet that could change them."""
    _FILTERS[:] = list(warnings.filters)


class InProcessClient(PapermillNotebookClient):  # type: ignore[misc]  # papermill carries no types
    """papermill's client, asking the kernel of this process."""

    def __init__(self, nb_man: Any, kernel: Kernel, **options: Any) -> None:
        """Take a notebook to run.

        Args:
            nb_man: papermill's keeper of the notebook.
            kernel: the kernel of this process.
            options: what papermill and nbclient let one choose.
        """
        super().__init__(nb_man, **options)
        self._kernel = kernel
        self._waiting: deque[Message] = deque()
        # what a mimicked output widget says to the kernel; it hears it after the cell, as from any client
        self.kc = SimpleNamespace(session=kernel.wire, shell_channel=SimpleNamespace(send=self._waiting.append))

    def execute(self, **_options: Any) -> NotebookNode:
        """Run all cells, and return the notebook."""
        kernel = self._kernel
        self.reset_execution_trackers()
        streams = Stream(kernel.wire, "stdout", 1), Stream(kernel.wire, "stderr", 2)
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        standard = sys.stdout, sys.stderr
        for stream, stands_for in zip(streams, standard, strict=True):
            stands_for.flush()
            stream.begin()
        sys.stdout, sys.stderr = streams
        self._loop = loop
        try:
            self.papermill_execute_cells()
        finally:
            sys.stdout, sys.stderr = standard
            for stream in streams:
                stream.end()
            loop.close()
        self.nb.metadata["language_info"] = kernel.wire.unpack(kernel.wire.pack(kernel.language_info))
        self.set_widgets_metadata()
        notebook: NotebookNode = self.nb
        return notebook

    def execute_cell(self, cell: NotebookNode, cell_index: int, **_options: Any) -> NotebookNode:
        """Run one cell."""
        if cell.cell_type != "code" or not cell.source.strip():
            return cell
        if self.skip_cells_with_tag in cell.metadata.get("tags", []):
            return cell
        kernel: Any = self._kernel  # ipykernel is typed in part
        shell = kernel.shell
        assert shell is not None
        if self.record_timing:
            cell["metadata"]["execution"] = {}
        cell.outputs = []
        self.clear_before_next_output = False
        request = kernel.wire.msg("execute_request", {"code": cell.source})
        kernel.set_parent([], request, "shell")
        kernel.wire.deliver = lambda message: self._receive(message, cell, cell_index)
        try:
            cell["execution_count"] = shell.execution_count
            self.code_cells_executed += 1
            self._status("busy", request)
            reply = self._loop.run_until_complete(
                kernel.do_execute(cell.source, silent=False, store_history=True, cell_id=None)
            )
            sys.stdout.flush()
            sys.stderr.flush()
            while self._waiting:
                kernel.comm_manager.comm_msg(None, None, self._waiting.popleft())
            self._status("idle", request)
        finally:
            kernel.wire.deliver = Wire.deliver
        reply = {"content": kernel.wire.unpack(kernel.wire.pack(reply))}
        self._loop.run_until_complete(self._check_raise_for_error(cell, cell_index, reply))
        self.nb["cells"][cell_index] = cell
        return cell

    def _status(self, state: str, request: Message) -> None:
        self._kernel.wire.send(None, "status", {"execution_state": state}, parent=request)

    def _receive(self, message: Message, cell: NotebookNode, cell_index: int) -> None:
        from nbclient.exceptions import CellExecutionComplete

        with suppress(CellExecutionComplete):  # how nbclient says that the kernel is idle again
            self.process_message(message, cell, cell_index)

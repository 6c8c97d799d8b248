"""A warm process that forks a child for each piece of work.

Starting Python and importing what reports need takes seconds; a fork of a process that has done so takes milliseconds.
The warm process is a Python of its own, started once (``python -m rdlib.reports.forge``): whoever asks may have threads
and open sockets, which a fork would not survive. It imports, waits, and forks; it never runs the work itself.

Each piece of work has its own socket. The child reads there what to do, and says there what comes of it; the warm
process adds how the child ended. So a child that is killed or hangs costs only its own work: :class:`DiedError` or
:class:`OverdueError` tells who asked, at once.
"""

from __future__ import annotations

import atexit
import gc
import os
import pickle
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from rdlib.words import _

#: One request of the control socket: a letter, and the process it is about.
_REQUEST = struct.Struct("<cq")

#: Longest time that the warm process may take to get ready, in seconds.
_START_SECONDS = 120

#: Set in the process that forks and its children: where work is done in place, not asked for again.
INSIDE = False


class DiedError(RuntimeError):
    """A child that ended before its work was done."""

    def __init__(self, status: int | None) -> None:
        """Keep how it ended.

        Args:
            status: the exit code, or the number of the signal below zero; None when nobody knows.
        """
        self.status = status
        super().__init__(_("The process that made it ended by itself; there may be too little memory."))


class OverdueError(RuntimeError):
    """A child that took too long and was ended."""


def available() -> bool:
    """Say whether this system can fork safely: Linux and its kin; macOS forbids much after a fork."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform != "darwin"


class Forge:
    """The warm process, seen from outside. It may be asked by several threads at once."""

    def __init__(self) -> None:
        """Start it; the first piece of work waits until it is warm."""
        ours, theirs = socket.socketpair()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        environment = {"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", **os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "rdlib.reports.forge", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._errors,
            env=environment,
            start_new_session=True,  # Ctrl+C reaches who asked, and is not heard here
        )
        theirs.close()
        self._control = ours
        self._lock = threading.Lock()
        self._ready = False

    def alive(self) -> bool:
        """Say whether it can still be asked."""
        return self._process.poll() is None

    def close(self) -> None:
        """End it, with the children that still work."""
        with suppress(OSError):
            self._control.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()

    def run(
        self,
        work: Callable[..., Any],
        *arguments: Any,
        timeout: float | None = None,
        heard: Callable[[Any], float | None] | None = None,
    ) -> Any:
        """Let a child do something, and return what it returns.

        Args:
            work: a function of a module. It gets a function ``say`` first, with which it can tell who asked how far
                it is, and then the arguments.
            arguments: what pickle can carry.
            timeout: how many seconds it may take.
            heard: called with each thing that it says; returns how many more seconds it may take, None for no change.

        Raises:
            DiedError: the child ended before its work was done.
            OverdueError: it took longer than it may.
            Exception: what the work itself raised.
        """
        told = pickle.dumps((work, arguments))
        with self._lock:
            self._wait_until_warm()
            ours, theirs = socket.socketpair()
            try:
                socket.send_fds(self._control, [_REQUEST.pack(b"r", 0)], [theirs.fileno()])
            except OSError:
                ours.close()
                raise DiedError(None) from None
            finally:
                theirs.close()
        child = -1
        with Connection(ours.detach()) as line:
            try:
                deadline = None if timeout is None else time.monotonic() + timeout
                while True:
                    if deadline is not None and not line.poll(max(0.0, deadline - time.monotonic())):
                        raise OverdueError
                    kind, value = line.recv()
                    if kind == "child":
                        child = value
                        line.send_bytes(told)
                    elif kind == "said":
                        more = heard(value) if heard else None
                        deadline = time.monotonic() + more if more is not None else deadline
                    elif kind == "result":
                        return value
                    elif kind == "raised":
                        raise value
                    else:
                        raise DiedError(value)
            except (EOFError, ConnectionError, pickle.UnpicklingError):
                raise DiedError(None) from None
            finally:
                self._end(child)

    def _end(self, child: int) -> None:
        """Let the warm process end a child, if it is still there."""
        if child > 0:
            with suppress(OSError), self._lock:
                self._control.send(_REQUEST.pack(b"k", child))

    def _wait_until_warm(self) -> None:
        if self._ready:
            return
        self._control.settimeout(_START_SECONDS)
        try:
            answer = self._control.recv(1)
        except OSError:
            answer = b""
        self._control.settimeout(None)
        if not answer:
            self._errors.seek(0)
            said = self._errors.read().decode(errors="replace").strip().splitlines()
            raise RuntimeError(
                _("The process that makes reports could not be started: {why}").format(why=said[-1] if said else "?")
            )
        self._ready = True


# --- one for the whole process ---------------------------------------------------------------------------------


class _Shared:
    """The forge of this process, and the surroundings for which it was started."""

    forge: Forge | None = None
    surroundings: tuple[int, dict[str, str]] | None = None
    lock = threading.Lock()


def _surroundings() -> tuple[int, dict[str, str]]:
    """What a warm process takes over from the one that starts it: another language is another process."""
    changing = {"PYTEST_CURRENT_TEST", "COLUMNS", "LINES"}
    return os.getpid(), {name: value for name, value in os.environ.items() if name not in changing}


def shared() -> Forge:
    """Return the warm process that all of this program uses, started where it is not there yet."""
    with _Shared.lock:
        around = _surroundings()
        forge = _Shared.forge
        if forge is not None and not (forge.alive() and _Shared.surroundings == around):
            if _Shared.surroundings is not None and _Shared.surroundings[0] == os.getpid():
                forge.close()
            forge = None
        if forge is None:
            forge = Forge()
            _Shared.forge, _Shared.surroundings = forge, around
        return forge


@atexit.register
def close_shared() -> None:
    """End the shared warm process, and with it what it still works on."""
    with _Shared.lock:
        forge, around = _Shared.forge, _Shared.surroundings
        _Shared.forge = None
    if forge is not None and around is not None and around[0] == os.getpid():
        forge.close()


# --- inside the warm process -----------------------------------------------------------------------------------


class _Server:
    """The loop of the warm process: fork when asked, notice who ended."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.children: dict[int, Connection] = {}
        self.wake, self._woken = socket.socketpair()
        self.wake.setblocking(False)
        self._woken.setblocking(False)
        signal.set_wakeup_fd(self._woken.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)

    def run(self) -> None:
        """Serve until nobody is there to ask any more."""
        try:
            while True:
                ready, _writing, _wrong = select.select([self.control, self.wake], [], [])
                if self.wake in ready:
                    with suppress(BlockingIOError):
                        self.wake.recv(4096)
                    self._reap()
                if self.control in ready:
                    data, found, _flags, _address = socket.recv_fds(self.control, _REQUEST.size, 1)
                    if not data:
                        return
                    kind, about = _REQUEST.unpack(data)
                    if kind == b"r":
                        self._fork(Connection(found[0]))
                    elif about in self.children:  # who was reaped may have given its number to somebody else
                        _kill(about)
        finally:
            for child in self.children:
                _kill(child)

    def _fork(self, line: Connection) -> None:
        child = os.fork()
        if child == 0:
            _work(self, line)
        self.children[child] = line
        with suppress(OSError):
            line.send(("child", child))

    def _reap(self) -> None:
        while self.children:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            if (line := self.children.pop(child, None)) is not None:
                with suppress(OSError), line:
                    line.send(("ended", os.waitstatus_to_exitcode(status)))


def _kill(child: int) -> None:
    """End a child with everything that it has started."""
    for end in (os.killpg, os.kill):
        with suppress(OSError):
            end(child, signal.SIGKILL)


def _work(server: _Server, line: Connection) -> NoReturn:
    """Do one piece of work in a child, and end."""
    from rdlib.reports.shell import fresh

    code = 1
    try:
        os.setpgid(0, 0)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for other in server.children.values():
            other.close()
        for each in (server.control, server.wake):
            each.close()
        fresh()
        told = line.recv_bytes()
        try:
            work, arguments = pickle.loads(told)
            answer = "result", work(lambda said: line.send(("said", said)), *arguments)
        except BaseException as error:
            answer = "raised", _sendable(error)
        line.send(answer)
        code = 0
    except BaseException:
        code = 1
    finally:
        with suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _sendable(error: BaseException) -> BaseException:
    try:
        again = pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error if type(again) is type(error) else RuntimeError(str(error))


def serve(number: int) -> None:
    """Be the warm process: get warm, say so, and fork whenever asked.

    Args:
        number: file descriptor of the control socket.
    """
    global INSIDE  # noqa: PLW0603 - said once, before anybody asks
    from rdlib.reports.warm import warm_up

    INSIDE = True
    if sys.path[0] in {"", str(Path.cwd())}:
        del sys.path[0]  # as for every kernel: a file in the folder of whoever started this hides no library
    control = socket.socket(fileno=number)
    warm_up()
    gc.collect()
    gc.freeze()  # what is there by now stays shared with the children, untouched by their collections
    server = _Server(control)
    control.sendall(b"!")
    server.run()


if __name__ == "__main__":
    from rdlib.reports.forge import serve as _serve

    _serve(int(sys.argv[1]))

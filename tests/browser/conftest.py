"""A real JupyterLab and a real Chromium for the tests in this folder.

What a test asks for:

* `page`: a fresh page of the browser; with `notebook`, the `lab_page`. Any request that leaves this machine fails the
  test, and so does an error in a page's script.
* `lab`: a JupyterLab that runs for the whole session on a folder of its own (`lab.folder`).
* `lab_page`: a page with that JupyterLab, nothing open in it. To load it and to start a kernel takes seconds, so the
  tests of one worker share both: each finds them tidied up, and a test that fails leaves a new page to the next one.
* `notebook`: opens a notebook in `lab_page`: `nb = notebook("name.ipynb", cells=["..."])` writes one and opens it,
  `notebook("02.ipynb", source=path)` opens a copy. The result can run it, restart or kill its kernel, and so on.
* `axe`: names what the accessibility checker finds in a part of a page.
* `look`: keeps a screenshot when the environment variable RDLIB_SCREENSHOTS names a folder.

Everything here is marked `browser`. Without Chromium these tests are skipped, except with CI=true: then it is an error.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs
import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

PROJECT = Path(__file__).parents[2]
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing is reached outside even while a test fails
)
OWN = ("127.0.0.1",)  # the only host that a page may talk to
INSIDE = ("data", "blob", "about", "file")  # addresses that ask nobody
VIEWPORT: ViewportSize = {"width": 1280, "height": 1000}
SLOW = 60_000  # ms; this machine may be busy with something else

FAILED = pytest.StashKey[bool]()

expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note which tests failed, so that what they leave behind is not used by others."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


# --- the browser ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is None:
        reason = "no Chromium on PATH (on Debian: sudo apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI=true and {reason}")
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@attrs.define
class Watch:
    """What pages asked for, and what went wrong in their scripts."""

    requests: list[str] = attrs.Factory(list)
    errors: list[str] = attrs.Factory(list)

    def follow(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("weberror", lambda error: self.note(str(error.error)))
        context.on("page", lambda page: page.on("websocket", lambda socket: self.requests.append(socket.url)))

    def note(self, error: str) -> None:
        """Note an error in a script, unless it is JupyterLab's own word for a kernel that was restarted meanwhile."""
        if "Canceled future for" not in error:
            self.errors.append(error)

    def check(self) -> None:
        """Fail when a request left this machine or a script failed, and begin anew."""
        outside, errors = self.outside, self.errors
        self.requests, self.errors = [], []
        assert not outside, f"requests left this machine: {outside}"
        assert not errors, f"errors in the page's scripts: {errors}"

    @property
    def outside(self) -> list[str]:
        """The addresses that are not on this machine."""
        asked = ((url, urlsplit(url)) for url in self.requests)
        return sorted({url for url, parts in asked if parts.scheme not in INSIDE and parts.hostname not in OWN})


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What the pages of this test ask for; the test fails when a request leaves this machine or a script fails."""
    watch = Watch()
    yield watch
    watch.check()


def new_context(browser: Browser, watch: Watch) -> BrowserContext:
    """Return a browser as of one person: pages share its storage, nothing else does."""
    context = browser.new_context(viewport=VIEWPORT, locale="en-GB")
    context.set_default_timeout(SLOW)
    watch.follow(context)
    return context


@pytest.fixture
def context(browser: Browser, watch: Watch) -> Iterator[BrowserContext]:
    """A browser as of one person, for this test alone."""
    context = new_context(browser, watch)
    yield context
    context.close()


@pytest.fixture
def page(request: pytest.FixtureRequest) -> Page:
    if "notebook" in request.fixturenames:
        lab_page: Page = request.getfixturevalue("lab_page")
        return lab_page
    context: BrowserContext = request.getfixturevalue("context")
    return context.new_page()


@pytest.fixture
def axe() -> Callable[[Page, str], list[str]]:
    """Return what axe-core finds in the part of a page that a selector names, one line a fault."""

    def run(page: Page, selector: str) -> list[str]:
        found = Axe().run(page, context=[[selector]])
        return [
            f"{fault['id']} ({fault['impact']}): {node['html'][:160]} {node.get('failureSummary', '')}"
            for fault in found.response["violations"]
            for node in fault["nodes"]
        ]

    return run


@pytest.fixture
def look() -> Callable[[Page | Locator, str], None]:
    """Keep a screenshot for people to look at, in the folder that RDLIB_SCREENSHOTS names."""

    def keep(what: Page | Locator, name: str) -> None:
        folder = os.environ.get("RDLIB_SCREENSHOTS")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            what.screenshot(path=Path(folder) / f"{name}.png")

    return keep


# --- JupyterLab ----------------------------------------------------------------------------------------------------


@attrs.frozen
class Lab:
    """A running JupyterLab."""

    url: str
    token: str
    folder: Path

    def ask(self, path: str, method: str = "GET", body: object = None) -> Any:
        """Ask the server's own interface, such as ``/api/sessions``."""
        request = urllib.request.Request(
            self.url.rstrip("/") + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def write(self, name: str, cells: Sequence[str]) -> Path:
        """Write a notebook of code cells into the folder."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)
        return path

    def copy(self, source: Path, name: str) -> Path:
        """Copy a file or folder into the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, path, dirs_exist_ok=True)
        else:
            shutil.copy(source, path)
        return path


def _settings(home: Path) -> None:
    """Make JupyterLab quiet: no news, no questions, every cell in the page."""
    user = home / "settings" / "@jupyterlab"
    for name, setting in {
        "notebook-extension/tracker": {"windowingMode": "none"},
        "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    }.items():
        path = user / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(setting))
    off = ("@jupyterlab/apputils-extension:announcements", "@jupyterlab/extensionmanager-extension")
    page = home / "config" / "labconfig" / "page_config.json"
    page.parent.mkdir(parents=True)
    page.write_text(json.dumps({"disabledExtensions": dict.fromkeys(off, True)}))


@pytest.fixture(scope="session")
def lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("lab")
    _settings(home)
    token = secrets.token_hex(16)
    env = os.environ | {
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
        "PYTHONPATH": os.pathsep.join(filter(None, (str(PROJECT), os.environ.get("PYTHONPATH")))),
        "RDLIB_PLAN": str(folder / "my-plan"),
    }
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser"),
        *("--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", f"--IdentityProvider.token={token}"),
        f"--ServerApp.root_dir={folder}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
    ]
    log = home / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield Lab(_address(server, home / "runtime", log), token, folder)
    finally:
        _stop(server)


def _address(server: subprocess.Popen[bytes], runtime: Path, log: Path) -> str:
    """Return where the server listens, once it does."""
    end = time.monotonic() + SLOW / 1000
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        for file in runtime.glob("jpserver-*.json"):
            try:
                return f"http://127.0.0.1:{json.loads(file.read_text())['port']}"
            except (ValueError, KeyError):  # it is being written
                pass
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-4000:]}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server, and with it its kernels."""
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(5)


@attrs.frozen
class Notebook:
    """A notebook that is open in JupyterLab."""

    page: Page
    lab: Lab
    name: str
    kernel: str = ""  # the id of the one to use; empty for a new one

    @property
    def path(self) -> Path:
        """The file."""
        return self.lab.folder / self.name

    def open(self) -> None:
        """Open it in a page with JupyterLab and wait until the kernel is ready."""
        self.page.evaluate(
            "async asked => { await jupyterapp.commands.execute('docmanager:open', asked); }",
            {"path": self.name, "kernel": {"id": self.kernel} if self.kernel else None},
        )
        self.wait_ready()

    def load(self) -> None:
        """Load JupyterLab with this notebook into a page that shows something else."""
        self.page.goto(f"{self.lab.url}/lab/tree/{self.name}?token={self.lab.token}&reset")
        self.wait_ready()

    def reload(self) -> None:
        """Reload the page as a person does."""
        self.page.reload()
        self.wait_ready()

    def wait_ready(self) -> None:
        """Wait until the notebook and its kernel are there."""
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        self.page.wait_for_function("() => window.jupyterapp?.shell.currentWidget?.sessionContext?.isReady")
        self.page.wait_for_function(f"() => {_SESSION}.session?.kernel?.connectionStatus === 'connected'")

    def run_all(self) -> None:
        """Run every cell and wait until all are done.

        JupyterLab answers when the last cell is done. A kernel that is not ready yet can make it lose the request:
        then it is made again. That is seen in the cells themselves, since a collapsed cell shows no prompt.
        """
        for _attempt in range(10):
            self.page.evaluate(f"() => {_CODE}.forEach(cell => {{ cell.model.executionCount = null; }})")
            self.page.evaluate("async () => { await jupyterapp.commands.execute('notebook:run-all-cells'); }")
            if self.page.evaluate(f"() => {_CODE}.every(cell => cell.model.executionCount !== null)"):
                break
        else:
            errors = self.page.locator(".jp-OutputArea-output[data-mime-type*=stderr]").all_inner_texts()
            raise AssertionError("\n".join(["JupyterLab did not run all cells", *errors]))
        self.wait_idle()

    def run(self, *calls: str) -> None:
        """Run only the cells in which one of these texts stands, one after the other."""
        self.page.evaluate(
            f"""async calls => {{
                const notebook = jupyterapp.shell.currentWidget.content;
                for (const cell of {_CODE}) {{
                    const source = cell.model.sharedModel.source;
                    if (!calls.some(call => source.includes(call))) continue;
                    notebook.activeCellIndex = notebook.widgets.indexOf(cell);
                    notebook.deselectAll();
                    await jupyterapp.commands.execute('notebook:run-cell');
                }}
            }}""",
            calls,
        )
        self.wait_idle()

    def wait_idle(self) -> None:
        """Wait until the kernel has nothing to do."""
        self.page.wait_for_function(f"() => {_SESSION}.session?.kernel?.status === 'idle'")

    def restart_kernel(self) -> None:
        """Restart the kernel, as the menu does; the cells are not run again."""
        self.page.evaluate(f"async () => {{ await {_SESSION}.session.kernel.restart(); }}")
        self.wait_ready()
        self.wait_idle()

    def kill_kernel(self) -> None:
        """Kill the kernel's process, as the system does when memory runs out.

        The server notices after some seconds and starts a new one, which knows nothing of the old; JupyterLab says so
        in a dialog (:meth:`dismiss`).
        """
        self.page.evaluate(
            f"() => void {_SESSION}.session.kernel.requestExecute("
            "{code: 'import os, signal; os.kill(os.getpid(), signal.SIGKILL)', silent: true, store_history: false})"
            ".done.catch(() => {})"
        )

    @contextmanager
    def dying_kernel(self) -> Iterator[None]:
        """Let the kernel's process hang inside the block, and kill it at its end.

        What is typed meanwhile reaches no kernel, as with one that was killed; but JupyterLab notices only after the
        block. Its dialog would otherwise come up while a test still types, and take its keys.
        """
        kernel = str(self.page.evaluate(f"() => {_SESSION}.session.kernel.id"))
        process = _process_of(kernel)
        os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(process, signal.SIGKILL)

    def shut_down(self) -> None:
        """End the kernel, as it is when a notebook is opened the next day."""
        for session in self.lab.ask("/api/sessions"):
            if session["path"] == self.name:
                self.lab.ask(f"/api/sessions/{session['id']}", "DELETE")

    def dismiss(self) -> None:
        """Wait for a dialog of JupyterLab and accept it."""
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        expect(self.page.locator(".jp-Dialog")).to_have_count(0)

    def save(self) -> None:
        """Save the notebook."""
        self.page.evaluate("async () => { await jupyterapp.commands.execute('docmanager:save'); }")

    def cell_count(self) -> int:
        """Return how many cells the notebook has."""
        return int(self.page.evaluate("() => jupyterapp.shell.currentWidget.content.widgets.length"))

    def theme(self, name: str) -> None:
        """Change the theme: "JupyterLab Light" or "JupyterLab Dark"."""
        self.page.evaluate(
            "async theme => { await jupyterapp.commands.execute('apputils:change-theme', {theme}); }", name
        )
        self.page.wait_for_function(f"() => document.body.dataset.jpThemeName === {_json(name)}")


def _process_of(kernel: str) -> int:
    """Return the process of a kernel, which names the kernel on its command line."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has ended meanwhile
            if f"kernel-{kernel}.json".encode() in path.read_bytes():
                return int(path.parent.name)
    raise AssertionError(f"no process runs the kernel {kernel}")


def come_back(page: Page) -> None:
    """Let a page think that its reader comes back to it from another window; it takes note once a second."""
    page.evaluate("() => [0, 1100].forEach(in_ms => setTimeout(() => window.dispatchEvent(new Event('focus')), in_ms))")


_SESSION = "jupyterapp.shell.currentWidget.sessionContext"
_CODE = "jupyterapp.shell.currentWidget.content.widgets.filter(cell => cell.model.type === 'code')"


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


# What is left of a test in the kernel: its variables, its widgets, and the plans it knows.
_FORGET = """
import sys
if "ipywidgets" in sys.modules:
    sys.modules["ipywidgets"].Widget.close_all()
if "rdlib.widgets.workspace" in sys.modules:
    sys.modules["rdlib.widgets.workspace"]._store.cache_clear()
get_ipython().run_line_magic("reset", "-f")
"""

# What is left of a test in the page.
_TIDY = """async code => {
    const kernel = jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel;
    if (kernel) await kernel.requestExecute({code, silent: true, store_history: false}).done;
    for (const widget of [...jupyterapp.shell.widgets('main')]) widget.dispose();
    if (jupyterapp.shell.leftCollapsed) jupyterapp.shell.expandLeft();
    localStorage.clear();
    const theme = 'JupyterLab Light';
    if (document.body.dataset.jpThemeName !== theme) {
        await jupyterapp.commands.execute('apputils:change-theme', {theme});
    }
}"""


@attrs.define
class Room:
    """A page with JupyterLab and a kernel, for one test after the other."""

    browser: Browser
    lab: Lab
    watch: Watch = attrs.Factory(Watch)
    page: Page | None = None
    kernel: str = ""

    def enter(self) -> Page:
        """Return the page, with nothing open in it."""
        if self.page is None:
            self.page = new_context(self.browser, self.watch).new_page()
            self.page.goto(f"{self.lab.url}/lab?token={self.lab.token}&reset")
            self.page.wait_for_function("() => window.jupyterapp?.restored.then(() => true)")
        kernels = {kernel["id"] for kernel in self.lab.ask("/api/kernels")}
        if self.kernel not in kernels:
            self.kernel = self.lab.ask("/api/kernels", "POST", {"name": "python3"})["id"]
        for other in kernels - {self.kernel}:
            self.lab.ask(f"/api/kernels/{other}", "DELETE")
        return self.page

    def tidy(self) -> None:
        """Leave the page as it was found."""
        assert self.page
        for other in self.page.context.pages:
            if other != self.page:
                other.close()
        self.page.evaluate(_TIDY, _FORGET)
        self.page.set_viewport_size(VIEWPORT)
        self.page.mouse.move(0, 0)

    def close(self) -> None:
        """Close the page and end every kernel."""
        if self.page:
            self.page.context.close()
            self.page = None
            for kernel in self.lab.ask("/api/kernels"):
                self.lab.ask(f"/api/kernels/{kernel['id']}", "DELETE")


@pytest.fixture(scope="session")
def room(browser: Browser, lab: Lab) -> Iterator[Room]:
    room = Room(browser, lab)
    yield room
    room.close()


@pytest.fixture
def lab_page(room: Room, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page with JupyterLab; see the top of this file."""
    yield room.enter()
    if request.node.stash.get(FAILED, False):
        room.close()
    else:
        room.tidy()
    room.watch.check()


@pytest.fixture
def notebook(lab: Lab, lab_page: Page, room: Room) -> Callable[..., Notebook]:
    """Open a notebook in JupyterLab; see the top of this file."""

    def open_notebook(name: str, *, cells: Sequence[str] = (), source: Path | None = None) -> Notebook:
        if cells:
            lab.write(name, cells)
        elif source:
            lab.copy(source, name)
        opened = Notebook(lab_page, lab, name, room.kernel)
        opened.open()
        return opened

    return open_notebook

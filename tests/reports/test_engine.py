"""The engine `rdlib` makes the notebooks that papermill's own engine makes, cell for cell."""

import os
import re
import signal
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from rdlib import paths
from rdlib.reports import engine, forge

pytestmark = pytest.mark.skipif(not forge.available(), reason="this system cannot fork safely")

NASTY = [
    "print('first')\nprint('second')\n1 + 1",
    "import sys\nprint('to stderr', file=sys.stderr)\nprint('to stdout')",
    "from IPython.display import HTML, Markdown, clear_output, display\nhandle = display('before', display_id='a')",
    "handle.update('after')\nHTML('<b>bold</b>')",
    "print('gone')\nclear_output()\nprint('kept')",
    "print('gone later')\nclear_output(wait=True)\ndisplay(Markdown('*text*'), metadata={'text/markdown': {'a': 1}})",
    "class Rich:\n"
    "    def _repr_html_(self): return '<i>rich</i>'\n"
    "    def _repr_png_(self): return b'\\x89PNG' + bytes(12)\n"
    "    def __repr__(self): return 'rich'\n"
    "Rich()",
    "class Bundle:\n"
    "    def _repr_mimebundle_(self, include=None, exclude=None):\n"
    "        return {'text/html': 'é', 'application/json': {'day': [1, 2.5, None]}}, {'rdlib': {'t': (1, 2)}}\n"
    "Bundle()",
    "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "%%capture caught\nprint('captured')",
    "caught.stdout",
    "!echo from a shell",
    "import warnings\nwarnings.simplefilter('always')\n_ = 3\nOut[1]",
    "'not shown';",
    "",
    "import matplotlib.pyplot as plt\nplt.figure(figsize=(1, 1))\nplt.plot([1, 2])\nprint('drawn')",
    "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
    "sys.path.index(''), __name__, __import__('os').path.basename(__import__('os').getcwd())",
    "print('no end of line', end='')\nprint('more', flush=True)",
]

ERRORS = {
    "an error": "def deep():\n    return {}['key']\ndeep()",
    "a plain error": (
        "class Plain(Exception):\n    def _render_traceback_(self): return ['only', 'this']\nraise Plain('said')"
    ),
    "a slip": "x = = 1",
    "an error while showing": "class Bad:\n    def _repr_html_(self): raise ValueError('bad')\nBad()",
    "an exit": "import sys\nsys.exit(3)",
}


def notebook(*sources: str) -> Any:
    cells = [nbformat.v4.new_code_cell(source, id=f"c{number}") for number, source in enumerate(sources)]
    first = nbformat.v4.new_markdown_cell("# Text", id="text")
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=[first, *cells], metadata={"kernelspec": kernel})


def run(source: Path, folder: Path, engine: str | None, given: dict[str, str]) -> tuple[Any, str | None]:
    out = folder / f"{engine}.ipynb"
    error = None
    try:
        papermill.execute_notebook(
            source, out, given, engine_name=engine, progress_bar=False, kernel_name="python3",
            resources={"metadata": {"path": str(folder)}},
        )  # fmt: skip
    except papermill.PapermillExecutionError as failure:
        error = str(failure)
    return nbformat.read(out, as_version=4), error


def comparable(node: Any, folder: Path) -> Any:
    """Take out of a notebook what differs from run to run: times, random ids, addresses, process numbers."""
    for number, cell in enumerate(node.cells):
        for name in ("start_time", "end_time", "duration"):
            cell.metadata.get("papermill", {}).pop(name, None)
        cell.metadata.pop("execution", None)
        if set(cell.metadata.get("tags", [])) & {"injected-parameters", "papermill-error-cell-tag"}:
            cell.id = f"random-{number}"
        if cell.cell_type == "code":
            cell.outputs = joined(cell.outputs)
    for name in ("start_time", "end_time", "duration", "output_path", "input_path"):
        node.metadata.papermill.pop(name, None)
    text = nbformat.writes(node)
    text = re.sub(r"0x[0-9a-f]{6,}", "0x", text)
    text = re.sub(r"ipykernel_\d+", "ipykernel", text)
    return nbformat.reads(text, as_version=4)


def joined(outputs: list[Any]) -> list[Any]:
    """Join what a stream said in pieces: a kernel sends what it has every fifth of a second."""
    found: list[Any] = []
    for output in outputs:
        same = found and output.output_type == found[-1].output_type == "stream" and output.name == found[-1].name
        if same:
            found[-1].text += output.text
        else:
            found.append(output)
    return found


def assert_equal(source: Path, folder: Path, given: dict[str, str]) -> None:
    (stock, stock_error), (ours, our_error) = (run(source, folder, engine, given) for engine in ("nbclient", "rdlib"))
    stock, ours = comparable(stock, folder), comparable(ours, folder)
    assert len(ours.cells) == len(stock.cells)
    for mine, theirs in zip(ours.cells, stock.cells, strict=True):
        assert mine == theirs
    assert ours.metadata == stock.metadata
    assert (our_error is None) == (stock_error is None)


def written(folder: Path, *sources: str) -> Path:
    path = folder / "source.ipynb"
    nbformat.write(notebook(*sources), path)
    return path


EXERCISES = paths.exercises()
CASES = [
    ("priority", "emergency-waits", {"priority": "emergency-care", "as_of": "2003-06-30"}),
    ("priority", "four-examples", {"priority": "emergency-rooms", "as_of": "2016-06-30"}),
    ("priority", "four-examples", {"priority": "no-such", "as_of": "2016-06-30"}),
    ("portfolio", "four-examples", {"as_of": "2016-06-30"}),
    ("stocktake", "punjab-stocktake", {"day": "2016-03-10"}),
]


@pytest.mark.parametrize(("template", "case", "given"), CASES)
def test_reports_are_those_of_papermill(template: str, case: str, given: dict[str, str], tmp_path: Path):
    plan = {"plan": str(EXERCISES / case / "plan")}
    assert_equal(paths.templates() / f"{template}.ipynb", tmp_path, {**plan, **given})


def test_a_nasty_notebook_is_that_of_papermill(tmp_path: Path):
    assert_equal(written(tmp_path, *NASTY), tmp_path, {})


@pytest.mark.parametrize("source", ERRORS.values(), ids=ERRORS.keys())
def test_what_goes_wrong_is_shown_as_by_papermill(source: str, tmp_path: Path):
    assert_equal(written(tmp_path, "print('before')", source, "print('never')"), tmp_path, {})


def test_parameters_are_injected(tmp_path: Path):
    executed, _error = run(written(tmp_path, "word"), tmp_path, "rdlib", {"word": "given"})
    injected, shown = executed.cells[0], executed.cells[2]
    assert "injected-parameters" in injected.metadata.tags
    assert shown.outputs[0].data["text/plain"] == "'given'"
    assert executed.metadata.papermill.parameters == {"word": "given"}


def test_two_notebooks_share_nothing(tmp_path: Path):
    source = written(tmp_path, "import random, builtins\nbuiltins.left = 1\nrandom.random()", "import sys\nsys.foo = 1")
    shown = [run(source, tmp_path, "rdlib", {})[0].cells[1].outputs[0].data["text/plain"] for _n in range(2)]
    assert shown[0] != shown[1]
    executed, error = run(written(tmp_path, "import builtins\nhasattr(builtins, 'left')"), tmp_path, "rdlib", {})
    assert error is None
    assert executed.cells[1].outputs[0].data["text/plain"] == "False"


def test_a_cell_that_takes_too_long_is_ended(tmp_path: Path):
    source = written(tmp_path, "while True: pass")
    with pytest.raises(CellTimeoutError):
        papermill.execute_notebook(
            source, tmp_path / "out.ipynb", engine_name="rdlib", progress_bar=False, execution_timeout=1
        )


def test_a_process_that_ends_by_itself_is_noticed(tmp_path: Path):
    source = written(tmp_path, "import os\nos._exit(3)")
    with pytest.raises(DeadKernelError):
        papermill.execute_notebook(source, tmp_path / "out.ipynb", engine_name="rdlib", progress_bar=False)
    assert nbformat.read(tmp_path / "out.ipynb", as_version=4).metadata.papermill.end_time


def test_output_is_logged_where_it_is_asked_for(tmp_path: Path):
    source = written(tmp_path, "print('heard')")
    with (tmp_path / "heard.txt").open("w", encoding="utf-8") as file:
        papermill.execute_notebook(
            source, tmp_path / "out.ipynb", engine_name="rdlib", progress_bar=False, stdout_file=file
        )
    assert (tmp_path / "heard.txt").read_text(encoding="utf-8") == "heard\n"


def test_options_that_cannot_be_sent_go_to_papermills_own_engine(tmp_path: Path):
    heard: list[int] = []
    papermill.execute_notebook(
        written(tmp_path, "1"), tmp_path / "out.ipynb", engine_name="rdlib", progress_bar=False,
        on_cell_start=lambda cell, cell_index: heard.append(cell_index),
    )  # fmt: skip
    assert heard == [0, 1]


def cell(source: str) -> Any:
    node = notebook(source)
    for each in node.cells:
        each.metadata["papermill"] = {}
    node.metadata["papermill"] = {}
    return node


# --- the warm process --------------------------------------------------------------------------------------------


def test_work_gives_back_what_it_returns_and_raises_what_it_raises():
    worker = forge.shared()
    assert worker.run(callable) is True  # it is given a way to say something
    with pytest.raises(TypeError):
        worker.run(int)


def test_work_that_hangs_is_ended_with_all_it_started(tmp_path: Path):
    with pytest.raises(forge.OverdueError):
        forge.shared().run(engine._run_there, cell("import time\ntime.sleep(60)"), str(tmp_path), {}, timeout=2)


def test_work_that_is_killed_says_how_it_ended(tmp_path: Path):
    with pytest.raises(forge.DiedError) as died:
        forge.shared().run(engine._run_there, cell("import os\nos.kill(os.getpid(), 9)"), str(tmp_path), {})
    assert died.value.status == -signal.SIGKILL


def test_a_warm_process_that_is_gone_is_started_again():
    first = forge.shared()
    os.kill(first._process.pid, signal.SIGKILL)
    first._process.wait()
    with pytest.raises(forge.DiedError):
        first.run(callable)
    assert forge.shared() is not first
    assert forge.shared().run(callable)

"""The notebooks of this project are clean, and scripts/notebooks.py knows clean from unclean."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from scripts import notebooks

ROOT = Path(__file__).parents[1]
STORED = notebooks.find(folder for folder in (ROOT / "workbooks", ROOT / "templates") if folder.exists())


@pytest.mark.parametrize("path", STORED, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_notebook_of_this_project_is_clean(path: Path):
    assert notebooks.check(path) == []


def good() -> dict[str, Any]:
    return {
        "cells": [
            {
                "cell_type": "markdown",
                "id": "what-you-will-do",
                "metadata": {},
                "source": "# Prioritise\n\nIn an hour.",
            },
            {
                "cell_type": "code",
                "execution_count": None,
                "id": "exercise-1-1",
                "metadata": {"jupyter": {"source_hidden": True}},
                "outputs": [
                    {
                        "data": {
                            "image/png": "QyA/aG9tZS9zYW0vIDEyOjAwOjAw",
                            "text/html": "<table><tr><td>Due 2026-03-31, at 14:00</td></tr></table>",
                            "text/plain": "Exercise 1.1",
                        },
                        "execution_count": None,
                        "metadata": {},
                        "output_type": "execute_result",
                    }
                ],
                "source": "# the outcomes, and why these\nplan.show('1.1')",
            },
            {
                "cell_type": "code",
                "execution_count": None,
                "id": "parameters",
                "metadata": {"jupyter": {"source_hidden": True}, "tags": ["parameters"]},
                "outputs": [],
                "source": "plan = 'plan'\npriority = ''",
            },
        ],
        "metadata": copy.deepcopy(notebooks.METADATA),
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def store(folder: Path, content: dict[str, Any]) -> Path:
    path = folder / "notebook.ipynb"
    path.write_text(notebooks.as_written(nbformat.from_dict(content)), encoding="utf-8")
    return path


def test_a_clean_notebook_has_no_complaint(tmp_path: Path):
    assert notebooks.check(store(tmp_path, good())) == []


def cell(number: int, **changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda content: content["cells"][number - 1].update(changes)


def output(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda content: content["cells"][1]["outputs"][0].update(changes)


def instead(**whole: Any) -> Callable[[dict[str, Any]], None]:
    return lambda content: content["cells"][1].update(outputs=[whole])


def shown(html: str) -> Callable[[dict[str, Any]], None]:
    return output(data={"text/html": html})


HIDDEN = {"jupyter": {"source_hidden": True}}


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (cell(2, id="Exercise_1"), "has an id that is not made of small letters"),
        (cell(2, id="1f3a9b2c"), "has an id that Jupyter made up"),
        (cell(2, id="0b5f1f5e-9f0e-4c5d-8a51-2f6f0d1c7b11"), "has an id that Jupyter made up"),
        (cell(2, execution_count=3), "has an execution count"),
        (output(execution_count=3), "has an execution count in an output"),
        (cell(2, metadata={}), "shows its code"),
        (cell(2, metadata={"jupyter": {"source_hidden": False}}), "shows its code"),
        (cell(2, source="plan = open_plan()\nplan.show('1.1')"), "has 2 lines of code"),
        (cell(2, source="# nothing here"), "is a code cell without code"),
        (cell(2, metadata=HIDDEN | {"execution": {"iopub.status.busy": "now"}}), "does not belong there: execution"),
        (cell(1, metadata={"collapsed": True}), "does not belong there: collapsed"),
        (lambda content: content["metadata"].update(widgets={}), "stores the state of widgets"),
        (lambda content: content["metadata"].update(papermill={}), "does not belong there: papermill"),
        (lambda content: content["metadata"]["kernelspec"].update(name="my-env"), "has other kernelspec metadata"),
        (lambda content: content["metadata"]["language_info"].update(version="3.11.7"), "has other language_info"),
        (lambda content: content["metadata"].clear(), "has other kernelspec metadata"),
        (lambda content: content.update(nbformat_minor=4), "has notebook format 4.4, not 4.5"),
        (output(data={"application/vnd.jupyter.widget-view+json": {"model_id": "1"}}), "stores a widget"),
        (instead(output_type="error", ename="KeyError", evalue="'x'", traceback=[]), "ends in an error: KeyError: 'x'"),
        (instead(output_type="stream", name="stderr", text="careful\n"), "writes to stderr"),
        (instead(output_type="stream", name="stdout", text="/tmp/plan/plan.yaml\n"), "a path of the machine"),
        (shown("<p>Saved in /home/sam/plan</p>"), "a path of the machine it ran on: /home/sam"),
        (shown("<p>Saved in C:\\Users\\sam</p>"), "a path of the machine"),
        (shown("<p>Saved in ~/plan</p>"), "a path of the machine"),
        (shown("&lt;Plan object at 0x7f3a5c0d1e90&gt;"), "the address of an object in memory"),
        (shown("<a href='http://localhost:8888/lab'>here</a>"), "the address of a local server"),
        (shown("<p>saved 14:02:11</p>"), "a time of day"),
        (shown("<p>As of 2026-11-23 14:02</p>"), "a time of day"),
    ],
)
def test_each_flaw_is_complained_of(
    spoil: Callable[[dict[str, Any]], None], complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    content = good()
    spoil(content)
    path = store(tmp_path, content)
    found = notebooks.check(path)
    assert [sentence for sentence in found if complaint in sentence], found

    assert notebooks.main(["check", str(tmp_path)]) == 1
    assert complaint in capsys.readouterr().out


def test_two_cells_with_one_id(tmp_path: Path):
    content = good()
    content["cells"][2]["id"] = "exercise-1-1"
    assert notebooks.check(store(tmp_path, content)) == ["cell 3 (exercise-1-1) has an id that another cell has too"]


def test_a_cell_without_an_id(tmp_path: Path):
    content = good()
    del content["cells"][2]["id"]
    assert "'id' is a required property" in notebooks.check(store(tmp_path, content))[0]


def test_a_name_of_the_machine(tmp_path: Path):
    content = good()
    shown("<p>Made on kiwi42</p>")(content)
    path = store(tmp_path, content)
    assert notebooks.check(path) == []
    assert "a name of this machine" in notebooks.check(path, ["kiwi42"])[0]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda text: text.rstrip("\n"), "does not end with a new line"),
        (lambda text: text + "\n", "is not laid out as nbformat writes it"),
        (lambda text: text.replace("\n ", "\n  "), "is not laid out as nbformat writes it"),
        (lambda text: text[:40], "is not a notebook"),
        (lambda text: "[]\n", "is not a notebook"),
        (lambda text: text.replace('"cells"', '"sells"'), "is not a valid notebook"),
    ],
)
def test_each_flaw_of_the_text(change: Callable[[str], str], complaint: str, tmp_path: Path):
    path = store(tmp_path, good())
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    found = notebooks.check(path)
    assert len(found) == 1
    assert complaint in found[0]


def test_checkpoints_are_left_alone_and_no_notebook_is_no_flaw(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / ".ipynb_checkpoints").mkdir()
    (tmp_path / ".ipynb_checkpoints" / "notebook.ipynb").write_text("{}", encoding="utf-8")
    assert notebooks.main(["check", str(tmp_path)]) == 0
    assert "No notebooks" in capsys.readouterr().out


def test_run_executes_and_writes_back_clean_and_the_same_each_time(tmp_path: Path):
    content = good()
    content["metadata"]["widgets"] = {}
    content["cells"][1] |= {
        "execution_count": 7,
        "metadata": {"scrolled": True},
        "source": "print((os := __import__('os')).environ['RDLIB_STATIC'], os.path.exists('notebook.ipynb'))",
    }
    path = store(tmp_path, content)
    assert notebooks.run(path) == []
    first = path.read_text(encoding="utf-8")
    assert nbformat.reads(first, as_version=4).cells[1].outputs[0].text == "1 True\n"
    assert notebooks.run(path) == []
    assert path.read_text(encoding="utf-8") == first


def test_run_drops_widgets_but_keeps_what_stands_beside_them(tmp_path: Path):
    content = good()
    content["cells"][1]["source"] = "__import__('ipywidgets').HTML('seen')"
    path = store(tmp_path, content)
    notebooks.run(path)
    data = nbformat.read(path, as_version=4).cells[1].outputs[0].data
    assert list(data) == ["text/plain"]


def test_run_leaves_a_notebook_that_fails_as_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    content = good()
    content["cells"][1]["source"] = "1 / 0"
    path = store(tmp_path, content)
    before = path.read_bytes()
    assert notebooks.main(["run", str(path)]) == 1
    assert "ZeroDivisionError" in capsys.readouterr().out
    assert path.read_bytes() == before

"""Keep the notebooks clean: `check` says what is wrong with them, `run` executes them and writes them back clean.

    .venv/bin/python scripts/notebooks.py check workbooks templates
    .venv/bin/python scripts/notebooks.py run workbooks/03_plan.ipynb

Paths are notebooks or folders of notebooks. A stored notebook holds the static faces of its displays and nothing that
tells when, where or by whom it was run, so that the same run writes the same file again.
"""

import argparse
import json
import os
import re
import socket
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import v4
from nbformat.validator import iter_validate

METADATA: dict[str, Any] = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
CELL_METADATA = {"deletable", "editable", "jupyter", "tags"}

CELL_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# What Jupyter makes up by itself: eight hexadecimal digits, or a whole uuid.
MADE_UP_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?")

TRACES = {
    "a path of the machine it ran on": re.compile(
        r"(?<![\w./~-])/(?:builds|etc|home|media|mnt|opt|private|root|srv|tmp|usr|var|work|workspace|Users)/[\w.~-]+"
        r"|\b[A-Z]:\\+Users\\+\w+|(?<!\w)~/\w+"
    ),
    "the address of an object in memory": re.compile(r"\b0x[0-9a-fA-F]{6,}"),
    "the address of a local server": re.compile(r"\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0):\d+"),
    "a time of day (a date may stay)": re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\b\d\d:\d\d:\d\d\b"),
}
WIDGET = "application/vnd.jupyter.widget-"


def find(paths: Iterable[Path]) -> list[Path]:
    """Return the notebooks among the paths and in the folders among them, without Jupyter's checkpoints."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.rglob("*.ipynb")) if path.is_dir() else [path]
    return [path for path in found if ".ipynb_checkpoints" not in path.parts]


def as_written(notebook: Any) -> str:
    """Return the notebook as nbformat writes it to a file."""
    # not nbformat.writes: that one mends ids on the way
    return str(v4.writes(notebook)).removesuffix("\n") + "\n"


def check(path: Path, names: Iterable[str] = ()) -> list[str]:
    """Return what is wrong with a stored notebook, one sentence each; nothing when it is clean.

    Args:
        path: the notebook.
        names: words that must not stand in its outputs, such as the name of the machine.
    """
    text = path.read_text(encoding="utf-8")
    try:
        raw = json.loads(text)
        version = (raw["nbformat"], raw["nbformat_minor"])
    except (ValueError, TypeError, KeyError):
        return ["is not a notebook: its text is no JSON, or does not say which notebook format it has"]
    if version != (4, 5):
        return [f"has notebook format {version[0]}.{version[1]}, not 4.5"]
    # not nbformat.validate: that one mends ids on the way
    invalid = next(iter_validate(raw), None)
    if invalid:
        return [f"is not a valid notebook: {invalid.message}"]

    found = []
    if not text.endswith("\n"):
        found.append("does not end with a new line")
    if text.rstrip("\n") != as_written(nbformat.from_dict(raw)).rstrip("\n") or text.endswith("\n\n"):
        found.append("is not laid out as nbformat writes it (one space to indent, keys in order)")
    found += _check_metadata(raw["metadata"])
    seen: set[str] = set()
    for number, cell in enumerate(raw["cells"], start=1):
        where = f"cell {number} ({cell['id']})"
        found += [f"{where} {complaint}" for complaint in _check_cell(cell, seen, names)]
    return found


def _check_metadata(metadata: dict[str, Any]) -> Iterator[str]:
    if "widgets" in metadata:
        yield "stores the state of widgets in its metadata"
    extra = sorted(metadata.keys() - METADATA.keys() - {"widgets"})
    if extra:
        yield f"has metadata that does not belong there: {', '.join(extra)}"
    for key, wanted in METADATA.items():
        if metadata.get(key) != wanted:
            yield f"has other {key} metadata than {json.dumps(wanted)}"


def _check_cell(cell: dict[str, Any], seen: set[str], names: Iterable[str]) -> Iterator[str]:
    cell_id = cell["id"]
    if not CELL_ID.fullmatch(cell_id):
        yield "has an id that is not made of small letters, digits and hyphens"
    elif MADE_UP_ID.fullmatch(cell_id):
        yield "has an id that Jupyter made up; give it one that says what the cell is"
    if cell_id in seen:
        yield "has an id that another cell has too"
    seen.add(cell_id)

    extra = sorted(cell["metadata"].keys() - CELL_METADATA)
    if extra:
        yield f"has metadata that does not belong there: {', '.join(extra)}"
    if cell["cell_type"] != "code":
        return

    lines = code_lines(_joined(cell["source"]))
    if not lines:
        yield "is a code cell without code"
    elif lines > 1 and "parameters" not in cell["metadata"].get("tags", []):
        yield f"has {lines} lines of code; one is the most, the rest belongs into rdlib"
    if cell["metadata"].get("jupyter", {}).get("source_hidden") is not True:
        yield "shows its code; set jupyter.source_hidden in its metadata"
    if cell["execution_count"] is not None:
        yield "has an execution count"
    for output in cell["outputs"]:
        yield from _check_output(output, names)


def _check_output(output: dict[str, Any], names: Iterable[str]) -> Iterator[str]:
    if output.get("execution_count") is not None:
        yield "has an execution count in an output"
    if output["output_type"] == "error":
        yield f"ends in an error: {output['ename']}: {output['evalue']}"
        return
    if output.get("name") == "stderr":
        yield f"writes to stderr: {_joined(output['text']).strip().splitlines()[-1:]}"
    if any(kind.startswith(WIDGET) for kind in output.get("data", {})):
        yield "stores a widget; only its static face belongs into an output"
    told = _joined(output["text"]) if "text" in output else ""
    told += "\n".join(_text_of(kind, value) for kind, value in output.get("data", {}).items())
    yield from traces(told, names)


def traces(text: str, names: Iterable[str] = ()) -> Iterator[str]:
    """Yield what in an output's text tells of the machine, the person or the moment of the run."""
    for what, pattern in TRACES.items():
        if match := pattern.search(text):
            yield f"shows {what}: {match[0]}"
    for name in names:
        if re.search(rf"\b{re.escape(name)}\b", text):
            yield f"shows a name of this machine or of its user: {name}"


def code_lines(source: str) -> int:
    """Count the lines that hold code: not blank, no comment. A docstring or a long call counts line by line."""
    return sum(1 for line in source.splitlines() if line.strip() and not line.strip().startswith("#"))


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _text_of(kind: str, value: Any) -> str:
    if kind.startswith("image/") and kind != "image/svg+xml":
        return ""  # base64
    if kind.startswith(WIDGET):
        return ""  # complained of as a whole
    return _joined(value) if isinstance(value, (str, list)) else json.dumps(value)


def names_of_this_machine() -> list[str]:
    """Return the names by which an output could tell where it was made, without such as are ordinary words."""
    ordinary = {"debian", "jovyan", "localhost", "root", "runner", "user"}
    return sorted(name for name in {Path.home().name, socket.gethostname()} - ordinary if len(name) > 3)


def clean(notebook: Any) -> None:
    """Take out of a notebook that was run whatever `check` would find, as far as a program can decide it."""
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        for key in cell.metadata.keys() - CELL_METADATA:
            del cell.metadata[key]
        if cell.cell_type != "code":
            continue
        cell.metadata.setdefault("jupyter", {})["source_hidden"] = True
        cell.execution_count = None
        kept = []
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = None
            if "data" in output:
                for kind in [kind for kind in output.data if kind.startswith(WIDGET)]:
                    del output.data[kind]
                if not output.data:
                    continue
            kept.append(output)
        cell.outputs = kept


def run(path: Path, timeout: int = 120) -> list[str]:
    """Execute a notebook in its own folder, write it back clean, and return what is still wrong with it.

    Args:
        path: the notebook.
        timeout: how many seconds one cell may take.

    Raises:
        CellExecutionError: when a cell fails; the file then stays as it was.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=timeout,
        resources={"metadata": {"path": str(path.parent)}},
        store_widget_state=False,
        coalesce_streams=True,
        record_timing=False,
    )
    client.execute(env=os.environ | {"RDLIB_STATIC": "1"})  # our displays then give only their static faces
    clean(notebook)
    write(path, as_written(notebook))
    return check(path, names_of_this_machine())


def write(path: Path, text: str) -> None:
    """Replace a file in one step, or leave it alone when nothing changes."""
    if path.read_text(encoding="utf-8") == text:
        return
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".tmp", delete=False) as file:
        file.write(text)
    Path(file.name).chmod(path.stat().st_mode)
    Path(file.name).replace(path)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 1 when a notebook is not clean."""
    parser = argparse.ArgumentParser(description="Keep the notebooks clean.")
    parser.add_argument("what", choices=["check", "run"], help="say what is wrong, or execute and write back")
    parser.add_argument("paths", nargs="*", type=Path, help="notebooks, or folders of notebooks")
    options = parser.parse_args(arguments)

    missing = [str(path) for path in options.paths if not path.exists()]
    if missing:
        parser.error(f"there is no {', no '.join(missing)}")
    notebooks = find(options.paths)
    bad = 0
    for path in notebooks:
        try:
            found = run(path) if options.what == "run" else check(path)
        except CellExecutionError as error:
            found = [f"could not be run, and stays as it was:\n{error}"]
        bad += bool(found)
        for complaint in found:
            print(f"{path}: {complaint}")
        if options.what == "run" and not found:
            print(f"{path}: run and clean")
    if notebooks:
        print(f"{len(notebooks) - bad} of {len(notebooks)} notebooks are clean.")
    else:
        print("No notebooks to look at.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

"""`make test-notebooks` compares stored outputs with new ones although the notebooks carry no execution counts."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat

from scripts import notebooks

ROOT = Path(__file__).parents[1]


def cell(number: int, source: str, outputs: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": f"cell-{number}",
        "metadata": {},
        "outputs": outputs,
        "source": source,
    }


def printed(text: str) -> list[dict[str, Any]]:
    return [{"output_type": "stream", "name": "stdout", "text": text}]


def test_nbval_finds_changed_and_missing_outputs_and_overlooks_what_may_differ(tmp_path: Path):
    content = {
        "cells": [
            cell(0, "print('as stored')", printed("as stored\n")),
            cell(1, "print('changed')", printed("as it was\n")),
            cell(2, "print('not stored')", []),
            cell(3, "print(object(), '14:02:11')", printed("<object object at 0x7f00deadbeef> 09:00:00\n")),
        ],
        "metadata": notebooks.METADATA,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path = tmp_path / "notebook.ipynb"
    path.write_text(notebooks.as_written(nbformat.from_dict(content)), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-p", "no:cacheprovider", "-p", "no:xdist"]
    command += [
        "--nbval",
        "--nbval-sanitize-with",
        "tests/workbooks/nbval_sanitize.cfg",
        "-rA",
        "--color=no",
        str(path),
    ]
    done = subprocess.run([*command, str(path)], cwd=ROOT, capture_output=True, text=True, check=False)

    told = [line.split(" - ")[0] for line in done.stdout.splitlines() if line.startswith(("PASSED", "FAILED"))]
    results = {line.rpartition("Cell ")[2]: line.split()[0] for line in told}
    assert results == {"0": "PASSED", "1": "FAILED", "2": "FAILED", "3": "PASSED"}, done.stdout + done.stderr

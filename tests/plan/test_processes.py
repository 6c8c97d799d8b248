"""Several processes at one plan, and processes that are killed: nothing that was shown as saved is lost."""

import os
import random
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rdlib.plan import read_plan
from tests.plan.saver import count_up

KILLS = 200

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and signals, as Linux and macOS have them")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "priorities").mkdir()
    (tmp_path / "plan.yaml").write_text("# ours\nschema: 2\ntitle: Number 0\norder:\n  - waits\n")
    (tmp_path / "priorities" / "waits.yaml").write_text("# kept\ntitle: Number 0\nextra: kept  # too\n")
    return tmp_path


def test_two_processes_that_save_a_hundred_times_each_lose_nothing(folder: Path):
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.plan.saver", "share", str(folder), name, "100"],
            cwd=Path(__file__).parents[2],
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("title", "summary")
    ]
    errors = [writer.communicate(timeout=300)[1] for writer in writers]
    assert errors == ["", ""]
    reading = read_plan(folder)
    assert reading.problems == ()
    waits = reading.plan.priority("waits")
    assert waits is not None
    assert (waits.title, waits.summary) == ("title 100", "summary 100")
    rows = {indicator.id for indicator in waits.indicators}
    assert rows == {f"{name}-{number}" for name in ("title", "summary") for number in range(10, 101, 10)}
    assert {p.id for p in reading.plan.priorities} == {"waits", "title-50", "title-100", "summary-50", "summary-100"}
    assert set(reading.plan.order) == {p.id for p in reading.plan.priorities}
    text = (folder / "priorities" / "waits.yaml").read_text()
    assert text.startswith("# kept\n")
    assert "extra: kept  # too\n" in text


def number_in(text: str | None) -> int:
    assert text is not None
    assert text.startswith("Number ")
    return int(text.split()[1])


def test_a_saving_process_killed_at_any_moment_loses_nothing_that_was_saved(folder: Path):
    chance = random.Random(7)
    acknowledged = last = saves = 0  # the number said to be saved last; the one on disk, perhaps not yet said
    for _kill in range(KILLS):
        said, says = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.dup2(says, 1)
                count_up(str(folder), last)
            finally:
                os._exit(1)
        os.close(says)
        try:
            if chance.random() < 0.7:  # most are killed after a save was acknowledged, some before the first one
                select.select([said], [], [], 10)
            time.sleep(chance.random() * 0.03)
            os.kill(child, signal.SIGKILL)
        finally:
            os.waitpid(child, 0)
        output = b""
        while part := os.read(said, 65536):
            output += part
        os.close(said)
        said_now = [int(number) for number in output.split(b"\n")[:-1]]
        saves += len(said_now)
        acknowledged = max([acknowledged, *said_now])

        reading = read_plan(folder)
        assert reading.problems == ()
        waits = reading.plan.priority("waits")
        assert waits is not None
        found = number_in(waits.title)
        newest = max(acknowledged, last)
        assert found in (newest, newest + 1)
        assert number_in(waits.summary) == found  # one file: whole, never half
        # the title page is written after the priorities: a save that was cut off may have changed only these
        assert acknowledged <= number_in(reading.plan.title) <= found
        last = found
    assert saves > KILLS / 2
    assert "extra: kept  # too\n" in (folder / "priorities" / "waits.yaml").read_text()
    kept = list((folder / ".rdlib" / "versions" / "priorities" / "waits.yaml").iterdir())
    assert 1 <= len(kept) <= 22

"""``rdlib calendar``: the dates of a plan as a file."""

from __future__ import annotations

from pathlib import Path

import vobject
from click.testing import CliRunner

from rdlib import paths
from rdlib.cli import main


def test_the_dates_of_a_plan_are_written_to_a_file(tmp_path: Path):
    plan, out = paths.exercises() / "punjab-stocktake" / "plan", tmp_path / "year.ics"
    done = CliRunner().invoke(main, ["calendar", str(plan), "--out", str(out), "--as-of", "2016-03-31"])
    assert done.exit_code == 0, done.output
    read = vobject.readOne(out.read_bytes().decode("utf-8"))
    assert f"{len(read.vevent_list)} entries in {out}." in done.output
    assert sum(e.summary.value == "Stocktake with the Chief Minister" for e in read.vevent_list) == 7


def test_a_plan_without_dates_says_so(tmp_path: Path):
    plan = paths.exercises() / "four-examples" / "plan"
    done = CliRunner().invoke(main, ["calendar", str(plan), "--out", str(tmp_path / "x.ics")])
    assert done.exit_code == 1
    assert "no dates yet" in done.output
    assert not (tmp_path / "x.ics").exists()

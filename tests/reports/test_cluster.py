"""The same jobs on several machines; here a cluster of two processes on this one."""

import os
from datetime import date
from pathlib import Path

import pytest

from rdlib.reports import forge, manifest
from rdlib.reports.batch import make_reports
from rdlib.reports.cluster import pack
from tests.reports.plans import AS_OF, WAITS, make_plan

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(not forge.available(), reason="this system cannot fork safely")


def test_a_plan_is_packed_the_same_each_time(tmp_path: Path):
    plan = make_plan(tmp_path / "plan", waits=WAITS)
    packed = pack(plan)
    (plan / ".rdlib").mkdir()
    (plan / ".rdlib" / "old").write_text("", encoding="utf-8")
    os.utime(plan / "plan.yaml")
    assert pack(plan) == packed


def test_what_a_cluster_makes_is_what_this_machine_makes(tmp_path: Path):
    plan = make_plan(tmp_path / "plan", waits=WAITS, bare="title: Bare\n")
    day = date.fromisoformat(AS_OF)
    here, there = tmp_path / "here", tmp_path / "there"
    made_here = make_reports(plan, here, as_of=day)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        made_there = make_reports(plan, there, as_of=day, scheduler=cluster.scheduler_address)
    assert not made_here.failed
    assert not made_there.failed
    for mine, theirs in zip(made_here.entries, made_there.entries, strict=True):
        assert (mine.id, mine.title, mine.inputs, mine.parameters) == (
            theirs.id,
            theirs.title,
            theirs.inputs,
            theirs.parameters,
        )
    for name in ("waits.html", "bare.html"):
        assert (there / name).read_bytes() == (here / name).read_bytes()
    assert manifest.read(there).entry("waits") is not None
    assert {entry.state.value for entry in make_reports(plan, there, as_of=day).entries} == {"unchanged"}

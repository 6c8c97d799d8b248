"""The delivery chain in the priority report (tool 5.2), on the A&E case."""

from __future__ import annotations

import re
from pathlib import Path

from rdlib import paths
from rdlib.plan.chain import CHAINS
from rdlib.reports import PriorityReport
from rdlib.reports.sections import sections
from tests.reports.plans import AS_OF, WAITS, make_plan


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_chain_is_in_the_report_as_a_picture_and_as_tables():
    report = PriorityReport.open(
        plan=paths.exercises() / "emergency-waits" / "plan", priority="emergency-care", as_of="2003-06-30"
    )
    html = sections()["chain"].body(report)
    said = words(html)
    assert html.count("data-node=") == len(CHAINS.read(report.priority)[0].actors)
    assert "Strategies on this chain: Deploy more health workers" in said
    assert "It starts with Prime Minister" in said
    tables = words(sections()["chain-tables"].body(report))
    assert "Who is in the chain" in tables
    assert "How they are linked" in tables
    assert "How they are linked" not in said


def test_where_nothing_is_drawn_one_line_says_so(tmp_path: Path):
    report = PriorityReport.open(plan=make_plan(tmp_path / "plan", waits=WAITS), priority="waits", as_of=AS_OF)
    html = report.show("chain").html
    assert "not attempted yet" in html
    assert "<svg" not in html

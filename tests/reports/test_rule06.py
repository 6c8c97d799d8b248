"""The sections of rule 6 in the priority report, on the A&E case."""

from __future__ import annotations

from pathlib import Path

import pytest

from rdlib import paths
from rdlib.reports import PriorityReport
from tests.reports.plans import AS_OF, WAITS, make_plan
from tests.reports.test_rule03 import words

ANCHORS = ("costs", "allocation", "delivery-budget", "funding")


@pytest.fixture(scope="module")
def report() -> PriorityReport:
    return PriorityReport.open(
        plan=paths.exercises() / "emergency-waits" / "plan", priority="emergency-care", as_of="2003-06-30"
    )


@pytest.mark.parametrize(
    ("anchor", "said"),
    [
        ("costs", "brings most for its money"),
        ("allocation", "Computed mix: 17.1 points for £62 million; your choice: 15.6 points for £48 million"),
        ("delivery-budget", "In all £4.8 million"),
        ("funding", "Missing for your choice, delivery itself included: £27.6 million"),
    ],
)
def test_each_section_holds_its_picture_its_table_and_its_sum(report: PriorityReport, anchor: str, said: str):
    html = report.show(anchor).html
    assert said in words(html) or said in html
    assert "<table" in html
    assert "<figure" in html


def test_what_was_not_attempted_is_one_line(tmp_path: Path):
    bare = PriorityReport.open(plan=make_plan(tmp_path / "plan", waits=WAITS), priority="waits", as_of=AS_OF)
    for anchor in ANCHORS:
        shown = bare.show(anchor).html
        assert "not attempted yet" in shown
        assert "<table" not in shown


def test_a_cost_without_a_budget_for_delivery_is_named_in_the_report(tmp_path: Path):
    text = WAITS + "strategies:\n  - {id: s1, title: See and treat, status: chosen}\n"
    text += "costs:\n  - {id: c1, strategy: s1, kind: people, year: 2018/19, amount: 5}\n"
    folder = make_plan(tmp_path / "plan", waits=text)
    report = PriorityReport.open(plan=folder, priority="waits", as_of=AS_OF)
    assert "has no money in this plan yet" in report.show("delivery-budget").html
    assert "R6-no-delivery-budget" in {finding.code for finding in report.found}

"""What a report carries round of rule 10, and what it keeps back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rdlib import paths
from rdlib.plan import PlanStore
from rdlib.reports.sections import PriorityReport

N1 = "priorities/emergency-care/negotiations/n1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(paths.exercises() / "emergency-waits" / "plan", tmp_path / "plan")
    return tmp_path / "plan"


def report(folder: Path) -> PriorityReport:
    return PriorityReport.open(plan=str(folder), priority="emergency-care", as_of="2003-06-30")


def html(folder: Path, anchor: str) -> str:
    return report(folder).show(anchor).html


def test_the_map_and_the_engagement_are_working_papers_that_say_so(folder: Path):
    for anchor, word in (("stakeholders", "Moveable middle"), ("engagement", "Bring onside")):
        shown = html(folder, anchor)
        assert word in shown
        assert "Take it out before the report leaves you" in shown


def test_a_sheet_stays_out_of_the_report_unless_it_is_marked(folder: Path):
    kept = html(folder, "negotiation")
    assert "head injury" not in kept
    assert "1 sheet is not shown here" in kept
    store = PlanStore(folder)
    store.set(f"{N1}/shareable", "yes")
    store.save()
    assert "head injury" in html(folder, "negotiation")


def test_findings_about_people_are_counted_and_not_told(folder: Path):
    store = PlanStore(folder)
    store.set(f"{N1}/reaction", "She is as stubborn as ever.")
    store.save()
    shown = html(folder, "findings")
    assert "stubborn" not in shown
    assert "1 more finding speaks of stakeholders" in shown
    assert not any(f.tool.startswith("10.") for f in report(folder).found)

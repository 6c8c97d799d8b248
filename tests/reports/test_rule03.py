"""The sections of rule 3 in the priority report, on the A&E case."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rdlib import paths
from rdlib.reports import PriorityReport
from tests.reports.plans import AS_OF, WAITS, make_plan

ANCHORS = ("coalition", "relationships", "messages")


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture(scope="module")
def report() -> PriorityReport:
    return PriorityReport.open(
        plan=paths.exercises() / "emergency-waits" / "plan", priority="emergency-care", as_of="2003-06-30"
    )


def test_the_coalition_is_drawn_and_told(report: PriorityReport):
    html = report.show("coalition").html
    assert "<svg" in html
    assert "What the coalition brings together" in html
    assert "Formal and informal influence" in html
    assert "made up to practise with" in html


def test_the_weakest_important_relationships_come_first(report: PriorityReport):
    said = words(report.show("relationships").html)
    order = ["Director of a patients", "President of the emergency", "Head of health spending", "Permanent secretary"]
    places = [said.index(name) for name in order]
    assert places == sorted(places)


def test_each_member_has_its_message(report: PriorityReport):
    said = words(report.show("messages").html)
    assert "Your clinical rules come first" in said
    assert "National lead for emergency care" in said


def test_what_was_not_attempted_is_one_line(tmp_path: Path):
    bare = PriorityReport.open(plan=make_plan(tmp_path / "plan", waits=WAITS), priority="waits", as_of=AS_OF)
    for anchor in ANCHORS:
        shown = bare.show(anchor).html
        assert "not attempted yet" in shown
        assert "<table" not in shown


def test_made_up_members_are_announced_on_the_first_screen(tmp_path: Path):
    folder = make_plan(tmp_path / "plan", waits=WAITS + "coalition:\n  - {id: m1, name: Premier, illustrative: yes}\n")
    made_up = PriorityReport.open(plan=folder, priority="waits", as_of=AS_OF)
    assert "made up to practise with" in made_up.show("verdict").html

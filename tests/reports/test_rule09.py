"""Rule 9 in the report of a priority: the cycle, holding course, what could derail it."""

from __future__ import annotations

import pytest

from rdlib import paths
from rdlib.reports import PriorityReport
from rdlib.rules.registry import exercise

CASE = paths.exercises() / "emergency-waits"


@pytest.fixture(scope="module")
def report() -> PriorityReport:
    return PriorityReport.open(plan=str(CASE / "plan"), priority="emergency-care", as_of="2003-06-30")


@pytest.mark.parametrize(
    ("anchor", "said"),
    [
        ("cycle", "now: Jun 2003"),
        ("principles", "Each stocktake begins with one department that moved"),
        ("derailers", "A hard winter fills the beds"),
        ("pressure", "A hard winter fills the beds"),
    ],
)
def test_each_tool_has_its_section(report: PriorityReport, anchor: str, said: str):
    bundle, _metadata = getattr(report, anchor)()._repr_mimebundle_()
    assert said in str(bundle["text/html"])


def test_an_untouched_tool_is_one_line():
    plan = paths.exercises() / "four-examples" / "plan"
    empty = PriorityReport.open(plan=str(plan), priority="emergency-rooms", as_of="2016-06-30")
    for tool in ("9.1", "9.2", "9.3"):
        bundle, _metadata = getattr(empty, exercise(tool).section)()._repr_mimebundle_()
        assert str(bundle["text/html"]).count("<table") == 0

"""Noise or signal in the report of a priority: the chart with its verdict, and the working paper behind it (9.4)."""

from __future__ import annotations

from pathlib import Path

import pytest

from rdlib import paths
from rdlib.reports import PriorityReport
from rdlib.reports.html import Display
from tests.reports.plans import AS_OF, WAITS, make_plan, write


def html(display: Display) -> str:
    bundle, _metadata = display._repr_mimebundle_()
    return str(bundle["text/html"])


def opened(case: str, priority: str, day: str) -> PriorityReport:
    return PriorityReport.open(plan=str(paths.exercises() / case / "plan"), priority=priority, as_of=day)


@pytest.fixture(scope="module")
def waits() -> PriorityReport:
    return opened("emergency-waits", "emergency-care", "2003-06-30")


def test_the_report_says_whether_it_is_noise_or_signal(waits: PriorityReport):
    said = html(waits.blip())
    assert "A trend for the better: rising since August 2002" in said
    assert "Find out first; Which hospitals moved" in said
    assert "made up to practise with" in said


def test_signals_limits_and_explanations_stand_in_the_working_paper(waits: PriorityReport):
    said = html(waits.blip_details())
    for words in ("Wheeler, rule 2", "read on 20 June 2002", "New since the step", "Why this stretch", "Explained on"):
        assert words in said


def test_a_report_shows_only_what_was_known_on_its_day():
    said = html(opened("punjab-floods", "pupils-present", "2010-12-31").blip())
    assert "but for 2 explained values" in said
    assert "December 2010" in said
    assert "January 2011:" not in said


def test_an_untouched_tool_is_one_line_and_has_no_working_paper(tmp_path: Path):
    report = PriorityReport.open(plan=str(make_plan(tmp_path, waits=WAITS)), priority="waits", as_of=AS_OF)
    assert "not attempted yet" in html(report.blip())
    assert str(report.blip_details()) == "" or html(report.blip_details()) == ""


def test_few_values_are_said_to_be_too_few(tmp_path: Path):
    folder = make_plan(tmp_path, waits=WAITS)
    write(folder, "waits", WAITS + "chart_readings:\n  - {id: r1, indicator: i1, day: 2018-01-05, verdict: trend}\n")
    report = PriorityReport.open(plan=str(folder), priority="waits", as_of=AS_OF)
    assert "Only 8 values: too few to tell noise from signal" in html(report.blip())
    assert "R9-too-few-values" in {finding.code for finding in report.found}

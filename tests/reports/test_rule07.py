"""The routines in the reports: the whole in the portfolio, and with each priority what concerns it."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from rdlib import paths
from rdlib.plan import read_plan
from rdlib.reports import PortfolioReport, PriorityReport
from rdlib.reports.html import Display
from rdlib.reports.portfolio import plan_sections
from rdlib.rules.findings import Severity
from rdlib.rules.registry import exercise

CASE = paths.exercises() / "punjab-stocktake"
DAY = date(2016, 3, 31)


def html(display: Display) -> str:
    bundle, _metadata = display._repr_mimebundle_()
    return str(bundle["text/html"])


@pytest.fixture(scope="module")
def whole() -> PortfolioReport:
    return PortfolioReport.open(plan=str(CASE / "plan"), as_of=DAY.isoformat())


@pytest.mark.parametrize(
    ("anchor", "said"),
    [
        ("routines-today", "5\u2009616"),
        ("routines", "Stocktake with the Chief Minister"),
        ("agenda", "10:10 – 10:45"),
        ("preparation", "Thu 21 April 2016"),
    ],
)
def test_each_tool_has_its_section_in_the_portfolio(whole: PortfolioReport, anchor: str, said: str):
    shown = html(whole.show(anchor))
    assert said in shown
    assert "made up to practise with" in shown


@pytest.mark.parametrize("tool", ["7.1", "7.2", "7.4", "7.6"])
def test_an_untouched_tool_is_one_line(tool: str):
    empty = PortfolioReport.open(plan=str(paths.exercises() / "four-examples" / "plan"), as_of="2016-06-30")
    anchor = exercise(tool).section
    assert anchor in plan_sections()
    shown = html(empty.show(anchor))
    assert "not attempted yet" in shown
    assert len(shown) < 500


def test_a_priority_shows_its_own_dates_and_the_agenda_that_goes_deep_on_it():
    report = PriorityReport.open(plan=str(CASE / "plan"), priority="schools", as_of=DAY.isoformat())
    shown = html(report.routines())
    assert "Secretary&#x27;s hour" in shown
    assert "Girls leave school after class five" in shown
    health = PriorityReport.open(plan=str(CASE / "plan"), priority="health", as_of=DAY.isoformat())
    assert "Girls leave school" not in html(health.routines())


def test_a_priority_that_no_routine_looks_at_says_so_in_its_own_report_and_the_others_do_not():
    plan = read_plan(CASE / "plan").plan
    report = PriorityReport.open(plan=str(CASE / "start"), priority="health", as_of=DAY.isoformat())
    assert "R7-priority-not-reviewed" in {f.code for f in report.found}
    fine = PriorityReport(CASE / "plan", attrs.evolve(plan), plan.priorities[0], DAY)
    assert "R7-priority-not-reviewed" not in {f.code for f in fine.found}
    assert not [f for f in fine.found if f.code.startswith("R7-") and f.severity is not Severity.GOOD]

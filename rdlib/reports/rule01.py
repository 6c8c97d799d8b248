"""Sections for Rule 1: outcomes, leader and stakeholders of a priority; the choice of the priorities of a plan."""

from __future__ import annotations

from rdlib.figures.html import Html
from rdlib.figures.rule01 import priority_row, ranking_list, shortlist_picture
from rdlib.reports.portfolio import PlanSection, PortfolioReport
from rdlib.reports.rule00 import findings_of_section
from rdlib.reports.sections import PriorityReport, Section
from rdlib.words import _


def _row(report: PriorityReport) -> Html:
    return priority_row(report.priority, report.plan)


def _shortlist(report: PortfolioReport) -> Html:
    picture = shortlist_picture(report.plan) + ranking_list(report.plan)
    return Html(picture + findings_of_section(report, "shortlist"))


SECTIONS = (Section("outcomes", _row, _("Outcomes, leader and stakeholders")),)
PLAN_SECTIONS = (PlanSection("shortlist", _shortlist, _("How the priorities were chosen")),)

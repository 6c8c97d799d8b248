"""Sections of the portfolio for Rule 0: how people work together, and where to begin."""

from __future__ import annotations

from rdlib.figures.html import Html, finding_list
from rdlib.figures.records import place_name
from rdlib.figures.rule00 import answers_table, checklist_picture, culture_picture, learning_path
from rdlib.plan.orientation import CHECKLIST, CULTURE
from rdlib.reports.portfolio import PlanSection, PortfolioReport
from rdlib.reports.sections import Section
from rdlib.rules.registry import Context
from rdlib.words import _


def _context(report: PortfolioReport) -> Context:
    return Context(report.plan, report.as_of)


def findings_of_section(report: PortfolioReport, anchor: str) -> Html:
    """Return what the exercises of a section found, with the names of the places."""
    found = [f for c in report.checked if c.exercise.section == anchor for f in c.findings]
    return finding_list(found, paths={f.where: place_name(f.where, report.plan) for f in found})


def _culture(report: PortfolioReport) -> Html:
    context = _context(report)
    picture = culture_picture(report.plan, context) + answers_table(CULTURE, report.plan, context)
    return Html(picture + findings_of_section(report, "culture"))


def _checklist(report: PortfolioReport) -> Html:
    context = _context(report)
    picture = checklist_picture(report.plan, context) + answers_table(CHECKLIST, report.plan, context)
    return Html(picture + learning_path(report.plan, context) + findings_of_section(report, "checklist"))


SECTIONS: tuple[Section, ...] = ()
PLAN_SECTIONS = (
    PlanSection("culture", _culture, _("Culture check")),
    PlanSection("checklist", _checklist, _("Ten-rule checklist")),
)

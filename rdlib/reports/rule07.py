"""Sections of the reports for Rule 7's routines: all in the portfolio, in a priority's report what concerns it."""

from __future__ import annotations

from rdlib.figures.html import Html, e
from rdlib.figures.rule07 import (
    agenda_figures,
    calendar_link,
    kept_free,
    preparation_tables,
    priority_routines,
    proposals_table,
    questions_table,
    reviewed_table,
    routines_table,
    today_table,
    year_figure,
)
from rdlib.plan.routines import AGENDAS, PREPARATIONS, ROUTINES, ROUTINES_TODAY
from rdlib.reports.portfolio import PlanSection, PortfolioReport
from rdlib.reports.rule00 import findings_of_section
from rdlib.reports.sections import PriorityReport, Section
from rdlib.words import _


def _note(report: PortfolioReport | PriorityReport) -> str:
    parts = (ROUTINES_TODAY, ROUTINES, AGENDAS, PREPARATIONS)
    if not any(getattr(row, "illustrative", None) for part in parts for row in part.read(report.plan)):
        return ""
    said = _("Routines, agendas and preparations that are marked so in the plan are made up to practise with.")
    return f'<p class="rd rd-empty">{e(said)}</p>'


def _today(report: PortfolioReport) -> Html:
    return Html(_note(report) + today_table(report.plan) + findings_of_section(report, "routines-today"))


def _routines(report: PortfolioReport) -> Html:
    plan, as_of = report.plan, report.as_of
    return Html(
        _note(report)
        + routines_table(plan)
        + reviewed_table(plan, as_of)
        + year_figure(plan, as_of)
        + kept_free(plan, as_of)
        + calendar_link(plan, as_of)
        + findings_of_section(report, "routines")
    )


def _agenda(report: PortfolioReport) -> Html:
    proposed = proposals_table(report.plan, report.as_of)
    return Html(_note(report) + agenda_figures(report.plan) + proposed + findings_of_section(report, "agenda"))


def _preparation(report: PortfolioReport) -> Html:
    tables = questions_table(report.plan) + preparation_tables(report.plan, report.as_of)
    return Html(_note(report) + tables + findings_of_section(report, "preparation"))


def _of_priority(report: PriorityReport) -> Html:
    found = priority_routines(report.priority, report.plan, report.as_of)
    return Html(_note(report) + found + agenda_figures(report.plan, only=report.priority.id))


SECTIONS = (Section("routines", _of_priority, _("When it is looked at"), picture=True, of_rule=7),)
PLAN_SECTIONS = (
    PlanSection("routines-today", _today),
    PlanSection("routines", _routines),
    PlanSection("agenda", _agenda),
    PlanSection("preparation", _preparation),
)

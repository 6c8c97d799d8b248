"""Sections of the priority report for Rule 4: candidates, matrix, mix, political feasibility, architecture review."""

from __future__ import annotations

from rdlib.figures.html import Html, e
from rdlib.figures.rule04 import (
    candidates_table,
    coverage_table,
    decisions_table,
    descriptions,
    evidence_table,
    feasibility_table,
    matrix_figure,
    order_table,
    review_history,
    review_table,
    timeline_figure,
)
from rdlib.reports.rule05_plan import on_a_page
from rdlib.reports.sections import PriorityReport, Section
from rdlib.rules.r04_candidates import strategies
from rdlib.words import _


def made_up(report: PriorityReport) -> bool:
    """Say whether any of the strategies is marked as illustrative."""
    return any(s.illustrative for s in strategies(report.priority))


def _note(report: PriorityReport) -> str:
    if not made_up(report):
        return ""
    said = _("Places, ratings and evidence of strategies that are marked so are made up to practise with.")
    return f'<p class="rd rd-empty">{e(said)}</p>'


def _strategies(report: PriorityReport) -> Html:
    told = {each.id for each in on_a_page(report)}
    return Html(candidates_table(report.priority) + descriptions(report.priority, report.plan, elsewhere=told))


def _matrix(report: PriorityReport) -> Html:
    return Html(_note(report) + matrix_figure(report.priority, report.plan))


def _evidence(report: PriorityReport) -> Html:
    return evidence_table(report.priority)


def _mix(report: PriorityReport) -> Html:
    return Html(
        decisions_table(report.priority, report.plan)
        + coverage_table(report.priority)
        + timeline_figure(report.priority, report.context)
        + order_table(report.priority)
    )


def _feasibility(report: PriorityReport) -> Html:
    return feasibility_table(report.priority)


def _review(report: PriorityReport) -> Html:
    return Html(review_table(report.priority, report.context) + review_history(report.priority, report.context))


SECTIONS = (
    Section("strategies", _strategies, _("Strategies and initiatives")),
    Section("matrix", _matrix, picture=True, main=True),
    Section("evidence", _evidence, _("What the places in the matrix rest on"), of="matrix"),
    Section("mix", _mix, picture=True),
    Section("feasibility", _feasibility),
    Section("review", _review),
)

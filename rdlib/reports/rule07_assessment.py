"""Section of the priority report for Rule 7's assessment: ratings before and after agreeing, beside the data (7.3)."""

from __future__ import annotations

from rdlib.figures.html import Html, e
from rdlib.figures.rule07_assessment import (
    assessment_table,
    data_table,
    history_picture,
    reasons,
    spread_picture,
)
from rdlib.plan.assessment_ratings import AGREED, ASSESSMENT_RATINGS
from rdlib.reports.sections import PriorityReport, Section
from rdlib.words import _


def _note(report: PriorityReport) -> str:
    rows = [*ASSESSMENT_RATINGS.read(report.priority), *AGREED.read(report.priority)]
    if not any(row.illustrative for row in rows):
        return ""
    return f'<p class="rd rd-empty">{e(_("The ratings are made up to practise with."))}</p>'


def _assessment(report: PriorityReport) -> Html:
    priority, context = report.priority, report.context
    return Html(_note(report) + history_picture(priority, report.as_of) + assessment_table(priority, context))


def _details(report: PriorityReport) -> Html:
    priority, context = report.priority, report.context
    return Html(spread_picture(priority, context) + data_table(priority, context) + reasons(priority, context))


SECTIONS = (
    Section("assessment", _assessment, _("Likelihood of delivery"), picture=True, main=True),
    Section("assessment-details", _details, _("What the assessment rests on"), of="assessment"),
)

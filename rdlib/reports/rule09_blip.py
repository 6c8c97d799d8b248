"""Sections of the priority report for Rule 9's chart: noise or signal, and what was made of it (tool 9.4)."""

from __future__ import annotations

from rdlib.figures.html import Html, e
from rdlib.figures.rule09_blip import chart_of, readings, records, tables_of
from rdlib.plan.blips import ALL
from rdlib.reports.sections import PriorityReport, Section
from rdlib.rules.r09_blip import charted
from rdlib.words import _


def _note(report: PriorityReport) -> str:
    if not any(row.illustrative for part in ALL for row in part.read(report.priority)):
        return ""
    said = _("The readings and explanations that are marked so in the plan are made up to practise with.")
    return f'<p class="rd rd-empty">{e(said)}</p>'


def _blip(report: PriorityReport) -> Html:
    priority, context = report.priority, report.context
    charts = "".join(
        chart_of(indicator, priority, context, ranges=False) + readings(indicator, priority, report.plan)
        for indicator in charted(priority)
    )
    return Html(_note(report) + charts)


def _details(report: PriorityReport) -> Html:
    priority, context = report.priority, report.context
    tables = "".join(tables_of(indicator, priority, context) for indicator in charted(priority))
    return Html(tables + records(priority, report.plan))


SECTIONS = (
    Section("blip", _blip, _("Noise or signal"), picture=True, main=True),
    Section("blip-details", _details, _("What stands out in the values, and what explains it"), of="blip"),
)

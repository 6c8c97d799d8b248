"""Sections of the priority report for Rule 6: costs and worth, the allocation, delivery's own budget, the funding."""

from __future__ import annotations

from rdlib.figures.chart_money import worth_chart, years_chart
from rdlib.figures.html import Html
from rdlib.figures.rule06 import (
    allocation_figure,
    conditions_table,
    cost_rows_table,
    costs_table,
    delivery_table,
    funding_table,
    funding_timeline,
    gap_line,
    helpers_table,
    kinds_table,
    made_up_note,
    worth_table,
)
from rdlib.reports.sections import PriorityReport, Section
from rdlib.rules.r06_costs import weighed_indicators
from rdlib.words import _


def _costs(report: PriorityReport) -> Html:
    priority, plan, context = report.priority, report.plan, report.context
    worth = "".join(worth_chart(i, priority, context) for i in weighed_indicators(priority, context)[:1])
    return Html(made_up_note(priority) + costs_table(priority, plan) + worth)


def _cost_details(report: PriorityReport) -> Html:
    priority, plan, context = report.priority, report.plan, report.context
    weighed = weighed_indicators(priority, context)
    worth = "".join(
        (worth_chart(i, priority, context) if n else "") + worth_table(i, priority, context)
        for n, i in enumerate(weighed)
    )
    return Html(kinds_table(priority, plan) + worth + cost_rows_table(priority, plan))


def _allocation(report: PriorityReport) -> Html:
    return Html(allocation_figure(report.priority, report.context) + conditions_table(report.priority, report.plan))


def _delivery_budget(report: PriorityReport) -> Html:
    return Html(delivery_table(report.priority, report.plan) + years_chart(report.priority, report.context))


def _funding(report: PriorityReport) -> Html:
    priority, context = report.priority, report.context
    return Html(
        gap_line(priority, report.plan)
        + funding_table(priority, context)
        + funding_timeline(priority, context)
        + helpers_table(priority)
    )


SECTIONS = (
    Section("costs", _costs, _("Costs, and what they bring"), main=True),
    Section("cost-details", _cost_details, _("What the costs rest on"), of="costs"),
    Section("allocation", _allocation, _("The affordable mix"), picture=True),
    Section("delivery-budget", _delivery_budget),
    Section("funding", _funding, picture=True),
)

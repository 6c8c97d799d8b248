"""Sections of the reports for Rule 8's triage and priority reviews (tools 8.1 and 8.4)."""

from __future__ import annotations

from rdlib.figures.html import Html, e
from rdlib.figures.rule08_review import review_faces, weak_spots_table
from rdlib.figures.rule08_triage import closed_table, grave_ladder, proposals_table, time_picture, triage_ladder
from rdlib.figures.rule08_triage import triage_table as why_table
from rdlib.reports.portfolio import PlanSection, PortfolioReport
from rdlib.reports.sections import PriorityReport, Section
from rdlib.rules.r08_raised import challenges
from rdlib.words import _, plural


def _note(report: PriorityReport) -> str:
    if not any(each.illustrative for each in challenges(report.priority)):
        return ""
    return f'<p class="rd rd-empty">{e(_("Challenges that are marked so are made up to practise with."))}</p>'


def _triage(report: PriorityReport) -> Html:
    return Html(_note(report) + triage_ladder(report.priority, report.plan))


def _details(report: PriorityReport) -> Html:
    priority, plan = report.priority, report.plan
    return Html(
        why_table(priority, plan)
        + time_picture(priority)
        + closed_table(priority, plan)
        + proposals_table(priority, report.context)
    )


def _review(report: PriorityReport) -> Html:
    return Html(review_faces(report.priority, report.plan, report.as_of) + weak_spots_table(report.priority))


def _of_plan(report: PortfolioReport) -> Html:
    plan = report.plan
    silent = sum(1 for priority in plan.priorities if not challenges(priority))
    said = ""
    if silent:
        quiet = plural("In {n} priority nothing was raised.", "In {n} priorities nothing was raised.", silent)
        said = f'<p class="rd">{e(quiet)}</p>'
    return Html(grave_ladder(plan.priorities, plan) + said)


SECTIONS = (
    Section("triage", _triage, _("Challenges"), picture=True, main=True),
    Section("triage-details", _details, _("How grave each challenge is, and where the time goes"), of="triage"),
    Section("priority-review", _review),
)
PLAN_SECTIONS = (PlanSection("challenges", _of_plan, _("Challenges on level 3 and 4"), main=True),)

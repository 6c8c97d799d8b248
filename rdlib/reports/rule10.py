"""Report sections for Rule 10: the stakeholder map, the engagement plan, the negotiation sheets that may be shared."""

from __future__ import annotations

from rdlib.figures.html import Html, e
from rdlib.figures.rule10 import behind_the_places, engagement_face, map_figure, movement, sheets
from rdlib.reports.sections import PriorityReport, Section
from rdlib.rules.r03_members import quoted
from rdlib.rules.r10_candidates import stakeholders
from rdlib.words import _


def _careful(report: PriorityReport) -> str:
    """Say that the page names people, and whether they are made up."""
    said = _(
        "This working paper says of people where they are thought to stand. Take it out before the report leaves you."
    )
    everybody = stakeholders(report.priority)
    made_up = [each.called for each in everybody if each.illustrative]
    if made_up and len(made_up) == len(everybody):
        said += " " + _("The stakeholders and their places are made up to practise with.")
    elif made_up:
        said += " " + _("Made up to practise with: {names}.").format(names=quoted(made_up))
    return f'<p class="rd rd-empty">{e(said)}</p>'


def _map(report: PriorityReport) -> Html:
    return Html(_careful(report) + map_figure(report.priority, report.plan) + movement(report.priority, report.plan))


def _behind(report: PriorityReport) -> Html:
    return behind_the_places(report.priority, report.plan) if stakeholders(report.priority) else Html("")


def _engagement(report: PriorityReport) -> Html:
    return Html(_careful(report) + engagement_face(report.priority, report.context))


def _negotiation(report: PriorityReport) -> Html:
    return sheets(report.priority, report.plan, shareable_only=True)


SECTIONS = (
    Section("stakeholders", _map, _("Stakeholder map"), picture=True),
    Section("stakeholder-details", _behind, _("What the places on the map rest on"), of="stakeholders"),
    Section("engagement", _engagement),
    Section("negotiation", _negotiation, _("Negotiation sheets")),
)

"""Section of the priority report for Rule 5: the roadmap, strategies and milestones year by year (tool 5.7)."""

from __future__ import annotations

from rdlib.figures.html import Html
from rdlib.figures.rule05_roadmap import roadmap_figure, roadmap_table, title
from rdlib.reports.sections import PriorityReport, Section


def _roadmap(report: PriorityReport) -> Html:
    return Html(roadmap_figure(report.priority, report.context) + roadmap_table(report.priority, report.context))


SECTIONS = (Section("roadmap", _roadmap, title(), picture=True, main=True),)

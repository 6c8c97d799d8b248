"""Sections of the priority report for Rule 8: hypothesis trees (tool 8.2) and the analysis plan (tool 8.3)."""

from __future__ import annotations

from rdlib.figures.html import Html
from rdlib.figures.tree import analysis_table, trees_outline, trees_picture
from rdlib.reports.sections import PriorityReport, Section
from rdlib.words import _


def _tree(report: PriorityReport) -> Html:
    return trees_picture(report.priority)


def _outline(report: PriorityReport) -> Html:
    return trees_outline(report.priority)


def _analysis(report: PriorityReport) -> Html:
    return analysis_table(report.priority)


SECTIONS = (
    Section("tree", _tree, picture=True),
    Section("tree-outline", _outline, _("The tree as an outline"), of="tree"),
    Section("analysis", _analysis),
)

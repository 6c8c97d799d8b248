"""Section of the priority report for Rule 5: the six pressure tests, feedback loops and risks (tool 5.3)."""

from __future__ import annotations

from rdlib.figures.html import Html
from rdlib.figures.pressure import pressure_faces
from rdlib.reports.sections import PriorityReport, Section
from rdlib.words import _


def _pressure(report: PriorityReport) -> Html:
    return pressure_faces(report.priority, report.plan)


SECTIONS = (Section("pressure", _pressure, _("Six pressure tests"), picture=True),)

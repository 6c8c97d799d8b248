"""Section of the priority report for Rule 5: the delivery planning rubric (tool 5.6)."""

from __future__ import annotations

from rdlib.figures.html import Html
from rdlib.figures.rule05_rubric import rubric_history, rubric_reasons, rubric_table
from rdlib.reports.sections import PriorityReport, Section


def _rubric(report: PriorityReport) -> Html:
    faces = (rubric_table, rubric_reasons, rubric_history)
    return Html("".join(face(report.priority, report.context) for face in faces))


SECTIONS = (Section("rubric", _rubric, picture=True),)

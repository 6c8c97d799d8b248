"""Sections of the priority report for Rule 3: the coalition, the relationships, the messages."""

from __future__ import annotations

from rdlib.figures.coalition import coalition_picture
from rdlib.figures.html import Html
from rdlib.figures.rule03 import influence_table, member_table, message_table, powers_table, relationship_grid
from rdlib.reports.sections import PriorityReport, Section


def _coalition(report: PriorityReport) -> Html:
    faces = (coalition_picture, powers_table, member_table, influence_table)
    return Html("".join(face(report.priority) for face in faces))


def _relationships(report: PriorityReport) -> Html:
    return relationship_grid(report.priority)


def _messages(report: PriorityReport) -> Html:
    return message_table(report.priority, report.plan)


SECTIONS = (
    Section("coalition", _coalition, picture=True),
    Section("relationships", _relationships),
    Section("messages", _messages),
)

"""Sections of the priority report for Rule 9: the cycle, five principles, derailers (9.1 to 9.3)."""

from __future__ import annotations

from rdlib.figures.html import Html, e
from rdlib.figures.rule09 import (
    added_table,
    advice_table,
    cycle_picture,
    evidence_table,
    places_table,
    principles_movement,
    principles_table,
    too_early_table,
)
from rdlib.figures.rule09_derailers import derailers_figure
from rdlib.plan.persist import CYCLE_PLACES, SELF_CHECKS
from rdlib.reports.sections import PriorityReport, Section
from rdlib.words import _


def _note(report: PriorityReport) -> str:
    places, checks = CYCLE_PLACES.read(report.priority), SELF_CHECKS.read(report.priority)
    if not any(row.illustrative for row in places) and not any(row.illustrative for row in checks):
        return ""
    return (
        f'<p class="rd rd-empty">{e(_("Places and self-checks that are marked so are made up to practise with."))}</p>'
    )


def _cycle(report: PriorityReport) -> Html:
    priority, context = report.priority, report.context
    faces = (cycle_picture, advice_table, evidence_table, places_table)
    return Html(_note(report) + "".join(face(priority, context) for face in faces))


def _principles(report: PriorityReport) -> Html:
    priority, context = report.priority, report.context
    faces = (principles_table, principles_movement, added_table, too_early_table)
    return Html(_note(report) + "".join(face(priority, context) for face in faces))


def _derailers(report: PriorityReport) -> Html:
    return derailers_figure(report.priority, report.context)


SECTIONS = (
    Section("cycle", _cycle, _("Where it stands on the ups and downs"), picture=True),
    Section("principles", _principles, _("Holding course")),
    Section("derailers", _derailers, _("What could derail it")),
)

"""The pictures of a priority that exist by now, for the workbook of the plan so far."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rdlib.figures.html import Html, e, inline
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.reports.sections import PriorityReport, sections
from rdlib.words import _


def pictures(folder: Path, plan: Plan, priority: Priority, as_of: date) -> Html:
    """Return every picture that the registry of report sections has for a priority and for which something stands.

    Args:
        folder: the plan's folder.
        plan: the plan.
        priority: the priority.
        as_of: the day for which they are drawn.
    """
    report = PriorityReport(folder, plan, priority, as_of)
    parts, waiting = [], []
    for section in sections().values():
        if not section.picture:
            continue
        if report.is_waiting(section.anchor):
            waiting.append(section.heading)
        else:
            parts.append(f"<h5>{inline(section.heading)}</h5>{section.body(report)}")
    later = ""
    if waiting:
        later = _("Not attempted yet: {titles}.").format(titles=", ".join(waiting))
        later = f'<p class="rd rd-empty">{e(later)}</p>'
    return Html(f'<div class="rd">{"".join(parts)}{later}</div>')

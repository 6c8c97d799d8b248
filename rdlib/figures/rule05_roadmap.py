"""A roadmap as a picture: strategies with their milestones on one time line, and the milestones year by year (5.7)."""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.figures.html import Cell, Html, Mark, badge, e, inline, not_attempted, nothing, scroll_box, table
from rdlib.figures.rule04 import bars_of, marked_days
from rdlib.figures.timeline import Bar, Step, timeline
from rdlib.plan.priority import Priority
from rdlib.plan.values import format_when
from rdlib.rules.r04_candidates import name_of, said
from rdlib.rules.r05_roadmap import RoadmapStep, steps, years
from rdlib.rules.registry import Context
from rdlib.words import _, format_date


def title() -> str:
    """Return what the picture is called."""
    return _("Roadmap")


def _reached(step: RoadmapStep, as_of: date) -> bool:
    reached = step.milestone.reached
    return reached is not None and reached <= as_of


def _bars(priority: Priority, as_of: date) -> tuple[Bar, ...]:
    marks: dict[str, list[Step]] = {}
    for step in steps(priority):
        marks.setdefault(step.strategy.id, []).append(Step(step.day, step.number, _reached(step, as_of)))
    return tuple(attrs.evolve(bar, steps=tuple(marks.get(bar.id, ()))) for bar in bars_of(priority)[0])


def roadmap_figure(priority: Priority, context: Context) -> Html:
    """Return the chosen strategies with their milestones on one time line, and the days on which targets fall due.

    Args:
        priority: the priority.
        context: its plan and the day.

    >>> from rdlib.plan.plan import Plan
    >>> "not attempted yet" in roadmap_figure(Priority(id="energy"), Context(Plan(), date(2026, 1, 1)))
    True
    """
    bars = _bars(priority, context.as_of)
    if not bars or not steps(priority):
        return not_attempted(title())
    says = " ".join(
        _("{name}: {start} to {end}, {n} milestones.").format(
            name=bar.name, start=format_date(bar.start), end=format_date(bar.end), n=len(bar.steps)
        )
        for bar in bars
    )
    drawn = timeline(bars, marked_days(priority, context, bars), title(), says)
    key = _("Each ◇ is a milestone, named below under its number; filled once it is reached.")
    box = scroll_box(title(), f'<div class="rd-drawing" style="font-size:0">{drawn}</div>')
    return Html(
        f'<figure class="rd rd-figure"><figcaption class="rd-caption">{inline(title())}'
        f'<p class="rd-key">{e(key)}</p></figcaption>{box}</figure>'
    )


def roadmap_table(priority: Priority, context: Context) -> Html:
    """Return what will be true by the end of each year: the milestones under their numbers, and where they stand."""
    rows: list[list[Cell]] = []
    for year in years(priority, context):
        steps_ = "".join(f"<li>{_said(step, context)}</li>" for step in year.steps)
        listed = Html(f'<ul style="list-style:none;padding-left:0">{steps_}</ul>')
        rows.append([year.name, listed if steps_ else nothing(_("nothing falls due"))])
    headers = [_("Year"), _("What will be true by then")]
    return table(headers, rows, _("Milestones, year by year"), row_header=False) if rows else Html("")


def _said(step: RoadmapStep, context: Context) -> Html:
    when = step.milestone.when
    shape = "◆" if _reached(step, context.as_of) else "◇"
    about = "; ".join(
        text
        for text in (
            format_when(when) if when else "",
            name_of(step.strategy),
            context.plan.person(step.milestone.owner) or "",
        )
        if text
    )
    overdue = not _reached(step, context.as_of) and step.day < context.as_of
    late = f" {badge(Mark('▲', _('overdue'), 1))}" if overdue else ""
    return Html(
        f"{shape} {step.number} <strong>{inline(said(step.milestone.title))}</strong>{late}<br>"
        f"<small>{inline(about)}</small>"
    )

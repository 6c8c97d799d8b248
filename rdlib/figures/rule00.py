"""The pictures of rule 0: strengths and risks of how people work, the ten rules, and the path through the workbooks."""

from __future__ import annotations

from typing import Any

from rdlib.figures.html import Cell, Html, details, e, inline, link, not_attempted, nothing, table
from rdlib.figures.ratings import Rated, rating_picture, said
from rdlib.plan.fields import field_of
from rdlib.plan.orientation import CHECKLIST, CULTURE, CultureAnswer, short_title
from rdlib.plan.parts import Part
from rdlib.plan.plan import Plan
from rdlib.plan.priority import ROLES
from rdlib.rules.r00_checklist import Step, path, rule_of
from rdlib.rules.ratings import items_of, people, spreads, word_of
from rdlib.rules.registry import Context
from rdlib.words import _, format_date, plural


def culture_picture(plan: Plan, context: Context) -> Html:
    """Return how people rate the ten behaviours, with strengths to the right and risks to the left (Rule 0, tool 0.2).

    Args:
        plan: the plan.
        context: the day; what was answered later is left out.

    >>> from datetime import date
    >>> "not attempted yet" in culture_picture(Plan(), Context(Plan(), date(2026, 1, 1)))
    True
    """
    everybody = people(CULTURE, plan, context.as_of)
    if not everybody:
        return not_attempted(CULTURE.label)
    rows = [
        Rated(spread, field_of(CultureAnswer, spread.item.path.partition("/")[0]).label, spread.item.label)
        for spread in spreads(CULTURE, plan, context.as_of)
    ]
    key = _("4 is the best answer everywhere; to the behaviours to avoid it means that they hardly ever happen.")
    return rating_picture(
        rows, _("Strengths and risks in how we work"), low=_("risk"), high=_("strength"), count=len(everybody), key=key
    )


def checklist_picture(plan: Plan, context: Context) -> Html:
    """Return how people rate their work on each of the ten rules, and what has moved (Rule 0, tool 0.3).

    Args:
        plan: the plan.
        context: the day; what was answered later is left out.
    """
    everybody = people(CHECKLIST, plan, context.as_of)
    if not everybody:
        return not_attempted(CHECKLIST.label)
    rows = [Rated(s, "", short_title(rule_of(s))) for s in spreads(CHECKLIST, plan, context.as_of)]
    return rating_picture(
        rows,
        _("How far our work is on the ten rules"),
        low=_("to begin with"),
        high=_("further on"),
        count=len(everybody),
    )


def answers_table(part: Part[Any], plan: Plan, context: Context) -> Html:
    """Return what everybody gave as evidence, and the answers before, on request.

    Args:
        part: ``CULTURE`` or ``CHECKLIST``.
        plan: the plan.
        context: the day; what was answered later is left out.
    """
    rows: list[list[Cell]] = []
    for item in items_of(part.record):
        for person in people(part, plan, context.as_of):
            rating = item.rating(person.now)
            if rating is None:
                continue
            before = item.rating(person.before) if person.before is not None else None
            moved = _(" (before: {before})").format(before=before) if before not in {None, rating} else ""
            evidence = item.evidence(person.now)
            rows.append(
                [
                    item.label,
                    person.name,
                    f"{rating} {word_of(item, rating)}{moved}",
                    inline(evidence) if evidence else nothing(_("nothing")),
                ]
            )
    if not rows:
        return Html("")
    headers = [_("What is rated"), _("Who"), _("Rating"), _("What shows it")]
    return details(_("All ratings with what shows them"), table(headers, rows, part.label))


def _steps(steps: tuple[Step, ...], caption: str, links: bool) -> str:
    if not steps:
        return ""
    rows: list[list[Cell]] = []
    for step in steps:
        book: Cell = nothing(_("not in this edition"))
        if step.workbook:
            book = link(step.workbook, step.workbook) if links else inline(step.workbook)
        if step.exercises:
            minutes = plural("{n} minute", "{n} minutes", step.minutes)
            tools = "".join(f"<br>{inline(f'{each.id} {each.title}')}" for each in step.exercises)
            book = Html(f"{book}, {e(minutes)}{tools}")
        rows.append([step.title, said(step.spread), book])
    headers = [_("Rule"), _("As it is rated"), _("Workbook, and its tools")]
    return table(headers, rows, caption)


def learning_path(plan: Plan, context: Context, *, links: bool = False) -> Html:
    """Return where to begin and the way through the workbooks, worked out from the latest answers (Rule 0, tool 0.3).

    Args:
        plan: the plan.
        context: the day; what was answered later is left out.
        links: whether the workbooks lie beside the page, so that their names can lead to them.
    """
    everybody = people(CHECKLIST, plan, context.as_of)
    if not everybody:
        return Html("")
    found = path(plan, context)
    days = [person.now.day for person in everybody if person.now.day is not None]
    role = next((r.label for r in ROLES if r.value == plan.role), None)
    lines = []
    if days:
        lines.append(_("Worked out from the answers up to {day}.").format(day=format_date(max(days))))
    if role:
        lines.append(_("Each workbook shows first what the role “{role}” does.").format(role=role))
    body = "".join(f"<p>{e(line)}</p>" for line in lines)
    body += _steps(found.first, _("Begin here"), links) + _steps(
        found.then, _("Then, in the order of the method"), links
    )
    if found.done:
        names = ", ".join(step.title for step in found.done)
        body += f"<p>{e(_('Fully there, so that you can help others with it: {rules}.').format(rules=names))}</p>"
    if found.open:
        names = ", ".join(step.title for step in found.open)
        body += f"<p>{e(_('Not rated yet: {rules}.').format(rules=names))}</p>"
    return Html(f'<div class="rd"><h3>{e(_("Your path through the workbooks"))}</h3>{body}</div>')

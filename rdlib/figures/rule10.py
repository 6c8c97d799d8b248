"""The static faces of rule 10: the stakeholder map and who moved, the engagement plan, and the negotiation sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rdlib.figures.board import board_figure
from rdlib.figures.html import Cell, Html, Mark, badge, e, inline, not_attempted, nothing, table
from rdlib.figures.records import answer, none_yet
from rdlib.plan.fields import field_of
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.stakeholders import (
    ENGAGEMENTS,
    NEGOTIATIONS,
    RHYTHMS,
    STAKEHOLDERS,
    TENETS,
    EngagementAction,
    Negotiation,
    Stakeholder,
)
from rdlib.rules import r10_candidates as people
from rdlib.rules import r10_engagement as engagement
from rdlib.rules import r10_map as stakeholder_map
from rdlib.rules import r10_negotiation as negotiation
from rdlib.rules.boards import Board, moved_in_words, names_of, value_of
from rdlib.rules.r10_dates import comes_again, is_done, last_day, last_due, next_day
from rdlib.rules.registry import Context
from rdlib.words import _, format_date, plural

MAP: Board = stakeholder_map.STAKEHOLDER_MAP


def map_figure(priority: Priority, plan: Plan) -> Html:
    """Return the stakeholder map with its table (tool 10.1)."""
    items = stakeholder_map.items(priority, plan)
    if not items:
        return not_attempted(MAP.title)
    return board_figure(MAP, items, names_of(MAP, plan))


def movement(priority: Priority, plan: Plan) -> Html:
    """Return who moved from which field to which, when and why, the latest step of each (tool 10.1)."""
    rows: list[list[Cell]] = []
    names = names_of(MAP, plan)
    by_id = {item.id: item for item in stakeholder_map.items(priority, plan)}
    for each in people.stakeholders(priority):
        item = by_id.get(each.id)
        way = moved_in_words(MAP, item, names) if item else ""
        reasons = [
            _("{day}: {why}").format(day=format_date(s.day), why=s.why.strip())
            for s in stakeholder_map.standings(each)
            if s.day and s.why and s.why.strip()
        ]
        if way and (reasons or "→" in way):
            why = inline("\n".join(reasons)) if reasons else nothing(_("not said"))
            rows.append([inline(each.called), inline(way), why])
    if not rows:
        return Html("")
    return table([_("Stakeholder"), _("From where to where"), _("What moved them")], rows, _("Who moved"))


def behind_the_places(priority: Priority, plan: Plan) -> Html:
    """Return for each stakeholder who they are, what shows their place, and what they care about (tool 10.1)."""
    rows: list[list[Cell]] = []
    names = names_of(MAP, plan)
    for each in _by_power(people.stakeholders(priority)):
        zone = stakeholder_map.zone_of(each)
        who = [text for text in ((each.who or "").strip(), _elsewhere(each, priority)) if text]
        rows.append(
            [
                _under(inline(each.called), names[zone] if zone else _("not placed yet")),
                inline("\n".join(who)) if who else nothing(),
                _said(each.shown),
                _said(each.interests),
            ]
        )
    headers = [_("Stakeholder"), _("Who they are"), _("What shows the place"), _("What they care about")]
    return table(headers, rows, _("What the places rest on")) if rows else none_yet(STAKEHOLDERS.label)


def _under(name: Html, quiet: str) -> Html:
    """A name with something quiet below it."""
    return Html(f'{name}<br><small style="font-weight:400">{e(quiet)}</small>')


def _by_power(several: Sequence[Stakeholder]) -> list[Stakeholder]:
    return sorted(several, key=lambda s: -(value_of(s.power) or 0.0))


def _said(text: str | None) -> Html:
    return inline(text.strip()) if text and text.strip() else nothing(_("not said"))


def _elsewhere(each: Stakeholder, priority: Priority) -> str:
    """What coalition and delivery chain say of a stakeholder, in a line."""
    told = []
    if member := people.member_of(each, priority):
        standing = field_of(type(member), "standing").choice(member.standing)
        relationship = field_of(type(member), "relationship").choice(str(member.relationship))
        words = [choice.label for choice in (standing, relationship) if choice]
        told.append(_("Coalition: {words}").format(words=", ".join(words) or _("yes")))
    if actor := people.actor_of(each, priority):
        told.append(_("Delivery chain: {name}").format(name=(actor.title or actor.id).strip()))
    return ". ".join(told)


def proposals_table(priority: Priority) -> Html:
    """Return those whom the plan names and who are not on the map yet (tool 10.1)."""
    found = people.candidates(priority)
    if not found:
        return Html("")
    rows: list[list[Cell]] = [[inline(each.name), each.sources_in_words(), _said(each.who)] for each in found]
    return table([_("Proposed"), _("Named as"), _("What the plan says of them")], rows, _("Not on the map yet"))


# --- the engagement plan -------------------------------------------------------------------------------------------


def rhythm_in_words(action: EngagementAction) -> str:
    """Return how often an action is done, in words; empty for once."""
    if not comes_again(action):
        return ""
    return next(choice.label for choice in RHYTHMS if choice.value == action.every)


def action_state(action: EngagementAction, ends: date | None, as_of: date) -> Mark:
    """Return how an action stands on a day, as shape and word."""
    if is_done(action, ends):
        return Mark("●", _("done"), 4)
    due = next_day(action, ends)
    if due is None:
        return Mark("–", _("no day"), 0)
    return Mark("▲", _("overdue"), 1) if due < as_of else Mark("◐", _("to come"), 3)


def engagement_table(priority: Priority, plan: Plan) -> Html:
    """Return the engagement plan at a glance: for each stakeholder the place, objective, status and messages (10.2)."""
    rows: list[list[Cell]] = []
    names = names_of(MAP, plan)
    for each in engagement.engagements(priority):
        there = engagement.stakeholder_of(each, priority)
        zone = stakeholder_map.zone_of(there) if there else None
        place = names[zone] if zone else _("not placed yet")
        called = inline(there.called) if there else nothing(_("nobody named"))
        aim = engagement.aim_in_words(engagement.aim_of(each, priority))
        objective = _said(each.objective)
        messages = "\n".join(m.strip() for m in each.messages if m.strip())
        rows.append(
            [
                _under(called, place),
                Html(f"<strong>{e(aim)}</strong><br>{objective}" if aim else objective),
                _said(each.status),
                _said(messages),
            ]
        )
    headers = [_("Stakeholder"), _("Objective"), _("Where it stands"), _("Key messages")]
    return table(headers, rows, _("Engagement plan")) if rows else none_yet(ENGAGEMENTS.label)


def actions_table(priority: Priority, context: Context) -> Html:
    """Return all actions in the order of their next day: what, with whom, who does it, and how it stands (10.2)."""
    plan, ends = context.plan, last_due(priority, context)
    found = []
    for each in engagement.engagements(priority):
        there = engagement.stakeholder_of(each, priority)
        for action in engagement.actions_of(each):
            due = next_day(action, ends) or (action.done if action.done else None)
            found.append((due or date.max, there.called if there else _("nobody named"), action))
    rows: list[list[Cell]] = []
    for day, name, action in sorted(found, key=lambda row: (is_done(row[2], ends), row[0])):
        when = inline(format_date(day)) if day != date.max else nothing(_("no day"))
        until = last_day(action, ends)
        if comes_again(action) and until is not None:
            when = _under(when, _("{often}, until {day}").format(often=rhythm_in_words(action), day=format_date(until)))
        owner = plan.person((action.owner or "").strip())
        rows.append(
            [
                when,
                _said(action.what),
                inline(name),
                inline(owner) if owner else nothing(_("nobody")),
                badge(action_state(action, ends, context.as_of)),
            ]
        )
    headers = [_("Next"), _("What is done"), _("With"), _("Who does it"), _("State")]
    return table(headers, rows, _("Who does what, and when")) if rows else none_yet(_("Key actions"))


def without_plan_table(priority: Priority, plan: Plan) -> Html:
    """Return those on the map who have no plan, whom to begin with first (tool 10.2)."""
    names = names_of(MAP, plan)
    rows: list[list[Cell]] = []
    for each in engagement.without_plan(priority):
        zone = MAP.zone(each.zone)
        need = badge(Mark("◆", _("needs one"), 2)) if each.needs_one else Html(e(_("can wait")))
        if each.zone == stakeholder_map.SUPPORTERS:
            need = Html(e(_("needs none of their own")))
        rows.append([inline(each.stakeholder.called), e(names[each.zone]), inline(zone.about), need])
    if not rows:
        return Html("")
    headers = [_("Stakeholder"), _("Where they stand"), _("What the place asks for"), _("A plan?")]
    return table(headers, rows, _("Without a plan, in the order in which we would begin"))


def attention_table(priority: Priority, plan: Plan) -> Html:
    """Return how the actions are spread over the map, beside how many stand in each field (tool 10.2)."""
    counted = engagement.attention(priority)
    if not counted:
        return Html("")
    zones = [zone for s in people.stakeholders(priority) if (zone := stakeholder_map.zone_of(s))]
    names = names_of(MAP, plan)
    order = sorted(MAP.zones, key=lambda zone: (-zone.row, zone.column))
    rows: list[list[Cell]] = [
        [e(names[zone.key]), str(zones.count(zone.key)), str(counted.get(zone.key, 0))]
        for zone in order
        if zone.key in zones
    ]
    headers = [_("Field of the map"), _("Stakeholders"), _("Actions")]
    return table(headers, rows, _("Where the attention goes"), numeric=[1, 2])


def engagement_face(priority: Priority, context: Context) -> Html:
    """Return the whole engagement plan (tool 10.2)."""
    plan = context.plan
    return Html(
        engagement_table(priority, plan)
        + actions_table(priority, context)
        + without_plan_table(priority, plan)
        + attention_table(priority, plan)
    )


# --- negotiation ---------------------------------------------------------------------------------------------------


def sheet_table(sheet: Negotiation, priority: Priority, plan: Plan) -> Html:
    """Return one negotiation sheet: the talk, the eight tenets, and what both do without an agreement (tool 10.3)."""
    there = negotiation.other_side(sheet, priority)
    talk = [
        _("With {name}").format(name=there.called) if there else _("With nobody named yet"),
        *([_("on {day}").format(day=format_date(sheet.day))] if sheet.day else []),
        *([_("led by {name}").format(name=plan.person(sheet.leads))] if (sheet.leads or "").strip() else []),
    ]
    fields = ("matter", *TENETS, "no_agreement", "their_alternative")
    names = [*fields, "came_of_it"] if (sheet.came_of_it or "").strip() else [*fields]
    rows: list[list[Cell]] = []
    for name in names:
        field = field_of(Negotiation, name)
        rows.append([field.label, answer(field, getattr(sheet, name), plan, priority=priority)])
    return table([_("Asked"), _("Answer")], rows, ", ".join(talk))


def sheets(priority: Priority, plan: Plan, *, shareable_only: bool = False) -> Html:
    """Return the negotiation sheets of a priority.

    Args:
        priority: the priority.
        plan: its plan.
        shareable_only: leave out those that are not marked as such, and say how many there are.
    """
    every = negotiation.sheets(priority)
    if not every:
        return none_yet(NEGOTIATIONS.label)
    shown = [sheet for sheet in every if sheet.shareable or not shareable_only]
    parts = [sheet_table(sheet, priority, plan) for sheet in shown]
    if kept := len(every) - len(shown):
        said = plural(
            "{n} sheet is not shown here: it prepares a talk, and a report travels. It stands in the workbook.",
            "{n} sheets are not shown here: they prepare talks, and a report travels. They stand in the workbook.",
            kept,
        )
        parts.insert(0, Html(f'<p class="rd rd-empty">{e(said)}</p>'))
    return Html("".join(parts))

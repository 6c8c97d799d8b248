"""The static faces of rule 3: the coalition table, its influence, the grid of questions and the messages."""

from __future__ import annotations

from collections.abc import Sequence

from rdlib.figures.html import Cell, Html, Mark, badge, e, inline, nothing, table
from rdlib.figures.records import answer, none_yet
from rdlib.plan.coalition import FORMAL, IMPORTANCE, INFORMAL, MEMBER_KINDS, Member
from rdlib.plan.fields import Choice, field_of
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules.findings import Severity
from rdlib.rules.r03_members import members_of, powers
from rdlib.rules.r03_relationships import by_concern, is_concern
from rdlib.words import _

_TO_BE_WON = Mark("–", _("still to be won"), 0)
_ILLUSTRATIVE = Mark("◐", _("illustrative"), 0)


def _label(choices: tuple[Choice, ...], value: str | None) -> str:
    return next((c.label for c in choices if c.value == value), value or "")


def _said(member: Member, name: str, plan: Plan | None = None) -> Html:
    return answer(field_of(Member, name), getattr(member, name), plan)


def _named(member: Member, members: Sequence[Member], *more: str) -> Html:
    """The name of a member with what is quietly said below it."""
    lines = [inline(member.called), *(f'<span class="rd-below">{line}</span>' for line in more if line)]
    if member.standing == "potential":
        lines.append(badge(_TO_BE_WON))
    if member.illustrative and not all(m.illustrative for m in members):
        lines.append(badge(_ILLUSTRATIVE))
    return Html("<br>".join(lines))


def _tight(html: Html) -> Html:
    """Let the columns of a table of many long texts be narrower, so that it fits a page."""
    return Html(f'<div class="rd-tight">{html}</div>')


def made_up(members: Sequence[Member]) -> Html:
    """Return the line that says that all members are made up; empty where that is not so."""
    if not members or not all(m.illustrative for m in members):
        return Html("")
    told = _("What is said of these members is made up to practise with.")
    return Html(f'<p class="rd">{badge(_ILLUSTRATIVE)} {e(told)}</p>')


def member_table(priority: Priority) -> Html:
    """Return the members of a priority's coalition: kind, why each is important, and role (Rule 3, tool 3.1)."""
    members = members_of(priority)
    caption = _("Members of the coalition")
    if not members:
        return none_yet(caption)
    rows: list[list[Cell]] = []
    for member in members:
        organisation = (member.organisation or "").strip()
        speaks = "; ".join(member.speaks_for)
        more = [inline(organisation) if organisation != member.called else ""]
        more += [inline(_("Speaks for: {names}").format(names=speaks))] if speaks else []
        rows.append(
            [
                _named(member, members, *more),
                _label(MEMBER_KINDS, member.kind),
                _said(member, "why"),
                _said(member, "role"),
                _label(IMPORTANCE, member.importance),
            ]
        )
    headers = [_("Member"), _("Kind"), _("Why important"), _("Role"), _("Importance")]
    return Html(table(headers, rows, caption) + made_up(members))


def powers_table(priority: Priority) -> Html:
    """Return what the coalition brings together, and through whom (Rule 3, tool 3.1)."""
    if not members_of(priority):
        return Html("")
    rows: list[list[Cell]] = []
    for power in powers(priority):
        if power.now:
            mark = Mark(Severity.GOOD.shape, _("there"), 4)
        elif power.hoped:
            mark = Mark(Severity.WEAK.shape, _("only once won"), 2)
        else:
            mark = Mark(Severity.MISSING.shape, _("nobody"), 1)
        rows.append(
            [
                power.label,
                badge(mark),
                "\n".join(m.called for m in power.now) or nothing(_("nobody")),
                "\n".join(m.called for m in power.hoped) or nothing(_("nobody")),
            ]
        )
    headers = [_("What a coalition needs"), _("Stands?"), _("Through members now"), _("Through those to be won")]
    return table(headers, rows, _("What the coalition brings together"))


def influence_table(priority: Priority) -> Html:
    """Return the members by formal and informal influence: a square of names (Rule 3, tool 3.1)."""
    members = members_of(priority)
    rated = [m for m in members if m.formal_level and m.informal_level]
    if not rated:
        return Html("")
    rows: list[list[Cell]] = []
    for formal in reversed(FORMAL):
        cells: list[Cell] = [_("Formal: {level}").format(level=formal.label)]
        for informal in INFORMAL:
            here = [m for m in rated if (m.formal, m.informal) == (formal.value, informal.value)]
            words = (_("{name} (to be won)") if m.standing == "potential" else "{name}" for m in here)
            names = "\n".join(said.format(name=m.called) for said, m in zip(words, here, strict=True))
            cells.append(names or Html(f'<span class="rd-none" aria-label="{e(_("nobody"))}">–</span>'))
        rows.append(cells)
    headers = [_("Influence"), *(_("Informal: {level}").format(level=choice.label) for choice in INFORMAL)]
    html = table(headers, rows, _("Formal and informal influence"))
    open_ = [m.called for m in members if m not in rated]
    if open_:
        line = _("Not rated on both: {names}").format(names=", ".join(open_))
        html = Html(f'{html}<p class="rd rd-empty">{inline(line)}</p>')
    return html


def relationship_grid(priority: Priority) -> Html:
    """Return the members with the four questions, the weakest important relationships first (Rule 3, tool 3.2)."""
    members = by_concern(members_of(priority))
    caption = _("Members and questions, the weakest important relationships first")
    if not members:
        return none_yet(caption)
    rows: list[list[Cell]] = []
    for member in members:
        importance = _label(IMPORTANCE, member.importance)
        more = [inline(_("Importance: {level}").format(level=importance))] if importance else []
        if is_concern(member):
            more.append(badge(Mark(Severity.WEAK.shape, _("important and weak"), 2)))
        now = badge(None) if member.relationship is None else _said(member, "relationship")
        shown = inline(member.relationship_shown or "")
        asked = [_said(member, name) for name in ("strengthen", "help_to_ask", "feedback_to_ask")]
        rows.append([_named(member, members, *more), Html(f"{now}<br>{shown}" if shown else now), *asked])
    names = ("relationship", "strengthen", "help_to_ask", "feedback_to_ask")
    grid = table([_("Member"), *(field_of(Member, name).label for name in names)], rows, caption)
    return Html(_tight(grid) + made_up(members))


def message_table(priority: Priority, plan: Plan) -> Html:
    """Return what the effort offers each member, and the message (Rule 3, tool 3.3)."""
    members = by_concern(members_of(priority))
    caption = _("A message for each member")
    if not members:
        return none_yet(caption)
    rows: list[list[Cell]] = []
    for member in members:
        by = plan.person(member.said_by)
        said = "\n".join(filter(None, ((by or "").strip(), (member.said_when or "").strip())))
        rows.append([_named(member, members), _said(member, "gains"), _said(member, "message"), said])
    headers = [*(field_of(Member, name).label for name in ("name", "gains", "message")), _("Said by, and when")]
    return Html(_tight(table(headers, rows, caption)) + made_up(members))

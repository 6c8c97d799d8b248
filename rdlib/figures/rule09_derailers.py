"""The register of risks and derailers: how likely, how bad, what is done if it comes, where one bends (tool 9.3)."""

from __future__ import annotations

from datetime import date

from rdlib.figures.html import Cell, Html, Mark, badge, details, e, inline, not_attempted, nothing, table
from rdlib.figures.pressure import weighed
from rdlib.plan.fields import Choice
from rdlib.plan.priority import Priority
from rdlib.plan.risks import EFFECTS, LIKELIHOODS, Risk
from rdlib.plan.values import format_when
from rdlib.rules.r05_risks import named, short_list
from rdlib.rules.r09_derailers import (
    GRAVE,
    attempted,
    comes_soon,
    derailers,
    grid,
    is_derailer,
    is_over,
    last_look,
    weight,
)
from rdlib.rules.r09_proposals import hit, proposals
from rdlib.rules.registry import Context
from rdlib.words import _, format_date, plural

#: From this likelihood times effect on, a cell of the register is drawn as serious. Ours.
_SERIOUS = 3


def _cell_mark(likely: Choice, bad: Choice) -> Mark:
    found = int(likely.value) * int(bad.value)
    if found >= GRAVE:
        return Mark("▲", _("needs a plan"), 1)
    return Mark("◆", _("needs an answer"), 2) if found >= _SERIOUS else Mark("◐", _("watch"), 3)


def register_grid(priority: Priority) -> Html:
    """Return all risks that can still happen in their place: likelihood down, effect across; nothing without risks."""
    known = short_list(priority)
    if not known:
        return Html("")
    likely = {choice.value: choice for choice in LIKELIHOODS}
    bad = {choice.value: choice for choice in EFFECTS}
    rows: list[list[Cell]] = []
    for row in grid(priority):
        cells: list[Cell] = [likely[row[0].likelihood].label]
        for cell in row:
            mark = badge(_cell_mark(likely[cell.likelihood], bad[cell.effect]))
            names = "".join(f"<li>{_name(risk)}</li>" for risk in cell.risks)
            cells.append(
                Html(f'{mark}<ul class="rd-plain">{names}</ul>') if names else Html(f"{mark}<br>{nothing('–')}")
            )
        rows.append(cells)
    said = _("■ could derail the whole priority.") if any(risk.reach == "whole" for risk in known) else ""
    open_ones = [risk for risk in known if not weight(risk)]
    if open_ones:
        names = "; ".join(named(risk) for risk in open_ones)
        said += " " + _("Not weighed yet: {names}.").format(names=names)
    said += " " + _("How likely and how bad are words, not probabilities; what a cell asks for is ours.")
    headers = [_("How likely"), *(choice.label for choice in EFFECTS)]
    drawn = table(headers, rows, _("The register: how likely (down), and how bad (across)"))
    drawn = drawn if len(open_ones) < len(known) else Html("")
    return Html(f'{drawn}<p class="rd rd-key">{e(said.strip())}</p>')


def _name(risk: Risk) -> Html:
    return Html(f"■ {inline(named(risk))}" if risk.reach == "whole" else inline(named(risk)))


def _when(risk: Risk, as_of: date) -> str:
    if risk.could_come is None:
        return f'<span class="rd-below">{e(_("when is not said"))}</span>'
    said = format_when(risk.could_come)
    mark = ""
    if is_over(risk, as_of):
        mark = " " + badge(Mark("–", _("its time is past"), 0))
    elif comes_soon(risk, as_of):
        mark = " " + badge(Mark("◐", _("within six months"), 3))
    return f'<span class="rd-below">{e(said)}</span>{mark}'


def _sign(risk: Risk) -> str:
    if risk.sign_seen is None:
        return ""
    seen = _("first sign seen {day}").format(day=format_date(risk.sign_seen))
    return f"<br>{badge(Mark('▲', seen, 1))}"


def _part(risk: Risk, context: Context) -> Cell:
    what = (risk.my_part or "").strip()
    if not what:
        return nothing(_("nothing yet"))
    who = (context.plan.person(risk.my_part_owner) or "").strip() or _("nobody named")
    by = format_date(risk.my_part_by) if risk.my_part_by else _("no day")
    if risk.my_part_done is not None:
        state = badge(Mark("●", _("done"), 4))
    elif risk.my_part_by is not None and risk.my_part_by < context.as_of:
        state = badge(Mark("◆", _("late"), 2))
    else:
        state = badge(Mark("–", _("open"), 0))
    return Html(f'{inline(what)}<br><span class="rd-below">{inline(who)}, {e(by)}</span> {state}')


def _said(text: str | None) -> Cell:
    return (text or "").strip() or nothing(_("nothing yet"))


def plans_table(priority: Priority, context: Context) -> Html:
    """Return what could derail a priority: when, how likely, how bad, what is done then, one's own part."""
    rows: list[list[Cell]] = [
        [
            Html(f"{_name(risk)}<br>{_when(risk, context.as_of)}{_sign(risk)}"),
            weighed(risk),
            _said(risk.if_it_comes),
            _part(risk, context),
        ]
        for risk in derailers(priority)
    ]
    if not rows:
        said = _("No risk is called a derailer of the whole priority, and none is both likely and bad.")
        return Html(f'<p class="rd rd-empty">{e(said)}</p>')
    headers = [
        _("Derailer, and when it could come"),
        _("How likely, how bad"),
        _("If it comes to pass"),
        _("Your own part"),
    ]
    return table(headers, rows, _("What could derail you, and what is done then"))


def bending_table(priority: Priority, context: Context) -> Html:
    """Return where one bends and where not for each derailer, and when it was looked at; nothing without any."""
    rows: list[list[Cell]] = []
    for risk in derailers(priority):
        looked = format_date(risk.looked_on) if risk.looked_on else _("never")
        again = _("again {day}").format(day=format_date(risk.look_again)) if risk.look_again else ""
        rows.append([_name(risk), _said(risk.flexible), _said(risk.firm), "; ".join(filter(None, (looked, again)))])
    if not rows:
        return Html("")
    headers = [_("Derailer"), _("Here you can be flexible"), _("Here you do not give way"), _("Looked at")]
    return table(headers, rows, _("Where you bend, and where you do not"))


def derailers_figure(priority: Priority, context: Context) -> Html:
    """Return everything that tool 9.3 shows: the register, the plans for the day on which it comes, where one bends."""
    if not attempted(priority, context) and not short_list(priority):
        return not_attempted(_("Derailers"))
    day = last_look(priority, context.as_of)
    others = sum(1 for risk in short_list(priority) if not is_derailer(risk))
    said = (
        _("Last looked at on {day}.").format(day=format_date(day))
        if day
        else _("Nobody has said when it was looked at.")
    )
    if others:
        said += " " + plural(
            "{n} more risk of a part stands in the register, with its answer in tool 5.3.",
            "{n} more risks of parts stand in the register, with their answers in tool 5.3.",
            others,
        )
    parts = (register_grid(priority), plans_table(priority, context), bending_table(priority, context))
    return Html("".join(parts) + f'<p class="rd rd-key">{e(said)}</p>')


def proposals_table(priority: Priority, context: Context) -> Html:
    """Return what the plan itself speaks of that could derail a priority and stands in no risk yet."""
    rows: list[list[Cell]] = [
        [each.title, " ".join(filter(None, (each.because, _strategies(hit(each, priority)))))]
        for each in proposals(priority, context)
    ]
    if not rows:
        said = _("The plan speaks of nothing else that could derail it. Ask those who would notice first.")
        return Html(f'<p class="rd rd-empty">{e(said)}</p>')
    caption = _("What the plan itself speaks of")
    return details(
        plural("{n} derailer drawn from your plan", "{n} derailers drawn from your plan", len(rows)),
        table([_("What could happen"), _("What the plan says")], rows, caption),
    )


def _strategies(names: str) -> str:
    return _("It would hit: {names}.").format(names=names) if names else ""

"""Challenges on four levels, why each is where it is, and where the time goes (Rule 8, tool 8.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rdlib.figures.html import Cell, Html, Mark, badge, details, e, inline, not_attempted, nothing, table
from rdlib.figures.records import answer_text, none_yet
from rdlib.figures.svg import Part, drawing, text_block, wrap
from rdlib.plan.challenges import Challenge
from rdlib.plan.fields import field_of
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules import triage as working
from rdlib.rules.r08_raised import Proposal, called, challenges, proposals, standings
from rdlib.rules.r08_triage import GRAVE, TimeUse, by_level, time_use
from rdlib.rules.registry import Context
from rdlib.words import _, format_date, format_number, plural

#: Shape and colour of each level; the name of the level stands beside them.
_LOOKS = {4: ("▲", 1), 3: ("◆", 2), 2: ("◐", 3), 1: ("●", 4), 0: ("–", 0)}
_WIDTH, _LABEL, _BAR = 700, 190, 270
_SIZE, _LEADING, _PAD = 13, 17, 8
_STANDING = {True: Mark("▲", _("off track"), 1), False: Mark("●", _("on track"), 4), None: Mark("–", _("not known"), 0)}


def level_mark(level: int | None) -> Mark:
    """Return the shape, word and colour of a level; of one that is open too.

    >>> level_mark(3)
    Mark(shape='◆', word='3 Intensive drive', look=2)
    """
    if level is None:
        return Mark("?", _("level open"), 0)
    shape, look = _LOOKS[level]
    return Mark(shape, working.level_word(level), look)


def _facts(each: Challenge, plan: Plan) -> str:
    owner = (plan.person(each.owner) or "").strip()
    said = [_("Owner: {name}").format(name=owner) if owner else _("No owner")]
    if each.next_look is not None:
        said.append(_("next look {day}").format(day=format_date(each.next_look)))
    now = working.treated_as(each)
    if now is not None:
        how = working.level_word(now) if now else _("not at all")
        said.append(_("dealt with today: {how}").format(how=how))
    return "; ".join(said) + "."


def _why(each: Challenge) -> str:
    found, given = working.triage(each), working.judged(each)
    if given is not None and given not in found.possible:
        why = (each.judged_why or "").strip() or _("no reason is given")
        return _("Judged otherwise: the answers lead to {levels}. {why}").format(
            levels=working.possible_in_words(found.possible), why=why
        )
    if found.level is None:
        return _("Still possible: {levels}.").format(levels=working.possible_in_words(found.possible))
    return working.why_in_words(found)


def _card(each: Challenge, plan: Plan, priority: Priority | None) -> str:
    step = (each.next_step or "").strip()
    lines = [f"<p><strong>{inline(called(each))}</strong></p>"]
    if priority is not None:
        lines.append(f'<p class="rd-where">{inline((priority.title or "").strip() or priority.id)}</p>')
    lines.append(f"<p>{inline(_why(each))}</p>")
    if step:
        lines.append(f"<p>{e(_('Next step:'))} {inline(step)}</p>")
    lines.append(f'<p class="rd-below">{inline(_facts(each, plan))}</p>')
    return f'<li class="rd-challenge">{"".join(lines)}</li>'


def _step(level: int | None, cards: Iterable[str]) -> str:
    mark = level_mark(level)
    about = working.level_choice(level).describes if level is not None else _("Answer what is open.")
    inside = "".join(cards)
    listed = f'<ul class="rd-challenges">{inside}</ul>' if inside else f"<p>{nothing(_('none'))}</p>"
    return (
        f'<li class="rd-step rd-edge-{mark.look}"><p>{badge(mark)} <span class="rd-below">{e(about)}</span></p>'
        f"{listed}</li>"
    )


def _ladder(rows: Iterable[tuple[int | None, str]], levels: Collection[int], caption: str) -> Html:
    every = list(rows)
    steps = [
        _step(level, [card for other, card in every if other == level])
        for level in sorted(levels, reverse=True)
        if level or any(other == level for other, _card in every)
    ]
    if any(level is None for level, _card in every):
        steps.append(_step(None, [card for level, card in every if level is None]))
    listed = f'<ol class="rd-steps">{"".join(steps)}</ol>'
    return Html(f'<div class="rd rd-triage"><p class="rd-caption">{e(caption)}</p>{listed}</div>')


def triage_ladder(priority: Priority, plan: Plan) -> Html:
    """Return the open challenges of a priority on their levels, the gravest at the top, each with why it is there.

    Source: Rule 8, tool 8.1.

    >>> "not attempted yet" in triage_ladder(Priority("waits"), Plan())
    True
    """
    every = challenges(priority)
    if not every:
        return not_attempted(_("Triage"))
    found = by_level(priority)
    rows = [(level, _card(each, plan, None)) for level, some in found.items() for each in some]
    closed = sum(1 for each in every if not each.is_open)
    caption = _("Challenges by level: {title}").format(title=(priority.title or "").strip() or priority.id)
    drawn = _ladder(rows, working.RANGE, caption)
    if not closed:
        return drawn
    return Html(drawn + f'<p class="rd rd-key">{e(plural("{n} more is closed.", "{n} more are closed.", closed))}</p>')


def grave_ladder(priorities: Iterable[Priority], plan: Plan) -> Html:
    """Return the challenges of several priorities that are on level 3 or 4; a line where there are none.

    >>> grave_ladder([], Plan())
    '<p class="rd rd-empty">No open challenge is on level 3 or 4.</p>'
    """
    rows: list[tuple[int | None, str]] = [
        (level, _card(each, plan, priority))
        for priority in priorities
        for level, some in by_level(priority).items()
        if level is not None and level >= GRAVE
        for each in some
    ]
    if not rows:
        return Html(f'<p class="rd rd-empty">{e(_("No open challenge is on level 3 or 4."))}</p>')
    return _ladder(rows, (3, 4), _("Challenges that ask for more than standard problem solving"))


def triage_table(priority: Priority, plan: Plan) -> Html:
    """Return for each open challenge which answers lead to its level, and which answer would move it by one."""
    rows: list[list[Cell]] = []
    for level, some in sorted(by_level(priority).items(), key=lambda pair: -1 if pair[0] is None else 4 - pair[0]):
        for each in some:
            found = working.triage(each)
            if found.level is None:
                moves: Cell = "\n".join(field.label for field in found.open)
            else:
                listed = "".join(f"<li>{inline(said)}</li>" for said in working.moves_in_words(found))
                moves = Html(f'<ul class="rd-plain">{listed}</ul>')
            source = answer_text(field_of(Challenge, "raised_by"), each.raised_by)
            opened = format_date(each.opened) if each.opened else ""
            raised = ", ".join(filter(None, [source, opened]))
            rows.append([called(each), Html(badge(level_mark(level))), _why(each), moves, raised])
    if not rows:
        return none_yet(_("Challenges"))
    headers = [_("Challenge"), _("Level"), _("Why"), _("What would move it, or is open"), _("Raised by")]
    return table(headers, rows, _("Why each is on its level"))


def closed_table(priority: Priority, plan: Plan) -> Html:
    """Return the challenges that are closed, and how each ended; nothing where none is."""
    rows: list[list[Cell]] = [
        [
            called(each),
            answer_text(field_of(Challenge, "status"), each.status),
            format_date(each.closed) if each.closed else None,
            (each.outcome or "").strip() or None,
        ]
        for each in challenges(priority)
        if not each.is_open
    ]
    if not rows:
        return Html("")
    headers = [_("Challenge"), _("Status"), _("Closed on"), _("How it ended")]
    return details(
        plural("{n} closed challenge", "{n} closed challenges", len(rows)), table(headers, rows, _("Closed challenges"))
    )


# --- time -----------------------------------------------------------------------------------------------------------


def _hours(each: TimeUse) -> str:
    return _("{hours} a week, {share}; yardstick {fair}").format(
        hours=format_number(each.hours, _("hours")),
        share=format_number(each.share, "%", 0),
        fair=format_number(each.fair, "%", 0),
    )


def _bar(each: TimeUse, top: float) -> tuple[str, float]:
    label = wrap(working.level_word(each.level), _LABEL - 10, _SIZE, bold=True)
    right = _LABEL + _BAR + 14
    said = wrap(_hours(each), _WIDTH - right, _SIZE)
    height = max(len(label), len(said), 1) * _LEADING + 2 * _PAD
    middle = top + height / 2
    long, mark = _BAR * each.share / 100, _LABEL + _BAR * each.fair / 100
    drawn = (
        f'<rect class="rd-panel" fill="#F3F5F7" x="{_LABEL}" y="{middle - 9:.1f}" width="{_BAR}" height="18"/>'
        f'<rect class="rd-bar-strong" fill="#1D4E89" x="{_LABEL}" y="{middle - 9:.1f}" width="{max(long, 1.5):.1f}"'
        ' height="18"/>'
        f'<line class="rd-border" stroke="#1F2933" stroke-width="3" x1="{mark:.1f}" x2="{mark:.1f}"'
        f' y1="{middle - 14:.1f}" y2="{middle + 14:.1f}"/>'
        + text_block(label, 0, middle - len(label) * _LEADING / 2, _SIZE, _LEADING, bold=True)
        + text_block(said, right, middle - len(said) * _LEADING / 2, _SIZE, _LEADING)
    )
    return drawn, height


def time_picture(priority: Priority) -> Html:
    """Return where the hours go, level by level, beside a yardstick; a line where no hours are given.

    >>> time_picture(Priority("waits"))
    '<p class="rd rd-empty">No hours are given yet.</p>'
    """
    found = time_use(priority)
    if not found:
        return Html(f'<p class="rd rd-empty">{e(_("No hours are given yet."))}</p>')
    parts, cuts, top = [], [0], 0.0
    for each in found:
        svg, height = _bar(each, top)
        parts.append(Part(svg, top, top + height))
        top += height
        cuts.append(round(top))
    title = _("Where the time goes")
    says = " ".join(f"{working.level_word(each.level)}: {_hours(each)}." for each in found)
    key = _(
        "Bar: share of the hours that go into challenges of this level. Upright line: the share that they would have "
        "if a challenge of each level were worth twice as much time as one of the level below. The yardstick is ours."
    )
    drawn = drawing(parts, cuts, _WIDTH, title, says)
    return Html(
        f'<figure class="rd rd-figure"><figcaption class="rd-caption">{e(title)}<p class="rd-key">{e(key)}</p>'
        f'</figcaption><div class="rd-scroll" tabindex="0" role="region" aria-label="{e(title)}">'
        f'<div class="rd-drawing">{drawn}</div></div></figure>'
    )


# --- what the plan shows ----------------------------------------------------------------------------------------------


def standing_line(priority: Priority, context: Context) -> Html:
    """Return for each indicator with a target whether it is on track by its figures; nothing where there is none."""
    rows = [
        f"<li>{badge(_STANDING[each.off])} {inline(each.says)}</li>"
        for each in standings(priority, context)
    ]  # fmt: skip
    if not rows:
        return Html("")
    return Html(f'<ul class="rd rd-plain">{"".join(rows)}</ul>')


def proposals_table(priority: Priority, context: Context) -> Html:
    """Return what the plan shows that may be a challenge and that nobody has raised yet."""
    found: list[Proposal] = proposals(priority, context)
    line = standing_line(priority, context)
    if not found:
        return Html(line + f'<p class="rd rd-empty">{e(_("The plan shows nothing that is not raised already."))}</p>')
    rows: list[list[Cell]] = [[each.title, each.why] for each in found]
    drawn = table(
        [_("It may be a challenge"), _("What the plan shows")], rows, _("What the plan shows, not raised yet")
    )
    return Html(line + drawn)


def levels_table() -> Html:
    """Return the four levels: what has to hold for each, and what is done on it."""
    rows: list[list[Cell]] = [
        [
            Html(badge(level_mark(level))),
            "\n".join(f"{each.says[:1].upper()}{each.says[1:]}" for each in working.of_level(level)),
            working.level_choice(level).describes,
        ]
        for level in (4, 3, 2, 1)
    ]
    return table([_("Level"), _("All of this holds"), _("What is done")], rows, _("Four levels"), row_header=False)

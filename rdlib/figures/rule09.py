"""The ups and downs of delivery as a curve, what the plan shows beside it, and five principles of persisting (Rule 9).

The shape of the curve is ours, as the names of its stages are: how well it seems to go, from the launch until it is
irreversible. It shows an order and no measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rdlib.figures.html import (
    Cell,
    Html,
    Mark,
    badge,
    details,
    e,
    inline,
    not_attempted,
    nothing,
    paragraphs,
    scroll_box,
    table,
)
from rdlib.figures.ratings import Rated, letters, movement_table, rating_picture
from rdlib.figures.svg import Part, drawing, text_block, text_width, wrap
from rdlib.plan.persist import SELF_CHECKS, CyclePlace, SelfCheck
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules import r09_cycle as cycle
from rdlib.rules import r09_principles as principles
from rdlib.rules.findings import Severity
from rdlib.rules.r04_candidates import name_of
from rdlib.rules.r09_added import added, fallacy_in_words
from rdlib.rules.r09_celebrated import too_early
from rdlib.rules.r09_evidence import evidence, lines, typical, why_typical
from rdlib.rules.ratings import items_of, names_in_words, spreads, word_of
from rdlib.rules.registry import Context
from rdlib.words import _, format_date, language

_WIDTH = 720
_LEFT, _RIGHT, _TOP, _BOTTOM = 66.0, 654.0, 74.0, 262.0
_SIZE, _LEADING = 14, 18
_SMALL, _CLOSE = 13, 17
#: So many of the days on which a priority stood on a stage are written beside it.
_DAYS = 3

#: Where the curve turns: along it and up it, as shares; between two turns it runs smoothly.
_TURNS = ((0.0, 0.62), (0.22, 0.06), (0.5, 0.62), (0.66, 0.44), (1.0, 1.0))
#: Where each stage stands on the curve, and on which side of it its name has room.
_STAGES = {
    "launch": (0.0, 0.62, "above"),
    "valley": (0.22, 0.06, "below"),
    "first-climb": (0.36, 0.34, "right"),
    "plateau": (0.66, 0.44, "below"),
    "last-climb": (0.83, 0.72, "right"),
    "irreversible": (1.0, 1.0, "above"),
}
_ROOM = {"above": 140.0, "below": 116.0, "right": 96.0}
_SHAPES = tuple(severity.shape for severity in Severity)


def _title(priority: Priority) -> str:
    return (priority.title or "").strip() or priority.id


def _xy(along: float, up: float) -> tuple[float, float]:
    return _LEFT + along * (_RIGHT - _LEFT), _BOTTOM - up * (_BOTTOM - _TOP)


def _curve() -> str:
    x, y = _xy(*_TURNS[0])
    path = [f"M {x:.1f} {y:.1f}"]
    for turn in _TURNS[1:]:
        nx, ny = _xy(*turn)
        middle = (x + nx) / 2
        path.append(f"C {middle:.1f} {y:.1f} {middle:.1f} {ny:.1f} {nx:.1f} {ny:.1f}")
        x, y = nx, ny
    return f'<path class="rd-cut" fill="none" stroke="#7B8794" stroke-width="3" d="{" ".join(path)}"/>'


def _short(day: date) -> str:
    from babel.dates import format_date as babel_date

    return babel_date(day, "MMM y", locale=language())


def _days_there(rows: Sequence[CyclePlace], key: str, now: CyclePlace | None) -> list[str]:
    """The days on which a priority was placed on a stage, the present place apart; the latest where there are many."""
    days = [_short(p.day) if p.day else _("not dated") for p in rows if p.stage == key and p is not now]
    return list(dict.fromkeys(days))[-_DAYS:]


def _label(key: str, name: str, quiet: list[str], now: str) -> tuple[str, float, float]:
    """The name of a stage and its days beside the curve, and from where to where they reach."""
    along, up, side = _STAGES[key]
    x, y = _xy(along, up)
    room = _ROOM[side]
    names = wrap(name, room, _SIZE, bold=bool(now))
    below = [now, *quiet] if now else quiet
    height = len(names) * _LEADING + len(below) * _CLOSE
    widest = max(
        [text_width(line, _SIZE, bold=bool(now)) for line in names] + [text_width(line, _SMALL) for line in below]
    )
    left = x + 20 if side == "right" else max(4.0, min(x - widest / 2, _WIDTH - widest - 4))
    top = {"above": y - 22 - height, "below": y + 22, "right": y + 6}[side]
    drawn = text_block(names, left, top, _SIZE, _LEADING, bold=bool(now))
    drawn += text_block(below, left, top + len(names) * _LEADING, _SMALL, _CLOSE, look="rd-t" if now else "rd-q")
    return drawn, top, top + height


def _dot(key: str, there: bool, now: bool) -> str:
    x, y = _xy(*_STAGES[key][:2])
    at = f'cx="{x:.1f}" cy="{y:.1f}"'
    if now:
        ring = f'<circle class="rd-dot" fill="#FFFFFF" stroke="#1D4E89" stroke-width="2.5" {at} r="15"/>'
        return f'{ring}<circle class="rd-dot-full" fill="#1D4E89" {at} r="9"/>'
    if there:
        return f'<circle class="rd-dot" fill="#FFFFFF" stroke="#1D4E89" stroke-width="2" {at} r="8"/>'
    return f'<circle class="rd-dot" fill="#FFFFFF" stroke="#1D4E89" stroke-width="1" {at} r="4"/>'


def cycle_picture(priority: Priority, context: Context) -> Html:
    """Return the curve with where a priority stands and stood; without a place, the curve alone.

    Args:
        priority: the priority.
        context: its plan and the day; what was placed later is left out.
    """
    names, rows = cycle.stage_names(context.plan), cycle.places(priority, context.as_of)
    now = cycle.latest(priority, context.as_of)
    out, highest, deepest = [_curve()], 30.0, _BOTTOM
    for key, name in names.items():
        here = now is not None and now.stage == key
        when = (_short(now.day) if now.day else _("not dated")) if now is not None and here else ""
        quiet = _days_there(rows, key, now)
        drawn, above, below = _label(key, name, quiet, _("now: {when}").format(when=when) if here else "")
        out += [_dot(key, bool(quiet), here), drawn]
        highest, deepest = min(highest, above), max(deepest, below)
    top, bottom = round(highest - 30), round(deepest + 34)
    rising = text_block([_("↑ how well it seems to go")], 4, top + 4, _SMALL, _CLOSE, look="rd-q")
    time = _("time →")
    out.append(
        rising + text_block([time], _WIDTH - 4 - text_width(time, _SMALL), bottom - 22, _SMALL, _CLOSE, look="rd-q")
    )
    title = _("The cycle: where “{title}” stands").format(title=_title(priority))
    svg = drawing([Part("".join(out), top, bottom)], [top, bottom], _WIDTH, title, _says(rows, now, context.plan))
    box = scroll_box(title, f'<div class="rd-drawing" style="font-size:0">{svg}</div>')
    key_ = _(
        "The large dot is where it stands, a ring where it stood before. The curve and the names of its stages are "
        "ours; a plan can give them other names. Stages are an order, not a clock: it may go back, and more than once."
    )
    return Html(
        f'<figure class="rd rd-figure"><figcaption class="rd-caption">{inline(title)}</figcaption>{box}'
        f'<p class="rd-key">{e(key_)}</p></figure>'
    )


def _says(rows: Sequence[CyclePlace], now: CyclePlace | None, plan: Plan) -> str:
    names = cycle.stage_names(plan)
    said = [_("A curve from the launch down into a valley, up, over a plateau, and up until it is irreversible.")]
    said.append(_("Its stages: {names}.").format(names=", ".join(names.values())))
    placed = [
        _("{day}: {stage}").format(day=format_date(p.day) if p.day else _("not dated"), stage=names[p.stage or ""])
        for p in rows
        if p.stage in names
    ]
    if placed:
        said.append(_("Placed: {places}.").format(places="; ".join(placed)))
    if now is None:
        said.append(_("Nobody has placed it yet."))
    else:
        said.append(_("It stands at: {stage}.").format(stage=names.get(now.stage or "", "")))
    return " ".join(said)


def stages_table(plan: Plan) -> Html:
    """Return what is known of each stage: how one knows it, what is typical, the trap, what to do."""
    names = cycle.stage_names(plan)
    rows: list[list[Cell]] = [
        [
            Html(f'{inline(names[stage.key])}<br><small style="font-weight:400">{inline(stage.known_by)}</small>'),
            stage.typical,
            stage.trap,
            stage.next_step,
        ]
        for stage in cycle.CYCLE
    ]
    headers = [_("Stage, and how one knows it"), _("What is typical"), _("The trap"), _("What to do")]
    return table(headers, rows, _("The stages of the cycle, in our words"))


def advice_table(priority: Priority, context: Context) -> Html:
    """Return what is typical of the stage on which a priority stands, its trap, and what to do; empty without one."""
    now = cycle.latest(priority, context.as_of)
    stage = cycle.stage_of(now.stage) if now else None
    if stage is None:
        return Html("")
    rows: list[list[Cell]] = [
        [_("How one knows it"), stage.known_by],
        [_("What is typical there"), stage.typical],
        [_("The trap"), stage.trap],
        [_("What to do"), stage.next_step],
    ]
    name = cycle.stage_names(context.plan)[stage.key]
    return table([_("Of this stage"), _("In our words")], rows, _("Where it stands: {stage}").format(stage=name))


def evidence_table(priority: Priority, context: Context) -> Html:
    """Return what the plan itself shows, and which stage that is typical of; nobody's judgement is in it."""
    found = evidence(priority, context)
    rows: list[list[Cell]] = [[what, told] for what, told in lines(found)]
    stage = typical(found)
    if stage is None:
        said = _("That is too little to say of which stage it is typical.")
    else:
        said = why_typical(found, cycle.stage_names(context.plan)[stage]).rpartition(". ")[2]
        said += " " + _("The thresholds behind it are ours, and the judgement is yours.")
    drawn = table([_("What"), _("What the plan shows")], rows, _("What the plan shows"))
    return Html(f'{drawn}<p class="rd rd-key">{e(said)}</p>')


def _who(names: Sequence[str], plan: Plan) -> str:
    return names_in_words([name for given in names if (name := (plan.person(given) or "").strip())])


def _step(what: str, owner: str | None, due: date | None, done: date | None, context: Context) -> Cell:
    """What is done next, with who and by when, and whether it was done."""
    if not what:
        return nothing(_("nothing yet"))
    who = (context.plan.person(owner) or "").strip() or _("nobody named")
    by = _("{who}, by {day}").format(who=who, day=format_date(due)) if due else _("{who}, no day").format(who=who)
    if done is not None:
        state = badge(Mark("●", _("done {day}").format(day=format_date(done)), 4))
    elif due is not None and due < context.as_of:
        state = badge(Mark("◆", _("late"), 2))
    else:
        state = badge(Mark("–", _("open"), 0))
    return Html(f'{inline(what)}<br><span class="rd-below">{inline(by)}</span> {state}')


def places_table(priority: Priority, context: Context) -> Html:
    """Return where a priority was placed over time, the latest first, each with what showed it and what came next."""
    rows = cycle.places(priority, context.as_of)
    if not rows:
        return not_attempted(_("The cycle"))
    names = cycle.stage_names(context.plan)
    cells: list[list[Cell]] = []
    for place in reversed(rows):
        by = _who(place.people, context.plan) or _("nobody named")
        shown = paragraphs(place.shown) if (place.shown or "").strip() else f"{nothing(_('nothing yet'))}<br>"
        cells.append(
            [
                format_date(place.day) if place.day else _("not dated"),
                names.get(place.stage or "", ""),
                Html(f'{shown}<span class="rd-below">{inline(by)}</span>'),
                _step((place.next_step or "").strip(), place.owner, place.due, place.done, context),
            ]
        )
    headers = [_("Day"), _("Stage"), _("What showed it, and to whom"), _("What was to lead on")]
    return table(headers, cells, _("Places on the cycle, the latest first"))


# --- 9.2 -----------------------------------------------------------------------------------------------------------


def principle_mark(item_word: str, rating: int) -> Mark:
    """Return the mark of a rating of a principle: its own word, with the shape and colour of the four ratings."""
    return Mark(_SHAPES[rating - 1], f"{rating} {item_word}", rating)


def principles_table(priority: Priority, context: Context) -> Html:
    """Return the five principles as people see them now, what shows it, and what is done next."""
    everybody = principles.checkers(priority, context)
    if not everybody:
        return not_attempted(_("Five principles"))
    letter = {name: f"{sign}: " for name, sign in letters(everybody)}
    rows: list[list[Cell]] = []
    for item in items_of(SelfCheck):
        rated, steps = [], []
        for person in everybody:
            rating, said = item.rating(person.now), item.evidence(person.now)
            mark = badge(principle_mark(word_of(item, rating), rating)) if rating is not None else ""
            if mark or said:
                rated.append(f"<li>{e(letter.get(person.name, ''))}{mark} {inline(said)}</li>")
            action = next(a for a in principles.actions(person.now) if a.principle == item.path)
            if action.what:
                steps.append(f"<li>{_step(action.what, action.owner, action.due, action.done, context)}</li>")
        rows.append([item.label, _listed(rated, _("not rated")), _listed(steps, _("nothing planned"))])
    days = sorted({p.now.day for p in everybody if p.now.day is not None})
    caption = _("Five principles")
    if days:
        caption = _("Five principles, as of {day}").format(day=format_date(days[-1]))
    drawn = table([_("Principle"), _("How well, and what shows it"), _("What is done next")], rows, caption)
    key = "; ".join(f"{sign}: {name}" for name, sign in letters(everybody))
    return Html(f'{drawn}<p class="rd rd-key">{e(key)}.</p>') if key else drawn


def _listed(items: Sequence[str], without: str) -> Html:
    return Html(f'<ul class="rd-plain">{"".join(items)}</ul>') if items else nothing(without)


def principles_picture(priority: Priority, context: Context) -> Html:
    """Return how people rate the five principles, and how that moved since the time before."""
    everybody = principles.checkers(priority, context)
    if not everybody:
        return Html("")
    rows = [Rated(each, "", each.item.label) for each in spreads(SELF_CHECKS, context.plan, context.as_of, priority)]
    return rating_picture(
        rows,
        _("How well you hold course"),
        low=_("hardly"),
        high=_("firmly"),
        count=len(everybody),
        key=_("The four levels of each principle are ours."),
    )


def principles_movement(priority: Priority, context: Context) -> Html:
    """Return all self-checks side by side in the order of their days; nothing for fewer than two."""
    items = items_of(SelfCheck)
    known = [row for row in SELF_CHECKS.read(priority) if row.day is not None and row.day <= context.as_of]
    known.sort(key=lambda row: row.day or date.min)
    days = [
        (
            _("{day}, {who}").format(
                day=format_date(row.day), who=(context.plan.person(row.person) or "").strip() or _("nobody named")
            ),
            [item.rating(row) for item in items],
        )
        for row in known
        if row.day is not None
    ]
    shown = movement_table([item.label for item in items], days, _("Self-checks over time"))
    return details(_("All self-checks side by side"), shown) if shown else shown


def added_table(priority: Priority, context: Context) -> Html:
    """Return the strategies that were added while others were under way, and what speaks for and against each."""
    found = added(priority, context)
    if not found:
        said = _("The plan knows of no strategy that was added while others were under way.")
        return Html(f'<p class="rd rd-empty">{e(said)}</p>')
    rows: list[list[Cell]] = []
    for each in found:
        if each.is_fallacy:
            verdict = Html(f"{badge(Mark('◆', _('look again'), 2))}<br>{inline(fallacy_in_words(each))}")
        elif each.lacks:
            verdict = badge(Mark("◐", _("thin"), 3))
        else:
            verdict = badge(Mark("●", _("known why"), 4))
        why = (each.strategy.added_because or "").strip()
        known = _("Of it, {lacks}.").format(lacks=names_in_words(each.lacks)) if each.lacks else ""
        rows.append(
            [
                Html(f'{inline(name_of(each.strategy))}<br><span class="rd-below">{e(format_date(each.day))}</span>'),
                Html(inline(why)) if why else nothing(_("not said")),
                " ".join(each.trouble) or nothing(_("nothing was going badly")),
                Html(f"{verdict}<br>{e(known)}" if known else verdict),
            ]
        )
    headers = [_("Added, and when"), _("Why"), _("What was going badly then"), _("What the plan says of it")]
    return table(headers, rows, _("Strategies that were added later"))


def too_early_table(priority: Priority, context: Context) -> Html:
    """Return what was called a success before the figures showed it; nothing where nothing was."""
    blip, not_yet = badge(Mark("◐", _("a blip?"), 3)), badge(Mark("◆", _("not yet"), 2))
    rows: list[list[Cell]] = [
        [Html(f"“{inline(each.claim)}”"), blip if each.blip else not_yet, each.against]
        for each in too_early(priority, context)
    ]
    if not rows:
        return Html("")
    headers = [_("What was said"), _("Was it so?"), _("What the figures said on that day")]
    return table(headers, rows, _("Celebrated before the figures showed it"))

"""The pack of a stocktake in pictures and tables: heat maps first, then what changed, decisions and actions (7.5)."""

from __future__ import annotations

from collections import Counter
from datetime import date

from rdlib.figures.heatmap import HeatCell, heatmap
from rdlib.figures.html import Cell, Html, Mark, badge, e, inline, nothing, table
from rdlib.plan.plan import Plan
from rdlib.plan.stocktake import Action, StocktakeRating
from rdlib.plan.values import format_when
from rdlib.rules.agreement import FEWEST_THINGS, ordinal_alpha
from rdlib.rules.r07_assessment import spread
from rdlib.rules.r07_pack import Change, Pack, changes, covered, state_of, title_of
from rdlib.rules.r07_units import Column, UnitMap, unit_maps
from rdlib.rules.ratings import items_of
from rdlib.rules.registry import Context
from rdlib.rules.targets import in_words
from rdlib.words import _, format_date, format_number, plural

#: How an action stands, in the order of what needs attention.
STATES = {
    "late": Mark("▲", _("late"), 1),
    "undated": Mark("◆", _("no date"), 2),
    "open": Mark("◐", _("open"), 3),
    "done": Mark("●", _("done"), 4),
    "dropped": Mark("–", _("let go"), 0),
}
#: How a change is marked, by its way.
WAYS = {1: Mark("●", _("better"), 4), -1: Mark("▲", _("worse"), 1), 0: Mark("–", _("changed"), 0)}
_KINDS = {
    "likelihood": _("Likelihood of delivery"),
    "judgement": _("Judgement"),
    "figure": _("New figure"),
    "target": _("Target"),
    "action": _("Action"),
}
_AGAINST_TARGET = {4: ("●", _("meets it")), 3: ("◐", _("just short")), 2: ("◆", _("short")), 1: ("▲", _("far short"))}
_QUARTERS = {
    4: ("●", _("best quarter")),
    3: ("◐", _("second quarter")),
    2: ("◆", _("third quarter")),
    1: ("▲", _("last quarter")),
}


def _empty(text: str) -> Html:
    return Html(f'<p class="rd rd-empty">{e(text)}</p>')


# --- priorities by judgements -------------------------------------------------------------------------------------


def judgement_map(found: Pack, plan: Plan) -> Html:
    """Return priorities by judgements as a heat map, those that need attention first; "was" where a rating moved.

    Args:
        found: what lies on the table.
        plan: the plan.

    >>> from rdlib.rules.r07_pack import pack
    >>> judgement_map(pack(Plan(), date(2027, 5, 20)), Plan())
    '<p class="rd rd-empty">No priority has been entered yet.</p>'
    """
    ids = list(dict.fromkeys([*(p.id for p in covered(found.record, plan)), *found.ratings]))
    if not ids:
        return _empty(_("No priority has been entered yet."))
    items = list(items_of(StocktakeRating))
    items = [items[-1], *items[:-1]]  # the likelihood is what the five lead to, and what the eye looks for
    earlier = {r.priority: r for r in found.before.ratings} if found.before else {}

    def cells(id_: str) -> list[HeatCell]:
        now, then = found.ratings.get(id_), earlier.get(id_)
        row: list[HeatCell] = []
        for item in items:
            rating = item.rating(now) if now else None
            was = item.rating(then) if then else None
            moved = was is not None and rating is not None and was != rating
            row.append((rating, _("was {was}").format(was=was)) if moved else rating)
        return row

    def attention(id_: str) -> tuple[int, str]:
        rating = found.ratings[id_].likelihood if id_ in found.ratings else None
        return rating or 5, _name(id_, found, plan)

    ids.sort(key=attention)
    return heatmap(
        [(_name(id_, found, plan), None) for id_ in ids],
        [item.label for item in items],
        [cells(id_) for id_ in ids],
        _("Priorities by judgements, as agreed"),
    )


def _name(id_: str, found: Pack, plan: Plan) -> str:
    rating = found.ratings.get(id_)
    return title_of(id_, plan) if plan.priority(id_) else (rating.title if rating and rating.title else id_)


def agreed_by(found: Pack, plan: Plan) -> Html:
    """Return who agreed on each rating, on which day and why."""
    rows: list[list[Cell]] = []
    for id_, rating in found.ratings.items():
        who = ", ".join(name.strip() for one in rating.raters if (name := plan.person(one)) and name.strip())
        rows.append(
            [
                _name(id_, found, plan),
                badge(rating.likelihood),
                _("{day}, by {who}").format(day=format_date(rating.day), who=who or _("nobody named"))
                if rating.day
                else nothing(),
                rating.likelihood_why or None,
            ]
        )
    if not rows:
        return _empty(_("No rating has been agreed on yet."))
    headers = [_("Priority"), _("Likelihood of delivery"), _("Agreed"), _("Because")]
    return table(headers, rows, _("What was agreed, by whom and why"))


def raters_agreement(plan: Plan, day: date) -> Html:
    """Return how far raters agreed over all priorities, before they talked (Krippendorff's alpha); or why not.

    It is said only where at least ten things were rated by two people or more.
    """
    context = Context(plan, day)
    things = [each.values for p in plan.priorities for each in spread(p, context) if len(each.values) > 1]
    alpha = ordinal_alpha(things) if len(things) >= FEWEST_THINGS else None
    if alpha is None:
        said = _("Too few things were rated by several people to say how far they agree over all priorities.")
    else:
        said = _(
            "Over all priorities, before people talked: Krippendorff's alpha for ordered ratings is {alpha}. At 1, all "
            "see the same; at 0, the ratings tell who rates and nothing of what is rated. It rests on {n} ratings."
        ).format(alpha=format_number(alpha, decimals=2), n=format_number(sum(len(values) for values in things)))
    return Html(f'<p class="rd rd-key">{e(said)}</p>')


# --- units by indicators ------------------------------------------------------------------------------------------


def _unit_cell(column: Column, unit: str) -> HeatCell:
    value = column.values.get(unit)
    if value is None:
        return Mark("–", _("no figure"), 0)
    level = column.levels.get(unit)
    said = format_number(value, column.indicator.unit, 1)
    if level is None:
        return Mark("·", said, 0)
    shape, word = (_AGAINST_TARGET if column.aim is not None else _QUARTERS)[level]
    return Mark(shape, said, level), word


def _header(column: Column) -> str:
    name = (column.indicator.name or "").strip() or column.indicator.id
    aim = in_words(column.aim, column.indicator.unit) if column.aim is not None else _("no target to hold units to")
    return _("{name}\n{when}; {aim}").format(name=name, when=format_when(column.when), aim=aim)


def unit_map(of: UnitMap) -> Html:
    """Return units by indicators as a heat map; each cell says its value, a shape and a word."""
    drawn = heatmap(
        [(unit, None) for unit in of.units],
        [_header(column) for column in of.columns],
        [[_unit_cell(column, unit) for column in of.columns] for unit in of.units],
        _("{n} by indicators ({called}), those that need attention first").format(
            n=plural("{n} unit", "{n} units", len(of.units)), called=of.called
        ),
        row_label=of.called[:1].upper() + of.called[1:],
    )
    counts = []
    for column in of.columns:
        words = _AGAINST_TARGET if column.aim is not None else _QUARTERS
        found = Counter(column.levels.values())
        each = [f"{words[level][0]} {found[level]} {words[level][1]}" for level in (4, 3, 2, 1) if found[level]]
        if each and column.aim is not None:
            name = (column.indicator.name or "").strip() or column.indicator.id
            counts.append(f"<p>{inline(name)}: {e(', '.join(each))}.</p>")
    key = _(
        "Just short: at most 5% of the target is missing; far short: more than 20% of it. Where an indicator has no "
        "target that units can be held to, they stand in quarters. These lines are ours."
    )
    return Html(f'<div class="rd">{"".join(counts)}</div>{drawn}<p class="rd rd-key">{e(key)}</p>')


def units(plan: Plan, day: date) -> Html:
    """Return a heat map for each kind of unit that the indicators are broken down by; a line where there is none."""
    maps = unit_maps(plan, day)
    if not maps:
        return _empty(_("No indicator has figures by district, hospital or another unit yet."))
    return Html("".join(unit_map(each) for each in maps))


# --- what changed, decisions, actions ------------------------------------------------------------------------------


def changes_table(found: Pack, plan: Plan) -> Html:
    """Return what changed since the last stocktake."""
    if found.before is None or found.before.day is None:
        return _empty(_("This is the first stocktake: there is none to compare with yet."))
    rows: list[list[Cell]] = [[_KINDS[c.kind], c.about, c.what, badge(WAYS[c.way])] for c in changes(found, plan)]
    since = format_date(found.before.day)
    if not rows:
        return _empty(_("Nothing has changed since the stocktake of {day}.").format(day=since))
    headers = [_("What"), _("Of"), _("Change"), _("Which way")]
    return table(headers, rows, _("What changed since {day}").format(day=since), row_header=False)


def changes_in_words(found: Pack, plan: Plan) -> str:
    """Return what changed in a sentence of counts."""
    if found.before is None or found.before.day is None:
        return _("The first stocktake: nothing to compare with yet.")
    every: list[Change] = changes(found, plan)

    def n(kind: str, way: int | None = None) -> int:
        return sum(1 for c in every if c.kind == kind and way in {None, c.way})

    return _(
        "Since {day}: rated higher {up}, lower {down}; new figures {figures}; targets changed {targets}; actions done "
        "{done}, late {late}."
    ).format(
        day=format_date(found.before.day),
        up=n("likelihood", 1),
        down=n("likelihood", -1),
        figures=n("figure"),
        targets=n("target"),
        done=n("action", 1),
        late=sum(1 for a in found.actions if state_of(a, found.day) == "late"),
    )


def achievements_table(found: Pack, plan: Plan) -> Html:
    """Return what was achieved since the last stocktake."""
    rows: list[list[Cell]] = [
        [title_of(a.priority, plan), a.what, a.shown] for a in (found.record.achievements if found.record else ())
    ]
    if not rows:
        return _empty(_("No achievement has been written down."))
    return table([_("Priority"), _("Achievement"), _("What shows it")], rows, _("What was achieved, and what shows it"))


def decisions_table(found: Pack, plan: Plan) -> Html:
    """Return the decisions that are wanted, and what was decided."""
    rows: list[list[Cell]] = []
    for each in found.record.decisions if found.record else ():
        answer = (each.answer or "").strip()
        by = (plan.person(each.decided_by) or "").strip()
        said = Html(badge(Mark("●", _("decided"), 4)) + f"<br>{inline(answer)}") if answer else Html(
            badge(Mark("–", _("wanted"), 0))
        )  # fmt: skip
        rows.append([title_of(each.priority, plan), each.question, said, by or nothing(_("open"))])
    if not rows:
        return _empty(_("No decision is wanted."))
    headers = [_("Priority"), _("Decision wanted"), _("What was decided"), _("By")]
    return table(headers, rows, _("Decisions wanted and taken"))


def actions_table(found: Pack, plan: Plan) -> Html:
    """Return the actions with owner and date, late ones first, and how often each was carried forward."""
    order = list(STATES)

    def place(action: Action) -> tuple[int, date]:
        return order.index(state_of(action, found.day)), action.due or date.max

    rows: list[list[Cell]] = []
    for action in sorted(found.actions, key=place):
        since = ""
        if action.times:
            times = plural("carried {n} time", "carried {n} times", action.times)
            since = f"<br><small>{e(times)}</small>"
        due = format_date(action.due) if action.due else _("no date")
        done = f"<br>{e(format_date(action.done))}" if action.done else ""
        note = (action.note or "").strip() or (action.dropped or "").strip()
        rows.append(
            [
                Html(badge(STATES[state_of(action, found.day)]) + done),
                Html(f"{inline(action.what or _('(an action without a name)'))}{since}"),
                title_of(action.priority, plan),
                (plan.person(action.owner) or "").strip() or nothing(_("nobody")),
                due,
                note or nothing(_("nothing noted")),
            ]
        )
    if not rows:
        return _empty(_("No action has been agreed on."))
    headers = [_("State"), _("Action"), _("Priority"), _("Owner"), _("Due"), _("How it stands")]
    return table(headers, rows, _("Actions, late ones first"), row_header=False)


def glance(found: Pack, plan: Plan) -> Html:
    """Return the stocktake at a glance: ratings counted, what changed, what is wanted."""
    rated = Counter(r.likelihood for r in found.ratings.values())
    missing = sum(1 for p in covered(found.record, plan) if p.id not in found.ratings)
    rated[None] += missing
    counts = " ".join(f"{rated[n]} × {badge(n)}" for n in (1, 2, 3, 4, None) if rated[n])
    wanted = [d for d in (found.record.decisions if found.record else ()) if (d.question or "").strip()]
    taken = sum(1 for d in wanted if (d.answer or "").strip())
    lines = [f"<p><strong>{e(_('Likelihood of delivery:'))}</strong> {counts}</p>"] if counts else []
    said = _("{wanted}, {taken} taken; {actions}.").format(
        wanted=plural("{n} decision wanted", "{n} decisions wanted", len(wanted)),
        taken=format_number(taken),
        actions=plural("{n} action", "{n} actions", len(found.actions)),
    )
    lines.append(f"<p>{e(said)}</p>")
    return Html(f'<div class="rd"><p class="rd-verdict">{e(changes_in_words(found, plan))}</p>{"".join(lines)}</div>')

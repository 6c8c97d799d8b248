"""The static faces of a strategy's profile, its milestones, and the path of an indicator (Rule 5: 5.1 and 5.5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rdlib.figures.html import Cell, Html, Mark, badge, e, inline, nothing, paragraphs, table
from rdlib.figures.records import answer, none_yet, target_words
from rdlib.plan.effects import Effect
from rdlib.plan.fields import field_of
from rdlib.plan.milestones import Milestone
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES, Strategy
from rdlib.plan.values import format_when, number
from rdlib.rules.findings import Severity
from rdlib.rules.headline import gap_words
from rdlib.rules.r04_candidates import indicators_of, live, name_of, said
from rdlib.rules.r05_effects import estimate, strategy_of
from rdlib.rules.r05_profile import Box, Profile, chains_of, outcomes_of, profile
from rdlib.rules.r05_trajectory import NoPath, Trajectory
from rdlib.rules.registry import Context
from rdlib.words import _, format_date, format_number, plural

# --- the profile -------------------------------------------------------------------------------------------------


def verdict_mark(whole: Profile) -> Mark:
    """Return the shape, word and colour of what a profile is enough for."""
    if whole.ready:
        return Mark("●", whole.word, 4)
    return Mark("◐", whole.word, 3) if whole.enough else Mark("▲", whole.word, 1)


def profiles_table(priority: Priority, context: Context) -> Html:
    """Return for each strategy that was not dropped whether its profile is enough, and what is missing by name."""
    rows: list[list[Cell]] = []
    for strategy in live(priority):
        whole = profile(strategy, priority, context)
        lacking = whole.missing_to_prioritise if not whole.enough else whole.missing_to_begin
        rows.append([inline(name_of(strategy)), badge(verdict_mark(whole)), _lacks(lacking)])
    headers = [_("Strategy"), _("Its profile is"), _("Still missing")]
    if not rows:
        return none_yet(STRATEGIES.label)
    return Html(table(headers, rows, _("How far the profiles are")) + minimum_note())


def minimum_note() -> Html:
    """Say which boxes are the minimum, and that this is our own choice."""
    said_ = _(
        "Six boxes, on grey and marked “to choose”, are what it takes to weigh strategies against each other: "
        "description, outcomes, rationale, scale, resources, impact. The selection is ours."
    )
    return Html(f'<p class="rd rd-key">{e(said_)}</p>')


def _lacks(boxes: tuple[Box, ...]) -> Html:
    if not boxes:
        return nothing(_("nothing"))
    items = "".join(f"<li>{e(box.label)}: {e(box.lacks)}</li>" for box in boxes)
    return Html(f'<ul class="rd-plain">{items}</ul>')


def profile_page(strategy: Strategy, priority: Priority, context: Context, *, milestones: bool = True) -> Html:
    """Return the profile of a strategy on one page: the ten boxes, those of the minimum on grey, the verdict first.

    Args:
        strategy: the strategy.
        priority: its priority.
        context: the plan and the day for which milestones are judged.
        milestones: whether they stand on the page; without them it says how many there are, and leaves out the
            evidence too: both stand in other sections of a report.
    """
    whole = profile(strategy, priority, context)
    bodies = {box.key: _body(box, strategy, priority, context) for box in whole.boxes}
    if not milestones:
        bodies["rationale"] = paragraphs(strategy.because) or bodies["rationale"]
    if strategy.milestones and not milestones:
        n = len(strategy.milestones)
        bodies["milestones"] = (
            f"<p>{e(plural('{n} milestone, in the roadmap.', '{n} milestones, in the roadmap.', n))}</p>"
        )
    boxes = "".join(_box(box, bodies[box.key], small=not milestones) for box in whole.boxes)
    return Html(
        f'<div class="rd rd-profile"><h3>{inline(name_of(strategy))}</h3>'
        f"<p>{badge(verdict_mark(whole))}{_missing_line(whole)}</p>"
        f'<div class="rd-boxes{"" if milestones else " rd-boxes-three"}">{boxes}</div></div>'
    )


def _missing_line(whole: Profile) -> str:
    if whole.ready:
        return ""
    boxes = whole.missing_to_begin if whole.enough else whole.missing_to_prioritise
    return " " + e(_("Missing: {boxes}.").format(boxes=", ".join(box.label.lower() for box in boxes)))


_WIDE = frozenset({"description", "success", "milestones", "impact"})


def _box(box: Box, body: str, *, small: bool) -> str:
    look = " rd-profile-least" if box.in_minimum else ""
    look += " rd-profile-wide" if box.key in (frozenset({"description"}) if small else _WIDE) else ""
    note = f' <span class="rd-below">{e(_("to choose"))}</span>' if box.in_minimum else ""
    lacks = ""
    if not box.filled:
        kind = Severity.NOTE if box.in_minimum and box.enough else Severity.MISSING
        lacks = f"<p>{badge(Mark(kind.shape, _('missing: {what}').format(what=box.lacks), kind.rank + 1))}</p>"
    return f'<section class="rd-profile-box{look}"><h4>{e(box.label)}{note}</h4>{body}{lacks}</section>'


def _body(box: Box, strategy: Strategy, priority: Priority, context: Context) -> str:
    plan = context.plan
    if box.key == "description":
        return paragraphs(strategy.description)
    if box.key == "outcomes":
        return _outcomes(strategy, priority)
    if box.key == "rationale":
        return _rationale(strategy)
    if box.key == "scale":
        return paragraphs(strategy.scale)
    if box.key == "resources":
        return _resources(strategy)
    if box.key == "success":
        by = f"<p>{e(_('By {when}.').format(when=format_when(strategy.success_by)))}</p>" if strategy.success_by else ""
        return paragraphs(strategy.success) + by
    if box.key == "milestones":
        return milestones_table([strategy], plan, context.as_of) if strategy.milestones else ""
    if box.key == "leadership":
        name = plan.person(strategy.leader) or strategy.leader
        return f"<p>{inline(name)}</p>" if name else ""
    if box.key == "chain":
        return _chains(strategy, priority)
    return _impact(strategy, priority)


def _outcomes(strategy: Strategy, priority: Priority) -> str:
    items = [f"<li>{inline(o.statement or o.id)}</li>" for o in outcomes_of(strategy, priority)]
    targets = [
        f"<li>{inline(i.name or i.id)}: {inline(target_words(i) or _('no target yet'))}</li>"
        for i in indicators_of(strategy, priority)
    ]
    return f"<ul>{''.join(items + targets)}</ul>" if items or targets else ""


def _rationale(strategy: Strategy) -> str:
    kind = field_of(Strategy, "evidence_kind").choice(strategy.evidence_kind)
    evidence = said(strategy.evidence)
    label = _("Evidence ({kind}):").format(kind=kind.label.lower()) if kind else _("Evidence:")
    shown = f"<p><strong>{e(label)}</strong> {inline(evidence)}</p>" if evidence else ""
    return paragraphs(strategy.because) + shown


def _resources(strategy: Strategy) -> str:
    needs = strategy.resources
    rows = ((_("People"), needs.people), (_("Money"), needs.money), (_("Technology"), needs.technology))
    return "".join(f"<p><strong>{e(label)}:</strong> {inline(said(text))}</p>" for label, text in rows if said(text))


def _chains(strategy: Strategy, priority: Priority) -> str:
    items = []
    for chain in chains_of(strategy, priority):
        counts = [
            plural("{n} actor", "{n} actors", len(chain.actors)),
            plural("{n} level", "{n} levels", len(chain.levels)),
            plural("{n} feedback loop", "{n} feedback loops", len(chain.loops)),
        ]
        items.append(f"<li>{inline(chain.title or chain.id)}: {e(', '.join(counts))}</li>")
    return f"<ul>{''.join(items)}</ul>" if items else ""


def _impact(strategy: Strategy, priority: Priority) -> str:
    items = []
    for indicator in priority.indicators:
        for effect in indicator.effects:
            if effect.strategy == strategy.id and (words := effect_words(effect, strategy, indicator.unit)):
                items.append(f"<li>{inline(indicator.name or indicator.id)}: {e(words)}</li>")
    if items:
        return f"<ul>{''.join(items)}</ul>"
    placed = number(strategy.impact)
    return f"<p>{e(_('Placed at {n} of 10.').format(n=format_number(placed)))}</p>" if placed is not None else ""


def effect_words(effect: Effect, strategy: Strategy | None, unit: str | None) -> str:
    """Say in a line what an effect adds, its range, and from when to when it grows; empty where it has no size.

    >>> from rdlib.plan.values import read_period
    >>> full = Effect("e1", size=8.0, certainty="likely", start=read_period("2002-08"), full=read_period("2003-09"))
    >>> effect_words(full, Strategy("s1"), "%")
    '8 points (4.8 to 9.6), from August 2002, in full by September 2003'
    """
    size = number(effect.size)
    if size is None:
        return ""
    counted = estimate(effect, strategy)
    amount = gap_words(size, unit)
    if effect.counts not in {None, "lasting"}:
        choice = field_of(Effect, "counts").choice(effect.counts)
        amount = _("{amount}, {how}").format(amount=amount, how=choice.label.lower() if choice else "")
    if counted is None:
        return amount
    low, high = format_number(round(counted.size.low, 2)), format_number(round(counted.size.high, 2))
    begins = effect.start or (strategy.start if strategy else None)
    said_ = _("{amount} ({low} to {high})").format(amount=amount, low=low, high=high)
    if begins:
        said_ = _("{what}, from {when}").format(what=said_, when=format_when(begins))
    ends = effect.full or (strategy.end if strategy else None)
    if counted.shape != "at-once" and ends:
        said_ = _("{what}, in full by {when}").format(what=said_, when=format_when(ends))
    return said_


# --- milestones --------------------------------------------------------------------------------------------------


def milestone_mark(milestone: Milestone, as_of: date) -> Mark:
    """Return the shape, word and colour of where a milestone stands on a day."""
    when = milestone.when
    if milestone.reached is not None and milestone.reached <= as_of:
        late = when is not None and milestone.reached > when.end
        day = format_date(milestone.reached)
        return (
            Mark("◐", _("reached late, {day}").format(day=day), 3)
            if late
            else Mark("●", _("reached {day}").format(day=day), 4)
        )
    if when is not None and when.end < as_of:
        return Mark("▲", _("overdue"), 1)
    return Mark("–", _("still ahead"), 0)


def milestones_table(strategies: Iterable[Strategy], plan: Plan, as_of: date) -> Html:
    """Return the milestones of strategies in the order of time, with who sees to each and where it stands.

    Args:
        strategies: the strategies; with several of them, each row names its own.
        plan: the plan, for the names of people.
        as_of: the day for which they are judged.
    """
    several = list(strategies)
    found = sorted(
        ((m, s) for s in several for m in s.milestones if m != Milestone(m.id)),
        key=lambda pair: pair[0].when.end if pair[0].when else date.max,
    )
    rows: list[list[Cell]] = []
    for milestone, strategy in found:
        row: list[Cell] = [
            inline(said(milestone.title)) if said(milestone.title) else nothing(),
            format_when(milestone.when) if milestone.when else nothing(_("no date")),
            answer(field_of(Milestone, "owner"), milestone.owner, plan),
            badge(milestone_mark(milestone, as_of)),
        ]
        rows.append([*row, inline(name_of(strategy))] if len(several) > 1 else row)
    headers = [_("What will be true"), _("By"), _("Who"), _("Where it stands")]
    if len(several) > 1:
        headers.append(_("Strategy"))
    caption = _("Milestones") if len(several) > 1 else _("On the way")
    return table(headers, rows, caption) if rows else none_yet(_("Milestones"))


def resources_table(priority: Priority) -> Html:
    """Return what each strategy takes: people, money, technology; nothing where none says anything."""
    rows: list[list[Cell]] = []
    for strategy in live(priority):
        needs = strategy.resources
        if any(map(said, (needs.people, needs.money, needs.technology))):
            rows.append([inline(name_of(strategy)), needs.people, needs.money, needs.technology])
    headers = [_("Strategy"), _("People and their time"), _("Money"), _("Technology and space")]
    return table(headers, rows, _("Resources required")) if rows else none_yet(_("Resources required"))


# --- the path ----------------------------------------------------------------------------------------------------


def path_table(path: Trajectory | NoPath) -> Html:
    """Return the path of an indicator period by period: what each strategy adds, the sum, its range, the step set."""
    if isinstance(path, NoPath):
        said_ = _("The path cannot be computed: {reason}.").format(reason=path.reason)
        return Html(f'<p class="rd rd-empty">{e(said_)}</p>')
    unit = path.indicator.unit
    fine = path.decimals
    steps = {s.when.end: v for s in path.indicator.trajectory if s.when and (v := number(s.value)) is not None}
    rows: list[list[Cell]] = []
    for n, period in enumerate(path.periods):
        low, high = path.together[n]
        step = steps.get(period.end)
        cells: list[Cell] = [
            format_when(path.due if period is path.periods[-1] else period),
            round(path.without[n], fine),
        ]
        cells += [round(path.sign * part.amounts[n].middle, fine) for part in path.parts]
        cells += [round(path.path[n], fine), _("{low} to {high}").format(low=_n(low, fine), high=_n(high, fine))]
        rows.append([*cells, nothing("–") if step is None else step])
    headers = [
        _("By the end of"),
        _("Without them"),
        *(part.name for part in path.parts),
        _("Together"),
        _("Range, all low to all high"),
        _("Intermediate target"),
    ]
    name = path.indicator.name or path.indicator.id
    caption = _("The path of {indicator}").format(indicator=name)
    if unit:
        caption = _("{what}, in {unit}").format(what=caption, unit=unit)
    return table(headers, rows, caption, numeric=range(1, len(headers)))


def _n(value: float, decimals: int) -> str:
    return format_number(round(value, decimals))


def effects_table(priority: Priority, plan: Plan) -> Html:
    """Return what each strategy is expected to add to each indicator, how sure that is, and where it comes from."""
    rows: list[list[Cell]] = []
    for indicator in priority.indicators:
        for effect in indicator.effects:
            if effect == Effect(effect.id):
                continue
            strategy = strategy_of(effect, priority)
            rows.append(
                [
                    inline(name_of(strategy)) if strategy else nothing(_("no strategy")),
                    inline(indicator.name or indicator.id),
                    effect_words(effect, strategy, indicator.unit) or nothing(_("no size yet")),
                    answer(field_of(Effect, "certainty"), effect.certainty),
                    inline(said(effect.basis)) if said(effect.basis) else nothing(),
                ]
            )
    headers = [_("Strategy"), _("Indicator"), _("What it adds"), _("How sure"), _("How the size was worked out")]
    return table(headers, rows, _("What each strategy adds")) if rows else none_yet(_("Effects of strategies"))

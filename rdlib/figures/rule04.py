"""The static faces of rule 4: candidates, matrix, mix with its time line, feasibility, and the architecture review."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from rdlib.figures.board import board_figure
from rdlib.figures.html import Cell, Html, Mark, badge, e, inline, not_attempted, nothing, scroll_box, table
from rdlib.figures.ratings import agreement, facts_cell, movement_table
from rdlib.figures.records import answer, answer_text, format_amount, none_yet, record_table, target_words
from rdlib.figures.timeline import Bar, Day, timeline
from rdlib.plan.fields import field_of
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.review import REVIEWS, ArchitectureReview
from rdlib.plan.strategy import STRATEGIES, Strategy
from rdlib.plan.values import format_when
from rdlib.rules import r04_candidates as candidates
from rdlib.rules import r04_matrix as matrix
from rdlib.rules import r04_mix as mix
from rdlib.rules import r04_review as review
from rdlib.rules.boards import names_of
from rdlib.rules.findings import Severity
from rdlib.rules.r02_smart import goal
from rdlib.rules.registry import Context
from rdlib.words import _, format_date

_ANSWERS = {
    candidates.Answer.YES: ("●", 4),
    candidates.Answer.NO: ("▲", 1),
    candidates.Answer.OPEN: ("–", 0),
}
_KINDS = {
    candidates.Kind.STRATEGY: ("●", 4),
    candidates.Kind.INITIATIVE: ("▲", 1),
    candidates.Kind.OPEN: ("◐", 3),
}
_SHAPES = tuple(severity.shape for severity in Severity)


def kind_mark(kind: candidates.Kind) -> Mark:
    """Return the shape, word and colour of what a candidate is (tool 4.1)."""
    shape, look = _KINDS[kind]
    return Mark(shape, kind.word, look)


def answer_mark(answered: candidates.Answer) -> Mark:
    """Return the shape, word and colour of one of the marks of a strategy (tool 4.1)."""
    shape, look = _ANSWERS[answered]
    return Mark(shape, answered.word, look)


def feasibility_mark(rating: int | None) -> Mark | None:
    """Return the shape, word and colour of a political feasibility (tool 4.4); None where it is not rated."""
    choice = field_of(Strategy, "feasibility").choice(str(rating))
    if rating is None or choice is None:
        return None
    return Mark(_SHAPES[rating - 1], f"{rating} {choice.label}", rating)


def _status(strategy: Strategy) -> str:
    choice = field_of(Strategy, "status").choice(strategy.status or "candidate")
    return choice.label if choice else ""


def candidates_table(priority: Priority) -> Html:
    """Return the candidates with the three marks of a strategy, what describes them, and the verdict (tool 4.1)."""
    rows: list[list[Cell]] = []
    for strategy in candidates.strategies(priority):
        verdict = candidates.verdict(strategy, priority)
        answers = {mark.key: mark for mark in verdict.marks}
        cells: list[Cell] = [
            Html(f"{badge(answer_mark(answers[key].answer))}") for key in ("tied", "bounded", "system")
        ]
        described = [answers[key].answer for key in ("change", "because")]
        told = candidates.Answer.YES if set(described) == {candidates.Answer.YES} else candidates.Answer.OPEN
        lacks = "; ".join(verdict.lacks)
        said = f"<br>{e(lacks)}" if lacks else ""
        verdict_cell = Html(f"{badge(kind_mark(verdict.kind))}{said}")
        rows.append([inline(candidates.name_of(strategy)), *cells, badge(answer_mark(told)), verdict_cell])
    headers = [
        _("Candidate"),
        _("Tied to a target"),
        _("Begins and ends"),
        _("Changes the system"),
        _("Says what changes and why"),
        _("What it is"),
    ]
    return table(headers, rows, _("Strategy or initiative?")) if rows else none_yet(STRATEGIES.label)


def descriptions(priority: Priority, plan: Plan, *, elsewhere: Collection[str] = ()) -> Html:
    """Return what each candidate changes and why that moves the indicator, one table each (tool 4.1).

    Those that were dropped stand in the table of decisions alone, with the reason.

    Args:
        priority: the priority.
        plan: its plan.
        elsewhere: ids of those whose profile is shown too: of them only what a profile does not say.
    """
    parts = []
    told = [s for s in candidates.live(priority) if s.id in elsewhere]
    if any(s.changes or s.system_how for s in told):
        names_only = ("title", "changes", "system_how", "start", "end")
        parts.append(record_table(told, _("What they change"), only=names_only, plan=plan, priority=priority))
    for strategy in candidates.live(priority):
        if strategy.id in elsewhere:
            continue
        names = ("description", "indicators", "changes", "because", "system_how", "start", "end", "leader")
        rows: list[list[Cell]] = []
        for name in names:
            value, field = getattr(strategy, name), field_of(Strategy, name)
            if answer_text(field, value, plan, priority=priority):
                rows.append([field.label, answer(field, value, plan, priority=priority)])
        if rows:
            parts.append(table([_("Asked"), _("Answer")], rows, candidates.name_of(strategy)))
    return Html("".join(parts))


def matrix_figure(priority: Priority, plan: Plan) -> Html:
    """Return the matrix of impact and difficulty (tool 4.2)."""
    items = matrix.items(priority, plan)
    if not items:
        return not_attempted(matrix.MATRIX.title)
    return board_figure(matrix.MATRIX, items, names_of(matrix.MATRIX, plan))


def evidence_table(priority: Priority) -> Html:
    """Return what the impact and the difficulty of each strategy rest on (tool 4.2)."""
    told = [
        s
        for s in candidates.strategies(priority)
        if s.impact is not None or s.difficulty is not None or s.evidence_kind or s.evidence
    ]
    rows: list[list[Cell]] = []
    for strategy in told:
        kind = field_of(Strategy, "evidence_kind").choice(strategy.evidence_kind)
        rows.append(
            [
                inline(candidates.name_of(strategy)),
                _rests(strategy, "impact", kind.label if kind else "", strategy.evidence),
                _rests(strategy, "difficulty", "", strategy.difficulty_why),
            ]
        )
    if not rows:
        return none_yet(_("What the places rest on"))
    headers = [_("Strategy"), _("Impact, and the evidence for it"), _("Difficulty, and what makes it so")]
    return table(headers, rows, _("What the places rest on"))


def _rests(strategy: Strategy, name: str, kind: str, why: str | None) -> Html:
    """A place on an axis with what it rests on: the number first, the reasons below it."""
    value = format_amount(getattr(strategy, name))
    head = f"<strong>{e(value)}</strong>" if value else nothing(_("not placed yet"))
    said = candidates.said(why)
    by = f" ({e(kind.lower())})" if kind else ""
    return Html(f"{head}{by}<br>{inline(said) if said else nothing(_('not said'))}")


def coverage_table(priority: Priority) -> Html:
    """Return each target with the chosen strategies that are to reach it, and the strategies that have none (4.3)."""
    rows: list[list[Cell]] = []
    for each in mix.coverage(priority):
        names = "\n".join(candidates.name_of(s) for s in each.strategies)
        found = inline(names) if names else badge(Mark("▲", _("no strategy"), 1))
        rows.append([inline(each.indicator.name or each.indicator.id), target_words(each.indicator), found])
    for strategy in mix.orphans(priority):
        none = badge(Mark("◆", _("no target"), 2))
        rows.append([none, nothing("–"), inline(candidates.name_of(strategy))])
    headers = [_("Indicator"), _("Target"), _("Chosen strategies that are to move it")]
    return table(headers, rows, _("Is every target covered?")) if rows else none_yet(_("Targets"))


def decisions_table(priority: Priority, plan: Plan) -> Html:
    """Return which strategies were chosen, which dropped, and why, and those still open (tool 4.3)."""
    parts = []
    for status, caption, names in (
        ("chosen", _("Chosen, and why"), ("title", "status_why", "together", "leader")),
        ("dropped", _("Dropped, and why"), ("title", "status_why")),
    ):
        decided = [s for s in candidates.strategies(priority) if s.status == status]
        if decided or status == "chosen":
            parts.append(record_table(decided, caption, only=names, plan=plan, priority=priority))
    still_open = [candidates.name_of(s) for s in candidates.live(priority) if s.status != "chosen"]
    if still_open:
        names_said = ", ".join(_("“{name}”").format(name=name) for name in still_open)
        parts.append(Html(f'<p class="rd">{e(_("Still to decide: {names}.").format(names=names_said))}</p>'))
    return Html("".join(parts))


def order_table(priority: Priority) -> Html:
    """Return the proposed order of the chosen strategies, or the circle that stands in its way (tool 4.3)."""
    found = mix.order(priority)
    if found.circles:
        circles = [
            " → ".join(_("“{name}”").format(name=candidates.name_of(s)) for s in (*circle, circle[0]))
            for circle in found.circles
        ]
        text = _("No order can be proposed while strategies wait for each other: {circles}.").format(
            circles="; ".join(circles)
        )
        return Html(f'<p class="rd">{badge(Severity.WEAK)} {e(text)}</p>')
    rows: list[list[Cell]] = []
    for n, step in enumerate(found.steps, start=1):
        strategy = step.strategy
        clash = [c for c in found.clashes if c.strategy is strategy]
        when = _dates(strategy)
        if clash:
            when = Html(f"{when} {badge(Mark('◆', _('too early'), 2))}")
        after = "\n".join(candidates.name_of(s) for s in step.after)
        zone = matrix.zone_of(strategy)
        place = matrix.MATRIX.zone(zone).name if zone else ""
        rows.append([f"{n} {candidates.name_of(strategy)}", place or nothing(_("not placed yet")), when, after or "–"])
    headers = [_("Proposed order"), _("Where it lies"), _("Planned"), _("Waits for")]
    caption = _("Proposed order: what others wait for first, then quick wins before the transformative")
    return table(headers, rows, caption) if rows else none_yet(_("Chosen strategies"))


def _dates(strategy: Strategy) -> Html:
    if strategy.start is None and strategy.end is None:
        return nothing(_("no dates"))
    start = format_when(strategy.start) if strategy.start else "?"
    end = format_when(strategy.end) if strategy.end else "?"
    return inline(_("{start} to {end}").format(start=start, end=end))


def bars_of(priority: Priority) -> tuple[tuple[Bar, ...], tuple[Strategy, ...]]:
    """Return the chosen strategies as bars, the earliest first, and those whose dates do not make one."""
    found = mix.order(priority)
    places = {step.strategy.id: n for n, step in enumerate(found.steps)}
    picked = candidates.chosen(priority)
    dated = [s for s in picked if s.start and s.end and s.start.start <= s.end.end]
    bars = []
    for strategy in sorted(dated, key=lambda s: (s.start.start if s.start else None, places.get(s.id, 0))):
        if strategy.start is None or strategy.end is None:
            continue
        zone = matrix.zone_of(strategy)
        notes = [matrix.MATRIX.zone(zone).name] if zone else []
        notes.append(_("{start} to {end}").format(start=format_when(strategy.start), end=format_when(strategy.end)))
        bars.append(
            Bar(
                strategy.id,
                candidates.name_of(strategy),
                ", ".join(notes),
                strategy.start.start,
                strategy.end.end,
                strategy.depends_on,
                strong=zone == matrix.QUICK_WINS,
            )
        )
    return tuple(bars), tuple(s for s in picked if s not in dated)


def timeline_figure(priority: Priority, context: Context) -> Html:
    """Return when the chosen strategies run, what waits for what, and when the targets fall due (tool 4.3)."""
    title = _("When the chosen strategies run")
    bars, undated = bars_of(priority)
    left_out = ""
    if undated:
        names = ", ".join(_("“{name}”").format(name=candidates.name_of(s)) for s in undated)
        left_out = f"<p>{e(_('Without a beginning and an end, so not drawn: {names}.').format(names=names))}</p>"
    if not bars:
        return Html(f'<div class="rd">{none_yet(_("Chosen strategies with dates"))}{left_out}</div>')
    names_by_id = {bar.id: bar.name for bar in bars}
    says = " ".join(
        _("{name}: {start} to {end}.").format(name=bar.name, start=format_date(bar.start), end=format_date(bar.end))
        + "".join(
            " " + _("It waits for {other}.").format(other=names_by_id[id_]) for id_ in bar.after if id_ in names_by_id
        )
        for bar in bars
    )
    drawing = timeline(bars, marked_days(priority, context, bars), title, says)
    drawn = f'<div class="rd-drawing" style="font-size:0">{drawing}</div>'
    key = _(
        "Filled: quick wins. Arrows lead from a strategy to the one that waits for it; dashed: it begins too early."
    )
    return Html(
        f'<figure class="rd rd-figure"><figcaption class="rd-caption">{inline(title)}'
        f'<p class="rd-key">{e(key)}</p></figcaption>{scroll_box(title, drawn)}{left_out}</figure>'
    )


def marked_days(priority: Priority, context: Context, bars: Sequence[Bar]) -> list[Day]:
    """The days to mark: when targets fall due, the end of the mandate, and the day of the report."""
    due: dict[date, list[str]] = {}
    for indicator in priority.indicators:
        aim = goal(indicator, context)
        if candidates.carries_target(indicator) and aim.due is not None:
            due.setdefault(aim.due.end, []).append(indicator.name or indicator.id)
    days = [
        Day(day, _("Target falls due") if len(names) == 1 else _("{n} targets fall due").format(n=len(names)))
        for day, names in due.items()
    ]
    first, last = min(bar.start for bar in bars), max([bar.end for bar in bars] + [d.day for d in days])
    if context.plan.mandate_end and first <= context.plan.mandate_end:
        days.append(Day(context.plan.mandate_end, _("Mandate ends")))
    if first <= context.as_of <= last:
        days.append(Day(context.as_of, _("As of")))
    return days


def feasibility_table(priority: Priority) -> Html:
    """Return the political feasibility of each strategy beside its impact and its difficulty (tool 4.4)."""
    rows: list[list[Cell]] = []
    for strategy in candidates.strategies(priority):
        mark = feasibility_mark(strategy.feasibility)
        why = candidates.said(strategy.feasibility_why)
        rows.append(
            [
                inline(candidates.name_of(strategy)),
                _status(strategy),
                _value(strategy, "impact"),
                _value(strategy, "difficulty"),
                badge(mark) if mark else badge(None),
                inline(why) if why else nothing(_("not said")),
            ]
        )
    headers = [
        _("Strategy"),
        _("Decision"),
        _("Impact"),
        _("Difficulty"),
        _("Political feasibility"),
        _("Who is for it, who against it"),
    ]
    caption = _("Political feasibility, beside impact and difficulty")
    return table(headers, rows, caption, numeric=[2, 3]) if rows else none_yet(STRATEGIES.label)


def _value(strategy: Strategy, name: str) -> Cell:
    value = format_amount(getattr(strategy, name))
    return Html(value) if value else nothing("–")


def review_table(priority: Priority, context: Context) -> Html:
    """Return the latest review of the architecture beside what the plan itself shows (tool 4.5)."""
    latest = review.latest(priority, context)
    rows: list[list[Cell]] = []
    for each in review.shown(priority, context.plan):
        rated = review.rating(latest, each.key) if latest else None
        said = review.notes(latest, each.key) if latest else ""
        rows.append(
            [
                Html(f'{inline(each.title)}<br><small style="font-weight:400">{inline(each.asks)}</small>'),
                badge(rated),
                inline(said) if said else nothing(_("no notes")),
                facts_cell(each),
                agreement(rated, each),
            ]
        )
    when = _("not dated")
    if latest and latest.day:
        when = format_date(latest.day)
    caption = _("Delivery architecture: the judgement of people and what the plan shows ({when})").format(when=when)
    headers = [_("Element"), _("Rating"), _("Notes"), _("What the plan shows"), _("Do they agree?")]
    return table(headers, rows, caption)


def review_history(priority: Priority, context: Context) -> Html:
    """Return all dated reviews, the earliest first, so that the movement can be seen; nothing for fewer than two."""
    dated = [r for r in review.known(priority, context) if r.day is not None]
    labels = [field_of(ArchitectureReview, key).label for key in review.ELEMENTS]
    days = [(format_date(r.day), [review.rating(r, key) for key in review.ELEMENTS]) for r in dated if r.day]
    return movement_table(labels, days, _("{label}: how they moved").format(label=REVIEWS.label))


def strategy_in_full(strategy: Strategy, priority: Priority, plan: Plan) -> Html:
    """Return one strategy as it stands in the plan, with its verdict: the worked example of the workbook."""
    verdict = candidates.verdict(strategy, priority)
    rows: list[list[Cell]] = [[_("What it is"), badge(kind_mark(verdict.kind))]]
    for name in ("indicators", "changes", "because", "changes_system", "system_how", "start", "end", "leader"):
        field = field_of(Strategy, name)
        rows.append([field.label, answer(field, getattr(strategy, name), plan, priority=priority)])
    for name in ("impact", "evidence_kind", "evidence", "difficulty", "difficulty_why", "feasibility_why"):
        field = field_of(Strategy, name)
        rows.append([field.label, answer(field, getattr(strategy, name), plan, priority=priority)])
    mark = feasibility_mark(strategy.feasibility)
    if mark:
        rows.insert(-1, [field_of(Strategy, "feasibility").label, badge(mark)])
    return table([_("Asked"), _("Answer")], rows, candidates.name_of(strategy))

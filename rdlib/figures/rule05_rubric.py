"""The scored rubric: ratings side by side, what was agreed, what the plan supports, and how it moved (tool 5.6)."""

from __future__ import annotations

from rdlib.figures.html import Cell, Html, details, e, inline, not_attempted, table
from rdlib.figures.ratings import agreed_table, facts_cell, letters, movement_table, reasons_table, scored_table
from rdlib.plan.fields import field_of, fields_of
from rdlib.plan.priority import Priority
from rdlib.plan.rubric import RUBRIC, RUBRIC_AGREED, RubricRating
from rdlib.rules import r05_rubric as rubric
from rdlib.rules.ratings import decisions, items_of
from rdlib.rules.registry import Context
from rdlib.words import _, format_date, plural

#: From so many days on, the agreed ratings have a table of their movement.
_DAYS = 3


def _groups() -> dict[str, str]:
    return {key: field_of(RubricRating, key).label for key in rubric.DIMENSIONS}


def rubric_table(priority: Priority, context: Context) -> Html:
    """Return the rubric with the ratings of everybody, what was agreed, and what the plan supports.

    Args:
        priority: the priority.
        context: its plan and the day; what came later is left out.

    >>> from datetime import date
    >>> from rdlib.plan.plan import Plan
    >>> "not attempted yet" in rubric_table(Priority(id="waits"), Context(Plan(), date(2026, 1, 1)))
    True
    """
    if not rubric.attempted(priority, context):
        return not_attempted(RUBRIC.label)
    people = rubric.raters(priority, context)
    said = []
    if named := letters(people):
        said.append("; ".join(f"{letter}: {name}" for name, letter in named) + ".")
    elif people:
        said.append(plural("Rated by {n} person.", "Rated by {n} people.", len(people)))
    known = decisions(RUBRIC_AGREED, context.plan, context.as_of, priority)
    if known:
        row = known[-1][0]
        who = (context.plan.person(row.person) or "").strip() or _("nobody named")
        when = format_date(row.day) if row.day else _("not dated")
        said.append(_("Last agreed: {when}, decided by {who}.").format(when=when, who=who))
    if len(known) > 1:
        said.append(_("A day marks what was agreed on then."))
    said.append(_("“plan” marks the rating that is supported by what can be looked up in the plan; people decide."))
    table_ = scored_table(
        rubric.judged(priority, context), people, _("The delivery plan, rated on eight criteria"), _groups()
    )
    return Html(f'{table_}<p class="rd rd-key">{e(" ".join(said))}</p>')


def rubric_reasons(priority: Priority, context: Context) -> Html:
    """Return what the ratings rest on: what was agreed and why, with what each person says on request.

    Where not everything is agreed on yet, what each person says stands open.
    """
    people, judged = rubric.raters(priority, context), rubric.judged(priority, context)
    everybody = reasons_table(judged, people, _("What the ratings rest on"))
    if any(each.agreed is None for each in judged):
        return everybody
    agreed = agreed_table(judged, _("What was agreed, and what the plan shows"))
    return Html(agreed + (details(_("What each of them says shows it"), everybody) if people else ""))


def facts_table(priority: Priority, context: Context) -> Html:
    """Return what the plan itself proves of each criterion, before anybody has rated it."""
    rows: list[list[Cell]] = [
        [
            Html(f'{inline(j.facts.title)}<br><small style="font-weight:400">{inline(j.facts.asks)}</small>'),
            facts_cell(j.facts),
            _("Only people can judge {what}.").format(what=j.facts.unseen),
        ]
        for j in rubric.judged(priority, context)
    ]
    headers = [_("Criterion"), _("What the plan proves, and the rating that this supports"), _("What it cannot prove")]
    return table(headers, rows, _("Criterion by criterion, without anybody's rating"))


def rubric_history(priority: Priority, context: Context) -> Html:
    """Return how the agreed ratings moved; nothing for fewer than three days: two stand in the rubric itself."""
    items = items_of(RubricRating)
    known = decisions(RUBRIC_AGREED, context.plan, context.as_of, priority)
    days = [(format_date(row.day), [item.rating(row) for item in items]) for row, _where in known if row.day]
    if len(days) < _DAYS:
        return Html("")
    return movement_table([item.label for item in items], days, _("The agreed ratings: how they moved"))


def levels_table() -> Html:
    """Return what each level of each criterion means: the two ends are the source's, those between them are ours."""
    rows: list[list[Cell]] = []
    for key in rubric.DIMENSIONS:
        group = field_of(RubricRating, key)
        for field in fields_of(group.record or RubricRating):
            if field.choices:
                rows.append(
                    [
                        Html(
                            f'<small style="font-weight:400">{e(group.label)}</small><br>{inline(field.label)}<br>'
                            f'<small style="font-weight:400">{inline(field.help)}</small>'
                        ),
                        *(choice.describes for choice in field.choices),
                    ]
                )
    words = [f"{choice.value} {choice.label}" for choice in items_of(RubricRating)[0].field.choices]
    caption = _("The rubric: the ends are the source's, in our words; the levels between them are ours")
    return details(_("What each level means"), table([_("Criterion"), *words], rows, caption))

"""The assessment of a priority: who sees it how, what was agreed, what the data says, and how it moved (tool 7.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from rdlib.figures.html import (
    Cell,
    Html,
    Mark,
    badge,
    details,
    e,
    inline,
    mark_of,
    not_attempted,
    nothing,
    scroll_box,
    table,
)
from rdlib.figures.ratings import Rated, letters, movement_table, rating_picture, reasons_table, scored_table
from rdlib.figures.rule02 import status_badge
from rdlib.figures.svg import Part, drawing, text_block
from rdlib.plan.assessment import Assessment
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.values import format_when
from rdlib.rules import r07_assessment as assessing
from rdlib.rules.headline import gap_words
from rdlib.rules.r07_assessment_data import REACHES, SHORT, Reading, readings
from rdlib.rules.r07_hindsight import in_words, scored
from rdlib.rules.ratings import items_of, names_in_words
from rdlib.rules.registry import Context
from rdlib.words import _, format_date, format_number, language

_WIDTH = 720
_LEFT = 130  # the names of the four likelihoods
_BAND = 44
_SIZE, _LEADING = 13, 17
_LOOKS = {1: ("#8F1414", "#FFFFFF"), 2: ("#F28C38", "#1A1A1A"), 3: ("#D7E8A0", "#1A1A1A"), 4: ("#3BA783", "#1A1A1A")}
#: So many of the latest assessments are drawn.
DRAWN = 12


def _title(priority: Priority) -> str:
    return (priority.title or "").strip() or priority.id


def spread_picture(priority: Priority, context: Context) -> Html:
    """Return how people rate each of the six in the latest round, before they agree, and how far they are apart.

    Args:
        priority: the priority.
        context: its plan and the day; what came later is left out.

    >>> from rdlib.plan.plan import Plan
    >>> spread_picture(Priority(id="waits"), Context(Plan(), date(2026, 1, 1)))
    ''
    """
    everybody = assessing.raters(priority, context)
    if not everybody:
        return Html("")
    found = assessing.spread(priority, context)
    rows = [Rated(each, "", each.item.label) for each in found]
    return rating_picture(
        rows,
        _("How people see it, before they agree"),
        low=_("problematic"),
        high=_("on its way"),
        count=len(everybody),
        key=assessing.agreement_in_words(found),
    )


def assessment_table(priority: Priority, context: Context) -> Html:
    """Return who rates what how, what was agreed on, by whom and when."""
    if not assessing.attempted(priority, context):
        return not_attempted(_("Assessment framework"))
    people = assessing.raters(priority, context)
    said = []
    if named := letters(people):
        said.append("; ".join(f"{letter}: {name}" for name, letter in named) + ".")
    last = assessing.last_agreed(priority, context.as_of)
    if last is not None and last.day is not None:
        who = [(context.plan.person(name) or "").strip() for name in last.raters]
        said.append(
            _("Agreed on {when} by {who}.").format(
                when=format_date(last.day), who=names_in_words([name for name in who if name]) or _("nobody named")
            )
        )
    said.append(_("Beside the ratings stands what the data says; a colour is a judgement, and never a probability."))
    drawn = scored_table(assessing.judged(priority, context), people, _("Assessment: {title}").format(
        title=_title(priority)
    ))  # fmt: skip
    return Html(f'{drawn}<p class="rd rd-key">{e(" ".join(said))}</p>')


def reasons(priority: Priority, context: Context) -> Html:
    """Return for each of the six what people say shows it, and what the data says."""
    if not assessing.attempted(priority, context):
        return Html("")
    people = assessing.raters(priority, context)
    return reasons_table(assessing.judged(priority, context), people, _("What the ratings rest on"))


def _trend_cell(each: Reading) -> Html:
    if each.trend == REACHES:
        mark = badge(Mark("●", _("would reach it"), 4))
    elif each.trend == SHORT:
        mark = badge(Mark("◆", _("would fall short"), 2))
    elif each.trend is not None:
        mark = badge(Mark("◐", _("could go either way"), 3))
    else:
        return Html(f"{nothing(_('nothing can be said'))}<br>{inline(each.trend_says)}")
    return Html(f"{mark}<br>{inline(each.trend_says)}")


def _path_cell(each: Reading) -> Html:
    if each.behind is None:
        return nothing(_("no path to compare with"))
    if each.behind == 0:
        return badge(Mark("●", _("on its path"), 4))
    behind = gap_words(each.behind, each.indicator.unit)
    return Html(f"{badge(Mark('◆', _('behind its path'), 2))}<br>{e(behind)}")


def data_table(priority: Priority, context: Context) -> Html:
    """Return what the data alone says of each target: status, gap, trend and path; nobody's judgement is in it."""
    found = readings(priority, context)
    if not found:
        return Html(f'<p class="rd rd-empty">{e(_("There is no target that figures could be held against."))}</p>')
    rows: list[list[Cell]] = []
    for each in found:
        last: Cell = nothing(_("no figure yet"))
        if each.last is not None:
            value = format_number(each.last.value, each.indicator.unit)
            last = _("{value} ({when})").format(value=value, when=format_when(each.last.when))
        gap: Cell = nothing(_("cannot be said"))
        if each.gap is not None:
            gap = gap_words(each.gap, each.indicator.unit) if each.gap else _("none")
        rows.append(
            [
                Html(f"{inline(each.name)}<br><small>{inline(each.target)}</small>"),
                status_badge(each.status), last, gap, _trend_cell(each), _path_cell(each),
            ]
        )  # fmt: skip
    headers = [_("Target"), _("Status"), _("Latest value"), _("Missing"), _("The trend alone"), _("Planned path")]
    return table(headers, rows, _("What the data alone says"))


# --- over time ------------------------------------------------------------------------------------------------------


def _bands() -> str:
    out = []
    for rating in (4, 3, 2, 1):
        top = (4 - rating) * _BAND
        mark = mark_of(rating)
        out.append(text_block([f"{mark.shape} {mark.word}"], 0, top + _BAND / 2 - 9, _SIZE, _LEADING))
        y = top + _BAND / 2
        out.append(f'<line class="rd-rule" stroke="#CBD2D9" x1="{_LEFT}" y1="{y}" x2="{_WIDTH - 8}" y2="{y}"/>')
    return "".join(out)


def _places(days: Sequence[date]) -> list[float]:
    """Where each day stands: by the calendar, but never closer than the words below it need."""
    left, right = _LEFT + 36.0, _WIDTH - 44.0
    span = (days[-1] - days[0]).days or 1
    least = min(58.0, (right - left) / max(len(days) - 1, 1))
    spare = (right - left) - least * (len(days) - 1)
    places = [left]
    for before, day in pairwise(days):
        places.append(places[-1] + least + spare * (day - before).days / span)
    return places


def _short(day: date) -> str:
    """The day and the month, as the reader's language writes them in little room."""
    from babel.dates import format_date as babel_date

    return babel_date(day, "d MMM", locale=language())


def history_picture(priority: Priority, as_of: date) -> Html:
    """Return how the agreed likelihood of delivery moved from assessment to assessment, as a picture.

    Args:
        priority: the priority.
        as_of: the day; what was agreed later is left out. Fewer than two assessments give nothing.
    """
    known = assessing.agreed(priority, as_of)[-DRAWN:]
    days = [a.day for a in known if a.day is not None]
    if len(known) < 2:
        return Html("")
    places = _places(days)
    bottom = 4 * _BAND
    out = [_bands()]
    points = [
        (x, (4 - (a.likelihood or 1)) * _BAND + _BAND / 2, a.likelihood or 1)
        for x, a in zip(places, known, strict=True)
    ]
    for (x1, y1, _r1), (x2, y2, _r2) in pairwise(points):
        out.append(
            f'<line class="rd-arrow" stroke="#1D4E89" stroke-width="2" x1="{x1:.1f}" y1="{y1}" x2="{x2:.1f}" '
            f'y2="{y2}"/>'
        )
    for (x, y, rating), day in zip(points, days, strict=True):
        fill, ink = _LOOKS[rating]
        mark = mark_of(rating)
        words = f"{mark.shape} {rating}"
        out.append(
            f'<rect class="rd-border" fill="{fill}" stroke="#1F2933" x="{x - 19:.1f}" y="{y - 12}" width="38" '
            f'height="24" rx="12"/><text fill="{ink}" font-size="13" font-weight="600" '
            f'text-anchor="middle" x="{x:.1f}" y="{y + 5}">{e(words)}</text>'
        )
        for line, text in enumerate((_short(day), f"{day:%Y}")):
            out.append(
                f'<text class="rd-q" fill="#52606D" font-size="13" text-anchor="middle" x="{x:.1f}" '
                f'y="{bottom + 18 + 16 * line}">{e(text)}</text>'
            )
    title = _("Likelihood of delivery, as agreed: {title}").format(title=_title(priority))
    says = "; ".join(f"{format_date(day)}: {mark_of(a.likelihood).word}" for day, a in zip(days, known, strict=True))
    height = bottom + 44
    svg = drawing([Part("".join(out), 0, height)], [0, height], _WIDTH, title, f"{says}.")
    drawn = f'<div class="rd-drawing" style="font-size:0">{svg}</div>'
    return Html(
        f'<figure class="rd rd-figure"><figcaption class="rd-caption">{inline(title)}</figcaption>'
        f"{scroll_box(title, drawn)}{details(_('All judgements as a table'), history_table(priority, as_of))}</figure>"
    )


def history_table(priority: Priority, as_of: date) -> Html:
    """Return how all six agreed ratings moved from day to day; nothing for fewer than two days."""
    items = items_of(Assessment)
    days = [
        (format_date(a.day), [item.rating(a) for item in items])
        for a in assessing.agreed(priority, as_of)
        if a.day is not None
    ]
    return movement_table([item.label for item in items], days, _("The agreed ratings: how they moved"))


def hindsight(plan: Plan, as_of: date) -> Html:
    """Return what became of the targets that were rated before they came due: in words, then each in a table."""
    found = scored(plan, as_of)
    said = "".join(f"<p>{e(line)}</p>" for line in in_words(found))
    if not found:
        return Html(f'<div class="rd rd-empty">{said}</div>')
    counted: list[list[Cell]] = []
    for rating in (1, 2, 3, 4):
        of = [each for each in found if each.rating == rating]
        met = sum(1 for each in of if each.met)
        counted.append([badge(rating), float(met), float(len(of) - met)])
    rows: list[list[Cell]] = [
        [
            _("{priority}: {indicator}").format(priority=each.priority, indicator=each.indicator),
            badge(each.rating),
            _("{day}, {n} days ahead").format(day=format_date(each.day), n=format_number(each.ahead)),
            Html(
                badge(Mark("●", _("met"), 4) if each.met else Mark("▲", _("missed"), 1))
                + (f"<br><small>{e(_('the target was changed after the rating'))}</small>" if each.changed else "")
            ),
        ]
        for each in found
    ]
    headers = [_("Target"), _("Last rated"), _("On"), _("What came of it")]
    every = table(headers, rows, _("Each target that came due"))
    counts = table(
        [_("Last rated"), _("Met"), _("Missed")], counted, _("Past ratings, and what came of them"), numeric=(1, 2)
    )
    return Html(f'<div class="rd">{said}{counts}{details(_("Target by target"), every)}</div>')


def levels_table() -> Html:
    """Return what each level of each of the six means."""
    rows: list[list[Cell]] = [
        [
            Html(f'{inline(item.label)}<br><small style="font-weight:400">{inline(item.field.help)}</small>'),
            *(choice.describes for choice in item.field.choices),
        ]
        for item in items_of(Assessment)
    ]
    words = [f"{choice.value} {choice.label}" for choice in items_of(Assessment)[0].field.choices]
    caption = _("What each rating means: the likelihoods as the source has them, the five judgements in our wording")
    return details(_("What each level means"), table([_("What is rated"), *words], rows, caption))

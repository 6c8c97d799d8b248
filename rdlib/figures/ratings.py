"""How people rate several things from 1 to 4: who stands where, what was agreed, what the facts say, what moved.

The picture has one row for each thing and one column for each rating. A round mark holds the number of people who gave
that rating; the middle answer of several people has a ring; an arrow leads from where the middle was to where it is.
The tables set the ratings of people side by side, and beside them what the plan itself shows (Rules 0, 4, 5 and 7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

import attrs

from rdlib.figures.html import Cell, Html, Mark, badge, details, e, inline, mark_of, nothing, scroll_box, table
from rdlib.figures.svg import Part, drawing, text_block, text_width, wrap
from rdlib.rules.findings import Severity
from rdlib.rules.ratings import APART, Facts, Judgement, Person, Spread, disagrees, people_said, word_of
from rdlib.words import _, format_date, format_number

_LABEL = 276  # the column on the left that names what is rated
_COLUMN = 108
_WIDTH = _LABEL + 4 * _COLUMN + 12
_SIZE, _LEADING = 13, 17
_HEAD = 52  # the heads of the columns, with what lies below them
_GROUP = 34  # the head of a group of rows
_RADIUS = 12
_LOOKS = {
    1: ("#8F1414", "#FFFFFF"),
    2: ("#F28C38", "#1A1A1A"),
    3: ("#D7E8A0", "#1A1A1A"),
    4: ("#3BA783", "#1A1A1A"),
}
#: Up to so many people have a letter each in the table of ratings; of more, each rating says how many gave it.
LETTERS = 8
#: So many of the latest days are shown where movement is.
DAYS = 5

_SHAPES = {severity.rank + 1: severity.shape for severity in Severity}


@attrs.frozen
class Rated:
    """A row: how one thing is rated, its group, and what it is called in the drawing."""

    spread: Spread
    group: str
    label: str

    @property
    def lines(self) -> list[str]:
        """The label, as it breaks into lines."""
        return wrap(self.label, _LABEL - 16, _SIZE)

    @property
    def moved(self) -> bool:
        """Whether the middle of those who answered twice is another one now."""
        return self.spread.before is not None and self.spread.before != self.spread.after

    @property
    def height(self) -> int:
        """How high the row is."""
        return max(len(self.lines) * _LEADING, 2 * _RADIUS + (16 if self.moved else 0)) + 18


def _x(rating: int) -> float:
    return _LABEL + (rating - 0.5) * _COLUMN


def _middle_text(text: str, x: float, y: float, size: float, fill: str, look: str = "") -> str:
    kind = f' class="{look}"' if look else ""
    left = x - text_width(text, size, bold=True) / 2
    return f'<text{kind} fill="{fill}" font-size="{size:g}" font-weight="600" x="{left:g}" y="{y:g}">{e(text)}</text>'


def _heads(low: str, high: str) -> str:
    out = [
        f'<rect class="rd-panel" fill="#F3F5F7" x="{_LABEL}" y="0" width="{2 * _COLUMN}" height="22"/>',
        f'<rect class="rd-panel" fill="#F3F5F7" x="{_LABEL + 2 * _COLUMN + 4}" y="0" width="{2 * _COLUMN - 4}" '
        'height="22"/>',
        _middle_text(low, _LABEL + _COLUMN, 16, _SIZE, "#1F2933", "rd-t"),
        _middle_text(high, _LABEL + 3 * _COLUMN, 16, _SIZE, "#1F2933", "rd-t"),
    ]
    for rating, (fill, text) in _LOOKS.items():
        x = _LABEL + (rating - 1) * _COLUMN + 4
        out.append(f'<rect fill="{fill}" x="{x:g}" y="26" width="{_COLUMN - 8}" height="22" rx="8"/>')
        out.append(_middle_text(f"{_SHAPES[rating]} {rating}", _x(rating), 42, 14, text))
    return "".join(out)


def _mark(count: int, x: float, y: float, *, ring: bool, alone: bool) -> str:
    size = 2 * _RADIUS
    around = ""
    if ring:
        around = (
            f'<rect class="rd-border" fill="none" stroke="#1F2933" stroke-width="2" x="{x - _RADIUS - 5:g}" '
            f'y="{y - _RADIUS - 5:g}" width="{size + 10}" height="{size + 10}" rx="{_RADIUS + 5}"/>'
        )
    inside = "" if alone else _middle_text(format_number(count), x, y + 5, 14, "#FFFFFF", "rd-on")
    return (
        f'{around}<rect class="rd-head" fill="#1D4E89" x="{x - _RADIUS:g}" y="{y - _RADIUS:g}" width="{size}" '
        f'height="{size}" rx="{_RADIUS}"/>{inside}'
    )


def _arrow(before: int, after: int, y: float) -> str:
    start, end = _x(before), _x(after)
    turn = 1 if end > start else -1
    tip = end - turn * 2
    return (
        f'<line class="rd-arrow" stroke="#1D4E89" stroke-width="2" stroke-dasharray="5 3" x1="{start:g}" y1="{y:g}" '
        f'x2="{tip - turn * 8:g}" y2="{y:g}"/>'
        f'<path class="rd-head" fill="#1D4E89" d="M{tip:g} {y:g} l{-turn * 10} -5 v10 z"/>'
        f'<line class="rd-arrow" stroke="#1D4E89" stroke-width="2" x1="{start:g}" y1="{y - 5:g}" x2="{start:g}" '
        f'y2="{y + 5:g}"/>'
    )


def _row(row: Rated, top: int, alone: bool) -> str:
    bottom = top + row.height
    out = [
        f'<line class="rd-rule" stroke="#CBD2D9" x1="0" y1="{bottom}" x2="{_WIDTH - 12}" y2="{bottom}"/>',
        text_block(row.lines, 0, top + (row.height - len(row.lines) * _LEADING) / 2, _SIZE, _LEADING),
    ]
    values = row.spread.values
    y = top + (row.height - (16 if row.moved else 0)) / 2
    for rating in (1, 2, 3, 4):
        if count := values.count(rating):
            out.append(_mark(count, _x(rating), y, ring=not alone and rating == row.spread.middle, alone=alone))
    if not values:
        out.append(text_block([_("not rated")], _LABEL + 12, y - 9, _SIZE, _LEADING, look="rd-q"))
    if row.moved and row.spread.before is not None and row.spread.after is not None:
        out.append(_arrow(row.spread.before, row.spread.after, bottom - 12))
    return "".join(out)


def said(spread: Spread) -> str:
    """Return how something is rated, in words: each rating, and by how many people where there are several."""
    values = spread.values
    if not values:
        return _("not rated")
    parts = []
    for rating in (1, 2, 3, 4):
        if count := values.count(rating):
            word = f"{rating} {word_of(spread.item, rating)}"
            alone = len(values) == 1
            parts.append(word if alone else _("{rating}: {people}").format(rating=word, people=people_said(count)))
    text = "; ".join(parts)
    if spread.before is not None and spread.before != spread.after:
        text += _(" (middle before: {before})").format(before=spread.before)
    return text


def rating_picture(rows: Sequence[Rated], title: str, *, low: str, high: str, count: int, key: str = "") -> Html:
    """Return the ratings as a drawing, and the same as a table on request.

    Args:
        rows: what is rated, in order; rows of one group stand together.
        title: what the picture shows.
        low: what lies in the columns 1 and 2.
        high: what lies in the columns 3 and 4.
        count: how many people answered.
        key: a sentence more about how to read it.

    Source: Rule 0, tools 0.2 and 0.3. The two halves are our reading of the four levels.
    """
    parts, cuts, top = [Part(_heads(low, high), 0, _HEAD)], [0], _HEAD + 4
    for group, members in groupby(rows, key=lambda row: row.group):
        if group:
            head = text_block([group], 0, top + 8, 14, 20, bold=True)
            parts.append(Part(head, top, top + _GROUP))
            cuts.append(top)
            top += _GROUP
        for row in members:
            parts.append(Part(_row(row, top, count == 1), top, top + row.height))
            top += row.height
    cuts.append(top + 8)
    says = " ".join(f"{row.label}: {said(row.spread)}." for row in rows)
    drawn = f'<div class="rd-drawing" style="font-size:0">{drawing(parts, cuts, _WIDTH, title, says)}</div>'
    lines = [people_said(count)]
    if count > 1:
        lines.append(_("Each mark holds the number of people; a ring marks the middle answer."))
    if any(row.moved for row in rows):
        lines.append(_("An arrow leads from the middle of those who answered twice, as it was, to where it is now."))
    lines += [key] if key else []
    cells: list[list[Cell]] = [
        [row.label, said(row.spread), str(row.spread.middle) if row.spread.middle else nothing(_("none"))]
        for row in rows
    ]
    same = table([_("What is rated"), _("Ratings"), _("Middle")], cells, _("{title}, as a table").format(title=title))
    return Html(
        f'<figure class="rd rd-figure"><figcaption class="rd-caption">{inline(title)}'
        f'<p class="rd-key">{e(". ".join(line.rstrip(".") for line in lines))}.</p></figcaption>'
        f"{scroll_box(title, drawn)}{details(_('The same as a table'), same)}</figure>"
    )


# --- ratings beside each other, and beside the facts ------------------------------------------------------------------


def facts_cell(facts: Facts) -> Html:
    """Return what the plan shows of one thing: the level that it supports, what is there, and what is lacking."""
    listed = "; ".join(facts.has)
    shown = f"{inline(f'{listed[0].upper()}{listed[1:]}.')}<br>" if listed else ""
    level = badge(facts.level) if facts.level is not None and listed else ""
    if not listed:
        level = badge(Mark("–", _("nothing yet"), 0))
    lacks = "".join(f"<li>{inline(text)}</li>" for text in facts.lacks)
    lacking = f"<strong>{e(_('Lacking:'))}</strong><ul>{lacks}</ul>" if lacks else ""
    return Html(f"{level}<br>{shown}{lacking}" if level else f"{shown}{lacking}")


def agreement(rated: int | None, facts: Facts) -> Html:
    """Return whether a rating and the facts agree, as a badge."""
    if rated is None:
        return badge(None)
    verdict = disagrees(rated, facts)
    if verdict > 0:
        return badge(Mark("◆", _("rated higher"), 2))
    if verdict < 0:
        return badge(Mark("◐", _("rated lower"), 3))
    return badge(Mark("●", _("agree"), 4))


def scored_table(
    judgements: Sequence[Judgement], people: Sequence[Person], caption: str, groups: Mapping[str, str] | None = None
) -> Html:
    """Return who rates what how, what was agreed, what facts support, and where that leaves something to talk about.

    There is one column for each rating. People stand in it by a letter, see :func:`letters`, or by how many they are.

    Args:
        judgements: what is rated, in order.
        people: everybody who rated.
        caption: what the table shows.
        groups: what each group of ratings is called, by the first part of their paths; left out, they have none.
    """
    letter = dict(letters(people))
    rows: list[list[Cell]] = []
    for each in judgements:
        cells = [_who_rates(each, n, letter) for n in (1, 2, 3, 4)]
        rows.append([_rated_cell(each, groups or {}), *cells, _to_talk_about(each)])
    heads = [mark_of(n) for n in (1, 2, 3, 4)]
    headers = [_("What is rated"), *(f"{mark.shape} {mark.word}" for mark in heads), _("To talk about")]
    return table(headers, rows, caption)


def letters(people: Sequence[Person]) -> list[tuple[str, str]]:
    """Return people with the letter that stands for each; none where they are too many to be told apart."""
    return [(person.name, chr(ord("A") + n)) for n, person in enumerate(people)] if len(people) <= LETTERS else []


def _who_rates(each: Judgement, rating: int, letter: Mapping[str, str]) -> Html:
    """Who gave a rating, whether it was agreed on, and whether it is what the facts support."""
    names = [name for name, given in each.spread.ratings if given == rating]
    lines = [badge(Mark(_SHAPES[rating], _("agreed"), rating))] if each.agreed == rating else []
    if names:
        who = " ".join(letter[name] for name in names) if letter else people_said(len(names))
        lines.append(badge(Mark(_SHAPES[rating], who, rating)) if each.agreed is None else Html(e(who)))
    if each.facts.level == rating:
        lines.append(badge(Mark("▸", _("plan"), 0)))
    if each.before is not None and each.before[0] == rating != each.agreed:
        day = format_date(each.before[1]) if each.before[1] else _("before")
        lines.append(Html(f"<small>{e(day)}</small>"))
    return Html("<br>".join(lines) or '<span class="rd-none" aria-hidden="true">·</span>')


def _rated_cell(each: Judgement, groups: Mapping[str, str]) -> Html:
    group = groups.get(each.item.path.partition("/")[0])
    above = f'<small style="font-weight:400">{e(group)}</small><br>' if group else ""
    return Html(f'{above}{inline(each.item.label)}<br><small style="font-weight:400">{inline(each.facts.asks)}</small>')


def _to_talk_about(each: Judgement) -> Html:
    """Where people are apart, and where the rating that counts does not sit well with the facts."""
    if each.rating is None:
        return badge(None)
    lines = []
    if each.spread.apart >= APART:
        lines.append(badge(Mark("◆", _("{n} apart").format(n=each.spread.apart), 2)))
    if disagrees(each.rating, each.facts):
        lines.append(agreement(each.rating, each.facts))
    return Html("<br>".join(lines) or nothing(_("nothing")))


def reasons_table(judgements: Sequence[Judgement], people: Sequence[Person], caption: str) -> Html:
    """Return for each rating what is said to show it, and what the plan itself shows; people by their letters."""
    rows: list[list[Cell]] = []
    for each in judgements:
        told = "".join(
            f"<p>{badge(rating)} <strong>{inline(name)}</strong> {inline(why) if why else nothing(_('nothing'))}</p>"
            for name, rating, why in _told(each, people)
        )
        rows.append([each.item.label, Html(told or badge(None)), facts_cell(each.facts)])
    return table([_("What is rated"), _("What shows it, in people's words"), _("What the plan shows")], rows, caption)


def agreed_table(judgements: Sequence[Judgement], caption: str) -> Html:
    """Return what was agreed on and why, beside what the plan itself shows: the short form of the reasons."""
    rows: list[list[Cell]] = []
    for each in judgements:
        why = f"{badge(each.agreed)} {inline(each.reason) if each.reason else nothing(_('not said'))}"
        rows.append([each.item.label, Html(why), facts_cell(each.facts)])
    return table([_("What is rated"), _("Agreed, and why"), _("What the plan shows")], rows, caption)


def _told(each: Judgement, people: Sequence[Person]) -> list[tuple[str, int, str]]:
    letter = dict(letters(people))
    found = [
        (letter.get(person.name, person.name), rating, each.item.evidence(person.now))
        for person in people
        if (rating := each.item.rating(person.now)) is not None
    ]
    return found + ([(_("agreed"), each.agreed, each.reason)] if each.agreed is not None and each.reason else [])


def movement_table(labels: Sequence[str], days: Sequence[tuple[str, Sequence[int | None]]], caption: str) -> Html:
    """Return how ratings moved from day to day; nothing for fewer than two days.

    Args:
        labels: what is rated.
        days: for each day, the earliest first, what to call it and the rating of each thing; only the latest are shown.
        caption: what the table shows.

    >>> movement_table(["Outcomes"], [("1 May 2026", [2])], "Movement")
    ''
    """
    if len(days) < 2:
        return Html("")
    shown = list(days)[-DAYS:]
    rows: list[list[Cell]] = [
        [label, *(badge(ratings[place]) for _day, ratings in shown)] for place, label in enumerate(labels)
    ]
    return table([_("What is rated"), *(day for day, _ratings in shown)], rows, caption)

"""The heat map of a portfolio: a table whose cells say by colour, shape and word how each row stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from rdlib.figures.html import Html, Mark, e, inline, link, mark_of
from rdlib.rules.findings import Severity
from rdlib.words import _, format_number

#: What a cell shows: a mark (of its own, of a severity, of a rating, None for "not rated"), and a short text below it.
HeatCell = Mark | Severity | int | None | tuple[Mark | Severity | int | None, str]


@attrs.frozen
class Filter:
    """A list above a map from which the reader chooses which rows to see.

    Attributes:
        key: its key, of lower-case letters and hyphens; a row has its values in the tag of this name.
        label: what it is called.
        options: the values that can be chosen, each with the words for it; the values of the same make as the key.
    """

    key: str
    label: str
    options: tuple[tuple[str, str], ...]


_TALL = 30  # rows from which the map scrolls inside its box, so that the headers stay in sight


def _heat(cell: HeatCell) -> str:
    what, text = cell if isinstance(cell, tuple) else (cell, "")
    mark = mark_of(what)
    small = f" <small>{inline(text)}</small>" if text else ""
    return f'<td class="rd-{mark.look}">{e(mark.shape)} {e(mark.word)}{small}</td>'


def heatmap(
    rows: Sequence[tuple[str, str | None]],
    columns: Sequence[str],
    cells: Sequence[Sequence[HeatCell]],
    caption: str,
    *,
    row_label: str | None = None,
    filters: Sequence[Filter] = (),
    tags: Sequence[Mapping[str, str]] = (),
) -> Html:
    """Return a heat map; the rows stay in the order they come in.

    Args:
        rows: name and address of each row; None for the address where there is nothing to link to.
        columns: the header of each column.
        cells: for each row, its cells: a rating (1 to 4, None for "not rated"), a severity or a mark, alone or with a
            short text that stands below it.
        caption: what the map shows.
        row_label: the header of the column of names; left out, "Priority".
        filters: the lists above the map from which the reader chooses rows; they work without a script.
        tags: for each row, its values for the filters, by their keys; several values stand with spaces between.

    Raises:
        ValueError: the numbers of rows, columns and cells do not agree, or the caption or a header is empty.

    >>> html = heatmap([("Waits", "waits.html")], ["Likelihood"], [[(1, "as of March")]], "Portfolio")
    >>> '<td class="rd-1">▲ 1\u00a0red <small>as of March</small></td>' in html
    True
    """
    headers = [row_label or _("Priority"), *columns]
    if not caption.strip() or not all(header.strip() for header in headers):
        raise ValueError("a heat map needs a caption, and each column a header")
    body = []
    for number, ((name, address), row) in enumerate(zip(rows, cells, strict=True)):
        if len(row) != len(columns):
            raise ValueError(f"{name!r} has {len(row)} cells for {len(columns)} columns")
        marked = "".join(f' data-{f.key}="{e(tags[number].get(f.key, ""))}"' for f in filters)
        body.append(f'<tr{marked}><th scope="row">{link(name, address)}</th>{"".join(map(_heat, row))}</tr>')
    head = "".join(f'<th scope="col">{inline(header)}</th>' for header in headers)
    tall = " rd-tall" if len(body) >= _TALL else ""
    above, below, kind = "", "", ""
    if filters:
        above, below, kind = _lists(filters), _how_many(len(body)), " rd-filtered"
    return Html(
        f'<div class="rd{kind}">{above}'
        f'<div class="rd-scroll{tall}" tabindex="0" role="region" aria-label="{e(caption)}">'
        f'<table class="rd-table rd-heat"><caption>{inline(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>{below}</div>"
    )


def _lists(filters: Sequence[Filter]) -> str:
    """The lists to choose rows by. The style sheet hides the other rows, so no script is needed."""
    lists, rules = [], []
    for each in filters:
        options = "".join(f'<option value="{e(value)}">{e(words)}</option>' for value, words in each.options)
        every = f'<option value="">{e(_("all"))}</option>'
        name = f'id="show-{e(each.key)}" name="{e(each.key)}"'
        label = f'<label for="show-{e(each.key)}">{e(each.label)}</label>'
        lists.append(f"<span>{label} <select {name}>{every}{options}</select></span>")
        for value, _words in each.options:
            chosen = f'.rd-filtered:has(select[name="{each.key}"] option[value="{value}"]:checked)'
            rules.append(f'{chosen} tbody tr:not([data-{each.key}~="{value}"]){{display:none}}')
    style = f"<style>{''.join(rules)}</style>"
    return f'{style}<fieldset class="rd-filters"><legend>{e(_("Show only"))}</legend>{"".join(lists)}</fieldset>'


def _how_many(rows: int) -> str:
    said = _("of {n} shown").format(n=format_number(rows))
    return f'<p class="rd-shown">{e(said)}</p>'

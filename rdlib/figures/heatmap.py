"""The heat map of a portfolio: a table whose cells say by colour, shape and word how each row stands."""

from __future__ import annotations

from collections.abc import Sequence

from rdlib.figures.html import Html, Mark, e, inline, link, mark_of
from rdlib.rules.findings import Severity
from rdlib.words import _

#: What a cell shows: a mark (of its own, of a severity, of a rating, None for "not rated"), and a short text below it.
HeatCell = Mark | Severity | int | None | tuple[Mark | Severity | int | None, str]

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
) -> Html:
    """Return a heat map; the rows stay in the order they come in.

    Args:
        rows: name and address of each row; None for the address where there is nothing to link to.
        columns: the header of each column.
        cells: for each row, its cells: a rating (1 to 4, None for "not rated"), a severity or a mark, alone or with a
            short text that stands below it.
        caption: what the map shows.
        row_label: the header of the column of names; left out, "Priority".

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
    for (name, address), row in zip(rows, cells, strict=True):
        if len(row) != len(columns):
            raise ValueError(f"{name!r} has {len(row)} cells for {len(columns)} columns")
        body.append(f'<tr><th scope="row">{link(name, address)}</th>{"".join(map(_heat, row))}</tr>')
    head = "".join(f'<th scope="col">{inline(header)}</th>' for header in headers)
    tall = " rd-tall" if len(body) >= _TALL else ""
    return Html(
        f'<div class="rd"><div class="rd-scroll{tall}" tabindex="0" role="region" aria-label="{e(caption)}">'
        f'<table class="rd-table rd-heat"><caption>{inline(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div></div>"
    )

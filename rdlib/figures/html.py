"""The building blocks of every static face: text made safe, tables, badges, findings, and the one stylesheet.

Each function returns :class:`Html`: a fragment that can stand in a notebook's output, in a report and on paper. It
needs no script. Its look comes from ``style.css``, given once a page by :func:`page_style`; without it (JupyterLab
takes styles out of a notebook that it does not trust yet) the fragment still reads in order, with every word and shape.

Whatever a person typed goes through :func:`e` on its way into a fragment.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path

import attrs

from rdlib.plan.assessment import LIKELIHOODS
from rdlib.rules.findings import NOT_ATTEMPTED_SHAPE, Finding, Severity, together, worst_first
from rdlib.words import NO_BREAK_SPACE, _, format_number, plain

_TAG = re.compile("<[^>]*>")
_SCHEME = re.compile(r"\s*[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SAFE_SCHEME = re.compile(r"(?:https?|mailto):", re.IGNORECASE)

_LONG = 40  # a text of more characters gets a column that is wide enough to read it in
# JupyterLab aligns every table cell to the right; a class cannot say otherwise where it has taken the stylesheet out.
_LEFT = ' style="text-align:left"'


class Html(str):
    """A safe fragment of a page: it was made by these functions, and is not escaped again."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return it as it is: how template engines ask for safe text."""
        return str(self)


#: What a cell of a table may hold: text (made safe), a number (written for people), a safe fragment, or nothing.
Cell = str | float | Html | None


def e(text: object) -> str:
    """Return ``text`` with everything that means something to a browser made plain, also for use inside quotes.

    >>> e('<b class="x">')
    '&lt;b class=&quot;x&quot;&gt;'
    """
    return escape(plain(text), quote=True)


def inline(text: str) -> Html:
    r"""Return a user's text for a line or a cell, keeping its line breaks.

    >>> inline("one\ntwo & three")
    'one<br>two &amp; three'
    """
    return Html(e(text.strip()).replace("\n", "<br>"))


def paragraphs(text: str | None) -> Html:
    r"""Return a user's text as paragraphs: an empty line starts a new one, a line break stays a line break.

    >>> paragraphs("First line\nsecond line\n\nNew paragraph")
    '<p>First line<br>second line</p><p>New paragraph</p>'
    """
    blocks = re.split(r"\n[^\S\n]*\n\s*", (text or "").replace("\r\n", "\n").strip())
    return Html("".join(f"<p>{inline(block)}</p>" for block in blocks if block.strip()))


def link(text: str, address: str | None) -> Html:
    """Return a link, or the text alone where there is no address or it is of a kind that could run something.

    >>> link("Waits", "waits.html")
    '<a href="waits.html">Waits</a>'
    >>> link("Waits", "javascript:alert(1)")
    'Waits'
    """
    address = re.sub(r"[\x00-\x20\x7f]", "", address or "")
    if not address or (_SCHEME.match(address) and not _SAFE_SCHEME.match(address)):
        return inline(text)
    return Html(f'<a href="{e(address)}">{inline(text)}</a>')


def nothing(word: str | None = None) -> Html:
    """Return the quiet word that stands where no answer is: "not given", or the one handed in."""
    return Html(f'<span class="rd-none">{e(word or _("not given"))}</span>')


@attrs.frozen
class Mark:
    """A shape and a word that always stand together, with the colour that goes with them.

    Attributes:
        shape: one of ▲ ◆ ◐ ● –.
        word: what it says.
        look: which of the four colours: 1 (red) to 4 (green); 0 for none of them ("not rated").
    """

    shape: str
    word: str
    look: int


_SHAPES = tuple(severity.shape for severity in Severity)


def mark_of(what: Mark | Severity | int | None) -> Mark:
    """Return the mark of a severity, of a rating from 1 to 4, or of no rating (None).

    Raises:
        ValueError: a rating that is none of 1 to 4.

    >>> mark_of(None)
    Mark(shape='–', word='not rated', look=0)
    """
    if isinstance(what, Mark):
        return what
    if isinstance(what, Severity):
        return Mark(what.shape, what.word, what.rank + 1)
    if what is None:
        return Mark(NOT_ATTEMPTED_SHAPE, _("not rated"), 0)
    choice = next((c for c in LIKELIHOODS if c.value == str(what)), None)
    if choice is None:
        raise ValueError(f"a rating is 1, 2, 3 or 4, not {what!r}")
    return Mark(_SHAPES[what - 1], f"{what}{NO_BREAK_SPACE}{choice.label}", what)


def badge(what: Mark | Severity | int | None) -> Html:
    """Return a badge: shape, word and colour of a severity, of a rating (1 to 4, None for "not rated") or of a mark."""
    mark = mark_of(what)
    return Html(
        f'<span class="rd rd-badge rd-{mark.look}"><span aria-hidden="true">{e(mark.shape)}</span>'
        f"{NO_BREAK_SPACE}{e(mark.word)}</span>"
    )


def scroll_box(label: str, body: str) -> Html:
    """Return a box that what is too wide scrolls in, and that the keyboard reaches.

    Args:
        label: what is in it, for those who hear the page.
        body: safe HTML.
    """
    return Html(f'<div class="rd-scroll" tabindex="0" role="region" aria-label="{e(label)}">{body}</div>')


def _cell(cell: Cell) -> str:
    if isinstance(cell, Html):
        return cell
    if isinstance(cell, (float, int)):
        return format_number(cell)
    return inline(cell) if cell and cell.strip() else nothing()


def _is_long(cell: Cell) -> bool:
    return isinstance(cell, str) and len(_TAG.sub("", cell)) > _LONG


def table(
    headers: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    caption: str,
    *,
    numeric: Collection[int] = (),
    row_header: bool = True,
) -> Html:
    """Return a table.

    Args:
        headers: the header of each column, with the unit where the column holds numbers.
        rows: the cells of each row; an empty cell says "not given".
        caption: what the table shows.
        numeric: the places (from 0) of the columns that hold numbers: aligned to the right.
        row_header: whether the first cell names the row.

    Raises:
        ValueError: a header or the caption is empty, or a row has another number of cells than there are headers.

    >>> html = table(["Region", "Waits (days)"], [["North", 12.0]], "Waits by region", numeric=[1])
    >>> '<th scope="row" style="text-align:left">North</th><td class="rd-n">12</td>' in html
    True
    """
    if not caption.strip() or not all(header.strip() for header in headers):
        raise ValueError("a table needs a caption, and each column a header")
    places = [
        (' class="rd-n"' if place in numeric else _LEFT, "th" if place == 0 and row_header else "td")
        for place in range(len(headers))
    ]
    head = "".join(
        f'<th scope="col"{look}>{inline(text)}</th>' for text, (look, _tag) in zip(headers, places, strict=True)
    )
    body = []
    for row in rows:
        cells = []
        for place, (cell, (look, tag)) in enumerate(zip(row, places, strict=True)):
            scope = ' scope="row"' if tag == "th" else ""
            wide = ' class="rd-wide"' if place not in numeric and _is_long(cell) else ""
            cells.append(f"<{tag}{scope}{wide}{look}>{_cell(cell)}</{tag}>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    html = (
        f'<table class="rd-table"><caption{_LEFT}>{inline(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    )
    return Html(f'<div class="rd">{scroll_box(caption, html)}</div>')


def _place(finding: Finding, paths: Mapping[str, str] | None) -> str:
    names = dict.fromkeys(
        short for where in finding.places if (short := _unsaid((paths or {}).get(where, ""), finding.what))
    )
    return f'<span class="rd-where">{"; ".join(map(inline, names))}</span>' if names else ""


def _unsaid(name: str, what: str) -> str:
    """Return what a place is called as far as the sentence does not say it already.

    >>> _unsaid("Doctors \u203a By the end", "\u201cBy the end\u201d is overdue.")
    'Doctors'
    """
    above, _mark, last = name.rpartition(" › ")
    return above if last and f"“{last}”" in what else name


def _new_place(finding: Finding, paths: Mapping[str, str] | None) -> str:
    """Name the places of what is good, where the sentence does not name them already."""
    names = [(paths or {}).get(where, "") for where in finding.places]
    named = all(name.rpartition("› ")[2] in finding.what for name in names)
    return "" if named or len(set(names)) < len(names) else _place(finding, paths)


def _what(finding: Finding, paths: Mapping[str, str] | None) -> str:
    place = _place(finding, paths)
    return f"<p>{place}{': ' if place else ''}{inline(finding.what)}</p>"


def _next(finding: Finding) -> str:
    if not finding.next_step:
        return ""
    return f'<p class="rd-next"><strong>{e(_("Next step:"))}</strong> {inline(finding.next_step)}</p>'


def _good(kinds: Iterable[Sequence[Finding]], paths: Mapping[str, str] | None) -> str:
    """Show what is good in one list, a line for each kind: it asks for nothing, and is not to push aside what does."""
    lines = []
    for found in kinds:
        places = [_new_place(f, paths) for f in found]
        told = len(found) == 1 or len(set(places)) > 1  # one place for all of them is known by then
        said = " ".join(f"{inline(f.what)}{f' {p}' if told and p else ''}" for f, p in zip(found, places, strict=True))
        lines.append(f"<li><p><strong>{inline(found[0].title)}:</strong> {said}</p></li>")
    good = Severity.GOOD
    listed = f'<ul class="rd-good">{"".join(lines)}</ul>'
    return f'<li class="rd-finding rd-edge-{good.rank + 1}"><p>{badge(good)}</p>{listed}</li>'


def _one_kind(found: Sequence[Finding], paths: Mapping[str, str] | None) -> str:
    """Show the findings of one kind: its title and why it matters once, and what it is about at each place."""
    first = found[0]
    count = f" ({len(found)})" if len(found) > 1 else ""
    steps = {f.next_step for f in found}
    shared = len(found) > 1 and len(steps) == 1  # said once, after the places
    title = f'<p class="rd-finding-title">{badge(first.severity)} <strong>{inline(first.title)}{count}</strong></p>'
    why = f'<p class="rd-why">{e(_("Why it matters:"))} {inline(first.why)}</p>' if first.why else ""
    if len(found) == 1:
        body = _what(first, paths) + why + _next(first)
    else:
        places = "".join(f"<li>{_what(f, paths)}{'' if shared else _next(f)}</li>" for f in found)
        body = f'{why}<ul class="rd-places">{places}</ul>{_next(first) if shared else ""}'
    return f'<li class="rd-finding rd-edge-{first.severity.rank + 1}">{title}{body}</li>'


def finding_list(findings: Iterable[Finding], *, paths: Mapping[str, str] | None = None, counted: bool = True) -> Html:
    """Return findings as a list, the worst first; those of one kind stand together, with why it matters said once.

    Args:
        findings: what the checks found.
        paths: what to call the place that a finding points at, by its path
            (:func:`rdlib.figures.records.place_name`); a place that is not in it is not named.
        counted: whether their number stands first; not where the page has counted them already.

    >>> finding_list([])
    '<p class="rd rd-empty">There is nothing to report: the checks found nothing here.</p>'
    """
    ordered = together(worst_first(findings))
    if not ordered:
        return Html(f'<p class="rd rd-empty">{e(_("There is nothing to report: the checks found nothing here."))}</p>')
    counts = []
    for severity in Severity:
        if count := sum(1 for f in ordered if f.severity is severity):
            counts.append(badge(Mark(severity.shape, f"{count}{NO_BREAK_SPACE}{severity.word}", severity.rank + 1)))
    kinds: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in ordered:
        kinds.setdefault((finding.severity, finding.code), []).append(finding)
    good = [found for found in kinds.values() if found[0].severity is Severity.GOOD]
    items = "".join(_one_kind(found, paths) for found in kinds.values() if found not in good)
    if good:
        items += _good(good, paths)
    told = f'<p class="rd-counts">{" ".join(counts)}</p>' if counted else ""
    return Html(f'<div class="rd rd-findings">{told}<ul>{items}</ul></div>')


def not_attempted(title: str) -> Html:
    """Return the one line that stands for an exercise in which nothing was entered yet.

    Args:
        title: the title of the exercise.
    """
    mark = badge(Mark(NOT_ATTEMPTED_SHAPE, _("not attempted yet"), 0))
    return Html(f'<p class="rd rd-not-attempted"><strong>{inline(title)}</strong> {mark}</p>')


def details(summary: str, body: str) -> Html:
    """Return a part that opens on request.

    Args:
        summary: the line that is always seen.
        body: safe HTML.
    """
    return Html(f'<details class="rd rd-details"><summary>{inline(summary)}</summary>{body}</details>')


def section(id_: str, title: str, body: str, level: int = 2) -> Html:
    """Return a section with its heading.

    Args:
        id_: its anchor.
        title: its heading.
        body: safe HTML.
        level: level of the heading, 1 to 6.
    """
    anchor = e(id_)
    return Html(
        f'<section class="rd-section" id="{anchor}" aria-labelledby="{anchor}-title">'
        f'<h{level} id="{anchor}-title">{inline(title)}</h{level}>{body}</section>'
    )


@cache
def css() -> str:
    """Return the one stylesheet that reports and notebooks share; every class in it starts with ``rd-``."""
    return Path(__file__).with_name("style.css").read_text(encoding="utf-8")


def page_style() -> Html:
    """Return the stylesheet as an element, to be put once at the top of a page or notebook."""
    return Html(f"<style>{css()}</style>")

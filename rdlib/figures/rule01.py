"""The pictures of rule 1: the priorities table, the architecture of all priorities, and what was kept and cut."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from rdlib.figures.heatmap import HeatCell, heatmap
from rdlib.figures.html import Cell, Html, Mark, badge, details, e, inline, not_attempted, nothing, scroll_box, table
from rdlib.figures.records import none_yet
from rdlib.figures.svg import Part, drawing, text_block, wrap
from rdlib.plan.plan import PRIORITIES, Plan
from rdlib.plan.priority import Priority
from rdlib.plan.shortlist import Candidate
from rdlib.rules.architecture import Element, State, elements
from rdlib.rules.findings import NOT_ATTEMPTED_SHAPE, Severity
from rdlib.rules.r01_shortlist import candidates, compared, contested, cut, kept, places_left, ranking, title_of
from rdlib.rules.r01_table import limit
from rdlib.rules.ranking import Ranking
from rdlib.words import _, format_number, plural


def _lines(texts: Sequence[str]) -> Cell:
    said = [text.strip() for text in texts if text and text.strip()]
    if len(said) > 1:
        return Html("<ul>" + "".join(f"<li>{inline(text)}</li>" for text in said) + "</ul>")
    return said[0] if said else nothing()


def _row(priority: Priority, plan: Plan) -> list[Cell]:
    return [
        _lines([o.statement or "" for o in priority.outcomes]),
        _lines([plan.person(leader) or leader for leader in priority.leaders]),
        _lines(priority.stakeholders),
    ]


def _headers() -> list[str]:
    return [_("Outcomes"), _("Accountable leader"), _("Key stakeholders")]


def priorities_table(plan: Plan) -> Html:
    """Return the priorities of a plan with outcomes, leaders and stakeholders (Rule 1, tool 1.1).

    >>> "Rail punctuality" in priorities_table(Plan(priorities=(Priority("rail", title="Rail punctuality"),)))
    True
    """
    rows: list[list[Cell]] = [[p.title or nothing(_("not named yet")), *_row(p, plan)] for p in plan.priorities]
    if not rows:
        return none_yet(PRIORITIES.label)
    return table([_("Priority"), *_headers()], rows, _("The priorities of the plan"))


def priority_row(priority: Priority, plan: Plan) -> Html:
    """Return the outcomes, the leader and the stakeholders of one priority (Rule 1, tool 1.1)."""
    caption = _("What it is for, and who answers for it")
    return table(_headers(), [_row(priority, plan)], caption, row_header=False)


_ELEMENTS = {
    State.STANDS: Mark(Severity.GOOD.shape, _("stands"), 4),
    State.LACKING: Mark(Severity.WEAK.shape, _("incomplete"), 2),
    State.NOT_ATTEMPTED: Mark(NOT_ATTEMPTED_SHAPE, _("not yet"), 0),
}


def _cell(element: Element) -> HeatCell:
    return _ELEMENTS[element.state], ", ".join(element.has)


def architecture_map(plan: Plan) -> Html:
    """Return which of the four elements each priority has, in one picture (Rule 1, tool 1.2)."""
    if not plan.priorities:
        return none_yet(PRIORITIES.label)
    four = {p.id: elements(p, plan) for p in plan.priorities}
    titles = [element.title for element in next(iter(four.values()))]
    return heatmap(
        [(p.title or _("not named yet"), None) for p in plan.priorities],
        titles,
        [[_cell(element) for element in four[p.id]] for p in plan.priorities],
        _("Which elements of the architecture each priority has"),
    )


# --- 1.3 ---------------------------------------------------------------------------------------------------------

_LABEL, _GAP, _PAD = 132, 16, 8
_COLUMN = 290
_WIDTH = _LABEL + 2 * _COLUMN + _GAP
_SIZE, _LEADING = 13, 17
_HEAD = 34
_SPACE = 6  # between boxes
_MOST_NAMED = 20  # candidates not decided yet that are named one by one


@attrs.frozen
class _Box:
    """A candidate as it is drawn."""

    candidate: Candidate

    @property
    def lines(self) -> list[str]:
        return wrap(self.candidate.title or "", _COLUMN - 2 * _PAD - 20, _SIZE, bold=bool(self.candidate.keep))

    @property
    def height(self) -> int:
        return len(self.lines) * _LEADING + 2 * _PAD

    def draw(self, x: float, top: float) -> str:
        keep = self.candidate.keep
        shape = "●" if keep else "–"
        edge = 'class="rd-box" fill="#FFFFFF" stroke="#1F2933" stroke-width="2"'
        if not keep:
            edge = 'class="rd-loose" fill="none" stroke="#7B8794" stroke-width="1.5" stroke-dasharray="4 3"'
        look = "rd-t" if keep else "rd-q"
        return (
            f'<rect {edge} x="{x:g}" y="{top:g}" width="{_COLUMN - 2}" height="{self.height}" rx="8"/>'
            + text_block([shape], x + _PAD, top + _PAD, _SIZE, _LEADING, look=look)
            + text_block(self.lines, x + _PAD + 20, top + _PAD, _SIZE, _LEADING, look=look, bold=bool(keep))
        )


def _stack(boxes: Sequence[_Box], x: float, top: int) -> str:
    out = []
    for box in boxes:
        out.append(box.draw(x, top))
        top += box.height + _SPACE
    return "".join(out)


def _high(boxes: Sequence[_Box]) -> int:
    return sum(box.height + _SPACE for box in boxes)


def shortlist_picture(plan: Plan) -> Html:
    """Return what was kept and what was cut from the long list, by area, with the reasons (Rule 1, tool 1.3).

    >>> "not attempted yet" in shortlist_picture(Plan())
    True
    """
    everything = [c for c in candidates(plan) if c.keep is not None]
    title = _("What was kept, and what was cut")
    if not candidates(plan):
        return not_attempted(_("Really prioritize"))
    if not everything:
        said = f"{_limit_said(plan)} {_not_decided(plan)}"
        return Html(f'<p class="rd"><strong>{e(title)}</strong><br>{e(said)}</p>')
    areas = dict.fromkeys((c.area or "").strip() for c in everything)
    right = _LABEL + _COLUMN + _GAP
    heads = text_block([_("Kept ({n})").format(n=len(kept(plan)))], _LABEL, 6, 14, 20, bold=True)
    words = _("Cut ({n})").format(n=len(cut(plan)))
    heads += text_block([words], right, 6, 14, 20, bold=True)
    parts, cuts, top = [Part(heads, 0, _HEAD)], [0], _HEAD
    for area in areas:
        own = [c for c in everything if (c.area or "").strip() == area]
        left = [_Box(c) for c in own if c.keep]
        others = [_Box(c) for c in own if not c.keep]
        label = wrap(area or _("No area"), _LABEL - 12, _SIZE, bold=True)
        height = max(_high(left), _high(others), len(label) * _LEADING + 2 * _PAD) + 14
        line = f'<line class="rd-rule" stroke="#CBD2D9" x1="0" y1="{top}" x2="{_WIDTH}" y2="{top}"/>'
        body = line + text_block(label, 0, top + 12 + _PAD, _SIZE, _LEADING, bold=True)
        body += _stack(left, _LABEL, top + 12) + _stack(others, right, top + 12)
        cuts.append(top)
        parts.append(Part(body, top, top + height))
        top += height
    cuts.append(top)
    drawn = drawing(parts, cuts, _WIDTH, title, _in_words(plan, areas))
    key = _limit_said(plan)
    box = f'<div class="rd-drawing" style="font-size:0">{drawn}</div>'
    figure = (
        f'<figure class="rd rd-figure"><figcaption class="rd-caption">{e(title)}<p class="rd-key">{e(key)}</p>'
        f"</figcaption>{scroll_box(title, box)}</figure>"
    )
    waiting = f'<p class="rd">{e(_not_decided(plan))}</p>' if contested(plan) else ""
    return Html(figure + waiting + _reasons(plan))


def _not_decided(plan: Plan) -> str:
    names = [c.title or c.id for c in contested(plan)]
    if len(names) > _MOST_NAMED:
        return plural("{n} candidate is not decided yet.", "{n} candidates are not decided yet.", len(names))
    return _("Not decided yet: {names}.").format(names=", ".join(names))


def _limit_said(plan: Plan) -> str:
    most = limit(plan)
    said = _("{kept} kept of {all}").format(
        kept=format_number(len(kept(plan))), all=format_number(len(candidates(plan)))
    )
    if most is None:
        return _("{said}, no limit set.").format(said=said)
    return _("{said}, at most {most}.").format(said=said, most=format_number(most))


def _in_words(plan: Plan, areas: dict[str, None]) -> str:
    out = []
    for area in areas:
        for word, chosen in ((_("kept"), kept(plan)), (_("cut"), cut(plan)), (_("not decided"), contested(plan))):
            names = [c.title or "" for c in chosen if (c.area or "").strip() == area]
            if names:
                out.append(
                    _("{area}, {word}: {names}.").format(area=area or _("No area"), word=word, names=", ".join(names))
                )
    return " ".join(out)


def _reasons(plan: Plan) -> Html:
    rows: list[list[Cell]] = [
        [c.title or c.id, c.area or nothing(_("none")), c.why or nothing(_("no reason given"))] for c in cut(plan)
    ]
    if not rows:
        return Html("")
    return details(
        plural("Why {n} candidate was cut", "Why {n} candidates were cut", len(rows)),
        table([_("Cut"), _("Area"), _("Why")], rows, _("Reasons for what was cut")),
    )


def ranking_list(plan: Plan) -> Html:
    """Return the order that the comparisons imply so far, with ties and circles named (Rule 1, tool 1.3).

    Nothing is shown before two candidates were compared.
    """
    found, weighed = ranking(plan), compared(plan)
    if not weighed:
        return Html("")
    items = []
    for group in found.groups:
        known = [id_ for id_ in group if id_ in weighed]
        if known:
            names = ", ".join(title_of(plan, id_) for id_ in known)
            items.append(f"<li>{inline(names)}{_beside(known, found)}</li>")
    left, note = places_left(plan), ""
    if left is not None and contested(plan):
        note = f"<p>{e(plural('{n} place is left.', '{n} places are left.', left))}</p>"
    heading = _("The order that your comparisons imply")
    return Html(f'<div class="rd"><h3>{e(heading)}</h3>{note}<ol>{"".join(items)}</ol></div>')


def _beside(known: Sequence[str], found: Ranking) -> str:
    """Say why several candidates stand side by side."""
    if len(known) < 2:
        return ""
    if any(set(circle) <= set(known) for circle in found.circles):
        return " " + badge(Mark(Severity.WEAK.shape, _("in a circle"), 2))
    if any(set(known) <= set(tie) for tie in found.ties):
        return " " + badge(Mark(Severity.NOTE.shape, _("alike"), 3))
    return " " + badge(Mark(NOT_ATTEMPTED_SHAPE, _("not told apart"), 0))

"""The picture of a coalition: who is in it, how close each member stands, and what influence each has (Rule 3).

Members stand in lanes, one for each kind. From left to right the relationship gets better, so that what is far off and
drawn with a thick edge is what to look after first. Nothing in it depends on colour.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import groupby

import attrs

from rdlib.figures.html import Html, details, e, inline, not_attempted, scroll_box, table
from rdlib.figures.svg import Part, drawing, text_block, wrap
from rdlib.plan.coalition import FORMAL, IMPORTANCE, INFORMAL, MEMBER_KINDS, RELATIONSHIPS, STANDINGS, Member
from rdlib.plan.fields import Choice
from rdlib.plan.priority import Priority
from rdlib.rules.findings import NOT_ATTEMPTED_SHAPE, Severity
from rdlib.rules.r03_coverage import open_kinds
from rdlib.rules.r03_members import left_out_kinds, members_of
from rdlib.words import _, plural

_LABEL = 128  # the column on the left that names the kinds
_PAD = 10  # inside a card
_GAP = 8  # between cards
_HEAD = 34  # height of the heads of the columns
_SIZE, _LEADING = 13, 17
_PIP = 9  # side of a mark of influence
_STEP = _PIP + 3
_MARKS = 28  # height of the two rows of marks

#: How thick the edge of a card is for each level of importance.
_EDGES = {4: 4.0, 3: 2.75, 2: 1.5, 1: 1.5, 0: 1.5}
#: Fill and text of the heads: the four ratings, and "not judged".
_LOOKS = {
    1: ("#8F1414", "#FFFFFF"),
    2: ("#F28C38", "#1A1A1A"),
    3: ("#D7E8A0", "#1A1A1A"),
    4: ("#3BA783", "#1A1A1A"),
}
_SHAPES = {severity.rank + 1: severity.shape for severity in Severity}


def _label(choices: tuple[Choice, ...], value: object, default: str) -> str:
    return next((c.label for c in choices if c.value == str(value)), default)


@attrs.frozen
class _Card:
    """A member as it is drawn, in a card that leaves this width for text."""

    member: Member
    inner: float

    @cached_property
    def lines(self) -> list[str]:
        return wrap(self.member.called, self.inner, _SIZE, bold=True)

    @cached_property
    def quiet(self) -> list[str]:
        """What stands below the name."""
        organisation = (self.member.organisation or "").strip()
        words = [organisation] if organisation and organisation != self.member.called else []
        words += [_("money or staff")] if self.member.money else []
        return [line for text in words for line in wrap(text, self.inner, _SIZE)]

    @property
    def height(self) -> int:
        return 2 * _PAD + _LEADING * (len(self.lines) + len(self.quiet)) + 4 + _MARKS


@attrs.define(slots=False)
class _Lanes:
    """Where everything stands."""

    members: tuple[Member, ...]

    @cached_property
    def columns(self) -> list[int]:
        """The columns from the left: the ratings of the relationship, and 0 for "not judged" where somebody is not."""
        return [0, 1, 2, 3, 4] if any(m.relationship not in _LOOKS for m in self.members) else [1, 2, 3, 4]

    @property
    def width(self) -> int:
        return 720 if len(self.columns) == 4 else 820

    @property
    def column_width(self) -> float:
        return (self.width - _LABEL) / len(self.columns)

    def left(self, place: int) -> float:
        return _LABEL + place * self.column_width

    @cached_property
    def rows(self) -> list[tuple[str | None, list[list[_Card | None]]]]:
        """For each kind that has members, its rows of cards; None for members whose kind is not chosen."""
        inner = self.column_width - _GAP - 2 * _PAD
        order = [choice.value for choice in MEMBER_KINDS]
        place = {kind: n for n, kind in enumerate(order)}
        ordered = sorted(self.members, key=lambda m: (place.get(m.kind or "", len(place)), -m.importance_level))
        found = []
        for kind, group in groupby(ordered, key=lambda m: m.kind if m.kind in place else None):
            stacks: dict[int, list[_Card]] = {column: [] for column in self.columns}
            for member in group:
                stacks[member.relationship if member.relationship in _LOOKS else 0].append(_Card(member, inner))
            depth = max(map(len, stacks.values()))
            rows = [[stack[n] if n < len(stack) else None for stack in stacks.values()] for n in range(depth)]
            found.append((kind, rows))
        return found


def _kind(kind: str | None) -> str:
    return _label(MEMBER_KINDS, kind, _("Kind not chosen"))


def _heads(lanes: _Lanes) -> Iterator[Part]:
    for place, column in enumerate(lanes.columns):
        x, width = lanes.left(place) + _GAP / 2, lanes.column_width - _GAP
        if column:
            fill, ink = _LOOKS[column]
            text = f"{_SHAPES[column]} {column} {_label(RELATIONSHIPS, column, '')}"
            box = f'<rect fill="{fill}"'
        else:
            ink, text = "", f"{NOT_ATTEMPTED_SHAPE} {_('not judged')}"
            edge = 'stroke="#7B8794" stroke-width="1.5" stroke-dasharray="6 4"'
            box = f'<rect class="rd-box rd-loose" fill="#FFFFFF" {edge}'
        box += f' x="{x:.1f}" y="1" width="{width:.1f}" height="{_HEAD - 10}" rx="8"/>'
        look = f'fill="{ink}"' if ink else 'class="rd-q" fill="#52606D"'
        word = f'<text {look} font-size="{_SIZE}" font-weight="600" x="{x + 8:.1f}" y="17">{e(text)}</text>'
        yield Part(box + word, 0, _HEAD)


def _pips(level: int, x: float, y: float, *, round_: bool) -> str:
    """Four marks, filled up to the level; dashed where nothing was rated."""
    radius = ' rx="4.5"' if round_ else ""
    dash = "" if level else ' stroke-dasharray="2 2"'
    found = []
    for n in range(4):
        look = 'class="rd-pip" fill="#1F2933"' if n < level else 'class="rd-pip-off" fill="none"'
        box = f'x="{x + n * _STEP:.1f}" y="{y:.1f}" width="{_PIP}" height="{_PIP}"'
        found.append(f'<rect {look} stroke="#1F2933" stroke-width="1.2"{dash} {box}{radius}/>')
    return "".join(found)


def _draw_card(card: _Card, x: float, y: float, width: float, height: float) -> str:
    member = card.member
    edge = _EDGES[member.importance_level if member.importance_level in _EDGES else 0]
    dash = ' stroke-dasharray="7 4"' if member.standing == "potential" else ""
    box = (
        f'<rect class="rd-box" fill="#FFFFFF" stroke="#1F2933" stroke-width="{edge:g}"{dash} x="{x:.1f}" y="{y:.1f}"'
        f' width="{width:.1f}" height="{height:.1f}" rx="8"/>'
    )
    left, top = x + _PAD, y + _PAD
    name = text_block(card.lines, left, top, _SIZE, _LEADING, bold=True)
    top += _LEADING * len(card.lines)
    quiet = text_block(card.quiet, left, top, _SIZE, _LEADING, look="rd-q")
    top += _LEADING * len(card.quiet) + 6
    marks = _pips(member.formal_level, left, top, round_=False)
    marks += _pips(member.informal_level, left, top + _PIP + 5, round_=True)
    return box + name + quiet + marks


def _body(lanes: _Lanes) -> tuple[list[Part], list[int]]:
    """Return the lanes, and the heights at which the drawing may be cut."""
    parts: list[Part] = []
    cuts = [0]
    y = float(_HEAD)
    for kind, rows in lanes.rows:
        label = wrap(_kind(kind), _LABEL - 2 * _PAD, 14, bold=True)
        start = y
        heights = [max(card.height for card in row if card) for row in rows]
        heights[0] = max(heights[0], 19 * len(label) + 4)
        if start > _HEAD:
            cuts.append(int(start))
        y += _GAP
        texts = [Part(text_block(label, _PAD, y + 2, 14, 19, bold=True), y, y + 19 * len(label) + 4)]
        for row, height in zip(rows, heights, strict=True):
            if row is not rows[0]:
                cuts.append(int(y - _GAP / 2))
            for place, card in enumerate(row):
                if card:
                    x = lanes.left(place) + _GAP / 2
                    svg = _draw_card(card, x, y, lanes.column_width - _GAP, card.height)
                    texts.append(Part(svg, y - 2, y + card.height + 2))
            y += height + _GAP
        panel = (
            f'<rect class="rd-panel" fill="#F3F5F7" x="1" y="{start:.1f}" width="{lanes.width - 2}"'
            f' height="{y - start:.1f}" rx="8"/>'
        )
        parts += [Part(panel, start, y), *texts]
        y += _GAP
    return parts, [*cuts, int(y) + 1]


def _in_words(member: Member) -> list[str]:
    """A member as a row of a table."""
    rated = member.relationship if member.relationship in _LOOKS else None
    relation = f"{rated} {_label(RELATIONSHIPS, rated, '')}" if rated else _("not judged")
    return [
        member.called,
        _kind(member.kind),
        _label(STANDINGS, member.standing, _("not said")),
        _label(IMPORTANCE, member.importance, _("not weighed")),
        relation,
        _label(FORMAL, member.formal, _("not weighed")),
        _label(INFORMAL, member.informal, _("not weighed")),
        {True: _("yes"), False: _("no"), None: _("not said")}[member.money],
    ]


def _headers() -> list[str]:
    return [
        _("Member"),
        _("Kind"),
        _("Now or to be won"),
        _("Importance"),
        _("Relationship now"),
        _("Formal influence"),
        _("Informal influence"),
        _("Money or staff"),
    ]


def _key() -> Html:
    """Return what the marks mean, with the marks themselves."""
    square = '<svg class="rd-svg rd-sign" width="45" height="11" aria-hidden="true">' + _pips(3, 0, 1, round_=False)
    circle = '<svg class="rd-svg rd-sign" width="45" height="11" aria-hidden="true">' + _pips(3, 0, 1, round_=True)
    texts = (
        _("Further right: a better relationship. Thick edge: important. Dashed edge: still to be won."),
        _("{squares} formal influence, {circles} informal influence, of four; dotted: not rated."),
    )
    marks = e(texts[1]).format(squares=f"{square}</svg>", circles=f"{circle}</svg>")
    return Html(f'<p class="rd-key">{e(texts[0])}<br>{marks}</p>')


def _empty_kinds(priority: Priority) -> str:
    """Return which kinds nobody stands for: not needed with the reason, or open."""
    lines = []
    there = {m.kind for m in members_of(priority)}
    for kind, row in left_out_kinds(priority).items():
        if kind not in there:
            why = (row.why or "").strip() or _("no reason given")
            lines.append(_("Not needed: {kind}. {why}").format(kind=_kind(kind), why=why))
    if open_ := open_kinds(priority):
        lines.append(_("Nobody yet: {kinds}.").format(kinds=", ".join(map(_kind, open_))))
    return f"<ul>{''.join(f'<li>{inline(line)}</li>' for line in lines)}</ul>" if lines else ""


def coalition_picture(priority: Priority) -> Html:
    """Return the coalition of a priority as a drawing, and the same as a table on request.

    Lanes are kinds of member; from left to right the relationship gets better. A thick edge marks an important member,
    a dashed edge one who is still to be won; squares show formal and circles informal influence.

    Args:
        priority: the priority.

    Source: Rule 3, tools 3.1 and 3.2.

    >>> from rdlib.plan.coalition import Member
    >>> html = coalition_picture(Priority("p", parts={"coalition": (Member("m1", name="Premier", relationship=3),)}))
    >>> "3 working" in html
    True
    """
    members = members_of(priority)
    title = _("Guiding coalition")
    if not members:
        return not_attempted(title)
    if priority.title and priority.title.strip():
        title = _("Guiding coalition: {priority}").format(priority=priority.title.strip())
    rows = [_in_words(member) for member in members]
    says = " ".join(
        _(
            "{name}: {kind}; {standing}; importance {importance}; relationship {relationship}; "
            "formal influence {formal}; informal influence {informal}; money or staff: {money}."
        ).format(
            name=name, kind=kind, standing=standing, importance=importance, relationship=relationship, formal=formal,
            informal=informal, money=money,
        )
        for name, kind, standing, importance, relationship, formal, informal, money in rows
    )  # fmt: skip
    lanes = _Lanes(members)
    parts, cuts = _body(lanes)
    svg = drawing([*_heads(lanes), *parts], cuts, lanes.width, title, says)
    # Where JupyterLab takes a drawing out of a notebook it does not trust yet, the loose words of it are not shown.
    drawn = f'<div class="rd-drawing" style="font-size:0">{svg}</div>'
    on_board = sum(m.standing == "current" for m in members)
    count = _("{members}, {n} of them on board now.").format(
        members=plural("{n} member", "{n} members", len(members)), n=on_board
    )
    same = table(_headers(), rows, _("{title}, as a table").format(title=title))
    return Html(
        f'<figure class="rd rd-figure"><figcaption class="rd-caption">{inline(title)}'
        f'<p class="rd-key">{e(count)}</p>{_key()}</figcaption>{scroll_box(title, drawn)}'
        f"{_empty_kinds(priority)}{details(_('The same as a table'), same)}</figure>"
    )

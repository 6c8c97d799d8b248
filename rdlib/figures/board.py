"""A board as a picture: numbered items on two axes, the names of the zones, and the same as a table.

The drawing is SVG text made without a browser. The widget shows the very same drawing and lets its reader move the
items; a report and a notebook at rest show it as it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import attrs

from rdlib.figures.html import Cell, Html, details, e, inline, not_attempted, nothing, scroll_box, table
from rdlib.figures.svg import text_block, text_width, wrap
from rdlib.rules.boards import Axis, Board, Item, moved_in_words, place_in_words
from rdlib.words import _, format_number

WIDE, NARROW = 720, 344  # a notebook beside its file list; a telephone
RADIUS = 13
SIZE, LEADING = 13, 17
_GAP = 3  # between two dots
_EDGE = RADIUS + 4  # from the edge of the field to the lowest and highest values
_RING = 4.0  # how far apart the rings are on which a free place is looked for
_LABELS = (190.0, 120.0, 90.0)  # how wide a name beside its dot may be, the widest that fits first
_MOST_LINES = 3
_MOST_NAMES = 15  # with more dots than this, names between them would be taken for those of their neighbours
_HEAD = 8  # length of the head of an arrow
_CLEAR = 6  # from a name to a dot that is not its own
_GROUND, _TEXT, _LINE, _ACCENT = "#FFFFFF", "#1F2933", "#7B8794", "#1D4E89"


@attrs.frozen
class Rect:
    """A box: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Rect) -> bool:
        """Say whether the two overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Rect) -> bool:
        """Say whether the other lies inside."""
        return (
            self.left <= other.left
            and self.right >= other.right
            and self.top <= other.top
            and self.bottom >= other.bottom
        )

    def crossed_by(self, start: tuple[float, float], end: tuple[float, float]) -> bool:
        """Say whether a line runs through it."""
        steps = max(2, int(math.dist(start, end) / 3))
        points = (
            (start[0] + (end[0] - start[0]) * n / steps, start[1] + (end[1] - start[1]) * n / steps)
            for n in range(steps + 1)
        )
        return any(self.left <= x <= self.right and self.top <= y <= self.bottom for x, y in points)


@attrs.frozen
class Spot:
    """Where an item is drawn.

    Attributes:
        number: the number in its dot.
        item: the item.
        x: middle of the dot.
        y: middle of the dot.
        true_x: where its values are.
        true_y: where its values are; another place than the dot's where that was taken.
        label: the box of its name, where there was room for it.
        lines: the lines of the name.
        path: where it stood before, the earliest first.
    """

    number: int
    item: Item
    x: float
    y: float
    true_x: float
    true_y: float
    label: Rect | None = None
    lines: tuple[str, ...] = ()

    @property
    def moved(self) -> bool:
        """Whether the dot stands beside its place."""
        return math.dist((self.x, self.y), (self.true_x, self.true_y)) > 1

    path: tuple[tuple[float, float], ...] = ()

    @property
    def box(self) -> Rect:
        """The box around the dot."""
        return Rect(self.x - RADIUS, self.y - RADIUS, self.x + RADIUS, self.y + RADIUS)


@attrs.frozen
class Frame:
    """The measures of a drawing: where the field lies, and where the ends of both axes are in it."""

    width: int
    height: float
    field: Rect
    scale: Rect

    def x_of(self, axis: Axis, value: float) -> float:
        """Return where a value of the axis across is, in pixels."""
        share = (min(max(value, axis.low), axis.high) - axis.low) / (axis.high - axis.low)
        return self.scale.left + share * (self.scale.right - self.scale.left)

    def y_of(self, axis: Axis, value: float) -> float:
        """Return where a value of the axis up is, in pixels."""
        share = (min(max(value, axis.low), axis.high) - axis.low) / (axis.high - axis.low)
        return self.scale.bottom - share * (self.scale.bottom - self.scale.top)


def _zone_lines(board: Board, names: Mapping[str, str], width: float) -> dict[str, tuple[list[str], list[str]]]:
    """The lines of each zone's name and of what follows from it, on a field of this width."""
    span = board.across.high - board.across.low
    widths = [(high - low) / span * (width - 2 * _EDGE) for low, high in board.across.bands]
    widths[0] += _EDGE
    widths[-1] += _EDGE
    return {
        zone.key: (
            wrap(names[zone.key], widths[zone.column] - 16, 14, bold=True),
            wrap(zone.about, widths[zone.column] - 16, SIZE),
        )
        for zone in board.zones
    }


def frame_of(board: Board, names: Mapping[str, str], width: int = WIDE) -> Frame:
    """Return the measures of the drawing of a board.

    Args:
        board: the board.
        names: the names of its zones.
        width: how wide the drawing is.
    """
    words = max(text_width(level.label, SIZE) for level in board.up.levels) + 12 if width >= WIDE else 8.0
    field_width = width - words - 8
    lines = _zone_lines(board, names, field_width)
    strips = [0.0, 0.0]  # what the names take at the top and at the bottom
    last = len(board.up.bands) - 1
    for zone in board.zones:
        if zone.row in {0, last}:
            high = 19.0 * len(lines[zone.key][0]) + LEADING * len(lines[zone.key][1]) + 14
            place = 0 if zone.row == last else 1
            strips[place] = max(strips[place], high)
    top = 30.0
    plot = 400.0 if width >= WIDE else 300.0
    field = Rect(words, top, words + field_width, top + strips[0] + plot + strips[1])
    scale = Rect(field.left + _EDGE, top + strips[0] + RADIUS, field.right - _EDGE, field.bottom - strips[1] - RADIUS)
    return Frame(width, field.bottom + 50, field, scale)


def _home(board: Board, frame: Frame, item: Item) -> Rect:
    """The zone of an item as a box in which its dot may stand."""
    column, row = board.across.band(item.x or 0), board.up.band(item.y or 0)
    (low, high), (bottom, top) = board.across.bands[column], board.up.bands[row]
    last_column, last_row = column == len(board.across.bands) - 1, row == len(board.up.bands) - 1
    return Rect(
        frame.x_of(board.across, low) - (4 if column == 0 else 0),
        frame.y_of(board.up, top) - (4 if last_row else 0),
        frame.x_of(board.across, high) + (4 if last_column else -1),
        frame.y_of(board.up, bottom) + (4 if row == 0 else -1),
    )


def _free(x: float, y: float, taken: Iterable[tuple[float, float]]) -> bool:
    return all(math.dist((x, y), other) >= 2 * RADIUS + _GAP for other in taken)


def _near(x: float, y: float, reach: float) -> Iterator[tuple[float, float]]:
    """Places around a point, the nearest first."""
    for ring in range(1, int(reach / _RING)):
        radius = ring * _RING
        count = max(8, int(2 * math.pi * radius / 6))
        for n in range(count):
            turn = 2 * math.pi * n / count - math.pi / 4
            yield x + radius * math.cos(turn), y + radius * math.sin(turn)


def _settle(board: Board, frame: Frame, items: Sequence[tuple[int, Item]]) -> dict[int, tuple[float, float]]:
    """Return where each dot stands: at its place where that is free, else as near as possible in the same zone."""
    true = {n: (frame.x_of(board.across, i.x or 0), frame.y_of(board.up, i.y or 0)) for n, i in items}
    placed: dict[int, tuple[float, float]] = {}
    for n, _item in items:
        if _free(*true[n], placed.values()):
            placed[n] = true[n]
    for n, item in items:
        if n in placed:
            continue
        field = frame.field
        anywhere = Rect(field.left + RADIUS, field.top + RADIUS, field.right - RADIUS, field.bottom - RADIUS)
        inside = (
            place
            for room in (_home(board, frame, item), anywhere)
            for place in _near(*true[n], math.hypot(frame.width, frame.height))
            if room.holds(Rect(*place, *place)) and _free(*place, placed.values())
        )
        placed[n] = next(inside, true[n])
    return placed


def _label_boxes(spot: Spot) -> Iterator[tuple[Rect, tuple[str, ...]]]:
    """The boxes in which the name of an item could stand, the best first."""
    tried: set[tuple[str, ...]] = set()
    for width in _LABELS:
        lines = tuple(wrap(spot.item.name, width, SIZE))
        if lines in tried or not lines or len(lines) > _MOST_LINES:
            continue
        tried.add(lines)
        wide = max(text_width(line, SIZE) for line in lines) + 4
        high = LEADING * len(lines)
        away = RADIUS + 3
        for left, top in (
            (spot.x + away, spot.y - high / 2),
            (spot.x - away - wide, spot.y - high / 2),
            (spot.x - wide / 2, spot.y + away),
            (spot.x - wide / 2, spot.y - away - high),
            (spot.x - 6, spot.y + away),
            (spot.x - 6, spot.y - away - high),
            (spot.x + 6 - wide, spot.y + away),
            (spot.x + 6 - wide, spot.y - away - high),
        ):
            yield Rect(left, top, left + wide, top + high), lines


def arrange(board: Board, items: Sequence[Item], frame: Frame) -> list[Spot]:
    """Return where the placed items and their names are drawn, so that no dot or name covers another.

    A dot whose place is taken stands beside it. A name stands beside its dot where there is room for it; the number in
    the dot leads to the table in any case.
    """
    numbered = [(n, item) for n, item in enumerate(items, start=1) if item.placed]
    where = _settle(board, frame, numbered)
    spots = [
        Spot(
            n,
            item,
            *where[n],
            frame.x_of(board.across, item.x or 0),
            frame.y_of(board.up, item.y or 0),
            path=tuple((frame.x_of(board.across, p.x), frame.y_of(board.up, p.y)) for p in item.before),
        )
        for n, item in numbered
    ]
    room = Rect(frame.field.left + 3, frame.scale.top - RADIUS, frame.field.right - 3, frame.scale.bottom + RADIUS)
    dots = [spot.box for spot in spots]
    lines = [((s.x, s.y), (s.true_x, s.true_y)) for s in spots if s.moved]
    lines += [pair for s in spots for pair in pairwise((*s.path, (s.x, s.y)))]
    labels: list[Rect] = []
    named = []
    for spot, own in zip(spots, dots, strict=True):
        found = spot
        for box, text in _label_boxes(spot) if len(spots) <= _MOST_NAMES else ():
            around = Rect(box.left - _CLEAR, box.top - 2, box.right + _CLEAR, box.bottom + 2)
            others = (*(other for other in dots if other is not own), *labels)
            clear = room.holds(box) and not any(around.meets(other) for other in others)
            if clear and not any(box.crossed_by(*line) for line in lines):
                labels.append(box)
                found = attrs.evolve(spot, label=box, lines=text)
                break
        named.append(found)
    return named


# --- drawing -----------------------------------------------------------------------------------------------------


def _ground(board: Board, names: Mapping[str, str], frame: Frame) -> str:
    """The field with its zones and their names."""
    field = frame.field
    parts = [
        f'<rect class="rd-box rd-loose" fill="{_GROUND}" stroke="{_LINE}" stroke-width="1.5" x="{field.left:.1f}"'
        f' y="{field.top:.1f}" width="{field.right - field.left:.1f}" height="{field.bottom - field.top:.1f}" rx="8"/>'
    ]
    line = f'class="rd-cut" stroke="{_LINE}" stroke-width="1.5" stroke-dasharray="6 4"'
    cuts = [frame.x_of(board.across, cut) for cut in board.across.cuts]
    parts += [f'<line {line} x1="{x:.1f}" x2="{x:.1f}" y1="{field.top:.1f}" y2="{field.bottom:.1f}"/>' for x in cuts]
    for cut in board.up.cuts:
        y = frame.y_of(board.up, cut)
        parts.append(f'<line {line} x1="{field.left:.1f}" x2="{field.right:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>')
    lefts = [field.left, *cuts]
    lines = _zone_lines(board, names, field.right - field.left)
    last = len(board.up.bands) - 1
    for zone in board.zones:
        name, about = lines[zone.key]
        high = 19 * len(name) + LEADING * len(about)
        top = field.top + 8 if zone.row == last else field.bottom - 6 - high
        if zone.row not in {0, last}:
            top = frame.y_of(board.up, board.up.bands[zone.row][1]) + 8
        parts.append(text_block(name, lefts[zone.column] + 10, top, 14, 19, bold=True))
        parts.append(text_block(about, lefts[zone.column] + 10, top + 19 * len(name), SIZE, LEADING, look="rd-q"))
    return "".join(parts)


def _centred(text: str, x: float, y: float, *, look: str = "rd-q", bold: bool = False) -> str:
    fill = _TEXT if look == "rd-t" else "#52606D"
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text class="{look}" fill="{fill}" font-size="{SIZE}"{weight} text-anchor="middle" x="{x:.1f}"'
        f' y="{y + SIZE * 0.36:.1f}">{e(text)}</text>'
    )


def _axes(board: Board, frame: Frame) -> str:
    """The names of the axes, and the words of their levels where there is room."""
    field, parts = frame.field, []
    across = _("→ {axis} ({low} to {high})").format(
        axis=board.across.label, low=board.across.ends[0], high=board.across.ends[1]
    )
    up = _("↑ {axis} ({low} to {high})").format(axis=board.up.label, low=board.up.ends[0], high=board.up.ends[1])
    parts.append(text_block([up], 0 if frame.width < WIDE else field.left, 6, SIZE, LEADING, bold=True))
    if frame.width >= WIDE:
        for level in board.up.levels:
            y = frame.y_of(board.up, float(level.value)) - LEADING / 2
            left = field.left - 8 - text_width(level.label, SIZE)
            parts.append(text_block([level.label], left, y, SIZE, LEADING, look="rd-q"))
        for level in board.across.levels:
            parts.append(_centred(level.label, frame.x_of(board.across, float(level.value)), field.bottom + 13))
    lines = wrap(across, field.right - field.left, SIZE, bold=True)
    parts.append(text_block(lines, field.left, field.bottom + 24, SIZE, LEADING, bold=True))
    return "".join(parts)


_LOOKS = {
    "open": f'class="rd-dot" fill="{_GROUND}" stroke="{_ACCENT}" stroke-width="2"',
    "full": f'class="rd-dot rd-dot-full" fill="{_ACCENT}" stroke="{_ACCENT}" stroke-width="2"',
    "faint": f'class="rd-dot rd-dot-faint" fill="{_GROUND}" stroke="{_LINE}" stroke-width="2" stroke-dasharray="3 3"',
}
_NUMBERS = {
    "open": f'class="rd-t" fill="{_TEXT}"',
    "full": f'class="rd-dot-n" fill="{_GROUND}"',
    "faint": 'class="rd-q" fill="#52606D"',
}


def dot(number: int, x: float, y: float, look: str) -> str:
    """Return a numbered dot as SVG: filled, with an edge, or with a dashed edge."""
    return (
        f'<circle {_LOOKS[look]} cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}"/>'
        f'<text {_NUMBERS[look]} font-size="{SIZE}" font-weight="600" text-anchor="middle" x="{x:.1f}"'
        f' y="{y + SIZE * 0.36:.1f}">{number}</text>'
    )


def _leader(spot: Spot) -> str:
    if not spot.moved:
        return ""
    return (
        f'<g data-of="{e(spot.item.id)}"><line class="rd-lead" stroke="{_ACCENT}" x1="{spot.x:.1f}"'
        f' y1="{spot.y:.1f}" x2="{spot.true_x:.1f}" y2="{spot.true_y:.1f}"/>'
        f'<circle class="rd-head" fill="{_ACCENT}" cx="{spot.true_x:.1f}" cy="{spot.true_y:.1f}" r="2.5"/></g>'
    )


def _way(spot: Spot) -> str:
    """The arrow from where an item stood before to the edge of its dot; nothing for a step that its dot covers."""
    if not spot.path:
        return ""
    start, (x, y) = spot.path[-1], (spot.x, spot.y)
    far = math.dist(start, (x, y))
    if far <= RADIUS + _HEAD and len(spot.path) == 1:
        return ""
    points = [f"{px:.1f},{py:.1f}" for px, py in spot.path]
    head = ""
    if far > RADIUS + _HEAD:
        along = ((x - start[0]) / far, (y - start[1]) / far)
        tip = (x - along[0] * RADIUS, y - along[1] * RADIUS)
        back = (tip[0] - along[0] * _HEAD, tip[1] - along[1] * _HEAD)
        side = (-along[1] * _HEAD * 0.5, along[0] * _HEAD * 0.5)
        points.append(f"{back[0]:.1f},{back[1]:.1f}")
        corners = (tip, (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1]))
        head = f'<path class="rd-head" fill="{_ACCENT}" d="M{" L".join(f"{a:.1f},{b:.1f}" for a, b in corners)} Z"/>'
    begins = "".join(
        f'<circle class="rd-was" fill="{_GROUND}" stroke="{_ACCENT}" stroke-width="1.5"'
        f' cx="{px:.1f}" cy="{py:.1f}" r="4"/>'
        for px, py in spot.path
    )
    return (
        f'<g data-of="{e(spot.item.id)}"><path class="rd-lead" fill="none" stroke="{_ACCENT}" stroke-width="1.5"'
        f' d="M{" L".join(points)}"/>{head}{begins}</g>'
    )


def _drawn(spot: Spot) -> str:
    label = ""
    if spot.label:
        box = spot.label
        label = (
            f'<g class="rd-label"><rect class="rd-ground" fill="{_GROUND}" x="{box.left:.1f}" y="{box.top:.1f}"'
            f' width="{box.right - box.left:.1f}" height="{box.bottom - box.top:.1f}" rx="3"/>'
            f"{text_block(list(spot.lines), box.left + 2, box.top, SIZE, LEADING)}</g>"
        )
    look = spot.item.look
    return f'<g data-item="{e(spot.item.id)}">{label}{dot(spot.number, spot.x, spot.y, look)}</g>'


def drawing(board: Board, items: Sequence[Item], names: Mapping[str, str], width: int = WIDE) -> Html:
    """Return the drawing of a board as SVG.

    Args:
        board: the board.
        items: what stands on it; the number of each is its place in this list, counted from 1.
        names: the names of the zones.
        width: how wide the drawing is: :data:`WIDE` or :data:`NARROW`.
    """
    frame = frame_of(board, names, width)
    spots = arrange(board, items, frame)
    size = f'width="{frame.width}" height="{frame.height:.0f}"'
    ends = (
        f'data-left="{frame.scale.left:.2f}" data-right="{frame.scale.right:.2f}"'
        f' data-top="{frame.scale.top:.2f}" data-bottom="{frame.scale.bottom:.2f}"'
    )
    return Html(
        f'<svg class="rd-svg rd-board" xmlns="http://www.w3.org/2000/svg" {size}'
        f' viewBox="0 0 {frame.width} {frame.height:.0f}" {ends}'
        ' font-family="system-ui, &quot;DejaVu Sans&quot;, sans-serif" role="img">'
        f"<title>{e(board.title)}</title><desc>{e(in_words(board, items, names))}</desc>"
        f'<rect class="rd-ground" fill="{_GROUND}" {size}/>{_ground(board, names, frame)}{_axes(board, frame)}'
        f"{''.join(map(_way, spots))}{''.join(map(_leader, spots))}{''.join(map(_drawn, spots))}</svg>"
    )


def in_words(board: Board, items: Sequence[Item], names: Mapping[str, str]) -> str:
    """Say what a board shows: each item with its number and its place."""
    if not items:
        return _("Nothing stands on it yet.")
    said = []
    for n, item in enumerate(items, start=1):
        said.append(_("{n} {name}: {place}.").format(n=n, name=item.name, place=place_in_words(board, item, names)))
        if way := moved_in_words(board, item, names):
            said.append(_("It moved: {way}.").format(way=way))
    return " ".join(said)


def levels_table(board: Board) -> Html:
    """Return what the levels of both axes mean, as tables."""
    tables = []
    for axis in (board.up, board.across):
        rows: list[list[Cell]] = [[level.value, level.label, level.describes] for level in reversed(axis.levels)]
        caption = _("{axis}: what a place means (our wording)").format(axis=axis.label)
        tables.append(table([_("About"), _("Level"), _("When it is right")], rows, caption))
    return Html("".join(tables))


def key_table(board: Board, items: Sequence[Item], names: Mapping[str, str]) -> Html:
    """Return the items of a board as a table: number, name, values, zone, and what else is known of each."""
    rows: list[list[Cell]] = []
    for n, item in enumerate(items, start=1):
        zone = board.zone_of(item)
        values = [nothing(_("none")) if v is None else Html(format_number(v)) for v in (item.x, item.y)]
        place = inline(names[zone.key]) if zone else nothing(_("not placed yet"))
        told = (*item.notes, *[""] * len(board.notes))[: len(board.notes)]
        notes = [inline(note) if note else nothing("–") for note in told]
        state = [inline(item.state)] if board.key_to_looks else []
        rows.append([Html(f"{n}&nbsp; {inline(item.name)}"), *values, place, *state, *notes])
    state_header = [board.state_label] if board.key_to_looks else []
    headers = [
        _("Number and name"),
        board.across.label,
        board.up.label,
        _("Where it lies"),
        *state_header,
        *board.notes,
    ]
    return table(headers, rows, _("{title}, as a table").format(title=board.title), numeric=[1, 2])


def looks_in_words(board: Board) -> Html:
    """Return the key to the looks of the dots: a small dot and a word for each."""
    parts = [
        f'<span class="rd-look"><svg class="rd-svg" aria-hidden="true" width="20" height="20" viewBox="0 0 34 34">'
        f'<circle {_LOOKS[look]} cx="17" cy="17" r="{RADIUS}"/></svg> {e(word)}</span>'
        for look, word in board.key_to_looks
    ]
    return Html(" ".join(parts))


def arrows_note(items: Sequence[Item]) -> str:
    """Say what an arrow means, where there is one."""
    return _("An arrow leads from where somebody stood before.") if any(item.before for item in items) else ""


def own_names_note(board: Board, names: Mapping[str, str]) -> str:
    """Say which names of zones are our own choice, or the plan's."""
    ours = [names[zone.key] for zone in board.zones if zone.ours and names[zone.key] == zone.name]
    theirs = [names[zone.key] for zone in board.zones if zone.ours and names[zone.key] != zone.name]
    said = []
    if ours:
        said.append(_("The names {names} are our own choice.").format(names=_quoted(ours)))
    if theirs:
        said.append(_("The names {names} are this plan's.").format(names=_quoted(theirs)))
    return " ".join(said)


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(_("“{name}”").format(name=name) for name in names)


def board_figure(board: Board, items: Sequence[Item], names: Mapping[str, str], title: str = "") -> Html:
    """Return a board as a figure: the drawing, what is not placed yet, the same as a table, and the levels.

    Args:
        board: the board.
        items: what stands on it.
        names: the names of the zones (:func:`rdlib.rules.boards.names_of`).
        title: what to write above it; left out, the board's own title.
    """
    title = title or board.title
    if not items:
        return not_attempted(title)
    drawn = f'<div class="rd-drawing" style="font-size:0">{drawing(board, items, names)}</div>'
    waiting = [f"{n} {item.name}" for n, item in enumerate(items, start=1) if not item.placed]
    left_over = _("Not placed yet: {items}.").format(items=", ".join(waiting)) if waiting else ""
    key = [
        looks_in_words(board),
        e(arrows_note(items)),
        e(_("The number in a dot leads to the table.")),
        e(own_names_note(board, names)),
    ]
    return Html(
        f'<figure class="rd rd-figure"><figcaption class="rd-caption">{inline(title)}'
        f'<p class="rd-key">{" ".join(part for part in key if part)}</p></figcaption>{scroll_box(title, drawn)}'
        + (f"<p>{e(left_over)}</p>" if left_over else "")
        + (key_table(board, items, names) if len(waiting) < len(items) else "")
        + details(_("What the levels mean"), levels_table(board))
        + "</figure>"
    )

"""A graph as a picture: boxes with text in named columns, and lines between them that say of what kind they are.

This is the drawing behind the Graph surface (delivery chain, hypothesis tree): SVG text made without a browser. The
widget shows the very same drawing and lets its reader change it; a report and a notebook at rest show it as it is.
Where boxes stand and how lines run is worked out in :mod:`rdlib.figures.layered`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from rdlib.figures.html import Html, e
from rdlib.figures.layered import Box, Edge, Layout, Node, Point, Route, lay_out
from rdlib.figures.svg import text_block, text_width, wrap
from rdlib.words import plain

#: What still reads well on a landscape page, in pixels; columns are as wide as lets a drawing keep to it.
PAGE_WIDTH = 1180
#: How far a drawing is drawn smaller to fit a page, before its words are too small.
READABLE = 0.68
#: Height to width of a drawing that is kept on one page laid across.
LOW = 0.75
_PAD = 10  # inside a box
_MARGIN = 14  # from the column's ground to its boxes
_NAME, _NAME_LEADING = 14, 18
_SMALL, _LEADING = 13, 17
_LEAST_WIDTH = 112.0
_WORD_WIDTH = 250.0  # a longer word is broken
_HIGH = 760  # a drawing that is higher names its columns above as well
_CHIP = 18
_SHARES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.15, 0.85)
_CLEAR_LINES = 40  # with more lines than this, signs only keep clear of boxes and each other
_MOST_LANES = 12
_EMPTY = 60.0  # height of a column with nothing in it
_GROUND, _TEXT, _PANEL, _ACCENT = "#FFFFFF", "#1F2933", "#F3F5F7", "#1D4E89"
_LINE, _ALARM, _EDGE = "#CBD2D9", "#8F1414", "#7B8794"


@attrs.frozen
class Words:
    """A text in a box: as its name, as plain text, or as quiet text; names and what is ``strong`` are bold."""

    text: str
    look: str = "plain"


@attrs.frozen
class Vertex:
    """A box.

    Attributes:
        id: its id.
        column: its column, counted from 0 at the left.
        words: what is written in it, from the top.
        look: ``plain``, ``strong`` (a thick edge), ``fails`` (a thick edge in another colour), ``loose`` (a dashed
            edge) or ``gone`` (dashed and grey).
    """

    id: str
    column: int
    words: tuple[Words, ...]
    look: str = "plain"


@attrs.frozen
class Tie:
    """A line from one box to another.

    Attributes:
        id: its id.
        source: the box that it leaves.
        target: the box at which it arrives.
        kind: how it is drawn: ``solid``, ``double`` or ``dotted``.
        strength: ``thick``, ``plain``, ``weak`` (long dashes) or ``gone`` (thin, grey, long dashes).
        signs: the signs that stand on it, such as ▲ or $.
        head: whether its end is an arrow.
    """

    id: str
    source: str
    target: str
    kind: str = "solid"
    strength: str = "plain"
    signs: str = ""
    head: bool = True


@attrs.frozen
class Column:
    """A column: its id, and what it is called; ``loose`` where it is none of the columns that were asked for."""

    id: str
    name: str
    loose: bool = False


@attrs.frozen
class Lane:
    """Something that runs back through several columns, drawn below the boxes.

    Attributes:
        id: its id.
        columns: the columns at which it stops.
        text: what it is.
        loose: whether it is an intention as yet; then it is drawn with dashes.
    """

    id: str
    columns: tuple[int, ...]
    text: str
    loose: bool = False


@attrs.frozen
class Graph:
    """What is to be drawn.

    Attributes:
        columns: the columns from the left.
        vertices: the boxes.
        ties: the lines; those whose ends are not both there are left out.
        lanes: what runs back, from the top.
        ends: what the left and the right end stand for; empty for nothing.
        widest: how wide a box may be, in pixels.
        most_lines: how many lines a text in a box may have.
        gap: the least distance between two boxes of a column, in pixels.
    """

    columns: tuple[Column, ...]
    vertices: tuple[Vertex, ...]
    ties: tuple[Tie, ...] = ()
    lanes: tuple[Lane, ...] = ()
    ends: tuple[str, str] = ("", "")
    widest: float = 172.0
    most_lines: int = 9
    gap: float = 30.0


@attrs.frozen
class Text:
    """A text in a box, broken into lines."""

    lines: tuple[str, ...]
    look: str

    @property
    def leading(self) -> int:
        """The distance from line to line."""
        return _NAME_LEADING if self.look == "name" else _LEADING

    @property
    def height(self) -> int:
        """How high it is."""
        return self.leading * len(self.lines)


@attrs.frozen
class Arranged:
    """A graph with the place of everything in it.

    Attributes:
        graph: the graph.
        layout: boxes and lines.
        texts: what is written in each box, by its id.
        chips: where the signs of a line stand, by its id.
        left: how far the columns are moved to the right.
        top: how far the boxes are moved down.
    """

    graph: Graph
    layout: Layout
    texts: Mapping[str, tuple[Text, ...]]
    chips: Mapping[str, Box]
    left: float
    top: float

    @property
    def ties(self) -> list[Tie]:
        """The lines that are drawn."""
        return [tie for tie in self.graph.ties if tie.id in self.layout.routes]


# --- measures ----------------------------------------------------------------------------------------------------


def _widths(graph: Graph) -> list[float]:
    """Return how wide the boxes of each column are: alike, but wide enough for the longest word of a name."""
    count = max(len(graph.columns), 1)
    fair = (PAGE_WIDTH - 2 * _MARGIN - (_between(graph) + 8) * (count - 1)) / count
    widths = [min(max(fair, _LEAST_WIDTH), graph.widest)] * count
    for vertex in graph.vertices:
        for words in vertex.words:
            bold = words.look in {"name", "strong"}
            size = _NAME if words.look == "name" else _SMALL
            longest = max((text_width(word, size, bold=bold) for word in plain(words.text).split()), default=0.0)
            widths[vertex.column] = max(widths[vertex.column], min(longest, _WORD_WIDTH) + 2 * _PAD + 1)
    return widths


def _between(graph: Graph) -> float:
    """Return the least distance between two columns: room for the signs of a line beside its head."""
    return max((_chip_width(tie) for tie in graph.ties if tie.signs), default=float(_CHIP)) + 38


def _text(words: Words, width: float, most: int) -> Text:
    size, bold = (_NAME, True) if words.look == "name" else (_SMALL, words.look == "strong")
    lines = wrap(words.text, width - 2 * _PAD, size, bold=bold)
    if len(lines) > most:
        lines = [*lines[: most - 1], "…"]
    return Text(tuple(lines), words.look)


def arrange(graph: Graph) -> Arranged:
    """Return where everything is drawn: no box, no sign and no text covers another, and no line runs through a box.

    Raises:
        KeyError: two boxes have the same id.
    """
    widths = _widths(graph)
    most = graph.most_lines
    texts = {v.id: tuple(t for w in v.words if (t := _text(w, widths[v.column], most)).lines) for v in graph.vertices}
    nodes = [Node(v.id, v.column, widths[v.column], _high(texts[v.id])) for v in graph.vertices]
    edges = [Edge(t.id, t.source, t.target) for t in graph.ties if t.source in texts and t.target in texts]
    taken = {vertex.column for vertex in graph.vertices}
    nodes += [Node(f"\n{n}", n, width, _EMPTY) for n, width in enumerate(widths) if n not in taken]
    layout = lay_out(nodes, edges, gap=graph.gap, between=_between(graph))
    high = layout.height > _HIGH
    top = _MARGIN + (_head_height(graph, layout) if high else 0.0)
    found = Arranged(graph, layout, texts, {}, _MARGIN + 2.0, top)
    return attrs.evolve(found, chips=_chips(graph, layout))


def _high(texts: Iterable[Text]) -> float:
    return float(max(sum(text.height for text in texts) + 2 * 8, 36))


def _chip_places(route: Route, width: float) -> Iterator[Box]:
    """The places where the signs of a line could stand, the best first."""
    a, b = route.start, route.end
    if len(route.curves) == 1 and abs(a[0] - b[0]) < 1:  # a short line between two boxes, one above the other
        for left in (a[0] + 5, a[0] - 5 - width):
            yield Box(left, (a[1] + b[1]) / 2 - _CHIP / 2, width, _CHIP)
        return
    for share in _SHARES:
        x, y = route.at(share)
        yield Box(x - width / 2, y - _CHIP / 2, width, _CHIP)


def _chips(graph: Graph, layout: Layout) -> dict[str, Box]:
    """Return where the signs of each line stand: on the line, clear of every box and of other signs."""
    boxes = list(layout.boxes.values())
    taken: list[Box] = []
    lines: dict[str, list[Point]] = {}
    if len(layout.routes) <= _CLEAR_LINES:
        lines = {id_: route.points() for id_, route in layout.routes.items()}
    found = {}
    for tie in graph.ties:
        route = layout.routes.get(tie.id)
        if route is None or not tie.signs:
            continue
        width = _chip_width(tie)
        others = [point for id_, points in lines.items() if id_ != tie.id for point in points]
        best, least = None, 1000.0
        for place, box in enumerate(_chip_places(route, width)):
            around = Box(box.left - 2, box.top - 2, box.width + 4, box.height + 4)
            if any(around.meets(other) for other in boxes):
                continue
            cost = place * 0.5 + 100 * sum(around.meets(other) for other in taken)
            cost += sum(_inside(box, point) for point in others)
            if cost < least:
                best, least = box, cost
        if best is not None:
            found[tie.id] = best
            taken.append(best)
    return found


def _chip_width(tie: Tie) -> float:
    return max(float(_CHIP), text_width(tie.signs, _SMALL, bold=True) + 8)


def _inside(box: Box, point: Point) -> bool:
    return box.left <= point[0] <= box.right and box.top <= point[1] <= box.bottom


def _head_lines(column: Column, width: float) -> list[str]:
    return wrap(column.name, width + _MARGIN, _NAME, bold=True)


def _head_height(graph: Graph, layout: Layout) -> float:
    lines = [
        _head_lines(column, right - left) for column, (left, right) in zip(graph.columns, layout.columns, strict=True)
    ]
    return max(map(len, lines), default=0) * _NAME_LEADING + 16.0


# --- drawing -----------------------------------------------------------------------------------------------------

_DASHES = {"weak": "9 5", "gone": "4 5"}
_THICK = {"thick": 3.5, "plain": 2.0, "weak": 2.0, "gone": 1.5}


def tie_path(d: str, kind: str, strength: str) -> str:
    """Return the strokes of a line as SVG, without its head.

    Args:
        d: its way.
        kind: ``solid``, ``double`` or ``dotted``.
        strength: ``thick``, ``plain``, ``weak`` or ``gone``.
    """
    look, colour = {"weak": ("rd-back", _ALARM), "gone": ("rd-cut", _EDGE)}.get(strength, ("rd-arrow", _ACCENT))
    dashes = f' stroke-dasharray="{_DASHES[strength]}"' if strength in _DASHES else ""
    width = _THICK[strength]
    if kind == "dotted":
        gap = "10" if strength in _DASHES else "5.5"
        dashes = f' stroke-dasharray="0.1 {gap}" stroke-linecap="round"'
        width += 1.2
    stroke = f'class="{look}" stroke="{colour}" fill="none" d="{d}"'
    if kind != "double":
        return f'<path {stroke} stroke-width="{width:g}"{dashes}/>'
    return (
        f'<path {stroke} stroke-width="{width + 4:g}"{dashes}/>'
        f'<path class="rd-hollow" stroke="{_GROUND}" fill="none" d="{d}" stroke-width="{width + 0.5:g}"/>'
    )


def _head(route: Route, tie: Tie) -> str:
    x, y = route.end
    ahead, down = route.heading
    long, half = (12.0, 6.5) if tie.kind == "double" or tie.strength == "thick" else (10.0, 5.0)
    size = (ahead**2 + down**2) ** 0.5
    ahead, down = ahead / size, down / size
    back = (x - long * ahead, y - long * down)
    look, colour = {"weak": ("rd-back-head", _ALARM), "gone": ("rd-cut-head", _EDGE)}.get(
        tie.strength, ("rd-head", _ACCENT)
    )
    one = (back[0] - half * down, back[1] + half * ahead)
    other = (back[0] + half * down, back[1] - half * ahead)
    return (
        f'<path class="{look}" fill="{colour}" d="M{x:.1f} {y:.1f}L{one[0]:.1f} {one[1]:.1f}'
        f'L{other[0]:.1f} {other[1]:.1f}z"/>'
    )


def _way(route: Route) -> str:
    parts = ["M{:.1f} {:.1f}".format(*route.start)]
    for _a, b, c, d in route.curves:
        parts.append(f"C{b[0]:.1f} {b[1]:.1f} {c[0]:.1f} {c[1]:.1f} {d[0]:.1f} {d[1]:.1f}")
    return "".join(parts)


def _tied(arranged: Arranged, tie: Tie) -> str:
    route = arranged.layout.routes[tie.id]
    strokes = tie_path(_way(route.shortened(7) if tie.head else route), tie.kind, tie.strength)
    return (
        f'<g data-link="{e(tie.id)}" data-from="{e(tie.source)}" data-to="{e(tie.target)}">'
        f"{strokes}{_head(route, tie) if tie.head else ''}</g>"
    )


def _chip(arranged: Arranged, tie: Tie) -> str:
    box = arranged.chips.get(tie.id)
    if box is None:
        return ""
    look, colour = ("rd-chip-gone", _EDGE) if tie.strength == "gone" else ("rd-chip", _TEXT)
    return (
        f'<g data-of="{e(tie.id)}"><rect class="{look}" fill="{_GROUND}" stroke="{colour}" stroke-width="1.5"'
        f' x="{box.left:.1f}"'
        f' y="{box.top:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="{_CHIP / 2:g}"/>'
        f'<text class="rd-t" fill="{_TEXT}" font-size="{_SMALL}" font-weight="600" text-anchor="middle"'
        f' x="{box.middle[0]:.1f}" y="{box.middle[1] + _SMALL * 0.36:.1f}">{e(tie.signs)}</text></g>'
    )


_BOXES = {
    "plain": f'class="rd-box" stroke="{_TEXT}" stroke-width="1.5"',
    "strong": f'class="rd-box" stroke="{_TEXT}" stroke-width="3.5"',
    "loose": f'class="rd-box rd-loose" stroke="{_EDGE}" stroke-width="1.5" stroke-dasharray="6 4"',
    "fails": f'class="rd-box rd-back" stroke="{_ALARM}" stroke-width="3.5"',
    "gone": f'class="rd-box rd-loose" stroke="{_EDGE}" stroke-width="1.5" stroke-dasharray="3 4"',
}


def _boxed(arranged: Arranged, vertex: Vertex) -> str:
    box, texts = arranged.layout.boxes[vertex.id], arranged.texts[vertex.id]
    top = box.middle[1] - sum(text.height for text in texts) / 2
    parts = []
    for text in texts:
        name = text.look == "name"
        quiet = text.look == "quiet" or vertex.look == "gone"
        parts.append(
            text_block(
                list(text.lines),
                box.left + _PAD,
                top,
                _NAME if name else _SMALL,
                text.leading,
                look="rd-q" if quiet else "rd-t",
                bold=name or text.look == "strong",
            )
        )
        top += text.height
    column = arranged.graph.columns[vertex.column]
    return (
        f'<g data-node="{e(vertex.id)}" data-column="{e(column.id)}"><rect {_BOXES[vertex.look]} fill="{_GROUND}"'
        f' x="{box.left:.1f}" y="{box.top:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="8"/>'
        f"{''.join(parts)}</g>"
    )


def _columns(arranged: Arranged, height: float) -> str:
    """The grounds of the columns, with a dashed edge where a column is none of those asked for."""
    parts = []
    for column, (left, right) in zip(arranged.graph.columns, arranged.layout.columns, strict=True):
        edge = (
            f' class="rd-panel rd-cut" stroke="{_EDGE}" stroke-dasharray="6 4"' if column.loose else ' class="rd-panel"'
        )
        parts.append(
            f'<rect{edge} data-level="{e(column.id)}" fill="{_PANEL}" x="{left - _MARGIN:.1f}"'
            f' y="{-arranged.top:.1f}" width="{right - left + 2 * _MARGIN:.1f}" height="{height:.1f}" rx="8"/>'
        )
    return "".join(parts)


def _heads(arranged: Arranged, top: float) -> str:
    parts = []
    for column, (left, right) in zip(arranged.graph.columns, arranged.layout.columns, strict=True):
        lines = _head_lines(column, right - left)
        look = "rd-q" if column.loose else "rd-t"
        text = text_block(lines, left - _MARGIN / 2, top, _NAME, _NAME_LEADING, look=look, bold=True)
        around = (
            f'<rect fill="none" x="{left - _MARGIN + 2:.1f}" y="{top - 3:.1f}"'
            f' width="{right - left + 2 * _MARGIN - 4:.1f}" height="{len(lines) * _NAME_LEADING + 6}" rx="6"/>'
        )
        parts.append(f'<g data-head="{e(column.id)}">{around}{text}</g>')
    return "".join(parts)


def _lanes(arranged: Arranged, top: float, width: float) -> tuple[str, float]:
    """What runs back: an arrow to the left with a stop at each of its columns, and its words below it."""
    parts = []
    for lane in arranged.graph.lanes[:_MOST_LANES]:
        stops = sorted(sum(arranged.layout.columns[n]) / 2 for n in set(lane.columns))
        if not stops:
            continue
        first, last = stops[0], stops[-1]
        if first == last:
            first, last = first - 30, last + 30
        y = top + 9
        dashes = ' stroke-dasharray="5 4"' if lane.loose else ""
        dots = "".join(f'<circle class="rd-head" fill="{_ACCENT}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x in stops[1:])
        parts.append(
            f'<g data-lane="{e(lane.id)}"><path class="rd-arrow" stroke="{_ACCENT}" fill="none" stroke-width="1.5"'
            f'{dashes} d="M{last:.1f} {y:.1f}H{first + 7:.1f}"/>{dots}'
            f'<path class="rd-head" fill="{_ACCENT}" d="M{first:.1f} {y:.1f}l9 -5v10z"/>'
        )
        room = min(max(last - first, 420.0), width - 8)
        lines = wrap(lane.text, room, _SMALL)
        wide = max((text_width(line, _SMALL) for line in lines), default=0.0)
        left = max(min(first, width - arranged.left - wide - 6), 6 - arranged.left)
        parts.append(text_block(lines, left, y + 8, _SMALL, _LEADING) + "</g>")
        top = y + 8 + _LEADING * len(lines) + 8
    return "".join(parts), top


def _axis(graph: Graph, top: float, width: float) -> str:
    """The arrow along the lower edge, with the words for both ends."""
    left, right = graph.ends
    start, end = text_width(left, _SMALL) + 12, width - text_width(right, _SMALL) - 12
    y = top + _LEADING / 2
    return (
        text_block([left], 2, top, _SMALL, _LEADING, look="rd-q")
        + f'<path class="rd-cut" stroke="{_EDGE}" fill="none" stroke-width="1.5" '
        f' d="M{start:.1f} {y:.1f}H{end - 8:.1f}"/>'
        f'<path class="rd-cut-head" fill="{_EDGE}" d="M{end - 2:.1f} {y:.1f}l-9 -5v10z"/>'
        + text_block([right], end + 4, top, _SMALL, _LEADING, look="rd-q")
    )


def graph_drawing(graph: Graph, title: str, description: str) -> Html:
    """Return the drawing of a graph as SVG.

    Args:
        graph: what is to be drawn.
        title: what the drawing is.
        description: what it shows, in words.
    """
    arranged = arrange(graph)
    layout = arranged.layout
    width = layout.width + 2 * _MARGIN + 4
    heads = _head_height(graph, layout)
    lanes, bottom = _lanes(arranged, layout.height + (14 if graph.lanes else 0), width)
    panel = arranged.top + bottom + heads + 6
    parts = [_columns(arranged, panel), _heads(arranged, bottom + 8)]
    if layout.height > _HIGH:
        parts.append(_heads(arranged, 8 - arranged.top))
    parts.append(lanes)
    parts += [_tied(arranged, tie) for tie in arranged.ties]
    parts += [_chip(arranged, tie) for tie in arranged.ties]
    parts += [_boxed(arranged, vertex) for vertex in graph.vertices]
    height = panel
    axis = ""
    if any(graph.ends):
        axis = _axis(graph, panel + 6, width)
        height += 6 + _LEADING + 4
    size = f'width="{width:.0f}" height="{height:.0f}"'
    least = f'style="--rd-least: {READABLE * width:.0f}px"'  # narrower than that, its words would be too small
    low = " rd-graph-low" if height < LOW * width else ""  # it fits one sheet of paper, laid across
    return Html(
        f'<svg class="rd-svg rd-graph{low}" xmlns="http://www.w3.org/2000/svg" {size} {least}'
        f' viewBox="0 0 {width:.0f} {height:.0f}"'
        ' font-family="system-ui, &quot;DejaVu Sans&quot;, sans-serif" role="img">'
        f"<title>{e(title)}</title><desc>{e(description)}</desc>"
        f'<rect class="rd-ground" fill="{_GROUND}" {size}/>'
        f'<g transform="translate({arranged.left:.1f} {arranged.top:.1f})">{"".join(parts)}</g>{axis}</svg>'
    )

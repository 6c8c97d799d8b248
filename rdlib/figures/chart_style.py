"""The one hand in which every chart of numbers is drawn: paper, type, colours, ticks, and labels that never overlap.

A chart is a page with fixed margins: a title that says the finding, what is measured, the plot, and below it the source
and the day. Everything is measured before it is drawn, so that nothing is cut and no second drawing is needed. Only
``Figure`` objects on the Agg canvas are used: nothing is left behind in matplotlib's own state.
"""

from __future__ import annotations

import base64
import math
import re
import string
import warnings
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import attrs

from rdlib.figures.html import Html, e, scroll_box
from rdlib.rules.headline import amount_words
from rdlib.words import _, format_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.figure import Figure
    from matplotlib.text import Text

FONT = "DejaVu Sans"
TEXT, QUIET, GRID, FRAME = "#1F2933", "#52606D", "#E4E7EB", "#9AA5B1"
BAND, BAND_EDGE = "#DCE6F2", "#8FA9C7"
OBSERVED, TARGET, COMPARED, PLANNED, BASELINE = "#1D4E89", "#A8560F", "#7B4B94", "#25775D", "#52606D"

#: Width of every chart in inches, and dots an inch: 1 120 dots, shown 700 wide.
WIDTH, DPI = 7.0, 160
SHOWN = 700
#: The least width at which its smallest words are still read with ease.
LEAST = 560
TITLE_SIZE, SUBTITLE_SIZE, LABEL_SIZE, TICK_SIZE, FOOT_SIZE = 14.0, 10.5, 10.0, 9.5, 9.0
_LINE = 1.32  # height of a line of text, in its own size
_EDGE = 0.12  # inches kept free round everything
#: Width between the edges, in inches.
FULL = WIDTH - 2 * _EDGE

Across = Literal["left", "center", "right"]
Upright = Literal["bottom", "center", "top"]


# --- text --------------------------------------------------------------------------------------------------------


def tidy(text: str) -> str:
    """Return a user's text on one line, without control characters and halves of signs, which no font can draw."""
    return re.sub(r"\s+", " ", re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", text)).strip()


@lru_cache(maxsize=1)
def _measure() -> RendererBase:
    """The tool that draws the text, asked only how wide it becomes."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    canvas = FigureCanvasAgg(Figure(figsize=(1, 1), dpi=DPI))
    renderer: RendererBase = canvas.get_renderer()  # type: ignore[no-untyped-call]
    return renderer


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is, in inches."""
    return sum(_advance(sign, size, bold) for sign in text)


@lru_cache(maxsize=8192)
def _advance(sign: str, size: float, bold: bool) -> float:
    """Return by how much a sign moves on the one that follows it, in inches.

    A whole text is not asked for: laying it out takes longer than drawing it, and the same signs come again and again.
    """
    return _drawn_width(f"H{sign}H", size, bold) - _drawn_width("HH", size, bold)


def _drawn_width(text: str, size: float, bold: bool) -> float:
    from matplotlib.font_manager import FontProperties

    look = FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a sign that the font lacks is drawn as a box, which is measured
        return float(_measure().get_text_width_height_descent(text, look, False)[0]) / DPI


def warm_up() -> None:
    """Get ready what every chart needs, in a process that will fork: the fonts, and a first drawing."""
    from matplotlib.font_manager import FontProperties

    page = new_page("Aa", "Aa", foot=["Aa"])
    page.label(0.5, 0.5, "Aa")
    picture(page.figure)
    for size, weight in (
        (TITLE_SIZE, "bold"), (LABEL_SIZE, "bold"), (LABEL_SIZE, "normal"),
        (TICK_SIZE, "normal"), (FOOT_SIZE, "normal"),
    ):  # fmt: skip
        page.figure.canvas.get_renderer().get_ready(  # type: ignore[attr-defined]  # it is our canvas
            string.ascii_letters + string.digits + "%.,:;()", FontProperties(family=FONT, size=size, weight=weight)
        )
    for size in (TITLE_SIZE, SUBTITLE_SIZE, LABEL_SIZE, TICK_SIZE, FOOT_SIZE):
        for sign in string.ascii_letters + string.digits + string.punctuation + " “”‘’–…\u2009\u00a0":
            text_width(sign, size)
            text_width(sign, size, bold=True)


def line_height(size: float, lines: int = 1) -> float:
    """Return how high so many lines of text are, in inches."""
    return lines * size * _LINE / 72


def wrap(text: str, width: float, size: float, *, bold: bool = False, most: int = 3) -> list[str]:
    """Break a text into lines of a width in inches; what does not fit in so many lines ends in "…".

    >>> wrap("one two three", 100, 10)
    ['one two three']
    """
    lines: list[str] = []
    for word in text.split(" "):
        for piece in _pieces(word, width, size, bold=bold):
            longer = f"{lines[-1]} {piece}" if lines else piece
            if lines and text_width(longer, size, bold=bold) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and text_width(last + " …", size, bold=bold) > width:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip(" ,;.") + " …"]


def _pieces(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    """Cut a word that is wider than a line."""
    pieces = [""]
    for sign in word:
        if pieces[-1] and text_width(pieces[-1] + sign, size, bold=bold) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def put(
    figure: Figure,
    x: float,
    y: float,
    text: str,
    *,
    size: float = LABEL_SIZE,
    color: str = TEXT,
    bold: bool = False,
    across: Across = "left",
    upright: Upright = "center",
    halo: bool = False,
) -> Text:
    """Write a text at a place of the page, in inches from its lower left corner."""
    from matplotlib.patheffects import withStroke

    text_on_page = figure.text(
        x, y, text, fontsize=size, color=color, ha=across, va=upright, transform=figure.dpi_scale_trans,
        fontfamily=FONT, fontweight="bold" if bold else "normal", linespacing=1.2, parse_math=False,
    )  # fmt: skip
    if halo:
        text_on_page.set_path_effects([withStroke(linewidth=3.5, foreground="white")])
    return text_on_page


# --- numbers -----------------------------------------------------------------------------------------------------


def written(value: float, unit: str | None) -> str:
    """Write a value for a label: with its unit where that is short, else alone (the subtitle names the unit)."""
    return amount_words(value, unit if unit and len(unit) <= 6 else None)


def rounded(value: float, unit: str | None, width: float) -> str:
    """Write an end of a range, as fine as its width makes sensible: to about a hundredth of it.

    >>> rounded(87142.9, "students", 13000), rounded(78.713, "%", 7.4)
    ('87\u2009100', '78.7%')
    """
    fine = 2 - math.floor(math.log10(width)) if width > 0 else 2
    if width < 100:
        fine = max(0, min(fine - 1, 2 if abs(value) < 10_000 else 0))
    return format_number(round(value, fine), unit if unit == "%" else None)


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Return few round numbers between two ends.

    >>> ticks(81, 99)
    [85.0, 90.0, 95.0]
    """
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough * 0.8)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(n * step, 10) for n in range(first, last + 1)]


# --- labels that do not overlap ----------------------------------------------------------------------------------


def apart(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Move labels in a column as little as needed so that none overlaps another.

    Args:
        wanted: where the middle of each label would best be.
        heights: how high each is.
        low: the lower end of the column; the labels may reach below it only when there is no room for all.
        high: its upper end.

    Returns:
        where the middle of each label goes, in the order given.

    >>> apart([1.0, 1.1], [0.5, 0.5], 0.0, 3.0)
    [0.8, 1.3]
    """
    order = sorted(range(len(wanted)), key=lambda n: (wanted[n], n))
    blocks: list[list[int]] = []
    places: list[float] = []  # the lower end of each block

    def settle(block: list[int]) -> float:
        offset, shift = 0.0, []
        for n in block:
            shift.append(wanted[n] - (offset + heights[n] / 2))
            offset += heights[n]
        return max(low, min(sum(shift) / len(shift), high - offset))

    def height(block: list[int]) -> float:
        return sum(heights[n] for n in block)

    for n in order:
        blocks.append([n])
        places.append(settle([n]))
        while len(blocks) > 1 and places[-2] + height(blocks[-2]) > places[-1] + 1e-9:
            merged = blocks[-2] + blocks.pop()
            places.pop()
            blocks[-1], places[-1] = merged, settle(merged)
    found = [0.0] * len(wanted)
    for block, place in zip(blocks, places, strict=True):
        for n in block:
            found[n] = round(place + heights[n] / 2, 9)
            place += heights[n]  # noqa: PLW2901 - the block is filled from its lower end
    return found


@attrs.frozen
class Box:
    """A box in inches from the lower left corner of the plot."""

    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: Box) -> float:
        """Return the area that two boxes share."""
        across = min(self.right, other.right) - max(self.left, other.left)
        upright = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(0.0, across) * max(0.0, upright)


@attrs.define
class Room:
    """The room inside a plot: what is drawn already, and where a label still fits.

    Attributes:
        width: of the plot, in inches.
        height: of the plot, in inches.
        boxes: labels that were placed.
        points: points that lines and marks run through.
    """

    width: float
    height: float
    boxes: list[Box] = attrs.field(factory=list)
    points: list[tuple[float, float]] = attrs.field(factory=list)

    def draw_through(self, points: Iterable[tuple[float, float]]) -> None:
        """Note a line, so that labels keep off it."""
        corners = list(points)
        self.points += corners
        for (x0, y0), (x1, y1) in pairwise(corners):
            count = min(400, int(math.hypot(x1 - x0, y1 - y0) / 0.06))
            self.points += [(x0 + (x1 - x0) * n / count, y0 + (y1 - y0) * n / count) for n in range(1, count)]

    def place(self, x: float, y: float, width: float, height: float) -> Box:
        """Find the box for a label beside a point, where it covers nothing if that can be, and keep it."""
        best, least = None, math.inf
        for distance in (0.11, 0.2, 0.34, 0.52, 0.75, 1.0):
            for rank, (across, upright) in enumerate(
                ((0, 1), (0, -1), (-1, 1), (1, 1), (-1, -1), (1, -1), (-1, 0), (1, 0))
            ):
                left = x - width / 2 + across * (width / 2 + (distance if upright == 0 else 0.02))
                bottom = y - height / 2 + upright * (height / 2 + distance)
                box = self._inside(Box(left, bottom, left + width, bottom + height))
                cost = distance * 6 + rank * 0.15 + self._covered(box, x, y)
                if cost < least:
                    best, least = box, cost
        assert best is not None  # there is always a first candidate
        self.boxes.append(best)
        return best

    def _inside(self, box: Box) -> Box:
        dx = max(0.0, -box.left) - max(0.0, box.right - self.width)
        dy = max(0.0, 0.05 - box.bottom) - max(0.0, box.top - self.height - 0.12)
        return Box(box.left + dx, box.bottom + dy, box.right + dx, box.top + dy)

    def _covered(self, box: Box, x: float, y: float) -> float:
        cost = sum(200.0 + 2000 * box.overlap(other) for other in self.boxes if box.overlap(other) > 0)
        wide = attrs.evolve(
            box, left=box.left - 0.04, right=box.right + 0.04, bottom=box.bottom - 0.03, top=box.top + 0.03
        )
        cost += sum(3.0 for px, py in self.points if wide.left < px < wide.right and wide.bottom < py < wide.top)
        if box.left - 0.06 < x < box.right + 0.06 and box.bottom - 0.06 < y < box.top + 0.06:
            cost += 100.0
        return cost


# --- the page ----------------------------------------------------------------------------------------------------


@attrs.define
class Page:
    """A chart: the figure, its one plot, and where that lies.

    Attributes:
        figure: the figure.
        plot: its one plot.
        left: the left edge of the plot, in inches from that of the page.
        bottom: its lower edge, in inches.
        width: its width, in inches.
        height: its height, in inches.
        room: what is drawn in it already.
    """

    figure: Figure
    plot: Axes
    left: float
    bottom: float
    width: float
    height: float
    room: Room

    def inches(self, x: float, y: float) -> tuple[float, float]:
        """Return where a value of the plot lies, in inches from its lower left corner."""
        (x0, x1), (y0, y1) = self.plot.get_xlim(), self.plot.get_ylim()
        return (x - x0) / (x1 - x0) * self.width, (y - y0) / (y1 - y0) * self.height

    def write(self, x: float, y: float, text: str, **look: Any) -> None:
        """Write a text at a place in inches from the lower left corner of the plot; see :func:`put`."""
        put(self.figure, self.left + x, self.bottom + y, text, **look)

    def follow(self, points: Iterable[tuple[float, float]]) -> None:
        """Note what is drawn through values of the plot, so that labels keep off it."""
        self.room.draw_through([self.inches(x, y) for x, y in points])

    def label(self, x: float, y: float, text: str, *, color: str = TEXT, bold: bool = False) -> None:
        """Write a label beside a value of the plot, where it covers nothing."""
        lines = wrap(text, 0.6 * self.width, LABEL_SIZE, bold=bold)
        width = max(text_width(line, LABEL_SIZE, bold=bold) for line in lines) + 0.04
        height = line_height(LABEL_SIZE, len(lines))
        at, level = self.inches(x, y)
        box = self.room.place(at, level, width, height)
        near = min(max(at, box.left), box.right), min(max(level, box.bottom), box.top)
        if math.dist(near, (at, level)) > 0.25:
            self._line([near[0], at], [near[1], level])
        for row, line in enumerate(lines):
            middle = box.top - line_height(LABEL_SIZE) * (row + 0.5)
            self.write(box.left + 0.02, middle, line, color=color, bold=bold, halo=True)

    def tick(self, x: float) -> None:
        """Draw a short mark below the plot."""
        at = self.inches(x, 0)[0]
        self._line([at, at], [0, -0.05])

    def lead(self, line: float, label: float) -> None:
        """Draw a hair line from the end of a line, at a height in inches, to its label beside the plot."""
        self._line([self.width, self.width + 0.09], [line, label])

    def _line(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Draw a hair line between places in inches from the lower left corner of the plot."""
        from matplotlib.lines import Line2D

        places = [x / self.width for x in xs], [y / self.height for y in ys]
        self.figure.add_artist(Line2D(*places, color=FRAME, linewidth=0.8, transform=self.plot.transAxes, zorder=1))


def new_page(
    title: str,
    subtitle: str,
    *,
    foot: Sequence[str],
    flag: str | None = None,
    height: float = 2.9,
    left: float = 0.5,
    right: float = 1.5,
    above: float = 0.0,
    below: float = 0.32,
) -> Page:
    """Lay out a page: how high it becomes follows from its words.

    Args:
        title: the finding.
        subtitle: what is measured, and the unit.
        foot: what stands below: source, day.
        flag: words in a frame below the subtitle, such as that the values are illustrative.
        height: of the plot, in inches.
        left: room for the numbers beside the plot.
        right: room for the labels beside the plot.
        above: room for labels above the plot.
        below: room for the words of the axis below the plot.
    """
    from matplotlib.figure import Figure

    from rdlib.figures.chart_canvas import Canvas

    titles = wrap(title, FULL, TITLE_SIZE, bold=True, most=3)
    subtitles = wrap(subtitle, FULL, SUBTITLE_SIZE, most=4)
    feet = [line for each in foot for line in wrap(each, FULL, FOOT_SIZE, most=3)]
    head = line_height(TITLE_SIZE, len(titles)) + line_height(SUBTITLE_SIZE, len(subtitles)) + 0.06
    head += line_height(LABEL_SIZE) + 0.14 if flag else 0.0
    bottom = _EDGE + line_height(FOOT_SIZE, len(feet)) + 0.1 + below
    total = bottom + height + above + 0.16 + head + _EDGE
    figure = Figure(figsize=(WIDTH, total), dpi=DPI, facecolor="white")
    Canvas(figure)
    width = FULL - left - right
    plot = figure.add_axes(((_EDGE + left) / WIDTH, bottom / total, width / WIDTH, height / total), facecolor="none")
    for side in ("top", "right", "left"):
        plot.spines[side].set_visible(False)
    plot.spines["bottom"].set_color(FRAME)
    plot.set_axisbelow(True)
    plot.set_xticks([])
    plot.set_yticks([])
    y = total - _EDGE
    for lines, size, color, bold in ((titles, TITLE_SIZE, TEXT, True), (subtitles, SUBTITLE_SIZE, QUIET, False)):
        for line in lines:
            put(figure, _EDGE, y - line_height(size) / 2, line, size=size, color=color, bold=bold)
            y -= line_height(size)
        y -= 0.03
    if flag:
        label = put(figure, _EDGE + 0.07, y - 0.07 - line_height(LABEL_SIZE) / 2, flag, color=TEXT, bold=True)
        label.set_bbox({"boxstyle": "square,pad=0.3", "facecolor": "white", "edgecolor": TEXT, "linewidth": 1.0})
    y = _EDGE
    for line in reversed(feet):
        put(figure, _EDGE, y + line_height(FOOT_SIZE) / 2, line, size=FOOT_SIZE, color=QUIET)
        y += line_height(FOOT_SIZE)
    return Page(figure, plot, _EDGE + left, bottom, width, height, Room(width, height))


def level_ticks(page: Page, values: Sequence[float], unit: str | None) -> None:
    """Draw the light lines across, each with its number."""
    for value in values:
        page.plot.axhline(value, color=GRID, linewidth=0.9, zorder=0)
        _x, y = page.inches(0, value)
        page.write(-0.07, y, tick_words(value, unit), size=TICK_SIZE, color=QUIET, across="right")


def tick_words(value: float, unit: str | None) -> str:
    """Write the number beside a light line: with its unit only when that is a percent sign."""
    return format_number(value, unit if unit == "%" else None)


def picture(figure: Figure) -> tuple[str, int, int]:
    """Return a figure as a data address, with its width and height as shown."""
    from rdlib.figures.chart_canvas import Canvas

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)  # a box stands for it
        drawn = (figure.canvas if isinstance(figure.canvas, Canvas) else Canvas(figure)).png()
    data = base64.b64encode(drawn).decode("ascii")
    high = round(SHOWN * figure.get_figheight() / figure.get_figwidth())
    return f"data:image/png;base64,{data}", SHOWN, high


def figure_html(figure: Figure, *, label: str, alt: str, caption: Sequence[str]) -> Html:
    """Return a chart for a page: the picture, what it says in words, and what a reader should know of it.

    On a screen so narrow that its words could no longer be read, it scrolls in a box of its own.

    Args:
        figure: the chart.
        label: what it is called, for those who hear the page.
        alt: what a reader who does not see it needs to know.
        caption: sentences below the picture.
    """
    address, wide, high = picture(figure)
    below = f'<figcaption class="rd-key">{e(" ".join(caption))}</figcaption>' if caption else ""
    drawn = (
        f'<img src="{address}" alt="{e(alt)}" width="{wide}" height="{high}" '
        f'style="width:100%;min-width:{LEAST}px;max-width:{wide}px;height:auto">'
    )
    return Html(f'<figure class="rd rd-figure">{scroll_box(label, drawn)}{below}</figure>')


def missing_html(words: str) -> Html:
    """Return the line that stands where no chart can be drawn."""
    return Html(f'<p class="rd rd-empty">{e(_("No chart yet."))} {e(words)}</p>')

"""Text in drawings: how wide it is, and where its lines break; and a drawing that is cut into pages.

A drawing is made without a browser, and is read in many fonts. Widths are those of DejaVu Sans, the widest of the fonts
that are likely to show it, so that text set by these numbers stays inside its box.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

import attrs

from rdlib.figures.html import Html, e
from rdlib.words import NO_BREAK_SPACE, plain

# Width of a character as a share of the font size, rounded up.
_WIDTHS = {
    char: width
    for width, chars in {
        0.20: "\u2009\u202f",
        0.28: "'ijl",
        0.30: "IJ",
        0.32: " ,.\u00a0\u2018\u2019·",
        0.34: "/:;\\|",
        0.37: "f-",
        0.41: "!()[]t\u2039\u203a",
        0.42: "r",
        0.46: '"',
        0.50: "*_`\u2013°",
        0.53: "sz\u201c\u201d",
        0.55: "?c",
        0.58: "FLk",
        0.60: "vxy•",
        0.62: "PTYaeo\u00ab\u00bb",
        0.64: "$0123456789ESbdghnpqu{}\u20acß",
        0.66: "K",
        0.70: "ABCRVXZ",
        0.76: "HNU",
        0.79: "&DGOQ",
        0.84: "#+<=>^w~\u2212",
        0.87: "M",
        0.98: "%m",
        1.00: "@W\u2014\u2026æ",
        1.03: "œ",
    }.items()
    for char in chars
}
_OTHER = 1.2
_BOLD = 1.16
# Spaces at which no line breaks, however they were typed: "85 %", "« mieux »".
_HELD = re.compile(r"(?<=\d) (?=[%€$])| (?=[:;?!»])|(?<=«) ")
# After these a line may break, besides at spaces; a no-break or thin space holds together what it separates.
_PIECES = re.compile(
    r"[^ \n\t/\u2013\u2014-]*[/\u2013\u2014-]+(?=\w)|[^ \n\t/\u2013\u2014-]+[/\u2013\u2014-]*|[ \n\t]+|."
)


def _char_width(char: str) -> float:
    known = _WIDTHS.get(char)
    if known is not None:
        return known
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Mn", "Me"}:
        return 0.0
    base = unicodedata.normalize("NFKD", char)[0]
    if base != char and base in _WIDTHS:
        return _WIDTHS[base]
    return _OTHER


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a line of text is at most, in pixels.

    Args:
        text: the line.
        size: font size in pixels.
        bold: whether it is set in bold.

    >>> text_width("mm", 10)
    19.6
    """
    return round(sum(map(_char_width, text)) * size * (_BOLD if bold else 1.0), 2)


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Return the lines that a text breaks into, so that each fits the width; nothing is cut.

    A word that is too long for a line of its own is broken inside.

    Args:
        text: the text.
        width: width of a line in pixels.
        size: font size in pixels.
        bold: whether it is set in bold.

    >>> wrap("Patients are seen quickly", 90, 14)
    ['Patients are', 'seen quickly']
    """
    lines: list[str] = []
    for paragraph in plain(text).splitlines():
        line = ""
        for piece in _PIECES.findall(_HELD.sub(NO_BREAK_SPACE, paragraph.strip())):
            if text_width((line + piece).rstrip(), size, bold=bold) <= width:
                line += piece
                continue
            lines.append(line)
            line = ""
            for char in piece.lstrip():
                if text_width(line + char, size, bold=bold) > width:
                    lines.append(line)
                    line = ""
                line += char
        lines.append(line)
    return [line.strip() for line in lines if line.strip()]


def text_block(
    lines: list[str], x: float, top: float, size: float, leading: float, *, look: str = "rd-t", bold: bool = False
) -> str:
    """Return lines of text as SVG.

    Args:
        lines: the lines, as :func:`wrap` gives them.
        x: left edge.
        top: upper edge of the first line.
        size: font size in pixels.
        leading: distance from line to line.
        look: the class that gives the colour: ``rd-t`` for text, ``rd-q`` for quiet text.
        bold: whether it is set in bold.
    """
    if not lines:
        return ""
    fill = {"rd-t": "#1F2933", "rd-q": "#52606D"}[look]
    weight = ' font-weight="600"' if bold else ""
    first = top + leading / 2 + size * 0.36
    spans = "".join(
        f'<tspan x="{x:g}" y="{round(first + place * leading, 1):g}">{e(line)}</tspan>'
        for place, line in enumerate(lines)
    )
    return f'<text class="{look}" fill="{fill}" font-size="{size:g}"{weight}>{spans}</text>'


#: What fits a sheet of paper, in pixels; a higher drawing is cut into pieces that print one below the other.
PAGE = 1100


@attrs.frozen
class Part:
    """A piece of a drawing and the stretch of it, from top to bottom, that it is seen in."""

    svg: str
    top: float
    bottom: float


def drawing(parts: Sequence[Part], cuts: Sequence[int], width: int, title: str, description: str) -> Html:
    """Return a drawing as SVG: one, or one below the other where it is cut.

    Args:
        parts: what is in it.
        cuts: where it begins, where it may be cut when it is higher than a page, and where it ends.
        width: how wide it is.
        title: what the drawing is.
        description: what it shows, in words.
    """
    if cuts[-1] - cuts[0] <= PAGE:
        cuts = (cuts[0], cuts[-1])
    drawings = []
    for top, bottom in pairwise(cuts):
        says = 'aria-hidden="true">'
        if top == cuts[0]:
            says = f'role="img"><title>{e(title)}</title><desc>{e(description)}</desc>'
        inside = "".join(part.svg for part in parts if part.top < bottom and part.bottom > top)
        size = f'width="{width}" height="{bottom - top}"'
        drawings.append(
            f'<svg class="rd-svg" xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 {top} {width}'
            f' {bottom - top}" font-family="system-ui, &quot;DejaVu Sans&quot;, sans-serif" {says}'
            f'<rect class="rd-ground" fill="#FFFFFF" y="{top}" {size}/>{inside}</svg>'
        )
    return Html("".join(drawings))

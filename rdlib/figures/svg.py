"""Text in drawings: how wide it is, and where its lines break.

A drawing is made without a browser, and is read in many fonts. Widths are those of DejaVu Sans, the widest of the fonts
that are likely to show it, so that text set by these numbers stays inside its box.
"""

from __future__ import annotations

import re
import unicodedata

from rdlib.figures.html import e

# Width of a character as a share of the font size, rounded up.
_WIDTHS = {
    char: width
    for width, chars in {
        0.28: "ijl'",
        0.32: " ,.IJ\u00a0\u2019",
        0.37: "-/:;\\f|·",
        0.42: "!()[]rt\u2039\u203a",
        0.46: '"',
        0.53: "*_`\u2013\u201c\u201d",
        0.58: "?FLckszT",
        0.62: "PYaeovxy\u00ab\u00bb",
        0.65: "$0123456789EKSbdghnpqu{}\u20ac",
        0.70: "ABCRVXZ",
        0.77: "DHNU",
        0.80: "&GOQw",
        0.85: "#+<=>M^~\u2212\u2022",
        0.98: "m%",
        1.01: "@W\u2014\u2026\u0153\u00e6",
        0.21: "\u2009\u202f",
    }.items()
    for char in chars
}
_OTHER = 1.2
_BOLD = 1.16
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
    ['Patients are', 'seen', 'quickly']
    """
    lines: list[str] = []
    for paragraph in text.strip().splitlines():
        line = ""
        for piece in _PIECES.findall(paragraph):
            if text_width((line + piece).rstrip(), size, bold=bold) <= width:
                line += piece
                continue
            if line.strip():
                lines.append(line.strip())
            line = ""
            for char in piece.lstrip():
                if line and text_width(line + char, size, bold=bold) > width:
                    lines.append(line)
                    line = ""
                line += char
        if line.strip():
            lines.append(line.strip())
    return lines


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

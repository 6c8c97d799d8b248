"""An agenda as a T: the shared view is the bar, the issues that go deep are the stem, the commitments its foot.

Heights follow the minutes wherever the words leave room.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from rdlib.figures.html import Html
from rdlib.figures.svg import Part, drawing, text_block, wrap

WIDTH = 720
_STEM = (160, 560)  # left and right edge
_PAD = 12
_SIZE, _LEADING = 15, 20
_SMALL, _CLOSE = 13, 17
_STEM_HEIGHT = 330.0  # of the whole, where nothing needs more
_GAP = 6
_TEXT, _GROUND, _PANEL, _ACCENT = "#1F2933", "#FFFFFF", "#F3F5F7", "#1D4E89"


@attrs.frozen
class Block:
    """A part of the T.

    Attributes:
        part: ``view``, ``deep`` or ``close``.
        title: what it is.
        notes: what stands below, one a line.
        minutes: how long it takes, as a number.
        time: the same in words.
        when: from when to when.
    """

    part: str
    title: str
    notes: tuple[str, ...]
    minutes: int
    time: str
    when: str


def _box(block: Block, left: float, right: float, top: float, height: float) -> str:
    wide = right - left - 2 * _PAD - (150 if block.part == "view" else 0)
    lines = wrap(block.title, wide, _SIZE, bold=True)
    notes = [line for note in block.notes for line in wrap(note, wide, _SMALL)]
    inside = _LEADING * len(lines) + _CLOSE * len(notes)
    y = top + (height - inside) / 2
    look = f'class="rd-bar" fill="{_GROUND}" stroke="{_ACCENT}" stroke-width="2"'
    if block.part != "deep":
        look = f'class="rd-panel rd-border" fill="{_PANEL}" stroke="{_TEXT}" stroke-width="1.5"'
    return (
        f'<rect {look} x="{left + 1:.1f}" y="{top + 1:.1f}" width="{right - left - 2:.1f}"'
        f' height="{height - 2:.1f}" rx="8"/>'
        + text_block(lines, left + _PAD, y, _SIZE, _LEADING, bold=True)
        + text_block(notes, left + _PAD, y + _LEADING * len(lines), _SMALL, _CLOSE, look="rd-q")
    )


def _need(block: Block, left: float, right: float) -> float:
    wide = right - left - 2 * _PAD - (150 if block.part == "view" else 0)
    lines = wrap(block.title, wide, _SIZE, bold=True)
    notes = [line for note in block.notes for line in wrap(note, wide, _SMALL)]
    return _LEADING * len(lines) + _CLOSE * len(notes) + 2 * _PAD


def t_picture(blocks: Sequence[Block], title: str, description: str) -> Html:
    """Return the T as SVG.

    Args:
        blocks: its parts, from the top.
        title: what the drawing is.
        description: what it shows, in words.

    Raises:
        ValueError: there are no parts.
    """
    if not blocks:
        raise ValueError("an agenda needs at least one item")
    total = sum(block.minutes for block in blocks) or 1
    parts, cuts, top = [], [0], 0.0
    for block in blocks:
        left, right = (0.0, float(WIDTH)) if block.part == "view" else _STEM
        height = max(_need(block, left, right), block.minutes / total * _STEM_HEIGHT)
        svg = _box(block, left, right, top, height)
        middle = top + height / 2
        if block.part == "view":
            label = [block.time, block.when]
            x = WIDTH - 150.0
            svg += text_block([label[0]], x, middle - _LEADING, _SIZE, _LEADING, bold=True)
            svg += text_block([label[1]], x, middle, _SMALL, _CLOSE, look="rd-q")
        else:
            svg += text_block([block.time], 0, middle - _LEADING, _SIZE, _LEADING, bold=True)
            svg += text_block([block.when], 0, middle, _SMALL, _CLOSE, look="rd-q")
        parts.append(Part(svg, top, top + height))
        top += height + _GAP
        cuts.append(round(top))
    return drawing(parts, cuts, WIDTH, title, description)

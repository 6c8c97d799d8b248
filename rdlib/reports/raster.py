"""Drawings (SVG text) as pictures (PNG), for programs that take no drawing: no browser, and no font of the system."""

from __future__ import annotations

from functools import cache
from pathlib import Path

#: Dots per inch of a picture of a drawing.
DPI = 200
#: Units of a drawing per inch, as browsers count them.
UNITS = 96


@cache
def _fonts() -> tuple[str, ...]:
    """The fonts that drawings are measured in (`rdlib.figures.svg`); matplotlib brings them along."""
    import matplotlib

    folder = Path(matplotlib.get_data_path(), "fonts", "ttf")
    return tuple(str(folder / f"DejaVuSans{kind}.ttf") for kind in ("", "-Bold", "-Oblique", "-BoldOblique"))


def png(drawing: str) -> bytes:
    """Return a drawing as a picture on white.

    Args:
        drawing: the drawing, as well-formed SVG of our own making.

    >>> png('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')[1:4]
    b'PNG'
    """
    from resvg_py import svg_to_bytes

    return bytes(
        svg_to_bytes(
            svg_string=drawing,
            zoom=DPI / UNITS,
            background="#FFFFFF",
            skip_system_fonts=True,
            font_files=list(_fonts()),
            font_family="DejaVu Sans",
            sans_serif_family="DejaVu Sans",
            style_sheet='text { font-family: "DejaVu Sans" }',
        )
    )

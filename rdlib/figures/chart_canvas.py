"""What charts are drawn on: matplotlib's Agg canvas, with letters that are drawn once and stamped from then on.

Half the time of a chart goes into its words: matplotlib lays out each text twice and draws each of its letters anew.
Here a letter of a size is drawn once for each quarter of a dot at which it may stand, and a text is laid out once.
What this needs of matplotlib is its own business and may change: where it is not there, matplotlib draws as always.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg, get_hinting_flag
from matplotlib.ft2font import FT2Font, RenderMode

#: Whether this release of matplotlib has what stamping letters needs.
_STAMPS = all(hasattr(FT2Font, name) for name in ("_layout", "_render_glyph", "_set_transform")) and hasattr(
    RendererAgg, "_prepare_font"
)
#: At how many places between two dots a letter may stand.
_STEPS = 4
_ONE = 0x10000  # 1, as FreeType writes it in a matrix
_DOT = 64  # a dot, in FreeType's units


@lru_cache(maxsize=4096)
def _laid_out(font: Any, text: str, _size: float) -> tuple[tuple[Any, int, float, float], ...]:
    """Return the letters of a text: for each its font, its number there, and where it stands."""
    letters = font._layout(text, flags=get_hinting_flag(), features=None, language=None)
    return tuple((each.ft_object, each.glyph_index, each.x, each.y) for each in letters)


@lru_cache(maxsize=8192)
def _stamp(font: Any, letter: int, size: float, dpi: float, step: int) -> tuple[Any, int, int]:
    """Return a letter as dots, how far it begins from its place, and how high it reaches."""
    import numpy as np

    font.set_size(size, dpi)
    font._set_transform([[_ONE, 0], [0, _ONE]], [step * _DOT // _STEPS, 0])
    drawn = font._render_glyph(letter, get_hinting_flag(), RenderMode.NORMAL)
    return np.array(drawn.buffer), drawn.left, drawn.top


@lru_cache(maxsize=4096)
def _extent(font: Any, text: str, _size: float) -> tuple[float, float, float]:
    """Return how wide and high a text is, and how far it reaches below its line."""
    font.set_text(text, 0.0, flags=get_hinting_flag())
    wide, high = font.get_width_height()
    return wide / _DOT, high / _DOT, font.get_descent() / _DOT


class _Renderer(RendererAgg):
    """matplotlib's own, but for level text without formulas."""

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None
    ) -> None:
        """Stamp a text."""
        if ismath or angle or not _STAMPS:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        size = prop.get_size_in_points()
        for font, letter, dx, dy in _laid_out(self._prepare_font(prop), s, size):
            whole, step = divmod(round((x + dx) * _STEPS), _STEPS)
            dots, left, top = _stamp(font, letter, size, self.dpi, step)
            self._renderer.draw_text_image(dots, whole + left, round(y - dy) - top + dots.shape[0], 0, gc)

    def get_ready(self, signs: str, prop: Any) -> None:
        """Draw letters that are sure to be needed, in a process that will fork."""
        if not _STAMPS:
            return
        size = prop.get_size_in_points()
        for font, letter, _dx, _dy in _laid_out(self._prepare_font(prop), signs, size):
            for step in range(_STEPS):
                _stamp(font, letter, size, self.dpi, step)

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[float, float, float]:
        """Measure a text."""
        if ismath or not _STAMPS:
            found: tuple[float, float, float] = super().get_text_width_height_descent(s, prop, ismath)
            return found
        return _extent(self._prepare_font(prop), s, prop.get_size_in_points())


class Canvas(FigureCanvasAgg):
    """The canvas of every chart."""

    def get_renderer(self) -> Any:
        """Return what draws on it."""
        wide, high = self.get_width_height(physical=True)
        key = wide, high, self.figure.dpi
        if getattr(self, "_lastKey", None) != key:
            self.renderer = _Renderer(wide, high, self.figure.dpi)
            self._lastKey = key
        return self.renderer

    def png(self) -> bytes:
        """Draw the figure, and return it as a picture of 256 colours: three times as small as one of all colours."""
        from PIL import Image

        self.draw()
        wide, high = self.get_width_height(physical=True)
        picture = Image.frombuffer("RGBA", (wide, high), self.buffer_rgba(), "raw", "RGBA", 0, 1).convert("RGB")
        few = picture.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.putpalette([255 if part == 254 else part for part in few.getpalette() or ()])  # white comes out a shade off
        target = io.BytesIO()
        few.save(target, format="png", compress_level=3, dpi=(self.figure.dpi, self.figure.dpi))
        return target.getvalue()

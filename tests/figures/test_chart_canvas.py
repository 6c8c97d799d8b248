"""Letters that are stamped stand where matplotlib puts them, and pictures keep their colours."""

import io

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from rdlib.figures import chart_style as style
from rdlib.figures.chart_canvas import Canvas


def page() -> Figure:
    drawn = style.new_page("Waits are 2 points short of the target", "Share seen in four hours, in %", foot=["Source"])
    drawn.plot.plot([0, 1], [0, 1], color=style.OBSERVED, linewidth=4)
    drawn.label(0.5, 0.5, "Été: 88.6%", bold=True)
    return drawn.figure


def dots(figure: Figure) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(figure.canvas.png())).convert("RGB")).astype(int)  # type: ignore[attr-defined]


def test_a_chart_looks_as_matplotlib_draws_it():
    ours = dots(page())
    figure = page()
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    theirs = np.asarray(canvas.buffer_rgba())[..., :3].astype(int)
    assert ours.shape == theirs.shape
    apart = abs(ours - theirs).max(axis=-1)
    assert apart.mean() < 2
    assert (apart > 60).mean() < 0.01  # the edges of letters, by a quarter of a dot


def test_white_is_white_and_the_colours_of_lines_stay():
    found = dots(page())
    assert tuple(found[0, 0]) == (255, 255, 255)
    wanted = np.array([int(style.OBSERVED[at : at + 2], 16) for at in (1, 3, 5)])
    assert abs(found - wanted).max(axis=-1).min() <= 4


def test_text_that_leans_and_formulas_are_left_to_matplotlib():
    figure = Figure(figsize=(2, 1), dpi=100)
    canvas = Canvas(figure)
    figure.text(0.1, 0.1, "up", rotation=90)
    figure.text(0.5, 0.5, "$x^2$")
    assert canvas.png()[1:4] == b"PNG"
    assert dots(figure).min() < 80

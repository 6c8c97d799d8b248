"""Text in drawings: measured against the font that is likely to be the widest."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rdlib.figures.svg import text_block, text_width, wrap
from rdlib.words import plain
from tests.figures.faces import HOSTILE, of

SAMPLES = (
    "Share of emergency patients admitted, treated or sent home within four hours",
    "Les personnes qui ont besoin de soins d’urgence sont vues rapidement, où qu’elles habitent",
    "Atteindre « 85 % » d’ici à mars 2018 — puis 95 % (à confirmer), cœur du mandat",
    "AT LEAST 112,000 STUDENTS BY 2019; $1,234.50 & more @ #42 ~ 100% + {x} = [y] \\ | ^ ` <z>",
    "ÀÂÇÉÈÊËÎÏÔÙÛÜŸ àâçéèêëîïôùûüÿ Øåß",
    "wwwwwwwwwwWWWWWWWWWWmmmmmmmmmmMMMMMMMMMM",
)


@cache
def font(bold: bool) -> Any:
    import matplotlib as mpl
    from matplotlib.ft2font import FT2Font

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return FT2Font(str(Path(mpl.get_data_path()) / "fonts" / "ttf" / name))


def measured(text: str, size: float, bold: bool) -> float:
    from matplotlib.ft2font import LoadFlags

    face = font(bold)
    advances = (face.load_char(ord(char), LoadFlags.NO_SCALE).horiAdvance for char in text)
    return float(sum(advances) * size / face.units_per_EM)


@pytest.mark.parametrize("text", SAMPLES[:5])
@pytest.mark.parametrize("bold", [False, True])
def test_text_is_never_wider_than_we_say(text: str, bold: bool):
    for start in range(0, len(text) - 20):
        line = text[start : start + 20]
        assert measured(line, 14, bold) <= text_width(line, 14, bold=bold) * 1.001


def test_text_is_not_much_narrower_than_we_say():
    for text in SAMPLES[:2]:
        assert text_width(text, 14) <= measured(text, 14, False) * 1.05
        assert text_width(text, 14, bold=True) <= measured(text, 14, True) * 1.10


def test_letters_of_other_scripts_get_room():
    assert text_width("ᐃᓄᒃᑎᑐᑦ", 10) >= 7 * 10
    assert text_width("中文", 10) >= 2 * 10
    assert text_width("e\u0301", 10) == text_width("e", 10)


@pytest.mark.parametrize("width", [40, 90, 200])
@pytest.mark.parametrize("text", SAMPLES + HOSTILE[:5])
def test_every_line_fits_and_nothing_is_lost(text: str, width: int):
    lines = wrap(text, width, 14)
    assert all(text_width(line, 14) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text(max_size=120), st.integers(min_value=30, max_value=300))
def test_any_text_is_wrapped_whole(text: str, width: int):
    lines = wrap(text, width, 14)
    assert all(line == line.strip() and line for line in lines)
    assert all(text_width(line, 14) <= width or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(plain(text).split())


def test_lines_break_at_spaces_and_hyphens_and_not_before_french_signs():
    assert wrap("shorter-term outcome", 105, 14) == ["shorter-term", "outcome"]
    assert wrap("shorter-term outcome", 70, 14) == ["shorter-", "term", "outcome"]
    assert wrap("au moins 85 %", 90, 14) == ["au moins", "85\u00a0%"]
    assert wrap("112\u2009000 élèves", 60, 14) == ["112\u2009000", "élèves"]


def test_line_breaks_that_were_typed_stay():
    assert wrap("one\n\ntwo", 200, 14) == ["one", "two"]
    assert wrap("  ", 200, 14) == []


def test_a_block_has_a_line_for_each_and_escapes_it():
    html = f"<svg>{text_block(['a < b', 'c'], 5, 0, 14, 20)}</svg>"
    assert [s.text for s in of(html, "tspan")] == ["a < b", "c"]
    ys = [float(s.attributes["y"] or "") for s in of(html, "tspan")]
    assert ys[1] - ys[0] == 20
    assert text_block([], 5, 0, 14, 20) == ""

"""The stylesheet: what it may touch, and whether everything in it can be read."""

import re

import pytest

from rdlib.figures.html import css

LAB = {"light": "#FFFFFF", "dark": "#111111"}  # the ground of a notebook's output in JupyterLab
GROUNDS = ("ground", "soft")
TEXTS = ("text", "quiet", "accent", "alarm")
READABLE = 4.5


def rules() -> list[tuple[str, dict[str, str]]]:
    """Every rule of the stylesheet, those inside @media and @container too: selector and declarations."""
    text = re.sub(r"/\*.*?\*/", "", css(), flags=re.DOTALL)
    found = []
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        pairs = (part.split(":", 1) for part in body.split(";") if ":" in part)
        found.append((" ".join(selector.split()), {name.strip(): value.strip() for name, value in pairs}))
    return found


def themes() -> dict[str, dict[str, str]]:
    """The colours by name, in light and in dark."""
    light, *rest = [{n[5:]: v for n, v in body.items()} for _s, body in rules() if "--rd-text" in body]
    dark = next(each for each in rest if each["text"] != light["text"])
    return {"light": light, "dark": dark}


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def resolve(value: str, theme: dict[str, str]) -> str:
    name = re.fullmatch(r"var\(--rd-(.*)\)", value)
    return theme[name[1]] if name else value


def test_contrast_is_computed_as_it_should_be():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("text", TEXTS)
def test_text_can_be_read_on_every_ground(theme: str, text: str):
    colours = themes()[theme]
    for ground in [*(colours[name] for name in GROUNDS), LAB[theme]]:
        assert contrast(colours[text], ground) >= READABLE, (theme, text, ground)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_where_a_rule_gives_it_a_ground_of_its_own(theme: str):
    colours = themes()[theme]
    pairs = [
        (resolve(body["color"], colours), resolve(body["background"], colours), selector)
        for selector, body in rules()
        if "color" in body and body.get("background", "none") != "none"
    ]
    assert len(pairs) >= 5
    for text, ground, selector in pairs:
        assert contrast(text, ground) >= READABLE, (theme, selector)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_can_be_seen(theme: str):
    colours = themes()[theme]
    assert contrast(colours["edge"], colours["ground"]) >= 3
    assert contrast(colours["edge"], colours["soft"]) >= 3


def test_text_takes_no_colour_that_is_not_checked():
    checked = {f"var(--rd-{name})" for name in TEXTS} | {"inherit"}
    for selector, body in rules():
        if "color" in body and "background" not in body:
            assert body["color"] in checked, selector
        if "fill" in body:
            assert body["fill"] in checked | {f"var(--rd-{name})" for name in GROUNDS}, selector


def test_the_ratings_have_the_agreed_colours():
    fills = {n: body for selector, body in rules() for n in "1234" if selector == f".rd.rd.rd-{n}, .rd.rd .rd-{n}"}
    assert {n: (body["background"], body["color"]) for n, body in fills.items()} == {
        "1": ("#8F1414", "#FFFFFF"),
        "2": ("#F28C38", "#1A1A1A"),
        "3": ("#D7E8A0", "#1A1A1A"),
        "4": ("#3BA783", "#1A1A1A"),
    }


def test_dark_is_the_same_by_the_readers_setting_and_in_jupyterlab():
    found = [(selector, body) for selector, body in rules() if "--rd-text" in body]
    dark = [body for _selector, body in found if body["--rd-text"] == "#E6EAEE"]
    assert len(dark) == 2
    assert dark[0] == dark[1]
    assert [selector for selector, body in found if body in dark] == [":root", '[data-jp-theme-light="false"]']


def test_paper_is_light():
    selector, printed = [(s, body) for s, body in rules() if "--rd-text" in body][-1]
    assert '[data-jp-theme-light="false"]' in selector
    assert {name[5:]: value for name, value in printed.items()} == themes()["light"]


def test_every_rule_keeps_to_our_own_classes():
    for selector, body in rules():
        if all(name.startswith("--rd-") for name in body) or selector.startswith("@"):
            continue
        for each in selector.split(","):
            assert re.match(r"\s*\.rd(?:\b|-)", each), selector


def test_nothing_is_fetched():
    assert "url(" not in css()
    assert "@import" not in css()


def test_text_is_no_smaller_than_13_pixels():
    sizes = [body["font-size"] for _selector, body in rules() if "font-size" in body]
    pixels = [float(s[:-2]) * (16 if s.endswith("em") else 1) for s in sizes if s.endswith(("px", "em"))]
    assert len(pixels) >= 4
    assert min(pixels) * 0.9375 >= 13  # the smallest, inside a table

"""The static faces in a real browser: can they be read, do they hold together, does hostile text stay text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from playwright.sync_api import Dialog, Locator, Page

from rdlib.figures.architecture import architecture
from rdlib.figures.heatmap import heatmap
from rdlib.figures.html import badge, details, finding_list, not_attempted, page_style, section
from rdlib.figures.ladder import ladder
from rdlib.figures.records import group_table, record_table
from rdlib.plan.indicator import Indicator
from rdlib.plan.priority import Outcome, Priority
from rdlib.rules.findings import FindingKind, Severity
from tests.figures.faces import HOSTILE, PLAN, PRIORITY, WAITS, filled

LONG = "Les personnes qui ont besoin de soins d’urgence sont vues rapidement, quel que soit l’endroit où elles habitent"
THIN = FindingKind("R2-thin", "2.1", Severity.WEAK, "The reason says nothing", why="A yes alone is an opinion.")


def many() -> Priority:
    levels = ["long-term"] * 2 + ["shorter-term"] * 4 + ["output"] * 5 + [None]
    outcomes = tuple(
        Outcome(id=f"o{n}", statement=f"{LONG} {n}", level=level, leads_to=f"o{n // 3}" if n > 2 else None)
        for n, level in enumerate(levels)
    )
    indicators = tuple(attrs.evolve(WAITS, id=f"i{n}", outcome=f"o{n}", name=LONG) for n in range(12))
    return Priority(id="many", title="Des services plus rapides", outcomes=outcomes, indicators=indicators)


def hostile() -> str:
    parts = []
    for n, text in enumerate(HOSTILE):
        outcomes = (filled(Outcome, text, level="output"), filled(Outcome, text, id="other", leads_to=text))
        priority = filled(Priority, text, outcomes=outcomes, indicators=(filled(Indicator, text),))
        kind = FindingKind(text, text, Severity.WEAK, text, why=text)
        parts += [
            ladder(priority, PLAN),
            architecture(priority, PLAN),
            group_table(priority, f"{text} {n}", PLAN),
            heatmap([(text, text)], [text], [[(1, text)]], f"{text} map {n}"),
            finding_list([kind.at(text, text, text)], paths={text: text}),
        ]
    return "".join(parts)


def everything() -> str:
    findings = [THIN.at("a", "It says only yes.", "Say how."), THIN.at("b", "It says nothing.", "Say how.")]
    faces = {
        "Ladder": ladder(PRIORITY, PLAN),
        "Twelve": ladder(many(), PLAN),
        "Architecture": architecture(PRIORITY, PLAN),
        "Map": heatmap([("Waits", "waits.html")], ["A", "B"], [[(1, "as of March"), None]], "Every priority"),
        "Findings": finding_list(findings, paths={"a": "Waits"}) + not_attempted("Levels"),
        "Records": group_table(WAITS, "Waits", PLAN) + record_table(PRIORITY.indicators, "Indicators", plan=PLAN),
        "Marks": "<p>" + " ".join(badge(n) for n in (1, 2, 3, 4, None)) + "</p>" + details("A hint", "<p>Look.</p>"),
    }
    return "".join(section(title.lower(), title, body) for title, body in faces.items())


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Callable[[str], Page]:
    def run(body: str) -> Page:
        file = tmp_path / "page.html"
        ground = "body { background: var(--rd-ground); color: var(--rd-text); margin: 16px; }"
        file.write_text(
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Faces</title>'
            f"{page_style()}<style>{ground}</style></head><body><main><h1>Faces</h1>{body}</main></body></html>",
            encoding="utf-8",
        )
        page.goto(file.as_uri())
        return page

    return run


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [900, 360])
def test_everyone_can_read_them(
    show: Callable[[str], Page],
    axe: Callable[[Page, str], list[str]],
    look: Callable[[Page | Locator, str], None],
    scheme: str,
    width: int,
):
    page = show(everything())
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for part in page.locator("main > section").all():
        look(part, f"faces-{scheme}-{width}-{part.get_attribute('id')}")
    assert axe(page, "main") == []
    # what is too wide scrolls in its own box, never the page
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("font", ["DejaVu Sans", "Liberation Sans", "serif"])
def test_text_in_a_drawing_stays_in_its_box(show: Callable[[str], Page], font: str):
    page = show(ladder(PRIORITY, PLAN) + ladder(many(), PLAN))
    page.add_style_tag(content=f".rd-svg text {{ font-family: '{font}' !important; }}")
    outside, seen = page.evaluate(
        """() => {
            const outside = []; let seen = 0;
            for (const svg of document.querySelectorAll('svg')) {
                const boxes = [...svg.querySelectorAll('rect.rd-box, rect.rd-panel')].map(r => r.getBBox());
                for (const text of svg.querySelectorAll('text')) {
                    const t = text.getBBox(); seen += 1;
                    const fits = boxes.some(b => t.x >= b.x && t.x + t.width <= b.x + b.width
                        && t.y >= b.y - 2 && t.y + t.height <= b.y + b.height + 2);
                    if (!fits) outside.push(text.textContent);
                }
                const own = [...svg.querySelectorAll('rect.rd-box')].map(r => r.getBBox());
                for (const text of svg.querySelectorAll('text')) {
                    const t = text.getBBox();
                    for (const b of own) {
                        const in_x = t.x >= b.x && t.x <= b.x + b.width;
                        const in_y = t.y + t.height / 2 >= b.y && t.y + t.height / 2 <= b.y + b.height;
                        if (in_x && in_y && t.x + t.width > b.x + b.width) outside.push(text.textContent);
                    }
                }
            }
            return [outside, seen];
        }"""
    )
    assert seen > 50
    assert outside == []


def test_hostile_text_does_nothing(show: Callable[[str], Page]):
    said: list[str] = []
    body = hostile()

    def hear(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page = show("<p>before</p>")
    page.on("dialog", hear)
    show(body)
    for target in page.locator("a, summary").all():
        target.dispatch_event("mouseover")
    assert said == []
    assert page.locator("main img, main iframe, main script, main [onload], main [onerror]").count() == 0
    assert page.locator("svg svg").count() == 0


def test_paper_is_light_and_holds_the_words(show: Callable[[str], Page]):
    page = show(everything())
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".rd-details summary").first.is_hidden()
    assert page.locator(".rd-badge.rd-1").first.is_visible()


def test_in_jupyterlab_its_theme_decides_and_not_the_readers_setting(show: Callable[[str], Page]):
    page = show(everything())
    colour = "getComputedStyle(document.querySelector('.rd-caption')).color"
    for setting, theme, expected in (("dark", "true", "rgb(31, 41, 51)"), ("light", "false", "rgb(230, 234, 238)")):
        page.emulate_media(color_scheme="dark" if setting == "dark" else "light")
        page.evaluate(f"document.body.dataset.jpThemeLight = '{theme}'")
        assert page.evaluate(colour) == expected

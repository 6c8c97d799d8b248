"""Blip or trend in JupyterLab: what is written in the form is drawn at once, by keyboard too."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PROJECT, Lab, Notebook

FORM = 'exercise("9.4", case="punjab-floods")'
CHARTS = 'behaviour_charts("punjab-floods")'
P = "priorities/pupils-present"


def test_the_flood_is_marked_and_the_limits_let_it_go(
    lab: Lab,
    notebook: Callable[..., Notebook],
    lab_page: Page,
    axe: Callable[[Page, str], list[str]],
    look: Callable[..., None],
):
    page = lab_page
    page.set_viewport_size({"width": 1300, "height": 1000})
    shutil.rmtree(lab.folder / "my-plan", ignore_errors=True)
    nb = notebook("09_persist.ipynb", source=PROJECT / "workbooks" / "09_persist.ipynb")
    nb.run(f"; {FORM}", f"; {CHARTS}")

    def cell(call: str) -> Locator:
        return page.locator(".jp-CodeCell").filter(has_text=f"; {call}")

    form, charts = cell(FORM), cell(CHARTS)
    picture = charts.get_by_role("img")
    expect(picture).to_have_attribute("alt", re.compile("A single signal in September 2010"))
    look(charts, "blip-before")
    form.get_by_role("button", name="Add a row to “Single values with a known reason”").click()
    first = form.locator(f'[data-path^="{P}/special_events/"]')

    def field(name: str) -> Locator:
        return form.locator(f'[data-path^="{P}/special_events/"][data-path$="/{name}"]').locator(
            "select, input, textarea"
        )

    expect(first.first).to_be_visible()
    field("indicator").first.select_option(label="Share of pupils present on the day of the visit")
    field("when").first.focus()
    page.keyboard.type("2010-09")
    page.keyboard.press("Tab")
    field("what").first.focus()
    page.keyboard.type("Monsoon flood")
    page.keyboard.press("Tab")
    expect(form.get_by_text("The value stays in the limits").first).to_be_visible()
    field("why").first.fill("Schools stood under water")
    page.keyboard.press("Tab")
    expect(picture).not_to_have_attribute("alt", re.compile("September 2010 to October 2010: 2 below"))
    look(form, "blip-form")
    look(charts, "blip-after")
    assert axe(page, ".rdf") == []
    stored = lab.folder / "my-plan" / "practice" / "punjab-floods" / f"{P}.yaml"
    assert "Schools stood under water" in stored.read_text(encoding="utf-8")
    page.set_viewport_size({"width": 420, "height": 900})
    look(charts, "blip-narrow")

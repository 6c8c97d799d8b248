"""What if a part of the chain fails, in JupyterLab: chosen by keyboard and by mouse, drawn at once, followed."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from playwright.sync_api import Page, expect

from rdlib.plan import PlanStore
from tests.browser.conftest import PROJECT, Lab, Notebook

CHAIN = "priorities/emergency-care/chains/c1"
CELL = """
from rdlib.plan import PlanStore
from rdlib.widgets.rule05_pressure import WhatIf
WhatIf(PlanStore("{folder}"))
"""


def test_what_fails_is_chosen_by_keyboard_and_by_mouse_and_nothing_is_written(
    lab: Lab, notebook: Callable[..., Notebook], axe: Callable[[Page, str], list[str]], look: Callable[..., None]
):
    folder = lab.folder / "plans" / "what-if"
    shutil.copytree(PROJECT / "exercises" / "emergency-waits" / "plan", folder)
    before = (folder / "priorities" / "emergency-care.yaml").read_text(encoding="utf-8")
    nb = notebook("what-if.ipynb", cells=[CELL.format(folder=str(folder))])
    nb.run_all()
    shown = nb.page.locator(".jp-OutputArea-output .widget-vbox")
    choice, cells = shown.get_by_label("What if this fails:", exact=True), nb.cell_count()
    expect(shown).to_contain_text("What if one of them fails")
    choice.focus()
    nb.page.keyboard.type("Hosp")  # as a list of the browser hears it; the notebook must not
    expect(shown).to_contain_text("There is another way, by Visiting teams")
    expect(shown.locator("svg.rd-svg").first).to_be_visible()
    look(shown, "what-if")
    assert axe(nb.page, ".widget-vbox") == []
    caption = shown.locator("figcaption").bounding_box()
    assert caption and caption["width"] <= shown.evaluate("box => box.clientWidth")  # it is the drawing that scrolls
    choice.select_option(f"{CHAIN.rpartition('/')[2]}/links/k7")
    expect(shown).to_contain_text("What if this fails: Influence: A&E departments → Patients")
    expect(shown).to_contain_text("No line leads to Patients any more")
    assert nb.cell_count() == cells
    assert (folder / "priorities" / "emergency-care.yaml").read_text(encoding="utf-8") == before
    assert PlanStore(folder).raw(f"{CHAIN}/links/k7/source") == "a5"

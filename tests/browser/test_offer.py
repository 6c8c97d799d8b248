"""The computed path offered as intermediate targets in JupyterLab: taken over by keyboard, brought back by mouse."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from playwright.sync_api import Page, expect

from rdlib.plan import PlanStore
from tests.browser.conftest import PROJECT, Lab, Notebook

STEPS = "priorities/skills/indicators/i1/trajectory"
CELL = """
from datetime import date
from rdlib.plan import PlanStore
from rdlib.widgets.offer import Offer
Offer(PlanStore("{folder}"), date(2016, 3, 31), "Intermediate targets from the path")
"""


def test_a_path_is_taken_over_by_keyboard_and_brought_back_by_mouse(
    lab: Lab, notebook: Callable[..., Notebook], axe: Callable[[Page, str], list[str]], look: Callable[..., None]
):
    folder = lab.folder / "plans" / "skills-offer"
    shutil.copytree(PROJECT / "exercises" / "punjab-skills" / "plan", folder)
    store = PlanStore(folder)
    store.set(f"{STEPS}/t1/value", "500000")
    store.save()
    nb = notebook("offer.ipynb", cells=[CELL.format(folder=str(folder))])
    nb.run_all()
    offer, said = nb.page.locator(".rd-offer"), nb.page.locator(".rd-offer-said")
    cells = nb.cell_count()
    expect(offer).to_contain_text("2\u2009000\u2009000")
    look(offer, "offer")
    assert axe(nb.page, ".rd-offer") == []
    take = offer.get_by_role("button", name="Replace the 3 intermediate targets by these").first
    take.focus()
    for key in ("b", "d", "d"):  # in JupyterLab's own command mode these would change the cells
        nb.page.keyboard.press(key)
    nb.page.keyboard.press("Enter")
    expect(said).to_contain_text("3 intermediate targets were written down.")
    assert nb.cell_count() == cells
    fresh = PlanStore(folder)
    assert [fresh.raw(f"{STEPS}/{row}/value") for row in fresh.rows(STEPS)] == ["900000", "1450000", "2000000"]
    back = offer.get_by_role("button", name="Bring the earlier ones back")
    expect(back).to_be_visible()
    look(offer, "offer-taken")
    back.click()
    expect(said).to_contain_text("The earlier intermediate targets are back.")
    fresh = PlanStore(folder)
    assert fresh.raw(f"{STEPS}/{fresh.rows(STEPS)[0]}/value") == "500000"
    expect(back).to_have_count(0)

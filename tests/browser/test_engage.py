"""The stakeholder map in JupyterLab: proposals, placing by mouse and by keys, arrows after a move, reload."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import attrs
import pytest
from playwright.sync_api import Locator, Page, expect

from rdlib.plan import PlanStore
from tests.browser.conftest import PROJECT, Lab, Notebook

P = "priorities/first-priority"
K = f"{P}/stakeholder_map"
CELLS = (
    'import os; os.environ["RDLIB_PLAN"] = "{folder}"\nfrom rdlib.widgets.rule10 import proposed; proposed()',
    'from rdlib.widgets.workbook import exercise; exercise("10.1")',
    "from rdlib.widgets.rule10 import places_of_today; places_of_today()",
    "from rdlib.widgets.rule10 import to_engage; to_engage()",
)


@attrs.frozen
class Map:
    """The cells of tool 10.1 in a notebook, and the plan behind them."""

    nb: Notebook
    page: Page
    folder: Path

    @property
    def store(self) -> PlanStore:
        """The plan as it is on disk now."""
        return PlanStore(self.folder)

    @property
    def board(self) -> Locator:
        """The board."""
        return self.page.locator(".rdb")

    def dot(self, id_: str) -> Locator:
        """A stakeholder on the board."""
        return self.board.locator(f'[data-item="{id_}"]')

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a place on the board is on the screen."""
        found = self.page.evaluate(
            """([x, y]) => {
                const svg = document.querySelector('.rdb-stage svg');
                const {left, right, top, bottom} = svg.dataset;
                const at = new DOMPoint(+left + (right - left) * x / 10, +bottom - (bottom - top) * y / 10);
                const to = at.matrixTransform(svg.getScreenCTM());
                return [to.x, to.y];
            }""",
            [x, y],
        )
        return found[0], found[1]

    def expect_on_disk(self, path: str, value: str) -> None:
        """Wait until a value is on disk."""
        end = time.monotonic() + 15
        while (found := self._raw(path)) != value and time.monotonic() < end:
            time.sleep(0.1)
        assert found == value

    def _raw(self, path: str) -> object:
        try:
            return self.store.raw(path)
        except KeyError:
            return None


@pytest.fixture
def placed(lab: Lab, notebook: Callable[..., Notebook], lab_page: Page) -> Map:
    """A plan that names two people, one of whom stands on the map with an earlier place."""
    folder = lab.folder / "plans" / "engage"
    folder.parent.mkdir(exist_ok=True)
    store = PlanStore.create(folder, PROJECT / "templates" / "plan")
    store.set(f"{P}/stakeholders", ["Ambulance crews"])
    store.add_row(K, {"name": "Head of the doctors' union", "support": "2", "power": "8"})
    store.add_row(f"{K}/s1/places", {"day": "2026-01-15", "support": "2", "power": "8"})
    store.save()
    nb = notebook("engage.ipynb", cells=[cell.format(folder=str(folder)) for cell in CELLS])
    nb.run_all()
    expect(lab_page.locator(".rdb-stage svg")).to_be_visible()
    return Map(nb, lab_page, folder)


def test_from_a_proposal_to_an_arrow(
    placed: Map, axe: Callable[[Page, str], list[str]], look: Callable[..., None]
) -> None:
    page, board, keyboard = placed.page, placed.board, placed.page.keyboard
    # a proposal is taken over by key, and is not proposed again
    take = page.get_by_role("button", name="Put on the map")
    take.first.focus()
    keyboard.press("Enter")
    expect(page.get_by_text("“Ambulance crews” waits to be placed.")).to_be_visible()
    expect(take).to_have_count(0)
    placed.expect_on_disk(f"{K}/s2/name", "Ambulance crews")
    chip = board.locator('[data-chip="s2"]')
    expect(chip).to_be_visible()
    # placed by key
    chip.focus()
    keyboard.press("Enter")
    placed.expect_on_disk(f"{K}/s2/support", "5")
    expect(placed.dot("s2")).to_be_focused()
    keyboard.press("ArrowUp")
    expect(board.locator(".rdb-readout")).to_contain_text("Moveable middle")
    placed.expect_on_disk(f"{K}/s2/power", "5.5")
    # the other one is moved by mouse: an arrow leads from where it stood
    expect(board.locator(".rd-was")).to_have_count(0)
    expect(board.locator(".rdf-status")).to_have_attribute("data-state", "calm")
    expect(board.locator(".rdb-moved")).to_have_count(0)
    placed.dot("s1").locator("text[text-anchor=middle]").hover()
    page.mouse.down()
    page.mouse.move(*placed.point(4, 9), steps=4)
    page.mouse.move(*placed.point(8, 9), steps=4)
    page.mouse.up()
    placed.expect_on_disk(f"{K}/s1/support", "8")
    expect(board.locator(".rd-was")).to_have_count(1)
    expect(board.locator('[data-row="s1"]')).to_contain_text("Sceptics (15 January 2026) → Champions")
    look(board, "engage-moved")
    # while it is moved again, the old arrow is hidden until it is drawn anew
    placed.dot("s1").focus()
    keyboard.press("ArrowLeft")
    placed.expect_on_disk(f"{K}/s1/support", "7.5")
    expect(board.locator(".rdb-moved")).to_have_count(0)
    expect(board.locator(".rd-was")).to_have_count(1)
    # today's places are written down
    page.get_by_role("button", name="Write down today's places").click()
    expect(page.get_by_text("Written down: 2 places of today.")).to_be_visible()
    placed.expect_on_disk(f"{K}/s2/places/{placed.store.rows(f'{K}/s2/places')[0]}/day", date.today().isoformat())
    # who is still without a plan: one click begins it
    begin = page.get_by_role("button", name="Begin a plan")
    expect(begin).to_have_count(2)
    begin.first.click()
    expect(begin).to_have_count(1)
    placed.expect_on_disk(f"{P}/engagements/e1/stakeholder", "s2")
    # own names for our own fields
    board.get_by_text("Names of the zones").click()
    board.get_by_label("Name for: Less influence: listen").fill("Hesitant")
    expect(board.locator(".rdb-stage")).to_contain_text("Hesitant")
    assert axe(page, ".rdb") == []
    # all of it is there after a restart and a reload
    expect(board.locator(".rdf-status")).to_contain_text(re.compile(r"Saved \d\d:\d\d:\d\d"))
    placed.nb.restart_kernel()
    page.reload()
    placed.nb.wait_ready()
    placed.nb.run_all()
    expect(placed.dot("s1")).to_be_visible()
    expect(board.locator(".rd-was")).to_have_count(1)
    expect(board.locator(f'input[data-path="{K}/s1/support"]')).to_have_value("7.5")
    placed.nb.theme("JupyterLab Dark")
    assert axe(page, ".rdb") == []
    look(board, "engage-dark")

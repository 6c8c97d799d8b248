"""The Board in JupyterLab: by mouse, by touch, by keyboard alone, by numbers; through a restart and a reload."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from playwright.sync_api import Locator, Page, expect

from rdlib.plan import PlanStore
from tests.browser.conftest import PROJECT, Lab, Notebook, come_back

SAVED = re.compile(r"Saved \d\d:\d\d:\d\d")
P = "priorities/first-priority"
NAMES = ("See and treat", "More staff", "New buildings", "A telephone line", "Free beds before noon")

CELL = """
from rdlib.plan import PlanStore
from rdlib.rules.r04_matrix import MATRIX
from rdlib.widgets.board import Board
Board(PlanStore("{folder}"), MATRIX, "first-priority", title="Impact and difficulty")
"""


@attrs.frozen
class Table:
    """A board in a notebook, and the plan behind it."""

    nb: Notebook
    page: Page
    folder: Path
    board: Locator

    @property
    def store(self) -> PlanStore:
        """The plan as it is on disk now."""
        return PlanStore(self.folder)

    def dot(self, id_: str) -> Locator:
        """An item on the board."""
        return self.board.locator(f'[data-item="{id_}"]')

    def chip(self, id_: str) -> Locator:
        """An item that waits to be placed."""
        return self.board.locator(f'[data-chip="{id_}"]')

    def number(self, id_: str, field: str) -> Locator:
        """The field of a number."""
        return self.board.locator(f'input[data-path="{P}/strategies/{id_}/{field}"]')

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

    def grip(self, what: Locator) -> tuple[float, float]:
        """Go to something with the mouse, once nothing moves any more, and return where that is."""
        expect(self.board.locator(".rdf-status")).to_have_attribute("data-state", "calm")
        expect(self.board.locator(".rdb-moved")).to_have_count(0)  # the drawing has caught up
        number = what.locator("text[text-anchor=middle]")  # in the middle of a dot
        (number if number.count() else what).hover()
        return self.middle(what)

    def middle(self, what: Locator) -> tuple[float, float]:
        """Where the middle of something is on the screen."""
        what.scroll_into_view_if_needed()
        circle = what.locator("circle.rd-dot")
        box = (circle if circle.count() else what).bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def drag(self, what: Locator, to: Callable[[], tuple[float, float]]) -> None:
        """Drag something to a place on the screen with the mouse."""
        mouse = self.page.mouse
        mouse.move(*self.grip(what))
        mouse.down()
        mouse.move(*self.point(5, 9), steps=4)
        mouse.move(*to(), steps=4)
        mouse.up()

    def draw_with_a_finger(self, what: Locator, x: float, y: float) -> None:
        """Draw something to a place on the board with a finger."""
        session = self.page.context.new_cdp_session(self.page)
        way = [self.grip(what), self.point(5, 9), self.point(x, y)]
        for kind, at in zip(("touchStart", "touchMove", "touchMove"), way, strict=True):
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": at[0], "y": at[1]}]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        session.detach()

    def expect_on_disk(self, id_: str, difficulty: str | None, impact: str | None) -> None:
        """Wait until both numbers of an item are on disk."""
        end = time.monotonic() + 15
        where = [f"{P}/strategies/{id_}/{name}" for name in ("difficulty", "impact")]
        while (found := [self.store.raw(path) for path in where]) != [difficulty, impact] and time.monotonic() < end:
            time.sleep(0.1)
        assert found == [difficulty, impact]

    def expect_saved(self) -> None:
        """Wait until the board says that everything is saved."""
        expect(self.board.locator(".rdf-status")).to_have_attribute("data-state", "calm")
        expect(self.board.locator(".rdf-status")).to_contain_text(SAVED)


@pytest.fixture
def table(lab: Lab, notebook: Callable[..., Notebook], lab_page: Page, request: pytest.FixtureRequest) -> Table:
    """A board with five strategies, two of them placed."""
    name = re.sub(r"\W+", "-", request.node.name)
    folder = lab.folder / "plans" / name
    folder.parent.mkdir(exist_ok=True)
    store = PlanStore.create(folder, PROJECT / "templates" / "plan")
    for title in NAMES:
        store.add_row(f"{P}/strategies", {"title": title})
    for id_, difficulty, impact in (("s1", "4", "8"), ("s3", "9", "3")):
        store.set(f"{P}/strategies/{id_}/difficulty", difficulty)
        store.set(f"{P}/strategies/{id_}/impact", impact)
    store.save()
    nb = notebook(f"{name}.ipynb", cells=[CELL.format(folder=str(folder))])
    nb.run_all()
    board = lab_page.locator(".rdb")
    expect(board.locator(".rdb-stage svg")).to_be_visible()
    return Table(nb, lab_page, folder, board)


def test_by_mouse_and_by_touch(table: Table, look: Callable[..., None]):
    page, board = table.page, table.board
    look(board, "board-5")
    table.drag(table.dot("s1"), lambda: table.point(2, 6))
    expect(board.locator(".rdb-readout")).to_contain_text("1 See and treat: degree of difficulty 2")
    expect(board.locator(".rdb-readout")).to_contain_text("Quick wins")
    table.expect_on_disk("s1", "2", "6")
    expect(table.number("s1", "difficulty")).to_have_value("2")
    expect(table.dot("s1")).to_be_focused()
    table.drag(table.chip("s2"), lambda: table.point(8, 7))
    table.expect_on_disk("s2", "8", "7")
    expect(table.chip("s2")).to_have_count(0)
    table.chip("s4").click()  # a click puts it in the middle
    table.expect_on_disk("s4", "5", "5")
    expect(table.dot("s4")).to_be_focused()
    tray = board.locator(".rdb-tray")
    table.drag(table.dot("s3"), lambda: table.middle(tray))  # back to those that wait
    expect(table.chip("s3")).to_be_focused()
    table.expect_on_disk("s3", None, None)
    table.drag(table.dot("s1"), lambda: table.point(5, 5))
    page.keyboard.press("Escape")  # too late: it is dropped already
    table.expect_on_disk("s1", "5", "5")
    table.draw_with_a_finger(table.dot("s2"), 3, 2)
    table.expect_on_disk("s2", "3", "2")
    table.draw_with_a_finger(table.chip("s5"), 9, 9)
    table.expect_on_disk("s5", "9", "9")
    table.expect_saved()
    look(board, "board-moved")


def test_by_keyboard_alone(table: Table):
    page, keyboard = table.page, table.page.keyboard
    cells = table.nb.cell_count()
    table.dot("s1").focus()
    for key in ("ArrowRight", "ArrowDown", "b", "d", "d"):  # b and d d would change the notebook's cells
        keyboard.press(key)
    table.expect_on_disk("s1", "4.5", "7.5")
    expect(table.dot("s1")).to_be_focused()
    keyboard.press("Shift+ArrowRight")
    keyboard.press("PageUp")
    expect(table.board.locator(".rdb-readout")).to_contain_text("difficulty 6.5")
    table.expect_on_disk("s1", "6.5", "10")
    keyboard.press("End")
    keyboard.press("ArrowRight")  # it stays on the board
    table.expect_on_disk("s1", "10", "10")
    keyboard.press("Enter")
    expect(table.board.locator(".rdb-readout")).to_contain_text("It could reach the target nearly by itself.")
    keyboard.press("Delete")
    table.expect_on_disk("s1", None, None)
    expect(table.chip("s1")).to_be_focused()
    keyboard.press("Enter")
    expect(table.dot("s1")).to_be_focused()
    table.expect_on_disk("s1", "5", "5")
    keyboard.press("Tab")
    expect(table.dot("s3")).to_be_focused()
    assert table.nb.cell_count() == cells
    page.keyboard.press("Control+s")  # the notebook is saved from here too
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)


def test_by_numbers(table: Table):
    table.number("s2", "difficulty").fill("7")
    table.number("s2", "impact").fill("6,5")
    table.page.keyboard.press("Tab")
    expect(table.number("s2", "impact")).to_have_value("6,5")
    table.number("s2", "impact").fill("12")
    row = table.board.locator('[data-row="s2"]')
    expect(row).to_contain_text("Accepted: a number of at most 10.")
    expect(table.chip("s2")).to_be_visible()
    table.number("s2", "impact").fill("6.5")
    table.expect_on_disk("s2", "7", "6.5")
    expect(row).to_contain_text("Transformative work")
    expect(row).not_to_contain_text("Accepted")
    table.board.get_by_text("Names of the zones").click()
    table.board.get_by_label("Name for: Low impact, hard").fill("Leave it")
    expect(table.board.locator(".rdb-stage")).to_contain_text("Leave it")
    expect(table.board.locator('[data-row="s3"]')).to_contain_text("Leave it")
    assert table.store.raw("plan/zone_names/drop/name") == "Leave it"


def test_it_survives_a_killed_kernel_a_restart_and_a_reload(table: Table):
    page = table.page
    table.nb.kill_kernel()
    table.dot("s1").focus()
    page.keyboard.press("ArrowLeft")
    expect(table.board.locator(".rdf-status")).to_contain_text("Not saved yet")
    table.nb.dismiss()
    table.nb.wait_ready()
    table.nb.run_all()
    table.expect_on_disk("s1", "3.5", "8")  # the move was kept in the browser and sent again
    table.nb.restart_kernel()
    page.reload()
    table.nb.wait_ready()
    table.nb.run_all()
    expect(table.number("s1", "difficulty")).to_have_value("3.5")
    expect(table.dot("s1")).to_be_visible()


def test_what_was_moved_in_two_places_is_asked(table: Table):
    store = table.store
    store.set(f"{P}/strategies/s1/impact", "2")
    store.save()
    table.dot("s1").focus()
    table.page.keyboard.press("ArrowUp")
    row = table.board.locator('[data-row="s1"]')
    expect(row).to_contain_text("changed somewhere else")
    row.get_by_role("button", name=re.compile("Keep mine")).click()
    table.expect_on_disk("s1", "4", "8.5")
    table.expect_saved()


def test_a_change_elsewhere_is_followed(table: Table):
    store = table.store
    store.set(f"{P}/strategies/s3/impact", "6")
    store.save()
    come_back(table.page)
    expect(table.number("s3", "impact")).to_have_value("6")
    expect(table.board.locator('[data-row="s3"]')).to_contain_text("Transformative work")


def test_the_accessibility_checker_finds_nothing(table: Table, axe: Callable[[Page, str], list[str]]):
    for summary in table.board.locator("summary").all():
        summary.click()
    assert axe(table.page, ".rdb") == []
    table.nb.theme("JupyterLab Dark")
    assert axe(table.page, ".rdb") == []

"""The workbook of rule 2 as a person works through it in JupyterLab, with mouse and with keyboard alone."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest
from playwright.sync_api import Locator, Page, expect

from rdlib.plan import PlanStore
from tests.browser.conftest import PROJECT, Lab, Notebook

WORKBOOK = PROJECT / "workbooks" / "02_define_success.ipynb"
SAVED = re.compile(r"Saved \d\d:\d\d:\d\d")
P = "priorities/first-priority"


@attrs.frozen
class Work:
    """The workbook, open in JupyterLab, and the plan behind it."""

    nb: Notebook
    page: Page
    folder: Path

    def cell(self, exercise: str) -> Locator:
        """The cell that shows an exercise."""
        return self.page.locator(".jp-CodeCell").filter(has_text=f'exercise("{exercise}")')

    def field(self, exercise: str, path: str) -> Locator:
        """The box of a field of an exercise."""
        return self.cell(exercise).locator(f'[data-path="{P}/{path}"]')

    def expect_saved(self, exercise: str) -> None:
        """Wait until the form of an exercise says that everything is saved."""
        status = self.cell(exercise).locator(".rdf-status")
        expect(status).to_have_attribute("data-state", "calm")
        expect(status).to_contain_text(SAVED)

    def on_disk(self, path: str, folder: str = "") -> object:
        """What stands in the plan's files now."""
        return PlanStore(self.folder / folder).raw(path)

    def expect_on_disk(self, path: str, value: object, folder: str = "") -> None:
        """Wait until a field on disk holds a value."""
        end = time.monotonic() + 15
        while (found := self.on_disk(path, folder)) != value and time.monotonic() < end:
            time.sleep(0.1)
        assert found == value


@pytest.fixture
def work(lab: Lab, notebook: Callable[..., Notebook], page: Page) -> Iterator[Work]:
    page.set_viewport_size({"width": 1300, "height": 1000})
    folder = lab.folder / "my-plan"
    shutil.rmtree(folder, ignore_errors=True)
    nb = notebook("02_define_success.ipynb", source=WORKBOOK)
    nb.run_all()
    yield Work(nb, page, folder)


def test_the_stored_workbook_shows_its_faces_before_anything_runs(
    lab: Lab, notebook: Callable[..., Notebook], page: Page
):
    notebook("02_define_success.ipynb", source=WORKBOOK)
    expect(page.get_by_text("3M evaluation: Share of patients through A&E within four hours")).to_be_visible()
    expect(page.get_by_text("Elements of the architecture that stand: 0 of 4")).to_be_attached()
    expect(page.get_by_text("from rdlib.widgets.workbook import your_plan")).to_have_count(1)  # the collapsed line only


def test_rule_2_by_mouse_survives_restart_and_reload(work: Work, look: Callable[..., None]):
    page = work.page
    work.field("2.1", "title").locator("input").fill("Shorter waits")
    work.cell("2.1").get_by_role("button", name="Add a row to “What will be different, and for whom”").click()
    work.field("2.1", "outcomes/o1/statement").locator("textarea, input").fill("Nobody waits long")
    work.cell("2.1").get_by_role("button", name="Add a row to “Indicators”").click()
    work.field("2.1", "indicators/i1/name").locator("input").fill("Number of workshops held")
    expect(work.cell("2.1").get_by_text("counts what was done or spent").first).to_be_visible()
    work.field("2.1", "indicators/i1/name").locator("input").fill("Share of patients seen within four hours")
    expect(work.cell("2.1").get_by_text("counts what was done or spent")).to_have_count(0)
    work.field("2.1", "indicators/i1/three_m/meaningful").get_by_label("Yes", exact=True).click()
    expect(work.cell("2.1").get_by_text("is answered, with no reason").first).to_be_visible()
    work.expect_saved("2.1")
    # what was entered in one exercise stands in the next, and the target is read from its words
    work.field("2.2", "indicators/i1/target/wording").locator("input").fill("Increase to 85% by March 2028")
    expect(work.cell("2.2").get_by_text("Neither a baseline nor a comparable value is given.").first).to_be_visible()
    work.expect_saved("2.2")
    look(work.cell("2.2"), "workbook-2-2")
    work.nb.restart_kernel()
    work.nb.run_all()
    page.reload()
    work.nb.wait_ready()
    work.nb.run_all()
    expect(work.field("2.1", "outcomes/o1/statement").locator("textarea, input")).to_have_value("Nobody waits long")
    expect(work.field("2.2", "indicators/i1/target/wording").locator("input")).to_have_value(
        "Increase to 85% by March 2028"
    )
    assert work.on_disk(f"{P}/title") == "Shorter waits"
    assert work.on_disk(f"{P}/indicators/i1/three_m/meaningful") == "yes"
    so_far = page.locator(".jp-CodeCell").filter(has_text="plan_so_far()")
    expect(so_far.get_by_text("Share of patients seen within four hours").first).to_be_visible()
    expect(so_far.get_by_text("Next best step:")).to_be_visible()


def test_rule_2_by_keyboard_alone_through_a_killed_kernel(work: Work):
    keyboard = work.page.keyboard
    work.cell("2.1").get_by_label("Priority", exact=True).focus()
    keyboard.type("Clean rivers")
    keyboard.press("Tab")  # to the button that adds an outcome
    keyboard.press("Enter")
    expect(work.field("2.1", "outcomes/o1/statement").locator("textarea, input")).to_be_focused()
    keyboard.type("People can swim again")
    work.expect_on_disk(f"{P}/outcomes/o1/statement", "People can swim again")
    cells = work.nb.cell_count()
    work.nb.kill_kernel()
    keyboard.type(" in the b and d d rivers")  # b and d d would add and delete cells of the notebook
    work.nb.dismiss()
    work.nb.wait_ready()
    work.nb.run_all()
    work.expect_on_disk(f"{P}/outcomes/o1/statement", "People can swim again in the b and d d rivers")
    work.expect_on_disk(f"{P}/title", "Clean rivers")
    assert work.nb.cell_count() == cells


def test_practice_is_kept_apart_from_the_own_plan(work: Work):
    cell = work.cell("2.5")
    cell.get_by_label("Published target:").select_option(label="Improving government services")
    expect(cell.get_by_text("Annual improved customer satisfaction to 2019")).to_be_visible()
    cell.get_by_label("Yes", exact=True).click()
    expect(cell.get_by_text("no number says how much").first).to_be_visible()
    where = "priorities/improving-government-services/sorting/s1/well_defined"
    work.expect_on_disk(where, "yes", "practice/new-south-wales")
    assert not (work.folder / "priorities" / "improving-government-services.yaml").exists()
    cell.get_by_label("No", exact=True).click()
    expect(cell.get_by_text("no number says how much")).to_have_count(0)


def test_another_priority_is_added_and_chosen_everywhere(work: Work):
    work.cell("2.1").get_by_label("Add a priority:").fill("Cleaner rivers")
    work.cell("2.1").get_by_role("button", name="Add", exact=True).click()
    for exercise in ("2.1", "2.2", "2.3"):
        expect(work.cell(exercise).get_by_label("Priority:", exact=True)).to_have_value("cleaner-rivers")
    assert (work.folder / "priorities" / "cleaner-rivers.yaml").exists()


def test_the_role_is_chosen_once_and_its_duties_come_first(work: Work):
    cell = work.page.locator(".jp-CodeCell").filter(has_text="role(2)")
    cell.get_by_label("Your role").select_option(label="Data Lead")
    expect(cell.get_by_role("heading", name="Data Lead")).to_be_visible()
    work.expect_on_disk("plan/role", "data-lead")


def test_the_accessibility_checker_finds_nothing_in_the_exercises(work: Work, axe: Callable[[Page, str], list[str]]):
    assert axe(work.page, ".rdf") + axe(work.page, ".rd-picker") == []

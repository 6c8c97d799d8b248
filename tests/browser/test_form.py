"""The Form in a real JupyterLab: by mouse and by keyboard, through killed kernels, reloads and other people's edits."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import attrs
import pytest
from playwright.sync_api import Locator, Page, expect

from rdlib.plan import PlanStore
from tests.browser.conftest import PROJECT, Lab, Notebook, come_back

P = "priorities/first-priority"
SAVED = re.compile(r"Saved \d\d:\d\d:\d\d")

CELL = """
import time
from rdlib.plan import PlanStore
from rdlib.rules.findings import FindingKind, Severity
from rdlib.widgets.form import Block, Form, Table

P = "priorities/first-priority"
store = PlanStore({folder!r})
MISSING = FindingKind("T-missing", "2.1", Severity.MISSING, "No summary", why="Without it nobody knows what it is.")
WEAK = FindingKind("T-weak", "2.1", Severity.WEAK, "Short summary", why="A reader needs a few words more.")
NOTE = FindingKind("T-note", "2.1", Severity.NOTE, "Few outcomes", why="One is seldom all.")
GOOD = FindingKind("T-good", "2.1", Severity.GOOD, "Enough said", why="It can be understood.")

def check(reading):
    while (store.folder / "hold").exists():
        time.sleep(0.1)
    p = reading.plan.priority("first-priority")
    at = P + "/summary"
    if not p.summary:
        yield MISSING.at(at, "There is no summary.", "Write one sentence.")
    elif len(p.summary) < 20:
        yield WEAK.at(at, "The summary is short.", "Say for whom.")
    else:
        yield GOOD.at(at, "The summary says enough.")
    if len(p.outcomes) < 2:
        yield NOTE.at(P + "/outcomes", "There are fewer than two outcomes.", "Add another one.")
    yield NOTE.at(P + "/somewhere", "This is about the priority as a whole.", "Read it once more.")

Form(
    store,
    [
        Block(P, ("title", "summary", "leaders", "stakeholders"), title="Your priority"),
        Table(P + "/outcomes", ("statement", "level", "leads_to", "leader")),
        Table(P + "/indicators", ("name", "unit", "direction", "baseline", "three_m/meaningful", "three_m/sources")),
    ],
    check=check,
    title="Define success",
)
"""


@attrs.frozen
class Filled:
    """A form in a notebook, and the plan behind it."""

    nb: Notebook
    page: Page
    folder: Path
    form: Locator

    @property
    def store(self) -> PlanStore:
        """The plan as it is on disk now."""
        return PlanStore(self.folder)

    def field(self, path: str) -> Locator:
        """The box of one field."""
        return self.form.locator(f'[data-path="{P}/{path}"]')

    def edit(self, path: str) -> Locator:
        """What is typed into."""
        return self.field(path).locator("input, textarea, select").first

    def expect_saved(self) -> None:
        """Wait until the form says that everything is saved."""
        expect(self.form.locator(".rdf-status")).to_have_attribute("data-state", "calm")
        expect(self.form.locator(".rdf-status")).to_contain_text(SAVED)

    def expect_on_disk(self, path: str, value: object) -> None:
        """Wait until a field on disk holds a value."""
        end = time.monotonic() + 15
        while (found := self.store.raw(f"{P}/{path}")) != value and time.monotonic() < end:
            time.sleep(0.1)
        assert found == value

    def edit_file(self, old: str, new: str) -> None:
        """Edit the priority's file by hand."""
        file = self.folder / f"{P}.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def come_back(self) -> None:
        """Let the page think that its reader comes back to it from another window."""
        come_back(self.page)


@pytest.fixture
def filled(lab: Lab, notebook: Callable[..., Notebook], lab_page: Page, request: pytest.FixtureRequest) -> Filled:
    """The form on a plan with two outcomes and one indicator."""
    name = re.sub(r"\W+", "-", request.node.name)
    folder = lab.folder / "plans" / name
    folder.parent.mkdir(exist_ok=True)
    store = PlanStore.create(folder, PROJECT / "templates" / "plan")
    store.add_row(f"{P}/outcomes", {"statement": "Nobody waits in pain", "level": "long-term"})
    store.add_row(f"{P}/outcomes", {"statement": "Waits are short"})
    store.add_row(f"{P}/indicators", {"name": "Share seen in time", "unit": "%"})
    store.save()
    nb = notebook(f"{name}.ipynb", cells=[CELL.format(folder=str(folder))])
    nb.run_all()
    form = lab_page.locator(".rdf")
    expect(form).to_be_visible()
    return Filled(nb, lab_page, folder, form)


def focused(page: Page) -> str:
    """The path of the field, or the words of the button, that has the focus."""
    return str(
        page.evaluate(
            """() => {
                const node = document.activeElement;
                if (node.matches("button, summary")) return node.getAttribute("aria-label") ?? node.innerText;
                return node.closest("[data-path]")?.dataset.path ?? node.tagName;
            }"""
        )
    )


def test_filled_by_mouse(filled: Filled):
    form, page = filled.form, filled.page
    expect(form.locator(".rdf-summary")).to_contain_text("1 missing")
    form.get_by_label("Priority", exact=True).click()
    page.keyboard.type("Shorter waits ")
    form.get_by_label("In a few sentences").click()
    page.keyboard.type("People wait")
    expect(filled.field("summary").locator(".rdf-finding")).to_contain_text("weak The summary is short.")
    assert focused(page) == f"{P}/summary", "findings appear without moving the focus"
    page.keyboard.type(" too long for care.")
    expect(filled.field("summary").locator(".rdf-finding")).to_contain_text("good The summary says enough.")
    expect(form.locator(".rdf-summary")).to_contain_text("1 good")
    filled.field("outcomes/o2/level").locator("select").select_option("shorter-term")
    form.get_by_label("Higher is better").check()
    filled.field("indicators/i1/three_m/meaningful").get_by_label("Yes").check()
    form.get_by_label("Data sources").fill("Hospital returns\n\nA survey \n")
    form.get_by_label("Accountable leader").first.fill("A. Minister")
    page.get_by_label("Accountable leader, person 2").fill("B. Deputy")
    form.locator(".rdf-summary").click()
    filled.expect_saved()
    store = filled.store
    assert store.raw(f"{P}/title") == "Shorter waits "
    assert store.raw(f"{P}/summary") == "People wait too long for care."
    assert store.raw(f"{P}/outcomes/o2/level") == "shorter-term"
    assert store.raw(f"{P}/indicators/i1/direction") == "up"
    assert store.raw(f"{P}/indicators/i1/three_m/meaningful") == "yes"
    assert store.raw(f"{P}/indicators/i1/three_m/sources") == ["Hospital returns", "A survey "]
    assert store.raw(f"{P}/leaders") == ["A. Minister", "B. Deputy"]
    foot = form.locator(".rdf-block > .rdf-findings")
    expect(foot).to_contain_text("This is about the priority as a whole.")


def test_filled_by_keyboard_alone(filled: Filled):
    form, page = filled.form, filled.page
    form.get_by_label("Priority", exact=True).focus()
    page.keyboard.type("Waits")
    page.keyboard.press("Tab")
    page.keyboard.type("First line")
    page.keyboard.press("Enter")
    page.keyboard.type("second line")
    expect(filled.field("summary").locator(".rdf-finding")).to_contain_text("good")
    page.keyboard.press("Tab")
    assert focused(page) == "Why it matters"
    page.keyboard.press("Tab")
    page.keyboard.type("A. Minister")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert focused(page) == f"{P}/summary"
    filled.edit("indicators/i1/unit").focus()
    page.keyboard.press("Tab")
    assert focused(page) == f"{P}/indicators/i1/direction"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    assert focused(page) == f"{P}/indicators/i1/baseline/value"
    page.keyboard.type("81,5")
    filled.edit("outcomes/o2/leader").focus()
    for _step in range(4):
        page.keyboard.press("Tab")
    assert focused(page) == "Add a row to “Outcomes”"
    page.keyboard.press("Enter")
    expect(filled.edit("outcomes/o3/statement")).to_be_focused()
    page.keyboard.type("Staff stay")
    page.keyboard.press("Tab")
    page.keyboard.type("Ou")  # a list answers to the first letters
    page.keyboard.press("Tab")
    filled.expect_on_disk("outcomes/o3/level", "output")
    store = filled.store
    assert store.raw(f"{P}/title") == "Waits"
    assert store.raw(f"{P}/summary") == "First line\nsecond line"
    assert store.raw(f"{P}/leaders") == ["A. Minister"]
    assert store.raw(f"{P}/indicators/i1/direction") == "down"
    assert store.raw(f"{P}/indicators/i1/baseline/value") == "81,5"
    assert store.raw(f"{P}/outcomes/o3/statement") == "Staff stay"


def test_rows_are_moved_removed_and_put_back(filled: Filled):
    form, page = filled.form, filled.page
    form.get_by_label("Move Waits are short up").click()
    expect(form.locator("tbody tr").first).to_have_attribute("data-path", f"{P}/outcomes/o2")
    expect(form.get_by_label("Move Waits are short up")).to_be_focused()
    assert filled.store.rows(f"{P}/outcomes") == ["o2", "o1"]
    page.keyboard.press("Enter")  # it is the first already
    form.get_by_label("Remove Waits are short").click()
    undo = form.get_by_role("button", name=re.compile("Undo"))
    expect(undo).to_be_focused()
    expect(form.locator(".rdf-removed").first).to_contain_text("Removed: Waits are short.")
    assert filled.store.rows(f"{P}/outcomes") == ["o1"]
    page.keyboard.press("Enter")
    expect(filled.edit("outcomes/o2/statement")).to_be_focused()
    assert filled.store.rows(f"{P}/outcomes") == ["o2", "o1"]
    assert filled.store.raw(f"{P}/outcomes/o2/statement") == "Waits are short"
    # an indicator is a card; with its group of fields it comes back whole
    filled.edit("indicators/i1/baseline/value").fill("80")
    form.get_by_label("Remove Share seen in time").click()
    expect(form.locator(".rdf-card")).to_have_count(0)
    expect(form.get_by_text("No rows yet.").last).to_be_visible()
    page.keyboard.press("Enter")
    expect(filled.edit("indicators/i1/baseline/value")).to_have_value("80")
    filled.expect_on_disk("indicators/i1/baseline/value", "80")


def test_a_killed_kernel_loses_nothing(filled: Filled):
    form, page, nb = filled.form, filled.page, filled.nb
    filled.edit("summary").click()
    page.keyboard.type("Saved before. ", delay=20)
    filled.expect_saved()
    page.keyboard.type("Typed when it ", delay=20)
    with nb.dying_kernel():
        page.keyboard.type("died, ", delay=20)
    nb.dismiss()
    filled.edit("summary").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("and after.", delay=20)
    filled.edit("title").fill("Also typed then")
    whole = "Saved before. Typed when it died, and after."
    expect(filled.edit("summary")).to_have_value(whole)
    status = form.locator(".rdf-status")
    expect(status).to_contain_text("Not saved yet")
    expect(status).to_contain_text("Run All Cells")
    assert str(filled.store.raw(f"{P}/summary")).startswith("Saved before.")
    nb.wait_ready()
    nb.run_all()
    expect(filled.edit("summary")).to_have_value(whole)
    expect(filled.edit("title")).to_have_value("Also typed then")
    filled.expect_saved()
    filled.expect_on_disk("summary", whole)
    filled.expect_on_disk("title", "Also typed then")
    page.wait_for_function("() => Object.keys(localStorage).every(key => !key.startsWith('rdlib/'))")


def test_a_reload_and_a_restart_lose_nothing(filled: Filled):
    page, nb = filled.page, filled.nb
    filled.edit("title").fill("Saved")
    filled.expect_saved()
    nb.save()
    filled.edit("summary").click()
    page.keyboard.type("Typed just before the reload")
    nb.reload()
    expect(filled.form).to_be_visible()
    expect(filled.edit("summary")).to_have_value("Typed just before the reload")
    expect(filled.edit("title")).to_have_value("Saved")
    filled.expect_on_disk("summary", "Typed just before the reload")
    nb.restart_kernel()
    filled.edit("summary").fill("Typed after the restart")
    nb.run_all()
    expect(filled.edit("summary")).to_have_value("Typed after the restart")
    filled.expect_on_disk("summary", "Typed after the restart")


def test_no_answer_is_told_from_a_saved_text(filled: Filled):
    form = filled.form
    hold = filled.folder / "hold"
    hold.touch()  # the checks wait for as long as this file is there
    filled.edit("title").fill("First")
    filled.expect_on_disk("title", "First")
    filled.edit("title").fill("Second")
    expect(form.locator(".rdf-status")).to_have_attribute("data-state", "alarm")
    expect(form.locator(".rdf-status")).to_contain_text("Not saved yet")
    expect(form.get_by_role("button", name="Try again")).to_be_visible()
    assert filled.store.raw(f"{P}/title") == "First"
    hold.unlink()
    filled.expect_saved()
    filled.expect_on_disk("title", "Second")


# JupyterLab asks the kernel for a lane beside the cells; here it gets it only when the test lets it.
HELD_BACK = """() => {
    const kernel = jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    const ask = kernel.requestCreateSubshell.bind(kernel);
    const go = new Promise(resolve => { window.openLane = resolve; });
    kernel.requestCreateSubshell = (...asked) => ({ done: go.then(() => ask(...asked).done) });
}"""


@pytest.mark.parametrize("lane", ["before", "after"])
def test_a_cell_that_runs_for_long_keeps_nobody_from_saving(filled: Filled, lane: str):
    nb, page = filled.nb, filled.page
    nb.restart_kernel()
    page.evaluate(HELD_BACK)
    nb.run_all()
    expect(filled.form).to_have_count(1)
    if lane == "before":  # the lane opens before the cell runs, but after the form said its first words
        page.evaluate("() => window.openLane()")
    let_go = filled.folder / "let-go"
    code = f"import os, time\nwhile not os.path.exists({str(let_go)!r}): time.sleep(0.1)"
    page.evaluate(
        "code => void jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({code})", code
    )
    filled.edit("title").fill("Patience")
    if lane == "after":
        expect(filled.form.locator(".rdf-status")).to_contain_text("Not saved yet")
        page.evaluate("() => window.openLane()")
    filled.expect_saved()
    filled.expect_on_disk("title", "Patience")
    filled.edit("title").fill("Patience pays")
    filled.expect_on_disk("title", "Patience pays")
    let_go.touch()
    nb.wait_idle()
    filled.edit("summary").fill("Heard after the cell")
    filled.expect_on_disk("summary", "Heard after the cell")
    filled.expect_saved()  # what waited behind the cell came too late to undo anything


def test_an_edit_of_the_file_appears(filled: Filled):
    filled.edit("title").fill("Waits")
    filled.expect_saved()
    filled.edit("summary").click()
    filled.page.keyboard.type("I am typing")
    filled.edit_file("title: Waits", "title: Shorter waits")
    filled.come_back()
    expect(filled.edit("title")).to_have_value("Shorter waits")
    expect(filled.form.locator(".rdf-news")).to_contain_text("taken over: Priority")
    expect(filled.edit("summary")).to_have_value("I am typing")
    filled.expect_on_disk("summary", "I am typing")
    assert filled.store.raw(f"{P}/title") == "Shorter waits"


@pytest.mark.parametrize("keep", ["Keep mine", "Keep the plan's"])
def test_a_conflict_is_the_readers_choice(filled: Filled, keep: str, look: Callable[..., None]):
    form, page = filled.form, filled.page
    filled.edit("title").click()
    page.keyboard.type("Waits")
    filled.expect_saved()
    filled.edit_file("title: Waits", "title: Theirs")
    page.keyboard.type(" in emergency rooms")
    panel = filled.field("title").get_by_role("group")
    expect(panel).to_contain_text("Waits in emergency rooms")
    expect(panel).to_contain_text("Theirs")
    expect(form.locator(".rdf-status")).to_contain_text("changed in two places")
    expect(filled.edit("title")).to_be_focused()
    filled.expect_on_disk("title", "Theirs")
    filled.edit("summary").fill("Something else is saved all the same")
    filled.expect_on_disk("summary", "Something else is saved all the same")
    look(form, "form-conflict")
    panel.get_by_role("button", name=keep).click()
    expect(panel).to_have_count(0)
    value = "Waits in emergency rooms" if keep == "Keep mine" else "Theirs"
    expect(filled.edit("title")).to_have_value(value)
    filled.expect_on_disk("title", value)
    filled.expect_saved()


def test_a_text_kept_in_the_browser_meets_a_changed_plan(filled: Filled):
    filled.nb.kill_kernel()
    filled.nb.dismiss()
    filled.edit("title").fill("Mine")
    filled.edit_file("title:", "title: Theirs")
    filled.nb.wait_ready()
    filled.nb.run_all()
    panel = filled.field("title").get_by_role("group")
    expect(panel).to_contain_text("Mine")
    expect(panel).to_contain_text("Theirs")
    panel.get_by_role("button", name="Keep mine").click()
    filled.expect_on_disk("title", "Mine")


def test_a_text_that_another_tab_is_typing_is_left_to_it(filled: Filled):
    page = filled.page
    identity = sha256(str(filled.folder.resolve()).encode()).hexdigest()[:16]
    keep = "([path, at]) => localStorage.setItem(path, JSON.stringify({value: 'Half', bases: [''], tab: 'other', at}))"
    now = int(time.time() * 1000)
    page.evaluate(keep, [f"rdlib/{identity}/{P}/title", now + 600_000])  # however busy the machine, still being typed
    page.evaluate(keep, [f"rdlib/{identity}/{P}/summary", now - 60_000])
    filled.nb.run_all()
    expect(filled.edit("summary")).to_have_value("Half")  # left behind a minute ago
    filled.expect_on_disk("summary", "Half")
    assert filled.edit("title").input_value() == ""
    page.evaluate(keep, [f"rdlib/{identity}/{P}/title", now - 60_000])  # the other tab is closed
    expect(filled.edit("title")).to_have_value("Half", timeout=30_000)  # seen within ten seconds
    filled.expect_on_disk("title", "Half")
    page.wait_for_function("() => Object.keys(localStorage).every(key => !key.startsWith('rdlib/'))")


def test_a_text_whose_row_is_gone_stays_to_be_seen(filled: Filled):
    filled.nb.kill_kernel()
    filled.nb.dismiss()
    filled.edit("outcomes/o2/statement").fill("A better wording")
    store = filled.store
    store.remove_row(f"{P}/outcomes/o2")
    store.save()
    filled.nb.wait_ready()
    filled.nb.run_all()
    kept = filled.form.get_by_label(re.compile("a row that is no longer in the plan"))
    expect(kept).to_have_value("A better wording")
    filled.form.get_by_role("button", name="Discard this text").click()
    expect(kept).to_have_count(0)


def test_no_key_reaches_the_notebook(filled: Filled):
    form, page, nb = filled.form, filled.page, filled.nb
    page.evaluate("async () => { await jupyterapp.commands.execute('notebook:insert-cell-below'); }")
    count = nb.cell_count()
    places = [
        filled.edit("title"),
        filled.edit("summary"),
        filled.edit("outcomes/o1/level"),
        form.get_by_label("Higher is better"),
        form.get_by_label("Move Waits are short down"),
        form.get_by_role("button", name="Add a row to “Outcomes”"),
        form.get_by_role("button", name="Share seen in time", exact=True),
        filled.field("summary").locator("summary"),
    ]
    for place in places:
        for key in ("b", "d", "d", "x", "a", "z", "Shift+Enter", "Escape", "b", "d", "d"):
            place.focus()
            page.keyboard.press(key)
        page.evaluate("() => new Promise(requestAnimationFrame)")
        assert nb.cell_count() == count, f"{place} let a key through"
    assert (
        page.evaluate("() => jupyterapp.shell.currentWidget.content.widgets[0].model.sharedModel.source.length") > 100
    )


def test_ctrl_s_saves_the_notebook_and_the_text(filled: Filled):
    page, nb = filled.page, filled.nb
    before = nb.path.stat().st_mtime_ns
    filled.edit("title").click()
    page.keyboard.type("Waits")
    page.keyboard.press("Control+s")
    page.wait_for_function("() => !jupyterapp.shell.currentWidget.context.model.dirty")
    assert nb.path.stat().st_mtime_ns > before
    filled.expect_on_disk("title", "Waits")
    page.keyboard.press("b")
    expect(filled.edit("title")).to_have_value("Waitsb")
    assert nb.cell_count() == 1


def test_what_cannot_be_read_is_kept_and_explained(filled: Filled):
    value = filled.edit("indicators/i1/baseline/value")
    value.fill("about 85 %")
    filled.expect_on_disk("indicators/i1/baseline/value", "about 85 %")
    expect(value).to_have_attribute("aria-invalid", "true")
    expect(value).to_have_accessible_description(re.compile("kept as you typed it.*Accepted: a number"))
    filled.edit_file("about 85 %", "85 %")
    filled.come_back()
    expect(value).to_have_value("85 %")
    expect(value).not_to_have_attribute("aria-invalid", "true")


def test_text_is_never_markup(filled: Filled):
    page = filled.page
    bad = '<img src=x onerror="window.bad = 1">'
    filled.edit("outcomes/o1/statement").fill(bad)
    filled.edit("indicators/i1/name").fill(bad)
    filled.expect_on_disk("indicators/i1/name", bad)
    expect(filled.form.locator(".rdf-heading")).to_have_text(bad)
    filled.form.get_by_label(f"Remove {bad}").first.click()
    expect(filled.form.locator(".rdf-removed").first).to_contain_text(bad)
    assert page.evaluate("() => window.bad") is None
    assert filled.form.locator("img").count() == 0


def test_forms_and_tabs_stay_in_step(filled: Filled):
    page = filled.page
    page.evaluate(
        """async () => {
            await jupyterapp.commands.execute("notebook:insert-cell-below");
            const cell = jupyterapp.shell.currentWidget.content.activeCell;
            cell.model.sharedModel.setSource('Form(store, [Block(P, ("title",), title="Once more")])');
            await jupyterapp.commands.execute("notebook:run-cell");
        }"""
    )
    second = page.locator(".rdf").nth(1)
    expect(second).to_be_visible()
    filled.nb.save()
    first = page.locator(".rdf").first
    first.get_by_label("Priority", exact=True).fill("Typed in the first")
    expect(second.get_by_label("Priority", exact=True)).to_have_value("Typed in the first")
    tab = Notebook(page.context.new_page(), filled.nb.lab, filled.nb.name)
    tab.load()
    other = tab.page.locator(".rdf").first
    expect(other.get_by_label("Priority", exact=True)).to_have_value("Typed in the first")
    other.get_by_label("Priority", exact=True).fill("Typed in the other tab")
    expect(second.get_by_label("Priority", exact=True)).to_have_value("Typed in the other tab")
    expect(first.get_by_label("Priority", exact=True)).to_have_value("Typed in the other tab")
    filled.expect_on_disk("title", "Typed in the other tab")


def test_it_is_accessible_and_looks_well(
    filled: Filled, axe: Callable[[Page, str], list[str]], look: Callable[..., None]
):
    page, form = filled.page, filled.form
    page.evaluate("async () => { await jupyterapp.commands.execute('application:toggle-left-area'); }")
    filled.edit("summary").fill("People wait")
    filled.edit("indicators/i1/baseline/value").fill("about 85")
    form.get_by_label("Remove Waits are short").click()
    filled.field("summary").locator("summary").click()
    filled.expect_saved()
    assert axe(page, ".rdf") == []
    page.set_viewport_size({"width": 1280, "height": 3000})
    look(form, "form-light")
    filled.nb.theme("JupyterLab Dark")
    look(form, "form-dark")
    assert axe(page, ".rdf") == []
    page.set_viewport_size({"width": 1280, "height": 700})
    expect(form.locator(".rdf-status")).to_be_in_viewport()  # the form is longer than the page
    look(page, "form-page-dark")
    filled.nb.theme("JupyterLab Light")
    page.set_viewport_size({"width": 1280, "height": 3000})
    form.evaluate("node => node.parentElement.style.width = '360px'")
    assert form.evaluate("node => node.scrollWidth") <= 360
    look(form, "form-360")


MANY = """
from rdlib.plan import PlanStore
from rdlib.widgets.form import Form, Table

store = PlanStore({folder!r})
"""


def test_it_is_quick_with_144_fields(lab: Lab, notebook: Callable[..., Notebook], lab_page: Page):
    page = lab_page
    folder = lab.folder / "plans" / "many"
    folder.parent.mkdir(exist_ok=True)
    store = PlanStore.create(folder, PROJECT / "templates" / "plan")
    for n in range(12):
        store.add_row(f"{P}/indicators", {"name": f"Indicator {n}", "unit": "%"})
    store.save()
    fields = ("name", "outcome", "definition", "unit", "direction", "baseline", "target/wording", "target/value")
    last = f"Form(store, [Table('{P}/indicators', {(*fields, 'target/due')!r})])"
    nb = notebook("many.ipynb", cells=[MANY.format(folder=str(folder)), last])
    nb.run_all()
    expect(page.locator(".rdf")).to_be_visible()
    shown = page.evaluate(
        """async () => {
            const widgets = jupyterapp.shell.currentWidget.content;
            widgets.activeCellIndex = 1;
            document.querySelector(".rdf").remove();
            const start = performance.now();
            jupyterapp.commands.execute("notebook:run-cell");
            while (document.querySelectorAll(".rdf .rdf-field").length < 144) await new Promise(requestAnimationFrame);
            return performance.now() - start;
        }"""
    )
    answered = page.evaluate(
        """async () => {
            const times = [];
            const form = document.querySelector(".rdf");
            const input = form.querySelector("input[type=text]");
            const state = () => form.querySelector(".rdf-status").dataset.state;
            for (let n = 0; n < 10; n++) {
                input.value += "x";
                const start = performance.now();
                input.dispatchEvent(new Event("input", { bubbles: true }));
                input.dispatchEvent(new Event("change", { bubbles: true }));
                while (state() !== "calm") await new Promise((resolve) => setTimeout(resolve, 1));
                times.push(performance.now() - start);
                await new Promise((resolve) => setTimeout(resolve, 50));
            }
            return times.sort((a, b) => a - b)[5];
        }"""
    )
    # Generous: the machine may be busy with something else. On two busy cores it took 280 ms, and 70 ms for an answer.
    assert shown < 2000
    assert answered < 400

"""The workbooks as a person works through them in JupyterLab, with mouse and with keyboard alone.

Only the cells that a test is about are run; each stands alone. That a whole workbook runs is tested without a browser.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import attrs
import pytest
import vobject
from playwright.sync_api import Locator, Page, expect

from rdlib.plan import PlanStore, read_plan
from rdlib.plan.plan import Plan
from tests.browser.conftest import PROJECT, Lab, Notebook

SAVED = re.compile(r"Saved \d\d:\d\d:\d\d")
P = "priorities/first-priority"

Look = Callable[[Page | Locator, str], None]
AxeCheck = Callable[[Page, str], list[str]]


@attrs.frozen
class Work:
    """A workbook, open in JupyterLab with a new plan."""

    nb: Notebook
    page: Page
    lab: Lab
    calls: tuple[str, ...]

    def cell(self, call: str) -> Locator:
        """The cell that makes a call."""
        return self.page.locator(".jp-CodeCell").filter(has_text=f"; {call}")

    def field(self, exercise: str, path: str) -> Locator:
        """The box of a field of the first priority, in an exercise."""
        return self.cell(f'exercise("{exercise}")').locator(f'[data-path="{P}/{path}"]')

    def edit(self, exercise: str, path: str) -> Locator:
        """What is typed into."""
        return self.field(exercise, path).locator("input, textarea, select").first

    def run(self) -> None:
        """Run the cells that this test is about."""
        self.nb.run(*(f"; {call}" for call in self.calls))

    def add(self, exercise: str, table: str) -> None:
        """Add a row with the button below a table."""
        self.cell(f'exercise("{exercise}")').get_by_role("button", name=f"Add a row to “{table}”").click()

    def store(self, case: str = "") -> PlanStore:
        """The plan, or the copy of a practice case, as it is on disk."""
        folder = self.lab.folder / "my-plan"
        return PlanStore(folder / "practice" / case if case else folder)

    def plan(self) -> Plan:
        """What stands in the plan."""
        return read_plan(self.lab.folder / "my-plan").plan

    def expect_told(self, told: Callable[[Plan], object], value: object) -> None:
        """Wait until something that is told of the plan on disk has a value."""
        end = time.monotonic() + 15
        while (found := told(self.plan())) != value and time.monotonic() < end:
            time.sleep(0.1)
        assert found == value

    def expect_on_disk(self, path: str, value: object, case: str = "") -> None:
        """Wait until a field on disk holds a value."""
        end = time.monotonic() + 15
        while (found := self.store(case).raw(path)) != value and time.monotonic() < end:
            time.sleep(0.1)
        assert found == value

    def expect_saved(self, call: str) -> None:
        """Wait until the form of a cell says that everything is saved."""
        status = self.cell(call).locator(".rdf-status").last
        expect(status).to_have_attribute("data-state", "calm")
        expect(status).to_contain_text(SAVED)


@pytest.fixture
def open_workbook(lab: Lab, notebook: Callable[..., Notebook], lab_page: Page) -> Callable[..., Work]:
    """Open a workbook with a new plan and run those of its cells that make some calls."""

    def open_workbook(name: str, *calls: str) -> Work:
        lab_page.set_viewport_size({"width": 1300, "height": 1000})
        shutil.rmtree(lab.folder / "my-plan", ignore_errors=True)
        work = Work(notebook(name, source=PROJECT / "workbooks" / name), lab_page, lab, calls)
        work.run()
        return work

    return open_workbook


def titles(plan: Plan) -> list[str | None]:
    return [p.title for p in plan.priorities]


# --- start here ------------------------------------------------------------------------------------------------------


def test_start_here_keeps_earlier_answers_and_shows_the_path(
    open_workbook: Callable[..., Work], look: Look, axe: AxeCheck
):
    work = open_workbook("00_start_here.ipynb", "role(0)", 'new_answer("0.3")', 'exercise("0.3")', "checklist()")
    keyboard = work.page.keyboard
    work.cell("role(0)").get_by_label("Your role").select_option(label="Data Lead")
    expect(work.cell("role(0)").get_by_role("heading", name="Data Lead")).to_be_visible()
    begin = work.cell('new_answer("0.3")').get_by_label("Answer, today, as:")
    begin.focus()
    keyboard.type("B. Bee")
    keyboard.press("Enter")
    cell = work.cell('exercise("0.3")')
    rule = cell.locator('[data-path="plan/checklist/c1/rule_5"]')
    expect(rule).to_be_visible()
    rule.get_by_role("radio").first.focus()
    keyboard.press("Space")
    expect(rule.get_by_role("radio").first).to_be_checked()
    keyboard.press("ArrowDown")
    work.expect_on_disk("plan/checklist/c1/rule_5", "2")
    expect(cell.get_by_text("The rating stands alone.")).to_be_visible()
    picture = work.cell("checklist()")
    expect(picture.get_by_text("Your path through the workbooks")).to_be_visible()
    expect(picture.get_by_text("Each workbook shows first what the role “Data Lead” does.")).to_be_visible()
    # a year later, in the eyes of the files: the first answer moves back, and the same person answers again
    store = work.store()
    store.set("plan/checklist/c1/day", "2020-01-05")
    store.save()
    begin.focus()
    keyboard.type("B. Bee")
    keyboard.press("Enter")
    again = cell.locator('[data-path="plan/checklist/c2/rule_5"]').get_by_label(re.compile("4 fully"))
    again.check()
    work.expect_on_disk("plan/checklist/c2/rule_5", "4")
    work.expect_on_disk("plan/checklist/c1/rule_5", "2")
    expect(picture.get_by_text("An arrow leads from the middle")).to_be_visible()
    look(cell, "rule-0-checklist")
    look(picture, "rule-0-path")
    assert axe(work.page, ".rdf") == []
    work.run()
    expect(again).to_be_checked()
    expect(work.cell("role(0)").get_by_label("Your role")).to_have_value("data-lead")


# --- rule 1 ----------------------------------------------------------------------------------------------------------


def test_the_priorities_table_by_mouse_and_by_keyboard(open_workbook: Callable[..., Work], look: Look, axe: AxeCheck):
    work = open_workbook("01_prioritize.ipynb", 'exercise("1.1")', "table()", "architecture()")
    cell = work.cell('exercise("1.1")')
    form = cell.locator(".rdf")
    ask = form.get_by_label("Add a priority, by its short name:")
    ask.fill("Clean rivers")
    work.add("1.1", "Priorities")
    card = form.locator('[data-path="priorities/clean-rivers"]')
    expect(card).to_be_visible()
    expect(ask).to_have_value("")
    card.get_by_role("button", name="Add a row to “Outcomes”").click()
    outcome = card.locator('[data-path="priorities/clean-rivers/outcomes/o1/statement"]').locator("textarea, input")
    outcome.fill("Launch a campaign for rivers")
    expect(card.get_by_text("says what will be done")).to_be_visible()
    outcome.fill("People swim in every river again")
    expect(card.get_by_text("says what will be done")).to_have_count(0)
    leader = card.get_by_label("Accountable leader", exact=True).first
    leader.fill("Rivers committee")
    expect(card.get_by_text("is more than one person")).to_be_visible()
    leader.fill("A. Minister")
    card.get_by_label("Key stakeholders").fill("Anglers\nTowns")
    expect(card.get_by_text("has all four")).to_be_visible()
    look(cell, "rule-1-table")
    # what is entered here is shown at once by the pictures below it
    expect(work.cell("table()").get_by_role("cell", name="A. Minister")).to_be_visible()
    expect(work.cell("architecture()").get_by_text("Clean rivers")).to_be_visible()
    form.get_by_role("button", name="Remove Clean rivers").click()
    expect(card).to_have_count(0)
    work.expect_told(titles, [None])
    form.get_by_role("button", name=re.compile("^Undo")).click()
    expect(card).to_be_visible()
    work.expect_told(titles, [None, "Clean rivers"])
    work.expect_saved('exercise("1.1")')
    assert axe(work.page, ".rdf") == []
    # and by keyboard alone
    keyboard, cells = work.page.keyboard, work.nb.cell_count()
    ask.focus()
    for name in ("Waits", "Jobs", "bb"):  # typed faster than the rows appear; b adds a cell where it is let through
        keyboard.type(name)
        keyboard.press("Enter")
    expect(form.locator(".rdf-card", has_text="bb").last).to_be_visible()
    expect(ask).to_be_focused()
    work.expect_told(titles, [None, "Clean rivers", "Waits", "Jobs", "bb"])
    form.get_by_role("button", name="Move bb up").focus()
    keyboard.press("Enter")
    work.expect_told(titles, [None, "Clean rivers", "Waits", "bb", "Jobs"])
    expect(form.get_by_role("button", name="Move bb up")).to_be_focused()
    form.get_by_role("button", name="Remove bb").focus()
    keyboard.press("Enter")
    work.expect_told(titles, [None, "Clean rivers", "Waits", "Jobs"])
    expect(form.get_by_role("button", name=re.compile("^Undo"))).to_be_focused()
    keyboard.press("Enter")
    work.expect_told(titles, [None, "Clean rivers", "Waits", "bb", "Jobs"])
    assert work.nb.cell_count() == cells, "no key press reached the notebook"
    work.run()
    expect(outcome).to_have_value("People swim in every river again")
    assert work.plan().priorities[1].stakeholders == ("Anglers", "Towns")


def test_a_long_list_becomes_a_short_one(open_workbook: Callable[..., Work], look: Look, axe: AxeCheck):
    work = open_workbook("01_prioritize.ipynb", 'exercise("1.3")', "pairs()", "choice()", 'exercise("1.1")')
    form = work.cell('exercise("1.3")').locator(".rdf")
    pairs = work.cell("pairs()").locator(".rd-pairs")
    expect(pairs).to_contain_text("Write the long list first")
    form.get_by_label("Add a candidate, or paste a list:").focus()
    work.page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/plain", "1. Waits\\n2. Jobs\\n3. Rivers\\n4. Roads\\n");
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, cancelable: true}));
        }"""
    )
    work.expect_told(lambda p: [c.title for c in p.parts.get("candidates", ())], ["Waits", "Jobs", "Rivers", "Roads"])
    form.get_by_label("At most so many priorities").fill("2")
    question = pairs.get_by_role("group", name="If only one of the two could be achieved in this mandate: which one?")
    expect(question).to_be_visible()
    look(work.cell("pairs()"), "rule-1-pairs")
    assert axe(work.page, ".rd-pairs") == []
    # by keyboard: the first of the two each time, then the answers decide
    decide = pairs.get_by_role("button", name="Keep and cut by these answers")
    question.get_by_role("button").first.focus()
    for given in range(1, 7):
        work.page.keyboard.press("Enter")
        expect(pairs.get_by_text(f"Answers so far: {given}.").or_(decide)).to_be_visible()
        if decide.is_visible():
            break
    expect(decide).to_be_focused()
    work.page.keyboard.press("Enter")
    expect(pairs).to_contain_text("nothing is open any more")
    expect(form.get_by_text("is cut, with no reason").first).to_be_visible()
    for box in form.get_by_label(re.compile("^Why, row")).all():
        box.fill("The department does it anyway, and reports once a year.")
    expect(work.cell("choice()").get_by_text("2 kept of 4, at most 2.")).to_be_visible()
    pairs.get_by_role("button", name="Take over as priorities").click()
    expect(pairs).to_contain_text("2 priorities were added to the plan")
    kept = {c.title for c in work.plan().parts["candidates"] if c.keep}
    work.expect_told(lambda p: set(titles(p)), kept)
    look(work.cell("choice()"), "rule-1-choice")
    expect(work.cell('exercise("1.1")').locator(".rdf-card")).to_have_count(2)
    work.run()
    expect(pairs).to_contain_text("2 of 4 are kept")
    expect(pairs.get_by_role("button", name="Take over as priorities")).to_be_hidden()


# --- rule 2 ----------------------------------------------------------------------------------------------------------

RULE_2 = 'exercise("2.1")', 'exercise("2.2")', "plan_so_far()"


def test_rule_2_by_mouse_is_read_the_next_day_and_goes_on(open_workbook: Callable[..., Work], look: Look):
    work = open_workbook("02_define_success.ipynb")  # nothing runs yet
    # the stored faces are there before anything runs
    expect(work.page.get_by_text("3M evaluation: Share of patients through A&E within four hours")).to_be_visible()
    expect(work.page.get_by_text("Elements of the architecture that stand: 0 of 4")).to_be_attached()
    expect(work.page.get_by_text("from rdlib.widgets.workbook import your_plan")).to_have_count(1)  # the collapsed line
    work = attrs.evolve(work, calls=RULE_2)
    work.run()
    first = work.cell('exercise("2.1")')
    work.edit("2.1", "title").fill("Shorter waits")
    work.add("2.1", "What will be different, and for whom")
    work.edit("2.1", "outcomes/o1/statement").fill("Nobody waits long")
    work.add("2.1", "Indicators")
    work.edit("2.1", "indicators/i1/name").fill("Number of workshops held")
    expect(first.get_by_text("counts what was done or spent").first).to_be_visible()
    work.edit("2.1", "indicators/i1/name").fill("Share of patients seen within four hours")
    expect(first.get_by_text("counts what was done or spent")).to_have_count(0)
    work.field("2.1", "indicators/i1/three_m/meaningful").get_by_label("Yes", exact=True).click()
    expect(first.get_by_text("is answered, with no reason").first).to_be_visible()
    work.expect_saved('exercise("2.1")')
    # what was entered in one exercise stands in the next, and the target is read from its words
    target = work.edit("2.2", "indicators/i1/target/wording")
    target.fill("Increase to 85% by March 2028")
    second = work.cell('exercise("2.2")')
    expect(second.get_by_text("Neither a baseline nor a comparable value is given.").first).to_be_visible()
    work.expect_saved('exercise("2.2")')
    look(second, "workbook-2-2")
    work.run()
    faces = work.page.locator(".rdf-face")
    expect(faces).to_have_count(len(RULE_2))
    for face in faces.all():
        expect(face).to_be_hidden()
    # the next day: what stood there at the last run can be read before anything runs, and no error is seen
    work.nb.save()
    work.nb.shut_down()
    work.nb.reload()
    expect(first.get_by_role("rowheader", name="Nobody waits long").first).to_be_visible()
    so_far = work.cell("plan_so_far()")
    expect(so_far.get_by_text("Next best step:")).to_be_visible()
    expect(first.get_by_text("To fill this in, run this page").last).to_be_visible()
    expect(work.page.get_by_text("Bench(")).to_have_count(0)
    look(work.page, "workbook-no-kernel")
    work.run()
    expect(work.edit("2.1", "outcomes/o1/statement")).to_have_value("Nobody waits long")
    expect(target).to_have_value("Increase to 85% by March 2028")
    assert work.store().raw(f"{P}/title") == "Shorter waits"
    assert work.store().raw(f"{P}/indicators/i1/three_m/meaningful") == "yes"
    expect(first.locator(".rdf-face")).to_be_hidden()
    expect(so_far.get_by_text("Share of patients seen within four hours").last).to_be_visible()
    expect(so_far.get_by_text("Next best step:").last).to_be_visible()


def test_rule_2_by_keyboard_alone_through_a_killed_kernel(open_workbook: Callable[..., Work]):
    work = open_workbook("02_define_success.ipynb", 'exercise("2.1")')
    keyboard = work.page.keyboard
    work.cell('exercise("2.1")').get_by_label("Priority", exact=True).focus()
    keyboard.type("Clean rivers")
    keyboard.press("Tab")  # to the button that adds an outcome
    keyboard.press("Enter")
    expect(work.edit("2.1", "outcomes/o1/statement")).to_be_focused()
    keyboard.type("People can swim again")
    work.expect_on_disk(f"{P}/outcomes/o1/statement", "People can swim again")
    cells = work.nb.cell_count()
    with work.nb.dying_kernel():
        keyboard.type(" in the b and d d rivers")  # b and d d would add and delete cells of the notebook
    work.nb.dismiss()
    work.nb.wait_ready()
    work.run()
    work.expect_on_disk(f"{P}/outcomes/o1/statement", "People can swim again in the b and d d rivers")
    work.expect_on_disk(f"{P}/title", "Clean rivers")
    assert work.nb.cell_count() == cells


def test_the_frame_of_a_workbook_role_priorities_and_practice(open_workbook: Callable[..., Work], axe: AxeCheck):
    exercises = ("2.1", "2.2", "2.3")
    work = open_workbook(
        "02_define_success.ipynb", "role(2)", 'exercise("2.5")', *(f'exercise("{e}")' for e in exercises)
    )
    # the role is chosen once, and its duties come first
    work.cell("role(2)").get_by_label("Your role").select_option(label="Data Lead")
    expect(work.cell("role(2)").get_by_role("heading", name="Data Lead")).to_be_visible()
    work.expect_on_disk("plan/role", "data-lead")
    # practice is kept apart from the own plan
    cell = work.cell('exercise("2.5")')
    cell.get_by_label("Published target:").select_option(label="Improving government services")
    expect(cell.get_by_text("Annual improved customer satisfaction to 2019")).to_be_visible()
    cell.get_by_label("Yes", exact=True).click()
    expect(cell.get_by_text("no number says how much").first).to_be_visible()
    where = "priorities/improving-government-services/sorting/s1/well_defined"
    work.expect_on_disk(where, "yes", "new-south-wales")
    assert not (work.lab.folder / "my-plan" / "priorities" / "improving-government-services.yaml").exists()
    cell.get_by_label("No", exact=True).click()
    expect(cell.get_by_text("no number says how much")).to_have_count(0)
    # another priority is added, and chosen everywhere
    work.cell('exercise("2.1")').get_by_label("Add a priority:").fill("Cleaner rivers")
    work.cell('exercise("2.1")').get_by_role("button", name="Add", exact=True).click()
    for each in exercises:
        expect(work.cell(f'exercise("{each}")').get_by_label("Priority:", exact=True)).to_have_value("cleaner-rivers")
    assert (work.lab.folder / "my-plan" / "priorities" / "cleaner-rivers.yaml").exists()
    assert axe(work.page, ".rdf") + axe(work.page, ".rd-picker") == []


# --- rules 3 and 4 ---------------------------------------------------------------------------------------------------


def test_a_coalition_is_entered_once_and_weighed_in_every_tool(
    open_workbook: Callable[..., Work], look: Look, axe: AxeCheck
):
    calls = 'exercise("3.1")', "coalition()", 'exercise("3.2")', "grid()", 'exercise("3.3")', "messages()"
    work = open_workbook("03_coalition.ipynb", *calls)
    for n, name in enumerate(("A. Premier", "B. Union"), start=1):
        work.add("3.1", "Members, now and to be won")
        work.edit("3.1", f"coalition/c{n}/name").fill(name)
    expect(work.cell("coalition()").get_by_text("2 members")).to_be_visible()
    # by keyboard alone: the same members stand in the next tool, and a rating is chosen with the arrow keys
    rating = work.field("3.2", "coalition/c1/relationship").get_by_role("radio")
    rating.first.focus()
    work.page.keyboard.press("Space")
    work.page.keyboard.press("ArrowDown")
    work.expect_on_disk(f"{P}/coalition/c1/relationship", "2")
    expect(work.cell("grid()").get_by_role("rowheader", name="A. Premier")).to_be_visible()
    message = work.edit("3.3", "coalition/c1/message")
    message.focus()
    work.page.keyboard.type("Your patients are seen in time.")
    work.expect_on_disk(f"{P}/coalition/c1/message", "Your patients are seen in time.")
    third = work.cell('exercise("3.3")')
    expect(third.get_by_text("It is not said what “A. Premier” gets out of it.").first).to_be_visible()
    expect(work.cell("messages()").get_by_text("Your patients are seen in time.").first).to_be_visible()
    look(third, "rule-3-messages")
    assert axe(work.page, ".rdf") == []
    work.run()
    expect(message).to_have_value("Your patients are seen in time.")


def test_strategies_are_described_placed_and_shown(open_workbook: Callable[..., Work], look: Look):
    calls = 'exercise("4.1")', "candidates()", 'exercise("4.2")', "feasibility()"
    work = open_workbook("04_strategy.ipynb", *calls)
    work.add("4.1", "Candidates")
    work.edit("4.1", "strategies/s1/title").fill("See and treat")
    expect(work.cell('exercise("4.1")').get_by_text("It is not said which indicator").first).to_be_visible()
    expect(work.cell("candidates()").get_by_text("See and treat").first).to_be_visible()
    # its board follows at once; what is placed on it with the keyboard is shown by the pictures
    board = work.cell('exercise("4.2")').locator(".rdb")
    board.get_by_role("button", name="Put 1 See and treat on the board").focus()
    work.page.keyboard.press("Enter")
    expect(board.locator('[data-item="s1"]')).to_be_focused()
    work.page.keyboard.press("PageUp")
    work.expect_on_disk(f"{P}/strategies/s1/impact", "10")
    work.expect_on_disk(f"{P}/strategies/s1/difficulty", "5")
    expect(work.cell("feasibility()").get_by_text("See and treat").first).to_be_visible()
    look(work.cell('exercise("4.2")'), "rule-4-board")
    work.run()
    expect(board.locator('[data-item="s1"]')).to_be_visible()


# --- rule 5 ----------------------------------------------------------------------------------------------------------


def test_a_plan_is_drawn_and_rated_and_the_rating_is_there_the_next_day(
    open_workbook: Callable[..., Work], look: Look, axe: AxeCheck
):
    surfaces = tuple(f'exercise("{tool}")' for tool in ("5.1", "5.3", "5.6"))
    work = open_workbook("05_implementation.ipynb", *surfaces, "new_rating()", "rubric()", "proofs()")
    keyboard, cells = work.page.keyboard, work.nb.cell_count()
    # a strategy of the profile is there to be rated: what the plan proves follows at once
    expect(work.cell("proofs()").get_by_text("No strategy is chosen.").last).to_be_visible()
    work.add("5.1", "Profiles")
    work.edit("5.1", "strategies/s1/title").fill("See and treat")
    work.expect_on_disk(f"{P}/strategies/s1/title", "See and treat")
    # by keyboard alone: a rating of one's own, dated today, with its finding
    work.cell("new_rating()").get_by_label("Rate the open priority, today, as:").focus()
    keyboard.type("B. Bee")
    keyboard.press("Enter")
    chain = work.field("5.6", "rubric/r1/chains/chain").get_by_role("radio")
    expect(chain.first).to_be_visible()
    chain.first.focus()
    keyboard.press("Space")
    for _step in range(3):
        keyboard.press("ArrowDown")
    work.expect_on_disk(f"{P}/rubric/r1/chains/chain", "4")
    rubric = work.cell('exercise("5.6")')
    expect(rubric.get_by_text("The rating stands alone.").first).to_be_visible()
    expect(rubric.get_by_text("What the plan has supports 1").first).to_be_visible()
    picture = work.cell("rubric()")
    expect(picture.get_by_text("A: B. Bee.").last).to_be_visible()
    expect(picture.get_by_text("rated higher").last).to_be_visible()
    look(rubric, "rule-5-rubric-form")
    look(picture, "rule-5-rubric")
    assert work.nb.cell_count() == cells, "no key press reached the notebook"
    assert axe(work.page, ".rdf") == []
    # the next day it goes on where it stood
    work.expect_saved('exercise("5.6")')
    work.nb.save()
    work.nb.shut_down()
    work.nb.reload()
    work.run()
    expect(chain.nth(3)).to_be_checked()
    expect(picture.get_by_text("A: B. Bee.").last).to_be_visible()
    expect(work.edit("5.1", "strategies/s1/title")).to_have_value("See and treat")


# --- rule 6 ----------------------------------------------------------------------------------------------------------


def test_money_is_allocated_beside_the_computed_mix(open_workbook: Callable[..., Work], look: Look, axe: AxeCheck):
    practice, shown = 'exercise("6.2", case="emergency-waits")', 'mix("emergency-waits")'
    work = open_workbook("06_resources.ipynb", practice, shown, 'exercise("6.1")', "delivery()")
    keyboard, case, where = work.page.keyboard, "emergency-waits", "priorities/emergency-care/own_picks"
    form, mix = work.cell(practice), work.cell(shown)
    # nothing is chosen yet, so the computed mix stays behind a line that asks for one's own choice first
    expect(mix.get_by_text("You have chosen nothing yet.").last).to_be_visible()
    form.get_by_role("button", name="Add a row to “Your own choice”").click()
    pick = form.locator(f'[data-path="{where}/o2/strategy"] select')
    pick.select_option(label="Redesign care processes")
    expect(mix.get_by_role("columnheader", name="Your choice").last).to_be_visible()
    expect(form.get_by_text("The computed mix is expected to add").first).to_be_visible()
    work.expect_on_disk(f"{where}/o2/strategy", "s4", case)
    look(form, "rule-6-allocation")
    look(mix, "rule-6-mix")
    # a cost of one's own plan, by keyboard alone: the line for delivery is asked for at once
    costs = work.cell('exercise("6.1")')
    costs.get_by_role("button", name="Add a row to “What the strategies cost”").focus()
    keyboard.press("Enter")
    amount = work.field("6.1", "costs/c1/amount").locator("input")
    amount.focus()
    keyboard.type("12.5")
    work.expect_on_disk(f"{P}/costs/c1/amount", "12.5")
    expect(costs.get_by_text("In this cost there is still missing").first).to_be_visible()
    look(costs, "rule-6-costs")
    expect(work.cell("delivery()").get_by_text("Delivery itself has no money in this plan yet.").last).to_be_visible()
    assert axe(work.page, ".rdf") == []
    work.run()
    expect(pick).to_have_value("s4")
    expect(amount).to_have_value("12.5")


# --- rule 7 ----------------------------------------------------------------------------------------------------------


def test_a_year_is_planned_saved_as_a_calendar_and_its_next_meeting_prepared(
    open_workbook: Callable[..., Work], look: Look, axe: AxeCheck
):
    work = open_workbook(
        "07_routines.ipynb", 'exercise("7.2")', "year()", "begin_agenda()", 'exercise("7.4")', "agenda()"
    )
    keyboard, form, year, here = (
        work.page.keyboard,
        work.cell('exercise("7.2")'),
        work.cell("year()"),
        "plan/routines/r1",
    )
    store = work.store()
    store.set(f"{P}/title", "Shorter waits")
    store.set("plan/routine_year/starts", (date.today() - timedelta(days=3)).isoformat())
    store.save()
    # by mouse: a stocktake every eight weeks, and the year that follows from it
    form.get_by_role("button", name="Add a row to “Routines”").click()
    form.locator(f'[data-path="{here}/title"] input').fill("Stocktake with the Minister")
    form.get_by_label("Shorter waits").check()
    form.locator(f'[data-path="{here}/frequency"] select').select_option(label="every few weeks")
    form.locator(f'[data-path="{here}/weeks"] input').fill("8")
    form.locator(f'[data-path="{here}/minutes"] input').fill("90")
    expect(form.get_by_text("“Stocktake with the Minister” has nobody who chairs it.").first).to_be_visible()
    form.locator(f'[data-path="{here}/chair"] input').fill("Minister of Health")
    expect(form.get_by_text("“Stocktake with the Minister” has nobody who chairs it.")).to_have_count(0)
    expect(year.get_by_text("every 8 weeks").last).to_be_visible()
    expect(year.locator("svg.rd-svg[role=img]").last).to_be_visible()
    with work.page.expect_download() as saving:
        year.get_by_role("link", name=re.compile(r"Save the calendar \(\d+ entries, \.ics\)")).last.click()
    read = vobject.readOne(Path(saving.value.path()).read_text(encoding="utf-8"))
    assert {e.summary.value.partition(" (")[0] for e in read.vevent_list} == {"Stocktake with the Minister"}
    assert len(read.vevent_list) in {6, 7}
    # by keyboard alone: the agenda of the next date, in the shape of a T
    cells = work.nb.cell_count()
    begin = work.cell("begin_agenda()").get_by_label("When we leave the room, we will have decided:")
    begin.focus()
    keyboard.type("Which wards begin, and by when, b d d")
    keyboard.press("Enter")
    agenda = work.cell('exercise("7.4")')
    expect(agenda.locator('[data-path="plan/agendas/a1/purpose"] input')).to_have_value(
        "Which wards begin, and by when, b d d"
    )
    agenda.get_by_role("button", name=re.compile("Add a row to “.*Issues to go deep on”")).focus()
    keyboard.press("Enter")
    title = agenda.locator('[data-path="plan/agendas/a1/issues/i1/title"]').locator("input, textarea")
    title.focus()
    keyboard.type("Beds after noon")
    work.expect_on_disk("plan/agendas/a1/issues/i1/title", "Beds after noon")
    drawn = work.cell("agenda()")
    expect(drawn.get_by_text("78% of 1 hour 30 minutes goes deep.").last).to_be_visible()
    expect(agenda.get_by_text("Nobody prepares “Beds after noon”.").first).to_be_visible()
    look(form, "rule-7-routines")
    look(year, "rule-7-year")
    look(agenda, "rule-7-agenda-form")
    look(drawn, "rule-7-agenda")
    assert work.nb.cell_count() == cells, "no key press reached the notebook"
    assert axe(work.page, ".rdf") + axe(work.page, ".rd-picker") == []
    work.run()
    expect(title).to_have_value("Beds after noon")


def test_a_stocktake_is_begun_filled_in_and_closed(open_workbook: Callable[..., Work], look: Look, axe: AxeCheck):
    work = open_workbook("07_routines.ipynb", "stocktake_steps()", 'exercise("7.5")', "stocktake()")
    steps, form, table = work.cell("stocktake_steps()"), work.cell('exercise("7.5")'), work.cell("stocktake()")
    day = (date.today() - timedelta(days=1)).isoformat()
    begin = steps.get_by_label("Begin the next stocktake, on the day:")
    begin.focus()
    work.page.keyboard.type(day)
    work.page.keyboard.press("Enter")
    record = "plan/next_stocktake/n1"
    expect(form.locator(f'[data-path="{record}/day"] input')).to_have_value(day)
    form.get_by_role("button", name=re.compile("Add a row to “.*Actions”")).click()
    form.locator(f'[data-path="{record}/actions/a1/what"]').locator("input, textarea").fill("Night rota in four wards")
    expect(form.get_by_text("“Night rota in four wards” has no owner.").first).to_be_visible()
    form.locator(f'[data-path="{record}/actions/a1/owner"] input').fill("Ann")
    expect(table.get_by_text("Night rota in four wards").last).to_be_visible()
    work.expect_on_disk(f"{record}/actions/a1/owner", "Ann")
    look(form, "rule-7-stocktake-form")
    look(table, "rule-7-stocktake")
    steps.get_by_label("Close the one that was held, as:").fill("Ann")
    steps.get_by_role("button", name="Close").click()
    expect(steps.get_by_text("Closed. What is open comes along when you begin the next one.").first).to_be_visible()
    work.expect_told(lambda plan: [s.closed_by for s in plan.parts.get("stocktakes", ())], ["Ann"])
    assert axe(work.page, ".rdf") + axe(work.page, ".rd-picker") == []

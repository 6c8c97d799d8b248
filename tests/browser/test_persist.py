"""Rule 9 as a person works through it in JupyterLab: a place on the cycle, a self-check, a derailer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import expect

from rdlib.plan.persist import CYCLE_PLACES, SELF_CHECKS
from rdlib.plan.risks import RISKS
from tests.browser.test_workbooks import AxeCheck, Look, P, Work, open_workbook

__all__ = ["open_workbook"]


def test_a_place_is_chosen_by_keyboard_and_stands_on_the_curve(
    open_workbook: Callable[..., Work],
    look: Look,
    axe: AxeCheck,
):
    work = open_workbook("09_persist.ipynb", "stages()", "shown_by_plan()", 'exercise("9.1")', "cycle()")
    keyboard = work.page.keyboard
    picture = work.cell("cycle()")
    expect(picture.get_by_role("img", name="The cycle")).to_be_visible()
    work.add("9.1", "Places on the cycle")
    stage = work.cell('exercise("9.1")').locator('[data-path$="/stage"] select').first
    stage.focus()
    keyboard.type("The v")
    work.expect_told(lambda plan: CYCLE_PLACES.read(plan.priorities[0])[0].stage, "valley")
    expect(picture).to_contain_text("Where it stands: The valley")
    expect(work.cell('exercise("9.1")')).to_contain_text("Nothing is said that would lead on.")
    expect(work.cell('exercise("9.1")')).to_contain_text("Nothing is said that shows it.")
    look(picture, "cycle-placed")
    look(work.cell('exercise("9.1")'), "cycle-form")
    assert axe(work.page, ".rdf") + axe(work.page, ".rd-figure") == []
    work.page.set_viewport_size({"width": 400, "height": 900})
    look(picture, "cycle-placed-narrow")


def test_principles_are_checked_and_a_derailer_is_taken_over_from_the_plan(
    open_workbook: Callable[..., Work],
    look: Look,
    axe: AxeCheck,
):
    calls = ("new_check()", 'exercise("9.2")', "principles()", "proposed()", 'exercise("9.3")', "derailers()")
    work = open_workbook("09_persist.ipynb", *calls)
    keyboard = work.page.keyboard
    begin = work.cell("new_check()").get_by_label("Check the five principles, today, as:")
    begin.focus()
    keyboard.type("Ann Roy")
    keyboard.press("Enter")
    work.expect_told(lambda plan: [r.person for r in SELF_CHECKS.read(plan.priorities[0])], ["Ann Roy"])
    row = SELF_CHECKS.read(work.plan().priorities[0])[0].id
    rating = work.field("9.2", f"self_checks/{row}/monotony")
    rating.get_by_role("radio", name="now and then").check()
    work.expect_on_disk(f"{P}/self_checks/{row}/monotony", "2")
    expect(work.cell('exercise("9.2")')).to_contain_text("“Through monotony”: now and then.")
    expect(work.cell("principles()")).to_contain_text("2 now and then")
    look(work.cell("principles()"), "principles-checked")

    store = work.store()
    store.set("plan/mandate_end", (date.today() + timedelta(days=200)).isoformat())
    store.save()
    work.run()  # the cells are run again, and read the plan as it is now
    proposed = work.cell("proposed()")
    expect(proposed).to_contain_text("1 derailer drawn from your plan")
    owner = proposed.get_by_label("Put it into the register; who answers for it:")
    owner.focus()
    keyboard.type("Ann Roy")
    keyboard.press("Enter")
    work.expect_told(lambda plan: [(r.owner, r.reach) for r in RISKS.read(plan.priorities[0])], [("Ann Roy", "whole")])
    expect(proposed).to_contain_text("stands in the form below")
    expect(work.cell('exercise("9.3")')).to_contain_text("What you do if “An election comes")
    expect(work.cell("derailers()")).to_contain_text("An election comes")
    look(work.cell("derailers()"), "derailers-register")
    assert axe(work.page, ".rdf") + axe(work.page, ".rd-picker") == []

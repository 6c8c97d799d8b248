"""An answer whose ground has changed: seen beside the field, confirmed with one press, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from rdlib.plan import PlanStore
from tests.browser.conftest import PROJECT, Lab, Notebook

P = "priorities/first-priority"
CELL = """
from rdlib.plan import PlanStore
from rdlib.widgets.form import Form, Table
Form(
    PlanStore({folder!r}),
    [Table({P!r} + "/outcomes", ("statement",)), Table({P!r} + "/indicators", ("name", "outcome"))],
    check=lambda reading: [],
    title="Indicators",
)
"""


def test_a_changed_outcome_is_flagged_at_its_indicator_and_confirmed_by_keyboard(
    lab: Lab,
    notebook: Callable[..., Notebook],
    lab_page: Page,
    axe: Callable[[Page, str], list[str]],
    look: Callable[..., None],
):
    page, folder = lab_page, lab.folder / "stale-plan"
    store = PlanStore.create(folder, PROJECT / "templates" / "plan")
    store.add_row(f"{P}/outcomes", {"statement": "Nobody waits long"})
    store.add_row(f"{P}/indicators", {"name": "Share seen in time", "outcome": "o1"})
    store.save()
    nb = notebook("stale.ipynb", cells=[CELL.format(folder=str(folder), P=P)])
    nb.run_all()
    form = page.locator(".rdf")
    button = form.get_by_role("button", name="It still holds: Outcome it measures")
    expect(form.locator(f'[data-path="{P}/outcomes/o1/statement"]')).to_be_visible()
    expect(button).to_have_count(0)
    form.locator(f'[data-path="{P}/outcomes/o1/statement"]').locator("textarea, input").fill("Everybody is cured")
    expect(form.get_by_text("“Nobody waits long”, on which it rests, now reads “Everybody is cured”.")).to_be_visible()
    look(form, "stale-answer")
    assert axe(page, ".rdf") == []
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_count(0)
    expect(form.locator(f'[data-path="{P}/indicators/i1/outcome"]').locator("select")).to_be_focused()
    assert "statement = Everybody is cured" in (folder / f"{P}.yaml").read_text(encoding="utf-8")

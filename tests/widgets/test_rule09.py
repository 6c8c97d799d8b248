"""What the workbook of rule 9 shows beside its forms, and the day that a later strategy gets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import ipywidgets
import pytest

from rdlib.plan import PlanStore
from rdlib.plan.risks import RISKS
from rdlib.widgets import rule09, workspace
from rdlib.widgets.beginning import Beginning
from rdlib.widgets.desk import desk_for
from rdlib.widgets.layouts import layout
from rdlib.widgets.sheet import lay_out
from rdlib.widgets.workbook import exercise

P = "priorities/first-priority"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlanStore]:
    monkeypatch.setenv("RDLIB_PLAN", str(tmp_path / "plan"))
    monkeypatch.delenv("RDLIB_STATIC", raising=False)
    workspace._store.cache_clear()
    found = workspace.own_store()
    yield found
    workspace._store.cache_clear()


@pytest.mark.parametrize("tool", ["9.1", "9.2", "9.3"])
def test_each_form_asks_for_all_that_its_tool_declares(store: PlanStore, tool: str):
    for table in ("cycle_places", "self_checks", "risks", "strategies"):
        store.add_row(f"{P}/{table}")
    store.add_row("plan/stage_names")
    sheet = lay_out(layout(tool, "first-priority"), store)
    assert tool in {field.tool for field in sheet.fields.values()}
    assert {field.tool for field in sheet.fields.values()} <= {tool, "4.1", "4.2", "5.3"}


def test_the_form_of_the_pressure_tests_asks_for_no_more_of_a_risk_than_before(store: PlanStore):
    store.add_row(f"{P}/risks")
    sheet = lay_out(layout("5.3", "first-priority"), store)
    assert {f.tool for path, f in sheet.fields.items() if f"/{RISKS.key}/" in path} == {"5.3"}


def test_a_place_is_drawn_as_soon_as_it_is_chosen(store: PlanStore):
    shown = rule09.cycle()
    assert "now:" not in shown.value
    desk = desk_for(store)
    with desk.lock:
        path = desk.add(f"{P}/cycle_places", {"day": date.today().isoformat(), "stage": "valley"})
        desk.follow()
    assert "now:" in shown.value
    store.set(f"{path}/stage", "plateau")
    desk.follow()
    assert "Where it stands: The plateau" in shown.value


def test_a_strategy_that_is_added_later_gets_its_day_and_the_first_ones_none(store: PlanStore):
    desk, long_ago = desk_for(store), (date.today() - timedelta(days=400)).isoformat()
    desk.add(f"{P}/strategies", {"title": "First", "status": "chosen", "start": long_ago})
    path = desk.add(f"{P}/strategies", {"title": "Second"})
    assert store.raw(f"{path}/added_on") == date.today().isoformat()
    assert store.raw(f"{P}/strategies/s1/added_on") is None


def test_a_proposal_is_put_into_the_register_and_no_longer_proposed(store: PlanStore):
    store.set("plan/mandate_end", (date.today() + timedelta(days=200)).isoformat())
    store.save()
    shown = rule09.proposed()
    assert isinstance(shown, ipywidgets.VBox)
    beginning = shown.children[1]
    assert isinstance(beginning, Beginning)
    picker = beginning.children[0]
    assert [value for value, _name in picker.options] == ["mandate"]
    picker._heard(picker, {"do": "add", "value": "Ann Roy"}, None)
    assert store.raw(f"{P}/risks/r1/owner") == "Ann Roy"
    assert store.raw(f"{P}/risks/r1/reach") == "whole"
    assert [value for value, _name in picker.options] == [""]
    picker._heard(picker, {"do": "add", "value": "Ann Roy"}, None)
    assert store.rows(f"{P}/risks") == ["r1"]


def test_findings_stand_beside_the_form(store: PlanStore):
    store.add_row(f"{P}/cycle_places", {"stage": "irreversible"})
    form = exercise("9.1").children[1]
    said = [f["what"] for several in form.now["findings"].values() for f in several]
    assert any("There is no figure that would show it." in text for text in said)


def test_the_worked_example_needs_no_kernel():
    html = rule09.worked_example("emergency-waits")._html
    assert "27 May 2002" in html
    assert "A hard winter" in html

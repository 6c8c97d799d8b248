"""What the workbook of rule 7 shows beside its forms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import ipywidgets
import pytest

from rdlib.plan import PlanStore
from rdlib.widgets import rule07, workspace
from rdlib.widgets.desk import desk_for
from rdlib.widgets.layouts import layout
from rdlib.widgets.picker import Picker
from rdlib.widgets.sheet import lay_out
from rdlib.widgets.workbook import Face, exercise


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlanStore]:
    monkeypatch.setenv("RDLIB_PLAN", str(tmp_path / "plan"))
    monkeypatch.delenv("RDLIB_STATIC", raising=False)
    workspace._store.cache_clear()
    found = workspace.own_store()
    yield found
    workspace._store.cache_clear()


def with_stocktake(store: PlanStore) -> str:
    day = (date.today() - timedelta(days=30)).isoformat()
    store.set("plan/routine_year/starts", day)
    row = store.add_row("plan/routines", {"title": "Stocktake", "frequency": "weeks", "weeks": "8", "minutes": "90"})
    store.set(f"plan/routines/{row}/priorities", ["first-priority"])
    store.set("priorities/first-priority/title", "Shorter waits")
    store.save()
    return row


@pytest.mark.parametrize("tool", ["7.1", "7.2", "7.4", "7.6"])
def test_each_form_can_be_laid_out_and_asks_for_what_its_tool_declares(store: PlanStore, tool: str):
    for table in ("routines_today", "routines", "agendas", "preparations"):
        store.add_row(f"plan/{table}")
    sheet = lay_out(layout(tool, None), store)
    assert sheet.fields
    assert {field.tool for field in sheet.fields.values()} == {tool}


def test_a_routine_can_be_tied_to_the_priorities_of_the_plan(store: PlanStore):
    row = with_stocktake(store)
    sheet = lay_out(layout("7.2", None), store)
    node = next(
        item
        for table in sheet.nodes
        if table["path"] == "plan/routines"
        for item in table["rows"][0]["items"]
        if item["path"] == f"plan/routines/{row}/priorities"
    )
    assert node["list"] == "priorities"


def test_a_priority_that_nobody_looks_at_is_said_in_the_form_of_the_routines(store: PlanStore):
    with_stocktake(store)
    store.add_priority("Safer roads")
    store.save()
    form = exercise("7.2")
    said = [f["what"] for several in form.now["findings"].values() for f in several]
    assert "No routine of the plan looks at “Safer roads”." in said


def picker(shown: ipywidgets.Widget) -> Picker:
    found = shown.children[-1]
    return found if isinstance(found, Picker) else picker(found)


def test_an_agenda_is_begun_from_the_next_date(store: PlanStore):
    row = with_stocktake(store)
    began = picker(rule07.begin_agenda())
    assert next(name for _value, name in began.options).endswith(": Stocktake")
    began._heard(None, {"do": "add", "value": " Decide on beds "}, None)
    (name,) = store.rows("plan/agendas")
    assert store.raw(f"plan/agendas/{name}/purpose") == "Decide on beds"
    assert store.raw(f"plan/agendas/{name}/routine") == row
    assert PlanStore(store.folder).raw(f"plan/agendas/{name}/day") == began.options[0][0].split()[-1]


def test_a_preparation_is_begun_with_its_five_steps(store: PlanStore):
    with_stocktake(store)
    picker(rule07.begin_preparation())._heard(None, {"do": "add", "value": "Ann"}, None)
    (name,) = store.rows("plan/preparations")
    assert len(store.rows(f"plan/preparations/{name}/steps")) == 5
    assert store.raw(f"plan/preparations/{name}/steps/s1/owner") == "Ann"


def test_a_weak_point_goes_onto_the_newest_agenda_and_only_when_there_is_one(store: PlanStore):
    with_stocktake(store)
    store.add_row("priorities/first-priority/indicators", {"name": "Share of patients seen within four hours"})
    store.save()
    weak = picker(rule07.weak_points())
    weak._heard(None, {"do": "add", "value": "Who answers for it"}, None)
    assert weak.said == "Begin an agenda first."
    picker(rule07.begin_agenda())._heard(None, {"do": "add", "value": "Decide who leads"}, None)
    weak._heard(None, {"do": "add", "value": "Who answers for it"}, None)
    (name,) = store.rows("plan/agendas")
    (issue,) = store.rows(f"plan/agendas/{name}/issues")
    assert store.raw(f"plan/agendas/{name}/issues/{issue}/title") == "Who answers for it"
    assert store.raw(f"plan/agendas/{name}/issues/{issue}/priority") == "first-priority"


def test_the_list_of_dates_follows_the_plan(store: PlanStore):
    began = picker(rule07.begin_agenda())
    assert [value for value, _name in began.options] == [""]
    with_stocktake(store)
    desk_for(store).follow()
    assert len(began.options) == 2
    assert began.value == began.options[0][0]  # the next date, as long as nobody chose another
    began._heard(None, {"do": "choose", "value": ""}, None)
    store.set("plan/routines/r1/title", "Stocktake with the Minister")
    desk_for(store).follow()
    assert began.options[0][1].endswith("Stocktake with the Minister")
    assert not began.value


def test_the_faces_of_a_blank_plan_say_that_there_is_nothing_yet(store: PlanStore, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("RDLIB_STATIC", "1")
    for show in (rule07.today, rule07.year, rule07.agenda, rule07.preparation, rule07.weak_points):
        assert isinstance(show(), Face)
    for show in (rule07.begin_agenda, rule07.begin_preparation):
        assert show()._repr_mimebundle_()["text/html"] == ""

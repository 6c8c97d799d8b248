"""What the workbook of rule 9 shows beside the form of "Blip or trend?": charts that follow the plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rdlib.plan import PlanStore
from rdlib.plan.blips import ALL
from rdlib.widgets import rule09_blip, workspace
from rdlib.widgets.desk import desk_for
from rdlib.widgets.layouts import layout
from rdlib.widgets.rule09_blip import behaviour_charts, worked_behaviour
from rdlib.widgets.sheet import lay_out
from rdlib.widgets.workbook import Face, exercise, hints
from tests.rules.charts import QUIET

P = "priorities/first-priority"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlanStore]:
    monkeypatch.setenv("RDLIB_PLAN", str(tmp_path / "plan"))
    monkeypatch.delenv("RDLIB_STATIC", raising=False)
    workspace._store.cache_clear()
    found = workspace.own_store()
    yield found
    workspace._store.cache_clear()


def measured(store: PlanStore, count: int = 24) -> None:
    store.add_row(f"{P}/indicators", {"name": "Share seen in time", "unit": "%", "direction": "up"})
    for n, value in enumerate(QUIET[:count]):
        row = {"when": f"{2010 + n // 12}-{n % 12 + 1:02d}", "value": f"{value:.1f}"}
        store.add_row(f"{P}/indicators/i1/observations", row)
    store.save()


def test_the_form_asks_for_what_the_tool_declares(store: PlanStore):
    for part in ALL:
        store.add_row(f"{P}/{part.key}")
    sheet = lay_out(layout("9.4", "first-priority"), store)
    assert {field.tool for field in sheet.fields.values()} == {"9.4"}
    assert not any(path.endswith("/illustrative") for path in sheet.fields)


def test_the_chart_follows_the_plan(store: PlanStore):
    measured(store)
    shown = behaviour_charts()
    assert "nothing but noise" in shown.value
    store.add_row(f"{P}/usual_stretches", {"indicator": "i1", "first": "2010-01", "last": "2010-12", "why": "The same"})
    store.save()
    desk_for(store).follow()
    assert "They rest on January 2010 to December 2010" in shown.value


def test_a_chart_is_not_drawn_again_while_nothing_changes(store: PlanStore, monkeypatch: pytest.MonkeyPatch):
    measured(store)
    shown, drawn = behaviour_charts(), []

    def draw(*given: object) -> str:
        drawn.append(given)
        return ""

    monkeypatch.setattr(rule09_blip, "chart_of", draw)
    store.set(f"{P}/title", "Shorter waits")
    store.save()
    desk_for(store).follow()
    assert drawn == []
    assert "nothing but noise" in shown.value


def test_few_values_and_no_values_are_said(store: PlanStore):
    assert "10 measured values or more" in behaviour_charts().value
    measured(store, 9)
    assert "10 measured values or more" in behaviour_charts().value


def test_a_case_is_shown_as_a_face_with_its_readings():
    face = worked_behaviour("emergency-waits", "emergency-care", "i1")
    assert isinstance(face, Face)
    html = face._repr_mimebundle_()["text/html"]
    assert "A trend for the better: rising since August 2002" in html
    assert "What was read in it" in html
    with pytest.raises(KeyError):
        worked_behaviour("emergency-waits", "emergency-care", "i99")


def test_the_practice_copy_of_the_floods_shows_a_blip(store: PlanStore):
    shown = behaviour_charts("punjab-floods")
    assert "A single signal in September 2010, and back in the usual range since" in shown.value
    assert exercise("9.4", case="punjab-floods") is not None
    assert isinstance(hints("9.4"), Face)

"""What the workbook of rule 10 shows beside its forms, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from rdlib.plan import PlanStore, read_plan
from rdlib.plan.stakeholders import ENGAGEMENTS, NEGOTIATIONS, STAKEHOLDERS
from rdlib.rules.r10_map import before
from rdlib.widgets import rule10, workspace
from rdlib.widgets.layouts import board, layout
from rdlib.widgets.proposals import Proposals
from rdlib.widgets.sheet import lay_out

P = "priorities/first-priority"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlanStore]:
    monkeypatch.setenv("RDLIB_PLAN", str(tmp_path / "plan"))
    monkeypatch.delenv("RDLIB_STATIC", raising=False)
    workspace._store.cache_clear()
    found = workspace.own_store()
    found.set(f"{P}/stakeholders", ["Ambulance crews"])
    found.add_row(f"{P}/coalition", {"name": "Minister of Health", "why": "Gave the promise"})
    found.save()
    yield found
    workspace._store.cache_clear()


def press(shown: Proposals, id_: str) -> str:
    shown._heard(shown, {"do": id_}, [])
    return str(shown.now["said"])


def offered(shown: Proposals) -> list[str]:
    return [each["id"] for each in shown.now["offers"]]


def priority(store: PlanStore) -> Any:
    return read_plan(store.folder).plan.priorities[0]


@pytest.mark.parametrize("tool", ["10.1", "10.2", "10.3"])
def test_each_form_asks_for_what_its_tool_declares(store: PlanStore, tool: str):
    for table in ("stakeholder_map", "engagements", "negotiations"):
        store.add_row(f"{P}/{table}")
    fields = lay_out(layout(tool, "first-priority"), store).fields.values()
    assert {field.tool for field in fields} == {tool}
    assert (board(tool) is not None) == (tool == "10.1")


def test_one_click_puts_somebody_on_the_map_and_proposes_them_no_more(store: PlanStore):
    shown = rule10.proposed()
    assert offered(shown) == ["map Minister of Health", "map Ambulance crews"]
    assert press(shown, "map Minister of Health") == "“Minister of Health” waits to be placed."
    assert offered(shown) == ["map Ambulance crews"]
    (row,) = STAKEHOLDERS.read(priority(store))
    assert (row.name, row.who, row.member) == ("Minister of Health", "Gave the promise", "c1")
    press(shown, "map Minister of Health")  # pressed twice, before the page was drawn anew
    assert len(STAKEHOLDERS.read(priority(store))) == 1


def test_a_name_typed_by_hand_ends_its_proposal(store: PlanStore):
    shown = rule10.proposed()
    store.add_row(f"{P}/stakeholder_map", {"name": "Head of the ambulance crews"})
    shown.follow()
    assert offered(shown) == ["map Minister of Health"]


def placed(store: PlanStore, support: str, power: str) -> str:
    row = store.add_row(f"{P}/stakeholder_map", {"name": "Union", "support": support, "power": power})
    store.save()
    return row


def test_todays_places_are_written_once_a_day_and_an_arrow_follows_the_next_move(store: PlanStore):
    row = placed(store, "2", "8")
    yesterday = date.today() - timedelta(days=1)
    one = priority(store)
    assert rule10.write_down(store, one, yesterday) == "Written down: 1 place of today."
    store.set(f"{P}/stakeholder_map/{row}/support", "6")
    store.save()
    shown = rule10.places_of_today()
    (id_,) = offered(shown)
    press(shown, id_)
    assert offered(shown) == []
    (union,) = STAKEHOLDERS.read(priority(store))
    assert [(s.day, s.support) for s in union.places] == [(yesterday, 2.0), (date.today(), 6.0)]
    assert [(p.x, p.y) for p in before(union)] == [(2.0, 8.0)]
    store.set(f"{P}/stakeholder_map/{row}/support", "7")  # corrected on the same day: no second row of it
    store.save()
    rule10.write_down(store, priority(store), date.today())
    assert len(STAKEHOLDERS.read(priority(store))[0].places) == 2


def test_plans_and_sheets_are_begun_for_those_who_need_them(store: PlanStore):
    row = placed(store, "2", "8")
    friend = store.add_row(f"{P}/stakeholder_map", {"name": "Nurse", "support": "9", "power": "2"})
    store.save()
    plans, sheets = rule10.to_engage(), rule10.to_negotiate()
    assert offered(plans) == [f"engage {row}"]
    assert f"engage {friend}" not in offered(plans)
    press(plans, f"engage {row}")
    press(sheets, f"talk {row}")
    assert [e.stakeholder for e in ENGAGEMENTS.read(priority(store))] == [row]
    assert [n.stakeholder for n in NEGOTIATIONS.read(priority(store))] == [row]
    assert offered(plans) == offered(sheets) == []


def test_every_cell_of_the_workbook_has_a_static_face(store: PlanStore, monkeypatch: pytest.MonkeyPatch):
    placed(store, "2", "8")
    monkeypatch.setenv("RDLIB_STATIC", "1")
    shows = (
        rule10.proposed,
        rule10.places_of_today,
        rule10.who_moved,
        rule10.to_engage,
        rule10.engagement,
        rule10.to_negotiate,
        rule10.negotiation,
    )
    for show in shows:
        assert "text/html" in show()._repr_mimebundle_()
    assert "Sceptics" in rule10.worked_example("kentucky", "ready-graduates")._repr_mimebundle_()["text/html"]
    with pytest.raises(KeyError):
        rule10.worked_example("kentucky", "nobody")

"""The computed path offered as intermediate targets, without a browser (tool 5.5)."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rdlib import paths
from rdlib.plan import PlanStore, read_plan
from rdlib.plan.values import number
from rdlib.widgets.offer import Offer, offers

I1 = "priorities/skills/indicators/i1"
AS_OF = date(2016, 3, 31)


@pytest.fixture
def store(tmp_path: Path) -> PlanStore:
    """The trainings of Punjab, with a path that was set by feeling."""
    shutil.copytree(paths.exercises() / "punjab-skills" / "plan", tmp_path / "plan")
    store = PlanStore(tmp_path / "plan")
    store.set(f"{I1}/trajectory/t1/value", "500000")
    store.save()
    return store


def values(store: PlanStore) -> list[float | None]:
    indicator = read_plan(store.folder).plan.priorities[0].indicators[0]
    return [number(step.value) for step in indicator.trajectory]


def press(offer: Offer, what: str) -> dict[str, Any]:
    offer._heard(offer, {"do": f"{what} {I1}"}, [])
    return dict(offer.now)


def test_a_path_is_taken_over_and_the_earlier_steps_can_come_back(store: PlanStore) -> None:
    offer = Offer(store, AS_OF, "Intermediate targets")
    first = offer.now["offers"][0]
    assert first["button"] == "Replace the 3 intermediate targets by these"
    assert "900\u2009000\xa0trainings by 2015/16" in first["text"]
    now = press(offer, "take")
    assert values(store) == [900_000, 1_450_000, 2_000_000]
    assert now["said"] == "3 intermediate targets were written down."
    assert now["offers"][0]["button"] == ""
    now = press(offer, "back")
    assert values(store) == [500_000, 1_450_000, 2_000_000]
    assert now["offers"][0]["button"]
    assert [each["id"].split()[0] for each in now["offers"] if each["id"].endswith(I1)] == ["take"]


def test_nothing_is_written_before_somebody_presses(store: PlanStore) -> None:
    offer = Offer(store, AS_OF, "Intermediate targets")
    offer.follow()
    assert values(store)[0] == 500_000
    press(offer, "back")
    assert values(store)[0] == 500_000
    assert "500\u2009000" not in offer.face()
    assert "900\u2009000" in offer.face()


def test_it_follows_the_plan(store: PlanStore) -> None:
    offer = Offer(store, AS_OF, "Intermediate targets")
    store.set(f"{I1}/effects/e1/size", "300000")
    offer.follow()
    assert "950\u2009000" in offer.now["offers"][0]["text"]
    for row in store.rows(f"{I1}/effects"):
        store.remove_row(f"{I1}/effects/{row}")
    assert [each.path for each in offers(store, AS_OF)] == ["priorities/skills/indicators/i2"]

"""A stocktake is begun and closed from the workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rdlib import paths
from rdlib.plan import PlanStore
from rdlib.plan.stocktake import seal_of
from rdlib.rules.r07_pack import closed_ones, open_ones
from rdlib.widgets.rule07_stocktake import accept_change, begin_stocktake, close_stocktake


@pytest.fixture
def store(tmp_path: Path) -> PlanStore:
    made = PlanStore.create(tmp_path / "plan", paths.templates() / "plan")
    made.add_row("plan/routines", {"title": "Stocktake", "form": "stocktake", "chair": "Minister"})
    return made


def test_it_is_begun_with_its_routine_and_closed_when_it_was_held(store: PlanStore):
    assert "came along: 0" in begin_stocktake(store, "2026-03-05")
    (record,) = open_ones(store.read().plan)
    assert (record.day, record.routine, record.chair) == (date(2026, 3, 5), "r1", "Minister")
    store.add_row(f"plan/next_stocktake/{record.id}/actions", {"what": "Rota", "owner": "Ann", "due": "2026-04-01"})
    assert close_stocktake(store, "Ann").startswith("Closed.")
    assert open_ones(store.read().plan) == ()
    assert "came along: 1" in begin_stocktake(store, "2026-05-07")
    assert closed_ones(store.read().plan)[0].closed_by == "Ann"


def test_what_cannot_be_done_is_said(store: PlanStore):
    assert "Write the day like this" in begin_stocktake(store, "soon")
    assert close_stocktake(store, "Ann") == "No stocktake with a day is open."
    begin_stocktake(store, f"{date.today().year + 1}-03-05")
    assert "can be closed when it has been held" in close_stocktake(store, "Ann")
    assert "open already" in begin_stocktake(store, "2026-03-05")


def test_a_change_in_a_closed_record_is_accepted_with_a_name_and_a_reason(store: PlanStore):
    begin_stocktake(store, "2026-03-05")
    close_stocktake(store, "Ann")
    assert accept_change(store, "Ben: nothing") == "No closed record differs from what was closed."
    (closed,) = closed_ones(store.read().plan)
    store.set(f"plan/stocktakes/{closed.id}/chair", "Premier")
    for incomplete in ("Ben", "Ben:", ": the chair was wrong"):
        assert "needs a name and a reason" in accept_change(store, incomplete)
    assert accept_change(store, "Ben: the chair was wrong").startswith("Written down")
    (closed,) = closed_ones(store.read().plan)
    assert [(c.person, c.why) for c in closed.corrections] == [("Ben", "the chair was wrong")]
    assert closed.seal == seal_of(closed)

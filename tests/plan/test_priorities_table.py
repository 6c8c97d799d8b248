"""The priorities as a table of the plan: each row is a file, and the order stands on the title page (tool 1.1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from rdlib.plan import PlanStore, RemovedPriority, read_plan
from tests.reports.plans import make_plan, write


@pytest.fixture
def store(tmp_path: Path) -> PlanStore:
    folder = make_plan(tmp_path / "plan", waits="title: Waits\n", jobs="title: Jobs\n", rivers="title: Rivers\n")
    store = PlanStore(folder)
    store.set("plan/order", ["waits", "jobs", "rivers"])
    store.save()
    return store


def on_disk(store: PlanStore) -> list[str]:
    return [p.id for p in read_plan(store.folder).plan.priorities]


def test_the_rows_are_the_priorities_in_their_order(store: PlanStore):
    assert store.rows("priorities") == ["waits", "jobs", "rivers"]
    assert store.raw("priorities") is None


def test_a_row_is_added_by_its_title(store: PlanStore):
    assert store.add_row("priorities", {"title": "Clean air"}) == "clean-air"
    store.save()
    assert on_disk(store) == ["waits", "jobs", "rivers", "clean-air"]


def test_rows_are_moved_and_stay_at_an_end(store: PlanStore):
    store.move_row("priorities/rivers", -1)
    store.move_row("priorities/waits", -1)
    store.save()
    assert on_disk(store) == ["waits", "rivers", "jobs"]
    store.move_row("priorities/waits", 1)
    store.move_row("priorities/waits", 5)
    assert store.rows("priorities") == ["rivers", "jobs", "waits"]


def test_a_removed_priority_is_put_back_where_it_stood_with_all_that_was_in_it(store: PlanStore):
    store.set("priorities/jobs/stakeholders", ["Unions"])
    store.save()
    removed = store.remove_row("priorities/jobs")
    assert isinstance(removed, RemovedPriority)
    assert (removed.table, removed.place) == ("priorities", 1)
    store.save()
    assert on_disk(store) == ["waits", "rivers"]
    assert not (store.folder / "priorities" / "jobs.yaml").exists()
    assert store.put_back(removed) == "jobs"
    store.save()
    assert on_disk(store) == ["waits", "jobs", "rivers"]
    assert store.raw("priorities/jobs/stakeholders") == ["Unions"]


def test_it_is_put_back_before_anything_was_saved_too(store: PlanStore):
    removed = store.remove_row("priorities/waits")
    store.put_back(removed)
    assert store.rows("priorities") == ["waits", "jobs", "rivers"]
    store.save()
    assert on_disk(store) == ["waits", "jobs", "rivers"]


def test_a_name_that_was_taken_meanwhile_is_not_taken_away(store: PlanStore):
    removed = store.remove_row("priorities/jobs")
    store.save()
    assert store.add_row("priorities", {"title": "Jobs"}) == "jobs"
    assert store.put_back(removed) == "jobs-2"
    store.save()
    assert on_disk(store) == ["waits", "jobs-2", "rivers", "jobs"]


def test_a_priority_that_cannot_be_read_is_no_row_and_keeps_its_file(store: PlanStore):
    write(store.folder, "jobs", "title: [unclosed\n")
    store.refresh()
    assert store.rows("priorities") == ["waits", "rivers"]
    store.move_row("priorities/rivers", -1)
    store.save()
    assert store.rows("priorities") == ["rivers", "waits"]
    assert (store.folder / "priorities" / "jobs.yaml").read_text(encoding="utf-8") == "title: [unclosed\n"


def test_a_row_that_is_not_there_is_an_error(store: PlanStore):
    for act in (lambda: store.remove_row("priorities/none"), lambda: store.move_row("priorities/none", 1)):
        with pytest.raises(KeyError):
            act()

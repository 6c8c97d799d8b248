"""The priorities as a table in the Form, and candidates two at a time, without a browser (tools 1.1 and 1.3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rdlib.plan import PlanStore, Reading, read_plan
from rdlib.rules.findings import Finding
from rdlib.rules.registry import Context, check
from rdlib.widgets.form import Form
from rdlib.widgets.layouts import layout
from rdlib.widgets.pairs import Pairs
from tests.widgets.conftest import TEMPLATE, Page

Open = Callable[..., Page]


@pytest.fixture
def store(tmp_path: Path) -> PlanStore:
    """A new plan, with its one empty priority."""
    return PlanStore.create(tmp_path / "plan", TEMPLATE)


@pytest.fixture
def table(store: PlanStore, open_page: Open) -> Page:
    def judge(reading: Reading) -> tuple[Finding, ...]:
        return check(reading.plan, Context(reading.plan, date(2026, 1, 1)), "1.1")[0].findings

    return open_page(Form(store, layout("1.1", None), check=judge, title="Priorities"))


def titles(store: PlanStore) -> list[str | None]:
    return [p.title for p in read_plan(store.folder).plan.priorities]


def test_a_priority_is_added_by_its_name_and_its_file_is_called_after_it(table: Page, store: PlanStore):
    now = table.send("add", path="priorities", value="Clean rivers")
    assert titles(store) == [None, "Clean rivers"]
    assert (store.folder / "priorities" / "clean-rivers.yaml").exists()
    assert "▲ 3 missing" in " ".join(f"{part['shape']} {part['text']}" for part in now["summary"])
    assert "priorities/clean-rivers/outcomes" in now["findings"]


def test_a_pasted_list_becomes_one_row_a_line_without_its_marks(table: Page, store: PlanStore):
    table.send("add", path="priorities", value=["1. Waits", "- Jobs", "  • Rail  ", "2030 goals"])
    assert titles(store) == [None, "Waits", "Jobs", "Rail", "2030 goals"]


def test_a_priority_is_moved_removed_and_put_back(table: Page, store: PlanStore):
    for name in ("Waits", "Jobs"):
        table.send("add", path="priorities", value=name)
    table.send("move", path="priorities/jobs", by=-1)
    assert titles(store) == [None, "Jobs", "Waits"]
    now = table.send("remove", path="priorities/jobs")
    assert titles(store) == [None, "Waits"]
    assert now["removed"]["priorities"] == {"place": 1, "heading": "Jobs"}
    table.send("put_back", path="priorities")
    assert titles(store) == [None, "Jobs", "Waits"]


def test_what_is_entered_in_the_table_stands_in_the_files_of_the_priorities(table: Page, store: PlanStore):
    table.send("add", path="priorities", value="Waits")
    table.send("add", path="priorities/waits/outcomes")
    where = "priorities/waits/outcomes/o1/statement"
    table.send("write", path=where, value="Launch a campaign", bases=[""])
    now = table.send("write", path="priorities/waits/leaders", value=["A", "B"], bases=[[]])
    priority = read_plan(store.folder).plan.priority("waits")
    assert priority is not None
    assert priority.outcomes[0].statement == "Launch a campaign"
    assert [f["code"] for f in now["findings"][where]] == ["R1-activity-as-outcome"]
    assert [f["code"] for f in now["findings"]["priorities/waits/leaders"]] == ["R1-several-leaders"]


def test_the_page_asks_for_the_name_of_a_new_priority(table: Page):
    node = table.form.nodes[0]
    assert node["asks"] == "Add a priority, by its short name:"
    assert [item["path"].rpartition("/")[2] for item in node["rows"][0]["items"]] == [
        "title",
        "outcomes",
        "leaders",
        "stakeholders",
    ]


def test_the_face_needs_no_kernel(table: Page):
    table.send("add", path="priorities", value="Clean rivers")
    face = table.form.face()
    assert "Clean rivers" in face
    assert "No accountable leader" in face


# --- two at a time -------------------------------------------------------------------------------------------------


@pytest.fixture
def pairs(store: PlanStore) -> Pairs:
    for title in ("Rail", "Roads", "Buses", "Canals"):
        store.add_row("plan/candidates", {"title": title, "area": "Transport"})
    store.set("plan/limit", "2")
    store.save()
    return Pairs(store, "Pairs")


def press(pairs: Pairs, do: str, **more: str) -> dict[str, Any]:
    pairs._heard(pairs, {"do": do, **more}, [])
    now: dict[str, Any] = pairs.now
    return now


def answer(pairs: Pairs, first: str) -> dict[str, Any]:
    """Answer the pair that is asked: ``first`` wins where it stands in it, else the one that is asked first."""
    one, other = pairs.now["pair"]
    more = "other" if other[1] == first else "one"
    return press(pairs, "answer", one=one[0], other=other[0], more=more)


def test_answers_are_saved_and_a_pair_is_not_asked_again(pairs: Pairs, store: PlanStore):
    seen = []
    while pairs.now["pair"]:
        seen.append(frozenset(each[0] for each in pairs.now["pair"]))
        answer(pairs, "Canals")
    assert len(seen) == len(set(seen)) < 6
    assert len(read_plan(store.folder).plan.parts["comparisons"]) == len(seen)
    assert pairs.now["decide"]
    assert pairs.now["said"].startswith("Enough is known")


def test_the_last_answer_can_be_taken_back(pairs: Pairs, store: PlanStore):
    first = pairs.now["pair"]
    assert not pairs.now["undo"]
    answer(pairs, "Rail")
    assert pairs.now["undo"]
    press(pairs, "undo")
    assert pairs.now["pair"] == first
    assert store.rows("plan/comparisons") == []


def test_an_answer_to_a_pair_that_was_answered_elsewhere_is_not_written_twice(pairs: Pairs, store: PlanStore):
    one, other = pairs.now["pair"]
    answer(pairs, "Rail")
    press(pairs, "answer", one=one[0], other=other[0], more="other")
    assert len(store.rows("plan/comparisons")) == 1


def test_keep_and_cut_by_the_answers_and_take_over_once(pairs: Pairs, store: PlanStore):
    while pairs.now["pair"]:
        answer(pairs, "Rail")
    now = press(pairs, "decide")
    plan = read_plan(store.folder).plan
    assert sorted(c.keep for c in plan.parts["candidates"]) == [False, False, True, True]
    assert now["take_over"]
    now = press(pairs, "take_over")
    kept = [c.title for c in plan.parts["candidates"] if c.keep]
    assert titles(store) == kept, "the empty priority of the new plan makes room"
    assert not now["take_over"]
    press(pairs, "take_over")
    assert titles(store) == kept


def test_a_priority_in_which_something_was_entered_stays_when_others_are_taken_over(pairs: Pairs, store: PlanStore):
    store.set("priorities/first-priority/summary", "Begun already")
    store.set("plan/candidates/c1/keep", "yes")
    press(pairs, "take_over")
    assert titles(store) == [None, "Rail"]


def test_it_says_what_is_needed_when_nothing_can_be_asked(store: PlanStore):
    pairs = Pairs(store, "Pairs")
    assert pairs.now["said"] == "Write the long list first, above."
    for title in ("Rail", "Roads", "Buses"):
        store.add_row("plan/candidates", {"title": title})
    pairs.follow()
    assert pairs.now["said"] == "Set the limit first, above."
    store.set("plan/limit", "3")
    pairs.follow()
    assert pairs.now["said"] == "There is room for all that are left."
    store.set("plan/limit", "1")
    store.set("plan/candidates/c1/keep", "yes")
    pairs.follow()
    assert pairs.now["said"].startswith("All places are taken.")
    for row in ("c2", "c3"):
        store.set(f"plan/candidates/{row}/keep", "no")
    pairs.follow()
    assert pairs.now["said"] == "1 of 3 are kept; nothing is open any more."


def test_a_tie_on_the_line_is_left_to_people_by_name(store: PlanStore):
    for title in ("Rail", "Roads", "Buses"):
        store.add_row("plan/candidates", {"title": title})
    store.set("plan/limit", "1")
    pairs = Pairs(store, "Pairs")
    press(pairs, "answer", one="c1", other="c2", more="equal")
    while pairs.now["pair"]:
        one, other = pairs.now["pair"]
        press(pairs, "answer", one=one[0], other=other[0], more="other" if one[0] == "c3" else "one")
    assert not pairs.now["decide"]
    assert "(Rail, Roads)" in pairs.now["said"]

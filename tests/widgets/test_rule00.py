"""Orientation: answers are added beside the earlier ones (tools 0.2 and 0.3)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rdlib.plan import PlanStore, read_plan
from rdlib.rules.ratings import table_of
from rdlib.widgets import rule00
from rdlib.widgets.answers import add_answer
from rdlib.widgets.form import Form
from rdlib.widgets.layouts import layout
from tests.widgets.conftest import TEMPLATE


@pytest.fixture
def store(tmp_path: Path) -> PlanStore:
    return PlanStore.create(tmp_path / "plan", TEMPLATE)


@pytest.mark.parametrize("tool", ["0.2", "0.3"])
def test_a_new_answer_is_dated_today_and_keeps_the_earlier_one(store: PlanStore, tool: str):
    part = rule00.PARTS[tool]
    store.add_row(f"plan/{part.key}", {"person": "A. Lead", "day": "2026-01-05"})
    add_answer(store, table_of(part), " A. Lead ")
    rows = part.read(read_plan(store.folder).plan)
    assert [(row.person, row.day) for row in rows] == [("A. Lead", date(2026, 1, 5)), ("A. Lead", date.today())]


@pytest.mark.parametrize(("tool", "ratings"), [("0.2", 10), ("0.3", 10)])
def test_the_form_asks_for_each_rating_with_its_sentences_and_for_what_shows_it(
    store: PlanStore, tool: str, ratings: int
):
    add_answer(store, table_of(rule00.PARTS[tool]), "A")
    form = Form(store, layout(tool, None))
    rated = [d for d in form.declared.values() if d["rating"]]
    assert len(rated) == ratings
    assert all(len(d["choices"]) == 4 and all(c["describes"] for c in d["choices"]) for d in rated)
    assert sum(d["label"].startswith("What shows it: ") for d in form.declared.values()) == ratings


def test_the_sentences_of_a_level_are_all_different(store: PlanStore):
    for tool in ("0.2", "0.3"):
        add_answer(store, table_of(rule00.PARTS[tool]), "A")
        form = Form(store, layout(tool, None))
        sentences = [c["describes"] for d in form.declared.values() if d["rating"] for c in d["choices"]]
        assert len(sentences) == len(set(sentences)) == 40

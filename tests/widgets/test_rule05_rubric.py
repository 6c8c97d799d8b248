"""The rubric and the roadmap as forms: a rating is begun for a priority, and asks for all eight criteria."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rdlib.plan import PlanStore, read_plan
from rdlib.plan.priority import Priority
from rdlib.plan.rubric import RUBRIC
from rdlib.rules.ratings import table_of
from rdlib.widgets.answers import add_answer
from rdlib.widgets.form import Form
from rdlib.widgets.layouts import layout
from tests.widgets.conftest import TEMPLATE


@pytest.fixture
def store(tmp_path: Path) -> PlanStore:
    return PlanStore.create(tmp_path / "plan", TEMPLATE)


def test_a_rating_is_begun_for_one_priority_and_keeps_the_earlier_one(store: PlanStore):
    first = store.read().plan.priorities[0].id
    table = table_of(RUBRIC, Priority(id=first))
    store.add_row(table, {"person": "A. Lead", "day": "2026-01-05"})
    add_answer(store, table, " B. Bee ")
    priority = read_plan(store.folder).plan.priority(first)
    assert priority is not None
    given = [(row.person, row.day) for row in RUBRIC.read(priority)]
    assert given == [("A. Lead", date(2026, 1, 5)), ("B. Bee", date.today())]


def test_the_form_asks_for_each_criterion_with_its_four_levels_and_for_what_shows_it(store: PlanStore):
    first = store.read().plan.priorities[0].id
    add_answer(store, table_of(RUBRIC, Priority(id=first)), "A")
    form = Form(store, layout("5.6", first))
    rated = [d for d in form.declared.values() if d["rating"]]
    assert len(rated) == 8
    assert all(len(d["choices"]) == 4 and all(c["describes"] for c in d["choices"]) for d in rated)
    assert sum(d["label"].startswith("What shows it: ") for d in form.declared.values()) == 8


def test_the_roadmap_is_filled_in_as_figure_and_strategies(store: PlanStore):
    first = store.read().plan.priorities[0].id
    store.add_row(f"priorities/{first}/strategies", {"title": "Roofs that feed in"})
    labels = {d["label"] for d in Form(store, layout("5.7", first)).declared.values()}
    assert {"Strategy", "Scale", "People and their time", "What success looks like", "Leader"} <= labels

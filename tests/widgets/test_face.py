"""The static face of a form: what was answered, what is open in a line, and one table for rows that say little."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from rdlib.plan import PlanStore
from rdlib.rules.findings import Finding
from rdlib.widgets.form import Form
from rdlib.widgets.sheet import Block, Table
from tests.widgets.conftest import P

TEMPLATE = Path(__file__).parents[2] / "templates" / "plan"


@pytest.fixture
def empty(tmp_path: Path) -> PlanStore:
    return PlanStore.create(tmp_path / "empty", TEMPLATE)


def words(html: str) -> str:
    text = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()


def nothing_found(_reading: object) -> Sequence[Finding]:
    return []


def test_what_is_open_takes_one_line(empty: PlanStore):
    empty.set(f"{P}/title", "Shorter waits")
    said = words(Form(empty, [Block(P, ("title", "summary", "stakeholders"))]).face())
    assert "Priority Shorter waits" in said
    assert "Not answered yet: In a few sentences, Key stakeholders." in said
    assert "not given" not in said


def test_rows_of_which_only_the_name_is_known_are_one_table(empty: PlanStore):
    first, _second = [empty.add_row(f"{P}/coalition", {"name": name}) for name in ("Treasury", "Prime Minister")]
    form = Form(empty, [Table(f"{P}/coalition", ("name", "why", "role"), title="Members", as_cards=True)])
    html = form.face()
    assert html.count("<table") == 1
    assert "Not answered yet: Why important, Role." in words(html)
    empty.set(f"{P}/coalition/{first}/why", "Pays for it")
    assert form.face().count("<table") == 2  # a card each, as soon as one says more


def test_columns_that_nobody_filled_in_are_named_and_not_drawn(empty: PlanStore):
    empty.add_row("plan/candidates", {"title": "Rail punctuality", "area": "Transport"})
    html = Form(empty, [Table("plan/candidates", ("title", "area", "keep", "why"))]).face()
    assert html.count('scope="col"') == 2
    assert "Not answered yet: Keep it, Why." in words(html)


def test_an_exercise_that_was_not_begun_says_so_once(empty: PlanStore):
    said = words(Form(empty, [Block(P, ("title", "summary"))], check=nothing_found, title="2.1 3M evaluation").face())
    assert said.startswith("2.1 3M evaluation –\u00a0not attempted yet".replace("\u00a0", " "))
    assert said.count("3M evaluation") == 1


def test_nothing_found_is_not_said_of_answers_that_are_open(empty: PlanStore):
    empty.set(f"{P}/title", "Shorter waits")
    half = Form(empty, [Block(P, ("title", "summary"))], check=nothing_found, title="An exercise")
    assert "nothing to report" not in words(half.face())
    empty.set(f"{P}/summary", "People are seen sooner.")
    assert "There is nothing to report" in words(half.face())

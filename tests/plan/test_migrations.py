"""Plans of earlier releases: brought to the form of today with their notes, and written with the next save."""

from pathlib import Path

import pytest

from rdlib.plan import PlanStore
from rdlib.plan.documents import Document
from rdlib.plan.migrations import MIGRATIONS, SCHEMA, migrate

TITLE = "# our plan\nschema: 1  # the form\ntitle: P\n"
PRIORITY = """\
title: Waits  # short
indicators:
  # the first one
  - id: i1
    target: At least 85%  # as announced
    due: 2018-03  # agreed in May
    evaluation:  # by the team
      meaningful: yes
    remark: kept
  - id: i2
    due: 2019
  - id: i3
    evaluation: {meaningful: no}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "priorities").mkdir()
    (tmp_path / "plan.yaml").write_text(TITLE)
    (tmp_path / "priorities" / "waits.yaml").write_text(PRIORITY)
    return tmp_path


def test_a_plan_of_the_first_form_is_read_and_nothing_is_written(folder: Path):
    store = PlanStore(folder)
    reading = store.read()
    assert reading.problems == ()
    first, second, third = reading.plan.priorities[0].indicators
    assert first.target.wording == "At least 85%"
    assert str(first.target.due) == "2018-03"
    assert first.three_m.meaningful is True
    assert str(second.target.due) == "2019"
    assert third.three_m.meaningful is False
    assert not store.unsaved
    assert (folder / "plan.yaml").read_text() == TITLE
    assert (folder / "priorities" / "waits.yaml").read_text() == PRIORITY


def test_the_next_save_writes_the_form_of_today_with_every_note(folder: Path):
    store = PlanStore(folder)
    store.set("priorities/waits/title", "Shorter waits")
    store.save()
    title, priority = (folder / "plan.yaml").read_text(), (folder / "priorities" / "waits.yaml").read_text()
    assert title == TITLE.replace("schema: 1", "schema: 2")
    for note in ("# short", "# the first one", "# as announced", "# agreed in May", "# by the team"):
        assert note in priority
    assert "remark: kept" in priority
    assert "evaluation" not in priority
    again = PlanStore(folder)
    assert again.read().plan == store.read().plan
    kept = list((folder / ".rdlib" / "versions" / "priorities" / "waits.yaml").iterdir())
    assert [path.read_text() for path in kept] == [PRIORITY]


def test_a_save_that_was_cut_off_between_two_files_is_finished_by_the_next(folder: Path):
    store = PlanStore(folder)
    store.set("priorities/waits/title", "Shorter waits")
    store.save()
    (folder / "plan.yaml").write_text(TITLE)  # the title page is written last
    reading = PlanStore(folder).read()
    assert reading.problems == ()
    assert reading.plan == store.read().plan


def test_a_change_made_elsewhere_in_the_old_form_is_merged(folder: Path):
    store = PlanStore(folder)
    store.set("priorities/waits/title", "Shorter waits")
    (folder / "priorities" / "waits.yaml").write_text(PRIORITY.replace("2018-03", "2018-06"))
    assert store.save().merged == ("priorities/waits/indicators/i1/target/due",)
    assert store.raw("priorities/waits/title") == "Shorter waits"
    assert store.raw("priorities/waits/indicators/i1/target/due") == "2018-06"


@pytest.mark.parametrize(
    "text", [PRIORITY, "", "indicators: text\n", "indicators:\n  - text\n  -\n", "indicators: []\n"]
)
def test_a_migration_leaves_alone_what_is_in_the_new_form(text: str):
    once = migrate(Document.of("priorities/a.yaml", text), 1)
    assert migrate(once, 1) == once
    assert migrate(once, SCHEMA) is once


def test_there_is_a_migration_from_every_earlier_form():
    assert sorted(MIGRATIONS) == list(range(1, SCHEMA))


def test_a_file_that_cannot_be_brought_to_the_new_form_is_a_problem_and_stays_as_it_is(folder: Path):
    text = "indicators:\n  - target: T\n    remark: >+\n      kept\n\n    due: 2018\n\n  - id: i2\n"
    (folder / "priorities" / "odd.yaml").write_text(text)
    reading = PlanStore(folder).read()
    (problem,) = reading.problems
    assert (problem.file, problem.where) == ("priorities/odd.yaml", "priorities/odd")
    assert problem.found == "a layout that cannot be brought into the form of today"
    assert [priority.id for priority in reading.plan.priorities] == ["waits"]
    assert (folder / "priorities" / "odd.yaml").read_text() == text

"""The plan's folder: opened, changed, saved, merged with what others wrote; nothing is lost and nothing is guessed."""

import os
import re
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rdlib import paths
from rdlib.plan import (
    NotWrittenError,
    PlanConflictError,
    PlanFolderError,
    PlanReadError,
    PlanStore,
    documents,
    read_plan,
    read_priority,
    slug,
)
from rdlib.plan import folder as on_disk
from rdlib.plan.nodes import Map
from rdlib.plan.parsing import parse
from rdlib.plan.reading import ID
from tests.plan.layouts import texts

TEMPLATE = paths.templates() / "plan"
WAITS = """\
# About waits
title: Waits   # short
unknown: {kept: [as, it], stands: ~}

outcomes:
  # first outcome
  - id: o1
    statement: Seen quickly
indicators:
  - id: i1
    name: Share
    extra: kept  # too
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "plan"
    (folder / "priorities").mkdir(parents=True)
    (folder / "plan.yaml").write_text("# Ours\nschema: 2\ntitle: P\norder:\n  - waits\n")
    (folder / "priorities" / "waits.yaml").write_text(WAITS)
    return folder


def waits(folder: Path) -> Path:
    return folder / "priorities" / "waits.yaml"


def everything(folder: Path) -> dict[str, bytes]:
    """The files of the plan, without what the program keeps for itself."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".rdlib" not in path.parts
    }


TITLE, STATEMENT = "priorities/waits/title", "priorities/waits/outcomes/o1/statement"


# --- making a plan ---


def test_a_plan_is_made_from_the_blank_one(tmp_path: Path):
    store = PlanStore.create(tmp_path / "deep" / "plan", TEMPLATE)
    reading = store.read()
    assert (reading.problems, reading.hints, store.unsaved) == ((), (), False)
    assert [priority.id for priority in reading.plan.priorities] == ["first-priority"]
    assert everything(tmp_path / "deep" / "plan") == everything(TEMPLATE)


def test_a_plan_is_never_made_over_something_else(tmp_path: Path):
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(PlanFolderError, match="is not empty"):
        PlanStore.create(tmp_path, TEMPLATE)
    with pytest.raises(PlanFolderError, match="is not empty"):
        PlanStore.create(tmp_path / "note.txt", TEMPLATE)
    assert everything(tmp_path) == {"note.txt": b"mine"}


# --- fields ---


def test_a_field_is_set_read_and_saved_and_everything_else_stays(folder: Path):
    store = PlanStore(folder)
    store.set(TITLE, "Shorter waits")
    assert store.raw(TITLE) == "Shorter waits"
    assert store.read().plan.priorities[0].title == "Shorter waits"
    assert waits(folder).read_text() == WAITS
    assert store.save().merged == ()
    assert not store.unsaved
    assert waits(folder).read_text() == WAITS.replace("title: Waits", "title: Shorter waits")


def test_setting_a_field_back_leaves_nothing_to_save(folder: Path):
    store = PlanStore(folder)
    store.set(TITLE, "Other")
    store.set(TITLE, "Waits")
    assert not store.unsaved


def test_groups_on_the_way_are_made_and_lists_are_lists(folder: Path):
    store = PlanStore(folder)
    store.set("priorities/waits/indicators/i1/three_m/sources", ["A: one", "B"])
    store.set("priorities/waits/indicators/i1/target/value", "85 %")
    store.set("plan/about", "One.\n\nTwo.\n")
    store.save()
    again = PlanStore(folder)
    assert again.raw("priorities/waits/indicators/i1/three_m/sources") == ["A: one", "B"]
    assert again.raw("priorities/waits/indicators/i1/target/value") == "85 %"
    assert again.raw("plan/about") == "One.\n\nTwo.\n"
    again.set("priorities/waits/indicators/i1/three_m/sources", None)
    again.set("plan/about", "")
    assert again.raw("priorities/waits/indicators/i1/three_m/sources") is None
    assert again.raw("plan/about") is None


@pytest.mark.parametrize(
    "path",
    [
        "plan/colour", "plan/schema", "priorities/waits/colour", "priorities/gone/title", "other",
        "priorities/waits/id",
        "priorities/waits/outcomes/o9/statement", "priorities/waits/outcomes/#9/statement",
        "priorities/waits/title/more",
        "priorities/waits/outcomes/o1", "priorities/waits/outcomes", "priorities/waits/indicators/i1/target", "plan",
        "priorities/waits", "", "priorities/../plan/title", "priorities/waits/outcomes/statement",
    ],
)  # fmt: skip
def test_only_declared_fields_of_rows_that_are_there_can_be_set(folder: Path, path: str):
    store = PlanStore(folder)
    with pytest.raises(KeyError):
        store.set(path, "x")
    assert not store.unsaved


def test_a_list_belongs_only_where_several_texts_are_asked_for(folder: Path):
    store = PlanStore(folder)
    with pytest.raises(TypeError):
        store.set(TITLE, ["a", "b"])
    store.set("priorities/waits/leaders", "Ada")
    assert store.read().plan.priorities[0].leaders == ("Ada",)


FIELDS = st.sampled_from(
    [TITLE, "priorities/waits/summary", STATEMENT, "priorities/waits/indicators/i1/target/wording"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(FIELDS, texts), min_size=1, max_size=3))
def test_any_text_in_any_text_field_is_saved_and_read_back(folder: Path, edits: list[tuple[str, str]]):
    store = PlanStore(folder)
    for path, text in edits:
        store.set(path, text)
        store.save()
        assert PlanStore(folder).raw(path) == (text or None)
    text_now = waits(folder).read_bytes().decode()
    assert "unknown: {kept: [as, it], stands: ~}\n" in text_now
    assert all(note in text_now for note in ("# About waits", "# short", "# first outcome", "extra: kept  # too"))
    assert read_plan(folder).problems == ()


def test_what_no_file_can_hold_is_refused_and_changes_nothing(folder: Path):
    store = PlanStore(folder)
    with pytest.raises(NotWrittenError):
        store.set(TITLE, "half \ud83d")
    assert not store.unsaved


# --- rows ---

INDICATORS = "priorities/waits/indicators"


def test_rows_are_added_moved_removed_and_put_back(folder: Path):
    store = PlanStore(folder)
    assert store.add_row(INDICATORS, {"name": "Second"}) == "i2"
    assert store.add_row(INDICATORS) == "i3"
    assert store.rows(INDICATORS) == ["i1", "i2", "i3"]
    store.move_row(f"{INDICATORS}/i3", -1)
    store.move_row(f"{INDICATORS}/i1", -5)
    assert store.rows(INDICATORS) == ["i1", "i3", "i2"]
    removed = store.remove_row(f"{INDICATORS}/i1")
    assert store.rows(INDICATORS) == ["i3", "i2"]
    assert store.put_back(removed) == "i1"
    assert store.rows(INDICATORS) == ["i1", "i3", "i2"]
    assert store.raw(f"{INDICATORS}/i2/name") == "Second"
    store.save()
    assert "extra: kept  # too" in waits(folder).read_text()
    assert PlanStore(folder).rows(INDICATORS) == ["i1", "i3", "i2"]


def test_a_row_put_back_after_other_changes_has_all_its_values(folder: Path):
    store = PlanStore(folder)
    removed = store.remove_row(f"{INDICATORS}/i1")
    store.set(TITLE, "Changed meanwhile")
    assert store.put_back(removed) == "i1"
    assert "extra: kept" in store._files["priorities/waits.yaml"].mine.text  # type: ignore[union-attr]
    assert store.raw(TITLE) == "Changed meanwhile"


def test_rows_without_ids_go_by_their_place(folder: Path):
    store = PlanStore(folder)
    table = f"{INDICATORS}/i1/observations"
    assert store.add_row(table, {"when": "2018", "value": "5"}) == "#1"
    assert store.add_row(table, {"when": "2019"}) == "#2"
    store.set(f"{table}/#2/value", "6")
    store.remove_row(f"{table}/#1")
    assert store.raw(f"{table}/#1/value") == "6"


@pytest.mark.parametrize("path", ["priorities/waits/title", f"{INDICATORS}/i1", "priorities/waits/rows", "plan"])
def test_rows_are_added_only_to_tables(folder: Path, path: str):
    with pytest.raises(KeyError):
        PlanStore(folder).add_row(path)


def test_a_row_has_only_declared_fields(folder: Path):
    with pytest.raises(KeyError, match="has no field"):
        PlanStore(folder).add_row(INDICATORS, {"colour": "red"})


def test_only_rows_are_removed_and_moved(folder: Path):
    store = PlanStore(folder)
    for path in (INDICATORS, TITLE, f"{INDICATORS}/i9"):
        with pytest.raises(KeyError):
            store.remove_row(path)
        with pytest.raises(KeyError):
            store.move_row(path, 1)


def test_a_new_id_is_also_free_on_disk(folder: Path):
    first, second = PlanStore(folder), PlanStore(folder)
    assert first.add_row(INDICATORS, {"name": "by first"}) == "i2"
    first.save()
    assert second.add_row(INDICATORS, {"name": "by second"}) == "i3"
    second.save()
    assert PlanStore(folder).rows(INDICATORS) == ["i1", "i2", "i3"]


# --- priorities ---


def test_priorities_are_added_at_the_end_and_their_order_is_kept(folder: Path):
    store = PlanStore(folder)
    assert store.add_priority("Écoles à l'heure") == "ecoles-a-l-heure"
    assert store.add_priority("Ecoles a l heure") == "ecoles-a-l-heure-2"
    store.save()
    assert [p.id for p in read_plan(folder).plan.priorities] == ["waits", "ecoles-a-l-heure", "ecoles-a-l-heure-2"]
    assert (folder / "priorities" / "ecoles-a-l-heure.yaml").read_text() == "title: Écoles à l'heure\n"


def test_a_removed_priority_goes_to_the_versions(folder: Path):
    store = PlanStore(folder)
    store.remove_priority("waits")
    assert waits(folder).exists()
    store.save()
    assert not waits(folder).exists()
    (kept,) = (folder / ".rdlib" / "versions" / "priorities" / "waits.yaml").iterdir()
    assert kept.read_text() == WAITS
    assert read_plan(folder).plan.order == ()
    with pytest.raises(KeyError):
        store.remove_priority("waits")


@pytest.mark.parametrize(
    ("title", "id_"),
    [
        ("Shorter waits", "shorter-waits"), ("  A & B / C  ", "a-b-c"), ("Œuvre fœtale", "oeuvre-foetale"),
        ("CON", "con-priority"),
        ("nul", "nul-priority"), ("COM1", "com1-priority"), ("", "priority"), ("ᐃᓄᒃᑎᑐᑦ", "priority"),
        ("../../etc", "etc"),
        ("Straße", "strasse"), ("København", "kobenhavn"), ("½ way", "1-2-way"), ("a" * 99, "a" * 40),
        ("...", "priority"),
    ],
)  # fmt: skip
def test_an_id_is_made_from_a_title(title: str, id_: str):
    assert slug(title) == id_


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_title_gives_an_id_that_is_safe_as_the_name_of_a_file(title: str):
    assert ID.fullmatch(slug(title))
    assert len(slug(title)) <= 50
    assert not re.fullmatch(r"con|prn|aux|nul|(com|lpt)[0-9]", slug(title))


# --- two at once ---


def test_changes_of_different_fields_are_merged(folder: Path):
    mine, theirs = PlanStore(folder), PlanStore(folder)
    theirs.set(STATEMENT, "Theirs")
    theirs.save()
    mine.set(TITLE, "Mine")
    assert mine.save().merged == (STATEMENT,)
    assert (mine.raw(TITLE), mine.raw(STATEMENT)) == ("Mine", "Theirs")
    assert waits(folder).read_text() == WAITS.replace("Waits ", "Mine ").replace("Seen quickly", "Theirs")


def test_a_note_added_by_hand_meanwhile_stays(folder: Path):
    store = PlanStore(folder)
    store.set(TITLE, "Mine")
    waits(folder).write_text(WAITS.replace("# About waits", "# About waits\n# and more"))
    assert store.save().merged == ()
    assert waits(folder).read_text().startswith("# About waits\n# and more\ntitle: Mine   # short\n")


def test_changes_of_other_files_are_taken_over(folder: Path):
    mine, theirs = PlanStore(folder), PlanStore(folder)
    theirs.add_priority("New")
    theirs.set("plan/title", "Theirs")
    theirs.save()
    mine.set(TITLE, "Mine")
    assert set(mine.save().merged) == {"plan/title", "plan/order", "priorities/new"}
    assert [priority.id for priority in mine.read().plan.priorities] == ["waits", "new"]


def test_priorities_added_on_both_sides_are_all_there(folder: Path):
    mine, theirs = PlanStore(folder), PlanStore(folder)
    mine.add_priority("Mine")
    theirs.add_priority("Theirs")
    theirs.save()
    mine.save()
    assert [priority.id for priority in read_plan(folder).plan.priorities] == ["waits", "mine", "theirs"]


def test_the_same_field_changed_differently_is_refused_and_nothing_is_written(folder: Path):
    mine, theirs = PlanStore(folder), PlanStore(folder)
    theirs.set(TITLE, "Theirs")
    theirs.save()
    before = everything(folder)
    mine.set(TITLE, "Mine")
    mine.set("plan/title", "Also changed")
    with pytest.raises(PlanConflictError) as caught:
        mine.save()
    assert everything(folder) == before
    assert mine.unsaved
    (conflict,) = caught.value.conflicts
    assert (conflict.where, conflict.label) == (TITLE, "Priority")
    assert str(caught.value) == (
        'priorities/waits/title, "Priority": it was "Waits", here it is "Mine", on disk it is now "Theirs".'
    )


def test_a_choice_settles_a_conflict(folder: Path):
    for choice, wins in (("mine", "Mine"), ("theirs", "Theirs")):
        waits(folder).write_text(WAITS)
        mine, theirs = PlanStore(folder), PlanStore(folder)
        theirs.set(TITLE, "Theirs")
        theirs.save()
        mine.set(TITLE, "Mine")
        mine.save(choice)  # type: ignore[arg-type]
        assert mine.raw(TITLE) == PlanStore(folder).raw(TITLE) == wins
        assert not mine.unsaved


def test_a_row_removed_there_and_changed_here_is_a_conflict(folder: Path):
    mine, theirs = PlanStore(folder), PlanStore(folder)
    theirs.remove_row("priorities/waits/outcomes/o1")
    theirs.save()
    mine.set(STATEMENT, "Mine")
    with pytest.raises(PlanConflictError) as caught:
        mine.save()
    (conflict,) = caught.value.conflicts
    assert (conflict.where, conflict.theirs) == ("priorities/waits/outcomes/o1", "removed")


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_a_file_removed_there_and_changed_here_is_a_conflict(folder: Path, choice: str):
    store = PlanStore(folder)
    store.set(TITLE, "Mine")
    waits(folder).unlink()
    with pytest.raises(PlanConflictError) as caught:
        store.save()
    assert (caught.value.conflicts[0].where, caught.value.conflicts[0].theirs) == ("priorities/waits", "removed")
    assert not waits(folder).exists()
    store.save(choice)  # type: ignore[arg-type]
    assert waits(folder).exists() == (choice == "mine")


def test_a_file_removed_here_and_changed_there_is_a_conflict(folder: Path):
    store = PlanStore(folder)
    store.remove_priority("waits")
    waits(folder).write_text(WAITS.replace("Share", "Number"))
    with pytest.raises(PlanConflictError) as caught:
        store.save()
    assert caught.value.conflicts[0].mine == "removed"
    assert waits(folder).exists()
    store.save("mine")
    assert not waits(folder).exists()


def test_a_file_that_became_unreadable_is_never_overwritten(folder: Path):
    store = PlanStore(folder)
    store.set(TITLE, "Mine")
    waits(folder).write_text("title: [\n")
    with pytest.raises(PlanReadError, match=r"priorities/waits\.yaml, line 1"):
        store.save()
    assert waits(folder).read_text() == "title: [\n"
    assert store.raw(TITLE) == "Mine"
    waits(folder).write_text(WAITS)
    store.save()
    assert waits(folder).read_text() == WAITS.replace("title: Waits", "title: Mine")


def test_a_broken_file_of_another_priority_is_not_in_the_way(folder: Path):
    store = PlanStore(folder)
    (folder / "priorities" / "broken.yaml").write_text("a: [\n")
    store.set(TITLE, "Mine")
    store.save()
    assert (folder / "priorities" / "broken.yaml").read_text() == "a: [\n"
    assert len(store.read().problems_of("broken")) == 1
    with pytest.raises(PlanReadError):
        store.set("priorities/broken/title", "x")


def test_refresh_takes_over_what_changed_on_disk_unless_something_is_unsaved(folder: Path):
    store = PlanStore(folder)
    assert not store.refresh()
    waits(folder).write_text(WAITS.replace("Waits", "By hand"))
    assert store.refresh()
    assert store.raw(TITLE) == "By hand"
    store.set(TITLE, "Mine")
    waits(folder).write_text(WAITS.replace("Waits", "By hand again"))
    assert not store.refresh()
    assert store.raw(TITLE) == "Mine"


def test_only_what_changed_is_read_again(folder: Path):
    (folder / "priorities" / "other.yaml").write_text("title: O\n")
    store = PlanStore(folder)
    first = store.read().plan
    store.set(TITLE, "Mine")
    second = store.read().plan
    assert second.priority("other") is first.priority("other")
    assert second.priority("waits") is not first.priority("waits")
    (folder / "data").mkdir()
    (folder / "data" / "w.csv").write_text("when,value\n2018,1\n")
    store.set(f"{INDICATORS}/i1/data_files", ["data/w.csv"])
    assert len(store.read().plan.priorities[0].indicators[0].observations) == 1
    (folder / "data" / "w.csv").write_text("when,value\n2018,1\n2019,2\n")
    assert len(store.read().plan.priorities[0].indicators[0].observations) == 2


# --- the folder ---


def test_earlier_versions_are_kept_and_the_oldest_go(folder: Path):
    store = PlanStore(folder)
    for number in range(on_disk.KEPT_VERSIONS + 5):
        store.set(TITLE, f"Waits {number}")
        store.save()
    kept = sorted((folder / ".rdlib" / "versions" / "priorities" / "waits.yaml").iterdir())
    assert len(kept) in (on_disk.KEPT_VERSIONS, on_disk.KEPT_VERSIONS + 1)  # one more when midnight passes
    assert f"Waits {on_disk.KEPT_VERSIONS + 3} " in kept[-1].read_text()


def test_the_last_version_of_each_earlier_day_is_kept(folder: Path):
    place = folder / ".rdlib" / "versions" / "priorities" / "waits.yaml"
    place.mkdir(parents=True)
    for day in range(1, 5):
        for hour in range(10):
            (place / f"2018010{day}T{hour:02}0000.000000Z.yaml").write_text("old")
    store = PlanStore(folder)
    for number in range(on_disk.KEPT_VERSIONS):
        store.set(TITLE, f"Waits {number}")
        store.save()
    old = sorted(path.name for path in place.glob("2018*"))
    assert old == [f"2018010{day}T090000.000000Z.yaml" for day in range(1, 5)]


def test_the_mode_of_a_file_is_kept(folder: Path):
    waits(folder).chmod(0o640)
    store = PlanStore(folder)
    store.set(TITLE, "Mine")
    store.save()
    assert stat.S_IMODE(waits(folder).stat().st_mode) == 0o640


def test_a_link_is_followed_inside_the_folder_and_refused_outside(folder: Path, tmp_path: Path):
    (folder / "shared").mkdir()
    waits(folder).rename(folder / "shared" / "w.yaml")
    waits(folder).symlink_to(folder / "shared" / "w.yaml")
    store = PlanStore(folder)
    store.set(TITLE, "Mine")
    store.save()
    assert waits(folder).is_symlink()
    assert "title: Mine" in (folder / "shared" / "w.yaml").read_text()
    (tmp_path / "out.yaml").write_text("title: Out\n")
    (folder / "priorities" / "out.yaml").symlink_to(tmp_path / "out.yaml")
    (problem,) = read_plan(folder).problems
    assert (problem.file, problem.found) == ("priorities/out.yaml", "a link to a place outside the plan's folder")
    with pytest.raises(PlanFolderError, match="nothing is written there"):
        on_disk.replace(folder, "priorities/out.yaml", b"x")
    assert (tmp_path / "out.yaml").read_text() == "title: Out\n"


def test_what_is_no_file_is_a_problem(folder: Path):
    (folder / "priorities" / "folder.yaml").mkdir()
    (folder / "priorities" / "nowhere.yaml").symlink_to(folder / "gone.yaml")
    os.mkfifo(folder / "priorities" / "pipe.yaml")
    (folder / "priorities" / "huge.yaml").write_bytes(b"a: " + b"x" * 2_000_001)
    found = {problem.file: problem.found for problem in read_plan(folder).problems}
    assert found == {
        "priorities/folder.yaml": "something that is not a file",
        "priorities/huge.yaml": "a file of 2.0 MB",
        "priorities/nowhere.yaml": "a link that leads nowhere",
        "priorities/pipe.yaml": "something that is not a file",
    }


def test_only_stale_left_overs_are_tidied_away(folder: Path):
    old, new = folder / "priorities" / ".waits.yaml-1.tmp", folder / "priorities" / ".waits.yaml-2.tmp"
    old.write_text("half")
    new.write_text("half")
    os.utime(old, (1, 1))
    store = PlanStore(folder)
    store.set(TITLE, "Mine")
    store.save()
    assert (old.exists(), new.exists()) == (False, True)


def test_a_write_that_fails_leaves_the_old_file_and_the_edit(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    store = PlanStore(folder)
    store.set(TITLE, "Mine")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(PlanFolderError, match="could not be written: No space left on device"):
            store.save()
    assert waits(folder).read_text() == WAITS
    assert not list(folder.rglob("*.tmp"))
    assert store.unsaved
    store.save()
    assert PlanStore(folder).raw(TITLE) == "Mine"


def test_a_folder_that_somebody_else_is_saving_is_left_after_a_while(folder: Path, monkeypatch: pytest.MonkeyPatch):
    from filelock import FileLock

    monkeypatch.setattr("rdlib.plan.store.LOCK_SECONDS", 0.05)
    store = PlanStore(folder)
    store.set(TITLE, "Mine")
    (folder / ".rdlib").mkdir()
    with FileLock(folder / ".rdlib" / "lock"), pytest.raises(PlanFolderError, match="Another program has been saving"):
        store.save()
    assert waits(folder).read_text() == WAITS
    store.save()


def test_a_file_that_was_not_changed_is_not_written(folder: Path):
    waits(folder).write_bytes(WAITS.replace("\n", "\r\n", 3).encode())  # mixed line ends, no complaint, no tidying
    before = waits(folder).read_bytes()
    store = PlanStore(folder)
    store.set("plan/title", "Other")
    store.save()
    assert waits(folder).read_bytes() == before


# --- speed ---


def test_a_large_plan_is_read_once_and_one_change_reads_one_file_again(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """Which files are taken apart is counted; how long that takes is measured in benchmarks/, not here."""
    read: list[str] = []

    def counted(file: str, text: str) -> Map:
        read.append(file)
        return parse(file, text)

    monkeypatch.setattr(documents, "parse", counted)
    for number in range(1303):
        (folder / "priorities" / f"p{number}.yaml").write_text(WAITS)
    store = PlanStore(folder)
    assert len(store.read().plan.priorities) == 1304
    assert len(read) == 1305  # each priority and the title page, once
    read.clear()
    store.set("priorities/p7/title", "Other")
    assert store.read().plan.priority("p7").title == "Other"  # type: ignore[union-attr]  # it is there
    assert set(read) <= {"priorities/p7.yaml"}
    read.clear()
    assert len(read_priority(folder, "p7").plan.priorities) == 1
    assert sorted(read) == ["plan.yaml", "priorities/p7.yaml"]

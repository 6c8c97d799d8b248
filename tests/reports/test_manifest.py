from pathlib import Path

import attrs
import pytest

from rdlib.reports import manifest
from rdlib.reports.manifest import Entry, Manifest, State
from tests.reports.plans import make_plan

ENTRY = Entry(
    id="waits",
    title="Shorter waits",
    state=State.DONE,
    seconds=1.5,
    error=None,
    page="waits.html",
    notebook="notebooks/waits.ipynb",
    parameters={"priority": "waits"},
    inputs={"plan.yaml": "1"},
    made_with={"rdlib": "2"},
    outputs={"waits.html": "3"},
)


def test_what_is_written_is_read_again(tmp_path: Path):
    written = Manifest((ENTRY, attrs.evolve(ENTRY, id="", state=State.FAILED, error="It is broken.")))
    manifest.write(tmp_path, written)
    assert manifest.read(tmp_path) == written
    assert written.entry("waits") == ENTRY
    assert written.entry("other") is None


@pytest.mark.parametrize("text", ["", "[]", "{", '{"schema": 99, "reports": []}', '{"schema": 1, "reports": [{}]}'])
def test_a_manifest_that_cannot_be_used_counts_as_none(tmp_path: Path, text: str):
    (tmp_path / manifest.NAME).write_text(text, encoding="utf-8")
    assert manifest.read(tmp_path) == Manifest()


def test_no_manifest_is_an_empty_one(tmp_path: Path):
    assert manifest.read(tmp_path) == Manifest()


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "page.html"
    manifest.write_whole(file, "old")

    def broken(_handle: int) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("os.fsync", broken)
    with pytest.raises(OSError, match="full"):
        manifest.write_whole(file, "new")
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_hashes_tell_contents_and_names_apart(tmp_path: Path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("a", encoding="utf-8")
    two.write_text("b", encoding="utf-8")
    first = manifest.hash_of_all(tmp_path, [two, one])
    assert first == manifest.hash_of_all(tmp_path, [one, two])
    assert manifest.hash_of(one) != manifest.hash_of(two)
    assert manifest.hash_of(tmp_path / "three") == "gone"
    two.rename(tmp_path / "three")
    assert first != manifest.hash_of_all(tmp_path, [one, tmp_path / "three"])


def test_the_files_of_a_plan_are_those_that_it_is_read_from(tmp_path: Path):
    plan = make_plan(tmp_path / "plan", waits="title: Waits\n")
    (plan / "notes.txt").write_text("mine", encoding="utf-8")
    (plan / "priorities" / ".waits.yaml.swp").write_text("", encoding="utf-8")
    assert manifest.plan_files(plan) == ["data/waits.csv", "plan.yaml", "priorities/waits.yaml"]

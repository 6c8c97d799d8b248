"""Mapping files are read, or refused with each line that is not understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from rdlib import paths
from rdlib.tables.importing import mapping_for
from rdlib.tables.mapping import Source
from rdlib.tables.mapping_file import MappingError, find_mapping, read_mapping, shipped
from tests.tables.books import mapping


def told(folder: Path, text: str) -> list[str]:
    """What is told of a mapping that cannot be used, without the folder."""
    with pytest.raises(MappingError) as refused:
        mapping(folder, text)
    return str(refused.value).splitlines()


def test_a_value_comes_from_a_column_a_text_or_the_first_that_gives_something(tmp_path: Path):
    text = """\
tables:
  - priority:
      title: Programme
      summary: "{A} of {B}"
      leaders: {fixed: minister}
      stakeholders: [Partner, {column: Who, split: ";"}]
"""
    fields = mapping(tmp_path, text).tables[0].rows["priority"]
    assert fields == {
        "title": Source(column="Programme"),
        "summary": Source(text="{A} of {B}"),
        "leaders": Source(fixed="minister"),
        "stakeholders": Source(first=(Source(column="Partner"), Source(column="Who", split=";"))),
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tabels: []\n", ['line 1: found "tabels". Accepted: one of these: tables.', "a list of tables"]),
        ("tables:\n  - priority: {titel: A}\n", ['line 2, "priority": found "titel"', "title"]),
        ("tables:\n  - prioritys: {title: A}\n", ['found "prioritys"', "priority"]),
        ("tables:\n  - indicators: {name: A}\n", ["“priority”", "belongs_to"]),
        ("tables:\n  - priority: {title: {colum: A}}\n", ['found "colum"', "column", "found nothing"]),
        ("tables:\n  - header: top\n    priority: {title: A}\n", ['line 2, "header": found "top"']),
        ("tables:\n  - columns: B to N\n    priority: {title: A}\n", ["B:N"]),
        ("tables:\n  - again: last\n    priority: {title: A}\n", ["refuse, first"]),
        ("tables:\n  - lookup: {file: a.csv}\n    priority: {title: A}\n", ["no “column”", "no “equals”", "no “as”"]),
        ("tables:\n  - priority: {title: A, summary: {column: B, unread: nowhere}}\n", ['found "nowhere"']),
        ("plan: {titel: X}\ntables:\n  - priority: {title: A}\n", ['"plan": found "titel"']),
        ("tables:\n  - priority: {title: A\n", ["bracket"]),
        ("tables: *x\n", ["*x"]),
    ],
)
def test_each_slip_is_told_with_its_line(tmp_path: Path, text: str, says: list[str]):
    problems = "\n".join(told(tmp_path, text))
    assert problems.startswith("mapping.yaml")
    for words in says:
        assert words in problems


def test_all_slips_are_told_at_once(tmp_path: Path):
    text = "language: de\ntables:\n  - header: x\n    priority: {titel: A}\n  - people: {nam: B}\n"
    assert [line.split(":")[0] for line in told(tmp_path, text)] == [
        'mapping.yaml, line 4, "priority"',
        'mapping.yaml, line 3, "header"',
        'mapping.yaml, line 5, "people"',
        'mapping.yaml, line 1, "language"',
    ]


def test_a_mapping_may_know_several_languages(tmp_path: Path):
    path = tmp_path / "m.yaml"
    path.write_text(
        "languages: [en, fr]\nlanguage: <language>\ntables:\n  - priority: {title: name_<language>}\n", encoding="utf-8"
    )
    assert read_mapping(path).tables[0].rows["priority"]["title"].column == "name_en"
    assert read_mapping(path, "fr").language == "fr"
    assert read_mapping(path, "fr").tables[0].rows["priority"]["title"].column == "name_fr"
    with pytest.raises(MappingError, match="en, fr"):
        read_mapping(path, "de")


def test_the_mappings_of_the_kit_can_be_read():
    assert shipped() == ["gc-infobase", "nhs-ae"]
    for name in shipped():
        assert read_mapping(find_mapping(name)).tables
        assert (paths.templates() / "mappings" / f"{name}.yaml").is_file()
    assert mapping_for(None).tables
    with pytest.raises(MappingError, match="gc-infobase, nhs-ae"):
        find_mapping("nothing")

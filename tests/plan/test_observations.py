"""Measured values in CSV files: read as they are meant, or refused with line and column."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rdlib.plan import observations
from rdlib.plan.observations import MAX_FLAWS, Flaw, Series, read_series
from rdlib.plan.values import Missing


@pytest.fixture
def csv(tmp_path: Path):
    def write(content: str | bytes, **options: object) -> Series:
        path = tmp_path / "waits.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        names = options.pop("names", ("i1", "waits/i1"))
        return read_series(path, names, **options)  # type: ignore[arg-type]

    return write


def values(series: Series) -> list[object]:
    return [observation.value for observation in series.observations]


def test_values_are_read_with_their_breakdown_and_note(csv):
    series = csv("when,value,region,note\n2018-04,86.5,,\n2018-04,84,North,new register\n")
    whole, north = series.observations
    assert (whole.when.start, whole.value, whole.breakdown, whole.note) == (date(2018, 4, 1), 86.5, {}, None)
    assert (north.value, north.breakdown, north.note) == (84.0, {"region": "North"}, "new register")
    assert series.flaws == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_first_line_tells_what_separates_the_cells(csv, delimiter: str):
    series = csv(
        delimiter.join(["When", "VALUE", "region"]) + "\n" + delimiter.join(["2018", "5", "a, b" * (delimiter != ",")])
    )
    assert values(series) == [5.0]
    assert series.flaws == ()


def test_a_decimal_comma_is_read_in_a_file_with_semicolons_or_a_french_plan(csv):
    assert values(csv("when;value\n2018;1,234\n")) == [1.234]
    assert values(csv('when,value\n2018,"1,234"\n')) == [1234.0]
    assert values(csv('when,value\n2018,"1,234"\n', decimal_comma=True)) == [1.234]


def test_an_empty_value_is_no_value_and_a_knowingly_missing_one_is_kept(csv):
    series = csv("when,value\n2018,\n2019,TBD\n2020,N/A\n2021,0\n,\n\n")
    assert values(series) == [Missing.TO_BE_DETERMINED, Missing.NOT_APPLICABLE, 0.0]
    assert series.flaws == ()


def test_a_percent_sign_is_fine_only_where_the_unit_is_percent(csv):
    assert values(csv("when,value\n2018,85 %\n", unit="%")) == [85.0]
    series = csv("when,value\n2018,85 %\n", unit="days")
    assert values(series) == []
    (flaw,) = series.flaws
    assert (flaw.line, flaw.column, flaw.found) == (2, "value", '"85 %"')
    assert 'since the unit here is "days"' in flaw.accepted


def test_the_fiscal_year_of_the_plan_counts(csv):
    (observation,) = csv("when,value\n2018/19 Q1,5\n", fiscal_start=7).observations
    assert observation.when.start == date(2018, 7, 1)


def test_a_shared_file_gives_each_indicator_its_rows(csv):
    text = "indicator,when,value\ni1,2018,1\ni2,2018,2\nwaits/i1,2019,3\nother/i1,2019,4\n"
    series = csv(text)
    assert values(series) == [1.0, 3.0]
    assert series.others == (("i2", 3), ("other/i1", 5))
    assert values(csv(text, names=("i2", "waits/i2"))) == [2.0]


def test_a_row_of_a_shared_file_must_say_whose_it_is(csv):
    assert csv("indicator,when,value\n,2018,1\n,2019,\n").flaws == (
        Flaw(2, "indicator", "nothing", "the id of the indicator that the row is about"),
    )


def test_what_cannot_be_read_is_said_with_line_and_column_and_the_rest_is_read(csv):
    series = csv('when,value,note\n2018,many,\nsoon,5,\n,6,\n"2019",7,"two\nlines"\n2020,8\n2020,9\n2021,1,x,y\n')
    assert values(series) == [7.0, 8.0]
    assert [(flaw.line, flaw.column, flaw.found) for flaw in series.flaws] == [
        (2, "value", '"many"'),
        (3, "when", '"soon"'),
        (4, "when", "nothing"),
        (8, "value", 'a second value for "2020" (first in line 7)'),
        (9, "", "4 cells"),
    ]


def test_the_same_period_written_differently_is_a_second_value_and_another_group_is_not(csv):
    assert csv("when,value,region\n2018-04,1,\nApril 2018,2,\n").flaws[0].line == 3
    assert csv("when,value,region\n2018-04,1,\n2018-04,2,North\n").flaws == ()


def test_many_flaws_end_in_one_that_says_how_many_more_there_are(csv):
    series = csv("when,value\n" + "2018,x\n" * (MAX_FLAWS + 7))
    assert len(series.flaws) == MAX_FLAWS + 1
    assert series.flaws[-1] == Flaw(None, "", "7 more lines like these", "lines as described above")
    assert len(csv("when,value\n" + "2018,x\n" * MAX_FLAWS).flaws) == MAX_FLAWS


@pytest.mark.parametrize(
    ("content", "line", "column", "found"),
    [
        ("", None, "", "nothing"),
        ("\n\n", None, "", "nothing"),
        ("period,value\n2018,1\n", 1, "when", "no column of this name, only period, value"),
        ("when,value,a,a\n", 1, "a", "two columns of this name"),
        ('when,value\n2018,"1\n2019,2\n', 2, "", "a quotation mark that is never closed, or text behind a closing one"),
        ('when,value\n2018,"1"2\n', 2, "", "a quotation mark that is never closed, or text behind a closing one"),
        (b"when,value,note\n2018,1,caf\xe9\n", 2, "", "a character that is not in UTF-8"),
        ("when,value\n2018,1\n".encode("utf-16"), 1, "", "a character that is not in UTF-8"),
    ],
)
def test_a_file_that_is_no_data_file_says_why(csv, content: str | bytes, line: int | None, column: str, found: str):
    flaw = csv(content).flaws[0]
    assert (flaw.line, flaw.column, flaw.found) == (line, column, found)
    assert flaw.accepted


def test_a_byte_order_mark_and_windows_line_ends_are_fine(csv):
    assert values(csv(b"\xef\xbb\xbfwhen,value\r\n2018,1\r\n2019,2\r\n")) == [1.0, 2.0]


def test_a_file_that_is_too_large_is_not_read(csv, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(observations, "MAX_BYTES", 1_000_000)
    series = csv("when,value\n" + "2018,1\n" * 200_000)
    assert series.flaws == (Flaw(None, "", "a file of 1 MB", "at most 1 MB"),)


def test_a_file_is_read_again_only_when_it_changed(csv, tmp_path: Path):
    first = csv("when,value\n2018,1\n")
    assert read_series(tmp_path / "waits.csv", ("i1", "waits/i1")) is first
    assert values(csv("when,value\n2018,1\n2019,22\n")) == [1.0, 22.0]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='when,value\n;\t"2018 x\r\x00é', max_size=60) | st.binary(max_size=40))
def test_any_content_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: str | bytes):
    path = tmp_path_factory.mktemp("data") / "any.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    series = read_series(path, ("i1",))
    assert all(flaw.found and flaw.accepted for flaw in series.flaws)
    assert series.observations or series.flaws or b"when" in path.read_bytes().lower()

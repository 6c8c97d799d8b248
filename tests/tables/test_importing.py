"""Tables as they come from real offices: what they say arrives in the plan, or is told with its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import numbers

from rdlib.plan import PlanFolderError, PlanStore, read_plan
from rdlib.plan import folder as on_disk
from rdlib.plan.values import Missing, Period
from rdlib.tables.importing import import_file
from rdlib.tables.problems import ImportRefusedError
from tests.tables.books import WAITS, mapping, place_of, refused, taken, xlsx

HEAD = ["Programme", "Indicator", "Unit", "Target", "Due"]
ROW: list[Any] = ["Waits", "Within four hours", "%", 85, "2018-03"]


def test_a_plain_table_becomes_a_plan(tmp_path: Path):
    plan, done = taken(tmp_path, xlsx(tmp_path / "in.xlsx", [HEAD, ROW, ["Waits", "Deaths", "", "TBD", "2018/19"]]))
    (priority,) = plan.priorities
    first, second = priority.indicators
    assert (priority.id, priority.title) == ("waits", "Waits")
    assert (first.name, first.unit, first.target.value) == ("Within four hours", "%", 85.0)
    assert first.target.due == Period(date(2018, 3, 1), date(2018, 3, 31))
    assert second.target.value is Missing.TO_BE_DETERMINED
    assert done.new
    assert done.added == {"indicators": 2, "priority": 1}


def test_rows_above_the_headings_and_empty_rows_and_columns_do_not_matter(tmp_path: Path):
    rows: list[list[Any]] = [
        ["Report of 2018"],
        [],
        [None, "Source: returns"],
        [None, *HEAD],
        [],
        [None, *ROW],
        [],
        [],
        [None, None],
    ]
    plan, _done = taken(tmp_path, xlsx(tmp_path / "in.xlsx", rows))
    assert [i.name for i in plan.priorities[0].indicators] == ["Within four hours"]


def test_two_rows_of_headings_give_the_group_and_the_column(tmp_path: Path):
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["", "", "Target", "", "Baseline", ""], ["Programme", "Indicator", "Value", "By", "Value", "By"]):
        sheet.append(row)
    sheet.append(["Waits", "Within four hours", 85, "2018-03", 70, "2016"])
    sheet.merge_cells("C1:D1")
    sheet.merge_cells("E1:F1")
    book.save(tmp_path / "in.xlsx")
    text = """\
tables:
  - header_rows: 2
    priority: {title: Programme}
    indicators: {name: Indicator, target/value: "Target: Value", baseline/value: "Baseline: Value"}
"""
    (indicator,) = taken(tmp_path, tmp_path / "in.xlsx", text)[0].priorities[0].indicators
    assert (indicator.target.value, indicator.baseline.value) == (85.0, 70.0)
    (problem,) = refused(tmp_path, tmp_path / "in.xlsx", text.replace('"Target: Value"', "Value"))
    assert "C (“Target: Value”), E (“Baseline: Value”)" in problem


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!"])
def test_a_formula_that_failed_is_told_and_never_read(tmp_path: Path, error: str):
    rows: list[list[Any]] = [
        HEAD,
        ["Waits", "One", "%", error, "2018"],
        ["Waits", error, "%", 3, "2018"],
        [error, "Two", "", 1, ""],
    ]
    problems = refused(tmp_path, xlsx(tmp_path / "in.xlsx", rows))
    assert [place_of(problem) for problem in problems] == ["D2", "B3", "A4"]
    assert all(error in problem for problem in problems)
    csv = tmp_path / "in.csv"
    csv.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    assert [place_of(problem) for problem in refused(tmp_path, csv)] == ["D2", "B3", "A4"]


def test_a_formula_without_its_result_is_told(tmp_path: Path):
    (problem,) = refused(tmp_path, xlsx(tmp_path / "in.xlsx", [HEAD, [*ROW[:3], "=40+45", "2018"]]))
    assert place_of(problem) == "D2"
    assert "=40+45" in problem
    assert "save it" in problem


def test_all_problems_are_told_at_once_with_what_is_accepted(tmp_path: Path):
    rows: list[list[Any]] = [
        HEAD,
        ["Waits", "One", "days", "many", "soon"],
        ["Waits", "Two", "", "85%", "03/04/2018"],
        [None, "Three"],
    ]
    problems = refused(tmp_path, xlsx(tmp_path / "in.xlsx", {"Targets": rows}))
    assert [place_of(problem) for problem in problems] == ["D2", "E2", "D3", "E3", "A4"]
    assert problems[0].startswith('in.xlsx, sheet “Targets”, row 2, column D (“Target”): found "many". Accepted: a num')
    assert "2018-04-03 or 2018-03-04" in problems[3]


def test_merged_cells_count_for_each_row_that_they_cover(tmp_path: Path):
    path = xlsx(
        tmp_path / "in.xlsx", [HEAD, ROW, [None, "Deaths", "", 3, "2018"], ["Schools", "Reading", "", 4, "2018"]]
    )
    book = load_workbook(path)
    book["Data"].merge_cells("A2:A3")
    book.save(path)
    plan, _done = taken(tmp_path, path)
    assert {p.title: len(p.indicators) for p in plan.priorities} == {"Waits": 2, "Schools": 1}


def test_a_name_that_stands_only_in_the_first_row_of_its_group_is_filled_down_when_asked(tmp_path: Path):
    path = xlsx(tmp_path / "in.xlsx", [HEAD, ROW, [None, "Deaths", "", 3, "2018"]])
    assert place_of(refused(tmp_path, path)[0]) == "A3"
    plan, _done = taken(tmp_path, path, WAITS + "    fill_down: Programme\n")
    assert len(plan.priorities[0].indicators) == 2


@pytest.mark.parametrize(
    ("value", "form", "due"),
    [
        (date(2018, 3, 1), "mmm yyyy", "2018-03"),
        (date(2018, 3, 1), "mmm-yy", "2018-03"),
        (date(2018, 3, 1), "yyyy", "2018"),
        (date(2018, 3, 31), "dd/mm/yyyy", "2018-03-31"),
        (43190, "General", "2018-03-31"),
        (2018, "General", "2018"),
        ("Mar 2018", "@", "Mar 2018"),
        ("2018-03", "@", "2018-03"),
        ("2018-3", "@", "2018-03"),
        ("2018/19", "@", "2018/19"),
        ("31/03/2018", "@", "2018-03-31"),
        ("mars 2018", "@", "mars 2018"),
    ],
)
def test_dates_of_every_kind_in_one_column(tmp_path: Path, value: object, form: str, due: str):
    path = xlsx(tmp_path / "in.xlsx", [HEAD, [*ROW[:4], value]])
    book = load_workbook(path)
    book["Data"]["E2"].number_format = form
    book.save(path)
    taken(tmp_path, path)
    assert PlanStore(tmp_path / "plan").raw("priorities/waits/indicators/i1/target/due") == due


@pytest.mark.parametrize(
    ("value", "form", "unit", "read"),
    [
        (0.85, "0%", "%", 85.0),
        (0.855, "0.0%", "%", 85.5),
        (85, "General", "%", 85.0),
        ("85 %", "@", "%", 85.0),
        ("1,234.5", "@", "", 1234.5),
        ("1 234,5", "@", "", 1234.5),
        ("1\u202f234", "@", "", 1234.0),
        ("-3", "@", "", -3.0),
        ("\u22123", "@", "", -3.0),
        ("12", "@", "", 12.0),
        ("$1,000", "@", "$", 1000.0),
        (1234567.891, "#,##0", "", 1234567.891),
    ],
)
def test_numbers_of_every_kind(tmp_path: Path, value: object, form: str, unit: str, read: float):
    path = xlsx(tmp_path / "in.xlsx", [HEAD, ["Waits", "One", unit, value, "2018"]])
    book = load_workbook(path)
    book["Data"]["D2"].number_format = form
    book.save(path)
    assert taken(tmp_path, path)[0].priorities[0].indicators[0].target.value == read


def test_shares_are_percent_when_the_mapping_says_so(tmp_path: Path):
    path = xlsx(tmp_path / "in.xlsx", [HEAD, ["Waits", "One", "%", 0.85, "2018"]])
    assert taken(tmp_path, path)[0].priorities[0].indicators[0].target.value == 0.85
    text = WAITS.replace("target/value: Target", "target/value: {column: Target, shares: yes}")
    (tmp_path / "b").mkdir()
    assert taken(tmp_path / "b", path, text)[0].priorities[0].indicators[0].target.value == 85.0


def test_a_percent_cell_needs_the_unit_percent(tmp_path: Path):
    path = xlsx(tmp_path / "in.xlsx", [HEAD, ["Waits", "One", "days", 0.85, "2018"]])
    book = load_workbook(path)
    book["Data"]["D2"].number_format = numbers.FORMAT_PERCENTAGE
    book.save(path)
    (problem,) = refused(tmp_path, path)
    assert '"85%"' in problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_texts_with_separators_in_every_usual_encoding(tmp_path: Path, encoding: str, separator: str):
    lines = [HEAD, ["Écoles d’été", "“Lecture”", "%", '"85,5"' if separator == "," else "85,5", "2018-03"]]
    (tmp_path / "in.csv").write_bytes("\r\n".join(separator.join(line) for line in lines).encode(encoding))
    (priority,) = taken(tmp_path, tmp_path / "in.csv")[0].priorities
    assert (priority.id, priority.title) == ("ecoles-d-ete", "Écoles d’été")
    assert (priority.indicators[0].name, priority.indicators[0].target.value) == ("“Lecture”", 85.5)


def test_a_comma_is_read_as_the_language_of_the_file_says(tmp_path: Path):
    (tmp_path / "in.csv").write_text('Programme,Indicator,Unit,Target,Due\nA,B,,"1,234",2018\n', encoding="utf-8")
    assert taken(tmp_path, tmp_path / "in.csv")[0].priorities[0].indicators[0].target.value == 1234.0
    (tmp_path / "fr").mkdir()
    french = taken(tmp_path / "fr", tmp_path / "in.csv", "language: fr\n" + WAITS)[0]
    assert (french.language, french.priorities[0].indicators[0].target.value) == ("fr", 1.234)


def test_totals_and_notes_are_told_or_left_out_as_asked(tmp_path: Path):
    path = xlsx(tmp_path / "in.xlsx", [HEAD, ROW, ["Total", None, None, 85], [], ["Note: estimated"]])
    problems = refused(tmp_path, path)
    assert "a row of totals, “Total”" in problems[0]
    text = WAITS + '    leave_out: {Programme: ["total*", "note:*"]}\n'
    plan, done = taken(tmp_path, path, text)
    assert len(plan.priorities) == 1
    assert done.remarks == ("in.xlsx, sheet “Data”: 2 rows left out, as the mapping says.",)
    (tmp_path / "b").mkdir()
    assert len(taken(tmp_path / "b", path, WAITS + "    last_row: 2\n")[0].priorities) == 1


def test_hidden_sheets_are_read_only_by_name_and_hidden_rows_are_told(tmp_path: Path):
    path = xlsx(tmp_path / "in.xlsx", {"Data": [HEAD, ROW], "Old": [HEAD, ["Old", "One", "", 1, "2001"]]})
    book = load_workbook(path)
    book["Old"].sheet_state = "hidden"
    book["Data"].row_dimensions[2].hidden = True
    book.save(path)
    plan, done = taken(tmp_path, path)
    assert [p.title for p in plan.priorities] == ["Waits"]
    assert "1 hidden row" in done.remarks[0]
    (tmp_path / "b").mkdir()
    plan, done = taken(tmp_path / "b", path, WAITS.replace("- priority", "- sheet: old\n    priority"))
    assert [p.title for p in plan.priorities] == ["Old"]
    assert "hidden" in done.remarks[0]


def test_several_sheets_need_a_name(tmp_path: Path):
    path = xlsx(tmp_path / "in.xlsx", {"A": [HEAD, ROW], "B": [HEAD, ROW]})
    (problem,) = refused(tmp_path, path)
    assert "“A”, “B”" in problem
    (problem,) = refused(tmp_path, path, WAITS.replace("- priority", "- sheet: C\n    priority"))
    assert "no sheet “C”" in problem


def test_a_heading_that_is_not_there_is_told_with_one_that_is_near(tmp_path: Path):
    (problem,) = refused(tmp_path, xlsx(tmp_path / "in.xlsx", [[*HEAD[:3], "Targets", "Due"], ROW]))
    assert "no column “Target”" in problem
    assert "“Targets”" in problem
    plan, _done = taken(tmp_path, tmp_path / "in.xlsx", WAITS.replace("target/value: Target", 'target/value: "[D]"'))
    assert plan.priorities[0].indicators[0].target.value == 85.0


def test_a_row_that_comes_twice_must_say_the_same(tmp_path: Path):
    path = xlsx(tmp_path / "in.xlsx", [HEAD, ROW, ROW, [*ROW[:3], 90, "2018-03"]])
    (problem,) = refused(tmp_path, path)
    assert place_of(problem) == "D4"
    assert "“85”" in problem
    assert "row 2, column D" in problem
    plan, done = taken(tmp_path, path, WAITS + "    again: first\n")
    assert plan.priorities[0].indicators[0].target.value == 85.0
    assert done.remarks


def test_a_wide_table_becomes_a_series(tmp_path: Path):
    rows: list[list[Any]] = [["Programme", "Indicator", 2015, 2016, date(2017, 1, 1)], ["Waits", "Days", 9, None, 7.5]]
    path = xlsx(tmp_path / "in.xlsx", rows)
    text = """\
tables:
  - across: "20*"
    priority: {title: Programme}
    indicators: {name: Indicator}
    indicators/observations: {when: {column: heading, period: year}, value: cell}
"""
    (indicator,) = taken(tmp_path, path, text)[0].priorities[0].indicators
    assert [(str(o.when), o.value) for o in indicator.observations] == [("2015", 9.0), ("2017", 7.5)]


def test_many_values_go_into_a_data_file_and_more_are_added_to_it(tmp_path: Path):
    text = """\
tables:
  - priority: {title: {fixed: Waits}}
    indicators: {name: {fixed: Days}}
    indicators/observations: {when: Month, value: Value}
"""
    rows: list[list[Any]] = [["Month", "Value"], *[[f"2017-{n:02d}", n] for n in range(1, 13)], ["2018-01", 13]]
    plan, _done = taken(tmp_path, xlsx(tmp_path / "in.xlsx", rows), text)
    assert plan.priorities[0].indicators[0].data_files == ("data/waits-i1.csv",)
    plan, done = taken(tmp_path, xlsx(tmp_path / "in.xlsx", [*rows, ["2018-02", 14]]), text)
    assert [o.value for o in plan.priorities[0].indicators[0].observations] == [float(n) for n in range(1, 15)]
    assert done.added == {"indicators/observations": 1}
    _plan, done = taken(tmp_path, xlsx(tmp_path / "in.xlsx", [rows[0], ["2018-02", 99]]), text)
    assert [(d.here, d.there) for d in done.differences] == [("14", "99")]


def test_what_cannot_be_read_is_kept_or_left_out_when_the_mapping_says_so(tmp_path: Path):
    rows: list[list[Any]] = [HEAD, ["Waits", "One", "", "as low as can be", "2018"]]
    path = xlsx(tmp_path / "in.xlsx", rows)
    text = WAITS.replace("target/value: Target", "target/value: {column: Target, unread: target/wording}")
    target = taken(tmp_path, path, text)[0].priorities[0].indicators[0].target
    assert (target.value, target.wording) == (None, "as low as can be")
    (tmp_path / "b").mkdir()
    plan, done = taken(tmp_path / "b", path, text.replace("target/wording", "leave out"))
    assert plan.priorities[0].indicators[0].target.value is None
    assert "“Target value” cannot be read" in done.remarks[0]


def test_two_columns_with_bounds_make_one_target(tmp_path: Path):
    rows: list[list[Any]] = [
        ["Indicator", "Low", "High", "Kind"],
        ["A", 80, None, "n"],
        ["B", None, 10, "n"],
        ["C", 5, 5, "n"],
        ["D", 5, 9, "n"],
        ["E", 10, 1, "text"],
    ]
    text = """\
tables:
  - priority: {title: {fixed: Waits}}
    indicators:
      name: Indicator
      target/at_least: {column: Low, when: {Kind: [n]}}
      target/at_most: {column: High, when: {Kind: [n]}}
"""
    targets = [i.target for i in taken(tmp_path, xlsx(tmp_path / "in.xlsx", rows), text)[0].priorities[0].indicators]
    assert [(t.kind, t.value, t.value_high) for t in targets] == [
        ("at-least", 80.0, None), ("at-most", 10.0, None), ("exactly", 5.0, None), ("between", 5.0, 9.0),
        (None, None, None),
    ]  # fmt: skip
    rows[5][3] = "n"
    (problem,) = refused(tmp_path, xlsx(tmp_path / "in.xlsx", rows), text)
    assert "“10” to “1”" in problem


def test_columns_of_another_file_are_found_by_a_key(tmp_path: Path):
    (tmp_path / "names.csv").write_text("code,title\nA-1,Waits\n", encoding="utf-8")
    path = xlsx(tmp_path / "in.xlsx", [["dept", "nr", "Indicator"], ["A", 1, "Days"], ["B", 2, "Deaths"]])
    text = """\
tables:
  - lookup: {file: names.csv, column: code, equals: "{dept}-{nr}", as: name, needed: yes}
    priority: {title: ["name: title", "Programme {dept}"]}
    indicators: {name: Indicator}
"""
    (problem,) = refused(tmp_path, path, text)
    assert "“B-2”" in problem
    assert place_of(problem).endswith("3")
    plan, _done = taken(tmp_path, path, text.replace("needed: yes", "needed: no"))
    assert sorted(p.title or "" for p in plan.priorities) == ["Programme B", "Waits"]
    (problem,) = refused(tmp_path, path, text.replace("names.csv", "nothing.csv"))
    assert "nothing.csv" in problem
    (problem,) = refused(tmp_path, path, text.replace("names.csv", "../names.csv"))
    assert "../names.csv" in problem


# --- into a plan that is there ---------------------------------------------------------------------------------------


@pytest.fixture
def there(tmp_path: Path) -> Path:
    taken(tmp_path, xlsx(tmp_path / "in.xlsx", [HEAD, ROW]))
    return tmp_path


def test_the_same_file_again_changes_nothing(there: Path):
    files = sorted((there / "plan").rglob("*.yaml"))
    before = [path.read_bytes() for path in files]
    _plan, done = taken(there, there / "in.xlsx")
    assert not done.added
    assert not done.filled
    assert before == [path.read_bytes() for path in files]


def test_what_is_new_is_added_and_what_is_empty_is_filled(there: Path):
    store = PlanStore(there / "plan")
    store.set("priorities/waits/indicators/i1/target/due", None)
    store.set("priorities/waits/summary", "Ours  # kept")
    store.save()
    rows: list[list[Any]] = [
        HEAD,
        ["waits ", "Within Four Hours", "%", 85.0, "2018-03"],
        ["Waits", "Deaths", "", 3, ""],
        ["New", "N"],
    ]
    plan, done = taken(there, xlsx(there / "in.xlsx", rows))
    assert done.added == {"indicators": 2, "priority": 1}
    assert done.filled == ("priorities/waits/indicators/i1/target/due",)
    assert [p.title for p in plan.priorities] == ["Waits", "New"]
    assert plan.priorities[0].summary == "Ours  # kept"
    assert [i.id for i in plan.priorities[0].indicators] == ["i1", "i2"]


def test_where_both_say_something_else_a_person_decides(there: Path):
    path = xlsx(there / "in.xlsx", [HEAD, [*ROW[:3], 90, "2018-03"]])
    plan, done = taken(there, path)
    (difference,) = done.differences
    assert str(difference) == (
        "priorities/waits/indicators/i1/target/value, “Target value”: the plan says “85”, "
        "in.xlsx, sheet “Data”, row 2, column D (“Target”) says “90”."
    )
    assert plan.priorities[0].indicators[0].target.value == 85.0
    assert taken(there, path, on_conflict="keep")[0].priorities[0].indicators[0].target.value == 85.0
    assert taken(there, path, on_conflict="take")[0].priorities[0].indicators[0].target.value == 90.0


def test_a_dry_run_writes_nothing(there: Path):
    path = xlsx(there / "in.xlsx", [HEAD, ["New", "N", "", 1, "2018"]])
    done = import_file(path, there / "plan", mapping(there), dry_run=True)
    assert done.added == {"indicators": 1, "priority": 1}
    assert len(read_plan(there / "plan").plan.priorities) == 1
    import_file(path, there / "fresh" / "plan", mapping(there), dry_run=True)
    assert not (there / "fresh").exists()


def test_a_save_that_fails_leaves_the_data_files_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    text = """\
tables:
  - priority: {title: {fixed: Waits}}
    indicators: {name: {fixed: Days}}
    indicators/observations: {when: Month, value: Value}
"""
    rows: list[list[Any]] = [["Month", "Value"], *[[f"20{n}", n] for n in range(10, 30)]]
    path = xlsx(tmp_path / "in.xlsx", rows)
    PlanStore.create(tmp_path / "plan", Path(__file__).parents[2] / "templates" / "plan")

    def full(folder: Path, file: str, content: bytes) -> tuple[int, ...]:
        if file.endswith(".yaml"):
            raise OSError(28, "No space left on device")
        return real(folder, file, content)

    real = on_disk.replace
    monkeypatch.setattr(on_disk, "replace", full)
    with pytest.raises(PlanFolderError, match="No space left"):
        import_file(path, tmp_path / "plan", mapping(tmp_path, text))
    assert not list((tmp_path / "plan" / "data").glob("*.csv"))
    assert len(read_plan(tmp_path / "plan").plan.priorities) == 1


# --- hostile text ----------------------------------------------------------------------------------------------------

HOSTILE = (
    "../../x", "/etc/passwd", "..\\..\\x", "C:\\x", "con", "a/b", "=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "- x",
    "# x", "key: value", "{a: b}", "[a]", "*a", "&a", "!x", "%x", "|", ">", "'", '"', "null", "~", "yes", "2018",
    "<script>x</script>", "{{ x }}", "a\tb", "\u202ereversed", "zero\u200bwidth", "x" * 300, "é" * 100, "优先", "😀",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_is_a_name_and_never_a_place(tmp_path: Path, name: str):
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, [name, name, "", 1, "2018"]):
        sheet.append(row)
    for cell in ("A2", "B2"):
        sheet[cell].data_type = "s"
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    book.save(folder / "in.xlsx")
    plan, _done = taken(folder, folder / "in.xlsx")
    (priority,) = plan.priorities
    seen = " ".join(name.replace("\u202e", "").replace("\u200b", "").split())
    assert priority.title == seen
    assert priority.indicators[0].name == seen
    outside = [path for path in tmp_path.rglob("*") if path.is_file() and folder / "plan" not in path.parents]
    assert {path.name for path in outside} == {"in.xlsx", "mapping.yaml"}
    assert len(list((folder / "plan" / "priorities").iterdir())) == 1


def test_an_id_with_a_path_in_it_is_made_harmless(tmp_path: Path):
    text = "tables:\n  - priority: {id: Code, title: Programme}\n"
    path = xlsx(tmp_path / "in.xlsx", [["Code", "Programme"], ["../../x", "A"], ["..\\x2", "B"]])
    plan, _done = taken(tmp_path, path, text)
    assert [p.id for p in plan.priorities] == ["x", "x2"]
    assert not (tmp_path / "x.yaml").exists()


def test_two_ids_that_are_one_as_the_name_of_a_file_are_one_row(tmp_path: Path):
    text = "tables:\n  - priority: {id: Code, title: Programme}\n"
    path = xlsx(tmp_path / "in.xlsx", [["Code", "Programme"], ["A-1", "A"], ["a 1", "B"]])
    (problem,) = refused(tmp_path, path, text)
    assert place_of(problem) == "B3"


def test_control_characters_are_left_out(tmp_path: Path):
    (tmp_path / "in.csv").write_bytes(b"Programme,Indicator,Unit,Target,Due\nA\x07B\x1b[31m,C,,1,2018\n")
    plan, _done = taken(tmp_path, tmp_path / "in.csv")
    assert plan.priorities[0].title == "AB[31m"


def test_nothing_to_import_is_said(tmp_path: Path):
    (problem,) = refused(tmp_path, xlsx(tmp_path / "in.xlsx", [HEAD]))
    assert "nothing to import" in problem
    with pytest.raises(ImportRefusedError):
        import_file(xlsx(tmp_path / "e.xlsx", {"Empty": []}), tmp_path / "none", mapping(tmp_path))

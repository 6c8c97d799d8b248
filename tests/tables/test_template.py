"""The spreadsheet to fill in: what stands in it comes back as the records of a plan."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from rdlib.plan import Plan, PlanFolderError, read_plan
from rdlib.plan.fields import LISTS, Field, Kind
from rdlib.plan.indicator import Indicator
from rdlib.plan.strategy import STRATEGIES, Strategy
from rdlib.plan.values import Missing, read_period
from rdlib.rules import registry
from rdlib.tables.importing import import_file
from rdlib.tables.mapping import label_of, paths_of
from rdlib.tables.problems import ImportRefusedError
from rdlib.tables.template import (
    EXAMPLE,
    FIRST,
    LABELS,
    TABLES,
    columns_of,
    make_template,
    template_mapping,
    write_template,
)
from rdlib.tables.values import option
from tests.tables.books import change, filled_template, headings, place_of

FULL: dict[str, list[dict[str, Any]]] = {
    "People": [{"Name": "Ann Lee", "Post": "Minister"}],
    "Priorities": [
        {"Priority": "Shorter waits", "Accountable leader": "Ann Lee", "Key stakeholders": "Doctors; nurses\nPatients"},
        {"Priority": "Reading"},
    ],
    "Outcomes": [
        {"Priority": "Shorter waits", "Outcome": "Nobody is harmed by waiting", "Level": "Long-term outcome"},
        {"Priority": "Shorter waits", "Outcome": "Seen in time", "Leads to": "Nobody is harmed by waiting"},
    ],
    "Indicators": [
        {
            "Priority": "Shorter waits", "Indicator": "Within four hours; all types",
            "Outcome it measures": "Seen in time", "Unit": "%",
            "Which way is better": "Higher is better", "3M evaluation: Meaningful?": "yes",
            "Baseline": "76.2 %", "Baseline: Baseline period": "2016/17", "Target: What counts as reached": "at-least",
            "Target: Target value": 85, "Target: Due": date(2018, 3, 31),
        },
        {"Priority": "Reading", "Indicator": "Share who read at seven", "Unit": "%"},
    ],
    "Measured values": [
        {"Indicator": "Share who read at seven", "Period": "2017", "Value": 61.5},
        {"Priority": "Shorter waits", "Indicator": "Within four hours; all types", "Period": "May 2017", "Value": "N/A"}
    ],
    "Strategies": [
        {
            "Priority": "Shorter waits", "Strategy": "See and treat", "Decision": "Chosen",
            "Indicators it is to move": "Within four hours; all types", "Political feasibility": "3 negotiable",
        },
        {"Priority": "Shorter waits", "Strategy": "Pharmacies", "Can only begin after": "See and treat"},
    ],
    "Milestones": [{"Strategy": "See and treat", "What will be true by then": "Half is done", "By": "2017-12"}],
}  # fmt: skip


def imported(path: Path, plan: Path) -> Plan:
    import_file(path, plan, template_mapping())
    reading = read_plan(plan)
    assert not reading.problems
    return reading.plan


def test_a_filled_template_becomes_a_plan_that_can_be_checked(tmp_path: Path):
    plan = imported(filled_template(tmp_path / "in.xlsx", FULL), tmp_path / "plan")
    waits, reading = plan.priorities
    (indicator,) = waits.indicators
    first, second = STRATEGIES.read(waits)
    assert plan.person(waits.leaders[0]) == "Ann Lee"
    assert waits.stakeholders == ("Doctors", "nurses", "Patients")
    assert [o.statement for o in waits.outcomes] == ["Nobody is harmed by waiting", "Seen in time"]
    assert waits.outcomes[1].leads_to == waits.outcomes[0].id
    assert waits.outcome(indicator.outcome) is waits.outcomes[1]
    assert (indicator.baseline.value, indicator.target.value, indicator.target.kind) == (76.2, 85.0, "at-least")
    assert (indicator.direction, indicator.three_m.meaningful) == ("up", True)
    assert [(str(o.when), o.value) for o in indicator.observations] == [("May 2017", Missing.NOT_APPLICABLE)]
    assert [o.value for o in reading.indicators[0].observations] == [61.5]
    assert (first.indicators, first.feasibility, first.status) == ((indicator.id,), 3, "chosen")
    assert second.depends_on == (first.id,)
    assert [m.title for m in first.milestones] == ["Half is done"]
    context = registry.Context(plan=plan, as_of=date(2017, 6, 30))
    assert registry.findings_of([r for p in plan.priorities for r in registry.check(p, context)])


def test_an_empty_template_is_not_imported_and_neither_are_its_examples(tmp_path: Path):
    write_template(tmp_path / "t.xlsx")
    with pytest.raises(ImportRefusedError, match="nothing to import"):
        import_file(tmp_path / "t.xlsx", tmp_path / "plan", template_mapping())
    assert not (tmp_path / "plan").exists()


def test_slips_are_told_with_their_place(tmp_path: Path):
    path = filled_template(tmp_path / "in.xlsx", FULL)
    places = {name: headings(load_workbook(path)[name]) for name in ("Outcomes", "Indicators", "Measured values")}
    slips = [
        ("Outcomes", "Priority", "Longer waits"),
        ("Indicators", "Outcome it measures", "Seen late"),
        ("Indicators", "Which way is better", "sideways"),
        ("Measured values", "Indicator", "Share who swim"),
    ]
    for sheet, heading, value in slips:
        column = places[sheet][heading]
        change(path, sheet, f"{load_workbook(path)[sheet].cell(FIRST, column).coordinate}", value)
    with pytest.raises(ImportRefusedError) as refused:
        import_file(path, tmp_path / "plan", template_mapping())
    told = [str(problem) for problem in refused.value.problems]
    assert len(told) == len(slips) + 1  # the row that leads to the outcome of no known priority is told too
    for sheet, heading, value in slips:
        (one,) = [problem for problem in told if f"“{sheet}”" in problem and value in problem]
        assert place_of(one).endswith(str(FIRST))
        assert heading in one


def test_columns_may_go_and_strange_ones_are_told(tmp_path: Path):
    path = filled_template(tmp_path / "in.xlsx", {"Priorities": [{"Priority": "Waits", "Key stakeholders": "Doctors"}]})
    change(path, "Priorities", f"F{LABELS}", "Our own notes")
    change(path, "Priorities", f"C{LABELS}", "Summary")
    done = import_file(path, tmp_path / "plan", template_mapping())
    assert any("“Our own notes” is not read" in remark for remark in done.remarks)
    assert any("no column “In a few sentences”" in remark for remark in done.remarks)


def test_another_file_is_refused_with_the_way_out(tmp_path: Path):
    (tmp_path / "in.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ImportRefusedError, match="--mapping"):
        import_file(tmp_path / "in.csv", tmp_path / "plan", template_mapping())


# --- the spreadsheet itself ------------------------------------------------------------------------------------------


def test_every_field_has_its_column_with_its_help():
    book = make_template()
    for table in TABLES:
        sheet = book[label_of(table)]
        places = headings(sheet)
        for column in columns_of(table):
            head = sheet.cell(LABELS, places[column.heading])
            if column.field.help and not column.belongs:
                assert head.comment is not None
                assert column.field.help in head.comment.text
        assert sheet.freeze_panes
        assert sheet.cell(EXAMPLE, 1).value == "example"
        assert not sheet.protection.sheet


def test_choices_and_links_have_drop_downs():
    book = make_template()
    for table in TABLES:
        sheet = book[label_of(table)]
        places = headings(sheet)
        checked = {
            cells.min_col: check for check in sheet.data_validations.dataValidation for cells in check.sqref.ranges
        }
        for column in columns_of(table):
            check = checked.get(places[column.heading])
            kind = column.field.kind
            if column.belongs or kind in (Kind.CHOICE, Kind.RATING, Kind.YES_NO, Kind.LINK, Kind.LINKS, Kind.PERSON):
                assert check is not None, column
                assert check.type == "list"
                assert len(check.formula1) < 256
            if check is not None:
                assert len(check.prompt or "") <= 255
                assert len(check.promptTitle or "") <= 32


def test_the_choices_sheet_says_what_each_answer_means():
    book = make_template()
    told = {str(row[0].value): row[1].value for row in book["Choices"].iter_rows(min_row=3) if row[0].value}
    for table in TABLES:
        for column in columns_of(table):
            for choice in column.field.choices:
                assert (told[option(column.field, choice)] or "") == choice.describes


def test_it_replaces_nothing_unless_told(tmp_path: Path):
    (tmp_path / "t.xlsx").write_text("mine", encoding="utf-8")
    with pytest.raises(PlanFolderError, match="already"):
        write_template(tmp_path / "t.xlsx")
    assert (tmp_path / "t.xlsx").read_text(encoding="utf-8") == "mine"
    write_template(tmp_path / "t.xlsx", replace=True)
    with pytest.raises(PlanFolderError, match=r"\.xlsx"):
        write_template(tmp_path / "t.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["t.xlsx"]


# --- typed values, there and back ------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn")), min_size=1)
DAYS = st.dates(date(1955, 1, 1), date(2060, 12, 31))


def written_and_read(field: Field) -> st.SearchStrategy[tuple[Any, Any]]:
    """Values as a person writes them into a cell, each with what the plan then reads."""
    if field.choices:
        rated = field.kind is Kind.RATING
        return st.sampled_from(field.choices).flatmap(
            lambda c: st.tuples(
                st.sampled_from([c.label, c.value, option(field, c)]), st.just(int(c.value) if rated else c.value)
            )
        )
    match field.kind:
        case Kind.YES_NO:
            return st.sampled_from([("yes", True), ("no", False), (True, True), (False, False), ("Oui", True)])
        case Kind.DAY:
            return DAYS.flatmap(
                lambda d: st.sampled_from([(d, d), (d.isoformat(), d), ((d - date(1899, 12, 30)).days, d)])
            )
        case Kind.WHEN:
            texts = DAYS.flatmap(lambda d: st.sampled_from([f"{d:%Y-%m}", f"{d:%Y}", f"{d:%B %Y}", f"{d.year}-Q2"]))
            return st.one_of(
                texts.map(lambda t: (t, read_period(t))), DAYS.map(lambda d: (d, read_period(d.isoformat())))
            )
        case Kind.NUMBER:
            low, high = field.low if field.low is not None else -1e9, field.high if field.high is not None else 1e9
            number = st.floats(low, high, width=32).map(lambda x: float(f"{x:.6g}")).filter(lambda x: low <= x <= high)
            return st.one_of(
                number.map(lambda x: (x, x)),
                st.sampled_from([("TBD", Missing.TO_BE_DETERMINED), ("n/a", Missing.NOT_APPLICABLE)]),
            )
    seen = TEXTS.map(lambda text: (text, " ".join(text.split())))
    if field.kind is Kind.LONG_TEXT:
        seen = TEXTS.map(lambda text: (text, text.strip()))
    return seen.filter(lambda pair: bool(pair[1].strip()) and not pair[1].startswith("#") and "_x" not in pair[1])


def rows_of(record: type) -> st.SearchStrategy[dict[str, tuple[Any, Any]]]:
    skipped = {*LISTS, Kind.ID, Kind.LINK, Kind.PERSON}
    fields = {path: fields[-1] for path, fields in paths_of(record).items() if fields[-1].kind not in skipped}
    name = "name" if record is Indicator else "title"
    rest = {path: written_and_read(field) for path, field in fields.items() if path not in ("unit", name)}
    return st.fixed_dictionaries({name: written_and_read(fields[name])}, optional=rest)


def read_at(record: Any, path: str) -> Any:
    for step in path.split("/"):
        record = getattr(record, step)
    return record


@settings(max_examples=8, deadline=timedelta(seconds=20), suppress_health_check=list(HealthCheck))
@given(indicator=rows_of(Indicator), strategy=rows_of(Strategy))
def test_typed_values_come_back_as_they_were_meant(
    indicator: dict[str, tuple[Any, Any]], strategy: dict[str, tuple[Any, Any]]
):
    rows: dict[str, list[dict[str, Any]]] = {"Priorities": [{"Priority": "Waits"}]}
    for table, values in (("indicators", indicator), ("strategies", strategy)):
        names = {column.path: column.heading for column in columns_of(table)}
        rows[label_of(table)] = [{"Priority": "Waits"} | {names[path]: pair[0] for path, pair in values.items()}]
    with tempfile.TemporaryDirectory() as folder:
        plan = imported(filled_template(Path(folder) / "in.xlsx", rows), Path(folder) / "plan")
    (priority,) = plan.priorities
    for record, values in ((priority.indicators[0], indicator), (STRATEGIES.read(priority)[0], strategy)):
        for path, (written, meant) in values.items():
            assert read_at(record, path) == meant, (path, written)
        empty = type(record)(record.id)
        kind: type = type(record)
        others = [path for path in paths_of(kind) if path not in values and not path.startswith("id")]
        assert all(read_at(record, path) == read_at(empty, path) for path in others)

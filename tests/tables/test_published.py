"""Published files come in as they are: the NHS's old spreadsheet, and the federal programmes of GC InfoBase."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
import xlrd

from rdlib.plan import Plan, read_plan
from rdlib.plan.indicator import Indicator
from rdlib.rules.targets import goal_of
from rdlib.tables.importing import Imported, import_file, mapping_for
from scripts import infobase_agreement as infobase
from scripts import nhs_plan

SHARED = Path(os.environ.get("RDLIB_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data")
NHS = SHARED / "nhs_ae" / nhs_plan.MONTHS
INFOBASE = SHARED / "gc_infobase" / infobase.INDICATORS

needs_nhs = pytest.mark.skipif(not NHS.is_file(), reason="the figures of NHS England are not part of the project")


@needs_nhs
def test_the_old_spreadsheet_of_the_nhs_becomes_a_monthly_series(tmp_path: Path):
    done = import_file(NHS, tmp_path / "plan", mapping_for("nhs-ae"))
    reading = read_plan(tmp_path / "plan")
    assert not reading.problems
    assert done.added == {"indicators/observations": 102, "indicators": 1, "priority": 1}
    (indicator,) = reading.plan.priorities[0].indicators
    sheet = xlrd.open_workbook(str(NHS)).sheet_by_name("Performance")
    expected = [
        (xlrd.xldate_as_datetime(float(sheet.cell_value(row, 1)), 0).date(), 100 * float(sheet.cell_value(row, 10)))
        for row in range(18, 120)
    ]
    assert [o.when.start for o in indicator.observations if o.when] == [day for day, _value in expected]
    assert [o.value for o in indicator.observations] == pytest.approx([value for _day, value in expected])
    assert str(indicator.observations[0].when) == "2010-11"


@needs_nhs
def test_the_script_reads_the_same_months():
    months = nhs_plan.read_months(NHS)
    assert len(months) == 102
    assert months["2019-04"].percent == pytest.approx(85.1, abs=0.05)


@pytest.fixture(scope="module", params=["en", "fr"])
def federal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Plan, Imported]:
    if not INFOBASE.is_file():
        pytest.skip("the data of GC InfoBase are not part of the project")
    folder = tmp_path_factory.mktemp("federal") / "plan"
    done = import_file(INFOBASE, folder, mapping_for("gc-infobase", request.param))
    reading = read_plan(folder)
    assert not reading.problems
    return request.param, reading.plan, done


def indicators(plan: Plan) -> dict[str, Indicator]:
    return {indicator.id: indicator for priority in plan.priorities for indicator in priority.indicators}


def test_every_programme_becomes_a_priority_and_every_indicator_arrives(federal: tuple[str, Plan, Imported]):
    language, plan, done = federal
    assert plan.language == language
    assert done.added["priority"] == len(plan.priorities) == 782
    assert done.added["indicators"] == 392
    assert done.added["indicators/observations"] == 100
    rows = infobase.read_rows(INFOBASE.parent)
    assert {row["stable_id"].lower() for row in rows} == set(indicators(plan))


def test_each_indicator_says_what_its_newest_document_says(federal: tuple[str, Plan, Imported]):
    """Held against the script that reads the same columns by itself."""
    language, plan, _done = federal
    newest: dict[str, dict[str, str]] = {}
    for doc in ("dp19", "dp18", "drr17"):
        for row in infobase.read_rows(INFOBASE.parent):
            if row["doc"] == doc:
                newest.setdefault(row["stable_id"].lower(), row)
    for id_, indicator in indicators(plan).items():
        row = newest[id_]
        expected = infobase.indicator_of(row, language)
        assert indicator.name == " ".join((expected.name or "").split())
        assert indicator.unit == expected.unit
        if expected.direction:
            assert indicator.direction == expected.direction
        comma = language == "fr"
        ours, theirs = (goal_of(it, decimal_comma=comma) for it in (indicator, expected))
        if row["target_type"] != "tbd" and expected.target != type(expected.target)():
            assert (ours.kind, ours.low, ours.high) == (theirs.kind, theirs.low, theirs.high), id_
        if row["target_year"]:
            assert indicator.target.due == expected.target.due


def test_results_told_in_sentences_are_kept_as_sentences(federal: tuple[str, Plan, Imported]):
    _language, plan, done = federal
    observed = [o for i in indicators(plan).values() for o in i.observations]
    sentences = [o for o in observed if o.value is None]
    assert len(sentences) == 8
    assert all(o.note for o in sentences)
    assert {o.when.start for o in observed if o.when} == {date(2017, 4, 1)}
    assert any("“Value” cannot be read" in remark for remark in done.remarks)

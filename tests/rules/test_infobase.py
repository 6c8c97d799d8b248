"""How the kit reads and judges the federal indicators of GC InfoBase, measured by scripts/infobase_agreement.py."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rdlib.plan.values import read_period
from rdlib.rules.targets import Status
from scripts import infobase_agreement as infobase

FOLDER = infobase.data_folder()
needs_data = pytest.mark.skipif(
    not (FOLDER / infobase.INDICATORS).is_file(),
    reason="the data of GC InfoBase are not part of the project, and not here (see scripts/infobase_agreement.py)",
)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return infobase.read_rows(FOLDER)


@pytest.fixture(scope="module")
def found(rows: list[dict[str, str]]) -> dict[str, Any]:
    return infobase.measure(rows)


# --- the columns, on rows made up for the purpose ----------------------------------------------------------------

COLUMNS = (
    "id", "name_en", "name_fr", "target_year", "target_month", "target_type", "target_min", "target_max",
    "target_narrative_en", "target_narrative_fr", "doc", "actual_result_en", "actual_result_fr", "status_key",
    "methodology_en", "methodology_fr", "measure_en", "measure_fr", "seeking_to",
)  # fmt: skip


def row(**cells: str) -> dict[str, str]:
    return dict.fromkeys(COLUMNS, "") | cells


@pytest.mark.parametrize(
    ("cells", "kind", "low", "high"),
    [
        ({"target_type": "percent", "target_min": "80.00", "seeking_to": "max"}, "at-least", 80.0, None),
        ({"target_type": "num", "target_max": "0.00", "seeking_to": "min"}, "at-most", None, 0.0),
        ({"target_type": "percent", "target_min": "100.00", "target_max": "100.00"}, "exactly", 100.0, 100.0),
        ({"target_type": "percent_range", "target_min": "45.00", "target_max": "60.00"}, "between", 45.0, 60.0),
        ({"target_type": "text", "target_narrative_en": "Top 5 among all"}, "at-most", None, 5.0),
        ({"target_type": "tbd"}, "tbd", None, None),
        ({"target_type": "percent"}, None, None, None),
    ],
)
def test_the_columns_of_a_target(cells: dict[str, str], kind: str | None, low: float | None, high: float | None):
    goal = infobase.goal(row(**cells))
    assert (goal.kind, goal.low, goal.high) == (kind, low, high)


def test_the_other_columns():
    cells = row(
        id="X1", name_en="Visits", name_fr="Visites", target_type="num", target_min="1250.50", target_year="2018",
        target_month="4", doc="drr17", actual_result_en="1,300", actual_result_fr="1 300", measure_en="visits",
        measure_fr="visites", seeking_to="max",
    )  # fmt: skip
    english, french = infobase.indicator_of(cells, "en"), infobase.indicator_of(cells, "fr")
    assert (english.name, english.unit, french.name, french.unit) == ("Visits", "visits", "Visites", "visites")
    assert english.direction == "up"
    assert english.target.due == read_period("2018-04")
    assert english.observations[0].when == read_period("2017/18")
    assert english.observations[0].value == french.observations[0].value == 1300.0


@pytest.mark.parametrize("year", ["ongoing", "other", ""])
def test_what_is_no_year_is_no_date(year: str):
    assert infobase.indicator_of(row(target_year=year, target_type="num"), "en").target.due is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("77%", 77.0), ("Top 4 among the members.", 4.0), ("It was 2.97 years, 12% more than before.", None), ("", None)],
)
def test_a_result_is_a_number_or_a_place_or_nothing(text: str, value: float | None):
    observations = infobase.indicator_of(row(doc="drr17", actual_result_en=text), "en").observations
    assert [o.value for o in observations] == ([] if value is None else [value])


def test_without_the_data_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert infobase.main(["--data", str(tmp_path)]) == 2
    assert "--data" in capsys.readouterr().err


# --- the data themselves -----------------------------------------------------------------------------------------


@needs_data
def test_how_the_targets_are_read(found: dict[str, Any]):
    assert found["indicators"] == 579
    assert found["read"]["en"]["kinds"] == {
        "at-least": 356, "none": 69, "tbd": 44, "between": 32, "at-most": 26, "exactly": 20, "unreadable": 14,
        "fall": 6, "ambiguous": 5, "several in one": 4, "rise": 3,
    }  # fmt: skip


@needs_data
def test_what_is_ambiguous_or_unreadable_is_so_for_a_person_too(found: dict[str, Any]):
    texts = found["read"]["en"]["texts"]
    assert set(texts["ambiguous"]) == {"Year-over-year improvement"}  # which way is better is not in the data
    assert len(texts["several in one"]) == 4
    assert sum(texts["unreadable"].values()) == 14
    assert texts["unreadable"]["Green"] == 10  # a colour of a scale that the data do not hold
    assert not [text for text in texts["unreadable"] if any(c.isdigit() for c in text)]


@needs_data
def test_both_languages_are_read_the_same(rows: list[dict[str, str]], found: dict[str, Any]):
    assert found["language_differences"] == [{"id": "PROGRAM-QUAL-dp18-170", "en": "", "fr": "s.o."}]
    for each in rows:
        if each["status_key"]:
            assert infobase.our_status(each) is infobase.our_status(each, language="fr"), each["id"]


@needs_data
def test_every_met_and_missed_target_is_judged_as_the_government_did(found: dict[str, Any]):
    judged = found["agreement"]
    assert judged["judged"] == 113
    table = {key: {ours: n for ours, n in row.items() if n} for key, row in judged["table"].items()}
    assert table == {
        "met": {"met": 39},
        "not_met": {"not met": 18},
        "future": {"future": 20, "no target": 33, "not met": 1},
        "not_available": {"no data": 2},
    }
    assert (judged["agree"], judged["with_target"]) == (79, 80)


@needs_data
def test_every_disagreement_is_explained(rows: list[dict[str, str]], found: dict[str, Any]):
    judged = found["agreement"]
    assert judged["classes"] == {"nothing to reach": 33, "judged twice": 1}
    by_id = {each["id"]: each for each in rows}
    for each in judged["disagreements"]:
        target = by_id[each["id"]]
        if each["class"] == "nothing to reach":
            assert not target["target_min"] + target["target_max"]
            assert target["target_narrative_en"] in {"", "To be determined", "Baseline to be determined"}
            assert (each["official"], each["ours"]) == ("future", "no target")
    twice = [each for each in judged["disagreements"] if each["class"] == "judged twice"]
    assert [each["id"] for each in twice] == ["IN00185-2017"]
    assert by_id["IN00222-2017"]["status_key"] == "not_met"  # the same indicator with the same result
    assert infobase.our_status(by_id["IN00222-2017"]) is Status.NOT_MET


@needs_data
def test_no_other_day_agrees_better(rows: list[dict[str, str]]):
    def agree(day: date) -> int:
        return int(infobase.agreement(rows, day)["agree"])

    best = agree(infobase.AS_OF)
    assert agree(date(2018, 5, 30)) == best  # the last day before what was due in May 2018 would be judged
    assert agree(date(2018, 4, 29)) < best
    assert agree(date(2018, 5, 31)) < best


@needs_data
def test_a_target_without_a_date_is_officially_future_even_when_reached(rows: list[dict[str, str]]):
    """Why status_of calls an undated target not due yet, and an early success too."""
    undated = [r for r in rows if r["status_key"] and r["target_min"] and not r["target_year"]]
    assert {r["status_key"] for r in undated} == {"future"}
    reached = [r["id"] for r in undated if float(r["actual_result_en"]) >= float(r["target_min"])]
    assert reached == ["IN00163-2017", "IN00246-2017", "IN00247-2017"]


@needs_data
def test_it_prints_text_and_json(capsys: pytest.CaptureFixture[str], found: dict[str, Any]):
    assert infobase.main([]) == 0
    text = capsys.readouterr().out
    assert "the same of those that have a target: 79 of 80 (98.8%)" in text
    for each in found["agreement"]["disagreements"]:
        assert each["id"] in text
    assert infobase.main(["--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["agreement"]["agree"] == 79

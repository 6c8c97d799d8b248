"""Each case is complete, and says what is published and what is made up."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import attrs
import pytest

from rdlib import paths
from rdlib.plan.indicator import Baseline, Benchmark, Indicator, ThreeM
from rdlib.plan.parsing import read_simple
from rdlib.plan.priority import Priority
from rdlib.plan.values import number
from rdlib.rules.registry import exercises
from tests.exercises.cases import NAMES, case

FILES = ("case.yaml", "brief.md", "facilitator.md", "model.md", "weak.yaml", "start/plan.yaml", "plan/plan.yaml")

PUBLISHED_NSW = (
    "150,000 new jobs created by 2019",
    "Delivery of 10 key infrastructure projects on time and on budget",
    "5% fewer domestic violence re-offenders by 2019",
    "81% of patients through Emergency Department (ED) in four hours by 2019",
    "5% fewer overweight or obese kids by 2025",
    "8% more students in top two NAPLAN bands by 2019",
    "15% fewer children re-reported at risk of significant harm by 2019",
    "10% more young people in long-term accommodation",
    "Increase in aboriginal and female representation in senior leadership roles by 2025",
    "40% less litter by 2020",
    "90% of housing approvals determined within 40 days by 2019",
    "Annual improved customer satisfaction to 2019",
)
PUBLISHED_EXAMPLES = (
    "Reduce by 30% by 2018",
    "Increase to 85% by 2018",
    "Increase to 112,000 by 2019",
    "100% by 2017",
)


def test_every_case_is_tested_here():
    assert sorted(p.name for p in paths.exercises().iterdir() if p.is_dir()) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("file", FILES)
def test_a_case_has_all_its_files(name: str, file: str):
    path = case(name).folder / file
    assert path.is_file()
    assert len(path.read_text(encoding="utf-8")) > 200


@pytest.mark.parametrize("name", NAMES)
def test_the_plans_of_a_case_are_laid_out_as_the_store_writes_them(name: str):
    """Such a file is read in a moment; any other layout makes each change to a practice plan slow."""
    for folder in ("start", "plan"):
        for path in (case(name).folder / folder).rglob("*.yaml"):
            if ".rdlib" not in path.parts and path.is_file():
                assert read_simple(path.read_text(encoding="utf-8")) is not None, path.name


@pytest.mark.parametrize("name", NAMES)
def test_the_description_of_a_case_is_complete(name: str):
    meta = case(name).meta
    assert {*meta} == {"title", "tools", "minutes", "as_of", "about", "sources", "illustrative", "known_gaps"}
    assert set(meta["tools"]) <= {e.id for e in exercises()}
    assert 20 <= meta["minutes"] <= 120
    assert 2 <= len(re.findall(r"[.?](?:\s|$)", meta["about"])) <= 4
    assert meta["sources"]
    assert meta["illustrative"]
    assert all(isinstance(line, str) for line in (*meta["sources"], *meta["illustrative"]))
    assert all({*gap} == {"where", "code", "why"} for gap in meta["known_gaps"])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("file", "sections"),
    [
        ("brief.md", ("## The situation", "## What to do", "## Questions to argue about")),
        (
            "facilitator.md",
            ("**Aim.**", "**Materials.**", "## Steps", "| Minutes |", "## What to listen for", "## Typical mistakes"),
        ),
        ("facilitator.md", ("## Debrief",)),
        ("model.md", ("# Model answer", "**Also acceptable.**")),
    ],
)
def test_a_text_has_the_parts_that_a_reader_looks_for(name: str, file: str, sections: tuple[str, ...]):
    text = (case(name).folder / file).read_text(encoding="utf-8")
    assert [s for s in sections if s not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_steps_of_a_facilitator_take_as_long_as_the_case_says(name: str):
    text = (case(name).folder / "facilitator.md").read_text(encoding="utf-8")
    steps = text.split("## Steps")[1].split("\n## ")[0]
    minutes = [int(m) for m in re.findall(r"^\| (\d+) \|", steps, re.MULTILINE)]
    assert sum(minutes) == case(name).meta["minutes"]


@pytest.mark.parametrize("name", NAMES)
def test_texts_shout_at_nobody_and_name_no_machine(name: str):
    for path in sorted(case(name).folder.rglob("*")):
        if path.suffix in {".md", ".yaml", ".csv"}:
            text = path.read_text(encoding="utf-8")
            assert "!" not in text, path
            assert not re.search(r"\bplease\b", text, re.IGNORECASE), path
            assert not re.search(r"(?<![\w.:/])/\w+/|\b[A-Z]:\\", text), path  # a path that begins at a root


# --- facts --------------------------------------------------------------------------------------------------------


def test_the_twelve_priorities_stand_as_published():
    for reading in (case("new-south-wales").start, case("new-south-wales").plan):
        first = tuple(p.indicators[0].target.wording for p in reading.plan.priorities)
        assert first == PUBLISHED_NSW


def test_the_four_examples_stand_as_published():
    for reading in (case("four-examples").start, case("four-examples").plan):
        first = tuple(p.indicators[0].target.wording for p in reading.plan.priorities)
        assert first == PUBLISHED_EXAMPLES


def test_no_baseline_is_claimed_to_be_published_for_the_four_examples():
    for priority in case("four-examples").plan.plan.priorities:
        baseline = priority.indicators[0].baseline
        assert number(baseline.value) is None or baseline.illustrative is True
        assert "gives no" in (baseline.source or "")


@pytest.mark.parametrize("name", NAMES)
def test_a_starting_plan_holds_what_is_published_and_nothing_more(name: str):
    start, plan = case(name).start.plan, case(name).plan.plan
    if not start.priorities:  # a case in which the priorities are chosen, or that has none
        return
    assert [p.id for p in start.priorities] == [p.id for p in plan.priorities]
    for begun, finished in zip(start.priorities, plan.priorities, strict=True):
        assert begun.title == finished.title
        if not begun.indicators:  # a case of another rule
            continue
        assert len(begun.indicators) == 1
        indicator = begun.indicators[0]
        if indicator.observations:  # the figures are what is practised on: they stand in the plan from the beginning
            given = {"outcome": "o1", "unit": "%", "direction": "up", "data_illustrative": True}
            assert {name: getattr(indicator, name) for name in given} == given
            assert indicator.observations == finished.indicators[0].observations
            assert indicator.three_m == ThreeM()
            continue
        bare = Indicator(id="i1", name=indicator.name, outcome=indicator.outcome, target=indicator.target)
        assert attrs.evolve(indicator, effects=()) == bare
        assert all(effect.size is None for effect in indicator.effects)  # begun in words: the figures are the exercise
        assert indicator.target.wording == finished.indicators[0].target.wording
        assert indicator.target.source
        filled = {k for k in ("kind", "value", "due", "commitment") if getattr(indicator.target, k) is not None}
        assert filled == set()


def _marked(text: str | None) -> bool:
    return "illustrative" in (text or "").lower()


def _indicators(name: str) -> list[tuple[Priority, Indicator]]:
    return [(p, i) for p in case(name).plan.plan.priorities for i in p.indicators]


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_has_a_source_or_is_marked_as_made_up(name: str):
    for priority, indicator in _indicators(name):
        place = f"{priority.id}/{indicator.id}"
        figures: list[Baseline | Benchmark] = [indicator.baseline, *indicator.benchmarks]
        for figure in figures:
            if number(figure.value) is None:
                continue
            assert figure.source, place
            assert figure.when, place
            if figure.illustrative:
                assert _marked(figure.source), place
            elif getattr(figure, "kind", None) != "plan":
                assert not _marked(figure.source), place
        if indicator.observations:
            assert indicator.data_source, place
            assert indicator.data_illustrative is not None, place
            if indicator.data_illustrative:
                assert _marked(indicator.data_source), place
        if indicator.target.value is not None:
            assert indicator.target.source, place
        if indicator.target.source == "Our proposal":
            assert indicator.target.commitment == "provisional" or indicator.data_illustrative, place
            assert _marked(indicator.target.why_this), place


@pytest.mark.parametrize("name", NAMES)
def test_a_planned_path_and_an_invented_change_are_marked_as_made_up(name: str):
    illustrative = " ".join(case(name).meta["illustrative"]).lower()
    for priority, indicator in _indicators(name):
        if indicator.trajectory:
            assert re.search(r"path|trajectory|second indicator|three years", illustrative), priority.id
        for change in indicator.changes:
            assert _marked(change.reason) or "The page gives no reason" in (change.reason or "")


DATA = sorted(p for name in NAMES for p in (case(name).folder / "plan").glob("data/*.csv"))


@pytest.mark.parametrize("path", DATA, ids=lambda p: p.name)
def test_the_whole_is_the_mean_of_its_units_and_says_that_it_is_illustrative(path: Path):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    unit = next(key for key in rows[0] if key not in {"when", "value", "note"})
    periods = dict.fromkeys(r["when"] for r in rows)
    for period in periods:
        whole = [float(r["value"]) for r in rows if r["when"] == period and not r[unit]]
        parts = [float(r["value"]) for r in rows if r["when"] == period and r[unit]]
        assert len(whole) == 1
        assert whole[0] == pytest.approx(sum(parts) / len(parts), abs=0.06)
        assert all(0 <= v <= 100 for v in (*whole, *parts))
    assert "illustrative" in rows[0]["note"].lower()


def test_waits_stand_at_80_until_the_summer_of_2002_and_then_improve_steeply():
    _priority, indicator = next(pair for pair in _indicators("emergency-waits") if pair[1].id == "i1")
    whole = {o.when.start: number(o.value) or 0.0 for o in indicator.observations if o.when and not o.breakdown}
    before = [v for day, v in whole.items() if (day.year, day.month) <= (2002, 7)]
    after = [v for day, v in whole.items() if day.year >= 2004]
    assert sum(before) / len(before) == pytest.approx(80, abs=0.5)
    assert max(before) < 81
    assert min(after) > 93
    assert max(after) < 100


def test_the_arithmetic_of_the_trainings_is_visible():
    _priority, indicator = next(pair for pair in _indicators("punjab-skills") if pair[1].id == "i1")
    start, goal = number(indicator.baseline.value), number(indicator.target.value)
    path = [number(point.value) for point in indicator.trajectory]
    assert start is not None
    assert goal == 2_000_000
    assert [*path] == [start + 550_000 * n for n in (1, 2, 3)]
    assert goal - 3 * 550_000 == start
    text = (case("punjab-skills").folder / "model.md").read_text(encoding="utf-8")
    assert all(figure in text for figure in ("2 000 000", "1 650 000", "350 000"))


def test_kentucky_runs_from_34_to_67():
    _priority, indicator = next(pair for pair in _indicators("kentucky") if pair[1].id == "i1")
    assert number(indicator.baseline.value) == 34
    assert number(indicator.target.value) == 67
    assert 100 - (100 - 34) / 2 == 67

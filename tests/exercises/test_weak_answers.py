"""Every typical weak answer of the cases, put into the model plan, brings about the finding that it must."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rdlib.plan import read_plan
from rdlib.rules.registry import exercise
from tests.exercises.cases import NAMES, Weak, answer, case

ALL = [(name, weak) for name in NAMES for weak in case(name).weak()]
IDS = [f"{name}-{weak.where.removeprefix('priorities/')}-{weak.triggers}" for name, weak in ALL]


@pytest.fixture(scope="module")
def praised() -> dict[tuple[str, str], set[tuple[str, str]]]:
    """What the checks say of each priority of the untouched model plans, and of these as a whole."""
    return {
        (name, id_): {(f.code, f.where) for f in case(name).findings(priority=id_)}
        for name in NAMES
        for id_ in ("", *(priority.id for priority in case(name).plan.plan.priorities))
    }


@pytest.mark.parametrize(("name", "weak"), ALL, ids=IDS)
def test_a_weak_answer_triggers_its_finding(
    name: str, weak: Weak, praised: dict[tuple[str, str], set[tuple[str, str]]], tmp_path: Path
):
    copy = tmp_path / "plan"
    shutil.copytree(case(name).folder / "plan", copy)
    expected = (weak.triggers, weak.at)
    assert expected not in praised[name, weak.priority]
    answer(copy, weak)
    reading = read_plan(copy)
    assert reading.problems == ()
    found = {(f.code, f.where) for f in case(name).findings(reading.plan, weak.priority, weak.tool)}
    assert expected in found, sorted(found - praised[name, weak.priority])


@pytest.mark.parametrize(("name", "weak"), ALL, ids=IDS)
def test_a_weak_answer_belongs_to_its_tool_and_says_why_somebody_writes_it(name: str, weak: Weak):
    assert weak.tool in case(name).meta["tools"]
    assert weak.triggers in {kind.code for kind in exercise(weak.tool).kinds}
    assert weak.says.endswith(".")
    assert len(weak.says.split()) > 5
    start = f"priorities/{weak.priority}/" if weak.priority else "plan/"
    assert weak.where.startswith(start)
    assert all(path.startswith(start) for path in weak.answers)


def test_there_are_enough_weak_answers_of_many_kinds():
    assert len(ALL) >= 25
    assert len({weak.triggers for _name, weak in ALL}) >= 40
    assert {weak.tool for _name, weak in ALL} >= {"2.1", "2.2", "2.3", "2.5", "3.1", "3.2", "3.3"}
    assert {name for name, _weak in ALL} == set(NAMES)

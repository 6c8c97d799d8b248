import sys
import types
from datetime import date, datetime
from pathlib import Path

import nbformat
import pytest

from rdlib import paths
from rdlib.reports.parameters import PORTFOLIO, PRIORITY, ParameterError, Template, injected
from tests.reports.plans import make_plan


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return make_plan(tmp_path / "plan", waits="title: Waits\n")


def refused(template: Template, given: dict[str, object]) -> tuple[str, ...]:
    with pytest.raises(ParameterError) as error:
        template.accept(given)
    return error.value.problems


def test_good_parameters_come_back_typed(plan: Path):
    accepted = PRIORITY.accept({"plan": str(plan), "priority": "waits", "as_of": "2018-03-31"})
    assert accepted == {"plan": plan, "priority": "waits", "as_of": date(2018, 3, 31)}


def test_a_date_stays_a_date(plan: Path):
    assert PORTFOLIO.accept({"plan": plan, "as_of": date(2018, 3, 31)})["as_of"] == date(2018, 3, 31)


def test_what_is_not_required_may_be_left_out(plan: Path):
    assert PORTFOLIO.accept({"plan": plan, "as_of": "2018-03-31"})["manifest"] is None


def test_a_misspelt_name_is_refused_and_the_right_one_named(plan: Path):
    (problem,) = refused(PRIORITY, {"plan": plan, "priority": "waits", "as_of": "2018-03-31", "asof": "2019-01-01"})
    assert "“asof”" in problem
    assert "“as_of”" in problem


def test_a_name_like_no_other_is_refused_with_all_names(plan: Path):
    (problem,) = refused(PRIORITY, {"plan": plan, "priority": "waits", "as_of": "2018-03-31", "colour": "red"})
    assert all(name in problem for name in ("“colour”", "“plan”", "“priority”", "“as_of”"))


@pytest.mark.parametrize("name", ["plan", "priority", "as_of"])
@pytest.mark.parametrize("empty", [None, ""])
def test_a_missing_value_is_refused(plan: Path, name: str, empty: object):
    given: dict[str, object] = {"plan": plan, "priority": "waits", "as_of": "2018-03-31"}
    (problem,) = refused(PRIORITY, {**given, name: empty})
    assert f"“{name}” is missing" in problem


@pytest.mark.parametrize(
    "wrong", ["31/03/2018", "2018-13-01", "2018-02-30", "2018-3-1", 20180331, True, datetime.now()]
)
def test_what_is_no_day_is_refused(plan: Path, wrong: object):
    (problem,) = refused(PRIORITY, {"plan": plan, "priority": "waits", "as_of": wrong})
    assert "“as_of”" in problem
    assert "2018-03-31" in problem


@pytest.mark.parametrize("wrong", [3, "no-such-folder", ["plan"]])
def test_what_is_no_folder_of_a_plan_is_refused(wrong: object):
    (problem,) = refused(PRIORITY, {"plan": wrong, "priority": "waits", "as_of": "2018-03-31"})
    assert "“plan”" in problem


def test_a_folder_without_a_plan_is_refused(tmp_path: Path):
    (problem,) = refused(PRIORITY, {"plan": tmp_path, "priority": "waits", "as_of": "2018-03-31"})
    assert "plan.yaml" in problem


def test_a_number_is_no_id(plan: Path):
    (problem,) = refused(PRIORITY, {"plan": plan, "priority": 7, "as_of": "2018-03-31"})
    assert "“priority”" in problem


def test_everything_wrong_is_said_at_once():
    assert len(refused(PRIORITY, {"priorty": "waits", "as_of": 3})) == 4


@pytest.mark.parametrize("template", [PRIORITY, PORTFOLIO], ids=lambda template: template.name)
def test_the_template_declares_the_same_names(template: Template):
    notebook = nbformat.read(paths.templates() / f"{template.name}.ipynb", as_version=4)
    (cell,) = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    space: dict[str, object] = {}
    exec(cell.source, {}, space)
    assert list(space) == [parameter.name for parameter in template.parameters]


def test_outside_a_notebook_nothing_is_injected():
    assert injected() == {}


def test_in_a_notebook_the_injected_names_are_seen(monkeypatch: pytest.MonkeyPatch):
    cells = ["", "plan = 'a'\nas_of = 'b'", "# Parameters\nplan = 'c'\nasof = 'd'\n", "report = 1"]
    shell = types.SimpleNamespace(user_ns={"In": cells, "plan": "c", "as_of": "b", "asof": "d"})
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: shell))
    assert injected() == {"plan": "c", "asof": "d"}

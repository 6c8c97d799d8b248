"""The commands ``import`` and ``template``, as they are typed."""

from __future__ import annotations

from pathlib import Path

from rdlib.plan import read_plan
from tests.tables.books import WAITS, filled_template, xlsx
from tests.test_cli import is_plainly_refused, run

HEAD = ["Programme", "Indicator", "Unit", "Target", "Due"]


def test_a_template_is_written_filled_in_and_imported(tmp_path: Path):
    result = run("template", tmp_path / "t.xlsx")
    assert result.exit_code == 0, result.output
    assert "rdlib import" in result.stdout
    is_plainly_refused(run("template", tmp_path / "t.xlsx"), "already", "--force")
    filled_template(tmp_path / "t.xlsx", {"Priorities": [{"Priority": "Waits"}]})
    result = run("import", tmp_path / "t.xlsx", tmp_path / "plan")
    assert result.exit_code == 0, result.output
    assert "Added: Priorities: 1." in result.stdout
    assert run("check", tmp_path / "plan").exit_code == 0
    again = run("import", tmp_path / "t.xlsx", tmp_path / "plan")
    assert "says all of it already" in again.stdout


def test_import_tells_every_problem_and_writes_nothing(tmp_path: Path):
    (tmp_path / "m.yaml").write_text(WAITS, encoding="utf-8")
    path = xlsx(tmp_path / "in.xlsx", [HEAD, ["Waits", "A", "", "many", "soon"]])
    result = run("import", path, tmp_path / "plan", "--mapping", tmp_path / "m.yaml")
    is_plainly_refused(result, "row 2, column D", "row 2, column E", "Nothing was imported: 2 places")
    assert result.exit_code == 1
    assert not (tmp_path / "plan").exists()


def test_import_asks_where_both_say_something_else(tmp_path: Path):
    (tmp_path / "m.yaml").write_text(WAITS, encoding="utf-8")
    mapping = ("--mapping", tmp_path / "m.yaml")
    path = xlsx(tmp_path / "in.xlsx", [HEAD, ["Waits", "A", "", 1, "2018"]])
    dry = run("import", path, tmp_path / "plan", *mapping, "--dry-run")
    assert "Would be added: Indicators: 1; Priorities: 1." in dry.stdout
    assert not (tmp_path / "plan").exists()
    assert run("import", path, tmp_path / "plan", *mapping).exit_code == 0
    xlsx(path, [HEAD, ["Waits", "A", "", 2, "2018"]])
    refused = run("import", path, tmp_path / "plan", *mapping)
    assert refused.exit_code == 1
    assert "the plan says “1”" in refused.stdout
    assert "--conflicts take" in refused.stdout
    assert run("import", path, tmp_path / "plan", *mapping, "--conflicts", "take").exit_code == 0
    assert read_plan(tmp_path / "plan").plan.priorities[0].indicators[0].target.value == 2.0


def test_import_refuses_what_it_cannot_do(tmp_path: Path):
    path = xlsx(tmp_path / "in.xlsx", [HEAD])
    is_plainly_refused(run("import", tmp_path / "no.xlsx", tmp_path / "plan"), "no.xlsx")
    is_plainly_refused(run("import", path, tmp_path / "plan"), "rdlib template", "--mapping")
    is_plainly_refused(run("import", path, tmp_path / "plan", "--mapping", "nothing"), "gc-infobase")
    is_plainly_refused(run("import", path, path), "in.xlsx")
    (tmp_path / "m.yaml").write_text("tables: [\n", encoding="utf-8")
    is_plainly_refused(run("import", path, tmp_path / "plan", "--mapping", tmp_path / "m.yaml"), "m.yaml")
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "other.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "m.yaml").write_text(WAITS, encoding="utf-8")
    is_plainly_refused(run("import", path, tmp_path / "plan", "--mapping", tmp_path / "m.yaml"), "plan.yaml")
    assert [p.name for p in (tmp_path / "plan").iterdir()] == ["other.txt"]

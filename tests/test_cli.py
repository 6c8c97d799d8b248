import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import rdlib
from rdlib import lab, paths
from rdlib.cli import main
from rdlib.reports import forge, making
from rdlib.rules.registry import exercises
from tests.reports.plans import AS_OF, WAITS, make_plan, write


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return make_plan(tmp_path / "plan", waits=WAITS)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def is_plainly_refused(result: Result, *says: str) -> None:
    """Somebody's mistake: an exit code, a message on stderr, and no traceback."""
    assert result.exit_code != 0
    assert isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    assert all(word in result.stderr for word in says), result.stderr


def test_the_version():
    assert run("--version").output.strip() == f"rdlib, version {rdlib.__version__}"


def test_help_names_each_command_and_loads_nothing_heavy():
    code = (
        "import sys\nfrom rdlib.cli import main\ntry:\n    main(['--help'])\nfinally:\n    print(sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for command in ("report", "new", "check", "exercises", "lab"):
        assert f"\n  {command} " in done.stdout
    for module in ("papermill", "nbconvert", "nbformat", "numpy", "rdlib.reports", "rdlib.plan", "ruamel"):
        assert f"'{module}'" not in done.stdout


@pytest.mark.parametrize("command", ["report", "new", "check", "exercises", "lab"])
def test_each_command_has_help(command: str):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.output


# --- report ------------------------------------------------------------------------------------------------------


def test_report_makes_pages_and_says_where(plan: Path, tmp_path: Path):
    result = run("report", plan, "--out", tmp_path / "out", "--as-of", AS_OF, "--priority", "waits", "--jobs", 1)
    assert result.exit_code == 0, result.output
    assert "2 pages made, 0 unchanged, 0 failed." in result.stdout
    assert str(tmp_path / "out" / "index.html") in result.stdout
    assert (tmp_path / "out" / "waits.html").exists()
    again = run("report", plan, "--out", tmp_path / "out", "--as-of", AS_OF)
    assert "0 pages made, 2 unchanged, 0 failed." in again.stdout


def test_report_names_what_failed_and_says_so_in_its_exit_code(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(forge, "available", lambda: False)
    monkeypatch.setattr(making, "run_in_a_kernel", lambda job, out: making.Run(None, "It is broken.\nQuite.", 0.1))
    result = run("report", plan, "--out", tmp_path / "out")
    is_plainly_refused(result, "waits", "It is broken.", "  Quite.")
    assert result.exit_code == 1


def test_report_refuses_what_it_cannot_do(plan: Path, tmp_path: Path):
    is_plainly_refused(run("report", plan, "--out", tmp_path / "out", "--priority", "wait"), "wait", "waits")
    is_plainly_refused(run("report", plan, "--out", tmp_path / "out", "--as-of", "31/03/2018"), "2018-03-31")
    is_plainly_refused(run("report", plan, "--out", tmp_path / "out", "--jobs", "0"), "0")
    is_plainly_refused(run("report", tmp_path / "nowhere", "--out", tmp_path / "out"), "nowhere")
    is_plainly_refused(run("report", plan), "--out")
    is_plainly_refused(run("report", plan, "--out", plan / "plan.yaml"), "plan.yaml")


def test_report_says_when_it_cannot_write(plan: Path):
    is_plainly_refused(run("report", plan, "--out", plan / "plan.yaml" / "out"), "plan.yaml")


# --- new ---------------------------------------------------------------------------------------------------------


def test_new_makes_an_empty_plan(tmp_path: Path):
    result = run("new", tmp_path / "mine")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "mine" / "plan.yaml").exists()
    assert f"rdlib lab {tmp_path / 'mine'}" in result.stdout


def test_new_can_start_from_a_case(tmp_path: Path):
    result = run("new", tmp_path / "mine", "--case", "four-examples")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "mine" / "priorities" / "emergency-rooms.yaml").exists()
    assert run("check", tmp_path / "mine").exit_code == 0


def test_new_overwrites_nothing_and_knows_its_cases(plan: Path, tmp_path: Path):
    before = (plan / "plan.yaml").read_text(encoding="utf-8")
    is_plainly_refused(run("new", plan), str(plan))
    assert (plan / "plan.yaml").read_text(encoding="utf-8") == before
    is_plainly_refused(run("new", tmp_path / "mine", "--case", "nowhere"), "nowhere", "four-examples")
    assert not (tmp_path / "mine").exists()


# --- check -------------------------------------------------------------------------------------------------------


def test_check_lists_findings_and_they_are_no_error(plan: Path):
    write(plan, "waits", WAITS.replace("sources: [Hospital returns]", "sources: []"))
    result = run("check", plan)
    assert result.exit_code == 0
    assert "▲ missing  priorities/waits/indicators/i1/three_m/sources  No data source" in result.stdout
    assert "finding" in result.stdout.splitlines()[-1]


def test_check_says_by_which_day_it_judged(plan: Path):
    told = run("check", plan, "--as-of", "2018-06-30").stdout.splitlines()
    assert told[-2] == "Judged as of 30 June 2018."
    page = (plan / "plan.yaml").read_text(encoding="utf-8")
    (plan / "plan.yaml").write_text(page.replace("2020-12-31", "2019-03-23"), encoding="utf-8")
    assert "Judged as of 23 March 2019, the end of the plan's mandate." in run("check", plan).stdout
    assert json.loads(run("check", plan, "--format", "json").stdout)["as_of"] == "2019-03-23"


def test_a_plan_in_the_folder_of_a_case_is_judged_for_the_day_of_the_case(plan: Path):
    (plan / "plan.yaml").write_text(
        (plan / "plan.yaml").read_text(encoding="utf-8").replace("2020-12-31", "2019-03-23"), encoding="utf-8"
    )
    (plan.parent / "case.yaml").write_text("title: A case\nas_of: 2018-06-30\n", encoding="utf-8")
    assert "Judged as of 30 June 2018, the day on which the case stands." in run("check", plan).stdout
    assert "Judged as of 31 May 2018." in run("check", plan, "--as-of", "2018-05-31").stdout


def test_a_case_without_a_day_changes_nothing(plan: Path):
    (plan.parent / "case.yaml").write_text("title: A case\n", encoding="utf-8")
    assert json.loads(run("check", plan, "--format", "json").stdout)["as_of"] == "2020-12-31"


def test_check_lists_what_cannot_be_read_and_that_is_no_error_either(plan: Path):
    write(plan, "waits", WAITS.replace("value: 85", "value: lots"))
    result = run("check", plan)
    assert result.exit_code == 0
    assert "Cannot be read: priorities/waits.yaml, line" in result.stdout
    assert "1 value that cannot be read" in result.stdout


def test_check_tells_other_programs_the_same(plan: Path):
    write(plan, "bare", "title: Bare\n")
    write(
        plan, "waits", WAITS.replace("value: 85", "value: lots").replace("sources: [Hospital returns]", "sources: []")
    )
    told = json.loads(run("check", plan, "--format", "json").stdout)
    assert told["readable"] is True
    (problem,) = told["problems"]
    assert problem["file"] == "priorities/waits.yaml"
    assert '"lots"' in problem["found"]
    finding = next(f for f in told["findings"] if f["code"] == "R2-no-source")
    assert finding["severity"] == "missing"
    assert finding["where"] == "priorities/waits/indicators/i1/three_m/sources"
    assert {"priority": "bare", "exercise": "2.1"} in told["not_attempted"]
    assert {"priority": "waits", "exercise": "2.1"} not in told["not_attempted"]


def test_check_fails_only_when_nothing_can_be_read(plan: Path, tmp_path: Path):
    (plan / "plan.yaml").write_text("schema: 99\n", encoding="utf-8")
    result = run("check", plan)
    is_plainly_refused(result, "plan.yaml")
    assert result.exit_code == 1
    as_json = run("check", plan, "--format", "json")
    assert as_json.exit_code == 1
    assert json.loads(as_json.stdout)["readable"] is False
    is_plainly_refused(run("check", tmp_path / "nowhere"), "nowhere")


# --- exercises ---------------------------------------------------------------------------------------------------


def test_exercises_are_listed_with_all_that_other_programs_need():
    told = json.loads(run("exercises", "--format", "json").stdout)
    assert [each["id"] for each in told] == [each.id for each in exercises()]
    for each in told:
        assert set(each) == {"id", "title", "rule", "workbook", "findings", "section"}
        assert isinstance(each["findings"], list)
    assert "R2-no-source" in next(each for each in told if each["id"] == "2.1")["findings"]


def test_exercises_are_listed_for_people():
    listed = run("exercises").stdout.splitlines()
    assert len(listed) == len(exercises())
    assert listed[0].startswith(exercises()[0].id)


# --- lab ---------------------------------------------------------------------------------------------------------


def test_lab_needs_a_plan_where_one_is_named(tmp_path: Path):
    is_plainly_refused(run("lab", tmp_path), str(tmp_path), "rdlib new")


def test_lab_works_on_the_named_plan(plan: Path, monkeypatch: pytest.MonkeyPatch):
    seen: dict[str, object] = {}

    def started(command: list[str], env: dict[str, str], check: bool) -> subprocess.CompletedProcess[str]:
        page = Path(env["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0], "labconfig", "page_config.json")
        seen.update(command=command, plan=env.get("RDLIB_PLAN"), page=json.loads(page.read_text(encoding="utf-8")))
        return subprocess.CompletedProcess(command, 3)

    monkeypatch.setattr(subprocess, "run", started)
    assert run("lab", plan).exit_code == 3
    assert seen["plan"] == str(plan)
    assert "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate" in str(seen["command"])
    assert "@jupyterlab/apputils-extension:announcements" in str(seen["page"])
    monkeypatch.delenv("RDLIB_PLAN", raising=False)
    run("lab")
    assert seen["plan"] is None


def test_workbooks_that_cannot_be_saved_in_place_are_copied_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shipped = tmp_path / "rdlib" / "_share" / "workbooks"
    shipped.mkdir(parents=True)
    (shipped / "01.ipynb").write_text("first", encoding="utf-8")
    monkeypatch.setattr(paths, "workbooks", lambda: shipped)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    (tmp_path / "home").mkdir()
    own = lab.writable_workbooks()
    assert own == tmp_path / "home" / "delivery-workbooks"
    (own / "01.ipynb").write_text("with my notes", encoding="utf-8")
    (shipped / "02.ipynb").write_text("second", encoding="utf-8")
    lab.writable_workbooks()
    assert (own / "01.ipynb").read_text(encoding="utf-8") == "with my notes"
    assert (own / "02.ipynb").read_text(encoding="utf-8") == "second"


def test_workbooks_of_a_checkout_are_used_in_place():
    assert lab.writable_workbooks() == paths.workbooks()


def test_lab_really_starts_and_is_quiet(plan: Path, tmp_path: Path):
    environment = {**os.environ, "BROWSER": "true", "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime")}
    command = [sys.executable, "-c", "from rdlib.cli import main; main()", "lab", str(plan)]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    try:
        deadline = time.monotonic() + 60
        while not list((tmp_path / "runtime").glob("jpserver-*.json")):
            assert process.poll() is None, process.stdout and process.stdout.read()
            assert time.monotonic() < deadline, "JupyterLab did not start"
            time.sleep(0.2)
        (server,) = (tmp_path / "runtime").glob("jpserver-*.json")
        assert json.loads(server.read_text(encoding="utf-8"))["root_dir"] == str(paths.workbooks())
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)

import json
import os
import pickle
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pytest

from rdlib import paths
from rdlib.reports import batch, forge, hands, making, manifest
from rdlib.reports.batch import make_reports, names
from rdlib.reports.html import Display, Page
from rdlib.reports.manifest import State, hash_of
from rdlib.reports.parameters import ParameterError
from tests.reports.plans import AS_OF, WAITS, make_plan, write

DAY = date.fromisoformat(AS_OF)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return make_plan(tmp_path / "plan", waits=WAITS, bare="title: Bare\n", other="title: Other\n")


class Kernels:
    """Stands in for papermill: says what was asked for, and gives a notebook back as quick as that."""

    def __init__(self, plan: Path) -> None:
        self.plan = plan
        self.asked: list[str] = []
        self.broken: dict[str, str] = {}

    def run(self, job: making.Job, out: Path) -> making.Run:
        self.asked.append(job.id or "portfolio")
        files = [f"priorities/{job.id}.yaml", "plan.yaml"] if job.id else manifest.plan_files(self.plan)
        if job.id == "waits":
            files.append("data/waits.csv")
        inputs = {name: hash_of(self.plan / name) for name in files}
        shown = Display("<h1>T</h1>", page=Page(f"Page of {job.id}", "A plan", DAY, inputs))
        data, metadata = shown._repr_mimebundle_()
        output = nbformat.v4.new_output("display_data", data, metadata=metadata)
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("report.page()", outputs=[output])])
        notebook.metadata["papermill"] = {}
        return making.Run(notebook, self.broken.get(job.id), 0.1)

    def since(self) -> list[str]:
        asked, self.asked = sorted(self.asked), []
        return asked


@pytest.fixture
def kernels(plan: Path, monkeypatch: pytest.MonkeyPatch) -> Kernels:
    stand_in = Kernels(plan)
    monkeypatch.setattr(forge, "available", lambda: False)
    monkeypatch.setattr(making, "run_in_a_kernel", stand_in.run)
    return stand_in


def states(made: batch.Batch) -> dict[str, str]:
    return {entry.id or "portfolio": entry.state.value for entry in made.entries}


def test_the_first_run_makes_everything(plan: Path, kernels: Kernels, tmp_path: Path):
    out = tmp_path / "out"
    assert set(states(make_reports(plan, out, as_of=DAY)).values()) == {"done"}
    assert sorted(path.name for path in out.iterdir()) == [
        "bare.html",
        "index.html",
        "manifest.json",
        "notebooks",
        "other.html",
        "waits.html",
    ]
    assert len(list((out / "notebooks").iterdir())) == 4


def test_the_second_run_makes_nothing(plan: Path, kernels: Kernels, tmp_path: Path):
    make_reports(plan, tmp_path, as_of=DAY)
    kernels.since()
    assert set(states(make_reports(plan, tmp_path, as_of=DAY)).values()) == {"unchanged"}
    assert kernels.since() == []


def change_data(plan: Path, out: Path) -> None:
    (plan / "data" / "waits.csv").write_text("when,value\n2017,80\n", encoding="utf-8")


def change_priority(plan: Path, out: Path) -> None:
    write(plan, "waits", WAITS.replace("Shorter", "Short"))


def change_title_page(plan: Path, out: Path) -> None:
    with (plan / "plan.yaml").open("a", encoding="utf-8") as file:
        file.write("role: crdo\n")


def take_a_page_away(plan: Path, out: Path) -> None:
    (out / "waits.html").unlink()


def write_into_a_page(plan: Path, out: Path) -> None:
    (out / "waits.html").write_text("mine", encoding="utf-8")


def add_a_priority(plan: Path, out: Path) -> None:
    write(plan, "new", "title: New\n")


@pytest.mark.parametrize(
    ("change", "made"),
    [
        (change_data, ["portfolio", "waits"]),
        (change_priority, ["portfolio", "waits"]),
        (change_title_page, ["bare", "other", "portfolio", "waits"]),
        (take_a_page_away, ["waits"]),
        (write_into_a_page, ["waits"]),
        (add_a_priority, ["new", "portfolio"]),
    ],
)
def test_the_next_run_makes_what_changed(
    plan: Path, kernels: Kernels, tmp_path: Path, change: Callable[[Path, Path], None], made: list[str]
):
    make_reports(plan, tmp_path, as_of=DAY)
    kernels.since()
    change(plan, tmp_path)
    make_reports(plan, tmp_path, as_of=DAY)
    assert kernels.since() == made


def test_another_day_or_force_or_another_program_makes_everything(
    plan: Path, kernels: Kernels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    make_reports(plan, tmp_path, as_of=DAY)
    kernels.since()
    make_reports(plan, tmp_path, as_of=date(2019, 1, 1))
    assert len(kernels.since()) == 4
    make_reports(plan, tmp_path, as_of=date(2019, 1, 1), force=True)
    assert len(kernels.since()) == 4
    monkeypatch.setattr(batch, "_program", lambda: {"rdlib": "another one"})
    make_reports(plan, tmp_path, as_of=date(2019, 1, 1))
    assert len(kernels.since()) == 4


def test_one_that_fails_stops_no_other_and_is_tried_again(plan: Path, kernels: Kernels, tmp_path: Path):
    kernels.broken["waits"] = "It is broken."
    made = make_reports(plan, tmp_path, as_of=DAY)
    assert states(made) == {"bare": "done", "other": "done", "waits": "failed", "portfolio": "done"}
    assert [entry.id for entry in made.failed] == ["waits"]
    assert not (tmp_path / "waits.html").exists()
    assert (tmp_path / "notebooks" / "waits.ipynb").exists()
    kernels.since()
    kernels.broken.clear()
    assert states(make_reports(plan, tmp_path, as_of=DAY))["waits"] == "done"
    assert kernels.since() == ["portfolio", "waits"]


def test_the_old_page_of_a_report_that_fails_now_is_taken_away(plan: Path, kernels: Kernels, tmp_path: Path):
    make_reports(plan, tmp_path, as_of=DAY)
    kernels.broken["waits"] = "It is broken."
    change_data(plan, tmp_path)
    make_reports(plan, tmp_path, as_of=DAY)
    assert not (tmp_path / "waits.html").exists()


def test_what_is_gone_from_the_plan_is_gone_from_the_reports(plan: Path, kernels: Kernels, tmp_path: Path):
    make_reports(plan, tmp_path, as_of=DAY)
    (plan / "priorities" / "other.yaml").unlink()
    make_reports(plan, tmp_path, as_of=DAY)
    assert not (tmp_path / "other.html").exists()
    assert manifest.read(tmp_path).entry("other") is None
    assert "portfolio" in kernels.since()


def test_a_page_that_somebody_changed_is_not_taken_away(plan: Path, kernels: Kernels, tmp_path: Path):
    make_reports(plan, tmp_path, as_of=DAY)
    (tmp_path / "other.html").write_text("my notes", encoding="utf-8")
    (plan / "priorities" / "other.yaml").unlink()
    make_reports(plan, tmp_path, as_of=DAY)
    assert (tmp_path / "other.html").read_text(encoding="utf-8") == "my notes"


def test_only_some_leave_the_others_as_they_stand(plan: Path, kernels: Kernels, tmp_path: Path):
    make_reports(plan, tmp_path, as_of=DAY)
    kernels.since()
    change_title_page(plan, tmp_path)
    made = make_reports(plan, tmp_path, as_of=DAY, only=["waits"])
    assert states(made) == {"waits": "done", "portfolio": "done"}
    assert kernels.since() == ["portfolio", "waits"]
    assert {entry.id for entry in manifest.read(tmp_path).entries} == {"bare", "other", "waits", ""}


def test_an_id_that_is_no_priority_is_refused_before_anything_runs(plan: Path, kernels: Kernels, tmp_path: Path):
    with pytest.raises(ParameterError, match="waits"):
        make_reports(plan, tmp_path / "out", as_of=DAY, only=["wait"])
    assert kernels.since() == []
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_no_plan_is_refused(tmp_path: Path):
    with pytest.raises(ParameterError, match=r"plan\.yaml"):
        make_reports(tmp_path, tmp_path / "out")


def test_the_manifest_says_what_went_in(plan: Path, kernels: Kernels, tmp_path: Path):
    make_reports(plan, tmp_path, as_of=DAY)
    told = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    waits = next(entry for entry in told["reports"] if entry["id"] == "waits")
    assert waits["state"] == "done"
    assert waits["seconds"] > 0
    assert waits["error"] is None
    assert waits["inputs"]["data/waits.csv"] == hash_of(plan / "data" / "waits.csv")
    assert waits["parameters"] == {"plan": "../plan", "as_of": AS_OF, "priority": "waits"}
    assert {"rdlib", "template", "page", "papermill", "nbconvert", "language"} <= set(waits["made_with"])
    assert "/" + "tmp" not in (tmp_path / "manifest.json").read_text(encoding="utf-8")


def test_file_names_are_safe_and_differ():
    chosen = names(["../up", "CON", "a/b", "A B", "a-b", "portfolio", "index", "déjà vu"])
    assert len(set(chosen.values())) == len(chosen)
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in chosen.values())
    assert not {"index", "portfolio", "manifest"} & set(chosen.values())


def test_progress_is_silent_where_nobody_watches(
    plan: Path, kernels: Kernels, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    make_reports(plan, tmp_path, as_of=DAY)
    assert capfd.readouterr() == ("", "")


# --- with real kernels -------------------------------------------------------------------------------------------


def test_a_real_batch(plan: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    out = tmp_path / "out"
    write(plan, "bare", "title: Bare\nindicators: [{id: i1, name: Waits, target: {value: lots, due: someday}}]\n")
    (plan / "priorities" / "other.yaml").unlink()
    made = make_reports(plan, out, as_of=DAY)
    assert states(made) == {"bare": "failed", "waits": "done", "portfolio": "done"}, made.failed
    (failed,) = made.failed
    assert failed.error and "lots" in failed.error and "someday" in failed.error
    assert "Traceback" not in failed.error

    page = (out / "waits.html").read_text(encoding="utf-8")
    assert "<h1>Shorter waits</h1>" in page
    assert "PriorityReport" not in page
    index = (out / "index.html").read_text(encoding="utf-8")
    assert 'href="waits.html"' in index
    assert 'href="bare.html"' not in index
    assert "someday" in index

    notebook = nbformat.read(out / "notebooks" / "waits.ipynb", as_version=4)
    assert any("injected-parameters" in cell.metadata.get("tags", []) for cell in notebook.cells)
    assert str(tmp_path) not in (out / "notebooks" / "waits.ipynb").read_text(encoding="utf-8")
    assert capfd.readouterr() == ("", "")


def test_papermill_alone_is_refused_in_plain_words(plan: Path, tmp_path: Path):
    import papermill

    with pytest.raises(papermill.PapermillExecutionError) as error:
        papermill.execute_notebook(
            paths.templates() / "priority.ipynb",
            tmp_path / "out.ipynb",
            {"plan": str(plan), "priority": "waits", "asof": "2018-03-31"},
            progress_bar=False,
        )
    assert "“asof” is no parameter of this report; did you mean “as_of”?" in error.value.evalue
    text = (tmp_path / "out.ipynb").read_text(encoding="utf-8")
    assert "Traceback" not in text


def test_a_cell_that_fails_says_which_part_it_was(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    own = tmp_path / "templates"
    own.mkdir()
    for path in [paths.templates() / "priority.ipynb", paths.templates() / "portfolio.ipynb"]:
        text = path.read_text(encoding="utf-8").replace("report.smart()", "report.smart(1)")
        (own / path.name).write_text(text, encoding="utf-8")
    (own / "html").symlink_to(paths.templates() / "html")
    monkeypatch.setattr(paths, "templates", lambda: own)
    made = make_reports(plan, tmp_path / "out", as_of=DAY, only=["waits"])
    (failed,) = made.failed
    assert failed.state is State.FAILED
    assert failed.error and failed.error.startswith("The part “report.smart(1)” could not be made")


def spoilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    """Let a template run other lines in place of one section, for the priority with the id ``bad``."""
    own = tmp_path / "templates"
    own.mkdir()
    for path in paths.templates().glob("*.ipynb"):
        text = path.read_text(encoding="utf-8").replace("report.smart()", line)
        (own / path.name).write_text(text, encoding="utf-8")
    (own / "html").symlink_to(paths.templates() / "html")
    monkeypatch.setattr(paths, "templates", lambda: own)


@pytest.mark.skipif(not forge.available(), reason="this system cannot fork safely")
def test_who_is_killed_or_hangs_is_tried_twice_and_the_others_go_on(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    line = "import os, time; priority == 'bare' and os.kill(os.getpid(), 9); priority == 'other' and time.sleep(99)"
    spoilt(tmp_path, monkeypatch, line)
    made = make_reports(plan, tmp_path / "out", as_of=DAY, timeout=15)
    assert states(made) == {"bare": "failed", "other": "failed", "waits": "done", "portfolio": "done"}
    tries = {entry.id: entry.tries for entry in made.entries}
    assert tries == {"bare": 2, "other": 2, "waits": 1, "": 1}
    told = {entry.id: entry.error or "" for entry in made.failed}
    assert "ended by itself" in told["bare"]
    assert "longer than 15 seconds" in told["other"]
    assert manifest.read(tmp_path / "out").entry("bare") == made.failed[0]


@pytest.mark.skipif(not forge.available(), reason="this system cannot fork safely")
def test_a_full_disk_is_told(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    spoilt(
        tmp_path,
        monkeypatch,
        "import errno, os; os.fsync = lambda _n: (_ for _ in ()).throw(OSError(errno.ENOSPC, os.strerror(28)))",
    )
    made = make_reports(plan, tmp_path / "out", as_of=DAY, only=["waits"])
    (failed,) = made.failed
    assert failed.error == "It could not be made: No space left on device."
    assert [path.name for path in (tmp_path / "out").glob("*waits*")] == []


def test_what_is_finished_stays_when_somebody_stops_it(
    plan: Path, kernels: Kernels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "out"
    run = kernels.run

    def stopped(job: making.Job, folder: Path) -> making.Run:
        if job.id == "waits":
            raise KeyboardInterrupt
        return run(job, folder)

    monkeypatch.setattr(making, "run_in_a_kernel", stopped)
    with pytest.raises(KeyboardInterrupt):
        make_reports(plan, out, as_of=DAY, jobs=1)
    standing = {entry.id for entry in manifest.read(out).entries}
    assert standing == {"bare", "other"}
    assert {entry.id for entry in manifest.read(out).entries if (out / entry.page).exists()} == standing


@pytest.mark.skipif(not forge.available(), reason="this system cannot fork safely")
def test_ctrl_c_leaves_what_is_finished_and_says_so(tmp_path: Path):
    plan = make_plan(tmp_path / "plan", **{f"p{number:02d}": WAITS for number in range(60)})
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-c",
        "from rdlib.cli import main; main()",
        "report",
        str(plan),
        "--out",
        str(out),
        "--as-of",
        AS_OF,
        "--jobs",
        "1",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as run:
        deadline = time.monotonic() + 120
        while len(list(out.glob("p*.html"))) < 2 and run.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        _said, told = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "Stopped." in told
    assert "Traceback" not in told
    standing = manifest.read(out).entries
    assert 0 < len(standing) < 60
    assert {entry.page for entry in standing} <= {path.name for path in out.glob("p*.html")}
    assert list(out.rglob("*.tmp")) == []


class Formats:
    """Stands in for the module that makes further formats."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def write(self, form: str, report: Any, page_html: str, out: Path, stem: str) -> tuple[Path, ...]:
        assert "<h1>" in page_html
        self.asked.append((form, report.priority.id))
        if form == "pdf" and report.priority.id == "other":
            raise ValueError("It has no pages.")
        return self._written(out, f"{stem}.{form}")

    def write_portfolio(self, form: str, report: Any, page_html: str, out: Path, stem: str) -> tuple[Path, ...]:
        self.asked.append((form, "portfolio"))
        return self._written(out, f"{stem}.{form}")

    def _written(self, out: Path, name: str) -> tuple[Path, ...]:
        (out / name).write_text(name, encoding="utf-8")
        return (out / name,)


@pytest.fixture
def formats(kernels: Kernels, monkeypatch: pytest.MonkeyPatch) -> Formats:
    import rdlib.reports

    stand_in = Formats()
    monkeypatch.setitem(sys.modules, "rdlib.reports.formats", stand_in)
    monkeypatch.setattr(rdlib.reports, "formats", stand_in, raising=False)
    return stand_in


def test_further_formats_follow_from_the_page(plan: Path, kernels: Kernels, formats: Formats, tmp_path: Path):
    out = tmp_path / "out"
    made = make_reports(plan, out, as_of=DAY, formats=["html", "docx"])
    names = sorted(path.name for path in out.glob("*.docx"))
    assert names == ["bare.docx", "other.docx", "portfolio.docx", "waits.docx"]
    assert {tuple(entry.formats["docx"]) for entry in made.entries} >= {("waits.docx",), ("portfolio.docx",)}
    assert all(f in entry.outputs for entry in made.entries for f in entry.formats["docx"])


def test_only_what_lacks_is_made(plan: Path, kernels: Kernels, formats: Formats, tmp_path: Path):
    make_reports(plan, tmp_path, as_of=DAY)
    kernels.since()
    make_reports(plan, tmp_path, as_of=DAY, formats=["docx"])
    assert kernels.since() == []
    assert len(formats.asked) == 4
    assert set(states(make_reports(plan, tmp_path, as_of=DAY, formats=["docx"])).values()) == {"unchanged"}
    assert len(formats.asked) == 4
    (tmp_path / "waits.docx").unlink()
    make_reports(plan, tmp_path, as_of=DAY, formats=["docx"])
    assert (tmp_path / "waits.docx").exists()


def test_a_format_that_fails_leaves_the_page(plan: Path, kernels: Kernels, formats: Formats, tmp_path: Path):
    made = make_reports(plan, tmp_path, as_of=DAY, formats=["pdf"])
    (failed,) = made.failed
    assert (failed.id, failed.error) == ("other", "It has no pages.")
    assert (tmp_path / "other.html").exists()
    assert set(states(make_reports(plan, tmp_path, as_of=DAY)).values()) <= {"unchanged", "done"}


def test_an_engine_that_is_not_there_is_refused(plan: Path, tmp_path: Path):
    with pytest.raises(hands.HandsError, match=r"“fast”.*“rdlib”, “papermill”"):
        make_reports(plan, tmp_path / "out", as_of=DAY, engine="fast")


def test_a_scheduler_that_does_not_answer_is_said(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("rdlib.reports.cluster.CONNECT_SECONDS", 1)
    with pytest.raises(hands.HandsError, match="No scheduler answers"):
        make_reports(plan, tmp_path / "out", as_of=DAY, scheduler="tcp://127.0.0.1:1")


def test_without_the_library_a_cluster_is_refused(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(hands.HandsError, match=r"rdlib\[cluster\]"):
        make_reports(plan, tmp_path / "out", as_of=DAY, scheduler="tcp://127.0.0.1:1")


def test_a_file_of_which_nothing_tells_a_change_is_read(tmp_path: Path):
    file = tmp_path / "page.html"
    file.write_text("old", encoding="utf-8")
    seen = manifest.Seen(tmp_path)
    seen.SETTLED = -1
    first = seen.hash_of("page.html")
    seen.remember(["page.html"])
    assert (tmp_path / manifest.Seen.NAME).exists()
    state = file.stat()
    file.write_text("new", encoding="utf-8")
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))  # as large and as old as before
    assert manifest.Seen(tmp_path).hash_of("page.html") != first == seen._known["page.html"][0]


def test_a_job_that_came_from_another_process_is_still_the_report_of_a_priority(
    plan: Path, kernels: Kernels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    sent: list[making.Job] = []

    def run(job: making.Job, out: Path) -> making.Run:
        sent.append(pickle.loads(pickle.dumps(job)))
        return kernels.run(job, out)

    monkeypatch.setattr(making, "run_in_a_kernel", run)
    make_reports(plan, tmp_path / "out", as_of=DAY, jobs=1)
    assert {job.id: job.is_priority for job in sent} == {"bare": True, "other": True, "waits": True, "": False}

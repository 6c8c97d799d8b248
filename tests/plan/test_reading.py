"""From text to records: everything that cannot be read is reported at once, and the rest is read all the same."""

from datetime import date
from pathlib import Path

import attrs
import pytest

from rdlib.plan import PlanReadError, Problem, Reading, read_plan, read_priority
from rdlib.plan.fields import Kind, declare
from rdlib.plan.parts import PARTS, Part
from rdlib.plan.priority import Priority
from rdlib.plan.reading import data_path
from rdlib.plan.values import Missing


@pytest.fixture
def plan(tmp_path: Path):
    """Writes the files of a plan and reads it."""

    def write(priority: str = "", title: str = "title: P\n", **data: str) -> Reading:
        (tmp_path / "priorities").mkdir(exist_ok=True)
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "plan.yaml").write_text("schema: 2\n" + title)
        (tmp_path / "priorities" / "waits.yaml").write_text(priority)
        for name, content in data.items():
            (tmp_path / "data" / f"{name}.csv").write_text(content)
        return read_plan(tmp_path)

    return write


def only(reading: Reading) -> Problem:
    (problem,) = reading.problems
    return problem


INDICATOR = "indicators:\n  - id: i1\n    unit: '%'\n"


def test_a_whole_priority_is_read(plan):
    reading = plan(
        "title: Waits\nleaders: Ada\nstakeholders:\n  - Nurses\n  - Patients\noutcomes:\n"
        "  - id: o1\n    level: Long-term outcome\n"
        "indicators:\n  - id: i1\n    unit: '%'\n    outcome: o1\n    three_m:\n"
        "      meaningful: oui\n      lever: INDIRECT\n"
        "    target:\n      value: 85 %\n      due: 2018/19 Q4\n    baseline:\n      value: TBD\n"
        "    observations:\n      - when: 2018-04\n        value: 80\nassessments:\n"
        "  - id: a1\n    day: 30 April 2018\n    planning: 3\n"
    )
    assert reading.problems == ()
    (priority,) = reading.plan.priorities
    indicator = priority.indicators[0]
    assert (priority.id, priority.leaders, priority.stakeholders) == ("waits", ("Ada",), ("Nurses", "Patients"))
    assert priority.outcomes[0].level == "long-term"
    assert (indicator.three_m.meaningful, indicator.three_m.lever) == (True, "indirect")
    assert indicator.target.value == 85.0
    assert indicator.target.due is not None
    assert indicator.target.due.end == date(2019, 3, 31)
    assert indicator.baseline.value is Missing.TO_BE_DETERMINED
    assert indicator.observations[0].value == 80.0
    assert (priority.assessments[0].day, priority.assessments[0].planning) == (date(2018, 4, 30), 3)


def test_all_problems_of_all_files_are_said_at_once(plan, tmp_path: Path):
    (tmp_path / "priorities").mkdir()
    (tmp_path / "priorities" / "broken.yaml").write_text("title: [\n")
    reading = plan(
        "title:\n  - a list\nindicators:\n  - id: i1\n    direction: sideways\n"
        "    baseline:\n      value: many\n    target: 85 %\n",
        "title: P\nmandate_start: soon\nlanguage: de\n",
    )
    assert sorted((p.file, p.line, p.where) for p in reading.problems) == [
        ("plan.yaml", 3, "plan/mandate_start"),
        ("plan.yaml", 4, "plan/language"),
        ("priorities/broken.yaml", 1, "priorities/broken"),
        ("priorities/waits.yaml", 2, "priorities/waits/title"),
        ("priorities/waits.yaml", 5, "priorities/waits/indicators/i1/direction"),
        ("priorities/waits.yaml", 7, "priorities/waits/indicators/i1/baseline/value"),
        ("priorities/waits.yaml", 8, "priorities/waits/indicators/i1/target"),
    ]
    assert [priority.id for priority in reading.plan.priorities] == ["waits"]
    assert len(reading.problems_of("waits")) == 4
    assert len(reading.problems_of("broken")) == 1
    assert reading.problems_of("wait") == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            INDICATOR + "    baseline:\n      value: many\n",
            'line 5, "Baseline": found "many". Accepted: a number such as 1234 or 12.5 (digits only, '
            'with "TBD" or "N/A" '
            "where there is none).",
        ),
        (
            "indicators:\n  - id: i1\n    unit: days\n    target:\n      value: 85 %\n",
            'line 5, "Target value": found "85 %". Accepted: a number without a percent sign, since '
            'the unit here is "days"; '
            'or set the unit to "%".',
        ),
        (
            INDICATOR + "    direction: sideways\n",
            'line 4, "Which way is better": found "sideways". Accepted: one of these: up (Higher is better), '
            "down (Lower is better), within (Best within a range).",
        ),
        (
            INDICATOR + "    three_m:\n      meaningful: maybe\n",
            'line 5, "Meaningful?": found "maybe". Accepted: yes or no.',
        ),
        (
            "assessments:\n  - id: a1\n    day: 03/04/2018\n",
            'line 3, "Assessed on": found "03/04/2018". Accepted: a date with one reading; this is '
            "2018-04-03 or 2018-03-04: "
            "write the one you mean.",
        ),
        (
            "assessments:\n  - id: a1\n    planning: 5\n",
            'line 3, "Quality of planning": found "5". Accepted: one of these: 1 (red), 2 (amber-red), '
            "3 (amber-green), "
            "4 (green).",
        ),
        ("title:\n  - a\n", 'line 2, "Priority": found a list. Accepted: one text.'),
        ("title: {a: b}\n", 'line 1, "Priority": found a group of fields. Accepted: one text.'),
        (
            INDICATOR + "    target: 85 %\n",
            'line 4, "Target": found "85 %". Accepted: a group of fields below it, such as wording, kind, value.',
        ),
        (
            "outcomes: shorter waits\n",
            'line 1, "Outcomes": found "shorter waits". Accepted: rows that start with a dash, with '
            "fields such as statement, "
            "level, leads_to.",
        ),
        (
            "outcomes:\n  - shorter waits\n",
            'line 2, "Outcomes": found "shorter waits". Accepted: a row with fields such as statement, '
            "level, leads_to.",
        ),
        (
            "stakeholders:\n  a: b\n",
            'line 2, "Key stakeholders": found a group of fields. Accepted: texts, one a line, each '
            "with a dash before it.",
        ),
        (
            "outcomes:\n  - id: o1\n  - id: o1\n",
            'line 3, "Id": found "o1" a second time (first in line 2). Accepted: each id once in its table.',
        ),
        (
            "outcomes:\n  - id: Outcome 1\n",
            'line 2, "Id": found "Outcome 1". Accepted: lower-case letters, digits and hyphens, such as shorter-waits.',
        ),
        (
            INDICATOR + "    data_files: data/none.csv\n",
            'line 4, "Data files": found "data/none.csv". Accepted: a file that is there: put it into '
            "the folder data and "
            "write data/ before its name.",
        ),
        (
            INDICATOR + "    data_files:\n      - ../secret.csv\n",
            'line 5, "Data files": found "../secret.csv". Accepted: a file in the plan\'s folder, such '
            "as data/waits.csv.",
        ),
    ],
)
def test_a_problem_names_file_line_field_what_was_found_and_what_is_accepted(plan, text: str, sentence: str):
    assert str(only(plan(text))) == f"priorities/waits.yaml, {sentence}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title:\n",
        "title: ~\n",
        "indicators:\n",
        "indicators: []\n",
        "indicators:\n  -\n",
        INDICATOR + "    target:\n",
    ],
)
def test_what_is_empty_is_no_problem(plan, text: str):
    assert plan(text).problems == ()


def test_the_language_and_fiscal_year_of_the_plan_count(plan):
    text = "indicators:\n  - id: i1\n    baseline:\n      value: 1,234\n      when: 2018/19\n"
    english = plan(text).plan.priorities[0].indicators[0].baseline
    french = plan(text, "language: fr\nfiscal_year_start: 7\n").plan.priorities[0].indicators[0].baseline
    assert (english.value, french.value) == (1234.0, 1.234)
    assert (english.when.start, french.when.start) == (date(2018, 4, 1), date(2018, 7, 1))


def test_a_number_has_its_limits():
    @attrs.frozen
    class Share:
        id: str = declare("Id", Kind.ID)
        share: float | None = declare("Share", Kind.NUMBER, unit="%", low=0, high=100)

    part = Part("test_shares", Share, of=Priority, label="Shares")
    try:
        from rdlib.plan.documents import Document
        from rdlib.plan.reading import Setting, read_priority_document

        def read(value: str) -> tuple[float | None, list[str]]:
            text = f"test_shares:\n  - id: s1\n    share: {value}\n"
            read = read_priority_document(Document.of("priorities/a.yaml", text), "a", Path(), Setting())
            return part.read(read.record)[0].share, [problem.accepted for problem in read.problems]

        assert read("50 %") == (50.0, [])
        assert read("101") == (None, ["a number of at most 100"])
        assert read('"-1"') == (None, ["a number of at least 0"])
    finally:
        del PARTS["priority", "test_shares"]


def test_rows_are_named_by_their_id_or_by_their_place(plan):
    reading = plan(
        "outcomes:\n  - level: x\n  - id: o1\n    level: x\n  - id: o1\n    level: x\n  - id: a/b\n    level: x\n"
    )
    places = [p.where.removeprefix("priorities/waits/outcomes/") for p in reading.problems if p.where.endswith("level")]
    assert places == ["#1/level", "o1/level", "#3/level", "#4/level"]


def test_a_slip_in_a_name_is_a_hint_and_never_in_the_way(plan):
    reading = plan("tittle: Waits\nsomething else: kept\n")
    assert reading.problems == ()
    assert reading.hints == (
        'priorities/waits.yaml, line 1: "tittle" is not the name of a field here. Did you mean "title"?',
    )
    assert plan("title: Waits\nremarks: kept\n").hints == ()


def test_hints_about_several_files(plan, tmp_path: Path):
    plan()
    (tmp_path / "priorities" / "other.yml").write_text("title: O\n")
    reading = plan(
        "indicators:\n  - id: i1\n    data_files: data/shared.csv\n  - id: i2\n    data_files: shared.csv\n",
        "order:\n  - waits\n  - gone\n",
        shared="indicator,when,value\ni1,2018,1\ni2,2018,2\ni9,2018,3\n",
    )
    assert reading.problems == ()
    assert [len(indicator.observations) for indicator in reading.plan.priorities[0].indicators] == [1, 1]
    assert reading.hints == (
        'plan.yaml: the order of the priorities names "gone", and there is no priorities/gone.yaml.',
        "priorities/other.yml is not read: the files of priorities end in .yaml.",
        'data/shared.csv, line 4: no indicator with the id "i9" uses this file, so its rows are not read.',
    )


def test_problems_of_a_data_file_belong_to_the_priority_that_uses_it(plan):
    problem = only(plan(INDICATOR + "    data_files: data/w.csv\n", w="when,value\n2018,5 %\n2019,many\n"))
    assert (problem.file, problem.line, problem.label, problem.found) == ("data/w.csv", 3, "value", '"many"')
    assert problem.where == "priorities/waits/indicators/i1/data_files"


@pytest.mark.parametrize(
    "name",
    ["../x.csv", "data/../../x.csv", "/etc/passwd", "C:\\x.csv", "\\\\host\\x.csv", "\\x.csv", "a\0b", "..\\x.csv"],
)
def test_a_data_file_outside_the_folder_is_refused(tmp_path: Path, name: str):
    (tmp_path / "plan").mkdir()
    (tmp_path / "x.csv").write_text("when,value\n")
    path, accepted = data_path(tmp_path / "plan", name)
    assert path is None
    assert accepted == "a file in the plan's folder, such as data/waits.csv"


def test_a_link_is_followed_only_inside_the_folder(tmp_path: Path):
    folder = tmp_path / "plan"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "a.csv").write_text("when,value\n")
    (folder / "data" / "inside.csv").symlink_to(folder / "data" / "a.csv")
    (tmp_path / "secret.csv").write_text("when,value\n")
    (folder / "data" / "outside.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "data" / "circle.csv").symlink_to(folder / "data" / "circle.csv")
    assert data_path(folder, "data/inside.csv")[0] == (folder / "data" / "a.csv").resolve()
    assert data_path(folder, "a.csv")[0] == (folder / "data" / "a.csv").resolve()
    assert data_path(folder, "data/outside.csv")[0] is None
    assert data_path(folder, "data/circle.csv")[0] is None
    assert data_path(folder, "data")[0] is None


def test_one_priority_is_read_without_the_others(plan, tmp_path: Path):
    plan("title: Waits\n", "title: P\norder:\n  - broken\n  - waits\n")
    (tmp_path / "priorities" / "broken.yaml").write_text("a: [\n")
    reading = read_priority(tmp_path, "waits")
    assert [priority.title for priority in reading.plan.priorities] == ["Waits"]
    assert (reading.plan.title, reading.problems, reading.hints) == ("P", (), ())
    assert len(read_priority(tmp_path, "broken").problems) == 1
    for name in ("gone", "../plan", ""):
        with pytest.raises(KeyError, match="there is no priority"):
            read_priority(tmp_path, name)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (None, "no file of this name in"),
        ("title: [\n", "a bracket that is never closed"),
        ("schema: 99\n", "99: this plan was written by a newer release of this program"),
        ("schema: two\n", '"two"'),
        ("schema: 0\n", '"0"'),
        ("schema: [2]\n", "nothing that is a number"),
    ],
)
def test_a_plan_of_which_nothing_can_be_read_says_why(tmp_path: Path, content: str | None, found: str):
    if content is not None:
        (tmp_path / "plan.yaml").write_text(content)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*")}
    with pytest.raises(PlanReadError) as caught:
        read_plan(tmp_path)
    (problem,) = caught.value.problems
    assert problem.file == "plan.yaml"
    assert problem.found.startswith(found)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*")} == before


def test_a_priority_file_with_a_name_that_is_no_id_is_a_problem(plan, tmp_path: Path):
    plan()
    (tmp_path / "priorities" / "My Priority.yaml").write_text("title: M\n")
    problem = only(read_plan(tmp_path))
    assert (problem.file, problem.line, problem.found) == ("priorities/My Priority.yaml", None, '"My Priority"')

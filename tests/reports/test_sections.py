import re
from datetime import date
from pathlib import Path

import nbformat
import pytest

from rdlib import paths
from rdlib.plan import Priority
from rdlib.reports import PriorityReport
from rdlib.reports.parameters import ParameterError
from rdlib.reports.sections import ReportError, sections
from rdlib.rules.registry import exercises
from tests.reports.plans import AS_OF, WAITS, make_plan, write


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return make_plan(tmp_path / "plan", waits=WAITS)


def opened(plan: Path, priority: str = "waits", as_of: str = AS_OF) -> PriorityReport:
    return PriorityReport.open(plan=plan, priority=priority, as_of=as_of)


def spoilt(plan: Path, old: str, new: str) -> PriorityReport:
    assert old in WAITS
    write(plan, "waits", WAITS.replace(old, new))
    return opened(plan)


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def template_calls() -> list[str]:
    notebook = nbformat.read(paths.templates() / "priority.ipynb", as_version=4)
    return [match[1] for cell in notebook.cells if (match := re.fullmatch(r"report\.(\w+)\(\)", cell.source))]


def test_each_exercise_done_on_a_priority_has_its_section():
    assert {each.section for each in exercises() if each.scope is Priority} <= set(sections())


def test_the_template_shows_each_section_once():
    assert sorted(template_calls()) == sorted(["page", *(anchor.replace("-", "_") for anchor in sections())])


def test_no_section_hides_something_else_of_the_report(plan: Path):
    report = opened(plan)
    taken = {name for name in {*vars(report), *dir(type(report))} if not name.startswith("_")}
    assert not taken & {anchor.replace("-", "_") for anchor in sections()}


@pytest.mark.parametrize("anchor", sorted(sections()))
def test_each_section_has_its_anchor_and_a_heading_or_is_one_line(plan: Path, anchor: str):
    shown = opened(plan).show(anchor)
    assert shown.anchor == anchor
    if not shown.html:
        assert sections()[anchor].of or all(each.case for each in sections()[anchor].exercises)
        return
    assert f'id="{anchor}"' in shown.html
    assert shown.html.count("<h2") == (1 if shown.title else 0)
    assert "<h1" not in shown.html
    assert repr(shown) == f"<{shown.title or anchor}>"


def test_a_section_is_a_method_too(plan: Path):
    report = opened(plan)
    assert report.three_m().html == report.show("three-m").html


def test_what_is_no_section_is_said_plainly(plan: Path):
    report = opened(plan)
    with pytest.raises(ReportError, match="no section “budget”"):
        report.show("budget")
    with pytest.raises(AttributeError, match="budget"):
        report.budget()


def test_what_was_not_attempted_is_one_line(plan: Path):
    write(plan, "bare", "title: Bare\n")
    report = opened(plan, "bare")
    for anchor in ("three-m", "smart", "levels"):
        shown = report.show(anchor)
        assert "not attempted yet" in shown.html
        assert shown.html.count("<p") == 1
    assert report.show("sorting").html == ""  # practice that nobody began
    assert "not attempted" not in opened(plan).three_m().html


def test_each_working_paper_has_the_rule_that_it_stands_under():
    for anchor, each in sections().items():
        assert each.main or each.rule is not None, anchor
        assert not each.of or each.of in sections(), anchor


def test_a_section_of_the_report_and_a_working_paper_are_told_apart(plan: Path):
    report = opened(plan)
    assert report.verdict().rule is None
    assert report.three_m().rule == 2
    assert report.changes().rule == 2
    assert (report.matrix().rule, bool(report.matrix().waiting)) == (4, True)  # one line among those of its rule
    assert report.evidence().html == ""


def test_the_first_section_says_the_verdict(plan: Path):
    said = words(opened(plan).verdict().html)
    assert "7 points below the target for March 2020" in said
    assert "not due yet" in said
    assert "78%" in said
    assert "Minister of Health" in said
    assert said.index("What is asked") < said.index("Where each target stands")
    assert "What changed since 30 June 2017 (a year ago)" in said
    assert "What changed" not in words(opened(plan, as_of="2016-06-30").verdict().html) or "after" in said


def test_a_decision_that_is_wanted_comes_before_the_next_steps(plan: Path):
    text = (plan / "plan.yaml").read_text(encoding="utf-8")
    decision = "{id: d1, question: Who pays for the second shift}"
    (plan / "plan.yaml").write_text(
        f"{text}next_stocktake: [{{id: n1, day: 2018-07-05, decisions: [{decision}]}}]\n", encoding="utf-8"
    )
    said = words(opened(plan).verdict().html)
    asked = said[said.index("What is asked") :]
    assert asked.replace("  ", " ").startswith("What is asked Decision wanted: Who pays for the second shift")


def test_where_nothing_changed_and_nothing_is_asked_nothing_is_said(plan: Path):
    write(plan, "aimless", "title: Aimless\nindicators: [{id: i1, name: Waits}]\n")
    report = opened(plan, "aimless")
    report.found = []
    said = words(report.verdict().html)
    assert "What changed" not in said
    assert "What is asked" not in said


def test_a_target_says_whether_its_values_tell_more_than_noise(plan: Path):
    assert "too few" not in words(opened(plan).verdict().html)
    values = "".join(f"2017-{month:02},{50 + month % 2}\n" for month in range(1, 13))
    (plan / "data" / "waits.csv").write_text(f"when,value\n{values}", encoding="utf-8")
    assert "Within its usual range since January 2017" in words(opened(plan).verdict().html)


def test_a_target_that_fell_due_is_met_or_not(plan: Path):
    def told(value: str) -> str:
        write(plan, "waits", WAITS.replace("value: 85, due: 2020-03", f"value: {value}, due: 2017"))
        return words(opened(plan).verdict().html)

    assert "▲ not met" in told("85")
    assert "● met" in told("78")


def test_without_indicator_or_target_the_verdict_says_that_nobody_can_tell(plan: Path):
    write(plan, "bare", "title: Bare\n")
    write(plan, "aimless", "title: Aimless\nindicators: [{id: i1, name: Waits}]\n")
    assert "No indicator yet" in words(opened(plan, "bare").verdict().html)
    assert "No target that can be judged yet" in words(opened(plan, "aimless").verdict().html)


def test_nobody_rated_it_is_not_red(plan: Path):
    assert "– not rated" in words(opened(plan).verdict().html)


def test_the_last_assessment_of_the_day_is_shown(plan: Path):
    rated = WAITS + (
        "assessments:\n"
        "  - {id: a1, day: 2018-01-31, likelihood: 2, illustrative: yes}\n"
        "  - {id: a2, day: 2018-04-30, likelihood: 3}\n"
        "  - {id: a3, day: 2019-01-31, likelihood: 1}\n"
    )
    write(plan, "waits", rated)
    said = words(opened(plan).verdict().html)
    assert "3 amber-green" in said
    assert "30 April 2018" in said
    assert "1 red" not in said


def test_what_is_made_up_is_marked(plan: Path):
    assert "illustrative" not in opened(plan).verdict().html
    report = spoilt(plan, "source: Annual return}", "source: Annual return, illustrative: yes}")
    assert "illustrative" in report.verdict().html
    assert "illustrative" in report.sources().html


def test_a_source_that_is_not_said_is_named_as_such(plan: Path):
    assert "source not given" in opened(plan).sources().html  # that of the target
    report = spoilt(plan, "commitment: committed}", "commitment: committed, source: Budget speech}")
    assert "source not given" not in report.sources().html


def test_findings_stand_with_their_next_step_and_the_worst_come_first(plan: Path):
    report = spoilt(plan, "sources: [Hospital returns]", "sources: []")
    assert [f.severity.rank for f in report.found] == sorted(f.severity.rank for f in report.found)
    assert "No data source" in report.show("findings").html
    assert "No data source" not in opened_again(plan).show("findings").html


def opened_again(plan: Path) -> PriorityReport:
    write(plan, "waits", WAITS)
    return opened(plan)


def test_a_finding_that_practice_repeats_is_counted_once(plan: Path):
    found = opened(plan).found
    assert len(found) == len({(f.code, f.where) for f in found})


def test_the_indicator_is_shown_with_chart_trend_and_status(plan: Path):
    html = opened(plan).progress().html
    assert "<figure" in html
    assert 'alt="' in html
    assert "trend alone would bring" in html
    assert html.count("<figure") == 1
    assert "Held against others" not in html


def test_units_inside_the_system_and_benchmarks_are_shown(plan: Path):
    rows = "".join(f"2017,{60 + 5 * n},,Hospital {n}\n" for n in range(6))
    plan.joinpath("data", "waits.csv").write_text(
        "when,value,note,hospital\n2016,70,,\n2017,72,,\n" + rows, encoding="utf-8"
    )
    report = spoilt(
        plan,
        "    target:",
        "    benchmarks: [{id: b1, kind: peers, name: Next door, value: 88, when: 2017}]\n    target:",
    )
    html = report.progress().html
    said = words(html)
    assert html.count("<figure") == 2
    assert "1 of 6 meet the target, 2017" in html
    assert "Next door" in said
    assert "reaches it" in said


def test_a_changed_target_is_logged(plan: Path):
    assert "none yet" in opened(plan).changes().html
    report = spoilt(
        plan,
        "    data_files:",
        "    changes: [{id: c1, day: 2017-05-01, was: 90% by 2019, reason: Flu was worse}]\n    data_files:",
    )
    assert "Flu was worse" in report.changes().html


def test_an_indicator_without_a_target_on_purpose_is_not_judged(plan: Path):
    report = spoilt(
        plan,
        "target: {wording: At least 85% by March 2020, kind: at-least, value: 85, due: 2020-03, commitment: committed}",
        "target: {kind: context}",
    )
    assert "no target is meant" in report.smart().html
    assert "<table" not in report.smart().html


def test_nothing_typed_can_become_part_of_the_page(plan: Path):
    report = spoilt(plan, "title: Shorter waits", "title: <script>alert(1)</script>")
    for anchor in ["verdict", "levels", "progress", "sources"]:
        assert "<script" not in report.show(anchor).html
    assert "<script" not in report.page().html


def test_the_page_names_the_files_that_it_is_made_from(plan: Path):
    facts = opened(plan).page().page
    assert facts is not None
    assert sorted(facts.inputs) == ["data/waits.csv", "plan.yaml", "priorities/waits.yaml"]
    assert facts.title == "Shorter waits"
    assert facts.as_of == date(2018, 6, 30)


def test_a_priority_that_is_not_there_is_refused(plan: Path):
    with pytest.raises(ReportError, match="no priority “other”"):
        opened(plan, "other")


def test_values_that_cannot_be_read_are_all_named(plan: Path):
    with pytest.raises(ReportError) as error:
        spoilt(plan, "value: 85, due: 2020-03", "value: lots, due: someday")
    said = str(error.value)
    assert "2 values cannot be read" in said
    assert "priorities/waits.yaml, line" in said
    assert "lots" in said
    assert "someday" in said


def test_a_value_in_a_data_file_that_cannot_be_read_is_named(plan: Path):
    plan.joinpath("data", "waits.csv").write_text("when,value\n2017,much\n", encoding="utf-8")
    with pytest.raises(ReportError, match=r"data/waits\.csv, line 2"):
        opened(plan)


def test_a_file_that_is_no_plan_file_is_refused(plan: Path):
    write(plan, "waits", "title: [unclosed\n")
    with pytest.raises(ReportError, match=r"priorities/waits\.yaml"):
        opened(plan)


def test_wrong_parameters_are_refused_before_anything_is_read(plan: Path):
    with pytest.raises(ParameterError):
        PriorityReport.open(plan=plan, priority="waits", as_of="soon")
    with pytest.raises(ParameterError, match="colour"):
        PriorityReport.open(plan=plan, priority="waits", as_of=AS_OF, colour="red")


def test_a_target_that_never_falls_due_is_called_that(plan: Path):
    report = spoilt(plan, "At least 85% by March 2020, kind: at-least, value: 85, due: 2020-03", "At least 85%")
    assert "no due date" in words(report.verdict().html)
    assert "not due yet" not in words(report.verdict().html)


def test_why_a_target_has_its_value_stands_with_it(plan: Path):
    report = spoilt(plan, "commitment: committed}", "commitment: committed, why_this: The best third reach it now.}")
    assert "Why this value: The best third reach it now." in words(report.progress().html)

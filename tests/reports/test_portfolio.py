import re
from pathlib import Path

import attrs
import pytest

from rdlib.figures.html import Html
from rdlib.plan import Plan
from rdlib.reports import PortfolioReport, manifest, portfolio
from rdlib.reports.manifest import Manifest, State
from rdlib.reports.parameters import ParameterError
from rdlib.reports.sections import ReportError, sections
from rdlib.rules.registry import exercises
from tests.reports.plans import AS_OF, WAITS, make_plan, write
from tests.reports.test_manifest import ENTRY

MISSED = WAITS.replace("value: 85, due: 2020-03", "value: 85, due: 2017").replace("Shorter waits", "Missed")


def rated(likelihood: int, title: str) -> str:
    told = f"assessments: [{{id: a1, day: 2018-01-31, likelihood: {likelihood}}}]\n"
    return WAITS.replace("Shorter waits", title) + told


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return make_plan(
        tmp_path / "plan",
        waits=WAITS,
        bare="title: Bare\n",
        missed=MISSED,
        red=rated(1, "Rated red"),
        green=rated(4, "Rated green"),
    )


def opened(plan: Path, beside: Path | None = None) -> PortfolioReport:
    return PortfolioReport.open(plan=plan, as_of=AS_OF, manifest=beside)


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def row_of(html: str, title: str) -> str:
    rows: list[str] = re.findall(r"<tr>.*?</tr>", html, re.DOTALL)
    return next(row for row in rows if f">{title}<" in row)


def test_what_needs_attention_comes_first(plan: Path):
    assert [row.title for row in opened(plan).rows] == ["Rated red", "Missed", "Bare", "Rated green", "Shorter waits"]


def test_the_order_changes_with_the_ratings(plan: Path):
    write(plan, "green", rated(1, "Rated green").replace("sources: [Hospital returns]", "sources: []"))
    assert [row.title for row in opened(plan).rows][:2] == ["Rated green", "Rated red"]


def test_not_rated_is_neither_red_nor_a_number(plan: Path):
    html = opened(plan).priorities().html
    assert "– not rated" in words(row_of(html, "Bare"))
    assert "▲ 1 red" in words(row_of(html, "Rated red"))
    first_cell = re.search(r"<td.*?</td>", row_of(html, "Bare"), re.DOTALL)
    assert first_cell and 'class="rd-0"' in first_cell[0]


def test_every_cell_says_its_colour_in_words(plan: Path):
    for cell in re.findall(r"<td class=\"rd-\d\">(.*?)</td>", opened(plan).priorities().html, re.DOTALL):
        assert re.match(r"[▲◆◐●–]\s\w", words(cell).strip())


def test_a_row_says_what_the_report_says(plan: Path):
    said = words(row_of(opened(plan).priorities().html, "Missed"))
    assert "▲ not met" in said
    assert "1 of 1 pass" in said
    assert "letters hold" in said


def test_the_counts_stand_at_the_top(plan: Path):
    said = words(opened(plan).overview().html)
    assert "5 priorities, 4 targets: 1 not met, 3 not due yet" in said
    assert "1 × ▲ 1 red" in said
    assert "3 × – not rated" in said


def test_a_plan_without_priorities_says_so(tmp_path: Path):
    report = opened(make_plan(tmp_path / "empty"))
    assert "no priority yet" in report.priorities().html
    assert "0 priorities" in words(report.overview().html)


def test_each_row_leads_to_its_report_when_there_is_one(plan: Path, tmp_path: Path):
    manifest.write(tmp_path, Manifest((attrs.evolve(ENTRY, page="waits-2.html"),)))
    html = opened(plan, tmp_path / manifest.NAME).priorities().html
    assert '<a href="waits-2.html">Shorter waits</a>' in html
    assert "<a" not in row_of(html, "Bare")


def test_a_report_that_could_not_be_made_is_named_with_its_reason(plan: Path, tmp_path: Path):
    failed = attrs.evolve(ENTRY, state=State.FAILED, error="It took too long.", page="")
    manifest.write(tmp_path, Manifest((failed,)))
    report = opened(plan, tmp_path / manifest.NAME)
    said = words(report.overview().html)
    assert "Reports that could not be made" in said
    assert "It took too long." in said
    assert "could not be made" not in words(opened(plan).overview().html)


def test_a_priority_that_cannot_be_read_stands_first_and_is_not_coloured(plan: Path):
    write(plan, "waits", WAITS.replace("value: 85", "value: lots"))
    write(plan, "bare", "title: [unclosed\n")
    report = opened(plan)
    assert {row.id for row in report.rows[:2]} == {"waits", "bare"}
    assert "lots" in words(report.overview().html)
    row = row_of(report.priorities().html, "Shorter waits")
    assert set(re.findall(r'class="rd-(\d)"', row)) == {"0"}


def test_what_cannot_be_read_on_the_title_page_is_named(plan: Path):
    (plan / "plan.yaml").write_text("schema: 2\ntitle: A plan\nmandate_end: soon\n", encoding="utf-8")
    said = words(opened(plan).overview().html)
    assert "title page" in said
    assert "soon" in said


def test_the_first_priorities_are_asked_for_their_next_step(plan: Path):
    assert "What is asked next" in words(opened(plan).priorities().html)


def test_it_is_said_how_to_read_the_page(plan: Path):
    assert "Not rated" in opened(plan).notes().html


def test_the_page_names_every_file_of_the_plan(plan: Path):
    facts = opened(plan).page().page
    assert facts is not None
    assert set(facts.inputs) == set(manifest.plan_files(plan))


def test_nothing_typed_can_become_part_of_the_page(plan: Path):
    write(plan, "waits", WAITS.replace("Shorter waits", "<script>alert(1)</script>"))
    assert "<script" not in opened(plan).priorities().html


def test_a_plan_that_cannot_be_read_is_refused(plan: Path):
    (plan / "plan.yaml").write_text("schema: 99\n", encoding="utf-8")
    with pytest.raises(ReportError, match=r"plan\.yaml"):
        opened(plan)


def test_wrong_parameters_are_refused(plan: Path):
    with pytest.raises(ParameterError, match="priority"):
        PortfolioReport.open(plan=plan, as_of=AS_OF, priority="waits")


def test_a_rule_can_bring_a_section_about_the_whole_plan(plan: Path, monkeypatch: pytest.MonkeyPatch):
    told = portfolio.PlanSection("mood", lambda report: Html(f"<p>{len(report.rows)} rows</p>"), "Mood")
    monkeypatch.setattr(portfolio, "plan_sections", lambda: {"mood": told})
    shown = opened(plan).mood()
    assert 'id="mood"' in shown.html
    assert "<p>5 rows</p>" in shown.html
    assert shown.title == "Mood"
    with pytest.raises(ReportError, match="weather"):
        opened(plan).show("weather")
    with pytest.raises(AttributeError, match="weather"):
        opened(plan).weather()


def test_each_exercise_done_on_the_plan_has_its_section():
    known = {*portfolio.plan_sections(), *sections()}  # what is said of each priority stands in its own report
    assert {each.section for each in exercises() if each.scope is Plan} <= known


WATCHED = """\
  - {id: i8, name: Ambulances on the road, unit: trips, target: {kind: context}}
  - id: i9
    name: Leaflets printed
    outcome: o2
    three_m: {meaningful: no, meaningful_why: Nobody would notice in their own life.}
"""


def test_what_is_watched_without_a_target_is_not_counted_as_lacking_one(plan: Path):
    before = row_of(opened(plan).priorities().html, "Shorter waits")
    write(plan, "waits", WAITS + WATCHED)
    row = row_of(opened(plan).priorities().html, "Shorter waits")
    assert "no target to judge by" not in words(row)
    letters = re.compile(r"\d+ of \d+ letters hold")
    assert letters.findall(row) == letters.findall(before)
    assert "1 kept out" in words(row)
    write(plan, "waits", WAITS + WATCHED.replace("kind: context", "wording: Many more"))
    assert "no target to judge by" in words(row_of(opened(plan).priorities().html, "Shorter waits"))

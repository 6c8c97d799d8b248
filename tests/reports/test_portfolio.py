import json
import re
from datetime import date
from pathlib import Path

import attrs
import pytest

from rdlib.figures.html import Html
from rdlib.plan import Plan
from rdlib.reports import PortfolioReport, manifest, portfolio, rows
from rdlib.reports.manifest import Manifest, State
from rdlib.reports.parameters import ParameterError
from rdlib.reports.sections import ReportError, sections
from rdlib.rules.commitments import Commitment
from rdlib.rules.registry import exercises
from tests.reports.plans import AS_OF, WAITS, make_plan, write
from tests.reports.test_manifest import ENTRY

DUE = date(2018, 1, 20)
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
    assert "What is asked next" in words(opened(plan).overview().html)


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


# --- what moved, what is overdue, and how it came to stand ------------------------------------------------------------

STOCKTAKE = """\
schema: 2
title: A plan
stocktakes:
  - id: s1
    day: 2017-11-30
    ratings:
      - {id: r-red, priority: red, title: Rated red, likelihood: 3}
      - {id: r-green, priority: green, title: Rated green, likelihood: 4}
    actions:
      - {id: a1, priority: red, what: Hire the night shift, owner: Head of beds, due: 2018-01-10}
"""


def test_movers_are_named_since_the_last_stocktake(plan: Path):
    assert opened(plan).movers().html == ""
    (plan / "plan.yaml").write_text(STOCKTAKE, encoding="utf-8")
    report = opened(plan)
    moved = words(report.movers().html)
    assert "What moved since the stocktake of 30 November 2017" in moved
    assert "Rated red" in moved
    assert "▲ worse" in moved
    assert "Rated green" not in moved
    assert "Since the stocktake of 30 November 2017: 1 × ▲ worse" in words(report.overview().html)


def test_that_nothing_moved_is_said_on_the_first_screen(plan: Path):
    (plan / "plan.yaml").write_text(STOCKTAKE.replace("likelihood: 3", "likelihood: 1"), encoding="utf-8")
    report = opened(plan)
    assert report.movers().html == ""
    assert "nothing moved" in words(report.overview().html)


def test_what_is_overdue_is_listed_with_owner_day_and_priority(plan: Path, monkeypatch: pytest.MonkeyPatch):
    def source(known: Plan, _as_of: date) -> list[Commitment]:
        mine = [
            Commitment(key=p.id, tool="8.3", priority=p.id, what=f"Visit {p.id}", due=DUE) for p in known.priorities
        ]
        return [*mine, Commitment(key="all", tool="7.6", priority="", what="Room", owner="Ann", due=date(2018, 1, 1))]

    assert opened(plan).overdue().html == ""
    monkeypatch.setattr("rdlib.rules.commitments.brought", lambda _name: (source,))
    report = opened(plan)
    said = words(report.overdue().html)
    assert said.index("Room") < said.index("Visit red")
    assert "the plan as a whole" in said
    assert "nobody named" in said
    assert "161 days late" in said
    assert "6 things that were promised are overdue" in words(report.overview().html)


def test_ratings_stand_over_time_with_what_they_were_before(plan: Path):
    assert "was" not in words(row_of(opened(plan).over_time().html, "Rated red"))
    told = "assessments: [{id: a1, day: 2017-05-31, likelihood: 3}, {id: a2, day: 2018-01-31, likelihood: 1}]\n"
    write(plan, "red", WAITS.replace("Shorter waits", "Rated red") + told)
    html = opened(plan).over_time().html
    assert "was 3" in words(row_of(html, "Rated red"))
    assert "3 priorities were never rated" in words(html)


def test_how_far_each_priority_has_come_is_said_rule_by_rule(plan: Path):
    html = opened(plan).method().html
    assert "Rule 2" in words(html)
    assert "begun" in words(row_of(html, "Shorter waits"))
    assert "not attempted yet" in words(row_of(html, "Bare"))


def test_rows_of_a_long_portfolio_can_be_chosen_and_say_what_they_are(plan: Path):
    assert "<select" not in opened(plan).priorities().html
    for number in range(portfolio.FILTERED_FROM):
        write(plan, f"more-{number}", rated(2, f"More {number}"))
    html = opened(plan).priorities().html
    assert 'name="rated"' in html
    assert 'name="overdue"' not in html  # there is nothing to choose
    row = next(row for row in re.findall(r"<tr data.*?</tr>", html, re.DOTALL) if ">Missed<" in row)
    assert 'data-rated="none"' in row
    assert 'data-targets="not-met"' in row


# --- facts that a report carries --------------------------------------------------------------------------------------


def test_facts_survive_being_kept(plan: Path):
    (plan / "plan.yaml").write_text(STOCKTAKE, encoding="utf-8")
    for row in opened(plan).rows:
        assert row.facts is not None
        assert rows.from_json(json.loads(json.dumps(rows.as_json(row.facts)))) == row.facts


def test_what_a_report_said_is_taken_over_as_long_as_its_files_are_the_same(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    facts = next(row.facts for row in opened(plan).rows if row.id == "waits")
    assert facts is not None
    kept = attrs.evolve(facts, title="From the report")
    name = "priorities/waits.yaml"
    entry = attrs.evolve(
        ENTRY,
        parameters={"as_of": AS_OF},
        inputs={name: manifest.hash_of(plan / name)},
        row=rows.as_json(kept),
    )
    monkeypatch.setattr(portfolio, "facts_of", lambda report: attrs.evolve(facts, title="Worked out anew"))

    def told(entry: manifest.Entry) -> str:
        manifest.write(tmp_path, Manifest((entry,)))
        row = next(row for row in opened(plan, tmp_path / manifest.NAME).rows if row.id == "waits")
        return row.facts.title if row.facts else ""

    assert told(entry) == "From the report"
    assert told(attrs.evolve(entry, inputs={name: "another"})) == "Worked out anew"
    assert told(attrs.evolve(entry, parameters={"as_of": "2017-01-01"})) == "Worked out anew"
    assert told(attrs.evolve(entry, row={})) == "Worked out anew"
    assert told(attrs.evolve(entry, row={**rows.as_json(kept), "moves": 3})) == "Worked out anew"

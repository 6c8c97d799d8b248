"""The static faces of rule 4, and the time line of the chosen strategies."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import attrs
import pytest

from rdlib.figures import rule04
from rdlib.figures.timeline import Bar, Day, ticks, timeline
from rdlib.plan import cases
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.review import REVIEWS, ArchitectureReview
from rdlib.plan.strategy import STRATEGIES, Strategy
from rdlib.plan.values import read_period
from rdlib.rules.registry import Context
from rdlib.words import NO_BREAK_SPACE
from tests.figures.faces import HOSTILE, assert_harmless, filled, of, text_of
from tests.rules.strategies import ALL, REVIEW, priority, with_all, with_one, with_review

PLAN = cases.model("emergency-waits")
CARE = PLAN.priorities[0]
CONTEXT = Context(PLAN, date(2003, 6, 30))
OWN = Context(Plan(mandate_end=date(2020, 12, 31)), date(2018, 6, 30))
FACES = {
    "candidates": rule04.candidates_table,
    "descriptions": lambda p: rule04.descriptions(p, PLAN),
    "matrix": lambda p: rule04.matrix_figure(p, PLAN),
    "evidence": rule04.evidence_table,
    "coverage": rule04.coverage_table,
    "decisions": lambda p: rule04.decisions_table(p, PLAN),
    "timeline": lambda p: rule04.timeline_figure(p, CONTEXT),
    "order": rule04.order_table,
    "feasibility": rule04.feasibility_table,
    "review": lambda p: rule04.review_table(p, CONTEXT),
    "history": lambda p: rule04.review_history(p, CONTEXT),
}


def words(html: str) -> str:
    return re.sub(r"\s+", " ", text_of(html).replace(NO_BREAK_SPACE, " "))


@pytest.mark.parametrize("name", FACES)
def test_every_face_of_the_case_can_be_drawn(name: str):
    assert len(text_of(FACES[name](CARE))) > 100


@pytest.mark.parametrize("name", FACES)
def test_every_face_of_an_empty_priority_says_so(name: str):
    html = FACES[name](Priority(id="p"))
    assert html == "" if name in {"descriptions", "history"} else re.search("none yet|not attempted|not rated", html)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_nothing(text: str):
    when = read_period("2003")
    rows = (
        filled(
            Strategy, text, id="s1", status="chosen", start=when, end=when, impact=5.0, difficulty=5.0, feasibility=2
        ),
        filled(Strategy, text, id="s2", status="dropped", feasibility=1),
        filled(Strategy, text, id="s3", status="chosen", depends_on=("s1",)),
    )
    reviews = (filled(ArchitectureReview, text, id="r1", day=date(2003, 1, 1), outcomes=2),)
    hostile = attrs.evolve(CARE, parts={STRATEGIES.key: rows, REVIEWS.key: reviews})
    for face in FACES.values():
        assert_harmless(face(hostile))
    assert_harmless(rule04.strategy_in_full(rows[0], hostile, PLAN))


def test_a_candidate_shows_its_verdict_and_what_it_lacks():
    said = words(rule04.candidates_table(with_one("s1", changes_system=False, end=None)))
    assert "▲ an initiative, as it stands" in said
    assert "it has no end; it leaves the system as it is" in said
    assert said.count("● a strategy") == 3


def test_a_target_without_a_strategy_and_a_strategy_without_a_target_stand_out():
    said = words(rule04.coverage_table(priority(attrs.evolve(ALL[0], indicators=()))))
    assert said.count("▲ no strategy") == 2
    assert "◆ no target" in said
    assert "no strategy" not in words(rule04.coverage_table(priority()))


def test_the_order_says_what_waits_and_what_begins_too_early():
    said = words(rule04.order_table(priority()))
    assert said.index("1 See and treat") < said.index("2 Free beds")
    assert "too early" not in said
    assert "◆ too early" in words(rule04.order_table(with_one("s2", start=read_period("2018-03"))))


def test_a_circle_is_shown_in_place_of_an_order():
    said = words(rule04.order_table(with_one("s1", depends_on=("s2",))))
    assert "No order can be proposed while strategies wait for each other" in said
    assert "“See and treat at the front door” → “Free beds before noon” → “See and treat" in said


def test_feasibility_stands_beside_impact_and_difficulty():
    said = words(rule04.feasibility_table(priority()))
    assert "See and treat at the front doorChosen84◐ 3 negotiable" in said
    assert "A telephone line for adviceCandidate23– not ratednot said" in said


def test_the_rating_of_people_is_shown_as_given_beside_the_plan():
    said = words(rule04.review_table(with_review(accountability=4), OWN))
    assert "● 4 greenThe outcomes have no leaders of their own yet." in said
    assert "◆ rated higher" in said
    assert "◐ rated lower" in words(rule04.review_table(with_review(outcomes=1), OWN))
    assert "– not rated" in words(rule04.review_table(with_review(outcomes=None), OWN))


def test_earlier_reviews_show_the_movement():
    old = attrs.evolve(REVIEW, id="r0", day=date(2018, 1, 15), strategies=1)
    html = rule04.review_history(priority(reviews=(REVIEW, old)), OWN)
    cells = [[c.text for c in of(row, "td")] for row in re.findall(r"<tr>(?:(?!</tr>).)*</tr>", html)]
    assert [text.replace(NO_BREAK_SPACE, " ") for text in cells[3]] == ["▲ 1 red", "● 4 green"]


# --- the time line --------------------------------------------------------------------------------------------------


def numbers(html: str, tag: str, look: str, *names: str) -> list[tuple[float, ...]]:
    return [
        tuple(float(t.attributes[n] or 0) for n in names)
        for t in of(html, tag)
        if look in (t.attributes.get("class") or "").split()
    ]


def test_bars_stand_where_their_dates_are():
    html = rule04.timeline_figure(CARE, CONTEXT)
    bars = numbers(html, "rect", "rd-bar", "x", "width", "y")
    assert len(bars) == 4
    assert [b[2] for b in bars] == sorted(b[2] for b in bars)
    assert [b[0] for b in bars] == sorted(b[0] for b in bars), "the earliest first"
    assert all(b[0] >= 246 and b[0] + b[1] <= 720 for b in bars)
    assert len([p for p in of(html, "path") if p.attributes["class"] == "rd-head"]) == 2
    assert words(html).count("It waits for") == 2


def test_bars_and_labels_do_not_cover_each_other():
    html = rule04.timeline_figure(CARE, CONTEXT)
    bars = numbers(html, "rect", "rd-bar", "y", "height")
    for (top, high), (below, _high) in pairwise(bars):
        assert top + high < below
    svg = html[html.index("<svg") : html.index("</svg>") + 6]
    spans = [(float(s.attributes["x"] or 0), float(s.attributes["y"] or 0)) for s in of(svg, "tspan")]
    assert len(set(spans)) == len(spans)


def test_what_begins_too_early_has_an_arrow_of_its_own():
    early = rule04.timeline_figure(with_one("s2", start=read_period("2018-03")), OWN)
    assert len([p for p in of(early, "path") if p.attributes["class"] == "rd-back"]) == 1
    assert not [p for p in of(rule04.timeline_figure(priority(), OWN), "path") if p.attributes["class"] == "rd-back"]


def test_targets_the_mandate_and_today_are_marked():
    said = words(rule04.timeline_figure(priority(), OWN))
    for text in ("Target falls due: 31 March 2020", "Mandate ends: 31 December 2020", "As of: 30 June 2018"):
        assert text in said


def test_what_has_no_dates_is_named_below():
    said = words(rule04.timeline_figure(with_one("s2", end=None), OWN))
    assert "Without a beginning and an end, so not drawn: “Free beds before noon”." in said
    nothing = words(rule04.timeline_figure(with_all(start=None), OWN))
    assert "Chosen strategies with dates: none yet." in nothing


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2018-01-01", "2018-05-01", 5),
        ("2018-01-01", "2020-12-31", 6),
        ("2001-01-01", "2040-01-01", 8),
        ("2018-01-15", "2018-01-20", 0),
    ],
)
def test_ticks_are_few_and_round(start: str, end: str, count: int):
    found = ticks(date.fromisoformat(start), date.fromisoformat(end))
    assert len(found) == count
    assert all(day.day == 1 for day in found)


def test_a_day_long_strategy_and_marks_at_the_edge_stay_in_the_drawing():
    day = date(2018, 5, 1)
    html = timeline([Bar("a", "One day", "", day, day)], [Day(day, "Target falls due")], "T", "D")
    (bar,) = numbers(html, "rect", "rd-bar", "x", "width")
    assert bar[0] + bar[1] <= 720
    with pytest.raises(ValueError, match="at least one bar"):
        timeline([], [], "T", "D")

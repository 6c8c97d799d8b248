"""The results ladder (tool 2.3)."""

import re
from typing import Any

import attrs
import pytest

from rdlib.figures.ladder import ladder
from rdlib.plan.indicator import Indicator, Target
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Outcome, Priority
from tests.figures.faces import HOSTILE, PLAN, PRIORITY, WAITS, assert_harmless, filled, of, read, text_of


def drawn(html: str) -> list[str]:
    """The stretches of text in the drawing, in the order they are drawn."""
    return [" ".join(t.text.split()) for t in of(html.replace("</tspan>", " </tspan>"), "text")]


def table_rows(html: str) -> list[list[str]]:
    found = re.findall(r"<tr>(<td.*?)</tr>", html)
    return [[c.text for c in of(row, "td")] for row in found]


def changed(priority: Priority, outcome: str, **changes: Any) -> Priority:
    outcomes = tuple(attrs.evolve(o, **changes) if o.id == outcome else o for o in priority.outcomes)
    return attrs.evolve(priority, outcomes=outcomes)


def test_rungs_stand_with_the_long_term_at_the_top():
    texts = drawn(ladder(PRIORITY, PLAN))
    labels = [t for t in texts if t in {"Long-term outcomes", "Shorter-term outcomes", "Outputs", "Not placed yet"}]
    assert labels == ["Long-term outcomes", "Shorter-term outcomes", "Outputs"]


def test_each_outcome_is_drawn_with_its_indicators_and_targets():
    texts = drawn(ladder(PRIORITY, PLAN))
    start = texts.index("Fewer people are harmed by waiting")
    assert texts[start : start + 4] == [
        "Fewer people are harmed by waiting",
        "•",
        "Deaths within 30 days",
        "Target (provisional): Fall by 30% by 2020",
    ]


def test_each_link_is_an_arrow_with_a_head():
    html = ladder(PRIORITY, PLAN)
    assert [len([p for p in of(html, "path") if p.attributes["class"] == c]) for c in ("rd-arrow", "rd-head")] == [2, 2]


def test_the_end_of_the_mandate_is_marked_on_the_shorter_term_rung():
    html = ladder(PRIORITY, PLAN)
    assert len(of(html, "line")) == 1
    assert "Due before the mandate ends on 21 October 2019" in " ".join(drawn(html))
    assert "Dashed line: the mandate ends on 21 October 2019." in text_of(html)


def test_a_mandate_without_an_end_has_no_line():
    html = ladder(PRIORITY, Plan())
    assert not of(html, "line")
    assert "its end is not given in the plan" in " ".join(drawn(html))


def test_an_outcome_without_a_level_stands_in_a_rung_of_its_own():
    for level in (None, "unheard-of"):
        html = ladder(changed(PRIORITY, "o3", level=level), PLAN)
        texts = drawn(html)
        assert texts.index("Not placed yet") > texts.index("Outputs")
        assert "None yet" in texts
        assert [row[0] for row in table_rows(html)] == ["Long-term outcome", "Shorter-term outcome", "Not placed yet"]


def test_indicators_that_speak_for_no_outcome_are_not_lost():
    stray = Indicator(id="i9", name="Satisfaction", outcome="gone")
    html = ladder(attrs.evolve(PRIORITY, indicators=(*PRIORITY.indicators, stray)), PLAN)
    texts = drawn(html)
    assert texts[texts.index("Satisfaction") + 1] == "No target yet"
    assert "Indicators that speak for no outcome" in " ".join(texts)
    assert "Indicators that speak for no outcome" not in text_of(ladder(PRIORITY, PLAN))


@pytest.mark.parametrize(
    ("leads_to", "words"),
    [("gone", "It leads to “gone”, which is not among the outcomes."), ("o3", "It is said to lead to itself.")],
)
def test_a_link_that_cannot_be_drawn_is_said(leads_to: str, words: str):
    html = ladder(changed(PRIORITY, "o3", leads_to=leads_to), PLAN)
    assert words in " ".join(drawn(html))
    assert len([p for p in of(html, "path") if p.attributes["class"] == "rd-arrow"]) == 1


def test_links_in_a_circle_are_drawn():
    html = ladder(changed(PRIORITY, "o1", leads_to="o3"), PLAN)
    assert len([p for p in of(html, "path") if p.attributes["class"] == "rd-arrow"]) == 3


def test_the_drawing_is_described_and_has_the_same_as_a_table():
    html = ladder(PRIORITY, PLAN)
    svg = of(html, "svg")[0]
    assert svg.attributes["role"] == "img"
    assert [t.text for t in of(html, "title")] == ["Results ladder: Shorter waits in emergency rooms"]
    description = of(html, "desc")[0].text
    for indicator in PRIORITY.indicators:
        assert indicator.name is not None
        assert indicator.name in description
    assert table_rows(html)[1] == [
        "Shorter-term outcome",
        "People are seen quickly",
        "Share of emergency patients through within four hours. Target: At least 85% by March 2018",
        "Fewer people are harmed by waiting",
    ]


def test_names_of_its_regions_differ():
    labels = [d.attributes["aria-label"] for d in of(ladder(PRIORITY, PLAN), "div") if d.attributes.get("role")]
    assert len(labels) == len(set(labels)) == 2


def test_words_of_a_drawing_that_was_taken_out_are_not_shown():
    boxes = [d for d in of(ladder(PRIORITY, PLAN), "div") if d.attributes.get("class") == "rd-drawing"]
    assert [box.attributes["style"] for box in boxes] == ["font-size:0"]


def test_text_in_the_drawing_is_at_least_13_pixels():
    sizes = [float(t.attributes["font-size"] or "") for t in of(ladder(PRIORITY, PLAN), "text")]
    assert sizes
    assert min(sizes) >= 13


def test_nothing_entered_is_said_in_one_line():
    html = ladder(Priority(id="p"), PLAN)
    assert read(html)[0].tag == "p"
    assert "not attempted yet" in text_of(html)


def test_twelve_long_outcomes_lose_no_word():
    statement = "Les personnes qui ont besoin de soins d’urgence sont vues rapidement, où qu’elles habitent, n° {n}"
    levels = ["long-term"] * 2 + ["shorter-term"] * 4 + ["output"] * 5 + [None]
    outcomes = tuple(
        Outcome(id=f"o{n}", statement=statement.format(n=n), level=level, leads_to=f"o{n // 3}" if n > 2 else None)
        for n, level in enumerate(levels)
    )
    target = Target(wording="Au moins 85 % des patients dans les quatre heures d’ici mars 2018, puis 95 %")
    indicators = tuple(attrs.evolve(WAITS, id=f"i{n}", outcome=f"o{n}", target=target) for n in range(12))
    html = ladder(Priority(id="p", title="Des services", outcomes=outcomes, indicators=indicators), PLAN)
    words = " ".join(drawn(html))
    for outcome in outcomes:
        assert (outcome.statement or "") in words
    assert words.count("Au moins 85 % des patients dans les quatre heures d’ici mars 2018, puis 95 %") == 12


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_nothing(text: str):
    outcomes = (filled(Outcome, text, level="long-term"), filled(Outcome, text, id="other", leads_to=text))
    priority = filled(Priority, text, outcomes=outcomes, indicators=(filled(Indicator, text),))
    assert_harmless(ladder(priority, PLAN))

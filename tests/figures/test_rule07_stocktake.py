"""The faces of the assessment and the stocktake: each says in words what it shows, whatever people have typed."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from rdlib.figures import rule07_assessment as assessing
from rdlib.figures import rule07_stocktake as stocktake
from rdlib.plan.indicator import Observation
from rdlib.plan.plan import Plan
from rdlib.plan.values import read_period
from rdlib.rules.r07_pack import pack
from tests.rules.assessments import AGREED, ANN, BEN, SHARE, WHYS, context, plan, priority
from tests.rules.test_r07_stocktake import DAY, NEXT, of

BAD = '<script>alert("x")</script> & “quotes”'
EARLIER = attrs.evolve(AGREED, id="a0", day=date(2027, 3, 10), likelihood=1)
TWICE = priority(ANN, BEN, agreed=(EARLIER, AGREED))


def test_the_spread_says_how_far_people_are_apart_and_names_its_measure():
    html = assessing.spread_picture(TWICE, context(TWICE))
    assert "mean absolute difference" in html
    assert "0.33 of the three steps" in html


def test_the_history_is_a_picture_with_its_words_and_nothing_for_a_single_assessment():
    html = assessing.history_picture(TWICE, DAY)
    assert "10 March 2027: 1\u00a0red; 14 May 2027: 3\u00a0amber-green." in html
    assert "All judgements as a table" in html
    assert assessing.history_picture(priority(agreed=(AGREED,)), DAY) == ""


def test_the_table_says_who_agreed_and_that_no_colour_is_a_probability():
    html = assessing.assessment_table(TWICE, context(TWICE))
    assert "Agreed on 14 May 2027 by Ann Roy and Ben Sy." in html
    assert "never a probability" in html


def test_the_data_stands_alone_without_any_rating():
    html = assessing.data_table(TWICE, context(TWICE))
    assert "7 points" in html
    assert "on its path" in html
    assert "amber" not in html


def test_what_people_type_is_made_safe_everywhere():
    whys: dict[str, Any] = dict.fromkeys(WHYS, BAD)
    rated = attrs.evolve(ANN, **whys)
    one = priority(rated, BEN, agreed=(attrs.evolve(AGREED, likelihood_why=BAD),))
    one = attrs.evolve(one, title=BAD)
    record = attrs.evolve(
        NEXT,
        achievements=tuple(attrs.evolve(a, what=BAD, shown=BAD) for a in NEXT.achievements),
        decisions=tuple(attrs.evolve(d, question=BAD, answer=BAD, decided_by=BAD) for d in NEXT.decisions),
        actions=tuple(attrs.evolve(a, what=BAD, owner=BAD, note=BAD) for a in NEXT.actions),
    )
    every = of(record, waits=one)
    found = pack(every, DAY)
    faces = [
        assessing.reasons(one, context(one)),
        assessing.history_picture(attrs.evolve(one, assessments=(EARLIER, AGREED)), DAY),
        *(
            face(found, every)
            for face in (
                stocktake.judgement_map,
                stocktake.agreed_by,
                stocktake.changes_table,
                stocktake.achievements_table,
                stocktake.decisions_table,
                stocktake.actions_table,
                stocktake.glance,
            )
        ),
    ]
    assert not any("<script" in face for face in faces)
    assert sum("&lt;script&gt;" in face for face in faces) >= 7


def hundred() -> Plan:
    when = read_period("2027-03")
    rows = tuple(Observation(when, 50.0 + n / 2, breakdown={"district": f"District {n:03}"}) for n in range(100))
    return plan(attrs.evolve(TWICE, indicators=(attrs.evolve(SHARE, observations=rows),)))


def test_a_hundred_units_stand_in_one_map_with_a_word_in_each_cell():
    html = stocktake.units(hundred(), DAY)
    assert html.count('<th scope="row">District ') == 100
    assert "rd-tall" in html
    words = ("meets it", "just short", "short", "far short")
    assert sum(html.count(f"<small>{word}</small>") for word in words) == 100
    assert "● 20 meets it" in html


def test_where_there_is_nothing_it_is_said_in_a_line():
    empty = pack(Plan(), DAY)
    for face in (stocktake.judgement_map, stocktake.changes_table, stocktake.decisions_table, stocktake.actions_table):
        assert face(empty, Plan()).startswith('<p class="rd rd-empty">')
    assert stocktake.units(Plan(), DAY).startswith('<p class="rd rd-empty">')


def test_agreement_over_all_priorities_is_said_only_where_enough_was_rated():
    assert "Too few" in stocktake.raters_agreement(plan(TWICE), DAY)
    other = attrs.evolve(TWICE, id="other")
    assert "Krippendorff" in stocktake.raters_agreement(plan(TWICE, other), DAY)

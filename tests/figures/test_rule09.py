"""The static faces of tools 9.1 to 9.3: the curve with its places, principles, warnings, the register."""

from __future__ import annotations

import re
from datetime import date

import attrs
import pytest

from rdlib.figures import rule09, rule09_derailers
from rdlib.plan import cases
from rdlib.plan.persist import STAGES, CyclePlace, SelfCheck, StageName
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.risks import Risk
from rdlib.plan.strategy import Strategy
from rdlib.rules.registry import Context
from tests.figures.faces import HOSTILE, assert_harmless, filled, of, text_of
from tests.rules.persisting import (
    BEDS,
    BLIP,
    CHECKED,
    CLIMBS,
    LATER,
    PLACE,
    SEE,
    STILL,
    STRIKE,
    WINTER,
    context,
    priority,
)

CASE, DAY = cases.model("emergency-waits"), cases.as_of("emergency-waits")
WAITS = CASE.priorities[0]
FACES = {
    "cycle": rule09.cycle_picture,
    "advice": rule09.advice_table,
    "evidence": rule09.evidence_table,
    "places": rule09.places_table,
    "picture": rule09.principles_picture,
    "principles": rule09.principles_table,
    "movement": rule09.principles_movement,
    "added": rule09.added_table,
    "early": rule09.too_early_table,
    "derailers": rule09_derailers.derailers_figure,
    "proposals": rule09_derailers.proposals_table,
}
ALWAYS = sorted(set(FACES) - {"added", "early"})


@pytest.mark.parametrize("name", ALWAYS)
def test_every_face_of_the_case_can_be_drawn(name: str):
    html = FACES[name](WAITS, Context(CASE, DAY))
    assert len(text_of(html)) > 100
    assert_harmless(html)


@pytest.mark.parametrize("name", FACES)
def test_an_empty_priority_has_faces_without_fault(name: str):
    assert_harmless(FACES[name](Priority("waits"), Context(Plan(), DAY)))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_person_typed_is_only_shown(text: str):
    day = date(2027, 5, 3)
    place = filled(CyclePlace, text, id="y1", day=day, stage="valley", due=None, done=None)
    dates = {f"{name}_{of_}": None for name in ("distraction", "monotony") for of_ in ("due", "done")}
    checks = filled(SelfCheck, text, id="k1", day=day, distraction=2, monotony=3, **dates)
    risk = filled(Risk, text, id="r1", likelihood="3", effect="3", reach="whole", status="open")
    extra = filled(Strategy, text, id="s3", status="chosen", added_on=date(2027, 3, 1), indicators=("i1",))
    subject = priority(
        attrs.evolve(STILL, name=text),
        cycle_places=(place,),
        self_checks=(checks,),
        risks=(risk,),
        strategies=(SEE, BEDS, extra),
    )
    names = (StageName("n1", stage="valley", name=text),)
    for draw in FACES.values():
        assert_harmless(draw(subject, context(subject, parts={"stage_names": names})))


def test_the_curve_tells_in_words_what_it_shows():
    html = rule09.cycle_picture(WAITS, Context(CASE, DAY))
    says = of(html, "desc")[0].text
    assert (
        "Placed: 10 September 2001: Launch; 27 May 2002: The valley; 2 December 2002: The first climb; 16 June" in says
    )
    assert says.endswith("It stands at: The first climb.")
    assert of(html, "svg")[0].attributes["role"] == "img"
    assert "now: Jun 2003" in text_of(html)


def test_a_plan_without_a_place_has_the_curve_with_all_its_stages_and_says_so():
    html = rule09.cycle_picture(priority(CLIMBS), context())
    assert "Nobody has placed it yet." in of(html, "desc")[0].text
    shown = text_of(html)
    assert all(choice.label in shown for choice in STAGES)
    assert "now:" not in shown


@pytest.mark.parametrize("stage", [choice.value for choice in STAGES])
def test_long_names_and_many_days_stay_inside_the_picture(stage: str):
    rows = tuple(attrs.evolve(PLACE, id=f"y{n}", stage=stage, day=date(2025, n, 1)) for n in range(1, 8))
    names = tuple(
        StageName(f"n{n}", stage=choice.value, name="The winter in which nothing at all seemed to move any more")
        for n, choice in enumerate(STAGES)
    )
    subject = priority(CLIMBS, cycle_places=rows)
    html = rule09.cycle_picture(subject, context(subject, parts={"stage_names": names}))
    _left, top, _width, height = map(float, (of(html, "svg")[0].attributes["viewbox"] or "").split())
    for x, y in re.findall(r'<tspan x="([-\d.]+)" y="([-\d.]+)"', html):
        assert 0 <= float(x) < 720
        assert top < float(y) < top + height
    assert "Jul 2025" in text_of(html)
    assert "Jan 2025" not in text_of(html)


def test_evidence_says_what_it_is_typical_of_and_that_the_judgement_is_yours():
    shown = text_of(rule09.evidence_table(WAITS, Context(CASE, DAY)))
    assert "3 of the 4 chosen ones have begun." in shown
    assert "typical of “The first climb”" in shown
    assert "the judgement is yours" in shown


def test_a_strategy_that_was_added_in_trouble_is_shown_with_the_three_steps():
    subject = priority(STILL, strategies=(SEE, BEDS, LATER))
    shown = text_of(rule09.added_table(subject, context(subject)))
    assert "Something has to be done. “A new building” is something. So “A new building” is done." in shown
    assert "look again" in shown


def test_what_was_called_a_success_stands_beside_the_figures():
    claim = attrs.evolve(CHECKED, celebrate_why="The target is met.")
    subject = priority(BLIP, self_checks=(claim,))
    assert "a blip?" in text_of(rule09.too_early_table(subject, context(subject)))


def test_the_register_stands_in_its_place_with_words_and_shapes():
    small = Risk("r3", title="A small one", likelihood="1", effect="1")
    open_one = Risk("r4", title="Not thought through")
    subject = priority(CLIMBS, risks=(WINTER, STRIKE, small, open_one))
    html = rule09_derailers.register_grid(subject)
    rows = [row.text for row in of(html, "tr")]
    assert "A hard winter" in rows[2]
    assert "A small one" in rows[3]
    assert "Not weighed yet: Not thought through." in text_of(html)
    assert "▲" in html
    figure = text_of(rule09_derailers.derailers_figure(subject, context(subject)))
    assert "within six months" in figure
    assert "2 more risks of parts stand in the register" in figure


def test_a_sign_that_was_seen_and_a_part_that_is_late_are_marked():
    risk = attrs.evolve(WINTER, sign_seen=date(2027, 5, 1), my_part_by=date(2027, 5, 1))
    subject = priority(CLIMBS, risks=(risk,))
    shown = text_of(rule09_derailers.plans_table(subject, context(subject)))
    assert "first sign seen 1 May 2027" in shown
    assert "late" in shown

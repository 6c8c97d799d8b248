"""The faces of rule 10: arrows on the map, tables, and text of people that stays harmless."""

from __future__ import annotations

import re
from datetime import date

import attrs

from rdlib.figures.board import NARROW, WIDE, arrange, drawing, frame_of, in_words
from rdlib.figures.rule10 import MAP, behind_the_places, engagement_face, map_figure, movement, sheets
from rdlib.plan.plan import Plan
from rdlib.plan.stakeholders import Stakeholder
from rdlib.rules.boards import Item, Place, names_of
from rdlib.rules.r10_map import items
from tests.figures.faces import HOSTILE, assert_harmless, text_of
from tests.rules.engaged import BRING, MIDDLE, PEOPLE, SHEET, priority
from tests.rules.plans import CONTEXT, PLAN

NAMES = names_of(MAP, Plan())
GOOD = priority()


def moved(x: float, y: float, *before: tuple[float, float]) -> Item:
    return Item("k1", "Union", x, y, before=tuple(Place(a, b, "May") for a, b in before))


def test_an_arrow_leads_from_the_earlier_place_to_the_edge_of_the_dot():
    shown = drawing(MAP, [moved(8, 8, (2, 8))], NAMES)
    spot = arrange(MAP, [moved(8, 8, (2, 8))], frame_of(MAP, NAMES, WIDE))[0]
    head = re.search(r'<path class="rd-head"[^>]* d="M([\d.]+),([\d.]+)', shown)
    assert head
    assert abs(float(head[1]) - (spot.x - 13)) < 0.2
    assert abs(float(head[2]) - spot.y) < 0.2
    assert shown.count('class="rd-was"') == 1
    assert "It moved: Sceptics (May) → Champions." in in_words(MAP, [moved(8, 8, (2, 8))], NAMES)


def test_a_way_of_several_steps_has_a_mark_for_each_and_one_arrow():
    shown = drawing(MAP, [moved(8, 8, (2, 8), (5, 6))], NAMES)
    assert shown.count('class="rd-was"') == 2
    assert shown.count('class="rd-head"') == 1


def test_a_move_that_the_dot_covers_draws_no_arrow():
    assert "rd-was" not in drawing(MAP, [moved(8, 8, (7.9, 8))], NAMES)


def test_no_name_lies_on_an_arrow():
    rows = [attrs.evolve(moved(n, 8 - n / 2, (n / 3, 3)), id=f"k{n}", name=f"Association {n}") for n in range(2, 10)]
    for width in (WIDE, NARROW):
        spots = arrange(MAP, rows, frame_of(MAP, NAMES, width))
        for spot in spots:
            ways = [(other.path[0], (other.x, other.y)) for other in spots]
            assert spot.label is None or not any(spot.label.crossed_by(*way) for way in ways)


def test_thirty_stakeholders_stand_apart():
    many = [Item(f"k{n}", f"Stakeholder {n}", n % 6 * 2.0, n % 5 * 2.0) for n in range(30)]
    for width in (WIDE, NARROW):
        boxes = [spot.box for spot in arrange(MAP, many, frame_of(MAP, NAMES, width))]
        assert len(boxes) == 30
        assert not any(a.meets(b) for n, a in enumerate(boxes) for b in boxes[:n])


def test_the_map_tells_who_moved_and_whose_names_of_fields_are_ours():
    text = text_of(map_figure(GOOD, PLAN))
    assert "Sceptics (1 November 2017) → Moveable middle" in text
    assert "“Doubters”, “Onlookers”, “Supporters” are our own choice" in text
    assert "Their own figures were used" in text_of(movement(GOOD, PLAN))


def test_the_engagement_is_told_with_its_days_and_who_is_without():
    text = text_of(engagement_face(priority(plans=(BRING,)), CONTEXT))
    assert "12 July 2018" in text
    assert "every month, until 31 December 2020" in text
    assert "needs one" in text
    assert "needs none of their own" in text


def test_a_sheet_that_is_not_marked_is_counted_only():
    assert "third night" in text_of(sheets(GOOD, PLAN))
    kept = text_of(sheets(GOOD, PLAN, shareable_only=True))
    assert "third night" not in kept
    assert "1 sheet is not shown" in kept
    marked = priority(sheets=(attrs.evolve(SHEET, shareable=True),))
    assert "third night" in text_of(sheets(marked, PLAN, shareable_only=True))


def test_text_of_people_stays_text():
    bad = tuple(
        attrs.evolve(s, name=text, who=text, shown=text, interests=text, places=MIDDLE.places)
        for s in PEOPLE
        for text in HOSTILE
    )
    text = "".join(HOSTILE)
    one = priority(
        bad,
        (attrs.evolve(BRING, objective=text, status=text, messages=HOSTILE),),
        (attrs.evolve(SHEET, matter=text, options=HOSTILE, leads=text),),
    )
    faces = (map_figure(one, PLAN), movement(one, PLAN), behind_the_places(one, PLAN), engagement_face(one, CONTEXT))
    for face in (*faces, sheets(one, PLAN)):
        assert_harmless(face)


def test_nothing_entered_is_said_in_a_line():
    empty = priority((), (), ())
    assert "not attempted" in text_of(map_figure(empty, PLAN))
    assert items(empty, PLAN) == ()
    assert movement(empty, PLAN) == ""
    assert text_of(engagement_face(empty, CONTEXT))


def test_a_link_that_dangles_breaks_no_face():
    lost = priority(
        (Stakeholder("k1", name="Union", member="m9", actor="c9/a9", support=2.0, power=8.0),),
        (attrs.evolve(BRING, stakeholder="k9"),),
        (attrs.evolve(SHEET, stakeholder="k9", day=date(2018, 9, 4)),),
    )
    assert "nobody named" in text_of(engagement_face(lost, CONTEXT))
    assert "nobody named yet" in text_of(sheets(lost, PLAN))
    assert "Union" in text_of(behind_the_places(lost, PLAN))

"""The drawing of a board (tool 4.2; later 10.1): nothing covers anything, whatever stands on it."""

from __future__ import annotations

import math
from itertools import combinations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rdlib.figures.board import NARROW, RADIUS, WIDE, Rect, arrange, board_figure, drawing, frame_of, in_words
from rdlib.plan.fields import Choice
from rdlib.plan.plan import Plan
from rdlib.rules.boards import Axis, Board, Item, Zone, names_of
from rdlib.rules.r04_matrix import MATRIX
from tests.figures.faces import HOSTILE, assert_harmless, of, text_of

NAMES = names_of(MATRIX, Plan())
LEVELS = (Choice("1", "little", "Few would follow."), Choice("9", "much", "All would follow."))
#: Two rows of three, as the stakeholder map has them.
SIX = Board(
    key="six",
    title="Six fields",
    part="strategies",
    across=Axis("difficulty", "Support", ("against", "for"), LEVELS, (3.5, 6.5)),
    up=Axis("impact", "Power", ("low", "high"), LEVELS, (5.0,)),
    zones=tuple(
        Zone(f"z{column}{row}", f"Field {column} {row}", "What follows from it for those who stand here", column, row)
        for row in range(2)
        for column in range(3)
    ),
    items=lambda _priority, _plan: (),
)
SIX_NAMES = names_of(SIX, Plan())

values = st.integers(0, 20).map(lambda n: n / 2)
words = st.sampled_from(
    [
        "Beds",
        "See and treat at the front door",
        "Des heures d’ouverture plus longues pour les cliniques sans rendez-vous",
    ]
)
items = st.builds(
    Item, id=st.just("s"), name=words, x=values, y=values, look=st.sampled_from(["open", "full", "faint"])
)
several = st.lists(items, max_size=25).map(lambda rows: [attrs.evolve(r, id=f"s{n}") for n, r in enumerate(rows)])


def item(n: int, x: float | None, y: float | None, name: str = "") -> Item:
    return Item(f"s{n}", name or f"Strategy {n}", x, y)


@pytest.mark.parametrize(("board", "names"), [(MATRIX, NAMES), (SIX, SIX_NAMES)])
@pytest.mark.parametrize("width", [WIDE, NARROW])
@settings(max_examples=60, deadline=None)
@given(rows=several)
def test_no_dot_and_no_name_covers_another(board: Board, names: dict[str, str], width: int, rows: list[Item]):
    frame = frame_of(board, names, width)
    spots = arrange(board, rows, frame)
    assert [s.item.id for s in spots] == [r.id for r in rows]
    for a, b in combinations(spots, 2):
        assert math.dist((a.x, a.y), (b.x, b.y)) >= 2 * RADIUS, "dots"
    labels = [s.label for s in spots if s.label]
    for one, other in combinations(labels, 2):
        assert not one.meets(other), "names"
    for label in labels:
        assert not any(label.meets(s.box) for s in spots), "a name on a dot"
        assert frame.field.holds(label), "a name outside"
    for spot in spots:
        assert frame.field.holds(spot.box), "a dot outside"
        assert spot.label is None or " ".join(spot.lines).replace(" ", "") == spot.item.name.replace(" ", "")


@settings(max_examples=60, deadline=None)
@given(rows=several)
def test_a_dot_that_has_to_make_room_stays_in_its_quadrant(rows: list[Item]):
    frame = frame_of(MATRIX, NAMES)
    middle = frame.x_of(MATRIX.across, 5), frame.y_of(MATRIX.up, 5)
    for spot in arrange(MATRIX, rows[:12], frame):
        column = MATRIX.across.band(spot.item.x or 0)
        row = MATRIX.up.band(spot.item.y or 0)
        assert (spot.x >= middle[0] - 0.5) == (column == 1)
        assert (spot.y <= middle[1] + 0.5) == (row == 1)


def test_twenty_five_in_one_place_can_all_be_read():
    rows = [item(n, 6.0, 6.0) for n in range(25)]
    spots = arrange(MATRIX, rows, frame_of(MATRIX, NAMES))
    assert sum(not s.moved for s in spots) == 1
    html = drawing(MATRIX, rows, NAMES)
    numbers = [t.text for t in of(html, "text") if t.text.isdecimal()]
    assert numbers == [str(n) for n in range(1, 26)]
    assert len([line for line in of(html, "line") if line.attributes.get("class") == "rd-lead"]) == 24


def test_few_items_carry_their_names_and_many_only_numbers():
    few = [item(n, 2.0 * n + 1, 5.0, f"Strategy number {n}") for n in range(5)]
    assert all(s.label for s in arrange(MATRIX, few, frame_of(MATRIX, NAMES)))
    many = [item(n, n / 2, n / 2) for n in range(20)]
    assert not any(s.label for s in arrange(MATRIX, many, frame_of(MATRIX, NAMES)))


def test_a_value_stands_where_the_axis_says():
    frame = frame_of(MATRIX, NAMES)
    (spot,) = arrange(MATRIX, [item(1, 10.0, 0.0)], frame)
    assert (spot.x, spot.y) == (frame.scale.right, frame.scale.bottom)
    (spot,) = arrange(MATRIX, [item(1, 0.0, 10.0)], frame)
    assert (spot.x, spot.y) == (frame.scale.left, frame.scale.top)
    svg = of(drawing(MATRIX, [], NAMES), "svg")[0]
    assert svg.attributes["data-left"] == f"{frame.scale.left:.2f}"


def test_what_is_not_placed_is_named_and_not_drawn():
    rows = [item(1, 4.0, 8.0, "See and treat"), item(2, 3.0, None, "More staff")]
    html = board_figure(MATRIX, rows, NAMES)
    assert len([g for g in of(html, "g") if "data-item" in g.attributes]) == 1
    assert "Not placed yet: 2 More staff." in text_of(html)


def test_the_figure_says_the_same_in_words_and_as_a_table():
    rows = [attrs.evolve(item(1, 4.0, 8.0, "See and treat"), state="Chosen", notes=("3 negotiable",))]
    html = board_figure(MATRIX, rows, NAMES)
    assert of(html, "desc")[0].text == in_words(MATRIX, rows, NAMES)
    assert "1 See and treat: degree of difficulty 4, potential impact on the target 8, Quick wins." in text_of(html)
    cells = [c.text for c in of(html, "td")]
    assert cells[:5] == ["4", "8", "Quick wins", "Chosen", "3 negotiable"]
    assert "It closes about half of the gap." in text_of(html), "what the levels mean"


def test_our_own_names_are_said_to_be_ours():
    assert "The names “Only if it costs nothing”, “Drop it” are our own choice." in text_of(
        board_figure(MATRIX, [item(1, 2, 3)], NAMES)
    )
    renamed = {**NAMES, "drop": "Leave it"}
    said = text_of(board_figure(MATRIX, [item(1, 2, 3)], renamed))
    assert "The names “Only if it costs nothing” are our own choice. The names “Leave it” are this plan's." in said
    assert text_of(drawing(MATRIX, [], renamed)).count("Leave it") == 1


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize(("board", "names"), [(MATRIX, NAMES), (SIX, SIX_NAMES)])
def test_text_is_at_least_13_pixels_and_inside_the_drawing(board: Board, names: dict[str, str], width: int):
    html = drawing(board, [item(n, n / 3, n / 3) for n in range(25)], names, width)
    assert min(float(t.attributes["font-size"] or 0) for t in of(html, "text")) >= 13
    height = float(of(html, "svg")[0].attributes["height"] or 0)
    for span in of(html, "tspan"):
        assert 0 <= float(span.attributes["x"] or -1) < width
        assert 0 < float(span.attributes["y"] or -1) < height


def test_looks_differ_in_more_than_colour():
    rows = [attrs.evolve(item(n, 2.0 * n, 5.0), look=look) for n, look in enumerate(("open", "full", "faint"), start=1)]
    circles = [c.attributes for c in of(drawing(MATRIX, rows, NAMES), "circle")]
    assert len({(c["fill"], c.get("stroke-dasharray")) for c in circles}) == 3


def test_boxes_meet_hold_and_are_crossed():
    box = Rect(0, 0, 10, 10)
    assert box.meets(Rect(9, 9, 20, 20))
    assert not box.meets(Rect(10, 0, 20, 10))
    assert box.holds(Rect(1, 1, 9, 9))
    assert not box.holds(Rect(1, 1, 11, 9))
    assert box.crossed_by((-5, 5), (15, 5))
    assert not box.crossed_by((-5, 15), (15, 15))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_nothing(text: str):
    rows = [Item(text, text, 5.0, 5.0, "open", text, (text,)), Item("s2", text, None, None, "full", text, (text,))]
    assert_harmless(board_figure(MATRIX, rows, {**NAMES, "drop": text}, title=text))

"""The picture of a coalition, and the tables of rule 3."""

from __future__ import annotations

import re

import attrs
import pytest

from rdlib.figures import rule03
from rdlib.figures.coalition import coalition_picture
from rdlib.figures.svg import PAGE
from rdlib.plan.coalition import LeftOut, Member
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Person, Priority
from tests.figures.faces import HOSTILE, assert_harmless, filled, of, read, text_of
from tests.rules.coalitions import DEPUTY, FINANCE, GOOD, MEMBERS, OUT, PHYSICIAN, coalition

TABLES = (rule03.member_table, rule03.powers_table, rule03.influence_table, rule03.relationship_grid)
TWENTY = tuple(
    attrs.evolve(
        member,
        id=f"{member.id}-{n}",
        name=f"{member.name} of a region with a very long name, number {n}",
        relationship=(n + place) % 5 or None,
    )
    for n in range(5)
    for place, member in enumerate(MEMBERS)
)


def boxes(html: str, klass: str) -> list[tuple[float, float, float, float]]:
    found = []
    for rect in of(html, "rect"):
        if rect.attributes.get("class") == klass:
            x, y, width, height = (float(rect.attributes[k] or 0) for k in ("x", "y", "width", "height"))
            found.append((x, y, x + width, y + height))
    return found


def cards(html: str) -> list[tuple[float, float, float, float]]:
    return sorted(set(boxes(html, "rd-box")))


def card_of(html: str, name: str) -> tuple[float, float, float, float]:
    """The card in which a name stands: the one that holds its first word."""
    first = re.escape(name.split(maxsplit=1)[0])
    for x, y in re.findall(rf'<tspan x="([\d.]+)" y="([\d.]+)">{first}', html):
        for card in cards(html):
            if card[0] <= float(x) <= card[2] and card[1] <= float(y) <= card[3]:
                return card
    raise AssertionError(f"{name!r} is not drawn")


def rows(html: str) -> list[list[str]]:
    body = html.rsplit("<tbody>", maxsplit=1)[-1].split("</tbody>", maxsplit=1)[0]
    return [
        [text_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in body.split("</tr>")[:-1]
    ]


def test_a_better_relationship_stands_further_right():
    html = coalition_picture(GOOD)
    close, proven = (card_of(html, name)[0] for name in ("Minister of Health", "Deputy Minister of Health"))
    assert card_of(html, "Head of health spending")[0] < close < proven


def test_members_of_one_kind_stand_in_one_lane_in_the_order_of_the_kinds():
    texts = [" ".join(t.text.split()) for t in of(coalition_picture(GOOD).replace("</tspan>", " </tspan>"), "text")]
    kinds = [t for t in texts if t in {"Political leader", "Deputy minister and office", "Central agency"}]
    assert kinds == ["Political leader", "Deputy minister and office", "Central agency"]


def test_no_two_cards_overlap_and_all_lie_inside_the_drawing():
    html = coalition_picture(coalition(*TWENTY))
    drawn = [c for c in cards(html) if c[3] - c[1] > 30]  # not the heads of the columns
    assert len(drawn) == 20
    for place, one in enumerate(drawn):
        assert one[0] >= 0
        assert one[2] <= 820
        for other in drawn[place + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)


def test_no_word_of_twenty_long_names_is_lost():
    html = coalition_picture(coalition(*TWENTY))
    texts = {" ".join(t.text.split()) for t in of(html.replace("</tspan>", " </tspan>"), "text")}
    assert {m.name for m in TWENTY} <= texts


def test_a_high_drawing_is_cut_between_cards():
    html = coalition_picture(coalition(*TWENTY, *(attrs.evolve(m, id=f"{m.id}-again") for m in TWENTY)))
    svgs = [s for s in of(html, "svg") if s.attributes["class"] == "rd-svg"]
    views = [[float(n) for n in (s.attributes["viewbox"] or "").split()] for s in svgs]
    assert len(views) > 1
    assert all(height <= PAGE for _x, _y, _w, height in views)
    for card in cards(html):
        assert not any(card[1] < top < card[3] for _x, top, _w, _h in views[1:])


def test_a_relationship_that_nobody_judged_has_a_column_of_its_own():
    assert "not judged" not in text_of(coalition_picture(GOOD))
    unjudged = coalition_picture(coalition(DEPUTY, attrs.evolve(FINANCE, relationship=None)))
    assert card_of(unjudged, "Head of health spending")[0] < 140


def test_importance_is_a_thicker_edge_and_who_is_to_be_won_a_dashed_one():
    html = coalition_picture(coalition(DEPUTY, attrs.evolve(PHYSICIAN, importance="2")))
    edges = [r.attributes for r in of(html, "rect") if r.attributes.get("class") == "rd-box"]
    assert [(a["stroke-width"], "stroke-dasharray" in a) for a in edges] == [("4", False), ("1.5", True)]


def test_influence_is_drawn_as_squares_and_circles():
    drawing = coalition_picture(coalition(PHYSICIAN)).split('class="rd-drawing"')[1]
    full = re.findall(r'<rect class="rd-pip"[^>]*>', drawing)
    assert [len([p for p in full if "rx=" not in p]), len([p for p in full if "rx=" in p])] == [1, 4]
    unrated = coalition_picture(coalition(attrs.evolve(PHYSICIAN, formal=None))).split('class="rd-drawing"')[1]
    assert len(re.findall(r'rd-pip-off"[^>]*stroke-dasharray', unrated)) == 4


def test_the_drawing_is_described_and_has_the_same_as_a_table():
    html = coalition_picture(GOOD)
    assert of(html, "title")[0].text == "Guiding coalition: Shorter waits in emergency rooms"
    says = of(html, "desc")[0].text
    assert all((m.name or "") in says for m in MEMBERS)
    assert rows(html)[2] == [
        "Head of health spending",
        "Central agency",
        "A member now",
        "3 needed",
        "2 distant",
        "3 decides with others",
        "2 among their own",
        "yes",
    ]


def test_what_is_not_rated_is_said_in_words():
    said = rows(coalition_picture(coalition(DEPUTY, Member("m9", name="Somebody"))))[1]
    assert said[1:] == [
        "Kind not chosen",
        "not said",
        "not weighed",
        "not judged",
        "not weighed",
        "not weighed",
        "not said",
    ]


def test_kinds_without_a_member_are_listed_with_their_reason():
    said = text_of(coalition_picture(coalition(*MEMBERS, out=OUT[:1])))
    assert "Not needed: Provincial or territorial partner. The hospitals are federal in this exercise." in said
    assert "Nobody yet: Indigenous leader, Corporate enabler." in said


def test_text_is_at_least_13_pixels():
    sizes = [float(t.attributes["font-size"] or "") for t in of(coalition_picture(GOOD), "text")]
    assert min(sizes) >= 13


def test_nothing_entered_is_said_in_one_line():
    html = coalition_picture(Priority(id="p"))
    assert read(html)[0].tag == "p"
    assert "not attempted yet" in text_of(html)
    empty = Priority(id="p")
    assert "none yet" in text_of(rule03.member_table(empty))
    assert "none yet" in text_of(rule03.relationship_grid(empty))
    assert "none yet" in text_of(rule03.message_table(empty, Plan()))
    assert rule03.powers_table(empty) == rule03.influence_table(empty) == ""


# --- tables ---------------------------------------------------------------------------------------------------------


def test_the_grid_begins_with_the_weakest_important_relationship():
    found = rows(rule03.relationship_grid(GOOD))
    assert [
        row[0].startswith(name) for row, name in zip(found, ("President", "Head of", "Minister", "Deputy"), strict=True)
    ]
    assert "important and weak" in found[0][0]
    assert "important and weak" not in found[2][0]
    assert "2\u00a0distant" in found[0][1]
    assert found[1][2] == FINANCE.strengthen


def test_what_is_not_asked_stands_in_the_grid_as_not_given():
    grid = rows(rule03.relationship_grid(coalition(attrs.evolve(FINANCE, help_to_ask=None, relationship=None))))
    assert "not rated" in grid[0][1]
    assert grid[0][3] == "not given"


def test_the_powers_tell_who_is_there_from_who_is_hoped_for():
    hoped = coalition(attrs.evolve(DEPUTY, standing="potential"), FINANCE)
    found = {row[0]: row[1:] for row in rows(rule03.powers_table(hoped))}
    assert found["The right to decide"] == ["◆\u00a0only once won", "nobody", "Deputy Minister of Health"]
    assert found["Money or staff"][0] == "●\u00a0there"
    assert found["Strong informal influence"] == ["▲\u00a0nobody", "nobody", "nobody"]


def test_members_stand_in_the_square_of_influence():
    found = {row[0]: row[1:] for row in rows(rule03.influence_table(GOOD))}
    assert found["Formal: 4 decides"][1] == "Deputy Minister of Health"
    assert found["Formal: 1 no say"][3] == "President of the emergency physicians' association (to be won)"
    half = rule03.influence_table(coalition(DEPUTY, attrs.evolve(FINANCE, informal=None)))
    assert "Not rated on both: Head of health spending" in text_of(half)


def test_messages_name_who_says_them_and_when():
    plan = Plan(people=(Person("min", name="Minister A"),))
    told = coalition(attrs.evolve(DEPUTY, said_by="min", said_when="In May"))
    assert "Minister A" in rows(rule03.message_table(told, plan))[0][3]
    assert "In May" in rows(rule03.message_table(told, plan))[0][3]


def test_made_up_members_are_marked_once_or_each():
    all_ = coalition(*(attrs.evolve(m, illustrative=True) for m in MEMBERS))
    one = coalition(attrs.evolve(DEPUTY, illustrative=True), FINANCE)
    assert text_of(rule03.member_table(all_)).count("illustrative") == 1
    assert text_of(rule03.member_table(one)).count("illustrative") == 1
    assert "made up to practise with" not in text_of(rule03.member_table(one))
    assert "illustrative" not in text_of(rule03.member_table(GOOD))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_nothing(text: str):
    member = filled(Member, text, relationship=2, kind="central", formal=None, informal=None, importance=None)
    odd = attrs.evolve(member, id="other", kind=text, standing="potential")
    out = filled(LeftOut, text, kind="political")
    priority = coalition(member, odd, out=(out,), title=text)
    assert_harmless(coalition_picture(priority))
    for table in TABLES:
        assert_harmless(table(priority))
    assert_harmless(rule03.message_table(priority, Plan()))

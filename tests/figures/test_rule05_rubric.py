"""The scored rubric as a table: who rates what, what was agreed, what the plan supports, and what moved (5.6)."""

from __future__ import annotations

import re
from datetime import date

import attrs
import pytest

from rdlib.figures import rule05_rubric as faces
from rdlib.plan.priority import Priority
from rdlib.plan.rubric import RubricRating
from rdlib.words import NO_BREAK_SPACE
from tests.figures.faces import HOSTILE, assert_harmless, text_of
from tests.rules.plans import CONTEXT
from tests.rules.rubrics import AGREED, ONE, OTHER, priority, rated


def words(html: str) -> str:
    return text_of(html).replace(NO_BREAK_SPACE, " ")


def cells(html: str) -> list[list[str]]:
    """The text of each cell of each row of a table, the row's name first."""
    found = []
    for row in re.findall(r"<tr>(?:(?!</tr>).)*</tr>", html)[1:]:
        parts = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
        found.append([words(part) for part in parts])
    return found


def test_each_rating_has_its_column_with_who_gave_it_what_was_agreed_and_what_the_plan_supports():
    html = faces.rubric_table(priority(), CONTEXT)
    rows = cells(html)
    assert len(rows) == 8
    assert rows[1][0].startswith("StrategiesStrategiesIs this one set")
    assert rows[1][3:] == ["B", "● agreedA▸ plan", "nothing"]
    assert rows[3][3:5] == ["◐ agreedA B", "▸ plan"]
    said = words(html)
    assert "A: Ada; B: Ben. Last agreed: 3 May 2018, decided by Cleo." in said
    assert "▲ 1 red" in said
    assert "● 4 green" in said


def test_ratings_far_apart_are_to_be_talked_about_and_so_is_one_that_the_plan_does_not_support():
    unlike = attrs.evolve(OTHER, **rated(4, 3, 4, 1, 3, 3, 4, 4))
    assert cells(faces.rubric_table(priority(ONE, unlike, agreed=()), CONTEXT))[3][5] == "◆ 2 apart◐ rated lower"


def test_many_people_are_counted_not_lettered():
    crowd = tuple(attrs.evolve(ONE, id=f"r{n}", person=f"Person {n}") for n in range(9))
    html = faces.rubric_table(priority(*crowd, agreed=()), CONTEXT)
    assert cells(html)[0][4].startswith("● 9 people")
    assert "Rated by 9 people." in words(html)


def test_what_shows_a_rating_stands_beside_what_the_plan_shows():
    html = faces.rubric_reasons(priority(), CONTEXT)
    agreed, row = cells(html)[5], cells(html)[8 + 1 + 5]
    assert agreed[1] == "◐ 3 amber-green Minutes of the review of 3 May, item two"
    assert "1 risk; 1 of 1 have an answer" in agreed[2]
    assert "A Minutes of the review of 3 May, item two" in row[1]
    assert "agreed Minutes" in row[1]
    assert len(cells(faces.rubric_reasons(priority(agreed=()), CONTEXT))) == 8


def test_what_the_plan_proves_is_there_before_anybody_has_rated_it():
    bare = priority(RubricRating("r1"), agreed=())
    assert "not attempted yet" in words(faces.rubric_table(bare, CONTEXT))
    rows = cells(faces.facts_table(bare, CONTEXT))
    assert len(rows) == 8
    assert all(row[2].startswith("Only people can judge ") for row in rows)
    assert "No risk is named." in words(faces.facts_table(Priority(id="p"), CONTEXT))


def test_what_was_agreed_before_is_shown_in_the_rubric_and_movement_once_there_are_three_days():
    old = attrs.evolve(AGREED, id="d0", day=date(2018, 1, 15), **rated(*[1] * 8))
    two = priority(agreed=(AGREED, old))
    assert cells(faces.rubric_table(two, CONTEXT))[0][1] == "15 January 2018"
    assert faces.rubric_history(two, CONTEXT) == ""
    older = attrs.evolve(old, id="d9", day=date(2017, 1, 15), **rated(*[2] * 8))
    three = cells(faces.rubric_history(priority(agreed=(AGREED, old, older)), CONTEXT))
    assert three[0][1:] == ["◆ 2 amber-red", "▲ 1 red", "● 4 green"]


def test_the_levels_say_which_wordings_are_ours():
    rows = cells(faces.levels_table())
    assert len(rows) == 8
    for row in rows:
        assert [text.endswith("(Our wording.)") for text in row[1:]] == [False, True, True, False]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_is_made_safe(text: str):
    marks = rated(4, 4, 3, 3, 4, 3, 4, 4, chain_why=text)
    subject = priority(attrs.evolve(ONE, person=text, **marks), OTHER, agreed=(attrs.evolve(AGREED, person=text),))
    for face in (faces.rubric_table, faces.rubric_reasons, faces.facts_table):
        assert_harmless(face(subject, CONTEXT))

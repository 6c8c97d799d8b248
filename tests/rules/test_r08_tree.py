"""Tool 8.2: each kind of finding on a hypothesis tree, with what brings it about and what nearly does."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rdlib.plan.tree import Hypothesis, Tree
from rdlib.rules.r08_tree import KINDS, judged
from rdlib.rules.trees import shape

LEAF = {"believe": "It would be seen on the wards", "measure": "Beds held", "settles": "more than 5%"}


def leaf(id_: str, statement: str, parent: str = "n1", **more: str) -> Hypothesis:
    return Hypothesis(id_, parent=parent, statement=statement, **{**LEAF, **more})


TRUNK = Hypothesis("n1", statement="Waits come from poor flow", split="any", nothing_else="There are three stages")
BEDS, QUEUE = leaf("n2", "Beds are not free"), leaf("n3", "Minor cases queue behind serious ones")
SOUND = Tree("t1", question="Why do people wait?", nodes=(TRUNK, BEDS, QUEUE))


def codes(*nodes: Hypothesis, question: str | None = "Why do people wait?") -> set[str]:
    return {finding.code for finding in judged(Tree("t1", question=question, nodes=nodes), "here")}


def test_a_sound_tree_is_praised_and_nothing_else():
    assert codes(*SOUND.nodes) == {"R8-tree-sound"}


DEEP = [leaf(f"d{n}", f"Reason {word} is at work", parent="n2" if n == 1 else f"d{n - 1}") for n, word in
        enumerate(("alpha", "beta", "gamma"), start=1)]  # fmt: skip
CASES = {
    "R8-tree-no-trunk": ((), SOUND.nodes),
    "R8-tree-two-trunks": (
        (*SOUND.nodes, leaf("n4", "Staff are away", "")),
        (*SOUND.nodes, leaf("n4", "Staff are away")),
    ),
    "R8-tree-loose": (
        (*SOUND.nodes, leaf("n4", "Staff are away", "gone")),
        (*SOUND.nodes, leaf("n4", "Staff are away")),
    ),
    "R8-tree-circle": (
        (TRUNK, BEDS, QUEUE, leaf("a", "Staff are away", "b"), leaf("b", "Rosters are late", "a")),
        (TRUNK, BEDS, QUEUE, leaf("a", "Staff are away", "b"), leaf("b", "Rosters are late")),
    ),
    "R8-tree-no-words": ((TRUNK, BEDS, leaf("n3", " ")), SOUND.nodes),
    "R8-tree-asks": ((TRUNK, BEDS, leaf("n3", "Who is in the queue?")), SOUND.nodes),
    "R8-tree-topic": ((TRUNK, BEDS, leaf("n3", "Staffing levels")), (TRUNK, BEDS, leaf("n3", "Doctors are few"))),
    "R8-tree-no-branches": ((TRUNK,), SOUND.nodes),
    "R8-tree-overlap": (
        (TRUNK, leaf("n2", "Staff are rostered at the wrong hours"), leaf("n3", "The roster has staff at quiet hours")),
        (TRUNK, leaf("n2", "Beds are not free in the morning"), leaf("n3", "Beds are not free at weekends")),
    ),
    "R8-tree-double": (
        (TRUNK, BEDS, leaf("n3", "The beds are not free")), (TRUNK, BEDS, leaf("n3", "Beds are free and not used")),
    ),
    "R8-tree-gap": (
        (attrs.evolve(TRUNK, nothing_else=None), BEDS, QUEUE),
        (attrs.evolve(TRUNK, nothing_else=None), BEDS, leaf("n3", "Something else holds them up")),
    ),
    "R8-tree-no-split": ((attrs.evolve(TRUNK, split=None), BEDS, QUEUE), SOUND.nodes),
    "R8-tree-only-branch": ((TRUNK, BEDS), SOUND.nodes),
    "R8-tree-mixed": (
        (TRUNK, BEDS, leaf("n3", "Introduce a second stream")), (TRUNK, BEDS, leaf("n3", "A second stream is missing")),
    ),
    "R8-tree-many": (
        (TRUNK, *(leaf(f"m{n}", f"Ward{n} is closed") for n in range(8))),
        (TRUNK, *(leaf(f"m{n}", f"Ward{n} is closed") for n in range(7))),
    ),
    "R8-tree-deep": ((TRUNK, BEDS, QUEUE, *DEEP), (TRUNK, BEDS, QUEUE, *DEEP[:2])),
    "R8-leaf-nothing-to-see": (
        (TRUNK, BEDS, leaf("n3", "Staff are away", believe="", measure="", settles="")),
        (TRUNK, BEDS, leaf("n3", "Staff are away", measure="", settles="")),
    ),
    "R8-leaf-no-measure": ((TRUNK, BEDS, leaf("n3", "Staff are away", measure="")), SOUND.nodes),
    "R8-leaf-no-value": (
        (TRUNK, BEDS, leaf("n3", "Staff are away", settles="it is high")),
        (TRUNK, BEDS, leaf("n3", "Staff are away", settles="more than half")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_what_brings_it_about_and_what_nearly_does(code: str):
    bad, near = CASES[code]
    assert code in codes(*bad)
    assert code not in codes(*near)


def test_a_tree_needs_a_question():
    assert "R8-tree-no-question" in codes(*SOUND.nodes, question=" ")
    assert "R8-tree-no-question" not in codes(*SOUND.nodes)


def test_every_kind_has_a_test():
    assert {kind.code for kind in KINDS} == {*CASES, "R8-tree-no-question", "R8-tree-sound"}


def test_the_overlap_names_the_words_and_leaves_out_those_of_the_question():
    bad, _near = CASES["R8-tree-overlap"]
    said = [f.what for f in judged(Tree("t1", question="Why?", nodes=bad), "here") if f.code == "R8-tree-overlap"]
    assert said == [
        "“Staff are rostered at the wrong hours” and “The roster has staff at quiet hours” share: "
        "staff, rostered and hours."
    ]
    nodes = (
        TRUNK,
        leaf("n2", "Old programmes of universities stay small"),
        leaf("n3", "Universities fund no new programmes"),
    )
    assert "R8-tree-overlap" not in codes(*nodes, question="Why do university programmes not grow?")


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", *"abcdefx"])), max_size=9))
def test_any_file_gives_a_shape_in_which_each_row_stands_once(rows: list[tuple[str, str]]):
    tree = Tree("t1", question="Why?", nodes=tuple(Hypothesis(id_, parent=over or None) for id_, over in rows))
    places = shape(tree).places
    assert len(places) == len({place.node.id for place in places}) == len(rows)
    judged(tree, "here")

"""The picture of a hypothesis tree: siblings in order, nothing covered, and in parts where it is large."""

from __future__ import annotations

import re
from itertools import combinations

from rdlib.figures.graph import READABLE, arrange
from rdlib.figures.tree import (
    ACROSS,
    UPRIGHT,
    Results,
    lies_across,
    outline,
    tree_drawing,
    tree_figure,
    tree_graph,
    tree_picture,
)
from rdlib.plan.tree import Hypothesis, Tree
from rdlib.rules.trees import shape

CLAIM = "Patients with small injuries wait behind those who are seriously ill"


def tree(count: int) -> Tree:
    """A tree in which each claim has up to three branches."""
    nodes = [
        Hypothesis(f"n{n}", parent=f"n{(n - 1) // 3}" if n else None, statement=f"{CLAIM} ({n})") for n in range(count)
    ]
    return Tree("t1", question="Why do people wait?", nodes=tuple(nodes))


def test_sixty_hypotheses_stand_in_order_and_none_covers_another():
    arranged = arrange(tree_graph(tree(60)))
    boxes = arranged.layout.boxes
    assert arranged.layout.crossings == 0
    assert not any(a.meets(b) for a, b in combinations(boxes.values(), 2))
    for branches in shape(tree(60)).branches.values():
        tops = [boxes[node.id].top for node in branches]
        assert tops == sorted(tops)


def test_a_high_tree_is_drawn_in_parts_that_fit_a_page_and_each_claim_is_in_one_of_them():
    small, large = tree_picture(tree(9)), tree_picture(tree(60))
    assert small.count("<figure") == 1
    sizes = [(int(w), int(h)) for w, h in re.findall(r'<svg [^>]*width="(\d+)" height="(\d+)"', large)]
    assert 1 < len(sizes) < 12
    for width, height in sizes:
        wide, high = ACROSS if lies_across(width, height) else UPRIGHT
        assert min(wide / width, high / height) > READABLE - 0.05
    assert all(f'data-node="n{n}"' in large for n in range(60))


def test_many_branches_of_one_claim_stay_together_however_high_they_are():
    wide = Tree("t1", nodes=(Hypothesis("n0"), *(Hypothesis(f"n{n}", parent="n0") for n in range(1, 40))))
    assert tree_picture(wide).count("<figure") == 1


def test_a_tree_with_a_circle_and_loose_claims_is_drawn_in_parts_too():
    rows = [*tree(60).nodes, Hypothesis("x", parent="y"), Hypothesis("y", parent="x"), Hypothesis("z", parent="gone")]
    drawn = tree_picture(Tree("t1", nodes=tuple(rows)))
    assert all(f'data-node="{id_}"' in drawn for id_ in ("n0", "n59", "x", "y", "z"))


def test_a_verdict_is_a_shape_and_a_word_and_texts_are_escaped():
    odd = Tree("t1", question="<b>", nodes=(Hypothesis("n1", statement="<script>"), Hypothesis("n2", parent="n1")))
    over = Results({"n1": "fails", "n2": "open"})
    drawn = tree_drawing(odd, over) + outline(odd, over)
    assert "✕" in drawn
    assert "fails" in drawn
    assert "<script>" not in drawn
    assert "<b>" not in drawn


def test_nothing_begun_is_not_attempted():
    assert "not attempted" in tree_figure(Tree("t1"))

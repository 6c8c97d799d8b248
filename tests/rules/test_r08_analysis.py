"""Tool 8.3: each kind of finding on an analysis plan, and how results travel up to the trunk."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.tree import Analysis, Hypothesis, Tree
from rdlib.rules.r08_analysis import KINDS, check, commitments, in_sentences
from rdlib.rules.registry import Context
from rdlib.rules.trees import combined, rolled_up

TODAY = date(2027, 4, 6)
NODES = (
    Hypothesis("n1", statement="Waits come from poor flow", split="any"),
    Hypothesis("n2", parent="n1", statement="Beds are not free"),
    Hypothesis("n3", parent="n1", statement="Minor cases queue behind serious ones"),
)
TREE = Tree("t1", question="Why do people wait?", nodes=NODES)
OPEN = Analysis(
    "a1", issue="Beds", leaf="t1/n2", method="Compare hours", against="Beds are free at ten", product="A chart",
    sources="Bed records", owner="Ann Roy", by=date(2027, 5, 1),
)  # fmt: skip
OTHER = attrs.evolve(OPEN, id="a2", issue="Queue", leaf="t1/n3")


def priority(*analyses: Analysis, tree: Tree = TREE) -> Priority:
    return Priority("waits", title="Waits", parts={"trees": (tree,), "analyses": analyses})


def codes(*analyses: Analysis, **tree: Any) -> set[str]:
    made = priority(*analyses, tree=attrs.evolve(TREE, **tree))
    return {finding.code for finding in check(made, Context(Plan(), TODAY))}


def done(result: str, of: Analysis = OPEN, **more: Any) -> Analysis:
    return attrs.evolve(of, result=result, **{"found": "Nine in ten", "found_on": date(2027, 4, 1), **more})


def changed(**more: Any) -> tuple[Analysis, ...]:
    return attrs.evolve(OPEN, **more), OTHER


def test_a_leaf_whose_analysis_was_let_go_counts_as_untested_only_while_it_matters():
    dropped, settled = attrs.evolve(OTHER, result="dropped"), done("holds")
    assert "R8-leaf-no-analysis" in codes(OPEN, dropped), "the trunk still hangs on it"
    assert "R8-leaf-no-analysis" not in codes(settled, dropped), "one is enough, and holds"
    assert "R8-leaf-no-analysis" in codes(settled), "nobody has let it go"


GOOD: tuple[tuple[Analysis, ...], dict[str, Any]] = ((OPEN, OTHER), {})
CASES: dict[str, tuple[tuple[tuple[Analysis, ...], dict[str, Any]], tuple[tuple[Analysis, ...], dict[str, Any]]]] = {
    "R8-leaf-no-analysis": (((OPEN,), {}), GOOD),
    "R8-analysis-no-leaf": ((changed(leaf="t1/gone"), {}), GOOD),
    "R8-analysis-on-branch": ((changed(leaf="t1/n1"), {}), GOOD),
    "R8-analysis-no-method": ((changed(method=" "), {}), GOOD),
    "R8-analysis-no-product": ((changed(product=None), {}), GOOD),
    "R8-analysis-no-source": ((changed(sources=None), {}), GOOD),
    "R8-analysis-no-owner": ((changed(owner=None), {}), GOOD),
    "R8-analysis-no-day": ((changed(by=None), {}), GOOD),
    "R8-analysis-one-way": (
        (changed(method="Show that beds are full"), {}),
        (changed(method="Compare, and show both"), {}),
    ),
    "R8-analysis-overdue": ((changed(by=date(2027, 4, 5)), {}), (changed(by=TODAY), {})),
    "R8-result-no-evidence": (((done("holds", found=""), OTHER), {}), ((done("holds"), OTHER), {})),
    "R8-result-no-day": (((done("holds", found_on=None), OTHER), {}), ((done("holds"), OTHER), {})),
    "R8-result-ahead": (
        ((done("holds", found_on=date(2027, 4, 7)), OTHER), {}),
        ((done("holds", found_on=TODAY), OTHER), {}),
    ),
    "R8-results-disagree": (
        ((done("holds"), done("fails", attrs.evolve(OPEN, id="a3")), OTHER), {}),
        ((done("holds"), done("dropped", attrs.evolve(OPEN, id="a3")), OTHER), {}),
    ),
    "R8-trunk-early": (((done("fails"), OTHER), {"verdict": "fails"}), ((done("fails"), OTHER), {"verdict": "open"})),
    "R8-trunk-against-results": (
        ((done("holds"), OTHER), {"verdict": "fails"}),
        ((done("holds"), OTHER), {"verdict": "fails", "verdict_why": "One ward only"}),
    ),
    "R8-trunk-not-said": (((done("holds"), OTHER), {}), ((done("holds"), OTHER), {"verdict": "holds"})),
    "R8-analysis-planned": (GOOD, ((OPEN,), {})),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_what_brings_it_about_and_what_nearly_does(code: str):
    (bad, with_bad), (near, with_near) = CASES[code]
    assert code in codes(*bad, **with_bad)
    assert code not in codes(*near, **with_near)


def test_every_kind_has_a_test():
    assert {kind.code for kind in KINDS} == set(CASES)


def test_what_is_open_and_what_could_still_settle_it_is_said():
    rolled = rolled_up(priority(done("fails"), OTHER), TREE)
    assert rolled.verdict == "open"
    assert [swing.leaf.id for swing in rolled.swings] == ["n3"]
    assert in_sentences(rolled)[-1] == (
        "“Minor cases queue behind serious ones” decides: if it holds, the trunk holds; if it fails, the trunk fails."
    )
    assert rolled_up(priority(done("holds"), OTHER), TREE).verdict == "holds"


@given(st.sampled_from(["any", "all", None]), st.lists(st.sampled_from(["holds", "fails", "open"]), min_size=1))
def test_a_settled_claim_stays_so_whatever_the_open_branches_turn_out_to_be(split: str | None, verdicts: list[str]):
    if (now := combined(split, verdicts)) != "open":
        for then in ("holds", "fails"):
            assert combined(split, [then if each == "open" else each for each in verdicts]) == now


def test_each_analysis_with_a_day_is_a_commitment():
    plan = Plan(priorities=(priority(done("holds"), OTHER),))
    found = [(each.key, each.owner, each.due, each.done) for each in commitments(plan, TODAY)]
    assert found == [
        ("analysis/waits/a1", "Ann Roy", date(2027, 5, 1), True),
        ("analysis/waits/a2", "Ann Roy", date(2027, 5, 1), False),
    ]

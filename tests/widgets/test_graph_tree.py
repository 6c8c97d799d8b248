"""A tree on the Graph as Python sees it: boxes hang on other boxes, and move with all that hangs on them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rdlib.plan import PlanStore
from rdlib.widgets.chain import DELIVERY_CHAIN
from rdlib.widgets.graph import Graph
from rdlib.widgets.tree import HYPOTHESIS_TREE
from tests.widgets.conftest import P, Page

TREES = f"{P}/trees"
NODES = f"{TREES}/t1/nodes"

Open = Callable[..., Page]
BEGUN = [("n1", ""), ("n2", "n1"), ("n3", "n1"), ("n4", "n2"), ("n5", "n2")]


@pytest.fixture
def tree(store: PlanStore) -> PlanStore:
    """A plan with a tree: trunk n1, its branches n2 and n3, and n4 and n5 on n2."""
    store.add_row(TREES, {"question": "Why do people wait?"})
    for id_, parent in BEGUN:
        store.add_row(NODES, {"statement": f"Claim {id_}"} | ({"parent": parent} if parent else {}))
    store.save()
    return store


@pytest.fixture
def page(tree: PlanStore, open_page: Open) -> Page:
    return open_page(Graph(tree, HYPOTHESIS_TREE, "first-priority"))


def on_disk(store: PlanStore) -> list[tuple[str, str]]:
    """The hypotheses in the order of the file, each with what it hangs on."""
    fresh = PlanStore(store.folder)
    return [(row, str(fresh.raw(f"{NODES}/{row}/parent") or "")) for row in fresh.rows(NODES)]


def nest(page: Page, what: str, where: str, other: str) -> None:
    """Hang a hypothesis under another one, or put it before or after it."""
    page.send("nest", path=f"{NODES}/{what}", where=where, other=other)


def order(page: Page) -> list[tuple[str, str]]:
    """The hypotheses that the page is shown, each with what it hangs on."""
    return [(row["id"], row["parent"]) for row in page.now["nodes"]]


def test_under_another_one_it_is_the_last_of_its_branches(page: Page, tree: PlanStore):
    nest(page, "n3", "under", "n2")
    assert page.ack["focus"]["path"] == f"{NODES}/n3"
    assert [row for row in on_disk(tree) if row[1] == "n2"] == [("n4", "n2"), ("n5", "n2"), ("n3", "n2")]
    assert order(page) == on_disk(tree)
    assert "branch 3 of 3 of “Claim n2”" in next(row["says"] for row in page.now["nodes"] if row["id"] == "n3")


def test_under_a_leaf_it_is_its_only_branch(page: Page, tree: PlanStore):
    nest(page, "n5", "under", "n3")
    assert on_disk(tree) == [*BEGUN[:4], ("n5", "n3")]


def test_under_what_it_hangs_on_already_it_becomes_the_last(page: Page, tree: PlanStore):
    nest(page, "n2", "under", "n1")
    assert [row for row in on_disk(tree) if row[1] == "n1"] == [("n3", "n1"), ("n2", "n1")]
    assert ("n4", "n2") in on_disk(tree), "what hangs on it comes along"


@pytest.mark.parametrize(("where", "siblings"), [("before", ["n3", "n4", "n5"]), ("after", ["n4", "n3", "n5"])])
def test_before_and_after_another_one_it_hangs_where_that_hangs(
    page: Page, tree: PlanStore, where: str, siblings: list[str]
):
    nest(page, "n3", where, "n4")
    assert [row for row, parent in on_disk(tree) if parent == "n2"] == siblings
    assert page.ack["saved"] == page.ack["heard"]


def test_neighbours_change_places(page: Page, tree: PlanStore):
    nest(page, "n5", "before", "n4")
    assert on_disk(tree) == [*BEGUN[:3], ("n5", "n2"), ("n4", "n2")]
    nest(page, "n5", "after", "n4")
    assert on_disk(tree) == BEGUN


@pytest.mark.parametrize("where", ["under", "before", "after"])
@pytest.mark.parametrize("other", ["n2", "n4", "n9"], ids=["itself", "what-hangs-on-it", "gone"])
def test_it_never_hangs_on_itself_and_what_is_gone_is_said_to_be_lost(
    page: Page, tree: PlanStore, where: str, other: str
):
    nest(page, "n2", where, other)
    assert page.ack["lost"] == [page.n]
    assert on_disk(tree) == BEGUN


def test_a_box_that_is_gone_and_a_graph_that_is_no_tree_have_nothing_to_nest(
    page: Page, tree: PlanStore, open_page: Open
):
    nest(page, "n9", "under", "n2")
    assert page.ack["lost"] == [page.n]
    chain = open_page(Graph(tree, DELIVERY_CHAIN, "first-priority"))
    nest(chain, "n3", "under", "n2")
    assert chain.ack["lost"] == [chain.n]
    assert on_disk(tree) == BEGUN


def test_a_circle_written_by_hand_can_be_taken_apart(page: Page, tree: PlanStore):
    tree.set(f"{NODES}/n2/parent", "n4")
    page.send("look")
    nest(page, "n4", "under", "n2")
    assert page.ack["lost"] == [page.n], "each of them hangs on the other"
    nest(page, "n2", "after", "n3")
    assert sorted(on_disk(tree)) == BEGUN


def test_a_removed_branch_takes_along_what_hangs_on_it_and_brings_it_back(page: Page, tree: PlanStore):
    page.send("remove", path=f"{NODES}/n2")
    assert on_disk(tree) == [("n1", ""), ("n3", "n1")]
    assert page.now["undo"] == "Claim n2"
    page.send("undo", path="")
    assert page.ack["focus"]["path"] == f"{NODES}/n2"
    assert on_disk(tree) == BEGUN

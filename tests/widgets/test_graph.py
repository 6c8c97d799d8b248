"""The Graph as Python sees it: what a page is shown, and what becomes of what it sends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rdlib.plan import PlanStore
from rdlib.widgets.chain import DELIVERY_CHAIN
from rdlib.widgets.form import Form, Table
from rdlib.widgets.graph import Graph
from tests.widgets.conftest import P, Page

CHAINS = f"{P}/chains"
C = f"{CHAINS}/c1"

Open = Callable[..., Page]


@pytest.fixture
def chain(store: PlanStore) -> PlanStore:
    """A plan with a chain of three levels, three actors and two links (l4, l5: an id is new to the whole file)."""
    store.add_row(CHAINS, {"title": "To the patient"})
    for title in ("Centre", "Trusts", "Patients"):
        store.add_row(f"{C}/levels", {"title": title})
    for title, level in (("Minister", "l1"), ("Chief executives", "l2"), ("Patients", "l3")):
        store.add_row(f"{C}/actors", {"title": title, "level": level})
    store.add_row(f"{C}/links", {"source": "a1", "target": "a2"})
    store.add_row(f"{C}/links", {"source": "a2", "target": "a3", "kind": "influence"})
    store.save()
    return store


@pytest.fixture
def graph(chain: PlanStore) -> Graph:
    return Graph(chain, DELIVERY_CHAIN, "first-priority", title="Delivery chain")


@pytest.fixture
def page(graph: Graph, open_page: Open) -> Page:
    return open_page(graph)


def on_disk(store: PlanStore) -> PlanStore:
    """The plan as somebody else would read it."""
    return PlanStore(store.folder)


def names(now: dict[str, Any], table: str) -> list[str]:
    """The ids of what a page shows."""
    return [row["id"] for row in now[table]]


def test_a_page_is_shown_the_chain_and_how_far_each_step_is(page: Page):
    now = page.now
    assert names(now, "columns") == ["l1", "l2", "l3"]
    assert [row["name"] for row in now["nodes"]] == ["Minister", "Chief executives", "Patients"]
    assert now["nodes"][1]["says"] == ("Chief executives, level 2, Trusts, 1 link leads to it, 1 link leads on")
    assert now["links"][0]["says"] == "Influence from Minister to Chief executives"
    assert 'data-node="a2"' in now["drawing"]
    assert [(state["done"], state["says"]) for state in now["states"]] == [
        (True, "3 levels"),
        (False, "0 of 3 with level and number"),
        (False, "0 of 3 with role, skill and will"),
        (False, "2 links; starts: nobody yet; felt by: nobody yet"),
    ]
    assert now["values"][f"{C}/actors/a1/level"] == "l1"
    assert now["whole"] is True


def test_steps_are_done_when_they_are(page: Page, chain: PlanStore):
    for id_, part in (("a1", "start"), ("a2", "middle"), ("a3", "end")):
        for name, value in {"number": "1", "role": "Does it", "skill": "3", "will": "4", "part": part}.items():
            chain.set(f"{C}/actors/{id_}/{name}", value)
    chain.set(f"{C}/links/l4/formal", "4")
    now = page.send("look")
    assert all(state["done"] for state in now["states"])
    assert now["states"][2]["says"] == "2 of 2 with role, skill and will", "those it is for have no part to play"
    assert now["states"][3]["says"] == "2 links; starts: Minister; felt by: Patients"
    assert "Leads it: the chain begins here" in now["nodes"][0]["says"]
    assert now["links"][0]["says"].endswith("formal authority 4 full")


def test_a_chain_is_begun_and_built(store: PlanStore, open_page: Open):
    page = open_page(Graph(store, DELIVERY_CHAIN, "first-priority"))
    assert page.now["graphs"] == []
    assert page.now["drawing"] == ""
    page.send("begin", path="", name=" Waits ")
    assert page.ack["focus"]["path"] == C
    assert page.now["graphs"] == [("c1", "Waits")]
    page.send("add", path="", table="levels", values={"title": "Centre"})
    assert page.ack["focus"]["path"] == f"{C}/levels/l1"
    page.send("add", path="", table="actors", values={"title": "Minister", "level": "l1", "number": "1", "part": "end"})
    fresh = on_disk(store)
    assert fresh.raw(f"{C}/actors/a1/number") == "1"
    assert fresh.raw(f"{C}/actors/a1/part") is None, "only what is asked for"
    assert page.ack["saved"] == page.ack["heard"]


def test_a_second_chain_can_be_begun_and_the_first_shown_again(page: Page, store: PlanStore):
    page.send("begin", path="", name="Another")
    assert page.now["shown"] == "c2"
    assert page.now["nodes"] == []
    page.send("open", path="", row="c1")
    assert names(page.now, "nodes") == ["a1", "a2", "a3"]
    page.send("open", path="", row="c9")
    assert page.now["shown"] == "c1"


def test_links_are_drawn_once(page: Page, chain: PlanStore):
    page.send("link", path="", source="a1", target="a3")
    assert page.ack["focus"]["path"] == f"{C}/links/l6"
    page.send("link", path="", source="a1", target="a3")
    assert page.ack["focus"]["path"] == f"{C}/links/l6", "the same link is shown, not drawn again"
    page.send("add", path="", table="links", values={"source": "a1", "target": "a3", "kind": "funding"})
    assert page.ack["focus"]["path"] == f"{C}/links/l7", "another kind is another link"
    assert on_disk(chain).rows(f"{C}/links") == ["l4", "l5", "l6", "l7"]
    page.send("link", path="", source="a1", target="gone")
    assert page.ack["lost"] == [page.n]


def test_a_box_moves_by_an_answer_that_two_may_give(page: Page, chain: PlanStore):
    page.write("chains/c1/actors/a1/level", "l2")
    assert on_disk(chain).raw(f"{C}/actors/a1/level") == "l2"
    assert page.now["nodes"][0]["column"] == "l2"
    page.write("chains/c1/actors/a1/level", "l3", "l1")  # a page that has not seen it yet
    assert page.now["conflicts"][f"{C}/actors/a1/level"]["mine"] == "l3"
    page.send("choose", path=f"{C}/actors/a1/level", value="l3")
    assert on_disk(chain).raw(f"{C}/actors/a1/level") == "l3"


def test_columns_change_places(page: Page, chain: PlanStore):
    page.send("order", path=f"{C}/levels/l1", by=1)
    assert on_disk(chain).rows(f"{C}/levels") == ["l2", "l1", "l3"]
    assert names(page.now, "columns") == ["l2", "l1", "l3"]
    page.send("order", path=f"{C}/levels/l9", by=1)
    assert page.ack["lost"] == [page.n]


def test_a_removed_box_takes_its_links_along_and_brings_them_back(page: Page, chain: PlanStore):
    chain.set(f"{C}/actors/a2/role", "Free beds")
    page.send("remove", path=f"{C}/actors/a2")
    assert (on_disk(chain).rows(f"{C}/actors"), on_disk(chain).rows(f"{C}/links")) == (["a1", "a3"], [])
    assert page.now["undo"] == "Chief executives"
    page.send("remove", path=f"{C}/levels/l3")
    assert page.now["undo"] == "Patients"
    page.send("undo", path="")
    assert page.ack["focus"]["path"] == f"{C}/levels/l3"
    page.send("undo", path="")
    assert page.ack["focus"]["path"] == f"{C}/actors/a2"
    fresh = on_disk(chain)
    assert (fresh.rows(f"{C}/actors"), fresh.rows(f"{C}/links")) == (["a1", "a2", "a3"], ["l4", "l5"])
    assert fresh.raw(f"{C}/actors/a2/role") == "Free beds"
    assert page.now["undo"] is None
    page.send("undo", path="")
    page.send("remove", path=f"{C}/actors/a9")
    assert page.ack["lost"] == [page.n]


def test_what_the_form_has_put_back_is_not_put_back_twice(page: Page, chain: PlanStore, open_page: Open):
    form = open_page(Form(chain, [Table(CHAINS, ("title", "actors/title"), as_cards=True)]))
    page.send("remove", path=f"{C}/actors/a3")
    form.send("put_back", path=f"{C}/actors")
    assert chain.rows(f"{C}/actors") == ["a1", "a2", "a3"]
    page.send("undo", path="")
    assert chain.rows(f"{C}/actors") == ["a1", "a2", "a3"]
    assert chain.rows(f"{C}/links") == ["l4", "l5"]
    page.send("remove", path=f"{C}/actors/a3")
    page.send("undo", path="")
    form.send("look")
    assert f"{C}/actors" not in form.now["removed"], "nothing is left for the form to put back"


def test_a_form_and_a_graph_of_one_plan_stay_in_step(page: Page, chain: PlanStore, open_page: Open):
    form = open_page(Form(chain, [Table(CHAINS, ("title", "actors/title"), as_cards=True)]))
    form.write("chains/c1/actors/a1/title", "Secretary of State")
    assert page.now["nodes"][0]["name"] == "Secretary of State"
    assert "Secretary" in page.now["drawing"]
    page.write("chains/c1/actors/a2/title", "Boards")
    assert form.now["values"][f"{C}/actors/a2/title"] == "Boards"


def test_a_hand_edit_is_followed(page: Page, by_hand: Callable[[str, str], None]):
    by_hand("title: Minister", "title: Prime Minister")
    now = page.send("look")
    assert now["nodes"][0]["name"] == "Prime Minister"
    assert "Actor" in now["news"]


def test_what_cannot_be_read_is_kept_and_explained(page: Page, chain: PlanStore):
    page.write("chains/c1/actors/a1/number", "many")
    assert on_disk(chain).raw(f"{C}/actors/a1/number") == "many"
    assert "many" in page.now["problems"][f"{C}/actors/a1/number"]
    assert "many" in page.form.face()


def test_rows_with_no_id_are_reached_by_their_place(
    chain: PlanStore, by_hand: Callable[[str, str], None], open_page: Open
):
    by_hand("      - id: a1\n        title: Minister", "      - title: Minister")
    page = open_page(Graph(PlanStore(chain.folder), DELIVERY_CHAIN, "first-priority"))
    assert names(page.now, "nodes") == ["#1", "a2", "a3"]
    page.write("chains/c1/actors/#1/title", "Prime Minister")
    assert page.now["nodes"][0]["name"] == "Prime Minister"


def test_above_sixty_actors_the_picture_is_not_for_changing(chain: PlanStore, open_page: Open):
    for n in range(60):
        chain.add_row(f"{C}/actors", {"title": f"Office {n}", "level": "l2"})
    page = open_page(Graph(chain, DELIVERY_CHAIN, "first-priority"))
    assert page.now["whole"] is False
    assert len(page.now["nodes"]) == 63
    assert 'data-node="a2"' not in page.now["drawing"]


def test_a_priority_that_is_gone(chain: PlanStore, graph: Graph, page: Page):
    chain.remove_priority("first-priority")
    assert page.send("look")["gone"] is True
    assert page.now["nodes"] == []


def test_the_static_face_shows_every_chain(chain: PlanStore, graph: Graph):
    chain.add_row(CHAINS, {"title": "<b>Second</b>"})
    face = graph.face()
    assert "Delivery chain" in face
    assert "To the patient" in face
    assert "&lt;b&gt;Second" in face
    assert "not attempted yet" in face


def test_the_page_is_told_what_each_step_asks_for(graph: Graph):
    fixed = graph.fixed
    assert [step["adds"] for step in fixed["steps"]] == ["levels", "actors", "", "links"]
    for step in fixed["steps"]:
        for table, asked in step["fields"].items():
            assert set(asked) <= set(fixed["tables"][table]["fields"])
        if step["adds"]:
            assert set(step["asks"]) <= set(fixed["tables"][step["adds"]]["fields"])
    skill = fixed["tables"]["actors"]["fields"]["skill"]
    assert (skill["control"], skill["choices"][0][1]) == ("select", "1 not able")
    assert fixed["tables"]["actors"]["fields"]["level"]["list"] == "levels"
    assert fixed["tables"]["actors"]["fields"]["illustrative"]["choices"][0][0] == "yes"
    assert fixed["tables"]["actors"]["fields"]["number"]["number"] is True

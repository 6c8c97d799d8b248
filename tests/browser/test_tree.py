"""A hypothesis tree in JupyterLab: made by keyboard alone through a reload, and changed by mouse."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest
from playwright.sync_api import Locator, Page, expect

from rdlib.plan import PlanStore
from tests.browser.conftest import PROJECT, Lab, Notebook

TREES = "priorities/first-priority/trees"
NODES = f"{TREES}/t1/nodes"

CELL = """
from rdlib.plan import PlanStore
from rdlib.widgets.graph import Graph
from rdlib.widgets.tree import HYPOTHESIS_TREE
store = PlanStore("{folder}")
Graph(store, HYPOTHESIS_TREE, "first-priority", title="Hypothesis tree")
"""


@attrs.frozen
class Drawn:
    """A tree in a notebook, and the plan behind it."""

    nb: Notebook
    page: Page
    folder: Path
    graph: Locator

    def box(self, id_: str) -> Locator:
        """A hypothesis in the picture."""
        return self.graph.locator(f'[data-node="{id_}"]')

    def says(self, text: str) -> None:
        """Wait until the line above the picture says something: by then the picture shows it."""
        expect(self.graph.locator(".rdg-readout")).to_contain_text(text)

    def on_disk(self, expected: list[tuple[str, str]]) -> None:
        """Wait until these hypotheses, each with what it hangs on, are on disk in this order."""
        end = time.monotonic() + 15
        while (found := self._found()) != expected and time.monotonic() < end:
            time.sleep(0.05)
        assert found == expected

    def _found(self) -> list[tuple[str, str]]:
        store = PlanStore(self.folder)
        try:
            return [(row, str(store.raw(f"{NODES}/{row}/parent") or "")) for row in store.rows(NODES)]
        except KeyError:
            return []


@pytest.fixture
def drawn(lab: Lab, notebook: Callable[..., Notebook], request: pytest.FixtureRequest) -> Drawn:
    """A plan; by mouse, with a trunk n1, branches n2 and n3, and n4 on n2."""
    name = re.sub(r"\W+", "-", request.node.name)
    folder = lab.folder / "plans" / name
    folder.parent.mkdir(exist_ok=True)
    store = PlanStore.create(folder, PROJECT / "templates" / "plan")
    if "mouse" in name:
        store.add_row(TREES, {"question": "Why do people wait?"})
        store.add_row(NODES, {"statement": "Flow is the cause"})
        for words, parent in (("One queue for all", "n1"), ("Beds are full", "n1"), ("Few doctors at night", "n2")):
            store.add_row(NODES, {"statement": words, "parent": parent})
        store.save()
    nb = notebook(f"{name}.ipynb", cells=[CELL.format(folder=str(folder))])
    nb.run_all()
    graph = nb.page.locator(".rdg")
    expect(graph.locator(".rdf-status")).to_be_visible()
    return Drawn(nb, nb.page, folder, graph)


def drag(drawn: Drawn, what: str, onto: str, share: float = 0.5) -> None:
    """Drag a hypothesis to a height of another one: 0 its upper edge, 1 its lower one."""
    drawn.box(what).scroll_into_view_if_needed()
    a, b = (drawn.box(id_).locator("rect").first.bounding_box() for id_ in (what, onto))
    assert a
    assert b
    mouse = drawn.page.mouse
    mouse.move(a["x"] + a["width"] / 2, a["y"] + a["height"] / 2)
    mouse.down()
    mouse.move(b["x"] + b["width"] / 2, b["y"] + b["height"] * share, steps=6)
    mouse.up()


def test_a_tree_by_mouse(drawn: Drawn, look: Callable[..., None]):
    graph = drawn.graph
    drawn.on_disk([("n1", ""), ("n2", "n1"), ("n3", "n1"), ("n4", "n2")])
    drag(drawn, "n4", "n3")
    drawn.says("is now a branch of “Beds are full”, 1 of 1")
    drawn.on_disk([("n1", ""), ("n2", "n1"), ("n3", "n1"), ("n4", "n3")])
    drag(drawn, "n3", "n2", 0.1)  # onto its upper edge: before it, with all that hangs on it
    drawn.says("Beds are full is now a branch of “Flow is the cause”, 1 of 2")
    drawn.on_disk([("n1", ""), ("n3", "n1"), ("n2", "n1"), ("n4", "n3")])
    drag(drawn, "n3", "n2", 0.9)  # and onto its lower one: after it
    drawn.says("Beds are full is now a branch of “Flow is the cause”, 2 of 2")
    drawn.on_disk([("n1", ""), ("n2", "n1"), ("n3", "n1"), ("n4", "n3")])
    drag(drawn, "n3", "n4")
    drawn.says("cannot hang on itself")
    drawn.box("n3").click()
    expect(graph.locator("[data-asks=parent]")).to_have_value("n3")  # a branch would be added to what is selected
    graph.get_by_role("button", name="Remove").click()
    drawn.says("Removed: Beds are full, with all that hangs on it (1).")
    expect(drawn.box("n4")).to_have_count(0)
    drawn.on_disk([("n1", ""), ("n2", "n1")])
    expect(graph.locator("[data-asks=parent]")).to_have_value("")
    graph.get_by_role("button", name="Undo").click()
    drawn.says("Put back: Beds are full.")
    expect(drawn.box("n3")).to_be_focused()
    drawn.on_disk([("n1", ""), ("n2", "n1"), ("n3", "n1"), ("n4", "n3")])
    for button, says in (
        ("One level in", "is now a branch of “One queue for all”, 1 of 1"),
        ("One level out", "is now a branch of “Flow is the cause”, 2 of 2"),
        ("Up", "is now a branch of “Flow is the cause”, 1 of 2"),
        ("Down", "is now a branch of “Flow is the cause”, 2 of 2"),
        ("Down", "is the last of its branches already"),
    ):
        graph.get_by_role("button", name=button, exact=True).click()
        drawn.says(says)
    drawn.on_disk([("n1", ""), ("n2", "n1"), ("n3", "n1"), ("n4", "n3")])
    look(graph, "tree-mouse")


def test_a_tree_by_keyboard_alone_through_a_reload_and_a_killed_kernel(
    drawn: Drawn, axe: Callable[[Page, str], list[str]], look: Callable[..., None]
):
    keyboard, graph, nb = drawn.page.keyboard, drawn.graph, drawn.nb
    cells = nb.cell_count()
    graph.get_by_label("Begin a tree").focus()
    keyboard.type("Why do people wait?")
    keyboard.press("Enter")
    claim = graph.locator("[data-asks=statement]")
    expect(claim).to_be_focused()
    keyboard.type("Flow is the cause")
    keyboard.press("Enter")
    expect(drawn.box("n1")).to_have_count(1)
    expect(graph.locator("[data-asks=parent]")).to_have_value("n1")  # what comes next hangs on the trunk
    drawn.box("n1").focus()
    keyboard.press("a")
    expect(claim).to_be_focused()
    for n, words in enumerate(("One queue for all", "Beds are full", "Few doctors at night"), start=2):
        keyboard.type(words)
        keyboard.press("Enter")
        expect(drawn.box(f"n{n}")).to_have_count(1)
        expect(claim).to_have_value("")
    drawn.on_disk([("n1", ""), ("n2", "n1"), ("n3", "n1"), ("n4", "n1")])
    drawn.box("n4").focus()
    keyboard.press("Shift+ArrowRight")  # one level in
    drawn.says("is now a branch of “Beds are full”, 1 of 1")
    drawn.on_disk([("n1", ""), ("n2", "n1"), ("n3", "n1"), ("n4", "n3")])
    expect(drawn.box("n4")).to_be_focused()
    keyboard.press("Shift+ArrowRight")
    drawn.says("has no neighbour above it")
    keyboard.press("ArrowLeft")
    expect(drawn.box("n3")).to_be_focused()
    keyboard.press("Shift+ArrowUp")
    drawn.says("is now a branch of “Flow is the cause”, 1 of 2")
    drawn.on_disk([("n1", ""), ("n3", "n1"), ("n2", "n1"), ("n4", "n3")])
    keyboard.press("Shift+ArrowUp")
    drawn.says("is the first of its branches already")
    keyboard.press("ArrowRight")
    expect(drawn.box("n4")).to_be_focused()
    keyboard.press("Shift+ArrowLeft")  # one level out: after what it hung on
    drawn.says("is now a branch of “Flow is the cause”, 2 of 3")
    drawn.on_disk([("n1", ""), ("n3", "n1"), ("n4", "n1"), ("n2", "n1")])
    keyboard.press("Shift+ArrowLeft")
    drawn.says("cannot go further out")
    keyboard.press("Shift+ArrowDown")
    drawn.says("is now a branch of “Flow is the cause”, 3 of 3")
    keyboard.press("Shift+ArrowUp")
    drawn.says("is now a branch of “Flow is the cause”, 2 of 3")
    keyboard.press("b")  # a box beside it; neither key reaches the notebook
    expect(claim).to_be_focused()
    expect(graph.locator("[data-asks=parent]")).to_have_value("n1")
    drawn.box("n4").focus()
    keyboard.press("Delete")
    expect(drawn.box("n4")).to_have_count(0)
    drawn.on_disk([("n1", ""), ("n3", "n1"), ("n2", "n1")])
    expect(drawn.box("n2")).to_be_focused()
    keyboard.press("u")
    expect(drawn.box("n4")).to_be_focused()
    drawn.on_disk([("n1", ""), ("n3", "n1"), ("n4", "n1"), ("n2", "n1")])
    assert nb.cell_count() == cells
    graph.locator("summary").first.click()
    assert axe(drawn.page, ".rdg") == []
    look(graph, "tree-keyboard")
    nb.reload()
    nb.run_all()
    expect(drawn.box("n4")).to_contain_text("Few doctors")
    drawn.box("n4").focus()
    keyboard.press("Enter")
    statement = graph.locator(f'[data-path="{NODES}/n4/statement"]')
    expect(statement).to_be_focused()
    keyboard.press("End")
    keyboard.type(" and ")
    with nb.dying_kernel():
        keyboard.type("at weekends")
    nb.dismiss()
    nb.wait_ready()
    nb.run_all()
    expect(drawn.box("n4")).to_contain_text("weekends")
    drawn.on_disk([("n1", ""), ("n3", "n1"), ("n4", "n1"), ("n2", "n1")])
    assert PlanStore(drawn.folder).raw(f"{NODES}/n4/statement") == "Few doctors at night and at weekends"

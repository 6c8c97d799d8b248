"""The Graph in JupyterLab: a delivery chain made by mouse, and by keyboard alone; through a restart and a reload."""

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

SAVED = re.compile(r"Saved \d\d:\d\d:\d\d")
CHAINS = "priorities/first-priority/chains"
C = f"{CHAINS}/c1"

CELL = """
from rdlib.plan import PlanStore
from rdlib.widgets.chain import DELIVERY_CHAIN
from rdlib.widgets.graph import Graph
store = PlanStore("{folder}")
Graph(store, DELIVERY_CHAIN, "first-priority", title="Delivery chain")
"""


@attrs.frozen
class Drawing:
    """A graph in a notebook, and the plan behind it."""

    nb: Notebook
    page: Page
    folder: Path
    graph: Locator

    @property
    def store(self) -> PlanStore:
        """The plan as it is on disk now."""
        return PlanStore(self.folder)

    def box(self, id_: str) -> Locator:
        """An actor in the picture."""
        return self.graph.locator(f'[data-node="{id_}"]')

    def link(self, id_: str) -> Locator:
        """A link in the picture."""
        return self.graph.locator(f'[data-link="{id_}"]')

    def level(self, id_: str) -> Locator:
        """The name of a level in the picture."""
        return self.graph.locator(f'[data-head="{id_}"][tabindex]')

    def field(self, path: str) -> Locator:
        """A field of what is selected."""
        return self.graph.locator(f'[data-path="{C}/{path}"]')

    def says(self, text: str) -> None:
        """Wait until the line below the steps says something."""
        expect(self.graph.locator(".rdg-readout")).to_contain_text(text)

    def on_disk(self, **expected: object) -> None:
        """Wait until a field of the chain, or the ids of one of its tables, are on disk."""
        for name, value in expected.items():
            path = f"{C}/{name.replace('__', '/')}"
            end = time.monotonic() + 15
            while (found := self._found(path, value)) != value and time.monotonic() < end:
                time.sleep(0.05)
            assert found == value, path

    def _found(self, path: str, value: object) -> object:
        store = self.store
        try:
            return store.rows(path) if isinstance(value, list) else store.raw(path)
        except KeyError:
            return None

    def saved(self) -> None:
        """Wait until the surface says that everything is saved."""
        expect(self.graph.locator(".rdf-status")).to_have_attribute("data-state", "calm")
        expect(self.graph.locator(".rdf-status")).to_contain_text(SAVED)


@pytest.fixture
def drawing(lab: Lab, notebook: Callable[..., Notebook], request: pytest.FixtureRequest) -> Drawing:
    """A plan; by mouse, with a chain of levels l1 to l3, actors a1 to a3 and the link l4 (an id is new to the file)."""
    name = re.sub(r"\W+", "-", request.node.name)
    folder = lab.folder / "plans" / name
    folder.parent.mkdir(exist_ok=True)
    store = PlanStore.create(folder, PROJECT / "templates" / "plan")
    if "mouse" in name:
        store.add_row(CHAINS, {"title": "From the centre to the patient"})
        for title in ("Centre", "Trusts", "Patients"):
            store.add_row(f"{C}/levels", {"title": title})
        for title, level in (("Minister", "l1"), ("Chief executives", "l2"), ("Patients", "l3")):
            store.add_row(f"{C}/actors", {"title": title, "level": level})
        store.add_row(f"{C}/links", {"source": "a1", "target": "a2"})
        store.save()
    nb = notebook(f"{name}.ipynb", cells=[CELL.format(folder=str(folder))])
    nb.run_all()
    graph = nb.page.locator(".rdg")
    expect(graph.locator(".rdf-status")).to_be_visible()
    return Drawing(nb, nb.page, folder, graph)


def middle(what: Locator) -> tuple[float, float]:
    """Where the middle of something is on the screen."""
    box = what.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_chain_by_mouse(drawing: Drawing, look: Callable[..., None]):
    page, graph = drawing.page, drawing.graph
    look(graph, "graph-begun")
    drawing.box("a2").scroll_into_view_if_needed()
    mouse = page.mouse
    mouse.move(*middle(drawing.box("a2").locator("rect").first))
    mouse.move(*middle(drawing.box("a2").locator(".rdg-dot")))  # from its handle to another box: a link
    mouse.down()
    mouse.move(*middle(drawing.box("a3").locator("rect").first), steps=6)
    look(page, "graph-linking")
    mouse.up()
    drawing.on_disk(links=["l4", "l5"], links__l5__source="a2", links__l5__target="a3")
    expect(drawing.link("l5")).to_be_focused()
    drawing.says("A link leads from Chief executives to Patients.")
    drawing.field("links/l5/kind").select_option("funding")
    drawing.on_disk(links__l5__kind="funding")
    expect(graph.locator('[data-of="l5"]')).to_contain_text("$")
    mouse.move(*middle(drawing.box("a3").locator("rect").first))  # a box dragged to another level
    mouse.down()
    mouse.move(*middle(drawing.level("l2")), steps=6)
    look(page, "graph-dragging")
    mouse.up()
    drawing.on_disk(actors__a3__level="l2")
    drawing.says("Patients now stands in “Trusts”.")
    expect(drawing.box("a3")).to_have_attribute("data-column", "l2")
    graph.get_by_role("button", name="Remove").click()
    drawing.on_disk(actors=["a1", "a2"], links=["l4"])  # with the link that led to it
    graph.get_by_role("button", name="Undo").click()
    drawing.on_disk(actors=["a1", "a2", "a3"], links=["l4", "l5"], links__l5__kind="funding")
    expect(drawing.box("a3")).to_be_focused()
    drawing.saved()
    store = drawing.store  # somebody else writes meanwhile: the page follows
    store.set(f"{C}/actors/a1/title", "Secretary of State")
    store.add_row(f"{C}/levels", {"title": "Wards"})
    store.save()
    page.wait_for_timeout(1100)
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    expect(drawing.box("a1")).to_contain_text("Secretary")
    expect(drawing.level("l6")).to_contain_text("Wards")
    look(graph, "graph-mouse")


def test_a_chain_by_keyboard_alone_through_a_restart_and_a_reload(
    drawing: Drawing, axe: Callable[[Page, str], list[str]], look: Callable[..., None]
):
    page, graph, keyboard, nb = drawing.page, drawing.graph, drawing.page.keyboard, drawing.nb
    cells = nb.cell_count()
    look(graph, "graph-empty")
    graph.get_by_label("Begin a delivery chain").focus()
    keyboard.type("Waits")
    keyboard.press("Enter")
    level = graph.locator("[data-asks=title]")
    expect(level).to_be_focused()
    for n, name in enumerate(("Centre", "Trusts", "Patients"), start=1):
        keyboard.type(name)
        keyboard.press("Enter")
        expect(drawing.level(f"l{n}")).to_have_count(1)
        expect(level).to_have_value("")
        expect(level).to_be_focused()
    drawing.level("l1").focus()
    keyboard.press("ArrowRight")
    expect(drawing.level("l2")).to_be_focused()
    keyboard.press("a")  # an actor on this level; no key reaches the notebook
    asked = graph.locator("[data-asks=title]")
    expect(asked).to_be_focused()
    for n, (title, number) in enumerate((("Minister", "1"), ("Chief executives", "155")), start=1):
        keyboard.type(title)
        keyboard.press("Tab")
        keyboard.press("Tab")
        keyboard.type(number)
        keyboard.press("Enter")
        expect(drawing.box(f"a{n}")).to_have_count(1)
        expect(asked).to_have_value("")
        expect(asked).to_be_focused()
    drawing.on_disk(actors__a1__level="l2", actors__a2__number="155")
    drawing.box("a1").focus()
    for key in ("b", "d", "d"):  # in JupyterLab's own command mode these would change the cells
        keyboard.press(key)
    keyboard.press("Shift+ArrowLeft")
    drawing.on_disk(actors__a1__level="l1")
    drawing.says("Minister now stands in “Centre”.")
    expect(drawing.box("a1")).to_have_attribute("data-column", "l1")
    expect(drawing.box("a1")).to_be_focused()
    keyboard.press("Shift+ArrowLeft")
    drawing.says("no column further")
    keyboard.press("l")
    drawing.says("From Minister")
    keyboard.press("ArrowRight")
    expect(drawing.box("a2")).to_be_focused()
    keyboard.press("Enter")
    expect(drawing.link("l4")).to_be_focused()
    keyboard.press("Enter")  # to the fields of the link
    expect(drawing.field("links/l4/source")).to_be_focused()
    keyboard.press("Escape")
    expect(drawing.link("l4")).to_be_focused()
    keyboard.press("Delete")
    drawing.on_disk(links=[])
    expect(drawing.box("a1")).to_be_focused()
    keyboard.press("u")
    drawing.on_disk(links=["l4"])
    expect(drawing.link("l4")).to_be_focused()
    keyboard.press("ArrowRight")  # along the link
    expect(drawing.box("a2")).to_be_focused()
    keyboard.press("k")
    expect(drawing.link("l4")).to_be_focused()
    keyboard.press("Escape")
    expect(drawing.box("a2")).to_be_focused()
    drawing.saved()
    assert nb.cell_count() == cells
    for summary in graph.locator("summary").all():
        summary.click()
    assert axe(page, ".rdg") == []
    nb.theme("JupyterLab Dark")
    look(graph, "graph-dark")
    assert axe(page, ".rdg") == []
    nb.theme("JupyterLab Light")
    drawing.box("a2").focus()
    keyboard.press("Shift+ArrowRight")
    drawing.on_disk(actors__a2__level="l3")
    nb.restart_kernel()
    nb.reload()
    nb.run_all()
    expect(drawing.box("a2")).to_have_attribute("data-column", "l3")
    expect(drawing.link("l4")).to_have_count(1)

"""What a cell shows with its widgets, and without them once the kernel is gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rdlib.plan import PlanStore
from rdlib.rules.registry import exercise
from rdlib.widgets.face import Shown
from rdlib.widgets.form import Block, Form
from rdlib.widgets.pairs import Pairs
from rdlib.widgets.picker import Picker
from rdlib.widgets.workbook import Bench, Following, Together

P = "priorities/first-priority"
RUN = "To fill this in, run this page"


def bench(store: PlanStore) -> Shown:
    return Bench(exercise("2.1"), store)


def together(store: PlanStore) -> Shown:
    return Together([Form(store, [Block(P, ("title",))]), Following(store, lambda: "<p>Drawn</p>")])


@pytest.fixture
def displayed(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What cells display."""
    out: list[dict[str, Any]] = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: out.append(bundle))
    return out


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bench, ["Share seen in time", "Nobody waits in pain"]),
        (together, ["Waits", "Drawn"]),
        (lambda store: Following(store, lambda: "<p>Drawn</p>"), ["Drawn"]),
        (lambda store: Pairs(store, "Pairs"), []),
        (lambda store: Picker("", [], "", lambda _value: None), []),
    ],
)
def test_a_widget_is_shown_with_what_can_be_read_without_it(
    store: PlanStore, displayed: list[dict[str, Any]], make: Callable[[PlanStore], Shown], said: list[str]
):
    store.set(f"{P}/title", "Waits")
    widget = make(store)
    widget._ipython_display_()
    face, live = displayed
    assert set(face) == {"text/html", "text/plain"}
    assert all(words in face["text/html"] for words in said)
    assert ('class="rdf-face rdf-todo"' in face["text/html"]) == widget.fills_in
    assert "application/vnd.jupyter.widget-view+json" in live
    assert "text/html" not in live
    assert live["text/plain"].startswith(RUN) == widget.fills_in, "never a name of the program"


def test_the_face_shows_what_stands_there_when_the_cell_is_run_again(store: PlanStore):
    widget = together(store)
    assert "Shorter" not in widget.face()
    store.set(f"{P}/title", "Shorter waits")
    assert "Shorter waits" in widget.face()


def test_a_static_face_stands_alone(store: PlanStore, displayed: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("RDLIB_STATIC", "1")
    with pytest.raises(NotImplementedError):
        together(store)._ipython_display_()
    assert displayed == []

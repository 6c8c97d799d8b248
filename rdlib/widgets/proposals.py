"""Proposals from what a plan says already: a line each, with one button that takes it over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import anywidget
import attrs
import traitlets

from rdlib.figures.html import Html, e
from rdlib.plan.store import PlanStore
from rdlib.widgets.desk import desk_for
from rdlib.widgets.face import Shown
from rdlib.widgets.lane import hear_beside_cells
from rdlib.words import _

_HERE = Path(__file__).parent


@attrs.frozen
class Proposal:
    """Something that can be taken over.

    Attributes:
        id: what it is called by while it is proposed.
        text: what it is, in a sentence.
        button: the words on its button.
        take: takes it over, and returns what is to be said of that.
    """

    id: str
    text: str
    button: str
    take: Callable[[PlanStore], str] = attrs.field(eq=False)


class Proposals(Shown, anywidget.AnyWidget):
    """What a plan proposes, drawn anew as the plan changes.

    Args:
        store: the plan.
        find: returns what is proposed now.
        name: what the list is called on the page.
        none: what is said when nothing is proposed.
    """

    _esm = _HERE / "offer.js"
    _css = _HERE / "offer.css"
    words = traitlets.Dict().tag(sync=True)
    now = traitlets.Dict().tag(sync=True)

    def __init__(self, store: PlanStore, find: Callable[[], Sequence[Proposal]], name: str, none: str) -> None:
        """Propose what the plan gives now, and follow it."""
        self._store, self._find, self._none = store, find, none
        self._desk = desk_for(store)
        self._said = ""
        silent = _("No answer has come for 3 seconds. Run this page again: menu Run, then Run All Cells.")
        with self._desk.lock:
            super().__init__(words={"name": name, "silent": silent}, now=self._state())
            self._desk.forms.add(self)
        hear_beside_cells(self)
        self.on_msg(self._heard)

    def __repr__(self) -> str:
        """Return the same words in every run."""
        return "Proposals()"

    def face(self) -> Html:
        """Return what is proposed as a list."""
        found = "".join(f"<li>{e(each['text'])}</li>" for each in self.now["offers"])
        return Html(f'<ul class="rd">{found}</ul>') if found else Html(f'<p class="rd rd-empty">{e(self._none)}</p>')

    def follow(self) -> None:
        """Propose what the plan gives now."""
        self.now = self._state()

    def _state(self) -> dict[str, Any]:
        found = self._find()
        said = self._said or ("" if found else self._none)
        rows = [{"id": each.id, "text": each.text, "button": each.button} for each in found]
        return {"offers": rows, "said": " ".join(filter(None, (said, self._desk.trouble)))}

    def _heard(self, _widget: object, message: dict[str, str], _buffers: object) -> None:
        with self._desk.lock:
            chosen = next((each for each in self._find() if each.id == message["do"]), None)
            self._said = chosen.take(self._store) if chosen else ""
            self._desk.changes += 1
            self._desk.save()
            self._desk.follow()

"""A list from which something is begun or taken over: a meeting, a weak point, a challenge (Rules 7 and 8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets

from rdlib.plan.plan import Plan
from rdlib.plan.store import PlanStore
from rdlib.widgets.desk import Desk, desk_for
from rdlib.widgets.picker import Picker


class Beginning(ipywidgets.VBox):
    """A list of what the plan offers, with the words with which something is begun from it; it follows the plan.

    Args:
        store: the plan.
        options: what is offered: stored value and shown name of each.
        begin: does it, given the desk, the value chosen and the words typed; returns what is to be said of it.
        words: what stands before the list, before the words to type, and on the button.
    """

    children: tuple[Any, ...]

    def __init__(
        self,
        store: PlanStore,
        options: Callable[[Plan], list[tuple[str, str]]],
        begin: Callable[[Desk, str, str], str],
        words: tuple[str, str, str],
    ) -> None:
        self._store, self._options, self._begin = store, options, begin
        self._chosen: str | None = None
        label, add_label, button = words
        offered = options(store.read().plan)
        self._picker = Picker(
            label,
            offered,
            offered[0][0] if offered else "",
            self._choose,
            add_label=add_label,
            add_button=button,
            added=self._added,
        )
        super().__init__([self._picker])
        self._desk = desk_for(store)
        self._desk.forms.add(self)

    def _added(self, text: str) -> None:
        with self._desk.lock:
            self._picker.said = self._begin(self._desk, self._picker.value, text.strip())
            self._desk.changes += 1
            self._desk.save()
            self._desk.follow()

    def _choose(self, value: str) -> None:
        self._chosen = value

    def follow(self) -> None:
        """Offer what the plan has now; what the reader chose stays chosen while it is there, else the first is."""
        offered = self._options(self._store.read().plan)
        if offered != [tuple(pair) for pair in self._picker.options]:
            values = [value for value, _name in offered]
            self._picker.options = offered
            self._picker.value = self._chosen if self._chosen in values else values[0]

"""A labelled list to choose from, with a field to add something new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import anywidget
import traitlets

from rdlib.widgets.face import Shown
from rdlib.widgets.lane import hear_beside_cells

_HERE = Path(__file__).parent


class Picker(Shown, anywidget.AnyWidget):
    """A list to choose from.

    Args:
        label: what is chosen.
        options: stored value and shown name of each.
        value: the one chosen now.
        chosen: called with the value that the reader chooses.
        add_label: what can be added; left empty, nothing.
        add_button: the words on the button that adds it.
        added: called with the text of what is added.
    """

    _esm = _HERE / "picker.js"
    _css = _HERE / "picker.css"
    label = traitlets.Unicode().tag(sync=True)
    options: traitlets.List[tuple[str, str]] = traitlets.List().tag(sync=True)
    value = traitlets.Unicode().tag(sync=True)
    add_label = traitlets.Unicode().tag(sync=True)
    add_button = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        label: str,
        options: Sequence[tuple[str, str]],
        value: str,
        chosen: Callable[[str], None],
        *,
        add_label: str = "",
        add_button: str = "",
        added: Callable[[str], None] | None = None,
    ) -> None:
        """Show the list and listen to it."""
        super().__init__(
            label=label, options=list(options), value=value, add_label=add_label, add_button=add_button, said=""
        )
        self._chosen, self._added = chosen, added
        hear_beside_cells(self)
        self.on_msg(self._heard)

    def _heard(self, _widget: object, message: dict[str, str], _buffers: object) -> None:
        if message["do"] == "choose" and message["value"] in {value for value, _name in self.options}:
            self.value = message["value"]
            self._chosen(message["value"])
        elif message["do"] == "add" and self._added is not None:
            self._added(message["value"])

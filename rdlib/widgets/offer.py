"""The computed path, offered as intermediate targets: a person takes it over, or does not (Rule 5, tool 5.5)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import attrs
import traitlets

from rdlib.figures.html import Html, e
from rdlib.plan.indicator import Indicator, TrajectoryPoint
from rdlib.plan.values import number
from rdlib.rules.r05_estimates import said_of_path
from rdlib.rules.r05_steps import Step, steps_of
from rdlib.rules.r05_trajectory import Trajectory, trajectory
from rdlib.rules.registry import Context
from rdlib.widgets import workspace
from rdlib.widgets.desk import desk_for
from rdlib.widgets.face import Shown
from rdlib.widgets.lane import hear_beside_cells
from rdlib.words import _, format_number, plural

if TYPE_CHECKING:
    from rdlib.plan.store import PlanStore

_HERE = Path(__file__).parent
_FIELDS = ("when", "value", "note")


@attrs.frozen
class Offered:
    """What can be done for one indicator.

    Attributes:
        path: path of the indicator in the plan.
        text: what it would do.
        button: the words on its button; empty where there is nothing to do.
        steps: the values that would be written down.
    """

    path: str
    text: str
    button: str
    steps: tuple[Step, ...]


def offers(store: PlanStore, as_of: date) -> list[Offered]:
    """Return for each indicator of the open priority what could be taken over as intermediate targets.

    Args:
        store: the plan.
        as_of: the day for which paths are computed.
    """
    plan = store.read().plan
    priority = plan.priority(workspace.open_priority(store) or "")
    found = []
    for indicator in priority.indicators if priority else ():
        path = trajectory(indicator, priority, Context(plan, as_of)) if priority else None
        if priority and isinstance(path, Trajectory):
            where = f"priorities/{priority.id}/indicators/{indicator.id}"
            found.append(_offered(where, indicator, path))
    return found


def _offered(where: str, indicator: Indicator, path: Trajectory) -> Offered:
    steps = steps_of(path)
    name = (indicator.name or "").strip() or indicator.id
    there = [step for step in indicator.trajectory if step != TrajectoryPoint(step.id)]
    text = _("{name}. {path}").format(name=name, path=said_of_path(path))
    if [(str(s.when), number(s.value)) for s in there] == [(s.when, s.value) for s in steps]:
        return Offered(where, text + " " + _("These are your intermediate targets."), "", steps)
    values = "; ".join(
        _("{value} by {when}").format(value=format_number(s.value, indicator.unit), when=s.when) for s in steps
    )
    text += " " + _("Period by period: {values}.").format(values=values)
    button = (
        plural(
            "Replace the {n} intermediate target by these", "Replace the {n} intermediate targets by these", len(there)
        )
        if there
        else _("Take these over as intermediate targets")
    )
    return Offered(where, text, button, steps)


class Offer(Shown, anywidget.AnyWidget):
    """The computed paths of the open priority, each with a button that makes it the intermediate targets.

    Args:
        store: the plan.
        as_of: the day for which paths are computed.
        name: what it is called on the page.
    """

    _esm = _HERE / "offer.js"
    _css = _HERE / "offer.css"
    words = traitlets.Dict().tag(sync=True)
    now = traitlets.Dict().tag(sync=True)

    def __init__(self, store: PlanStore, as_of: date, name: str) -> None:
        """Offer what the plan gives now, and follow it."""
        self._store, self._as_of = store, as_of
        self._desk = desk_for(store)
        self._said = ""
        self._replaced: dict[str, list[dict[str, str]]] = {}
        silent = _("No answer has come for 3 seconds. Run this page again: menu Run, then Run All Cells.")
        with self._desk.lock:
            super().__init__(words={"name": name, "silent": silent}, now=self._state())
            self._desk.forms.add(self)
        hear_beside_cells(self)
        self.on_msg(self._heard)

    def __repr__(self) -> str:
        """Return the same words in every run."""
        return "Offer()"

    def face(self) -> Html:
        """Return what is offered as a list."""
        items = "".join(f"<li>{e(each['text'])}</li>" for each in self.now["offers"])
        return Html(f'<ul class="rd">{items}</ul>') if items else Html("")

    def follow(self) -> None:
        """Offer what the plan gives now."""
        self.now = self._state()

    def _state(self) -> dict[str, Any]:
        found = offers(self._store, self._as_of)
        rows = [{"id": f"take {each.path}", "text": each.text, "button": each.button} for each in found]
        names = {each.path: each.text.partition(".")[0] for each in found}
        rows += [
            {
                "id": f"back {path}",
                "text": _("{name}: the intermediate targets were replaced.").format(name=names.get(path, path)),
                "button": _("Bring the earlier ones back"),
            }
            for path in self._replaced
        ]
        if not found:
            self._said = self._said or _("Nothing to offer yet: give the effect of at least one strategy first.")
        return {"offers": rows, "said": " ".join(filter(None, (self._said, self._desk.trouble)))}

    def _heard(self, _widget: object, message: dict[str, str], _buffers: object) -> None:
        what, _space, path = message["do"].partition(" ")
        with self._desk.lock:
            self._said = ""
            if what == "take":
                self._take(path)
            elif path in self._replaced:
                self._write(path, self._replaced.pop(path))
                self._said = _("The earlier intermediate targets are back.")
            self._desk.changes += 1
            self._desk.save()
            self._desk.follow()

    def _take(self, path: str) -> None:
        """Write the computed values down, as the page showed them."""
        chosen = next((each for each in offers(self._store, self._as_of) if each.path == path), None)
        if chosen is None:
            return
        table = f"{path}/trajectory"
        before = [
            {name: text for name in _FIELDS if isinstance(text := self._store.raw(f"{table}/{row}/{name}"), str)}
            for row in self._store.rows(table)
        ]
        if before:
            self._replaced[path] = before
        self._write(path, [step.values() for step in chosen.steps])
        self._said = plural(
            "{n} intermediate target was written down.",
            "{n} intermediate targets were written down.",
            len(chosen.steps),
        )

    def _write(self, path: str, rows: list[dict[str, str]]) -> None:
        table = f"{path}/trajectory"
        for row in self._store.rows(table):
            self._store.remove_row(f"{table}/{row}")
        for values in rows:
            self._store.add_row(table, values)

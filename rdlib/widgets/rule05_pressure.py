"""What the workbook of rule 5 shows beside the pressure tests: their results, and a chain in which something fails."""

from __future__ import annotations

from typing import Any

import ipywidgets

from rdlib.figures.chain import title_of
from rdlib.figures.html import Html, not_attempted
from rdlib.figures.pressure import link_name, pressure_faces, what_if_figure, what_if_table
from rdlib.plan import PlanStore, cases
from rdlib.plan.chain import Chain
from rdlib.plan.priority import Priority
from rdlib.rules.r05_chain_shape import begun, chains
from rdlib.rules.r05_lines import name_of
from rdlib.rules.r05_pressure import results_of
from rdlib.rules.r05_what_if import WhatIf as Result
from rdlib.rules.r05_what_if import without
from rdlib.widgets import workspace
from rdlib.widgets.desk import desk_for
from rdlib.widgets.picker import Picker
from rdlib.widgets.workbook import Face, Together, following, in_cell, plainly
from rdlib.words import _

_NOTHING = ""


def _store(case: str) -> PlanStore:
    return workspace.practice_store(case) if case else workspace.own_store()


def _open(store: PlanStore) -> Priority | None:
    return store.read().plan.priority(workspace.open_priority(store) or "")


@plainly
def pressure(case: str = "") -> Any:
    """Show the six pressure tests of the reader's chains, beside the reader's judgement (Rule 5, tool 5.3).

    Args:
        case: a case to practise on; left out, the reader's own plan.
    """
    store = _store(case)

    def draw() -> str:
        priority = _open(store)
        return pressure_faces(priority, store.read().plan) if priority else ""

    return following(store, draw)


def worked_pressure(case: str, priority_id: str) -> Face:
    """Show the six pressure tests of the chains of a case (Rule 5, tool 5.3).

    Raises:
        KeyError: the case has no such priority.
    """
    plan = cases.model(case)
    priority = plan.priority(priority_id)
    if priority is None:
        raise KeyError(f"{case} has no priority {priority_id}")
    return Face(pressure_faces(priority, plan))


def failing(priority: Priority | None) -> list[tuple[str, str]]:
    """Return what can be taken to fail in the chains of a priority: a key, and what it is called.

    The key is the chain, the table and the row: ``c1/actors/a2``. The first one stands for nothing.

    Args:
        priority: the priority.
    """
    drawn = [chain for chain in chains(priority) if begun(chain)] if priority else []
    found = [(_NOTHING, _("nothing"))]
    for chain in drawn:
        of = f" ({title_of(chain)})" if len(drawn) > 1 else ""
        found += [(f"{chain.id}/actors/{a.id}", f"{name_of(a)}{of}") for a in chain.actors if a.id and a.part != "end"]
        found += [(f"{chain.id}/links/{k.id}", f"{link_name(chain, k.id)}{of}") for k in chain.links if k.id]
    return found


def what_if_face(priority: Priority | None, key: str) -> Html:
    """Return the picture of a chain in which something fails; where nothing is chosen, one after the other as a table.

    Args:
        priority: the priority.
        key: what fails, as :func:`failing` calls it.
    """
    if priority is None or not any(map(begun, chains(priority))):
        return not_attempted(_("What if a part of the chain fails?"))
    chain_id, _slash, rest = key.partition("/")
    chain = next((each for each in chains(priority) if each.id == chain_id), None)
    if chain is None or key not in dict(failing(priority)):
        return Html("".join(map(what_if_table, results_of(priority))))
    return what_if_figure(_failed(chain, *rest.split("/")))


def _failed(chain: Chain, table: str, id_: str) -> Result:
    return without(chain, [id_]) if table == "actors" else without(chain, links=[id_])


class WhatIf(Together):
    """A list of the parts of a chain, and the picture of what happens when the chosen one fails."""

    fills_in = False

    def __init__(self, store: PlanStore) -> None:
        """Show the chains of the open priority with nothing failing."""
        self._store = store
        self._picker = Picker(_("What if this fails:"), failing(_open(self._store)), _NOTHING, self._choose)
        self._picture = ipywidgets.HTML(value=self._drawn())
        super().__init__([self._picker, self._picture])
        self._desk = desk_for(store)
        self._desk.forms.add(self)

    def __repr__(self) -> str:
        """Return the same words in every run."""
        return "WhatIf()"

    def _drawn(self) -> str:
        return in_cell(what_if_face(_open(self._store), self._picker.value))

    def _choose(self, _key: str) -> None:
        self._picture.value = self._drawn()

    def follow(self) -> None:
        """Offer the parts that the chains have now; what was chosen stays chosen while it is there."""
        offered = failing(_open(self._store))
        if offered != [tuple(pair) for pair in self._picker.options]:
            self._picker.options = offered
            if self._picker.value not in dict(offered):
                self._picker.value = _NOTHING
        self._picture.value = self._drawn()

    def face(self) -> Html:
        """Return what would happen if one part failed, for one after the other."""
        return what_if_face(_open(self._store), _NOTHING)


@plainly
def what_if(case: str = "") -> Any:
    """Let the reader choose an actor or a link of the chain, and show what fails with it (Rule 5, tool 5.3).

    Args:
        case: a case to practise on; left out, the reader's own plan.
    """
    store = _store(case)
    return Face(what_if_face(_open(store), _NOTHING)) if workspace.is_static() else WhatIf(store)


__all__ = ["failing", "pressure", "what_if", "what_if_face", "worked_pressure"]

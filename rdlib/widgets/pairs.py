"""Two candidates at a time: which of them matters more, until enough is known to draw the line (Rule 1, tool 1.3)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from rdlib.plan.plan import PRIORITIES, Plan
from rdlib.plan.priority import Priority
from rdlib.plan.shortlist import CANDIDATES, COMPARISONS
from rdlib.rules.r01_shortlist import (
    asked_next,
    candidates,
    contested,
    kept,
    places_left,
    proposal,
    ranking,
    title_of,
    to_take_over,
)
from rdlib.rules.r01_table import limit
from rdlib.rules.ranking import placed
from rdlib.widgets.desk import desk_for
from rdlib.widgets.face import Shown
from rdlib.widgets.lane import hear_beside_cells
from rdlib.words import _, format_number, plural

if TYPE_CHECKING:
    from rdlib.plan.store import PlanStore

_HERE = Path(__file__).parent


def _words() -> dict[str, str]:
    return {
        "question": _("If only one of the two could be achieved in this mandate: which one?"),
        "asked": _("{one}, or {other}?"),
        "equal": _("Both alike"),
        "undo": _("Take back the last answer"),
        "decide": _("Keep and cut by these answers"),
        "take_over": _("Take over as priorities"),
        "silent": _("No answer has come for 3 seconds. Run this page again: menu Run, then Run All Cells."),
    }


class Pairs(Shown, anywidget.AnyWidget):
    """Candidates two by two, and the steps that follow: keep and cut by the answers, take over as priorities.

    Args:
        store: the plan.
        name: what it is called on the page.
    """

    _esm = _HERE / "pairs.js"
    _css = _HERE / "pairs.css"
    words = traitlets.Dict().tag(sync=True)
    now = traitlets.Dict().tag(sync=True)

    def __init__(self, store: PlanStore, name: str) -> None:
        """Ask of the first two."""
        self._store = store
        self._desk = desk_for(store)
        self._given: list[str] = []
        self._said = ""
        self._heard_so_far = 0
        with self._desk.lock:
            super().__init__(words=_words() | {"name": name}, now=self._state())
            self._desk.forms.add(self)
        hear_beside_cells(self)
        self.on_msg(self._heard)

    def __repr__(self) -> str:
        """Return the same words in every run."""
        return "Pairs()"

    def follow(self) -> None:
        """Ask of the two that are next as the plan stands now."""
        self.now = self._state()

    def _state(self) -> dict[str, Any]:
        plan = self._store.read().plan
        pair = asked_next(plan)
        rows = {c.id: c for c in candidates(plan)}
        undo = self._given and self._given[-1] in self._store.rows(f"plan/{COMPARISONS.key}")
        return {
            "pair": [[id_, rows[id_].title or "", rows[id_].area or ""] for id_ in pair] if pair else None,
            "said": " ".join(filter(None, (self._said, self._desk.trouble, _progress(plan, pair)))),
            "undo": bool(undo),
            "decide": proposal(plan) is not None,
            "take_over": bool(to_take_over(plan)),
            "heard": self._heard_so_far,
        }

    def _heard(self, _widget: object, message: dict[str, str], _buffers: object) -> None:
        """Take one step that the reader asks for, save it, and let everything follow."""
        with self._desk.lock:
            self._said = ""
            self._heard_so_far += 1
            {"answer": self._answer, "undo": self._undo, "decide": self._decide, "take_over": self._take_over}[
                message["do"]
            ](message)
            self._desk.changes += 1
            self._desk.save()
            self._desk.follow()

    def _answer(self, message: dict[str, str]) -> None:
        one, other = message["one"], message["other"]
        if asked_next(self._store.read().plan) == (one, other):  # else another page has answered it meanwhile
            row = {"one": one, "other": other, "more": message["more"]}
            self._given.append(self._store.add_row(f"plan/{COMPARISONS.key}", row))

    def _undo(self, _message: dict[str, str]) -> None:
        row = self._given.pop()
        if row in self._store.rows(f"plan/{COMPARISONS.key}"):
            self._store.remove_row(f"plan/{COMPARISONS.key}/{row}")

    def _decide(self, _message: dict[str, str]) -> None:
        found = proposal(self._store.read().plan)
        for ids, word in zip(found or (), ("yes", "no"), strict=False):
            for id_ in ids:
                self._store.set(f"plan/{CANDIDATES.key}/{id_}/keep", word)
        self._said = _("Kept and cut. What is cut now needs its reason, in the list above.") if found else ""

    def _take_over(self, _message: dict[str, str]) -> None:
        plan = self._store.read().plan
        chosen = to_take_over(plan)
        for each in chosen:
            self._store.add_row(PRIORITIES.name, {"title": each.title or ""})
        for id_ in _untouched(plan) if chosen else ():
            self._store.remove_priority(id_)
        self._said = plural(
            "{n} priority was added to the plan.", "{n} priorities were added to the plan.", len(chosen)
        )


def _untouched(plan: Plan) -> list[str]:
    """Return the ids of the priorities in which nothing was entered, such as that of a new plan."""
    return [p.id for p in plan.priorities if p == Priority(id=p.id) and not any(p.parts.values())]


def _progress(plan: Plan, pair: tuple[str, str] | None) -> str:
    """Say how far the choice is, and what is needed where nothing more can be asked."""
    left = contested(plan)
    if not candidates(plan):
        return _("Write the long list first, above.")
    if limit(plan) is None:
        return _("Set the limit first, above.")
    if not left:
        return _("{kept} of {all} are kept; nothing is open any more.").format(
            kept=format_number(len(kept(plan))), all=format_number(len(candidates(plan)))
        )
    places = places_left(plan) or 0
    if pair is not None:
        ids = [c.id for c in left]
        settled = placed(ranking(plan), ids, places)
        return _("{left}, {places}. Already clear: {settled}. Answers so far: {given}.").format(
            left=plural("{n} candidate is contested", "{n} candidates are contested", len(left)),
            places=plural("{n} place is left", "{n} places are left", places),
            settled=format_number(settled),
            given=format_number(len(COMPARISONS.read(plan))),
        )
    if places == 0:
        return _("All places are taken. What is left can only be cut, or changed for something that is kept.")
    if places >= len(left):
        return _("There is room for all that are left.")
    if proposal(plan) is None:
        return _(
            "The line runs through candidates that stand side by side ({names}): decide these in the list."
        ).format(names=", ".join(title_of(plan, id_) for id_ in _on_the_line(plan, places)))
    return _("Enough is known: the answers say which candidates come first.")


def _on_the_line(plan: Plan, places: int) -> list[str]:
    found, ids = ranking(plan), [c.id for c in contested(plan)]
    inside = set(ids)
    return [
        id_
        for id_ in ids
        if len(found.above[id_] & inside) < places and len(found.below[id_] & inside) < len(ids) - places
    ]

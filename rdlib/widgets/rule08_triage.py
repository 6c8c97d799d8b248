"""What the workbook of rule 8 shows beside the forms of 8.1 and 8.4: levels, proposals, weak spots, places."""

from __future__ import annotations

from datetime import date
from typing import Any

import ipywidgets

from rdlib.figures.html import Html
from rdlib.figures.rule08_review import places_table, review_faces, weak_spots_table
from rdlib.figures.rule08_triage import (
    closed_table,
    levels_table,
    proposals_table,
    time_picture,
    triage_ladder,
    triage_table,
)
from rdlib.plan import cases
from rdlib.plan.challenges import CHALLENGES
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.priority_review import PRIORITY_REVIEWS
from rdlib.rules.r08_raised import called, challenges, open_challenges
from rdlib.rules.r08_raised import proposals as proposed
from rdlib.rules.r08_review import called as review_called
from rdlib.rules.r08_review import reviews
from rdlib.rules.r08_weak_spots import places, weak_spots
from rdlib.rules.registry import Context
from rdlib.widgets import workspace
from rdlib.widgets.beginning import Beginning
from rdlib.widgets.desk import Desk
from rdlib.widgets.workbook import Face, own_picture, plainly
from rdlib.words import _

Offered = list[tuple[str, str]]


def _own(plan: Plan) -> Priority | None:
    """The priority that the reader has open."""
    return plan.priority(workspace.open_priority(workspace.own_store()) or "")


# --- 8.1 ------------------------------------------------------------------------------------------------------------


def levels() -> Face:
    """Show the four levels with what has to hold for each, and what is done on it (Rule 8, tool 8.1)."""
    return Face(levels_table())


def _triage(priority: Priority, plan: Plan) -> str:
    if not challenges(priority):
        return triage_ladder(priority, plan)
    return Html(
        triage_ladder(priority, plan)
        + triage_table(priority, plan)
        + time_picture(priority)
        + closed_table(priority, plan)
    )


@plainly
def triage() -> Any:
    """Show the challenges on their levels, why they are there, and where the time goes (Rule 8, tool 8.1)."""
    return own_picture(_triage)


def _proposals(priority: Priority, plan: Plan) -> str:
    return proposals_table(priority, Context(plan, date.today()))


def _offered(plan: Plan) -> Offered:
    priority = _own(plan)
    found = proposed(priority, Context(plan, date.today())) if priority else []
    return [(each.origin, each.title) for each in found] or [("", _("nothing that is not raised already"))]


def _take_up(desk: Desk, chosen: str, title: str) -> str:
    plan = desk.store.read().plan
    priority = _own(plan)
    if priority is None:
        return _("Open a priority first.")
    found = next((p for p in proposed(priority, Context(plan, date.today())) if p.origin == chosen), None)
    row = {"title": title, "opened": date.today().isoformat()}
    if found is not None:
        row |= {"raised_by": found.raised_by, "origin": found.origin}
        if found.indicator:
            row |= {"indicator": found.indicator, "off_track": "yes", "shown": found.why}
    desk.store.add_row(f"priorities/{priority.id}/{CHALLENGES.key}", row)
    return _("It stands in the form below.")


@plainly
def proposals() -> Any:
    """Show what the plan itself shows, and take one of it up as a challenge (Rule 8, tool 8.1)."""
    if workspace.is_static():
        return own_picture(_proposals)
    words = (_("What the plan shows:"), _("Take it up, in the words of those who feel it:"), _("Take it up"))
    return ipywidgets.VBox([own_picture(_proposals), Beginning(workspace.own_store(), _offered, _take_up, words)])


# --- 8.4 ------------------------------------------------------------------------------------------------------------


def _about(plan: Plan) -> Offered:
    priority = _own(plan)
    found = [(each.id, called(each)) for each in open_challenges(priority)] if priority else []
    return [*found, ("", _("no challenge of the list"))]


def _begin_review(desk: Desk, chosen: str, question: str) -> str:
    priority = _own(desk.store.read().plan)
    if priority is None:
        return _("Open a priority first.")
    row = {"question": question, **({"challenge": chosen} if chosen else {})}
    desk.store.add_row(f"priorities/{priority.id}/{PRIORITY_REVIEWS.key}", row)
    return _("The review stands in the form below.")


@plainly
def begin_review() -> Any:
    """Show the open challenges, and begin a review about one of them (Rule 8, tool 8.4)."""
    if workspace.is_static():
        return Face("")
    words = (_("About the challenge:"), _("The review is to answer:"), _("Begin"))
    return Beginning(workspace.own_store(), _about, _begin_review, words)


def _add_to_review(desk: Desk, table: str, row: dict[str, str], lists: dict[str, list[str]]) -> str:
    priority = _own(desk.store.read().plan)
    every = reviews(priority) if priority else ()
    if priority is None or not every:
        return _("Begin a review first.")
    where = f"priorities/{priority.id}/{PRIORITY_REVIEWS.key}/{every[-1].id}/{table}"
    added = desk.store.add_row(where, row)
    for name, values in lists.items():
        desk.store.set(f"{where}/{added}/{name}", values)
    return _("Added to the review “{name}”.").format(name=review_called(every[-1]))


def _spots(plan: Plan) -> Offered:
    priority = _own(plan)
    taken = {q.origin for each in (reviews(priority) if priority else ()) for q in each.questions}
    found = [(each.key, each.title) for each in (weak_spots(priority) if priority else ()) if each.key not in taken]
    return found or [("", _("no weak spot that is not asked about already"))]


def _ask(desk: Desk, chosen: str, asked: str) -> str:
    priority = _own(desk.store.read().plan)
    spot = next((each for each in (weak_spots(priority) if priority else ()) if each.key == chosen), None)
    if spot is None:
        return _("Draw your chain and put it under the tests of Rule 5 first; or write a question in the form below.")
    row = {"question": spot.question, "asked": asked, "origin": spot.key}
    return _add_to_review(desk, "questions", row, {})


def _weak_spots(priority: Priority, _plan: Plan) -> str:
    return weak_spots_table(priority)


@plainly
def questions() -> Any:
    """Show the weak spots of the chain with their questions, and take one into the newest review (Rule 8, tool 8.4)."""
    if workspace.is_static():
        return own_picture(_weak_spots)
    words = (_("Weak spot:"), _("Ask its question of (a post or a role):"), _("Take it along"))
    return ipywidgets.VBox([own_picture(_weak_spots), Beginning(workspace.own_store(), _spots, _ask, words)])


def _places(priority: Priority, _plan: Plan) -> str:
    return places_table(priority, date.today())


def _to_visit(plan: Plan) -> Offered:
    priority = _own(plan)
    found = places(priority, date.today()) if priority else []
    words = {"best": _("{place} (one of the best)"), "worst": _("{place} (one of the worst)")}
    offered = {f"{each.standing} {each.name}": words[each.standing].format(place=each.name) for each in found}
    return [*offered.items(), ("", _("another place"))]


def _visit(desk: Desk, chosen: str, who: str) -> str:
    standing, _space, place = chosen.partition(" ")
    row = {"place": place, "standing": standing, "kind": "front-line"} if chosen else {}
    return _add_to_review(desk, "visits", row, {"who": [name.strip() for name in who.split(",") if name.strip()]})


@plainly
def visits() -> Any:
    """Show the best and worst places by the figures, and plan a visit in the newest review (Rule 8, tool 8.4)."""
    if workspace.is_static():
        return own_picture(_places)
    words = (_("Visit:"), _("Who goes (several with commas):"), _("Plan it"))
    return ipywidgets.VBox([own_picture(_places), Beginning(workspace.own_store(), _to_visit, _visit, words)])


def _reviews(priority: Priority, plan: Plan) -> str:
    return review_faces(priority, plan, date.today())


@plainly
def review() -> Any:
    """Show the reviews of the reader's own priority as they are planned and as they ended (Rule 8, tool 8.4)."""
    return own_picture(_reviews)


# --- the worked example ------------------------------------------------------------------------------------------


def worked_example(case: str) -> Face:
    """Show the challenges of a case on their levels, and where its time goes (Rule 8, tool 8.1)."""
    plan = cases.model(case)
    return Face("".join(triage_ladder(p, plan) + time_picture(p) + closed_table(p, plan) for p in plan.priorities))


def worked_review(case: str) -> Face:
    """Show the priority review of a case (Rule 8, tool 8.4)."""
    plan, day = cases.model(case), cases.as_of(case)
    return Face("".join(review_faces(p, plan, day) for p in plan.priorities))


__all__ = [
    "begin_review",
    "levels",
    "proposals",
    "questions",
    "review",
    "triage",
    "visits",
    "worked_example",
    "worked_review",
]

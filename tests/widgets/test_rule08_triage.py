"""What the workbook of rule 8 offers beside the forms of 8.1 and 8.4: each button writes what it says."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import ipywidgets
import pytest

from rdlib import paths
from rdlib.plan import PlanStore, read_plan
from rdlib.plan.challenges import CHALLENGES, Challenge
from rdlib.plan.priority import Priority
from rdlib.plan.priority_review import PRIORITY_REVIEWS, PriorityReview
from rdlib.widgets import rule08_triage, workspace
from rdlib.widgets.beginning import Beginning
from rdlib.widgets.layouts import layout
from rdlib.widgets.sheet import lay_out

P = "priorities/first-priority"
MISSED = "“Share seen in time” missed its target"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlanStore]:
    """A plan whose one target was missed, with a weak link in its chain and three places."""
    monkeypatch.setenv("RDLIB_PLAN", str(tmp_path / "plan"))
    monkeypatch.delenv("RDLIB_STATIC", raising=False)
    workspace._store.cache_clear()
    found = workspace.own_store()
    indicator = found.add_row(f"{P}/indicators", {"name": "Share seen in time", "unit": "%", "direction": "up"})
    (found.folder / "data").mkdir(exist_ok=True)
    (found.folder / "data" / "waits.csv").write_text(
        "when,value,hospital\n2019,70,\n2020,80,\n2020,95,North\n2020,80,East\n2020,75,West\n2020,60,South\n",
        encoding="utf-8",
    )
    found.set(f"{P}/indicators/{indicator}/data_files", ["data/waits.csv"])
    for name, value in (("kind", "at-least"), ("value", "95"), ("due", "2020")):
        found.set(f"{P}/indicators/{indicator}/target/{name}", value)
    found.save()
    yield found
    workspace._store.cache_clear()


def beginning_of(shown: object) -> Beginning:
    found = shown.children[-1] if isinstance(shown, ipywidgets.VBox) and not isinstance(shown, Beginning) else shown
    assert isinstance(found, Beginning)
    return found


def press(shown: Beginning, chosen: str, text: str) -> str:
    """Choose from the list, write beside the button, and press it."""
    picker = shown._picker
    picker._heard(picker, {"do": "choose", "value": chosen}, [])
    picker._heard(picker, {"do": "add", "value": text}, [])
    return str(picker.said)


def offered(shown: Beginning) -> dict[str, str]:
    return dict(shown._picker.options)


def priority(store: PlanStore) -> Priority:
    return read_plan(store.folder).plan.priorities[0]


def challenges(store: PlanStore) -> tuple[Challenge, ...]:
    return CHALLENGES.read(priority(store))


def reviews(store: PlanStore) -> tuple[PriorityReview, ...]:
    return PRIORITY_REVIEWS.read(priority(store))


@pytest.mark.parametrize("tool", ["8.1", "8.4"])
def test_each_form_asks_for_what_its_tool_declares(store: PlanStore, tool: str):
    for table in ("challenges", "priority_reviews"):
        store.add_row(f"{P}/{table}")
    assert {field.tool for field in lay_out(layout(tool, "first-priority"), store).fields.values()} == {tool}


def test_what_the_figures_show_is_taken_up_as_the_reader_says_it_and_proposed_no_more(store: PlanStore):
    shown = beginning_of(rule08_triage.proposals())
    assert MISSED in offered(shown).values()
    origin = next(value for value, name in offered(shown).items() if name == MISSED)
    assert press(shown, origin, "Beds are free in the afternoon") == "It stands in the form below."
    (one,) = challenges(store)
    assert (one.title, one.origin, one.raised_by, one.off_track, one.opened) == (
        "Beds are free in the afternoon", origin, "data", True, date.today(),
    )  # fmt: skip
    assert "missed its target" in (one.shown or "")
    assert origin not in offered(shown)


def test_where_the_plan_shows_nothing_a_challenge_is_raised_by_hand(store: PlanStore):
    store.remove_row(f"{P}/indicators/{priority(store).indicators[0].id}")
    store.save()
    shown = beginning_of(rule08_triage.proposals())
    assert offered(shown) == {"": "nothing that is not raised already"}
    press(shown, "", "Nurses need three signatures")
    (one,) = challenges(store)
    assert (one.title, one.raised_by, one.origin) == ("Nurses need three signatures", None, None)


def review_of(store: PlanStore, chosen: str = "") -> PriorityReview:
    shown = beginning_of(rule08_triage.begin_review())
    assert press(shown, chosen, "Why are beds free so late?") == "The review stands in the form below."
    return reviews(store)[-1]


def test_a_review_is_begun_about_a_challenge_of_the_list_or_about_none(store: PlanStore):
    row = store.add_row(f"{P}/challenges", {"title": "Beds are free in the afternoon"})
    store.add_row(f"{P}/challenges", {"title": "Three signatures", "status": "solved"})
    store.save()
    shown = beginning_of(rule08_triage.begin_review())
    assert offered(shown) == {row: "Beds are free in the afternoon", "": "no challenge of the list"}
    one = review_of(store, row)
    assert (one.question, one.challenge) == ("Why are beds free so late?", row)
    assert review_of(store).challenge is None


def test_nothing_is_taken_along_and_no_visit_planned_before_there_is_a_review(store: PlanStore):
    shown = beginning_of(rule08_triage.visits())
    assert press(shown, "", "Ann Roy") == "Begin a review first."
    assert reviews(store) == ()


def test_a_visit_goes_to_one_of_the_best_or_worst_places_with_those_who_go(store: PlanStore):
    review_of(store)
    shown = beginning_of(rule08_triage.visits())
    assert next(iter(offered(shown).items())) == ("best North", "North (one of the best)")
    assert "worst South" in offered(shown)
    assert press(shown, "worst South", "Ann Roy, Ben Sy") == "Added to the review “Why are beds free so late?”."
    press(shown, "", " ")
    first, other = reviews(store)[-1].visits
    assert (first.place, first.standing, first.kind) == ("South", "worst", "front-line")
    assert len(first.who) == 2
    assert (other.place, other.who) == (None, ())


def test_without_a_chain_there_is_no_weak_spot_to_ask_about(store: PlanStore):
    review_of(store)
    shown = beginning_of(rule08_triage.questions())
    assert offered(shown) == {"": "no weak spot that is not asked about already"}
    assert "Draw your chain" in press(shown, "", "The ward sister")
    assert reviews(store)[-1].questions == ()


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlanStore]:
    """A copy of the case that runs through all rules: its chain has weak spots."""
    shutil.copytree(paths.exercises() / "emergency-waits" / "plan", tmp_path / "plan")
    monkeypatch.setenv("RDLIB_PLAN", str(tmp_path / "plan"))
    monkeypatch.delenv("RDLIB_STATIC", raising=False)
    workspace._store.cache_clear()
    yield workspace.own_store()
    workspace._store.cache_clear()


def test_a_weak_spot_of_the_chain_is_asked_about_once(case: PlanStore):
    shown = beginning_of(rule08_triage.questions())
    spot = next(value for value in offered(shown) if value)
    before = reviews(case)[-1].questions
    assert press(shown, spot, "The ward sister").startswith("Added to the review")
    *kept, new = reviews(case)[-1].questions
    assert tuple(kept) == before
    assert (new.origin, new.asked) == (spot, "The ward sister")
    assert (new.question or "").endswith("?")
    assert spot not in offered(shown)


def test_buttons_leave_alone_what_stands_there(store: PlanStore):
    row = store.add_row(
        f"{P}/challenges", {"title": "Told by nurses", "next_look": str(date.today() + timedelta(days=7))}
    )
    store.save()
    shown = beginning_of(rule08_triage.proposals())
    press(shown, next(iter(offered(shown))), "Beds")
    kept, new = challenges(store)
    assert (kept.id, kept.title, new.title) == (row, "Told by nurses", "Beds")

"""What if a part of a chain fails: the list follows the plan, and so does the picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs
import pytest

from rdlib.plan import PlanStore
from rdlib.widgets import rule05_pressure as shown
from rdlib.widgets.rule05_pressure import WhatIf, failing, what_if_face
from tests.rules.chains import CHAIN, priority

P = "priorities/first-priority"


@pytest.fixture
def opened(store: PlanStore) -> Iterator[WhatIf]:
    """A chain of three actors, and the list beside its picture."""
    chain = store.add_row(f"{P}/chains", {"title": "To the patients"})
    here = f"{P}/chains/{chain}"
    for title, part in (("Minister", "start"), ("Hospital", "middle"), ("Patients", "end")):
        level = store.add_row(f"{here}/levels", {"title": title})
        store.add_row(f"{here}/actors", {"title": title, "level": level, "part": part})
    store.add_row(f"{here}/links", {"source": "a1", "target": "a2"})
    store.add_row(f"{here}/links", {"source": "a2", "target": "a3"})
    store.save()
    view = WhatIf(store)
    yield view
    view.close()


def choose(view: WhatIf, key: str) -> str:
    view._picker._heard(view._picker, {"do": "choose", "value": key}, [])
    return str(view._picture.value)


def test_all_but_those_it_is_for_can_be_taken_to_fail(opened: WhatIf) -> None:
    names = [name for _key, name in opened._picker.options]
    assert names == [
        "nothing",
        "Minister",
        "Hospital",
        "Influence: Minister → Hospital",
        "Influence: Hospital → Patients",
    ]


def test_a_choice_draws_what_fails_and_is_not_written_into_the_plan(opened: WhatIf, store: PlanStore) -> None:
    before = (store.folder / f"{P}.yaml").read_text(encoding="utf-8")
    assert "What if this fails: Hospital" in choose(opened, "c1/actors/a2")
    assert "No line leads to Patients any more" in opened._picture.value
    link = opened._picker.options[-1][0]
    assert "Influence: Hospital → Patients" in choose(opened, link)
    assert "What if one of them fails" in choose(opened, "")
    assert (store.folder / f"{P}.yaml").read_text(encoding="utf-8") == before


def test_what_was_chosen_stays_chosen_while_it_is_there(
    opened: WhatIf, store: PlanStore, by_hand: Callable[[str, str], None]
) -> None:
    choose(opened, "c1/actors/a2")
    store.set(f"{P}/chains/c1/actors/a2/title", "Clinic")
    opened.follow()
    assert opened._picker.value == "c1/actors/a2"
    assert "What if this fails: Clinic" in opened._picture.value
    store.remove_row(f"{P}/chains/c1/actors/a2")
    opened.follow()
    assert opened._picker.value == ""
    assert "Clinic" not in opened._picture.value


def test_a_key_that_means_nothing_shows_one_after_the_other() -> None:
    for key in ("", "c1/actors/a99", "c9/actors/a1", "nonsense"):
        assert "What if one of them fails" in what_if_face(priority(), key)
    assert "not attempted" in what_if_face(None, "")


def test_the_parts_of_several_chains_are_told_apart() -> None:
    names = dict(failing(priority(CHAIN, attrs.evolve(CHAIN, id="c2", title="The other one"))))
    assert names["c1/actors/a1"] == "Minister (To the patients)"
    assert names["c2/actors/a1"] == "Minister (The other one)"


def test_the_cells_show_the_case_the_copy_of_it_and_the_open_plan(
    store: PlanStore, opened: WhatIf, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Six pressure tests" in str(shown.worked_pressure("emergency-waits", "emergency-care")._repr_mimebundle_())
    with pytest.raises(KeyError):
        shown.worked_pressure("emergency-waits", "nothing")
    monkeypatch.setenv("RDLIB_PLAN", str(store.folder))
    assert "What if one of them fails" in shown.what_if().face()
    assert "Six pressure tests" in shown.pressure().face()
    assert "A&amp;E departments" in shown.what_if("emergency-waits").face()
    assert opened.face() == what_if_face(store.read().plan.priorities[0], "")
    monkeypatch.setenv("RDLIB_STATIC", "1")
    assert "not attempted" in str(shown.what_if()._repr_mimebundle_())

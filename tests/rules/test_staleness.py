"""What was built on an answer that changed or is gone: through saves, hand edits, merges, and never without a cause."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rdlib.plan import PlanStore
from rdlib.plan.built_on import BUILT_ON, brought_up_to_date, links
from rdlib.plan.nodes import Plain
from rdlib.rules import registry, staleness
from rdlib.rules.findings import together

P = "priorities/first-priority"
TEMPLATE = Path(__file__).parents[2] / "templates" / "plan"
TODAY = date(2026, 11, 23)
Change = Callable[[PlanStore], object]


@pytest.fixture
def store(tmp_path: Path) -> PlanStore:
    """An outcome, its indicator with a target, a strategy for it, and another one that builds on the first."""
    store = PlanStore.create(tmp_path / "plan", TEMPLATE)
    store.add_row(f"{P}/outcomes", {"statement": "Nobody waits long"})
    store.add_row(f"{P}/indicators", {"name": "Share seen in four hours", "outcome": "o1", "unit": "%"})
    store.set(f"{P}/indicators/i1/target/wording", "At least 85% by March 2018")
    store.add_row(f"{P}/strategies", {"title": "See and treat"})
    store.set(f"{P}/strategies/s1/indicators", ["i1"])
    store.add_row(f"{P}/strategies", {"title": "Minor-injury units"})
    store.set(f"{P}/strategies/s2/depends_on", ["s1"])
    store.save()
    return store


def stale(store: PlanStore) -> list[tuple[str, str]]:
    """What is found, as codes and places, in the plan as it is on disk."""
    reading = PlanStore(store.folder).read()
    assert not reading.problems
    return [
        (f.code, f.where.removeprefix(f"{P}/"))
        for priority in reading.plan.priorities
        for f in staleness.check(priority, reading.plan)
    ]


def put(path: str, value: str | list[str] | None) -> Change:
    return lambda store: store.set(f"{P}/{path}", value)


CHANGED, GONE = "R0-built-on-changed", "R0-built-on-gone"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (put("outcomes/o1/statement", "Everybody is cured"), [(CHANGED, "indicators/i1/outcome")]),
        (put("indicators/i1/name", "Deaths in hospital"), [(CHANGED, "strategies/s1/indicators")]),
        (put("indicators/i1/unit", "days"), [(CHANGED, "strategies/s1/indicators")]),
        (put("indicators/i1/target/wording", "At least 90% by March 2018"), [(CHANGED, "strategies/s1/indicators")]),
        (put("indicators/i1/target/wording", "At least 85% by March 2019"), [(CHANGED, "strategies/s1/indicators")]),
        (put("indicators/i1/target/wording", None), [(CHANGED, "strategies/s1/indicators")]),
        (put("strategies/s1/status", "dropped"), [(CHANGED, "strategies/s2/depends_on")]),
        (lambda store: store.remove_row(f"{P}/outcomes/o1"), [(GONE, "indicators/i1/outcome")]),
        (lambda store: store.remove_row(f"{P}/indicators/i1"), [(GONE, "strategies/s1/indicators")]),
        (lambda store: store.remove_row(f"{P}/strategies/s1"), [(GONE, "strategies/s2/depends_on")]),
    ],
)
def test_a_change_flags_what_was_built_on_it_and_nothing_else(
    store: PlanStore, change: Change, expected: list[tuple[str, str]]
):
    assert stale(store) == []
    change(store)
    store.save()
    assert stale(store) == expected


@pytest.mark.parametrize(
    "change",
    [
        put("outcomes/o1/statement", "  nobody waits  long. "),
        put("indicators/i1/name", "share seen, in four hours"),
        put("indicators/i1/target/wording", "At least 85 % by March 2018."),
        put("indicators/i1/target/value", "85"),
        put("indicators/i1/target/kind", "at-least"),
        put("indicators/i1/target/due", "2018-03"),
        put("indicators/i1/definition", "All who arrive at a major department."),
        put("strategies/s1/status", "chosen"),
        put("strategies/s2/status", "dropped"),
        put("title", "Another name"),
        put("strategies/s1/indicators", []),
        lambda store: store.move_row(f"{P}/strategies/s2", -1),
    ],
)
def test_what_is_no_change_of_what_was_said_flags_nothing(store: PlanStore, change: Change):
    change(store)
    store.save()
    assert stale(store) == []


def test_a_finding_says_what_it_was_what_it_is_and_what_to_do(store: PlanStore):
    store.set(f"{P}/indicators/i1/name", "Deaths in hospital")
    store.set(f"{P}/indicators/i1/target/wording", "At most 9% by June 2019")
    store.save()
    reading = store.read()
    (found,) = staleness.check(reading.plan.priorities[0], reading.plan)
    for said in ("Share seen in four hours", "Deaths in hospital", "At least 85% by March 2018", "At most 9%"):
        assert said in found.what
    assert "confirm" in found.next_step
    assert found.tool == "4.1"


def test_one_change_that_concerns_several_answers_is_one_finding_that_names_them(store: PlanStore):
    store.set(f"{P}/strategies/s2/indicators", ["i1"])
    store.save()
    store.set(f"{P}/indicators/i1/target/wording", "At least 90% by March 2018")
    store.save()
    reading = store.read()
    found = staleness.check(reading.plan.priorities[0], reading.plan)
    assert [f.where.split("/")[3] for f in found] == ["s1", "s2"]  # each form shows it, and can confirm it
    (one,) = together(found)
    assert one.places == tuple(f.where for f in found)


def test_new_words_of_an_outcome_ask_whether_it_is_still_measured(store: PlanStore):
    store.set(f"{P}/outcomes/o1/statement", "No one waits for long")
    store.save()
    reading = store.read()
    (found,) = staleness.check(reading.plan.priorities[0], reading.plan)
    assert "still measures" in found.next_step
    assert "If so, confirm it" in found.next_step
    store.confirm(f"{P}/indicators/i1/outcome")
    store.save()
    assert stale(store) == []


def test_confirming_renews_the_record_and_a_later_change_is_seen_again(store: PlanStore):
    store.set(f"{P}/indicators/i1/name", "Deaths in hospital")
    store.save()
    store.confirm(f"{P}/strategies/s1/indicators")
    store.save()
    assert stale(store) == []
    store.set(f"{P}/indicators/i1/name", "Deaths at home")
    store.save()
    assert stale(store) == [(CHANGED, "strategies/s1/indicators")]


def test_setting_a_link_anew_is_an_answer_to_what_the_row_says_now(store: PlanStore):
    store.set(f"{P}/indicators/i1/name", "Deaths in hospital")
    store.set(f"{P}/strategies/s1/indicators", [])
    store.save()
    store.set(f"{P}/strategies/s1/indicators", ["i1"])
    store.save()
    assert stale(store) == []


def test_taking_back_a_change_takes_back_the_flag(store: PlanStore):
    store.set(f"{P}/outcomes/o1/statement", "Everybody is cured")
    store.save()
    removed = store.remove_row(f"{P}/indicators/i1")
    store.save()
    store.put_back(removed)
    store.save()
    assert stale(store) == [(CHANGED, "indicators/i1/outcome")]  # the undo brought back what it was built on
    store.set(f"{P}/outcomes/o1/statement", "Nobody waits long")
    store.save()
    assert stale(store) == []


def test_a_hand_edit_of_the_file_is_noticed(store: PlanStore):
    file = store.folder / f"{P}.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("    name: Share seen in four hours", "    name: Deaths", 1), encoding="utf-8")
    assert stale(store) == [(CHANGED, "strategies/s1/indicators")]
    store.refresh()
    store.set(f"{P}/title", "Saved again")
    store.save()
    assert stale(store) == [(CHANGED, "strategies/s1/indicators")]


def test_a_file_without_records_is_quiet_and_gets_them_with_what_it_said_before_the_change(store: PlanStore):
    file = store.folder / f"{P}.yaml"
    file.write_text(file.read_text(encoding="utf-8").partition("built_on:")[0], encoding="utf-8")
    assert stale(store) == []
    again = PlanStore(store.folder)
    again.set(f"{P}/indicators/i1/name", "Deaths")
    again.save()
    assert stale(again) == [(CHANGED, "strategies/s1/indicators")]


def test_two_writers_never_clash_over_the_records(store: PlanStore):
    other = PlanStore(store.folder)
    store.set(f"{P}/indicators/i1/name", "Deaths")
    store.save()
    other.set(f"{P}/strategies/s1/title", "Another title")
    other.confirm(f"{P}/strategies/s2/depends_on")
    saved = other.save()
    assert all("built_on" not in path for path in saved.merged)
    assert (CHANGED, "strategies/s1/indicators") in stale(store)


def test_a_dropped_strategy_stays_flagged_until_somebody_confirms(store: PlanStore):
    store.set(f"{P}/strategies/s1/status", "dropped")
    store.save()
    store.set(f"{P}/title", "Something else")
    store.save()
    assert stale(store) == [(CHANGED, "strategies/s2/depends_on")]
    store.confirm(f"{P}/strategies/s2/depends_on")
    store.save()
    assert stale(store) == []


def test_records_never_outnumber_links_for_long(store: PlanStore):
    for n in range(4):
        store.set(f"{P}/strategies/s1/indicators", [] if n % 2 else ["i1"])
        store.set(f"{P}/outcomes/o1/statement", f"Version {n}")
        store.save()
    priority = store.read().plan.priorities[0]
    assert len(BUILT_ON.read(priority)) <= 4
    file = store.folder / f"{P}.yaml"
    assert file.read_text(encoding="utf-8").count("answer:") <= 4


def test_what_is_found_belongs_to_the_exercise_that_asked(store: PlanStore):
    store.set(f"{P}/outcomes/o1/statement", "Everybody is cured")
    store.save()
    reading = store.read()
    context = registry.Context(reading.plan, TODAY)
    found = registry.check(reading.plan.priorities[0], context)
    where = {c.exercise.id for c in found for f in c.findings if f.code == CHANGED}
    assert where == {"2.1"}


words = st.text(alphabet="ab é%.,-", min_size=1, max_size=12).filter(lambda text: text.strip())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    statements=st.lists(words, min_size=1, max_size=4),
    names=st.lists(words, max_size=4),
    picks=st.lists(st.integers(min_value=0, max_value=3), max_size=4),
)
def test_an_untouched_plan_never_has_them(statements: list[str], names: list[str], picks: list[int]):
    outcomes: list[Plain] = [{"id": f"o{n}", "statement": text} for n, text in enumerate(statements)]
    links_to = [f"o{picks[n] % len(statements)}" if n < len(picks) else None for n in range(len(names))]
    indicators: list[Plain] = [
        {"id": f"i{n}", "name": text, "outcome": to} for n, (text, to) in enumerate(zip(names, links_to, strict=True))
    ]
    value: dict[str, Plain] = {"outcomes": outcomes, "indicators": indicators}
    rows = brought_up_to_date({}, value, TODAY)
    again = brought_up_to_date({**value, "built_on": rows}, {**value, "built_on": rows}, TODAY)
    assert again == rows
    assert len(rows) == sum(1 for _link in links(value))


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=30))
def test_spaces_case_and_punctuation_are_no_change(text: str):
    assert staleness.core(text) == staleness.core(f"  {text} ".replace("  ", "   "))

"""Delivery chains and risks in a plan: written, read back, linked within and from outside, and never mixed up."""

from __future__ import annotations

from pathlib import Path

import pytest

from rdlib.figures.records import record_table
from rdlib.plan import PlanStore, Priority
from rdlib.plan.chain import CHAINS, Chain
from rdlib.plan.fields import Kind, field_of
from rdlib.plan.risks import RISKS
from rdlib.rules import staleness
from rdlib.widgets.sheet import Block, Table, lay_out, link_list, linkable

P = "priorities/first-priority"
TEMPLATE = Path(__file__).parents[2] / "templates" / "plan"


@pytest.fixture
def store(tmp_path: Path) -> PlanStore:
    """Two chains, the first with two actors and a link, and a risk about one of each."""
    store = PlanStore.create(tmp_path / "plan", TEMPLATE)
    store.add_row(f"{P}/strategies", {"title": "See and treat"})
    store.add_row(f"{P}/chains", {"title": "To the departments"})
    store.set(f"{P}/chains/c1/strategies", ["s1"])
    store.add_row(f"{P}/chains/c1/levels", {"title": "Centre"})
    store.add_row(f"{P}/chains/c1/levels", {"title": "Departments"})
    store.add_row(f"{P}/chains/c1/actors", {"title": "Minister", "level": "l1", "part": "start", "number": "1"})
    store.add_row(
        f"{P}/chains/c1/actors",
        {"title": "Departments", "level": "l2", "number": "200", "number_reads": "over", "skill": "3"},
    )
    store.add_row(f"{P}/chains/c1/links", {"source": "a1", "target": "a2", "formal": "4", "informal": "2"})
    store.set(f"{P}/chains/c1/judged/links/rating", "2")
    store.set(f"{P}/chains/c1/judged/links/note", "Far away from each other.")
    store.add_row(f"{P}/chains", {"title": "To the patients"})
    store.add_row(f"{P}/chains/c2/actors", {"title": "Surgeries"})
    store.add_row(f"{P}/risks", {"title": "No rooms", "likelihood": "2", "effect": "3"})
    store.set(f"{P}/risks/r1/actors", ["c1/a2"])
    store.set(f"{P}/risks/r1/links", ["c1/l3"])
    store.save()
    return store


def read(store: PlanStore) -> Priority:
    reading = PlanStore(store.folder).read()
    assert not reading.problems
    return reading.plan.priorities[0]


def found(store: PlanStore) -> list[tuple[str, str]]:
    reading = PlanStore(store.folder).read()
    priority = reading.plan.priorities[0]
    return [(f.code, f.where.removeprefix(f"{P}/")) for f in staleness.check(priority, reading.plan)]


def test_what_was_entered_is_read_back(store: PlanStore) -> None:
    first, second = CHAINS.read(read(store))
    assert (first.title, first.strategies, [level.title for level in first.levels]) == (
        "To the departments", ("s1",), ["Centre", "Departments"],
    )  # fmt: skip
    minister, departments = first.actors
    assert (minister.part, minister.level, departments.number, departments.number_reads, departments.skill) == (
        "start", "l1", 200.0, "over", 3,
    )  # fmt: skip
    (link,) = first.links
    assert (link.source, link.target, link.formal, link.informal, link.kind) == ("a1", "a2", 4, 2, None)
    assert (first.judged.links.rating, first.judged.links.note) == (2, "Far away from each other.")
    assert first.judged.capacity.rating is None
    assert [actor.title for actor in second.actors] == ["Surgeries"]
    (risk,) = RISKS.read(read(store))
    assert (risk.actors, risk.links, risk.likelihood) == (("c1/a2",), ("c1/l3",), "2")


def test_ids_are_not_given_twice_in_a_file_nor_again_while_something_names_them(store: PlanStore) -> None:
    assert store.rows(f"{P}/chains/c2/actors") == ["a3"]
    store.remove_row(f"{P}/chains/c2/actors/a3")
    store.set(f"{P}/risks/r1/actors", ["c1/a2", "c2/a3"])
    assert store.add_row(f"{P}/chains/c2/actors") == "a4"


def test_links_are_chosen_from_the_tables_that_they_point_into(store: PlanStore) -> None:
    sheet = lay_out([Table(f"{P}/chains"), Table(f"{P}/risks")], store)
    lists = {path: link_list(path, field) for path, field in sheet.fields.items() if field.links_to}
    assert lists[f"{P}/chains/c1/actors/a1/level"] == f"{P}/chains/c1/levels"
    assert lists[f"{P}/chains/c1/links/l3/source"] == f"{P}/chains/c1/actors"
    assert lists[f"{P}/chains/c1/strategies"] == f"{P}/strategies"
    assert linkable(store, lists[f"{P}/chains/c1/links/l3/source"]) == [("a1", "Minister"), ("a2", "Departments")]
    assert linkable(store, lists[f"{P}/risks/r1/actors"]) == [
        ("c1/a1", "Minister (To the departments)"),
        ("c1/a2", "Departments (To the departments)"),
        ("c2/a3", "Surgeries (To the patients)"),
    ]
    assert linkable(store, lists[f"{P}/risks/r1/links"]) == [("c1/l3", "Minister → Departments (To the departments)")]


def test_the_six_judgements_are_a_group_each(store: PlanStore) -> None:
    (block,) = lay_out([Block(f"{P}/chains/c1", ("judged",))], store).nodes
    assert [group["path"].rpartition("/")[2] for group in block["items"][0]["items"]] == [
        "links", "capacity", "complexity", "funding", "chokes", "feedback",
    ]  # fmt: skip


def test_a_static_table_names_what_links_point_at(store: PlanStore) -> None:
    priority = read(store)
    actors = record_table(CHAINS.read(priority)[0].actors, "Actors", only=("title", "level"), priority=priority)
    assert "Centre" in actors
    assert ">l1<" not in actors
    risks = record_table(RISKS.read(priority), "Risks", only=("title", "actors"), priority=priority)
    assert "Departments" in risks
    assert "c1/a2" not in risks


def test_nothing_is_flagged_while_all_stands(store: PlanStore) -> None:
    assert found(store) == []


def test_a_dropped_actor_leaves_its_links_and_risks_to_be_looked_at(store: PlanStore) -> None:
    store.remove_row(f"{P}/chains/c1/actors/a2")
    store.save()
    assert found(store) == [
        ("R0-built-on-gone", "chains/c1/links/l3/target"),
        ("R0-built-on-gone", "risks/r1/actors"),
    ]


def test_a_dropped_actor_is_named_by_what_it_was_called(store: PlanStore) -> None:
    store.remove_row(f"{P}/chains/c1/actors/a2")
    store.save()
    reading = PlanStore(store.folder).read()
    said = [f.what for f in staleness.check(reading.plan.priorities[0], reading.plan)]
    assert "It rests on “Departments”, which is no longer in the plan." in said


def test_a_dropped_level_or_link_is_noticed(store: PlanStore) -> None:
    store.remove_row(f"{P}/chains/c1/levels/l2")
    store.remove_row(f"{P}/chains/c1/links/l3")
    store.save()
    assert found(store) == [
        ("R0-built-on-gone", "chains/c1/actors/a2/level"),
        ("R0-built-on-gone", "risks/r1/links"),
    ]


@pytest.mark.parametrize("status", ["dropped", None])
def test_a_strategy_that_was_dropped_flags_its_chain(store: PlanStore, status: str | None) -> None:
    if status:
        store.set(f"{P}/strategies/s1/status", status)
    else:
        store.remove_row(f"{P}/strategies/s1")
    store.save()
    assert [where for _code, where in found(store)] == ["chains/c1/strategies"]


def test_another_name_for_an_actor_flags_risks_and_not_every_link_of_the_chain(store: PlanStore) -> None:
    store.set(f"{P}/chains/c1/actors/a2/title", "Hospitals")
    store.save()
    assert found(store) == [("R0-built-on-changed", "risks/r1/actors")]


def test_a_closed_risk_asks_for_nothing_more(store: PlanStore) -> None:
    store.set(f"{P}/risks/r1/status", "closed")
    store.remove_row(f"{P}/chains/c1/actors/a2")
    store.remove_row(f"{P}/chains/c1/links/l3")
    store.save()
    assert found(store) == []


def test_every_rating_and_choice_has_a_descriptor_where_a_person_has_to_judge() -> None:
    for table, names in (("actors", ("skill", "will", "part")), ("links", ("formal", "informal", "kind"))):
        record = field_of(Chain, table).record
        assert record
        for name in names:
            field = field_of(record, name)
            assert field.kind in {Kind.RATING, Kind.CHOICE}
            assert all(choice.describes for choice in field.choices)

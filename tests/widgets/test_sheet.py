"""What a form shows, from the declarations of the fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from rdlib.plan import PlanStore
from rdlib.plan.fields import Kind, field_of
from rdlib.plan.indicator import Indicator, ThreeM
from rdlib.plan.priority import Priority
from rdlib.widgets.sheet import Block, Sheet, Table, accepted, declaration, lay_out, shown
from tests.widgets.conftest import P

I1 = f"{P}/indicators/i1"


def kinds(nodes: list[dict[str, Any]]) -> list[str]:
    return [node["is"] for node in nodes]


def declared(sheet: Sheet, path: str) -> dict[str, Any]:
    """What the page is told of the field at a path."""

    def find(nodes: list[dict[str, Any]]) -> Any:
        for node in nodes:
            if node["path"] == path and "declared" in node:
                return sheet.declarations[node["declared"]]
            inside = find([*node.get("items", ()), *(i for row in node.get("rows", ()) for i in row["items"])])
            if inside:
                return inside
        return None

    return dict(find(sheet.nodes))


@pytest.mark.parametrize(
    ("path", "record", "field"),
    [
        ("plan", "Plan", None),
        ("plan/people/p1/name", "Person", "name"),
        ("priorities/x", "Priority", None),
        ("priorities/x/indicators", "Priority", "indicators"),
        ("priorities/x/indicators/i1", "Indicator", None),
        ("priorities/x/indicators/i1/three_m", "ThreeM", "three_m"),
        ("priorities/x/indicators/#2/target/value", "Target", "value"),
    ],
)
def test_a_path_leads_to_its_declaration(path: str, record: str, field: str | None):
    found, declared_field = declaration(path)
    assert found.__name__ == record
    assert (declared_field.name if declared_field else None) == field


@pytest.mark.parametrize("path", ["priorities/x/titel", "priorities/x/title/more", "nowhere/x"])
def test_a_path_that_nothing_declares_is_an_error(path: str):
    with pytest.raises(KeyError):
        declaration(path)


def test_a_block_shows_its_fields_in_the_order_asked_for(store: PlanStore):
    sheet = lay_out([Block(P, ("summary", "title"), title="Yours")], store)
    assert [item["path"] for item in sheet.nodes[0]["items"]] == [f"{P}/summary", f"{P}/title"]
    assert sheet.nodes[0]["title"] == "Yours"
    assert not sheet.attempted
    store.set(f"{P}/title", "Waits")
    assert lay_out([Block(P, ("summary", "title"))], store).attempted


def test_everything_on_the_page_comes_from_the_declaration(store: PlanStore):
    sheet = lay_out([Block(I1, ("name", "direction", "unit"))], store)
    field = field_of(Indicator, "name")
    name = declared(sheet, f"{I1}/name")
    assert (name["label"], name["help"], name["example"]) == (field.label, field.help, field.example)
    direction = declared(sheet, f"{I1}/direction")
    assert [c["value"] for c in direction["choices"]] == ["up", "down", "within"]
    assert all(c["describes"] for c in direction["choices"])


def test_each_kind_has_its_control(store: PlanStore):
    sheet = lay_out([Block(I1), Block(f"{I1}/three_m"), Block(P, ("leaders",))], store)
    controls = {
        path.removeprefix(f"{P}/").removeprefix("indicators/i1/"): declared(sheet, path)["control"]
        for path in sheet.fields
    }
    assert controls["name"] == "text"
    assert controls["definition"] == "long"
    assert controls["outcome"] == "select"
    assert controls["direction"] == "radio"
    assert controls["data_files"] == "lines"
    assert controls["baseline/value"] == "number"
    assert controls["three_m/meaningful"] == "radio"
    assert controls["three_m/frequency"] == "select", "eight answers are too many for a row of buttons"
    assert controls["three_m/data_owner"] == "person"
    assert controls["leaders"] == "people"
    assert "2018-Q2" in declared(sheet, f"{I1}/baseline/when")["help"]


def test_ratings_are_chosen_by_their_descriptors(store: PlanStore):
    row = store.add_row(f"{P}/assessments")
    sheet = lay_out([Block(f"{P}/assessments/{row}", ("likelihood", "day"))], store)
    rating = declared(sheet, f"{P}/assessments/{row}/likelihood")
    assert rating["control"] == "radio"
    assert rating["rating"]
    assert [c["value"] for c in rating["choices"]] == ["1", "2", "3", "4"]
    assert all(c["describes"] for c in rating["choices"])
    assert "2018-04-30" in declared(sheet, f"{P}/assessments/{row}/day")["help"]


def test_names_that_go_further_down_stand_in_their_group(store: PlanStore):
    sheet = lay_out([Block(I1, ("name", "target/wording", "unit", "target/value"))], store)
    assert kinds(sheet.nodes[0]["items"]) == ["field", "group", "field"]
    target = sheet.nodes[0]["items"][1]
    assert target["title"] == "Target"
    assert [item["path"] for item in target["items"]] == [f"{I1}/target/wording", f"{I1}/target/value"]


def test_narrow_tables_are_tables_and_wide_ones_cards(store: PlanStore):
    narrow, wide, asked, nested = lay_out(
        [
            Table(f"{P}/outcomes", ("statement", "level")),
            Table(f"{I1}/benchmarks"),
            Table(f"{P}/outcomes", ("statement", "level"), as_cards=True),
            Table(f"{P}/indicators", ("name", "three_m"), as_cards=False),
        ],
        store,
    ).nodes
    assert not narrow["cards"]
    assert len(narrow["columns"]) == 2
    assert wide["cards"]
    assert asked["cards"]
    assert nested["cards"], "a group of fields does not fit into a cell"
    assert [row["path"] for row in narrow["rows"]] == [f"{P}/outcomes/o1", f"{P}/outcomes/o2"]


def test_a_table_of_fields_further_down_stays_narrow(store: PlanStore):
    (table,) = lay_out([Table(f"{P}/indicators", ("name", "target/due"))], store).nodes
    assert not table["cards"]
    assert kinds(table["rows"][0]["items"]) == ["field", "field"]


def test_rows_are_named_by_their_first_text(store: PlanStore):
    store.add_row(f"{P}/outcomes", {"level": "output"})
    store.add_row(f"{P}/outcomes")
    rows = lay_out([Table(f"{P}/outcomes", ("level", "statement"))], store).rows
    assert list(rows.values()) == ["Nobody waits in pain", "Waits are short", "Output", ""]


def test_rows_without_an_id_are_known_by_their_place(store: PlanStore):
    store.add_row(f"{I1}/observations", {"when": "2018", "value": "81"})
    sheet = lay_out([Table(f"{I1}/observations", ("when", "value"))], store)
    assert sheet.values[f"{I1}/observations/#1/value"] == "81"


def test_what_is_no_longer_there_is_said_to_be_gone(store: PlanStore):
    blocks: list[Block | Table] = [Block(I1, ("name",), title="The indicator"), Table(f"{I1}/benchmarks")]
    assert kinds(lay_out(blocks, store).nodes) == ["block", "table"]
    store.remove_row(I1)
    assert kinds(lay_out(blocks, store).nodes) == ["gone", "gone"]
    assert kinds(lay_out([Block("priorities/another", ("title",))], store).nodes) == ["gone"]


@pytest.mark.parametrize("block", [Block(f"{P}/title"), Block(f"{P}/outcomes"), Table(P), Table(f"{I1}/three_m")])
def test_a_block_that_cannot_be_shown_is_the_programmers_error(store: PlanStore, block: Block | Table):
    with pytest.raises(TypeError):
        lay_out([block], store)


@pytest.mark.parametrize("block", [Block(P, ("titel",)), Table(f"{P}/outcomes", ("name",)), Block(P, ("outcomes/o1",))])
def test_a_field_that_is_not_declared_is_the_programmers_error(store: PlanStore, block: Block | Table):
    with pytest.raises(KeyError):
        lay_out([block], store)


@pytest.mark.parametrize(
    ("raw", "lines"), [(None, []), (["a", " ", "b "], ["a", "b "]), ("one text", ["one text"]), ("a\n\nb", ["a", "b"])]
)
def test_lists_are_shown_as_lines(raw: Any, lines: list[str]):
    assert shown(field_of(ThreeM, "sources"), raw) == lines


@pytest.mark.parametrize(("raw", "text"), [(None, ""), ("  as typed ", "  as typed "), (["a", "b"], "a\nb")])
def test_texts_are_shown_as_they_stand(raw: Any, text: str):
    assert shown(field_of(Priority, "title"), raw) == text


def test_only_what_needs_it_says_what_is_accepted():
    assert "2018-04" in accepted(Kind.WHEN)
    assert accepted(Kind.TEXT) == ""


def anchored(store: PlanStore) -> Callable[[str], str | None]:
    return lay_out([Block(f"{I1}/three_m", ("meaningful",)), Table(f"{P}/outcomes", ("statement",))], store).anchor


@pytest.mark.parametrize(
    ("where", "anchor"),
    [
        (f"{I1}/three_m/meaningful", f"{I1}/three_m/meaningful"),
        (f"{I1}/three_m/sources", f"{I1}/three_m"),
        (f"{P}/outcomes/o1/level", f"{P}/outcomes/o1"),
        (f"{P}/outcomes", f"{P}/outcomes"),
        (I1, ""),
        (P, ""),
        (f"{P}/title", None),
        ("plan/title", None),
    ],
)
def test_what_is_said_of_a_path_finds_its_place(store: PlanStore, where: str, anchor: str | None):
    assert anchored(store)(where) == anchor

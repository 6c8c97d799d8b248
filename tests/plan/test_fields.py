"""Fields are declared once, and every face of them comes from there."""

import attrs
import pytest

from rdlib.plan.fields import Choice, Field, Kind, declare, field_of, fields_of
from rdlib.plan.indicator import Indicator, Observation, Target
from rdlib.plan.parts import PARTS, Part
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.reading import declared


def records() -> list[type]:
    """Every record type of a plan, parts of rules included."""
    found: list[type] = []
    waiting: list[type] = [Plan, Priority]
    while waiting:
        record = waiting.pop()
        if record not in found:
            found.append(record)
            waiting += [field.record for field in declared(record) if field.record is not None]
    return found


RECORDS = records()


def test_fields_come_back_in_the_order_of_their_declaration():
    assert [field.name for field in fields_of(Target)][:3] == ["wording", "kind", "value"]
    assert "breakdown" not in [field.name for field in fields_of(Observation)]  # not declared: no field of a form


def test_one_field_is_found_by_its_name_and_an_undeclared_one_is_not():
    assert field_of(Indicator, "unit").label == "Unit"
    with pytest.raises(KeyError, match="declares no field"):
        field_of(Indicator, "colour")


def test_a_choice_is_found_by_its_stored_value():
    direction = field_of(Indicator, "direction")
    assert direction.choice("up") == Choice("up", "Higher is better", "A rise means that things get better for people.")
    assert direction.choice("sideways") is None
    assert direction.choice(None) is None


def test_what_is_not_given_is_empty_in_the_way_of_its_kind():
    @attrs.frozen
    class Inner:
        note: str | None = declare("Note")

    @attrs.frozen
    class Outer:
        id: str = declare("Id", Kind.ID)
        text: str | None = declare("Text")
        many: tuple[str, ...] = declare("Many", Kind.TEXTS)
        files: tuple[str, ...] = declare("Files", Kind.FILES)
        links: tuple[str, ...] = declare("Links", Kind.LINKS)
        group: Inner = declare("Group", Kind.RECORD, record=Inner)
        rows: tuple[Inner, ...] = declare("Rows", Kind.RECORDS, record=Inner)

    assert Outer() == Outer("", None, (), (), (), Inner(), ())


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_record_can_be_made_with_nothing_given(record: type):
    assert record() == record()


@pytest.mark.parametrize("field", [pytest.param(f, id=f"{r.__name__}.{f.name}") for r in RECORDS for f in declared(r)])
def test_every_declaration_is_complete(field: Field):
    assert field.label
    assert (field.record is not None) == (field.kind in (Kind.RECORD, Kind.RECORDS))
    assert bool(field.choices) == (field.kind in (Kind.CHOICE, Kind.RATING))
    assert len({choice.value for choice in field.choices}) == len(field.choices)
    folded = [choice.label.casefold() for choice in field.choices]
    assert len(set(folded)) == len(folded)
    assert not (set(folded) & {c.value.casefold() for c in field.choices if c.label.casefold() != c.value.casefold()})


def test_a_part_is_read_from_its_owner_and_its_key_is_taken_once():
    @attrs.frozen
    class Note:
        id: str = declare("Id", Kind.ID)

    part = Part("test_notes", Note, of=Priority, label="Notes")
    try:
        assert part.read(Priority()) == ()
        assert part.read(Priority(parts={"test_notes": (Note("n1"),)})) == (Note("n1"),)
        with pytest.raises(ValueError, match="declared already"):
            Part("test_notes", Note, of=Priority, label="Again")
        Part("test_notes", Note, of=Plan, label="Of the plan: another owner")
    finally:
        del PARTS["priority", "test_notes"]
        PARTS.pop(("plan", "test_notes"), None)


def test_a_plan_names_people_and_finds_its_priorities():
    from rdlib.plan.priority import Person

    plan = Plan(people=(Person("ada", "Ada L."), Person("bob")), priorities=(Priority("waits"),))
    assert plan.person("ada") == "Ada L."
    assert plan.person("bob") == "bob"
    assert plan.person("Somebody else") == "Somebody else"
    assert plan.person(None) is None
    assert plan.priority("waits") == Priority("waits")
    assert plan.priority("other") is None

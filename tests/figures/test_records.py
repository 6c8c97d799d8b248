"""Records as tables, from the declarations of their fields."""

from datetime import date
from typing import Any

import pytest

from rdlib.figures.records import (
    answer,
    answer_text,
    format_amount,
    group_table,
    place_name,
    record_table,
    target_words,
)
from rdlib.plan.assessment import Assessment
from rdlib.plan.fields import field_of
from rdlib.plan.indicator import Baseline, Benchmark, Indicator, Target, TargetChange, ThreeM
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Outcome, Priority
from rdlib.plan.values import Missing, Period, format_when, read_period
from tests.figures.faces import HARM, HOSTILE, PLAN, PRIORITY, WAITS, assert_harmless, filled, of, text_of


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2018-04-30", "30 April 2018"),
        ("2018-03", "March 2018"),
        ("2018-Q2", "2018 Q2"),
        ("2018", "2018"),
        ("2018/19", "2018/19"),
    ],
)
def test_periods_in_prose(written: str, words: str):
    assert format_when(read_period(written)) == words


def test_a_period_that_was_never_written_is_given_by_its_ends():
    assert format_when(Period(date(2018, 4, 1), date(2018, 9, 30))) == "1 April 2018 to 30 September 2018"


def test_numbers_and_what_is_knowingly_missing():
    assert format_amount(112000.0) == "112\u2009000"
    assert format_amount(85.0, "%") == "85%"
    assert format_amount(Missing.NOT_APPLICABLE) == "not applicable"
    assert format_amount(None) is None


@pytest.mark.parametrize(
    ("target", "unit", "words"),
    [
        (Target(wording=" 85% by 2018 ", value=1.0), "%", "85% by 2018"),
        (Target(kind="at-least", value=85.0, due=read_period("2018-03")), "%", "At least 85% by March 2018"),
        (Target(kind="at-most", value=12.0), "days", "At most 12\u00a0days"),
        (Target(kind="exactly", value=100.0), "%", "Exactly 100%"),
        (Target(kind="between", value=3.0, value_high=5.0), "%", "Between 3% and 5%"),
        (Target(kind="between", value=3.0), "%", "Between 3% and not given"),
        (Target(kind="fall", value=30.0, change_unit="percent"), "deaths", "Fall by 30%"),
        (Target(kind="rise", value=5.0, change_unit="points"), "%", "Rise by 5\u00a0percentage points"),
        (Target(kind="rise", value=500.0, change_unit="units"), "students", "Rise by 500\u00a0students"),
        (Target(value=85.0), "%", "85%"),
        (Target(kind="milestone", due=read_period("2019")), None, "A milestone by 2019"),
        (Target(kind="tbd", value=Missing.TO_BE_DETERMINED), None, "to be determined"),
        (Target(kind="context"), None, "No target: context only"),
        (Target(kind="at-least"), "%", "At least this value"),
    ],
)
def test_targets_in_words(target: Target, unit: str | None, words: str):
    assert target_words(Indicator(id="i", unit=unit, target=target)) == words


@pytest.mark.parametrize("target", [Target(), Target(wording="  "), Target(due=read_period("2019"))])
def test_no_target_has_no_words(target: Target):
    assert target_words(Indicator(id="i", target=target)) is None


# --- answers ---


@pytest.mark.parametrize(
    ("record", "name", "value", "words"),
    [
        (ThreeM, "meaningful", True, "Yes"),
        (ThreeM, "meaningful", False, "No"),
        (ThreeM, "lever", "indirect", "Indirectly"),
        (ThreeM, "lever", "unheard-of", "unheard-of"),
        (ThreeM, "data_owner", "stat", "Chief statistician"),
        (ThreeM, "data_owner", "Somebody else", "Somebody else"),
        (Baseline, "value", 1234.5, "1\u2009234.5%"),
        (Baseline, "value", 0.0, "0%"),
        (Baseline, "value", Missing.TO_BE_DETERMINED, "to be determined"),
        (Baseline, "when", read_period("2018-03"), "March 2018"),
        (TargetChange, "day", date(2017, 5, 2), "2 May 2017"),
        (Outcome, "leads_to", "o1", "Fewer people are harmed by waiting"),
        (Outcome, "leads_to", "gone", "gone (no longer in the plan)"),
        (Priority, "leaders", ("min", "Premier"), "Minister of Health\nPremier"),
        (Assessment, "likelihood", 2, "2 amber-red"),
        (Baseline, "source", None, None),
        (Baseline, "source", "  ", None),
        (Priority, "leaders", (), None),
    ],
)
def test_each_kind_of_answer(record: type, name: str, value: Any, words: str | None):
    assert answer_text(field_of(record, name), value, PLAN, priority=PRIORITY, unit="%") == words


def test_an_empty_answer_is_greyed():
    assert answer(field_of(Baseline, "source"), None) == '<span class="rd-none">not given</span>'


def test_zero_and_no_are_answers():
    assert text_of(answer(field_of(Baseline, "value"), 0.0)) == "0"
    assert text_of(answer(field_of(ThreeM, "meaningful"), False)) == "No"


def test_lists_long_texts_addresses_and_ratings_have_their_own_shape():
    assert [i.text for i in of(answer(field_of(ThreeM, "sources"), ("a", "b")), "li")] == ["a", "b"]
    assert not of(answer(field_of(ThreeM, "sources"), ("only",)), "li")
    assert len(of(answer(field_of(ThreeM, "meaningful_why"), "One.\n\nTwo."), "p")) == 2
    assert of(answer(field_of(Baseline, "source"), "https://example.org/a"), "a")
    assert not of(answer(field_of(Baseline, "source"), "see https://example.org"), "a")
    assert "◆" in text_of(answer(field_of(Assessment, "likelihood"), 2))


# --- one record ---


def test_a_record_is_a_table_of_questions_and_answers():
    html = group_table(WAITS, "The indicator", PLAN, priority=PRIORITY)
    rows = [(h.text, h.attributes["scope"]) for h in of(html, "th")]
    assert ("Indicator", "row") in rows
    assert ("3M evaluation", "rowgroup") in rows
    assert not any(label in {"Id", "Benchmarks"} for label, _scope in rows)
    assert "People are seen quickly" in text_of(html)
    assert "76.3%" in text_of(html)


def test_what_is_empty_is_greyed_or_left_out():
    shown = group_table(WAITS.baseline, "Baseline")
    left_out = group_table(WAITS.baseline, "Baseline", empty=False)
    assert "not given" in text_of(shown)
    assert "not given" not in text_of(left_out)
    assert len(of(left_out, "tr")) == 2


def test_a_record_with_no_answer_is_one_line_where_the_empty_is_left_out():
    assert text_of(group_table(Baseline(), "Baseline", empty=False)) == "Baseline: none yet."


def test_a_change_in_percent_is_not_shown_in_the_unit_of_the_indicator():
    assert "30%" in text_of(group_table(HARM, "Deaths"))
    assert "40.25\u00a0per 1 000 admissions" in text_of(group_table(HARM, "Deaths"))


# --- tables of records ---


def test_records_of_one_unit_have_it_in_the_header():
    rows = (Benchmark(id="b1", name="North", value=88.0), Benchmark(id="b2", name="South"))
    html = record_table(rows, "Benchmarks", only=("name", "value"), unit="%")
    assert [h.text for h in of(html, "th")] == ["Who or what", "Value (%)", "North", "South"]
    assert [c.text for c in of(html, "td")] == ["88", "not given"]
    assert all(c.attributes["class"] == "rd-n" for c in of(html, "td"))


def test_indicators_of_different_units_have_them_in_the_cells():
    html = record_table((WAITS, HARM), "Indicators", only=("name", "baseline.value", "target.value", "target.due"))
    assert [h.text for h in of(html, "th")][:4] == ["Indicator", "Baseline", "Target value (%)", "Due"]
    assert "40.25\u00a0per 1 000 admissions" in text_of(html)


def test_without_a_choice_every_simple_field_is_a_column():
    html = record_table(PRIORITY.outcomes, "Outcomes", plan=PLAN, priority=PRIORITY)
    assert [h.text for h in of(html, "th") if h.attributes["scope"] == "col"] == [
        "Outcome",
        "Level",
        "Leads to",
        "Leader",
    ]
    assert "Minister of Health" in text_of(html)


def test_no_records_are_said_in_one_line():
    assert text_of(record_table((), "Benchmarks")) == "Benchmarks: none yet."


def test_a_field_that_is_not_declared_is_refused():
    with pytest.raises(KeyError, match="declares no field"):
        record_table((WAITS,), "Indicators", only=("nonsense",))


# --- places ---


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("plan/mandate_end", "Mandate ends"),
        ("plan/people/min/name", "Minister of Health\u00a0› Name"),
        ("priorities/waits", "Shorter waits in emergency rooms"),
        ("priorities/waits/leaders", "Accountable leader"),
        ("priorities/waits/outcomes", "Outcomes"),
        ("priorities/waits/outcomes/o1/level", "Fewer people are harmed by waiting\u00a0› Level"),
        ("priorities/waits/outcomes/#2", "People are seen quickly"),
        (
            "priorities/waits/indicators/i2/three_m/sources",
            "Deaths within 30 days\u00a0› 3M evaluation\u00a0› Data sources",
        ),
        ("priorities/waits/indicators/gone/target/value", "Indicators gone\u00a0› Target\u00a0› Target value"),
        ("priorities/waits/strategies/s1", "Strategies s1"),
        ("priorities/gone/outcomes", "Outcomes"),
        ("priorities/gone", "gone"),
        ("priorities/waits/outcomes/#9", "Outcomes #9"),
    ],
)
def test_places_have_names(where: str, name: str):
    assert place_name(where, PLAN) == name


def test_a_place_without_a_name_has_its_id():
    plan = Plan(priorities=(Priority(id="p", outcomes=(Outcome(id="o1"),)),))
    assert place_name("priorities/p/outcomes/o1/level", plan) == "Outcomes o1\u00a0› Level"
    assert place_name("priorities/p", plan) == "p"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_nothing(text: str):
    indicator = filled(Indicator, text)
    priority = filled(Priority, text, indicators=(indicator,), outcomes=(filled(Outcome, text),))
    plan = Plan(title=text, people=(), priorities=(priority,))
    changes = (filled(TargetChange, text),)
    for part in (
        group_table(indicator, text, plan, priority=priority),
        group_table(priority, text, plan),
        record_table((indicator,), text, plan=plan, priority=priority),
        record_table(changes, text, plan=plan, unit=text),
        record_table((Benchmark(id=text, value=1.0),), text, unit=text),
    ):
        assert_harmless(part)
    assert place_name(f"priorities/{text}/indicators/{text}", plan)

"""Targets: their wordings, the goals made from words and fields, and where they stand."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from rdlib.plan.indicator import CHANGE_UNITS, TARGET_KINDS, Baseline, Indicator, Target, TargetChange
from rdlib.plan.plan import Plan
from rdlib.plan.values import Amount, Missing, Period, read_period
from rdlib.rules.target_readings import TargetReading
from rdlib.rules.targets import Goal, Status, goal_of, in_words, read_wording, settings_of, status_of, target_steps

CORPUS: list[dict[str, Any]] = YAML(typ="safe").load(
    Path(__file__).with_name("target_wordings.yaml").read_text(encoding="utf-8")
)


def read_case(case: dict[str, Any]) -> tuple[TargetReading, ...]:
    return read_wording(
        case["text"],
        unit=case.get("unit"),
        direction=case.get("direction"),
        fiscal_start=case.get("fiscal", 4),
        decimal_comma=case.get("comma", False),
    )


def short(reading: TargetReading) -> str:
    """A reading as the corpus writes it: "fall 30 percent", "between 45..60"."""

    def written(value: float | None) -> str:
        return "" if value is None else f"{value:.6g}" if value % 1 else f"{value:.0f}"

    value = written(reading.value) + (f"..{written(reading.value_high)}" if reading.value_high is not None else "")
    return " ".join(word for word in (reading.kind, value, reading.change_unit) if word)


# --- wordings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CORPUS, ids=lambda c: f"{c['text']} ({c.get('unit', '')} {c.get('direction', '')})")
def test_a_wording_means_what_a_careful_reader_takes_it_to_mean(case: dict[str, Any]):
    readings = read_case(case)
    assert [short(r) for r in readings] == case["read"]
    if len(case["read"]) == 1:
        assert [r.due.end if r.due else None for r in readings] == [case.get("due")]
    if "counts" in case:
        assert {r.unit for r in readings} == {case["counts"]}


def test_the_corpus_is_large_and_in_both_languages():
    assert len(CORPUS) >= 120
    assert sum(1 for c in CORPUS if c.get("comma")) >= 50
    assert {kind.value for kind in TARGET_KINDS} == {r.split()[0] for c in CORPUS for r in c["read"]}


def test_each_reading_says_what_it_would_mean_and_no_two_say_the_same():
    for case in CORPUS:
        said = [r.says for r in read_case(case)]
        assert all(said), case["text"]
        assert len(set(said)) == len(said), case["text"]


def test_percent_and_points_are_told_apart_with_an_example():
    percent, points = read_wording("Reduce by 30% by 2018", unit="%")
    assert percent.says == "a fall by 30% of the baseline: from 80% it would come to 56%"
    assert points.says == "a fall by 30 percentage points: from 80% it would come to 50%"


def test_more_people_can_be_their_number_or_their_share():
    number, percent, points = read_wording("8% more students in top two NAPLAN bands by 2019", unit="%")
    assert number.unit == "students in top two NAPLAN bands"
    assert "their number, not their share" in number.says
    assert (percent.change_unit, points.change_unit) == ("percent", "points")


def test_several_targets_in_one_wording_name_their_part():
    readings = read_wording("25.1% CAF or greater\n39.1% Civilians or greater by 2026", unit="%")
    assert [r.part for r in readings] == ["25.1% CAF or greater", "39.1% Civilians or greater by 2026"]
    assert {str(r.due) for r in readings} == {"2026"}


def test_a_year_is_never_taken_for_a_value():
    for year in (1998, 2016, 2026, 2050):
        for text in (f"{year}", f"Increase to {year}", f"Reduce by {year}", f"Top by {year}", f"80% by {year}"):
            assert not [r for r in read_wording(text, direction="up") if r.value == year], text


def test_a_very_long_text_is_no_wording():
    assert read_wording("at least 80% " * 100) == ()
    assert read_wording("at least 80%") != ()


PIECES = [
    "at least", "no more than", "80", "45%", "2018", "by", "reduce", "increase", "to", "de", "à", "d'ici", "-", "+",
    "1,000", "30 %", "points", "of", "between", "and", "entre", "et", "top", "million", "$", "TBD", "100%", "half", "(",
    ")", ";", "\n", "per", "year", "from", "fewer", "days", "within", "4", "mars", "2019-20", "one in five", "±", "",
    "exactly", "\ue100",
]  # fmt: skip


@given(
    st.one_of(st.text(max_size=700), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)),
    st.sampled_from([None, "%", "days", "$ million", "out of 5", ""]),
    st.sampled_from([None, "up", "down", "within", "sideways"]),
    st.booleans(),
)
def test_no_text_raises_an_error_and_every_reading_is_well_formed(
    text: str, unit: str | None, direction: str | None, comma: bool
):
    for r in read_wording(text, unit=unit, direction=direction, decimal_comma=comma):
        assert r.kind in {kind.value for kind in TARGET_KINDS}
        assert r.says
        assert r.change_unit in {None, *(unit.value for unit in CHANGE_UNITS)}
        assert (r.change_unit is not None) == (r.kind in {"rise", "fall"} and r.value is not None)
        assert (r.value_high is not None) == (r.kind == "between")
        if r.value_high is not None:
            assert r.value is not None
            assert r.value < r.value_high


@given(
    st.text(max_size=60), st.floats() | st.sampled_from([None, *Missing]), st.sampled_from([None, "fall", "between"])
)
def test_no_target_raises_an_error(wording: str, value: Amount, kind: str | None):
    goal = goal_of(Indicator(unit="%", target=Target(wording=wording, value=value, kind=kind)))
    assert (goal.open_question is None) == (goal.low is not None or goal.high is not None)
    assert in_words(goal, "%")
    assert status_of(goal, value, date(2018, 4, 30)) in Status


# --- goals: fields first, words fill what is empty ---------------------------------------------------------------


def goal(
    wording: str | None = None,
    *,
    unit: str | None = "%",
    direction: str | None = None,
    base: Amount = None,
    **fields: Any,
) -> Goal:
    target = Target(wording=wording, **fields)
    return goal_of(Indicator(unit=unit, direction=direction, baseline=Baseline(value=base), target=target))


def test_the_words_alone_make_a_goal():
    g = goal("At least 85% by March 2018")
    assert (g.kind, g.low, g.high, g.level) == ("at-least", 85.0, None, 85.0)
    assert g.due == read_period("March 2018")
    assert g.from_wording
    assert g.open_question is None
    assert g.contradiction is None


def test_the_fields_alone_make_a_goal():
    g = goal(kind="at-most", value=10.0, due=read_period("2018-03"))
    assert (g.low, g.high, g.level) == (None, 10.0, 10.0)
    assert not g.from_wording


def test_fields_come_first_and_words_fill_what_is_empty():
    g = goal("85% by March 2018", direction="up", value=85.0)
    assert (g.kind, g.low) == ("at-least", 85.0)
    assert str(g.due) == "March 2018"
    g = goal("85%", kind="at-most")  # the words leave open which side
    assert (g.kind, g.low, g.high) == ("at-most", None, 85.0)
    assert g.from_wording
    assert len(g.readings) == 1


def test_a_field_settles_an_ambiguous_wording():
    open_ = goal("Reduce by 30% by 2018", base=80.0)
    assert len(open_.readings) == 2
    assert (open_.kind, open_.low, open_.high) == ("fall", None, None)
    assert open_.change == (30.0, None)
    assert open_.open_question == "It is not said what the change is counted in."
    settled = goal("Reduce by 30% by 2018", base=80.0, change_unit="points")
    assert settled.high == 50.0
    assert settled.change == (30.0, "points")
    assert len(settled.readings) == 1


def test_choosing_percent_chooses_the_share_and_not_the_number_of_people():
    g = goal("5% fewer overweight or obese kids by 2025", base=20.0, change_unit="percent")
    assert len(g.readings) == 1
    assert g.high == 19.0


@pytest.mark.parametrize(
    ("wording", "unit", "base", "level"),
    [
        ("Reduce by 30%", "deaths", 20.0, 14.0),
        ("Increase by 10%", "visits", 1000.0, 1100.0),
        ("Increase by 500", "students", 2000.0, 2500.0),
        ("Increase by 5 percentage points", "%", 80.0, 85.0),
        ("Halve the rate", "%", 21.0, 10.5),
        ("Double the number", "visits", 7.0, 14.0),
        ("Reduce by a third", "days", 9.0, 6.0),
        ("Reduce by 10%", "% growth", -20.0, None),  # a share by its unit: percent or points
        ("Increase by 10%", "balance", -20.0, -18.0),  # ten percent better than a loss of 20
    ],
)
def test_a_change_is_counted_from_the_baseline(wording: str, unit: str, base: float, level: float | None):
    assert goal(wording, unit=unit, base=base).level == level


@pytest.mark.parametrize("base", [None, Missing.TO_BE_DETERMINED, Missing.NOT_APPLICABLE])
def test_a_change_from_an_unknown_start_stays_open(base: Amount):
    g = goal("Reduce by 30% by 2018", unit="deaths", base=base)
    assert (g.low, g.high, g.level) == (None, None, None)
    assert g.change == (30.0, "percent")
    assert g.open_question == "The target is a change from the baseline, and the baseline has no value yet."


def test_percent_of_zero_is_nothing():
    g = goal("Reduce by 30%", unit="deaths", base=0.0)
    assert g.level is None
    assert g.open_question == "A change in percent cannot be counted from a baseline of zero."
    assert goal("Reduce by 3", unit="deaths", base=0.0).high == -3.0


def test_a_range_has_two_limits_and_no_level():
    g = goal("between 45% and 60%")
    assert (g.low, g.high, g.level) == (45.0, 60.0, None)
    g = goal(kind="between", value=45.0, value_high=60.0)
    assert (g.low, g.high, g.level) == (45.0, 60.0, None)
    assert goal(value=45.0, value_high=60.0).kind == "between"


@pytest.mark.parametrize("high", [None, 40.0])
def test_half_a_range_stays_open(high: float | None):
    g = goal(kind="between", value=45.0, value_high=high)
    assert (g.low, g.high) == (None, None)
    assert g.open_question == "A range needs its lower and its upper value, in that order."


def test_without_a_direction_the_level_is_known_but_not_its_side():
    for g in (goal("85%"), goal(value=85.0)):
        assert (g.kind, g.low, g.high, g.level) == (None, None, None, 85.0)
        assert len(g.readings) == 2
        assert g.open_question == ("It is not said whether the value is the least or the most that counts as reached.")
    assert goal(value=85.0, direction="up").low == 85.0
    assert goal(value=85.0, direction="down").high == 85.0
    assert goal(value=7.0, direction="within").kind == "exactly"


@pytest.mark.parametrize(
    ("wording", "fields", "kind", "question"),
    [
        (None, {}, None, "There is no target yet."),
        ("World-class service", {}, None, "The words of the target say nothing that can be read as a number to reach."),
        ("TBD by March 2019", {}, "tbd", "The target is still to be decided."),
        (None, {"value": Missing.TO_BE_DETERMINED}, "tbd", "The target is still to be decided."),
        (
            None,
            {"value": Missing.NOT_APPLICABLE},
            "context",
            "No target is meant: the indicator is watched as context.",
        ),
        (None, {"kind": "context"}, "context", "No target is meant: the indicator is watched as context."),
        (
            "Publish the strategy",
            {},
            "milestone",
            "A milestone has no number: somebody has to say whether it was reached.",
        ),
        ("Year-over-year increase", {}, "rise", "It is said which way, but not how far."),
        (None, {"kind": "at-least"}, "at-least", "The value to reach is not given."),
        (None, {"kind": "fall", "value": 5.0}, "fall", "It is not said what the change is counted in."),
        (
            "80% by 2018 and 90% by 2020",
            {},
            None,
            "The wording holds several targets: give each an indicator of its own.",
        ),
    ],
)
def test_what_is_missing_is_said(wording: str | None, fields: dict[str, Any], kind: str | None, question: str):
    g = goal(wording, **fields)
    assert g.kind == kind
    assert g.open_question == question


def test_words_in_another_unit_make_no_number():
    g = goal("Reduce to 4 hours", unit="minutes")
    assert (g.high, g.level) == (None, None)
    assert g.contradiction == "The words count in “hours”, and the unit of the indicator is “minutes”."
    assert goal("Reduce to 4 hours", unit="hours per patient").high == 4.0
    assert goal("90% within 10 days", unit="days", direction="down").high is None
    assert goal("90% within 10 days", unit="share of requests", direction="up").low == 90.0


# --- contradictions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wording", "fields", "said"),
    [
        ("At least 85%", {"kind": "at-least", "value": 80.0}, "85% or more. The fields say: 80% or more."),
        ("At least 85%", {"kind": "at-most", "value": 85.0}, "85% or more. The fields say: 85% or less."),
        ("At most 85%", {"kind": "at-least"}, "85% or less. The fields say: no value or more."),
        ("TBD", {"kind": "at-least", "value": 80.0}, "still to be decided. The fields say: 80% or more."),
        ("85% or more", {"kind": "tbd"}, "85% or more. The fields say: still to be decided."),
        ("85%", {"value": 80.0}, "85% or more; or 85% or less. The fields say: 80% or more."),
    ],
)
def test_words_and_fields_that_cannot_both_be_right_are_named(wording: str, fields: dict[str, Any], said: str):
    assert goal(wording, direction="up", **fields).contradiction == f"The words say: {said}"


def test_two_due_dates_that_cannot_both_be_right_are_named():
    assert goal("80% by 2018", due=read_period("2020-03")).contradiction == (
        "By its words it is due by 31 December 2018, by its fields by 31 March 2020."
    )


@pytest.mark.parametrize(
    ("wording", "fields"),
    [
        ("At least 85%", {"kind": "at-least", "value": 85.0}),
        ("100% by 2017", {"kind": "exactly", "value": 100.0}),
        ("85%", {"kind": "at-most", "value": 85.0}),
        ("Year-over-year increase", {"kind": "rise", "value": 2.0, "change_unit": "points"}),
        ("Publish the strategy", {"kind": "milestone"}),
        ("World-class service", {"kind": "at-least", "value": 85.0}),
        ("Reduce by 30%", {"kind": "fall", "value": 30.0, "change_unit": "percent"}),
        ("80% by 2018", {"due": read_period("2018-03")}),
        ("80% by 2018", {"due": read_period("2018/19")}),
        ("80% before 1 April 2018", {"due": read_period("2018-04-01")}),
    ],
)
def test_words_and_fields_that_agree_are_left_in_peace(wording: str, fields: dict[str, Any]):
    assert goal(wording, direction="up", **fields).contradiction is None


def test_a_change_in_words_and_its_result_in_a_field_are_compared_by_the_baseline():
    assert goal("Reduce by 30%", unit="deaths", base=20.0, kind="at-most", value=14.0).contradiction is None
    assert goal("Reduce by 30%", unit="deaths", base=20.0, kind="at-most", value=15.0).contradiction
    assert goal("Reduce by 30%", unit="deaths", kind="at-most", value=15.0).contradiction is None  # nobody can tell


# --- in words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wording", "base", "said"),
    [
        ("At least 85%", None, "at least 85%"),
        ("under 5%", None, "at most 5%"),
        ("exactly 50%", None, "exactly 50%"),
        ("Top 5", None, "place 5 or better"),
        ("45-60%", None, "between 45% and 60%"),
        ("Reduce by 10 percentage points", 80.0, "at most 70% (a fall by 10 percentage points)"),
        ("Reduce by 10 percentage points", None, "a fall by 10 percentage points"),
        ("85%", None, "85% or more or 85% or less"),
        ("", None, "no target"),
    ],
)
def test_a_goal_in_words(wording: str, base: Amount, said: str):
    assert in_words(goal(wording, base=base), "%") == said


def test_the_settings_of_a_plan():
    assert settings_of(Plan()) == {"fiscal_start": 4, "decimal_comma": False}
    assert settings_of(Plan(language="fr", fiscal_year_start="7")) == {"fiscal_start": 7, "decimal_comma": True}
    assert goal_of(Indicator(target=Target(wording="112,000")), **settings_of(Plan(language="fr"))).level == 112.0


# --- status ------------------------------------------------------------------------------------------------------

MARCH = Period(date(2018, 3, 1), date(2018, 3, 31), "2018-03")
APRIL_END = date(2018, 4, 30)


@pytest.mark.parametrize(
    ("target", "actual", "status"),
    [
        (Goal("at-least", low=85.0, level=85.0, due=MARCH), 85.0, Status.MET),
        (Goal("at-least", low=85.0, level=85.0, due=MARCH), 84.9, Status.NOT_MET),
        (Goal("at-least", low=0.3, level=0.3, due=MARCH), 0.1 * 3, Status.MET),
        (Goal("at-least", low=0.3, level=0.3, due=MARCH), 0.1 + 0.1 + 0.0999999, Status.NOT_MET),
        (Goal("at-most", high=10.0, level=10.0, due=MARCH), 10.0, Status.MET),
        (Goal("at-most", high=10.0, level=10.0, due=MARCH), 10.1, Status.NOT_MET),
        (Goal("between", low=90.0, high=100.0, due=MARCH), 98.5, Status.MET),
        (Goal("between", low=90.0, high=100.0, due=MARCH), 85.61, Status.NOT_MET),
        (Goal("exactly", low=52.5, high=52.5, level=52.5, due=MARCH), 52.46, Status.MET),
        (Goal("exactly", low=52.5, high=52.5, level=52.5, due=MARCH), 52.56, Status.NOT_MET),
        (Goal("exactly", low=12.0, high=12.0, level=12.0, due=MARCH), 12.4, Status.MET),
        (Goal("exactly", low=100.0, high=100.0, level=100.0, due=MARCH), 99.6, Status.NOT_MET),
        (Goal("exactly", low=100.0, high=100.0, level=100.0, due=MARCH), 100.0, Status.MET),
        (Goal("exactly", low=0.0, high=0.0, level=0.0, due=MARCH), 0.4, Status.NOT_MET),
        (Goal("milestone", due=MARCH), 1.0, Status.NO_DATA),
        (Goal("tbd", due=MARCH), 50.0, Status.NO_TARGET),
        (Goal("rise", due=MARCH), 50.0, Status.NO_TARGET),
        (Goal(due=MARCH, level=85.0), 90.0, Status.NO_TARGET),
        (Goal(), 90.0, Status.NO_TARGET),
    ],
)
def test_a_target_that_is_due_is_judged_by_its_number(target: Goal, actual: float, status: Status):
    assert status_of(target, actual, APRIL_END) is status


@pytest.mark.parametrize("actual", [None, Missing.TO_BE_DETERMINED, Missing.NOT_APPLICABLE])
def test_a_missing_value_is_never_a_failure(actual: Amount):
    target = Goal("at-least", low=85.0, level=85.0, due=MARCH)
    assert status_of(target, actual, APRIL_END) is Status.NO_DATA
    assert status_of(target, actual, date(2018, 3, 30)) is Status.FUTURE


@pytest.mark.parametrize("actual", [90.0, 20.0, None])
def test_a_target_is_judged_when_it_is_due_and_not_before(actual: Amount):
    target = Goal("at-least", low=85.0, level=85.0, due=MARCH)
    assert status_of(target, actual, date(2018, 3, 30)) is Status.FUTURE
    assert status_of(attrs_without_due(target), actual, APRIL_END) is Status.FUTURE
    assert status_of(target, actual, date(2018, 3, 31)) is not Status.FUTURE  # its last day has come


def attrs_without_due(target: Goal) -> Goal:
    return Goal(target.kind, low=target.low, high=target.high, level=target.level)


@pytest.mark.parametrize(
    ("when", "due", "status"),
    [
        ("2017/18", "2018-04", Status.MET),  # no later year can have ended by the end of April
        ("2016/17", "2018-03", Status.NO_DATA),
        ("2018-03", "2018-03", Status.MET),
        ("2018-01", "2018-03", Status.NO_DATA),
        ("2017-Q4", "2018-02", Status.MET),
        ("2017", "2017/18", Status.MET),
        ("2018-05", "2018-03", Status.MET),
    ],
)
def test_a_value_from_long_before_the_due_date_says_nothing_of_it(when: str, due: str, status: Status):
    target = Goal("at-least", low=85.0, level=85.0, due=read_period(due))
    assert status_of(target, 90.0, date(2019, 1, 1), read_period(when)) is status
    assert status_of(target, 90.0, date(2019, 1, 1)) is Status.MET


def test_each_status_has_a_word_of_its_own():
    assert len({s.word for s in Status}) == len(Status)


# --- the history of a target -------------------------------------------------------------------------------------


def test_the_steps_of_a_target_that_changed():
    changes = (
        TargetChange(id="c2", day=date(2012, 4, 1), was_value=95.0, was_due=read_period("2012-03")),
        TargetChange(id="c1", day=date(2010, 6, 1), was_value=98.0, was_due=read_period("2004")),
        TargetChange(id="c3", was_value=50.0),  # no day: it cannot be placed
    )
    steps = target_steps(Indicator(changes=changes), Goal("at-least", low=92.0, level=92.0, due=MARCH))
    assert steps == [
        (None, 98.0, read_period("2004")),
        (date(2010, 6, 1), 95.0, read_period("2012-03")),
        (date(2012, 4, 1), 92.0, MARCH),
    ]


def test_a_step_of_unknown_level_is_kept_as_unknown():
    changes = (TargetChange(id="c1", day=date(2010, 6, 1), was="A good service"),)
    assert target_steps(Indicator(changes=changes), Goal("at-least", low=95.0, level=95.0)) == [
        (None, None, None),
        (date(2010, 6, 1), 95.0, None),
    ]


def test_no_level_no_steps():
    assert target_steps(Indicator(), Goal()) == []
    assert target_steps(Indicator(), Goal("at-least", low=95.0, level=95.0)) == [(None, 95.0, None)]

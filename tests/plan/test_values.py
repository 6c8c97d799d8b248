"""What people write is read as they mean it, or refused: never guessed."""

from datetime import date, timedelta
from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rdlib.plan.values import (
    Missing,
    NotReadError,
    Period,
    number,
    read_amount,
    read_day,
    read_missing,
    read_number,
    read_period,
    read_yes_no,
    squeeze,
)

SPACE, NO_BREAK, NARROW, THIN = " ", "\u00a0", "\u202f", "\u2009"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0.0), ("7", 7.0), ("-7", -7.0), ("\u22127", -7.0), ("\u20137", -7.0), ("+3", 3.0), (".5", 0.5),
        ("-.5", -0.5),
        ("12.5", 12.5), ("12,5", 12.5), ("0,125", 0.125), ("1234", 1234.0), ("1 234", 1234.0), ("1\u00a0234", 1234.0),
        ("1\u202f234,5", 1234.5), ("1\u2009234\u2009567", 1234567.0), ("1'234.5", 1234.5), ("1\u2019234", 1234.0),
        ("112,000", 112000.0), ("1,234,567", 1234567.0), ("1,234,567.8", 1234567.8), ("1.234.567", 1234567.0),
        ("1.234,5", 1234.5), ("1.234", 1.234), ("  42  ", 42.0), ("2018", 2018.0), ("007", 7.0),
    ],
)  # fmt: skip
def test_a_number_is_read(text: str, value: float):
    assert read_number(text) == value


def test_a_comma_and_three_digits_depend_on_the_language():
    assert read_number("1,234") == 1234.0
    assert read_number("1,234", decimal_comma=True) == 1.234
    assert read_number("-112,000", decimal_comma=True) == -112.0


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "+", ".", ",", "five", "12 %", "1 23", "1,23,456", "12-15", "1e3", "0x1f", "nan", "inf", "1/2", "½",
        "12.5.1",
        "1 234 56", "$5", "5 days", "1..2", "--5", "10 000 0", "12,", "12.", "(5)", "²", "1_000",
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused(text: str):
    with pytest.raises(NotReadError):
        read_number(text)


def test_a_percent_sign_is_read_only_where_the_unit_is_percent():
    assert read_number("85 %", unit="%") == 85.0
    assert read_number("85%", unit="%") == 85.0
    assert read_number("85", unit="%") == 85.0
    with pytest.raises(NotReadError, match='without a percent sign, since the unit here is "days"'):
        read_number("85 %", unit="days")
    with pytest.raises(NotReadError, match="the unit here is not given"):
        read_number("85%")
    with pytest.raises(NotReadError):
        read_number("%", unit="%")


def test_a_number_too_large_to_be_held_is_refused():
    assert read_number("9" * 300) == float("9" * 300)
    with pytest.raises(NotReadError):
        read_number("9" * 400)
    with pytest.raises(NotReadError):
        read_number("-" + "9" * 400 + ".5")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=20) | st.text(alphabet="0123456789.,' -+%\u00a0\u2212eE", max_size=14), st.booleans())
def test_any_text_is_a_number_or_is_refused(text: str, comma: bool):
    try:
        value = read_number(text, unit="%", decimal_comma=comma)
    except NotReadError as error:
        assert str(error)
    else:
        assert isfinite(value)


@settings(max_examples=300, deadline=None)
@given(st.integers(-(10**12), 10**12), st.sampled_from([SPACE, NO_BREAK, NARROW, THIN, ",", "'"]))
def test_whole_numbers_are_read_however_their_thousands_are_set_apart(value: int, separator: str):
    if separator == "," and 1000 <= abs(value) < 1_000_000:
        return  # one comma and three digits: the language decides, see above
    assert read_number(f"{value:,}".replace(",", separator)) == float(value)


@settings(max_examples=300, deadline=None)
@given(st.floats(-1e15, 1e15).map(lambda x: round(x, 4)), st.booleans())
def test_what_is_written_is_read_back(value: float, comma: bool):
    text = f"{value:.4f}"
    assert read_number(text) == float(text)
    if comma:
        assert read_number(text.replace(".", ",")) == float(text)


@pytest.mark.parametrize("text", ["N/A", "n/a", " NA ", "Not applicable", "s.o.", "S/O", "sans objet"])
def test_not_applicable_is_known(text: str):
    assert read_missing(text) is Missing.NOT_APPLICABLE
    assert read_amount(text) is Missing.NOT_APPLICABLE


@pytest.mark.parametrize("text", ["TBD", "tbc", "To be determined", "À déterminer", "a determiner"])
def test_to_be_determined_is_known(text: str):
    assert read_amount(text) is Missing.TO_BE_DETERMINED


def test_an_amount_is_a_number_or_knowingly_none():
    assert read_missing("nothing yet") is None
    assert read_amount("5") == 5.0
    assert number(5.0) == 5.0
    assert number(Missing.TO_BE_DETERMINED) is None
    assert number(None) is None
    with pytest.raises(NotReadError):
        read_amount("unknown")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", True),
        (" YES ", True),
        ("Oui", True),
        ("true", True),
        ("y", True),
        ("no", False),
        ("Non", False),
        ("faux", False),
    ],
)
def test_yes_and_no_are_read(text: str, value: bool):
    assert read_yes_no(text) is value


@pytest.mark.parametrize("text", ["", "maybe", "1", "0", "yes and no", "on"])
def test_anything_else_is_neither_yes_nor_no(text: str):
    with pytest.raises(NotReadError, match="yes or no"):
        read_yes_no(text)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2018", "2018-01-01", "2018-12-31"), ("2018-04", "2018-04-01", "2018-04-30"),
        ("2018-4", "2018-04-01", "2018-04-30"),
        ("2016-02", "2016-02-01", "2016-02-29"), ("2011-12", "2011-12-01", "2011-12-31"),
        ("2018-04-30", "2018-04-30", "2018-04-30"), ("2018-04-30T00:00:00Z", "2018-04-30", "2018-04-30"),
        ("April 2018", "2018-04-01", "2018-04-30"), ("avril 2018", "2018-04-01", "2018-04-30"),
        ("Sept. 2018", "2018-09-01", "2018-09-30"), ("30 April 2018", "2018-04-30", "2018-04-30"),
        ("1er juillet 2018", "2018-07-01", "2018-07-01"), ("April 30, 2018", "2018-04-30", "2018-04-30"),
        ("2018-Q2", "2018-04-01", "2018-06-30"), ("2018 q4", "2018-10-01", "2018-12-31"),
        ("Q1 2018", "2018-01-01", "2018-03-31"),
        ("2018/19", "2018-04-01", "2019-03-31"), ("2018-19", "2018-04-01", "2019-03-31"),
        ("FY 2018/2019", "2018-04-01", "2019-03-31"),
        ("2018/19 Q1", "2018-04-01", "2018-06-30"), ("2018/19 Q4", "2019-01-01", "2019-03-31"),
        ("1999/00", "1999-04-01", "2000-03-31"),
        ("2018-W01", "2018-01-01", "2018-01-07"), ("2018w14", "2018-04-02", "2018-04-08"),
        ("31/12/2018", "2018-12-31", "2018-12-31"), ("04/04/2018", "2018-04-04", "2018-04-04"),
        ("31.12.2018", "2018-12-31", "2018-12-31"),
    ],
)  # fmt: skip
def test_a_period_is_read(text: str, start: str, end: str):
    period = read_period(text)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)
    assert str(period) == squeeze(text)


def test_the_fiscal_year_starts_where_the_plan_says():
    assert read_period("2018/19", fiscal_start=7).start == date(2018, 7, 1)
    assert read_period("2018/19 Q4", fiscal_start=7) == Period(date(2019, 4, 1), date(2019, 6, 30))
    assert read_period("2018/19", fiscal_start=1) == Period(date(2018, 1, 1), date(2018, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "18", "2018-13", "2018-02-30", "2018/20", "2018-Q5", "2018-W54", "31 June 2018", "31/31/2018",
        "0000",
        "2018-04-30 12:00", "spring 2018", "2018-2019-2020", "April", "30 April", "Q1", "9999/00",
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused_and_says_what_is_accepted(text: str):
    with pytest.raises(NotReadError, match="a fiscal year"):
        read_period(text)


def test_a_date_with_two_readings_is_refused_and_both_are_named():
    with pytest.raises(NotReadError, match="2018-04-03 or 2018-03-04"):
        read_period("03/04/2018")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=16) | st.text(alphabet="0123456789-/ QqWwFYTtz:.,apriluinméj", max_size=16), st.integers(1, 12))
def test_any_text_is_a_period_or_is_refused(text: str, fiscal_start: int):
    try:
        period = read_period(text, fiscal_start=fiscal_start)
    except NotReadError as error:
        assert str(error)
    else:
        assert period.start <= period.end
        assert period.days >= 1


@settings(max_examples=300, deadline=None)
@given(st.dates(date(1, 1, 1), date(9998, 12, 31)))
def test_a_day_and_its_month_and_year_are_read_back(day: date):
    assert read_day(day.isoformat()) == day
    assert read_period(day.isoformat()) == Period(day, day)
    month = read_period(f"{day.year:04}-{day.month:02}")
    assert month.start <= day <= month.end
    assert month.start.day == 1
    assert (month.end + timedelta(days=1)).day == 1
    assert read_period(f"{day.year:04}").days in (365, 366)
    week = day.isocalendar()
    assert read_period(f"{week.year:04}-W{week.week:02}").start <= day


@pytest.mark.parametrize("text", ["2018", "2018-04", "soon", "03/04/2018"])
def test_a_longer_period_is_no_day(text: str):
    with pytest.raises(NotReadError, match=r"one day|2018-04-03"):
        read_day(text)


def test_periods_are_equal_by_their_days_however_they_are_written():
    assert read_period("2018-04") == read_period("April 2018")
    assert read_period("2018-04") != read_period("2018-05")
    assert str(Period(date(2018, 4, 1), date(2018, 4, 30))) == "2018-04-01"


def test_every_kind_of_space_is_squeezed():
    assert squeeze("\u00a0a \u2009\t\n b\u202f") == "a b"

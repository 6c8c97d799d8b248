"""Amounts of money written for people, and fiscal years, in the way of one plan (Rule 6)."""

from __future__ import annotations

from datetime import date, timedelta

from rdlib.plan.plan import Plan
from rdlib.plan.values import Period, read_period
from rdlib.rules.targets import settings_of
from rdlib.words import NO_BREAK_SPACE, _, format_number


def _sign(plan: Plan) -> str:
    sign = (plan.currency or "").strip() or "$"
    return f"{sign}{NO_BREAK_SPACE}" if sign[-1].isalpha() else sign


def money(value: float, plan: Plan) -> str:
    r"""Write an amount of a plan with its currency, and with its scale in words.

    Args:
        value: the amount, in the scale of the plan.
        plan: the plan.

    >>> money(12.5, Plan(currency="£")), money(12.5, Plan(currency="CAD", money_scale="thousands"))
    ('£12.5 million', 'CAD\xa012\u2009500')
    """
    scale = plan.money_scale or "millions"
    if scale == "millions":
        return _("{currency}{number} million").format(currency=_sign(plan), number=format_number(value))
    number = format_number(value * 1000 if scale == "thousands" else value, decimals=0)
    return _("{currency}{number}").format(currency=_sign(plan), number=number)


def money_unit(plan: Plan) -> str:
    """Return the unit of the amounts of a plan, for the head of a column.

    >>> money_unit(Plan(currency="£")).replace(NO_BREAK_SPACE, " ")
    '£ million'
    """
    words = {"millions": _("million"), "thousands": _("thousand")}.get(plan.money_scale or "millions", "")
    return f"{_sign(plan).strip()}{NO_BREAK_SPACE}{words}".strip()


def fiscal_year(day: date, plan: Plan) -> Period:
    """Return the fiscal year of a plan that a day lies in.

    >>> str(fiscal_year(date(2027, 3, 31), Plan()))
    '2026/27'
    """
    start = settings_of(plan)["fiscal_start"]
    year = day.year if day.month >= start else day.year - 1
    return read_period(f"{year}/{(year + 1) % 100:02d}", fiscal_start=start)


def fiscal_years(start: date, end: date, plan: Plan, least: int = 90) -> list[Period]:
    """Return the fiscal years that a stretch of time covers for so many days at least, or for all of its own days.

    >>> [str(year) for year in fiscal_years(date(2026, 5, 1), date(2027, 4, 30), Plan())]
    ['2026/27']
    """
    found, year = [], fiscal_year(start, plan)
    least = min(least, (end - start).days + 1)
    while year.start <= end:
        if (min(end, year.end) - max(start, year.start)).days + 1 >= least:
            found.append(year)
        year = fiscal_year(year.end + timedelta(days=1), plan)
    return found

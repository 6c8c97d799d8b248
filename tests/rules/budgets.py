"""A priority whose budget leaves nothing to be desired, to change one thing at a time from."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from rdlib.plan.coalition import COALITION, Member
from rdlib.plan.money import (
    CONDITIONS,
    COSTS,
    DELIVERY_COSTS,
    DELIVERY_LINES,
    FUNDING,
    IMPACTS,
    LIMITS,
    OWN_PICKS,
    VERSIONS,
    WEIGHTS,
    Condition,
    Cost,
    DeliveryCost,
    ExpectedImpact,
    Funding,
    Limit,
    OwnPick,
    SmallerVersion,
)
from rdlib.plan.priority import Priority
from rdlib.plan.values import read_period
from tests.rules import strategies

YEARS = tuple(read_period(y) for y in ("2017/18", "2018/19", "2019/20"))


def cost(id_: str, strategy: str, year: int, amount: float, funded: float | None = None, **more: Any) -> Cost:
    """What a strategy costs in one of the three years; funded where nothing is said."""
    given = {"kind": "people", "firmness": "worked-out", "source": "Finance branch, May 2018", **more}
    return Cost(id_, strategy, YEARS[year], amount=amount, funded=amount if funded is None else funded, **given)


GOOD: dict[str, tuple[Any, ...]] = {
    COSTS.key: (
        cost("c1", "s1", 0, 4.0),
        cost("c2", "s1", 1, 6.0),
        cost("c3", "s2", 1, 10.0),
        cost("c4", "s2", 2, 20.0),
        cost("c5", "s3", 1, 12.0),
    ),
    IMPACTS.key: (
        ExpectedImpact("x1", "s1", "i1", 4.0, 6.0, 7.0, "Three hospitals"),
        ExpectedImpact("x2", "s2", "i1", 2.0, 5.0, 6.0, "Own figures"),
        ExpectedImpact("x3", "s3", "i1", 0.0, 1.0, 2.0, "A guess"),
    ),
    LIMITS.key: (Limit("l1", amount=46.0, source="Letter of May"),),
    VERSIONS.key: (SmallerVersion("v1", "s2", "In ten hospitals", 50.0, 60.0),),
    CONDITIONS.key: (Condition("k1", "s1", "at-least", why="Begun in January"),),
    OWN_PICKS.key: (OwnPick("p1", "s1"), OwnPick("p2", "s2")),
    DELIVERY_COSTS.key: tuple(
        DeliveryCost(f"d{n}{year}", choice.value, YEARS[year], 0.5, 0.5, "As last year")
        for n, choice in enumerate(DELIVERY_LINES)
        for year in range(3)
    ),
    FUNDING.key: (
        Funding(
            "f1",
            "Training money of two branches",
            "reallocation",
            4.0,
            needed_by=date(2019, 4, 1),
            status="asked",
            asked_on=date(2018, 6, 1),
            gives_way="Two courses less; the branches were told in May",
            owner="Head of finance",
            helpers=("m1",),
        ),
    ),
    COALITION.key: (
        Member("m1", name="Head of spending", standing="current", money=True, formal="3"),
        Member("m2", name="A professor", standing="potential", money=False),
    ),
}


def budget(**parts: Any) -> Priority:
    """The good budget, with some of its parts replaced."""
    base = strategies.priority()
    return attrs.evolve(base, parts={**base.parts, **GOOD, **parts})


def with_row(part: str, id_: str, **changes: Any) -> Priority:
    """The good budget with one row changed."""
    rows = (attrs.evolve(row, **changes) if row.id == id_ else row for row in GOOD[part])
    return budget(**{part: tuple(rows)})


def with_rows(part: str, *rows: Any) -> Priority:
    """The good budget with rows added to a part."""
    return budget(**{part: (*GOOD.get(part, ()), *rows)})


def without(*parts: str) -> Priority:
    """The good budget without some of its parts."""
    return budget(**dict.fromkeys(parts, ()))


__all__ = [
    "GOOD",
    "WEIGHTS",
    "YEARS",
    "budget",
    "cost",
    "with_row",
    "with_rows",
    "without",
]

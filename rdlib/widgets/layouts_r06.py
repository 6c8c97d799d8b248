"""What the exercises of rule 6 ask for."""

from __future__ import annotations

from collections.abc import Callable

from rdlib.plan.money import (
    CONDITIONS,
    COSTS,
    DELIVERY_COSTS,
    FUNDING,
    IMPACTS,
    LIMITS,
    OWN_PICKS,
    VERSIONS,
    WEIGHTS,
)
from rdlib.widgets.sheet import Block, Table
from rdlib.words import _

Blocks = list[Block | Table]


def _costs(here: str) -> Blocks:
    columns = ("strategy", "kind", "year", "amount", "firmness", "funded", "source")
    estimates = ("strategy", "indicator", "low", "middle", "high", "basis")
    return [
        Block(
            "plan", ("currency", "money_scale", "fiscal_year_start"), title=_("How amounts are written in this plan")
        ),
        Table(f"{here}/{COSTS.key}", columns, as_cards=False),
        Table(
            f"{here}/{IMPACTS.key}",
            estimates,
            title=_("What they are expected to move, where no path (5.5) says so"),
            as_cards=False,
        ),
    ]


def _allocation(here: str) -> Blocks:
    return [
        Table(f"{here}/{LIMITS.key}", ("year", "amount", "source"), as_cards=False),
        Table(f"{here}/{VERSIONS.key}", ("strategy", "name", "cost_share", "impact_share"), as_cards=False),
        Table(f"{here}/{CONDITIONS.key}", ("strategy", "rule", "other", "version", "why"), as_cards=False),
        Table(f"{here}/{OWN_PICKS.key}", ("strategy", "version", "why"), as_cards=False),
        Table(f"{here}/{WEIGHTS.key}", ("indicator", "weight", "why"), as_cards=False),
    ]


def _delivery(here: str) -> Blocks:
    return [Table(f"{here}/{DELIVERY_COSTS.key}", ("line", "year", "amount", "funded", "note"), as_cards=False)]


def _funding(here: str) -> Blocks:
    names = (
        *("name", "route", "amount", "pays_for", "needed_by", "months", "status", "asked_on"),
        *("gives_way", "owner", "helpers", "ask"),
    )
    return [Table(f"{here}/{FUNDING.key}", names, as_cards=True)]


LAYOUTS: dict[str, Callable[[str], Blocks]] = {
    "6.1": _costs,
    "6.2": _allocation,
    "6.3": _delivery,
    "6.4": _funding,
}

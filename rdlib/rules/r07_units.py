"""Rule 7, tool 7.5: units (districts, hospitals) by indicators, for the heat map of a stocktake.

Where an indicator has a target with a number, a unit is held against it; where it has none but a better direction, the
units are put into quarters, and the words say so. Where neither is known, the values stand alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs

from rdlib.plan.indicator import Indicator
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.values import Period
from rdlib.rules import trend
from rdlib.rules.headline import meets
from rdlib.rules.r02_smart import goal
from rdlib.rules.r04_candidates import carries_target
from rdlib.rules.registry import Context
from rdlib.rules.targets import Goal

#: A unit that is short of the target by no more than this share of it is just short. Our threshold.
NEAR = 0.05
#: A unit that is short by more than this share of the target is far short. Our threshold.
FAR = 0.20
#: Fewer units than this are not put into quarters. Our threshold.
FEWEST = 8


@attrs.frozen
class Column:
    """One indicator of a map.

    Attributes:
        priority: the priority that it belongs to.
        indicator: the indicator.
        when: the period of the values.
        aim: its target; None where the units are compared with each other.
        values: the value of each unit that has one.
        levels: 4 to 1 for each unit that can be judged: against the target, or by quarters.
    """

    priority: Priority
    indicator: Indicator
    when: Period
    aim: Goal | None
    values: Mapping[str, float]
    levels: Mapping[str, int]


@attrs.frozen
class UnitMap:
    """Units of one kind by indicators.

    Attributes:
        called: what the units are called together, such as "district".
        units: their names, those that need attention first.
        columns: the indicators.
    """

    called: str
    units: tuple[str, ...]
    columns: tuple[Column, ...]


def level_of(value: float, aim: Goal) -> int | None:
    """Return how a value stands against a target: 4 meets it, 3 just short, 2 short, 1 far short.

    >>> aim = Goal("at-least", low=95.0, level=95.0)
    >>> [level_of(value, aim) for value in (95.0, 91.0, 80.0, 70.0)]
    [4, 3, 2, 1]
    """
    met = meets(value, aim)
    if met is None:
        return None
    if met:
        return 4
    edge = aim.low if aim.low is not None and value < aim.low else aim.high
    if not edge:
        return 2
    share = abs(value - edge) / abs(edge)
    return 3 if share <= NEAR else 2 if share <= FAR else 1


def _quarters(values: Mapping[str, float], way: str | None) -> dict[str, int]:
    """Put units into quarters, the best quarter first: 4 to 1; ties stand together in the better one."""
    if way is None or len(values) < FEWEST:
        return {}
    sign = 1 if way == "up" else -1
    better = {unit: sum(1 for other in values.values() if sign * other > sign * v) for unit, v in values.items()}
    return {unit: 4 - min(3, 4 * n // len(values)) for unit, n in better.items()}


def _column(priority: Priority, indicator: Indicator, context: Context) -> Column | None:
    found = trend.latest_units(indicator, as_of=context.as_of)
    if found is None:
        return None
    when, values = found
    aim: Goal | None = goal(indicator, context)
    if aim is not None and carries_target(indicator) and _comparable(indicator, values, when, aim):
        levels = {unit: level for unit, value in values.items() if (level := level_of(value, aim)) is not None}
    else:
        aim, levels = None, _quarters(values, trend.better_way(indicator))
    return Column(priority, indicator, when, aim, values, levels)


def _comparable(indicator: Indicator, values: Mapping[str, float], when: Period, aim: Goal) -> bool:
    """Whether units can be held against the target of the whole: not where that is a total of them."""
    if aim.low is None and aim.high is None:
        return False
    whole = next((value for period, value in trend.whole_series(indicator) if period == when), None)
    return whole is None or min(values.values()) <= whole <= max(values.values())


def unit_maps(plan: Plan, as_of: date) -> tuple[UnitMap, ...]:
    """Return a map for each kind of unit that the indicators of a plan are broken down by.

    Source: Rule 7, tool 7.5, and its case: rows are districts, columns indicators.

    Args:
        plan: the plan.
        as_of: only values whose period was over on this day are shown.

    >>> unit_maps(Plan(), date(2027, 5, 20))
    ()
    """
    context = Context(plan, as_of)
    found: dict[str, list[Column]] = {}
    for priority in plan.priorities:
        for indicator in priority.indicators:
            if (column := _column(priority, indicator, context)) is not None:
                called = trend.unit_breakdown(indicator)[0].strip() or "unit"
                found.setdefault(called.casefold(), []).append(column)
    maps = []
    for called, columns in found.items():
        units = {unit for column in columns for unit in column.values}
        maps.append(UnitMap(called, tuple(sorted(units, key=lambda unit: _attention(unit, columns))), tuple(columns)))
    return tuple(maps)


def _attention(unit: str, columns: list[Column]) -> tuple[float, float, str]:
    """What rows are sorted by: the lower the levels on average the earlier, then the first value, then the name."""
    levels = [column.levels[unit] for column in columns if unit in column.levels]
    first = columns[0]
    sign = -1 if trend.better_way(first.indicator) == "down" else 1
    value = first.values.get(unit)
    return sum(levels) / len(levels) if levels else 5.0, sign * value if value is not None else float("inf"), unit

"""What the workbook of rule 5 shows of profiles, benchmarks and trajectories: pictures, and steps to take over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from rdlib.figures.html import paragraphs
from rdlib.figures.records import none_yet
from rdlib.figures.rule05_plan import (
    effects_table,
    milestones_table,
    minimum_note,
    path_table,
    profile_page,
    profiles_table,
    resources_table,
)
from rdlib.plan import cases
from rdlib.plan.indicator import Indicator
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES
from rdlib.rules.r04_candidates import chosen, live
from rdlib.rules.r05_benchmarks import hold
from rdlib.rules.r05_estimates import has_effects
from rdlib.rules.r05_trajectory import trajectory as path_of
from rdlib.rules.registry import Context
from rdlib.widgets import workspace
from rdlib.widgets.offer import Offer
from rdlib.widgets.workbook import Face, following, own_picture, plainly
from rdlib.words import _


def _in_case(case: str, priority_id: str) -> tuple[Priority, Context]:
    plan = cases.model(case)
    priority = plan.priority(priority_id)
    if priority is None:
        raise KeyError(f"{case} has no priority {priority_id}")
    return priority, Context(plan, cases.as_of(case))


def worked_profile(case: str, priority_id: str, strategy_id: str) -> Face:
    """Show the profile of a strategy of a case on one page (Rule 5, tool 5.1).

    Raises:
        KeyError: the case has no such strategy.
    """
    priority, context = _in_case(case, priority_id)
    for strategy in STRATEGIES.read(priority):
        if strategy.id == strategy_id:
            return Face(profile_page(strategy, priority, context) + minimum_note())
    raise KeyError(f"{case} has no strategy {priority_id}/{strategy_id}")


def worked_trajectory(case: str, priority_id: str, indicator_id: str) -> Face:
    """Show the trajectory of an indicator of a case: the picture, and the path in numbers (Rule 5, tool 5.5).

    Raises:
        KeyError: the case has no such indicator.
    """
    priority, context = _in_case(case, priority_id)
    indicator = priority.indicator(indicator_id)
    if indicator is None:
        raise KeyError(f"{case} has no indicator {priority_id}/{indicator_id}")
    return Face(_trajectory(indicator, priority, context))


def worked_benchmarks(case: str, priority_id: str, indicator_id: str) -> Face:
    """Show the four comparisons of a target of a case: the picture, and what each says (Rule 5, tool 5.4).

    Raises:
        KeyError: the case has no such indicator.
    """
    priority, context = _in_case(case, priority_id)
    indicator = priority.indicator(indicator_id)
    if indicator is None:
        raise KeyError(f"{case} has no indicator {priority_id}/{indicator_id}")
    return Face(_benchmarks(indicator, priority, context))


def _trajectory(indicator: Indicator, priority: Priority, context: Context) -> str:
    from rdlib.figures.chart_trajectory import trajectory_chart

    path = path_of(indicator, priority, context)
    return trajectory_chart(path, as_of=context.as_of, plan=context.plan) + path_table(path)


def _benchmarks(indicator: Indicator, priority: Priority, context: Context) -> str:
    from rdlib.figures.chart_benchmarks import benchmark_chart, benchmark_table

    held = hold(indicator, priority, context)
    return benchmark_chart(held, context) + benchmark_table(held) if held else ""


def _profiles(priority: Priority, plan: Plan) -> str:
    context = Context(plan, date.today())
    pages = "".join(profile_page(s, priority, context) for s in chosen(priority) or live(priority))
    return profiles_table(priority, context) + pages


@plainly
def profiles() -> Any:
    """Show how far the profiles of the reader's own strategies are, and each on a page (Rule 5, tool 5.1)."""
    return own_picture(_profiles)


def _milestones(priority: Priority, plan: Plan) -> str:
    return milestones_table(live(priority), plan, date.today()) + resources_table(priority)


@plainly
def milestones() -> Any:
    """Show the milestones of all strategies in the order of time, and what they take (Rule 5, tool 5.1)."""
    return own_picture(_milestones)


_One = Callable[[Indicator, Priority, Context], str]


def _picture(draw: Callable[[Priority, Context], str], case: str) -> Any:
    """Show a picture of the open priority of the reader's own plan, or of the reader's copy of a case."""
    store = workspace.practice_store(case) if case else workspace.own_store()

    def drawn() -> str:
        plan = store.read().plan
        priority = plan.priority(workspace.open_priority(store) or "")
        context = Context(plan, cases.as_of(case) if case else date.today())
        return draw(priority, context) if priority else ""

    return following(store, drawn)


def _for_each(draw: _One, wanted: Callable[[Indicator], bool]) -> Callable[[Priority, Context], str]:
    """Draw something for each indicator; a chart takes a moment, so it is drawn again only after a change."""
    drawn: dict[str, str] = {}

    def shown(priority: Priority, context: Context) -> str:
        fresh = {}
        settings = (context.plan.fiscal_year_start, context.plan.language, context.as_of)
        for indicator in filter(wanted, priority.indicators):
            key = repr((indicator, STRATEGIES.read(priority), settings))
            fresh[key] = drawn.get(key) or draw(indicator, priority, context)
        drawn.clear()
        drawn.update(fresh)
        return "".join(fresh.values())

    return shown


@plainly
def benchmarks(case: str = "") -> Any:
    """Show targets with their four comparisons (Rule 5, tool 5.4).

    Args:
        case: a case whose practice copy is shown; left out, the reader's own plan.
    """
    drawn = _for_each(_benchmarks, lambda _indicator: True)
    return _picture(lambda priority, context: drawn(priority, context) or none_yet(_("Targets with a number")), case)


@plainly
def trajectory(case: str = "") -> Any:
    """Show trajectories, and what they are summed from (Rule 5, tool 5.5).

    Args:
        case: a case whose practice copy is shown; left out, the reader's own plan.
    """
    drawn = _for_each(_trajectory, has_effects)
    return _picture(lambda priority, context: effects_table(priority, context.plan) + drawn(priority, context), case)


@plainly
def steps(case: str = "") -> Any:
    """Offer the computed paths as intermediate targets; the reader takes them over, or does not (Rule 5, tool 5.5).

    Args:
        case: a case whose practice copy is filled in; left out, the reader's own plan.
    """
    if workspace.is_static():
        return Face(
            f'<div class="rd">{paragraphs(_("Each computed path is offered here, when this page runs."))}</div>'
        )
    store = workspace.practice_store(case) if case else workspace.own_store()
    as_of = cases.as_of(case) if case else date.today()
    return Offer(store, as_of, _("Intermediate targets from the path"))

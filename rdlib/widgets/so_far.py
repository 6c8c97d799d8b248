"""What the workbook of the plan so far shows: the whole plan, each priority, the pictures that exist, the next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from rdlib.figures.html import e, inline
from rdlib.figures.progress import next_step_box, progress_table, rule_map, verdicts
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules.progress import Progress, next_step, title_of, whole_plan
from rdlib.rules.registry import Context
from rdlib.widgets import workspace
from rdlib.widgets.workbook import following, plainly
from rdlib.words import _

#: Draws the pictures of one priority: the plan's folder, the plan, the priority, the day.
Pictures = Callable[[Path, Plan, Priority, date], str]


def _show(draw: Callable[[Plan, tuple[Progress, ...]], str]) -> Any:
    store = workspace.own_store()

    def drawn() -> str:
        plan = store.read().plan
        return f'<div class="rd">{draw(plan, whole_plan(plan, Context(plan, date.today())))}</div>'

    return following(store, drawn)


@plainly
def next_best_step() -> Any:
    """Show the one thing to do next in the whole plan, why, and where."""
    return _show(lambda plan, several: next_step_box(next_step(several), plan))


@plainly
def how_far() -> Any:
    """Show how far each priority has come, rule by rule, and what is done on the plan as a whole."""

    def draw(plan: Plan, several: tuple[Progress, ...]) -> str:
        whole, *priorities = several
        first = rule_map(priorities, _("How far each priority has come")) if priorities else _no_priority()
        return first + progress_table([whole], _("The plan as a whole"))

    return _show(draw)


@plainly
def each_priority() -> Any:
    """Show for each priority what to look at again, what is missing, weak and strong."""

    def draw(plan: Plan, several: tuple[Progress, ...]) -> str:
        parts = []
        for each in several:
            said = verdicts(each, plan)
            if said or each.subject is not plan:
                nothing = f'<p class="rd-empty">{e(_("Nothing was found here yet."))}</p>'
                parts.append(f"<h4>{inline(each.title)}</h4><p>{e(each.in_words)}</p>{said or nothing}")
        return "".join(parts)

    return _show(draw)


@plainly
def all_pictures(pictures: Pictures) -> Any:
    """Show the pictures of each priority that exist by now.

    Args:
        pictures: draws those of one priority (:func:`rdlib.reports.pictures.pictures`).
    """
    folder = Path(workspace.own_store().folder)

    def draw(plan: Plan, several: tuple[Progress, ...]) -> str:
        drawn = (f"<h4>{inline(title_of(p))}</h4>{pictures(folder, plan, p, date.today())}" for p in plan.priorities)
        return "".join(drawn) or _no_priority()

    return _show(draw)


def _no_priority() -> str:
    return f'<p class="rd-empty">{e(_("The plan has no priority yet."))}</p>'

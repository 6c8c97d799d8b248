"""What the workbook of the plan so far shows: the whole plan, each priority, the pictures that exist, the next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from rdlib.figures.html import e, inline
from rdlib.figures.progress import next_step_box, progress_table, rule_map, verdicts
from rdlib.plan import cases
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules.progress import Progress, next_step, title_of, whole_plan
from rdlib.rules.registry import Context
from rdlib.widgets import workspace
from rdlib.widgets.workbook import Face, following, plainly
from rdlib.words import _

#: Draws the pictures of one priority: the plan's folder, the plan, the priority, the day.
Pictures = Callable[[Path, Plan, Priority, date], str]


def _show(draw: Callable[[Plan, tuple[Progress, ...], Path, date], str], case: str = "") -> Any:
    """Draw from the reader's own plan, and follow it; or from the model plan of a case, which stays as it is."""

    def drawn(plan: Plan, folder: Path, day: date) -> str:
        return f'<div class="rd">{draw(plan, whole_plan(plan, Context(plan, day)), folder, day)}</div>'

    if case:
        return Face(drawn(cases.model(case), cases.folder(case) / "plan", cases.as_of(case)))
    store = workspace.own_store()
    return following(store, lambda: drawn(store.read().plan, Path(store.folder), date.today()))


@plainly
def next_best_step(case: str = "") -> Any:
    """Show the one thing to do next in the whole plan, why, and where.

    Args:
        case: a case whose model plan is shown; left out, the reader's own plan.
    """
    return _show(lambda plan, several, _folder, _day: next_step_box(next_step(several), plan), case)


@plainly
def how_far(case: str = "") -> Any:
    """Show how far each priority has come, rule by rule, and what is done on the plan as a whole.

    Args:
        case: a case whose model plan is shown; left out, the reader's own plan.
    """

    def draw(plan: Plan, several: tuple[Progress, ...], _folder: Path, _day: date) -> str:
        whole, *priorities = several
        first = rule_map(priorities, _("How far each priority has come")) if priorities else _no_priority()
        return first + progress_table([whole], _("The plan as a whole"))

    return _show(draw, case)


@plainly
def each_priority() -> Any:
    """Show for each priority what to look at again, what is missing, weak and strong."""

    def draw(plan: Plan, several: tuple[Progress, ...], _folder: Path, _day: date) -> str:
        parts = []
        for each in several:
            said = verdicts(each, plan)
            if said or each.subject is not plan:
                nothing = f'<p class="rd-empty">{e(_("Nothing was found here yet."))}</p>'
                parts.append(f"<h4>{inline(each.title)}</h4><p>{e(each.in_words)}</p>{said or nothing}")
        return "".join(parts)

    return _show(draw)


@plainly
def all_pictures(pictures: Pictures, case: str = "") -> Any:
    """Show the pictures of each priority that exist by now.

    Args:
        pictures: draws those of one priority (:func:`rdlib.reports.pictures.pictures`).
        case: a case whose model plan is shown; left out, the reader's own plan.
    """

    def draw(plan: Plan, _several: tuple[Progress, ...], folder: Path, day: date) -> str:
        drawn = (f"<h4>{inline(title_of(p))}</h4>{pictures(folder, plan, p, day)}" for p in plan.priorities)
        return "".join(drawn) or _no_priority()

    return _show(draw, case)


def _no_priority() -> str:
    return f'<p class="rd-empty">{e(_("The plan has no priority yet."))}</p>'

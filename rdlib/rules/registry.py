"""The exercises of the kit, by the stable id of their tool (``2.1``, ``5.3`` ...).

One registry says for each tool what it is called, where a learner does it, which part of the plan it fills, how it is
judged, and which section of the report shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

import attrs

from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules import staleness
from rdlib.rules.brought import brought
from rdlib.rules.findings import Finding, FindingKind
from rdlib.words import _


@attrs.frozen
class Context:
    """What a check may look at beside the priority itself.

    Attributes:
        plan: the plan that the priority belongs to.
        as_of: the day for which it is judged; nothing after it is held against a plan.
    """

    plan: Plan
    as_of: date


def day_of(plan: Plan, today: date) -> tuple[date, str]:
    """Return the day for which a plan is judged where nobody names one, and why it is not today.

    A plan whose mandate is over tells of the past: it is judged for the end of its mandate, or for its last assessment
    where that came later.

    >>> day_of(Plan(mandate_end=date(2005, 5, 5)), date(2026, 11, 22))
    (datetime.date(2005, 5, 5), "the end of the plan's mandate")
    >>> day_of(Plan(mandate_end=date(2029, 10, 20)), date(2026, 11, 22))
    (datetime.date(2026, 11, 22), '')
    """
    if plan.mandate_end is None or plan.mandate_end >= today:
        return today, ""
    days = [a.day for p in plan.priorities for a in p.assessments if a.day is not None and a.day <= today]
    last = max(days, default=plan.mandate_end)
    if last > plan.mandate_end:
        return last, _("the day of its last assessment")
    return plan.mandate_end, _("the end of the plan's mandate")


#: What an exercise is done on: one priority, or the plan as a whole.
Subject = Priority | Plan
# An exercise's functions take the subject that its `scope` names; a rule writes them for Priority or for Plan alone.
Check = Callable[[Any, Context], list[Finding]]
Attempted = Callable[[Any, Context], bool]


@attrs.frozen(kw_only=True)
class Exercise:
    """One tool of the method, as an exercise.

    Attributes:
        id: the id of the tool.
        title: its name.
        rule: the rule (0 to 10) that it belongs to.
        workbook: file name of the workbook that holds it.
        section: the section of the priority report that shows its result (the anchor on the page).
        about: what it is for, in a sentence or two.
        minutes: how long a learner needs, as a rule.
        kinds: the kinds of finding that its check can return.
        attempted: whether anything has been entered for it yet.
        check: the check itself; asked only when it was attempted.
        scope: what it is done on, and what ``attempted`` and ``check`` are given: a priority, or the whole plan.
        hints: hints in steps, from a nudge to nearly the answer.
        case: the case under ``exercises/`` that it practises on; empty where it is done on the reader's own plan.
        private: whether its findings say of people what is not for a report that circulates; they stay in the workbook.
    """

    id: str
    title: str
    rule: int
    workbook: str
    section: str
    about: str
    minutes: int
    kinds: tuple[FindingKind, ...]
    attempted: Attempted
    check: Check
    scope: type[Subject] = Priority
    hints: tuple[str, ...] = ()
    case: str = ""
    private: bool = False


@attrs.frozen
class Checked:
    """What an exercise's check says of a priority.

    Attributes:
        exercise: the exercise.
        attempted: False when nothing was entered yet: a state of its own, never a failure.
        findings: what was found; empty when not attempted.
    """

    exercise: Exercise
    attempted: bool
    findings: tuple[Finding, ...]


def _order(exercise: Exercise) -> tuple[int, ...]:
    return tuple(int(n) for n in exercise.id.split("."))


@cache
def exercises() -> tuple[Exercise, ...]:
    """Return every exercise of the kit, in the order of the method.

    A rule brings its own in the list ``EXERCISES`` of its module, ``rdlib/rules/rNN_<name>.py``.
    """
    return tuple(sorted(brought("EXERCISES"), key=_order))


def exercise(id_: str) -> Exercise:
    """Return the exercise with this id.

    Raises:
        KeyError: there is none; the message lists those there are.
    """
    for candidate in exercises():
        if candidate.id == id_:
            return candidate
    raise KeyError(f"no exercise {id_!r}; there are {', '.join(e.id for e in exercises())}")


def check(subject: Subject, context: Context, only: str | None = None) -> list[Checked]:
    """Judge a priority, or the plan as a whole, by every exercise that is done on it, or by one.

    With what the exercise's own check finds stands what its answers were built on and has changed since.

    Args:
        subject: the priority or the plan.
        context: its plan and the day for which it is judged.
        only: the id of one exercise; left out, all of them.
    """
    chosen = (exercise(only),) if only else tuple(e for e in exercises() if isinstance(subject, e.scope))
    stale = staleness.check(subject, context.plan) if isinstance(subject, Priority) else []
    result = []
    for each in chosen:
        attempted = each.attempted(subject, context)
        found = [*each.check(subject, context), *(f for f in stale if f.tool == each.id)] if attempted else []
        result.append(Checked(each, attempted, tuple(found)))
    return result


def findings_of(checked: Iterable[Checked]) -> list[Finding]:
    """Return everything that was found, each finding once.

    A practice exercise may judge the same fields as the exercise that it practises; what both find counts once.
    """
    return list(dict.fromkeys(finding for each in checked for finding in each.findings))

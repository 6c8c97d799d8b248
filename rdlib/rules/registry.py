"""The exercises of the kit, by the stable id of their tool (``2.1``, ``5.3`` ...).

One registry says for each tool what it is called, where a learner does it, which part of the plan it fills, how it is
judged, and which section of the report shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

import attrs

from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules.findings import Finding, FindingKind


@attrs.frozen
class Context:
    """What a check may look at beside the priority itself.

    Attributes:
        plan: the plan that the priority belongs to.
        as_of: the day for which it is judged; nothing after it is held against a plan.
    """

    plan: Plan
    as_of: date


Check = Callable[[Priority, Context], list[Finding]]
Attempted = Callable[[Priority, Context], bool]


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
        hints: hints in steps, from a nudge to nearly the answer.
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
    hints: tuple[str, ...] = ()


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
    """Return every exercise of the kit, in the order of the method."""
    from rdlib.rules import r02_define_success  # the rules build on this module

    rules = (r02_define_success,)
    return tuple(sorted((e for rule in rules for e in rule.EXERCISES), key=_order))


def exercise(id_: str) -> Exercise:
    """Return the exercise with this id.

    Raises:
        KeyError: there is none; the message lists those there are.
    """
    for candidate in exercises():
        if candidate.id == id_:
            return candidate
    raise KeyError(f"no exercise {id_!r}; there are {', '.join(e.id for e in exercises())}")


def check(priority: Priority, context: Context, only: str | None = None) -> list[Checked]:
    """Judge a priority by every exercise, or by one.

    Args:
        priority: the priority.
        context: its plan and the day for which it is judged.
        only: the id of one exercise; left out, all of them.
    """
    chosen = (exercise(only),) if only else exercises()
    result = []
    for each in chosen:
        attempted = each.attempted(priority, context)
        result.append(Checked(each, attempted, tuple(each.check(priority, context)) if attempted else ()))
    return result


def findings_of(checked: Iterable[Checked]) -> list[Finding]:
    """Return everything that was found, each finding once.

    A practice exercise may judge the same fields as the exercise that it practises; what both find counts once.
    """
    return list(dict.fromkeys(finding for each in checked for finding in each.findings))

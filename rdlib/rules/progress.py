"""How far a plan has come through the method, what is strong, weak, missing or out of date in it, and the next step.

Practice exercises never count: they are done on cases, and say nothing of the reader's own plan. An exercise in which
nothing was entered is "not attempted yet", a state of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import groupby

import attrs

from rdlib.plan.orientation import short_title
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules import staleness
from rdlib.rules.findings import NOT_ATTEMPTED_SHAPE, Finding, Severity
from rdlib.rules.registry import Checked, Context, Exercise, Subject, check
from rdlib.words import _, plural


class State(Enum):
    """How an exercise, or all exercises of a rule together, stand; from what asks for most to what asks for least."""

    MISSING = "missing"
    STALE = "stale"
    WEAK = "weak"
    NOT_ATTEMPTED = "not attempted"
    STRONG = "strong"

    @property
    def word(self) -> str:
        """The word that a person reads."""
        return {
            State.MISSING: _("something missing"),
            State.STALE: _("look again"),
            State.WEAK: _("something weak"),
            State.NOT_ATTEMPTED: _("not attempted yet"),
            State.STRONG: _("nothing to mend"),
        }[self]

    @property
    def shape(self) -> str:
        """The shape that stands with the colour."""
        return {
            State.MISSING: Severity.MISSING.shape,
            State.STALE: Severity.WEAK.shape,
            State.WEAK: Severity.WEAK.shape,
            State.NOT_ATTEMPTED: NOT_ATTEMPTED_SHAPE,
            State.STRONG: Severity.GOOD.shape,
        }[self]


def is_stale(finding: Finding) -> bool:
    """Say whether a finding is about something that was built on an answer which has changed or gone."""
    return finding.code in staleness.CODES


@attrs.frozen
class Step:
    """One exercise of the method, as a priority or the plan as a whole has it."""

    exercise: Exercise
    attempted: bool
    findings: tuple[Finding, ...]

    @property
    def state(self) -> State:
        """How it stands."""
        if not self.attempted:
            return State.NOT_ATTEMPTED
        if any(f.severity is Severity.MISSING for f in self.findings):
            return State.MISSING
        if any(map(is_stale, self.findings)):
            return State.STALE
        return State.WEAK if any(f.severity is Severity.WEAK for f in self.findings) else State.STRONG


@attrs.frozen
class RuleProgress:
    """The exercises of one rule."""

    rule: int
    steps: tuple[Step, ...]

    @property
    def title(self) -> str:
        """Number and name of the rule."""
        return short_title(self.rule) if self.rule else _("Start here")

    @property
    def begun(self) -> int:
        """How many of its exercises were attempted."""
        return sum(step.attempted for step in self.steps)

    @property
    def state(self) -> State:
        """How they stand together: that of the worst one begun; not attempted only where none is."""
        begun = [step.state for step in self.steps if step.attempted]
        return min(begun, key=list(State).index, default=State.NOT_ATTEMPTED)


@attrs.frozen
class Progress:
    """How far a priority, or the plan as a whole, has come.

    Attributes:
        subject: the priority or the plan.
        title: what to call it.
        rules: its exercises, by rule, in the order of the method.
    """

    subject: Subject
    title: str
    rules: tuple[RuleProgress, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its exercises, in the order of the method."""
        return tuple(step for rule in self.rules for step in rule.steps)

    @property
    def begun(self) -> int:
        """How many exercises were attempted."""
        return sum(step.attempted for step in self.steps)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found, each finding once, in the order of the method."""
        return tuple(dict.fromkeys(finding for step in self.steps for finding in step.findings))

    @property
    def stale(self) -> tuple[Finding, ...]:
        """What was built on an answer that has changed or gone."""
        return tuple(filter(is_stale, self.findings))

    @property
    def missing(self) -> tuple[Finding, ...]:
        """What is missing."""
        return self._of(Severity.MISSING)

    @property
    def weak(self) -> tuple[Finding, ...]:
        """What is weak, without what is out of date."""
        return self._of(Severity.WEAK)

    @property
    def strong(self) -> tuple[Finding, ...]:
        """What the checks found good."""
        return self._of(Severity.GOOD)

    def _of(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity is severity and not is_stale(f))

    @property
    def in_words(self) -> str:
        """How many of its exercises were begun, in words."""
        return _("{some} of {all} begun").format(
            some=self.begun, all=plural("{n} exercise", "{n} exercises", len(self.steps))
        )


@attrs.frozen
class NextStep:
    """The one thing to do next.

    Attributes:
        progress: what it is for: a priority or the plan as a whole.
        exercise: where to do it.
        what: what to do.
        why: why this comes first.
        finding: the finding that asks for it; None where an exercise is to be begun.
    """

    progress: Progress
    exercise: Exercise
    what: str
    why: str
    finding: Finding | None = None


def progress(subject: Subject, context: Context) -> Progress:
    """Return how far a priority, or the plan as a whole, has come through the method.

    >>> from datetime import date
    >>> from rdlib.plan.priority import Priority
    >>> progress(Priority(id="waits"), Context(Plan(), date(2026, 11, 23))).begun
    0
    """
    return of_checked(subject, check(subject, context))


def of_checked(subject: Subject, checked: Iterable[Checked]) -> Progress:
    """Return the progress that results of checks show, without practice and what is done on something else.

    Args:
        subject: what was checked.
        checked: what its exercises say of it.
    """
    own = sorted(
        (c for c in checked if not c.exercise.case and isinstance(subject, c.exercise.scope)),
        key=lambda c: method_order(c.exercise),
    )
    rules = groupby((Step(c.exercise, c.attempted, c.findings) for c in own), key=lambda step: step.exercise.rule)
    if isinstance(subject, Plan):
        title = _("The plan as a whole")
    else:
        title = title_of(subject)
    return Progress(subject, title, tuple(RuleProgress(rule, tuple(steps)) for rule, steps in rules))


def title_of(priority: Priority) -> str:
    """Return what to call a priority, also before it has a name."""
    return (priority.title or "").strip() or _("A priority without a name")


def whole_plan(plan: Plan, context: Context) -> tuple[Progress, ...]:
    """Return the progress of the plan as a whole, and then that of each of its priorities."""
    return progress(plan, context), *(progress(priority, context) for priority in plan.priorities)


def next_step(several: Sequence[Progress]) -> NextStep | None:
    """Return the one next best step.

    The order is ours: first what is out of date, since all that follows rests on it; then what is missing or not begun,
    the earlier exercise before the later one; then what is weak. What is done on the plan as a whole is asked for first
    only while no priority was begun: a plan can stand without it.

    Args:
        several: the progress of what it is chosen from.

    Returns:
        None where nothing is out of date, missing, weak or not begun.
    """
    fresh = not any(each.begun for each in several if not isinstance(each.subject, Plan))
    found = [
        (_urgency(each, finding, fresh), place, order, each, step, finding)
        for place, each in enumerate(several)
        for order, step in enumerate(each.steps)
        for finding in _asking(step)
    ]
    if not found:
        return None
    urgency, _place, _nth, each, step, finding = min(
        found, key=lambda one: (one[0], method_order(one[4].exercise), one[1], one[2])
    )
    exercise = step.exercise
    if finding is None:
        why = _("It is the first exercise in the order of the method that was not attempted yet.")
        return NextStep(each, exercise, exercise.about, why)
    if urgency == 0:
        why = _("What it rests on has changed; all that comes later may rest on it in turn.")
    elif finding.severity is Severity.MISSING:
        why = _("It is the earliest thing missing, and later rules build on it.")
    else:
        why = _("Nothing is missing any more; of what is weak, this comes first in the method.")
    return NextStep(each, exercise, finding.next_step or finding.what, why, finding)


def method_order(exercise: Exercise) -> tuple[int, ...]:
    """Return what exercises are sorted by to stand in the order of the method."""
    return tuple(int(part) for part in exercise.id.split("."))


def _asking(step: Step) -> Iterable[Finding | None]:
    """Give what a step asks for, in the order in which it does; None for being begun."""
    if not step.attempted:
        return (None,)
    asked = [f for f in step.findings if f.severity in {Severity.MISSING, Severity.WEAK}]
    return sorted(asked, key=lambda f: f.severity.rank)


def _urgency(each: Progress, finding: Finding | None, fresh: bool) -> int:
    if finding is None:
        return 3 if isinstance(each.subject, Plan) and not fresh else 1
    if is_stale(finding):
        return 0
    return 1 if finding.severity is Severity.MISSING else 2

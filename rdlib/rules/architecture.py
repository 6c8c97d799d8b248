"""Which of the four elements of a delivery architecture a priority has (Rule 1, tool 1.2).

Outcomes, strategies, metrics and accountable leaders. Every later rule adds to them, so the picture is drawn again in
each report. It says what stands in the plan, not how good it is: that is for the checks of the rules.
"""

from __future__ import annotations

from enum import Enum

import attrs

from rdlib.plan.indicator import Indicator
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Outcome, Priority
from rdlib.plan.strategy import STRATEGIES
from rdlib.plan.values import Missing, read_missing
from rdlib.rules.r02_three_m import Verdict, verdict
from rdlib.words import _, plural


class State(Enum):
    """Whether an element of the architecture stands."""

    STANDS = "stands"
    LACKING = "lacking"
    NOT_ATTEMPTED = "not attempted"


@attrs.frozen
class Element:
    """One of the four elements, as a priority has it.

    Attributes:
        key: its stable key: ``outcomes``, ``strategies``, ``metrics`` or ``leaders``.
        title: its name.
        about: what it is, in a sentence.
        state: whether it stands.
        has: what stands, in short phrases.
        lacking: what is lacking, in whole sentences, each with what to do; empty when it stands.
    """

    key: str
    title: str
    about: str
    state: State
    has: tuple[str, ...]
    lacking: tuple[str, ...]


def _element(key: str, title: str, about: str, *, has: list[str], lacking: list[str]) -> Element:
    """Judge an element: nothing entered is a state of its own, never a failure."""
    if not has:
        state = State.NOT_ATTEMPTED
    else:
        state = State.LACKING if lacking else State.STANDS
    return Element(key, title, about, state, tuple(has), tuple(lacking))


def _said(text: str | None) -> str:
    return (text or "").strip()


def name_of(outcome: Outcome) -> str:
    """Return what to call an outcome: its statement, else its id."""
    return _said(outcome.statement) or outcome.id


def _outcomes(priority: Priority) -> Element:
    stated = [o for o in priority.outcomes if _said(o.statement)]
    unstated = len(priority.outcomes) - len(stated)
    lacking = []
    if not priority.outcomes:
        lacking.append(_("Name at least one outcome: what will be different, and for whom."))
    elif unstated:
        lacking.append(plural("{n} outcome is not put into words.", "{n} outcomes are not put into words.", unstated))
    has = [plural("{n} outcome", "{n} outcomes", len(priority.outcomes))] if priority.outcomes else []
    return _element(
        "outcomes",
        _("Outcomes"),
        _("What will be different for people, said so that all would recognise it."),
        has=has,
        lacking=lacking,
    )


def _strategies(priority: Priority) -> Element:
    rows = [s for s in STRATEGIES.read(priority) if _said(s.title) and s.status != "dropped"]
    picked = sum(1 for s in rows if s.status == "chosen")
    tied = {id_ for s in rows for id_ in s.indicators}
    bare = [_said(i.name) or i.id for i in priority.indicators if _is_aimed_at(i) and i.id not in tied]
    has = [plural("{n} strategy", "{n} strategies", len(rows))] if rows else []
    if picked:
        has.append(plural("{n} of them chosen", "{n} of them chosen", picked))
    lacking = []
    if not rows:
        lacking.append(_("Rule 4 asks for them: say what will move each target."))
    elif bare:
        lacking.append(_("No strategy is there yet to move {indicators}.").format(indicators=_quoted(bare)))
    return _element(
        "strategies",
        _("Strategies"),
        _("The policies, projects or programs that are to bring the outcomes about."),
        has=has,
        lacking=lacking,
    )


def indicators_of(outcome: Outcome, priority: Priority) -> tuple[Indicator, ...]:
    """Return the indicators that speak for an outcome.

    An indicator that names no outcome speaks for the only one there is, where there is one only.

    >>> from rdlib.plan.indicator import Indicator
    >>> outcome = Outcome(id="o1", statement="Patients are seen quickly")
    >>> priority = Priority(id="waits", outcomes=(outcome,), indicators=(Indicator(id="i1"),))
    >>> [i.id for i in indicators_of(outcome, priority)]
    ['i1']
    """
    only = len(priority.outcomes) == 1
    return tuple(i for i in priority.indicators if i.outcome == outcome.id or (only and not i.outcome))


def loose_indicators(priority: Priority) -> tuple[Indicator, ...]:
    """Return the indicators that speak for no outcome of the priority."""
    taken = [i for outcome in priority.outcomes for i in indicators_of(outcome, priority)]
    return tuple(i for i in priority.indicators if i not in taken)


def _has_aim(indicator: Indicator) -> bool:
    """Say whether it is settled what the indicator is to reach, or that it has no target on purpose."""
    target = indicator.target
    missing = {target.value, target.value_high, read_missing(target.wording or "")}
    if target.kind == "tbd" or Missing.TO_BE_DETERMINED in missing:
        return False
    if target.kind in {"context", "milestone"} or Missing.NOT_APPLICABLE in missing:
        return True
    return bool(_said(target.wording)) or isinstance(target.value, float)


def _is_aimed_at(indicator: Indicator) -> bool:
    """Say whether strategies are asked for that move an indicator: it carries a target, and is not only watched."""
    return _has_aim(indicator) and indicator.target.kind != "context" and verdict(indicator) is not Verdict.FAILS


def _quoted(names: list[str]) -> str:
    return ", ".join(_("“{name}”").format(name=name) for name in dict.fromkeys(names))


def _metrics(priority: Priority) -> Element:
    indicators = priority.indicators
    aimed = [i for i in indicators if _has_aim(i)]
    lacking = []
    if not indicators:
        lacking.append(_("Give each outcome an indicator: a number that would move if the outcome came about."))
    else:
        bare = [name_of(o) for o in priority.outcomes if not indicators_of(o, priority)]
        if bare:
            lacking.append(_("No indicator yet for {outcomes}.").format(outcomes=_quoted(bare)))
        aimless = [_said(i.name) or i.id for i in indicators if i not in aimed and verdict(i) is not Verdict.FAILS]
        if aimless:
            lacking.append(_("No target settled yet for {indicators}.").format(indicators=_quoted(aimless)))
        if loose := len(loose_indicators(priority)):
            lacking.append(
                plural("{n} indicator speaks for no outcome.", "{n} indicators speak for no outcome.", loose)
            )
    has = []
    if indicators:
        has = [plural("{n} indicator", "{n} indicators", len(indicators))]
        if aimed:
            has.append(plural("{n} target", "{n} targets", len(aimed)))
    return _element(
        "metrics",
        _("Metrics"),
        _("The indicators and targets by which you see whether the outcomes come about."),
        has=has,
        lacking=lacking,
    )


def _leaders(priority: Priority, plan: Plan) -> Element:
    names = [plan.person(leader) or leader for leader in priority.leaders if _said(leader)]
    below = [plan.person(o.leader) or "" for o in priority.outcomes if _said(o.leader)]
    lacking = []
    if len(names) > 1:
        lacking.append(_("Several people share the lead: choose the one who answers for the whole priority."))
    elif not names and below:
        lacking.append(_("Outcomes have leaders, but nobody answers for the whole priority."))
    elif not names:
        lacking.append(_("Name the one person who answers for the whole priority."))
    has = names or [_("{name}, for an outcome").format(name=name) for name in dict.fromkeys(below)]
    return _element(
        "leaders",
        _("Accountable leaders"),
        _("The person who answers for the priority, by name or post."),
        has=has,
        lacking=lacking,
    )


def elements(priority: Priority, plan: Plan) -> tuple[Element, Element, Element, Element]:
    """Return the four elements of a priority's architecture: which stand, and what the others lack.

    Args:
        priority: the priority.
        plan: its plan, for the names of people.

    Returns:
        Outcomes, strategies, metrics and accountable leaders, in this order.

    Source: Rule 1, tool 1.2.

    >>> [e.state.value for e in elements(Priority(id="waits", leaders=("A. Minister",)), Plan())]
    ['not attempted', 'not attempted', 'not attempted', 'stands']
    """
    return _outcomes(priority), _strategies(priority), _metrics(priority), _leaders(priority, plan)

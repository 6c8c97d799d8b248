"""Rule 4, tool 4.1: is a candidate a strategy, or an initiative on a laundry list?

Three marks make a strategy: it is there to move the number of a target, it begins and it ends, and it changes how the
system works. Two answers describe it: what it changes about what government does now, and why that moves the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

import attrs

from rdlib.plan.indicator import Indicator
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES, Strategy
from rdlib.rules import r02_three_m as three_m
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r02_targets import has_target
from rdlib.rules.registry import Context
from rdlib.rules.wording import is_thin
from rdlib.words import _, plural

TOOL = "4.1"

#: From this many candidates on, a list in which most are no strategies is called a laundry list. Our threshold.
LIST = 4

NOT_NAMED = FindingKind(
    "R4-not-named", TOOL, Severity.MISSING, _("No name"),
    why=_("What has no name is not argued about, and not remembered."),
)  # fmt: skip
NO_INDICATOR = FindingKind(
    "R4-no-indicator", TOOL, Severity.MISSING, _("Tied to no indicator"),
    why=_("Work that is there to move no number cannot be told apart from work that is merely done."),
)  # fmt: skip
INDICATOR_GONE = FindingKind(
    "R4-indicator-gone", TOOL, Severity.WEAK, _("Its indicator is gone"),
    why=_("It was chosen for a number that the plan no longer has; it may not be needed any more."),
)  # fmt: skip
NO_TARGET = FindingKind(
    "R4-no-target", TOOL, Severity.WEAK, _("Its indicator has no target"),
    why=_("Without a value to reach, nobody can say how much of this strategy is enough."),
)  # fmt: skip
NO_DATES = FindingKind(
    "R4-no-dates", TOOL, Severity.MISSING, _("No beginning or no end"),
    why=_("What never begins is a wish; what never ends is a service, and takes its money every year."),
)  # fmt: skip
ENDS_FIRST = FindingKind(
    "R4-ends-before-it-begins", TOOL, Severity.WEAK, _("Ends before it begins"),
    why=_("One of the two dates is wrong, and everything that is planned around it is too."),
)  # fmt: skip
SYSTEM_NOT_ANSWERED = FindingKind(
    "R4-system-not-answered", TOOL, Severity.MISSING, _("Does it change the system?"),
    why=_("This question tells a strategy from more of the same."),
)  # fmt: skip
SYSTEM_NO_HOW = FindingKind(
    "R4-system-how", TOOL, Severity.MISSING, _("Not said how it changes the system"),
    why=_("A yes alone is what every initiative says of itself."),
)  # fmt: skip
NO_SYSTEM_CHANGE = FindingKind(
    "R4-no-system-change", TOOL, Severity.WEAK, _("Leaves the system as it is"),
    why=_("When the money and the attention move on, what it brought about goes with them."),
)  # fmt: skip
NO_CHANGE = FindingKind(
    "R4-no-change", TOOL, Severity.MISSING, _("Not said what changes"),
    why=_("If nobody does anything in another way tomorrow, the number has no reason to move."),
)  # fmt: skip
NO_BECAUSE = FindingKind(
    "R4-no-because", TOOL, Severity.MISSING, _("Not said why it would work"),
    why=_("The chain from the change to the number is what you test, fund and mend later."),
)  # fmt: skip
THIN_BECAUSE = FindingKind(
    "R4-thin-because", TOOL, Severity.WEAK, _("The reason only repeats the aim"),
    why=_("“It improves the number” is what is to be shown; the steps in between are missing."),
)  # fmt: skip
NO_LEADER = FindingKind(
    "R4-no-leader", TOOL, Severity.MISSING, _("Nobody leads it"),
    why=_("A chosen strategy without one person who answers for it waits for somebody else."),
)  # fmt: skip
LAUNDRY_LIST = FindingKind(
    "R4-laundry-list", TOOL, Severity.WEAK, _("A laundry list"),
    why=_("A pile of separate activities keeps everybody busy and seldom moves the number that counts."),
)  # fmt: skip
IS_STRATEGY = FindingKind(
    "R4-strategy", TOOL, Severity.GOOD, _("A strategy"),
    why=_("It is tied to a target, begins and ends, changes how things work, and says why that helps."),
)  # fmt: skip

KINDS = (
    NOT_NAMED, NO_INDICATOR, INDICATOR_GONE, NO_TARGET, NO_DATES, ENDS_FIRST, SYSTEM_NOT_ANSWERED, SYSTEM_NO_HOW,
    NO_SYSTEM_CHANGE, NO_CHANGE, NO_BECAUSE, THIN_BECAUSE, NO_LEADER, LAUNDRY_LIST, IS_STRATEGY,
)  # fmt: skip


class Answer(Enum):
    """Whether a candidate has one of the marks of a strategy."""

    YES = "yes"
    NO = "no"
    OPEN = "open"

    @property
    def word(self) -> str:
        """The word that a person reads."""
        return {Answer.YES: _("yes"), Answer.NO: _("no"), Answer.OPEN: _("not said")}[self]


class Kind(Enum):
    """What a candidate is; the value is the word used in files."""

    STRATEGY = "strategy"
    INITIATIVE = "initiative"
    OPEN = "open"

    @property
    def word(self) -> str:
        """The words that a person reads."""
        return {
            Kind.STRATEGY: _("a strategy"),
            Kind.INITIATIVE: _("an initiative, as it stands"),
            Kind.OPEN: _("cannot be told yet"),
        }[self]


@attrs.frozen
class Mark:
    """One question about a candidate and its answer.

    Attributes:
        key: ``tied``, ``bounded``, ``system``, ``change`` or ``because``.
        answer: yes, no, or not said.
        says: the reason, in a clause that starts with a lower-case letter.
    """

    key: str
    answer: Answer
    says: str


@attrs.frozen
class Verdict:
    """What a candidate is, with the five answers behind it."""

    kind: Kind
    marks: tuple[Mark, ...]

    @property
    def lacks(self) -> tuple[str, ...]:
        """What stands between it and a strategy, in clauses."""
        return tuple(mark.says for mark in self.marks if mark.answer is not Answer.YES)


def said(text: str | None) -> str:
    """Return a text without the space around it; empty for none."""
    return (text or "").strip()


def name_of(strategy: Strategy) -> str:
    """Return what to call a strategy: its title, else its id."""
    return said(strategy.title) or strategy.id


def is_begun(strategy: Strategy) -> bool:
    """Say whether anything was entered for a strategy."""
    return strategy != Strategy(strategy.id)


def strategies(priority: Priority) -> tuple[Strategy, ...]:
    """Return the strategies of a priority for which anything was entered."""
    return tuple(s for s in STRATEGIES.read(priority) if is_begun(s))


def live(priority: Priority) -> tuple[Strategy, ...]:
    """Return the strategies that were not dropped."""
    return tuple(s for s in strategies(priority) if s.status != "dropped")


def chosen(priority: Priority) -> tuple[Strategy, ...]:
    """Return the strategies that are part of the plan."""
    return tuple(s for s in strategies(priority) if s.status == "chosen")


def indicators_of(strategy: Strategy, priority: Priority) -> tuple[Indicator, ...]:
    """Return the indicators that a strategy is to move and that the plan has."""
    return tuple(i for i in priority.indicators if i.id in strategy.indicators)


def carries_target(indicator: Indicator) -> bool:
    """Say whether an indicator has a target that strategies can be held to.

    One that is only watched has none, and one that failed the three Ms is kept out of the targets (Rule 2).
    """
    return (
        has_target(indicator)
        and indicator.target.kind != "context"
        and three_m.verdict(indicator) is not three_m.Verdict.FAILS
    )


def _tied(strategy: Strategy, priority: Priority) -> Mark:
    if not strategy.indicators:
        return Mark("tied", Answer.OPEN, _("it names no indicator"))
    there = indicators_of(strategy, priority)
    if not there:
        return Mark("tied", Answer.NO, _("its indicator is no longer in the plan"))
    if not any(map(carries_target, there)):
        return Mark("tied", Answer.NO, _("no indicator that it names carries a target"))
    names = ", ".join(said(i.name) or i.id for i in there if carries_target(i))
    return Mark("tied", Answer.YES, _("it is to move: {names}").format(names=names))


def _bounded(strategy: Strategy) -> Mark:
    if strategy.start is None and strategy.end is None:
        return Mark("bounded", Answer.OPEN, _("it has no beginning and no end"))
    if strategy.start is None or strategy.end is None:
        says = _("it has no beginning") if strategy.start is None else _("it has no end")
        return Mark("bounded", Answer.OPEN, says)
    if strategy.end.end < strategy.start.start:
        return Mark("bounded", Answer.NO, _("it ends before it begins"))
    return Mark("bounded", Answer.YES, _("from {start} to {end}").format(start=strategy.start, end=strategy.end))


def _system(strategy: Strategy) -> Mark:
    if strategy.changes_system is None:
        return Mark("system", Answer.OPEN, _("it is not said whether it changes how the system works"))
    if strategy.changes_system is False:
        return Mark("system", Answer.NO, _("it leaves the system as it is"))
    if not said(strategy.system_how):
        return Mark("system", Answer.OPEN, _("it is not said how it changes the system"))
    return Mark("system", Answer.YES, said(strategy.system_how))


def _described(strategy: Strategy) -> tuple[Mark, Mark]:
    change, because = said(strategy.changes), said(strategy.because)
    thin = is_thin(because, strategy.title) if because else False
    return (
        Mark("change", Answer.YES, change)
        if change
        else Mark("change", Answer.OPEN, _("it is not said what government would do in another way")),
        Mark("because", Answer.YES, because)
        if because and not thin
        else Mark("because", Answer.OPEN, _("it is not said why that moves the indicator")),
    )


def verdict(strategy: Strategy, priority: Priority) -> Verdict:
    """Say whether a candidate is a strategy (Rule 4, tool 4.1).

    One of the three marks answered with no makes it an initiative; it is a strategy when all five answers stand.

    >>> verdict(Strategy("s1", title="A campaign", changes_system=False), Priority(id="waits")).kind
    <Kind.INITIATIVE: 'initiative'>
    """
    marks = (_tied(strategy, priority), _bounded(strategy), _system(strategy), *_described(strategy))
    if any(mark.answer is Answer.NO for mark in marks):
        kind = Kind.INITIATIVE
    elif all(mark.answer is Answer.YES for mark in marks):
        kind = Kind.STRATEGY
    else:
        kind = Kind.OPEN
    return Verdict(kind, marks)


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether any strategy was entered."""
    return bool(strategies(priority))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge each candidate, and the list as a whole (Rule 4, tool 4.1).

    A strategy that was dropped is left alone: its reason is a matter of tool 4.3.
    """
    where = f"priorities/{priority.id}/{STRATEGIES.key}"
    found = _laundry_list(priority, where)
    for place, strategy in enumerate(STRATEGIES.read(priority), start=1):
        if is_begun(strategy) and strategy.status != "dropped":
            found += _check_one(strategy, priority, f"{where}/{strategy.id or f'#{place}'}")
    return found


def _laundry_list(priority: Priority, where: str) -> list[Finding]:
    candidates = live(priority)
    failing = [s for s in candidates if verdict(s, priority).kind is not Kind.STRATEGY]
    if len(candidates) < LIST or 2 * len(failing) <= len(candidates):
        return []
    return [
        LAUNDRY_LIST.at(
            where,
            plural(
                "{n} of the candidates is not a strategy yet.",
                "{n} of the candidates are not strategies yet.",
                len(failing),
            ),
            _("Ask of each what number it moves. Merge those that belong together, and drop those that move none."),
        )
    ]


def _check_one(strategy: Strategy, priority: Priority, at: str) -> list[Finding]:
    found = []
    if not said(strategy.title):
        found.append(
            NOT_NAMED.at(f"{at}/title", _("A strategy has no name."), _("Give it a name of three or four words."))
        )
    found += _check_tied(strategy, priority, at)
    found += _check_bounded(strategy, at)
    found += _check_system(strategy, at)
    found += _check_described(strategy, at)
    if strategy.status == "chosen" and not said(strategy.leader):
        found.append(
            NO_LEADER.at(
                f"{at}/leader",
                _("“{strategy}” is chosen, and nobody is named who answers for it.").format(strategy=name_of(strategy)),
                _("Name one person, by name or post."),
            )
        )
    if verdict(strategy, priority).kind is Kind.STRATEGY:
        found.append(
            IS_STRATEGY.at(at, _("“{strategy}” has all that makes a strategy.").format(strategy=name_of(strategy)))
        )
    return found


def gone(strategy: Strategy, priority: Priority) -> Sequence[str]:
    """Return the indicators that a strategy names and that the plan does not have."""
    there = {i.id for i in priority.indicators}
    return [i for i in strategy.indicators if i not in there]


def _check_tied(strategy: Strategy, priority: Priority, at: str) -> list[Finding]:
    at = f"{at}/indicators"
    if not strategy.indicators:
        return [
            NO_INDICATOR.at(
                at,
                _("It is not said which indicator “{strategy}” is to move.").format(strategy=name_of(strategy)),
                _("Tick the indicator whose target it is there to reach, or drop it."),
            )
        ]
    found = [
        INDICATOR_GONE.at(
            at,
            _("It is to move “{id}”, which is not among the indicators of this priority.").format(id=id_),
            _("Untick it, and decide whether the strategy is still needed."),
        )
        for id_ in gone(strategy, priority)
    ]
    there = indicators_of(strategy, priority)
    if there and not any(map(carries_target, there)):
        names = ", ".join(_("“{name}”").format(name=said(i.name) or i.id) for i in there)
        found.append(
            NO_TARGET.at(
                at,
                _("It is to move {names}, with no target to reach.").format(names=names),
                _("Set the target in Rule 2, or tie the strategy to an indicator that has one."),
            )
        )
    return found


def _check_bounded(strategy: Strategy, at: str) -> list[Finding]:
    mark = _bounded(strategy)
    if mark.answer is Answer.NO:
        return [
            ENDS_FIRST.at(
                f"{at}/end",
                _("It begins in {start} and ends in {end}.").format(start=strategy.start, end=strategy.end),
                _("Correct one of the two."),
            )
        ]
    if mark.answer is Answer.OPEN:
        return [
            NO_DATES.at(
                f"{at}/{'start' if strategy.start is None else 'end'}",
                {
                    (True, True): _("It is not said when it begins and when it is done."),
                    (True, False): _("It is not said when it begins."),
                    (False, True): _("It is not said when it is done."),
                }[strategy.start is None, strategy.end is None],
                _("Name the month or quarter, even if you will change it. If it has no end, call it a service."),
            )
        ]
    return []


def _check_system(strategy: Strategy, at: str) -> list[Finding]:
    if strategy.changes_system is None:
        return [
            SYSTEM_NOT_ANSWERED.at(
                f"{at}/changes_system",
                _("It is not said whether it changes how the system works."),
                _("Ask what would still be done the new way two years after the money has gone."),
            )
        ]
    if strategy.changes_system is False:
        return [
            NO_SYSTEM_CHANGE.at(
                f"{at}/changes_system",
                _("You say that “{strategy}” leaves the system as it is.").format(strategy=name_of(strategy)),
                _("Find the rule, role or routine behind the problem and change that; or drop it."),
            )
        ]
    if not said(strategy.system_how):
        return [
            SYSTEM_NO_HOW.at(
                f"{at}/system_how",
                _("It is said to change the system, and not how."),
                _("Name the rule, role, routine or incentive that will be different for good."),
            )
        ]
    return []


def _check_described(strategy: Strategy, at: str) -> list[Finding]:
    found = []
    if not said(strategy.changes):
        found.append(
            NO_CHANGE.at(
                f"{at}/changes",
                _("It is not said what government would do in another way."),
                _("Write two halves of a sentence: today …; from then on …."),
            )
        )
    because = said(strategy.because)
    if not because:
        found.append(
            NO_BECAUSE.at(
                f"{at}/because",
                _("It is not said why this moves the indicator."),
                _("Write the steps: because this is done, that happens; because that happens, the number moves."),
            )
        )
    elif is_thin(because, strategy.title):
        found.append(
            THIN_BECAUSE.at(
                f"{at}/because",
                _("The reason given is “{reason}”.").format(reason=because),
                _("Name what people on the ground would do in another way, and what follows from that."),
            )
        )
    return found

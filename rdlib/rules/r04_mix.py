"""Rule 4, tool 4.3: the right mix. Do the chosen strategies cover the targets, fit together, and come in order?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import attrs

from rdlib.plan.indicator import Indicator
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES, Strategy
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r02_smart import goal
from rdlib.rules.r04_candidates import carries_target, chosen, indicators_of, name_of, said, strategies
from rdlib.rules.r04_matrix import QUICK_WINS, TRANSFORMATIVE, zone_of
from rdlib.rules.r04_sequence import Order, order_of
from rdlib.rules.registry import Context
from rdlib.words import _, format_date

TOOL = "4.3"

#: From this many chosen strategies on, it is asked whether anything was left out. Our threshold.
MANY = 5
#: That many strategies that begin within so many days of each other all begin at once. Our thresholds.
AT_ONCE, WITHIN = 4, timedelta(days=92)
#: One person who leads so many strategies that run at the same time is asked about. Our threshold.
TOO_MANY_TO_LEAD = 3

NOTHING_CHOSEN = FindingKind(
    "R4-nothing-chosen", TOOL, Severity.MISSING, _("Nothing chosen yet"),
    why=_("A list of candidates moves no number; people and money follow a decision."),
)  # fmt: skip
UNCOVERED = FindingKind(
    "R4-target-uncovered", TOOL, Severity.MISSING, _("A target with no strategy"),
    why=_("A target that nobody works at is met by luck only."),
)  # fmt: skip
ORPHAN = FindingKind(
    "R4-orphan-strategy", TOOL, Severity.WEAK, _("A strategy with no target"),
    why=_("It takes people and money from the strategies that are there to move a number."),
)  # fmt: skip
NO_REASON = FindingKind(
    "R4-choice-no-reason", TOOL, Severity.MISSING, _("Decided without a reason"),
    why=_("In a year somebody will ask why, and the argument starts again from nothing."),
)  # fmt: skip
ALL_CHOSEN = FindingKind(
    "R4-all-chosen", TOOL, Severity.WEAK, _("Everything was chosen"),
    why=_("There are always more strategies than people and money; who leaves nothing out has not chosen."),
)  # fmt: skip
ONE_LINE = FindingKind(
    "R4-one-line", TOOL, Severity.NOTE, _("All on one side of the problem"),
    why=_("If the cause lies on the other side, all of them fail together."),
)  # fmt: skip
NOT_TOGETHER = FindingKind(
    "R4-fit-not-said", TOOL, Severity.NOTE, _("Not said how they fit together"),
    why=_("Strategies that strengthen each other are worth more than their sum; those that compete are worth less."),
)  # fmt: skip
CIRCLE = FindingKind(
    "R4-circle", TOOL, Severity.WEAK, _("They wait for each other"),
    why=_("In a circle of dependencies none can ever begin."),
)  # fmt: skip
WAITS_FOR_GONE = FindingKind(
    "R4-waits-for-gone", TOOL, Severity.WEAK, _("Waits for something that is gone"),
    why=_("It was planned to build on a strategy that the plan no longer has."),
)  # fmt: skip
WAITS_FOR_UNCHOSEN = FindingKind(
    "R4-waits-for-unchosen", TOOL, Severity.WEAK, _("Waits for something that was not chosen"),
    why=_("What it builds on will not be there when it begins."),
)  # fmt: skip
TOO_EARLY = FindingKind(
    "R4-begins-too-early", TOOL, Severity.WEAK, _("Begins before its turn"),
    why=_("It will stand still, or be built on what is not finished."),
)  # fmt: skip
ALL_AT_ONCE = FindingKind(
    "R4-all-at-once", TOOL, Severity.WEAK, _("Everything begins at once"),
    why=_("The same people are wanted everywhere in the first months, and nothing is learned for the later ones."),
)  # fmt: skip
QUICK_WINS_LATE = FindingKind(
    "R4-quick-wins-late", TOOL, Severity.WEAK, _("Quick wins come late"),
    why=_("They are worth most before the hard work begins: they show that it can be done."),
)  # fmt: skip
AFTER_DUE = FindingKind(
    "R4-after-due", TOOL, Severity.WEAK, _("Done after the target falls due"),
    why=_("What is finished later cannot help to reach it."),
)  # fmt: skip
OVERLOADED = FindingKind(
    "R4-leader-overloaded", TOOL, Severity.NOTE, _("One leader, many strategies at a time"),
    why=_("Who answers for everything at once has no time for any of it."),
)  # fmt: skip
COHERENT = FindingKind(
    "R4-coherent", TOOL, Severity.GOOD, _("The mix holds together"),
    why=_("Each target has its strategies, each strategy its target, and the order can be kept."),
)  # fmt: skip

KINDS = (
    NOTHING_CHOSEN, UNCOVERED, ORPHAN, NO_REASON, ALL_CHOSEN, ONE_LINE, NOT_TOGETHER, CIRCLE, WAITS_FOR_GONE,
    WAITS_FOR_UNCHOSEN, TOO_EARLY, ALL_AT_ONCE, QUICK_WINS_LATE, AFTER_DUE, OVERLOADED, COHERENT,
)  # fmt: skip


@attrs.frozen
class Coverage:
    """A target and the chosen strategies that are to reach it."""

    indicator: Indicator
    strategies: tuple[Strategy, ...]


def coverage(priority: Priority) -> tuple[Coverage, ...]:
    """Return for each indicator with a target the chosen strategies that are there to move it."""
    picked = chosen(priority)
    return tuple(
        Coverage(indicator, tuple(s for s in picked if indicator.id in s.indicators))
        for indicator in priority.indicators
        if carries_target(indicator)
    )


def orphans(priority: Priority) -> tuple[Strategy, ...]:
    """Return the chosen strategies that move no target."""
    return tuple(s for s in chosen(priority) if not any(map(carries_target, indicators_of(s, priority))))


def order(priority: Priority) -> Order:
    """Return what the dependencies of the chosen strategies come to."""
    return order_of(chosen(priority))


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether anything was decided, or a dependency was named."""
    return any((s.status or "candidate") != "candidate" or s.depends_on for s in strategies(priority))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the chosen strategies as one mix: coherence, then sequence (Rule 4, tool 4.3)."""
    where = f"priorities/{priority.id}/{STRATEGIES.key}"
    picked = chosen(priority)
    found = _decisions(priority, where)
    if picked:
        found += _coherence(priority, where)
    found += _links(priority, where)
    if picked:
        found += _sequence(priority, context, where)
    if picked and coverage(priority) and not found:
        found.append(
            COHERENT.at(where, _("Every target is covered, every chosen strategy has a target, and the order holds."))
        )
    return found


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(_("“{name}”").format(name=name) for name in names)


# --- decisions and coherence ----------------------------------------------------------------------------------------


def _decisions(priority: Priority, where: str) -> list[Finding]:
    everything, picked = strategies(priority), chosen(priority)
    found = []
    if not picked:
        found.append(
            NOTHING_CHOSEN.at(
                where,
                _("None of the strategies is chosen."),
                _("Start from the target: which of them would you defend if you could have two only?"),
            )
        )
    if len(picked) >= MANY and len(picked) == len(everything):
        found.append(
            ALL_CHOSEN.at(
                where,
                _("All {n} strategies are chosen.").format(n=len(picked)),
                _("Drop at least the one with the least impact for its difficulty, with its reason."),
            )
        )
    for strategy in everything:
        if strategy.status in {"chosen", "dropped"} and not said(strategy.status_why):
            what = (
                _("“{strategy}” is chosen, with no reason.")
                if strategy.status == "chosen"
                else _("“{strategy}” is dropped, with no reason.")
            )
            found.append(
                NO_REASON.at(
                    f"{where}/{strategy.id}/status_why",
                    what.format(strategy=name_of(strategy)),
                    _("Write the sentence with which you would defend the decision."),
                )
            )
    return found


def _coherence(priority: Priority, where: str) -> list[Finding]:
    picked = chosen(priority)
    found = [
        UNCOVERED.at(
            where,
            _("No chosen strategy is there to move “{indicator}”.").format(
                indicator=said(each.indicator.name) or each.indicator.id
            ),
            _("Choose one that is, or take the target out of the plan in the open."),
        )
        for each in coverage(priority)
        if not each.strategies
    ]
    found += [
        ORPHAN.at(
            f"{where}/{strategy.id}",
            _("“{strategy}” is chosen, and moves no indicator that has a target.").format(strategy=name_of(strategy)),
            _("Tie it to the target that it serves, or drop it."),
        )
        for strategy in orphans(priority)
    ]
    lines = {said(s.line).casefold() for s in picked if said(s.line)}
    others = {said(s.line).casefold() for s in strategies(priority) if said(s.line)} - lines
    if len(picked) > 1 and len(lines) == 1 and others and all(said(s.line) for s in picked):
        found.append(
            ONE_LINE.at(
                where,
                _("All chosen strategies work on “{line}”; others were on the table.").format(
                    line=said(picked[0].line)
                ),
                _("Ask what happens to the target if the cause lies on another side."),
            )
        )
    if len(picked) > 1 and not any(said(s.together) for s in picked):
        found.append(
            NOT_TOGETHER.at(
                where,
                _("It is not said how the {n} chosen strategies fit together.").format(n=len(picked)),
                _("For at least one of them, say which of the others it makes stronger."),
            )
        )
    return found


# --- sequence -------------------------------------------------------------------------------------------------------


def _links(priority: Priority, where: str) -> list[Finding]:
    known = {s.id: s for s in STRATEGIES.read(priority)}
    found = []
    for strategy in strategies(priority):
        if strategy.status == "dropped":
            continue
        at = f"{where}/{strategy.id}/depends_on"
        for id_ in strategy.depends_on:
            other = known.get(id_)
            if other is None:
                found.append(
                    WAITS_FOR_GONE.at(
                        at,
                        _("“{strategy}” can only begin after “{id}”, which is not in the plan.").format(
                            strategy=name_of(strategy), id=id_
                        ),
                        _("Untick it, and ask what it builds on now."),
                    )
                )
            elif other.status == "dropped" or (strategy.status == "chosen" and other.status != "chosen"):
                found.append(
                    WAITS_FOR_UNCHOSEN.at(
                        at,
                        _("“{strategy}” can only begin after “{other}”, which is not chosen.").format(
                            strategy=name_of(strategy), other=name_of(other)
                        ),
                        _("Choose that one too, or plan this one so that it can do without."),
                    )
                )
    return found


def _sequence(priority: Priority, context: Context, where: str) -> list[Finding]:
    picked = chosen(priority)
    found = []
    result = order(priority)
    for circle in result.circles:
        names = " → ".join(_("“{name}”").format(name=name_of(s)) for s in (*circle, circle[0]))
        found.append(
            CIRCLE.at(
                f"{where}/{circle[0].id}/depends_on",
                _("They wait for each other: {circle}.").format(circle=names),
                _("Untick the weakest of these dependencies, or split a strategy into a part before and a part after."),
            )
        )
    for clash in result.clashes:
        found.append(
            TOO_EARLY.at(
                f"{where}/{clash.strategy.id}/start",
                _("“{strategy}” begins on {start}; it waits for “{other}”, which is not done until {done}.").format(
                    strategy=name_of(clash.strategy),
                    start=format_date(clash.start),
                    other=name_of(clash.waits_for),
                    done=format_date(clash.done),
                )
                if clash.waits_for.end
                else _("“{strategy}” begins on {start}; it waits for “{other}”, which begins on {done}.").format(
                    strategy=name_of(clash.strategy),
                    start=format_date(clash.start),
                    other=name_of(clash.waits_for),
                    done=format_date(clash.done),
                ),
                _("Move one of the dates, or take the dependency out if it can do without."),
            )
        )
    found += _pace(picked, where)
    found += _in_time(priority, context, where)
    found += _leaders(picked, context, where)
    return found


def _starts(strategies_: Sequence[Strategy]) -> list[date]:
    return sorted(s.start.start for s in strategies_ if s.start)


def _pace(picked: Sequence[Strategy], where: str) -> list[Finding]:
    starts = _starts(picked)
    if len(starts) >= AT_ONCE and len(starts) == len(picked) and starts[-1] - starts[0] <= WITHIN:
        return [
            ALL_AT_ONCE.at(
                where,
                _("All {n} begin between {first} and {last}.").format(
                    n=len(starts), first=format_date(starts[0]), last=format_date(starts[-1])
                )
                if starts[0] != starts[-1]
                else _("All {n} begin on {first}.").format(n=len(starts), first=format_date(starts[0])),
                _("Begin with the quick wins, and let the others follow when they have shown something."),
            )
        ]
    quick = [s for s in picked if zone_of(s) == QUICK_WINS and s.start]
    hard = [s for s in picked if zone_of(s) == TRANSFORMATIVE and s.start]
    if quick and hard and _starts(quick)[0] > _starts(hard)[0]:
        first = min(quick, key=lambda s: s.start.start if s.start else date.max)
        return [
            QUICK_WINS_LATE.at(
                f"{where}/{first.id}/start",
                _("The first quick win, “{strategy}”, begins on {start}, after the hard work has begun.").format(
                    strategy=name_of(first), start=format_date(_starts(quick)[0])
                ),
                _("Bring a quick win forward, so that there is something to show."),
            )
        ]
    return []


def _in_time(priority: Priority, context: Context, where: str) -> list[Finding]:
    found = []
    for strategy in chosen(priority):
        due = [
            aim.due.end
            for i in indicators_of(strategy, priority)
            if carries_target(i) and (aim := goal(i, context)).due is not None
        ]
        if due and strategy.end is not None and strategy.end.end > max(due):
            found.append(
                AFTER_DUE.at(
                    f"{where}/{strategy.id}/end",
                    _("“{strategy}” is done on {end}; its target falls due on {due}.").format(
                        strategy=name_of(strategy), end=format_date(strategy.end.end), due=format_date(max(due))
                    ),
                    _("Finish it earlier, or say which part of it works before that day."),
                )
            )
    return found


def _leaders(picked: Sequence[Strategy], context: Context, where: str) -> list[Finding]:
    led: dict[str, list[Strategy]] = {}
    for strategy in picked:
        if said(strategy.leader) and strategy.start and strategy.end:
            led.setdefault(said(strategy.leader), []).append(strategy)
    found = []
    for leader, theirs in led.items():
        who = context.plan.person(leader) or leader
        running = _most_at_once(theirs)
        if len(running) >= TOO_MANY_TO_LEAD:
            found.append(
                OVERLOADED.at(
                    f"{where}/{running[-1].id}/leader",
                    _("{leader} leads {n} strategies that run at the same time: {names}.").format(
                        leader=who, n=len(running), names=_quoted(map(name_of, running))
                    ),
                    _("Find another leader for one of them, or let them follow each other."),
                )
            )
    return found


def _most_at_once(theirs: Sequence[Strategy]) -> list[Strategy]:
    """Return the strategies that run on the day on which most of them do."""
    best: list[Strategy] = []
    for each in theirs:
        day = each.start.start if each.start else date.max
        running = [s for s in theirs if s.start and s.end and s.start.start <= day <= s.end.end]
        best = max(best, running, key=len)
    return best

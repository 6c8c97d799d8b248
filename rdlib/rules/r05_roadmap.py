"""Rule 5, tool 5.7: a roadmap, the plan of a priority on one time line: strategies, yearly milestones, targets.

What a single strategy or estimate lacks is a matter of tools 5.1 to 5.5; here it is asked whether the whole can be
steered by: something to see in each year, and nothing that a roadmap rests on left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import attrs

from rdlib.plan.chain import CHAINS
from rdlib.plan.milestones import Milestone
from rdlib.plan.priority import Priority
from rdlib.plan.risks import RISKS
from rdlib.plan.strategy import STRATEGIES, Strategy
from rdlib.rules import r02_targets, r05_estimates, r05_profile
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r02_smart import goal, has_number
from rdlib.rules.r04_candidates import carries_target, said
from rdlib.rules.r05_effects import counted
from rdlib.rules.r05_estimates import has_effects
from rdlib.rules.registry import Context
from rdlib.words import _, format_date, format_number, plural

TOOL = "5.7"

#: A year in which the strategies run for less than this needs no milestone of its own. Our threshold.
SHORT = timedelta(days=183)
#: From so many milestones on it is asked whether they all come at the end. Our threshold.
ENOUGH = 4
#: The last part of the time in which more than half of the milestones may not lie. Our threshold.
LATE = 0.25

EMPTY_YEAR = FindingKind(
    "R5-roadmap-empty-year", TOOL, Severity.WEAK, _("A year with nothing to see"),
    why=_("A budget is voted for that year, and at its end nobody could say what came of it."),
)  # fmt: skip
BACK_LOADED = FindingKind(
    "R5-roadmap-back-loaded", TOOL, Severity.WEAK, _("Nearly everything comes at the end"),
    why=_("What is due at the end is found late: then there is no time left to do it in another way."),
)  # fmt: skip
PART_MISSING = FindingKind(
    "R5-roadmap-part-missing", TOOL, Severity.NOTE, _("A part of the roadmap is missing"),
    why=_("Strategies, the way to the ground and the path of the figure hold each other up; two of them do not stand."),
)  # fmt: skip
WHOLE = FindingKind(
    "R5-roadmap-whole", TOOL, Severity.GOOD, _("A roadmap to steer by"),
    why=_("Each year has something to see, and all that a roadmap rests on is there."),
)  # fmt: skip

OWN = (EMPTY_YEAR, BACK_LOADED, PART_MISSING, WHOLE)
KINDS = OWN + r02_targets.KINDS + r05_profile.KINDS + r05_estimates.KINDS


@attrs.frozen
class RoadmapStep:
    """A milestone with its day, its strategy, and the number under which picture and table name it."""

    number: int
    day: date
    milestone: Milestone
    strategy: Strategy


@attrs.frozen
class Year:
    """A year of the roadmap: a fiscal one where the plan says when its fiscal year starts.

    Attributes:
        name: what it is called.
        start: its first day, or that of the roadmap in it.
        end: its last day, or that of the roadmap in it.
        steps: the milestones that fall due in it.
    """

    name: str
    start: date
    end: date
    steps: tuple[RoadmapStep, ...]


def steps(priority: Priority) -> tuple[RoadmapStep, ...]:
    """Return the dated milestones of the chosen strategies (while none is chosen, of all), in the order of their days.

    >>> steps(Priority(id="energy"))
    ()
    """
    dated = [
        (milestone.when.end, milestone, strategy)
        for strategy in counted(priority)
        for milestone in strategy.milestones
        if milestone.when is not None and said(milestone.title)
    ]
    ordered = sorted(dated, key=lambda each: each[0])
    return tuple(RoadmapStep(n, *each) for n, each in enumerate(ordered, start=1))


def stretch(priority: Priority) -> tuple[date, date] | None:
    """Return the first and the last day on which strategies run; None where that is not said."""
    running = [s for s in counted(priority) if s.start and s.end and s.start.start <= s.end.end]
    if not running:
        return None
    return min(s.start.start for s in running if s.start), max(s.end.end for s in running if s.end)


def years(priority: Priority, context: Context) -> tuple[Year, ...]:
    """Return the years of the roadmap, each with its milestones."""
    found = stretch(priority)
    if found is None:
        return ()
    first, last = found
    month = int(context.plan.fiscal_year_start or 1)
    begun = first.year - (first.month < month)
    all_steps = steps(priority)
    result = []
    for year in range(begun, last.year + 1):
        start, end = date(year, month, 1), date(year + 1, month, 1) - timedelta(days=1)
        if start > last:
            break
        name = str(year) if month == 1 else f"{year}/{(year + 1) % 100:02d}"
        inside = tuple(s for s in all_steps if start <= s.day <= end)
        result.append(Year(name, max(start, first), min(end, last), inside))
    return tuple(result)


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether any strategy has a dated milestone."""
    return bool(steps(priority))


def check_whole(priority: Priority, context: Context) -> list[Finding]:
    """Judge the roadmap as a whole (Rule 5, tool 5.7)."""
    where = f"priorities/{priority.id}/{STRATEGIES.key}"
    found = [*_empty_years(years(priority, context), where), *_pace(priority, where), *_parts(priority, context)]
    if not found and years(priority, context):
        found.append(
            WHOLE.at(
                where,
                plural(
                    "{n} milestone, at least one in each year, and every part of the roadmap.",
                    "{n} milestones, at least one in each year, and every part of the roadmap.",
                    len(steps(priority)),
                ),
            )
        )
    return found


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge a roadmap that is practised on: the whole, and with it its target, its strategies and its estimates."""
    found = check_whole(priority, context)
    found += r02_targets.check(priority, context)
    found += r05_profile.check(priority, context)
    if r05_estimates.attempted(priority, context):
        found += r05_estimates.check(priority, context)
    return found


def _empty_years(found: Sequence[Year], where: str) -> Iterator[Finding]:
    empty = [year for year in found if not year.steps and year.end - year.start >= SHORT]
    for year in empty if len(found) > 1 else ():
        yield EMPTY_YEAR.at(
            where,
            _("Nothing falls due in {year}.").format(year=year.name),
            _("Ask of each strategy that runs then: what will be true by the end of that year, at one place at least?"),
        )


def _pace(priority: Priority, where: str) -> Iterator[Finding]:
    found, whole = steps(priority), stretch(priority)
    if len(found) < ENOUGH or whole is None:
        return
    first, last = whole
    turn = last - (last - first) * LATE
    late = [step for step in found if step.day > turn]
    if 2 * len(late) > len(found):
        yield BACK_LOADED.at(
            where,
            _("{n} of {all} milestones fall due after {day}, in the last quarter of the time.").format(
                n=format_number(len(late)), all=format_number(len(found)), day=format_date(turn)
            ),
            _("Bring the first proof forward: one site, one district, one law in draft."),
        )


def _parts(priority: Priority, context: Context) -> Iterator[Finding]:
    """Name what a roadmap rests on and the plan does not have, in one finding."""
    targets = [i for i in priority.indicators if carries_target(i)]
    picked = counted(priority)
    has = (
        (bool(priority.outcomes), _("a goal in words")),
        (any(has_number(goal(i, context)) for i in targets), _("a target with a number")),
        (all(_has_resources(s) for s in picked), _("what each strategy takes")),
        (bool(CHAINS.read(priority)), _("the delivery chain")),
        (bool(RISKS.read(priority)), _("the risks")),
        (any(map(has_effects, targets)), _("what each strategy adds")),
    )
    lacking = [name for there, name in has if not there]
    if lacking:
        yield PART_MISSING.at(
            f"priorities/{priority.id}",
            _("The roadmap has milestones, and not yet: {parts}.").format(parts="; ".join(lacking)),
            _("Begin with the first of them."),
        )


def _has_resources(strategy: Strategy) -> bool:
    needs = strategy.resources
    return any(map(said, (needs.people, needs.money, needs.technology)))

"""Rule 0, tool 0.3: how far the work on each of the ten rules is, where to begin, and a path through the workbooks.

The path follows the order of the method, since each rule builds on those before it: first the rules that are weakest,
then those with something left to gain. Rules that are fully done are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from rdlib.plan.orientation import CHECKLIST, short_title
from rdlib.plan.plan import Plan
from rdlib.rules import registry
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.ratings import Kinds, Spread, check_answers, items_of, names_in_words, people, spreads
from rdlib.rules.registry import Context, Exercise
from rdlib.words import _

TOOL = "0.3"

#: On so many rules at most attention goes first. Our choice: more than three are no focus.
MOST_FIRST = 3
#: A rule rated with this or more is left for later, and one with FULLY is passed over. Our thresholds.
LATER, FULLY = 3, 4

NO_DAY = FindingKind(
    "R0-checklist-no-day", TOOL, Severity.MISSING, _("Not dated"),
    why=_("Without the day, nobody can tell later which answer came first, and what has moved."),
)  # fmt: skip
NOBODY = FindingKind(
    "R0-checklist-nobody", TOOL, Severity.WEAK, _("Nobody named"),
    why=_("A second answer of the same person shows movement; one of somebody else shows two views."),
)  # fmt: skip
OPEN = FindingKind(
    "R0-checklist-open", TOOL, Severity.NOTE, _("Not all ten rules rated"),
    why=_("The rule that is left out is often the one that nobody works on."),
)  # fmt: skip
NO_EVIDENCE = FindingKind(
    "R0-checklist-no-evidence", TOOL, Severity.WEAK, _("Rated without evidence"),
    why=_("A rating alone is an opinion; what shows it lets somebody else come to the same rating."),
)  # fmt: skip
ALL_ALIKE = FindingKind(
    "R0-checklist-all-alike", TOOL, Severity.WEAK, _("All ratings alike"),
    why=_("Work is never equally far on all rules; where all ratings are the same, they give no place to begin."),
)  # fmt: skip
APART = FindingKind(
    "R0-checklist-apart", TOOL, Severity.NOTE, _("Seen differently"),
    why=_("Where people see different things, each of them knows something that the others do not."),
)  # fmt: skip
FIRST = FindingKind(
    "R0-checklist-first", TOOL, Severity.NOTE, _("Where to begin"),
    why=_("Work on the weakest rules gains most, and later rules build on earlier ones."),
)  # fmt: skip
FELL = FindingKind(
    "R0-checklist-fell", TOOL, Severity.NOTE, _("Lower than before"),
    why=_("Either the work has slipped, or people see it more clearly now; both are worth knowing."),
)  # fmt: skip
ROSE = FindingKind(
    "R0-checklist-rose", TOOL, Severity.GOOD, _("Higher than before"),
    why=_("Movement that can be shown keeps people going."),
)  # fmt: skip

KINDS = (NO_DAY, NOBODY, OPEN, NO_EVIDENCE, ALL_ALIKE, APART, FIRST, FELL, ROSE)

_COMMON = Kinds(NO_DAY, NOBODY, OPEN, NO_EVIDENCE, ALL_ALIKE, APART)


def attempted(plan: Plan, context: Context) -> bool:
    """Say whether anybody rated a rule."""
    return any(item.rating(row) for row in CHECKLIST.read(plan) for item in items_of(CHECKLIST.record))


def rule_of(spread: Spread) -> int:
    """Return the number of the rule that is rated."""
    return int(spread.item.path.removeprefix("rule_"))


@attrs.frozen
class Step:
    """A rule on the learning path.

    Attributes:
        rule: its number.
        spread: how people rate it.
        workbook: file name of its workbook; None where this edition has none.
        exercises: its exercises.
    """

    rule: int
    spread: Spread
    workbook: str | None
    exercises: tuple[Exercise, ...]

    @property
    def title(self) -> str:
        """Number and name of the rule."""
        return short_title(self.rule)

    @property
    def minutes(self) -> int:
        """How long its exercises take together."""
        return sum(each.minutes for each in self.exercises)


@attrs.frozen
class Path:
    """The way through the workbooks that the latest answers suggest; each part in the order of the method.

    Attributes:
        first: the rules to begin with, three at most.
        then: the other rules with something left to gain.
        done: the rules that need no work now; those who know them can show them to others.
        open: the rules that nobody has rated.
    """

    first: tuple[Step, ...]
    then: tuple[Step, ...]
    done: tuple[Step, ...]
    open: tuple[Step, ...]


def _step(spread: Spread) -> Step:
    rule = rule_of(spread)
    found = tuple(each for each in registry.exercises() if each.rule == rule)
    return Step(rule, spread, found[0].workbook if found else None, found)


def path(plan: Plan, context: Context) -> Path:
    """Return where to begin, and what to do then (Rule 0, tool 0.3).

    First come the lowest middle ratings, of equal ones those of the earlier rules; a rule rated "mostly" or better
    comes first only where nothing is lower.
    """
    steps = [_step(spread) for spread in spreads(CHECKLIST, plan, context.as_of)]
    rated = [(step.spread.middle, step) for step in steps if step.spread.middle is not None]
    gains = sorted((pair for pair in rated if pair[0] < FULLY), key=lambda pair: (pair[0], pair[1].rule))
    low = [step for rating, step in gains if rating < LATER]
    first = (low or [step for _rating, step in gains])[:MOST_FIRST]
    in_order = sorted((step for _rating, step in gains), key=lambda step: step.rule)
    return Path(
        first=tuple(step for step in in_order if step in first),
        then=tuple(step for step in in_order if step not in first),
        done=tuple(step for rating, step in rated if rating >= FULLY),
        open=tuple(step for step in steps if step.spread.middle is None),
    )


def check(plan: Plan, context: Context) -> list[Finding]:
    """Judge how the answers were given, say where to begin and what has moved (Rule 0, tool 0.3)."""
    found = list(check_answers(CHECKLIST, plan, context.as_of, _COMMON))
    first = path(plan, context).first
    if first:
        titles = [step.title for step in first]
        books = [step.workbook for step in first if step.workbook]
        found.append(
            FIRST.at(
                f"plan/{CHECKLIST.key}",
                _("Most is to be gained with {rules}.").format(rules=names_in_words(titles)),
                _("Open the workbook {name}.").format(name=books[0]) if books else _("Begin with the first of them."),
            )
        )
    twice = sum(person.before is not None for person in people(CHECKLIST, plan, context.as_of))
    for spread in spreads(CHECKLIST, plan, context.as_of):
        found += _moved(spread, twice)
    return found


def _moved(spread: Spread, twice: int) -> Iterator[Finding]:
    before, after = spread.before, spread.after
    if before is None or after is None or before == after:
        return
    several = _("{rule} went from {before} to {after}, in the middle of those who answered twice.")
    said = several if twice > 1 else _("{rule} went from {before} to {after}.")
    said = said.format(rule=short_title(rule_of(spread)), before=before, after=after)
    if after > before:
        yield ROSE.at(f"plan/{CHECKLIST.key}", said)
    else:
        yield FELL.at(
            f"plan/{CHECKLIST.key}", said, _("Find out which of the two it is, from what is said to show it.")
        )

"""Rule 4, tool 4.5: a dated review of the delivery architecture, beside what the plan itself shows.

A person's rating is never replaced. Where it and the plan disagree, both are named, and the person is asked.
"""

from __future__ import annotations

from datetime import timedelta

from rdlib.plan.fields import field_of
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.review import REVIEWS, ArchitectureReview
from rdlib.rules import r02_three_m as three_m
from rdlib.rules.architecture import Element, State, elements, name_of
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r04_candidates import chosen, live, said
from rdlib.rules.r04_candidates import name_of as strategy_name
from rdlib.rules.r04_mix import coverage
from rdlib.rules.ratings import Facts, disagrees
from rdlib.rules.registry import Context
from rdlib.words import _, format_date, plural

TOOL = "4.5"

#: A review older than this is called old. Our threshold.
OLD = timedelta(days=183)

#: The four elements that are rated, in order; each has a field for its rating and one for its notes.
ELEMENTS = ("outcomes", "indicators", "strategies", "accountability")

NO_DAY = FindingKind(
    "R4-review-no-day", TOOL, Severity.MISSING, _("No day"),
    why=_("A rating says how things stood on a day; without it, no later one can be held against it."),
)  # fmt: skip
NOT_RATED = FindingKind(
    "R4-review-not-rated", TOOL, Severity.MISSING, _("Not rated"),
    why=_("The four elements hold each other up; one that nobody looked at may be the one that gives way."),
)  # fmt: skip
NO_NOTES = FindingKind(
    "R4-review-no-notes", TOOL, Severity.MISSING, _("Rated without a note"),
    why=_("A number alone cannot be argued with, and says nothing of what to do."),
)  # fmt: skip
RATED_HIGHER = FindingKind(
    "R4-review-higher-than-plan", TOOL, Severity.WEAK, _("Rated higher than the plan shows"),
    why=_("Either the plan lacks something that exists, or the rating is a hope."),
)  # fmt: skip
RATED_LOWER = FindingKind(
    "R4-review-lower-than-plan", TOOL, Severity.NOTE, _("Rated lower than the plan shows"),
    why=_("You may know something that the plan does not say; then it is worth writing down."),
)  # fmt: skip
OLD_REVIEW = FindingKind(
    "R4-review-old", TOOL, Severity.NOTE, _("Reviewed long ago"),
    why=_("The plan has changed since; so may the judgement."),
)  # fmt: skip
AGREES = FindingKind(
    "R4-review-agrees", TOOL, Severity.GOOD, _("Judgement and plan agree"),
    why=_("What people think of the architecture is borne out by what the plan has."),
)  # fmt: skip

KINDS = (NO_DAY, NOT_RATED, NO_NOTES, RATED_HIGHER, RATED_LOWER, OLD_REVIEW, AGREES)


def _quoted(names: list[str]) -> str:
    return ", ".join(_("“{name}”").format(name=name) for name in dict.fromkeys(names))


def _shown(key: str, element: Element, has: list[str], lacks: list[str]) -> Facts:
    """Say what the plan shows of an element, and which ratings sit well with that.

    A 4 needs an element of which nothing is lacking, a 2 one that was begun; a 1 or 2 sits ill with one that stands.
    How much may lack for which rating is our choice.
    """
    field = field_of(ArchitectureReview, key)
    missing = (*element.lacking, *lacks)
    if element.state is State.NOT_ATTEMPTED:
        bears = (1, 1)
    else:
        bears = (1, 3) if missing else (3, 4)
    return Facts(key, field.label, field.help, (*element.has, *has), missing, bears)


def _indicators(priority: Priority, element: Element) -> Facts:
    passing = [i for i in priority.indicators if three_m.verdict(i) is three_m.Verdict.PASSES]
    unsure = [
        said(i.name) or i.id
        for i in priority.indicators
        if three_m.verdict(i) in {three_m.Verdict.OPEN, three_m.Verdict.NOT_ATTEMPTED}
    ]
    has = [plural("{n} passes the three Ms", "{n} pass the three Ms", len(passing))] if passing else []
    lacks = [_("The three Ms are not settled for {names}.").format(names=_quoted(unsure))] if unsure else []
    return _shown("indicators", element, has, lacks)


def _strategies(priority: Priority, element: Element) -> Facts:
    picked = chosen(priority)
    covered = coverage(priority)
    has, lacks = [], []
    if covered:
        reached = sum(1 for each in covered if each.strategies)
        has.append(_("{n} of {all} targets have a chosen strategy").format(n=reached, all=len(covered)))
    tied = {id_ for s in live(priority) for id_ in s.indicators}  # a target that no strategy names is said already
    bare = [said(c.indicator.name) or c.indicator.id for c in covered if not c.strategies and c.indicator.id in tied]
    if live(priority) and not picked:
        lacks.append(_("None of the strategies is chosen yet."))
    elif live(priority) and bare:
        lacks.append(_("No chosen strategy is there to move {names}.").format(names=_quoted(bare)))
    return _shown("strategies", element, has, lacks)


def _accountability(priority: Priority, plan: Plan, element: Element) -> Facts:
    led = [o for o in priority.outcomes if said(o.leader)]
    unled = [name_of(o) for o in priority.outcomes if not said(o.leader)]
    picked = chosen(priority)
    without = [strategy_name(s) for s in picked if not said(s.leader)]
    has, lacks = [], []
    if led:
        has.append(plural("{n} outcome has a leader", "{n} outcomes have a leader", len(led)))
    if len(picked) > len(without):
        n = len(picked) - len(without)
        has.append(plural("{n} chosen strategy has a leader", "{n} chosen strategies have a leader", n))
    if unled:
        lacks.append(_("Nobody is named who answers for {names}.").format(names=_quoted(unled)))
    if without:
        lacks.append(_("Nobody is named who leads {names}.").format(names=_quoted(without)))
    return _shown("accountability", element, has, lacks)


def shown(priority: Priority, plan: Plan) -> tuple[Facts, ...]:
    """Return what the plan shows of each of the four elements, in the order of :data:`ELEMENTS`.

    Source: Rule 4, tool 4.5, on what :mod:`rdlib.rules.architecture` finds for tool 1.2.

    >>> [each.key for each in shown(Priority(id="waits"), Plan())]
    ['outcomes', 'indicators', 'strategies', 'accountability']
    """
    outcomes, strategies, metrics, leaders = elements(priority, plan)
    return (
        _shown("outcomes", outcomes, [], []),
        _indicators(priority, metrics),
        _strategies(priority, strategies),
        _accountability(priority, plan, leaders),
    )


def rating(review: ArchitectureReview, key: str) -> int | None:
    """Return the rating of an element in a review."""
    found: int | None = getattr(review, key)
    return found


def notes(review: ArchitectureReview, key: str) -> str:
    """Return the notes on an element in a review."""
    return said(getattr(review, f"{key}_notes"))


def _begun(review: ArchitectureReview) -> bool:
    return any(rating(review, key) is not None or notes(review, key) for key in ELEMENTS) or review.day is not None


def known(priority: Priority, context: Context) -> tuple[ArchitectureReview, ...]:
    """Return the reviews that were known on the day of the context, the latest last; undated ones come first."""
    begun = [r for r in REVIEWS.read(priority) if _begun(r)]
    dated = [r for r in begun if r.day is not None and r.day <= context.as_of]
    return (*(r for r in begun if r.day is None), *sorted(dated, key=lambda r: r.day or context.as_of))


def latest(priority: Priority, context: Context) -> ArchitectureReview | None:
    """Return the latest review that was known on the day of the context."""
    return next(reversed(known(priority, context)), None)


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether the architecture was reviewed by the day of the context."""
    return latest(priority, context) is not None


def check(priority: Priority, context: Context) -> list[Finding]:
    """Hold the latest review against what the plan shows (Rule 4, tool 4.5)."""
    table = f"priorities/{priority.id}/{REVIEWS.key}"
    found = [
        NO_DAY.at(f"{table}/{review.id}/day", _("A review has no day."), _("Enter the day on which you agreed on it."))
        for review in known(priority, context)
        if review.day is None
    ]
    review = latest(priority, context)
    if review is None:
        return found
    at = f"{table}/{review.id}"
    for each in shown(priority, context.plan):
        found += _check_element(review, each, at)
    if review.day is not None and context.as_of - review.day > OLD:
        found.append(
            OLD_REVIEW.at(
                f"{at}/day",
                _("The latest review is of {day}.").format(day=format_date(review.day)),
                _("Add a new one; the old one stays, so that the movement can be seen."),
            )
        )
    if not found:
        found.append(AGREES.at(at, _("All four elements are rated with notes, and the plan bears the ratings out.")))
    return found


def _check_element(review: ArchitectureReview, each: Facts, at: str) -> list[Finding]:
    rated = rating(review, each.key)
    if rated is None:
        return [
            NOT_RATED.at(
                f"{at}/{each.key}",
                _("“{element}” is not rated.").format(element=each.title),
                _("Rate it from 1 to 4, then say why."),
            )
        ]
    found = []
    if not notes(review, each.key):
        found.append(
            NO_NOTES.at(
                f"{at}/{each.key}_notes",
                _("“{element}” is rated {rating}, with no note.").format(element=each.title, rating=rated),
                _("Write what the rating rests on, and what would make it one higher."),
            )
        )
    if disagrees(rated, each) > 0:
        lacks = each.lacks[0] if each.lacks else _("There is nothing of it in the plan.")
        found.append(
            RATED_HIGHER.at(
                f"{at}/{each.key}",
                _("“{element}” is rated {rating}. The plan shows: {lacks}").format(
                    element=each.title, rating=rated, lacks=lacks
                ),
                _("Put what is missing into the plan, or lower the rating. The judgement is yours."),
            )
        )
    elif disagrees(rated, each) < 0:
        found.append(
            RATED_LOWER.at(
                f"{at}/{each.key}",
                _("“{element}” is rated {rating}, and nothing of it is lacking in the plan.").format(
                    element=each.title, rating=rated
                ),
                _("Write into the notes what is wrong with it. The judgement is yours."),
            )
        )
    return found

"""Rule 7, tool 7.3: past ratings held against what came of them. Did those rated amber-red miss?

Only ratings given before the due date of a target count, and of each target only the last of these, so that a priority
that was rated every eight weeks does not count many times. Where too few targets have come due, nothing is concluded.
"""

from __future__ import annotations

from datetime import date

import attrs

from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules.r02_smart import goal, status
from rdlib.rules.r04_candidates import carries_target
from rdlib.rules.registry import Context
from rdlib.rules.targets import Status
from rdlib.words import _, plural

#: Fewer targets than this of one half of the scale, and nothing is said of it. Our threshold.
FEWEST = 5


@attrs.frozen
class Scored:
    """One target that has come due, with the last rating of its priority before that.

    Attributes:
        priority: what the priority is called.
        indicator: what the indicator is called.
        rating: the likelihood of delivery as it was agreed.
        day: the day of the rating.
        due: the day on which the target was due.
        met: whether the target was met.
        changed: whether the target was changed after the rating.
    """

    priority: str
    indicator: str
    rating: int
    day: date
    due: date
    met: bool
    changed: bool

    @property
    def ahead(self) -> int:
        """How many days before the due date the rating was given."""
        return (self.due - self.day).days


def _last_before(priority: Priority, due: date) -> tuple[int, date] | None:
    known = [(a.day, a.likelihood) for a in priority.assessments if a.day is not None and a.day < due]
    rated = [(day, rating) for day, rating in known if rating in {1, 2, 3, 4}]
    if not rated:
        return None
    day, rating = max(rated, key=lambda pair: pair[0])
    return rating or 0, day


def scored(plan: Plan, as_of: date) -> tuple[Scored, ...]:
    """Return every target of a plan that was met or missed by a day, with the last rating before its due date.

    Source: Rule 7, tool 7.3; what counts as met is decided as everywhere (:func:`rdlib.rules.targets.status_of`).

    >>> scored(Plan(), date(2026, 1, 1))
    ()
    """
    context = Context(plan, as_of)
    found = []
    for priority in plan.priorities:
        for indicator in priority.indicators:
            aim = goal(indicator, context)
            stands = status(indicator, aim, context)
            if aim.due is None or not carries_target(indicator) or stands not in {Status.MET, Status.NOT_MET}:
                continue
            if (last := _last_before(priority, aim.due.end)) is None:
                continue
            rating, day = last
            changed = any(c.day is not None and c.day > day for c in indicator.changes)
            called = (indicator.name or "").strip() or indicator.id
            title = (priority.title or "").strip() or priority.id
            met = stands is Status.MET
            found.append(Scored(title, called, rating, day, aim.due.end, met, changed))
    return tuple(found)


def in_words(found: tuple[Scored, ...]) -> list[str]:
    """Return what the past ratings came to, in sentences; where too few targets have come due, only that.

    >>> in_words(())
    ['No target has come due yet whose priority had been rated before.']
    """
    if not found:
        return [_("No target has come due yet whose priority had been rated before.")]
    low = [each for each in found if each.rating <= 2]
    high = [each for each in found if each.rating > 2]
    said = []
    if len(low) >= FEWEST:
        missed = sum(1 for each in low if not each.met)
        said.append(_("Of {all} targets last rated red or amber-red, {n} missed.").format(all=len(low), n=missed))
    if len(high) >= FEWEST:
        met = sum(1 for each in high if each.met)
        said.append(_("Of {all} targets last rated amber-green or green, {n} met.").format(all=len(high), n=met))
    if not said:
        return [
            plural(
                "{n} target that was rated before has come due: too few to say how good the ratings are.",
                "{n} targets that were rated before have come due: too few to say how good the ratings are.",
                len(found),
            )
        ]
    return said

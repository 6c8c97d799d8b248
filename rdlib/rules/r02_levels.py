"""Rule 2, tool 2.3: the ladder of outcomes, and how firmly each target is meant.

A long-term outcome needs shorter-term ones inside the mandate that lead to it. A target starts provisional and is
committed later; each change of it is kept with its day and its open reason.
"""

from __future__ import annotations

from datetime import timedelta

from rdlib.plan.indicator import Indicator, TargetChange
from rdlib.plan.priority import Outcome, Priority
from rdlib.plan.values import number
from rdlib.rules import trend
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r02_smart import goal, has_number
from rdlib.rules.r02_targets import has_target
from rdlib.rules.registry import Context
from rdlib.words import _, format_date, format_number

TOOL = "2.3"

NO_LEVEL = FindingKind(
    "R2-no-level", TOOL, Severity.MISSING, _("Not placed on the ladder"),
    why=_("Whether a change is due in months or in ten years decides how it can be steered."),
)  # fmt: skip
NO_SHORTER_TERM = FindingKind(
    "R2-no-shorter-term", TOOL, Severity.MISSING, _("Nothing to steer by inside the mandate"),
    why=_("A long-term outcome moves too late to tell this government whether its work is on the way."),
)  # fmt: skip
OUTSIDE_MANDATE = FindingKind(
    "R2-outside-mandate", TOOL, Severity.WEAK, _("Falls due after the mandate"),
    why=_("Those who set it will not be there to answer for it; a nearer target keeps them answerable."),
)  # fmt: skip
NO_COMMITMENT = FindingKind(
    "R2-no-commitment", TOOL, Severity.MISSING, _("Provisional or committed?"),
    why=_("A reader has to know whether a target may still be refined or is a promise."),
)  # fmt: skip
COMMITTED_WITHOUT_BASELINE = FindingKind(
    "R2-committed-without-baseline", TOOL, Severity.WEAK, _("Committed without knowing the start"),
    why=_("A promise made before the starting point is known may turn out to be empty, or out of reach."),
)  # fmt: skip
CHANGE_NO_REASON = FindingKind(
    "R2-change-no-reason", TOOL, Severity.MISSING, _("Changed without a reason"),
    why=_("A target that changes silently costs trust; an open reason keeps it."),
)  # fmt: skip
CHANGE_NO_DATE = FindingKind(
    "R2-change-no-date", TOOL, Severity.MISSING, _("Changed, with no date"),
    why=_("Without the day, nobody can tell by which target a past result is to be judged."),
)  # fmt: skip
CHANGE_NOT_PUBLIC = FindingKind(
    "R2-change-not-public", TOOL, Severity.NOTE, _("The change is not public"),
    why=_("A change is least costly when those concerned hear it, with its reason, from you first."),
)  # fmt: skip
LOWERED_LATE = FindingKind(
    "R2-lowered-after-miss", TOOL, Severity.WEAK, _("Eased when it was about to be missed"),
    why=_("It looks like moving the goalposts, whatever the reason was."),
)  # fmt: skip
LADDER_BROKEN = FindingKind(
    "R2-ladder-broken", TOOL, Severity.WEAK, _("The ladder leads the wrong way"),
    why=_("Work produces outputs, outputs bring nearer changes, and these the long-term one; the links say how."),
)  # fmt: skip
LADDER_COMPLETE = FindingKind(
    "R2-ladder-complete", TOOL, Severity.GOOD, _("The ladder is complete"),
    why=_("Each long-term outcome has a nearer one that shows whether the work is on its way."),
)  # fmt: skip

KINDS = (
    NO_LEVEL, NO_SHORTER_TERM, OUTSIDE_MANDATE, NO_COMMITMENT, COMMITTED_WITHOUT_BASELINE, CHANGE_NO_REASON,
    CHANGE_NO_DATE, CHANGE_NOT_PUBLIC, LOWERED_LATE, LADDER_BROKEN, LADDER_COMPLETE,
)  # fmt: skip

RUNG = {"output": 0, "shorter-term": 1, "long-term": 2}

#: A target eased within this many days before it fell due, or later, is named. Our threshold.
LATE = timedelta(days=90)


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether a level, a commitment or a change was entered."""
    return any(o.level or o.leads_to for o in priority.outcomes) or any(
        i.target.commitment or i.changes for i in priority.indicators
    )


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the ladder, the commitments and the changes of targets (Rule 2, tool 2.3)."""
    where = f"priorities/{priority.id}"
    found = _ladder(priority, context, where)
    for indicator in priority.indicators:
        found += _commitment(indicator, f"{where}/indicators/{indicator.id}", context)
        for place, change in enumerate(indicator.changes, start=1):
            at = f"{where}/indicators/{indicator.id}/changes/{change.id or f'#{place}'}"
            found += _change(change, indicator, at, context)
    return found


def leading_to(outcome: Outcome, priority: Priority) -> list[Outcome]:
    """Return the nearer outcomes that lead to an outcome, straight or over others.

    Where the priority has one long-term outcome only, shorter-term ones with no link count as leading to it.
    """
    reached: list[Outcome] = []
    waiting = [outcome.id]
    alone = sum(1 for o in priority.outcomes if o.level == "long-term") == 1 and outcome.level == "long-term"
    while waiting:
        target = waiting.pop()
        for other in priority.outcomes:
            unlinked = alone and not other.leads_to and other.level in {"shorter-term", "output"}
            if other is not outcome and other not in reached and (other.leads_to == target or unlinked):
                reached.append(other)
                waiting.append(other.id)
    return reached


def _ladder(priority: Priority, context: Context, where: str) -> list[Finding]:
    found = []
    for outcome in priority.outcomes:
        at = f"{where}/outcomes/{outcome.id}"
        name = outcome.statement or outcome.id
        if outcome.level is None:
            found.append(
                NO_LEVEL.at(
                    f"{at}/level",
                    _("“{outcome}” has no level.").format(outcome=name),
                    _("Choose: long-term outcome, shorter-term outcome, or output."),
                )
            )
        found += _link(outcome, priority, at)
        if outcome.level == "long-term":
            found += _shorter_term(outcome, priority, at)
        elif outcome.level is not None:
            found += _inside_mandate(outcome, priority, context, where)
    placed = [o for o in priority.outcomes if o.level]
    long_term = [o for o in placed if o.level == "long-term"]
    if long_term and len(placed) == len(priority.outcomes) and not found:
        found.append(
            LADDER_COMPLETE.at(
                f"{where}/outcomes", _("Every outcome has its rung, and each long-term one is led to by a nearer one.")
            )
        )
    return found


def _link(outcome: Outcome, priority: Priority, at: str) -> list[Finding]:
    goal_of_link = priority.outcome(outcome.leads_to)
    if goal_of_link is None:
        return []
    name, other = outcome.statement or outcome.id, goal_of_link.statement or goal_of_link.id
    seen = {outcome.id}
    walker: Outcome | None = goal_of_link
    while walker is not None:
        if walker.id in seen:
            return [
                LADDER_BROKEN.at(
                    f"{at}/leads_to",
                    _("“{outcome}” leads back to itself.").format(outcome=name),
                    _("Take out the link that closes the circle."),
                )
            ]
        seen.add(walker.id)
        walker = priority.outcome(walker.leads_to)
    if outcome.level and goal_of_link.level and RUNG[outcome.level] > RUNG[goal_of_link.level]:
        return [
            LADDER_BROKEN.at(
                f"{at}/leads_to",
                _("“{outcome}” is said to lead to “{other}”, which stands lower on the ladder.").format(
                    outcome=name, other=other
                ),
                _("Turn the link round, or correct one of the two levels."),
            )
        ]
    return []


def _shorter_term(outcome: Outcome, priority: Priority, at: str) -> list[Finding]:
    nearer = [o for o in leading_to(outcome, priority) if o.level in {"shorter-term", "output"}]
    name = outcome.statement or outcome.id
    if not nearer:
        return [
            NO_SHORTER_TERM.at(
                at,
                _("No nearer outcome leads to “{outcome}”.").format(outcome=name),
                _("Ask what must have changed in two years for it to come true; add that as a shorter-term outcome."),
            )
        ]
    aimed_at = {i.outcome for i in priority.indicators if has_target(i)}
    if not any(o.id in aimed_at for o in nearer):
        return [
            NO_SHORTER_TERM.at(
                at,
                _("What leads to “{outcome}” carries no target yet.").format(outcome=name),
                _("Set a target inside the mandate for at least one of the nearer outcomes."),
            )
        ]
    return []


def _inside_mandate(outcome: Outcome, priority: Priority, context: Context, where: str) -> list[Finding]:
    end = context.plan.mandate_end
    if end is None:
        return []
    found = []
    for indicator in priority.indicators:
        if indicator.outcome != outcome.id:
            continue
        due = goal(indicator, context).due
        if due is not None and due.start > end and not _step_inside(indicator, context):
            found.append(
                OUTSIDE_MANDATE.at(
                    f"{where}/indicators/{indicator.id}/target/due",
                    _("Due by {due}; the mandate ends on {end}.").format(
                        due=format_date(due.end), end=format_date(end)
                    ),
                    _("Set an intermediate value that falls due inside it, or place the outcome as long-term."),
                )
            )
    return found


def _step_inside(indicator: Indicator, context: Context) -> bool:
    """Say whether an intermediate target falls due inside the mandate: then there is something to answer for."""
    begins, ends = context.plan.mandate_start, context.plan.mandate_end
    return any(
        step.when is not None
        and number(step.value) is not None
        and (ends is None or step.when.end <= ends)
        and (begins is None or step.when.end >= begins)
        for step in indicator.trajectory
    )


def _commitment(indicator: Indicator, where: str, context: Context) -> list[Finding]:
    if not has_target(indicator):
        return []
    aim = goal(indicator, context)
    if aim.kind in {"context", "tbd"}:
        return []
    if indicator.target.commitment is None:
        return [
            NO_COMMITMENT.at(
                f"{where}/target/commitment",
                _("It is not said how firmly the target is meant."),
                _("Choose provisional while it may be refined, committed once work has begun in earnest."),
            )
        ]
    needs_start = aim.kind != "milestone" and number(indicator.baseline.value) is None
    if indicator.target.commitment == "committed" and needs_start and not _known_past(indicator):
        return [
            COMMITTED_WITHOUT_BASELINE.at(
                f"{where}/target/commitment",
                _("The target is committed, and no baseline or measured value is in the plan."),
                _("Establish the baseline, or call the target provisional until it is known."),
            )
        ]
    return []


def _known_past(indicator: Indicator) -> bool:
    return any(number(o.value) is not None for o in indicator.observations)


def _change(change: TargetChange, indicator: Indicator, at: str, context: Context) -> list[Finding]:
    found = []
    if not (change.reason or "").strip():
        found.append(
            CHANGE_NO_REASON.at(
                f"{at}/reason",
                _("A change of the target is recorded without a reason."),
                _("Say what changed outside your control, or what was learned."),
            )
        )
    if change.day is None:
        found.append(
            CHANGE_NO_DATE.at(
                f"{at}/day",
                _("It is not said when the target was changed."),
                _("Add the day from which the new one holds."),
            )
        )
    if change.public is not True:
        found.append(
            CHANGE_NOT_PUBLIC.at(
                f"{at}/public",
                _("The reason was not published.")
                if change.public is False
                else _("It is not said whether the reason was published."),
                _("Publish the old target, the new one and the reason side by side."),
            )
        )
    found += _eased_late(change, indicator, at, context)
    return found


def _eased_late(change: TargetChange, indicator: Indicator, at: str, context: Context) -> list[Finding]:
    """Name a target that was eased shortly before it fell due, or while it was being missed."""
    eased = _eased(change, indicator, context)
    if change.day is None or eased is None:
        return []
    says = None
    if change.was_due is not None:
        if change.day >= change.was_due.end - LATE:
            says = _("On {day} the target was {eased}; it fell due on {due}.").format(
                day=format_date(change.day), eased=eased, due=format_date(change.was_due.end)
            )
    elif (missed := _missed_before(change, indicator, context)) is not None:
        says = _("On {day} the target was {eased}; the last value before that, {value}, missed it.").format(
            day=format_date(change.day), eased=eased, value=format_number(missed, indicator.unit)
        )
    if says is None:
        return []
    todo = _("Report the result against the earlier target too, and say plainly why it was changed.")
    return [LOWERED_LATE.at(at, says, todo)]


def _eased(change: TargetChange, indicator: Indicator, context: Context) -> str | None:
    """Return in words how a change made the target easier, or None."""
    aim = goal(indicator, context)
    was = number(change.was_value)
    if change.was_due is not None and aim.due is not None and aim.due.end > change.was_due.end:
        return _("moved from {was} to {now}").format(was=format_date(change.was_due.end), now=format_date(aim.due.end))
    if was is None or aim.level is None or not has_number(aim):
        return None
    if aim.level < was if aim.low is not None else aim.level > was:
        return _("changed from {was} to {now}").format(
            was=format_number(was, indicator.unit), now=format_number(aim.level, indicator.unit)
        )
    return None


def _missed_before(change: TargetChange, indicator: Indicator, context: Context) -> float | None:
    """Return the last value before a change where it missed the target that held until then."""
    was, aim = number(change.was_value), goal(indicator, context)
    before = [v for p, v in trend.whole_series(indicator) if change.day and p.end < change.day]
    if was is None or not before:
        return None
    missed = before[-1] < was if aim.low is not None else before[-1] > was
    return before[-1] if missed else None

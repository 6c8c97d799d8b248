"""Rule 7, tool 7.5: the record of a stocktake judged: what is decided, who does what, and whether it is followed up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import attrs

from rdlib.plan.plan import Plan
from rdlib.plan.stocktake import NEXT_STOCKTAKE, STOCKTAKES, Action, NextStocktake, Stocktake, seal_of
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r07_pack import (
    Pack,
    begun,
    changes,
    closed_ones,
    covered,
    lost,
    open_ones,
    pack,
    rating_of,
    state_of,
    title_of,
)
from rdlib.rules.registry import Context
from rdlib.rules.wording import is_thin
from rdlib.words import _, format_date, plural

TOOL = "7.5"

#: An action that was carried forward so many times is asked about. Our threshold, after the source's own advice.
CARRIED = 3
#: From so long before its day on, a stocktake is asked for its ratings and the decisions that it wants. Our choice: the
#: seven working days of the preparation (tool 7.6).
NEAR = timedelta(days=9)
#: So long after its day a record is written down from memory. Our threshold.
WRITTEN_UP = timedelta(days=7)

NO_DAY = FindingKind(
    "R7-stocktake-no-day", TOOL, Severity.MISSING, _("No day"),
    why=_("The pack, the preparation and what changed since are all worked out from it."),
)  # fmt: skip
TWO_OPEN = FindingKind(
    "R7-stocktake-two-open", TOOL, Severity.WEAK, _("Two records are open"),
    why=_("Two people have begun one. Half of what is agreed will stand in each."),
)  # fmt: skip
NOT_RATED = FindingKind(
    "R7-stocktake-not-rated", TOOL, Severity.MISSING, _("A priority without an agreed rating"),
    why=_("The one that nobody has rated takes the whole shared view, because everybody begins to judge it there."),
)  # fmt: skip
NOT_ANEW = FindingKind(
    "R7-stocktake-not-rated-anew", TOOL, Severity.WEAK, _("Not rated since the last stocktake"),
    why=_("A stocktake that shows the ratings of the last one asks what everybody answered already."),
)  # fmt: skip
NO_DECISION = FindingKind(
    "R7-stocktake-no-decision", TOOL, Severity.WEAK, _("No decision is wanted"),
    why=_("Then those who can decide sit there to be informed. They could read that."),
)  # fmt: skip
NO_ANSWER = FindingKind(
    "R7-decision-no-answer", TOOL, Severity.WEAK, _("A decision wanted, and none taken"),
    why=_("What was asked and not answered is not open: each in the room has their own answer by now."),
)  # fmt: skip
NOT_SHOWN = FindingKind(
    "R7-achievement-not-shown", TOOL, Severity.WEAK, _("An achievement that nothing shows"),
    why=_("Praise for what cannot be seen teaches to report well."),
)  # fmt: skip
NO_ACTION = FindingKind(
    "R7-stocktake-no-action", TOOL, Severity.WEAK, _("Nothing was agreed to be done"),
    why=_("When nobody has to do anything afterwards, the next stocktake begins where this one did."),
)  # fmt: skip
NO_OWNER = FindingKind(
    "R7-action-no-owner", TOOL, Severity.MISSING, _("An action without an owner"),
    why=_("Everybody thinks that somebody else has it."),
)  # fmt: skip
NO_DATE = FindingKind(
    "R7-action-no-date", TOOL, Severity.MISSING, _("An action without a date"),
    why=_("What has no day is never late, and so it is never asked about."),
)  # fmt: skip
OVERDUE = FindingKind(
    "R7-action-overdue", TOOL, Severity.WEAK, _("Overdue"),
    why=_("A promise that passes without a question is the last one that was taken seriously."),
)  # fmt: skip
TOO_OFTEN = FindingKind(
    "R7-action-carried-thrice", TOOL, Severity.WEAK, _("Carried forward again and again"),
    why=_("It is too big, in the wrong hands, or not wanted. Carrying it on says none of that."),
)  # fmt: skip
LOST = FindingKind(
    "R7-action-lost", TOOL, Severity.WEAK, _("An open action is not in the record any more"),
    why=_("Whoever learns that actions vanish waits for the next one to vanish."),
)  # fmt: skip
TARGET_CHANGED = FindingKind(
    "R7-stocktake-target-changed", TOOL, Severity.WEAK, _("A target is another one than the last time"),
    why=_("A target that moves without a word makes every rating and every trend a matter of belief."),
)  # fmt: skip
NOBODY_PRESENT = FindingKind(
    "R7-stocktake-nobody-present", TOOL, Severity.WEAK, _("Not said who was there"),
    why=_("A decision binds those who were in the room; later, somebody will say that they were not."),
)  # fmt: skip
NOT_CLOSED = FindingKind(
    "R7-stocktake-not-closed", TOOL, Severity.WEAK, _("Held, and not closed"),
    why=_("What is written up weeks later is what people wish that they had agreed on."),
)  # fmt: skip
CHANGED = FindingKind(
    "R7-stocktake-changed", TOOL, Severity.MISSING, _("Changed after it was closed"),
    why=_("A record that can be changed quietly proves nothing, also where it was right."),
)  # fmt: skip
FOLLOWED = FindingKind(
    "R7-stocktake-followed-up", TOOL, Severity.GOOD, _("What was agreed, was done"),
    why=_("Nothing makes the next promise as strong as the last one kept."),
)  # fmt: skip

KINDS = (
    NO_DAY, TWO_OPEN, NOT_RATED, NOT_ANEW, NO_DECISION, NO_ANSWER, NOT_SHOWN, NO_ACTION, NO_OWNER, NO_DATE, OVERDUE,
    TOO_OFTEN, LOST, TARGET_CHANGED, NOBODY_PRESENT, NOT_CLOSED, CHANGED, FOLLOWED,
)  # fmt: skip


def attempted(plan: Plan, context: Context) -> bool:
    """Say whether a stocktake was begun, or closed by the day of the context."""
    return bool(open_ones(plan)) or bool(closed_ones(plan, context.as_of))


def check(plan: Plan, context: Context) -> list[Finding]:
    """Judge the record of the next stocktake, and whether those that were closed are as they were (tool 7.5)."""
    found = [f for each in STOCKTAKES.read(plan) if begun(each) for f in _sealed(each)]
    every = open_ones(plan)
    if len(every) > 1:
        found.append(
            TWO_OPEN.at(
                f"plan/{NEXT_STOCKTAKE.key}",
                _("{n} records of the next stocktake are open.").format(n=len(every)),
                _("Move what is in the second into the first, then remove it."),
            )
        )
    for record in every:
        found += _open(record, plan, context)
    if not every and (last := next(reversed(closed_ones(plan, context.as_of)), None)) is not None:
        found += _since(last, plan, context)
    return found


def _sealed(stocktake: Stocktake) -> Iterator[Finding]:
    if stocktake.seal == seal_of(stocktake):
        return
    where = f"plan/{STOCKTAKES.key}/{stocktake.id}"
    day = format_date(stocktake.day) if stocktake.day else _("(no day)")
    yield CHANGED.at(
        where,
        _("The record of {day} is not what was closed.").format(day=day)
        if stocktake.seal
        else _("The record of {day} has no seal: it was not closed by the program.").format(day=day),
        _(
            "Put back what stood there (earlier versions are in .rdlib/versions), or accept the change openly, with a "
            "name and a reason: run the steps of the stocktake in the workbook of rule 7 again, they ask for it."
        ),
    )


def _since(last: Stocktake, plan: Plan, context: Context) -> Iterator[Finding]:
    """What has to be said between two stocktakes: how the actions of the last one stand."""
    where = f"plan/{STOCKTAKES.key}/{last.id}"
    for action in last.actions:
        yield from _late(action, f"{where}/actions/{action.id}", plan, context)


def _open(record: NextStocktake, plan: Plan, context: Context) -> Iterator[Finding]:
    where = f"plan/{NEXT_STOCKTAKE.key}/{record.id}"
    for place, action in enumerate(record.actions, start=1):
        yield from _action(action, f"{where}/actions/{action.id or f'#{place}'}", plan, context)
    for achievement in record.achievements:
        what = (achievement.what or "").strip()
        if what and is_thin(achievement.shown or "", what):
            yield NOT_SHOWN.at(
                f"{where}/achievements/{achievement.id}/shown",
                _("Nothing shows “{what}”.").format(what=what),
                _("Write a figure, a date, or who saw it."),
            )
    if record.day is None:
        yield NO_DAY.at(f"{where}/day", _("The day of the stocktake is open."), _("Take it from the year of 7.2."))
        return
    found = _table(record, plan)
    yield from _compared(found, record, plan, where)
    if context.as_of < record.day - NEAR:
        return
    yield from _rated(found, record, plan, where)
    if not any((d.question or "").strip() for d in record.decisions):
        yield NO_DECISION.at(
            f"{where}/decisions",
            _("No decision is wanted from the stocktake of {day}.").format(day=format_date(record.day)),
            _("Ask of each priority that is not green: what could only those in the room settle?"),
        )
    if context.as_of > record.day:
        yield from _held(record, where, context)
    carried = [a for a in record.actions if a.times]
    if carried and all(state_of(a, context.as_of) == "done" for a in carried) and not lost(found):
        yield FOLLOWED.at(
            f"{where}/actions",
            _("All {n} that came from the last stocktake are done.").format(
                n=plural("{n} action", "{n} actions", len(carried))
            ),
        )


def _table(record: NextStocktake, plan: Plan) -> Pack:
    """What lies on the table for one record, also where a second one of that day is open."""
    assert record.day is not None
    return attrs.evolve(pack(plan, record.day), record=record)


def _rated(found: Pack, record: NextStocktake, plan: Plan, where: str) -> Iterator[Finding]:
    for priority in covered(record, plan):
        rating = rating_of(priority, found.day)
        if rating is None:
            yield NOT_RATED.at(
                where,
                _("No rating of “{name}” has been agreed on.").format(name=title_of(priority, plan)),
                _("Rate it before the meeting (tool 7.3): each alone, then together."),
            )
        elif found.before is not None and rating.day is not None and rating.day <= (found.before.day or rating.day):
            yield NOT_ANEW.at(
                where,
                _("“{name}” was last rated on {day}, for the stocktake before.").format(
                    name=title_of(priority, plan), day=format_date(rating.day)
                ),
                _("Rate it again before the meeting, also where you expect the same."),
            )


def _compared(found: Pack, record: NextStocktake, plan: Plan, where: str) -> Iterator[Finding]:
    for action in lost(found):
        yield LOST.at(
            f"{where}/actions",
            _("“{what}” was open at the last stocktake.").format(what=(action.what or "").strip() or action.id),
            _("Put it back, say when it was done, or say why it is no longer needed."),
        )
    for change in changes(found, plan):
        if change.kind == "target" and not _told(change.about, found, plan):
            yield TARGET_CHANGED.at(
                where,
                _("“{name}”: {what}.").format(name=change.about, what=change.what),
                _("Write the change with its day and its reason (tool 2.3), and say it in the meeting."),
            )


def _told(name: str, found: Pack, plan: Plan) -> bool:
    """Whether a dated change of the target says why it is another one than at the last stocktake."""
    since = found.before.day if found.before else None
    return any(
        (indicator.name or "").strip() == name
        and any(c.day is not None and (since is None or c.day > since) and c.reason for c in indicator.changes)
        for priority in plan.priorities
        for indicator in priority.indicators
    )


def _held(record: NextStocktake, where: str, context: Context) -> Iterator[Finding]:
    assert record.day is not None
    day = format_date(record.day)
    for decision in record.decisions:
        question = (decision.question or "").strip()
        if question and not (decision.answer or "").strip():
            yield NO_ANSWER.at(
                f"{where}/decisions/{decision.id}/answer",
                _("“{question}” has no answer.").format(question=question),
                _("Write what was said. If it was “later”, write when it comes back, and make that an action."),
            )
    if not any(name.strip() for name in record.present):
        yield NOBODY_PRESENT.at(
            f"{where}/present", _("Nobody is named for {day}.").format(day=day), _("Write who sat at the table.")
        )
    if not record.actions:
        yield NO_ACTION.at(
            f"{where}/actions",
            _("The stocktake of {day} has no action.").format(day=day),
            _("Go through the decisions: who does what, and by when?"),
        )
    if context.as_of - record.day > WRITTEN_UP:
        yield NOT_CLOSED.at(
            where,
            _("The record of {day} is still open.").format(day=day),
            _("Read it out to those who were there, then close it; what is open comes along to the next one."),
        )


def _action(action: Action, where: str, plan: Plan, context: Context) -> Iterator[Finding]:
    called = (action.what or "").strip() or _("(an action without a name)")
    if not (action.owner or "").strip():
        yield NO_OWNER.at(
            f"{where}/owner", _("“{what}” has no owner.").format(what=called), _("Write one name; ask that person.")
        )
    if action.due is None and action.is_open:
        yield NO_DATE.at(
            f"{where}/due",
            _("“{what}” has no date.").format(what=called),
            _("Write the day by which it is done, before the next stocktake where you can."),
        )
    yield from _late(action, where, plan, context)
    if action.times >= CARRIED and action.is_open:
        since = format_date(action.since) if action.since else _("a day that is not said")
        yield TOO_OFTEN.at(
            where,
            _("“{what}” has been carried forward {n} times, since {day}.").format(
                what=called, n=action.times, day=since
            ),
            _("Decide on it: make it smaller, give it to somebody else with the means for it, or let go of it openly."),
        )


def _late(action: Action, where: str, plan: Plan, context: Context) -> Iterator[Finding]:
    if state_of(action, context.as_of) == "late" and action.due is not None:
        owner = (plan.person(action.owner) or "").strip() or _("nobody named")
        yield OVERDUE.at(
            f"{where}/done",
            _("“{what}” was due on {day} ({owner}).").format(
                what=(action.what or "").strip(), day=format_date(action.due), owner=owner
            ),
            _("Ask today what is in the way. A new date needs a reason that stands beside it."),
        )

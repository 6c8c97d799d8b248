"""Rule 10, tool 10.2: an engagement plan for each chosen stakeholder, and who is still without one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import attrs

from rdlib.plan.fields import field_of
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.stakeholders import ENGAGEMENTS, Engagement, EngagementAction, Stakeholder
from rdlib.rules.boards import names_of, value_of
from rdlib.rules.coalition_wording import nearly_same, only_asks, speaks_of_ourselves
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r03_members import quoted
from rdlib.rules.r10_candidates import stakeholders
from rdlib.rules.r10_dates import comes_again, is_done, last_day, last_due, next_day
from rdlib.rules.r10_map import CHAMPIONS, MIDDLE, SCEPTICS, STAKEHOLDER_MAP, SUPPORTERS, UNDECIDED_BELOW, zone_of
from rdlib.rules.registry import Context
from rdlib.rules.wording import is_thin
from rdlib.words import _, format_date, plural

TOOL = "10.2"

#: Attention is held against the map from so many actions on. Our threshold.
ENOUGH_ACTIONS = 3

#: Engagement may end so long before the last target falls due. Our threshold.
SOON_ENOUGH = timedelta(days=92)

NO_PLAN = FindingKind(
    "R10-no-engagement", TOOL, Severity.WEAK, _("Power, and no plan"),
    why=_("Whoever has power is met anyway. Without a plan it happens on their terms, or by chance."),
)  # fmt: skip
NOBODY = FindingKind(
    "R10-engagement-nobody", TOOL, Severity.MISSING, _("A plan for nobody"),
    why=_("A plan that is for nobody on the map cannot fit a place, and nobody notices when it is not kept."),
)  # fmt: skip
NO_OBJECTIVE = FindingKind(
    "R10-no-objective", TOOL, Severity.MISSING, _("No objective"),
    why=_("Meetings without an objective are kept up for their own sake, and nobody can say whether they work."),
)  # fmt: skip
THIN_OBJECTIVE = FindingKind(
    "R10-thin-objective", TOOL, Severity.WEAK, _("The objective says nothing yet"),
    why=_("An objective that nobody could see happen cannot be reached."),
)  # fmt: skip
MISFIT = FindingKind(
    "R10-objective-misfit", TOOL, Severity.WEAK, _("Objective and place do not fit"),
    why=_("To ask a sceptic for applause costs trust; to woo a champion wastes the time that the middle needs."),
)  # fmt: skip
NO_MESSAGE = FindingKind(
    "R10-no-key-message", TOOL, Severity.MISSING, _("No message"),
    why=_("Each who talks to them then says something else."),
)  # fmt: skip
WANTS = FindingKind(
    "R10-message-wants", TOOL, Severity.WEAK, _("Says what you want, not what they gain"),
    why=_("A request is one more item on a list. An offer is a reason to find the time."),
)  # fmt: skip
NO_INTEREST = FindingKind(
    "R10-message-no-interest", TOOL, Severity.WEAK, _("A message without their interest"),
    why=_("Nobody is moved by what does not touch anything they care about; first it has to be known."),
)  # fmt: skip
SAME = FindingKind(
    "R10-same-key-message", TOOL, Severity.WEAK, _("The same message for several"),
    why=_("What one gains is not what the next one gains; a message for all is a notice."),
)  # fmt: skip
NO_ACTION = FindingKind(
    "R10-no-engagement-action", TOOL, Severity.MISSING, _("No action"),
    why=_("Until somebody does something by a day, the rest of the plan is a wish."),
)  # fmt: skip
ACTION_OPEN = FindingKind(
    "R10-action-open", TOOL, Severity.WEAK, _("An action without day or owner"),
    why=_("What belongs to nobody, or to no day, comes after everything that does."),
)  # fmt: skip
ACTION_LATE = FindingKind(
    "R10-action-late", TOOL, Severity.WEAK, _("The day has passed"),
    why=_("They notice that nobody came, and draw their own conclusion."),
)  # fmt: skip
ATTENTION = FindingKind(
    "R10-attention", TOOL, Severity.WEAK, _("All effort goes to one side"),
    why=_("Time with friends is pleasant and time with opponents feels urgent; those who could move are in between."),
)  # fmt: skip
ENDS_EARLY = FindingKind(
    "R10-engagement-ends", TOOL, Severity.WEAK, _("Ends before the target"),
    why=_("Support that is not looked after fades, and the last stretch is where it is needed most."),
)  # fmt: skip
FITS = FindingKind(
    "R10-engagement-fits", TOOL, Severity.GOOD, _("Deliberate engagement"),
    why=_("Whoever matters is somebody's task on a day, with words that speak of what they care about."),
)  # fmt: skip

KINDS = (
    NO_PLAN, NOBODY, NO_OBJECTIVE, THIN_OBJECTIVE, MISFIT, NO_MESSAGE, WANTS, NO_INTEREST, SAME, NO_ACTION, ACTION_OPEN,
    ACTION_LATE, ATTENTION, ENDS_EARLY, FITS,
)  # fmt: skip

#: What an objective is by the place on the map. Those in the power row are the method's; the others our reading.
_BY_ZONE = {CHAMPIONS: "activate", MIDDLE: "onside", SCEPTICS: "work-with"}
#: The kinds of objective that do not fit a place; whatever is not named here may.
_MISFITS = {
    CHAMPIONS: {"onside", "work-with", "momentum"},
    MIDDLE: {"activate", "momentum"},
    SCEPTICS: {"activate", "momentum"},
}


def engagements(priority: Priority) -> tuple[Engagement, ...]:
    """Return the engagement plans in which anything was entered."""
    return tuple(e for e in ENGAGEMENTS.read(priority) if e != Engagement(e.id, illustrative=e.illustrative))


def stakeholder_of(engagement: Engagement, priority: Priority) -> Stakeholder | None:
    """Return the stakeholder that a plan is for; None where nobody is named, or they are gone."""
    return next((s for s in stakeholders(priority) if s.id and s.id == engagement.stakeholder), None)


def aim_by_place(stakeholder: Stakeholder | None) -> str | None:
    """Return the kind of objective that follows from a place on the map; None where there is no place.

    >>> aim_by_place(Stakeholder("k1", support=2.0, power=9.0))
    'work-with'
    """
    zone = zone_of(stakeholder) if stakeholder else None
    return _BY_ZONE.get(zone, "momentum") if zone else None


def aim_of(engagement: Engagement, priority: Priority) -> str | None:
    """Return the kind of objective of a plan: the one chosen, else what follows from the place."""
    return engagement.aim or aim_by_place(stakeholder_of(engagement, priority))


def aim_in_words(aim: str | None) -> str:
    """Return what to call a kind of objective."""
    choice = field_of(Engagement, "aim").choice(aim)
    return choice.label if choice else ""


def actions_of(engagement: Engagement) -> tuple[EngagementAction, ...]:
    """Return the actions of a plan in which anything was entered."""
    return tuple(a for a in engagement.actions if a != EngagementAction(a.id))


@attrs.frozen
class Waiting:
    """Somebody on the map who has no engagement plan.

    Attributes:
        stakeholder: who.
        zone: the key of the field they stand in.
        rank: 0 for whom to begin with; 3 and more can wait, or need none.
    """

    stakeholder: Stakeholder
    zone: str
    rank: int

    @property
    def needs_one(self) -> bool:
        """Whether a plan is asked for: those with power. Whoever could move and has none can wait."""
        return self.rank < 3


_RANKS = {MIDDLE: 0, SCEPTICS: 1, CHAMPIONS: 2, UNDECIDED_BELOW: 3, SUPPORTERS: 4}


def without_plan(priority: Priority) -> list[Waiting]:
    """Return those on the map who have no plan: the moveable middle first, the most powerful first in each field.

    The order is ours: most of the time goes to the middle, as the method has it.
    """
    engaged = {e.stakeholder for e in engagements(priority)}
    waiting = [
        Waiting(s, zone, _RANKS.get(zone, 5))
        for s in stakeholders(priority)
        if s.id and s.id not in engaged and (zone := zone_of(s))
    ]
    return sorted(waiting, key=lambda w: (w.rank, -(value_of(w.stakeholder.power) or 0.0)))


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether any engagement was begun."""
    return bool(engagements(priority))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the engagement plan of a priority (Rule 10, tool 10.2)."""
    where = f"priorities/{priority.id}/{ENGAGEMENTS.key}"
    found: list[Finding] = []
    for place, each in enumerate(ENGAGEMENTS.read(priority), start=1):
        if each in engagements(priority):
            found += _one(each, priority, context, f"{where}/{each.id or f'#{place}'}")
    found += _same(priority, where)
    if lacking := [w.stakeholder.called for w in without_plan(priority) if w.needs_one]:
        found.append(
            NO_PLAN.at(
                where,
                _("With power, and without a plan: {names}.").format(names=quoted(lacking)),
                _("Begin with the first; a line for the objective and one dated action are enough to start."),
            )
        )
    found += _attention(priority, context.plan, where)
    found += _ends(priority, context, where)
    if not any(f.severity in {Severity.MISSING, Severity.WEAK} for f in found):
        count = plural("{n} stakeholder has a plan", "{n} stakeholders have a plan", len(engagements(priority)))
        found.append(FITS.at(where, _("{count}, with messages, owners and days.").format(count=count)))
    return found


def _one(each: Engagement, priority: Priority, context: Context, at: str) -> Iterator[Finding]:
    stakeholder = stakeholder_of(each, priority)
    if stakeholder is None:
        yield NOBODY.at(
            f"{at}/stakeholder",
            _("It is not said whom this plan is for, or they are no longer on the map."),
            _("Choose somebody from the map."),
        )
        return
    name = _("“{name}”").format(name=stakeholder.called)
    objective = (each.objective or "").strip()
    if not objective:
        yield NO_OBJECTIVE.at(
            f"{at}/objective",
            _("There is no objective for {name}.").format(name=name),
            _("Write what they will do or say, and by when, that they do not do today."),
        )
    elif is_thin(objective, stakeholder.called):
        yield THIN_OBJECTIVE.at(
            f"{at}/objective",
            _("The objective for {name} is “{objective}”.").format(name=name, objective=objective),
            _("Say what somebody would see them do."),
        )
    yield from _misfit(each, stakeholder, context.plan, at)
    yield from _messages(each, stakeholder, at)
    actions = actions_of(each)
    if not actions:
        yield NO_ACTION.at(
            f"{at}/actions",
            _("Nothing is to be done with {name}.").format(name=name),
            _("Write one thing that happens within the next four weeks, with its day and the name of who does it."),
        )
    for action in actions:
        yield from _action(action, name, priority, context, f"{at}/actions/{action.id}")


def _misfit(each: Engagement, stakeholder: Stakeholder, plan: Plan, at: str) -> Iterator[Finding]:
    zone = zone_of(stakeholder)
    if zone and each.aim in _MISFITS.get(zone, ()):
        yield MISFIT.at(
            f"{at}/aim",
            _("“{name}” stands in the field “{zone}”, and the objective is to “{aim}”.").format(
                name=stakeholder.called,
                zone=names_of(STAKEHOLDER_MAP, plan)[zone],
                aim=aim_in_words(each.aim).lower(),
            ),
            _("Their place asks for “{aim}”. If that feels wrong, look at the place again.").format(
                aim=aim_in_words(_BY_ZONE[zone]).lower()
            ),
        )


def _messages(each: Engagement, stakeholder: Stakeholder, at: str) -> Iterator[Finding]:
    messages = [text for m in each.messages if (text := m.strip())]
    name = _("“{name}”").format(name=stakeholder.called)
    if not messages:
        yield NO_MESSAGE.at(
            f"{at}/messages",
            _("There is no message for {name}.").format(name=name),
            _("Write the sentence that you would like them to repeat to their own people."),
        )
        return
    asking = [m for m in messages if only_asks(m) or speaks_of_ourselves(m)]
    if len(asking) == len(messages):
        yield WANTS.at(
            f"{at}/messages",
            _("What {name} hears is “{message}”.").format(name=name, message=asking[0]),
            _("Begin with what gets easier, safer or better for them, and with the word “you”."),
        )
    if not (stakeholder.interests or "").strip():
        yield NO_INTEREST.at(
            f"{at}/messages",
            _("There are messages for {name}, and it is not said what they care about.").format(name=name),
            _("Fill in “What they care about” on the map (tool 10.1): ask them. Then read the messages again."),
        )


def _action(action: EngagementAction, name: str, priority: Priority, context: Context, at: str) -> Iterator[Finding]:
    what = (action.what or "").strip() or _("not said")
    lacking = [
        (field, label)
        for field, label, value in (
            ("what", _("what is done"), (action.what or "").strip()),
            ("owner", _("an owner"), (action.owner or "").strip()),
            ("day", _("a day"), action.day),
        )
        if not value
    ]
    if lacking and action.done is None:
        yield ACTION_OPEN.at(
            f"{at}/{lacking[0][0]}",
            _("“{what}” for {name} lacks {lacking}.").format(
                what=what, name=name, lacking=_(" and ").join(label for _field, label in lacking)
            ),
            _("Write one name and one day."),
        )
    ends = last_due(priority, context)
    due = next_day(action, ends)
    if due is not None and not is_done(action, ends) and due < context.as_of:
        last = (
            _("it was last done on {day}").format(day=format_date(action.done)) if action.done else _("it is not done")
        )
        yield ACTION_LATE.at(
            f"{at}/done",
            _("“{what}” for {name} was due on {day}, and {last}.").format(
                what=what, name=name, day=format_date(due), last=last
            ),
            _("Write the day on which it was done, or set a new one and tell them."),
        )


def _same(priority: Priority, where: str) -> Iterator[Finding]:
    told = [
        (stakeholder.called, " ".join(e.messages))
        for e in engagements(priority)
        if any(m.strip() for m in e.messages) and (stakeholder := stakeholder_of(e, priority))
    ]
    done: set[str] = set()
    for name, message in told:
        same = [other for other, text in told if nearly_same(text, message)]
        if len(same) > 1 and name not in done:
            done |= set(same)
            yield SAME.at(
                where,
                _("{names} hear the same: “{message}”").format(names=quoted(same), message=message),
                _("Write to each what that one alone gains."),
            )


def attention(priority: Priority) -> dict[str, int]:
    """Return how many actions are planned for each field of the map, by its key."""
    counted: dict[str, int] = {}
    for each in engagements(priority):
        stakeholder = stakeholder_of(each, priority)
        zone = zone_of(stakeholder) if stakeholder else None
        if zone:
            counted[zone] = counted.get(zone, 0) + len(actions_of(each))
    return {zone: count for zone, count in counted.items() if count}


def _attention(priority: Priority, plan: Plan, where: str) -> Iterator[Finding]:
    counted = attention(priority)
    there = {zone for s in stakeholders(priority) if (zone := zone_of(s))}
    if len(counted) != 1 or sum(counted.values()) < ENOUGH_ACTIONS:
        return
    zone, count = next(iter(counted.items()))
    others = [key for key in (MIDDLE, SCEPTICS, CHAMPIONS) if key in there and key != zone]
    if zone in {CHAMPIONS, SUPPORTERS, SCEPTICS} and others:
        names = names_of(STAKEHOLDER_MAP, plan)
        yield ATTENTION.at(
            where,
            _("All {n} actions are for “{zone}”; “{other}” gets none.").format(
                n=count, zone=names[zone], other=names[others[0]]
            ),
            _("Take one action from the list, and give its hours to somebody who could move."),
        )


def _ends(priority: Priority, context: Context, where: str) -> Iterator[Finding]:
    ends = last_due(priority, context)
    actions = [a for each in engagements(priority) for a in actions_of(each)]
    days = [day for a in actions if (day := last_day(a, ends))]
    if ends is None or ends <= context.as_of or not days or any(a.day is None for a in actions):
        return
    if max(days) < ends - SOON_ENOUGH:
        again = any(comes_again(a) for a in actions)
        yield ENDS_EARLY.at(
            where,
            _("The last action is on {day}; the last target falls due on {due}.").format(
                day=format_date(max(days)), due=format_date(ends)
            ),
            _("Let what works go on until the target is reached.")
            if again
            else _("Make one action for each who matters come again: every month, or every quarter."),
        )

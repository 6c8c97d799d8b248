"""Rule 6, tool 6.4: where the missing money comes from, by when it has to be asked for, and who can help."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, timedelta

import attrs

from rdlib.plan.coalition import COALITION, Member
from rdlib.plan.fields import field_of
from rdlib.plan.money import EXISTING_MONEY, FUNDING, NEW_MONEY, Funding
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.values import number
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.money import money
from rdlib.rules.r04_candidates import said
from rdlib.rules.r06_costs import totals
from rdlib.rules.r06_delivery import gap as delivery_gap
from rdlib.rules.registry import Context
from rdlib.words import _, format_date, plural

TOOL = "6.4"

#: What has to be gone through on each route, with the months that it takes. The months are assumptions of ours, to be
#: replaced by those of your own government; the order is that of the Government of Canada, and new money needs the
#: approval of the Treasury Board before it can be spent.
STEPS: dict[str, tuple[tuple[str, int], ...]] = {
    "memorandum": ((_("Memorandum to Cabinet"), 6), (_("Treasury Board submission"), 4)),
    "submission": ((_("Treasury Board submission"), 4),),
    "budget": ((_("Proposal and annual Budget"), 9), (_("Treasury Board submission"), 4)),
    "reallocation": ((_("Decision, and notice to those who lose it"), 3),),
    "efficiencies": ((_("Finding them and making them"), 9),),
    "savings": ((_("Decision, and winding down"), 6),),
    "joint": ((_("Agreement among those who pay"), 9),),
    "sponsor": ((_("Finding, vetting and signing"), 8),),
    "partner": ((_("Agreement with the partner"), 6),),
}

#: A last day to ask that is so near is named. Our threshold.
SOON = timedelta(days=60)

INCOMPLETE = FindingKind(
    "R6-funding-incomplete", TOOL, Severity.MISSING, _("Money that says too little of itself"),
    why=_("Without a route, an amount and a day nobody can ask for it, and nobody sees that it is late."),
)  # fmt: skip
GAP_OPEN = FindingKind(
    "R6-gap-open", TOOL, Severity.WEAK, _("Part of the gap has no source"),
    why=_("What no request covers is found by cutting, once the year has begun."),
)  # fmt: skip
LATE = FindingKind(
    "R6-funding-late", TOOL, Severity.WEAK, _("The money comes too late"),
    why=_("Work that waits for money stands still, and its people go elsewhere."),
)  # fmt: skip
BEGIN_NOW = FindingKind(
    "R6-funding-begin-now", TOOL, Severity.NOTE, _("The last day to ask is near"),
    why=_("Calendars of cabinets and boards do not move; who misses one waits for the next."),
)  # fmt: skip
NO_OWNER = FindingKind(
    "R6-funding-no-owner", TOOL, Severity.MISSING, _("Nobody asks for it"),
    why=_("Money that everybody waits for is asked for by nobody."),
)  # fmt: skip
NO_HELPER = FindingKind(
    "R6-funding-no-helper", TOOL, Severity.WEAK, _("Nobody of the coalition helps"),
    why=_("Requests are decided long before the meeting, by people who were spoken to or were not."),
)  # fmt: skip
HELPER_NOT_WON = FindingKind(
    "R6-helper-not-won", TOOL, Severity.NOTE, _("The helpers have yet to be won"),
    why=_("Who is asked for money before being asked for an opinion says no to both."),
)  # fmt: skip
HELPER_NO_SAY = FindingKind(
    "R6-helper-no-say", TOOL, Severity.NOTE, _("The helpers decide about no money"),
    why=_("Goodwill helps; somebody who can give, move or withhold money helps more."),
)  # fmt: skip
NOTHING_GIVES_WAY = FindingKind(
    "R6-nothing-gives-way", TOOL, Severity.WEAK, _("Not said what gives way"),
    why=_("Money that exists is doing something today; those who lose it will ask, and should not read it here first."),
)  # fmt: skip
ONLY_NEW = FindingKind(
    "R6-only-new-money", TOOL, Severity.NOTE, _("Only new money"),
    why=_("Those who decide about new money ask first what you have moved yourselves."),
)  # fmt: skip
HOLDS = FindingKind(
    "R6-funding-plan-holds", TOOL, Severity.GOOD, _("The money is on its way"),
    why=_("Each part of the gap has a source, a day, somebody who asks and somebody who helps."),
)  # fmt: skip

KINDS = (
    INCOMPLETE, GAP_OPEN, LATE, BEGIN_NOW, NO_OWNER, NO_HELPER, HELPER_NOT_WON, HELPER_NO_SAY, NOTHING_GIVES_WAY,
    ONLY_NEW, HOLDS,
)  # fmt: skip


# --- dates ---------------------------------------------------------------------------------------------------------


def shifted(day: date, months: float) -> date:
    """Return the day so many months later, or earlier where they are less than 0.

    >>> shifted(date(2028, 3, 31), -1)
    datetime.date(2028, 2, 29)
    """
    whole = int(months)
    place = day.year * 12 + day.month - 1 + whole
    year, month = divmod(place, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) + timedelta(days=round((months - whole) * 30))


@attrs.frozen
class Stage:
    """One thing to be gone through, with its days counted back from the day on which the money is needed."""

    name: str
    begins: date
    ends: date


@attrs.frozen
class Coming:
    """When money that is still missing comes.

    Attributes:
        row: the way in which it is to come.
        months: how long it takes from asking to having it.
        assumed: whether that is our assumption.
        stages: what has to be gone through, if it is begun on the last day on which it is in time.
        arrives: when it comes as things stand; None where it is there, or where that cannot be said.
    """

    row: Funding
    months: float
    assumed: bool
    stages: tuple[Stage, ...]
    arrives: date | None

    @property
    def begin_by(self) -> date | None:
        """The last day on which it can be asked for in time."""
        return self.stages[0].begins if self.stages else None

    @property
    def late_by(self) -> int:
        """How many days too late it comes; 0 where it is in time."""
        if self.arrives is None or self.row.needed_by is None:
            return 0
        return max(0, (self.arrives - self.row.needed_by).days)


def rows(priority: Priority) -> tuple[Funding, ...]:
    """Return the ways in which money is to come, for which anything was entered."""
    return tuple(row for row in FUNDING.read(priority) if row != Funding(row.id))


def hoped_for(priority: Priority) -> tuple[Funding, ...]:
    """Return those that were not refused and are not in hand yet."""
    return tuple(row for row in rows(priority) if row.status not in {"refused", "in-hand"})


def coming(row: Funding, as_of: date) -> Coming:
    """Return when money comes, counted back from when it is needed and forward from when it was asked for.

    >>> late = coming(Funding("f1", route="submission", needed_by=date(2027, 4, 1)), date(2027, 1, 1))
    >>> late.begin_by, late.late_by
    (datetime.date(2026, 12, 1), 30)
    """
    own = number(row.months)
    parts: tuple[tuple[str, float], ...] = STEPS.get(row.route or "", ())
    if own is not None:
        route = field_of(Funding, "route").choice(row.route)
        parts = ((route.label if route else _("From asking to having it"), own),)
    months = sum(length for _name, length in parts)
    stages: list[Stage] = []
    if row.needed_by is not None:
        end = row.needed_by
        for name, length in reversed(parts):
            stages.insert(0, Stage(name, shifted(end, -length), end))
            end = stages[0].begins
    arrives = None
    if parts and row.status not in {"in-hand", "refused"}:
        if row.status == "agreed":
            arrives = as_of
        else:
            arrives = shifted(row.asked_on, months) if row.asked_on else shifted(as_of, months)
        arrives = max(arrives, as_of)
    return Coming(row, months, own is None, tuple(stages), arrives)


# --- the gap and those who can help --------------------------------------------------------------------------------


def gap(priority: Priority) -> float:
    """Return how much is missing for the own choice and for delivery itself."""
    return totals(priority)[1] + delivery_gap(priority)


def covered(priority: Priority) -> float:
    """Return how much of the gap is to be covered by what was neither refused nor is in hand."""
    return sum(number(row.amount) or 0.0 for row in hoped_for(priority))


def can_help(priority: Priority) -> tuple[Member, ...]:
    """Return the members of the coalition who decide about money, or sit where it is decided; the strongest first."""
    found = [m for m in COALITION.read(priority) if m.money or m.kind == "central"]
    return tuple(sorted(found, key=lambda m: (-m.formal_level, -m.informal_level, m.id)))


def helpers_of(row: Funding, priority: Priority) -> tuple[Member, ...]:
    """Return the members of the coalition that a row names."""
    return tuple(m for m in COALITION.read(priority) if m.id in row.helpers)


# --- the check -----------------------------------------------------------------------------------------------------


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether any way to the missing money was entered."""
    return bool(rows(priority))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the funding plan: is the gap covered, in time, by somebody, with somebody's help (Rule 6, tool 6.4)."""
    where = f"priorities/{priority.id}/{FUNDING.key}"
    found: list[Finding] = []
    for row in rows(priority):
        if row.status != "refused":
            found += _one(row, priority, context, f"{where}/{row.id}")
    found += _together(priority, context.plan, where)
    if not [f for f in found if f.severity is not Severity.NOTE]:
        text = _("What is missing has its sources, in time, with somebody who asks and somebody who helps.")
        found.append(HOLDS.at(where, text))
    return found


def _name(row: Funding) -> str:
    return said(row.name) or row.id


def _one(row: Funding, priority: Priority, context: Context, at: str) -> list[Finding]:
    found: list[Finding] = []
    names = {"route": _("the route"), "amount": _("the amount"), "needed_by": _("the day on which it is needed")}
    gaps = [name for name in names if getattr(row, name) is None or (name == "amount" and number(row.amount) is None)]
    if row.status == "in-hand":
        gaps = [name for name in gaps if name != "needed_by"]
    if gaps:
        found.append(
            INCOMPLETE.at(
                f"{at}/{gaps[0]}",
                _("Of “{name}” there is still missing: {what}.").format(
                    name=_name(row), what=", ".join(names[name] for name in gaps)
                ),
                _("Fill it in; an assumption marked as one is better than nothing."),
            )
        )
    if row.route in EXISTING_MONEY and not said(row.gives_way):
        found.append(
            NOTHING_GIVES_WAY.at(
                f"{at}/gives_way",
                _("“{name}” comes from money that exists, and it is not said what will be done less.").format(
                    name=_name(row)
                ),
                _("Name what gives way, and who has been told."),
            )
        )
    if row.status == "in-hand":
        return found
    found += _in_time(row, context, at)
    if not said(row.owner):
        found.append(
            NO_OWNER.at(
                f"{at}/owner",
                _("Nobody is named who asks for “{name}”.").format(name=_name(row)),
                _("Name one person, and the day of the first talk."),
            )
        )
    return [*found, *_help(row, priority, at)]


def _in_time(row: Funding, context: Context, at: str) -> Iterable[Finding]:
    told = coming(row, context.as_of)
    if told.late_by and row.needed_by and told.arrives:
        basis = _("by our assumption for this route") if told.assumed else _("by the months given here")
        yield LATE.at(
            f"{at}/needed_by",
            _("“{name}” is needed by {needed}; it comes about {arrives}, {basis}.").format(
                name=_name(row), needed=format_date(row.needed_by), arrives=format_date(told.arrives), basis=basis
            )
            if told.arrives > context.as_of
            else _("“{name}” was needed by {needed}, and is not there.").format(
                name=_name(row), needed=format_date(row.needed_by)
            ),
            _("Find money that is there sooner for the time between, move the work, or ask what can be shortened."),
        )
    elif _to_be_asked(row) and told.begin_by and context.as_of <= told.begin_by <= context.as_of + SOON:
        yield BEGIN_NOW.at(
            f"{at}/asked_on",
            _("“{name}” has to be asked for by {day}.").format(name=_name(row), day=format_date(told.begin_by)),
            _("Put the first talk into the calendar this week."),
        )


def _to_be_asked(row: Funding) -> bool:
    return row.asked_on is None and row.status in {None, "idea"}


def _help(row: Funding, priority: Priority, at: str) -> Iterable[Finding]:
    members = helpers_of(row, priority)
    if not members and COALITION.read(priority):
        could = [m.called for m in can_help(priority)][:3]
        yield NO_HELPER.at(
            f"{at}/helpers",
            _("No member of the coalition is named who helps to get “{name}”.").format(name=_name(row)),
            _("Ask one of those who decide about money: {names}.").format(names=", ".join(could))
            if could
            else _("Win somebody for the coalition who decides about money (Rule 3)."),
        )
    if not members:
        return
    if all(m.standing == "potential" for m in members):
        yield HELPER_NOT_WON.at(
            f"{at}/helpers",
            _("All who are to help to get “{name}” have yet to be won.").format(name=_name(row)),
            _("Win one of them first (Rule 3), or name somebody who is on board already."),
        )
    if all(m.money is False for m in members):
        yield HELPER_NO_SAY.at(
            f"{at}/helpers",
            _("None of those who are to help to get “{name}” decides about money or staff.").format(name=_name(row)),
            _("Add one who does, or ask yours to speak to that person."),
        )


def _together(priority: Priority, plan: Plan, where: str) -> Iterable[Finding]:
    missing, found = gap(priority), covered(priority)
    if missing > found + 1e-6 * max(1.0, missing):
        yield GAP_OPEN.at(
            where,
            _("{gap} are missing; what stands here is to bring {found}, so {open} have no source.").format(
                gap=money(missing, plan), found=money(found, plan), open=money(missing - found, plan)
            ),
            _("Add a source, or choose less in 6.2. Money in hand counts once 6.1 says that it is funded."),
        )
    if hoped_for(priority) and not COALITION.read(priority):
        yield NO_HELPER.at(
            where,
            _("There is no coalition yet, so nobody helps to get any of this money."),
            _("Win somebody for it who decides about money (Rule 3)."),
        )
    routes = {row.route for row in rows(priority) if row.status != "refused" and row.route}
    if routes and routes <= NEW_MONEY:
        yield ONLY_NEW.at(
            where,
            plural(
                "The one source is new money.",
                "All {n} sources are new money.",
                sum(1 for row in rows(priority) if row.status != "refused"),
            ),
            _("Look first at what could be moved, stopped, or shared with somebody."),
        )

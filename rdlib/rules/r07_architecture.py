"""Rule 7, tool 7.2: the architecture of routines. Does every priority come up often enough, with those who answer?

The dates themselves are computed in :mod:`rdlib.rules.r07_year`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import attrs

from rdlib.plan.fields import field_of
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.routines import QUIET_TIMES, ROUTINES, Routine
from rdlib.plan.values import number
from rdlib.rules.days_off import known_region, parts_of, place_in_words, place_of, time_zone
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r07_rhythm import minutes_in_words, rhythm_in_words, rhythm_of, time_of
from rdlib.rules.r07_today import priorities_of
from rdlib.rules.r07_year import people_of, plan_year
from rdlib.rules.registry import Context
from rdlib.words import _, format_date, format_number, plural

TOOL = "7.2"

#: At most so many weeks between two looks at a priority, by who asks. Our thresholds: a quarter for those who lead a
#: government or a department, five weeks (so that "every month" will do) for those who do the work.
LEADERS, WORKING = ("head", "minister"), ("official", "team")
MOST_WEEKS = {LEADERS: 13.0, WORKING: 5.0}
#: When all priorities share each meeting, each needs so many minutes at least. Our threshold.
LEAST_MINUTES = 10
#: Of what comes at least every so many weeks, a date that falls out because all days near it are off is no finding: the
#: next one is close. Our threshold.
OFTEN = 2
#: What the method advises the delivery team to spend on reviewing progress, in minutes a week.
TEAM_MINUTES = 120

NO_NAME = FindingKind(
    "R7-routine-no-name", TOOL, Severity.MISSING, _("No name"),
    why=_("It will stand in many diaries; people have to know what it is."),
)  # fmt: skip
NO_TOPIC = FindingKind(
    "R7-routine-no-topic", TOOL, Severity.MISSING, _("About no priority and no question"),
    why=_("A meeting about everything ends up about whatever was in the newspaper."),
)  # fmt: skip
NO_CHAIR = FindingKind(
    "R7-routine-no-chair", TOOL, Severity.MISSING, _("Nobody chairs it"),
    why=_("People prepare for the person who asks. Where nobody does, they bring what suits them."),
)  # fmt: skip
NO_FREQUENCY = FindingKind(
    "R7-routine-no-frequency", TOOL, Severity.MISSING, _("Not said how often"),
    why=_("Without a fixed rhythm it is called when something goes wrong, and then it is a crisis meeting."),
)  # fmt: skip
NO_LENGTH = FindingKind(
    "R7-routine-no-length", TOOL, Severity.MISSING, _("Not said how long"),
    why=_("The time that is not reserved is given to somebody else."),
)  # fmt: skip
NO_LEVEL = FindingKind(
    "R7-routine-no-level", TOOL, Severity.MISSING, _("Not said who asks"),
    why=_("How often a priority should come up depends on it; so does what the meeting can decide."),
)  # fmt: skip
NO_TOOLS = FindingKind(
    "R7-routine-no-tools", TOOL, Severity.NOTE, _("Not said what lies on the table"),
    why=_("The same few pages each time let people see what has changed, and learn to read them."),
)  # fmt: skip
LEADER_ABSENT = FindingKind(
    "R7-leader-absent", TOOL, Severity.WEAK, _("Those who answer are not in it"),
    why=_("About somebody who is not in the room, a meeting can talk and not decide."),
)  # fmt: skip
CROWDED = FindingKind(
    "R7-routine-crowded", TOOL, Severity.WEAK, _("Too many priorities for its length"),
    why=_("A few minutes each is enough to report and too little to solve anything."),
)  # fmt: skip
TIME_NOT_READ = FindingKind(
    "R7-time-not-read", TOOL, Severity.WEAK, _("The hour cannot be read"),
    why=_("The calendar file would have a day and no hour."),
)  # fmt: skip
PRIORITY_GONE = FindingKind(
    "R7-routine-priority-gone", TOOL, Severity.WEAK, _("Looks at a priority that is gone"),
    why=_("It keeps an hour of several people for something that the plan no longer has."),
)  # fmt: skip
NOT_REVIEWED = FindingKind(
    "R7-priority-not-reviewed", TOOL, Severity.MISSING, _("No routine looks at it"),
    why=_("What nobody asks about at fixed times moves when there is a crisis, or not at all."),
)  # fmt: skip
TOO_SELDOM = FindingKind(
    "R7-priority-too-seldom", TOOL, Severity.WEAK, _("Looked at too seldom"),
    why=_("Between two looks too much can go wrong unseen, and there is no near date to work towards."),
)  # fmt: skip
NO_PLACE = FindingKind(
    "R7-date-no-place", TOOL, Severity.NOTE, _("A date that found no place"),
    why=_("Better to see it now, and move or drop it knowingly, than in the week itself."),
)  # fmt: skip
REGION_UNKNOWN = FindingKind(
    "R7-region-unknown", TOOL, Severity.WEAK, _("Its holidays are not known"),
    why=_("Only the holidays of the whole country are kept free, and some of yours may be missing."),
)  # fmt: skip
ZONE_UNKNOWN = FindingKind(
    "R7-time-zone-unknown", TOOL, Severity.WEAK, _("No such time zone"),
    why=_("Without it, a calendar shows the hours as those of whoever opens it."),
)  # fmt: skip
QUIET_NOT_READ = FindingKind(
    "R7-quiet-time-open", TOOL, Severity.WEAK, _("A quiet time without both its days"),
    why=_("It keeps nothing free, and dates may fall into it."),
)  # fmt: skip
TEAM_HOURS = FindingKind(
    "R7-team-hours", TOOL, Severity.NOTE, _("Little time for the delivery team's own look"),
    why=_("What the leaders are shown has to be found out and understood before, week by week."),
)  # fmt: skip
GOOD = FindingKind(
    "R7-often-enough", TOOL, Severity.GOOD, _("Every priority comes up often enough"),
    why=_("There is always a next date close by on which somebody will ask."),
)  # fmt: skip

KINDS = (
    NO_NAME, NO_TOPIC, NO_CHAIR, NO_FREQUENCY, NO_LENGTH, NO_LEVEL, NO_TOOLS, LEADER_ABSENT, CROWDED, TIME_NOT_READ,
    PRIORITY_GONE, NOT_REVIEWED, TOO_SELDOM, NO_PLACE, REGION_UNKNOWN, ZONE_UNKNOWN, QUIET_NOT_READ, TEAM_HOURS, GOOD,
)  # fmt: skip


def name_of(routine: Routine) -> str:
    """Return what to call a routine."""
    return (routine.title or "").strip() or _("(no name)")


def begun(routine: Routine) -> bool:
    """Say whether anything has been entered about a routine."""
    return any(getattr(routine, f.name) not in {None, "", ()} for f in attrs.fields(Routine) if f.name != "id")


def rows(plan: Plan) -> tuple[Routine, ...]:
    """Return the routines about which something was entered."""
    return tuple(routine for routine in ROUTINES.read(plan) if begun(routine))


def routine_of(plan: Plan, id_: str | None) -> Routine | None:
    """Return the routine with an id, or None."""
    return next((routine for routine in ROUTINES.read(plan) if routine.id == id_), None)


def level_in_words(level: str | None) -> str:
    """Return who asks in a routine."""
    choice = field_of(Routine, "level").choice(level)
    return choice.label if choice else _("not said")


def weeks_between(routine: Routine) -> float | None:
    """Return how many weeks lie between two looks at the same priority; None where the rhythm is not said.

    >>> weeks_between(Routine("u1", frequency="weeks", weeks=8.0, sharing="turns", priorities=("a", "b", "c")))
    24.0
    """
    rhythm = rhythm_of(routine)
    if rhythm is None:
        return None
    in_turn = len(set(routine.priorities)) if routine.sharing == "turns" else 1
    return rhythm.in_weeks * max(in_turn, 1)


def looks_at(plan: Plan, priority: Priority) -> list[tuple[Routine, float]]:
    """Return the routines that look at a priority, with the weeks between two looks; the closest first."""
    found = [(r, weeks_between(r)) for r in rows(plan) if priority.id in r.priorities]
    return sorted(((r, weeks) for r, weeks in found if weeks is not None), key=lambda pair: pair[1])


def leaders_of(priority: Priority, plan: Plan) -> list[str]:
    """Return the names of those who answer for a priority."""
    return [name.strip() for one in priority.leaders if (name := plan.person(one)) and name.strip()]


def attempted(plan: Plan, context: Context) -> bool:
    """Say whether any routine was entered."""
    return bool(rows(plan))


def check(plan: Plan, context: Context) -> list[Finding]:
    """Judge the architecture of routines, and the year that follows from it."""
    several = len(priorities_of(plan))
    found = [f for routine in rows(plan) for f in _one(routine, plan)]
    seldom = [f for priority in priorities_of(plan) for f in _priority(priority, plan)]
    found += seldom
    found += _dates(plan, context)
    found += _settings(plan)
    found += _team(plan)
    if several and not seldom:
        found.append(
            GOOD.at(
                f"plan/{ROUTINES.key}",
                _("Each of the {n} is looked at by leaders at least every quarter, and in between by those who do the "
                  "work.").format(n=plural("{n} priority", "{n} priorities", several))
                if several > 1
                else _("It is looked at by leaders at least every quarter, and in between by those who do the work."),
            )
        )  # fmt: skip
    return found


def _one(routine: Routine, plan: Plan) -> Iterator[Finding]:
    where, name = f"plan/{ROUTINES.key}/{routine.id}", name_of(routine)
    if not (routine.title or "").strip():
        yield NO_NAME.at(f"{where}/title", _("A routine has answers and no name."), _("Give it a short one."))
    if not routine.priorities and not (routine.topic or "").strip():
        yield NO_TOPIC.at(
            f"{where}/priorities",
            _("“{name}” looks at no priority, and no question is written down.").format(name=name),
            _("Tick the priorities, or write the goal or strategies that it is about."),
        )
    if not (routine.chair or "").strip() and routine.form != "note":
        yield NO_CHAIR.at(
            f"{where}/chair",
            _("“{name}” has nobody who chairs it.").format(name=name),
            _("Name the one person whose questions count, and who can decide."),
        )
    if rhythm_of(routine) is None:
        weeks = routine.frequency == "weeks"
        yield NO_FREQUENCY.at(
            f"{where}/weeks" if weeks else f"{where}/frequency",
            _("“{name}” comes every few weeks, and the whole number of weeks is open.").format(name=name)
            if weeks
            else _("How often “{name}” takes place is open.").format(name=name),
            _("Fix it for a year. For a stocktake with a leader, six to twelve weeks are usual.")
            if routine.level in LEADERS
            else _("Fix it for a year."),
        )
    if number(routine.minutes) is None and routine.form != "note":
        yield NO_LENGTH.at(
            f"{where}/minutes", _("The length of “{name}” is open.").format(name=name), _("Reserve it in minutes.")
        )
    if routine.level is None:
        yield NO_LEVEL.at(
            f"{where}/level",
            _("At which level “{name}” takes place is not said.").format(name=name),
            _("Choose who asks in it."),
        )
    if not (routine.tools or "").strip():
        yield NO_TOOLS.at(
            f"{where}/tools",
            _("Of “{name}” it is not said what lies on the table each time.").format(name=name),
            _("Name the few pages that everybody gets before it."),
        )
    if (routine.time or "").strip() and time_of(routine) is None:
        yield TIME_NOT_READ.at(
            f"{where}/time",
            _("“{text}” is no time of day that can be read.").format(text=(routine.time or "").strip()),
            _("Write it as 14:00."),
        )
    yield from _in_the_room(routine, plan, where, name)


def _in_the_room(routine: Routine, plan: Plan, where: str, name: str) -> Iterator[Finding]:
    known = {p.id for p in plan.priorities} | set(plan.order)
    if gone := [id_ for id_ in routine.priorities if id_ not in known]:
        yield PRIORITY_GONE.at(
            f"{where}/priorities",
            _("“{name}” looks at {ids}, which the plan does not have.").format(
                name=name, ids=", ".join(_("“{name}”").format(name=id_) for id_ in gone)
            ),
            _("Take it out, or tick what takes its place."),
        )
    here = {person.casefold() for person in people_of(routine, plan)}
    if here and routine.form not in {"note", "visit"} and routine.level != "team":
        absent = [
            leader
            for p in plan.priorities
            if p.id in routine.priorities
            for leader in leaders_of(p, plan)
            if leader.casefold() not in here
        ]
        if absent:
            yield LEADER_ABSENT.at(
                f"{where}/attends",
                _("In “{name}”, these answer for a priority and are not named: {names}.").format(
                    name=name, names=", ".join(dict.fromkeys(absent))
                ),
                _("Put them in, by name. If somebody else sits there for them, ask whether that person can decide."),
            )
    minutes, several = number(routine.minutes), len(set(routine.priorities))
    together = routine.sharing in {None, "together"}
    if minutes and together and routine.form != "note" and several > 1 and minutes / several < LEAST_MINUTES:
        yield CROWDED.at(
            f"{where}/sharing",
            _("“{name}” has {minutes} for {n} priorities, less than {least} minutes each.").format(
                name=name, minutes=minutes_in_words(minutes), n=format_number(several), least=LEAST_MINUTES
            ),
            _("Let them take turns, give each a meeting of its own, or make it longer."),
        )


def _priority(priority: Priority, plan: Plan) -> Iterator[Finding]:
    where, name = f"priorities/{priority.id}", priority.title or priority.id
    if not any(priority.id in routine.priorities for routine in rows(plan)):
        yield NOT_REVIEWED.at(
            where,
            _("No routine of the plan looks at “{name}”.").format(name=name),
            _("Tick it in the routine that is to ask about it, in 7.2."),
        )
        return
    looks = looks_at(plan, priority)
    for levels, most in MOST_WEEKS.items():
        closest = next(((r, weeks) for r, weeks in looks if r.level in levels), None)
        if closest is not None and round(closest[1], 2) <= most:
            continue
        if closest is None:
            what = (
                _("No head of government or minister looks at “{name}” at fixed times.")
                if levels == LEADERS
                else _("Neither officials nor the delivery team look at “{name}” at fixed times.")
            ).format(name=name)
        else:
            what = _("“{routine}” comes to “{name}” {rhythm}.").format(
                routine=name_of(closest[0]), name=name, rhythm=rhythm_in_words(closest[1])
            )
        yield TOO_SELDOM.at(
            where,
            what,
            _("Plan a look at least every {n} weeks at that level. That threshold is ours; another one needs a reason.")
            .format(n=format_number(most)),
        )  # fmt: skip


def _dates(plan: Plan, context: Context) -> Iterator[Finding]:
    year = plan_year(plan, context.as_of)
    told = [n for n in year.not_placed if n.clash or (weeks_between(n.routine) or 0.0) > OFTEN]
    for id_, several in groupby(told, key=lambda n: n.routine.id):
        lost = list(several)
        said = " ".join(_("{day}: {why}.").format(day=format_date(n.regular), why=n.why) for n in lost)
        yield NO_PLACE.at(
            f"plan/{ROUTINES.key}/{id_}",
            _("“{name}” has no place {times}. {said}").format(
                name=name_of(lost[0].routine), times=plural("once", "{n} times", len(lost)), said=said
            ),
            _("Let it fall out, or give it another day of the week, another rhythm or fewer people."),
        )


def _settings(plan: Plan) -> Iterator[Finding]:
    year = plan.routine_year
    if not known_region(year):
        known = ", ".join(parts_of(place_of(year)[0])) or _("none")
        yield REGION_UNKNOWN.at(
            "plan/routine_year/region",
            _("“{region}” is no part of {country} whose holidays are known.").format(
                region=(year.region or "").strip(), country=place_in_words(attrs.evolve(year, region=None))
            ),
            _("Known are: {codes}. Put days of your own under quiet times.").format(codes=known),
        )
    if (year.time_zone or "").strip() and time_zone(year) is None:
        yield ZONE_UNKNOWN.at(
            "plan/routine_year/time_zone",
            _("“{zone}” is the name of no time zone.").format(zone=(year.time_zone or "").strip()),
            _("Write it as America/Toronto or Europe/London."),
        )
    for each in QUIET_TIMES.read(plan):
        if each.first is None or each.last is None or each.last < each.first:
            yield QUIET_NOT_READ.at(
                f"plan/{QUIET_TIMES.key}/{each.id}",
                _("“{why}” has no first or no last day, or ends before it begins.").format(
                    why=(each.why or "").strip() or _("(no name)")
                ),
                _("Give both days."),
            )


def _team(plan: Plan) -> Iterator[Finding]:
    a_week = 0.0
    for routine in rows(plan):
        rhythm, minutes = rhythm_of(routine), number(routine.minutes)
        if routine.level == "team" and routine.form not in {"note", "visit"} and rhythm and minutes:
            times = len(set(routine.priorities)) if routine.sharing == "own" else 1
            a_week += minutes * max(times, 1) / rhythm.in_weeks
    if a_week < TEAM_MINUTES:
        yield TEAM_HOURS.at(
            f"plan/{ROUTINES.key}",
            _("The routines of the delivery team come to {minutes} a week; at least two hours are advised.").format(
                minutes=minutes_in_words(a_week)
            ),
            _("Fix a longer time for it, the same hours each week, or say who looks at the figures otherwise."),
        )

"""Rule 8, tool 8.1: challenges judged: is each on a level, dealt with as such, and looked at again?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import attrs

from rdlib.plan.challenges import CHALLENGES, Challenge
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.priority_review import PRIORITY_REVIEWS
from rdlib.plan.routines import ROUTINES_TODAY
from rdlib.plan.tree import TREES
from rdlib.plan.values import number
from rdlib.rules.calendar_events import Event
from rdlib.rules.commitments import Commitment
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r07_architecture import looks_at
from rdlib.rules.r08_raised import begun, called, challenges, not_raised, open_challenges, standing
from rdlib.rules.ratings import names_in_words
from rdlib.rules.registry import Context
from rdlib.rules.triage import (
    RANGE,
    judged,
    level_in_force,
    level_word,
    possible_in_words,
    treated_as,
    triage,
    why_in_words,
)
from rdlib.rules.wording import is_thin
from rdlib.words import _, format_date, format_number, plural

TOOL = "8.1"

#: More crises than this at a time are none. The source speaks of the top one or two.
CRISES = 2
#: From this level on, a challenge takes time from everything else.
GRAVE, CRISIS = 3, 4
#: How long a challenge of each level may wait for its next look, in days. Ours.
WAITS = {0: 91, 1: 56, 2: 42, 3: 28, 4: 7}
#: So many days without a look, and a challenge counts as forgotten. Ours.
FORGOTTEN = 84
#: From so many challenges on, it tells something that none of them comes from the front line. Ours.
SEVERAL = 3
#: How much time a challenge of each level should have beside the others: each level up is worth twice as much. Ours.
WEIGHTS = {0: 0.0, 1: 1.0, 2: 2.0, 3: 4.0, 4: 8.0}

NO_NAME = FindingKind(
    "R8-challenge-no-name", TOOL, Severity.MISSING, _("Not said what is in the way"),
    why=_("What has no name cannot be spoken of, and two people will mean two things by it."),
)  # fmt: skip
LEVEL_OPEN = FindingKind(
    "R8-challenge-level-open", TOOL, Severity.MISSING, _("The level is open"),
    why=_("Until it is known how grave a challenge is, whoever calls loudest decides who works on what."),
)  # fmt: skip
NO_OWNER = FindingKind(
    "R8-challenge-no-owner", TOOL, Severity.MISSING, _("A challenge without an owner"),
    why=_("A problem that belongs to everybody is looked at by everybody, and solved by nobody."),
)  # fmt: skip
NO_LOOK = FindingKind(
    "R8-challenge-no-next-look", TOOL, Severity.MISSING, _("No day of the next look"),
    why=_("A small problem with no day to ask again is how a large one begins."),
)  # fmt: skip
LOOK_OVERDUE = FindingKind(
    "R8-challenge-look-overdue", TOOL, Severity.WEAK, _("The day of the next look has passed"),
    why=_("Nobody asked on the day that was named, and those concerned have noticed."),
)  # fmt: skip
IS_FORGOTTEN = FindingKind(
    "R8-challenge-forgotten", TOOL, Severity.WEAK, _("Nobody has looked at it for months"),
    why=_("A list that keeps what nobody looks at hides what somebody should."),
)  # fmt: skip
LOOK_LATE = FindingKind(
    "R8-challenge-look-too-late", TOOL, Severity.WEAK, _("The next look comes late for its level"),
    why=_("The graver it is, the more can happen before anybody asks again."),
)  # fmt: skip
NO_RESULT = FindingKind(
    "R8-challenge-tried-no-result", TOOL, Severity.WEAK, _("Tried, and not said what came of it"),
    why=_("Whoever goes on from here begins at the beginning."),
)  # fmt: skip
OTHER_LEVEL = FindingKind(
    "R8-challenge-other-level-no-reason", TOOL, Severity.WEAK, _("Another level, and no reason"),
    why=_("You may well know better than the answers. Others can only follow what they can read."),
)  # fmt: skip
BELOW = FindingKind(
    "R8-challenge-treated-below", TOOL, Severity.WEAK, _("Dealt with below its level"),
    why=_("A nudge does not move what nobody understands; it only takes time until that is plain."),
)  # fmt: skip
ABOVE = FindingKind(
    "R8-challenge-treated-above", TOOL, Severity.WEAK, _("Dealt with above its level"),
    why=_("Those who run to this are missing where it is grave, and those concerned stop telling what is small."),
)  # fmt: skip
CRISES_ALL = FindingKind(
    "R8-everything-a-crisis", TOOL, Severity.WEAK, _("More than two crises at a time"),
    why=_("Where everything is a crisis, nothing comes first, and leaders can give their days to one or two at most."),
)  # fmt: skip
TIME_ELSEWHERE = FindingKind(
    "R8-time-elsewhere", TOOL, Severity.WEAK, _("The time goes elsewhere"),
    why=_("What is loud takes the hours that what is grave would need."),
)  # fmt: skip
NO_RHYTHM = FindingKind(
    "R8-crisis-no-routine", TOOL, Severity.MISSING, _("A crisis without a daily or weekly meeting"),
    why=_("A crisis changes faster than a monthly meeting can follow."),
)  # fmt: skip
NOT_IN_DATA = FindingKind(
    "R8-off-track-not-in-data", TOOL, Severity.NOTE, _("Off track, you say; the figures do not"),
    why=_("Either you see it before the figures do, which is worth writing down, or it is smaller than it feels."),
)  # fmt: skip
AGAINST_DATA = FindingKind(
    "R8-on-track-against-data", TOOL, Severity.WEAK, _("On track, you say; the figures say otherwise"),
    why=_("This is the benefit of the doubt: it is given with good reasons, and paid for by those who wait."),
)  # fmt: skip
MEDIA_ONLY = FindingKind(
    "R8-raised-by-media-only", TOOL, Severity.WEAK, _("All that was raised comes from the media"),
    why=_("Then others decide what you work on, and you learn of problems last."),
)  # fmt: skip
NO_FRONT_LINE = FindingKind(
    "R8-nothing-from-front-line", TOOL, Severity.WEAK, _("Nothing comes from the front line"),
    why=_("Those closest to the work see first where it breaks. Where they raise nothing, nobody has asked them."),
)  # fmt: skip
DOUBT = FindingKind(
    "R8-off-track-not-raised", TOOL, Severity.WEAK, _("Off track, and nobody has raised it"),
    why=_("A problem that gets the benefit of the doubt comes back when it is dearer to solve."),
)  # fmt: skip
NOT_TAKEN_APART = FindingKind(
    "R8-drive-on-a-guess", TOOL, Severity.NOTE, _("An intensive drive, and no search for the cause"),
    why=_("On this level the cause is not clear and talking did not help; more effort on a guess is more of the same."),
)  # fmt: skip
NO_OUTCOME = FindingKind(
    "R8-challenge-closed-unsaid", TOOL, Severity.WEAK, _("Closed, and not said how it ended"),
    why=_("What solved it is the only thing that the next one can learn from."),
)  # fmt: skip
GOOD = FindingKind(
    "R8-challenge-in-hand", TOOL, Severity.GOOD, _("On its level, and in hand"),
    why=_("It has the effort that it deserves, an owner, and a day on which somebody asks again."),
)  # fmt: skip

KINDS = (
    NO_NAME, LEVEL_OPEN, NO_OWNER, NO_LOOK, LOOK_OVERDUE, IS_FORGOTTEN, LOOK_LATE, NO_RESULT, OTHER_LEVEL, BELOW, ABOVE,
    CRISES_ALL, TIME_ELSEWHERE, NO_RHYTHM, NOT_IN_DATA, AGAINST_DATA, MEDIA_ONLY, NO_FRONT_LINE, DOUBT,
    NOT_TAKEN_APART, NO_OUTCOME, GOOD,
)  # fmt: skip


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether any challenge was raised."""
    return bool(challenges(priority))


def by_level(priority: Priority) -> Mapping[int | None, tuple[Challenge, ...]]:
    """Return the open challenges by the level that counts; under None those of which it is open."""
    found: dict[int | None, list[Challenge]] = {}
    for each in open_challenges(priority):
        found.setdefault(level_in_force(each), []).append(each)
    return {level: tuple(rows) for level, rows in found.items()}


def crises(plan: Plan) -> list[tuple[Priority, Challenge]]:
    """Return the challenges of the whole plan that count as a crisis."""
    return [(p, each) for p in plan.priorities for each in by_level(p).get(CRISIS, ())]


def has_rhythm(priority: Priority, plan: Plan) -> bool:
    """Say whether a routine looks at a priority each day or each week: a planned one, or one of today that stays."""
    if any(weeks <= 1 for _routine, weeks in looks_at(plan, priority)):
        return True
    return any(
        each.frequency in {"daily", "weekly"} and priority.id in each.priorities and each.fate != "stop"
        for each in ROUTINES_TODAY.read(plan)
    )


@attrs.frozen
class TimeUse:
    """How time is spent on the open challenges of one level, and where it should be.

    Attributes:
        level: the level.
        count: how many challenges of it have their hours given.
        hours: the hours a week that go into them.
        share: the same as a share of all hours, in percent.
        fair: the share that they would have if each level up were worth twice as much time, in percent.
    """

    level: int
    count: int
    hours: float
    share: float
    fair: float


def time_use(priority: Priority) -> tuple[TimeUse, ...]:
    """Return how the hours are spread over the levels, the gravest first; empty where no hours are given.

    Source: Rule 8, tool 8.1; the yardstick is ours (:data:`WEIGHTS`).
    """
    timed = [(level, hours) for level, _each, hours in _timed(priority)]
    total = sum(hours for _level, hours in timed)
    weight = sum(WEIGHTS[level] for level, _hours in timed)
    if not total:
        return ()
    return tuple(
        TimeUse(
            level,
            len(mine),
            sum(mine),
            100 * sum(mine) / total,
            100 * WEIGHTS[level] * len(mine) / weight if weight else 0.0,
        )
        for level in reversed(RANGE)
        if (mine := [hours for other, hours in timed if other == level])
    )


def _timed(priority: Priority) -> list[tuple[int, Challenge, float]]:
    return [
        (level, each, hours)
        for each in open_challenges(priority)
        if (level := level_in_force(each)) is not None and (hours := number(each.hours)) is not None
    ]


def last_look(challenge: Challenge) -> date | None:
    """Return the day on which a challenge was last looked at, or else raised."""
    return max(filter(None, (challenge.looked, challenge.opened)), default=None)


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the challenges of a priority: each by itself, and all of them together."""
    found: list[Finding] = []
    for number_, each in enumerate(CHALLENGES.read(priority), start=1):
        where = f"priorities/{priority.id}/{CHALLENGES.key}/{each.id or f'#{number_}'}"
        if not begun(each):
            continue
        own = list(_one(each, where, priority, context) if each.is_open else _closed(each, where))
        if each.is_open and level_in_force(each) is not None and not own:
            said = _("“{title}”: {level}, looked at again on {day}.").format(
                title=called(each),
                level=level_word(level_in_force(each) or 0),
                day=format_date(each.next_look) if each.next_look else "",
            )
            own.append(GOOD.at(where, said))
        found += own
    return [*found, *_together(priority, context)]


def _closed(each: Challenge, where: str) -> Iterator[Finding]:
    if not (each.outcome or "").strip():
        yield NO_OUTCOME.at(
            f"{where}/outcome",
            _("“{title}” is closed.").format(title=called(each)),
            _("Write in a sentence what solved it, or why it was let go."),
        )


def _one(each: Challenge, where: str, priority: Priority, context: Context) -> Iterator[Finding]:
    title = called(each)
    if not (each.title or "").strip():
        yield NO_NAME.at(
            f"{where}/title",
            _("A challenge was entered without a name."),
            _("Write what is in the way, as those who feel it would say it."),
        )
    yield from _level(each, where, title)
    if not (each.owner or "").strip():
        yield NO_OWNER.at(
            f"{where}/owner",
            _("Nobody owns “{title}”.").format(title=title),
            _("Name the one person who is asked what has become of it."),
        )
    yield from _looks(each, where, title, context.as_of)
    if each.tried in {"helped", "failed"} and not (each.tried_result or "").strip():
        yield NO_RESULT.at(
            f"{where}/tried_result",
            _("For “{title}”, standard problem solving has been tried.").format(title=title),
            _("Write down what is known since, and what is not."),
        )
    yield from _treated(each, where, title)
    yield from _data(each, where, title, priority, context)
    if level_in_force(each) == GRAVE and not _is_looked_into(each, priority):
        yield NOT_TAKEN_APART.at(
            where,
            _("“{title}” is on level 3. No hypothesis tree takes it apart, and no priority review is about it.").format(
                title=title
            ),
            _("Draw a tree (tool 8.2) or plan a review (tool 8.4), and link it to this challenge."),
        )
    if level_in_force(each) == CRISIS and not has_rhythm(priority, context.plan):
        yield NO_RHYTHM.at(
            where,
            _("“{title}” is a crisis, and no routine looks at it each day or each week.").format(title=title),
            _("Plan a short meeting with whoever can decide (tool 7.2); end it when the crisis ends."),
        )


def _is_looked_into(each: Challenge, priority: Priority) -> bool:
    """Say whether a hypothesis tree or a priority review is about a challenge."""
    about = {tree.challenge for tree in TREES.read(priority)}
    return each.id in about | {review.challenge for review in PRIORITY_REVIEWS.read(priority)}


def _level(each: Challenge, where: str, title: str) -> Iterator[Finding]:
    found, given = triage(each), judged(each)
    if found.level is None and given is None:
        yield LEVEL_OPEN.at(
            f"{where}/{found.open[0].name}" if found.open else where,
            _("“{title}”: still possible is {levels}. Open: {questions}").format(
                title=title,
                levels=possible_in_words(found.possible),
                questions=" ".join(field.label for field in found.open),
            ),
            _("Answer these. Where nobody knows, say what is more likely; a problem gets no benefit of the doubt."),
        )
    reason = (each.judged_why or "").strip()
    differs = given is not None and given not in found.possible
    if differs and (not reason or is_thin(reason, title)):
        yield OTHER_LEVEL.at(
            f"{where}/judged_why",
            _("You put “{title}” on level {given}; your answers lead to {levels}. {why}")
            .format(title=title, given=given, levels=possible_in_words(found.possible), why=why_in_words(found))
            .strip(),
            _("Write what the answers do not say, change one of them, or take your level back."),
        )


def _looks(each: Challenge, where: str, title: str, as_of: date) -> Iterator[Finding]:
    last, due = last_look(each), each.next_look
    if last is not None and as_of - last > timedelta(days=FORGOTTEN) and (due is None or due < as_of):
        yield IS_FORGOTTEN.at(
            f"{where}/next_look",
            _("“{title}” was last looked at on {day}.").format(title=title, day=format_date(last)),
            _("Ask its owner this week. If nobody misses it, let it go and say why."),
        )
        return
    if due is None:
        yield NO_LOOK.at(
            f"{where}/next_look",
            _("For “{title}” no day is named.").format(title=title),
            _("Name the day on which you ask again."),
        )
    elif due < as_of and (each.looked is None or each.looked < due):
        yield LOOK_OVERDUE.at(
            f"{where}/next_look",
            _("“{title}” was to be looked at on {day}.").format(title=title, day=format_date(due)),
            _("Look at it now, write down the day, and name the next one."),
        )
    elif (level := level_in_force(each)) in {GRAVE, CRISIS} and due - as_of > timedelta(days=WAITS[level or 0]):
        yield LOOK_LATE.at(
            f"{where}/next_look",
            _("“{title}” ({level}) is looked at again on {day} only.").format(
                title=title, level=level_word(level or 0), day=format_date(due)
            ),
            _("Look again within {n} days.").format(n=format_number(WAITS[level or 0])),
        )


def _treated(each: Challenge, where: str, title: str) -> Iterator[Finding]:
    level, now = level_in_force(each), treated_as(each)
    if level is None or now is None or now == level:
        return
    kind = BELOW if now < level else ABOVE
    said = _("“{title}” is on this level: {level}. It is dealt with like this: {now}.").format(
        title=title, level=level_word(level), now=level_word(now) if now else _("not at all")
    )
    then = (
        _("Begin with what its level asks for, or say openly why less will do.")
        if now < level
        else _("Step down: give the time back, and keep a day to ask again.")
    )
    yield kind.at(f"{where}/treated", said, then)


def _data(each: Challenge, where: str, title: str, priority: Priority, context: Context) -> Iterator[Finding]:
    indicator = priority.indicator(each.indicator) if each.indicator else None
    if indicator is None or each.off_track is None or (each.shown or "").strip():
        return
    figures = standing(indicator, context)
    if each.off_track and figures.off is False:
        yield NOT_IN_DATA.at(
            f"{where}/shown",
            _("“{title}” is said to put delivery off track. {says}").format(title=title, says=figures.says),
            _("Write down what shows it: a place, a day, who said so."),
        )
    elif not each.off_track and figures.off:
        yield AGAINST_DATA.at(
            f"{where}/shown",
            _("“{title}” is said not to put delivery off track. {says}").format(title=title, says=figures.says),
            _("Write down what shows it, or answer that delivery is off track."),
        )


def _together(priority: Priority, context: Context) -> Iterator[Finding]:
    every, table = challenges(priority), f"priorities/{priority.id}/{CHALLENGES.key}"
    here, all_ = by_level(priority).get(CRISIS, ()), crises(context.plan)
    if here and len(all_) > CRISES:
        yield CRISES_ALL.at(
            table,
            _("{n} challenges of the plan are on level 4: {names}.").format(
                n=format_number(len(all_)), names=names_in_words([f"“{called(each)}”" for _p, each in all_])
            ),
            _("For which one or two would you let everything else wait? The others are not among the gravest."),
        )
    yield from _time(priority, table)
    sources = [each.raised_by for each in every if each.raised_by]
    if sources and set(sources) == {"media"}:
        yield MEDIA_ONLY.at(
            table,
            plural("The one challenge comes from the media.", "All {n} challenges come from the media.", len(sources)),
            _("Ask three people at the front line this week what is in their way."),
        )
    elif len(sources) >= SEVERAL and "front-line" not in sources:
        yield NO_FRONT_LINE.at(
            table,
            _("Of {n} challenges, none was raised by those who do the work or whom it is for.").format(
                n=format_number(len(sources))
            ),
            _("Go there, or ring up: what is in your way, and since when?"),
        )
    for each in not_raised(priority, context):
        yield DOUBT.at(
            table,
            _("{says} No open challenge is about it.").format(says=each.says),
            _("Raise it, name an owner, and find out why."),
        )


def _time(priority: Priority, table: str) -> Iterator[Finding]:
    timed = _timed(priority)
    grave = [row for row in timed if row[0] >= GRAVE]
    if not grave:
        return
    starved = min(grave, key=lambda row: (row[2], -row[0]))
    eaters = [row for row in timed if row[0] < starved[0] and row[2] > starved[2]]
    if eaters:
        most = max(eaters, key=lambda row: row[2])
        yield TIME_ELSEWHERE.at(
            f"{table}/{most[1].id}/hours",
            _("“{small}” (level {low}) takes {more} a week, and “{grave}” (level {high}) {less}.").format(
                small=called(most[1]),
                low=most[0] if most[0] else _("none"),
                more=format_number(most[2], _("hours")),
                grave=called(starved[1]),
                high=starved[0],
                less=format_number(starved[2], _("hours")),
            ),
            _("Decide which hours move over, and who tells those who have to wait."),
        )


# --- dates ----------------------------------------------------------------------------------------------------------


def commitments(plan: Plan, as_of: date) -> Iterator[Commitment]:
    """Return the next look at each open challenge that has a day."""
    for priority in plan.priorities:
        for each in open_challenges(priority):
            if each.next_look is None:
                continue
            where = f"priorities/{priority.id}/{CHALLENGES.key}/{each.id}"
            step = (each.next_step or "").strip()
            yield Commitment(
                key=f"{where}/next_look",
                tool=TOOL,
                priority=priority.id,
                what=step or _("Look again at “{title}”").format(title=called(each)),
                owner=(plan.person(each.owner) or "").strip(),
                due=each.next_look,
                done=each.looked is not None and each.next_look <= each.looked <= as_of,
                where=where,
            )


def events(plan: Plan, as_of: date) -> Iterator[Event]:
    """Return the days on which grave challenges are looked at again."""
    for priority in plan.priorities:
        for each in open_challenges(priority):
            level = level_in_force(each)
            if each.next_look is None or level is None or level < GRAVE:
                continue
            owner = (plan.person(each.owner) or "").strip()
            yield Event(
                key=f"priorities/{priority.id}/{CHALLENGES.key}/{each.id}/next_look",
                day=each.next_look,
                title=_("Look again: {title}").format(title=called(each)),
                says=f"{level_word(level)}\n{(each.next_step or '').strip()}".strip(),
                people=(owner,) if owner else (),
            )


COMMITMENTS = (commitments,)
EVENTS = (events,)

"""Rule 7, tool 7.4: an agenda in the shape of a T, for any length.

A short shared view over everything is the bar of the T, the stem goes deep on a few issues for about four fifths of the
time, and the foot is who does what by when. The issues are the group's choice; the plan's weakest points are proposed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import attrs

from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.routines import AGENDAS, Agenda, Issue
from rdlib.plan.values import number
from rdlib.rules import registry
from rdlib.rules.days_off import days_off_around
from rdlib.rules.findings import Finding, FindingKind, Severity, worst_first
from rdlib.rules.r02_smart import goal, status
from rdlib.rules.r07_architecture import routine_of
from rdlib.rules.r07_rhythm import minutes_in_words
from rdlib.rules.r07_today import priorities_of
from rdlib.rules.registry import Context
from rdlib.rules.targets import Status
from rdlib.rules.trend import latest
from rdlib.rules.wording import is_thin
from rdlib.words import _, format_date, format_number, plural

TOOL = "7.4"

#: The share of the time that goes deep, as the method has it.
DEEP = 80.0
#: Below this share it is said that the meeting stays on the surface. Our threshold.
LEAST_DEEP = 70.0
#: An issue needs so many minutes to be taken apart and decided. Our threshold.
LEAST_FOR_ISSUE = 15
#: In a meeting of this length or longer, minutes are rounded to five; in a shorter one to one. Our choice.
ROUND_FROM, ROUND_TO = 30, 5
#: So many weak points of the plan are proposed at most.
PROPOSED = 6

NO_PURPOSE = FindingKind(
    "R7-agenda-no-purpose", TOOL, Severity.MISSING, _("No purpose"),
    why=_("Whoever cannot say what will be decided has called people together to listen."),
)  # fmt: skip
THIN_PURPOSE = FindingKind(
    "R7-agenda-thin-purpose", TOOL, Severity.WEAK, _("The purpose says only that there is a meeting"),
    why=_("“Discuss progress” is reached whatever happens; nobody can tell at the end whether it was worth it."),
)  # fmt: skip
NO_LENGTH = FindingKind(
    "R7-agenda-no-length", TOOL, Severity.MISSING, _("Not said how long"),
    why=_("Minutes can only be shared out when there is something to share."),
)  # fmt: skip
NO_ISSUE = FindingKind(
    "R7-agenda-no-issue", TOOL, Severity.MISSING, _("Nothing to go deep on"),
    why=_("Without it, the whole time goes into reports, and everybody leaves as they came."),
)  # fmt: skip
TOO_MANY = FindingKind(
    "R7-agenda-too-many", TOOL, Severity.WEAK, _("Too many issues for the time"),
    why=_("An issue that is cut off in the middle comes back in eight weeks, larger."),
)  # fmt: skip
OVERFULL = FindingKind(
    "R7-agenda-overfull", TOOL, Severity.WEAK, _("More minutes given than there are"),
    why=_("What does not fit is taken from the commitments at the end; it always is."),
)  # fmt: skip
SHALLOW = FindingKind(
    "R7-agenda-shallow", TOOL, Severity.WEAK, _("Stays on the surface"),
    why=_("Going round all priorities feels complete, and solves nothing."),
)  # fmt: skip
NO_CLOSE = FindingKind(
    "R7-agenda-no-commitments", TOOL, Severity.MISSING, _("No time for commitments"),
    why=_("What nobody has said aloud at the end, with a name and a day, has not been agreed."),
)  # fmt: skip
NO_NOTES = FindingKind(
    "R7-agenda-no-notes", TOOL, Severity.WEAK, _("Nobody writes down the commitments"),
    why=_("The next meeting begins with them; then they have to be somewhere."),
)  # fmt: skip
NO_VIEW = FindingKind(
    "R7-agenda-no-shared-view", TOOL, Severity.WEAK, _("Nobody gives the shared view"),
    why=_("When each reports on their own, the first part takes the whole time."),
)  # fmt: skip
NOBODY_PREPARES = FindingKind(
    "R7-issue-nobody-prepares", TOOL, Severity.MISSING, _("Nobody prepares it"),
    why=_("An issue without evidence and options on the table is talked about, and not decided."),
)  # fmt: skip
NO_QUESTION = FindingKind(
    "R7-issue-no-question", TOOL, Severity.WEAK, _("Not said what is to be decided"),
    why=_("A subject invites views; a question invites an answer."),
)  # fmt: skip
DAY_OFF = FindingKind(
    "R7-agenda-day-off", TOOL, Severity.WEAK, _("On a day without meetings"),
    why=_("Those who are needed will be away, or will be made to come."),
)  # fmt: skip
GOOD = FindingKind(
    "R7-agenda-t-shaped", TOOL, Severity.GOOD, _("T-shaped"),
    why=_("A short view over everything, depth where it is needed, and an end with names and days."),
)  # fmt: skip

KINDS = (
    NO_PURPOSE, THIN_PURPOSE, NO_LENGTH, NO_ISSUE, TOO_MANY, OVERFULL, SHALLOW, NO_CLOSE, NO_NOTES, NO_VIEW,
    NOBODY_PREPARES, NO_QUESTION, DAY_OFF, GOOD,
)  # fmt: skip

# Words with which a purpose says no more than that there is a meeting.
_EMPTY = (
    "take taking stock discuss talk review progress update updates status report reporting meeting meet look stocktake "
    "overview"
)


@attrs.frozen
class Item:
    """One item of an agenda with its minutes.

    Attributes:
        part: ``view`` (the bar), ``deep`` (the stem) or ``close`` (the foot).
        title: what it is.
        begins: how many minutes after the beginning.
        minutes: how long it takes.
        issue: the issue, for an item that goes deep.
    """

    part: str
    title: str
    begins: int
    minutes: int
    issue: Issue | None = None


@attrs.frozen
class Plotted:
    """An agenda with its minutes, which add up to its length.

    Attributes:
        total: the length in minutes.
        items: its items in order.
        over: how many minutes more the issues were given than there are; 0 where they fit.
    """

    total: int
    items: tuple[Item, ...]
    over: int = 0

    def minutes(self, part: str) -> int:
        """Return how many minutes a part of the T takes."""
        return sum(item.minutes for item in self.items if item.part == part)

    @property
    def deep_share(self) -> float:
        """The share of the time that goes deep, in percent."""
        return 100.0 * self.minutes("deep") / self.total


def split(total: int, weights: Sequence[float], unit: int = 1) -> list[int]:
    """Share out whole minutes by weight so that they add up: each a multiple of ``unit``, but for one leftover.

    Largest remainders first, as seats are shared out by Hamilton's method; the earlier of two equals gets it.

    Args:
        total: what is shared out.
        weights: how much of it each should have, in any measure; all 0 means alike.
        unit: what the parts are rounded to.

    >>> split(70, [1, 1, 1], 5), split(72, [1, 1, 1], 5)
    ([25, 25, 20], [27, 25, 20])
    """
    if not weights:
        return []
    whole = sum(weights)
    shares = [w / whole if whole else 1 / len(weights) for w in weights]
    units = total // unit
    exact = [share * units for share in shares]
    found = [int(x) for x in exact]
    by_rest = sorted(range(len(weights)), key=lambda n: (found[n] - exact[n], n))
    for n in by_rest[: units - sum(found)]:
        found[n] += 1
    minutes = [n * unit for n in found]
    minutes[0] += total - units * unit
    return minutes


def name_of(agenda: Agenda, plan: Plan) -> str:
    """Return what to call an agenda: its routine and its day, else its purpose."""
    routine = routine_of(plan, agenda.routine)
    title = (routine.title if routine else None) or (agenda.purpose or "").strip() or _("Agenda")
    return _("{title}, {day}").format(title=title, day=format_date(agenda.day)) if agenda.day else title


def begun(agenda: Agenda) -> bool:
    """Say whether anything has been entered in an agenda."""
    return any(getattr(agenda, f.name) not in {None, "", ()} for f in attrs.fields(Agenda) if f.name != "id")


def rows(plan: Plan) -> tuple[Agenda, ...]:
    """Return the agendas in which something was entered."""
    return tuple(agenda for agenda in AGENDAS.read(plan) if begun(agenda))


def issues_of(agenda: Agenda) -> tuple[Issue, ...]:
    """Return the issues of an agenda that have a title or a question."""
    return tuple(i for i in agenda.issues if (i.title or "").strip() or (i.question or "").strip())


def length_of(agenda: Agenda, plan: Plan) -> int | None:
    """Return the length in minutes: as the agenda says, else as its routine does; None where neither does."""
    routine = routine_of(plan, agenda.routine)
    minutes = number(agenda.minutes) or (number(routine.minutes) if routine else None)
    return round(minutes) if minutes and minutes >= 1 else None


def shares_of(agenda: Agenda) -> tuple[float, float, float]:
    """Return the shares of shared view, deep dive and commitments in percent; they add up to 100.

    >>> shares_of(Agenda("a1")), shares_of(Agenda("a1", deep=70.0, closing=10.0))
    ((10.0, 80.0, 10.0), (20.0, 70.0, 10.0))
    """
    deep = number(agenda.deep)
    deep = DEEP if deep is None else min(max(deep, 0.0), 100.0)
    closing = number(agenda.closing)
    closing = (100.0 - deep) / 2 if closing is None else min(max(closing, 0.0), 100.0 - deep)
    return 100.0 - deep - closing, deep, closing


def plot(agenda: Agenda, plan: Plan) -> Plotted | None:
    """Share out the minutes of an agenda; None where its length is not known.

    >>> beds, staff = Issue("i1", title="Beds"), Issue("i2", title="Staff")
    >>> found = plot(Agenda("a1", minutes=90.0, issues=(beds, staff)), Plan())
    >>> [(item.part, item.minutes) for item in found.items]
    [('view', 10), ('deep', 35), ('deep', 35), ('close', 10)]
    """
    total = length_of(agenda, plan)
    if total is None:
        return None
    unit = ROUND_TO if total >= ROUND_FROM else 1
    issues = issues_of(agenda)
    shares = shares_of(agenda)
    deep, view, close = split(total, (shares[1], shares[0], shares[2]), unit)
    given = [number(issue.minutes) for issue in issues]
    minutes, over = _share_out(deep, given, unit)
    items, at = [], 0
    view_item = Item("view", _("Shared view of all priorities"), 0, view)
    close_item = Item("close", _("Commitments: who does what by when"), 0, close)
    titles = [(i.title or i.question or "").strip() for i in issues]
    middle = [Item("deep", t, 0, m, i) for t, m, i in zip(titles, minutes, issues, strict=True)]
    if not middle and deep:
        middle = [Item("deep", _("Still to be chosen"), 0, deep)]
    for item in (view_item, *middle, close_item):
        if item.minutes or item.issue:
            items.append(attrs.evolve(item, begins=at))
            at += item.minutes
    return Plotted(total, tuple(items), over)


def _share_out(deep: int, given: Sequence[float | None], unit: int) -> tuple[list[int], int]:
    """Share the minutes that go deep among the issues: what is set stands, as long as there is room for it."""
    fixed = sum(round(m) for m in given if m is not None)
    free = [n for n, m in enumerate(given) if m is None]
    if fixed > deep or (not free and given and fixed != deep):
        # too much was set, or too little with nobody to take the rest: in proportion
        weights = [m if m is not None else 0.0 for m in given]
        return split(deep, weights, unit), max(fixed - deep, 0)
    rest = iter(split(deep - fixed, [1.0] * len(free), unit))
    return [round(m) if m is not None else next(rest) for m in given], 0


def attempted(plan: Plan, context: Context) -> bool:
    """Say whether any agenda was begun."""
    return bool(rows(plan))


def check(plan: Plan, context: Context) -> list[Finding]:
    """Judge each agenda."""
    found = []
    for agenda in rows(plan):
        each = list(_one(agenda, plan))
        if not each and (plotted := plot(agenda, plan)):
            each.append(
                GOOD.at(
                    f"plan/{AGENDAS.key}/{agenda.id}",
                    _("{minutes}: {view} for all, {deep} deep on {issues}, {close} for commitments.").format(
                        minutes=minutes_in_words(plotted.total),
                        view=plotted.minutes("view"),
                        deep=plotted.minutes("deep"),
                        close=plotted.minutes("close"),
                        issues=plural("{n} issue", "{n} issues", len(issues_of(agenda))),
                    ),
                )
            )
        found += each
    return found


def _says_nothing(purpose: str) -> bool:
    return is_thin(purpose, _EMPTY) or is_thin(purpose, f"{_EMPTY} priorities priority agenda delivery all")


def _one(agenda: Agenda, plan: Plan) -> Iterator[Finding]:
    where, name = f"plan/{AGENDAS.key}/{agenda.id}", name_of(agenda, plan)
    purpose = (agenda.purpose or "").strip()
    if not purpose:
        yield NO_PURPOSE.at(
            f"{where}/purpose",
            _("Of “{name}” it is not said what it is for.").format(name=name),
            _("Finish the sentence: when we leave the room, we will have decided ..."),
        )
    elif _says_nothing(purpose):
        yield THIN_PURPOSE.at(
            f"{where}/purpose",
            _("“{purpose}” would be reached by any meeting.").format(purpose=purpose),
            _("Name what will be settled that is open now."),
        )
    if agenda.day and (off := days_off_around(plan, agenda.day).why(agenda.day)):
        yield DAY_OFF.at(
            f"{where}/day",
            _("{day}: {why}.").format(day=format_date(agenda.day), why=off),
            _("Take the next working day, or the date that the year of 7.2 gives."),
        )
    issues = issues_of(agenda)
    if not issues:
        yield NO_ISSUE.at(
            f"{where}/issues",
            _("“{name}” has no issue to go deep on.").format(name=name),
            _("Choose one to three. The weakest points of the plan are listed below the form."),
        )
    for issue in issues:
        yield from _issue(issue, f"{where}/issues/{issue.id}")
    if not (agenda.opens or "").strip():
        yield NO_VIEW.at(
            f"{where}/opens",
            _("Nobody is named who shows where all priorities stand."),
            _("Let one person do it, on one page, for all."),
        )
    plotted = plot(agenda, plan)
    if plotted is None:
        yield NO_LENGTH.at(
            f"{where}/minutes",
            _("The length of “{name}” is open.").format(name=name),
            _("Give it here, or choose the routine that it belongs to."),
        )
        return
    yield from _minutes(agenda, plotted, where, len(issues))


def _issue(issue: Issue, where: str) -> Iterator[Finding]:
    title = (issue.title or issue.question or "").strip()
    if not (issue.prepares or "").strip():
        yield NOBODY_PREPARES.at(
            f"{where}/prepares",
            _("Nobody prepares “{title}”.").format(title=title),
            _("Name the person who brings the evidence and two or three options."),
        )
    if is_thin(issue.question or "", issue.title):
        yield NO_QUESTION.at(
            f"{where}/question",
            _("What is to be decided about “{title}” is open.").format(title=title),
            _("Write the question so that somebody can answer it with a yes, a no, a name or a number."),
        )


def _minutes(agenda: Agenda, plotted: Plotted, where: str, issues: int) -> Iterator[Finding]:
    deep = plotted.minutes("deep")
    if plotted.over:
        yield OVERFULL.at(
            f"{where}/issues",
            _("The issues were given {over} minutes more than the {deep} that go deep; they were cut in proportion.")
            .format(over=format_number(plotted.over), deep=format_number(deep)),
            _("Give them less, or take an issue out."),
        )  # fmt: skip
    if issues > 1 and deep / issues < LEAST_FOR_ISSUE:
        fit = max(int(deep // LEAST_FOR_ISSUE), 1)
        yield TOO_MANY.at(
            f"{where}/issues",
            _("{n} issues share {deep} minutes: less than {least} each.").format(
                n=format_number(issues), deep=format_number(deep), least=LEAST_FOR_ISSUE
            ),
            _("Keep {n} of them; send the others round in writing, or put them on the next agenda.").format(
                n=format_number(fit)
            ),
        )
    share = shares_of(agenda)[1]
    if share < LEAST_DEEP:
        yield SHALLOW.at(
            f"{where}/deep",
            _("{share}% of the time goes deep; the method has about {deep}%.").format(
                share=format_number(share), deep=format_number(DEEP)
            ),
            _("Shorten the shared view: one page, read before the meeting."),
        )
    if plotted.minutes("close") == 0:
        yield NO_CLOSE.at(
            f"{where}/closing",
            _("No minutes are left for who does what by when."),
            _("Keep a tenth of the time, and stop the discussion when it begins."),
        )
    elif not (agenda.notes or "").strip():
        yield NO_NOTES.at(
            f"{where}/notes",
            _("Nobody is named who writes them down."),
            _("Name somebody who is not needed in the discussion."),
        )


# --- what the plan itself speaks for -----------------------------------------------------------------------------


@attrs.frozen
class Weak:
    """A weak point of the plan that a meeting could go deep on.

    Attributes:
        priority: the id of the priority.
        name: what the priority is called.
        what: what is weak, as a sentence.
        weight: how much speaks for it; only the order means something.
    """

    priority: str
    name: str
    what: str
    weight: float


def proposals(plan: Plan, as_of: date) -> list[Weak]:
    """Return the weakest points of a plan, the weakest first: what a meeting could go deep on.

    Taken are, of each priority: the last judgement of the likelihood of delivery where it is red or amber-red; targets
    that are not met; indicators behind their planned path; and the finding that matters most. The order is ours: what
    people judged, then what figures show, then what the checks say. People choose.

    Args:
        plan: the plan.
        as_of: the day; nothing after it counts.
    """
    context = Context(plan, as_of)
    found: list[Weak] = []
    for priority in priorities_of(plan):
        name = priority.title or priority.id
        found += (Weak(priority.id, name, what, weight) for what, weight in _weak(priority, context))
    return sorted(found, key=lambda weak: -weak.weight)[:PROPOSED]


def _weak(priority: Priority, context: Context) -> Iterator[tuple[str, float]]:
    judged = [a for a in priority.assessments if a.day and a.day <= context.as_of and a.likelihood is not None]
    if judged and (last := max(judged, key=lambda a: a.day or date.min)).likelihood in {1, 2} and last.day:
        word = _("red") if last.likelihood == 1 else _("amber-red")
        yield (
            _("Delivery was judged {word} on {day}. {why}")
            .format(word=word, day=format_date(last.day), why=(last.likelihood_why or "").strip())
            .strip(),
            100.0 if last.likelihood == 1 else 80.0,
        )
    for indicator in priority.indicators:
        title = indicator.name or indicator.id
        if status(indicator, goal(indicator, context), context) is Status.NOT_MET:
            yield _("The target of “{name}” is not met.").format(name=title), 70.0
            continue
        measured = latest(indicator, context.as_of)
        if measured is None or indicator.direction not in {"up", "down"}:
            continue
        planned = [
            (t.when, number(t.value))
            for t in indicator.trajectory
            if t.when and number(t.value) is not None and t.when.end <= measured.when.end
        ]
        if not planned:
            continue
        when, value = max(planned, key=lambda p: p[0].end)
        behind = (value or 0.0) - measured.value if indicator.direction == "up" else measured.value - (value or 0.0)
        if value is not None and behind > 0:
            yield (
                _("“{name}” stands at {now}; its path had {value} by {when}.").format(
                    name=title,
                    now=format_number(measured.value, indicator.unit),
                    value=format_number(value, indicator.unit),
                    when=format_date(when.end),
                ),
                60.0,
            )
    found = [
        f
        for each in registry.exercises()
        if each.scope is Priority and not each.case and each.attempted(priority, context)
        for f in each.check(priority, context)
        if f.severity in {Severity.MISSING, Severity.WEAK}
    ]
    if found:
        worst = worst_first(found)[0]
        yield worst.what, 40.0 if worst.severity is Severity.MISSING else 20.0

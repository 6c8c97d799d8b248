"""Rule 7, tool 7.1: what meets and reports today, what it costs in hours, and whether it is worth keeping.

Four questions make a routine one of delivery: did we do it, did we do it well, did it matter, what next. The verdict
that is computed here is a proposal with its reason; the decision is the reader's, and stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

import attrs

from rdlib.plan.fields import field_of
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.routines import ROUTINES_TODAY, RoutineToday
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r07_rhythm import hours_a_year
from rdlib.rules.registry import Context
from rdlib.rules.wording import is_thin
from rdlib.words import _, format_number, plural

TOOL = "7.1"

#: The four questions, by the names of their fields.
QUESTIONS = ("asks_did", "asks_well", "asks_mattered", "asks_next")
#: From this many routines on, it is said when not one of them asks whether it mattered. Our threshold.
SEVERAL = 2

NO_NAME = FindingKind(
    "R7-today-no-name", TOOL, Severity.MISSING, _("No name"),
    why=_("What has no name cannot be kept, mended or stopped."),
)  # fmt: skip
NOT_ANSWERED = FindingKind(
    "R7-today-not-answered", TOOL, Severity.MISSING, _("Not all four questions answered"),
    why=_("Whether a meeting is worth its hours shows in what it asks, not in who sits there."),
)  # fmt: skip
NO_RESULT = FindingKind(
    "R7-today-no-result", TOOL, Severity.MISSING, _("Not said what comes out"),
    why=_("A routine that leads to nothing takes the same time as one that does."),
)  # fmt: skip
RESULT_NOT_SHOWN = FindingKind(
    "R7-today-result-not-shown", TOOL, Severity.WEAK, _("Nothing shows what comes out"),
    why=_("Everybody believes that their meetings decide something, until they look for the last decision."),
)  # fmt: skip
NO_HOURS = FindingKind(
    "R7-today-no-hours", TOOL, Severity.NOTE, _("Hours cannot be computed"),
    why=_("What the routines of today cost is the time that better ones could have."),
)  # fmt: skip
NO_DECISION = FindingKind(
    "R7-today-no-decision", TOOL, Severity.WEAK, _("Not decided: keep, mend or stop"),
    why=_("New routines on top of all the old ones are the surest way to have nobody come."),
)  # fmt: skip
NO_REASON = FindingKind(
    "R7-today-no-reason", TOOL, Severity.WEAK, _("Decided without a reason"),
    why=_("Those who like the meeting will ask, and those who are to mend it need to know what is wrong."),
)  # fmt: skip
OTHER_THAN_COMPUTED = FindingKind(
    "R7-today-other-than-proposed", TOOL, Severity.NOTE, _("Decided otherwise than proposed"),
    why=_("You may know what the answers do not show. Then the answers, or the reason, should say it."),
)  # fmt: skip
NOBODY_ASKS = FindingKind(
    "R7-nobody-asks-mattered", TOOL, Severity.WEAK, _("Nobody asks whether it mattered"),
    why=_("Where only work is counted, work is what you get more of; the people it is for may notice nothing."),
)  # fmt: skip
UNCOVERED = FindingKind(
    "R7-today-uncovered", TOOL, Severity.WEAK, _("Priorities that no routine of today looks at"),
    why=_("What nobody asks about at fixed times moves when there is a crisis, or not at all."),
)  # fmt: skip
GOOD = FindingKind(
    "R7-today-asks-all", TOOL, Severity.GOOD, _("Asks all four questions, and something follows"),
    why=_("Build on it: people know it already."),
)  # fmt: skip

KINDS = (
    NO_NAME, NOT_ANSWERED, NO_RESULT, RESULT_NOT_SHOWN, NO_HOURS, NO_DECISION, NO_REASON, OTHER_THAN_COMPUTED,
    NOBODY_ASKS, UNCOVERED, GOOD,
)  # fmt: skip


class Fate(Enum):
    """What the answers speak for; the values are those of the field ``fate``."""

    KEEP = "keep"
    MEND = "mend"
    STOP = "stop"
    OPEN = "open"

    @property
    def word(self) -> str:
        """The words that a person reads."""
        choice = field_of(RoutineToday, "fate").choice(self.value)
        return choice.label if choice else _("Cannot be told yet")


@attrs.frozen
class Proposal:
    """What the answers about a routine speak for.

    Attributes:
        fate: keep, mend, stop, or not to be told yet.
        why: the reason, as sentences.
    """

    fate: Fate
    why: str


def question_in_words(name: str) -> str:
    """Return one of the four questions.

    >>> question_in_words("asks_mattered")
    'did it matter?'
    """
    return {
        "asks_did": _("did we do it?"),
        "asks_well": _("did we do it well?"),
        "asks_mattered": _("did it matter?"),
        "asks_next": _("what next?"),
    }[name]


def name_of(today: RoutineToday) -> str:
    """Return what to call one of today's routines."""
    return (today.title or "").strip() or _("(no name)")


def begun(today: RoutineToday) -> bool:
    """Say whether anything has been entered about a routine."""
    return any(getattr(today, f.name) not in {None, "", ()} for f in attrs.fields(RoutineToday) if f.name != "id")


def rows(plan: Plan) -> tuple[RoutineToday, ...]:
    """Return today's routines about which something was entered."""
    return tuple(today for today in ROUTINES_TODAY.read(plan) if begun(today))


def proposal(today: RoutineToday) -> Proposal:
    """Return what the answers about a routine speak for (our rule).

    *Keep* when it asks all four questions, comes at a fixed rhythm, and actions or decisions follow. *Stop* when it
    asks none of the four and at most information comes out of it. *Mend* everything between.

    >>> proposal(RoutineToday("t1", asks_did=False)).fate
    <Fate.OPEN: 'open'>
    """
    answers = {name: getattr(today, name) for name in QUESTIONS}
    if None in answers.values() or today.result is None:
        return Proposal(Fate.OPEN, _("The four questions, and what comes out of it, have to be answered first."))
    unasked = [question_in_words(name) for name, asked in answers.items() if not asked]
    follows = today.result in {"actions", "decisions"}
    if len(unasked) == len(QUESTIONS) and not follows:
        return Proposal(Fate.STOP, _("It asks none of the four questions, and nothing follows that lasts."))
    lacks = []
    if unasked:
        lacks.append(_("It does not ask: {questions}").format(questions=" ".join(unasked)))
    if not follows:
        lacks.append(_("No actions or decisions follow."))
    if today.frequency == "irregular":
        lacks.append(_("It comes now and then; a fixed rhythm is what makes people prepare."))
    if lacks:
        return Proposal(Fate.MEND, " ".join(lacks))
    return Proposal(Fate.KEEP, _("It asks all four questions at a fixed rhythm, and something follows."))


def hours(plan: Plan) -> tuple[float, tuple[RoutineToday, ...]]:
    """Return the hours a year of all routines that say enough to compute them, and the routines that do not."""
    known = [(today, hours_a_year(today)) for today in rows(plan)]
    return sum(h for _today, h in known if h is not None), tuple(t for t, h in known if h is None)


def priorities_of(plan: Plan) -> tuple[Priority, ...]:
    """Return the priorities of which anything is said; the blank one that a new plan begins with is left out."""
    return tuple(p for p in plan.priorities if (p.title or "").strip() or p.outcomes or p.indicators)


def uncovered(plan: Plan) -> list[str]:
    """Return the names of the priorities that no routine of today looks at."""
    looked_at = {id_ for today in rows(plan) for id_ in today.priorities}
    return [p.title or p.id for p in priorities_of(plan) if p.id not in looked_at]


def attempted(plan: Plan, context: Context) -> bool:
    """Say whether any routine of today was entered."""
    return bool(rows(plan))


def check(plan: Plan, context: Context) -> list[Finding]:
    """Judge the inventory of today's routines."""
    return [*_on_the_whole(plan), *(found for today in rows(plan) for found in _one(today))]


def _on_the_whole(plan: Plan) -> Iterator[Finding]:
    every = rows(plan)
    answered = [today.asks_mattered for today in every if today.asks_mattered is not None]
    if len(answered) >= SEVERAL and len(answered) == len(every) and not any(answered):
        yield NOBODY_ASKS.at(
            f"plan/{ROUTINES_TODAY.key}",
            _("None of the {n} routines asks whether a figure of an outcome has moved.").format(
                n=format_number(len(every))
            ),
            _("Choose the one that your leaders care about most, and put the outcome figure at its beginning."),
        )
    if left := uncovered(plan):
        names = ", ".join(_("“{name}”").format(name=name) for name in left)
        yield UNCOVERED.at(
            f"plan/{ROUTINES_TODAY.key}",
            _("Not looked at: {names}.").format(names=names),
            _("Tick the routine that does look at it; where there is none, plan one in 7.2."),
        )


def _one(today: RoutineToday) -> Iterator[Finding]:
    where, name = f"plan/{ROUTINES_TODAY.key}/{today.id}", name_of(today)
    if not (today.title or "").strip():
        yield NO_NAME.at(f"{where}/title", _("A routine has answers and no name."), _("Write what people call it."))
    missing = [question_in_words(q) for q in QUESTIONS if getattr(today, q) is None]
    if missing:
        yield NOT_ANSWERED.at(
            where,
            _("Of “{name}” it is not said whether it asks: {questions}").format(name=name, questions=" ".join(missing)),
            _("Think of the last three times, and answer yes or no."),
        )
    if today.result is None:
        yield NO_RESULT.at(
            f"{where}/result",
            _("Of “{name}” it is not said what comes out of it.").format(name=name),
            _("Choose what it mostly leads to."),
        )
    elif today.result in {"actions", "decisions"} and is_thin(today.shown or "", name):
        yield RESULT_NOT_SHOWN.at(
            f"{where}/shown",
            _("That {what} come out of “{name}” stands alone.").format(
                what=_("actions") if today.result == "actions" else _("decisions"), name=name
            ),
            _("Write down the last one, with its day. If none comes to mind, change the answer."),
        )
    if hours_a_year(today) is None and today.frequency != "irregular":
        yield NO_HOURS.at(
            where,
            _("For “{name}”, how often, how long or how many people is open.").format(name=name),
            _("Fill in the three; a guess will do."),
        )
    yield from _decision(today, where, name)


def _decision(today: RoutineToday, where: str, name: str) -> Iterator[Finding]:
    proposed = proposal(today)
    decided = field_of(RoutineToday, "fate").choice(today.fate)
    if decided is None:
        if proposed.fate is not Fate.OPEN:
            yield NO_DECISION.at(
                f"{where}/fate",
                _("The answers about “{name}” speak for: {fate}").format(
                    name=name, fate=_("{words}.").format(words=proposed.fate.word.lower())
                ),
                _("Decide, with those who take part in it."),
            )
        return
    if is_thin(today.fate_why or "", name):
        yield NO_REASON.at(
            f"{where}/fate_why",
            _("“{name}”: {fate}, and no reason stands beside it.").format(name=name, fate=decided.label.lower()),
            _("Write what is wrong or right with it, and what will be different."),
        )
    if proposed.fate not in {Fate.OPEN, Fate(decided.value)}:
        yield OTHER_THAN_COMPUTED.at(
            f"{where}/fate",
            _("You decided on “{name}”: {fate}. The answers speak for: {other}. {why}").format(
                name=name, fate=decided.label.lower(), other=proposed.fate.word.lower(), why=proposed.why
            ),
            _("Look at the answers once more; if the decision stands, its reason should say why."),
        )
    elif proposed.fate is Fate.KEEP:
        yield GOOD.at(where, _("“{name}” is a routine to build on.").format(name=name))


def total_in_words(plan: Plan) -> str:
    """Return what today's routines take in a year, and how that was computed."""
    total, open_ = hours(plan)
    said = _(
        "Together these routines take about {hours} hours of people a year. That is computed: times a year by length "
        "by people, with 52 weeks and 250 working days; preparation and travel are not in it."
    ).format(hours=format_number(round(total), decimals=0))
    if open_:
        said += " " + plural(
            "One of them is left out, because its answers do not say enough.",
            "{n} of them are left out, because their answers do not say enough.",
            len(open_),
        )
    return said

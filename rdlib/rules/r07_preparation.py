"""Rule 7, tool 7.6: six questions behind the calendar, and the preparation of a meeting counted back from its day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from rdlib.plan.fields import Choice, field_of
from rdlib.plan.plan import Plan
from rdlib.plan.routine_year import QUESTIONS, RoutineYear
from rdlib.plan.routines import PREPARATIONS, STEPS, Preparation, PreparationStep
from rdlib.plan.values import number
from rdlib.rules.calendar_events import Event
from rdlib.rules.days_off import days_off_around, working_days_before
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r07_architecture import routine_of
from rdlib.rules.registry import Context
from rdlib.rules.wording import is_thin
from rdlib.words import _, format_date, format_number, plural

TOOL = "7.6"

#: How many working days before the meeting each step is done, where nobody says otherwise. Ours, to be changed.
DAYS_BEFORE = {"evidence": 10, "judgements": 7, "objectives": 5, "materials": 3, "brief": 2}
#: The order that the steps build on each other in.
_ORDER = tuple(DAYS_BEFORE)

QUESTION_OPEN = FindingKind(
    "R7-calendar-question-open", TOOL, Severity.WEAK, _("A question behind the calendar is open"),
    why=_("A calendar without answers to these fills the diaries, and the meetings become reporting."),
)  # fmt: skip
QUESTION_THIN = FindingKind(
    "R7-calendar-question-thin", TOOL, Severity.WEAK, _("An answer that says nothing"),
    why=_("Somebody else has to be able to do what it says, in the week in which you are away."),
)  # fmt: skip
NO_DAY = FindingKind(
    "R7-preparation-no-day", TOOL, Severity.MISSING, _("No day of the meeting"),
    why=_("Dates are counted back from it."),
)  # fmt: skip
NO_LEAD = FindingKind(
    "R7-preparation-no-lead", TOOL, Severity.MISSING, _("Nobody leads the preparation"),
    why=_("Five owners and nobody who asks them is how the materials come the night before."),
)  # fmt: skip
STEP_LACKING = FindingKind(
    "R7-preparation-step-lacking", TOOL, Severity.MISSING, _("A step is not there"),
    why=_("A meeting that is short of one of the five does in the room what should have been done before."),
)  # fmt: skip
NO_OWNER = FindingKind(
    "R7-preparation-no-owner", TOOL, Severity.MISSING, _("A step without an owner"),
    why=_("Everybody believes that somebody else has it."),
)  # fmt: skip
NO_DATE = FindingKind(
    "R7-preparation-no-date", TOOL, Severity.WEAK, _("A step without a date"),
    why=_("What has no day before the meeting is done on the day of the meeting."),
)  # fmt: skip
LATE = FindingKind(
    "R7-preparation-late", TOOL, Severity.WEAK, _("Late"),
    why=_("Each step waits for the one before; a day lost at the beginning is lost at the end, too."),
)  # fmt: skip
OUT_OF_ORDER = FindingKind(
    "R7-preparation-out-of-order", TOOL, Severity.WEAK, _("Comes before what it rests on"),
    why=_("Nobody can be briefed on a judgement that has not been made."),
)  # fmt: skip
SAME_DAY = FindingKind(
    "R7-preparation-same-day", TOOL, Severity.WEAK, _("On the day of the meeting"),
    why=_("What is handed out in the room is read in the room, and the time for deciding goes into reading."),
)  # fmt: skip
GOOD = FindingKind(
    "R7-preparation-ready", TOOL, Severity.GOOD, _("Everything is prepared"),
    why=_("The meeting can begin where the others end."),
)  # fmt: skip

KINDS = (
    QUESTION_OPEN, QUESTION_THIN, NO_DAY, NO_LEAD, STEP_LACKING, NO_OWNER, NO_DATE, LATE, OUT_OF_ORDER, SAME_DAY, GOOD,
)  # fmt: skip


@attrs.frozen
class Due:
    """A step of a preparation with its date.

    Attributes:
        step: the step.
        day: the day by which it is to be done; None where it cannot be counted.
        late: whether it is open after that day, or was done after it.
    """

    step: PreparationStep
    day: date | None
    late: bool

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.step.done is None


def begun(preparation: Preparation) -> bool:
    """Say whether anything has been entered in a preparation."""
    values = (getattr(preparation, f.name) for f in attrs.fields(Preparation) if f.name != "id")
    return any(value not in {None, "", ()} for value in values)


def rows(plan: Plan) -> tuple[Preparation, ...]:
    """Return the preparations in which something was entered."""
    return tuple(each for each in PREPARATIONS.read(plan) if begun(each))


def name_of(preparation: Preparation, plan: Plan) -> str:
    """Return what to call a preparation: the meeting that it is for."""
    routine = routine_of(plan, preparation.routine)
    title = (routine.title if routine else None) or _("Meeting")
    if preparation.day is None:
        return title
    return _("{title}, {day}").format(title=title, day=format_date(preparation.day))


def step_kind(kind: str | None) -> Choice | None:
    """Return which of the five steps one is; None where that is not said."""
    return field_of(PreparationStep, "kind").choice(kind)


def step_name(step: PreparationStep) -> str:
    """Return what to call a step."""
    kind = step_kind(step.kind)
    return (kind.label if kind else None) or (step.what or "").strip() or _("(a step without a name)")


def standard_steps(owner: str = "") -> list[dict[str, str]]:
    """Return the five steps as a preparation begins with them, all with the same owner.

    >>> [(step["kind"], step["before"]) for step in standard_steps("Ann")][:2]
    [('evidence', '10'), ('judgements', '7')]
    """
    return [{"kind": kind, "owner": owner, "before": str(days)} for kind, days in DAYS_BEFORE.items()]


def dates(preparation: Preparation, plan: Plan, as_of: date) -> list[Due]:
    """Return the steps of a preparation with their dates, the earliest first; those without a date at the end.

    Args:
        preparation: the preparation.
        plan: its plan, for holidays and quiet times.
        as_of: the day; what is open after its date is late.
    """
    found = []
    off = days_off_around(plan, preparation.day) if preparation.day else None
    for step in preparation.steps:
        before, day = number(step.before), None
        if off is not None and preparation.day is not None and before is not None:
            day = working_days_before(preparation.day, int(before), off)
        late = day is not None and (step.done or as_of) > day
        found.append(Due(step, day, late))
    return sorted(found, key=lambda due: (due.day or date.max, _place(due.step)))


def _place(step: PreparationStep) -> int:
    return _ORDER.index(step.kind) if step.kind in _ORDER else len(_ORDER)


def answer_to(plan: Plan, question: str) -> str:
    """Return the answer to one of the six questions; empty where there is none."""
    return (getattr(plan.routine_year, question) or "").strip()


def attempted(plan: Plan, context: Context) -> bool:
    """Say whether a question was answered or a preparation begun."""
    return bool(rows(plan)) or any(answer_to(plan, question) for question in QUESTIONS)


def check(plan: Plan, context: Context) -> list[Finding]:
    """Judge the answers to the six questions, and each preparation."""
    return [*_questions(plan), *(f for each in rows(plan) for f in _one(each, plan, context.as_of))]


def _questions(plan: Plan) -> Iterator[Finding]:
    for name in QUESTIONS:
        label, said = field_of(RoutineYear, name).label, answer_to(plan, name)
        where = f"plan/routine_year/{name}"
        if not said:
            yield QUESTION_OPEN.at(
                where, _("Not answered: {question}").format(question=label), _("Answer it with those who take part.")
            )
        elif is_thin(said, label):
            yield QUESTION_THIN.at(
                where,
                _("{question} “{answer}”").format(question=label, answer=said),
                _("Say who does what, and when."),
            )


def _one(preparation: Preparation, plan: Plan, as_of: date) -> Iterator[Finding]:
    where, name = f"plan/{PREPARATIONS.key}/{preparation.id}", name_of(preparation, plan)
    if preparation.day is None:
        yield NO_DAY.at(
            f"{where}/day",
            _("The day of “{name}” is open, so nothing can be counted back.").format(name=name),
            _("Take it from the year of 7.2."),
        )
    if not (preparation.lead or "").strip():
        yield NO_LEAD.at(f"{where}/lead", _("Nobody keeps “{name}” together.").format(name=name), _("Name one person."))
    present = {step.kind for step in preparation.steps}
    if lacking := [choice.label for choice in STEPS if choice.value not in present]:
        yield STEP_LACKING.at(
            f"{where}/steps",
            _("For “{name}” there is no step for: {steps}.").format(name=name, steps=", ".join(lacking)),
            _("Add it with an owner and its days, or say under another step who does it."),
        )
    every = dates(preparation, plan, as_of)
    for due in every:
        yield from _step(due, preparation, f"{where}/steps/{due.step.id}", name, as_of)
    yield from _order(preparation, where)
    if every and not lacking and not any(due.open for due in every) and preparation.day:
        yield GOOD.at(
            where,
            _("All {n} for “{name}” are done.").format(
                n=plural("{n} step", "{n} steps", len(every)), name=name
            ),
        )  # fmt: skip


def _step(due: Due, preparation: Preparation, where: str, name: str, as_of: date) -> Iterator[Finding]:
    step, called = due.step, step_name(due.step)
    if not (step.owner or "").strip():
        yield NO_OWNER.at(
            f"{where}/owner",
            _("“{step}” for “{name}” has no owner.").format(step=called, name=name),
            _("Write one name."),
        )
    before = number(step.before)
    if before is None:
        yield NO_DATE.at(
            f"{where}/before",
            _("“{step}” for “{name}” has no date.").format(step=called, name=name),
            _("Say how many working days before the meeting it is done."),
        )
    elif before == 0:
        yield SAME_DAY.at(
            f"{where}/before",
            _("“{step}” for “{name}” falls on the day itself.").format(step=called, name=name),
            _("Two working days before is the least for something that is to be read."),
        )
    if due.late and due.open and due.day is not None:
        days = (as_of - due.day).days
        yield LATE.at(
            f"{where}/done",
            _("“{step}” was to be done by {day}, {ago} ago, and is open.").format(
                step=called, day=format_date(due.day), ago=plural("{n} day", "{n} days", days)
            ),
            _("Ask its owner today. If the meeting is near, say what will be missing, and change the agenda.")
            if preparation.day is None or preparation.day >= as_of
            else _("The meeting is over: say whether it was done, and on which day."),
        )


def _order(preparation: Preparation, where: str) -> Iterator[Finding]:
    """Each of the five steps has to be done no later than those that build on it."""
    known = [(step, number(step.before)) for step in preparation.steps if step.kind in _ORDER]
    for step, before in known:
        rests_on = [
            other
            for other, days in known
            if before is not None and days is not None and _place(other) < _place(step) and days < before
        ]
        if rests_on:
            names = ", ".join(_("“{step}”").format(step=step_name(other)) for other in rests_on)
            yield OUT_OF_ORDER.at(
                f"{where}/steps/{step.id}/before",
                _("“{step}” is planned {n} working days before the meeting, earlier than {others}.").format(
                    step=step_name(step), n=format_number(before or 0), others=names
                ),
                _("Evidence first, then judgements, objectives, materials, and the brief at the end."),
            )


def events(plan: Plan, as_of: date) -> Iterable[Event]:
    """Return the dates of the steps that are still open, for the calendar."""
    for preparation in rows(plan):
        for due in dates(preparation, plan, as_of):
            if due.day is None or not due.open:
                continue
            owner = plan.person(due.step.owner) or _("nobody yet")
            name = name_of(preparation, plan)
            yield Event(
                key=f"{PREPARATIONS.key}/{preparation.id}/{due.step.id}",
                day=due.day,
                title=_("{step} for: {meeting}").format(step=step_name(due.step), meeting=name),
                says="\n".join(filter(None, [(due.step.what or "").strip(), _("Owner: {name}").format(name=owner)])),
                people=(owner,),
            )


EVENTS = (events,)

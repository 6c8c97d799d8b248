"""Rule 9, tool 9.1: where a priority stands on the ups and downs of delivery, and what gets it to the next stage.

The picture of the method is lost. The stages, what is typical of each, its trap and what to do are ours; a plan can
give the stages its own names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import attrs

from rdlib.plan.persist import CYCLE_PLACES, STAGE_NAMES, STAGES, CyclePlace
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules.commitments import Commitment
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r09_evidence import contradicts, evidence
from rdlib.rules.registry import Context
from rdlib.rules.wording import is_thin
from rdlib.words import _, format_date

TOOL = "9.1"

#: So long on one stage with nothing open that would lead on, and it is called stuck. Ours.
LONG = timedelta(days=183)
#: A place older than this is to be looked at again. Ours.
OLD = timedelta(days=183)

NO_STAGE = FindingKind(
    "R9-place-no-stage", TOOL, Severity.MISSING, _("No stage chosen"),
    why=_("Only who knows where the work stands can tell a bad week from the valley that all such work goes through."),
)  # fmt: skip
NO_DAY = FindingKind(
    "R9-place-no-day", TOOL, Severity.MISSING, _("Not dated"),
    why=_("Movement can be seen only between two days."),
)  # fmt: skip
NOBODY = FindingKind(
    "R9-place-nobody", TOOL, Severity.WEAK, _("Nobody named"),
    why=_("Those who lead and those who do the work often stand at two different stages; it matters who speaks."),
)  # fmt: skip
NO_EVIDENCE = FindingKind(
    "R9-place-no-evidence", TOOL, Severity.MISSING, _("Nothing that shows it"),
    why=_("In the valley everybody feels further back than they are, and on the climb further ahead."),
)  # fmt: skip
CONTRADICTS = FindingKind(
    "R9-place-contradicts", TOOL, Severity.WEAK, _("The plan shows something else"),
    why=_("Whoever takes one stage for another does the wrong thing next: pushes on, or lets go, too early."),
)  # fmt: skip
NO_NEXT = FindingKind(
    "R9-place-no-next-step", TOOL, Severity.MISSING, _("No next step"),
    why=_("To know where one stands helps only when something follows from it."),
)  # fmt: skip
NEXT_OPEN = FindingKind(
    "R9-place-next-step-open", TOOL, Severity.MISSING, _("Nobody does it, or by no day"),
    why=_("A step without a name and a day is a wish."),
)  # fmt: skip
NEXT_LATE = FindingKind(
    "R9-place-next-step-late", TOOL, Severity.WEAK, _("The next step is late"),
    why=_("Stages do not pass by themselves."),
)  # fmt: skip
STUCK = FindingKind(
    "R9-place-stuck", TOOL, Severity.WEAK, _("Long on the same stage"),
    why=_("A stage that is looked at again and again, with nothing begun to leave it, becomes the way things are."),
)  # fmt: skip
OLD_PLACE = FindingKind(
    "R9-place-old", TOOL, Severity.NOTE, _("Not looked at for long"),
    why=_("Half a year is enough to come through a valley, or to slide back into it."),
)  # fmt: skip
GOOD = FindingKind(
    "R9-place-shown", TOOL, Severity.GOOD, _("Placed, shown, and with a next step"),
    why=_("You know where you stand, others could check it, and somebody does what leads on."),
)  # fmt: skip

KINDS = (
    NO_STAGE, NO_DAY, NOBODY, NO_EVIDENCE, CONTRADICTS, NO_NEXT, NEXT_OPEN, NEXT_LATE, STUCK, OLD_PLACE, GOOD,
)  # fmt: skip


@attrs.frozen
class Stage:
    """What is said of a stage of the cycle; all of it is ours.

    Attributes:
        key: its key in the plan.
        name: our name for it.
        known_by: how one knows it.
        typical: what is typical there.
        trap: what goes wrong there most often.
        next_step: what to do in order to come through.
    """

    key: str
    name: str
    known_by: str
    typical: str
    trap: str
    next_step: str


_TOLD = {
    "launch": (
        _("Much good will, many promises, few changes where the service is given."),
        _("To take the announcement for the work, and to promise dates that nobody has counted."),
        _("Get the first places going within weeks, agree on the figure, and say now that it will get harder."),
    ),
    "valley": (
        _("Work and cost are felt first, results later. Those against it speak up, and new ideas look better."),
        _("To change course, or to add something new, before what was begun had time to work."),
        _("Hold the rhythm, look on the spot whether it is done as meant, and show the first places that move."),
    ),
    "first-climb": (
        _("Some places are well ahead, most have not begun; the mean moves slowly and hides both."),
        _("To announce success on the figures of the best, and to leave the rest for later."),
        _("Write down what the first places do, bring the next ones to see it, and name a date for all."),
    ),
    "plateau": (
        _("What was easy is done. It is dull, the people who began it move on, money and talk go elsewhere."),
        _("To be content with what there is, or to swap the strategy because it has grown old."),
        _("Find out what holds back those who are behind, give them help and a date, and tell fresh news of the work."),
    ),
    "last-climb": (
        _("The last places are the hardest, and each point costs more than the one before."),
        _("To celebrate before the target is met, to lower it, or to take the pressure off one round too early."),
        _("Keep the target, put the best people on the last places, and build what works into rules, money and posts."),
    ),
    "irreversible": (
        _("It is simply how things are done. New people learn it from those who were there before, not from you."),
        _("To stop measuring. What is not looked at slides back unseen."),
        _("Hand it over, keep one figure and one day a year on which somebody asks, and turn to the next aim."),
    ),
}  # fmt: skip

#: The stages in their order.
CYCLE = tuple(Stage(choice.value, choice.label, choice.describes, *_TOLD[choice.value]) for choice in STAGES)


def stage_of(key: str | None) -> Stage | None:
    """Return the stage with this key, or None."""
    return next((stage for stage in CYCLE if stage.key == key), None)


def stage_names(plan: Plan) -> Mapping[str, str]:
    """Return what a plan calls each stage, by its key: its own names, else ours.

    >>> stage_names(Plan())["valley"]
    'The valley'
    """
    given = {row.stage: name for row in STAGE_NAMES.read(plan) if (name := (row.name or "").strip())}
    return {stage.key: given.get(stage.key, stage.name) for stage in CYCLE}


def begun(place: CyclePlace) -> bool:
    """Say whether anything was entered for a place but its day and its people."""
    return bool(place.stage or (place.shown or "").strip() or (place.next_step or "").strip())


def places(priority: Priority, as_of: date) -> tuple[CyclePlace, ...]:
    """Return where a priority was placed by a day, the earliest first; undated places stand before all others."""
    known = [p for p in CYCLE_PLACES.read(priority) if begun(p) and (p.day is None or p.day <= as_of)]
    return tuple(sorted(known, key=lambda place: place.day or date.min))


def latest(priority: Priority, as_of: date) -> CyclePlace | None:
    """Return where a priority was placed last, or None."""
    return next(reversed([p for p in places(priority, as_of) if p.stage]), None)


def since(rows: Sequence[CyclePlace]) -> date | None:
    """Return the day since which the stage of the last place is the same; None where it has no day."""
    day = None
    for place in reversed(rows):
        if place.stage != rows[-1].stage:
            break
        day = place.day or day
    return day


def is_open(place: CyclePlace) -> bool:
    """Say whether a place has a next step that is still to be done."""
    return bool((place.next_step or "").strip()) and place.done is None


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether a priority was ever placed on the cycle."""
    return any(map(begun, CYCLE_PLACES.read(priority)))


def _where(priority: Priority, place: CyclePlace) -> str:
    rows = CYCLE_PLACES.read(priority)
    return f"priorities/{priority.id}/{CYCLE_PLACES.key}/{place.id or f'#{rows.index(place) + 1}'}"


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge where a priority was placed on the cycle, and hold the last place against the plan (Rule 9, tool 9.1)."""
    known = places(priority, context.as_of)
    found: list[Finding] = []
    for place in known:
        found += _each(place, _where(priority, place))
    if known:
        found += _last(priority, known, context)
    last = latest(priority, context.as_of)
    if last is not None and last.day is not None and not found:
        said = _("“{stage}”, as of {day}.").format(
            stage=stage_names(context.plan)[last.stage or ""], day=format_date(last.day)
        )
        found.append(GOOD.at(_where(priority, last), said))
    return found


def _each(place: CyclePlace, where: str) -> Iterator[Finding]:
    if stage_of(place.stage) is None:
        yield NO_STAGE.at(
            f"{where}/stage", _("It is not said which stage this is."), _("Choose the one whose descriptor fits best.")
        )
    if place.day is None:
        yield NO_DAY.at(f"{where}/day", _("It is not said when this was so."), _("Write the day of the judgement."))
    if not any(name.strip() for name in place.people):
        yield NOBODY.at(f"{where}/people", _("It is not said who sees it so."), _("Name those who agreed on it."))
    said = (place.shown or "").strip()
    stage = stage_of(place.stage)
    if not said or is_thin(said, stage.name if stage else None):
        yield NO_EVIDENCE.at(
            f"{where}/shown",
            _("Nothing is said that shows it.") if not said else _("What is to show it is “{said}”.").format(said=said),
            _("Write a figure, a visit, or something that somebody said, so that another person could check it."),
        )


def _last(priority: Priority, known: Sequence[CyclePlace], context: Context) -> Iterator[Finding]:
    place = known[-1]
    where, stage = _where(priority, place), stage_of(place.stage)
    advice = _("What leads on from here: {advice}").format(advice=stage.next_step) if stage else ""
    names = stage_names(context.plan)
    if stage is not None and (against := contradicts(stage.key, evidence(priority, context))):
        yield CONTRADICTS.at(
            f"{where}/stage",
            _("You say “{stage}”. {against}").format(stage=names[stage.key], against=against),
            _("Say what you know that the figures do not show, or choose the stage again. The judgement is yours."),
        )
    begins = since(known)
    if not (place.next_step or "").strip():
        yield NO_NEXT.at(f"{where}/next_step", _("Nothing is said that would lead on."), advice)
    elif place.done is None:
        yield from _step(place, where, context)
    if begins is not None and stage is not None and stage.key != "irreversible" and not is_open(place):
        long = (place.day or context.as_of) - begins
        if long > LONG:
            yield STUCK.at(
                f"{where}/stage",
                _("“{stage}” since {day}, and nothing is open that would lead on.").format(
                    stage=names[stage.key], day=format_date(begins)
                ),
                advice,
            )
    if place.day is not None and context.as_of - place.day > OLD:
        yield OLD_PLACE.at(
            f"{where}/day",
            _("It was last placed on {day}.").format(day=format_date(place.day)),
            _("Add a new place; the earlier ones stay."),
        )


def _step(place: CyclePlace, where: str, context: Context) -> Iterator[Finding]:
    if not (place.owner or "").strip() or place.due is None:
        yield NEXT_OPEN.at(
            f"{where}/owner" if not (place.owner or "").strip() else f"{where}/due",
            _("The next step has no owner, or no day."),
            _("Name one person who said yes, and the day."),
        )
    elif place.due < context.as_of:
        yield NEXT_LATE.at(
            f"{where}/due",
            _("It was to be done by {day}.").format(day=format_date(place.due)),
            _("Do it, write the day on which it was done, or say what comes in its place."),
        )


def _commitments(plan: Plan, as_of: date) -> Iterator[Commitment]:
    for priority in plan.priorities:
        for place in CYCLE_PLACES.read(priority):
            if what := (place.next_step or "").strip():
                where = _where(priority, place)
                yield Commitment(
                    key=where,
                    tool=TOOL,
                    priority=priority.id,
                    what=what,
                    owner=(plan.person(place.owner) or "").strip(),
                    due=place.due,
                    done=place.done is not None,
                    where=where,
                )


COMMITMENTS = (_commitments,)

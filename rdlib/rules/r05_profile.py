"""Rule 5, tool 5.1: the profile of a strategy, and whether it says enough to be prioritised, or to begin.

The method has ten boxes and marks some of them as the least that is needed to weigh strategies against each other.
Which ones it marks is not recovered: the choice below is ours. Most boxes are answers that earlier exercises asked for;
they are read from there, and never asked for twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import attrs

from rdlib.plan.chain import CHAINS, Chain
from rdlib.plan.milestones import Milestone
from rdlib.plan.priority import Outcome, Priority
from rdlib.plan.strategy import STRATEGIES, Strategy
from rdlib.plan.values import format_when, number
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r02_smart import goal
from rdlib.rules.r04_candidates import chosen, indicators_of, live, name_of, said
from rdlib.rules.r05_effects import estimate
from rdlib.rules.registry import Context, Exercise
from rdlib.rules.target_wording import read_wording
from rdlib.rules.wording import (
    content_words,
    counts_work,
    is_a_body,
    is_thin,
    names_activity,
    names_figure,
    names_spending,
)
from rdlib.words import _, format_date, plural

TOOL = "5.1"

#: So long a stretch with no milestone is named. Our threshold.
TOO_LONG = timedelta(days=190)

NOT_ENOUGH = FindingKind(
    "R5-not-enough", TOOL, Severity.MISSING, _("Not enough to weigh it against others"),
    why=_("Strategies that say different things about themselves cannot be compared; the loudest one wins."),
)  # fmt: skip
NOT_READY = FindingKind(
    "R5-not-ready", TOOL, Severity.WEAK, _("Not ready to begin"),
    why=_("What is left open now is decided later by whoever happens to be in the room."),
)  # fmt: skip
SEVERAL_LEADERS = FindingKind(
    "R5-several-leaders", TOOL, Severity.WEAK, _("More than one leader"),
    why=_("Where several answer for one thing, each can count on the others."),
)  # fmt: skip
BODY_LEADS = FindingKind(
    "R5-body-leads", TOOL, Severity.WEAK, _("A committee leads"),
    why=_("A body cannot be called on Monday morning and asked what it did last week."),
)  # fmt: skip
SUCCESS_VAGUE = FindingKind(
    "R5-success-vague", TOOL, Severity.WEAK, _("Nobody could tell whether it succeeded"),
    why=_("With no number and no plain yes or no in it, success is a matter of mood."),
)  # fmt: skip
SUCCESS_NO_DATE = FindingKind(
    "R5-success-no-date", TOOL, Severity.MISSING, _("Success has no date"),
    why=_("Without one it is always still to come."),
)  # fmt: skip
SUCCESS_IS_TARGET = FindingKind(
    "R5-success-is-target", TOOL, Severity.WEAK, _("Only the target of the whole"),
    why=_("If several strategies are held to the same number, nobody learns which of them worked."),
)  # fmt: skip
MILESTONE_NO_TITLE = FindingKind(
    "R5-milestone-no-title", TOOL, Severity.MISSING, _("A milestone of nothing"),
    why=_("A date alone reminds nobody of anything."),
)  # fmt: skip
MILESTONE_NO_DATE = FindingKind(
    "R5-milestone-no-date", TOOL, Severity.MISSING, _("A milestone with no date"),
    why=_("It cannot be late, so nobody will notice that it is."),
)  # fmt: skip
MILESTONE_NO_OWNER = FindingKind(
    "R5-milestone-no-owner", TOOL, Severity.WEAK, _("A milestone that is nobody's"),
    why=_("Each waits for somebody else to see to it."),
)  # fmt: skip
MILESTONE_IS_WORK = FindingKind(
    "R5-milestone-is-work", TOOL, Severity.WEAK, _("A milestone that is work, not a result"),
    why=_("Work can be done in full while nothing changes; a milestone is what somebody could go and see."),
)  # fmt: skip
MILESTONE_OUTSIDE = FindingKind(
    "R5-milestone-outside", TOOL, Severity.WEAK, _("A milestone outside the strategy"),
    why=_("Before the work begins it cannot be its result; after the end nobody looks any more."),
)  # fmt: skip
MILESTONE_LATE = FindingKind(
    "R5-milestone-late", TOOL, Severity.WEAK, _("A milestone is overdue"),
    why=_("It is the first sign that the path is not kept, well before the indicator shows it."),
)  # fmt: skip
LONG_SILENCE = FindingKind(
    "R5-long-silence", TOOL, Severity.NOTE, _("A long stretch with no milestone"),
    why=_("For so long nobody could say whether the work is on its way."),
)  # fmt: skip
READY = FindingKind(
    "R5-ready", TOOL, Severity.GOOD, _("Ready to begin"),
    why=_("All ten boxes are filled, and what is in them can be checked."),
)  # fmt: skip

KINDS = (
    NOT_ENOUGH, NOT_READY, SEVERAL_LEADERS, BODY_LEADS, SUCCESS_VAGUE, SUCCESS_NO_DATE, SUCCESS_IS_TARGET,
    MILESTONE_NO_TITLE, MILESTONE_NO_DATE, MILESTONE_NO_OWNER, MILESTONE_IS_WORK, MILESTONE_OUTSIDE, MILESTONE_LATE,
    LONG_SILENCE, READY,
)  # fmt: skip

#: The boxes that are enough to weigh a strategy against others: our own choice, since that of the method is lost.
MINIMUM = frozenset({"description", "outcomes", "rationale", "scale", "resources", "impact"})


@attrs.frozen
class Box:
    """One of the ten boxes of a profile.

    Attributes:
        key: ``description``, ``outcomes``, ``rationale``, ``scale``, ``resources``, ``success``, ``milestones``,
            ``leadership``, ``chain`` or ``impact``.
        label: what a person reads.
        filled: whether it says what is needed to begin.
        enough: whether it says what is needed to weigh the strategy against others.
        lacks: what is missing in it, in a few words; empty where nothing is.
    """

    key: str
    label: str
    filled: bool
    enough: bool
    lacks: str = ""

    @property
    def in_minimum(self) -> bool:
        """Whether it is one of those needed to weigh strategies against each other."""
        return self.key in MINIMUM


@attrs.frozen
class Profile:
    """The profile of a strategy as far as it is filled.

    Attributes:
        strategy: the strategy.
        boxes: the ten boxes, in the order of the method.
    """

    strategy: Strategy
    boxes: tuple[Box, ...]

    @property
    def missing_to_prioritise(self) -> tuple[Box, ...]:
        """The boxes of the minimum that do not say enough."""
        return tuple(box for box in self.boxes if box.in_minimum and not box.enough)

    @property
    def missing_to_begin(self) -> tuple[Box, ...]:
        """All boxes that are not filled."""
        return tuple(box for box in self.boxes if not box.filled)

    @property
    def enough(self) -> bool:
        """Whether it says enough to be weighed against others."""
        return not self.missing_to_prioritise

    @property
    def ready(self) -> bool:
        """Whether all ten boxes are filled."""
        return not self.missing_to_begin

    @property
    def word(self) -> str:
        """The verdict that a person reads."""
        if self.ready:
            return _("ready to begin")
        return _("enough to weigh it against others") if self.enough else _("not enough to weigh it against others")


def outcomes_of(strategy: Strategy, priority: Priority) -> tuple[Outcome, ...]:
    """Return the outcomes that the indicators of a strategy speak for."""
    ids = dict.fromkeys(i.outcome for i in indicators_of(strategy, priority) if i.outcome)
    found = (priority.outcome(id_) for id_ in ids)
    return tuple(outcome for outcome in found if outcome is not None)


def chains_of(strategy: Strategy, priority: Priority) -> tuple[Chain, ...]:
    """Return the delivery chains that carry a strategy, as far as they have links."""
    return tuple(c for c in CHAINS.read(priority) if strategy.id in c.strategies and c.links)


def profile(strategy: Strategy, priority: Priority, context: Context) -> Profile:
    """Return the profile of a strategy, box by box (Rule 5, tool 5.1).

    >>> from rdlib.plan.plan import Plan
    >>> nothing = profile(Strategy("s1"), Priority(id="waits"), Context(Plan(), date(2026, 1, 1)))
    >>> len(nothing.boxes), nothing.enough, nothing.ready
    (10, False, False)
    """
    return Profile(
        strategy,
        (
            _text("description", _("Description"), strategy.description),
            _outcomes(strategy, priority),
            _rationale(strategy),
            _text("scale", _("Scale"), strategy.scale),
            _resources(strategy),
            _success(strategy, context),
            _milestones(strategy),
            _text("leadership", _("Leadership"), strategy.leader),
            _chain(strategy, priority),
            _impact(strategy, priority, context),
        ),
    )


def _box(key: str, label: str, lacks: str, *, enough: bool | None = None) -> Box:
    return Box(key, label, not lacks, not lacks if enough is None else enough, lacks)


def _text(key: str, label: str, text: str | None) -> Box:
    return _box(key, label, "" if said(text) else _("nothing is said"))


def _outcomes(strategy: Strategy, priority: Priority) -> Box:
    lacks = ""
    if not indicators_of(strategy, priority):
        lacks = _("it is tied to no indicator")
    elif not outcomes_of(strategy, priority):
        lacks = _("its indicators speak for no outcome")
    return _box("outcomes", _("Outcomes"), lacks)


def _rationale(strategy: Strategy) -> Box:
    because = said(strategy.because)
    lacks = [] if because and not is_thin(because, strategy.title) else [_("why it would work")]
    if strategy.evidence_kind in {None, "none"} or not said(strategy.evidence):
        lacks.append(_("the evidence"))
    enough = bool(because) and not is_thin(because, strategy.title)
    return _box("rationale", _("Rationale"), _(" and ").join(lacks), enough=enough)


def _resources(strategy: Strategy) -> Box:
    needs = strategy.resources
    parts = {_("people"): needs.people, _("money"): needs.money, _("technology"): needs.technology}
    lacks = [name for name, text in parts.items() if not said(text)]
    enough = bool(said(needs.people) or said(needs.money))
    return _box("resources", _("Resources required"), ", ".join(lacks), enough=enough)


def _success(strategy: Strategy, context: Context) -> Box:
    if not said(strategy.success):
        return _box("success", _("Definition of success"), _("nothing is said"))
    return _box("success", _("Definition of success"), "" if success_due(strategy, context) else _("by when"))


def success_due(strategy: Strategy, context: Context) -> date | None:
    """Return the day by which a strategy is to have succeeded: as entered, else as its words say."""
    if strategy.success_by is not None:
        return strategy.success_by.end
    fiscal_start = int(context.plan.fiscal_year_start or 4)
    dues = {r.due.end for r in read_wording(said(strategy.success), fiscal_start=fiscal_start) if r.due}
    return min(dues, default=None)


def _milestones(strategy: Strategy) -> Box:
    dated = [m for m in strategy.milestones if said(m.title) and m.when]
    return _box("milestones", _("Milestones"), "" if dated else _("there is none with a date"))


def _chain(strategy: Strategy, priority: Priority) -> Box:
    lacks = "" if chains_of(strategy, priority) else _("no chain with links carries it")
    return _box("chain", _("Delivery chain"), lacks)


def _impact(strategy: Strategy, priority: Priority, context: Context) -> Box:
    """For weighing, its place on the board is enough; to begin, a size on each target that it is to move."""
    wanted = [i for i in indicators_of(strategy, priority) if goal(i, context).due is not None]
    open_ = [
        i for i in wanted if not any(e.strategy == strategy.id and estimate(e, strategy) is not None for e in i.effects)
    ]
    sized = bool(wanted) and not open_
    names = ", ".join(said(i.name) or i.id for i in open_)
    lacks = "" if sized else _("no size for: {names}").format(names=names) if names else _("no size on any target")
    return _box("impact", _("Impact"), lacks, enough=number(strategy.impact) is not None or len(open_) < len(wanted))


def is_begun(strategy: Strategy) -> bool:
    """Say whether anything of the profile was entered that no earlier exercise asks for."""
    blank = Strategy(strategy.id)
    names = ("scale", "resources", "success", "success_by", "milestones")
    return any(getattr(strategy, name) != getattr(blank, name) for name in names)


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether the profile of any strategy was begun."""
    return any(map(is_begun, STRATEGIES.read(priority)))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the profiles of the strategies that were chosen, and of others that were begun (Rule 5, tool 5.1)."""
    picked = {s.id for s in chosen(priority)}
    found: list[Finding] = []
    for strategy in live(priority):
        if strategy.id in picked or is_begun(strategy):
            at = f"priorities/{priority.id}/{STRATEGIES.key}/{strategy.id}"
            own = list(_check_one(strategy, priority, at, context))
            whole = profile(strategy, priority, context)
            own = [*_verdict(whole, at, is_chosen=strategy.id in picked), *own]
            if whole.ready and not any(f.severity in {Severity.MISSING, Severity.WEAK} for f in own):
                own.append(READY.at(at, _("“{strategy}” fills all ten boxes.").format(strategy=name_of(strategy))))
            found += own
    return found


def _verdict(whole: Profile, at: str, *, is_chosen: bool) -> Iterator[Finding]:
    name = name_of(whole.strategy)
    if not whole.enough:
        yield NOT_ENOUGH.at(
            at,
            _("“{strategy}” lacks: {boxes}.").format(strategy=name, boxes=in_words(whole.missing_to_prioritise)),
            _("Fill these first, in a sentence each. They are what a choice between strategies rests on."),
        )
    elif is_chosen and not whole.ready:
        yield NOT_READY.at(
            at,
            _("“{strategy}” is chosen, and lacks: {boxes}.").format(
                strategy=name, boxes=in_words(whole.missing_to_begin)
            ),
            _("Fill these with the person who leads it before the work begins."),
        )


def in_words(boxes: tuple[Box, ...]) -> str:
    """Name boxes with what is missing in each.

    >>> in_words((Box("success", "Definition of success", False, False, "by when"),))
    'definition of success (by when)'
    """
    return "; ".join(_("{box} ({lacks})").format(box=box.label.lower(), lacks=box.lacks) for box in boxes)


def _check_one(strategy: Strategy, priority: Priority, at: str, context: Context) -> Iterator[Finding]:
    yield from _check_leader(strategy, at, context)
    yield from _check_success(strategy, priority, at, context)
    for place, milestone in enumerate(strategy.milestones, start=1):
        yield from _check_milestone(milestone, strategy, f"{at}/milestones/{milestone.id or f'#{place}'}", context)
    yield from _check_silence(strategy, at, context)


_POST = re.compile(
    r"\b(?:lead(?:er)?|head|director|minister|officer|manager|chief|secretary|deputy|commissioner|president|adviser"
    r"|directeur|directrice|ministre|chef|cheffe|responsable|gestionnaire|sous-ministre|président[e]?)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[A-ZÀ-Ý][\w'’.-]*\s+){1,2}[A-ZÀ-Ý][\w'’-]+")


def several_people(name: str) -> bool:
    """Say whether a name means more than one person: two names, or two posts.

    >>> several_people("A. Roy and B. Chan"), several_people("Director of research and policy")
    (True, False)
    """
    bare = re.sub(r"\(.*?\)", "", name)
    pieces = [piece.strip() for piece in re.split(r";|/| & | \+ |\band\b|\bet\b", bare) if piece.strip()]
    people = [piece for piece in pieces if _POST.search(piece) or _NAME.fullmatch(piece)]
    named = [piece for piece in bare.split(",") if _NAME.fullmatch(piece.strip()) and not _POST.search(piece)]
    return (len(people) > 1 and people == pieces) or len(named) > 1


def _check_leader(strategy: Strategy, at: str, context: Context) -> Iterator[Finding]:
    leader = said(context.plan.person(strategy.leader) or strategy.leader)
    if leader and several_people(leader):
        yield SEVERAL_LEADERS.at(
            f"{at}/leader",
            _("“{leader}” are to lead “{strategy}”.").format(leader=leader, strategy=name_of(strategy)),
            _("Keep the one who would be called; the others go into the delivery chain, with their part."),
        )
    elif leader and is_a_body(leader):
        yield BODY_LEADS.at(
            f"{at}/leader",
            _("“{leader}” is to lead “{strategy}”.").format(leader=leader, strategy=name_of(strategy)),
            _("Name the person in it who answers, by name or post."),
        )


_NOT_ONE = re.compile(r"(?:no|aucune?) \w", re.IGNORECASE)


def _check_success(strategy: Strategy, priority: Priority, at: str, context: Context) -> Iterator[Finding]:
    success = said(strategy.success)
    if not success:
        return
    if not (names_figure(success) or _NOT_ONE.match(success)):
        yield SUCCESS_VAGUE.at(
            f"{at}/success",
            _("“{success}” holds no number, and nothing that is either so or not.").format(success=success),
            _("Say how many, how often, or that all or none of something is so; what could somebody count?"),
        )
    elif repeats_target(strategy, priority):
        yield SUCCESS_IS_TARGET.at(
            f"{at}/success",
            _("“{success}” is what all strategies are to reach together.").format(success=success),
            _("Say what is different on the ground when this one has worked, which the others do not bring about."),
        )
    if success_due(strategy, context) is None:
        yield SUCCESS_NO_DATE.at(
            f"{at}/success_by",
            _("It is not said by when “{strategy}” is to have succeeded.").format(strategy=name_of(strategy)),
            _("Name the month or quarter, at the latest that of the target."),
        )


def repeats_target(strategy: Strategy, priority: Priority) -> bool:
    """Say whether the success of a strategy is described in the words of the target that it serves."""
    told = content_words(said(strategy.success))
    for indicator in indicators_of(strategy, priority):
        words = content_words(f"{said(indicator.name)} {said(indicator.target.wording)} {indicator.unit or ''}")
        if told and told <= words:
            return True
    return False


def _check_milestone(milestone: Milestone, strategy: Strategy, at: str, context: Context) -> Iterator[Finding]:
    title = said(milestone.title)
    if not title:
        if milestone != Milestone(milestone.id):
            yield MILESTONE_NO_TITLE.at(
                f"{at}/title",
                _("A milestone of “{strategy}” does not say what will be true.").format(strategy=name_of(strategy)),
                _("Write what somebody will be able to see by then."),
            )
        return
    if names_activity(title) or counts_work(title) or names_spending(title):
        yield MILESTONE_IS_WORK.at(
            f"{at}/title",
            _("“{milestone}” names what is done.").format(milestone=title),
            _("Ask what is different once it is done, for whom, and at how many places; write that."),
        )
    if milestone.when is None:
        yield MILESTONE_NO_DATE.at(
            f"{at}/when", _("“{milestone}” has no date.").format(milestone=title), _("Add the month or quarter.")
        )
    if not said(milestone.owner):
        yield MILESTONE_NO_OWNER.at(
            f"{at}/owner",
            _("Nobody sees to “{milestone}”.").format(milestone=title),
            _("Name one person; it need not be the leader of the strategy."),
        )
    if milestone.when is not None:
        yield from _check_day(milestone, strategy, at, context)


def _check_day(milestone: Milestone, strategy: Strategy, at: str, context: Context) -> Iterator[Finding]:
    when, title = milestone.when, said(milestone.title)
    if when is None:
        return
    ends = [day for day in (strategy.end and strategy.end.end, success_due(strategy, context)) if day]
    last = max(ends, default=None)
    if strategy.start and when.end < strategy.start.start:
        yield MILESTONE_OUTSIDE.at(
            f"{at}/when",
            _("“{milestone}” is due in {when}; the strategy begins in {start}.").format(
                milestone=title, when=format_when(when), start=format_when(strategy.start)
            ),
            _("Correct the date, or leave the milestone to what comes before this strategy."),
        )
    elif last and when.start > last:
        yield MILESTONE_OUTSIDE.at(
            f"{at}/when",
            _("“{milestone}” is due in {when}; the strategy ends on {end}.").format(
                milestone=title, when=format_when(when), end=format_date(last)
            ),
            _("Correct the date, or let the strategy go on until then."),
        )
    if milestone.reached is None and when.end < context.as_of:
        yield MILESTONE_LATE.at(
            at,
            _("“{milestone}” was due in {when}, and is not marked as reached.").format(
                milestone=title, when=format_when(when)
            ),
            _("Enter the day on which it was reached; or say what holds it up, and by when it will be."),
        )


def _check_silence(strategy: Strategy, at: str, context: Context) -> Iterator[Finding]:
    """Name the longest stretch of a strategy with no milestone, where it is too long to steer by."""
    days = sorted(m.when.end for m in strategy.milestones if m.when and said(m.title))
    last = success_due(strategy, context) or (strategy.end.end if strategy.end else None)
    if not days or strategy.start is None:
        return
    marks = [strategy.start.start, *days, *([last] if last and last > days[-1] else [])]
    length, begins, ends = max((b - a, a, b) for a, b in pairwise(marks))
    if length > TOO_LONG:
        yield LONG_SILENCE.at(
            f"{at}/milestones",
            _("Between {begins} and {ends} there is none: {months}.").format(
                begins=format_date(begins),
                ends=format_date(ends),
                months=plural("{n} month", "{n} months", round(length.days / 30.4)),
            ),
            _("Add one halfway: what would be true at one place, before it is true everywhere?"),
        )


EXERCISE_5_1 = Exercise(
    id="5.1",
    title=_("Strategy profile"),
    rule=5,
    workbook="05_implementation.ipynb",
    section="profiles",
    about=_("Say of each strategy what it takes, what success is, by which steps one sees it come, and who answers."),
    minutes=30,
    kinds=KINDS,
    attempted=attempted,
    check=check,
    hints=(
        _("Begin with success: on the day after, what would you show to a visitor? Count it."),
        _("Then go backwards: what must be true half a year before that, at how many places? That is a milestone."),
        _("Read each milestone aloud. If it can be ticked off while nothing has changed for anybody, it is work."),
    ),
)

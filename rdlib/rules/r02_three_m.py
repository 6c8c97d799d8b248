"""Rule 2, tool 2.1: is an indicator meaningful, moveable and measurable?"""

from __future__ import annotations

from enum import Enum

from rdlib.plan.indicator import Indicator, ThreeM
from rdlib.plan.priority import Outcome, Priority
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.registry import Context
from rdlib.rules.wording import counts_work, is_thin
from rdlib.words import _, plural

TOOL = "2.1"

#: More indicators than this for one outcome, and nobody knows which one counts. Our threshold, not the source's.
MOST_INDICATORS = 4

NO_INDICATOR = FindingKind(
    "R2-no-indicator",
    TOOL,
    Severity.MISSING,
    _("No indicator"),
    why=_("Without a number that speaks for it, nobody can say whether the outcome was reached."),
)
INDICATOR_NO_OUTCOME = FindingKind(
    "R2-indicator-no-outcome",
    TOOL,
    Severity.WEAK,
    _("Measures no outcome"),
    why=_("A number that stands alone gets watched for its own sake; tied to an outcome, it says what it is for."),
)
COUNTS_WORK = FindingKind(
    "R2-counts-work",
    TOOL,
    Severity.WEAK,
    _("Counts work, not change"),
    why=_("Work done and money spent can rise while nothing gets better for anybody."),
)
NOT_ANSWERED = FindingKind(
    "R2-not-answered",
    TOOL,
    Severity.MISSING,
    _("Question not answered"),
    why=_("All three questions decide together whether an indicator is fit to carry a target."),
)
NO_REASON = FindingKind(
    "R2-no-reason",
    TOOL,
    Severity.MISSING,
    _("No reason given"),
    why=_("A bare yes or no cannot be checked or argued with, and in a year nobody will remember why."),
)
THIN_REASON = FindingKind(
    "R2-thin-reason",
    TOOL,
    Severity.WEAK,
    _("The reason only repeats the question"),
    why=_("A reason convinces when it names people, levers or data that somebody else could go and look at."),
)
NOT_MEANINGFUL = FindingKind(
    "R2-not-meaningful",
    TOOL,
    Severity.WEAK,
    _("Not meaningful"),
    why=_("A target on a number that people do not feel pulls effort away from what they do feel."),
)
NOT_MOVEABLE = FindingKind(
    "R2-not-moveable",
    TOOL,
    Severity.WEAK,
    _("Not moveable"),
    why=_("Nobody can be held to a number that their work does not shift, not even through others."),
)
NOT_MEASURABLE = FindingKind(
    "R2-not-measurable",
    TOOL,
    Severity.WEAK,
    _("Not measurable"),
    why=_("What is not measured, and will not be, cannot tell anybody whether the work succeeds."),
)
NO_SOURCE = FindingKind(
    "R2-no-source",
    TOOL,
    Severity.MISSING,
    _("No data source"),
    why=_("Measurable means that a figure exists or is being paid for; a named source is the proof."),
)
NO_FREQUENCY = FindingKind(
    "R2-no-frequency",
    TOOL,
    Severity.MISSING,
    _("Not said how often"),
    why=_("How often a figure arrives decides how often progress can be reviewed."),
)
TOO_SLOW = FindingKind(
    "R2-too-slow",
    TOOL,
    Severity.WEAK,
    _("Arrives too rarely to steer by"),
    why=_("With a figure every few years, a problem is seen only when it is too late to mend."),
)
NO_COLLECTION = FindingKind(
    "R2-no-collection",
    TOOL,
    Severity.NOTE,
    _("Not said how it is collected"),
    why=_("Who records the figure, and when it reaches you, decides how far it can be trusted."),
)
NO_BREAKDOWN = FindingKind(
    "R2-no-breakdown",
    TOOL,
    Severity.NOTE,
    _("No breakdown"),
    why=_("An average can improve while a region or a group is left behind; a breakdown shows where to go and look."),
)
NO_DATA_OWNER = FindingKind(
    "R2-no-data-owner",
    TOOL,
    Severity.WEAK,
    _("Nobody owns the data"),
    why=_("When a figure is late or wrong, somebody has to be asked by name."),
)
TOO_MANY = FindingKind(
    "R2-too-many-indicators",
    TOOL,
    Severity.WEAK,
    _("Too many indicators"),
    why=_("With many numbers one of them always looks good, and attention goes everywhere at once."),
)
KEPT_OUT = FindingKind(
    "R2-kept-out", TOOL, Severity.NOTE, _("Kept out of the targets"),
    why=_("It fails the three Ms and carries no target, as it should; the reason is kept, so that nobody asks again."),
)  # fmt: skip
PASSED = FindingKind(
    "R2-3m-passed",
    TOOL,
    Severity.GOOD,
    _("Passes the three Ms"),
    why=_("It can carry a target."),
)

KINDS = (
    NO_INDICATOR, INDICATOR_NO_OUTCOME, COUNTS_WORK, NOT_ANSWERED, NO_REASON, THIN_REASON, NOT_MEANINGFUL, NOT_MOVEABLE,
    NOT_MEASURABLE, NO_SOURCE, NO_FREQUENCY, TOO_SLOW, NO_COLLECTION, NO_BREAKDOWN, NO_DATA_OWNER, TOO_MANY, KEPT_OUT,
    PASSED,
)  # fmt: skip


class Verdict(Enum):
    """What the 3M evaluation says of an indicator; the value is the word used in files."""

    NOT_ATTEMPTED = "not attempted"
    OPEN = "open"
    PASSES = "passes"
    FAILS = "fails"

    @property
    def word(self) -> str:
        """The words that a person reads."""
        return {
            Verdict.NOT_ATTEMPTED: _("not attempted yet"),
            Verdict.OPEN: _("not settled yet"),
            Verdict.PASSES: _("passes"),
            Verdict.FAILS: _("fails: kept out of the targets"),
        }[self]


_QUESTIONS = (
    ("meaningful", _("Is it meaningful?"), NOT_MEANINGFUL),
    ("moveable", _("Is it moveable?"), NOT_MOVEABLE),
    ("measurable", _("Is it measurable?"), NOT_MEASURABLE),
)


def has_evaluation(indicator: Indicator) -> bool:
    """Say whether anything of the 3M evaluation was entered."""
    return indicator.three_m != ThreeM()


def verdict(indicator: Indicator) -> Verdict:
    """Say what the 3M evaluation comes to (Rule 2, tool 2.1).

    One "no" is enough to fail. It passes with three answers of "yes", a reason for each, and a named source; until then
    it is open.
    """
    m = indicator.three_m
    if not has_evaluation(indicator):
        return Verdict.NOT_ATTEMPTED
    answers = (m.meaningful, m.moveable, m.measurable)
    if False in answers:
        return Verdict.FAILS
    reasons = (m.meaningful_why, m.moveable_why, m.measurable_why)
    if all(answers) and all(r and r.strip() for r in reasons) and m.sources:
        return Verdict.PASSES
    return Verdict.OPEN


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether a 3M evaluation was begun for any indicator of the priority."""
    return any(i.name or has_evaluation(i) for i in priority.indicators)


def _kept_out(indicator: Indicator, priority: Priority) -> bool:
    """Say whether an indicator that fails carries no target, and another one that passes speaks for its outcome."""
    target = indicator.target
    if target.kind != "context" and ((target.wording or "").strip() or target.value is not None or target.kind):
        return False
    return any(
        other.outcome == indicator.outcome and verdict(other) is Verdict.PASSES
        for other in priority.indicators
        if other is not indicator
    )


def _questions(indicator: Indicator, priority: Priority, where: str) -> list[Finding]:
    found = []
    for name, question, failed in _QUESTIONS:
        answer: bool | None = getattr(indicator.three_m, name)
        reason: str = (getattr(indicator.three_m, f"{name}_why") or "").strip()
        at, at_reason = f"{where}/three_m/{name}", f"{where}/three_m/{name}_why"
        if answer is None:
            found.append(
                NOT_ANSWERED.at(
                    at,
                    _("{question} has no answer.").format(question=f"“{question}”"),
                    _("Answer yes or no, then say why."),
                )
            )
            continue
        if not reason:
            found.append(
                NO_REASON.at(
                    at_reason,
                    _("{question} is answered, with no reason.").format(question=f"“{question}”"),
                    _("Write one or two sentences that somebody outside the team could check."),
                )
            )
        elif is_thin(reason, indicator.name):
            found.append(
                THIN_REASON.at(
                    at_reason,
                    _("The reason given is “{reason}”.").format(reason=reason),
                    {
                        "meaningful": _("Name who is affected and what gets better for them."),
                        "moveable": _("Name the lever, and who has to act for the number to follow."),
                        "measurable": _("Name what is recorded today, and what still has to be built."),
                    }[name],
                )
            )
        if answer is False and _kept_out(indicator, priority):
            found.append(KEPT_OUT.at(at, _failure(name)[0]))
        elif answer is False:
            found.append(failed.at(at, *_failure(name)))
    return found


def _failure(name: str) -> tuple[str, str]:
    return {
        "meaningful": (
            _("You say that people would not notice if this number moved."),
            _("Look for a measure closer to what people live through; keep this one as background, without a target."),
        ),
        "moveable": (
            _("You say that your work does not shift this number."),
            _("Look for the step on the way that you do shift, and keep this one as background, without a target."),
        ),
        "measurable": (
            _("You say that it is not measured and will not be."),
            _("Decide: pay for measuring it, with a date and a name, or choose another indicator."),
        ),
    }[name]


def _measuring(indicator: Indicator, priority: Priority, where: str) -> list[Finding]:
    m = indicator.three_m
    if m.measurable is not True:
        return []
    found = []
    at = f"{where}/three_m"
    if not m.sources:
        found.append(
            NO_SOURCE.at(
                f"{at}/sources",
                _("It is said to be measurable, and no source is named."),
                _("Name the survey, register or system; if it does not exist yet, say who builds it and by when."),
            )
        )
    if m.frequency is None:
        found.append(
            NO_FREQUENCY.at(
                f"{at}/frequency",
                _("It is not said how often a new figure arrives."),
                _("Choose how often, as it is today."),
            )
        )
    elif m.frequency == "less-often" and not _steered_by_another(indicator, priority):
        found.append(
            TOO_SLOW.at(
                f"{at}/frequency",
                _("A new figure arrives less often than once a year."),
                _("Add a leading measure that moves sooner, or pay for a shorter interval."),
            )
        )
    if not (m.collected_how or "").strip():
        found.append(
            NO_COLLECTION.at(
                f"{at}/collected_how",
                _("It is not said who records the figure and how it reaches you."),
                _("Describe the way from the place where it is recorded to your desk."),
            )
        )
    if not m.breakdowns:
        found.append(
            NO_BREAKDOWN.at(
                f"{at}/breakdowns",
                _("No region or group is named by which it can be split."),
                _("Name the breakdowns that exist; if none does, ask for the one that matters most."),
            )
        )
    if not (m.data_owner or "").strip():
        found.append(
            NO_DATA_OWNER.at(
                f"{at}/data_owner",
                _("No person or office answers for the data."),
                _("Name the one who answers for it."),
            )
        )
    return found


_QUICK = {"daily", "weekly", "monthly", "quarterly", "twice-yearly", "yearly"}


def _steered_by_another(indicator: Indicator, priority: Priority) -> bool:
    """Say whether a quicker indicator stands beside a slow one that speaks for a long-term outcome."""
    outcome = priority.outcome(indicator.outcome)
    if outcome is None or outcome.level != "long-term":
        return False
    return any(other.three_m.frequency in _QUICK for other in priority.indicators if other is not indicator)


def _is_output(outcome: Outcome | None) -> bool:
    return outcome is not None and outcome.level == "output"


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the indicators of a priority by the three Ms (Rule 2, tool 2.1)."""
    here = f"priorities/{priority.id}"
    found: list[Finding] = []
    measured = [i.outcome for i in priority.indicators]
    for outcome in priority.outcomes:
        if outcome.statement and outcome.id not in measured:
            found.append(
                NO_INDICATOR.at(
                    f"{here}/outcomes/{outcome.id}/statement",
                    _("No indicator speaks for “{outcome}”.").format(outcome=outcome.statement),
                    _("Ask what people would see if it came true, and find a number for that."),
                )
            )
        count = measured.count(outcome.id)
        if count > MOST_INDICATORS:
            found.append(
                TOO_MANY.at(
                    f"{here}/outcomes/{outcome.id}/statement",
                    _("{count} for one outcome.").format(count=plural("{n} indicator", "{n} indicators", count)),
                    _("Keep the one or two that say most, and watch the others without a target."),
                )
            )
    for indicator in priority.indicators:
        found += _check_indicator(indicator, priority, f"{here}/indicators/{indicator.id}")
    return found


def _check_indicator(indicator: Indicator, priority: Priority, where: str) -> list[Finding]:
    found: list[Finding] = []
    name = (indicator.name or "").strip()
    outcome = priority.outcome(indicator.outcome)
    if not name:
        found.append(
            NO_INDICATOR.at(
                f"{where}/name",
                _("This row names no indicator."),
                _("Say what is counted or measured, of whom, and where."),
            )
        )
    elif counts_work(name) and not _is_output(outcome):
        found.append(
            COUNTS_WORK.at(
                f"{where}/name",
                _("“{name}” counts what was done or spent.").format(name=name),
                _("Measure what that work changes for people; or place its outcome as an output in tool 2.3."),
            )
        )
    if name and not indicator.outcome:  # a link to an outcome that is gone has its own finding: rules/staleness.py
        found.append(
            INDICATOR_NO_OUTCOME.at(
                f"{where}/outcome",
                _("It is not said which outcome this indicator speaks for."),
                _("Choose the outcome.")
                if priority.outcomes
                else _("Write down the outcome first, then choose it here."),
            )
        )
    found += _questions(indicator, priority, where)
    found += _measuring(indicator, priority, where)
    if verdict(indicator) is Verdict.PASSES and all(f.severity is Severity.NOTE for f in found):
        found.append(PASSED.at(f"{where}/three_m", _("Three yeses, each with its reason, and a source.")))
    return found

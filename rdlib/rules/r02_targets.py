"""Rule 2, tool 2.2: what is missing or weak about a target, as findings.

The judgements themselves, letter by letter, are in :mod:`rdlib.rules.r02_smart`.
"""

from __future__ import annotations

import re

from rdlib.plan.indicator import Baseline, Indicator, Target
from rdlib.plan.priority import Priority
from rdlib.plan.values import Missing, Period, number
from rdlib.rules import r02_three_m as three_m
from rdlib.rules import targets, trend
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r02_smart import Answer, Smart, has_number, is_share, reaches, sign_of, smart, start_of
from rdlib.rules.registry import Context
from rdlib.words import _, format_date, format_number

TOOL = "2.2"

NO_TARGET = FindingKind(
    "R2-no-target", TOOL, Severity.MISSING, _("No target"),
    why=_("An indicator without a target can be watched, and nobody can say when enough has been reached."),
)  # fmt: skip
NO_BASELINE = FindingKind(
    "R2-no-baseline", TOOL, Severity.MISSING, _("No baseline"),
    why=_("Without the starting point nobody can tell how far the target is, or whether anything moved."),
)  # fmt: skip
BASELINE_NO_DATE = FindingKind(
    "R2-baseline-no-date", TOOL, Severity.WEAK, _("The baseline has no date"),
    why=_("The same value means something else when it is five years old."),
)  # fmt: skip
NO_DIRECTION = FindingKind(
    "R2-no-direction", TOOL, Severity.MISSING, _("Which way is better is not said"),
    why=_("A reader, and every check, has to know whether a rise is good news."),
)  # fmt: skip
NO_UNIT = FindingKind(
    "R2-no-unit", TOOL, Severity.WEAK, _("No unit"),
    why=_("A bare number can be a share, a count or a number of days."),
)  # fmt: skip
TBD = FindingKind(
    "R2-target-tbd", TOOL, Severity.WEAK, _("The target is still to be decided"),
    why=_("Without at least a provisional aim, plans are made towards nothing."),
)  # fmt: skip
NO_NUMBER = FindingKind(
    "R2-target-no-number", TOOL, Severity.MISSING, _("No number to reach"),
    why=_("Any movement at all, or none, could be called a success."),
)  # fmt: skip
AMBIGUOUS = FindingKind(
    "R2-ambiguous-target", TOOL, Severity.WEAK, _("The target can be read in more than one way"),
    why=_("Those who set it and those who judge it may mean different things, and both be right."),
)  # fmt: skip
CONTRADICTION = FindingKind(
    "R2-target-contradiction", TOOL, Severity.WEAK, _("Words and fields disagree"),
    why=_("The announced words are what the public holds you to; the fields are what reports are judged by."),
)  # fmt: skip
CHANGE_NO_BASELINE = FindingKind(
    "R2-change-no-baseline", TOOL, Severity.MISSING, _("A change from an unknown start"),
    why=_("A rise or fall by so much says nothing until it is known from where."),
)  # fmt: skip
NO_DUE = FindingKind(
    "R2-no-due", TOOL, Severity.MISSING, _("No date"),
    why=_("A target without a date can be missed for ever and never be late."),
)  # fmt: skip
DUE_NO_DATA = FindingKind(
    "R2-due-past-no-data", TOOL, Severity.WEAK, _("Due, and no figure to judge it by"),
    why=_("The day has passed, and nobody can say whether the target was met."),
)  # fmt: skip
FISCAL_OR_CALENDAR = FindingKind(
    "R2-fiscal-or-calendar", TOOL, Severity.NOTE, _("Calendar year or fiscal year?"),
    why=_("The two end months apart; a target may be met by one and missed by the other."),
)  # fmt: skip
ALREADY_THERE = FindingKind(
    "R2-baseline-beyond-target", TOOL, Severity.WEAK, _("Already reached at the start"),
    why=_("A target that the baseline meets asks for nothing; it must never be reported as being on track."),
)  # fmt: skip
WRONG_WAY = FindingKind(
    "R2-wrong-way", TOOL, Severity.WEAK, _("Points the wrong way"),
    why=_("As it stands, things could get worse for people and the target would count as met."),
)  # fmt: skip
BEYOND_LIMIT = FindingKind(
    "R2-beyond-limit", TOOL, Severity.WEAK, _("Beyond what is possible"),
    why=_("A share lies between 0 and 100%; such a target cannot be met."),
)  # fmt: skip
NOT_AMBITIOUS = FindingKind(
    "R2-not-ambitious", TOOL, Severity.WEAK, _("Not ambitious"),
    why=_("If it would come about by itself, reaching it shows nothing about the work."),
)  # fmt: skip
NOT_REALISTIC = FindingKind(
    "R2-not-realistic", TOOL, Severity.WEAK, _("Hard to believe"),
    why=_("A target that nobody believes is not worked towards."),
)  # fmt: skip
NO_EVIDENCE = FindingKind(
    "R2-no-evidence", TOOL, Severity.WEAK, _("Nothing to judge the size of the target by"),
    why=_("Without history or comparison, ambitious and realistic are only opinions."),
)  # fmt: skip
NO_BENCHMARK = FindingKind(
    "R2-no-benchmark", TOOL, Severity.NOTE, _("Compared with nobody"),
    why=_("Your own history shows what was; others like you, and your own best units, show what is possible."),
)  # fmt: skip
FAILED_3M = FindingKind(
    "R2-failed-3m-target", TOOL, Severity.WEAK, _("A target on an indicator that failed the three Ms"),
    why=_("An indicator that is not meaningful, moveable and measurable is kept out of the targets."),
)  # fmt: skip
SMART = FindingKind(
    "R2-smart", TOOL, Severity.GOOD, _("SMART"), why=_("All five hold, with the evidence beside them.")
)  # fmt: skip

KINDS = (
    NO_TARGET, NO_BASELINE, BASELINE_NO_DATE, NO_DIRECTION, NO_UNIT, TBD, NO_NUMBER, AMBIGUOUS, CONTRADICTION,
    CHANGE_NO_BASELINE, NO_DUE, DUE_NO_DATA, FISCAL_OR_CALENDAR, ALREADY_THERE, WRONG_WAY, BEYOND_LIMIT, NOT_AMBITIOUS,
    NOT_REALISTIC, NO_EVIDENCE, NO_BENCHMARK, FAILED_3M, SMART,
)  # fmt: skip


def has_target(indicator: Indicator) -> bool:
    """Say whether anything was entered about what is to be reached."""
    t = indicator.target
    return bool((t.wording or "").strip()) or any(v is not None for v in (t.kind, t.value, t.due))


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether a target or a baseline was begun for any indicator of the priority."""
    return any(i.target != Target() or i.baseline != Baseline() for i in priority.indicators)


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the targets of a priority (Rule 2, tool 2.2)."""
    found: list[Finding] = []
    for indicator in priority.indicators:
        where = f"priorities/{priority.id}/indicators/{indicator.id}"
        found += _check_target(indicator, where, context)
    return found


def _check_target(indicator: Indicator, where: str, context: Context) -> list[Finding]:
    failed = three_m.verdict(indicator) is three_m.Verdict.FAILS
    if not has_target(indicator):
        if failed:
            return []
        return [
            NO_TARGET.at(
                f"{where}/target",
                _("Nothing says what is to be reached."),
                _("Write a provisional target; it may be refined as you learn more."),
            )
        ]
    judged = smart(indicator, context)
    aim = judged.goal
    if aim.kind == "context":
        return []
    found: list[Finding] = []
    if failed:
        found.append(
            FAILED_3M.at(
                f"{where}/target",
                _("The 3M evaluation of this indicator says no, and it carries a target."),
                _("Move the target to an indicator that passes, or mend what the evaluation found."),
            )
        )
    if aim.kind == "tbd":
        return [*found, _still_to_decide(indicator, aim, where)]
    found += _reading(indicator, aim, where)
    found += _baseline(indicator, aim, where, context)
    found += _frame(indicator, aim, where, context)
    found += _size(indicator, judged, where)
    found += _due(judged, where, context)
    if judged.all_hold and not any(f.severity in {Severity.MISSING, Severity.WEAK} for f in found):
        found.append(SMART.at(f"{where}/target", _("All five letters hold.")))
    return found


def _still_to_decide(indicator: Indicator, aim: targets.Goal, where: str) -> Finding:
    if aim.due is not None:
        what = _("It is to be set by {day}.").format(day=format_date(aim.due.end))
        return TBD.at(f"{where}/target", what, _("Set a provisional one now; keep the date for committing to it."))
    return TBD.at(
        f"{where}/target",
        _("No value yet, and no day by which it will be set."),
        _("Set a provisional one now, or say by when and by whom it will be set."),
    )


def _reading(indicator: Indicator, aim: targets.Goal, where: str) -> list[Finding]:
    found = []
    at = f"{where}/target/wording" if indicator.target.wording else f"{where}/target/value"
    if len(aim.readings) > 1 and aim.from_wording:
        found.append(
            AMBIGUOUS.at(
                at,
                _("“{wording}” can mean: {readings}.").format(
                    wording=indicator.target.wording, readings="; ".join(r.says for r in aim.readings)
                ),
                _("Choose what is meant in the fields below, and say it in the words too."),
            )
        )
    elif not has_number(aim) and aim.kind != "milestone":
        found.append(_numberless(indicator, aim, where, at))
    if aim.contradiction:
        found.append(
            CONTRADICTION.at(
                at, aim.contradiction, _("Correct the one that is wrong, and record a change as a change.")
            )
        )
    return found


def _numberless(indicator: Indicator, aim: targets.Goal, where: str, at: str) -> Finding:
    if aim.change is not None:
        return CHANGE_NO_BASELINE.at(
            f"{where}/baseline/value",
            aim.open_question or _("The target is a change, and the start is not known."),
            _("Add the baseline with its period and source, or say who will establish it and by when."),
        )
    return NO_NUMBER.at(
        at,
        aim.open_question or _("“{wording}” names no number.").format(wording=indicator.target.wording or ""),
        _("Say how much, from where: a value to reach, or the size of the change from the baseline."),
    )


def _baseline(indicator: Indicator, aim: targets.Goal, where: str, context: Context) -> list[Finding]:
    if aim.kind == "milestone":
        return []
    b = indicator.baseline
    compared = any(number(x.value) is not None for x in indicator.benchmarks)
    if number(b.value) is None:
        if b.value is Missing.NOT_APPLICABLE or compared or aim.change is not None:
            return []  # nothing to start from; something to compare with; or told already as a change from nowhere
        series = trend.whole_series(indicator)
        hint = (
            _("Take one of the measured values, such as that of {when}.").format(when=series[0][0])
            if series
            else _("Add the last known value with its period and source, or a comparable one from elsewhere.")
        )
        what = (
            _("The baseline is still to be determined.")
            if b.value is Missing.TO_BE_DETERMINED
            else _("Neither a baseline nor a comparable value is given.")
        )
        return [NO_BASELINE.at(f"{where}/baseline/value", what, hint)]
    if b.when is None:
        return [
            BASELINE_NO_DATE.at(
                f"{where}/baseline/when", _("It is not said when the baseline was measured."), _("Add the period.")
            )
        ]
    return []


def _frame(indicator: Indicator, aim: targets.Goal, where: str, context: Context) -> list[Finding]:
    """Unit, direction and date."""
    found = []
    if aim.kind != "milestone":
        if indicator.direction is None:
            found.append(
                NO_DIRECTION.at(
                    f"{where}/direction", _("It is not said whether higher or lower is better."), _("Choose one.")
                )
            )
        if not (indicator.unit or "").strip():
            found.append(
                NO_UNIT.at(
                    f"{where}/unit",
                    _("The number has no unit."),
                    _("Add it: %, days, students, deaths per 1 000 births …"),
                )
            )
        wrong = _wrong_way(indicator, aim)
        if wrong:
            found.append(WRONG_WAY.at(f"{where}/target/kind", wrong, _("Turn the target or the direction round.")))
    if aim.due is None and not aim.standing:
        found.append(
            NO_DUE.at(
                f"{where}/target/due",
                _("It is not said by when."),
                _("Add the last period that counts, or say that it is to hold all the time."),
            )
        )
    elif aim.due is not None and _bare_year(aim.due) and context.plan.fiscal_year_start != "1":
        found.append(
            FISCAL_OR_CALENDAR.at(
                f"{where}/target/due",
                _("“{year}” is taken as ending on {day}.").format(year=aim.due, day=format_date(aim.due.end)),
                _("If the fiscal year is meant, write it as {fiscal}; otherwise leave it.").format(
                    fiscal=f"{aim.due.start.year - 1}/{aim.due.start.year % 100:02d}"
                ),
            )
        )
    return found


def _bare_year(due: Period) -> bool:
    return due.start.month == 1 and due.end.month == 12 and due.start.year == due.end.year


def _wrong_way(indicator: Indicator, aim: targets.Goal) -> str | None:
    up_only = aim.low is not None and aim.high is None
    down_only = aim.high is not None and aim.low is None
    if indicator.direction == "down" and (aim.kind == "rise" or up_only):
        return _("Lower is better, and the target asks for a rise or sets only a lower limit.")
    if indicator.direction == "up" and (aim.kind == "fall" or down_only):
        return _("Higher is better, and the target asks for a fall or sets only an upper limit.")
    start = start_of(indicator)
    if start is None or aim.level is None or aim.kind in {"rise", "fall"}:
        return None
    if indicator.direction == "up" and aim.kind == "exactly" and aim.level < start[0]:
        return _("Higher is better, and the target lies below the baseline.")
    if indicator.direction == "down" and aim.kind == "exactly" and aim.level > start[0]:
        return _("Lower is better, and the target lies above the baseline.")
    return None


def _size(indicator: Indicator, judged: Smart, where: str) -> list[Finding]:
    aim = judged.goal
    if not has_number(aim):
        return []
    at = f"{where}/target/value" if number(indicator.target.value) is not None else f"{where}/target/wording"
    found = []
    edges = [v for v in (aim.low, aim.high) if v is not None]
    beyond = is_share(indicator) and any(not 0 <= v <= 100 for v in edges)
    if beyond:
        found.append(
            BEYOND_LIMIT.at(
                at,
                _("The target comes to {goal}.").format(goal=targets.in_words(aim, indicator.unit)),
                _("Check the value, and whether percent or percentage points are meant."),
            )
        )
    start = start_of(indicator)
    already = start is not None and aim.kind not in {"rise", "fall"} and reaches(start[0], aim)
    if already and start is not None and indicator.target.kind != "between" and not (aim.standing or _keeps(indicator)):
        found.append(
            ALREADY_THERE.at(
                at,
                _("The baseline, {value}, meets the target of {goal}.").format(
                    value=format_number(start[0], indicator.unit), goal=targets.in_words(aim, indicator.unit)
                ),
                _("Aim further, or say openly that the aim is to hold what was reached."),
            )
        )
    ambitious, realistic = judged.of("ambitious"), judged.of("realistic")
    if ambitious.answer is Answer.NO and not already:
        found.append(
            NOT_AMBITIOUS.at(
                at,
                " ".join(ambitious.evidence[:2]),
                _("Aim beyond what would come anyway, or say why holding the course is hard."),
            )
        )
    if realistic.answer is Answer.NO and not beyond:
        found.append(
            NOT_REALISTIC.at(
                at,
                " ".join(realistic.evidence[:2]),
                _("Show what would bring it about, allow more time, or aim for what somebody has reached."),
            )
        )
    both_open = ambitious.answer is Answer.CANNOT_TELL and realistic.answer is Answer.CANNOT_TELL
    if both_open and sign_of(indicator, aim) != 0:
        found.append(
            NO_EVIDENCE.at(
                f"{where}/benchmarks",
                _("The plan holds neither enough measured values nor a comparison."),
                _("Add past values, or what a comparable place or your own best units reach."),
            )
        )
    elif not indicator.benchmarks and trend.percentiles_within(indicator) is None:
        found.append(
            NO_BENCHMARK.at(
                f"{where}/benchmarks",
                _("The target is held against its own history only."),
                _("Add at least one comparison: others like you, or your own best units."),
            )
        )
    return found


_KEEPS = re.compile(r"\b(?:maintain|keep|hold|sustain|remain|stay|maintenir|garder|conserver|rester)", re.IGNORECASE)


def _keeps(indicator: Indicator) -> bool:
    """Say whether the words of the target say openly that a level is to be held."""
    return bool(_KEEPS.search(indicator.target.wording or ""))


def _due(judged: Smart, where: str, context: Context) -> list[Finding]:
    due = judged.goal.due
    if judged.status is targets.Status.NO_DATA and due is not None:
        return [
            DUE_NO_DATA.at(
                f"{where}/observations",
                _("It fell due on {day}, and no measured value tells how it ended.").format(day=format_date(due.end)),
                _("Add the figure for that date, or say when it will be known."),
            )
        ]
    return []

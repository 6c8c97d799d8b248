"""Rule 9, tool 9.3: what could derail a priority within six months, and what is done if it comes to pass.

The register is that of tool 5.3. What is asked here is asked of the risks that could derail the whole priority, and of
those that are both likely and bad: a plan for the day on which it happens, one's own part, where one bends, and where
one does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import attrs

from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.risks import RISKS, Risk
from rdlib.plan.values import format_when
from rdlib.rules.commitments import Commitment
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r05_risks import live, named, risks, short_list
from rdlib.rules.registry import Context
from rdlib.rules.wording import is_thin
from rdlib.words import _, format_date

TOOL = "9.3"

#: How far ahead one looks, and after how long one looks again.
HORIZON = timedelta(days=183)
#: From this likelihood times effect on, a risk of a part is grave enough for a plan of its own. Ours.
GRAVE = 6
#: From so many derailers on, it is asked whether anything gives way, and whether anything stands. Ours.
SEVERAL = 2

NOT_LOOKED = FindingKind(
    "R9-derailers-not-looked-at", TOOL, Severity.WEAK, _("Not looked at for half a year"),
    why=_("What could derail you in autumn was not in sight in spring."),
)  # fmt: skip
NONE_AHEAD = FindingKind(
    "R9-derailers-none-ahead", TOOL, Severity.NOTE, _("Nothing in the next six months"),
    why=_("Six months without anything that could go badly wrong have not been looked at closely."),
)  # fmt: skip
NO_WHEN = FindingKind(
    "R9-derailer-no-when", TOOL, Severity.NOTE, _("Not said when it could come"),
    why=_("With a month beside it, one sees which plan has to be ready first."),
)  # fmt: skip
NO_PLAN = FindingKind(
    "R9-derailer-no-plan", TOOL, Severity.MISSING, _("No plan for when it happens"),
    why=_("On that day there is no time to think, and those who decide are the most tired."),
)  # fmt: skip
NO_PART = FindingKind(
    "R9-derailer-no-own-part", TOOL, Severity.MISSING, _("No part of your own"),
    why=_("A list of what others should do keeps nobody on course. The others look at what you do."),
)  # fmt: skip
PART_OPEN = FindingKind(
    "R9-derailer-part-open", TOOL, Severity.WEAK, _("Your part has no name, or no day"),
    why=_("What is to be done before the crisis has to be done by a day, or the crisis is first."),
)  # fmt: skip
PART_LATE = FindingKind(
    "R9-derailer-part-late", TOOL, Severity.WEAK, _("Your part is late"),
    why=_("It was to be done while there was time for it."),
)  # fmt: skip
ALL_FIRM = FindingKind(
    "R9-derailers-nothing-gives", TOOL, Severity.WEAK, _("Nothing gives way"),
    why=_("Who defends everything alike loses what matters together with what does not."),
)  # fmt: skip
ALL_GIVES = FindingKind(
    "R9-derailers-nothing-stands", TOOL, Severity.WEAK, _("Nothing stands firm"),
    why=_("If all may change, the target will, since it is the easiest to change."),
)  # fmt: skip
BEND_NOT_SAID = FindingKind(
    "R9-derailers-bend-not-said", TOOL, Severity.NOTE, _("Not said where you bend, and where not"),
    why=_("Decided now, it costs a talk; decided in the crisis, it costs the target."),
)  # fmt: skip
SIGN_SEEN = FindingKind(
    "R9-risk-sign-seen", TOOL, Severity.WEAK, _("It has begun, and nothing is under way"),
    why=_("The first sign was agreed on so that somebody acts when it is seen."),
)  # fmt: skip
OVERDUE = FindingKind(
    "R9-risk-look-overdue", TOOL, Severity.WEAK, _("Not looked at again on its day"),
    why=_("Risks change while nobody looks; that is why the day was set."),
)  # fmt: skip
PAST = FindingKind(
    "R9-risk-time-past", TOOL, Severity.NOTE, _("Its time is past"),
    why=_("A list with what can no longer happen hides what still can."),
)  # fmt: skip
GOOD = FindingKind(
    "R9-derailers-planned", TOOL, Severity.GOOD, _("Seen ahead, with a plan and a part of your own"),
    why=_("When it comes, you lose a day and not the year."),
)  # fmt: skip

KINDS = (
    NOT_LOOKED, NONE_AHEAD, NO_WHEN, NO_PLAN, NO_PART, PART_OPEN, PART_LATE, ALL_FIRM, ALL_GIVES, BEND_NOT_SAID,
    SIGN_SEEN, OVERDUE, PAST, GOOD,
)  # fmt: skip

_ASKED_HERE = (
    *("could_come", "sign_seen", "if_it_comes", "my_part", "my_part_owner", "my_part_by"),
    *("my_part_done", "flexible", "firm", "looked_on", "look_again"),
)


def _has(text: str | None) -> bool:
    return bool((text or "").strip())


def weight(risk: Risk) -> int:
    """Return likelihood times effect; 0 where one of them is not said. It orders risks, and is no probability.

    >>> weight(Risk("r1", likelihood="3", effect="2"))
    6
    """
    return int(risk.likelihood or 0) * int(risk.effect or 0)


def is_derailer(risk: Risk) -> bool:
    """Say whether a risk needs a plan for the day on which it happens."""
    return risk.reach == "whole" or weight(risk) >= GRAVE


def derailers(priority: Priority) -> list[Risk]:
    """Return the risks that can still happen and need such a plan, the likely and bad ones first."""
    return [risk for risk in short_list(priority) if is_derailer(risk)]


def is_over(risk: Risk, as_of: date) -> bool:
    """Say whether the time is past in which a risk could have come."""
    return risk.could_come is not None and risk.could_come.end < as_of


def comes_soon(risk: Risk, as_of: date) -> bool:
    """Say whether a risk could come within the next six months."""
    when = risk.could_come
    return when is not None and when.end >= as_of and when.start <= as_of + HORIZON


def last_look(priority: Priority, as_of: date) -> date | None:
    """Return the day on which the risks were last looked at, or None."""
    days = [day for risk in risks(priority) if (day := risk.looked_on) is not None and day <= as_of]
    return max(days, default=None)


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether anything was entered that this tool asks for beyond tool 5.3."""
    return any(r.reach == "whole" or any(getattr(r, name) for name in _ASKED_HERE) for r in risks(priority))


def _where(priority: Priority, risk: Risk) -> str:
    rows = risks(priority)
    return f"priorities/{priority.id}/{RISKS.key}/{risk.id or f'#{rows.index(risk) + 1}'}"


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge how a priority looks ahead to what could derail it (Rule 9, tool 9.3)."""
    as_of, judged = context.as_of, derailers(priority)
    found: list[Finding] = []
    for risk in live(priority):
        found += _any_risk(risk, _where(priority, risk), as_of)
    for risk in judged:
        if not is_over(risk, as_of):
            found += _derailer(risk, _where(priority, risk), as_of)
    table = f"priorities/{priority.id}/{RISKS.key}"
    found += _together(judged, table)
    found += _looked(priority, judged, table, as_of)
    serious = any(finding.severity in {Severity.MISSING, Severity.WEAK} for finding in found)
    if judged and not serious:
        names = "; ".join(named(risk) for risk in judged)
        found.append(GOOD.at(table, _("{names}.").format(names=names)))
    return found


def _any_risk(risk: Risk, where: str, as_of: date) -> Iterator[Finding]:
    if risk.sign_seen is not None and risk.sign_seen <= as_of and risk.status in {None, "open"}:
        yield SIGN_SEEN.at(
            f"{where}/status",
            _("The first sign of “{risk}” was seen on {day}, and it still stands as open.").format(
                risk=named(risk), day=format_date(risk.sign_seen)
            ),
            _("Begin with the answer today, or write down why you wait and who decided so."),
        )
    if risk.look_again is not None and risk.look_again < as_of and (risk.looked_on or date.min) < risk.look_again:
        yield OVERDUE.at(
            f"{where}/look_again",
            _("“{risk}” was to be looked at again on {day}.").format(
                risk=named(risk), day=format_date(risk.look_again)
            ),
            _("Look at it now: is it likelier, is it over, does the plan still hold? Then set the next day."),
        )
    if is_over(risk, as_of) and risk.could_come is not None:
        yield PAST.at(
            f"{where}/status",
            _("“{risk}” could have come in {when}.").format(risk=named(risk), when=format_when(risk.could_come)),
            _("Close it, or write when it could come again."),
        )


def _derailer(risk: Risk, where: str, as_of: date) -> Iterator[Finding]:
    name = named(risk)
    if risk.could_come is None:
        yield NO_WHEN.at(
            f"{where}/could_come",
            _("When “{risk}” could come is not said.").format(risk=name),
            _("Write the month or the season in which it is likeliest."),
        )
    if not _has(risk.if_it_comes) or is_thin(risk.if_it_comes or "", name):
        yield NO_PLAN.at(
            f"{where}/if_it_comes",
            _("What you do if “{risk}” comes to pass is not said.").format(risk=name),
            _("Write the first three days: who decides, who takes over what, and which date stays."),
        )
    if not _has(risk.my_part) or is_thin(risk.my_part or "", name):
        yield NO_PART.at(
            f"{where}/my_part",
            _("What you yourself do about “{risk}” is not said.").format(risk=name),
            _("Write one thing that you do and nobody can do for you, and by when."),
        )
    elif risk.my_part_done is None:
        yield from _part(risk, where, as_of)


def _part(risk: Risk, where: str, as_of: date) -> Iterator[Finding]:
    if not _has(risk.my_part_owner) or risk.my_part_by is None:
        yield PART_OPEN.at(
            f"{where}/my_part_by" if _has(risk.my_part_owner) else f"{where}/my_part_owner",
            _("Your part in “{risk}” stands without a name or a day.").format(risk=named(risk)),
            _("Write whose part it is, and the day."),
        )
    elif risk.my_part_by < as_of:
        yield PART_LATE.at(
            f"{where}/my_part_by",
            _("Your part in “{risk}” was to be done by {day}.").format(
                risk=named(risk), day=format_date(risk.my_part_by)
            ),
            _("Do it, or write the day on which it was done."),
        )


def _together(judged: Sequence[Risk], table: str) -> Iterator[Finding]:
    gives, stands = any(_has(r.flexible) for r in judged), any(_has(r.firm) for r in judged)
    if judged and not gives and not stands:
        yield BEND_NOT_SAID.at(
            table,
            _("For none of them is it said where you can be flexible, and where you do not give way."),
            _("Begin with what stands: mostly the target, its date, and the time set aside. Then what may change."),
        )
    elif len(judged) >= SEVERAL and not gives:
        yield ALL_FIRM.at(
            table,
            _("You say where you do not give way, and nowhere where you could."),
            _("Name a date, a place or a way of working that may change without the target suffering from it."),
        )
    elif len(judged) >= SEVERAL and not stands:
        yield ALL_GIVES.at(
            table,
            _("You say where you can be flexible, and nowhere where you do not give way."),
            _("Name what stays whatever happens: mostly the target, its date, and the time set aside for it."),
        )


def _looked(priority: Priority, judged: Sequence[Risk], table: str, as_of: date) -> Iterator[Finding]:
    day = last_look(priority, as_of)
    if day is None or as_of - day > HORIZON:
        yield NOT_LOOKED.at(
            table,
            _("The list was last looked at on {day}.").format(day=format_date(day))
            if day
            else _("It is not said when anybody last looked at the list."),
            _("Go through it with those who lead: what could derail us in the next six months? Write the day."),
        )
    dated = [risk for risk in judged if risk.could_come is not None]
    if not judged or (len(dated) == len(judged) and not any(comes_soon(risk, as_of) for risk in judged)):
        yield NONE_AHEAD.at(
            table,
            _("No derailer is named that could come between {day} and {end}.").format(
                day=format_date(as_of), end=format_date(as_of + HORIZON)
            ),
            _("Look at the proposals drawn from your plan, and ask those who would be the first to notice."),
        )


# --- what somebody is to do by a day ---------------------------------------------------------------------------------


def _commitments(plan: Plan, as_of: date) -> Iterator[Commitment]:
    for priority in plan.priorities:
        for risk in live(priority):
            where = _where(priority, risk)

            def due(
                key: str, tool: str, what: str, owner: str | None, day: date | None, *, done: bool,
                where: str = where, priority: Priority = priority,
            ) -> Commitment:  # fmt: skip
                return Commitment(
                    key=f"{where}/{key}",
                    tool=tool,
                    priority=priority.id,
                    what=what,
                    owner=(plan.person(owner) or "").strip(),
                    due=day,
                    done=done,
                    where=f"{where}/{key}",
                )

            if _has(risk.my_part):
                said = _("{part} (own part in the risk “{risk}”)").format(part=risk.my_part, risk=named(risk))
                yield due(
                    "my_part", TOOL, said, risk.my_part_owner, risk.my_part_by, done=risk.my_part_done is not None
                )
            if _has(risk.answer) and risk.by is not None and risk.status in {None, "open", "at-work"}:
                said = _("{answer} (answer to the risk “{risk}”)").format(answer=risk.answer, risk=named(risk))
                yield due("answer", "5.3", said, risk.owner, risk.by.end, done=False)
            if risk.look_again is not None:
                said = _("Look again at the risk “{risk}”").format(risk=named(risk))
                done = (risk.looked_on or date.min) >= risk.look_again
                yield due("look_again", TOOL, said, risk.owner, risk.look_again, done=done)


COMMITMENTS = (_commitments,)


@attrs.frozen
class Cell:
    """The risks of one likelihood and one effect, as they stand in the picture of the register."""

    likelihood: str
    effect: str
    risks: tuple[Risk, ...]


def grid(priority: Priority) -> tuple[tuple[Cell, ...], ...]:
    """Return the risks that can still happen by likelihood (rows, likeliest first) and effect (columns, slight first).

    >>> rows = grid(Priority("waits", parts={"risks": (Risk("r1", likelihood="3", effect="2"),)}))
    >>> [[len(cell.risks) for cell in row] for row in rows]
    [[0, 1, 0], [0, 0, 0], [0, 0, 0]]
    """
    known = short_list(priority)
    return tuple(
        tuple(
            Cell(likely, bad, tuple(r for r in known if (r.likelihood, r.effect) == (likely, bad)))
            for bad in ("1", "2", "3")
        )
        for likely in ("3", "2", "1")
    )

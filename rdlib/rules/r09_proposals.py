"""Rule 9, tool 9.3: derailers that the plan itself speaks of, proposed and never added by themselves.

An end of the mandate, one person on whom all hangs, money that is not there yet, an actor whom no line goes round,
weeks in which nobody is there, a month that is bad each year, a member whose relationship is bad: each with what the
plan says of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

import attrs

from rdlib.plan.coalition import COALITION
from rdlib.plan.money import FUNDING
from rdlib.plan.priority import Priority
from rdlib.plan.risks import Risk
from rdlib.plan.routines import QUIET_TIMES
from rdlib.plan.values import Period
from rdlib.rules import trend
from rdlib.rules.r02_smart import goal, sign_of
from rdlib.rules.r04_candidates import carries_target, chosen, name_of
from rdlib.rules.r05_pressure import results_of
from rdlib.rules.r05_risks import about, risks
from rdlib.rules.r05_what_if import without
from rdlib.rules.r09_derailers import HORIZON
from rdlib.rules.registry import Context
from rdlib.words import _, format_date, language

#: So long before the end of a mandate people begin to wait for what comes after it. Ours.
ELECTION = timedelta(days=365)
#: From so many strategies on, one leader of all of them is a risk. Ours.
SEVERAL = 2
#: So many of the actors without whom nothing arrives are proposed, those on whom most hangs first. Ours.
ACTORS = 2
#: A relationship rated up to this one may turn into resistance; from this importance on it would count. Ours.
BAD, IMPORTANT = 1, 3

#: A month counts as a bad season after so many years; a value spans a month when it has at most so many days.
YEARS, DAYS_OF_MONTH = 3, 31


@attrs.frozen
class Proposal:
    """Something in the plan that could derail the priority.

    Attributes:
        key: what it is drawn from, for ever.
        title: what could happen, as it would stand in the register.
        because: what the plan says.
        could_come: when it could come, as it is written in the plan; empty where that is not known.
        actors: the actors of the chain that it is about.
        strategies: the strategies that it would hit.
        whole: whether it could derail the whole priority.
    """

    key: str
    title: str
    because: str
    could_come: str = ""
    actors: tuple[str, ...] = ()
    strategies: tuple[str, ...] = ()
    whole: bool = True

    def values(self) -> dict[str, str]:
        """Return what a new row of the register begins with."""
        return {"title": self.title, "could_come": self.could_come, "reach": "whole" if self.whole else "part"}


def _mandate(context: Context) -> Iterator[Proposal]:
    end = context.plan.mandate_end
    if end is not None and context.as_of <= end <= context.as_of + ELECTION:
        yield Proposal(
            "mandate",
            _("An election comes, and those who lead look elsewhere"),
            _("The mandate ends on {day}.").format(day=format_date(end)),
            end.isoformat(),
        )


def _one_leader(priority: Priority, context: Context) -> Iterator[Proposal]:
    leaders = Counter(leader for s in chosen(priority) if (leader := (s.leader or "").strip()))
    for leader, count in leaders.items():
        if count >= SEVERAL and count == len(chosen(priority)):
            name = context.plan.person(leader) or leader
            yield Proposal(
                f"leader/{leader}",
                _("{name} falls ill or moves on").format(name=name),
                _("{name} leads all {n} chosen strategies.").format(name=name, n=count),
                strategies=tuple(s.id for s in chosen(priority)),
            )


def _money(priority: Priority, context: Context) -> Iterator[Proposal]:
    last = context.as_of + 2 * HORIZON
    for row in FUNDING.read(priority):
        if (
            row.needed_by is None
            or not context.as_of <= row.needed_by <= last
            or row.status in {"agreed", "in-hand", "refused"}
        ):
            continue
        yield Proposal(
            f"funding/{row.id}",
            _("The money does not come: {name}").format(name=(row.name or "").strip() or row.id),
            _("It is needed by {day}, and not agreed yet.").format(day=format_date(row.needed_by)),
            row.needed_by.isoformat(),
            strategies=row.pays_for,
            whole=not row.pays_for,
        )


def _actors(priority: Priority) -> Iterator[Proposal]:
    for result in results_of(priority):
        drawn, found = result.lines, []
        for id_ in drawn.before:
            if drawn.on_line(id_) and id_ not in drawn.ends and id_ not in drawn.starts:
                what = without(result.chain, [id_], drawn=drawn)
                if what.ends_lost:
                    found.append((-drawn.behind[id_], id_, drawn.named(what.ends_lost)))
        for _hangs, id_, ends in sorted(found)[:ACTORS]:
            yield Proposal(
                f"actor/{result.chain.id}/{id_}",
                _("{actor}: out of action, or no longer for it").format(actor=drawn.name(id_)),
                _("Without it, no line of the delivery chain leads to {ends}.").format(ends=ends),
                actors=(f"{result.chain.id}/{id_}",),
            )


def _quiet(context: Context) -> Iterator[Proposal]:
    for row in QUIET_TIMES.read(context.plan):
        if row.first is None or not context.as_of <= row.first <= context.as_of + HORIZON:
            continue
        yield Proposal(
            f"quiet/{row.id}",
            _("Nobody asks about it: {why}").format(why=(row.why or "").strip() or row.id),
            _("The routines rest from {first} to {last}.").format(
                first=format_date(row.first), last=format_date(row.last or row.first)
            ),
            row.first.isoformat(),
        )


def _season(priority: Priority, context: Context) -> Iterator[Proposal]:
    """Months ahead in which a monthly figure got worse each year, and by more than it mostly moves."""
    for indicator in priority.indicators:
        sign = sign_of(indicator, goal(indicator, context)) if carries_target(indicator) else 0
        series = [pair for pair in trend.whole_series(indicator) if pair[0].end <= context.as_of]
        steps: dict[int, list[float]] = {}
        for (before, old), (when, new) in pairwise(series):
            if when.days <= DAYS_OF_MONTH and before.end + timedelta(days=1) == when.start:
                steps.setdefault(when.start.month, []).append((new - old) * sign)
        usual = median(abs(step) for found in steps.values() for step in found) if steps else 0.0
        for ahead in range(1, 7):
            year, month = divmod(context.as_of.month - 1 + ahead, 12)
            found = steps.get(month + 1, [])
            if sign and len(found) >= YEARS and max(found) < 0 and -max(found) > usual:
                first = date(context.as_of.year + year, month + 1, 1)
                name = (indicator.name or "").strip() or indicator.id
                yield Proposal(
                    f"season/{indicator.id}/{month + 1}",
                    _("The figure falls as in each {month}").format(month=_month(first)),
                    _("“{name}” got worse in that month in each of {n} years.").format(name=name, n=len(found)),
                    f"{first:%Y-%m}",
                )


def _month(day: date) -> str:
    from babel.dates import format_date as babel_date

    return babel_date(day, "LLLL", locale=language())


def _members(priority: Priority) -> Iterator[Proposal]:
    for member in COALITION.read(priority):
        if member.relationship is not None and member.relationship <= BAD and int(member.importance or 0) >= IMPORTANT:
            name = (member.name or "").strip() or member.id
            yield Proposal(
                f"member/{member.id}",
                _("{name}: open resistance").format(name=name),
                _("You need this member, and rate the relationship {rating} of 4.").format(rating=member.relationship),
            )


def _there_already(proposal: Proposal, known: tuple[Risk, ...]) -> bool:
    """Say whether a risk of the register is about the same, closed ones too."""
    for risk in known:
        if (risk.title or "").strip().casefold() == proposal.title.strip().casefold():
            return True
        if any(set(about(risk, ref.partition("/")[0])) & {ref.partition("/")[2]} for ref in proposal.actors):
            return True
        whole = proposal.key == "mandate" and risk.reach == "whole" and risk.could_come is not None
        if whole and risk.could_come and _covers(risk.could_come, date.fromisoformat(proposal.could_come)):
            return True
    return False


def _covers(when: Period, day: date) -> bool:
    return when.start <= day <= when.end


def proposals(priority: Priority, context: Context) -> tuple[Proposal, ...]:
    """Return what the plan itself speaks of that could derail a priority and is in no risk yet (Rule 9, tool 9.3).

    >>> from rdlib.plan.plan import Plan
    >>> plan = Plan(mandate_end=date(2026, 10, 1))
    >>> [p.key for p in proposals(Priority(id="waits"), Context(plan, date(2026, 3, 1)))]
    ['mandate']
    """
    found = [
        *_mandate(context),
        *_one_leader(priority, context),
        *_money(priority, context),
        *_actors(priority),
        *_quiet(context),
        *_season(priority, context),
        *_members(priority),
    ]
    known = risks(priority)
    return tuple(each for each in found if not _there_already(each, known))


def hit(proposal: Proposal, priority: Priority) -> str:
    """Return the names of the strategies that a proposal would hit."""
    return ", ".join(name_of(s) for s in chosen(priority) if s.id in proposal.strategies)

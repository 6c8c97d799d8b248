"""Rule 3, tool 3.1: the coalition table as a whole: its size, and all that its rows and its members together show."""

from __future__ import annotations

from rdlib.plan.coalition import COALITION, LEFT_OUT, LeftOut, Member
from rdlib.plan.priority import Priority
from rdlib.rules import r03_coverage, r03_influence, r03_rows
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r03_members import TOOL, begun, members_of, powers, quoted, where_of
from rdlib.rules.registry import Context
from rdlib.words import _, plural

#: More members than this are an assembly: nobody keeps that many close relationships. Our threshold.
MOST_MEMBERS = 15

TWICE = FindingKind(
    "R3-twice",
    TOOL,
    Severity.WEAK,
    _("Named twice"),
    why=_("Two rows for one member make the coalition look wider than it is."),
)
ALONE = FindingKind(
    "R3-alone",
    TOOL,
    Severity.WEAK,
    _("One person is no coalition"),
    why=_("When that person moves, changes sides or is overruled, nobody is left to stand behind the priority."),
)
ONLY_POTENTIAL = FindingKind(
    "R3-only-potential",
    TOOL,
    Severity.WEAK,
    _("Nobody is on board yet"),
    why=_("A list of people to be won carries nothing until the first of them has said yes."),
)
TOO_LARGE = FindingKind(
    "R3-too-large",
    TOOL,
    Severity.WEAK,
    _("Too many to be a coalition"),
    why=_("Close relationships take time; spread over many, it is too little for any of them."),
)
COVERS = FindingKind(
    "R3-coalition-covers",
    TOOL,
    Severity.GOOD,
    _("A coalition that can carry it"),
    why=_("It can decide, it can pay, people follow it, and it says who is not in it and why."),
)

KINDS = (
    *r03_rows.KINDS, TWICE, ALONE, ONLY_POTENTIAL, TOO_LARGE, *r03_coverage.KINDS, *r03_influence.KINDS, COVERS,
)  # fmt: skip


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether a member was entered, or something left out."""
    return any(map(begun, COALITION.read(priority))) or any(r != LeftOut(id=r.id) for r in LEFT_OUT.read(priority))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge who is in the coalition of a priority (Rule 3, tool 3.1)."""
    found = r03_rows.check_rows(priority)
    members = members_of(priority)
    if members:
        found += _check_size(members, priority)
        found += r03_coverage.check_coverage(priority, context)
        found += r03_influence.check_influence(priority)
        if len(members) > 1 and not found:
            found += _praise(priority)
    return found


def _check_size(members: tuple[Member, ...], priority: Priority) -> list[Finding]:
    here = f"priorities/{priority.id}/{COALITION.key}"
    found = []
    seen: dict[tuple[str, str], Member] = {}
    for member in members:
        key = (member.called.casefold(), (member.organisation or "").strip().casefold())
        if key in seen:
            found.append(
                TWICE.at(
                    where_of(priority, member),
                    _("{name} stands in two rows.").format(name=quoted([member.called])),
                    _("Put what both say into one row, and remove the other."),
                )
            )
        seen[key] = member
    if len(members) == 1:
        found.append(
            ALONE.at(
                here,
                _("{name} is the only member.").format(name=quoted([members[0].called])),
                _("Ask who else has to want this for it to last: who decides, who pays, who does the work."),
            )
        )
    elif all(m.standing == "potential" for m in members):
        found.append(
            ONLY_POTENTIAL.at(
                here,
                _("All {n} members are still to be won.").format(n=len(members)),
                _("Choose the one most likely to say yes and most useful in winning the next, and begin there."),
            )
        )
    if len(members) > MOST_MEMBERS:
        found.append(
            TOO_LARGE.at(
                here,
                _("There are {members}.").format(members=plural("{n} member", "{n} members", len(members))),
                _("Keep those whom you could not do without; the others belong to the stakeholders of Rule 10."),
            )
        )
    return found


def _praise(priority: Priority) -> list[Finding]:
    if not all(p.now for p in powers(priority)):
        return []
    members = members_of(priority)
    current = sum(m.standing == "current" for m in members)
    return [
        COVERS.at(
            f"priorities/{priority.id}/{COALITION.key}",
            _(
                "{members}, {current} of them on board, with the right to decide, money, and both kinds of influence."
            ).format(members=plural("{n} member", "{n} members", len(members)), current=current),
        )
    ]

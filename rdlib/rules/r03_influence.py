"""Rule 3, tool 3.1: what the members of a coalition can move together: decisions, money, and those who follow them."""

from __future__ import annotations

from rdlib.plan.coalition import COALITION
from rdlib.plan.priority import Priority
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r03_members import TOOL, members_of, powers, quoted
from rdlib.words import _

ONLY_FORMAL = FindingKind(
    "R3-only-formal",
    TOOL,
    Severity.WEAK,
    _("Posts, and nobody whom people follow"),
    why=_("An order is carried out as far as it is checked; what people believe in goes on by itself."),
)
ONLY_INFORMAL = FindingKind(
    "R3-only-informal",
    TOOL,
    Severity.WEAK,
    _("A following, and nobody who decides"),
    why=_("Good will moves nothing that needs a signature, a budget or a change of rules."),
)
NO_AUTHORITY = FindingKind(
    "R3-no-authority",
    TOOL,
    Severity.WEAK,
    _("Nobody can settle it"),
    why=_("When members differ, or somebody outside says no, one of them has to be able to decide."),
)
NO_MONEY = FindingKind(
    "R3-no-money",
    TOOL,
    Severity.WEAK,
    _("Nobody decides about money"),
    why=_("What is agreed and not paid for waits for the next budget, and then for the one after."),
)
RESTS_ON_HOPE = FindingKind(
    "R3-rests-on-hope",
    TOOL,
    Severity.NOTE,
    _("Stands only once others are won"),
    why=_("What only members still to be won would bring is not there yet; it says whom to win first."),
)

KINDS = (ONLY_FORMAL, ONLY_INFORMAL, NO_AUTHORITY, NO_MONEY, RESTS_ON_HOPE)


def check_influence(priority: Priority) -> list[Finding]:
    """Judge what the members can move together (Rule 3, tool 3.1); silent on what is not rated for all of them yet."""
    here = f"priorities/{priority.id}/{COALITION.key}"
    members = members_of(priority)
    power = {p.key: p for p in powers(priority)}
    found = []
    all_formal, all_informal = (all(m.formal_level for m in members), all(m.informal_level for m in members))
    if all_informal and power["formal"].there and not power["informal"].there:
        found.append(
            ONLY_FORMAL.at(
                here,
                _("No member has strong informal influence."),
                _("Ask those who do the work whose opinion they wait for, and win that person."),
            )
        )
    if all_formal and not power["formal"].there:
        found.append(
            ONLY_INFORMAL.at(
                here,
                _("No member has strong formal influence."),
                _("Find out who has to sign, and who that person listens to."),
            )
        )
    elif all_formal and not power["decides"].there:
        found.append(
            NO_AUTHORITY.at(
                here,
                _("Members decide with others, and none can decide alone."),
                _("Name the one who has the last word, and what would make it worth their while."),
            )
        )
    if all(m.money is not None for m in members) and not power["money"].there:
        found.append(
            NO_MONEY.at(
                here,
                _("No member can give, move or withhold money or staff."),
                _("Bring in whoever holds the budget, or somebody whom they listen to."),
            )
        )
    hoped = [p for p in power.values() if p.hoped and not p.now]
    if hoped and any(m.standing == "current" for m in members):
        found.append(
            RESTS_ON_HOPE.at(
                here,
                " ".join(
                    _("{power}: only with {names}.").format(power=p.label, names=quoted([m.called for m in p.hoped]))
                    for p in hoped
                ),
                _("Plan in tool 3.2 how to win them, and say by when."),
            )
        )
    return found

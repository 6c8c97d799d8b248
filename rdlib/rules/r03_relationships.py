"""Rule 3, tool 3.2: the four questions about each relationship, the weakest important ones first."""

from __future__ import annotations

from collections.abc import Iterable

from rdlib.plan.coalition import RELATIONSHIPS, Member
from rdlib.plan.priority import Priority
from rdlib.rules.coalition_wording import is_empty_ask, is_empty_plan, nearly_same
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r03_members import IMPORTANT, members_of, quoted, where_of
from rdlib.rules.registry import Context
from rdlib.words import _

TOOL = "3.2"

#: Up to this level a relationship is weak; our threshold.
WEAK = 2

#: From this many members on, one and the same request to all of them is worth a note; ours.
SAME_ASK = 3

NOT_RATED = FindingKind(
    "R3-relationship-not-rated",
    TOOL,
    Severity.MISSING,
    _("Relationship not judged"),
    why=_("What is not judged cannot be mended, and is mostly taken for better than it is."),
)
NO_PLAN = FindingKind(
    "R3-weak-and-no-plan",
    TOOL,
    Severity.MISSING,
    _("Important, weak, and no plan"),
    why=_("A relationship that the priority hangs on and that nobody works at is the first to give way."),
)
EMPTY_PLAN = FindingKind(
    "R3-empty-plan",
    TOOL,
    Severity.WEAK,
    _("The plan names no step"),
    why=_("To meet more often is no plan: a step is one that somebody could see you take, or see you miss."),
)
NOTHING_ASKED = FindingKind(
    "R3-nothing-asked",
    TOOL,
    Severity.WEAK,
    _("Nothing is asked"),
    why=_("Who is never asked for anything has nothing to say yes to, and no part in what is reached."),
)
EMPTY_ASK = FindingKind(
    "R3-empty-ask",
    TOOL,
    Severity.WEAK,
    _("Asked for nothing in particular"),
    why=_("Support in general is promised at once and given by nobody; a request for one thing can be kept."),
)
SAME_ASK_ALL = FindingKind(
    "R3-same-ask",
    TOOL,
    Severity.NOTE,
    _("The same is asked of several"),
    why=_("Each member can do something that the others cannot; one request for all leaves that unused."),
)
NO_FEEDBACK = FindingKind(
    "R3-no-feedback",
    TOOL,
    Severity.NOTE,
    _("No feedback asked"),
    why=_("Members see where the work goes wrong before the figures do, and mostly say so only when asked."),
)
UNPROVEN = FindingKind(
    "R3-unproven",
    TOOL,
    Severity.NOTE,
    _("Called proven, with no proof"),
    why=_("The best rating is for those who stood by the priority at a price; without the event it is a hope."),
)
PLANNED = FindingKind(
    "R3-relationships-planned",
    TOOL,
    Severity.GOOD,
    _("Every important relationship is in hand"),
    why=_("Time goes to where the priority is most easily let down, and everybody has something to do."),
)

KINDS = (NOT_RATED, NO_PLAN, EMPTY_PLAN, NOTHING_ASKED, EMPTY_ASK, SAME_ASK_ALL, NO_FEEDBACK, UNPROVEN, PLANNED)

_LABELS = {int(choice.value): choice.label for choice in RELATIONSHIPS}


def _said(text: str | None) -> str:
    return (text or "").strip()


def by_concern(members: Iterable[Member]) -> list[Member]:
    """Return members with the weakest important relationships first.

    Members who are needed or decisive come before the others. Within each, the weakest relationship comes first, and
    among equals the more important member; a relationship that nobody has judged stands between the weak and the good.

    Source: Rule 3, tool 3.2; the order of what is not judged is ours.

    >>> close = Member("m1", name="Premier", importance="4", relationship=4)
    >>> cool = Member("m2", name="Auditor", importance="3", relationship=2)
    >>> [m.name for m in by_concern([close, cool])]
    ['Auditor', 'Premier']
    """
    return sorted(
        members,
        key=lambda m: (m.importance_level < IMPORTANT, m.relationship or WEAK + 0.5, -m.importance_level),
    )


def is_concern(member: Member) -> bool:
    """Say whether a member is important and the relationship weak."""
    return member.importance_level >= IMPORTANT and (member.relationship or WEAK + 1) <= WEAK


def has_answers(member: Member) -> bool:
    """Say whether any of the four questions was answered for a member."""
    texts = (member.relationship_shown, member.strengthen, member.help_to_ask, member.feedback_to_ask)
    return member.relationship is not None or any(map(_said, texts))


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether any of the four questions was answered for any member."""
    return any(map(has_answers, members_of(priority)))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge what is known and planned of each relationship (Rule 3, tool 3.2)."""
    members = by_concern(members_of(priority))
    found: list[Finding] = []
    for member in members:
        where = where_of(priority, member)
        found += _check_relationship(member, where)
        found += _check_asks(member, where)
    found += _check_same_ask(members, priority)
    if not found and any(m.importance_level >= IMPORTANT for m in members):
        found.append(
            PLANNED.at(
                f"priorities/{priority.id}/coalition",
                _("Every relationship is judged, the weak ones that matter have a step, and each member is asked."),
            )
        )
    return found


def _check_relationship(member: Member, where: str) -> list[Finding]:
    found = []
    name = quoted([member.called])
    plan = _said(member.strengthen)
    if member.relationship is None:
        found.append(
            NOT_RATED.at(
                f"{where}/relationship",
                _("The relationship with {name} is not judged.").format(name=name),
                _("Think of the last time you needed something from each other, and rate it by that."),
            )
        )
    if is_concern(member) and not plan:
        found.append(
            NO_PLAN.at(
                f"{where}/strengthen",
                _("{name} is important, the relationship is {level}, and nothing is planned.").format(
                    name=name, level=_LABELS[member.relationship or 1]
                ),
                _("Write the first step, who takes it, and by when."),
            )
        )
    elif plan and is_empty_plan(plan):
        found.append(
            EMPTY_PLAN.at(
                f"{where}/strengthen",
                _("The plan for {name} is “{plan}”.").format(name=name, plan=plan),
                _("Say what happens, how often, about what, and who begins."),
            )
        )
    if member.relationship == 4 and not _said(member.relationship_shown):
        found.append(
            UNPROVEN.at(
                f"{where}/relationship_shown",
                _("The relationship with {name} is called proven, and no event is named.").format(name=name),
                _("Name what this member did when it was not easy; or rate it one lower until it has happened."),
            )
        )
    return found


def _check_asks(member: Member, where: str) -> list[Finding]:
    found = []
    name = quoted([member.called])
    ask = _said(member.help_to_ask)
    if not ask:
        found.append(
            NOTHING_ASKED.at(
                f"{where}/help_to_ask",
                _("No help is asked of {name}.").format(name=name),
                _("Find the one thing that this member can do and you cannot, small enough for a yes."),
            )
        )
    elif is_empty_ask(ask):
        found.append(
            EMPTY_ASK.at(
                f"{where}/help_to_ask",
                _("{name} is asked for “{ask}”.").format(name=name, ask=ask),
                _("Say what this member would do on Monday if the answer were yes."),
            )
        )
    if not _said(member.feedback_to_ask):
        found.append(
            NO_FEEDBACK.at(
                f"{where}/feedback_to_ask",
                _("{name} is not asked what goes wrong.").format(name=name),
                _("Ask for what this member sees before you do."),
            )
        )
    return found


def _check_same_ask(members: list[Member], priority: Priority) -> list[Finding]:
    asked = [m for m in members if _said(m.help_to_ask) and not is_empty_ask(m.help_to_ask or "")]
    for member in asked:
        same = [m for m in asked if nearly_same(m.help_to_ask or "", member.help_to_ask or "")]
        if len(same) >= SAME_ASK:
            return [
                SAME_ASK_ALL.at(
                    f"priorities/{priority.id}/coalition",
                    _("{names} are all asked for “{ask}”.").format(
                        names=quoted([m.called for m in same]), ask=_said(member.help_to_ask)
                    ),
                    _("Ask each for what only that member has."),
                )
            ]
    return []

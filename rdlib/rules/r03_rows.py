"""Rule 3, tool 3.1: what is said of each member of a coalition, and of those who are left out of it on purpose."""

from __future__ import annotations

from rdlib.plan.coalition import COALITION, LEFT_OUT, MEMBER_KINDS, Member
from rdlib.plan.fields import field_of
from rdlib.plan.priority import Priority
from rdlib.rules.coalition_wording import is_group, several
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r03_members import TOOL, begun, members_of, quoted, where_of
from rdlib.rules.wording import is_thin
from rdlib.words import _

NO_NAME = FindingKind(
    "R3-no-name",
    TOOL,
    Severity.MISSING,
    _("Nobody named"),
    why=_("A relationship is kept with somebody; a row without a name is nobody's to look after."),
)
NOT_WEIGHED = FindingKind(
    "R3-not-weighed",
    TOOL,
    Severity.MISSING,
    _("Not weighed yet"),
    why=_("Who gets your time should follow from what a member can move, and from how much depends on it."),
)
NO_WHY = FindingKind(
    "R3-no-why",
    TOOL,
    Severity.MISSING,
    _("Not said why"),
    why=_("Without the reason nobody can tell who could take this place when the person moves on."),
)
THIN_WHY = FindingKind(
    "R3-thin-why",
    TOOL,
    Severity.WEAK,
    _("The reason says little"),
    why=_("A reason is worth having when it names what this member can do that others cannot."),
)
NO_ROLE = FindingKind(
    "R3-no-role",
    TOOL,
    Severity.WEAK,
    _("No role"),
    why=_("Who is invited for the sake of completeness stops coming; a role is a reason to stay."),
)
GROUP = FindingKind(
    "R3-group",
    TOOL,
    Severity.NOTE,
    _("A group, nobody to call"),
    why=_("On the day it gets difficult you call a person. A group has no telephone, and no single opinion."),
)
SEVERAL = FindingKind(
    "R3-several-in-one",
    TOOL,
    Severity.WEAK,
    _("Several in one row"),
    why=_("Each of them stands in another relationship to you and gains something else."),
)
NO_REASON_OUT = FindingKind(
    "R3-left-out-no-reason",
    TOOL,
    Severity.MISSING,
    _("Left out without a reason"),
    why=_("To leave somebody out is a decision like any other: it has to stand up when somebody asks."),
)
OUT_AND_IN = FindingKind(
    "R3-left-out-and-in",
    TOOL,
    Severity.NOTE,
    _("Left out, and yet there"),
    why=_("The list and the reason contradict each other; one of them is out of date."),
)

KINDS = (NO_NAME, NOT_WEIGHED, NO_WHY, THIN_WHY, NO_ROLE, GROUP, SEVERAL, NO_REASON_OUT, OUT_AND_IN)

_WEIGHED = ("kind", "standing", "formal", "informal", "money", "importance")
_LABELS = {choice.value: choice.label for choice in MEMBER_KINDS}


def check_rows(priority: Priority) -> list[Finding]:
    """Judge each row of the coalition table by itself (Rule 3, tool 3.1)."""
    found: list[Finding] = []
    for member in COALITION.read(priority):
        if begun(member):
            found += _check_member(member, where_of(priority, member))
    return found + _check_left_out(priority)


def _check_member(member: Member, where: str) -> list[Finding]:
    name = member.called
    if not name:
        return [
            NO_NAME.at(
                f"{where}/name",
                _("This row names nobody."),
                _("Name the person, or the post and the office it is in."),
            )
        ]
    found = []
    if several(name):
        found.append(
            SEVERAL.at(
                f"{where}/name",
                _("“{name}” holds more than one member.").format(name=name),
                _("Give each a row of its own, and name whom you would call."),
            )
        )
    elif is_group(name) and not (member.name and member.organisation):
        found.append(
            GROUP.at(
                f"{where}/name",
                _("“{name}” is a group.").format(name=name),
                _("Name the one in it whom you would call first, and put the group under “Speaks for”."),
            )
        )
    open_ = [field_of(Member, key).label for key in _WEIGHED if getattr(member, key) is None]
    if open_:
        found.append(
            NOT_WEIGHED.at(
                where,
                _("Not said yet of {name}: {labels}.").format(name=quoted([name]), labels=", ".join(open_)),
                _("Answer what is open, as it is today."),
            )
        )
    why = (member.why or "").strip()
    if not why:
        found.append(
            NO_WHY.at(
                f"{where}/why",
                _("It is not said why {name} matters.").format(name=quoted([name])),
                _("Write what this member can do, allow or stop."),
            )
        )
    elif is_thin(why, name):
        found.append(
            THIN_WHY.at(
                f"{where}/why",
                _("The reason given is “{reason}”.").format(reason=why),
                _("Name the decision, the money, the people or the knowledge that this member has."),
            )
        )
    if not (member.role or "").strip():
        found.append(
            NO_ROLE.at(
                f"{where}/role",
                _("It is not said what {name} does for the priority.").format(name=quoted([name])),
                _("Write what you count on this member for."),
            )
        )
    return found


def _check_left_out(priority: Priority) -> list[Finding]:
    found = []
    kinds = {m.kind for m in members_of(priority)}
    for place, row in enumerate(LEFT_OUT.read(priority), start=1):
        where = f"priorities/{priority.id}/{LEFT_OUT.key}/{row.id or f'#{place}'}"
        what = _LABELS.get(row.kind or "", row.kind) or (row.who or "").strip()
        if what and not (row.why or "").strip():
            found.append(
                NO_REASON_OUT.at(
                    f"{where}/why",
                    _("It is not said why {name} is left out.").format(name=quoted([what])),
                    _("Write the reason, in a sentence."),
                )
            )
        if row.kind and row.kind in kinds:
            found.append(
                OUT_AND_IN.at(
                    f"{where}/kind",
                    _("{name} is said not to be needed, and there is a member of this kind.").format(
                        name=quoted([what])
                    ),
                    _("Take this row out, or look at the member's kind again."),
                )
            )
    return found

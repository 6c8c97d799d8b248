"""Rule 3: who the members of a coalition are, and what they bring together; what its three tools are built on."""

from __future__ import annotations

import attrs

from rdlib.plan.coalition import COALITION, LEFT_OUT, LeftOut, Member
from rdlib.plan.priority import Priority
from rdlib.words import _

TOOL = "3.1"

#: From this level on, influence is strong and a member important. Our thresholds, not the source's.
STRONG = 3
IMPORTANT = 3


def members_of(priority: Priority) -> tuple[Member, ...]:
    """Return the members, current and potential, that have a name."""
    return tuple(m for m in COALITION.read(priority) if m.called)


def begun(member: Member) -> bool:
    """Say whether anything was entered for a member."""
    return member != Member(id=member.id, illustrative=member.illustrative)


def where_of(priority: Priority, member: Member) -> str:
    """Return the path of a member in the plan."""
    rows = COALITION.read(priority)
    return f"priorities/{priority.id}/{COALITION.key}/{member.id or f'#{rows.index(member) + 1}'}"


def quoted(names: list[str]) -> str:
    """Return names in quotation marks, one after the other."""
    return ", ".join(_("“{name}”").format(name=name) for name in dict.fromkeys(names))


@attrs.frozen
class Power:
    """Something that a coalition needs to have among its members.

    Attributes:
        key: its stable key.
        label: what it is, in a few words.
        now: the members on board who bring it.
        hoped: the members still to be won who would bring it.
    """

    key: str
    label: str
    now: tuple[Member, ...]
    hoped: tuple[Member, ...]

    @property
    def there(self) -> bool:
        """Whether anybody brings it, on board or not."""
        return bool(self.now or self.hoped)


def powers(priority: Priority) -> tuple[Power, ...]:
    """Return what the coalition of a priority brings together: decision, money, formal and informal influence.

    Source: Rule 3, tool 3.1. That money and the right to decide have to be in it is our reading of the case of the
    three-person coalition that was the budget committee too; from which level on influence is strong is ours.

    >>> from rdlib.plan.coalition import Member
    >>> priority = Priority("p", parts={"coalition": (Member("m1", name="Premier", formal="4", standing="current"),)})
    >>> [power.key for power in powers(priority) if power.there]
    ['decides', 'formal']
    """
    members = members_of(priority)
    tests = (
        ("decides", _("The right to decide"), [m for m in members if m.formal_level == 4]),
        ("money", _("Money or staff"), [m for m in members if m.money]),
        ("formal", _("Strong formal influence"), [m for m in members if m.formal_level >= STRONG]),
        ("informal", _("Strong informal influence"), [m for m in members if m.informal_level >= STRONG]),
    )
    return tuple(
        Power(
            key,
            label,
            tuple(m for m in having if m.standing != "potential"),
            tuple(m for m in having if m.standing == "potential"),
        )
        for key, label, having in tests
    )


def left_out_kinds(priority: Priority) -> dict[str, LeftOut]:
    """Return the kinds of member that are declared not needed, each with its row."""
    return {row.kind: row for row in LEFT_OUT.read(priority) if row.kind}

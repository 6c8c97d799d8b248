"""Rule 3, tool 3.3: what the effort offers each member, and the message that says so."""

from __future__ import annotations

from rdlib.plan.coalition import Member
from rdlib.plan.priority import Priority
from rdlib.rules.coalition_wording import nearly_same, only_asks, speaks_of_ourselves
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r03_members import members_of, quoted, where_of
from rdlib.rules.r03_relationships import by_concern
from rdlib.rules.registry import Context
from rdlib.rules.wording import is_thin
from rdlib.words import _, plural

TOOL = "3.3"

#: A message of more words than this is not said between two meetings; our threshold.
MOST_WORDS = 40

#: A message that shares so much of its words with what is asked of the member is that request again; ours.
_AS_ASKED = 0.6

NO_GAIN = FindingKind(
    "R3-no-gain",
    TOOL,
    Severity.MISSING,
    _("Not said what it offers"),
    why=_("Help that is only asked for runs out. It lasts where the member gets nearer to something of their own."),
)
NO_MESSAGE = FindingKind(
    "R3-no-message",
    TOOL,
    Severity.MISSING,
    _("No message"),
    why=_("Without words of its own for this member, the effort gets explained differently each time, or not at all."),
)
THIN_MESSAGE = FindingKind(
    "R3-thin-message",
    TOOL,
    Severity.WEAK,
    _("The message says nothing yet"),
    why=_("A message is remembered for the one thing in it that the listener cares about."),
)
WANTS = FindingKind(
    "R3-message-wants",
    TOOL,
    Severity.WEAK,
    _("Says what you want, not what they gain"),
    why=_("A request is an item on somebody's list. An offer is a reason to find the time for it."),
)
OURSELVES = FindingKind(
    "R3-message-about-us",
    TOOL,
    Severity.WEAK,
    _("Speaks of yourselves"),
    why=_("Your target is your own concern until the listener sees their own in it."),
)
SAME_MESSAGE = FindingKind(
    "R3-same-message",
    TOOL,
    Severity.WEAK,
    _("The same message for several"),
    why=_("What wins the one who pays leaves the one who does the work cold: each has something else to gain."),
)
LONG_MESSAGE = FindingKind(
    "R3-long-message",
    TOOL,
    Severity.NOTE,
    _("Long for a message"),
    why=_("It has to fit between two agenda items, and to be passed on by others without losing its point."),
)
FITS = FindingKind(
    "R3-messages-fit",
    TOOL,
    Severity.GOOD,
    _("A message of its own for each"),
    why=_("Everybody hears what they gain, so that each has a reason to stay when it gets difficult."),
)

KINDS = (NO_GAIN, NO_MESSAGE, THIN_MESSAGE, WANTS, OURSELVES, SAME_MESSAGE, LONG_MESSAGE, FITS)


def _said(text: str | None) -> str:
    return (text or "").strip()


def has_message(member: Member) -> bool:
    """Say whether anything was entered about the message for a member."""
    return any(map(_said, (member.gains, member.message, member.said_by, member.said_when)))


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether a message, or what the effort offers, was entered for any member."""
    return any(map(has_message, members_of(priority)))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the messages to the members (Rule 3, tool 3.3)."""
    members = by_concern(members_of(priority))
    found: list[Finding] = []
    for member in members:
        found += _check_member(member, where_of(priority, member))
    found += _check_same(members, priority)
    if len(members) > 1 and not found:
        found.append(
            FITS.at(
                f"priorities/{priority.id}/coalition",
                _("{messages}, each of which says what the member gains.").format(
                    messages=plural("{n} message", "{n} messages", len(members))
                ),
            )
        )
    return found


def _check_member(member: Member, where: str) -> list[Finding]:
    found = []
    name = quoted([member.called])
    if not _said(member.gains):
        found.append(
            NO_GAIN.at(
                f"{where}/gains",
                _("It is not said what {name} gets out of it.").format(name=name),
                _("Write what keeps this member awake, and what the effort does about that."),
            )
        )
    message = _said(member.message)
    if not message:
        found.append(
            NO_MESSAGE.at(
                f"{where}/message",
                _("There is no message for {name}.").format(name=name),
                _("Write the sentence that you would want this member to repeat to somebody else."),
            )
        )
        return found
    if is_thin(message, member.called):
        found.append(
            THIN_MESSAGE.at(
                f"{where}/message",
                _("The message for {name} is “{message}”.").format(name=name, message=message),
                _("Say one thing that will be different for this member."),
            )
        )
    elif only_asks(message) or nearly_same(message, member.help_to_ask or "", _AS_ASKED):
        found.append(
            WANTS.at(
                f"{where}/message",
                _("The message for {name} is “{message}”: it asks, and offers nothing.").format(
                    name=name, message=message
                ),
                _("Begin with what gets easier, safer or better for them. What you ask for has its place in tool 3.2."),
            )
        )
    elif speaks_of_ourselves(message):
        found.append(
            OURSELVES.at(
                f"{where}/message",
                _("The message for {name} is “{message}”: the listener is not in it.").format(
                    name=name, message=message
                ),
                _("Say it again with “you” as its first word."),
            )
        )
    words = len(message.split())
    if words > MOST_WORDS:
        found.append(
            LONG_MESSAGE.at(
                f"{where}/message",
                _("The message for {name} has {n} words.").format(name=name, n=words),
                _("Keep the sentence that they would repeat, and leave out the rest."),
            )
        )
    return found


def _check_same(members: list[Member], priority: Priority) -> list[Finding]:
    found = []
    done: set[str] = set()
    told = [m for m in members if _said(m.message)]
    for member in told:
        same = [m for m in told if nearly_same(m.message or "", member.message or "")]
        if len(same) < 2 or member.id in done:
            continue
        done |= {m.id for m in same}
        everybody = len(same) == len(told) > 2
        names = _("All {n} members").format(n=len(same)) if everybody else quoted([m.called for m in same])
        found.append(
            SAME_MESSAGE.at(
                f"priorities/{priority.id}/coalition",
                _("{names} get the same message: “{message}”").format(names=names, message=_said(member.message)),
                _("Write to each what that member alone gains."),
            )
        )
    return found

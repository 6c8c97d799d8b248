"""Rule 3, tool 3.1: who is in the coalition, who is missing, and what influence it has."""

from __future__ import annotations

import attrs

from rdlib.plan.coalition import COALITION, LEFT_OUT, MEMBER_KINDS, LeftOut, Member
from rdlib.plan.fields import field_of
from rdlib.plan.priority import Priority
from rdlib.rules.coalition_wording import is_group, kinds_in, names_same, several
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.registry import Context
from rdlib.rules.wording import is_thin
from rdlib.words import _, plural

TOOL = "3.1"

#: From this level on, influence is strong and a member important. Our thresholds, not the source's.
STRONG = 3
IMPORTANT = 3

#: More members than this are an assembly: nobody keeps that many close relationships. Our threshold.
MOST_MEMBERS = 15

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
SUGGESTED = FindingKind(
    "R3-kind-suggested",
    TOOL,
    Severity.WEAK,
    _("The plan itself points to somebody missing"),
    why=_("Those whom your own outcomes name can make them come true, or stop them, whether they are asked or not."),
)
LEVER_OUTSIDE = FindingKind(
    "R3-lever-outside",
    TOOL,
    Severity.WEAK,
    _("Moved by others, and none of them is here"),
    why=_("Who moves a number through others has no grip on it until some of those others want the same."),
)
STAKEHOLDER_OUTSIDE = FindingKind(
    "R3-stakeholder-outside",
    TOOL,
    Severity.NOTE,
    _("Key stakeholders without a place"),
    why=_("Who was called key at the start and is nowhere now was either forgotten or left out for a reason."),
)
KINDS_OPEN = FindingKind(
    "R3-kinds-open",
    TOOL,
    Severity.NOTE,
    _("Kinds of member not thought about"),
    why=_("Going through the kinds one by one brings up the names that nobody in the room would think of."),
)
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
COVERS = FindingKind(
    "R3-coalition-covers",
    TOOL,
    Severity.GOOD,
    _("A coalition that can carry it"),
    why=_("It can decide, it can pay, people follow it, and it says who is not in it and why."),
)

KINDS = (
    NO_NAME, NOT_WEIGHED, NO_WHY, THIN_WHY, NO_ROLE, GROUP, SEVERAL, TWICE, ALONE, ONLY_POTENTIAL, TOO_LARGE, SUGGESTED,
    LEVER_OUTSIDE, STAKEHOLDER_OUTSIDE, KINDS_OPEN, ONLY_FORMAL, ONLY_INFORMAL, NO_AUTHORITY, NO_MONEY, RESTS_ON_HOPE,
    NO_REASON_OUT, OUT_AND_IN, COVERS,
)  # fmt: skip

#: The two kinds that do the work; a word such as "hospitals" may mean either.
_IMPLEMENTERS = ("implementer-inside", "implementer-outside")
_OUTSIDE = {"implementer-outside", "provincial", "indigenous"}
_LABELS = {choice.value: choice.label for choice in MEMBER_KINDS}


# --- what the coalition has ---------------------------------------------------------------------------------------


def members_of(priority: Priority) -> tuple[Member, ...]:
    """Return the members, current and potential, that have a name."""
    return tuple(m for m in COALITION.read(priority) if m.called)


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


def open_kinds(priority: Priority) -> list[str]:
    """Return the kinds of member that are neither there nor declared not needed.

    Where somebody does the work, inside or outside the department, the other of the two is not asked for.
    """
    present = {m.kind for m in members_of(priority)}
    there = present | left_out_kinds(priority).keys()
    if present & set(_IMPLEMENTERS):
        there |= set(_IMPLEMENTERS)
    return [choice.value for choice in MEMBER_KINDS if choice.value not in there]


def stakeholders_outside(priority: Priority) -> list[str]:
    """Return the key stakeholders that no member stands or speaks for, and that are not left out on purpose."""
    known = [text for m in members_of(priority) for text in (m.name, m.organisation, *m.speaks_for) if text]
    known += [row.who for row in LEFT_OUT.read(priority) if row.who]
    return [s for s in priority.stakeholders if s.strip() and not any(names_same(s, text) for text in known)]


# --- checks -------------------------------------------------------------------------------------------------------


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether a member was entered, or something left out."""
    return any(map(begun, COALITION.read(priority))) or any(r != LeftOut(id=r.id) for r in LEFT_OUT.read(priority))


def begun(member: Member) -> bool:
    """Say whether anything was entered for a member."""
    return member != Member(id=member.id, illustrative=member.illustrative)


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge who is in the coalition of a priority (Rule 3, tool 3.1)."""
    found: list[Finding] = []
    for member in COALITION.read(priority):
        if begun(member):
            found += _check_member(member, where_of(priority, member))
    found += _check_left_out(priority)
    members = members_of(priority)
    if members:
        found += _check_size(members, priority)
        found += _check_coverage(priority, context)
        found += _check_influence(priority)
        if len(members) > 1 and not found:
            found += _praise(priority)
    return found


_WEIGHED = ("kind", "standing", "formal", "informal", "money", "importance")


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


def _pointed_to(priority: Priority, context: Context, strangers: list[str]) -> dict[str, str]:
    """Return the kinds that the plan's own words point to, each with the words and where they stand."""
    texts = [(s, _("a key stakeholder")) for s in strangers]
    texts += [(o.statement, _("an outcome")) for o in priority.outcomes if o.statement]
    texts += [(i.name, _("an indicator")) for i in priority.indicators if i.name]
    own = kinds_in(context.plan.organisation or "")
    found: dict[str, str] = {}
    for text, what in texts:
        for kind, words in kinds_in(text).items():
            if kind not in own or kind == "indigenous":
                found.setdefault(kind, _("“{words}” in {what}").format(words=words, what=what))
    return found


def _lacking(kind: str, open_: list[str]) -> bool:
    return all(k in open_ for k in _IMPLEMENTERS) if kind == "implementer" else kind in open_


def _check_coverage(priority: Priority, context: Context) -> list[Finding]:
    here = f"priorities/{priority.id}/{COALITION.key}"
    found = []
    # a member whose kind is not chosen yet may be of any kind
    open_ = open_kinds(priority) if all(m.kind for m in members_of(priority)) else []
    strangers = stakeholders_outside(priority)
    pointed = {k: said for k, said in _pointed_to(priority, context, strangers).items() if _lacking(k, open_)}
    for kind, said in pointed.items():
        label = _LABELS[_IMPLEMENTERS[1] if kind == "implementer" else kind]
        found.append(
            SUGGESTED.at(
                here,
                _("The plan says {said}, and there is no member of the kind {kind}.").format(
                    said=said, kind=quoted([label])
                ),
                _("Name one, now or to be won; or say below why this kind is not needed."),
            )
        )
    if not pointed and _moved_by_others(priority) and not {m.kind for m in members_of(priority)} & {None, *_OUTSIDE}:
        found.append(
            LEVER_OUTSIDE.at(
                here,
                _(
                    "The plan says that {indicator} is moved through others, and every member is one of your own."
                ).format(indicator=quoted([_moved_by_others(priority)])),
                _("Name those through whom it is moved, and the one among them who would be first to join."),
            )
        )
    unnamed = [s for s in strangers if not any(_lacking(k, open_) for k in kinds_in(s))]
    if unnamed:
        found.append(
            STAKEHOLDER_OUTSIDE.at(
                here,
                _("Nobody here stands or speaks for {names}.").format(names=quoted(unnamed)),
                _("Put them under “Speaks for” of the member who does; or leave them out below, with the reason."),
            )
        )
    rest = [k for k in open_ if k not in pointed and not (k in _IMPLEMENTERS and "implementer" in pointed)]
    if rest:
        found.append(
            KINDS_OPEN.at(
                here,
                _("Nobody here, and nothing said about: {kinds}.").format(kinds=", ".join(_LABELS[k] for k in rest)),
                _("Go through them. Name somebody, or say below why the kind is not needed."),
            )
        )
    return found


def _moved_by_others(priority: Priority) -> str:
    """Return the name of an indicator that is moved through others; empty when there is none."""
    moved = (i for i in priority.indicators if i.three_m.lever == "indirect" and i.three_m.moveable is not False)
    return next(((i.name or i.id) for i in moved), "")


def _check_influence(priority: Priority) -> list[Finding]:
    """Judge what the members can move together; silent on what is not rated for all of them yet."""
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

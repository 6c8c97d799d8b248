"""Rule 3, tool 3.1: whom a coalition lacks: kinds of member, key stakeholders, those through whom a number is moved."""

from __future__ import annotations

from rdlib.plan.coalition import COALITION, LEFT_OUT, MEMBER_KINDS
from rdlib.plan.priority import Priority
from rdlib.rules.coalition_wording import kinds_in, names_same
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r03_members import TOOL, left_out_kinds, members_of, quoted
from rdlib.rules.registry import Context
from rdlib.words import _

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

KINDS = (SUGGESTED, LEVER_OUTSIDE, STAKEHOLDER_OUTSIDE, KINDS_OPEN)

#: The two kinds that do the work; a word such as "hospitals" may mean either.
_IMPLEMENTERS = ("implementer-inside", "implementer-outside")
_OUTSIDE = {"implementer-outside", "provincial", "indigenous"}
_LABELS = {choice.value: choice.label for choice in MEMBER_KINDS}


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


def check_coverage(priority: Priority, context: Context) -> list[Finding]:
    """Say which kinds of member and which key stakeholders have no place in a coalition (Rule 3, tool 3.1)."""
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


def _moved_by_others(priority: Priority) -> str:
    """Return the name of an indicator that is moved through others; empty when there is none."""
    moved = (i for i in priority.indicators if i.three_m.lever == "indirect" and i.three_m.moveable is not False)
    return next(((i.name or i.id) for i in moved), "")

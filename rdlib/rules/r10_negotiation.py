"""Rule 10, tool 10.3: a sheet for a hard talk, by eight tenets after Fisher and Ury, in our words.

The checks are few on purpose: a sheet is thinking on paper, and words prove little. They ask for what people leave out
(why somebody wants what they want, a second option, what happens without an agreement), and for words that end a talk.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdlib.plan.fields import field_of
from rdlib.plan.priority import Priority
from rdlib.plan.stakeholders import NEGOTIATIONS, TENETS, Negotiation, Stakeholder
from rdlib.rules.boards import value_of
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r03_members import quoted
from rdlib.rules.r10_candidates import stakeholders
from rdlib.rules.r10_map import SCEPTICS, zone_of
from rdlib.rules.r10_wording import blame_in, only_positions, ours_alone, threat_in
from rdlib.rules.registry import Context
from rdlib.rules.wording import is_thin
from rdlib.words import _

TOOL = "10.3"

NOBODY = FindingKind(
    "R10-sheet-nobody", TOOL, Severity.MISSING, _("A talk with nobody"),
    why=_("Interests are those of somebody: without a person on the other side the sheet describes only yours."),
)  # fmt: skip
OPEN = FindingKind(
    "R10-sheet-open", TOOL, Severity.MISSING, _("Tenets still open"),
    why=_("The question that was skipped is usually the one that decides the talk."),
)  # fmt: skip
POSITION = FindingKind(
    "R10-position", TOOL, Severity.WEAK, _("Positions, not interests"),
    why=_("Between two positions there is only the middle. Behind them there may be something that both want."),
)  # fmt: skip
ONE_OPTION = FindingKind(
    "R10-one-option", TOOL, Severity.WEAK, _("Only one option"),
    why=_("One option can only be taken or refused, and a refusal is then about you."),
)  # fmt: skip
CRITERIA_OURS = FindingKind(
    "R10-criteria-ours", TOOL, Severity.WEAK, _("Measures that only you own"),
    why=_("Whoever is judged by the other side's ruler argues about the ruler."),
)  # fmt: skip
BLAME = FindingKind(
    "R10-blame", TOOL, Severity.WEAK, _("A word that ends the talk"),
    why=_("What stands on the sheet is heard in the room, and you want to sit down with them again tomorrow."),
)  # fmt: skip
THREAT = FindingKind(
    "R10-threat", TOOL, Severity.WEAK, _("A threat"),
    why=_("A threat makes a no a matter of honour. What would happen by itself can be looked at by both."),
)  # fmt: skip
NO_ALTERNATIVE = FindingKind(
    "R10-no-alternative", TOOL, Severity.MISSING, _("What you do without an agreement is open"),
    why=_("Whoever has no other way accepts too much, or finds out at the table that a no was the better answer."),
)  # fmt: skip
THEIRS_OPEN = FindingKind(
    "R10-their-alternative", TOOL, Severity.NOTE, _("What they do without an agreement is open"),
    why=_("They will agree to what is better for them than that, and to nothing else."),
)  # fmt: skip
NO_TALK = FindingKind(
    "R10-talk-open", TOOL, Severity.NOTE, _("No day, or nobody to talk"),
    why=_("A sheet without a talk is an essay."),
)  # fmt: skip
HARD_CASES = FindingKind(
    "R10-hard-cases", TOOL, Severity.NOTE, _("Hard cases without a sheet"),
    why=_("Those with power and doubts are few, and each of the talks with them can decide the matter."),
)  # fmt: skip
READY = FindingKind(
    "R10-sheet-ready", TOOL, Severity.GOOD, _("Ready to talk"),
    why=_("All eight tenets are thought through, and both know what a no would mean."),
)  # fmt: skip

KINDS = (
    NOBODY, OPEN, POSITION, ONE_OPTION, CRITERIA_OURS, BLAME, THREAT, NO_ALTERNATIVE, THEIRS_OPEN, NO_TALK, HARD_CASES,
    READY,
)  # fmt: skip

#: Where words about the other side stand.
_ABOUT_THEM = ("matter", "people", "interests", "reaction", "their_side", "their_alternative")
_WITHOUT = ("hard_no", "no_agreement")


def sheets(priority: Priority) -> tuple[Negotiation, ...]:
    """Return the sheets in which anything was entered."""
    return tuple(n for n in NEGOTIATIONS.read(priority) if n != Negotiation(n.id, illustrative=n.illustrative))


def other_side(sheet: Negotiation, priority: Priority) -> Stakeholder | None:
    """Return the stakeholder that a sheet is about; None where nobody is named, or they are gone."""
    return next((s for s in stakeholders(priority) if s.id and s.id == sheet.stakeholder), None)


def text_of(sheet: Negotiation, name: str) -> str:
    """Return what is written in a field of a sheet, as one text."""
    value = getattr(sheet, name)
    return "\n".join(v.strip() for v in value if v.strip()) if isinstance(value, tuple) else (value or "").strip()


def hard_cases(priority: Priority) -> list[Stakeholder]:
    """Return the sceptics with power that have no sheet yet, the most powerful first."""
    with_sheet = {sheet.stakeholder for sheet in sheets(priority)}
    found = [s for s in stakeholders(priority) if s.id and zone_of(s) == SCEPTICS and s.id not in with_sheet]
    return sorted(found, key=lambda s: -(value_of(s.power) or 0.0))


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether any sheet was begun."""
    return bool(sheets(priority))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the negotiation sheets of a priority (Rule 10, tool 10.3)."""
    where = f"priorities/{priority.id}/{NEGOTIATIONS.key}"
    found: list[Finding] = []
    for place, sheet in enumerate(NEGOTIATIONS.read(priority), start=1):
        if sheet in sheets(priority):
            at = f"{where}/{sheet.id or f'#{place}'}"
            said = list(_one(sheet, priority, at))
            found += said
            if not any(f.severity in {Severity.MISSING, Severity.WEAK} for f in said):
                found.append(READY.at(at, _("The sheet for the talk with {name}.").format(name=_with(sheet, priority))))
    if cases := hard_cases(priority):
        found.append(
            HARD_CASES.at(
                where,
                _("Sceptics with power who have no sheet: {names}.").format(names=quoted([s.called for s in cases])),
                _("Take the one whom you would least like to call."),
            )
        )
    return found


def _with(sheet: Negotiation, priority: Priority) -> str:
    there = other_side(sheet, priority)
    return quoted([there.called]) if there else _("(nobody named)")


def _one(sheet: Negotiation, priority: Priority, at: str) -> Iterator[Finding]:
    name = _with(sheet, priority)
    if other_side(sheet, priority) is None:
        yield NOBODY.at(
            f"{at}/stakeholder",
            _("It is not said who sits on the other side, or they are no longer on the map."),
            _("Choose somebody from the map; put them there first where you have to."),
        )
    lacking = [tenet for tenet in TENETS if not text_of(sheet, tenet) or _is_thin(sheet, tenet)]
    if lacking:
        labels = [field_of(Negotiation, tenet).label for tenet in lacking]
        yield OPEN.at(
            f"{at}/{lacking[0]}",
            _("On the sheet for {name}, these say nothing yet: {labels}.").format(name=name, labels="; ".join(labels)),
            _("Write a line for each, from memory; then ask somebody who knows them to correct it."),
        )
    yield from _words(sheet, name, at)
    options = [option for option in sheet.options if option.strip()]
    if len(options) == 1 and "options" not in lacking:
        yield ONE_OPTION.at(
            f"{at}/options",
            _("The only option is “{option}”.").format(option=options[0].strip()),
            _("Add two that you would not have thought of alone: smaller, slower, somewhere else, in their name."),
        )
    if not (sheet.no_agreement or "").strip():
        yield NO_ALTERNATIVE.at(
            f"{at}/no_agreement",
            _("It is not said what you do when the talk with {name} ends without an agreement.").format(name=name),
            _("Write what you could do on your own, and how much of the outcome it would reach."),
        )
    if not (sheet.their_alternative or "").strip():
        yield THEIRS_OPEN.at(
            f"{at}/their_alternative",
            _("It is not said what {name} does without an agreement.").format(name=name),
            _("Put yourself in their chair: whom would you call next?"),
        )
    if (sheet.day is None or not (sheet.leads or "").strip()) and not (sheet.came_of_it or "").strip():
        yield NO_TALK.at(
            f"{at}/{'day' if sheet.day is None else 'leads'}",
            _("For the talk with {name} there is no day, or nobody who leads it.").format(name=name),
            _("Set the day, and name the one who can agree to something."),
        )


def _is_thin(sheet: Negotiation, tenet: str) -> bool:
    return is_thin(text_of(sheet, tenet), field_of(Negotiation, tenet).label)


def _words(sheet: Negotiation, name: str, at: str) -> Iterator[Finding]:
    if only_positions(text_of(sheet, "interests")):
        yield POSITION.at(
            f"{at}/interests",
            _("What stands for {name} is what each side wants or refuses, and not why.").format(name=name),
            _("Ask of each sentence: what would they lose if they gave way? Write that."),
        )
    if ours_alone(text_of(sheet, "criteria")):
        yield CRITERIA_OURS.at(
            f"{at}/criteria",
            _("The measures are your own: “{text}”.").format(text=text_of(sheet, "criteria")),
            _("Look for one that both would have accepted a year ago: a standard, a count by others, another place."),
        )
    for field in _ABOUT_THEM:
        if word := blame_in(text_of(sheet, field)):
            yield BLAME.at(
                f"{at}/{field}",
                _("It says “{word}”.").format(word=word),
                _("Write what they did, and what you know of why, in words that you could read out to them."),
            )
    for field in _WITHOUT:
        if word := threat_in(text_of(sheet, field)):
            yield THREAT.at(
                f"{at}/{field}",
                _("It says “{word}”.").format(word=word),
                _("Write what would happen in any case, and what you would have to do for the sake of the outcome."),
            )

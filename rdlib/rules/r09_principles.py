"""Rule 9, tool 9.2: five principles of persisting, checked by oneself, each with what is done next.

With it go two warnings that need no rating: a strategy that was added because something had to be done
(:mod:`rdlib.rules.r09_added`), and success that is claimed before the figures show it
(:mod:`rdlib.rules.r09_celebrated`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from rdlib.plan.persist import PRINCIPLES, SELF_CHECKS, SelfCheck
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.strategy import STRATEGIES
from rdlib.rules.commitments import Commitment
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.rules.r04_candidates import name_of, said
from rdlib.rules.r09_added import Added, added, fallacy_in_words
from rdlib.rules.r09_celebrated import too_early
from rdlib.rules.ratings import Item, Kinds, Person, check_answers, items_of, names_in_words, people, table_of, word_of
from rdlib.rules.registry import Context
from rdlib.words import _, format_date

TOOL = "9.2"

#: A principle rated up to this one needs something that is done next; so does the weakest of all. Ours.
WEAK = 2

NO_DAY = FindingKind(
    "R9-principles-no-day", TOOL, Severity.MISSING, _("Not dated"),
    why=_("Without the day, nobody can tell later whether you hold course better or worse than before."),
)  # fmt: skip
NOBODY = FindingKind(
    "R9-principles-nobody", TOOL, Severity.WEAK, _("Nobody named"),
    why=_("A second answer of the same person shows movement; one of somebody else shows two views."),
)  # fmt: skip
OPEN = FindingKind(
    "R9-principles-open", TOOL, Severity.NOTE, _("Not all five rated"),
    why=_("What is left out is often what is hardest to say."),
)  # fmt: skip
NO_EVIDENCE = FindingKind(
    "R9-principles-no-evidence", TOOL, Severity.MISSING, _("Nothing that shows it"),
    why=_("Everybody thinks of themselves as persistent; a meeting that was held, or was not, can be looked up."),
)  # fmt: skip
ALL_ALIKE = FindingKind(
    "R9-principles-all-alike", TOOL, Severity.WEAK, _("All ratings alike"),
    why=_("Nobody is equally good at five things; where all ratings are the same, none of them says anything."),
)  # fmt: skip
APART = FindingKind(
    "R9-principles-apart", TOOL, Severity.NOTE, _("Seen differently"),
    why=_("Where people see different things, each of them knows something that the others do not."),
)  # fmt: skip
NO_ACTION = FindingKind(
    "R9-principle-no-action", TOOL, Severity.MISSING, _("Weak, and nothing done about it"),
    why=_("The next distraction comes without notice; what holds against it has to be there before."),
)  # fmt: skip
ACTION_OPEN = FindingKind(
    "R9-principle-action-open", TOOL, Severity.MISSING, _("Nobody does it, or by no day"),
    why=_("An action without a name and a day is a good intention."),
)  # fmt: skip
ACTION_LATE = FindingKind(
    "R9-principle-action-late", TOOL, Severity.WEAK, _("The action is late"),
    why=_("To persist with everything but one's own promises convinces nobody."),
)  # fmt: skip
FALLACY = FindingKind(
    "R9-something-must-be-done", TOOL, Severity.WEAK, _("Added because something had to be done?"),
    why=_(
        "When figures are bad, to add something feels like an answer. It takes people and money from what was begun, "
        "and the figure may well have come back by itself."
    ),
)  # fmt: skip
ADDED_WHY = FindingKind(
    "R9-added-no-reason", TOOL, Severity.NOTE, _("Not said why it was added"),
    why=_("Who reads the plan in a year will want to know what was learned, or who had pressed for it."),
)  # fmt: skip
TOO_EARLY = FindingKind(
    "R9-celebrated-too-early", TOOL, Severity.WEAK, _("Celebrated before the figures show it"),
    why=_("Those who still have the hard part before them hear that it is over, and so do those who pay for it."),
)  # fmt: skip
GOOD = FindingKind(
    "R9-principles-kept", TOOL, Severity.GOOD, _("Checked, shown, and with what is done next"),
    why=_("You know where your persistence is thin, and somebody does something about it by a day."),
)  # fmt: skip

KINDS = (
    NO_DAY, NOBODY, OPEN, NO_EVIDENCE, ALL_ALIKE, APART, NO_ACTION, ACTION_OPEN, ACTION_LATE, FALLACY, ADDED_WHY,
    TOO_EARLY, GOOD,
)  # fmt: skip

_COMMON = Kinds(NO_DAY, NOBODY, OPEN, NO_EVIDENCE, ALL_ALIKE, APART)

#: What to try where a principle is weak.
ADVICE = {
    "distraction": _("Put the fixed time into the diary of somebody who can defend it; name who deals with the rest."),
    "monotony": _("Find one thing that moved in the work under way, and tell it where you would announce something."),
    "resistance": _("Say the purpose first in the next talk, and ask those against it for a better way to reach it."),
    "status_quo": _("Show the best places to those who are content, and ask what it would take to be there by a day."),
    "celebrate": _("Name who moved what, with the figure, and say in the same breath what is still to come."),
}  # fmt: skip


@attrs.frozen
class Action:
    """What somebody is to do so that a principle is kept.

    Attributes:
        principle: the name of its field.
        what: what will be done; empty where nothing is written.
        owner: who does it, as written.
        due: the day by which it is done.
        done: the day on which it was.
    """

    principle: str
    what: str
    owner: str
    due: date | None
    done: date | None


def actions(answers: SelfCheck) -> tuple[Action, ...]:
    """Return what is to be done by a self-check, one for each principle, in their order.

    >>> [a.what for a in actions(SelfCheck("k1", monotony_action="Tell of Leeds"))]
    ['', 'Tell of Leeds', '', '', '']
    """
    return tuple(
        Action(
            name,
            said(getattr(answers, f"{name}_action")),
            said(getattr(answers, f"{name}_owner")),
            getattr(answers, f"{name}_due"),
            getattr(answers, f"{name}_done"),
        )
        for name in PRINCIPLES
    )


def checkers(priority: Priority, context: Context) -> tuple[Person, ...]:
    """Return everybody who checked the principles by the day of the context, with their latest answers."""
    return people(SELF_CHECKS, context.plan, context.as_of, priority)


def attempted(priority: Priority, context: Context) -> bool:
    """Say whether anybody checked a principle, or a strategy was added later."""
    rated = any(item.rating(row) for row in SELF_CHECKS.read(priority) for item in items_of(SelfCheck))
    return rated or any(s.added_on is not None for s in STRATEGIES.read(priority))


def check(priority: Priority, context: Context) -> list[Finding]:
    """Judge the self-checks, and warn of what was added or celebrated too early (Rule 9, tool 9.2)."""
    found = list(check_answers(SELF_CHECKS, context.plan, context.as_of, _COMMON, priority))
    everybody = checkers(priority, context)
    for person in everybody:
        found += _alike(person)
        found += _actions(person, context)
    for each in added(priority, context):
        found += _added(each, priority)
    for claim in too_early(priority, context):
        found.append(
            TOO_EARLY.at(
                claim.where,
                _("It is said: “{claim}” {against}").format(claim=claim.claim, against=claim.against),
                _("Wait for the next values before you call it a success; thank those who moved it all the same.")
                if claim.blip
                else _("Say who moved what, and what is still missing to the target."),
            )
        )
    if everybody and not any(f.severity in {Severity.MISSING, Severity.WEAK} for f in found):
        last = max((p.now.day for p in everybody if p.now.day is not None), default=None)
        told = _("Checked on {day}.").format(day=format_date(last)) if last else _("Checked.")
        found.append(GOOD.at(table_of(SELF_CHECKS, priority), told))
    return found


def _alike(person: Person) -> Iterator[Finding]:
    """Five ratings that are all the same: fewer than other tools ask for, since there are no more."""
    values = [item.rating(person.now) for item in items_of(SelfCheck)]
    if None not in values and len(set(values)) == 1:
        yield ALL_ALIKE.at(
            person.where,
            _("All five ratings of {name} are {value}.").format(name=person.name, value=values[0]),
            _("Find the one that is best and the one that is weakest, and begin again from these two."),
        )


def _label(item: Item, rating: int) -> str:
    return _("“{label}”: {word}.").format(label=item.label, word=word_of(item, rating))


def _actions(person: Person, context: Context) -> Iterator[Finding]:
    items = {item.path: item for item in items_of(SelfCheck)}
    rated = {path: rating for path, item in items.items() if (rating := item.rating(person.now)) is not None}
    lowest = min(rated.values(), default=4)
    for action in actions(person.now):
        rating, where = rated.get(action.principle), f"{person.where}/{action.principle}"
        weak = rating is not None and rating < 4 and (rating <= WEAK or rating == lowest)
        if not action.what:
            if weak and rating is not None:
                yield NO_ACTION.at(f"{where}_action", _label(items[action.principle], rating), ADVICE[action.principle])
        elif not action.owner or action.due is None:
            yield ACTION_OPEN.at(
                f"{where}_owner" if not action.owner else f"{where}_due",
                _("“{what}” has no owner, or no day.").format(what=action.what),
                _("Name one person who said yes, and the day."),
            )
        elif action.done is None and action.due < context.as_of:
            yield ACTION_LATE.at(
                f"{where}_due",
                _("“{what}” was to be done by {day}.").format(what=action.what, day=format_date(action.due)),
                _("Do it, write the day on which it was done, or say what comes in its place."),
            )


def _added(each: Added, priority: Priority) -> Iterator[Finding]:
    where = f"priorities/{priority.id}/{STRATEGIES.key}/{each.strategy.id}"
    day = format_date(each.day)
    if each.is_fallacy:
        told = _("{fallacy} It was added on {day}. {trouble} Of it, {lacks}.")
        yield FALLACY.at(
            f"{where}/added_on",
            told.format(
                fallacy=fallacy_in_words(each),
                day=day,
                trouble=" ".join(each.trouble),
                lacks=names_in_words(each.lacks),
            ),
            _(
                "Ask whether the bad figure is a blip or a trend (9.4), and what keeps those under way from working. "
                "Add it only when somebody has shown that it moves the figure; else leave it out, and say so aloud."
            ),
        )
    elif not said(each.strategy.added_because):
        yield ADDED_WHY.at(
            f"{where}/added_because",
            _("“{name}” was added on {day}, and the reason is not written down.").format(
                name=name_of(each.strategy), day=day
            ),
            _("Write what you learned that you had not known when the plan was made."),
        )


def _commitments(plan: Plan, as_of: date) -> Iterator[Commitment]:
    labels = {item.path: item.label for item in items_of(SelfCheck)}
    for priority in plan.priorities:
        for row in SELF_CHECKS.read(priority):
            for action in actions(row):
                if action.what:
                    key = f"{table_of(SELF_CHECKS, priority)}/{row.id}/{action.principle}"
                    yield Commitment(
                        key=key,
                        tool=TOOL,
                        priority=priority.id,
                        what=_("{principle}: {what}").format(principle=labels[action.principle], what=action.what),
                        owner=(plan.person(action.owner) or "").strip(),
                        due=action.due,
                        done=action.done is not None,
                        where=f"{key}_action",
                    )


COMMITMENTS = (_commitments,)

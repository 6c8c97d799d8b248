"""Answers that people give about themselves, and give again later (Rule 0, tools 0.2 and 0.3).

Of each person the latest answer counts, and the one before it shows movement. Ratings of several people are never
averaged: what is said of a group is its middle answer, and how far its members are apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import attrs

from rdlib.plan.fields import Field, Kind, fields_of
from rdlib.plan.parts import Part
from rdlib.plan.plan import Plan
from rdlib.rules.findings import Finding, FindingKind
from rdlib.rules.wording import is_thin
from rdlib.words import _, format_number, plural

#: People whose ratings lie this far apart do not see the same thing. Our threshold.
APART = 2
#: As many ratings that are all the same say nothing about any of them. Our threshold.
ALIKE = 6


@attrs.frozen
class Item:
    """One thing that is rated from 1 to 4, with its evidence.

    Attributes:
        path: where it stands in an answer, such as ``strengthen/focus``.
        field: the declaration of the rating.
    """

    path: str
    field: Field

    @property
    def label(self) -> str:
        """What is rated."""
        return self.field.label

    def rating(self, answer: Any) -> int | None:
        """Return the rating in an answer, or None."""
        value = _at(answer, self.path)
        return value if value in {1, 2, 3, 4} else None

    def evidence(self, answer: Any) -> str:
        """Return what is said to show it."""
        return (_at(answer, f"{self.path}_why") or "").strip()


def _at(record: Any, path: str) -> Any:
    for name in path.split("/"):
        record = getattr(record, name)
    return record


def items_of(record: type) -> tuple[Item, ...]:
    """Return what an answer rates, in order.

    >>> from rdlib.plan.orientation import CultureAnswer
    >>> [item.path for item in items_of(CultureAnswer)][:2]
    ['strengthen/focus', 'strengthen/solve']
    """
    items = []
    for field in fields_of(record):
        if field.kind is Kind.RATING:
            items.append(Item(field.name, field))
        elif field.kind is Kind.RECORD and field.record is not None:
            items += [attrs.evolve(item, path=f"{field.name}/{item.path}") for item in items_of(field.record)]
    return tuple(items)


@attrs.frozen
class Person:
    """What one person answers.

    Attributes:
        name: how the person is called.
        now: the latest answer.
        where: its path in the plan.
        before: the answer before it, or None.
    """

    name: str
    now: Any
    where: str
    before: Any = None


def people(part: Part[Any], plan: Plan, as_of: date) -> tuple[Person, ...]:
    """Return everybody who answered by a day, with their latest answers, in the order of the plan.

    An answer without a name is somebody's of its own; one without a day counts as the earliest.

    Args:
        part: the answers: ``CULTURE`` or ``CHECKLIST``.
        plan: the plan.
        as_of: the day; what was answered later is left out.
    """
    answers: dict[str, list[tuple[Any, str]]] = {}
    names: dict[str, str] = {}
    for place, row in enumerate(part.read(plan), start=1):
        if row.day is not None and row.day > as_of:
            continue
        if not any(item.rating(row) for item in items_of(part.record)):
            continue
        name = (plan.person(row.person) or "").strip() or _("Somebody ({n})").format(n=place)
        key = name.casefold()
        names.setdefault(key, name)
        answers.setdefault(key, []).append((row, f"plan/{part.key}/{row.id or f'#{place}'}"))
    found = []
    for key, given in answers.items():
        ordered = sorted(given, key=lambda pair: pair[0].day or date.min)
        now, where = ordered[-1]
        found.append(Person(names[key], now, where, ordered[-2][0] if len(ordered) > 1 else None))
    return tuple(found)


def middle(ratings: Sequence[int]) -> int | None:
    """Return the middle rating; of two in the middle, the lower one.

    >>> middle([4, 1, 2, 4])
    2
    """
    return sorted(ratings)[(len(ratings) - 1) // 2] if ratings else None


@attrs.frozen
class Spread:
    """How people rate one thing.

    Attributes:
        item: the thing.
        ratings: name and latest rating of everybody who rated it.
        before: the middle rating, at their answer before, of those who rated it twice; None where nobody did.
        after: the middle of what the same people say now.
    """

    item: Item
    ratings: tuple[tuple[str, int], ...]
    before: int | None = None
    after: int | None = None

    @property
    def values(self) -> list[int]:
        """The ratings alone."""
        return [rating for _name, rating in self.ratings]

    @property
    def middle(self) -> int | None:
        """The middle rating; None where nobody rated it."""
        return middle(self.values)

    @property
    def apart(self) -> int:
        """How far the lowest and the highest rating lie apart."""
        return max(self.values) - min(self.values) if self.ratings else 0


def spreads(part: Part[Any], plan: Plan, as_of: date) -> tuple[Spread, ...]:
    """Return how people rate each thing, as far as it was known on a day."""
    everybody = people(part, plan, as_of)
    found = []
    for item in items_of(part.record):
        ratings = tuple((p.name, r) for p in everybody if (r := item.rating(p.now)) is not None)
        twice = [
            (before, now)
            for p in everybody
            if p.before is not None
            and (before := item.rating(p.before)) is not None
            and (now := item.rating(p.now)) is not None
        ]
        found.append(Spread(item, ratings, middle([b for b, _n in twice]), middle([n for _b, n in twice])))
    return tuple(found)


@attrs.frozen
class Kinds:
    """The kinds of finding that both tools have, each under its own code."""

    no_day: FindingKind
    nobody: FindingKind
    open: FindingKind
    no_evidence: FindingKind
    all_alike: FindingKind
    apart: FindingKind


def check_answers(part: Part[Any], plan: Plan, as_of: date, kinds: Kinds) -> Iterator[Finding]:
    """Judge how answers were given: by whom and when, how completely, and on what evidence."""
    for place, row in enumerate(part.read(plan), start=1):
        where = f"plan/{part.key}/{row.id or f'#{place}'}"
        if not any(item.rating(row) for item in items_of(part.record)):
            continue
        if row.day is None:
            yield kinds.no_day.at(
                f"{where}/day",
                _("It is not said when these answers were given."),
                _("Write the day, so that a later answer can be held against it."),
            )
        if not (row.person or "").strip():
            yield kinds.nobody.at(
                f"{where}/person",
                _("It is not said who answers."),
                _("Write a name or a post; a letter will do where answers are anonymous."),
            )
    for person in people(part, plan, as_of):
        yield from _one_person(person, part, kinds)
    for spread in spreads(part, plan, as_of):
        if spread.apart >= APART:
            yield _apart(spread, part, kinds.apart)


def _one_person(person: Person, part: Part[Any], kinds: Kinds) -> Iterator[Finding]:
    items = items_of(part.record)
    rated = [item for item in items if item.rating(person.now) is not None]
    if len(rated) < len(items):
        yield kinds.open.at(
            person.where,
            _("{name} has rated {n} of {all}.").format(
                name=person.name, n=format_number(len(rated)), all=format_number(len(items))
            ),
            _("Rate the others too, or leave them out knowingly and say why where you talk about it."),
        )
    values = {item.rating(person.now) for item in rated}
    if len(rated) >= ALIKE and len(values) == 1:
        yield kinds.all_alike.at(
            person.where,
            _("All {n} ratings of {name} are {value}.").format(
                n=format_number(len(rated)), name=person.name, value=values.pop()
            ),
            _("Find the one that is best and the one that is weakest, and begin again from these two."),
        )
    for item in rated:
        said = item.evidence(person.now)
        if not said or is_thin(said, item.label):
            yield kinds.no_evidence.at(
                f"{person.where}/{item.path}_why",
                _("The rating stands alone.") if not said else _("What is to show it is “{said}”.").format(said=said),
                _("Write what happened, and when or where, so that another person could check it."),
            )


def _apart(spread: Spread, part: Part[Any], kind: FindingKind) -> Finding:
    low, high = min(spread.values), max(spread.values)
    lowest = [name for name, rating in spread.ratings if rating == low]
    highest = [name for name, rating in spread.ratings if rating == high]
    return kind.at(
        f"plan/{part.key}",
        _("“{label}”: from {low} ({lowest}) to {high} ({highest}).").format(
            label=spread.item.label, low=low, lowest=", ".join(lowest), high=high, highest=", ".join(highest)
        ),
        _("Let the lowest and the highest tell what they have seen, before anybody looks for a common number."),
    )


def word_of(item: Item, rating: int) -> str:
    """Return what a rating of an item is called.

    >>> from rdlib.plan.orientation import CultureAnswer
    >>> word_of(items_of(CultureAnswer)[0], 4)
    'as a matter of course'
    """
    choice = item.field.choice(str(rating))
    return choice.label if choice else str(rating)


def names_in_words(names: Sequence[str]) -> str:
    """Return names as one enumeration.

    >>> names_in_words(["A", "B", "C"])
    'A, B and C'
    """
    if len(names) < 2:
        return "".join(names)
    return _("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])


def people_said(count: int) -> str:
    """Return how many people answered, in words."""
    return plural("{n} person", "{n} people", count)

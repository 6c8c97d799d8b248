"""Ratings from 1 to 4 by several people, given again later, agreed on by a person, and held against facts.

Rules 0, 4, 5 and 7 share this (tools 0.2, 0.3, 4.5, 5.6 and 7.3). Of each person the latest answer counts, and the one
before it shows movement. Ratings of several people are never averaged: what is said of a group is its middle answer,
and how far its members are apart. What the plan itself shows stands beside a rating, and never replaces it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import attrs

from rdlib.plan.fields import Field, Kind, fields_of
from rdlib.plan.parts import Part
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
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


def table_of(part: Part[Any], of: Priority | None = None) -> str:
    """Return the path of the table that holds answers.

    Args:
        part: the answers.
        of: the priority that they are about; left out, the plan as a whole.
    """
    return f"plan/{part.key}" if of is None else f"priorities/{of.id}/{part.key}"


def rows(part: Part[Any], plan: Plan, as_of: date, of: Priority | None = None) -> tuple[tuple[Any, str], ...]:
    """Return the answers that rate anything and were known on a day, each with its path, in the order of the plan."""
    table, items = table_of(part, of), items_of(part.record)
    return tuple(
        (row, f"{table}/{row.id or f'#{place}'}")
        for place, row in enumerate(part.read(of or plan), start=1)
        if (row.day is None or row.day <= as_of) and any(item.rating(row) for item in items)
    )


def people(part: Part[Any], plan: Plan, as_of: date, of: Priority | None = None) -> tuple[Person, ...]:
    """Return everybody who answered by a day, with their latest answers, in the order of the plan.

    An answer without a name is somebody's of its own; one without a day counts as the earliest.

    Args:
        part: the answers; each row has a ``person`` and a ``day``.
        plan: the plan.
        as_of: the day; what was answered later is left out.
        of: the priority that the answers are about; left out, the plan as a whole.
    """
    answers: dict[str, list[tuple[Any, str]]] = {}
    names: dict[str, str] = {}
    for place, (row, where) in enumerate(rows(part, plan, as_of, of), start=1):
        name = (plan.person(row.person) or "").strip() or _("Somebody ({n})").format(n=place)
        key = name.casefold()
        names.setdefault(key, name)
        answers.setdefault(key, []).append((row, where))
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


def spreads(part: Part[Any], plan: Plan, as_of: date, of: Priority | None = None) -> tuple[Spread, ...]:
    """Return how people rate each thing, as far as it was known on a day; see :func:`people` for the arguments."""
    everybody = people(part, plan, as_of, of)
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
    """The kinds of finding that all such tools have, each under its own code."""

    no_day: FindingKind
    nobody: FindingKind
    open: FindingKind
    no_evidence: FindingKind
    all_alike: FindingKind
    apart: FindingKind


def check_answers(
    part: Part[Any],
    plan: Plan,
    as_of: date,
    kinds: Kinds,
    of: Priority | None = None,
    *,
    evidence_from: int = 1,
    settled: Callable[[Spread], bool] = lambda _spread: False,
) -> Iterator[Finding]:
    """Judge how answers were given: by whom and when, how completely, and on what evidence.

    Args:
        part: the answers.
        plan: the plan.
        as_of: the day; what was answered later is left out.
        kinds: the kinds of finding of the tool.
        of: the priority that the answers are about; left out, the plan as a whole.
        evidence_from: from which rating on evidence is asked for.
        settled: whether people have come to agree on something since they rated it, so that their spread is history.
    """
    for row, where in rows(part, plan, as_of, of):
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
    for person in people(part, plan, as_of, of):
        yield from _one_person(person, part, kinds, evidence_from)
    for spread in spreads(part, plan, as_of, of):
        if spread.apart >= APART and not settled(spread):
            yield _apart(spread, table_of(part, of), kinds.apart)


def _one_person(person: Person, part: Part[Any], kinds: Kinds, evidence_from: int) -> Iterator[Finding]:
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
        if (item.rating(person.now) or 0) < evidence_from:
            continue
        if not said or is_thin(said, item.label):
            yield kinds.no_evidence.at(
                f"{person.where}/{item.path}_why",
                _("The rating stands alone.") if not said else _("What is to show it is “{said}”.").format(said=said),
                _("Write what happened, and when or where, so that another person could check it."),
            )


def _apart(spread: Spread, where: str, kind: FindingKind) -> Finding:
    low, high = min(spread.values), max(spread.values)
    lowest = [name for name, rating in spread.ratings if rating == low]
    highest = [name for name, rating in spread.ratings if rating == high]
    return kind.at(
        where,
        _("“{label}”: from {low} ({lowest}) to {high} ({highest}).").format(
            label=spread.item.label, low=low, lowest=", ".join(lowest), high=high, highest=", ".join(highest)
        ),
        _("Let the lowest and the highest tell what they have seen, before anybody looks for a common number."),
    )


# --- judgement beside facts, and what people agree on ---------------------------------------------------------------


@attrs.frozen
class Facts:
    """What the plan or its data show of one thing that people rate.

    Attributes:
        key: the path of the rating, as in :class:`Item`.
        title: what is rated.
        asks: the question behind it.
        has: what is there, in short phrases.
        lacks: what is missing, in whole sentences.
        bears: the lowest and the highest rating that sit well with these facts.
        level: the one rating that they support by themselves; None where the tool names none.
        unseen: what only people can judge, in a clause; empty where nothing of the kind is said.
    """

    key: str
    title: str
    asks: str
    has: tuple[str, ...]
    lacks: tuple[str, ...]
    bears: tuple[int, int]
    level: int | None = None
    unseen: str = ""


def disagrees(rated: int, facts: Facts) -> int:
    """Say how a rating and the facts disagree: 1 when the rating is higher, -1 when it is lower, 0 when they agree.

    >>> disagrees(4, Facts("risks", "Risks", "?", (), ("No risk is named.",), bears=(1, 2)))
    1
    """
    lowest, highest = facts.bears
    return 1 if rated > highest else -1 if rated < lowest else 0


@attrs.frozen
class Judgement:
    """One thing as people rate it, what they agree on, and the facts beside it.

    Attributes:
        item: what is rated.
        spread: who rates it how.
        agreed: the rating that was agreed on; None where there is none.
        reason: what is said to show the agreed rating.
        facts: what the plan shows.
        settled: whether it was agreed on after the latest of the ratings.
        before: the rating that was agreed on before that, and the day; None where there is none.
    """

    item: Item
    spread: Spread
    agreed: int | None
    reason: str
    facts: Facts
    settled: bool
    before: tuple[int, date | None] | None = None

    @property
    def rating(self) -> int | None:
        """The rating that counts: the agreed one, else the middle of those that people gave."""
        return self.agreed if self.agreed is not None else self.spread.middle


def decisions(part: Part[Any], plan: Plan, as_of: date, of: Priority | None = None) -> tuple[tuple[Any, str], ...]:
    """Return what was agreed by a day, with the path of each row; the latest last, undated ones first.

    Args:
        part: what was agreed; its rows rate the same things as the answers.
        plan: the plan.
        as_of: the day; what was agreed later is left out.
        of: the priority that it is about; left out, the plan as a whole.
    """
    return tuple(sorted(rows(part, plan, as_of, of), key=lambda pair: pair[0].day or date.min))


def judgements(
    part: Part[Any], agreed: Part[Any], facts: Sequence[Facts], plan: Plan, as_of: date, of: Priority | None = None
) -> tuple[Judgement, ...]:
    """Return for each thing the ratings of people, the latest that was agreed on, and the facts.

    Args:
        part: the ratings of people.
        agreed: what they agreed on.
        facts: what the plan shows, one for each thing, with its path as key.
        plan: the plan.
        as_of: the day; what came later is left out.
        of: the priority that is rated; left out, the plan as a whole.
    """
    shown = {each.key: each for each in facts}
    rated_on = [p.now.day for p in people(part, plan, as_of, of) if p.now.day is not None]
    found = []
    for spread in spreads(part, plan, as_of, of):
        item = spread.item
        agreed_on = [
            (value, item.evidence(row), row.day)
            for row, _where in decisions(agreed, plan, as_of, of)
            if (value := item.rating(row)) is not None
        ]
        rating, reason, day = agreed_on[-1] if agreed_on else (None, "", None)
        before = (agreed_on[-2][0], agreed_on[-2][2]) if len(agreed_on) > 1 else None
        settled = rating is not None and (day is None or day >= max(rated_on, default=date.min))
        found.append(Judgement(item, spread, rating, reason, shown[item.path], settled, before))
    return tuple(found)


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

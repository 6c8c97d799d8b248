"""What answers were built on, kept beside them: when that changes later, they can be looked at again.

A field that links to another row (an indicator's outcome, a strategy's indicators) is built on what that row says. When
a link is made, the store writes down what the row said then; :mod:`rdlib.rules.staleness` compares. Which fields tell
what a row says is part of their declaration (``telling``), so nothing here knows any particular record.

Links within one row (an actor's level in its chain) are not written down: both ends are looked at together anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import attrs

from rdlib.plan.fields import LISTS, Field, Kind, declare
from rdlib.plan.linking import Around, linked_record, owner_of_link, row_path
from rdlib.plan.nodes import Plain, is_empty
from rdlib.plan.parts import Part
from rdlib.plan.priority import Priority
from rdlib.plan.reading import declared
from rdlib.words import _

_IS = " = "


@attrs.frozen
class BuiltOn:
    """What a row said when an answer was built on it; written by the store, not asked for in any form.

    >>> record = BuiltOn("b1", "strategies/s1/indicators", "indicators/i1", ("name = Waits", "target/value = 85"))
    >>> record.told["target/value"]
    '85'
    """

    id: str = declare(_("Id"), Kind.ID)
    answer: str | None = declare(_("The answer"), help=_("Where the answer stands in this file."))
    rests_on: str | None = declare(_("Rests on"), help=_("Where the row stands that it was built on."))
    said: tuple[str, ...] = declare(_("What that said"), Kind.TEXTS, help=_("What the row said when this was written."))
    day: date | None = declare(
        _("Written on"), Kind.DAY, help=_("The day on which the answer was given, or last confirmed.")
    )

    @property
    def told(self) -> Mapping[str, str]:
        """What the row said, by the path of each field in it."""
        return {path: text for path, is_, text in (line.partition(_IS) for line in self.said) if is_}


#: What the answers of a priority were built on.
BUILT_ON = Part("built_on", BuiltOn, of=Priority, label=_("What answers were built on"), kept=True)


@attrs.frozen
class Link:
    """An answer that points to a row.

    Attributes:
        answer: path of the answer, inside the priority's file.
        field: its declaration.
        owner: path of the row that gives the answer; empty for the priority itself.
        rests_on: path of the row that it points to.
        record: type of that row; None where its table is not declared.
        within: whether the row lies in the same row of the priority as the answer.
    """

    answer: str
    field: Field
    owner: str
    rests_on: str
    record: type | None = None
    within: bool = False


def telling(record: type) -> Iterator[tuple[str, Field]]:
    """Give the fields that tell what a row says, with their paths in it; its first text where none is declared so.

    >>> from rdlib.plan.priority import Outcome
    >>> [path for path, _field in telling(Outcome)]
    ['statement']
    """
    found = list(_telling(record, ""))
    first = next(((f.name, f) for f in declared(record) if f.kind is Kind.TEXT), None)
    yield from found or ([first] if first else [])


def _telling(record: type, above: str) -> Iterator[tuple[str, Field]]:
    for field in declared(record):
        if field.kind is Kind.RECORD and field.record:
            yield from _telling(field.record, f"{above}{field.name}/")
        elif field.telling:
            yield above + field.name, field


def links(value: Plain, record: type = Priority) -> Iterator[Link]:
    """Give every link in what a priority's file holds; rows without an id cannot be named, and give none."""
    return _links(value, (Around(record, ""),), "")


def _links(value: Plain, around: tuple[Around, ...], owner: str) -> Iterator[Link]:
    if not isinstance(value, dict):
        return
    record, here = around[-1].record, f"{around[-1].path}/" if around[-1].path else ""
    for field in declared(record):
        there, path = value.get(field.name), f"{here}{field.name}"
        if field.kind is Kind.RECORD and field.record:
            yield from _links(there, (*around, Around(field.record, path)), owner)
        elif field.kind is Kind.RECORDS and field.record and field.record is not BuiltOn:
            for row in there if isinstance(there, list) else ():
                id_ = row.get("id") if isinstance(row, dict) else None
                if isinstance(id_, str) and id_:
                    yield from _links(row, (*around, Around(field.record, f"{path}/{id_}")), f"{path}/{id_}")
        elif field.links_to:
            table, kind = owner_of_link(field, around).path, linked_record(field, around)
            named = there if isinstance(there, list) and field.kind in LISTS else [there]
            for target in dict.fromkeys(text.strip() for text in named if isinstance(text, str) and text.strip()):
                yield Link(path, field, owner, row_path(table, field.links_to, target), kind, bool(table))


def _retires(link: Link, path: str, text: str) -> bool:
    """Whether an answer takes the row out of use that a link points to: that is never filled in behind one's back."""
    fields = dict(telling(link.record)) if link.record else {}
    choice = fields[path].choice(text) if path in fields else None
    return choice is not None and choice.retires


def what_it_says(value: Plain, link: Link) -> dict[str, str] | None:
    """Return what the row that a link points to says, by field; None where there is no such row."""
    row = _at(value, link.rests_on)
    if row is None or link.record is None:
        return None
    texts = ((path, _at(row, path)) for path, _field in telling(link.record))
    return {path: text for path, text in texts if isinstance(text, str) and text.strip()}


def _at(value: Plain, path: str) -> Plain:
    """Return what stands at a path in a file; rows by their ids; None where nothing does."""
    for name in path.split("/"):
        if isinstance(value, list):
            value = next((row for row in value if isinstance(row, dict) and row.get("id") == name), None)
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def brought_up_to_date(before: Plain, after: Plain, day: date) -> list[Plain]:
    """Return the rows of :data:`BUILT_ON` that belong into a file that is about to be saved.

    There is one for each link, never more. A link that was just made gets what its row says now; one that stood before
    anything was written down gets what its row said before this change. What was written down stays until the answer is
    given anew; only what the row had not said at all by then is added, once nobody is at it. A link's row is kept for
    one more save after the link has gone, so that taking the change back brings it back.

    Args:
        before: what the file held before.
        after: what it is to hold.
        day: today.

    >>> o, i = {"id": "o1", "statement": "Short waits"}, {"id": "i1", "outcome": "o1"}
    >>> rows = brought_up_to_date({}, {"outcomes": [o], "indicators": [i]}, date(2026, 11, 23))
    >>> rows[0]["answer"], rows[0]["rests_on"], rows[0]["said"]
    ('indicators/i1/outcome', 'outcomes/o1', ['statement = Short waits'])
    """
    kept = {_key(row): row for row in _rows(after)}
    old = {(link.answer, link.rests_on): link for link in links(before)}
    rows: dict[tuple[str, str], dict[str, Plain]] = {}
    for link in links(after):
        if link.within:
            continue
        key = (link.answer, link.rests_on)
        said = what_it_says(after, link)
        row = kept.get(key)
        made = key not in old and (not link.owner or _at(before, link.owner) is not None)
        if row is not None and (said is None or not made):
            settled = {p: t for p, t in (what_it_says(before, link) or {}).items() if not _retires(link, p, t)}
            rows[key] = {**row, "said": _completed(row, said or {}, settled)}
        elif said is not None:
            earlier = what_it_says(before, link) if key in old else None
            rows[key] = _row(key, said if earlier is None else earlier, day)
    gone = {key: row for key, row in kept.items() if key in old and key not in rows}
    return list(_with_ids({**rows, **gone}))


def _rows(value: Plain) -> Iterable[dict[str, Plain]]:
    there = value.get(BUILT_ON.key) if isinstance(value, dict) else None
    return [row for row in there if isinstance(row, dict)] if isinstance(there, list) else []


def _key(row: Mapping[str, Plain]) -> tuple[str, str]:
    return str(row.get("answer") or ""), str(row.get("rests_on") or "")


def _row(key: tuple[str, str], said: Mapping[str, str], day: date) -> dict[str, Plain]:
    return {"answer": key[0], "rests_on": key[1], "said": _lines(said), "day": day.isoformat()}


def _lines(said: Mapping[str, str]) -> list[Plain]:
    return [f"{path}{_IS}{' '.join(text.split())}" for path, text in said.items()]


def _completed(row: Mapping[str, Plain], now: Mapping[str, str], before: Mapping[str, str]) -> list[Plain]:
    """Return what is written down, with what was filled in since and does not change just now."""
    said = row.get("said")
    lines: list[Plain] = list(said) if isinstance(said, list) else []
    known = {str(line).partition(_IS)[0] for line in lines}
    return lines + _lines({p: text for p, text in now.items() if p not in known and before.get(p) == text})


def _with_ids(rows: Mapping[tuple[str, str], dict[str, Plain]]) -> Iterator[dict[str, Plain]]:
    """Give the rows their ids, the same for the same link wherever it is written, so that two copies can be merged."""
    taken: set[str] = set()
    for (answer, rests_on), row in rows.items():
        name = re.sub(r"[^a-z0-9]+", "-", f"{answer}/{rests_on.rpartition('/')[2]}".lower()).strip("-")
        id_, number = name, 1
        while id_ in taken:
            number += 1
            id_ = f"{name}-{number}"
        taken.add(id_)
        yield {"id": id_, **{key: value for key, value in row.items() if key != "id" and not is_empty(value)}}


def answers_at(value: Plain, answer: str) -> list[str]:
    """Return the ids of what is written down for an answer."""
    return [str(row["id"]) for row in _rows(value) if row.get("answer") == answer and row.get("id")]


def without_records(value: Plain) -> Plain:
    """Return what a file holds without what its answers were built on."""
    return {k: v for k, v in value.items() if k != BUILT_ON.key} if isinstance(value, dict) else value


def merged_records(base: Plain, mine: Plain, theirs: Plain) -> list[Plain]:
    """Return what is written down on disk, without what was taken out here: two writers never clash over it."""
    removed = {_key(row) for row in _rows(base)} - {_key(row) for row in _rows(mine)}
    return [row for row in _rows(theirs) if _key(row) not in removed]

"""What a file says, brought together with what stands in the plan; where both differ, a person decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Literal

import attrs

from rdlib.plan.fields import LISTS, Field, Kind
from rdlib.plan.indicator import Observation
from rdlib.plan.nodes import Plain, is_empty
from rdlib.plan.reading import Setting, declared, read_answer
from rdlib.plan.store import slug
from rdlib.plan.values import read_amount, read_period
from rdlib.tables.cells import digits
from rdlib.tables.columns import same
from rdlib.tables.draft import Draft, Entry, Leaf, row_like
from rdlib.tables.mapping import PEOPLE, PRIORITY, label_of, paths_of, record_of
from rdlib.tables.problems import Spot, TableProblem
from rdlib.words import _

OnConflict = Literal["refuse", "keep", "take"]

INDICATORS, OBSERVATIONS = "indicators", "observations"
#: So many measured values stand in the file of the priority; more go into a data file of their own.
MOST_BESIDE = 12


@attrs.frozen
class Difference:
    """A field in which the file and the plan say different things.

    Attributes:
        where: its path in the plan.
        label: what a person reads beside it.
        here: what the plan says.
        there: what the file says.
        spot: where it stands in the file.
    """

    where: str
    label: str
    here: str
    there: str
    spot: Spot

    def __str__(self) -> str:
        """Return one plain sentence."""
        return _("{where}, “{label}”: the plan says “{here}”, {spot} says “{there}”.").format(
            where=self.where, label=self.label, here=self.here, there=self.there, spot=self.spot
        )


@attrs.frozen
class Measured:
    """One measured value, as a data file writes it."""

    when: str
    value: str
    note: str = ""


@attrs.define
class Merge:
    """What bringing a draft and a plan together gave.

    Attributes:
        page: what shall stand on the title page.
        changed: what shall stand in the priorities of the plan, by their ids.
        added: what shall stand in new priorities, by the ids wished for.
        added_rows: how many rows are new, by table.
        filled: the paths of fields that were empty in the plan, or are changed.
        differences: where both say something else.
        problems: what stands in the way.
        files: measured values that go into data files, by the name of the file.
    """

    page: dict[str, Plain] = attrs.field(factory=dict)
    changed: dict[str, dict[str, Plain]] = attrs.field(factory=dict)
    added: dict[str, dict[str, Plain]] = attrs.field(factory=dict)
    added_rows: dict[str, int] = attrs.field(factory=dict)
    filled: list[str] = attrs.field(factory=list)
    differences: list[Difference] = attrs.field(factory=list)
    problems: list[TableProblem] = attrs.field(factory=list)
    files: dict[str, list[Measured]] = attrs.field(factory=dict)


def merge(
    draft: Draft,
    setting: Setting,
    on_conflict: OnConflict = "refuse",
    measured: Mapping[str, Sequence[Observation]] | None = None,
) -> Merge:
    """Bring a draft and the plan that it knows together.

    Args:
        draft: what the file says.
        setting: how the plan's values are written.
        on_conflict: what counts where both say something else: "refuse" tells all such places, "keep" what the plan
            says, "take" what the file says.
        measured: the values that the plan's indicators have already, by the paths of the indicators.
    """
    return _Merging(draft, setting, on_conflict, measured or {}).all()


class _Merging:
    def __init__(
        self, draft: Draft, setting: Setting, on_conflict: OnConflict, measured: Mapping[str, Sequence[Observation]]
    ) -> None:
        self.draft, self.setting, self.on_conflict, self.measured = draft, setting, on_conflict, measured
        self.result = Merge()

    def all(self) -> Merge:
        draft, result = self.draft, self.result
        self.name_rows(draft.page, PEOPLE)
        result.page = self.row(draft.page, "plan", draft.page)
        for entry in draft.all():
            if not entry.declared and not entry.rows:
                continue
            for step in entry.rows:
                self.name_rows(entry, step)
            if entry.known is not None:
                value = self.row(entry, f"priorities/{entry.id}", entry)
                if value != entry.known:
                    result.changed[entry.id] = value
                continue
            id_ = self.wished(entry)
            result.added[id_] = self.row(entry, f"priorities/{id_}", entry)
            self.count(PRIORITY)
        return result

    def wished(self, entry: Entry) -> str:
        """Return the id that a new priority is to have."""
        start = entry.id or slug(entry.name)
        taken = {*self.draft.known, *self.result.added}
        if entry.id and start in taken:
            accepted = _("another id: in the name of a file only letters, digits and hyphens count")
            self.result.problems.append(TableProblem(entry.spot, f"“{start}”", accepted))
        id_, number = start, 1
        while id_ in taken:
            number += 1
            id_ = f"{start}-{number}"
        return id_

    def name_rows(self, entry: Entry, step: str) -> None:
        """Give all new rows of a table, and of the tables in them, their ids."""
        entries = entry.entries(step)
        if not entries:
            return
        there = (entry.known or {}).get(step)
        ids = {str(row.get("id")) for row in there if isinstance(row, dict)} if isinstance(there, list) else set()
        ids |= {each.id for each in entries if each.id}
        letter = "p" if step == PEOPLE else step[0]
        numbers = [int(m[1]) for id_ in ids if (m := re.fullmatch(rf"{letter}([0-9]{{1,9}})", id_))]
        following = max(numbers, default=0) + 1
        for each in entries:
            if each.known is not None:
                each.id = str(each.known.get("id") or "")
            elif not each.id and any(field.kind is Kind.ID for field in declared(each.record)):
                each.id = f"{letter}{following}"
                following += 1
            for deeper in each.rows:
                self.name_rows(each, deeper)

    def count(self, table: str) -> None:
        self.result.added_rows[table] = self.result.added_rows.get(table, 0) + 1

    # --- one row ---

    def row(self, entry: Entry, where: str, priority: Entry) -> dict[str, Plain]:
        """Return what shall stand in a row: what stands there, and what the file says."""
        value: dict[str, Plain] = deepcopy(entry.known) if entry.known is not None else {}
        if entry.known is None and entry.id and entry.table != PRIORITY:
            value = {"id": entry.id}
        fields = paths_of(entry.record)
        for path in (path for path in fields if path != "id" and path in entry.leaves):
            leaf, field = entry.leaves[path], fields[path][-1]
            said = self.linked(field, leaf, priority)
            if said is not None:
                self.put(value, path, field, said, leaf, where, fresh=entry.known is None)
        for step in entry.rows:
            self.rows(value, entry, step, where, priority)
        return value

    def rows(self, value: dict[str, Plain], entry: Entry, step: str, where: str, priority: Entry) -> None:
        if entry.table == INDICATORS and step == OBSERVATIONS:
            self.observations(value, entry, where, priority)
            return
        there = value.get(step)
        rows: list[Plain] = list(there) if isinstance(there, list) else []
        known = (entry.known or {}).get(step)
        for number, each in enumerate(entry.entries(step)):
            inside = f"{where}/{step}/{each.id or number + 1}"
            place = _place(known, each.known)
            if place is None:
                rows.append(self.row(each, inside, priority))
                self.count(each.table)
            else:
                rows[place] = self.row(each, inside, priority)
        value[step] = rows

    def put(
        self,
        value: dict[str, Plain],
        path: str,
        field: Field,
        said: str | list[str],
        leaf: Leaf,
        where: str,
        *,
        fresh: bool,
    ) -> None:
        *groups, name = path.split("/")
        group = value
        for step in groups:
            inner = group.get(step)
            if not isinstance(inner, dict):
                inner = group[step] = {}
            group = inner
        before = group.get(name)
        if is_empty(before):
            group[name] = said if isinstance(said, str) else [*said]
            if not fresh:
                self.result.filled.append(f"{where}/{path}")
            return
        if self.same(field, before, said):
            return
        if self.on_conflict == "refuse":
            text = said if isinstance(said, str) else "; ".join(said)
            difference = Difference(f"{where}/{path}", field.label, _words(before), text, leaf.spot)
            self.result.differences.append(difference)
        elif self.on_conflict == "take":
            group[name] = said if isinstance(said, str) else [*said]
            self.result.filled.append(f"{where}/{path}")

    def same(self, field: Field, here: Plain, there: str | list[str]) -> bool:
        if isinstance(there, list):
            listed = here if isinstance(here, list) else [here]
            return [*map(_words, listed)] == there
        if not isinstance(here, str):
            return False
        if same(here) == same(there):
            return True
        unit = "%" if field.unit == "indicator" else field.unit
        read = [read_answer(field, text, self.setting, unit) for text in (here, there)]
        return read[0] is not None and read[0] == read[1]

    # --- measured values ---

    def observations(self, value: dict[str, Plain], entry: Entry, where: str, priority: Entry) -> None:
        """Add measured values: a few stand with the indicator, many in a data file."""
        there = {(o.when.start, o.when.end): o for o in self.measured.get(where, ()) if o.when and not o.breakdown}
        fresh = []
        for each in entry.entries(OBSERVATIONS):
            said = {name: leaf.value for name, leaf in each.leaves.items() if isinstance(leaf.value, str)}
            if "when" not in said or not ("value" in said or "note" in said):
                continue
            when = read_period(said["when"], fiscal_start=self.setting.fiscal_start)
            before = there.get((when.start, when.end))
            if before is None:
                fresh.append(Measured(said["when"], said.get("value", ""), said.get("note", "")))
            elif "value" in said and before.value != read_amount(said["value"], unit="%"):
                self.another_value(value, where, before, said["value"], each.leaves["value"].spot)
        if not fresh:
            return
        self.result.added_rows[f"{INDICATORS}/{OBSERVATIONS}"] = len(fresh) + self.result.added_rows.get(
            f"{INDICATORS}/{OBSERVATIONS}", 0
        )
        rows, files = value.get(OBSERVATIONS), value.get("data_files")
        rows = list(rows) if isinstance(rows, list) else []
        listed: list[Plain] = list(files) if isinstance(files, list) else [files] if files else []
        own = f"data/{where.split('/')[1]}-{entry.id}.csv"
        if len(rows) + len(fresh) <= MOST_BESIDE and own not in listed:
            value[OBSERVATIONS] = rows + [
                {name: text for name, text in attrs.asdict(each).items() if text} for each in fresh
            ]
            return
        self.result.files[own] = fresh
        if own not in listed:
            value["data_files"] = [*listed, own]

    def another_value(self, value: dict[str, Plain], where: str, before: Observation, said: str, spot: Spot) -> None:
        """Decide where a measured value is another one in the plan."""
        here = (
            ""
            if before.value is None
            else digits(before.value)
            if isinstance(before.value, float)
            else before.value.value
        )
        place = f"{where}/{OBSERVATIONS}, {before.when}"
        if self.on_conflict == "keep":
            return
        if self.on_conflict == "take":
            rows = value.get(OBSERVATIONS)
            for row in rows if isinstance(rows, list) else ():
                if isinstance(row, dict) and row.get("when") == str(before.when):
                    row["value"] = said
                    self.result.filled.append(place)
                    return
            accepted = _("{value}, as the plan's data file says; or change the data file").format(value=here)
            self.result.problems.append(TableProblem(spot, f"“{said}”", accepted))
            return
        self.result.differences.append(Difference(place, _("Value"), here, said, spot))

    # --- links ---

    def linked(self, field: Field, leaf: Leaf, priority: Entry) -> str | list[str] | None:
        """Return what a plan writes for a value: the ids of rows and people instead of their names."""
        if field.kind in (Kind.PERSON, Kind.PEOPLE):
            texts = [leaf.value] if isinstance(leaf.value, str) else leaf.value
            ids = [self.id_at(self.draft.page, PEOPLE, text) or text for text in texts]
            return ids if field.kind in LISTS else ids[0]
        table = field.links_to or ""
        if field.kind not in (Kind.LINK, Kind.LINKS) or "/" in table or record_of(table) is None:
            return leaf.value
        found = []
        for text in [leaf.value] if isinstance(leaf.value, str) else self.names(leaf.value, priority, table):
            id_ = self.id_at(priority, table, text)
            if id_ is None:
                accepted = _("the name of a row of “{table}” of the same priority").format(table=label_of(table))
                self.result.problems.append(TableProblem(leaf.spot, f"“{text}”", accepted))
            else:
                found.append(id_)
        if not found:
            return None
        return found if field.kind in LISTS else found[0]

    def names(self, texts: list[str], priority: Entry, table: str) -> Iterator[str]:
        """Give the names in a cell with several: one a line, or with a semicolon between them."""
        for text in texts:
            if self.id_at(priority, table, text) is not None:
                yield text
            else:
                yield from (part.strip() for part in text.split(";") if part.strip())

    @staticmethod
    def id_at(owner: Entry, table: str, name: str) -> str | None:
        """Return the id of a row of a table that is called so, in the file or in the plan."""
        rows = owner.rows.get(table, {})
        entry = rows.get(("name", same(name))) or rows.get(("id", slug(name)))
        if entry is not None and entry.id:
            return entry.id
        by_name = next((e for e in owner.entries(table) if same(e.name) == same(name)), None)
        if by_name is not None and by_name.id:
            return by_name.id
        known = row_like((owner.known or {}).get(table), record_of(table), name, name)
        return str(known.get("id")) if known else None


def _place(rows: Plain, row: Mapping[str, Plain] | None) -> int | None:
    if row is None or not isinstance(rows, list):
        return None
    return next((place for place, each in enumerate(rows) if each is row), None)


def _words(value: Plain) -> str:
    if isinstance(value, list):
        return "; ".join(map(_words, value))
    return value if isinstance(value, str) else ""

"""From the rows of tables to what they say for a plan; everything that cannot be read is told, all at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import attrs

from rdlib.plan.fields import LISTS, Field, Kind
from rdlib.plan.values import Missing, NotReadError
from rdlib.tables.cells import EMPTY, Book, Cell
from rdlib.tables.columns import Table, TableRow, matches, read_table, same
from rdlib.tables.draft import Draft, Entry, Known, Leaf
from rdlib.tables.mapping import (
    AT_LEAST,
    AT_MOST,
    PEOPLE,
    PRIORITY,
    TITLE_PAGE,
    Lookup,
    Source,
    TableMap,
    TableMapping,
    headings_in,
    in_order,
    label_of,
    name_field,
    paths_of,
    record_of,
)
from rdlib.tables.problems import Spot, TableProblem
from rdlib.tables.values import Habits, clean, period_of, refuse_flaw, shown, text_for
from rdlib.words import _, format_number, plural

#: What a plan writes where there knowingly is no number.
_WORDS = [missing.value for missing in Missing]
_PART = re.compile(r"\[([^\[\]]*\{[^\[\]]*)\]")


@attrs.define
class Gathered:
    """What the tables of a file say for a plan.

    Attributes:
        draft: the rows and their values.
        problems: what stands in the way.
        remarks: what a person should know, in sentences; none is in the way.
    """

    draft: Draft
    problems: list[TableProblem] = attrs.field(factory=list)
    remarks: list[str] = attrs.field(factory=list)


def gather(book: Book, mapping: TableMapping, known: Known, open_file: Callable[[str], Book]) -> Gathered:
    """Read all tables of a file.

    Args:
        book: the file.
        mapping: where its columns go.
        known: what stands in the plan already.
        open_file: opens another file that the mapping names.

    Raises:
        ImportRefusedError: another file cannot be read.
    """
    return _Gathering(book, mapping, open_file, Gathered(Draft(known))).all()


class _Gathering:
    def __init__(self, book: Book, mapping: TableMapping, open_file: Callable[[str], Book], gathered: Gathered) -> None:
        self.book, self.mapping, self.open_file, self.gathered = book, mapping, open_file, gathered
        self.draft, self.problems = gathered.draft, gathered.problems
        self.kept: Counter[str] = Counter()

    def all(self) -> Gathered:
        for name, text in self.mapping.plan.items():
            self.draft.page.leaves[name] = Leaf(text, Spot(self.book.name))
        for table in self.mapping.tables:
            self.table(table)
        for what, count in self.kept.items():
            self.gathered.remarks.append(f"{what}: {format_number(count)}.")
        return self.gathered

    def table(self, table: TableMap) -> None:
        book = self.open_file(table.file) if table.file else self.book
        sheet = self.sheet(book, table)
        if sheet is None:
            return
        read = read_table(book.name, sheet, table)
        self.problems += read.problems
        if table.lenient and read.left_out:
            self.kept[_("Rows left out because the first column says so, examples among them")] += read.left_out
            read.left_out = 0
        self.remark_on(read, Spot(book.name, sheet.name), hidden=sheet.hidden)
        comma = self.mapping.language == "fr" if book.comma is None else book.comma
        habits = Habits(comma, self.mapping.fiscal_start, book.typed)
        lookups = [self.lookup(lookup) for lookup in table.lookups]
        for row in read.rows:
            whole = row
            for lookup in lookups:
                whole = lookup(whole)
            _Row(self, table, whole, habits).read()

    def sheet(self, book: Book, table: TableMap):  # type: ignore[no-untyped-def]
        named = [sheet for sheet in book.sheets if table.sheet and same(sheet.name) == same(table.sheet)]
        if table.sheet is None or (len(book.sheets) == 1 and not book.typed):
            named = [sheet for sheet in book.sheets if not sheet.hidden and sheet.rows]
        if len(named) == 1:
            return named[0]
        if not named and table.optional:
            return None
        seen = [sheet.name for sheet in book.sheets if not sheet.hidden]
        there = ", ".join(f"“{name}”" for name in seen) or _("none with anything in it")
        found = _("no sheet “{sheet}”").format(sheet=table.sheet)
        if table.sheet is None:
            found = _("several sheets, and the mapping names none") if named else _("no sheet with anything in it")
        self.problems.append(TableProblem(Spot(book.name), found, _("one of the sheets: {names}").format(names=there)))
        return None

    def remark_on(self, read: Table, spot: Spot, *, hidden: bool) -> None:
        self.gathered.remarks += read.remarks
        if read.left_out:
            said = plural(
                "{n} row left out, as the mapping says", "{n} rows left out, as the mapping says", read.left_out
            )
            self.gathered.remarks.append(f"{spot}: {said}.")
        if hidden and read.rows:
            self.gathered.remarks.append(_("{spot}: this sheet is hidden in the file, and was read.").format(spot=spot))
        if read.hidden:
            said = plural("{n} hidden row was read too", "{n} hidden rows were read too", read.hidden)
            self.gathered.remarks.append(f"{spot}: {said}.")

    def lookup(self, lookup: Lookup) -> Callable[[TableRow], TableRow]:
        book = self.open_file(lookup.file)
        sheet = next((sheet for sheet in book.sheets if sheet.rows), None)
        names = headings_in(lookup.column) or [lookup.column]
        if sheet is None:
            self.problems.append(TableProblem(Spot(book.name), _("nothing"), _("a table with the headings it needs")))
            return lambda row: row
        wanted = {name: Source(column=name) for name in [*names, *self.wanted_of(lookup)]}
        read = read_table(book.name, sheet, TableMap({"": wanted}))
        self.problems += read.problems
        found: dict[str, TableRow] = {}
        for row in read.rows:
            found.setdefault(same(_text_of(lookup.column, row)), row)
        return partial(self.with_lookup, lookup, found)

    def wanted_of(self, lookup: Lookup) -> list[str]:
        """Return the headings that the mapping takes from a lookup."""
        before = f"{lookup.name}: "
        tables = [table for table in self.mapping.tables if lookup in table.lookups]
        sources = [s for table in tables for fields in table.rows.values() for s in fields.values()]
        sources += [s for table in tables for s in table.belongs_to.values()]
        names = [name for source in sources for name in source.columns()]
        names += [
            name for table in tables for other in table.lookups for name in headings_in(other.equals) or [other.equals]
        ]
        return list(dict.fromkeys(name.removeprefix(before) for name in names if name.startswith(before)))

    def with_lookup(self, lookup: Lookup, found: Mapping[str, TableRow], row: TableRow) -> TableRow:
        key = _text_of(lookup.equals, row)
        other = found.get(same(key)) if key else None
        if other is None:
            if lookup.needed:
                accepted = _("one that is in the column “{column}” of {file}").format(
                    column=lookup.column, file=lookup.file
                )
                self.problems.append(TableProblem(row.at(lookup.equals), f"“{key}”", accepted))
            return row
        more = {f"{lookup.name}: {name}": cell for name, cell in other.cells.items()}
        return attrs.evolve(row, cells={**row.cells, **{same(name): cell for name, cell in more.items()}})


def _text_of(source: str, row: TableRow) -> str:
    """Return a key: a column, or a text with headings in braces."""
    if headings_in(source):
        return filled(source, lambda name: clean(row.cell(name).text))
    return clean(row.cell(source).text)


def filled(text: str, value: Callable[[str], str]) -> str:
    """Fill the headings in a text; a part in square brackets goes when one in it is empty, and so does the whole.

    >>> filled("{year}[-{month}]", {"year": "2018", "month": ""}.get)
    '2018'
    >>> filled("{year}[-{month}]", {"year": "", "month": "3"}.get)
    ''
    """

    def part(match: re.Match[str]) -> str:
        return match[1] if all(value(name) for name in headings_in(match[1])) else ""

    whole = _PART.sub(part, text)
    if not all(value(name) for name in headings_in(whole)):
        return ""
    return re.sub(r"\{([^{}]+)\}", lambda match: value(match[1]), whole)


class _Row:
    """Reads one row of a table into the draft."""

    def __init__(self, gathering: _Gathering, table: TableMap, row: TableRow, habits: Habits) -> None:
        self.gathering, self.table, self.row, self.habits = gathering, table, row, habits
        self.draft, self.problems, self.kept = gathering.draft, gathering.problems, gathering.kept
        self.entries: dict[str, Entry | None] = {}

    def refuse(self, spot: Spot, found: str, accepted: str) -> None:
        self.problems.append(TableProblem(spot, found, accepted))

    def read(self) -> None:
        for name in in_order([*self.table.belongs_to, *(t for t in self.table.rows if t not in self.table.belongs_to)]):
            if name in self.table.belongs_to and name not in self.table.rows:
                self.entries[name] = self.named(name, self.table.belongs_to[name])
            else:
                self.entries[name] = self.told(name, self.table.rows[name])

    # --- rows that are only named ---

    def named(self, table: str, source: Source) -> Entry | None:
        text, spot = self.plain(source)
        if table == PRIORITY:
            return self.named_priority(text, spot)
        parent, name = self.parent(table), text
        if parent is None and name:
            owners = [entry for entry in self.draft_priorities() if entry.there(table, name)]
            if len(owners) == 1:
                parent = owners[0]
        if not name:
            self.refuse(spot, _("nothing"), _("the row of “{table}” that this is about").format(table=label_of(table)))
            return None
        if parent is None:
            accepted = _("the name of a row of “{table}”, with its priority where several have it")
            self.refuse(spot, f"“{name}”", accepted.format(table=label_of(table)))
            return None
        if not parent.there(table, name):
            accepted = _("the name of a row of “{table}” of the priority “{priority}”")
            self.refuse(spot, f"“{name}”", accepted.format(table=label_of(table), priority=parent.name))
            return None
        return parent.child(table, "", name, spot)

    def named_priority(self, name: str, spot: Spot) -> Entry | None:
        if name:
            if self.draft.there(name):
                return self.draft.priority("", name, spot)
            self.refuse(spot, f"“{name}”", _("the title of one of the priorities"))
            return None
        all_ = self.draft_priorities()
        if len(all_) == 1:
            return all_[0]
        deeper = [table for table in self.table.belongs_to if table != PRIORITY]
        if not deeper:
            self.refuse(spot, _("nothing"), _("the title of the priority that this is about"))
        return None

    def draft_priorities(self) -> list[Entry]:
        for id_ in self.draft.known:
            if id_:
                self.draft.priority(id_, "", self.row.spot)
        return self.draft.all()

    def parent(self, table: str) -> Entry | None:
        if table in (PRIORITY, TITLE_PAGE):
            return None
        if table == PEOPLE:
            return self.draft.page
        above = table.rpartition("/")[0]
        return self.entries.get(above) if above else self.entries.get(PRIORITY)

    # --- rows that the file tells of ---

    def told(self, table: str, fields: Mapping[str, Source]) -> Entry | None:
        record = record_of(table)
        assert record is not None
        named = name_field(record).name
        declared = paths_of(record)
        id_ = clean(self.plain(fields["id"])[0]) if "id" in fields else ""
        name, spot = self.plain(fields[named]) if named in fields else ("", self.row.spot)
        if named in fields and declared[named][-1].kind in (Kind.WHEN, Kind.DAY):
            read = self.value(declared[named][-1], fields[named], None, quiet=True)
            name = read if isinstance(read, str) else name
        varying = [source for source in fields.values() if source.fixed is None]
        if varying and not any(map(self.says, varying)):
            return None
        if table == TITLE_PAGE:
            entry = self.draft.page
        elif not id_ and not name and not (named in fields and self.cell(fields[named])[0].flaw):
            accepted = _("“{label}”, which tells this row from the others")
            self.refuse(spot, _("nothing"), accepted.format(label=declared[named][-1].label))
            return None
        elif table == PRIORITY:
            entry = self.draft.priority(id_, name, spot)
        else:
            parent = self.parent(table)
            if parent is None:
                self.refuse_orphan(table)
                return None
            entry = parent.child(table, id_, name, spot)
        if self.table.again == "first" and id(self.table) in entry.told_by:
            if self.says_otherwise(entry, fields, declared):
                what = _("“{table}”: rows that come again and say something else; the first counts")
                self.kept[what.format(table=label_of(table))] += 1
            return entry
        entry.told_by.add(id(self.table))
        entry.declared = True
        if name:
            entry.name = name
        self.fill(entry, fields, declared)
        return entry

    def says_otherwise(
        self, entry: Entry, fields: Mapping[str, Source], declared: Mapping[str, Sequence[Field]]
    ) -> bool:
        """Whether this row says something else of an entry than stands there."""
        for path in (path for path in fields if path in declared and path != "id"):
            value = self.value(declared[path][-1], fields[path], self.unit(entry), quiet=True)
            before = entry.leaves.get(path)
            if value and (before is None or before.value != value):
                return True
        return False

    def refuse_orphan(self, table: str) -> None:
        """Say that a row does not name what it belongs to, unless that was said already."""
        above = table.rpartition("/")[0] or PRIORITY
        if above in self.table.belongs_to:
            return
        named = name_field(record_of(above) or object)
        source = self.table.rows.get(above, {}).get(named.name)
        spot = self.plain(source)[1] if source else self.row.spot
        if not any(problem.spot == spot for problem in self.problems):
            accepted = _("“{label}”, which the row belongs to").format(label=named.label)
            self.refuse(spot, _("nothing"), accepted)

    def says(self, source: Source) -> bool:
        """Whether a source gives anything in this row, if only a formula that failed."""
        cell, _spot = self.cell(source)
        return not cell.empty or cell.flaw is not None

    def fill(self, entry: Entry, fields: Mapping[str, Source], declared: Mapping[str, Sequence[Field]]) -> None:
        order = [path for path in declared if path in fields and path != "id"]
        for path in order:
            value = self.value(declared[path][-1], fields[path], self.unit(entry), entry=entry)
            if isinstance(value, str) and path == name_field(entry.record).name:
                value = " ".join(value.split())
            self.put(entry, path, value)
        if AT_LEAST in fields or AT_MOST in fields:
            self.bounds(entry, fields, declared["target/value"][-1])

    def unit(self, entry: Entry) -> str | None:
        own = entry.leaves.get("unit")
        if own is not None and isinstance(own.value, str):
            return own.value
        if entry.table.count("/"):
            parent = self.entries.get(entry.table.rpartition("/")[0])
            return self.unit(parent) if parent else None
        known = (entry.known or {}).get("unit")
        return known if isinstance(known, str) else None

    def put(self, entry: Entry, path: str, value: str | list[str] | None, spot: Spot | None = None) -> None:
        if value in (None, "", []):
            return
        assert value is not None
        before = entry.leaves.get(path)
        source = self.table.rows[entry.table].get(path)
        spot = spot or (self.plain(source)[1] if source else self.row.spot)
        is_name = path == name_field(entry.record).name
        if before is None or before.value == value or (is_name and _alike(before.value, value)):
            entry.leaves.setdefault(path, Leaf(value, spot))
        elif self.table.again == "first":  # another table of the mapping said it before
            self.kept[_("Values that another table says otherwise; the first counts")] += 1
        else:
            accepted = _("the same as before, {value} ({spot}); or another name or id")
            said = before.value if isinstance(before.value, str) else "; ".join(before.value)
            text = value if isinstance(value, str) else "; ".join(value)
            self.refuse(spot, f"“{text}”", accepted.format(value=f"“{said}”", spot=before.spot))

    def bounds(self, entry: Entry, fields: Mapping[str, Source], field: Field) -> None:
        """Turn the two bounds of a target into what counts as reached."""
        unit = self.unit(entry)
        low = _one(self.value(field, fields[AT_LEAST], unit) if AT_LEAST in fields else None)
        high = _one(self.value(field, fields[AT_MOST], unit) if AT_MOST in fields else None)
        spot = self.plain(fields[AT_LEAST if low else AT_MOST])[1] if low or high else self.row.spot
        told: dict[str, str | list[str] | None] = {}
        if low in _WORDS or high in _WORDS:
            told = {"value": low or high}
        elif low and high:
            if float(low) > float(high):
                accepted = _("an upper bound that is not below the lower one")
                self.refuse(spot, _("“{low}” to “{high}”").format(low=low, high=high), accepted)
                return
            told = {"kind": "exactly", "value": low}
            if low != high:
                told = {"kind": "between", "value": low, "value_high": high}
        elif low or high:
            told = {"kind": "at-least" if low else "at-most", "value": low or high}
        for name, value in told.items():
            self.put(entry, f"target/{name}", value, spot)

    # --- values ---

    def plain(self, source: Source) -> tuple[str, Spot]:
        """Return the text that a source gives, and where it stands; nothing where the cell cannot be read."""
        cell, spot = self.cell(source)
        return ("" if cell.flaw else clean(cell.text)), spot

    def cell(self, source: Source) -> tuple[Cell, Spot]:
        """Return the cell of a source."""
        if not all(matches(self.row.cell(name).text, texts) for name, texts in source.when.items()):
            return EMPTY, self.row.spot
        if source.first:
            for each in source.first:
                cell, spot = self.cell(each)
                if not cell.empty or cell.flaw:
                    return cell, spot
            return EMPTY, self.row.spot
        if source.fixed is not None:
            return Cell(source.fixed), self.row.spot
        if source.text is not None:
            names = headings_in(source.text)
            flawed = next((name for name in names if self.row.cell(name).flaw), None)
            if flawed is not None:
                return self.row.cell(flawed), self.row.at(flawed)
            spot = self.row.at(names[0]) if names else self.row.spot
            cell = Cell(filled(source.text, lambda name: self.ordinary(self.row.cell(name)).text))
        else:
            cell, spot = self.ordinary(self.row.cell(source.column or "")), self.row.at(source.column or "")
        if source.words and not cell.flaw:
            wanted = same(cell.text)
            words = {same(word): text for word, text in source.words.items()}
            if wanted in words:
                cell = Cell(words[wanted])
            elif "*" in words:
                cell = Cell(words["*"])
        return cell, spot

    def ordinary(self, cell: Cell) -> Cell:
        """Return a cell; an empty one where it holds what means nothing in this table."""
        return EMPTY if self.table.empty and not cell.flaw and matches(cell.text, self.table.empty) else cell

    def value(
        self, field: Field, source: Source, unit: str | None, *, entry: Entry | None = None, quiet: bool = False
    ) -> str | list[str] | None:
        """Return what a plan writes for a source; None where there is nothing, or it cannot be read."""
        if source.first:
            for each in source.first:
                cell, _spot = self.cell(each)
                if not cell.empty or cell.flaw:
                    inner = attrs.evolve(each, unread=source.unread if each.unread == "refuse" else each.unread)
                    return self.value(field, inner, unit, entry=entry, quiet=quiet)
            return None
        cell, spot = self.cell(source)
        if cell.empty and not cell.flaw:
            return None
        if source.shares and isinstance(cell.value, float) and "%" not in cell.form:
            cell = Cell(cell.value * 100)
        try:
            if field.kind in LISTS:
                refuse_flaw(cell)
                return _several(cell.text, source.split)
            text = text_for(field, cell, self.habits, unit)
            return period_of(text, source.period) if source.period else text
        except NotReadError as error:
            if quiet:
                return None
            if source.unread == "refuse" or cell.flaw:
                self.refuse(spot, shown(cell), str(error))
                return None
            if source.unread != "leave out" and entry is not None:
                self.put(entry, source.unread, clean(cell.text), spot)
                what = _("“{field}” cannot be read, and its text was kept in “{other}”")
                self.kept[what.format(field=field.label, other=source.unread)] += 1
            else:
                what = _("“{field}” cannot be read, and was left out as the mapping says")
                self.kept[what.format(field=field.label)] += 1
            return None


def _one(value: str | list[str] | None) -> str | None:
    return value if isinstance(value, str) else None


def _alike(a: str | list[str], b: str | list[str]) -> bool:
    return isinstance(a, str) and isinstance(b, str) and same(a) == same(b)


def _several(text: str, separator: str | None) -> list[str]:
    """Return the answers in a cell: one a line, or split at a separator."""
    parts = [part for line in clean(text).split("\n") for part in (line.split(separator) if separator else [line])]
    return [" ".join(part.split()) for part in parts if part.strip()]

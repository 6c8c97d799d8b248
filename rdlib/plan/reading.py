"""From the text in a plan's files to its records, with everything that cannot be read.

Reading never stops at the first problem: a value that cannot be read is reported at its field and reads as None, and
everything else is read all the same. What is written in the file is not touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path, PureWindowsPath
from typing import Any

import attrs

from rdlib.plan.documents import Document
from rdlib.plan.fields import LISTS, Field, Kind, fields_of
from rdlib.plan.indicator import Indicator, Observation
from rdlib.plan.nodes import Map, Node, Scalar, Seq
from rdlib.plan.observations import read_series
from rdlib.plan.parts import PARTS
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.problems import Problem
from rdlib.plan.values import Amount, NotReadError, read_amount, read_day, read_period, read_yes_no
from rdlib.words import _

ID = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")


def accepted_id() -> str:
    """Return how an id may be written, for messages."""
    return _("lower-case letters, digits and hyphens, such as shorter-waits")


@attrs.frozen
class Setting:
    """What a plan says of how its values are written."""

    fiscal_start: int = 4
    decimal_comma: bool = False

    @classmethod
    def of(cls, plan: Plan) -> Setting:
        """Return the setting of a plan."""
        return cls(int(plan.fiscal_year_start or 4), plan.language == "fr")


#: What tells whether a file changed; None where there is none.
Version = tuple[int, int, int] | None


@attrs.frozen
class Read:
    """What reading one file gave.

    Attributes:
        record: the plan or priority.
        problems: what could not be read.
        hints: what may be a slip of the pen, in sentences; never in the way.
        data: the data files that it names, there or not, and which version of each was read.
        unclaimed: the rows of data files that name some other indicator: file, name, line of the first.
    """

    record: Any
    problems: tuple[Problem, ...]
    hints: tuple[str, ...]
    data: Mapping[str, Version] = attrs.field(factory=dict)
    unclaimed: Mapping[str, Mapping[str, int]] = attrs.field(factory=dict)


def declared(record: type) -> tuple[Field, ...]:
    """Return the fields of a record type, with the tables that other rules add to a priority or the plan.

    >>> [field.name for field in declared(Plan)][:2]
    ['title', 'organisation']
    """
    owner = {Plan: "plan", Priority: "priority"}.get(record)
    if owner is None:
        return fields_of(record)
    parts = (
        Field(part.key, part.label, "", Kind.RECORDS, record=part.record)
        for (of, _key), part in sorted(PARTS.items(), key=lambda item: item[1].kept)
        if of == owner
    )
    own = (field for field in fields_of(record) if field.kind is not Kind.ID)
    return (*own, *parts)


def row_names(table: Sequence[Node]) -> list[str]:
    """Return how paths name the rows of a table: by id, or by place (`#2`) where no id leads to the row."""
    names: dict[str, int] = {}
    for index, row in enumerate(table):
        id_ = _id_of(row)
        usable = id_ is not None and id_ not in names and "/" not in id_ and not id_.startswith("#")
        names[id_ if id_ is not None and usable else f"#{index + 1}"] = index
    return list(names)


def _id_of(row: Node) -> str | None:
    node = row.values.get("id") if isinstance(row, Map) else None
    return node.value() if isinstance(node, Scalar) else None


def read_plan_document(document: Document, folder: Path) -> Read:
    """Read the title page of a plan."""
    reader = _Reader(document.file, folder.resolve(), Setting(), "")
    return reader.whole(Plan, document.root, "plan", {"schema"})


def read_priority_document(document: Document, id_: str, folder: Path, setting: Setting) -> Read:
    """Read one priority and its data files."""
    reader = _Reader(document.file, folder.resolve(), setting, id_)
    read = reader.whole(Priority, document.root, f"priorities/{id_}", set())
    problems = read.problems
    if not ID.fullmatch(id_):
        problem = Problem(document.file, None, f"priorities/{id_}", _("Name of the file"), f'"{id_}"', accepted_id())
        problems = (problem, *problems)
    return attrs.evolve(read, record=attrs.evolve(read.record, id=id_), problems=problems)


def read_answer(field: Field, text: str, setting: Setting, unit: str | None = None) -> Any:
    """Return the value of a text that stood in a field; None where it cannot be read.

    >>> from rdlib.plan.fields import field_of
    >>> read_answer(field_of(Indicator, "name"), "Waits", Setting())
    'Waits'
    """
    reader = _Reader("", Path(), setting, "")
    return reader.answer(field, Scalar(text, plain=False, line=0, start=0, end=0), "", unit)


class _Reader:
    """Walks the declared fields of one file."""

    def __init__(self, file: str, root: Path, setting: Setting, priority: str) -> None:
        self.file, self.root, self.setting, self.priority = file, root, setting, priority
        self.problems: list[Problem] = []
        self.hints: list[str] = []
        self.data: dict[str, Version] = {}
        self.unclaimed: dict[str, dict[str, int]] = {}

    def whole(self, record: type, root: Map, where: str, also: set[str]) -> Read:
        parts = {key for (_owner, key) in PARTS}
        values = self.values(declared(record), root, where, None, also)
        own = {field.name for field in fields_of(record)}
        more = {key: value for key, value in values.items() if key not in own and key in parts}
        instance = record(**{key: value for key, value in values.items() if key in own}, parts=more)
        return Read(instance, tuple(self.problems), tuple(self.hints), self.data, self.unclaimed)

    def refuse(self, field: Field, node: Node, where: str, found: str, accepted: str) -> None:
        """Note what is wrong with a field; it then reads as None."""
        self.problems.append(Problem(self.file, node.line, where, field.label, found, accepted))

    def values(
        self, fields: Iterable[Field], group: Map, where: str, unit: str | None, also: Iterable[str] = ()
    ) -> dict[str, Any]:
        fields = tuple(fields)
        self.look_for_slips(group, {field.name for field in fields} | set(also))
        named = group.values.get("unit")
        if isinstance(named, Scalar) and any(field.name == "unit" for field in fields):
            unit = named.value()
        found = {}
        for field in fields:
            node = group.values.get(field.name)
            if node is None or (isinstance(node, Scalar) and node.value() is None):
                continue
            value = self.value(field, node, f"{where}/{field.name}", unit)
            if value is not None:
                found[field.name] = value
        return found

    def look_for_slips(self, group: Map, names: set[str]) -> None:
        for key, scalar in group.keys.items():
            if key in names:
                continue
            close = get_close_matches(key, sorted(names), 1, cutoff=0.8)
            if close:
                self.hints.append(
                    _('{file}, line {line}: "{key}" is not the name of a field here. Did you mean "{close}"?').format(
                        file=self.file, line=scalar.line, key=key, close=close[0]
                    )
                )

    def record(self, record: type, group: Map, where: str, unit: str | None) -> Any:
        values = self.values(declared(record), group, where, unit)
        if record is Indicator and values.get("data_files"):
            values["observations"] = (*values.get("observations", ()), *self.series(values, where))
        return record(**values)

    def value(self, field: Field, node: Node, where: str, unit: str | None) -> Any:
        """Return the value of a field that is not empty, or None with a problem."""
        if field.kind is Kind.RECORDS:
            return self.table(field, node, where, unit)
        if field.kind is Kind.RECORD:
            assert field.record
            if isinstance(node, Map):
                return self.record(field.record, node, where, unit)
            accepted = _("a group of fields below it, such as {names}").format(names=_names(declared(field.record)))
            self.refuse(field, node, where, _shape(node), accepted)
            return None
        if field.kind in LISTS:
            return self.texts(field, node, where)
        if not isinstance(node, Scalar):
            self.refuse(field, node, where, _shape(node), _one_answer(field))
            return None
        return self.answer(field, node, where, unit)

    def answer(self, field: Field, node: Scalar, where: str, unit: str | None) -> Any:
        text = node.text
        try:
            match field.kind:
                case Kind.NUMBER:
                    return self.number(field, text, unit)
                case Kind.WHEN:
                    return read_period(text, fiscal_start=self.setting.fiscal_start)
                case Kind.DAY:
                    return read_day(text)
                case Kind.YES_NO:
                    return read_yes_no(text)
                case Kind.CHOICE:
                    return _choice(field, text)
                case Kind.RATING:
                    return int(_choice(field, text))
        except NotReadError as error:
            self.refuse(field, node, where, f'"{text}"', str(error))
            return None
        return text

    def number(self, field: Field, text: str, unit: str | None) -> Amount:
        amount = read_amount(
            text, unit=unit if field.unit == "indicator" else field.unit, decimal_comma=self.setting.decimal_comma
        )
        if isinstance(amount, float):
            if field.low is not None and amount < field.low:
                raise NotReadError(_("a number of at least {low}").format(low=f"{field.low:g}"))
            if field.high is not None and amount > field.high:
                raise NotReadError(_("a number of at most {high}").format(high=f"{field.high:g}"))
        return amount

    def texts(self, field: Field, node: Node, where: str) -> tuple[str, ...] | None:
        if isinstance(node, Scalar):
            found = [node]
        elif isinstance(node, Seq):
            found = []
            for item in node.items:
                if isinstance(item, Scalar):
                    found.append(item)
                else:
                    self.refuse(field, item, where, _shape(item), _("texts, one a line, each with a dash before it"))
        else:
            self.refuse(field, node, where, _shape(node), _("texts, one a line, each with a dash before it"))
            return None
        if field.kind is Kind.FILES:
            found = [item for item in found if item.value() is None or self.file_is_there(field, item, where)]
        return tuple(item.text for item in found if item.value() is not None)

    def table(self, field: Field, node: Node, where: str, unit: str | None) -> tuple[Any, ...] | None:
        assert field.record
        fields = declared(field.record)
        names = _names(fields)
        if not isinstance(node, Seq):
            accepted = _("rows that start with a dash, with fields such as {names}").format(names=names)
            self.refuse(field, node, where, _shape(node), accepted)
            return None
        has_id = any(f.kind is Kind.ID for f in fields)
        rows, seen = [], dict[str, int]()
        for name, item in zip(row_names(node.items), node.items, strict=True):
            row_where = f"{where}/{name}"
            if isinstance(item, Scalar) and item.value() is None:
                rows.append(field.record())
            elif isinstance(item, Map):
                rows.append(self.record(field.record, item, row_where, unit))
                if has_id:
                    self.check_id(field, item, row_where, seen)
            else:
                accepted = _("a row with fields such as {names}").format(names=names)
                self.refuse(field, item, row_where, _shape(item), accepted)
        return tuple(rows)

    def check_id(self, field: Field, row: Map, where: str, seen: dict[str, int]) -> None:
        node = row.values.get("id")
        if not isinstance(node, Scalar) or node.value() is None:
            return
        label = next(f for f in declared(field.record or object) if f.kind is Kind.ID)
        if not ID.fullmatch(node.text):
            self.refuse(label, node, f"{where}/id", f'"{node.text}"', accepted_id())
        if node.text in seen:
            found = _('"{id}" a second time (first in line {line})').format(id=node.text, line=seen[node.text])
            self.refuse(label, node, f"{where}/id", found, _("each id once in its table"))
        seen.setdefault(node.text, node.line)

    def file_is_there(self, field: Field, node: Scalar, where: str) -> bool:
        self.data[node.text] = data_version(self.root, node.text)
        path, accepted = _inside(self.root, node.text)
        if path is None:
            self.refuse(field, node, where, f'"{node.text}"', accepted)
        return path is not None

    def series(self, values: Mapping[str, Any], where: str) -> list[Observation]:
        """Return the measured values in the data files of an indicator."""
        found: list[Observation] = []
        id_ = values.get("id", "")
        for name in dict.fromkeys(values["data_files"]):
            path, _accepted = _inside(self.root, name)
            if path is None:
                continue
            file = path.relative_to(self.root).as_posix()
            try:
                series = read_series(
                    path,
                    (id_, f"{self.priority}/{id_}"),
                    unit=values.get("unit"),
                    fiscal_start=self.setting.fiscal_start,
                    decimal_comma=self.setting.decimal_comma,
                )
            except OSError as error:
                reason = _("a file that cannot be opened ({reason})").format(reason=error.strerror)
                readable = _("a file that you may read")
                self.problems.append(Problem(file, None, f"{where}/data_files", "", reason, readable))
                continue
            found += series.observations
            self.problems += [
                Problem(file, flaw.line, f"{where}/data_files", flaw.column, flaw.found, flaw.accepted)
                for flaw in series.flaws
            ]
            others = dict(series.others)
            before = self.unclaimed.get(file, others)
            self.unclaimed[file] = {other: line for other, line in others.items() if other in before}
        return found


def data_path(folder: Path, name: str) -> tuple[Path | None, str]:
    """Return where a data file lies, or None and what is accepted instead.

    Args:
        folder: the plan's folder.
        name: the file as the plan names it: from the plan's folder, or from the folder `data` in it.
    """
    return _inside(folder.resolve(), name)


def data_version(root: Path, name: str) -> Version:
    """Return which version of a data file is there now; None where there is none.

    Args:
        root: the plan's folder.
        name: the file as the plan names it.
    """
    for candidate in (root / name, root / "data" / name):
        try:
            state = candidate.stat()
        except (OSError, ValueError):
            continue
        return (state.st_ino, state.st_size, state.st_mtime_ns)
    return None


def _inside(root: Path, name: str) -> tuple[Path | None, str]:
    """Do the work of data_path, given the folder's real place."""
    inside = _("a file in the plan's folder, such as data/waits.csv")
    windows = PureWindowsPath(name)
    if "\0" in name or windows.drive or windows.root or ".." in windows.parts:
        return None, inside
    for candidate in (root / windows.as_posix(), root / "data" / windows.as_posix()):
        try:
            real = candidate.resolve(strict=True)
        except (OSError, RuntimeError):  # not there; or links that lead in a circle
            continue
        if not real.is_relative_to(root):
            return None, inside
        if real.is_file():
            return real, ""
    return None, _("a file that is there: put it into the folder data and write data/ before its name")


def _choice(field: Field, text: str) -> str:
    wanted = text.strip().casefold()
    for choice in field.choices:
        if wanted in (choice.value.casefold(), choice.label.casefold()):
            return choice.value
    raise NotReadError(_("one of these: {choices}").format(choices=", ".join(map(_either, field.choices))))


def _either(choice: Any) -> str:
    return choice.value if choice.value == choice.label else f"{choice.value} ({choice.label})"


def _names(fields: Sequence[Field]) -> str:
    return ", ".join([field.name for field in fields if field.kind is not Kind.ID][:3])


def _shape(node: Node) -> str:
    if isinstance(node, Seq):
        return _("a list")
    if isinstance(node, Map):
        return _("a group of fields")
    return f'"{node.text}"'


def _one_answer(field: Field) -> str:
    if field.kind in (Kind.CHOICE, Kind.RATING):
        return _("one of these: {choices}").format(choices=", ".join(map(_either, field.choices)))
    return {
        Kind.NUMBER: _("one number"),
        Kind.WHEN: _("one period, such as 2018/19"),
        Kind.DAY: _("one day, written as 2018-04-30"),
        Kind.YES_NO: _("yes or no"),
        Kind.PERSON: _("one person"),
    }.get(field.kind, _("one text"))

"""Mapping files: how a person writes down where the columns of a table go. See ``docs/import.md``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from rdlib import paths
from rdlib.plan.documents import Document
from rdlib.plan.fields import LISTS
from rdlib.plan.nodes import Map, Node, Scalar, Seq
from rdlib.plan.plan import Plan
from rdlib.plan.problems import PlanReadError, Problem
from rdlib.tables.cells import column_number
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
    paths_of,
    record_of,
)
from rdlib.words import _

_LANGUAGE = "<language>"
_TABLE_KEYS = (
    "sheet", "file", "header", "header_rows", "columns", "first_row", "last_row", "only", "leave_out", "fill_down",
    "empty", "lookup", "across", "order", "again", "optional", "belongs_to",
)  # fmt: skip
_TOP_KEYS = ("about", "language", "languages", "fiscal_year_start", "plan", "tables")
_SOURCE_KEYS = ("column", "text", "fixed", "when", "words", "split", "period", "shares", "unread")
_LOOKUP_KEYS = ("file", "column", "equals", "as", "needed")


class MappingError(ValueError):
    """A mapping cannot be used; its message says every reason with its line."""


def shipped() -> list[str]:
    """Return the names of the mappings that come with the kit."""
    return sorted(path.stem for path in (paths.templates() / "mappings").glob("*.yaml"))


def find_mapping(name: str) -> Path:
    """Return the file of a mapping: one that comes with the kit, by its name, or any other by its path.

    Raises:
        MappingError: there is none.
    """
    if name in shipped():
        return paths.templates() / "mappings" / f"{name}.yaml"
    path = Path(name)
    if path.is_file():
        return path
    message = _("There is no mapping “{name}”. Name a file, or one that comes with the kit: {names}.")
    raise MappingError(message.format(name=name, names=", ".join(shipped())))


def read_mapping(path: Path, language: str | None = None) -> TableMapping:
    """Read a mapping file.

    Args:
        path: the file.
        language: which language to read, where the mapping knows several; else its first.

    Raises:
        MappingError: it cannot be used; all reasons at once.
        OSError: it cannot be opened.
    """
    content = path.read_bytes()
    try:
        document = Document.read(path.name, content)
        known = _languages(document)
        if language is not None and known and language not in known:
            message = _("The mapping {file} does not know the language “{language}”. It knows: {known}.")
            raise MappingError(message.format(file=path.name, language=language, known=", ".join(known)))
        chosen = language or (known[0] if known else "en")
        if _LANGUAGE in document.text:
            document = Document.read(path.name, content.replace(_LANGUAGE.encode(), chosen.encode()))
    except PlanReadError as error:
        raise MappingError(str(error)) from None
    reader = _MappingReader(path.name)
    mapping = reader.mapping(document.root, chosen)
    if reader.problems:
        raise MappingError("\n".join(map(str, reader.problems)))
    return mapping


def _languages(document: Document) -> list[str]:
    node = document.root.values.get("languages")
    return [str(value) for value in node.value() if value] if isinstance(node, Seq) else []


class _MappingReader:
    """Reads a mapping, and notes everything that it does not understand."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def refuse(self, node: Node, label: str, found: str, accepted: str) -> None:
        self.problems.append(Problem(self.file, node.line, "", label, found, accepted))

    # --- shapes ---

    def text(self, node: Node | None, label: str) -> str | None:
        if node is None or (isinstance(node, Scalar) and node.value() is None):
            return None
        if isinstance(node, Scalar):
            return node.text
        self.refuse(node, label, _("a list or a group"), _("one text"))
        return None

    def texts(self, node: Node | None, label: str) -> tuple[str, ...]:
        if isinstance(node, Seq):
            return tuple(text for item in node.items if (text := self.any_text(item, label)) is not None)
        text = self.text(node, label)
        return () if text is None else (text,)

    def any_text(self, node: Node, label: str) -> str | None:
        """Return a text; one in quotes with nothing in it, too."""
        return node.text if isinstance(node, Scalar) else self.text(node, label)

    def number(self, node: Node | None, label: str) -> int | None:
        text = self.text(node, label)
        if text is None:
            return None
        if re.fullmatch(r"[1-9][0-9]{0,6}", text):
            return int(text)
        assert node is not None
        self.refuse(node, label, f'"{text}"', _("a number, counted from 1"))
        return None

    def choice(self, node: Node | None, label: str, choices: Iterable[str], default: str) -> str:
        text = self.text(node, label)
        if text is None:
            return default
        if text not in choices:
            assert node is not None
            self.refuse(node, label, f'"{text}"', _("one of these: {choices}").format(choices=", ".join(choices)))
            return default
        return text

    def yes(self, node: Node | None, label: str) -> bool:
        return self.choice(node, label, ("yes", "no"), "no") == "yes"

    def group(self, node: Node | None, label: str) -> Map:
        if isinstance(node, Map):
            return node
        if node is not None and not (isinstance(node, Scalar) and node.value() is None):
            self.refuse(node, label, _("a text or a list"), _("a group: names with a colon, two spaces further right"))
        return Map(0, 0, 0, False)

    def keys(self, group: Map, known: Iterable[str], label: str) -> None:
        """Note the keys of a group that mean nothing."""
        known = list(known)
        for key, node in group.keys.items():
            if key not in known:
                near = get_close_matches(key, known, 3, cutoff=0.6) or known
                accepted = _("one of these: {choices}").format(choices=", ".join(near))
                self.refuse(node, label, f'"{key}"', accepted)

    # --- the mapping ---

    def mapping(self, root: Map, chosen: str) -> TableMapping:
        self.keys(root, _TOP_KEYS, "")
        tables = root.values.get("tables")
        if not isinstance(tables, Seq) or not tables.items:
            accepted = _("a list of tables, each with a dash before it")
            self.problems.append(Problem(self.file, None, "", "tables", _("nothing"), accepted))
            tables = Seq(0, 0, 0, False)
        plan = self.group(root.values.get("plan"), "plan")
        names = [path for path, fields in paths_of(Plan).items() if fields[-1].kind not in LISTS]
        self.keys(plan, names, "plan")
        page = {key: text for key, node in plan.values.items() if (text := self.text(node, key)) is not None}
        return TableMapping(
            tuple(self.table(self.group(item, "tables")) for item in tables.items),
            page,
            self.choice(root.values.get("language"), "language", ("en", "fr"), chosen if chosen == "fr" else "en"),
            self.number(root.values.get("fiscal_year_start"), "fiscal_year_start") or 4,
            self.text(root.values.get("about"), "about") or "",
        )

    def table(self, group: Map) -> TableMap:
        rows = {key: node for key, node in group.values.items() if key not in _TABLE_KEYS}
        for key in rows:
            if record_of(key) is None:
                self.keys(Map(0, 0, 0, False, {key: group.keys[key]}), [*_TABLE_KEYS, *known_tables()], "tables")
        belongs = self.group(group.values.get("belongs_to"), "belongs_to")
        self.keys(belongs, known_tables(), "belongs_to")
        told = {
            key: self.fields(key, self.group(node, key)) for key, node in rows.items() if record_of(key) is not None
        }
        for key in told:
            above = key.rpartition("/")[0] or (PRIORITY if key not in (PRIORITY, PEOPLE, TITLE_PAGE) else "")
            if above and above not in told and above not in belongs.values:
                accepted = _("also “{above}”, or “belongs_to” with the column that names it").format(above=above)
                self.refuse(group.keys[key], key, _("rows without the row that they belong to"), accepted)
        get = group.values.get
        header = [self.number(node, "header") for node in _items(get("header"))]
        return TableMap(
            told,
            {key: self.source(node, key) for key, node in belongs.values.items() if record_of(key) is not None},
            self.text(get("sheet"), "sheet"),
            self.text(get("file"), "file"),
            tuple(number for number in header if number is not None),
            self.number(get("header_rows"), "header_rows") or 1,
            self.span(get("columns")),
            self.number(get("first_row"), "first_row"),
            self.number(get("last_row"), "last_row"),
            self.patterns(get("only"), "only"),
            self.patterns(get("leave_out"), "leave_out"),
            self.texts(get("fill_down"), "fill_down"),
            self.texts(get("empty"), "empty"),
            tuple(self.lookup(self.group(node, "lookup")) for node in _items(get("lookup"))),
            self.texts(get("across"), "across"),
            self.patterns(get("order"), "order"),
            self.choice(get("again"), "again", ("refuse", "first"), "refuse"),
            optional=self.yes(get("optional"), "optional"),
        )

    def span(self, node: Node | None) -> tuple[int, int] | None:
        text = self.text(node, "columns")
        if text is None:
            return None
        if match := re.fullmatch(r"([A-Za-z]{1,3}) ?(?::|-) ?([A-Za-z]{1,3})", text):
            return column_number(match[1]), column_number(match[2])
        assert node is not None
        self.refuse(node, "columns", f'"{text}"', _("the first and the last column, such as B:N"))
        return None

    def patterns(self, node: Node | None, label: str) -> Mapping[str, tuple[str, ...]]:
        return {key: self.texts(each, key) for key, each in self.group(node, label).values.items()}

    def lookup(self, group: Map) -> Lookup:
        self.keys(group, _LOOKUP_KEYS, "lookup")
        texts = {key: self.text(group.values.get(key), key) or "" for key in ("file", "column", "equals", "as")}
        for key, text in texts.items():
            if not text:
                self.problems.append(
                    Problem(self.file, group.line or None, "", "lookup", _("no “{key}”").format(key=key), _("all four"))
                )
        needed = self.yes(group.values.get("needed"), "needed")
        return Lookup(texts["file"], texts["column"], texts["equals"], texts["as"], needed)

    def fields(self, table: str, group: Map) -> Mapping[str, Source]:
        record = record_of(table)
        assert record is not None
        names = [*paths_of(record), *((AT_LEAST, AT_MOST) if table == "indicators" else ())]
        if table == PRIORITY:
            names.append("id")
        self.keys(group, names, table)
        found = {key: self.source(node, key) for key, node in group.values.items()}
        for key, source in found.items():
            if source.unread not in ("refuse", "leave out", *names):
                accepted = _('"refuse", "leave out", or the field that keeps the text')
                self.refuse(group.values[key], key, f'"{source.unread}"', accepted)
        return found

    def source(self, node: Node, label: str) -> Source:
        if isinstance(node, Seq):
            return Source(first=tuple(self.source(item, label) for item in node.items))
        if isinstance(node, Scalar):
            if node.value() is None:
                self.refuse(node, label, _("nothing"), _("the heading of a column, or a group such as {fixed: text}"))
            return Source(text=node.text) if headings_in(node.text) else Source(column=node.text)
        self.keys(node, [*_SOURCE_KEYS, "first"], label)
        get = node.values.get
        ways = [key for key in ("column", "text", "fixed", "first") if key in node.values]
        if len(ways) != 1:
            self.refuse(node, label, ", ".join(ways) or _("nothing"), _("one of these: column, text, fixed, first"))
        words = self.group(get("words"), "words")
        return Source(
            self.text(get("column"), "column"),
            self.text(get("text"), "text"),
            self.any_text(fixed, "fixed") if (fixed := get("fixed")) is not None else None,
            tuple(self.source(item, label) for item in _items(get("first"))),
            self.patterns(get("when"), "when"),
            {key: self.any_text(each, key) or "" for key, each in words.values.items()},
            self.text(get("split"), "split"),
            self.choice(get("period"), "period", ("month", "quarter", "year"), "") or None,
            self.yes(get("shares"), "shares"),
            self.text(get("unread"), "unread") or "refuse",
        )


def _items(node: Node | None) -> list[Node]:
    if isinstance(node, Seq):
        return node.items
    return [] if node is None or (isinstance(node, Scalar) and node.value() is None) else [node]


def known_tables() -> list[str]:
    """Return the tables that a mapping can fill, as it names them."""
    from rdlib.plan.fields import Kind
    from rdlib.plan.priority import Priority
    from rdlib.plan.reading import declared

    found = [PRIORITY, PEOPLE]
    queue = [(field.name, field) for field in declared(Priority) if field.kind is Kind.RECORDS]
    while queue:
        name, field = queue.pop(0)
        found.append(name)
        queue += [(f"{name}/{f.name}", f) for f in declared(field.record or object) if f.kind is Kind.RECORDS]
    return found

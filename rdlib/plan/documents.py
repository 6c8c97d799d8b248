"""One YAML file of a plan, read strictly and changed in place.

A plan is edited by people with a text editor as much as by this program. So a change rewrites only the characters that
it is about: comments, order, quotes, blank lines and keys that this program does not know stay exactly as they stand.
Every value is text; nothing is turned into a number or a date here, and nothing is reformatted.

Only a small, safe part of YAML is accepted: groups, lists and texts. Tags, anchors, aliases, merge keys, several
documents in one file, very deep nesting and very large files are refused, each with its line.

>>> doc = Document.parse("priorities/waits.yaml", b"title: Waits   # short name\\n")
>>> print(doc.put(("title",), "Shorter waits").text, end="")
title: Shorter waits   # short name
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any

import attrs

from rdlib.plan.problems import PlanReadError, Problem
from rdlib.words import _

MAX_BYTES = 2_000_000
MAX_DEPTH = 24
WIDTH = 100

#: What a file holds: texts, None (nothing written), lists and groups.
Plain = None | str | list["Plain"] | dict[str, "Plain"]

_EMPTY_WORDS = {"", "~", "null", "Null", "NULL"}


@attrs.define(slots=True)
class Scalar:
    """One text, with its place in the file."""

    text: str
    plain: bool
    line: int
    start: int
    end: int

    def value(self) -> str | None:
        """Return the text; None where nothing is written."""
        return None if self.plain and self.text in _EMPTY_WORDS else self.text


@attrs.define(slots=True)
class Seq:
    """A list, with its place in the file; ``dashes`` are the places of its dashes when it is written with them."""

    line: int
    start: int
    end: int
    flow: bool
    items: list[Node] = attrs.field(factory=list)
    dashes: list[int] = attrs.field(factory=list)

    def value(self) -> list[Plain]:
        """Return its plain values."""
        return [item.value() for item in self.items]


@attrs.define(slots=True)
class Map:
    """A group, with its place in the file."""

    line: int
    start: int
    end: int
    flow: bool
    keys: dict[str, Scalar] = attrs.field(factory=dict)
    values: dict[str, Node] = attrs.field(factory=dict)

    def value(self) -> dict[str, Plain]:
        """Return its plain values."""
        return {key: node.value() for key, node in self.values.items()}


Node = Scalar | Seq | Map
Steps = tuple[str | int, ...]


@attrs.frozen
class Document:
    """One YAML file: its text, and where each value stands in it.

    Attributes:
        file: its name relative to the plan's folder.
        text: what stands in it, with plain line ends.
        root: its values and their places.
        bom: whether it starts with a byte order mark (some editors write one).
        crlf: whether its lines end as Windows ends them.
    """

    file: str
    text: str = attrs.field(repr=False)
    root: Map = attrs.field(repr=False, eq=False)
    bom: bool = False
    crlf: bool = False

    @classmethod
    def parse(cls, file: str, content: bytes) -> Document:
        """Read the content of a file.

        Args:
            file: its name relative to the plan's folder, for messages.
            content: what stands in it.

        Raises:
            PlanReadError: it is not the kind of file that a plan is made of; says line and reason.
        """
        if len(content) > MAX_BYTES:
            raise _fault(
                file,
                None,
                _("a file of {size} MB").format(size=round(len(content) / 1e6, 1)),
                _("at most {size} MB").format(size=MAX_BYTES // 1_000_000),
            )
        bom = content.startswith(b"\xef\xbb\xbf")
        try:
            text = content[3 if bom else 0 :].decode("utf-8")
        except UnicodeDecodeError as error:
            raise _fault(
                file,
                content.count(b"\n", 0, error.start) + 1,
                _("a character that is not in UTF-8"),
                _('a text file saved as UTF-8 (in most editors: "Save as", encoding UTF-8)'),
            ) from None
        crlf = "\r\n" in text
        return cls.of(file, text.replace("\r\n", "\n").replace("\r", "\n"), bom=bom, crlf=crlf)

    @classmethod
    def of(cls, file: str, text: str, *, bom: bool = False, crlf: bool = False) -> Document:
        """Return the document with this text; errors as :meth:`parse`."""
        return cls(file, text, compose(file, text), bom, crlf)

    @property
    def content(self) -> bytes:
        """What is written to disk."""
        text = self.text.replace("\n", "\r\n") if self.crlf else self.text
        return (b"\xef\xbb\xbf" if self.bom else b"") + text.encode("utf-8")

    def value(self) -> dict[str, Plain]:
        """Return all values of the file."""
        return self.root.value()

    def node(self, steps: Steps) -> Node | None:
        """Return what stands at a place, or None; a step is a key or the index of a row."""
        node: Node | None = self.root
        for step in steps:
            if isinstance(node, Map) and isinstance(step, str):
                node = node.values.get(step)
            elif isinstance(node, Seq) and isinstance(step, int) and 0 <= step < len(node.items):
                node = node.items[step]
            else:
                return None
        return node

    def put(self, steps: Steps, value: Plain, order: Callable[[Steps], Sequence[str]] | None = None) -> Document:
        """Return the document with another value at a place; what need not change stays as it stands.

        Args:
            steps: the place; groups on the way are made.
            value: the new value; None, "" and empty lists leave the key there with nothing behind it.
            order: gives the keys of the group at a place in the order in which new ones are written.

        Raises:
            NotWrittenError: the value cannot stand in a text file.
        """
        check_writable(value)
        return self._put(steps, value, order or (lambda _steps: ()))

    def _put(self, steps: Steps, value: Plain, order: Callable[[Steps], Sequence[str]]) -> Document:
        for depth in range(len(steps) + 1):
            at = self.node(steps[:depth])
            if isinstance(at, Scalar) and depth < len(steps):
                if at.value() is not None:
                    raise NotWrittenError(
                        _("In {file}, line {line}, a text stands where a group of fields belongs; move it first.").format(
                            file=self.file, line=at.line
                        )
                    )
                at = None
            if at is None:
                for step in reversed(steps[depth:]):
                    value = {str(step): value}
                steps = steps[:depth]
                break
        node = self.node(steps)
        if node is not None and says_same(node.value(), value):
            return self
        doc = self
        if isinstance(node, Map) and isinstance(value, dict):
            for key in [*node.values, *(k for k in value if k not in node.values)]:
                doc = doc._put((*steps, key), value.get(key), order)
            return doc
        if isinstance(node, Seq) and isinstance(value, list) and node.items and value:
            places = _match(node.value(), value)
            for place, item in zip(places, value, strict=True):
                if place is not None:
                    doc = doc._put((*steps, place), item, order)
            return doc.arrange(steps, [v if p is None else p for p, v in zip(places, value, strict=True)])
        parent, last = self.node(steps[:-1]), steps[-1]
        if isinstance(parent, Seq) and isinstance(last, int):
            rows: list[int | Plain] = [value if i == last else i for i in range(len(parent.items))]
            return self.arrange(steps[:-1], rows)
        assert isinstance(parent, Map)
        assert isinstance(last, str)
        if node is None:
            text = self.text if _empty(value) else _with_key(self.text, parent, last, value, order(steps[:-1]))
        else:
            text = _with_value(self.text, parent, last, value)
        return self._rewritten(text, steps, value)

    def arrange(self, steps: Steps, rows: Sequence[int | Plain]) -> Document:
        """Return the document with the rows of a list in another order, without some, or with new ones.

        Args:
            steps: the place of the list.
            rows: for each row that shall stand there, the index of a present row or a new value.
        """
        node = self.node(steps)
        present = node.items if isinstance(node, Seq) else []
        value = [present[row].value() if isinstance(row, int) else row for row in rows]
        check_writable(value)
        if not isinstance(node, Seq) or not node.items:
            return self._put(steps, value, lambda _steps: ())
        if node.flow:
            inside = ", ".join(
                self.text[present[row].start : _end(present[row])] if isinstance(row, int) else _flow(row)
                for row in rows
            )
            text = f"{self.text[: node.start]}[{inside}]{self.text[node.end :]}"
        else:
            text = _arranged(self.text, node, rows)
        return self._rewritten(text, steps, value)

    def rename(self, steps: Steps, name: str) -> Document:
        """Return the document with another name for a key."""
        group = self.node(steps[:-1])
        assert isinstance(group, Map)
        key = group.keys[str(steps[-1])]
        value = {name if k == steps[-1] else k: v for k, v in group.value().items()}
        return self._rewritten(self.text[: key.start] + _key(name) + self.text[key.end :], steps[:-1], value)

    def drop(self, steps: Steps) -> Document:
        """Return the document without a key; a comment behind its value stays."""
        group = self.node(steps[:-1])
        assert isinstance(group, Map)
        value = {k: v for k, v in group.value().items() if k != steps[-1]}
        return self._rewritten(_without_key(self.text, group, str(steps[-1])), steps[:-1], value)

    def _rewritten(self, text: str, steps: Steps, value: Plain) -> Document:
        """Read the changed text again and make sure that it says what was meant, and nothing else."""
        try:
            doc = Document.of(self.file, text, bom=self.bom, crlf=self.crlf)
        except PlanReadError as error:
            raise NotWrittenError(_cannot_write(self.file)) from error
        if not says_same(doc.value(), _replaced(self.value(), steps, value)):
            raise NotWrittenError(_cannot_write(self.file))
        return doc


class NotWrittenError(ValueError):
    """A value cannot be written into the file."""


def _cannot_write(file: str) -> str:
    return _(
        "This change does not fit into the way {file} is laid out, so nothing was changed. Open the file in a text "
        "editor and write each field on a line of its own."
    ).format(file=file)


def check_writable(value: Plain) -> None:
    """Make sure that a value can stand in a text file.

    Raises:
        NotWrittenError: it holds half of a character (a broken copy from elsewhere).
    """
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise NotWrittenError(
                _("The text holds a broken character that no file can hold. Type it again, without copying.")
            ) from None
    elif isinstance(value, list):
        for item in value:
            check_writable(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            check_writable(key)
            check_writable(item)


def digest(content: bytes) -> str:
    """Return a short name of what a file holds: the same content, the same name."""
    return sha256(content).hexdigest()


# --- reading ---------------------------------------------------------------------------------------------------------


def _fault(file: str, line: int | None, found: str, accepted: str) -> PlanReadError:
    return PlanReadError([Problem(file, line, "", "", found, accepted)])


def compose(file: str, text: str) -> Map:
    """Read a text into values and their places.

    Raises:
        PlanReadError: it is not what a plan's file may hold.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    builder = _Builder(file, text)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            builder.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _fault(file, mark.line + 1 if mark else None, _plain_words(str(error.problem or "")), _ACCEPTED) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        found = _("a character that cannot be seen ({code})").format(code=f"U+{ord(text[error.position]):04X}")
        raise _fault(file, line, found, _("only characters that can be seen")) from None
    except YAMLError:
        raise _fault(file, None, _("something that cannot be read"), _ACCEPTED) from None
    return builder.root()


_ACCEPTED = _('lines such as "title: Shorter waits", with deeper lines moved to the right by two spaces')


def _plain_words(problem: str) -> str:
    for part, words in _SYNTAX.items():
        if part in problem:
            return words
    return _("something that cannot be read ({problem})").format(problem=problem)


_SYNTAX = {
    "'\\t' that cannot start": _("a tab; use spaces"),
    "while scanning a quoted": _("a quotation mark that is never closed"),
    "unexpected end of stream": _("a quotation mark that is never closed"),
    "document separator": _("a quotation mark that is never closed"),
    "mapping values are not allowed": _(
        'a second colon on the line, or a line too far to the right; put quotes around a text that holds ": "'
    ),
    "could not find expected ':'": _("a line without a colon"),
    "expected <block end>": _("a line that does not stand under the lines before it"),
    "',' or ']'": _("a square bracket that is never closed"),
    "',' or '}'": _("a curly bracket that is never closed"),
    "that cannot start any token": _("a character that a text may only start with inside quotes"),
}


class _Builder:
    """Builds the tree of a file from the parser's events, without recursion, and refuses what is not accepted."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self.stack: list[Map | Seq] = []
        self.keys: list[Scalar | None] = []
        self.top: Node | None = None
        self.documents = 0

    def refuse(self, event: Any, found: str, accepted: str) -> PlanReadError:
        return _fault(self.file, event.start_mark.line + 1, found, accepted)

    def take(self, event: Any) -> None:
        name = type(event).__name__
        start, end = event.start_mark, event.end_mark
        if name == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                raise self.refuse(event, _('a second document (a line "---")'), _("one document in a file"))
        elif name == "AliasEvent":
            raise self.refuse(event, f'"*{event.anchor}"', _("the text itself; * refers elsewhere, which is not read"))
        if getattr(event, "anchor", None) is not None:
            raise self.refuse(
                event, f'"&{event.anchor}"', _("the text alone, or in quotes when it starts with &; names are not read")
            )
        if getattr(event, "tag", None) is not None and name != "DocumentStartEvent":
            raise self.refuse(
                event, _("a text that starts with an exclamation mark"), _("the text in quotes; tags are not read")
            )
        if name == "ScalarEvent":
            stop = end.index
            if event.style in ("|", ">"):
                stop = start.index + len(self.text[start.index : stop].rstrip("\n"))
            elif event.style is None and not event.value:
                stop = start.index
            self.add(event, Scalar(event.value, event.style is None, start.line + 1, start.index, stop))
        elif name in ("MappingStartEvent", "SequenceStartEvent"):
            if len(self.stack) >= MAX_DEPTH:
                raise self.refuse(
                    event,
                    _("more than {n} levels, one inside the other").format(n=MAX_DEPTH),
                    _("as many levels as a plan needs"),
                )
            kind = Map if name == "MappingStartEvent" else Seq
            node = kind(start.line + 1, start.index, end.index, bool(event.flow_style))
            self.add(event, node)
            self.stack.append(node)
            self.keys.append(None)
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            self.stack.pop().end = end.index
            self.keys.pop()

    def add(self, event: Any, node: Node) -> None:
        if not self.stack:
            self.top = node
            return
        owner = self.stack[-1]
        if isinstance(owner, Seq):
            if not owner.flow:
                owner.dashes.append(self.dash(owner, node))
            owner.items.append(node)
            return
        key = self.keys[-1]
        if key is not None:
            owner.values[key.text] = node
            self.keys[-1] = None
            return
        if not isinstance(node, Scalar) or (not owner.flow and not self.text[node.end :].lstrip(" ").startswith(":")):
            raise self.refuse(event, _("a name that is not one word or text"), _ACCEPTED)
        if node.text in owner.keys:
            raise self.refuse(
                event,
                _('"{key}" a second time (first in line {line})').format(
                    key=node.text, line=owner.keys[node.text].line
                ),
                _("each name once in its group"),
            )
        if node.plain and node.text == "<<":
            raise self.refuse(event, '"<<"', _("the fields themselves, written out"))
        owner.keys[node.text] = self.keys[-1] = node

    def dash(self, owner: Seq, node: Node) -> int:
        """Return the place of the dash before an item."""
        if not owner.dashes:
            return owner.start
        column = owner.start - _line_start(self.text, owner.start)
        at = _line_start(self.text, node.start)
        while self.text[at + column : at + column + 1] != "-":
            at = _line_start(self.text, at - 1)
        return at + column

    def root(self) -> Map:
        if isinstance(self.top, Map):
            return self.top
        if self.top is None or (isinstance(self.top, Scalar) and self.top.value() is None):
            return Map(1, len(self.text), len(self.text), False)
        raise _fault(self.file, self.top.line, _("a list or a text alone"), _ACCEPTED)


# --- comparing -------------------------------------------------------------------------------------------------------


def _empty(value: Plain) -> bool:
    return value is None or value == "" or value == [] or (isinstance(value, dict) and all(map(_empty, value.values())))


def says_same(a: Plain, b: Plain) -> bool:
    """Whether two values say the same: nothing, an empty text, an empty list and an empty group are the same."""
    if isinstance(a, dict) and isinstance(b, dict):
        return all(says_same(a.get(key), b.get(key)) for key in {**a, **b})
    if isinstance(a, list) and isinstance(b, list) and a and b:
        return len(a) == len(b) and all(map(says_same, a, b))
    return a == b or (_empty(a) and _empty(b))


def _replaced(whole: Plain, steps: Steps, value: Plain) -> Plain:
    """Return a value with another one at a place inside it."""
    if not steps:
        return value
    step = steps[0]
    if isinstance(step, int):
        assert isinstance(whole, list)
        return [_replaced(item, steps[1:], value) if i == step else item for i, item in enumerate(whole)]
    group = dict(whole) if isinstance(whole, dict) else {}
    group[step] = _replaced(group.get(step), steps[1:], value)
    return group


def ids_of(rows: Sequence[Plain]) -> list[str] | None:
    """Return the ids of the rows of a table, or None when a row has none or two have the same."""
    ids = [row.get("id") if isinstance(row, dict) else None for row in rows]
    texts = [id_ for id_ in ids if isinstance(id_, str) and id_]
    return texts if len(set(texts)) == len(rows) else None


def _match(old: Sequence[Plain], new: Sequence[Plain]) -> list[int | None]:
    """Return for each new row the index of the old row that it continues."""
    old_ids, new_ids = ids_of(old), ids_of(new)
    if old_ids is not None and new_ids is not None:
        return [old_ids.index(id_) if id_ in old_ids else None for id_ in new_ids]
    if len(old) == len(new):
        return list(range(len(old)))
    places: list[int | None] = [None] * len(new)
    keys = {repr(item): None for item in (*old, *new)}
    numbers = {key: i for i, key in enumerate(keys)}
    matcher = SequenceMatcher(None, [numbers[repr(i)] for i in old], [numbers[repr(i)] for i in new], autojunk=False)
    for block in matcher.get_matching_blocks():
        for i in range(block.size):
            places[block.b + i] = block.a + i
    return places


# --- writing ---------------------------------------------------------------------------------------------------------

# What may stand without quotes: starts with a letter or digit, holds nothing that YAML reads as a sign.
_PLAIN = re.compile(r"[^\W_](?:[\w .,;()/%+&'’“”«»?!€$£@*=<>|–—-]|:(?=[^\s,\[\]{}])|#(?<=\S#))*", re.UNICODE)
_PLAIN_FLOW = re.compile(r"[^\W_](?:[\w .()/%+'’-])*", re.UNICODE)
# What a YAML file can show as it is; everything else is written with its number inside double quotes.
_SHOWN = re.compile(r"[\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def _quoted(text: str) -> str:
    if _SHOWN.fullmatch(text) and "\n" not in text and "\t" not in text:
        if '"' not in text and "\\" not in text:
            return f'"{text}"'
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_ESCAPES.get(c) or (c if _SHOWN.fullmatch(c) else _escape(c)) for c in text) + '"'


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def _bare(text: str, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.fullmatch(text)) and not text.endswith((" ", ":")) and text not in _EMPTY_WORDS


def _scalar(text: str, indent: int) -> tuple[str, list[str]]:
    """Return a text as it stands behind its key, and the lines below it; ``indent`` is the column of those lines."""
    if "\n" in text and _SHOWN.fullmatch(text):
        body = text.removesuffix("\n")
        first = body.lstrip("\n")
        if first and not first.startswith((" ", "\t")) and not body.endswith("\n") and not _blank_line(body):
            lines = [" " * indent + line if line else "" for line in body.split("\n")]
            return ("|" if text.endswith("\n") else "|-"), lines
    if len(text) + indent > WIDTH and _SHOWN.fullmatch(text) and not re.search(r"[\n\t]|^ | $", text):
        lines = [" " * indent + line for line in _wrapped(text, WIDTH - indent)]
        if len(lines) > 1:
            return ">-", lines
    return (text if _bare(text, _PLAIN) else _quoted(text)), []


def _blank_line(text: str) -> bool:
    return any(line and not line.strip() for line in text.split("\n"))


def _wrapped(text: str, width: int) -> list[str]:
    """Break a text at single spaces into lines of at most ``width`` characters where its words allow it."""
    lines, line = [], ""
    for word in re.split(r"(?<=[^\s]) (?=[^\s])", text):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9][\w-]*", key) and key not in _EMPTY_WORDS else _quoted(key)


def _flow(value: Plain) -> str:
    """Return a value as it stands inside brackets."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return value if _bare(value, _PLAIN_FLOW) else _quoted(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return "{" + ", ".join(f"{_key(key)}: {_flow(item)}" for key, item in value.items()) + "}"


def _behind(value: Plain, indent: int) -> tuple[str, list[str]]:
    """Return what stands behind a key in column ``indent``, and the lines below it."""
    if value is None or value in ("", [], {}):
        return "", []
    if isinstance(value, str):
        return _scalar(value, indent + 2)
    return "", _block(value, indent + 2)


def _block(value: list[Plain] | dict[str, Plain], indent: int) -> list[str]:
    """Return the lines of a list or group whose dashes or keys stand in column ``indent``."""
    lines: list[str] = []
    if isinstance(value, dict):
        for key, item in value.items():
            head, body = _behind(item, indent)
            lines += [" " * indent + _key(key) + ":" + (" " + head if head else ""), *body]
        return lines
    for item in value:
        lines += _row(item, indent)
    return lines


def _row(value: Plain, indent: int) -> list[str]:
    """Return the lines of one row whose dash stands in column ``indent``."""
    dash = " " * indent + "-"
    if value is None:
        return [dash]
    if isinstance(value, str):
        head, body = _scalar(value, indent + 2)
        return [f"{dash} {head}", *body]
    if not value:
        return [f"{dash} {_flow(value)}"]
    lines = _block(value, indent + 2)
    return [f"{dash} {lines[0][indent + 2 :]}", *lines[1:]]


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, max(at, 0)) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _end(node: Node) -> int:
    """Return where a value ends, without the comments and empty lines that follow it."""
    while True:
        if isinstance(node, Scalar) or node.flow:
            return node.end
        children = list(node.values.values()) if isinstance(node, Map) else node.items
        node = children[-1]
        if isinstance(node, Scalar) and node.end == node.start:
            return node.end


def _with_value(text: str, group: Map, key: str, value: Plain) -> str:
    """Return the text with another value behind a key that is there."""
    name, old = group.keys[key], group.values[key]
    colon = text.find(":", name.end, _line_end(text, name.end)) + 1
    if group.flow:
        if old.start == old.end and not text[name.end :].lstrip().startswith(":"):
            return f"{text[: name.end]}: {_flow(value)}{text[name.end :]}"
        if old.start == old.end:
            return f"{text[:colon]} {_flow(value)}{text[colon:]}"
        return text[: old.start] + _flow(value) + text[_end(old) :]
    first_end = _line_end(text, colon)
    if old.start == old.end:
        tail, stop = text[colon:first_end], first_end
    elif old.start > first_end:  # the value starts on a line below; what follows the colon can only be a comment
        tail, stop = text[colon:first_end], _line_end(text, _end(old))
    elif isinstance(old, Scalar) and text[old.start] in "|>" and not old.plain:
        header = re.match(r"[|>][-+0-9]*", text[old.start :])
        assert header
        tail, stop = text[old.start + header.end() : first_end], _line_end(text, old.end)
    else:
        stop = _line_end(text, _end(old))
        tail = text[_end(old) : stop]
    head, body = _behind(value, name.start - _line_start(text, name.start))
    return "\n".join([text[:colon] + (" " + head if head else "") + tail.rstrip(), *body]) + text[stop:]


def _with_key(text: str, group: Map, key: str, value: Plain, order: Sequence[str]) -> str:
    """Return the text with a new key in a group."""
    if group.flow:
        last = [_end(node) if node.end > node.start else group.keys[name].end for name, node in group.values.items()]
        at = last[-1] if last else group.start + 1
        return f"{text[:at]}{', ' if last else ''}{_key(key)}: {_flow(value)}{text[at:]}"
    names = list(group.keys)
    if not names:
        return "\n".join([*([text.removesuffix("\n")] if text else []), *_block({key: value}, 0), ""])
    indent = group.keys[names[0]].start - _line_start(text, group.keys[names[0]].start)
    rank = {name: i for i, name in enumerate(order)}
    before = [name for name in names if rank.get(name, -1) < rank.get(key, len(rank))]
    lines = _block({key: value}, indent)
    first_line = _line_start(text, group.keys[names[0]].start)
    if not any(name in rank for name in before) and any(name in rank for name in names):
        if text[first_line : group.keys[names[0]].start].strip():  # the first key of a row stands behind its dash
            before = names[:1]
        else:
            return text[:first_line] + "\n".join([*lines, ""]) + text[first_line:]
    last = before[-1] if before else names[-1]
    node = group.values[last]
    at = _line_end(text, max(_end(node), group.keys[last].end))
    return "\n".join([text[:at], *lines]) + (text[at:] or "\n")


def _without_key(text: str, group: Map, key: str) -> str:
    """Return the text without a key and its value."""
    name, node = group.keys[key], group.values[key]
    start, stop = name.start, max(_end(node), name.end)
    if group.flow:
        names = list(group.keys)
        if key != names[-1]:
            return text[:start] + text[group.keys[names[names.index(key) + 1]].start :]
        if len(names) > 1:
            start = _end(group.values[names[-2]])
        return text[:start] + text[stop:]
    if node.start == node.end:
        stop = text.find(":", name.end) + 1
    first = _line_start(text, start)
    rest = text[stop : _line_end(text, stop)].strip()
    if text[first:start].strip():  # behind the dash of a row: the next key takes the place
        following = [k for k in group.keys if k != key]
        at = group.keys[following[0]].start if following else stop
        return text[:start] + text[at:]
    if rest:
        return text[:start] + rest + text[_line_end(text, stop) :]
    return text[:first] + text[_line_end(text, stop) + 1 :]


def _arranged(text: str, table: Seq, rows: Sequence[int | Plain]) -> str:
    """Return the text with the rows of a list that is written with dashes arranged anew."""
    column = table.start - _line_start(text, table.start)
    starts = [_line_start(text, dash) for dash in table.dashes]
    ends = [_line_end(text, max(_end(item), dash)) + 1 for item, dash in zip(table.items, table.dashes, strict=True)]
    if not text.endswith("\n"):
        text += "\n"
    lead_in = text[starts[0] : table.start]  # inside another list, the first dash stands behind that list's own
    for i in range(1, len(starts)):  # comments directly above a row go where the row goes
        while starts[i] > ends[i - 1]:
            above = _line_start(text, starts[i] - 1)
            if above < ends[i - 1] or not text[above : starts[i]].lstrip().startswith("#"):
                break
            starts[i] = above
    chunks = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    chunks[0] = " " * column + chunks[0][len(lead_in) :]
    gaps = [text[end:start] for end, start in zip(ends, [*starts[1:], ends[-1]], strict=True)]
    used = {row for row in rows if isinstance(row, int)}
    out, kept = "", ""
    for place, row in enumerate(rows):
        new = chunks[row] if isinstance(row, int) else "\n".join([*_row(row, column), ""])
        gap = gaps[place] if place < len(gaps) - 1 else ""
        if place >= len(gaps) - 1 and place < len(rows) - 1 and len(gaps) > 1 and not gaps[0].strip():
            gap = gaps[0]  # an empty line between rows, where the file has one
        out += new + gap
    for i, chunk in enumerate(chunks):
        if i not in used:
            comments = re.match(r"(?:[ ]*#[^\n]*\n)*", chunk)
            kept += comments[0] if comments else ""
    kept += "".join(gap for gap in gaps[max(len(rows) - 1, 0) :] if gap.strip())
    if out.startswith(" " * column):
        out = lead_in + out[column:]
    elif lead_in.strip():
        out = lead_in + "\n" + out
    return text[: starts[0]] + out + kept + text[ends[-1] :]

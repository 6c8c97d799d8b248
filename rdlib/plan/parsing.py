"""From the text of a file to its values and their places, strictly.

Only groups, lists and texts are read. Tags, anchors, aliases, merge keys, several documents in one file, a name twice
in a group and very deep nesting are refused, each with its line and in plain words.

There are two readers. :func:`read_simple` knows the simple layout in which nearly all files of a plan are written, and
is many times as fast; whatever it does not know for certain, it leaves to :func:`read_any`, which uses the YAML
library. Tests hold the one to the other.
"""

from __future__ import annotations

import re
from typing import Any

import attrs

from rdlib.plan.nodes import Map, Node, Scalar, Seq, end_of, line_end, line_start
from rdlib.plan.problems import PlanReadError, Problem
from rdlib.words import _, format_number

MAX_DEPTH = 24
#: How many lines and items a file may have that is not in the simple layout; reading it is slow.
MAX_ODD = 20_000

# What a file can show as it is; anything else has to be written with its number, inside double quotes.
SHOWN = re.compile(r"[\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*")


def parse(file: str, text: str) -> Map:
    r"""Read a text into values and their places.

    Args:
        file: the name of the file, for messages.
        text: what stands in it.

    Raises:
        PlanReadError: it is not what a plan's file may hold.

    >>> parse("plan.yaml", "title: Our plan\npeople:\n  - id: ada\n").value()
    {'title': 'Our plan', 'people': [{'id': 'ada'}]}
    """
    return read_simple(text) or read_any(file, text)


def fault(file: str, line: int | None, found: str, accepted: str) -> PlanReadError:
    """Return the error that a file as a whole cannot be read."""
    return PlanReadError([Problem(file, line, "", "", found, accepted)])


# --- the simple layout -----------------------------------------------------------------------------------------------

_UNUSUAL = re.compile(r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_DASH = re.compile(r"- +(?=[^ #])")
_KEY = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]{0,99}):(?: +|$)")
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"(?= *$| +#)')
_SINGLE = re.compile(r"'((?:[^']|'')*)'(?= *$| +#)")
_HEADER = re.compile(r"([|>])(-?)(?= *$| +#)")
_ITEM = r"[A-Za-z0-9](?:[\w./ -]*[\w./-])?"
_LIST = re.compile(rf"\[ *(?:{_ITEM}(?: *, *{_ITEM})*)? *\](?= *$| +#)", re.ASCII)
_WORD = re.compile(_ITEM, re.ASCII)


_ESCAPE = re.compile(r'\\(?:(["\\ntr0])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|.)')
_ESCAPED = {'"': '"', "\\": "\\", "n": "\n", "t": "\t", "r": "\r", "0": "\0"}


def _without_escapes(text: str) -> str:
    return _ESCAPE.sub(_escaped, text) if "\\" in text else text


def _escaped(match: re.Match[str]) -> str:
    if match[1]:
        return _ESCAPED[match[1]]
    code = int(match[2] or match[3] or match[4] or "110000", 16)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise _NotSimpleError
    return chr(code)


class _NotSimpleError(Exception):
    """The file is not written in the simple layout."""


@attrs.define(slots=True)
class _Slot:
    """A key or dash with nothing behind it yet: what stands on the lines below may belong to it."""

    owner: Map | Seq
    key: str
    column: int


def read_simple(text: str) -> Map | None:
    r"""Read a text in the simple layout; None when it is not, or holds a mistake.

    >>> read_simple("a: 1\nb: {c: 2}\n") is None
    True
    """
    if _UNUSUAL.search(text):
        return None
    try:
        return _Simple(text).read()
    except _NotSimpleError:
        return None


class _Simple:
    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.stack: list[tuple[int, Map | Seq]] = []
        self.slot: _Slot | None = None

    def read(self) -> Map:
        at, number, lines = 0, 0, self.lines
        while number < len(lines):
            line = lines[number]
            bare = line.lstrip(" ")
            if bare and bare[0] != "#":
                used = self.line(number, at, line, len(line) - len(bare))
            else:
                used = 1
            for _passed in range(used):
                at += len(lines[number]) + 1
                number += 1
        if not self.stack:  # nothing but notes and empty lines
            return Map(1, at - 1, at - 1, False)
        root = self.stack[0][1]
        assert isinstance(root, Map)
        return root

    def line(self, number: int, at: int, line: str, column: int) -> int:
        """Read one line that says something, and the lines of a text below it; return how many these are."""
        dashed = False
        while True:
            dash = _DASH.match(line, column)
            if dash is None and line[column] == "-" and not line[column:].strip("- "):
                raise _NotSimpleError  # a dash alone, or one behind another
            if dash is None:
                break
            if dashed:
                raise _NotSimpleError
            self.row(number, at, column)
            column, dashed = dash.end(), True
        key = _KEY.match(line, column)
        if key is not None:
            return self.key(number, at, line, column, key)
        if not dashed:
            raise _NotSimpleError
        owner = self.stack[-1][1]
        assert isinstance(owner, Seq)
        self.slot = None
        node, used = self.scalar(number, at, line, column, self.stack[-1][0])
        owner.items.append(node)
        return used

    def row(self, number: int, at: int, column: int) -> None:
        stack = self.stack
        while stack and stack[-1][0] > column:
            stack.pop()
        if stack and stack[-1][0] == column and isinstance(stack[-1][1], Seq):
            owner = stack[-1][1]
        else:
            owner = Seq(number + 1, at + column, at + column, False)
            self.fill(owner, column, same_column=True)
        owner.dashes.append(at + column)
        self.slot = _Slot(owner, "", column)

    def key(self, number: int, at: int, line: str, column: int, match: re.Match[str]) -> int:
        stack = self.stack
        while stack and (stack[-1][0] > column or (stack[-1][0] == column and isinstance(stack[-1][1], Seq))):
            stack.pop()
        if stack and stack[-1][0] == column:
            owner = stack[-1][1]
            assert isinstance(owner, Map)
        else:
            owner = Map(number + 1, at + column, at + column, False)
            self.fill(owner, column, same_column=False)
        name = match[1]
        if name in owner.keys:
            raise _NotSimpleError
        stop = at + match.end(1)
        owner.keys[name] = Scalar(name, True, number + 1, at + column, stop)
        if match.end() == len(line) or line[match.end()] == "#":
            owner.values[name] = Scalar("", True, number + 1, stop + 1, stop + 1)
            self.slot = _Slot(owner, name, column)
            return 1
        self.slot = None
        owner.values[name], used = self.scalar(number, at, line, match.end(), column)
        return used

    def fill(self, node: Map | Seq, column: int, *, same_column: bool) -> None:
        """Put a list or group where a key or dash waits for it."""
        slot = self.slot
        if slot is None:
            if self.stack or column or isinstance(node, Seq):
                raise _NotSimpleError
        else:
            below = column > slot.column or (same_column and column == slot.column and isinstance(slot.owner, Map))
            if not below or self.stack[-1][1] is not slot.owner:
                raise _NotSimpleError
            if isinstance(slot.owner, Map):
                slot.owner.values[slot.key] = node
            else:
                slot.owner.items.append(node)
        self.stack.append((column, node))
        if len(self.stack) > MAX_DEPTH:
            raise _NotSimpleError

    def scalar(self, number: int, at: int, line: str, column: int, parent: int) -> tuple[Node, int]:
        """Read the text behind a key or dash in column ``parent``, and say how many lines it takes."""
        first = line[column]
        start = at + column
        if first.isalnum():
            stop = line.find(" #", column)
            text = (line if stop < 0 else line[:stop])[column:].rstrip(" ")
            if ": " in text or text[-1] == ":":
                raise _NotSimpleError
            self.nothing_deeper(number, parent)
            return Scalar(text, True, number + 1, start, start + len(text)), 1
        if first in "\"'":
            quoted = (_DOUBLE if first == '"' else _SINGLE).match(line, column)
            if quoted is None:
                raise _NotSimpleError
            self.nothing_deeper(number, parent)
            text = _without_escapes(quoted[1]) if first == '"' else quoted[1].replace("''", "'")
            return Scalar(text, False, number + 1, start, at + quoted.end()), 1
        if first == "[" and (listed := _LIST.match(line, column)):
            self.nothing_deeper(number, parent)
            node = Seq(number + 1, start, at + listed.end(), True)
            for word in _WORD.finditer(line, column, listed.end()):
                node.items.append(Scalar(word[0], True, number + 1, at + word.start(), at + word.end()))
            return node, 1
        header = _HEADER.match(line, column)
        if header is None:
            raise _NotSimpleError
        return self.block(number, start, line, header, parent)

    def nothing_deeper(self, number: int, parent: int) -> None:
        """Make sure that the text does not go on in the lines below."""
        for below in range(number + 1, len(self.lines)):
            line = self.lines[below]
            bare = line.lstrip(" ")
            if bare and bare[0] != "#":
                if len(line) - len(bare) > parent:
                    raise _NotSimpleError
                return

    def block(self, number: int, start: int, line: str, header: re.Match[str], parent: int) -> tuple[Node, int]:
        """Read a text that stands on the lines below a | or >."""
        body: list[str] = []
        for place in range(number + 1, len(self.lines)):
            below = self.lines[place]
            if below and len(below) - len(below.lstrip(" ")) <= parent and below.strip(" "):
                break
            body.append(below)
        taken = len(body)
        if body and body[-1] and number + taken + 1 == len(self.lines) and not header[2]:
            raise _NotSimpleError  # the file ends without a line end, and so does the text
        while body and not body[-1]:
            body.pop()
        if not body or not body[0].strip(" ") or any(b and not b.strip(" ") for b in body):
            raise _NotSimpleError
        indent = len(body[0]) - len(body[0].lstrip(" "))
        folded = header[1] == ">"
        if any(below and below[:indent].strip(" ") for below in body):
            raise _NotSimpleError
        if folded and any(below[indent : indent + 1] in ("", " ") for below in body):
            raise _NotSimpleError
        text = (" " if folded else "\n").join(below[indent:] for below in body) + ("" if header[2] else "\n")
        end = start + len(line) - header.start() + sum(len(below) + 1 for below in body)
        return Scalar(text, False, number + 1, start, end), 1 + taken


# --- any layout ------------------------------------------------------------------------------------------------------


def read_any(file: str, text: str) -> Map:
    """Read a text with the YAML library; arguments and errors as :func:`parse`."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    if text.count("\n") > MAX_ODD:
        raise _too_long(file)
    builder = _Builder(file, text)
    try:
        for count, event in enumerate(YAML(typ="safe", pure=True).parse(text)):
            builder.take(event)
            if count > MAX_ODD:
                raise _too_long(file)
    except MarkedYAMLError as error:
        raise _in_plain_words(file, text, error) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        found = _("a character that cannot be seen ({code})").format(code=f"U+{ord(text[error.position]):04X}")
        raise fault(file, line, found, _("characters that can be seen; delete this one and type it again")) from None
    except (YAMLError, ValueError):
        raise fault(file, None, _("something that cannot be read"), _line_such_as()) from None
    return builder.root()


def _too_long(file: str) -> PlanReadError:
    accepted = _("up to {n} lines in this layout; many measured values go into a CSV file in the folder data")
    return fault(file, None, _("more lines than a file of a plan has"), accepted.format(n=format_number(MAX_ODD)))


def _line_such_as() -> str:
    return _('a name, a colon, a space and the text, such as "title: Shorter waits"')


def _in_plain_words(file: str, text: str, error: Any) -> PlanReadError:
    """Return the library's complaint as a reader can use it."""
    technical = f"{error.context or ''}, {error.problem or ''}"
    unknown = ("", _("something that cannot be read"), _line_such_as())
    _part, found, accepted = next((it for it in _complaints() if it[0] in technical), unknown)
    opened = "quoted scalar" in technical or "while parsing a flow" in technical  # where it began, not where it ended
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    last = text.rstrip().count("\n") + 1  # what is missing at the end is missed behind the last line
    return fault(file, min(mark.line + 1, last) if mark else None, found, accepted)


def _complaints() -> list[tuple[str, str, str]]:
    """Return for each complaint of the library a part of it, what is there and what is accepted instead."""
    quotes = _("the text in quotes")
    column = _("lines that belong together starting in the same column")
    return [
        ("'\\t'", _("a tab"), _("spaces")),
        ("escape character", _("a backslash inside double quotes"), _("the text in single quotes")),
        ("quoted scalar", _("a quotation mark that is never closed"), _("a closing quotation mark, or no quotes")),
        (
            "mapping values are not allowed",
            _("a second colon in the line, or a line that starts too far to the right"),
            _('quotes around a text with ": " in it, and {column}').format(column=column),
        ),
        ("could not find expected ':'", _("a line without a colon"), _line_such_as()),
        ("flow sequence", _("a square bracket that is never closed"), _("a closing bracket, or the text in quotes")),
        ("flow mapping", _("a curly bracket that is never closed"), _("a closing bracket, or the text in quotes")),
        (
            "found '<scalar>'",
            _("text behind a closing quotation mark or bracket, or a line that starts with a percent sign"),
            _("quotes around the whole text"),
        ),
        (
            "expected <block end>, but found '-'",
            _("a dash in the column of the names"),
            _("rows below the name of their table, two spaces further right"),
        ),
        ("expected <block end>", _("a line that does not start in the column of those it belongs to"), column),
        (
            "sequence entries are not allowed",
            _("a dash behind a colon"),
            _("each dash on a line of its own, two spaces further right"),
        ),
        (
            "scanning a block scalar",
            _("text directly behind | or >"),
            _("the text on the lines below, two spaces further right, or in quotes"),
        ),
        ("found '<stream end>'", _("a bracket that is never closed"), _("a closing bracket, or the text in quotes")),
        ("expected the node content", _("a text that starts with a bracket or comma"), quotes),
        ("cannot start any token", _("a text that starts with a sign such as % or @"), quotes),
        ("an alias", _("a text that starts with an asterisk"), quotes),
        ("an anchor", _('a text that starts with "&"'), quotes),
        ("a tag", _("a text that starts with an exclamation mark"), quotes),
        ("a directive", _("a line that starts with a percent sign"), quotes),
    ]


class _Builder:
    """Builds the tree of a file from the parser's events, without recursion, and refuses what is not accepted."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self.stack: list[Map | Seq] = []
        self.keys: list[Scalar | None] = []
        self.top: Node | None = None
        self.documents = 0

    def refuse(self, event: Any, found: str, accepted: str) -> PlanReadError:
        return fault(self.file, event.start_mark.line + 1, found, accepted)

    def take(self, event: Any) -> None:
        name = type(event).__name__
        if name == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                raise self.refuse(event, _('a second part (a line "---")'), _("one part in a file"))
            return
        self.refuse_references(event, name)
        start, end = event.start_mark, event.end_mark
        if name == "ScalarEvent":
            stop = end.index
            if event.style in ("|", ">"):
                stop = self.end_of_block(start.index, stop)
            self.add(event, Scalar(event.value, event.style is None, start.line + 1, start.index, stop))
        elif name in ("MappingStartEvent", "SequenceStartEvent"):
            if len(self.stack) >= MAX_DEPTH:
                found = _("more than {n} levels, one inside the other").format(n=MAX_DEPTH)
                raise self.refuse(event, found, _("the few levels that a plan has"))
            kind = Map if name == "MappingStartEvent" else Seq
            node = kind(start.line + 1, start.index, start.index, bool(event.flow_style))
            self.add(event, node)
            self.stack.append(node)
            self.keys.append(None)
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            node = self.stack.pop()
            node.end = end.index if node.flow else node.start
            self.keys.pop()

    def end_of_block(self, start: int, stop: int) -> int:
        """Return where a text ends that stands on the lines below a | or >; empty lines count only after |+ or >+."""
        block = self.text[start:stop]
        if "+" in block.split("\n", 1)[0].split("#")[0]:
            return stop - block.endswith("\n")
        return start + len(block.rstrip("\n"))

    def refuse_references(self, event: Any, name: str) -> None:
        quotes = _("the text itself; in quotes where it starts with this sign")
        if name == "AliasEvent":
            raise self.refuse(event, f'"*{event.anchor}"', quotes)
        if getattr(event, "anchor", None) is not None:
            raise self.refuse(event, f'"&{event.anchor}"', quotes)
        if getattr(event, "tag", None) is not None:
            raise self.refuse(event, _("a word that starts with an exclamation mark"), quotes)
        if any("\ud800" <= char <= "\udfff" for char in getattr(event, "value", "")):
            raise self.refuse(event, _("half of a character"), _("whole characters; delete it and type it again"))

    def add(self, event: Any, node: Node) -> None:
        if not self.stack:
            self.top = node
            return
        owner = self.stack[-1]
        if isinstance(owner, Seq):
            if not owner.flow:
                owner.dashes.append(self.dash(owner))
                self.settle(node, owner.dashes[-1] + 1)
            owner.items.append(node)
            return
        key = self.keys[-1]
        if key is not None:
            colon = re.compile(r"\s*:").match(self.text, key.end)
            self.settle(node, colon.end() if colon else key.end)
            owner.values[key.text] = node
            self.keys[-1] = None
            return
        if not isinstance(node, Scalar) or (not owner.flow and not self.text[node.end :].lstrip(" ").startswith(":")):
            raise self.refuse(event, _("a name that is not one text"), _line_such_as())
        if node.text in owner.keys:
            found = _('"{key}" a second time (first in line {line})').format(
                key=node.text, line=owner.keys[node.text].line
            )
            raise self.refuse(event, found, _("each name once in its group"))
        if node.plain and node.text == "<<":
            raise self.refuse(event, '"<<"', _("the fields themselves, written out"))
        owner.keys[node.text] = self.keys[-1] = node

    def settle(self, node: Node, at: int) -> None:
        """Put a value of which nothing is written directly behind its key or dash; the library puts it further on."""
        if isinstance(node, Scalar) and node.plain and not node.text:
            node.start = node.end = at
            node.line = self.text.count("\n", 0, at) + 1

    def dash(self, owner: Seq) -> int:
        """Return the place of the dash before the next item."""
        if not owner.items:
            return owner.start
        column = owner.start - line_start(self.text, owner.start)
        at = max(end_of(owner.items[-1]), owner.dashes[-1])
        while True:
            at = line_end(self.text, at) + 1
            if self.text[at : at + column + 1].lstrip(" ") == "-":
                return at + column

    def root(self) -> Map:
        if isinstance(self.top, Map):
            return self.top
        if self.top is None or (isinstance(self.top, Scalar) and self.top.value() is None):
            return Map(1, len(self.text), len(self.text), False)
        if isinstance(self.top, Scalar):
            raise fault(self.file, self.top.line, _("a line without a colon"), _line_such_as())
        raise fault(self.file, self.top.line, _("a list"), _line_such_as())

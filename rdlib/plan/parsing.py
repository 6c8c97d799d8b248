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
from rdlib.words import _

MAX_DEPTH = 24

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
_DOUBLE = re.compile(r'"([^"\\]*)"(?= *$| +#)')
_SINGLE = re.compile(r"'((?:[^']|'')*)'(?= *$| +#)")
_HEADER = re.compile(r"([|>])(-?)(?= *$| +#)")
_LIST = re.compile(r"\[ *(?:[A-Za-z0-9][\w./-]*(?: *, *[A-Za-z0-9][\w./-]*)*)? *\](?= *$| +#)", re.ASCII)
_WORD = re.compile(r"[A-Za-z0-9][\w./-]*", re.ASCII)


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
            for passed in lines[number : number + used]:
                at += len(passed) + 1
            number += used
        if not self.stack or not isinstance(self.stack[0][1], Map):
            raise _NotSimpleError
        return self.stack[0][1]

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
            text = quoted[1] if first == '"' else quoted[1].replace("''", "'")
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
        for line in self.lines[number + 1 :]:
            bare = line.lstrip(" ")
            if bare and bare[0] != "#":
                if len(line) - len(bare) > parent:
                    raise _NotSimpleError
                return

    def block(self, number: int, start: int, line: str, header: re.Match[str], parent: int) -> tuple[Node, int]:
        """Read a text that stands on the lines below a | or >."""
        body: list[str] = []
        for below in self.lines[number + 1 :]:
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

    builder = _Builder(file, text)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            builder.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        words = _plain_words(f"{error.context or ''} {error.problem or ''}")
        raise fault(file, mark.line + 1 if mark else None, words, _accepted()) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        found = _("a character that cannot be seen ({code})").format(code=f"U+{ord(text[error.position]):04X}")
        raise fault(file, line, found, _("only characters that can be seen")) from None
    except YAMLError:
        raise fault(file, None, _("something that cannot be read"), _accepted()) from None
    return builder.root()


def _accepted() -> str:
    return _('lines such as "title: Shorter waits", with what belongs to a line below it and two spaces further right')


def _plain_words(problem: str) -> str:
    for part, words in _syntax().items():
        if part in problem:
            return words
    return _("something that cannot be read ({problem})").format(problem=problem.strip())


def _syntax() -> dict[str, str]:
    """Return what the YAML library complains of, and what we say instead."""
    return {
        "character '\\t'": _("a tab; write spaces instead"),
        "while scanning a quoted": _("a quotation mark that is never closed"),
        "mapping values are not allowed": _(
            "a second colon in the line, or a line that stands too far to the right; a text with a colon and a space "
            "in it is written in quotes"
        ),
        "could not find expected ':'": _("a line without a colon"),
        "while parsing a flow sequence": _(
            "a square bracket that is never closed; a text with one is written in quotes"
        ),
        "while parsing a flow mapping": _("a curly bracket that is never closed; a text with one is written in quotes"),
        "expected <block end>": _("a line that does not stand exactly below the lines that it belongs to"),
        "block sequence entries are not allowed": _("a dash in a place where no list can start"),
        "that cannot start any token": _("a text that starts with a sign; such a text is written in quotes"),
        "while scanning a block scalar": _("a text below a | or > that does not start further to the right"),
        "while scanning a directive": _("a line that starts with a percent sign; such a text is written in quotes"),
        "escape character": _("a backslash inside double quotes; write the text in single quotes"),
        "undefined alias": _("a text that starts with an asterisk; such a text is written in quotes"),
        "scanning an anchor": _("a text that starts with & alone; such a text is written in quotes"),
        "scanning an alias": _("a text that starts with an asterisk; such a text is written in quotes"),
        "undefined tag": _("a text that starts with an exclamation mark; such a text is written in quotes"),
        "parsing a tag": _("a text that starts with an exclamation mark; such a text is written in quotes"),
        "scanning a tag": _("a text that starts with an exclamation mark; such a text is written in quotes"),
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
        quotes = _("the text itself; one that starts with this sign is written in quotes")
        if name == "AliasEvent":
            raise self.refuse(event, f'"*{event.anchor}"', quotes)
        if getattr(event, "anchor", None) is not None:
            raise self.refuse(event, f'"&{event.anchor}"', quotes)
        if getattr(event, "tag", None) is not None:
            raise self.refuse(event, _("a word that starts with an exclamation mark"), quotes)

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
            raise self.refuse(event, _("a name that is not one word or text"), _accepted())
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
        raise fault(self.file, self.top.line, _("a list or a text alone"), _accepted())

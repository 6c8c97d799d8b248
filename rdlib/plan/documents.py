r"""One YAML file of a plan, read strictly and changed in place.

A plan is edited by people with a text editor as much as by this program. So a change rewrites only the characters that
it is about: comments, order, quotes, blank lines and keys that this program does not know stay exactly as they stand.
Every value is text; nothing is turned into a number or a date here, and nothing is reformatted.

>>> doc = Document.read("priorities/waits.yaml", b"title: Waits   # short name\n")
>>> print(doc.put(("title",), "Shorter waits").text, end="")
title: Shorter waits   # short name
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from hashlib import sha256

import attrs

from rdlib.plan import writing
from rdlib.plan.nodes import Map, Node, Plain, Scalar, Seq, Steps, ids_of, is_empty, says_same
from rdlib.plan.parsing import fault, parse
from rdlib.plan.problems import PlanReadError
from rdlib.words import _

MAX_BYTES = 2_000_000


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
    def read(cls, file: str, content: bytes) -> Document:
        """Read the content of a file.

        Args:
            file: its name relative to the plan's folder, for messages.
            content: what stands in it.

        Raises:
            PlanReadError: it is not the kind of file that a plan is made of; says line and reason.
        """
        if len(content) > MAX_BYTES:
            raise too_large(file, len(content))
        bom = content.startswith(b"\xef\xbb\xbf")
        try:
            text = content[3 if bom else 0 :].decode("utf-8")
        except UnicodeDecodeError as error:
            raise fault(
                file,
                content.count(b"\n", 0, error.start) + 1,
                _("a character that is not in UTF-8"),
                _('a text file saved as UTF-8 (in most editors: "Save as", encoding UTF-8)'),
            ) from None
        crlf = "\r\n" in text
        return cls.of(file, text.replace("\r\n", "\n").replace("\r", "\n"), bom=bom, crlf=crlf)

    @classmethod
    def of(cls, file: str, text: str, *, bom: bool = False, crlf: bool = False) -> Document:
        """Return the document with this text, its last line ended; errors as :meth:`read`."""
        if text and not text.endswith("\n"):
            text += "\n"
        return cls(file, text, parse(file, text), bom, crlf)

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
        return self._put(steps, None if value == "" else value, order or (lambda _steps: ()))

    def _put(self, steps: Steps, value: Plain, order: Callable[[Steps], Sequence[str]]) -> Document:
        for depth in range(len(steps) + 1):
            at = self.node(steps[:depth])
            if isinstance(at, Scalar) and depth < len(steps):
                if at.value() is not None:
                    raise NotWrittenError(
                        _(
                            'In {file}, line {line}, there is a text where a group of fields belongs: "{text}". Move '
                            "it into one of the fields with a text editor; then this field can be filled in."
                        ).format(file=self.file, line=at.line, text=at.text)
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
        if isinstance(node, Map) and (value is None or isinstance(value, dict)):
            group = value or {}
            for key in {**node.values, **group}:
                doc = doc._put((*steps, key), group.get(key), order)
            return doc
        if isinstance(node, Seq) and node.items and (value is None or isinstance(value, list)):
            new = value or []
            places = _match(node.value(), new)
            for place, item in zip(places, new, strict=True):
                if place is not None:
                    doc = doc._put((*steps, place), item, order)
            return doc.arrange(steps, [v if p is None else p for p, v in zip(places, new, strict=True)])
        if node is None and is_empty(value):
            return self
        return self._rewritten(lambda lines: self._text_with(steps, value, order, lines), steps, value)

    def _text_with(self, steps: Steps, value: Plain, order: Callable[[Steps], Sequence[str]], lines: bool) -> str:
        parent, last = self.node(steps[:-1]), steps[-1]
        if isinstance(parent, Seq) and isinstance(last, int):
            return writing.with_row(self.text, parent, last, value, lines)
        assert isinstance(parent, Map)
        assert isinstance(last, str)
        if last in parent.keys:
            return writing.with_value(self.text, parent, last, value, lines)
        return writing.with_key(self.text, parent, last, value, order(steps[:-1]), lines)

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
        if list(rows) == list(range(len(present))):
            return self
        if not isinstance(node, Seq) or not node.items:
            return self._put(steps, value, lambda _steps: ())
        return self._rewritten(lambda lines: writing.arranged(self.text, node, rows, lines), steps, value)

    def rename(self, steps: Steps, name: str) -> Document:
        """Return the document with another name for a key."""
        group = self.node(steps[:-1])
        assert isinstance(group, Map)
        key = group.keys[str(steps[-1])]
        value = {name if k == steps[-1] else k: v for k, v in group.value().items()}
        text = self.text[: key.start] + writing.key_text(name) + self.text[key.end :]
        return self._rewritten(lambda _lines: text, steps[:-1], value)

    def drop(self, steps: Steps) -> Document:
        """Return the document without a key; a comment behind it or its value stays."""
        *above, key = steps
        group = self.node(tuple(above))
        assert isinstance(group, Map)
        doc = self._rewritten(lambda lines: writing.with_value(self.text, group, str(key), None, lines), steps, None)
        emptied = doc.node(tuple(above))
        assert isinstance(emptied, Map)
        value = {k: v for k, v in emptied.value().items() if k != key}
        text = writing.without_key(doc.text, emptied, str(key))
        return doc._rewritten(lambda _lines: text, tuple(above), value)

    def _rewritten(self, write: Callable[[bool], str], steps: Steps, value: Plain) -> Document:
        """Return the document with a changed text, after making sure that it says what was meant, and nothing else.

        Args:
            write: gives the text; its argument says whether texts may go on over several lines.
            steps: the place that changes.
            value: what stands there afterwards.
        """
        expected = _replaced(self.value(), steps, value)
        for lines in (True, False):
            try:
                doc = Document.of(self.file, write(lines), bom=self.bom, crlf=self.crlf)
            except PlanReadError:
                continue
            if not says_same(doc.value(), expected):
                continue
            if len(doc.content) > MAX_BYTES:
                raise NotWrittenError(
                    _("{file} would become larger than {size} MB. Put long texts into files of their own.").format(
                        file=self.file, size=MAX_BYTES // 1_000_000
                    )
                )
            return doc
        raise NotWrittenError(
            _(
                "This change does not fit into the way {file} is laid out, so nothing was changed. Open the file in a "
                "text editor and write each field on a line of its own."
            ).format(file=self.file)
        )


class NotWrittenError(ValueError):
    """A value cannot be written into the file."""


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


def too_large(file: str, size: int) -> PlanReadError:
    """Return the error that a file is too large."""
    found = _("a file of {size} MB").format(size=round(size / 1e6, 1))
    return fault(file, None, found, _("at most {size} MB").format(size=MAX_BYTES // 1_000_000))


def digest(content: bytes) -> str:
    """Return a short name of what a file holds: the same content, the same name."""
    return sha256(content).hexdigest()


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

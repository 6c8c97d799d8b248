"""How texts, lists and groups are written into a file, so that only the characters change that have to.

Each function takes the text of a file and where something stands in it, and returns the new text. ``lines`` says
whether texts may go on over several lines; where the lines below would be taken for a part of them, they must not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rdlib.plan.nodes import EMPTY_WORDS, Map, Node, Plain, Scalar, Seq, end_of, line_end, line_start
from rdlib.plan.parsing import SHOWN

WIDTH = 100

_SIGN = re.compile(r": | #|[: ]$")
_FLOW_WORD = re.compile(r"[^\W_][\w./+%-]*(?: [\w./+%-]+)*")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_HEADER = re.compile(r"[|>][-+0-9]*")
_COMMENTS = re.compile(r"(?: *#[^\n]*\n)*")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def _on_one_line(text: str) -> bool:
    """Whether a text can stand on a line as it is."""
    return bool(SHOWN.fullmatch(text)) and "\n" not in text and "\t" not in text


def _bare(text: str) -> bool:
    """Whether a text can stand without quotes behind a key."""
    return text[:1].isalnum() and not _SIGN.search(text) and text not in EMPTY_WORDS and _on_one_line(text)


def _quoted(text: str) -> str:
    if _on_one_line(text):
        if '"' not in text and "\\" not in text:
            return f'"{text}"'
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_ESCAPES.get(c) or (c if SHOWN.fullmatch(c) else _escape(c)) for c in text) + '"'


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def _scalar(text: str, indent: int, lines: bool) -> tuple[str, list[str]]:
    """Return a text as it stands behind its key, and the lines below it; ``indent`` is the column of those lines."""
    if lines and "\n" in text and SHOWN.fullmatch(text):
        body = text.removesuffix("\n").split("\n")
        if body[0] and not body[0][0].isspace() and body[-1] and all(not line or line.strip() for line in body):
            header = "|" if text.endswith("\n") else "|-"
            return header, [" " * indent + line if line else "" for line in body]
    if lines and len(text) + indent > WIDTH and _on_one_line(text) and text == text.strip():
        body = _wrapped(text, WIDTH - indent)
        if len(body) > 1:
            return ">-", [" " * indent + line for line in body]
    return (text if _bare(text) else _quoted(text)), []


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


def key_text(key: str) -> str:
    """Return a key as it stands before its colon."""
    return key if _KEY.fullmatch(key) else _quoted(key)


def flow(value: Plain) -> str:
    """Return a value as it stands inside brackets."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return value if _FLOW_WORD.fullmatch(value) and value not in EMPTY_WORDS else _quoted(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return "{" + ", ".join(f"{key_text(key)}: {flow(item)}" for key, item in value.items()) + "}"


def _behind(value: Plain, indent: int, lines: bool) -> tuple[str, list[str]]:
    """Return what stands behind a key in column ``indent``, and the lines below it."""
    if value is None or value in ("", [], {}):
        return "", []
    if isinstance(value, str):
        return _scalar(value, indent + 2, lines)
    return "", _block(value, indent + 2, lines)


def _block(value: list[Plain] | dict[str, Plain], indent: int, lines: bool) -> list[str]:
    """Return the lines of a list or group whose dashes or keys stand in column ``indent``."""
    block: list[str] = []
    if isinstance(value, dict):
        for key, item in value.items():
            head, body = _behind(item, indent, lines)
            block += [" " * indent + key_text(key) + ":" + (" " + head if head else ""), *body]
        return block
    for item in value:
        block += _row(item, indent, lines)
    return block


def _row(value: Plain, indent: int, lines: bool) -> list[str]:
    """Return the lines of one row whose dash stands in column ``indent``."""
    dash = " " * indent + "-"
    if value is None:
        return [dash]
    if isinstance(value, str):
        head, body = _scalar(value, indent + 2, lines)
        return [f"{dash} {head}", *body]
    if not value:
        return [f"{dash} {flow(value)}"]
    block = _block(value, indent + 2, lines)
    return [f"{dash} {block[0][indent + 2 :]}", *block[1:]]


def with_value(text: str, group: Map, key: str, value: Plain, lines: bool) -> str:
    """Return the text with another value behind a key that is there."""
    name, old = group.keys[key], group.values[key]
    colon = re.compile(r"\s*:").match(text, name.end)
    if group.flow:
        if colon is None:  # {a, b}
            return f"{text[: name.end]}: {flow(value)}{text[name.end :]}"
        if old.start == end_of(old):
            return f"{text[: colon.end()]} {flow(value)}{text[colon.end() :]}"
        return text[: old.start] + flow(value) + text[end_of(old) :]
    assert colon is not None
    return _with_other(text, name.start, colon.end(), old, value, lines)


def with_row(text: str, table: Seq, index: int, value: Plain, lines: bool) -> str:
    """Return the text with another value in a row of a list."""
    old = table.items[index]
    if table.flow:
        return text[: old.start] + flow(value) + text[end_of(old) :]
    dash = table.dashes[index]
    return _with_other(text, dash, dash + 1, old, value, lines)


def _with_other(text: str, key: int, behind: int, old: Node, value: Plain, lines: bool) -> str:
    """Return the text with another value behind a key or dash; a comment behind the key or the old value stays.

    Args:
        text: what stands in the file.
        key: where the key or dash starts.
        behind: where its value can start.
        old: its value until now.
        value: its value from now on.
        lines: whether texts may go on over several lines.
    """
    stop = line_end(text, end_of(old))
    if old.start > line_end(text, behind):  # the old value starts on a line below: only a comment can be before it
        comment = text[behind : line_end(text, behind)]
    elif isinstance(old, Scalar) and (header := _HEADER.match(text, old.start)) and "\n" in text[old.start : old.end]:
        comment = text[header.end() : line_end(text, behind)]
    else:
        comment = text[end_of(old) : stop]
    head, body = _behind(value, key - line_start(text, key), lines)
    first = text[:behind] + (" " + head if head else "") + comment.rstrip()
    return "\n".join([first, *body]) + text[stop:]


def with_key(text: str, group: Map, key: str, value: Plain, order: Sequence[str], lines: bool) -> str:
    """Return the text with a new key in a group.

    Args:
        text: what stands in the file.
        group: the group.
        key: the new key.
        value: its value.
        order: the keys of such a group in the order in which they are written.
        lines: whether texts may go on over several lines.
    """
    names = list(group.keys)
    if group.flow:
        at = end_of(group.values[names[-1]]) if names else group.start + 1
        return f"{text[:at]}{', ' if names else ''}{key_text(key)}: {flow(value)}{text[at:]}"
    if not names:
        return text + "\n".join([*_block({key: value}, 0, lines), ""])
    first = group.keys[names[0]].start
    entry = _block({key: value}, first - line_start(text, first), lines)
    earlier = set(order[: order.index(key)]) if key in order else set(names)
    before = [name for name in names if name in earlier]
    in_row = bool(text[line_start(text, first) : first].strip())  # its first key stands behind a dash
    if not before and not in_row:
        at = _above_comments(text, line_start(text, first))
        return text[:at] + "\n".join([*entry, ""]) + text[at:]
    at = line_end(text, end_of(group.values[before[-1] if before else names[0]]))
    return "\n".join([text[:at], *entry]) + text[at:]


def _above_comments(text: str, at: int) -> int:
    """Return where the comment starts that stands directly above a line; a comment that opens the file stays on top."""
    start = at
    while start > 0:
        above = line_start(text, start - 1)
        if not text[above:start].lstrip(" ").startswith("#"):
            return start
        start = above
    return at


def without_key(text: str, group: Map, key: str) -> str:
    """Return the text without a key behind which nothing stands; a comment behind it stays."""
    names = list(group.keys)
    start, stop = group.keys[key].start, end_of(group.values[key])
    later = group.keys[names[names.index(key) + 1]].start if key != names[-1] else None
    if group.flow:
        if later is None and len(names) > 1:
            start = end_of(group.values[names[-2]])
        return text[:start] + text[stop if later is None else later :]
    if text[line_start(text, start) : start].strip():  # behind the dash of a row: the next key takes the place
        return text[:start] + text[later if later is not None and not text[stop:later].strip() else stop :]
    end = line_end(text, stop)
    comment = text[stop:end].strip()
    return text[:start] + comment + text[end:] if comment else text[: line_start(text, start)] + text[end + 1 :]


def arranged(text: str, table: Seq, rows: Sequence[int | Plain], lines: bool) -> str:
    """Return the text with the rows of a list arranged anew; comments directly above a row go where it goes.

    Args:
        text: what stands in the file.
        table: the list; it has rows.
        rows: for each row that shall stand there, the index of a present row or a new value.
        lines: whether texts may go on over several lines.
    """
    if table.flow:
        cells = [text[item.start : end_of(item)] for item in table.items]
        inside = ", ".join(cells[row] if isinstance(row, int) else flow(row) for row in rows)
        return f"{text[: table.start]}[{inside}]{text[table.end :]}"
    column = table.start - line_start(text, table.start)
    starts = [line_start(text, dash) for dash in table.dashes]
    ends = [line_end(text, end_of(item)) + 1 for item in table.items]
    lead_in = text[starts[0] : table.start]  # inside another list, the first dash stands behind that list's own
    for i in range(1, len(starts)):
        while starts[i] > ends[i - 1]:
            above = line_start(text, starts[i] - 1)
            if not text[above : starts[i]].lstrip(" ").startswith("#"):
                break
            starts[i] = above
    chunks = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    chunks[0] = " " * column + chunks[0][len(lead_in) :]
    gaps = [text[end:start] for end, start in zip(ends, starts[1:], strict=False)]
    out = ""
    for place, row in enumerate(rows):
        if place:
            out += gaps[place - 1] if place <= len(gaps) else gaps[0] if gaps and not gaps[0].strip() else ""
        out += chunks[row] if isinstance(row, int) else "\n".join([*_row(row, column, lines), ""])
    left = [chunks[i] for i in range(len(chunks)) if i not in rows]
    kept = "".join(_COMMENTS.match(chunk)[0] for chunk in left)  # type: ignore[index]  # it matches nothing, too
    kept += "".join(gap for gap in gaps[max(len(rows) - 1, 0) :] if gap.strip())
    if lead_in.strip():
        out = lead_in + out[column:] if out.startswith(" " * column + "-") else f"{lead_in.rstrip()}\n{out}"
    return text[: starts[0]] + out + kept + text[ends[-1] :]

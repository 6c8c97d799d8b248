"""How texts, lists and groups are written into a file, so that only the characters change that have to.

Each function takes the text of a file and where something stands in it, and returns the new text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rdlib.plan.nodes import EMPTY_WORDS, Map, Plain, Scalar, Seq, end_of, line_end, line_start
from rdlib.plan.parsing import SHOWN

WIDTH = 100

_SIGN = re.compile(r": | #|[: ]$")
_FLOW_WORD = re.compile(r"[^\W_][\w./+%-]*(?: [\w./+%-]+)*")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def _on_one_line(text: str) -> bool:
    """Whether a text can stand on a line as it is."""
    return bool(SHOWN.fullmatch(text)) and "\n" not in text and "\t" not in text


def _bare(text: str) -> bool:
    """Whether a text can stand without quotes behind a key."""
    return text[0].isalnum() and not _SIGN.search(text) and text not in EMPTY_WORDS and _on_one_line(text)


def _quoted(text: str) -> str:
    if _on_one_line(text):
        if '"' not in text and "\\" not in text:
            return f'"{text}"'
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_ESCAPES.get(c) or (c if SHOWN.fullmatch(c) else _escape(c)) for c in text) + '"'


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def _scalar(text: str, indent: int) -> tuple[str, list[str]]:
    """Return a text as it stands behind its key, and the lines below it; ``indent`` is the column of those lines."""
    if "\n" in text and SHOWN.fullmatch(text):
        lines = text.removesuffix("\n").split("\n")
        if lines[0] and not lines[0][0].isspace() and lines[-1] and all(not line or line.strip() for line in lines):
            header = "|" if text.endswith("\n") else "|-"
            return header, [" " * indent + line if line else "" for line in lines]
    if len(text) + indent > WIDTH and _on_one_line(text) and text == text.strip():
        lines = _wrapped(text, WIDTH - indent)
        if len(lines) > 1:
            return ">-", [" " * indent + line for line in lines]
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
            lines += [" " * indent + key_text(key) + ":" + (" " + head if head else ""), *body]
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
        return [f"{dash} {flow(value)}"]
    lines = _block(value, indent + 2)
    return [f"{dash} {lines[0][indent + 2 :]}", *lines[1:]]


def with_value(text: str, group: Map, key: str, value: Plain) -> str:
    """Return the text with another value behind a key that is there."""
    name, old = group.keys[key], group.values[key]
    colon = text.find(":", name.end, line_end(text, name.end)) + 1
    if group.flow:
        if old.start == old.end and not text[name.end :].lstrip().startswith(":"):
            return f"{text[: name.end]}: {flow(value)}{text[name.end :]}"
        if old.start == old.end:
            return f"{text[:colon]} {flow(value)}{text[colon:]}"
        return text[: old.start] + flow(value) + text[end_of(old) :]
    first_end = line_end(text, colon)
    if end_of(old) == old.start:
        tail, stop = text[colon:first_end], first_end
    elif old.start > first_end:  # the value starts on a line below; what follows the colon can only be a comment
        tail, stop = text[colon:first_end], line_end(text, end_of(old))
    elif isinstance(old, Scalar) and text[old.start] in "|>" and not old.plain:
        header = re.match(r"[|>][-+0-9]*", text[old.start :])
        assert header
        tail, stop = text[old.start + header.end() : first_end], line_end(text, old.end)
    else:
        stop = line_end(text, end_of(old))
        tail = text[end_of(old) : stop]
    head, body = _behind(value, name.start - line_start(text, name.start))
    return "\n".join([text[:colon] + (" " + head if head else "") + tail.rstrip(), *body]) + text[stop:]


def with_key(text: str, group: Map, key: str, value: Plain, order: Sequence[str]) -> str:
    """Return the text with a new key in a group."""
    if group.flow:
        last = [end_of(node) if node.end > node.start else group.keys[name].end for name, node in group.values.items()]
        at = last[-1] if last else group.start + 1
        return f"{text[:at]}{', ' if last else ''}{key_text(key)}: {flow(value)}{text[at:]}"
    names = list(group.keys)
    if not names:
        return "\n".join([*([text.removesuffix("\n")] if text else []), *_block({key: value}, 0), ""])
    indent = group.keys[names[0]].start - line_start(text, group.keys[names[0]].start)
    rank = {name: i for i, name in enumerate(order)}
    before = [name for name in names if rank.get(name, -1) < rank.get(key, len(rank))]
    lines = _block({key: value}, indent)
    first_line = line_start(text, group.keys[names[0]].start)
    if not any(name in rank for name in before) and any(name in rank for name in names):
        if text[first_line : group.keys[names[0]].start].strip():  # the first key of a row stands behind its dash
            before = names[:1]
        else:
            return text[:first_line] + "\n".join([*lines, ""]) + text[first_line:]
    last = before[-1] if before else names[-1]
    node = group.values[last]
    at = line_end(text, max(end_of(node), group.keys[last].end))
    return "\n".join([text[:at], *lines]) + (text[at:] or "\n")


def without_key(text: str, group: Map, key: str) -> str:
    """Return the text without a key and its value."""
    name, node = group.keys[key], group.values[key]
    start, stop = name.start, max(end_of(node), name.end)
    if group.flow:
        names = list(group.keys)
        if key != names[-1]:
            return text[:start] + text[group.keys[names[names.index(key) + 1]].start :]
        if len(names) > 1:
            start = end_of(group.values[names[-2]])
        return text[:start] + text[stop:]
    if end_of(node) == node.start:
        stop = text.find(":", name.end) + 1
    first = line_start(text, start)
    rest = text[stop : line_end(text, stop)].strip()
    if text[first:start].strip():  # behind the dash of a row: the next key takes the place
        following = [k for k in group.keys if k != key]
        at = group.keys[following[0]].start if following else stop
        return text[:start] + text[at:]
    if rest:
        return text[:start] + rest + text[line_end(text, stop) :]
    return text[:first] + text[line_end(text, stop) + 1 :]


def arranged(text: str, table: Seq, rows: Sequence[int | Plain]) -> str:
    """Return the text with the rows of a list that is written with dashes arranged anew."""
    column = table.start - line_start(text, table.start)
    starts = [line_start(text, dash) for dash in table.dashes]
    ends = [line_end(text, max(end_of(item), dash)) + 1 for item, dash in zip(table.items, table.dashes, strict=True)]
    if not text.endswith("\n"):
        text += "\n"
    lead_in = text[starts[0] : table.start]  # inside another list, the first dash stands behind that list's own
    for i in range(1, len(starts)):  # comments directly above a row go where the row goes
        while starts[i] > ends[i - 1]:
            above = line_start(text, starts[i] - 1)
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

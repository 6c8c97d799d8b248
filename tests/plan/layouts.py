"""Made-up files of a plan for tests: any layout that a person might write, with notes that must survive."""

from random import Random
from typing import Any

from hypothesis import strategies as st

from rdlib.plan.nodes import Plain

#: Texts in which YAML might see more than text.
TRICKY = [
    "plain words here", "two\nlines", "two\nlines\n", "\nleading", "trailing\n\n", "a\n\nb", "  spaces  ",
    " lead", "trail ", "multi\n  deeper: x # no\n- y", "a\n \nb", "\ttab", "a\tb", "5", "-5", "85 %", "yes",
    "null", "~", "Null", "true", "2018", 'say "hi"', "it's", "it''s", "x: y", "x:", "x #y", "#x", "- x", "-",
    "--- x", "---", "...", "? x", "!x", "&x", "*x", "%x", "@x", "`x", "{a: b}", "[a]", "{", "[", "]", "}",
    ",", "|", ">", "\\", "\\n", "a\\b\"c'd", "word " * 40, "w" * 300, "word  word " * 20, "\u00a0nbsp ",
    "\u2028", "\x85", "\ufeff", "\x00", "\x07", "\r\n", "a\rb", "é à ü", "🙂🙂", "ᐃᓄᒃᑎᑐᑦ", "", " ", "\n",
    "\n\n", " \n ", "long " * 30 + "# not a note", "long " * 30 + ": not a key",
    "a " * 60 + "\u00a0" + "b " * 20 + "c", "<<", "=", "0x1f", "1e3", ".5", "1:30", "a: |", "key: - x",
    "- - -", "'", '"', "''", '""', "x'y", "\U0010ffff", "\ud7ff",
]  # fmt: skip

#: Any text, with a leaning to what could go wrong.
texts = st.one_of(
    st.sampled_from(TRICKY),
    st.text(max_size=40),
    st.text(alphabet=" \n\t#:-'\"[]{}|>&*!%@`,?~\\abé\u00a0\u2028", max_size=30),
    st.lists(st.sampled_from(TRICKY), min_size=2, max_size=4).map("".join),
    st.lists(st.text(alphabet="abc.,:#'\"- ", min_size=1, max_size=9), min_size=20, max_size=60).map(" ".join),
)


class Maker:
    """Makes a file with notes; every note holds the sign § and a number, and no value does."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.notes = 0
        self.lines: list[str] = []
        self.pending: list[str] = []

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def note(self) -> str:
        self.notes += 1
        return f"# note §{self.notes}§"

    def tail(self) -> str:
        return "  " + self.note() if self.chance(0.25) else ""

    def between(self, indent: int) -> None:
        """Perhaps an empty line and a note, before a key or a row."""
        if self.chance(0.15):
            self.lines.append("")
        if self.chance(0.25):
            self.lines.append(" " * indent + self.note())
            if self.chance(0.2):
                self.lines.append("")

    def scalar(self, indent: int) -> str:
        """What stands behind a key or dash; adds the lines below it."""
        kind = self.random.randrange(9)
        if kind == 0:
            return "" + self.tail()
        if kind == 1:
            return " 'it''s' " + self.tail()
        if kind == 2:
            return ' "say \\"hi\\" \\u00e9"' + self.tail()
        if kind == 3:
            return " {a: b, c: [d, 'e f'], g}" + self.tail()
        if kind == 4:
            return " [x, y z]" + self.tail()
        if kind == 5:
            self.pending = [" " * indent + "  goes on", " " * indent + "    and on"]
            return " plain text that"
        if kind == 6:
            self.pending = [
                " " * indent + "  first",
                "",
                " " * indent + "     deeper # not a note",
                " " * indent + "  last",
            ]
            return " |" + self.random.choice(["", "-"]) + self.tail()
        if kind == 7:
            self.pending = [" " * indent + "  first", " " * indent + "  second", ""]
            return " >" + self.random.choice(["", "-", "+"]) + self.tail()
        return " words" + self.random.choice(["", " 5 %", ":x", "#x"]) + self.tail()

    def group(self, indent: int, depth: int, first: str = "") -> None:
        names = self.random.sample(
            ["id", "title", "x1", "value", "note-it", "unknown", "three_m"], self.random.randint(1, 4)
        )
        for place, name in enumerate(names):
            start = first if place == 0 and first else " " * indent
            if start != first or not first:
                self.between(indent)
            self.entry(f"{start}{name}:", indent, depth)

    def entry(self, start: str, indent: int, depth: int) -> None:
        kind = self.random.random()
        if kind < 0.55 or depth > 3 or len(self.lines) > 30:
            self.pending = []
            head = self.scalar(indent)
            self.lines += [start + head, *self.pending]
        elif kind < 0.75:
            self.lines.append(start + self.tail())
            self.group(indent + self.random.choice([2, 2, 4]), depth + 1)
        else:
            self.lines.append(start + self.tail())
            self.rows(indent + self.random.choice([0, 2, 2, 4]), depth + 1)

    def rows(self, indent: int, depth: int) -> None:
        for _place in range(self.random.randint(1, 4) if len(self.lines) < 30 else 1):
            self.between(indent)
            if self.chance(0.4):
                self.pending = []
                head = self.scalar(indent)
                self.lines += [" " * indent + "-" + head, *self.pending]
            elif self.chance(0.15):
                self.lines.append(" " * indent + "-" + self.tail())
                self.group(indent + 3, depth)
            else:
                self.group(indent + 2, depth, " " * indent + "- ")

    def file(self) -> str:
        if self.chance(0.3):
            self.lines += [self.note(), ""]
        self.group(0, 0)
        if self.chance(0.2):
            self.lines.append(self.note())
        return "\n".join(self.lines) + self.random.choice(["\n", "\n", "", "\n\n"])


@st.composite
def files(draw: st.DrawFn) -> str:
    """Right files in many layouts, with notes."""
    return Maker(draw(st.randoms(use_true_random=False))).file()


def places(value: Plain, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a value."""
    found: list[tuple[str | int, ...]] = [at] if at else []
    items: list[tuple[Any, Plain]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    for key, item in items:
        found += places(item, (*at, key))
    return found

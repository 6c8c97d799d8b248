"""What stands in a file: the fast reader says the same as the YAML library, and what is not accepted is refused."""

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rdlib.plan.nodes import Map, Plain
from rdlib.plan.parsing import parse, read_any, read_simple
from rdlib.plan.problems import PlanReadError
from tests.plan.layouts import files

WORDS = [
    "a", "b c", "title", "85 %", "2018-03", "it's", "a:b", "a#b", "x: y", "a #b", "café", "12", "null", "~", "true",
    "'q'", '"q"', "'it''s'", '"a # b"', "'a: b'", '"tab\\t"', '"\\x41\\u00e9"', '"\\ud83d"', '"\\q"', '"open', "'open",
    "[a b, c]", "[a  b ]",
    "[a, b]", "[]", "[a, [b]]", "{}", "{a: b}", "|", "|-", ">", ">-", "|+", "|2", "- a", "-", "-5", "&a", "*a", "!t",
    "%x", "@x", "#", "# c", "  # c", "a   # c", "\t", "a\tb", "…", "\u00a0", "?", "? a", "a:", "...", "---", "<<",
    "…: x", "\u2028", "\x07", "🙂", "a  b", "'' ", '""',
]  # fmt: skip
KEYS = ["", "", "a: ", "b: ", "key: ", "a:", "k-1: ", "key:  ", '"q": ', "a b: ", "<<: ", "a : "]
DASHES = ["", "", "", "- ", "-  ", "- - ", "-"]


@st.composite
def layouts(draw: st.DrawFn) -> str:
    """Texts that look like files of a plan, right and wrong."""
    lines = draw(
        st.lists(
            st.tuples(
                st.integers(0, 6), st.sampled_from(DASHES), st.sampled_from(KEYS), st.sampled_from(["", "", *WORDS])
            ),
            max_size=9,
        )
    )
    text = "\n".join(" " * indent + dash + key + word for indent, dash, key, word in lines)
    return text + draw(st.sampled_from(["", "\n", "\n\n", "\n  \n"]))


@settings(max_examples=300, deadline=None)
@given(layouts())
def test_the_fast_reader_agrees_with_the_library_or_leaves_it_the_file(text: str):
    fast = read_simple(text)
    if fast is not None:
        assert fast == read_any("x.yaml", text)


@settings(max_examples=150, deadline=None)
@given(layouts())
def test_any_text_is_read_or_refused_with_a_problem(text: str):
    try:
        assert isinstance(parse("x.yaml", text), Map)
    except PlanReadError as error:
        assert error.problems
        assert all(problem.file == "x.yaml" and problem.found and problem.accepted for problem in error.problems)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_arbitrary_characters_are_read_or_refused_with_a_problem(text: str):
    try:
        parse("x.yaml", text)
    except PlanReadError as error:
        assert error.problems


def spoilt(text: str, random: Random) -> str:
    """The text with a few slips of the hand."""
    lines = text.split("\n")
    for _slip in range(random.choice([0, 1, 1, 2, 3])):
        at = random.randrange(len(lines))
        line = lines[at]
        column = random.randrange(len(line) + 1)
        signs = [*" :#-'\"[]{}|>&*!%@`,?~\t", ": ", " #", "- "]
        lines[at : at + 1] = random.choice(
            [
                [" " * random.randrange(7) + "# note", line],
                [" " * random.randrange(5), line],
                [line + "  # note"],
                [" " * random.randrange(3) + line],
                [line[random.randrange(3) :]],
                [],
                [line[:column] + random.choice(signs) + line[column:]],
            ]
        ) or [""]
    return "\n".join(lines)


@settings(max_examples=150, deadline=None)
@given(files(), st.randoms(use_true_random=False))
def test_the_fast_reader_agrees_with_the_library_on_files_with_slips(text: str, random: Random):
    text = spoilt(text, random)
    fast = read_simple(text)
    if fast is not None:
        assert fast == read_any("x.yaml", text)


def test_the_fast_reader_reads_what_this_program_writes():
    from rdlib.plan.documents import Document

    value: Plain = {
        "title": "a: b",
        "texts": ["x", "- y"],
        "rows": [{"id": "r", "long": "word " * 40 + "end", "more": "a\n\nb\n"}],
        "t": "\t",
    }
    document = Document.of("x.yaml", "").put((), value)
    assert read_simple(document.text) == document.root
    assert document.value() == value


COLUMN = "lines that belong together starting in the same column"
BRACKET = "a closing bracket, or the text in quotes"
CLOSING = "a closing quotation mark, or no quotes"
QUOTES = "the text in quotes"
NAME = 'a name, a colon, a space and the text, such as "title: Shorter waits"'
SIGN = "the text itself; in quotes where it starts with this sign"


@pytest.mark.parametrize(
    ("text", "line", "found", "accepted"),
    [
        ("a:\n\tb: 1\n", 2, "a tab", "spaces"),
        ('about: x\ntitle: "Waits\nb: x\n', 2, "a quotation mark that is never closed", CLOSING),
        ("title: 'it\nabout: x\n", 1, "a quotation mark that is never closed", CLOSING),
        (
            "title: Waits: shorter\n",
            1,
            "a second colon in the line, or a line that starts too far to the right",
            f'quotes around a text with ": " in it, and {COLUMN}',
        ),
        ("title Shorter\n", 1, "a line without a colon", NAME),
        ("title: x\njust words\nabout: y\n", 3, "a line without a colon", NAME),
        ("a:\n    b: 1\n  c: 2\n", 3, "a line that does not start in the column of those it belongs to", COLUMN),
        ("title: a\nb: c\ntitle: d\n", 3, '"title" a second time (first in line 1)', "each name once in its group"),
        ("a: {b: 1, b: 2}\n", 1, '"b" a second time (first in line 1)', "each name once in its group"),
        ("a: !important x\n", 1, "a word that starts with an exclamation mark", SIGN),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "a word that starts with an exclamation mark", SIGN),
        ("!x\na: 1\n", 1, "a word that starts with an exclamation mark", SIGN),
        ("a: &x 1\n", 1, '"&x"', SIGN),
        ("a: 1\nb: *x\n", 2, '"*x"', SIGN),
        ("a: & b\n", 1, 'a text that starts with "&"', QUOTES),
        ("a:\n  <<: {b: 1}\n", 2, '"<<"', "the fields themselves, written out"),
        ("a: 1\n---\nb: 2\n", 2, 'a second part (a line "---")', "one part in a file"),
        ("b: 1\na: [x, y\nc: 2\n", 2, "a square bracket that is never closed", BRACKET),
        ("a: {x: 1\nb: 2\n", 1, "a curly bracket that is never closed", BRACKET),
        ("a: %x\n", 1, "a text that starts with a sign such as % or @", QUOTES),
        ("a: ,x\n", 1, "a text that starts with a bracket or comma", QUOTES),
        ("- a\n- b\n", 1, "a list", NAME),
        ('a: "x\\q"\n', 1, "a backslash inside double quotes", "the text in single quotes"),
        ('a: "\\ud83d"\n', 1, "half of a character", "whole characters; delete it and type it again"),
        (
            "a: 1\nb: x\x07c\n",
            2,
            "a character that cannot be seen (U+0007)",
            "characters that can be seen; delete this one and type it again",
        ),
        ("? [a]\n: b\n", 1, "a name that is not one text", NAME),
        ("? a\n: b\n", 1, "a name that is not one text", NAME),
        ("a: - x\n", 1, "a dash behind a colon", "each dash on a line of its own, two spaces further right"),
        (
            "a: x\n- b\n",
            2,
            "a dash in the column of the names",
            "rows below the name of their table, two spaces further right",
        ),
        (
            "a: |x\n  b\n",
            1,
            "text directly behind | or >",
            "the text on the lines below, two spaces further right, or in quotes",
        ),
        (
            'a: "x" y\n',
            1,
            "text behind a closing quotation mark or bracket, or a line that starts with a percent sign",
            "quotes around the whole text",
        ),
        ("a: " + "[" * 30, 1, "more than 24 levels, one inside the other", "the few levels that a plan has"),
        (
            "".join(" " * n + "a:\n" for n in range(30)),
            25,
            "more than 24 levels, one inside the other",
            "the few levels that a plan has",
        ),
    ],
)
def test_what_is_not_accepted_is_said_in_plain_words(text: str, line: int, found: str, accepted: str):
    with pytest.raises(PlanReadError) as caught:
        parse("priorities/a.yaml", text)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.found, problem.accepted) == ("priorities/a.yaml", line, found, accepted)


@pytest.mark.parametrize(
    "text",
    ["", "\n# only a note\n", "---\na: 1\n", "a: ~\n", "{}\n", "a: 'x: y'\n", "a: http://x\n", "a: |\n  !x &y *z\n"],
)
def test_what_is_accepted_is_read(text: str):
    assert isinstance(parse("a.yaml", text), Map)


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(40)),
        "a: " + "[" * 1_900_000,
        "a: " + "{a: " * 400_000,
        "- " * 900_000,
        "? " * 900_000,
        "a: [" + "x, " * 600_000 + "]",
        "a:\n" + "  x\n" * 450_000,
        'a: "' + "\\q" * 900_000 + '"',
    ],
    ids=["aliases", "brackets", "groups", "dashes", "names", "items", "lines", "escapes"],
)
def test_bombs_are_refused_quickly(text: str):
    start = time.process_time()
    with pytest.raises(PlanReadError):
        parse("a.yaml", text)
    assert time.process_time() - start < 30


def test_a_large_file_in_the_simple_layout_is_read_quickly():
    text = "rows:\n" + "  - when: 2018-03\n    value: 12.5\n" * 40_000
    start = time.process_time()
    assert len(parse("a.yaml", text).value()["rows"] or ()) == 40_000
    assert time.process_time() - start < 30

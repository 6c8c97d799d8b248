"""What stands in a file: the fast reader says the same as the YAML library, and what is not accepted is refused."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rdlib.plan.nodes import EMPTY_WORDS, Map
from rdlib.plan.parsing import MAX_DEPTH, parse, read_any, read_simple
from rdlib.plan.problems import PlanReadError

WORDS = [
    "a", "b c", "title", "85 %", "2018-03", "it's", "a:b", "a#b", "x: y", "a #b", "café", "12", "null", "~", "true",
    "'q'", '"q"', "'it''s'", '"a # b"', "'a: b'", '"tab\\t"', '"open', "'open", "[a, b]", "[]", "[a, [b]]", "{}", "{a: b}",
    "|", "|-", ">", ">-", "|+", "|2", "- a", "-", "-5", "&a", "*a", "!t", "%x", "@x", "#", "# c", "  # c", "a   # c",
    "\t", "a\tb", "…", "\u00a0", "?", "? a", "a:", "...", "---", "<<", "…: x", "\u2028", "\x07", "🙂", "a  b", "'' ", '""',
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


@settings(max_examples=1500, deadline=None)
@given(layouts())
def test_the_fast_reader_agrees_with_the_library_or_leaves_it_the_file(text: str):
    fast = read_simple(text)
    if fast is not None:
        assert fast == read_any("x.yaml", text)


@settings(max_examples=500, deadline=None)
@given(layouts())
def test_any_text_is_read_or_refused_with_a_problem(text: str):
    try:
        assert isinstance(parse("x.yaml", text), Map)
    except PlanReadError as error:
        assert error.problems
        assert all(problem.file == "x.yaml" and problem.found and problem.accepted for problem in error.problems)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_arbitrary_characters_are_read_or_refused_with_a_problem(text: str):
    try:
        parse("x.yaml", text)
    except PlanReadError as error:
        assert error.problems

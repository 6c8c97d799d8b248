"""A file changed in place: any text comes back as it was given, and everything else stays as it stands."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rdlib.plan.documents import MAX_BYTES, Document, NotWrittenError
from rdlib.plan.nodes import Map, Plain, Scalar, Seq, end_of, line_end, says_same
from rdlib.plan.parsing import read_any
from rdlib.plan.problems import PlanReadError
from tests.plan.layouts import TRICKY, files, places, texts


def doc(text: str) -> Document:
    return Document.of("priorities/a.yaml", text)


def again(document: Document) -> Document:
    """The document as another program reads it from its bytes."""
    assert read_any(document.file, document.text) == document.root
    return Document.read(document.file, document.content)


def at(document: Document, *steps: str | int) -> Plain:
    node = document.node(steps)
    return node.value() if node else None


SHEET = """\
# About this file §

title:   # short §
group:
  deep: words  # §
  # before the list §
  texts:
    - one   # §
    - two
flow: {a: b, c: [d]}
unknown: {left: [as, it], "stands": ~}
rows:
- id: r1
  x: 1

# about r2 §
- id: r2  # §
"""
PLACES: list[tuple[str | int, ...]] = [
    ("title",),
    ("group", "deep"),
    ("group", "new"),
    ("group", "texts", 1),
    ("flow", "a"),
    ("flow", "c", 0),
    ("flow", "new"),
    ("rows", 0, "x"),
    ("rows", 1, "new"),
    ("new", "er", "still"),
]


@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("text", TRICKY, ids=ascii)
def test_a_tricky_text_comes_back_as_it_was_given(place: tuple[str | int, ...], text: str):
    changed = again(doc(SHEET).put(place, text))
    assert at(changed, *place) == (text or None)
    assert changed.text.count("§") == SHEET.count("§")
    assert 'unknown: {left: [as, it], "stands": ~}\n' in changed.text


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PLACES), texts, texts)
def test_any_text_comes_back_as_it_was_given(place: tuple[str | int, ...], first: str, second: str):
    document = doc(SHEET)
    for text in (first, second):
        document = again(document.put(place, text))
        assert at(document, *place) == (text or None)
    assert document.text.count("§") >= SHEET.count("§")
    emptied = again(document.put(place, None))
    assert at(emptied, *place) is None
    assert 'unknown: {left: [as, it], "stands": ~}\n' in emptied.text


@settings(max_examples=100, deadline=None)
@given(st.lists(texts.filter(bool), max_size=5), st.lists(texts.filter(bool), max_size=5))
def test_lists_of_any_texts_come_back_as_they_were_given(first: list[str], second: list[str]):
    document = doc(SHEET)
    for value in (first, second):
        document = again(document.put(("group", "texts"), list(value)))
        assert (at(document, "group", "texts") or []) == value
        document = again(document.put(("flow", "c"), list(value)))
        assert (at(document, "flow", "c") or []) == value


def test_half_a_character_is_refused_in_plain_words():
    with pytest.raises(NotWrittenError, match="broken character"):
        doc(SHEET).put(("title",), "a\ud800b")
    with pytest.raises(NotWrittenError, match="broken character"):
        doc(SHEET).put(("group", "texts"), ["a", "\udfff"])


def notes(text: str) -> list[str]:
    return sorted(re.findall(r"§\d+§", text))


def flowless(document: Document, steps: Sequence[str | int]) -> bool:
    """Whether nothing on the way to a place is written in brackets."""
    nodes = [document.node(tuple(steps[:depth])) for depth in range(len(steps) + 1)]
    return not any(isinstance(node, (Map, Seq)) and node.flow for node in nodes)


@settings(max_examples=100, deadline=None)
@given(files(), st.data())
def test_a_change_touches_only_what_it_is_about(text: str, data: st.DataObject):
    before = doc(text)
    text = before.text
    assert before.root == read_any(before.file, text)
    place = data.draw(st.sampled_from(places(before.value())))
    if isinstance(before.node(place), (Map, Seq)):
        return
    value = data.draw(texts)
    after = again(before.put(place, value))
    assert at(after, *place) == (value or None)
    assert notes(after.text) == notes(text)
    for other in places(before.value()):
        if other[: len(place)] != place and place[: len(other)] != other:
            assert says_same(at(after, *other), at(before, *other))
    # only the lines of this value differ
    node = before.node(place)
    assert isinstance(node, Scalar)
    first, last = text.count("\n", 0, node.start), text.count("\n", 0, node.end)
    lines, new = text.split("\n"), after.text.split("\n")
    assert new[: max(first - 1, 0)] == lines[: max(first - 1, 0)]
    rest = lines[last + 1 :]
    assert not rest or new[-len(rest) :] == rest


@settings(max_examples=100, deadline=None)
@given(files(), st.data())
def test_rows_move_appear_and_go_and_every_other_note_stays(text: str, data: st.DataObject):
    before = doc(text.replace(">+", ">"))  # below >+, empty lines are text: see the test after this one
    text = before.text
    tables = [p for p in places(before.value()) if isinstance(before.node(p), Seq)]
    if not tables:
        return
    place = data.draw(st.sampled_from(tables))
    table = before.node(place)
    assert isinstance(table, Seq)
    count = len(table.items)
    order: list[int | Plain] = list(data.draw(st.permutations(range(count))))
    moved = again(before.arrange(place, order))
    assert says_same(at(moved, *place), [table.items[i].value() for i in order if isinstance(i, int)])
    assert notes(moved.text) == notes(text)
    with_new: list[int | Plain] = [*order]
    with_new.insert(data.draw(st.integers(0, count)), {"id": "new", "x": data.draw(texts)})
    added = again(before.arrange(place, with_new))
    assert notes(added.text) == notes(text)
    gone = data.draw(st.integers(0, count - 1))
    removed = again(before.arrange(place, [i for i in range(count) if i != gone]))
    item = table.items[gone]
    if table.flow:
        assert notes(removed.text) == notes(text)
    else:  # only notes inside the row went with it
        inside = text[table.dashes[gone] : line_end(text, end_of(item))]
        assert notes(removed.text) == sorted(set(notes(text)) - set(notes(inside)))


def test_a_layout_that_cannot_be_changed_safely_is_refused_and_left_as_it_is():
    before = doc("rows:\n  - >+\n    first\n\n  - second\n\n\n  - third\n")
    with pytest.raises(NotWrittenError, match=r"does not fit into the way priorities/a\.yaml is laid out"):
        before.arrange(("rows",), [1, 0, 2])


@settings(max_examples=100, deadline=None)
@given(files(), st.data())
def test_new_keys_are_added_without_loss(text: str, data: st.DataObject):
    before = doc(text)
    groups = [p for p in [(), *places(before.value())] if isinstance(before.node(p), Map)]
    place = data.draw(st.sampled_from(groups))
    nested: list[Plain] = [{"a": "b", "c": ["d"]}, ["x", "y: z"]]
    value: Plain = data.draw(st.one_of(texts.filter(bool), st.sampled_from(nested)))
    after = again(before.put((*place, "added"), value, lambda _steps: ["id", "title", "added", "value", "three_m"]))
    assert at(after, *place, "added") == value
    assert notes(after.text) == notes(text)
    for other in places(before.value()):
        assert says_same(at(after, *other), at(before, *other)) or place[: len(other)] == other


@settings(max_examples=100, deadline=None)
@given(files(), files())
def test_a_file_becomes_what_another_says(text: str, other: str):
    wanted = doc(other).value()
    after = again(doc(text).put((), wanted))
    assert says_same(after.value(), wanted)


@settings(max_examples=60, deadline=None)
@given(files(), st.data())
def test_a_row_of_changes_keeps_every_note_and_unknown_key(text: str, data: st.DataObject):
    document = doc(text.replace(">+", ">"))
    for _change in range(5):
        everywhere = places(document.value())
        place = data.draw(st.sampled_from(everywhere))
        node = document.node(place)
        if isinstance(node, Seq) and not node.flow:
            order: list[int | Plain] = list(data.draw(st.permutations(range(len(node.items)))))
            document = document.arrange(place, [*order, {"id": "new", "x": data.draw(texts)}])
        elif isinstance(node, Map):
            document = document.put((*place, "added"), data.draw(texts))
        else:
            document = document.put(place, data.draw(texts))
    assert notes(again(document).text) == notes(text)


def test_new_keys_stand_in_their_order():
    order = ["title", "summary", "leaders", "outcomes"]
    document = doc("# top\n\ntitle: A\n# unknown to us\nzzz: 1\noutcomes:\n  - id: o1\n")
    document = document.put(("summary",), "S", lambda _steps: order)
    document = document.put(("leaders",), ["Ada"], lambda _steps: order)
    assert list(document.value()) == ["title", "summary", "leaders", "zzz", "outcomes"]
    assert document.text.startswith("# top\n\ntitle: A\nsummary: S\nleaders:\n  - Ada\n# unknown to us\nzzz: 1\n")


def test_a_first_key_goes_below_the_note_that_opens_the_file():
    assert doc("# top\ntitle: A\n").put(("schema",), "2", lambda _s: ["schema", "title"]).text == (
        "# top\nschema: 2\ntitle: A\n"
    )
    assert doc("\n# of the title\ntitle: A\n").put(("schema",), "2", lambda _s: ["schema", "title"]).text == (
        "\nschema: 2\n# of the title\ntitle: A\n"
    )


def test_long_texts_are_broken_at_words_and_paragraphs_stand_as_they_are():
    text = doc("").put(("summary",), "word " * 40 + "end").put(("more",), "One.\n\nTwo: # three").text
    assert max(map(len, text.splitlines())) <= 100
    assert text.startswith("summary: >-\n  word word")
    assert text.endswith("more: |-\n  One.\n\n  Two: # three\n")


def test_a_note_further_right_never_becomes_a_part_of_the_text_above_it():
    document = doc("title: A\n    # a note\nabout: B\n").put(("title",), "One.\nTwo.")
    assert document.text == 'title: "One.\\nTwo."\n    # a note\nabout: B\n'
    assert at(document, "title") == "One.\nTwo."


def test_windows_line_ends_and_a_byte_order_mark_are_kept():
    document = Document.read("plan.yaml", b"\xef\xbb\xbftitle: A\r\nabout: B\r\n")
    assert document.value() == {"title": "A", "about": "B"}
    assert document.put(("title",), "C\nD").content == b"\xef\xbb\xbftitle: |-\r\n  C\r\n  D\r\nabout: B\r\n"


def test_a_text_where_a_group_belongs_is_not_overwritten():
    with pytest.raises(NotWrittenError, match=r'In priorities/a.yaml, line 1, there is a text .* "85 %"'):
        doc("target: 85 %\n").put(("target", "value"), "85")


def test_nothing_grows_beyond_what_can_be_read():
    with pytest.raises(NotWrittenError, match="larger than 2 MB"):
        doc("title: A\n").put(("about",), "x" * MAX_BYTES)


def test_a_key_is_renamed_or_dropped_and_notes_stay():
    text = "rows:\n  - due: 2018  # agreed\n    # about the target\n    target: T\n    evaluation:\n      a: b\n"
    document = doc(text)
    document = document.rename(("rows", 0, "evaluation"), "three_m")
    assert at(document, "rows", 0, "three_m", "a") == "b"
    dropped = document.drop(("rows", 0, "due"))
    assert at(dropped, "rows") == [{"target": "T", "three_m": {"a": "b"}}]
    assert "# agreed" in dropped.text
    assert "# about the target" in dropped.text


@settings(max_examples=100, deadline=None)
@given(files(), st.data())
def test_any_key_can_be_dropped_and_notes_stay(text: str, data: st.DataObject):
    text = text.replace(">+", ">")  # below >+, empty lines are text
    before = doc(text)
    place = data.draw(st.sampled_from([p for p in places(before.value()) if isinstance(p[-1], str)]))
    node = before.node(place)
    after = again(before.drop(place))
    assert at(after, *place) is None
    if isinstance(node, Scalar):
        assert notes(after.text) == notes(text)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\xff\xfet\x00", "a character that is not in UTF-8"),
        (b"title: caf\xe9\n", "a character that is not in UTF-8"),
        (b"a: " + b"x" * MAX_BYTES, "a file of 2.0 MB"),
    ],
)
def test_files_that_are_not_text_or_too_large_are_refused(content: bytes, found: str):
    with pytest.raises(PlanReadError) as caught:
        Document.read("plan.yaml", content)
    assert caught.value.problems[0].found == found

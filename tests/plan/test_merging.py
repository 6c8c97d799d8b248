"""Two sides' changes brought together: nothing is lost, and what both changed differently is a clash."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rdlib.plan.merging import changes, merge
from rdlib.plan.nodes import Plain, says_same

TEXT = st.none() | st.sampled_from(["a", "b", "c", "d"])


def row(id_: str) -> st.SearchStrategy[Plain]:
    return st.fixed_dictionaries({"id": st.just(id_), "x": TEXT, "y": TEXT})


def table() -> st.SearchStrategy[list[Plain]]:
    ids = st.lists(st.sampled_from(["r1", "r2", "r3", "r4"]), unique=True, max_size=4)
    return ids.flatmap(lambda found: st.tuples(*map(row, found)).map(list))


STATES: st.SearchStrategy[Plain] = st.fixed_dictionaries(
    {
        "title": TEXT,
        "about": TEXT,
        "texts": st.lists(st.sampled_from(["p", "q"]), max_size=3),
        "group": st.fixed_dictionaries({"u": TEXT, "v": TEXT}),
        "rows": table(),
    }
)


@settings(max_examples=300, deadline=None)
@given(STATES, STATES)
def test_what_only_one_side_changed_is_kept(base: Plain, changed: Plain):
    here = merge(base, changed, base)
    assert says_same(here.value, changed)
    assert (here.clashes, here.taken) == ((), ())
    there = merge(base, base, changed)
    assert says_same(there.value, changed)
    assert there.clashes == ()
    assert bool(there.taken) == (not says_same(base, changed))


@settings(max_examples=200, deadline=None)
@given(STATES, STATES)
def test_the_same_change_on_both_sides_is_fine(base: Plain, changed: Plain):
    merged = merge(base, changed, changed)
    assert says_same(merged.value, changed)
    assert merged.clashes == ()


@settings(max_examples=300, deadline=None)
@given(STATES, STATES, STATES)
def test_a_merge_says_the_same_from_both_sides(base: Plain, mine: Plain, theirs: Plain):
    here, there = merge(base, mine, theirs), merge(base, theirs, mine)
    assert {clash.names for clash in here.clashes} == {clash.names for clash in there.clashes}
    if not here.clashes:
        assert _unordered(here.value) == _unordered(there.value)


def _unordered(value: Plain) -> object:
    """The value without the order of rows: rows added on both sides stand in the order of whoever saves."""
    if isinstance(value, dict):
        return {key: _unordered(value[key]) for key in sorted(value) if not says_same(value[key], None)}
    if isinstance(value, list):
        return sorted(str(_unordered(item)) for item in value)
    return value


@settings(max_examples=300, deadline=None)
@given(STATES, STATES, STATES)
def test_nothing_is_lost(base: Plain, mine: Plain, theirs: Plain):
    """Every change of either side is in the result, or is a clash at its place or above it."""
    merged = merge(base, mine, theirs)
    clashing = {clash.names for clash in merged.clashes}
    for side in (mine, theirs):
        for names in changes(base, side):
            wanted, got = _at(side, names), _at(merged.value, names)
            below_clash = any(names[: len(clash)] == clash or clash[: len(names)] == names for clash in clashing)
            reordered = isinstance(wanted, list) and isinstance(got, list)  # rows: each is looked at by itself
            assert below_clash or reordered or says_same(wanted, got), names


def _at(value: Plain, names: tuple[str, ...]) -> Plain:
    for name in names:
        if isinstance(value, list):
            value = next((r for r in value if isinstance(r, dict) and r.get("id") == name), None)
        elif isinstance(value, dict):
            value = value.get(name)
        else:
            return None
    return value


@settings(max_examples=200, deadline=None)
@given(STATES, STATES, STATES)
def test_a_choice_leaves_no_clash(base: Plain, mine: Plain, theirs: Plain):
    refused = merge(base, mine, theirs)
    for choose, side in (("mine", mine), ("theirs", theirs)):
        merged = merge(base, mine, theirs, choose=choose)  # type: ignore[arg-type]
        assert merged.clashes == ()
        for clash in refused.clashes:
            wanted = _at(side, clash.names)
            if not isinstance(wanted, list):
                assert says_same(_at(merged.value, clash.names), wanted)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "clash"),
    [
        ({"t": "a"}, {"t": "b"}, {"t": "c"}, ("t",)),
        ({}, {"t": "b"}, {"t": "c"}, ("t",)),
        ({"t": "a"}, {}, {"t": "c"}, ("t",)),
        ({"t": ["a"]}, {"t": ["a", "b"]}, {"t": ["a", "c"]}, ("t",)),
        ({"g": {"t": "a"}}, {"g": {"t": "b"}}, {"g": {"t": "c"}}, ("g", "t")),
        ({"r": [{"id": "x", "t": "a"}]}, {"r": []}, {"r": [{"id": "x", "t": "b"}]}, ("r", "x")),
        ({"r": [{"id": "x", "t": "a"}]}, {"r": [{"id": "x", "t": "b"}]}, {"r": []}, ("r", "x")),
        ({"r": []}, {"r": [{"id": "x", "t": "a"}]}, {"r": [{"id": "x", "t": "b"}]}, ("r", "x")),
        ({"r": [{"t": "a"}]}, {"r": [{"t": "b"}]}, {"r": [{"t": "c"}]}, ("r",)),
        ({"g": "text"}, {"g": {"t": "a"}}, {"g": "other"}, ("g",)),
    ],
)
def test_each_kind_of_clash_is_found(base: Plain, mine: Plain, theirs: Plain, clash: tuple[str, ...]):
    assert [found.names for found in merge(base, mine, theirs).clashes] == [clash]
    assert merge(base, mine, base).clashes == ()
    assert merge(base, base, theirs).clashes == ()


def test_rows_reordered_differently_on_both_sides_are_a_clash_and_on_one_side_are_not():
    def rows(*ids: str) -> Plain:
        return {"r": [{"id": id_} for id_ in ids]}

    clash = merge(rows("a", "b", "c"), rows("b", "a", "c"), rows("a", "c", "b")).clashes[0]
    assert (clash.names, clash.mine, clash.theirs) == (("r",), "order: b, a, c", "order: a, c, b")
    one = merge(rows("a", "b", "c"), rows("c", "a", "b"), rows("a", "b", "new", "c"))
    assert one.clashes == ()
    assert one.value == rows("c", "a", "b", "new")


def test_lists_that_are_sets_are_merged_item_by_item():
    merged = merge({"order": ["a", "b"]}, {"order": ["a", "b", "c"]}, {"order": ["b", "d"]}, sets=[("order",)])
    assert merged.value == {"order": ["b", "c", "d"]}
    assert merged.clashes == ()

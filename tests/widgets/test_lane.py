"""Where the kernel hears what a page sends."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from rdlib.widgets.lane import hear_beside_cells


@pytest.mark.parametrize(
    ("asked_for", "heard_in"),
    [("beside", "beside"), ("gone since the restart", None), (None, None)],
)
def test_a_page_is_heard_where_it_asks_for_if_that_is_there(asked_for: str | None, heard_in: str | None):
    manager = SimpleNamespace(list_subshell=lambda: ["beside"])
    kernel = SimpleNamespace(shell_channel_thread=SimpleNamespace(manager=manager))
    widget = SimpleNamespace(comm=SimpleNamespace(kernel=kernel))
    hear_beside_cells(widget)
    assert widget.comm._reply_subshell_for({}, asked_for) == heard_in

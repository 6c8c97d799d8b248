"""The lane on which a page is heard: beside the cells, so that one that runs for long keeps nobody from saving.

JupyterLab sends what widgets say to a thread of its own in the kernel (a subshell). The kernel, however, hands such a
message to whichever thread last said something through the same widget. That may be the one that runs the cells, and
then nothing is heard until the cell is done. So the widgets that save what a reader enters go where the page asks for.
"""

from __future__ import annotations

from typing import Any


def hear_beside_cells(widget: Any) -> None:
    """Let the kernel hear a widget in the thread that the page asks for, as long as that thread is there.

    Args:
        widget: a widget of ipywidgets, just made.
    """
    comm = widget.comm

    def lane(_data: object, asked_for: str | None) -> str | None:
        there = comm.kernel.shell_channel_thread.manager.list_subshell()
        return asked_for if asked_for in there else None  # after a restart a page may ask for one that is gone

    comm._reply_subshell_for = lane  # what ipykernel (from 7.3) asks for the thread; older ones do what the page says

"""What every surface that is filled in shares: the exchange with its pages, saving, and the static face beside it.

A surface is one small widget with native controls. Python keeps the plan and says what is on the page; the page only
shows it and sends back what is typed or moved. The page tells the reader "saved" when, and only when, Python has
answered that it is on disk; until then it keeps the answer in the browser and sends it again by itself.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from rdlib.widgets.desk import Desk, desk_for
from rdlib.widgets.face import Shown
from rdlib.widgets.lane import hear_beside_cells
from rdlib.words import _, language

if TYPE_CHECKING:
    from rdlib.figures.html import Html
    from rdlib.plan.store import PlanStore

Message = dict[str, Any]
#: What a message from a page asks for; it may return the path of what is to get the focus.
Act = Callable[[Message], str | None]

_HERE = Path(__file__).parent
_log = logging.getLogger(__name__)


def page_code(name: str) -> str:
    """Return the page's side of a surface as one module: what all share (page.js), then its own code."""
    return "\n".join((_HERE / file).read_text(encoding="utf-8") for file in ("page.js", name))


def look_of(*names: str) -> str:
    """Return stylesheets of this room as one."""
    return "\n".join((_HERE / name).read_text(encoding="utf-8") for name in names)


def common_words() -> dict[str, str]:
    """Return the sentences that every surface shows."""
    return {
        "ready": _("Every change is saved at once."),
        "saved": _("Saved {time}"),
        "saving": _("Saving …"),
        "late": _(
            "Not saved yet: no answer has come for 3 seconds. What you typed is kept in this browser. "
            "If this message stays, run this page again (menu Run, then Run All Cells): "
            "your text is put back and saved."
        ),
        "silent": _(
            "No answer has come for 3 seconds. The page may still be busy. "
            "If this message stays, run this page again (menu Run, then Run All Cells). "
            "What you type meanwhile is kept."
        ),
        "trouble": _("Not saved: {reason} What you typed is kept in this browser."),
        "unexpected": _("Something went wrong that this program did not expect."),
        "no_room": _(
            "This browser cannot keep text for later, so wait for the word “Saved” before you close the page."
        ),
        "again": _("Try again"),
        "choose": _("An answer was changed in two places. Choose below which one to keep."),
        "conflict": _("This answer was changed somewhere else while you were writing."),
        "mine": _("Yours"),
        "theirs": _("In the plan's files"),
        "nothing": _("(nothing)"),
        "keep_mine": _("Keep mine"),
        "keep_theirs": _("Keep the plan's"),
    }


class Surface(Shown, anywidget.AnyWidget):
    """A part of a plan on a page, to be filled in; what it shows is up to the classes below it.

    Args:
        store: the plan.
        title: the heading; left empty, none.
        words: every sentence that the page shows by itself.
        traits: what else the page is given from the beginning.
    """

    # What the page is given. Only Python writes these; the page answers by messages.
    title = traitlets.Unicode().tag(sync=True)
    lang = traitlets.Unicode().tag(sync=True)
    identity = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    now = traitlets.Dict().tag(sync=True)

    def __init__(self, store: PlanStore, title: str, words: Mapping[str, str], **traits: Any) -> None:
        """Show what stands in the plan, and listen from now on."""
        self._store = store
        self._desk: Desk = desk_for(store)
        self._acks: dict[str, dict[str, Any]] = {}
        self._latest: dict[tuple[str, str], int] = {}
        self._behind = False
        identity = sha256(str(Path(store.folder).resolve()).encode()).hexdigest()[:16]
        super().__init__(title=title, lang=language(), identity=identity, words=dict(words), **traits)
        hear_beside_cells(self)
        with self._desk.lock:
            self._show(judge=True)
            self._desk.forms.add(self)
        self.on_msg(self._heard)

    def __repr__(self) -> str:
        """Return the same words in every run."""
        return f"{type(self).__name__}({self.title!r})"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Return the live surface and its static face; with RDLIB_STATIC=1 in the environment, only the face."""
        plain = {"text/html": self.face(), "text/plain": repr(self)}
        if os.environ.get("RDLIB_STATIC") == "1":
            return plain
        bundle = super()._repr_mimebundle_(**kwargs)
        live, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**(live or {}), **plain}, metadata

    def face(self) -> Html:
        """Return what stands in it, as HTML that needs no kernel and no script."""
        raise NotImplementedError

    def follow(self) -> None:
        """Show the plan as it stands now; surfaces that no page shows wait until one does."""
        with self._desk.lock:
            self._behind = not self._acks
            if self._acks:
                self._show(judge=True)

    def _show(self, *, judge: bool) -> None:
        """Give the pages what stands in the plan; with `judge`, what the checks find too."""
        raise NotImplementedError

    def _acts(self) -> Mapping[str, Act]:
        """Return what a page may ask for."""
        raise NotImplementedError

    def _heard(self, _widget: object, message: Message, _buffers: object) -> None:
        """Take one message from a page, act, save, and answer."""
        with self._desk.lock:
            self._carry_out(message)

    def _carry_out(self, message: Message) -> None:
        client, n, do, since = str(message["client"]), int(message["n"]), message["do"], int(message["since"])
        if do == "leave":
            self._acks.pop(client, None)
            return
        old = self._acks.get(client, {"heard": [], "saved": [], "lost": [], "focus": None})
        # what the page no longer waits for is left out; a new record each time, so that the page is told
        ack = self._acks[client] = {
            **{kind: [k for k in old[kind] if k >= since] for kind in ("heard", "saved", "lost")},
            "focus": old["focus"],
        }
        ack["heard"].append(n)
        before = self._desk.changes
        try:
            focus = None if self._overtaken(client, n, message) else self._acts()[do](message)
            if focus:
                ack["focus"] = {"n": n, "path": focus}
        except KeyError:  # its row was removed meanwhile: the page keeps the text, and says so
            ack["lost"].append(n)
        except Exception:  # whatever it is, the page must learn that what it sent is not on disk
            _log.exception("A message from the page could not be carried out.")
            ack["lost"].append(n)
        self._desk.save()
        if not self._desk.trouble:
            ack["saved"] = list(ack["heard"])
        self._show(judge=False)  # first say that it is saved; what the checks find may take a little longer
        if self._desk.changes != before:
            self._desk.follow()
        elif self._behind:
            self.follow()

    def _overtaken(self, client: str, n: int, message: Message) -> bool:
        """Say whether a later answer for the same field was heard already: messages may come in another order.

        The first ones of a page wait where the cells run, because JupyterLab's lane beside them is not open yet; when
        a cell runs for long, the page sends its answers again on that lane, and the first ones arrive much later.
        """
        if message["do"] not in {"write", "choose"}:
            return False
        key = (client, message["path"])
        self._latest[key] = max(n, self._latest.get(key, n))
        return n < self._latest[key]

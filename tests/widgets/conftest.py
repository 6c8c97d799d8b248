"""A small plan on disk, and pages that talk to a form without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from rdlib.plan import PlanStore
from rdlib.widgets.form import Form

P = "priorities/first-priority"
TEMPLATE = Path(__file__).parents[2] / "templates" / "plan"


@pytest.fixture
def store(tmp_path: Path) -> PlanStore:
    """A plan with two outcomes and one indicator."""
    store = PlanStore.create(tmp_path / "plan", TEMPLATE)
    store.add_row(f"{P}/outcomes", {"statement": "Nobody waits in pain", "level": "long-term"})
    store.add_row(f"{P}/outcomes", {"statement": "Waits are short"})
    store.add_row(f"{P}/indicators", {"name": "Share seen in time", "unit": "%"})
    store.save()
    return store


@pytest.fixture
def by_hand(store: PlanStore) -> Callable[[str, str], None]:
    """Edit the priority's file as with a text editor."""

    def edit(old: str, new: str) -> None:
        file = store.folder / f"{P}.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


@attrs.define
class Page:
    """What a page in a browser does: it sends messages and looks at what the form shows."""

    form: Form
    client: str = "a"
    n: int = 0

    def send(self, do: str, **more: Any) -> dict[str, Any]:
        """Send a message and return what the form shows then."""
        self.n += 1
        self.form._heard(self.form, {"do": do, "client": self.client, "n": self.n, "since": 1, **more}, [])
        return self.now

    def write(self, path: str, value: Any, *bases: Any) -> dict[str, Any]:
        """Type into a field of the priority that held one of ``bases`` before."""
        known = bases or (self.now["values"][f"{P}/{path}"],)
        return self.send("write", path=f"{P}/{path}", value=value, bases=list(known))

    def shows(self, path: str) -> Any:
        """Return what a field of the priority shows."""
        return self.now["values"][f"{P}/{path}"]

    @property
    def now(self) -> dict[str, Any]:
        """What the form shows."""
        return dict(self.form.now)

    @property
    def ack(self) -> dict[str, Any]:
        """What the form has answered to this page."""
        return dict(self.form.now["acks"][self.client])


@pytest.fixture
def open_page() -> Callable[..., Page]:
    """Open a page on a form."""

    def open_page(form: Form, client: str = "a") -> Page:
        page = Page(form, client)
        page.send("look")
        return page

    return open_page

"""The delivery chain in the workbook (tool 5.2): that of a case, and the reader's own as it changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from rdlib import paths
from rdlib.plan import PlanStore
from rdlib.plan.chain import CHAINS
from rdlib.widgets import rule05_chain, workspace


def test_a_case_shows_its_chain_in_the_workbook():
    face = rule05_chain.worked_chain("emergency-waits", "emergency-care")
    html = face._repr_mimebundle_()["text/html"]
    assert "Starts here" in html
    with pytest.raises(KeyError, match="no priority"):
        rule05_chain.worked_chain("emergency-waits", "nothing")


def test_the_readers_own_chain_is_drawn_again_as_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    store = PlanStore.create(tmp_path / "plan", paths.templates() / "plan")
    monkeypatch.setattr(workspace, "own_store", lambda: store)
    picture = rule05_chain.chain()
    assert "not attempted yet" in picture.value
    here = f"priorities/first-priority/{CHAINS.key}/{store.add_row(f'priorities/first-priority/{CHAINS.key}')}"
    store.add_row(f"{here}/actors", {"title": "Minister <b>"})
    picture.follow()
    assert "Minister &lt;b&gt;" in picture.value
    picture.close()

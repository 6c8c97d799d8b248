"""The four elements as cards."""

import pytest

from rdlib.figures.architecture import architecture
from rdlib.plan.indicator import Indicator
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Outcome, Priority
from tests.figures.faces import HOSTILE, PLAN, PRIORITY, assert_harmless, filled, of, text_of


def cards(priority: Priority) -> list[str]:
    return [c.text for c in of(architecture(priority, PLAN), "li") if "rd-element" in (c.attributes.get("class") or "")]


def test_four_cards_say_what_stands_and_what_is_lacking():
    outcomes, strategies, metrics, leaders = cards(PRIORITY)
    assert outcomes == "Outcomes●\u00a0stands3 outcomes"
    assert "–\u00a0not attempted yet" in strategies
    assert "◆\u00a0incomplete" in metrics
    assert "“Free beds”" in metrics
    assert leaders == "Accountable leaders●\u00a0standsMinister of Health"
    assert text_of(architecture(PRIORITY, PLAN)).startswith("Elements of the architecture that stand: 2 of 4")


def test_nothing_attempted_is_never_a_failure():
    found = cards(Priority(id="p"))
    assert len(found) == 4
    assert all("not attempted yet" in card for card in found)
    assert "rd-1" not in architecture(Priority(id="p"), PLAN)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_nothing(text: str):
    priority = filled(Priority, text, outcomes=(filled(Outcome, text),), indicators=(Indicator(id=text, name=text),))
    assert_harmless(architecture(priority, Plan()))

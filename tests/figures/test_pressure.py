"""The pressure tests as a table and on the picture: what is weak is said in words, with a shape, and safely."""

from __future__ import annotations

import attrs
import pytest

from rdlib.figures.chain import chain_figure
from rdlib.figures.pressure import (
    link_name,
    marks,
    pressure_faces,
    pressure_figure,
    pressure_table,
    risks_table,
    tried,
    verdict_mark,
    what_if_figure,
    what_if_table,
)
from rdlib.plan import cases
from rdlib.plan.chain import Chain, Judgement
from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.rules import r05_pressure
from rdlib.rules.r05_pressure import pressure
from rdlib.rules.r05_what_if import without
from tests.rules.chains import CHAIN, RISK, changed, priority

WEAK = changed(a4={"number": 90.0, "will": 1}, k5={"formal": 1, "informal": 1}, b1=None)
HOSTILE = "<img src=x onerror=alert(1)>"


def case_priority() -> Priority:
    found = cases.model("emergency-waits").priority("emergency-care")
    assert found is not None
    return found


def test_each_test_stands_in_the_table_with_both_verdicts_in_words() -> None:
    judged = attrs.evolve(WEAK.judged, links=Judgement(3, "New since May."))
    html = pressure_table(pressure(attrs.evolve(WEAK, judged=judged)))
    assert html.count("<tr>") == 7
    for words in ("it would break", "it holds with care", "New since May.", "Win trust along this link"):
        assert words in html
    assert "cannot be said yet" in pressure_table(pressure(Chain("c1")))
    assert "not judged yet" in pressure_table(pressure(Chain("c1")))


def test_every_rating_has_a_shape_of_its_own() -> None:
    assert len({verdict_mark(rating).shape for rating in (1, 2, 3, 4, None)}) == 5


def test_what_is_weak_is_marked_on_the_picture() -> None:
    overlay = marks(pressure(WEAK))
    assert overlay.actors["a2"] == ["◆ 90 to steer directly"]
    assert set(overlay.links.values()) == {"?"}
    assert set(overlay.links) == {"k1", "k2", "k3", "k4", "k5"}
    assert "Feedback" in overlay.says
    drawn = pressure_figure(pressure(WEAK))
    assert "90 to steer" in drawn.replace("\u00a0", " ")
    assert "from here nothing would be heard" in drawn
    assert marks(pressure(CHAIN)).actors == {}
    assert marks(pressure(CHAIN)).links == {}


def test_money_that_goes_its_own_way_has_a_sign_with_its_meaning() -> None:
    drawn = pressure_figure(r05_pressure.results_of(case_priority())[0])
    assert "≠" in drawn
    assert "money and influence do not go together" in drawn
    assert "from here nothing would be heard" not in drawn


@pytest.mark.parametrize(("gone", "word"), [("a4", "Cut off"), ("a2", "Fails")])
def test_what_fails_and_what_it_cuts_off_is_said_on_the_picture(gone: str, word: str) -> None:
    drawn = what_if_figure(without(CHAIN, [gone]))
    assert "✕" in drawn
    assert word in drawn
    assert without(CHAIN, [gone]).says.split(".")[0] in drawn


def test_a_link_that_fails_is_named_by_its_ends() -> None:
    assert link_name(CHAIN, "k5") == "Influence: Hospitals → Patients"
    assert "Influence: Hospitals → Patients" in what_if_figure(without(CHAIN, links=["k5"]))
    assert "Fails" not in what_if_figure(without(CHAIN))


def test_those_on_whom_most_hangs_are_tried_first_and_the_ends_not_at_all() -> None:
    order = [what.actors[0] for what in tried(pressure(CHAIN))]
    assert order[:2] == ["a1", "a4"]
    assert set(order) == {"a1", "a2", "a3", "a4"}
    table = what_if_table(pressure(CHAIN))
    for words in ("cut off", "weaker", "stands"):
        assert words in table


def test_risks_are_shown_the_worst_first_with_what_they_are_about() -> None:
    worse = attrs.evolve(RISK, id="r2", title="The money stops", likelihood="3", effect="3", links=("c1/k6",))
    closed = attrs.evolve(RISK, id="r3", title="Gone", status="closed")
    html = risks_table(priority(risks=(RISK, worse, closed)), Plan())
    assert html.index("The money stops") < html.index("The South tires")
    assert "Gone" not in html
    assert "1 closed" in html
    assert "likely, decisive" in html
    assert "Minister → North" in html
    assert "not weighed yet" in risks_table(priority(risks=(attrs.evolve(RISK, effect=None),)), Plan())


def test_all_faces_of_the_case_and_of_nothing() -> None:
    found = pressure_faces(case_priority(), cases.model("emergency-waits"))
    for words in ("over 12 million visits a year", "Weekly wait of each trust", "Trusts are paid", "illustrative"):
        assert words in found
    assert "not attempted" in pressure_faces(priority(Chain("c1")), Plan())
    assert "<svg" not in pressure_faces(priority(), Plan(), pictures=False)


def test_what_people_typed_is_shown_and_never_run() -> None:
    chain = changed(a2={"title": HOSTILE}, a4={"title": HOSTILE, "will": 1}, k6={"controlled_by": "a4"})
    chain = attrs.evolve(chain, title=HOSTILE, judged=attrs.evolve(chain.judged, links=Judgement(1, HOSTILE)))
    subject = priority(chain, risks=(attrs.evolve(RISK, title=HOSTILE, answer=HOSTILE),))
    html = pressure_faces(subject, Plan()) + what_if_figure(without(chain, ["a2"])) + chain_figure(chain)
    assert "<img" not in html
    assert "&lt;img" in html

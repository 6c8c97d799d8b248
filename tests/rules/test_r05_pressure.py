"""The six pressure tests and the risks: each finding with a chain that has it, and one that only comes near."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from rdlib.plan.chain import Actor, Chain, Judgement, Link, Loop
from rdlib.plan.risks import Risk
from rdlib.rules import r05_pressure, r05_risks
from rdlib.rules.r05_pressure import pressure
from rdlib.rules.r05_pressure_result import TESTS, TestResult, question_of, verdict_word
from tests.rules.chains import CHAIN, CONTEXT, LOOP, RISK, C, changed, codes, priority


def found(chain: Chain = CHAIN, **more: Any) -> list[tuple[str, str]]:
    return codes(r05_pressure.check(priority(chain, **more), CONTEXT))


def result(chain: Chain, test: str) -> TestResult:
    return pressure(chain, C).by_test[test]


def link(id_: str, source: str, target: str, **more: Any) -> Link:
    return Link(id_, source=source, target=target, **more)


def with_links(*links: Link, actors: tuple[Actor, ...] = (), loops: tuple[Loop, ...] = ()) -> Chain:
    return attrs.evolve(
        CHAIN,
        links=(*CHAIN.links, *links),
        actors=(*CHAIN.actors, *actors),
        loops=(*CHAIN.loops, *loops),
    )


HELD_OUTSIDE = ("R5-money-held-outside", "links/k7/controlled_by")
BANK = Actor("a6", title="Bank", level="v1", number=1.0)


def test_a_chain_that_holds_is_praised() -> None:
    assert [each.rating for each in pressure(CHAIN).tests] == [4, 4, 4, 4, 4, 4]
    assert found() == [
        ("R5-money-along-influence", "links/k6"),
        ("R5-chain-holds", ""),
        ("R5-risks-answered", "risks"),
    ]


@pytest.mark.parametrize(
    ("priority_", "begun"),
    [
        (priority(attrs.evolve(CHAIN, links=CHAIN.links[:5], loops=(), judged=Chain("c").judged), risks=()), False),
        (priority(attrs.evolve(CHAIN, links=CHAIN.links[:5], judged=Chain("c").judged), risks=()), True),
        (priority(attrs.evolve(CHAIN, loops=(), judged=Chain("c").judged), risks=()), True),
        (priority(attrs.evolve(CHAIN, links=CHAIN.links[:5], loops=()), risks=()), True),
        (priority(Chain("c1"), risks=(RISK,)), True),
        (priority(Chain("c1", actors=(Actor("a1", building="Training"),)), risks=()), True),
    ],
)
def test_it_counts_as_begun_with_the_first_answer_that_it_asks_for(priority_: Any, begun: bool) -> None:
    assert r05_pressure.attempted(priority_, CONTEXT) is begun


# --- links ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formal", "informal", "rating"), [(4, 4, 4), (4, 3, 4), (3, 3, 3), (4, 1, 3), (2, 2, 2), (1, 2, 2), (1, 1, 1)]
)
def test_the_weakest_link_of_the_best_line_decides(formal: int, informal: int, rating: int) -> None:
    chain = changed(k5={"formal": formal, "informal": informal})
    assert result(chain, "links").rating == rating
    assert (("R5-weak-line", "links/k5") in found(chain)) is (rating <= 2)


def test_a_weak_link_that_can_be_gone_round_is_no_weakness() -> None:
    chain = changed(k1={"formal": 1, "informal": 1})
    assert result(chain, "links").rating == 4
    assert "R5-weak-line" not in [code for code, _where in found(chain)]


def test_links_that_nobody_rated_are_named_and_the_verdict_waits() -> None:
    chain = changed(k5={"informal": None})
    assert result(chain, "links").rating is None
    assert ("R5-links-unrated", "links/k5") in found(chain)
    worse = changed(chain, k1={"formal": 1, "informal": 1}, k2={"formal": 1, "informal": 1})
    assert result(worse, "links").rating == 1  # what nobody rated could only make it worse
    bare = changed(CHAIN, **{k: {"formal": None, "informal": None} for k in ("k1", "k2", "k3", "k4", "k5")})
    assert result(bare, "links").says == "No link on the way to the citizen is rated yet."


def test_unrated_links_beside_the_best_line_are_left_alone() -> None:
    assert "R5-links-unrated" not in [code for code, _where in found(changed(k4={"formal": None, "informal": None}))]


@pytest.mark.parametrize(
    ("formal", "informal", "code"),
    [(4, 1, "R5-orders-only"), (3, 1, "R5-orders-only"), (1, 4, "R5-trust-only"), (4, 2, None), (2, 4, None)],
)
def test_a_link_that_stands_on_one_leg(formal: int, informal: int, code: str | None) -> None:
    there = [c for c, where in found(changed(k5={"formal": formal, "informal": informal})) if where == "links/k5"]
    assert [c for c in there if c != "R5-weak-line"] == ([code] if code else [])


# --- capacity ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "rating", "code"),
    [
        ({"skill": 3}, 3, None),
        ({"skill": 2}, 2, "R5-capacity-low"),
        ({"will": 1}, 1, "R5-capacity-low"),
        ({"will": 1, "building": "A say in how"}, 2, "R5-capacity-being-built"),
        ({"skill": None}, None, "R5-capacity-unrated"),
        ({"will": None}, None, "R5-capacity-unrated"),
    ],
)
def test_skill_and_will_of_those_who_carry_most(change: dict[str, Any], rating: int | None, code: str | None) -> None:
    chain = changed(a4=change)
    assert result(chain, "capacity").rating == rating
    capacity = [c for c, _where in found(chain) if c.startswith("R5-capacity")]
    assert capacity == ([code] if code else [])


def test_those_who_carry_little_and_those_it_is_for_need_no_rating() -> None:
    assert result(changed(a3={"skill": 1, "will": None}), "capacity").rating == 4
    assert result(changed(a5={"skill": 1, "will": 1}), "capacity").rating == 4


# --- complexity ----------------------------------------------------------------------------------------------------


def test_a_detour_and_an_idle_actor_cost_a_point_each() -> None:
    clerk = Actor("a7", title="Clerk", level="v3", number=1.0)
    detour = attrs.evolve(
        with_links(link("k7", "a7", "a5", informal=4), link("k8", "a4", "a7", formal=4), actors=(clerk,)),
        links=(*CHAIN.links[:4], CHAIN.links[5], link("k8", "a4", "a7", formal=4), link("k7", "a7", "a5", formal=4)),
    )
    assert result(detour, "complexity").rating == 3
    assert ("R5-longer-than-needed", "actors/a5") in found(detour)
    idle = attrs.evolve(detour, actors=(*detour.actors, BANK))
    assert result(idle, "complexity").rating == 2
    assert [part.id for part in result(idle, "complexity").actors] == ["a6"]


@pytest.mark.parametrize(("others", "busy"), [(5, False), (8, True)])
def test_who_has_to_keep_in_step_with_many_is_found(others: int, busy: bool) -> None:
    more = [Actor(f"x{n}", title=f"Clinic {n}", level="v3", number=1.0) for n in range(others)]
    links = [link(f"y{n}", "a2", a.id, formal=4) for n, a in enumerate(more)]
    links += [link(f"z{n}", a.id, "a5", formal=4) for n, a in enumerate(more)]
    chain = with_links(*links, actors=tuple(more))
    assert (("R5-coordination-load", "actors/a2") in found(chain)) is busy
    assert "R5-coordination-load" not in [code for code, where in found(chain) if where != "actors/a2"]


# --- funding -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flow", "rating", "expected"),
    [
        (link("k7", "a1", "a4", kind="funding"), 4, None),  # down the line, past the regions
        (link("k7", "a2", "a4", kind="funding", controlled_by="a1"), 4, None),
        (link("k7", "a2", "a3", kind="funding"), 2, ("R5-money-without-influence", "links/k7")),
        (link("k7", "a6", "a4", kind="funding"), 2, ("R5-money-without-influence", "links/k7")),
        (link("k7", "a4", "a1", kind="funding"), 1, ("R5-money-against-influence", "links/k7")),
        (link("k7", "a1", "a4", kind="funding", controlled_by="a6"), 2, HELD_OUTSIDE),
    ],
)  # fmt: skip
def test_money_beside_influence(flow: Link, rating: int, expected: tuple[str, str] | None) -> None:
    chain = with_links(flow, actors=(BANK,))
    assert result(chain, "funding").rating == rating
    money = [each for each in found(chain) if "money" in each[0]]
    assert money == ([expected] if expected else [("R5-money-along-influence", "links/k6")])


def test_a_drawing_without_money_is_asked_for_it() -> None:
    chain = changed(k6=None)
    assert result(chain, "funding").rating is None
    assert ("R5-no-money-drawn", "links") in found(chain)


# --- choke points --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chain", "rating", "expected"),
    [
        (changed(a3=None, k2=None, k4=None), 3, ("R5-choke-point", "actors/a2")),
        (changed(a3=None, k2=None, k4=None, a2={"will": 2}), 1, ("R5-choke-point-weak", "actors/a2")),
        (changed(a4={"number": 1.0}), 3, ("R5-choke-point", "actors/a4")),
        (changed(a4={"number": None}), 3, ("R5-choke-point", "actors/a4")),
        (changed(a4={"number": 51.0}), 2, ("R5-overburdened", "actors/a2")),
    ],
)
def test_who_cannot_be_gone_round_or_has_too_many(chain: Chain, rating: int, expected: tuple[str, str]) -> None:
    assert result(chain, "chokes").rating == rating
    assert expected in found(chain)


def test_many_of_one_kind_with_few_each_are_neither() -> None:
    assert result(changed(a4={"number": 50.0}), "chokes").rating == 4
    many = changed(a2={"number": 4.0}, a3={"number": 4.0}, a4={"number": 200.0})
    assert result(many, "chokes").rating == 4


def test_citizens_are_served_and_not_steered() -> None:
    assert result(changed(a4={"number": 2.0}, a5={"number": 1e7}), "chokes").rating == 3


# --- feedback ------------------------------------------------------------------------------------------------------


def loops(*loops: Loop) -> Chain:
    return attrs.evolve(CHAIN, loops=loops)


@pytest.mark.parametrize(
    ("members", "rating"),
    [
        (("a1", "a2", "a3", "a4", "a5"), 4),
        (("a1", "a5"), 2),  # hears along the strongest line; nothing of the other one
        (("a1", "a2", "a3", "a4"), 3),
        (("a1", "a2"), 1),
    ],
)
def test_how_much_of_the_chain_would_be_heard_of(members: tuple[str, ...], rating: int) -> None:
    chain = loops(attrs.evolve(LOOP, actors=members))
    assert result(chain, "feedback").rating == rating
    assert ("R5-blind-stretch" in [code for code, _where in found(chain)]) is (rating < 4)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"actors": ("a1",)}, ("R5-loop-incomplete", "loops/b1")),
        ({"measure": None}, ("R5-loop-incomplete", "loops/b1")),
        ({"frequency": None}, ("R5-loop-incomplete", "loops/b1")),
        ({"evidence_state": None}, ("R5-loop-incomplete", "loops/b1")),
        ({"evidence_state": "not-yet"}, ("R5-loop-no-evidence", "loops/b1/evidence_state")),
        ({"frequency": "yearly"}, ("R5-loop-rare", "loops/b1/frequency")),
    ],
)
def test_what_a_loop_lacks(change: dict[str, Any], expected: tuple[str, str]) -> None:
    assert expected in found(loops(attrs.evolve(LOOP, **change)))
    assert expected not in found()


def test_a_loop_whose_evidence_cannot_be_had_is_not_counted() -> None:
    chain = loops(attrs.evolve(LOOP, evidence_state="not-yet"))
    assert result(chain, "feedback").rating == 1
    assert result(loops(attrs.evolve(LOOP, evidence_state="soon")), "feedback").rating == 4


def test_no_loops_at_all_and_a_chain_that_arrives_nowhere() -> None:
    assert ("R5-no-feedback", "loops") in found(loops())
    nowhere = attrs.evolve(loops(), links=())
    assert "R5-no-feedback" not in [code for code, _where in found(nowhere)]
    assert [each.rating for each in pressure(nowhere).tests] == [None] * 6


# --- the team's own judgement --------------------------------------------------------------------------------------


def judged(**ratings: Judgement) -> Chain:
    return attrs.evolve(CHAIN, judged=attrs.evolve(CHAIN.judged, **ratings))


def test_what_is_not_judged_is_asked_for_once() -> None:
    chain = judged(capacity=Judgement(), chokes=Judgement())
    assert found(chain)[0] == ("R5-not-judged", "judged/capacity/rating")
    assert sum(code == "R5-not-judged" for code, _where in found(chain)) == 1


@pytest.mark.parametrize(
    ("judgement", "flagged"),
    [(Judgement(2), True), (Judgement(3), False), (Judgement(2, "They are new, all three of them."), False)],
)
def test_a_judgement_far_from_the_drawing_needs_a_reason(judgement: Judgement, flagged: bool) -> None:
    assert (("R5-judged-otherwise", "judged/capacity/note") in found(judged(capacity=judgement))) is flagged
    assert result(judged(capacity=judgement), "capacity").apart == (judgement.rating or 0) - 4


def test_each_test_has_a_title_a_question_and_a_word_for_each_rating() -> None:
    for test in TESTS:
        assert question_of(test).endswith("?")
    assert len({verdict_word(rating) for rating in (1, 2, 3, 4, None)}) == 5
    weakest = pressure(changed(a4={"will": 1})).weakest
    assert weakest is not None
    assert (weakest.test, weakest.title) == ("capacity", "Skill and will")
    assert r05_pressure.worst_of([pressure(CHAIN), pressure(changed(a4={"will": 1}))]) == weakest
    assert pressure(Chain("c1")).weakest is None


# --- risks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"answer": None}, ("R5-risk-no-answer", "risks/r1/answer")),
        ({"owner": " "}, ("R5-risk-no-owner", "risks/r1/owner")),
        ({"first_sign": None}, ("R5-risk-no-sign", "risks/r1/first_sign")),
        ({"actors": ()}, ("R5-risk-about-nothing", "risks/r1")),
    ],
)
def test_what_a_risk_lacks(change: dict[str, Any], expected: tuple[str, str]) -> None:
    assert expected in found(risks=[attrs.evolve(RISK, **change)])
    assert expected not in found(risks=[attrs.evolve(RISK, **change, status="closed")])


def test_a_risk_that_is_accepted_needs_no_owner() -> None:
    risk = attrs.evolve(RISK, owner=None, status="accepted")
    assert "R5-risk-no-owner" not in [code for code, _where in found(risks=[risk])]


def test_risks_that_all_weigh_the_same_are_noticed_from_three_on() -> None:
    three = [attrs.evolve(RISK, id=f"r{n}") for n in range(3)]
    assert ("R5-risks-alike", "risks") in found(risks=three)
    assert "R5-risks-alike" not in [code for code, _where in found(risks=three[:2])]
    assert "R5-risks-alike" not in [
        code for code, _where in found(risks=[*three[:2], attrs.evolve(three[2], effect="3")])
    ]


@pytest.mark.parametrize(
    ("risk", "missing"),
    [
        (RISK, True),
        (attrs.evolve(RISK, actors=("c1/a4",)), False),
        (attrs.evolve(RISK, actors=("c2/a4",)), True),
        (attrs.evolve(RISK, actors=(), links=("c1/k5",)), False),
        (attrs.evolve(RISK, actors=("c1/a4",), status="closed"), True),
    ],
)
def test_a_weak_part_needs_a_risk_that_is_about_it(risk: Risk, missing: bool) -> None:
    chain = changed(k5={"formal": 1, "informal": 1})
    assert (("R5-weak-part-no-risk", "risks") in found(chain, risks=[risk])) is missing


def test_the_worst_risks_stand_first_and_are_named_by_what_they_are_about() -> None:
    worse = attrs.evolve(RISK, id="r2", likelihood="3", effect="3", links=("c1/k5",))
    closed = attrs.evolve(RISK, id="r3", status="closed")
    assert [risk.id for risk in r05_risks.short_list(priority(risks=[RISK, worse, closed]))] == ["r2", "r1"]
    assert r05_risks.words_about(worse, [pressure(CHAIN)]) == "South and Hospitals → Patients"


def test_every_finding_that_can_come_up_is_declared() -> None:
    declared = {kind.code for kind in r05_pressure.EXERCISE_5_3.kinds}
    assert len(declared) == len(r05_pressure.EXERCISE_5_3.kinds)
    bad = changed(
        a4={"will": 1, "number": 80.0}, k1={"formal": 1, "informal": 1}, k2={"formal": 1, "informal": 1}, b1=None
    )
    assert {code for code, _where in found(bad, risks=[Risk("r1")])} <= declared

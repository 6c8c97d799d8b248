"""A short list from a long one: the limit, the reasons, the comparisons, what is taken over (tool 1.3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from rdlib.plan.plan import Plan
from rdlib.plan.priority import Priority
from rdlib.plan.shortlist import Candidate, Comparison
from rdlib.rules import r01_shortlist as shortlist
from rdlib.rules.findings import Finding
from rdlib.rules.registry import Context
from tests.rules.plans import codes

REASON = "The department does it anyway, and reports once a year"
LIST = (
    Candidate("c1", title="Rail", area="Transport", keep=True),
    Candidate("c2", title="Roads", area="Transport", keep=True),
    Candidate("c3", title="Buses", area="Transport", keep=False, why=REASON),
    Candidate("c4", title="Canals", area="Transport", keep=False, why=REASON),
)
PLAN = Plan(
    limit=2.0,
    priorities=(Priority("rail", title="Rail"), Priority("roads", title="Roads")),
    parts={"candidates": LIST, "comparisons": ()},
)


def judged(plan: Plan) -> list[Finding]:
    return shortlist.check(plan, Context(plan, date(2026, 1, 1)))


def changed(place: int, **changes: Any) -> Plan:
    rows = list(LIST)
    rows[place] = attrs.evolve(rows[place], **changes)
    return attrs.evolve(PLAN, parts={**PLAN.parts, "candidates": tuple(rows)})


def open_list(count: int, limit: float | None, *pairs: str) -> Plan:
    """Undecided candidates c1, c2 ... with comparisons written as "1>2" or "1=2"."""
    rows = tuple(Candidate(f"c{n}", title=f"Candidate {n}") for n in range(1, count + 1))
    said = tuple(
        Comparison(f"c{n}", one=f"c{p[0]}", other=f"c{p[2]}", more="equal" if p[1] == "=" else "one")
        for n, p in enumerate(pairs, 1)
    )
    return Plan(limit=limit, parts={"candidates": rows, "comparisons": said})


def test_a_choice_with_reasons_is_praised():
    assert codes(judged(PLAN)) == {"R1-short-list"}


def test_an_empty_list_is_not_attempted():
    context = Context(Plan(), date(2026, 1, 1))
    assert not shortlist.attempted(Plan(), context)
    assert not shortlist.attempted(Plan(parts={"candidates": (Candidate("c1"),)}), context)
    assert shortlist.attempted(PLAN, context)


def test_a_limit_is_asked_for_and_held():
    assert "R1-no-limit" in codes(judged(attrs.evolve(PLAN, limit=None)))
    assert "R1-over-limit" in codes(judged(attrs.evolve(PLAN, limit=1.0)))
    assert not {"R1-no-limit", "R1-over-limit"} & codes(judged(PLAN))


def test_each_cut_needs_its_reason():
    found = judged(changed(2, why=" "))
    assert [f.where for f in found if f.code == "R1-cut-no-reason"] == ["plan/candidates/c3/why"]
    assert "R1-cut-thin-reason" in codes(judged(changed(2, why="Not important.")))
    assert not {"R1-cut-no-reason", "R1-cut-thin-reason"} & codes(judged(PLAN))


def test_what_is_kept_needs_none():
    assert LIST[0].why is None
    assert "R1-cut-no-reason" not in codes(judged(PLAN))


def test_everything_kept_is_no_choice():
    all_kept = attrs.evolve(
        PLAN, limit=9.0, parts={**PLAN.parts, "candidates": tuple(attrs.evolve(c, keep=True) for c in LIST)}
    )
    assert "R1-everything-top" in codes(judged(all_kept))
    assert "R1-everything-top" not in codes(judged(changed(2, keep=True)))


def test_comparisons_that_are_nearly_all_alike_are_no_choice():
    assert "R1-everything-top" in codes(judged(open_list(5, 2.0, "1=2", "2=3", "3=4", "1>5")))
    assert "R1-everything-top" not in codes(judged(open_list(5, 2.0, "1=2", "2=3", "3>4", "1>5")))


def test_what_is_left_open_is_noted_once_the_choice_has_begun():
    assert "R1-undecided" in codes(judged(changed(3, keep=None)))
    assert "R1-undecided" not in codes(judged(open_list(5, 2.0)))


def test_a_circle_is_told_by_its_names():
    found = [f for f in judged(open_list(4, 2.0, "1>2", "2>3", "3>1")) if f.code == "R1-circle"]
    assert len(found) == 1
    assert "“Candidate 1” → “Candidate 2” → “Candidate 3” → “Candidate 1”" in found[0].what
    assert "R1-circle" not in codes(judged(open_list(4, 2.0, "1>2", "2>3")))


def test_what_is_cut_though_it_came_first_is_asked_about():
    said = (Comparison("c1", one="c3", other="c1", more="one"),)
    against = attrs.evolve(PLAN, parts={**PLAN.parts, "comparisons": said})
    assert [f.where for f in judged(against) if f.code == "R1-against-comparisons"] == ["plan/candidates/c3/keep"]
    fits = attrs.evolve(PLAN, parts={**PLAN.parts, "comparisons": (attrs.evolve(said[0], more="other"),)})
    assert "R1-against-comparisons" not in codes(judged(fits))


def test_what_is_chosen_and_not_in_the_plan_is_noted_by_its_name():
    alone = attrs.evolve(PLAN, priorities=(Priority("x", title=" RAIL "),))
    assert [c.title for c in shortlist.to_take_over(alone)] == ["Roads"]
    assert "R1-not-taken-over" in codes(judged(alone))
    assert "R1-not-taken-over" not in codes(judged(PLAN))


def test_a_name_that_stands_twice_is_taken_over_once():
    plan = changed(1, title="rail")
    assert [c.id for c in shortlist.to_take_over(attrs.evolve(plan, priorities=()))] == ["c1"]


# --- what is asked, and what the answers propose -------------------------------------------------------------------


def test_nothing_is_asked_before_there_is_a_limit_or_when_nothing_hangs_on_it():
    assert shortlist.asked_next(open_list(4, None)) is None
    assert shortlist.asked_next(open_list(4, 4.0)) is None
    assert shortlist.asked_next(open_list(4, 2.0)) == ("c1", "c2")
    assert shortlist.asked_next(changed(3, keep=None)) is None


def test_only_what_is_contested_is_asked_about():
    plan = attrs.evolve(changed(0, keep=None), limit=2.0)
    plan = attrs.evolve(
        plan, parts={**plan.parts, "candidates": (*shortlist.candidates(plan), Candidate("c5", title="Air"))}
    )
    assert shortlist.asked_next(plan) == ("c1", "c5")
    assert shortlist.places_left(plan) == 1


def test_the_proposal_draws_the_line_at_the_limit():
    assert shortlist.proposal(open_list(3, 1.0, "2>1", "2>3")) == (("c2",), ("c1", "c3"))
    assert shortlist.proposal(open_list(3, 1.0, "2>1")) is None
    assert shortlist.proposal(open_list(3, None, "2>1", "2>3")) is None


def test_a_tie_or_a_circle_across_the_line_is_left_to_people():
    assert shortlist.proposal(open_list(3, 1.0, "1=2", "1>3")) is None
    assert shortlist.proposal(open_list(3, 2.0, "1=2", "1>3")) == (("c1", "c2"), ("c3",))
    assert shortlist.proposal(open_list(3, 1.0, "1>2", "2>3", "3>1")) is None


def test_with_room_for_all_all_are_proposed_and_with_none_none():
    assert shortlist.proposal(open_list(2, 3.0)) == (("c1", "c2"), ())
    full = attrs.evolve(changed(3, keep=None), limit=2.0)
    assert shortlist.proposal(full) == ((), ("c4",))


def test_answers_that_cannot_be_read_or_name_nobody_count_for_nothing():
    rows = (Comparison("c1", one="c1", other="gone", more="one"), Comparison("c2", one="c1", other="c2"))
    plan = attrs.evolve(open_list(3, 1.0), parts={**open_list(3, 1.0).parts, "comparisons": rows})
    assert shortlist.ranking(plan).groups == (("c1", "c2", "c3"),)

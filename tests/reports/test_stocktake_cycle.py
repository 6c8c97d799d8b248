"""A delivery unit runs a whole cycle: rate, agree, prepare, meet, follow up, and compare with the last time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rdlib import paths
from rdlib.plan import PlanConflictError, PlanStore, read_plan, stocktaking
from rdlib.plan.stocktake import STOCKTAKES, seal_of
from rdlib.reports.stocktake import StocktakeReport
from rdlib.rules.r07_pack import changes, closed_ones, open_ones, pack, to_carry, to_keep
from rdlib.rules.registry import Context, check

FIRST, SECOND = date(2027, 3, 25), date(2027, 5, 20)
P = "priorities/waits"
SIX = ("challenge", "planning", "capacity", "stage", "evidence", "likelihood")


@pytest.fixture
def store(tmp_path: Path) -> PlanStore:
    made = PlanStore.create(tmp_path / "plan", paths.templates() / "plan")
    for id_ in made.rows("priorities"):
        made.remove_priority(id_)
    assert made.add_priority("Waits") == "waits"
    indicator = f"{P}/indicators/{made.add_row(f'{P}/indicators')}"
    for name, value in {"name": "Share in four hours", "unit": "%", "direction": "up"}.items():
        made.set(f"{indicator}/{name}", value)
    for name, value in {"kind": "at-least", "value": "90", "due": "2028-03"}.items():
        made.set(f"{indicator}/target/{name}", value)
    observe(made, "2026-03", "80")
    made.add_row("plan/routines", {"title": "Stocktake", "form": "stocktake", "frequency": "weeks", "weeks": "8"})
    made.save()
    return made


def observe(store: PlanStore, when: str, value: str) -> None:
    store.add_row(f"{P}/indicators/i1/observations", {"when": when, "value": value})


def rate(store: PlanStore, day: date, person: str, rating: int) -> None:
    row = {"person": person, "day": day.isoformat()}
    for name in SIX:
        row |= {name: str(rating), f"{name}_why": f"Seen in {rating} of six wards by {person} in March"}
    store.add_row(f"{P}/assessment_ratings", row)


def agree(store: PlanStore, day: date, rating: int) -> None:
    row = {"day": day.isoformat(), "likelihood_why": "Wards free their beds before noon"}
    row |= dict.fromkeys(SIX, str(rating))
    id_ = store.add_row(f"{P}/assessments", row)
    store.set(f"{P}/assessments/{id_}/raters", ["Ann", "Ben"])


def codes(store: PlanStore, day: date, tool: str) -> set[str]:
    plan = store.read().plan
    subject = plan if tool == "7.5" else plan.priorities[0]
    return {f.code for f in check(subject, Context(plan, day), tool)[0].findings}


def close(store: PlanStore, on: date, by: str = "Ann") -> None:
    plan = store.read().plan
    (record,) = open_ones(plan)
    ratings, figures = to_keep(plan, record)
    stocktaking.close(store, record.id, by=by, on=on, ratings=ratings, figures=figures)
    store.save()


def test_a_whole_cycle_from_an_empty_record_to_the_second_stocktake(store: PlanStore):
    assert check(store.read().plan, Context(store.read().plan, FIRST), "7.5")[0].attempted is False

    # rate, each alone, and see that it is seen differently
    rate(store, date(2027, 3, 15), "Ann", 3)
    rate(store, date(2027, 3, 15), "Ben", 1)
    assert {"R7-rating-apart", "R7-assessment-not-agreed"} <= codes(store, date(2027, 3, 16), "7.3")

    # agree
    agree(store, date(2027, 3, 18), 2)
    assert not {"R7-rating-apart", "R7-assessment-not-agreed"} & codes(store, date(2027, 3, 19), "7.3")

    # prepare: the record is begun with the decision that is wanted
    path = stocktaking.begin(store, {"day": FIRST.isoformat(), "routine": "r1", "chair": "Minister"})
    decision = store.add_row(f"{path}/decisions", {"priority": "waits", "question": "Who leads the night rota?"})
    assert codes(store, date(2027, 3, 20), "7.5") == set()

    # meet
    store.set(f"{path}/decisions/{decision}/answer", "The head of nursing")
    store.set(f"{path}/present", ["Minister", "Ann", "Ben"])
    store.add_row(f"{path}/actions", {"what": "Night rota", "owner": "Ann", "due": "2027-04-30", "priority": "waits"})
    store.add_row(f"{path}/actions", {"what": "Two bed managers", "owner": "Ben", "due": "2027-06-30"})
    close(store, FIRST)
    assert codes(store, date(2027, 4, 1), "7.5") == set()

    # follow up: what is late between two stocktakes is asked about
    assert codes(store, date(2027, 5, 1), "7.5") == {"R7-action-overdue"}
    path = stocktaking.begin(store, {"day": SECOND.isoformat()}, to_carry(closed_ones(store.read().plan)[-1]))
    night, managers = store.rows(f"{path}/actions")
    store.set(f"{path}/actions/{night}/done", "2027-05-10")
    observe(store, "2027-03", "84")
    rate(store, date(2027, 5, 11), "Ann", 3)
    agree(store, date(2027, 5, 12), 3)

    # compare with the last time
    plan = store.read().plan
    told = {(c.kind, c.way) for c in changes(pack(plan, SECOND), plan)}
    assert told >= {("likelihood", 1), ("figure", 1), ("action", 1)}
    close(store, SECOND)
    first, second = closed_ones(read_plan(store.folder).plan)
    assert [a.done for a in first.actions] == [None, None]  # what was closed stays as it was
    assert [(a.times, a.done) for a in second.actions] == [(1, date(2027, 5, 10)), (1, None)]
    assert second.ratings[0].likelihood == 3
    assert second.ratings[0].raters == ("Ann", "Ben")
    assert [seal_of(each) == each.seal for each in (first, second)] == [True, True]
    assert managers in {a.id for a in second.actions}

    # the pack of each day shows what was known on it
    now, then = (StocktakeReport(Path(store.folder), day) for day in (SECOND, FIRST))
    assert "rated higher 1, lower 0; new figures 1" in now.glance().html
    assert "The first stocktake" in then.glance().html
    for section in ("ratings", "changes", "units", "figures", "decisions", "actions", "agenda", "past"):
        assert getattr(now, section)().html
    assert now.achievements().html == ""  # none was written down
    assert "carried 1 time" in now.actions().html


def test_what_one_person_closes_another_cannot_change_unnoticed(store: PlanStore):
    path = stocktaking.begin(store, {"day": FIRST.isoformat()})
    store.save()
    other = PlanStore(store.folder)
    other.set(f"{path}/chair", "Ben")
    close(store, FIRST)
    with pytest.raises(PlanConflictError):
        other.save()
    assert STOCKTAKES.read(read_plan(store.folder).plan)[0].chair is None


def test_two_people_who_close_at_once_get_one_stocktake(store: PlanStore):
    stocktaking.begin(store, {"day": FIRST.isoformat()})
    store.save()
    other = PlanStore(store.folder)
    close(store, FIRST)
    with pytest.raises(stocktaking.StocktakeError, match="closed already"):
        close(other, FIRST, "Ben")
    assert len(STOCKTAKES.read(read_plan(store.folder).plan)) == 1


def test_a_record_that_was_changed_by_hand_is_noticed_and_can_be_corrected_openly(store: PlanStore):
    stocktaking.begin(store, {"day": FIRST.isoformat()})
    close(store, FIRST)
    file = Path(store.folder) / "plan.yaml"
    file.write_text(file.read_text().replace("closed_by: Ann", "closed_by: Zed"))
    store.refresh()
    assert codes(store, FIRST, "7.5") == {"R7-stocktake-changed"}
    with pytest.raises(stocktaking.StocktakeError, match="name and a reason"):
        stocktaking.correct(store, "s1", by="", on=FIRST, why="A slip")
    stocktaking.correct(store, "s1", by="Ann", on=FIRST, why="Zed closed it in my name")
    assert codes(store, FIRST, "7.5") == set()
    assert STOCKTAKES.read(store.read().plan)[0].corrections[0].person == "Ann"


def test_a_stocktake_is_begun_once_and_closed_with_a_day_that_no_other_has(store: PlanStore):
    path = stocktaking.begin(store, {})
    with pytest.raises(stocktaking.StocktakeError, match="open already"):
        stocktaking.begin(store, {"day": FIRST.isoformat()})
    with pytest.raises(stocktaking.StocktakeError, match="without its day"):
        stocktaking.close(store, "n1", by="Ann", on=FIRST, ratings=(), figures=())
    store.set(f"{path}/day", "the fifth")
    with pytest.raises(stocktaking.StocktakeError, match="cannot be closed"):
        stocktaking.close(store, "n1", by="Ann", on=FIRST, ratings=(), figures=())
    store.set(f"{path}/day", FIRST.isoformat())
    close(store, FIRST)
    stocktaking.begin(store, {"day": FIRST.isoformat()})
    with pytest.raises(stocktaking.StocktakeError, match="closed already"):
        close(store, FIRST)

"""The Form without a browser: messages in, what is on disk and what the page is told out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from rdlib.plan import PlanStore, Reading
from rdlib.rules.findings import Finding, FindingKind, Severity
from rdlib.widgets.desk import Followers, desk_for
from rdlib.widgets.form import Block, Form, Table
from tests.widgets.conftest import P, Page

Open = Callable[..., Page]
I1 = f"{P}/indicators/i1"

SHORT = FindingKind("T-short", "2.1", Severity.WEAK, "Short", why="It says little.")
FINE = FindingKind("T-fine", "2.1", Severity.GOOD, "Fine", why="It says enough.")
LONELY = FindingKind("T-lonely", "2.1", Severity.NOTE, "Alone", why="One is seldom all.")


def check(reading: Reading) -> Iterator[Finding]:
    priority = reading.plan.priority("first-priority")
    assert priority
    kind = FINE if len(priority.title or "") > 5 else SHORT
    yield kind.at(f"{P}/title", "About the title.", "Say more.")
    yield LONELY.at(f"{P}/assessments/a1", "About the rest.")
    yield LONELY.at("plan/title", "Not about this form.")


@pytest.fixture
def form(store: PlanStore) -> Form:
    fields = ("title", "summary", "leaders", "stakeholders")
    tables = [Table(f"{P}/outcomes", ("statement", "level", "leads_to", "leader")), Table(f"{P}/indicators")]
    return Form(store, [Block(P, fields), *tables], check=check, title="Define success")


@pytest.fixture
def page(form: Form, open_page: Open) -> Page:
    return open_page(form)


def on_disk(store: PlanStore, path: str) -> Any:
    return PlanStore(store.folder).raw(f"{P}/{path}")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("title", "  spaces stay  "),
        ("title", "null"),
        ("title", "#1: “what” 'now' <b>&amp;</b>"),
        ("summary", "two\nlines\n"),
        ("summary", "\ttabs and \u00a0 other spaces"),
        ("stakeholders", ["one", " two "]),
        ("leaders", ["A. Minister"]),
        ("indicators/i1/baseline/value", "1 234,50"),
        ("indicators/i1/baseline/value", "about 85 %"),
        ("indicators/i1/three_m/meaningful", "yes"),
    ],
)
def test_an_answer_is_on_disk_as_typed_before_it_is_said_to_be_saved(
    page: Page, store: PlanStore, path: str, value: Any
):
    page.write(path, value)
    assert page.n in page.ack["saved"]
    assert page.now["saved"] is not None
    assert on_disk(store, path) == value
    assert page.shows(path) == value


def test_an_answer_can_be_taken_away(page: Page, store: PlanStore):
    page.write("title", "Waits")
    page.write("title", "")
    assert on_disk(store, "title") is None
    assert page.shows("title") == ""


def test_nothing_is_written_for_a_text_that_already_stands(page: Page, store: PlanStore):
    page.write("title", "Waits")
    before = (store.folder / f"{P}.yaml").stat().st_mtime_ns
    page.write("title", "Waits", "something else")
    assert (store.folder / f"{P}.yaml").stat().st_mtime_ns == before
    assert page.n in page.ack["saved"]


def test_what_cannot_be_read_stays_and_is_explained(page: Page):
    now = page.write("indicators/i1/baseline/value", "about 85 %")
    said = now["problems"][f"{I1}/baseline/value"]
    assert '"about 85 %" is kept as you typed it' in said
    assert "Accepted: a number" in said
    now = page.write("indicators/i1/baseline/value", "85 %")
    assert now["problems"] == {}


def test_findings_stand_where_they_belong(page: Page):
    now = page.write("title", "Wait")
    assert [f["code"] for f in now["findings"][f"{P}/title"]] == ["T-short"]
    assert [f["code"] for f in now["findings"][P]] == ["T-lonely"], "below nothing that is shown: at the foot"
    assert set(now["findings"]) == {f"{P}/title", P}, "what is about something else is not shown"
    assert now["findings"][f"{P}/title"][0] | {} == {
        "code": "T-short",
        "severity": "weak",
        "shape": "◆",
        "word": "weak",
        "title": "Short",
        "what": "About the title.",
        "next": "Say more.",
        "why": "It says little.",
    }
    assert [part["text"] for part in now["summary"]] == ["1 weak", "1 note"]
    now = page.write("title", "Waiting times")
    assert [part["text"] for part in now["summary"]] == ["1 note", "1 good"]


def test_nothing_entered_is_a_state_of_its_own(tmp_path: Path, open_page: Open):
    store = PlanStore.create(tmp_path / "empty", Path(__file__).parents[2] / "templates" / "plan")
    page = open_page(Form(store, [Block(P, ("title",))], check=check))
    assert [part["text"] for part in page.now["summary"]] == ["Not attempted yet"]
    assert page.now["findings"] == {}
    page.write("title", "W")
    assert page.now["summary"][0]["text"] == "1 weak"


def test_a_form_that_checks_nothing_sums_up_nothing(store: PlanStore, open_page: Open):
    page = open_page(Form(store, [Block(P, ("title",))]))
    assert page.now["summary"] == []


def test_a_check_that_fails_keeps_nothing_from_being_saved(store: PlanStore, open_page: Open):
    def fails(_reading: Reading) -> list[Finding]:
        raise ZeroDivisionError

    page = open_page(Form(store, [Block(P, ("title",))], check=fails))
    now = page.write("title", "Waits")
    assert on_disk(store, "title") == "Waits"
    assert page.n in page.ack["saved"]
    assert "could not be checked" in now["summary"][0]["text"]


def test_rows_are_added_moved_removed_and_put_back(page: Page, store: PlanStore):
    page.send("add", path=f"{P}/outcomes")
    assert page.ack["focus"] == {"n": page.n, "path": f"{P}/outcomes/o3"}
    page.write("outcomes/o3/statement", "Staff stay")
    page.write("indicators/i1/outcome", "o3")
    page.send("move", path=f"{P}/outcomes/o3", by=-1)
    assert PlanStore(store.folder).rows(f"{P}/outcomes") == ["o1", "o3", "o2"]
    page.send("move", path=f"{P}/outcomes/o1", by=-1)
    assert PlanStore(store.folder).rows(f"{P}/outcomes") == ["o1", "o3", "o2"], "the first stays the first"
    now = page.send("remove", path=f"{P}/outcomes/o3")
    assert PlanStore(store.folder).rows(f"{P}/outcomes") == ["o1", "o2"]
    assert now["removed"] == {f"{P}/outcomes": {"place": 1, "heading": "Staff stay"}}
    assert page.ack["focus"]["path"] == f"{P}/outcomes"
    now = page.send("put_back", path=f"{P}/outcomes")
    assert now["removed"] == {}
    assert PlanStore(store.folder).rows(f"{P}/outcomes") == ["o1", "o3", "o2"]
    assert on_disk(store, "outcomes/o3/statement") == "Staff stay"
    page.send("put_back", path=f"{P}/outcomes")  # nothing is left to put back
    assert PlanStore(store.folder).rows(f"{P}/outcomes") == ["o1", "o3", "o2"]


def test_a_row_comes_back_with_all_that_was_in_it(page: Page, store: PlanStore, by_hand: Callable[[str, str], None]):
    by_hand('unit: "%"', 'unit: "%"\n    our_own_key: kept')
    page.send("look")
    page.send("add", path=f"{I1}/benchmarks")
    page.write("indicators/i1/benchmarks/b1/name", "Best fifth")
    page.write("indicators/i1/target/value", "85")
    before = PlanStore(store.folder).read().plan
    page.send("remove", path=I1)
    assert PlanStore(store.folder).rows(f"{P}/indicators") == []
    page.send("put_back", path=f"{P}/indicators")
    assert PlanStore(store.folder).read().plan == before
    assert "our_own_key: kept" in (store.folder / f"{P}.yaml").read_text(encoding="utf-8")


def test_a_new_row_never_takes_the_place_of_a_removed_one_in_a_link(page: Page, store: PlanStore):
    page.write("indicators/i1/outcome", "o2")
    page.send("remove", path=f"{P}/outcomes/o2")
    page.send("add", path=f"{P}/outcomes")
    assert PlanStore(store.folder).rows(f"{P}/outcomes") == ["o1", "o3"]
    page.send("put_back", path=f"{P}/outcomes")
    assert PlanStore(store.folder).rows(f"{P}/outcomes") == ["o1", "o2", "o3"]


def test_a_hand_edit_is_taken_over_and_named(page: Page, store: PlanStore, by_hand: Callable[[str, str], None]):
    page.write("title", "Waits")
    by_hand("title: Waits", "title: Theirs")
    now = page.send("look")
    assert page.shows("title") == "Theirs"
    assert now["news"].endswith("taken over: Priority")
    assert page.send("look")["news"] == now["news"], "it stays to be read"


def test_a_hand_edit_of_another_field_is_merged_when_saving(
    page: Page, store: PlanStore, by_hand: Callable[[str, str], None]
):
    page.write("title", "Waits")
    by_hand("title: Waits", "title: Theirs")
    now = page.write("summary", "Mine")
    assert on_disk(store, "title") == "Theirs"
    assert on_disk(store, "summary") == "Mine"
    assert page.shows("title") == "Theirs"
    assert "Priority" in now["news"]


@pytest.mark.parametrize("keep_mine", [True, False])
def test_both_values_are_kept_until_the_reader_has_chosen(
    page: Page, store: PlanStore, by_hand: Callable[[str, str], None], keep_mine: bool
):
    page.write("title", "Waits")
    by_hand("title: Waits", "title: Theirs")
    now = page.write("title", "Mine")
    assert now["conflicts"] == {f"{P}/title": {"label": "Priority", "mine": "Mine"}}
    assert on_disk(store, "title") == "Theirs"
    now = page.write("summary", "Saved all the same")
    assert on_disk(store, "summary") == "Saved all the same"
    now = page.write("title", "Mine, longer", "Waits", "Mine")
    assert now["conflicts"][f"{P}/title"]["mine"] == "Mine, longer"
    now = page.send("choose", path=f"{P}/title", value="Mine, longer" if keep_mine else None)
    assert now["conflicts"] == {}
    assert on_disk(store, "title") == ("Mine, longer" if keep_mine else "Theirs")
    assert page.shows("title") == on_disk(store, "title")


def test_a_conflict_in_a_list_keeps_the_lines(page: Page, store: PlanStore, by_hand: Callable[[str, str], None]):
    page.write("stakeholders", ["Nurses"])
    by_hand("- Nurses", "- Doctors")
    now = page.write("stakeholders", ["Nurses", "Patients"])
    assert now["conflicts"][f"{P}/stakeholders"]["mine"] == ["Nurses", "Patients"]
    page.send("choose", path=f"{P}/stakeholders", value=["Nurses", "Patients"])
    assert on_disk(store, "stakeholders") == ["Nurses", "Patients"]


def test_a_text_kept_in_the_browser_is_saved_when_the_plan_did_not_change(page: Page, store: PlanStore):
    page.write("title", "Typed while nobody answered", "", "Typed while")
    assert on_disk(store, "title") == "Typed while nobody answered"


def test_a_text_kept_in_the_browser_is_held_when_the_plan_changed(page: Page, store: PlanStore):
    page.write("title", "Newer")
    now = page.write("title", "Typed before", "", "Typed")
    assert now["conflicts"][f"{P}/title"]["mine"] == "Typed before"
    assert on_disk(store, "title") == "Newer"


def test_a_row_that_both_changed_keeps_the_others_version_and_says_so(page: Page, store: PlanStore):
    other = PlanStore(store.folder)
    other.set(f"{P}/outcomes/o2/statement", "Theirs")
    other.save()
    now = page.send("remove", path=f"{P}/outcomes/o2")
    assert on_disk(store, "outcomes/o2/statement") == "Theirs"
    assert "Outcomes" in now["news"]
    assert page.n in page.ack["saved"]


def test_a_text_for_a_row_that_is_gone_is_given_back(page: Page, store: PlanStore):
    other = PlanStore(store.folder)
    other.remove_row(f"{P}/outcomes/o2")
    other.save()
    page.send("look")
    page.send("write", path=f"{P}/outcomes/o2/statement", value="Mine", bases=["Waits are short"])
    assert page.ack["lost"] == [page.n]
    page.send("remove", path=f"{P}/outcomes/o2")
    assert PlanStore(store.folder).rows(f"{P}/outcomes") == ["o1"]


def test_what_no_file_can_hold_is_refused_at_its_field(page: Page, store: PlanStore):
    now = page.write("title", "half a character: \ud83d")
    assert f"{P}/title" in now["refused"]
    assert "broken character" in now["problems"][f"{P}/title"]
    now = page.write("title", "whole")
    assert now["refused"] == []
    assert on_disk(store, "title") == "whole"


def test_a_disk_that_takes_nothing_is_said_and_tried_again(
    page: Page, store: PlanStore, monkeypatch: pytest.MonkeyPatch
):
    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    saved = page.ack["saved"]
    with monkeypatch.context() as patch:
        patch.setattr(PlanStore, "save", full)
        now = page.write("title", "Waits")
        assert "No space left" in now["trouble"]
        assert page.ack["saved"] == saved
        assert page.n in page.ack["heard"]
    now = page.send("look")
    assert now["trouble"] == ""
    assert page.n in page.ack["saved"]
    assert on_disk(store, "title") == "Waits"


@pytest.mark.parametrize("where", ["set", "save"])
def test_a_fault_of_the_program_is_never_shown_as_saved(
    page: Page, store: PlanStore, monkeypatch: pytest.MonkeyPatch, where: str
):
    def fault(*_args: object, **_kwargs: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(PlanStore, where, fault)
        page.write("title", "Waits")
    assert page.n in page.ack["lost"] or page.n not in page.ack["saved"]
    page.write("title", "Waits", "", "Waits")
    assert page.n in page.ack["saved"]
    assert on_disk(store, "title") == "Waits"


def test_a_file_that_cannot_be_read_any_more_is_not_overwritten(
    page: Page, store: PlanStore, by_hand: Callable[[str, str], None]
):
    page.write("title", "Waits")
    by_hand("title: Waits", "title: [never closed")
    now = page.write("summary", "Mine")
    assert now["trouble"]
    assert "never closed" in (store.folder / f"{P}.yaml").read_text(encoding="utf-8")
    by_hand("title: [never closed", "title: Waits")
    assert page.send("look")["trouble"] == ""
    assert on_disk(store, "summary") == "Mine"


def test_forms_on_one_plan_stay_in_step(page: Page, store: PlanStore, open_page: Open):
    other = open_page(Form(store, [Block(P, ("title",))], check=check))
    page.write("title", "Waits")
    assert other.shows("title") == "Waits"
    assert other.now["saved"] == page.now["saved"]
    other.write("title", "Shorter waits")
    assert page.shows("title") == "Shorter waits"
    assert page.now["findings"][f"{P}/title"][0]["code"] == "T-fine"


def test_a_form_that_no_page_shows_costs_nothing_and_catches_up(page: Page, store: PlanStore, open_page: Open):
    asked = []

    def counted(reading: Reading) -> list[Finding]:
        asked.append(reading)
        return []

    hidden = Form(store, [Block(P, ("title",))], check=counted)
    shown = open_page(hidden, "b")
    shown.send("leave")
    before = len(asked)
    page.write("title", "Waits")
    assert len(asked) == before
    assert open_page(hidden, "c").shows("title") == "Waits"
    assert len(asked) > before


def test_two_pages_on_one_form_each_get_their_own_answer(form: Form, open_page: Open):
    first, second = open_page(form, "a"), open_page(form, "b")
    first.write("title", "Waits")
    assert first.ack["heard"] == [1, 2]
    assert second.ack["heard"] == [1]
    assert second.shows("title") == "Waits"
    second.send("leave")
    assert set(form.now["acks"]) == {"a", "b"}
    first.send("look")
    assert set(form.now["acks"]) == {"a"}


def test_an_answer_that_comes_late_does_not_undo_the_one_that_was_sent_after_it(page: Page, store: PlanStore):
    late, again = page.n + 1, page.n + 2
    page.n = late
    page.write("title", "Shorter waits", "", "Waits")
    assert late not in page.ack["saved"], "what was not heard is not said to be saved"
    page.n = late - 1
    page.write("title", "Waits", "")
    assert on_disk(store, "title") == "Shorter waits"
    assert page.now["conflicts"] == {}
    assert {late, again} <= {*page.ack["heard"]} & {*page.ack["saved"]}
    page.n = again
    page.write("title", "Waits", "Shorter waits")
    assert on_disk(store, "title") == "Waits"


def test_the_page_is_told_only_of_what_it_still_waits_for(page: Page):
    page.send("write", path="plan/title", value="Not on this form", bases=[""])
    page.send("look")
    assert page.ack["heard"] == [1, 2, 3]
    page.send("look", since=4)
    assert (page.ack["heard"], page.ack["saved"], page.ack["lost"]) == ([4], [4], [])


def test_two_kernels_on_one_plan_see_each_other(page: Page, store: PlanStore, open_page: Open):
    elsewhere = open_page(Form(PlanStore(store.folder), [Block(P, ("title", "summary"))]))
    page.write("title", "From here")
    elsewhere.send("look")
    assert elsewhere.shows("title") == "From here"
    elsewhere.write("summary", "From there")
    page.send("look")
    assert page.shows("summary") == "From there"
    assert "In a few sentences" in page.now["news"]


def test_a_message_cannot_reach_outside_the_form(page: Page, store: PlanStore):
    before = PlanStore(store.folder).read().plan
    page.send("write", path="plan/title", value="Not yours", bases=["My delivery plan"])
    assert page.ack["lost"] == [page.n]
    page.send("add", path="plan/people")
    page.send("remove", path="priorities/first-priority/assessments/a1")
    page.send("move", path="plan/people/p1", by=1)
    assert PlanStore(store.folder).read().plan == before


def test_numbers_have_the_unit_of_their_indicator(page: Page):
    assert page.now["units"][f"{I1}/baseline/value"] == "%"
    now = page.write("indicators/i1/unit", "days")
    assert now["units"][f"{I1}/baseline/value"] == "days"
    now = page.write("indicators/i1/unit", "")
    assert f"{I1}/baseline/value" not in now["units"]


def test_links_offer_the_rows_by_name(page: Page):
    where = f"{P}/outcomes"
    assert page.now["lists"][where] == [("o1", "Nobody waits in pain"), ("o2", "Waits are short")]
    now = page.write("outcomes/o2/statement", "Waits are shorter")
    assert now["lists"][where][1] == ("o2", "Waits are shorter")


def test_people_are_offered_by_name_and_ids_are_explained(store: PlanStore, open_page: Open):
    row = store.add_row("plan/people", {"name": "A. Minister"})
    page = open_page(Form(store, [Table(f"{P}/outcomes", ("leader",))]))
    assert page.now["people"] == ["A. Minister"]
    assert page.now["hints"] == {}
    now = page.write("outcomes/o1/leader", row)
    assert now["hints"] == {f"{P}/outcomes/o1/leader": "A. Minister"}


def test_yes_in_another_spelling_is_still_yes(page: Page):
    where = f"{I1}/three_m/meaningful"
    assert page.write("indicators/i1/three_m/meaningful", "Oui")["stands_for"] == {where: "yes"}
    assert page.write("indicators/i1/three_m/meaningful", "no")["stands_for"] == {}
    assert page.write("indicators/i1/three_m/meaningful", "perhaps")["stands_for"] == {}


def test_rows_have_headings(page: Page):
    now = page.write("indicators/i1/name", "Seen within four hours")
    assert now["headings"][I1] == "Seen within four hours"


def test_the_desk_is_shared_and_forgotten_with_its_forms(store: PlanStore):
    form = Form(store, [Block(P, ("title",))])
    assert desk_for(store) is desk_for(store) is form._desk
    assert desk_for(PlanStore(store.folder)) is not form._desk


def test_something_else_can_follow_the_plan(page: Page, store: PlanStore):
    class Picture:
        drawn = 0

        def follow(self) -> None:
            self.drawn += 1
            raise ZeroDivisionError  # and cannot be drawn: the forms go on

    picture = Picture()
    desk_for(store).forms.add(picture)
    page.write("title", "Waits")
    assert picture.drawn == 1
    page.send("look")
    assert picture.drawn == 1, "nothing changed"


def test_the_static_face_shows_answers_and_findings(form: Form, page: Page, monkeypatch: pytest.MonkeyPatch):
    page.write("title", "<b>Waits</b>")
    page.write("indicators/i1/baseline/value", "about 85 %")
    live, _metadata = form._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in live
    monkeypatch.setenv("RDLIB_STATIC", "1")
    bundle = form._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert bundle["text/plain"] == "Form('Define success')"
    html = bundle["text/html"]
    assert html == live["text/html"]
    assert "&lt;b&gt;Waits&lt;/b&gt;" in html
    assert "<b>" not in html
    assert "about 85 % <em>(cannot be read; accepted: a number" in html
    assert "Long-term outcome" in html
    assert "About the title." in html
    assert "<script" not in html


def test_the_static_face_of_an_empty_form_says_so(tmp_path: Path):
    store = PlanStore.create(tmp_path / "empty", Path(__file__).parents[2] / "templates" / "plan")
    form = Form(store, [Block(P, ("title",)), Table(f"{P}/outcomes")], check=check)
    html = form.face()
    assert "not attempted yet" in html
    assert "Outcomes: none yet." in html
    gone = Form(store, [Block("priorities/another", ("title",), title="Another")])
    assert "Another: no longer in the plan." in gone.face()


def test_several_links_are_ticked_saved_and_kept_when_a_row_is_gone(store: PlanStore, open_page: Open):
    store.add_row(f"{P}/strategies", {"title": "See and treat"})
    page = open_page(Form(store, [Table(f"{P}/strategies", ("indicators", "depends_on"))]))
    assert page.now["lists"][f"{P}/indicators"] == [("i1", "Share seen in time")]
    page.write("strategies/s1/indicators", ["i1"])
    page.write("strategies/s1/depends_on", ["s7"])
    reading = PlanStore(store.folder).read()
    assert reading.problems == (), "a link to nowhere is for the rule to find, not for the reader of files"
    assert reading.plan.priorities[0].parts["strategies"][0].indicators == ("i1",)
    assert page.shows("strategies/s1/depends_on") == ["s7"]
    page.write("strategies/s1/indicators", [])
    assert PlanStore(store.folder).raw(f"{P}/strategies/s1/indicators") in (None, [])


def test_cells_and_pages_may_be_at_work_at_the_same_time(store: PlanStore, form: Form, open_page: Open):
    """JupyterLab hands over messages in another thread than the one that runs the cells."""

    def type_away(name: str, path: str) -> None:
        page = open_page(form, name)
        for n in range(30):
            page.write(path, f"{n}")

    typists = [Thread(target=type_away, args=(path, path)) for path in ("title", "summary")]
    for typist in typists:
        typist.start()
    shown = [Form(store, [Block(P, ("title",))], check=check) for _n in range(30)]
    for typist in typists:
        typist.join()
    assert len(shown) == 30
    assert on_disk(store, "title") == on_disk(store, "summary") == "29"
    assert form.now["conflicts"] == {}


def test_a_follower_that_nobody_holds_is_forgotten():
    class Picture:
        def follow(self) -> None: ...

    followers, kept = Followers(), Picture()
    followers.add(kept)
    followers.add(Picture())
    assert list(followers) == [kept]

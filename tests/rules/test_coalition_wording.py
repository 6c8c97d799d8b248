"""What words give away in a coalition, in English and in French."""

from __future__ import annotations

import pytest

from rdlib.rules import coalition_wording as wording

ASKING = [
    "We need your support to reach the target.",
    "We want you to free beds before noon.",
    "We are counting on you to back the plan in cabinet.",
    "We'd like your hospital to report every week.",
    "You must report every week, and you have to free beds.",
    "Your cooperation is essential.",
    "It is important that you take part.",
    "Help us reach 100% by the end of the year.",
    "Support the priority in the budget round.",
    "Without you this will fail.",
    "We ask for two posts and an hour a month.",
    "I need an answer by Friday.",
    "We expect full commitment from each department",
    "We need you to free beds and you must do it quickly",
    "Nous avons besoin de votre appui pour atteindre la cible.",
    "Vous devez fournir les chiffres chaque semaine.",
    "Nous comptons sur vous.",
    "Aidez-nous à réduire les attentes.",
    "Votre collaboration est essentielle, et votre engagement aussi.",
    "Nous vous demandons de signer l’entente",
    "Il faut que vous libériez des lits.",
]
OFFERING = [
    "Whatever comes up, your own priorities stay on our desk.",
    "We will see to it that the money you give changes something.",
    "We help you to get the machinery of government to move.",
    "We will keep the focus on a few priorities and help to solve problems.",
    "We need an hour a month, and you see every figure first.",
    "You will see every region's figures first.",
    "For every dollar you give you will see what it changed.",
    "Your clinical rules come first.",
    "We bring you what you need to win the argument in cabinet.",
    "Shorter waits mean fewer complaints on the desk of each chief executive.",
    "Each month there is one thing to tell parliament that has become better.",
    "Fewer people leave untreated, so your staff are shouted at less.",
    "If you back this now, you will have the figures before the budget.",
    "Help is there on the day you call.",
    "We ask little: an hour a month. You get a team that solves what blocks your wards.",
    "The support that you need is a call away.",
    "You no longer have to defend the figures alone.",
    "Nous veillerons à ce que chaque dollar se voie dans les résultats.",
    "Vos règles cliniques passent d’abord.",
    "Nous avons besoin d’une heure par mois, et vous verrez chaque chiffre en premier.",
    "Vous n’aurez plus à défendre seul les chiffres.",
    "Moins de plaintes, et du personnel qui reste.",
]


@pytest.mark.parametrize("message", ASKING)
def test_a_message_that_asks_and_offers_nothing_is_seen(message: str):
    assert wording.only_asks(message)


@pytest.mark.parametrize("message", OFFERING)
def test_a_message_that_offers_something_is_left_alone(message: str):
    assert not wording.only_asks(message)
    assert not wording.speaks_of_ourselves(message)


@pytest.mark.parametrize(
    "message",
    [
        "Our target is that nobody waits longer than four hours.",
        "This is our most important promise to voters.",
        "Notre objectif est de réduire les attentes de moitié.",
    ],
)
def test_a_message_about_ourselves_is_seen(message: str):
    assert wording.speaks_of_ourselves(message)
    assert not wording.only_asks(message)


@pytest.mark.parametrize(
    "name",
    [
        "Provincial governments",
        "Cabinet ministers",
        "Top civil servants",
        "Indigenous group leaders",
        "Chief executives of the hospital trusts",
        "Dirigeants autochtones",
        "Les médecins de la région",
    ],
)
def test_a_group_is_told_from_a_person(name: str):
    assert wording.is_group(name)


@pytest.mark.parametrize(
    "name",
    [
        "Minister of Finance",
        "Treasury",
        "President of the emergency physicians' association",
        "Chief executives of the trusts (through A. Smith)",
        "Chief Statistician",
        "Premier",
        "Sous-ministre de la Santé",
        "Dr Ellis",
        "Deputy Minister's Office",
    ],
)
def test_a_person_or_office_is_no_group(name: str):
    assert not wording.is_group(name)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Child mortality amongst Indigenous peoples", {"indigenous"}),
        ("Enfants des Premières Nations, par province", {"indigenous", "provincial"}),
        ("Emergency physicians and nurses", {"implementer"}),
        ("Ministry of Finance", {"central"}),
        ("People are seen quickly", set()),
        ("A stately improvement in the finances of families", set()),
        ("Treasury Board Secretariat", {"central"}),
        ("Auditors", {"enabler"}),
    ],
)
def test_words_point_to_a_kind_of_member(text: str, kinds: set[str]):
    assert set(wording.kinds_in(text)) == kinds


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Hospital trusts and their chief executives", "Chief executive of a large hospital trust", True),
        ("Emergency physicians and nurses", "President of the nurses' union", True),
        ("Ambulance services", "Head of ambulances in the north", True),
        ("Family doctors", "Chair of the college of family doctors", True),
        ("Patients", "Director of a patients' organisation", True),
        ("Patients", "Minister of Health", False),
        ("Employers", "Chair of the employer federation", True),
        ("Provinces", "Premier of Manitoba", False),
        ("Public", "Public Service Commission", False),
        ("Treasury", "Treasury", True),
        ("Key partners", "Other partners", False),
        ("PCO", "PCO", True),
    ],
)
def test_names_are_held_against_each_other(one: str, other: str, same: bool):
    assert wording.names_same(one, other) is same


@pytest.mark.parametrize(
    "plan",
    [
        "Improve the relationship",
        "More regular meetings",
        "Keep them informed",
        "Améliorer la communication",
        "Talk more",
    ],
)
def test_a_plan_without_a_step_is_seen(plan: str):
    assert wording.is_empty_plan(plan)


@pytest.mark.parametrize(
    "plan",
    ["Meet every second Thursday", "Visit her ward in June", "Appeler chaque lundi avec les chiffres de sa région"],
)
def test_a_plan_with_a_step_is_left_alone(plan: str):
    assert not wording.is_empty_plan(plan)


@pytest.mark.parametrize("ask", ["Support", "Their full support and cooperation", "Son appui", "Advice and input"])
def test_an_ask_for_nothing_in_particular_is_seen(ask: str):
    assert wording.is_empty_ask(ask)


@pytest.mark.parametrize(
    "ask", ["Support for the second pilot in cabinet", "Two posts until March", "Un poste à temps plein"]
)
def test_an_ask_for_one_thing_is_left_alone(ask: str):
    assert not wording.is_empty_ask(ask)


def test_rows_that_hold_several_are_told_from_names_with_commas():
    assert wording.several("Provinces; Indigenous leaders")
    assert wording.several("Provinces\nTerritories")
    assert not wording.several("Smith, A., Director;")
    assert not wording.several("Minister of Health")


def test_texts_without_words_are_the_same_only_when_they_are():
    assert wording.nearly_same("4 h", "4 h")
    assert not wording.nearly_same("", "")
    assert not wording.nearly_same("Waits fall", "Costs rise")

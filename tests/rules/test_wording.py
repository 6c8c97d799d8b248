"""What the wording of an outcome gives away: work or money in place of a change (tool 1.1)."""

from __future__ import annotations

import csv

import pytest

from rdlib.rules.wording import names_activity, names_spending
from scripts.infobase_agreement import data_folder
from tests.exercises.cases import NAMES, case

ACTIVITIES = (
    "Develop and implement a national housing strategy",
    "Develop a national housing strategy",
    "Implement the recommendations of the commission",
    "Launch a public awareness campaign",
    "Launch 5 pilot projects in rural areas",
    "Hold workshops with all partners",
    "Conduct a review of the program",
    "Create a website for parents",
    "Publish an annual report on literacy",
    "To deliver training sessions to teachers",
    "We will consult Indigenous organizations",
    "The department will develop guidelines for schools",
    "Our team will carry out inspections",
    "Train 500 nurses",
    "Hire more inspectors",
    "Continue to work with provinces and territories",
    "Working with partners to improve reporting",
    "Implementing the new curriculum",
    "Developing a strategy for seniors",
    "Implementation of the national action plan",
    "Development of a policy on open data",
    "Creation of a new agency program",
    "Delivery of 20 workshops",
    "Completion of the review",
    "10 workshops with employers",
    "A new website for newcomers",
    "A national action plan on homelessness",
    "Workshops held in all regions",
    "A strategy is developed and published",
    "100 inspections are carried out each year",
    "Training sessions were delivered to front-line staff",
    "All projects are completed",
    "Establish an interdepartmental committee",
    "Set up a working group on data",
    "Provide grants to municipalities",
    "Organise a conference on climate",
    "Élaborer et mettre en œuvre une stratégie nationale",
    "Mettre en œuvre le plan d'action",
    "Lancer une campagne de sensibilisation",
    "Tenir des ateliers avec les partenaires",
    "Former 500 infirmières",
    "Mise en œuvre de la stratégie",
    "Élaboration d'une politique",
    "Création d'un plan d'action",
    "Des ateliers sont organisés dans toutes les régions",
    "Les rapports sont publiés à temps",
    "Nous allons consulter les provinces",
    "Créer un plan d'action",
    "Prestation de formations aux employés",
    "Organisation de conférences",
    "Le ministère va élaborer un plan",
    "Publier un rapport annuel",
    "Draft new regulations on tobacco",
    "Run an information campaign on vaccination",
    "Deliver a training program for caseworkers",
    "Roll out the new case management system",
    "Appoint a commissioner for seniors",
    "Complete phase two of the pilot",
    "Host an annual conference on innovation",
    "Update the guidelines for hospital admissions",
    "Negotiate agreements with all provinces",
    "Expand the home visiting program to ten regions",
    "Coordinate with other departments",
    "Promote the use of public transit",
    "Monitor compliance with the new rules",
    "Review all existing programs",
    "Engage with Indigenous partners on child welfare",
    "Building a new data platform",
    "Publication of the national strategy",
    "New legislation on privacy",
    "Three pilot projects are launched by 2026",
    "Guidelines developed for schools",
    "Strengthen coordination across departments",
    "Raise awareness of mental health services",
    "Modernise the legislation on housing",
    "Open 20 new walk-in centres",
    "Mener une campagne d'information",
    "Réviser la loi sur le logement",
    "Embaucher 200 inspecteurs",
    "Sensibiliser les jeunes aux risques",
    "Ouvrir vingt centres de services",
    "Consultation des partenaires",
    "Un plan stratégique est élaboré",
    "Create an inventory of federal buildings",
    "Prepare a report to Parliament on fisheries",
    "Provide training to 2 000 caseworkers",
    "Introduce a new act on accessibility",
    "Hold consultations on pension reform",
    "Deploy 300 charging stations",
    "Design a new application form",
    "Complete the evaluation of the grants program",
    "Deliver information sessions in every province",
    "Sign agreements with ten provinces",
    "The ministry will publish a plan for each region",
    "Increase the number of inspections",
    "Collecting data on homelessness",
    "Completion of an audit of all programs",
    "Develop partnerships with employers",
    "A review of the tax system",
    "Two strategies approved by Cabinet",
    "Rédiger un rapport sur la pêche",
    "Mettre sur pied un comité directeur",
    "Organisation d'ateliers régionaux",
    "Trois campagnes sont lancées",
    "Appuyer les organismes communautaires",
)

SPENDING = (
    "Invest $5 billion in mental health care",
    "Invest in affordable housing",
    "Spend 2% of GDP on defence",
    "$50 million for shelters",
    "Increase funding for schools",
    "More money for hospitals",
    "Additional funding is provided to provinces",
    "Allocate $20 million to rural transit",
    "The program is fully funded",
    "Investir 5 milliards de dollars dans la santé mentale",
    "Augmenter le financement des écoles",
    "5 milliards de dollars pour le logement",
    "Plus d'argent pour les hôpitaux",
    "Financement accru pour les refuges",
    "Spend more on home care",
    "Double the budget for research",
    "$1.2 billion over five years for child care",
    "Fund 500 new hospital beds",
    "Grants paid to municipalities",
    "More funding for legal aid",
    "Doubler les dépenses en santé",
    "Un investissement de 2 milliards de dollars dans les transports",
    "Increase spending on prevention",
    "$300 million a year for transit",
    "Funds are transferred to provinces",
    "Financer 500 lits",
    "Augmenter les dépenses de prévention",
)

OUTCOMES = (
    "Reduce child mortality amongst Indigenous Peoples",
    "Reduce wait times in emergency rooms",
    "Improve access to high-quality after-school programmes for students",
    "Bring access to high-speed internet to all schools",
    "Create 150,000 new jobs",
    "150,000 new jobs created by 2019",
    "Fewer people sleep rough",
    "People are safe in their homes",
    "Children read well at age 11",
    "More firms invest in research",
    "Developing countries are more resilient to drought",
    "Working families have more time for their children",
    "Trains run on time",
    "Train services are punctual",
    "Support for victims is easy to find",
    "Reviews of benefit decisions are fair",
    "Plan members access their pension on time",
    "Protect our oceans",
    "Increase foreign investment in Canada",
    "Canadians have access to affordable child care",
    "Government spending is open to everyone's eyes",
    "Reported crime falls",
    "Offenders are brought to justice",
    "Development of children in poor families catches up with others",
    "Students complete high school",
    "Students graduate from programs that employers value",
    "Projects in small towns create lasting jobs",
    "Policies are informed by the people they affect",
    "Programs reach those who need them",
    "Hold offenders to account",
    "Build resilient communities",
    "Provide Canadians with clean water",
    "End long-term boil water advisories",
    "Increase the number of women in senior roles",
    "Host communities welcome refugees",
    "Public funds are spent with care",
    "Seniors have the money they need for food and rent",
    "Money worries no longer keep people from seeing a dentist",
    "People get help when they need it",
    "Funding decisions are fair",
    "Heart disease mortality falls",
    "Deliver babies safely in every hospital",
    "Launch vehicles are safe",
    "Research is open to everyone",
    "Published research is used by doctors",
    "Réduire la mortalité infantile",
    "Moins de personnes dorment dans la rue",
    "Les enfants lisent bien à 11 ans",
    "Les gens sont en sécurité chez eux",
    "Améliorer l'accès aux soins",
    "Les familles ont assez d'argent pour se loger",
    "La mise en œuvre des traités améliore la vie des communautés",
    "Les étudiants terminent leurs études",
    "Augmenter le nombre d'emplois",
    "Création de 150 000 emplois",
    "Les programmes répondent aux besoins des jeunes",
    "La formation mène à un emploi",
    "Les fonds publics sont dépensés avec soin",
    "Les rapports sur les dépenses publiques sont clairs",
    "Faster housing approvals",
    "Projects are chosen on their merits",
    "Reports of abuse are followed up within a day",
    "Reports of abuse are taken seriously",
    "Visits to the dentist are affordable",
    "Grants reach small firms",
    "Agreements with landlords protect tenants",
    "Contracts are fair to small firms",
    "Evaluations are used in decisions",
    "Meetings start on time",
    "Action on climate is felt in every town",
    "Courses lead to work",
    "Training leads to jobs",
    "Tools for farmers are affordable",
    "A program for every child who needs it is within an hour's drive",
    "A plan for each child keeps families together",
    "Newcomers find work in their profession",
    "Fewer young people leave school without a diploma",
    "Rivers are clean enough to swim in",
    "Farmers recover quickly from floods",
    "More children are vaccinated on time",
    "Veterans have a home",
    "Patients wait less for surgery",
    "Elders live safely at home for longer",
    "Rural businesses sell more abroad",
    "Indigenous children grow up in their communities",
    "Crime victims feel supported by the courts",
    "Roads are safer for cyclists",
    "Poverty among seniors is cut in half",
    "Residents breathe cleaner air",
    "Women earn the same as men for the same work",
    "Workers are safe on construction sites",
    "Young offenders do not reoffend",
    "Everyone can afford their medicine",
    "Small firms spend less time on paperwork",
    "Tax returns are processed within two weeks",
    "Complaints are answered within ten days",
    "Meet the energy needs of northern communities without diesel",
    "Restore salmon stocks in the Fraser",
    "Cut greenhouse gas emissions by 40%",
    "Prevent overdose deaths",
    "Give every child the best start in life",
    "Les aînés vivent chez eux plus longtemps",
    "Les jeunes trouvent un premier emploi",
    "Les cours d'eau sont propres",
    "Réduire de moitié la pauvreté des enfants",
    "Les nouveaux arrivants parlent une langue officielle",
    "Moins d'accidents sur les routes",
    "L'air est plus pur dans les villes",
    "Les plaintes sont réglées en dix jours",
    "Projects for which people have waited are open to traffic",
    "Plans for retirement are secure",
    "Hospitals discharge patients when they are ready",
    "Children in care finish school",
    "Employers hire people with disabilities",
    "Coastal towns are protected from storms",
    "Parents can return to work",
    "Small communities keep their doctors",
    "Visits by inspectors no longer surprise anyone",
    "Plans of care are agreed with patients",
    "Campaigns by hostile states fail",
    "Students from low-income families enter university",
    "Supply chains recover within days",
    "The justice system treats everyone alike",
    "Training is open to all",
    "Documents are available in both languages",
    "Meetings between families and caseworkers build trust",
    "Complete recovery after surgery is the rule",
    "Sign language users are served in their language",
    "Support workers stay in their jobs",
    "Open water is safe for swimming",
    "Increase literacy among adults",
    "Develop every child's talent",
    "Deliver justice without delay",
    "Build homes that families can afford",
    "Offer every patient a family doctor",
    "Les enfants placés terminent l'école",
    "Les formations mènent à un emploi durable",
    "Offrir à chaque patient un médecin de famille",
    "Développer les compétences des adultes",
    "Les plans de soins sont compris par les patients",
    "Les programmes sont accessibles à tous",
    "5 million people have a family doctor",
    "2 millions de personnes ont un médecin",
)


@pytest.mark.parametrize("statement", ACTIVITIES)
def test_work_named_as_an_outcome_is_seen(statement: str):
    assert names_activity(statement)


@pytest.mark.parametrize("statement", SPENDING)
def test_money_named_as_an_outcome_is_seen(statement: str):
    assert names_spending(statement)


@pytest.mark.parametrize("statement", OUTCOMES)
def test_a_change_for_people_is_left_alone(statement: str):
    assert not names_activity(statement)
    assert not names_spending(statement)


def test_case_spaces_and_list_marks_do_not_matter():
    assert names_activity("  - LAUNCH   a public  campaign ")
    assert names_activity("Publication de l’atlas")


def test_nothing_is_neither():
    assert not names_activity("")
    assert not names_spending(" ")


@pytest.mark.parametrize("name", NAMES)
def test_no_outcome_of_a_model_plan_is_mistaken(name: str):
    outcomes = [o for p in case(name).plan.plan.priorities for o in p.outcomes if o.level != "output"]
    assert [o.statement for o in outcomes if names_activity(o.statement or "")] == []
    assert [o.statement for o in outcomes if names_spending(o.statement or "")] == []


# --- real statements, from the departmental results of GC InfoBase -------------------------------------------------

RESULTS = data_folder() / "results_testdata.csv"
needs_data = pytest.mark.skipif(not RESULTS.is_file(), reason="the data of GC InfoBase are not here")

#: The statements among them that do name work or money, read one by one.
SEEN = {
    "Budget initiatives are approved for implementation quickly",
    "Allocations and payments managed by the Secretariat are made as required",
    "Canadian Army Capability Development Initiatives are resourced",
    "Air and Space wings are well resourced",
    "Les initiatives budgétaires sont approuvées aux fins d’une rapide mise en œuvre",
    "Les affectations et les paiements gérés par le Secrétariat sont effectués comme il se doit",
    "Les initiatives de développement des capacités de l'Armée canadienne sont financées",
    "Les escadres aériennes sont bien dotées en ressources",
}


@needs_data
def test_real_outcome_statements_raise_no_false_alarm():
    with RESULTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    statements = {row[name].strip() for row in rows for name in ("name_en", "name_fr")}
    assert len(statements) > 300
    assert {s for s in statements if names_activity(s) or names_spending(s)} == SEEN

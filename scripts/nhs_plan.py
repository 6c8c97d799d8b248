"""Build a delivery plan from published figures: waiting in the emergency departments of England, 2004 to 2019.

    .venv/bin/python scripts/nhs_plan.py build/nhs-plan
    .venv/bin/rdlib report build/nhs-plan --out build/reports/nhs --as-of 2019-05-31

The figures are those of NHS England, from three files that are not part of this project; ``PROVENANCE.txt`` beside them
says where each comes from. They are looked for in ``../shared/data/nhs_ae``, seen from the project's folder; the
environment variable ``RDLIB_SHARED_DATA`` names another folder instead of ``../shared/data``. Everything in the plan
that is not a published figure (outcomes, reasons, answers to the three Ms) is ours, written to try the kit on real
input. It is no plan of any government.
"""

import argparse
import csv
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import xlrd

from rdlib import paths
from rdlib.plan import PlanFolderError, PlanStore

QUARTERS = "england_ae_quarterly_2004-2017_nuffield.csv"
PROVIDERS = "ae_attendances.csv"
MONTHS = "AE_England_data.xls"

#: Only providers with a value for each month of the file are compared; mergers leave gaps in the others.
MONTHS_IN_FILE = 36
#: Months up to this one were worked out by the publisher from weekly returns.
LAST_ESTIMATED = "2015-05"

TITLE = "Shorter waits in emergency departments in England"


class Share(NamedTuple):
    """How many patients came, and how many of them were through within four hours."""

    all: float
    within: float

    @property
    def percent(self) -> float:
        """The share within four hours, in percent."""
        return 100 * self.within / self.all


def data_folder() -> Path:
    """Return the folder in which the published figures are looked for."""
    shared = os.environ.get("RDLIB_SHARED_DATA")
    return (Path(shared) if shared else Path(__file__).resolve().parents[2] / "shared" / "data") / "nhs_ae"


def missing_files(folder: Path) -> list[str]:
    """Return which of the published files are not in a folder."""
    return [name for name in (QUARTERS, PROVIDERS, MONTHS) if not (folder / name).is_file()]


def together(shares: Iterable[Share]) -> Share:
    """Return several shares as one."""
    each = list(shares)
    return Share(sum(s.all for s in each), sum(s.within for s in each))


def fiscal_year(month: str) -> str:
    """Return the fiscal year of a month.

    >>> fiscal_year("2017-03")
    '2016/17'
    """
    year, number = map(int, month.split("-"))
    start = year if number >= 4 else year - 1
    return f"{start}/{(start + 1) % 100:02d}"


def read_quarters(file: Path) -> dict[str, tuple[float, str]]:
    """Return for each quarter with a published share the patients in major departments and the share, as written."""
    with file.open(encoding="utf-8", newline="") as lines:
        return {
            row["quarter"]: (float(row["type1_attendances_m"]), row["pct_within_4h_type1"])
            for row in csv.DictReader(lines)
            if row["pct_within_4h_type1"]
        }


def read_providers(file: Path) -> dict[str, dict[str, Share]]:
    """Return the share of each provider with a major department, by month."""
    found: dict[str, dict[str, Share]] = defaultdict(dict)
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["type"] == "1":
                came = float(row["attendances"])
                found[row["org_code"]][row["period"][:7]] = Share(came, came - float(row["breaches"]))
    return dict(found)


def read_months(file: Path) -> dict[str, Share]:
    """Return the share of departments of all types together, by month, from the publisher's spreadsheet."""
    sheet = xlrd.open_workbook(str(file)).sheet_by_name("Performance")
    header = next(row for row in range(sheet.nrows) if "Period" in sheet.row_values(row))
    names = sheet.row_values(header)  # the first of two tables side by side; the second is about some providers only
    when, under, over = (
        names.index(name) for name in ("Period", "Total Attendances < 4 hours", "Total Attendances > 4 hours")
    )
    found = {}
    for number in range(header + 1, sheet.nrows):
        row = sheet.row_values(number)
        within, longer = float(row[under]), float(row[over])
        found[f"{xlrd.xldate_as_datetime(float(row[when]), 0):%Y-%m}"] = Share(within + longer, within)
    return found


def write_csv(file: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write a data file of the plan."""
    file.parent.mkdir(exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def fill(store: PlanStore, where: str, values: Mapping[str, str | list[str]]) -> None:
    """Write several fields of one record."""
    for name, value in values.items():
        store.set(f"{where}/{name}", value)


def build(data: Path, out: Path) -> None:
    """Build the plan.

    Args:
        data: the folder with the published figures.
        out: the folder of the plan; it must not be there yet, or be empty.

    Raises:
        PlanFolderError: something is in the folder already.
    """
    quarters, providers = read_quarters(data / QUARTERS), read_providers(data / PROVIDERS)
    months = read_months(data / MONTHS)
    store = PlanStore.create(out, paths.templates() / "plan")
    for unused in [priority.id for priority in store.read().plan.priorities]:
        store.remove_priority(unused)
    (out / "data" / "README").unlink(missing_ok=True)

    fill(store, "plan", PLAN)
    store.add_row("plan/people", MINISTER)
    priority = f"priorities/{store.add_priority(TITLE)}"
    fill(store, priority, PRIORITY)
    for outcome in OUTCOMES:
        store.add_row(f"{priority}/outcomes", outcome)

    write_csv(
        out / "data" / "national-quarters.csv",
        ("when", "value"),
        ((when, share) for when, (_n, share) in quarters.items()),
    )
    add_national_quarters(store, priority, quarters)
    write_csv(out / "data" / "providers-by-month.csv", ("when", "provider", "value"), provider_rows(providers))
    add_providers(store, priority, providers)
    write_csv(
        out / "data" / "national-months.csv",
        ("when", "value", "note"),
        (
            (month, f"{share.percent:.4f}", "Estimated from weekly returns" if month <= LAST_ESTIMATED else "")
            for month, share in months.items()
        ),
    )
    add_national_months(store, priority, months)
    store.save()


def provider_rows(providers: Mapping[str, Mapping[str, Share]]) -> Iterable[tuple[str, str, str]]:
    """Give the rows of all providers together, then those of each provider that reported in every month."""
    for month in sorted({month for shares in providers.values() for month in shares}):
        whole = together(shares[month] for shares in providers.values() if month in shares)
        yield month, "", f"{whole.percent:.4f}"
    for provider, shares in sorted(providers.items()):
        if len(shares) == MONTHS_IN_FILE:
            for month, share in sorted(shares.items()):
                yield month, provider, f"{share.percent:.4f}"


def add_national_quarters(store: PlanStore, priority: str, quarters: Mapping[str, tuple[float, str]]) -> None:
    """Add the long quarterly series, in which the target changed."""
    where = f"{priority}/indicators/{store.add_row(f'{priority}/indicators', {'id': 'national-quarters'})}"
    year = together(
        Share(came, came * float(share) / 100) for when, (came, share) in quarters.items() if "2015/16" in when
    )
    best = max(quarters, key=lambda when: float(quarters[when][1]))
    fill(store, where, NATIONAL_QUARTERS)
    fill(store, f"{where}/three_m", THREE_M | QUARTERLY)
    fill(
        store,
        f"{where}/baseline",
        {
            "value": f"{year.percent:.1f}",
            "when": "2015/16",
            "source": "The four published quarters together, weighted by the number of patients",
        },
    )
    benchmark = {
        "kind": "history",
        "name": "England in its best quarter",
        "value": quarters[best][1],
        "when": best,
        "source": QUALITYWATCH,
    }
    store.add_row(f"{where}/benchmarks", benchmark)
    fill(
        store,
        f"{where}/target",
        {
            "wording": "At least 95% of patients within four hours in every quarter",
            "kind": "at-least",
            "value": "95",
            "why_this": "The published data lists 95% as the target of each quarter from July 2010 on. It is a "
            "standard to be held at all times: no day is given by which it is to be reached. It counts departments of "
            "all types together; the data holds the major departments alone to it, which is stricter.",
            "commitment": "committed",
            "source": QUALITYWATCH,
        },
    )
    store.add_row(
        f"{where}/changes",
        {
            "id": "lowered",
            "day": "2010-07-01",
            "was": "At least 98% of patients within four hours",
            "was_value": "98",
            "reason": "The new government held that 98% was not clinically justified. It announced the change in "
            "June 2010; the published data uses 95% from the quarter that starts in July.",
            "decided_by": "Secretary of State for Health",
            "public": "yes",
        },
    )


def add_providers(store: PlanStore, priority: str, providers: Mapping[str, Mapping[str, Share]]) -> None:
    """Add the monthly series of each hospital provider."""
    where = f"{priority}/indicators/{store.add_row(f'{priority}/indicators', {'id': 'providers'})}"
    first_year = together(
        share for shares in providers.values() for month, share in shares.items() if fiscal_year(month) == "2016/17"
    )
    fill(store, where, PROVIDERS_BY_MONTH)
    fill(store, f"{where}/three_m", THREE_M | MONTHLY)
    fill(
        store,
        f"{where}/baseline",
        {
            "value": f"{first_year.percent:.1f}",
            "when": "2016/17",
            "source": "All major departments in the twelve months together, from the monthly returns",
        },
    )
    fill(
        store,
        f"{where}/target",
        {
            "wording": "At least 95% of patients within four hours in March 2019",
            "kind": "at-least",
            "value": "95",
            "due": "2019-03",
            "why_this": "NHS planning guidance asked that most providers reach 95% in March 2019, with "
            "departments of all types counted. For the major departments alone no target was published: this one "
            "is our reading of it.",
            "commitment": "provisional",
            "source": f"Our reading of: {GUIDANCE}",
        },
    )
    store.add_row(
        f"{where}/changes",
        {
            "id": "put-off",
            "day": "2018-02-02",
            "was": "At least 95% of patients within four hours at most providers in March 2018",
            "was_value": "95",
            "was_due": "2018-03",
            "public": "yes",
        },
    )


def add_national_months(store: PlanStore, priority: str, months: Mapping[str, Share]) -> None:
    """Add the long monthly series, in which the seasons show."""
    where = f"{priority}/indicators/{store.add_row(f'{priority}/indicators', {'id': 'national-months'})}"
    first_year = together(share for month, share in months.items() if fiscal_year(month) == "2016/17")
    fill(store, where, NATIONAL_MONTHS)
    fill(store, f"{where}/three_m", THREE_M | MONTHLY)
    fill(
        store,
        f"{where}/baseline",
        {
            "value": f"{first_year.percent:.1f}",
            "when": "2016/17",
            "source": "The twelve published months together",
        },
    )
    fill(
        store,
        f"{where}/target",
        {
            "wording": "At least 95% of patients within four hours by the end of 2019",
            "kind": "at-least",
            "value": "95",
            "due": "2019-12",
            "why_this": "The standard is 95%, and was last met over a whole year in 2013/14. The guidance asks "
            "for a return to it in the course of 2019.",
            "commitment": "committed",
            "source": GUIDANCE,
        },
    )
    store.add_row(f"{where}/trajectory", {"when": "2018-09", "value": "90", "note": "Step named in the same guidance"})
    store.add_row(
        f"{where}/changes",
        {
            "id": "put-off",
            "day": "2018-02-02",
            "was": "At least 95% of patients within four hours in the course of 2018",
            "was_value": "95",
            "was_due": "2018-12",
            "public": "yes",
        },
    )


QUALITYWATCH = "QualityWatch (Nuffield Trust and the Health Foundation), 16 November 2016, from figures of NHS England"
RETURNS = "NHS England, monthly A&E attendances and emergency admissions"
GUIDANCE = "NHS England and NHS Improvement, planning guidance for 2018/19, February 2018"

PLAN: dict[str, str | list[str]] = {
    "title": "Waiting for emergency care in England",
    "organisation": "National Health Service in England (an exercise on published figures)",
    "mandate_start": "2017-06-08",
    "mandate_end": "2022-05-05",
    "language": "en",
    "fiscal_year_start": "4",
    "about": "An exercise on real figures, and no plan of any government. Every number was published by NHS "
    "England or is worked out from its figures; targets and their changes are those of the NHS, except where the "
    "plan says that it reads them its own way. Outcomes, reasons and answers to the three Ms are ours. The "
    "mandate runs from the general election of June 2017 to the day on which the next one was then due. The "
    "reasons for moving the targets of 2018 are left open on purpose: we do not know how they were given.",
}

MINISTER = {
    "id": "health-secretary",
    "name": "Secretary of State for Health and Social Care",
    "post": "Member of the cabinet responsible for the National Health Service in England",
    "organisation": "Department of Health and Social Care",
}

PRIORITY: dict[str, str | list[str]] = {
    "summary": "Whoever comes to an emergency department in England is to be admitted, moved to another hospital "
    "or sent home within four hours. The standard asked for 98% of patients until 2010 and asks for 95% since. It "
    "was last held over a whole year in 2013/14, and it is missed by more in each winter than in the summer "
    "before.",
    "leaders": ["health-secretary"],
    "stakeholders": [
        "Patients and the people who come with them",
        "Emergency doctors and nurses, and the Royal College of Emergency Medicine",
        "Hospital providers and their chief executives",
        "Ambulance services and family doctors, who send patients",
        "Local councils, who arrange care for those who can leave a ward",
    ],
}

OUTCOMES = (
    {
        "id": "no-harm",
        "statement": "Fewer people come to harm because emergency care reached them late",
        "level": "long-term",
    },
    {
        "id": "seen-in-time",
        "statement": "Patients in emergency departments are admitted, moved on or sent home within four hours",
        "level": "shorter-term",
        "leads_to": "no-harm",
    },
    {
        "id": "everywhere",
        "statement": "Patients are through in time at whichever hospital they come to",
        "level": "shorter-term",
        "leads_to": "no-harm",
    },
)

THREE_M: dict[str, str | list[str]] = {
    "meaningful": "yes",
    "meaningful_why": "Patients in pain or fear feel each hour in a crowded department, and so do those with "
    "them. Long stays also hold up ambulances and the next patient at the door.",
    "moveable": "yes",
    "lever": "indirect",
    "moveable_why": "The minister treats nobody. Funding, the yearly mandate and the standard contract reach the "
    "providers; free beds on the wards and care at home after a stay decide most of the long waits. Major "
    "departments held more than 98% in three quarters between 2005 and 2009, so it can be done.",
    "measurable": "yes",
    "measurable_why": "Every provider counts its patients and those who stayed longer than four hours, and NHS "
    "England publishes both.",
    "data_owner": "NHS England, statistics on urgent and emergency care",
}

QUARTERLY: dict[str, str | list[str]] = {
    "sources": [QUALITYWATCH],
    "collected_how": "Departments record when a patient arrives and leaves. Providers' returns were added up for "
    "England; the quarterly figures used here were copied from a published chart, not from the returns.",
    "frequency": "quarterly",
    "breakdowns": ["Type of department", "Provider"],
}

MONTHLY: dict[str, str | list[str]] = {
    "sources": [RETURNS],
    "collected_how": "Departments record when a patient arrives and leaves. Each provider sends a monthly return; "
    "NHS England publishes it in the month that follows.",
    "frequency": "monthly",
    "breakdowns": ["Type of department", "Provider"],
}

NATIONAL_QUARTERS: dict[str, str | list[str]] = {
    "name": "Share of patients through major emergency departments within four hours, each quarter",
    "outcome": "seen-in-time",
    "definition": "Patients admitted, moved to another hospital or sent home at most four hours after they "
    "arrived, as a share of all who came to a major (type 1) department in England in the quarter. A major "
    "department is led by consultants, open day and night, and can resuscitate.",
    "unit": "%",
    "direction": "up",
    "data_files": ["data/national-quarters.csv"],
    "data_source": QUALITYWATCH,
}

PROVIDERS_BY_MONTH: dict[str, str | list[str]] = {
    "name": "Share of patients through major emergency departments within four hours, by provider",
    "outcome": "everywhere",
    "definition": "As for England, for each provider and month. England is all providers with a major department. "
    "The comparison within England is of the 130 that reported in each of the 36 months; ten others did not, for "
    "example because they merged.",
    "unit": "%",
    "direction": "up",
    "data_files": ["data/providers-by-month.csv"],
    "data_source": f"{RETURNS}, April 2016 to March 2019, in the collection NHSRdatasets",
}

NATIONAL_MONTHS: dict[str, str | list[str]] = {
    "name": "Share of patients through emergency departments of all types within four hours, each month",
    "outcome": "seen-in-time",
    "definition": "Patients admitted, moved to another hospital or sent home at most four hours after they "
    "arrived, as a share of all who came to an emergency department of any type in England in the month: major, "
    "single-specialty or minor injuries. This is what the standard is about.",
    "unit": "%",
    "direction": "up",
    "data_files": ["data/national-months.csv"],
    "data_source": "NHS England, A&E time series published on 14 November 2019; months up to May 2015 estimated "
    "by the publisher from weekly returns",
}


def main(arguments: list[str] | None = None) -> int:
    """Build the plan, or say what is missing; return what a shell wants to know."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", 1)[0])
    parser.add_argument("out", type=Path, help="folder for the plan; not there yet, or empty")
    parser.add_argument("--data", type=Path, default=data_folder(), help="folder with the published figures")
    given = parser.parse_args(arguments)
    missing = missing_files(given.data)
    if missing:
        print(f"Not in {given.data}: {', '.join(missing)}. Name the folder with --data.", file=sys.stderr)
        return 2
    try:
        build(given.data, given.out)
    except PlanFolderError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"The plan is in {given.out}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

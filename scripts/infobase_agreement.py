"""Measure how the kit reads the federal indicators of GC InfoBase, and whether it judges them as the government did.

    .venv/bin/python scripts/infobase_agreement.py
    .venv/bin/python scripts/infobase_agreement.py --data ../shared/data/gc_infobase --format json

The data are those of the Treasury Board of Canada Secretariat (579 indicators of 2017-18 to 2019-20, in English and
French) and not part of this project; ``PROVENANCE.txt`` beside them says where they come from. They are looked for in
``../shared/data/gc_infobase``, seen from the project's folder; the environment variable ``RDLIB_SHARED_DATA`` names
another folder instead of ``../shared/data``.

The 113 indicators of the results reports carry an official status. They are judged as of 30 April 2018: reports on
2017-18 call what was due in April 2018 past, and what was due in May 2018 future, so the line lies between the two.
"""

import argparse
import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import attrs

from rdlib.plan.indicator import Indicator, Observation, Target
from rdlib.plan.values import Amount, NotReadError, Period, read_number, read_period
from rdlib.rules.targets import Goal, Status, goal_of, read_wording, status_of

INDICATORS = "indicators_testdata_dp18_dp19_drr17.csv"
LANGUAGES = ("en", "fr")

AS_OF = date(2018, 4, 30)
#: The year that each results report describes.
REPORTED = {"drr17": "2017/18"}
OFFICIAL = {
    "met": Status.MET,
    "not_met": Status.NOT_MET,
    "future": Status.FUTURE,
    "not_available": Status.NO_DATA,
}

#: Why the official status and ours differ, by class.
CLASSES = {
    "nothing to reach": "InfoBase says that the result is to be achieved in the future, of an indicator that has no "
    "target in the data (empty, or still to be determined). Ours: no target to judge by.",
    "judged twice": "The same indicator, target, date and result stand in the data twice, with two official statuses. "
    "Ours is the one that follows from the numbers.",
    "not explained": "Neither of these: to be looked into.",
}

#: Targets that are not read as one target, and are listed with their texts.
NOT_ONE_TARGET = ("ambiguous", "several in one", "unreadable")

Row = Mapping[str, str]


def data_folder() -> Path:
    """Return the folder in which the published data are looked for."""
    shared = os.environ.get("RDLIB_SHARED_DATA")
    return (Path(shared) if shared else Path(__file__).resolve().parents[2] / "shared" / "data") / "gc_infobase"


def read_rows(folder: Path) -> list[dict[str, str]]:
    """Return the indicators as they stand in the data.

    Raises:
        FileNotFoundError: the file is not there.
    """
    with (folder / INDICATORS).open(encoding="utf-8-sig", newline="") as file:
        return [{key: (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(file)]


# --- from a row of InfoBase to an indicator ----------------------------------------------------------------------


def indicator_of(row: Row, language: str) -> Indicator:
    """Return a row of InfoBase as an indicator of a plan; the one place that knows what its columns mean.

    ===================================  =======================================================================
    column                               becomes
    ===================================  =======================================================================
    ``name_xx``, ``methodology_xx``      the name and the exact definition, in the language asked for
    ``target_type``, ``measure_xx``      the unit: ``%`` for percent, ``$`` for dollar, else the measure
    ``seeking_to``                       the direction: ``max`` is up, ``min`` down, ``range`` within
    ``target_min``, ``target_max``       at least, at most; both the same: exactly; both in a range: between
    ``target_narrative_xx``              the target in words, for the type ``text``
    ``target_year``, ``target_month``    due; "ongoing" and "other" are no date
    ``actual_result_xx``                 the one observation, for the year of the report
    ===================================  =======================================================================
    """
    kind_of_value = row["target_type"].removesuffix("_range")
    measure = row[f"measure_{language}"] or None
    return Indicator(
        id=row["id"],
        name=row[f"name_{language}"] or None,
        definition=row[f"methodology_{language}"] or None,
        unit={"percent": "%", "dollar": "$"}.get(kind_of_value, measure),
        direction={"max": "up", "min": "down", "range": "within"}.get(row["seeking_to"]),
        target=attrs.evolve(_target_of(row, language), due=_due_of(row)),
        observations=_observations_of(row, language),
    )


def _target_of(row: Row, language: str) -> Target:
    if row["target_type"] == "tbd":
        return Target(kind="tbd")
    if row["target_type"] == "text":
        return Target(wording=row[f"target_narrative_{language}"] or None)
    low = float(row["target_min"]) if row["target_min"] else None
    high = float(row["target_max"]) if row["target_max"] else None
    if low is not None and high is not None:
        return Target(kind="exactly", value=low) if low == high else Target(kind="between", value=low, value_high=high)
    if low is not None:
        return Target(kind="at-least", value=low)
    return Target(kind="at-most", value=high) if high is not None else Target()


def _due_of(row: Row) -> Period | None:
    if not row["target_year"].isdigit():
        return None
    month = f"-{int(row['target_month']):02d}" if row["target_month"] else ""
    return read_period(row["target_year"] + month)


def _observations_of(row: Row, language: str) -> tuple[Observation, ...]:
    if row["doc"] not in REPORTED:
        return ()
    actual = _actual_of(row[f"actual_result_{language}"], decimal_comma=language == "fr")
    return (Observation(when=read_period(REPORTED[row["doc"]]), value=actual),) if actual is not None else ()


def _actual_of(text: str, *, decimal_comma: bool) -> Amount:
    """The result as a number, or the place of a result such as "Top 4"; None for a result told in sentences."""
    try:
        return read_number(text, unit="%", decimal_comma=decimal_comma)
    except NotReadError:
        places = [r.value for r in read_wording(text, decimal_comma=decimal_comma) if r.unit == "rank"]
        return places[0] if len(places) == 1 else None


# --- what is measured --------------------------------------------------------------------------------------------


def goal(row: Row, language: str = "en") -> Goal:
    """Return the target of a row as the kit reads it."""
    return goal_of(indicator_of(row, language), decimal_comma=language == "fr")


def wording(row: Row, language: str = "en") -> str:
    """Return the target in words, where the data hold one."""
    return indicator_of(row, language).target.wording or ""


def how_read(row: Row, language: str = "en") -> str:
    """Say what a target was read as: its kind, or that it is ambiguous, several in one, unreadable or not there."""
    readings = goal(row, language).readings
    if not readings:
        return "unreadable" if wording(row, language) else "none"
    if len({r.part for r in readings}) > 1:
        return "several in one"
    return readings[0].kind if len(readings) == 1 else "ambiguous"


def reads(rows: Sequence[Row], language: str) -> dict[str, Any]:
    """Return how many targets were read as what, with the texts that are not read as one target."""
    texts: dict[str, Counter[str]] = {name: Counter() for name in NOT_ONE_TARGET}
    kinds = Counter(how_read(row, language) for row in rows)
    for row in rows:
        if (read := how_read(row, language)) in texts:
            texts[read][wording(row, language)] += 1
    return {"kinds": dict(kinds.most_common()), "texts": {name: dict(each) for name, each in texts.items()}}


def _essence(row: Row, language: str) -> list[tuple[Any, ...]]:
    """What a target asks for, without the words that say it."""
    return [(r.kind, r.value, r.value_high, r.change_unit, r.due) for r in goal(row, language).readings]


def language_differences(rows: Iterable[Row]) -> list[dict[str, str]]:
    """Return the indicators whose target reads differently in English and in French."""
    found = []
    for row in rows:
        if _essence(row, "en") != _essence(row, "fr"):
            found.append({"id": row["id"], "en": wording(row, "en"), "fr": wording(row, "fr")})
    return found


def our_status(row: Row, as_of: date = AS_OF, language: str = "en") -> Status:
    """Return the status that the kit gives an indicator of a results report."""
    indicator = indicator_of(row, language)
    last = indicator.observations[-1] if indicator.observations else Observation()
    return status_of(goal_of(indicator, decimal_comma=language == "fr"), last.value, as_of, last.when)


def _same(row: Row) -> tuple[str, ...]:
    """What two rows about the same thing have in common."""
    columns = ("name_en", "target_type", "target_min", "target_max", "target_year", "target_month", "actual_result_en")
    return tuple(row[column] for column in columns)


def disagreements(rows: Sequence[Row], as_of: date = AS_OF) -> list[dict[str, str]]:
    """Return every indicator that the kit judges otherwise than InfoBase does, each with its class."""
    official = [row for row in rows if row["status_key"]]
    statuses: dict[tuple[str, ...], set[str]] = {}
    for row in official:
        statuses.setdefault(_same(row), set()).add(row["status_key"])
    found = []
    for row in official:
        ours = our_status(row, as_of)
        if ours is OFFICIAL[row["status_key"]]:
            continue
        read = goal(row)
        nothing_to_reach = read.kind in {None, "tbd"} and not any(r.value is not None for r in read.readings)
        if row["status_key"] == "future" and ours is Status.NO_TARGET and nothing_to_reach:
            why = "nothing to reach"
        elif len(statuses[_same(row)]) > 1:
            why = "judged twice"
        else:
            why = "not explained"
        due = indicator_of(row, "en").target.due
        found.append(
            {
                "id": row["id"],
                "name": row["name_en"],
                "target": wording(row, "en") or row["target_min"] or "(empty)",
                "due": str(due) if due else "(none)",
                "result": row["actual_result_en"] or "(empty)",
                "official": row["status_key"],
                "ours": ours.value,
                "class": why,
            }
        )
    return found


def agreement(rows: Sequence[Row], as_of: date = AS_OF) -> dict[str, Any]:
    """Return the official statuses against ours, and every disagreement."""
    official = [row for row in rows if row["status_key"]]
    table = Counter((row["status_key"], our_status(row, as_of).value) for row in official)
    differ = disagreements(rows, as_of)
    return {
        "as_of": as_of.isoformat(),
        "judged": len(official),
        "agree": len(official) - len(differ),
        "with_target": sum(1 for row in official if our_status(row, as_of) is not Status.NO_TARGET),
        "table": {key: {s.value: table[key, s.value] for s in Status} for key in OFFICIAL},
        "classes": dict(Counter(d["class"] for d in differ)),
        "disagreements": differ,
    }


def measure(rows: Sequence[Row]) -> dict[str, Any]:
    """Return everything that is reported."""
    return {
        "indicators": len(rows),
        "read": {language: reads(rows, language) for language in LANGUAGES},
        "language_differences": language_differences(rows),
        "agreement": agreement(rows),
    }


# --- telling it --------------------------------------------------------------------------------------------------


def as_text(found: Mapping[str, Any]) -> str:
    """Return the measurements as a report in plain text."""
    lines = [f"{found['indicators']} indicators of GC InfoBase", "", "How their targets are read"]
    kinds = {kind: None for language in LANGUAGES for kind in found["read"][language]["kinds"]}
    lines.append(f"  {'':24}{'English':>8}{'French':>8}")
    for kind in kinds:
        counts = "".join(f"{found['read'][language]['kinds'].get(kind, 0):>8}" for language in LANGUAGES)
        lines.append(f"  {kind:24}{counts}")
    for name in NOT_ONE_TARGET:
        for language in LANGUAGES:
            texts = found["read"][language]["texts"][name]
            lines += ["", f"{name} ({language}): {sum(texts.values())}"]
            lines += [f"  {count:>3} x {' / '.join(text.split(chr(10)))}" for text, count in texts.items()]
    differ = found["language_differences"]
    lines += ["", f"Read differently in English and French: {len(differ)}"]
    lines += [f"  {d['id']}: “{d['en']}” and “{d['fr']}”" for d in differ]
    judged = found["agreement"]
    share = 100 * judged["agree"] / judged["judged"]
    with_target = 100 * judged["agree"] / judged["with_target"]
    lines += ["", f"Official status against ours, as of {judged['as_of']}"]
    lines.append(f"  {'official, down':16}" + "".join(f"{s.value:>11}" for s in Status))
    for key, row in judged["table"].items():
        lines.append(f"  {key:16}" + "".join(f"{row[s.value]:>11}" for s in Status))
    lines += [f"  the same: {judged['agree']} of {judged['judged']} ({share:.1f}%)"]
    lines += [
        f"  the same of those that have a target: {judged['agree']} of {judged['with_target']} ({with_target:.1f}%)"
    ]
    for name, why in CLASSES.items():
        members = [d for d in judged["disagreements"] if d["class"] == name]
        lines += ["", f"Differ, {name}: {len(members)}", f"  {why}"]
        lines += [
            f"  {d['id']}: official {d['official']}, ours {d['ours']}; target {d['target']}, due {d['due']}, "
            f"result {d['result']}; {d['name']}"
            for d in members
        ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measurements; the exit code is 1 where a disagreement is not explained."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=data_folder(), help="the folder with the data of GC InfoBase")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")
    given = parser.parse_args(arguments)
    try:
        found = measure(read_rows(given.data))
    except FileNotFoundError:
        print(f"There is no {INDICATORS} in {given.data}; name its folder with --data.", file=sys.stderr)
        return 2
    print(json.dumps(found, ensure_ascii=False, indent=2) if given.format == "json" else as_text(found))
    return 1 if "not explained" in found["agreement"]["classes"] else 0


if __name__ == "__main__":
    sys.exit(main())

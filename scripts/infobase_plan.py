"""Build a large plan from the federal programmes of GC InfoBase: one priority a programme.

    .venv/bin/python -m scripts.infobase_plan build/federal-plan
    .venv/bin/python -m scripts.infobase_plan build/federal-plan --priorities 1303 --language fr

The data hold 782 programmes and core responsibilities, of which 96 have indicators. For a larger plan, those with
indicators are repeated under other ids until there are as many priorities as asked for: real words, and more of them
than were published. The data are not part of the project; ``scripts/infobase_agreement.py`` says where they are sought.
"""

import argparse
import csv
import shutil
import sys
import tempfile
from pathlib import Path

from rdlib.plan import PlanFolderError
from rdlib.tables.importing import import_file, mapping_for
from rdlib.tables.problems import ImportRefusedError
from scripts import infobase_agreement as infobase

RESULTS, PROGRAMMES = "results_testdata.csv", "program_2017.csv"


def repeated(data: Path, out: Path, more: int) -> None:
    """Write the three files of the data again, with so many more subjects that have indicators."""
    shutil.copyfile(data / PROGRAMMES, out / PROGRAMMES)
    indicators, results = (_read(data / name) for name in (infobase.INDICATORS, RESULTS))
    subjects = sorted({row["subject_id"] for row in results})
    all_results, all_indicators = [*results], [*indicators]
    for number in range(more):
        subject, turn = subjects[number % len(subjects)], number // len(subjects) + 2
        own = {row["id"]: row for row in results if row["subject_id"] == subject}
        for row in own.values():
            all_results.append(row | {"id": f"{row['id']}-{turn}", "subject_id": f"{subject}-{turn}"})
        for row in indicators:
            if row["result_id"] in own:
                all_indicators.append(row | {"result_id": f"{row['result_id']}-{turn}"})
    _write(out / infobase.INDICATORS, all_indicators)
    _write(out / RESULTS, all_results)


def _read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [{key: value for key, value in row.items() if key} for row in csv.DictReader(lines)]


def _write(file: Path, rows: list[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def build(data: Path, out: Path, priorities: int | None, language: str = "en") -> int:
    """Build the plan, and return how many priorities it has.

    Raises:
        ImportRefusedError: the data cannot be read.
        PlanFolderError: the plan cannot be written.
    """
    if out.exists() and any(out.iterdir()):
        raise PlanFolderError(f"{out} is not empty. Choose a folder that is not there yet, or an empty one.")
    mapping = mapping_for("gc-infobase", language)
    if priorities is None:
        return import_file(data / infobase.INDICATORS, out, mapping).added["priority"]
    there = import_file(data / infobase.INDICATORS, out, mapping, dry_run=True).added["priority"]
    with tempfile.TemporaryDirectory() as folder:
        repeated(data, Path(folder), max(0, priorities - there))
        return import_file(Path(folder) / infobase.INDICATORS, out, mapping).added["priority"]


def main(arguments: list[str] | None = None) -> int:
    """Build the plan, or say what is missing; return what a shell wants to know."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path, help="folder for the plan; not there yet, or empty")
    parser.add_argument("--priorities", type=int, help="at least so many priorities (default: those in the data)")
    parser.add_argument("--language", choices=infobase.LANGUAGES, default="en", help="in which language (default: en)")
    parser.add_argument("--data", type=Path, default=infobase.data_folder(), help="the folder with the data")
    given = parser.parse_args(arguments)
    try:
        count = build(given.data, given.out, given.priorities, given.language)
    except (ImportRefusedError, PlanFolderError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{count} priorities are in {given.out}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Make the reports of every worked case, and a front page that leads to them: ``build/reports/index.html``.

    .venv/bin/python scripts/build_reports.py [OUT]

A case is a folder in ``exercises/`` with a plan in it. Its ``case.yaml`` says for which day its reports are made
(``as_of``); without it they are made for today. A case that has closed a stocktake gets the pack of the last one, too.
The case that runs through all rules is also made as PDF, Word and Excel, as far as that can be done here.
The exit code is 1 when a report could not be made.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rdlib import paths
from rdlib.plan import read_plan
from rdlib.reports import formats, front
from rdlib.reports.batch import INDEX, make_reports, make_stocktake
from rdlib.reports.manifest import write_whole
from rdlib.rules.r07_pack import closed_ones
from rdlib.words import _, plural

#: The case that runs through all rules: it shows what a report is in every format.
IN_ALL_FORMATS = "emergency-waits"


def last_pack(plan: Path, out: Path) -> Path | None:
    """Make the pack of the last stocktake that a plan has closed; return its page, None where there is none."""
    closed = closed_ones(read_plan(plan).plan)
    day = closed[-1].day if closed else None
    return make_stocktake(plan, out, day, home=(INDEX, _("All priorities"))) if day else None


def main(arguments: list[str]) -> int:
    """Make everything, and return the exit code."""
    out = Path(arguments[0]) if arguments else paths.root() / "build" / "reports"
    cards, failed = [], 0
    every = formats.check(formats.FORMATS)
    for problem in every.problems:
        print(problem, file=sys.stderr)
    for folder in sorted(path.parent for path in paths.exercises().glob("*/plan")):
        case = front.read_case(folder)
        home = (f"../{INDEX}", _("All cases"))
        asked = every.usable if folder.name == IN_ALL_FORMATS else ("html",)
        batch = make_reports(folder / "plan", out / folder.name, as_of=case.as_of, home=home, formats=asked)
        failed += len(batch.failed)
        print(f"{folder.name}: {plural('{n} page', '{n} pages', len(batch.entries))}, {len(batch.failed)} failed")
        for entry in batch.failed:
            print(f"  {entry.id or entry.title}: {entry.error}", file=sys.stderr)
        if (pack := last_pack(folder / "plan", out / folder.name)) is not None:
            print(f"  {pack.name}")
        further = [name for entry in batch.entries for names in entry.formats.values() for name in names]
        files = tuple(f"{folder.name}/{name}" for name in further)
        cards.append(front.Card(f"{folder.name}/{INDEX}", case, len(batch.entries) - 1, files))
    write_whole(out / INDEX, front.front_page(cards))
    print(f"To read them, open {out / INDEX}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

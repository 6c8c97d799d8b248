"""The command line: ``rdlib report``, ``stocktake``, ``new``, ``check``, ``calendar``, ``import``, ``template`` ...

Thin: each command reads what was typed, calls the room that does the work, and says in plain words what came of it.
Everything heavy is imported inside the command that needs it.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

import rdlib
from rdlib.words import _, format_date, plural

if TYPE_CHECKING:
    from rdlib.plan import Plan, Problem
    from rdlib.rules.findings import Finding
    from rdlib.tables.merge import OnConflict

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=_("Text to read, or JSON for other programs."),
)
FOLDER = click.Path(path_type=Path, file_okay=False)


class Commands(click.Group):
    """Turns every mistake that a person can make into a message, and none into a traceback."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command that was typed."""
        from rdlib.plan import PlanFolderError, PlanReadError

        try:
            return super().invoke(context)
        except PlanReadError as error:
            raise click.ClickException(_("The plan cannot be read.") + f"\n{error}") from None
        except PlanFolderError as error:
            raise click.ClickException(str(error)) from None
        except (OSError, ValueError) as error:
            if isinstance(error, OSError):
                reason = f"{error.strerror or error}: {error.filename}" if error.filename else str(error)
            elif type(error) is ValueError or type(error).__module__.startswith("rdlib."):
                reason = str(error)
            else:
                raise
            raise click.ClickException(reason) from None


class Day(click.ParamType[date]):
    """A day, written as 2018-03-31."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day, or say how it is written."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(_("“{value}” is no day. Write it as 2018-03-31.").format(value=value), param, ctx)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(rdlib.__version__, prog_name="rdlib")
def main() -> None:
    """A delivery plan as readable files: check it, report on it, and work on it in notebooks."""


@main.command()
@click.argument("plan", type=FOLDER)
@click.option("--out", type=FOLDER, required=True, help=_("Folder for the reports."))
@click.option(
    "--priority", "only", multiple=True, metavar="ID", help=_("Only this priority; may be given several times.")
)
@click.option("--as-of", type=Day(), help=_("The day for which the reports are made; left out: as for check."))
@click.option("--jobs", type=click.IntRange(min=1), help=_("How many reports to make at a time; one for each core."))
@click.option("--force", is_flag=True, help=_("Also make the reports in which nothing changed."))
@click.option(
    "--format",
    "asked",
    multiple=True,
    metavar="FORMATS",
    help=_("Also as pdf, docx (with a briefing note of two pages) or xlsx; several with commas. html is always made."),
)
@click.option(
    "--engine",
    type=click.Choice(["rdlib", "papermill"]),
    help=_("How notebooks are run: forked from a warm process, or each in a kernel of its own; left out, the quicker."),
)
@click.option("--scheduler", metavar="ADDRESS", help=_("Let the workers of this dask scheduler make the reports."))
@click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=300,
    show_default=True,
    metavar="SECONDS",
    help=_("How long one report may take."),
)
def report(
    plan: Path,
    out: Path,
    only: tuple[str, ...],
    as_of: date | None,
    jobs: int | None,
    force: bool,
    asked: tuple[str, ...],
    engine: str | None,
    scheduler: str | None,
    timeout: float,
) -> None:
    """Make a page for each priority of PLAN, and one for all of them together."""
    from rdlib.reports import formats
    from rdlib.reports.batch import make_reports
    from rdlib.reports.manifest import State

    as_of = as_of or _report_day(plan)
    checked = formats.check(asked)
    for problem in checked.problems:
        click.echo(problem, err=True)
    try:
        batch = make_reports(
            plan,
            out,
            only=only,
            as_of=as_of,
            jobs=jobs,
            force=force,
            formats=checked.usable,
            engine=engine,
            scheduler=scheduler,
            timeout=timeout,
        )
    except KeyboardInterrupt:
        click.echo(_("Stopped. What is finished stays; the same command makes the rest."), err=True)
        sys.exit(130)
    count = {state: sum(1 for entry in batch.entries if entry.state is state) for state in State}
    click.echo(
        _("{made} made, {unchanged} unchanged, {failed} failed.").format(
            made=plural("{n} page", "{n} pages", count[State.DONE]),
            unchanged=count[State.UNCHANGED],
            failed=count[State.FAILED],
        )
    )
    if batch.entries[-1].state is not State.FAILED:
        click.echo(_("To read them, open {page}.").format(page=out / batch.entries[-1].page))
    for entry in batch.failed:
        click.echo(_("Could not be made: {title}").format(title=entry.id or entry.title), err=True)
        for line in (entry.error or "").splitlines():
            click.echo(f"  {line}", err=True)
    if batch.failed or checked.problems:
        sys.exit(1)


@main.command()
@click.argument("plan", type=FOLDER)
@click.option("--date", "day", type=Day(), required=True, help=_("The day of the stocktake."))
@click.option("--out", type=FOLDER, default=Path("stocktakes"), show_default=True, help=_("Folder for the pack."))
@click.option(
    "--format",
    "asked",
    multiple=True,
    metavar="FORMATS",
    help=_("Also as pdf or docx; both with a comma. html is always made."),
)
def stocktake(plan: Path, day: date, out: Path, asked: tuple[str, ...]) -> None:
    """Make the pack of a stocktake of PLAN: one page with all that lies on the table on that day."""
    from rdlib.reports import formats
    from rdlib.reports.batch import make_stocktake

    checked = formats.check(asked)
    if "xlsx" in checked.usable:
        told = _("The pack of a stocktake is made as html, pdf or docx; the tables of the portfolio are there as xlsx.")
        raise formats.FormatError(told)
    for problem in checked.problems:
        click.echo(problem, err=True)
    page = make_stocktake(plan, out, day, formats=checked.usable)
    click.echo(_("To read it, open {page}.").format(page=out / page.name))
    if checked.problems:
        sys.exit(1)


def _own_day(folder: Path, plan: Plan) -> tuple[date, str]:
    """The day for which a plan is judged where nobody names one, and why it is not today."""
    from rdlib.plan.cases import told_on
    from rdlib.rules import registry

    day = told_on(folder)
    return (day, _("the day on which the case stands")) if day else registry.day_of(plan, date.today())


def _report_day(folder: Path) -> date:
    """The day for the reports of a plan where nobody names one; a plan that cannot be read says so itself."""
    from rdlib.plan import PlanReadError, read_plan, read_priority
    from rdlib.plan.cases import told_on
    from rdlib.reports.batch import priority_ids

    try:
        if (told := told_on(folder)) is not None:
            return told
        ids = priority_ids(folder)
        ends = read_priority(folder, ids[0]).plan.mandate_end if ids else None
        if ends is None or ends >= date.today():
            return date.today()  # known from the title page: a large plan is not read whole for it
        return _own_day(folder, read_plan(folder).plan)[0]
    except PlanReadError:
        return date.today()


@main.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--case", metavar="NAME", help=_("Start from the plan that a case starts from."))
def new(folder: Path, case: str | None) -> None:
    """Make a new plan in the folder DIR."""
    from rdlib import paths
    from rdlib.plan import PlanStore

    template = paths.templates() / "plan"
    if case is not None:
        cases = sorted(path.parent.parent.name for path in paths.exercises().glob("*/start/plan.yaml"))
        if case not in cases:
            raise click.ClickException(
                _("There is no case “{case}”. There are: {cases}.").format(case=case, cases=", ".join(cases))
            )
        template = paths.exercises() / case / "start"
    PlanStore.create(folder, template)
    click.echo(_("The plan is in {folder}.").format(folder=folder))
    click.echo(_("To work on it: rdlib lab {folder}").format(folder=folder))


@main.command()
@click.argument("plan", type=FOLDER)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("calendar.ics"),
    show_default=True,
    help=_("The calendar file."),
)
@click.option("--as-of", type=Day(), help=_("The day for which it is made; today when left out."))
def calendar(plan: Path, out: Path, as_of: date | None) -> None:
    """Write the dates of PLAN as a calendar file (.ics) that calendar programs read."""
    from rdlib.plan import read_plan
    from rdlib.rules.calendar_events import events
    from rdlib.rules.days_off import time_zone
    from rdlib.rules.ics import calendar_file

    day = as_of or date.today()
    read = read_plan(plan).plan
    found = events(read, day)
    if not found:
        raise click.ClickException(
            _("The plan has no dates yet: no routine says how often it takes place, and nothing is due on a day.")
        )
    out.write_bytes(calendar_file(read, found, day, time_zone(read.routine_year)))
    click.echo(_("{n} in {file}.").format(n=plural("{n} entry", "{n} entries", len(found)), file=out))


@main.command()
@click.argument("plan", type=FOLDER)
@click.option(
    "--as-of",
    type=Day(),
    help=_("The day to judge by; left out: today, the day of a case, or the end of a past mandate."),
)
@FORMAT
def check(plan: Path, as_of: date | None, form: str) -> None:
    """Say what is missing or weak in PLAN. A finding is no error: only a plan that cannot be read is one."""
    from rdlib.plan import PlanReadError, read_plan
    from rdlib.rules import registry
    from rdlib.rules.findings import together

    try:
        reading = read_plan(plan)
    except PlanReadError as error:
        if form == "text":
            raise
        click.echo(json.dumps({"readable": False, "problems": _plain(error.problems)}, ensure_ascii=False, indent=1))
        sys.exit(1)
    as_of, why = (as_of, "") if as_of else _own_day(plan, reading.plan)
    context = registry.Context(plan=reading.plan, as_of=as_of)
    checked = {priority.id: registry.check(priority, context) for priority in reading.plan.priorities}
    checked[""] = registry.check(reading.plan, context)
    findings = registry.findings_of(each for results in checked.values() for each in results)
    not_attempted = [
        {"priority": id_ or None, "exercise": each.exercise.id}
        for id_, results in checked.items()
        for each in results
        if not each.attempted
    ]
    if form == "json":
        told = {
            "readable": True,
            "as_of": as_of.isoformat(),
            "problems": _plain(reading.problems),
            "hints": list(reading.hints),
            "findings": [_plain_finding(finding) for finding in findings],
            "not_attempted": not_attempted,
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for problem in reading.problems:
        click.echo(_("Cannot be read: {problem}").format(problem=problem))
    for hint in reading.hints:
        click.echo(_("Perhaps a slip: {hint}").format(hint=hint))
    findings = together(findings)
    for finding in findings:
        where = ", ".join(finding.places)
        click.echo(f"{finding.severity.shape} {finding.severity.word}  {where}  {finding.title}")
        click.echo(f"    {finding.what} {finding.next_step}".rstrip())
    said = _("Judged as of {day}{why}.").format(day=format_date(as_of), why=why and f", {why}")
    click.echo(said + (" " + _("For another day: --as-of 2018-03-31.") if why else ""))
    click.echo(
        _("{problems}, {findings}.").format(
            problems=plural("{n} value that cannot be read", "{n} values that cannot be read", len(reading.problems)),
            findings=plural("{n} finding", "{n} findings", len(findings)),
        )
    )


def _plain(problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    import attrs

    return [attrs.asdict(problem) for problem in problems]


def _plain_finding(finding: Finding) -> dict[str, Any]:
    import attrs

    return {**attrs.asdict(finding), "severity": finding.severity.value}


@main.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("plan", type=FOLDER)
@click.option(
    "--mapping",
    metavar="NAME",
    help=_(
        "Where the columns go: a mapping file, or the name of one that comes with the kit. The template needs none."
    ),
)
@click.option("--language", type=click.Choice(["en", "fr"]), help=_("Which language to read, where there are two."))
@click.option(
    "--conflicts",
    type=click.Choice(["refuse", "keep", "take"]),
    default="refuse",
    show_default=True,
    help=_("Where the plan says something else: refuse, keep what the plan says, or take what the file says."),
)
@click.option("--dry-run", is_flag=True, help=_("Only say what would change."))
def import_(file: Path, plan: Path, mapping: str | None, language: str | None, conflicts: str, dry_run: bool) -> None:
    """Read the tables of FILE (.xlsx, .xls, .csv) into PLAN: a new plan, or one that is there."""
    from rdlib.tables import importing, telling

    done = importing.import_file(
        file,
        plan,
        importing.mapping_for(mapping, language),
        on_conflict=cast("OnConflict", conflicts),
        dry_run=dry_run,
    )
    for line in telling.told(done, file, plan, dry_run=dry_run):
        click.echo(line)
    if done.differences:
        sys.exit(1)


@main.command()
@click.argument("out", metavar="OUT.xlsx", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--force", is_flag=True, help=_("Replace a file that is there."))
def template(out: Path, force: bool) -> None:
    """Write a spreadsheet to fill in: a sheet for each table of a plan, with drop-downs."""
    from rdlib.tables.template import write_template

    write_template(out, replace=force)
    click.echo(_("The spreadsheet is {file}. Fill it in, then: rdlib import {file} my-plan").format(file=out))


@main.command()
@FORMAT
def exercises(form: str) -> None:
    """List the exercises: what they are called, where they are done, and what their checks can find."""
    from rdlib.rules import registry

    if form == "json":
        told = [
            {
                "id": each.id,
                "title": each.title,
                "rule": each.rule,
                "workbook": each.workbook,
                "findings": [kind.code for kind in each.kinds],
                "section": each.section,
            }
            for each in registry.exercises()
        ]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for each in registry.exercises():
        click.echo(f"{each.id:<5} {each.title}  ({each.workbook})")


@main.command()
@click.argument("plan", type=FOLDER, required=False)
def lab(plan: Path | None) -> None:
    """Open the workbooks in JupyterLab, on PLAN or on the plan that was chosen last."""
    from rdlib import lab as jupyter

    sys.exit(jupyter.start(plan))

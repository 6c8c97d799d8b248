"""What an import did, in sentences for the person who started it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rdlib.tables.importing import Imported
from rdlib.tables.mapping import label_of
from rdlib.words import _, format_number, plural

#: So many changed fields are named one by one.
NAMED = 40


def told(done: Imported, file: Path, plan: Path, *, dry_run: bool = False) -> Iterator[str]:
    """Give the sentences, one a line.

    Args:
        done: what was done.
        file: what was imported.
        plan: the plan's folder.
        dry_run: whether nothing was to be written.
    """
    yield from done.remarks
    if done.differences:
        yield from map(str, done.differences)
        said = _("Nothing was written: {n}. Decide with --conflicts keep (the plan) or --conflicts take (the file).")
        yield said.format(
            n=plural("{n} field says something else", "{n} fields say something else", len(done.differences))
        )
        return
    counts = [f"{label_of(table)}: {format_number(count)}" for table, count in done.added.items()]
    if counts:
        yield (_("Would be added: {rows}.") if dry_run else _("Added: {rows}.")).format(rows="; ".join(counts))
    if done.filled:
        changed = plural("{n} field", "{n} fields", len(done.filled))
        yield (_("Would change: {n}.") if dry_run else _("Changed: {n}.")).format(n=changed)
        yield from (f"  {path}" for path in done.filled[:NAMED])
        if len(done.filled) > NAMED:
            yield "  " + _("and {n} more").format(n=format_number(len(done.filled) - NAMED))
    if not counts and not done.filled:
        yield _("The plan says all of it already; nothing changed.")
    elif dry_run:
        yield _("Nothing was written. Without --dry-run, it goes into {plan}.").format(plan=plan)
    else:
        yield _("{file} is in the plan {plan}. To see what is missing or weak: rdlib check {plan}").format(
            file=file.name, plan=plan
        )

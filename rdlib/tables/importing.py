"""A file of tables into a plan: all of it, or nothing and every reason why not."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import attrs

from rdlib import paths
from rdlib.plan import PlanFolderError, PlanStore
from rdlib.plan import folder as on_disk
from rdlib.plan.nodes import Plain
from rdlib.plan.reading import Setting
from rdlib.tables.cells import Book
from rdlib.tables.columns import same
from rdlib.tables.files import read_book
from rdlib.tables.gather import Gathered, gather
from rdlib.tables.mapping import TableMapping
from rdlib.tables.merge import Difference, Measured, Merge, OnConflict, merge
from rdlib.tables.problems import ImportRefusedError, Spot, TableProblem, refusal
from rdlib.words import _


@attrs.frozen
class Imported:
    """What an import did, or would do.

    Attributes:
        new: whether the plan is new.
        added: how many rows were added, by table.
        filled: the paths of the fields that were empty or changed.
        remarks: what a person should know, in sentences.
        differences: what the plan and the file say differently; then nothing was written.
        priorities: the ids of the priorities that were added.
    """

    new: bool
    added: Mapping[str, int]
    filled: tuple[str, ...]
    remarks: tuple[str, ...]
    differences: tuple[Difference, ...] = ()
    priorities: tuple[str, ...] = ()


def import_file(
    file: Path, plan: Path, mapping: TableMapping, *, on_conflict: OnConflict = "refuse", dry_run: bool = False
) -> Imported:
    """Import the tables of a file into a plan.

    Args:
        file: a spreadsheet, or a text with separators.
        plan: the plan's folder; where there is none yet, a new plan is made there.
        mapping: where the columns go.
        on_conflict: what counts where the plan says something else: "refuse", "keep" (the plan) or "take" (the file).
        dry_run: only find out what would change.

    Returns:
        what was done. With differences, nothing was written.

    Raises:
        ImportRefusedError: something in the file cannot be read; nothing was written.
        PlanReadError: the plan cannot be read.
        PlanFolderError: the plan cannot be written.
        OSError: the file cannot be opened.
    """
    book = read_book(file)
    _expect_sheets(book, mapping)
    if plan.is_dir() and any(plan.iterdir()):
        return _into(PlanStore(plan), file, book, mapping, on_conflict, write=not dry_run)
    if plan.exists() and not plan.is_dir():
        raise PlanFolderError(_("{folder} is not a folder.").format(folder=plan))
    parent = plan.absolute().parent
    if not dry_run:
        parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=None if dry_run else parent, prefix=".import-") as made:
        fresh = Path(made) / "plan"
        store = PlanStore.create(fresh, paths.templates() / "plan")
        for unused in store.rows("priorities"):
            store.remove_priority(unused)
        for name in ("title", "fiscal_year_start"):
            store.set(f"plan/{name}", None)
        store.set("plan/language", mapping.language)
        if mapping.fiscal_start != 4:
            store.set("plan/fiscal_year_start", str(mapping.fiscal_start))
        done = _into(store, file, book, mapping, on_conflict, write=not dry_run)
        if not dry_run and not done.differences:
            shutil.rmtree(fresh / on_disk.OWN, ignore_errors=True)
            _move(fresh, plan)
    return attrs.evolve(done, new=True, filled=())


def _expect_sheets(book: Book, mapping: TableMapping) -> None:
    """Refuse a file without any of the sheets that may all be missing: it is another file than was meant."""
    names = [table.sheet for table in mapping.tables if table.sheet]
    there = {same(sheet.name) for sheet in book.sheets}
    if all(table.optional for table in mapping.tables) and not any(same(name) in there for name in names):
        found = _("none of the sheets {names}").format(names=", ".join(f"“{name}”" for name in names[:4]))
        accepted = _(
            "the spreadsheet that rdlib template writes; for any other, say where its columns go with --mapping"
        )
        raise refusal(book.name, found, accepted)


def mapping_for(name: str | None, language: str | None = None) -> TableMapping:
    """Return a mapping by its name or path; that of the template where none is named.

    Raises:
        MappingError: there is none of this name, or it cannot be used.
    """
    from rdlib.tables.mapping_file import find_mapping, read_mapping
    from rdlib.tables.template import template_mapping

    return template_mapping(language or "en") if name is None else read_mapping(find_mapping(name), language)


def _move(fresh: Path, plan: Path) -> None:
    """Give a finished plan its place, in one step."""
    try:
        if plan.exists():
            plan.rmdir()
        fresh.rename(plan)
    except OSError as error:
        raise on_disk.not_written(plan, error) from error


def _into(
    store: PlanStore, file: Path, book: Book, mapping: TableMapping, on_conflict: OnConflict, *, write: bool
) -> Imported:
    reading = store.read()
    setting = Setting.of(reading.plan)
    known: dict[str, dict[str, Plain]] = {"": store.content("plan")}
    known |= {id_: store.content(f"priorities/{id_}") for id_ in store.rows("priorities")}
    gathered = gather(book, mapping, known, _opener(file))
    if not gathered.problems and not _says_anything(gathered):
        raise refusal(file.name, _("nothing to import"), _("rows below the headings; an example row does not count"))
    measured = {
        f"priorities/{priority.id}/indicators/{indicator.id}": indicator.observations
        for priority in reading.plan.priorities
        for indicator in priority.indicators
    }
    merged = merge(gathered.draft, setting, on_conflict, measured)
    if problems := [*gathered.problems, *merged.problems]:
        raise ImportRefusedError(problems)
    done = Imported(False, merged.added_rows, tuple(merged.filled), tuple(gathered.remarks), tuple(merged.differences))
    if merged.differences:
        return done
    ids = _put(store, merged)
    unread = [problem for problem in store.read().problems if problem not in reading.problems]
    unread = [problem for problem in unread if not any(problem.where.endswith("/data_files") for _file in merged.files)]
    if unread:
        raise ImportRefusedError(
            [TableProblem(Spot(file.name), str(each), _("what the plan can read")) for each in unread]
        )
    if write:
        _save(store, merged)
    return attrs.evolve(done, priorities=tuple(ids))


def _says_anything(gathered: Gathered) -> bool:
    return bool(gathered.draft.page.leaves or gathered.draft.page.rows or gathered.draft.priorities)


def _opener(file: Path) -> Callable[[str], Book]:
    """Return what opens the files beside a file, each once."""
    books: dict[str, Book] = {}

    def open_file(name: str) -> Book:
        if name not in books:
            if Path(name).name != name:
                raise refusal(name, _("a name with a folder in it"), _("the name of a file beside the one imported"))
            try:
                books[name] = read_book(file.with_name(name))
            except OSError:
                accepted = _("this file in the folder of {file}: the mapping needs it").format(file=file.name)
                raise refusal(name, _("no such file"), accepted) from None
        return books[name]

    return open_file


def _put(store: PlanStore, merged: Merge) -> list[str]:
    """Bring what shall stand in the plan into the store."""
    for id_, content in merged.changed.items():
        store.rewrite(f"priorities/{id_}", content)
    page = {**merged.page}
    order = store.raw("plan/order")
    page["order"] = order if isinstance(order, str) else [*(order or ())]
    store.rewrite("plan", page)
    return store.add_priorities(merged.added) if merged.added else []


def _save(store: PlanStore, merged: Merge) -> None:
    """Write the data files and then the plan; where that fails, the data files are as they were."""
    before: dict[Path, bytes | None] = {}
    try:
        for name, rows in merged.files.items():
            path = store.folder / name
            before[path] = path.read_bytes() if path.exists() else None
            on_disk.replace(store.folder, name, _data_file(before[path], rows))
        store.save()
    except BaseException as error:
        for path, content in before.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)
        if isinstance(error, OSError):
            raise on_disk.not_written(store.folder, error) from error
        raise


def _data_file(before: bytes | None, rows: list[Measured]) -> bytes:
    """Return a data file with more rows; what stands in it stays as it is."""
    text = io.StringIO(newline="")
    columns = ["when", "value", "note"]
    delimiter = ","
    if before:
        first = before.decode("utf-8-sig").split("\n", 1)[0].strip()
        delimiter = max(",;\t", key=first.count)
        columns = [name.strip().lower() for name in first.split(delimiter)]
        text.write(before.decode("utf-8-sig"))
        if not before.endswith(b"\n"):
            text.write("\n")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    if not before:
        columns = columns if any(row.note for row in rows) else columns[:2]
        writer.writerow(columns)
    for row in rows:
        writer.writerow([attrs.asdict(row).get(name, "") for name in columns])
    return text.getvalue().encode("utf-8")

"""`flask import …`: files come in by the same way as in the browser, and are worked on the spot.

When the command is ended in the middle, the loop works on; nothing is stored twice.
"""

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from flask_babel import force_locale, gettext
from sqlalchemy.exc import OperationalError

from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.customers.csv_table import MOST_BYTES, WINDOWS, UnreadableTable
from surveys.customers.queries import brand_for
from surveys.database import begin_writing, db
from surveys.doors import spoken
from surveys.errors import N_, Refusal
from surveys.imports import queries, starting, undoing, uploading
from surveys.imports.error_file import HEADINGS
from surveys.imports.models import ImportRun
from surveys.imports.values import AMOUNTS, DATES, Settings
from surveys.imports.working import work_chunk
from surveys.locales import LANGUAGES
from surveys.masking import quoted
from surveys.work import one_by_one

AT_ONCE = 4

imports = AppGroup("import", help="Bring purchases, customers, responses or addresses in from files.")
OPTIONS = (
    click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    click.option("--brand", metavar="KEY", help="The brand of rows that name none."),
    click.option("--dates", type=click.Choice(DATES), help="The order of a date's parts."),
    click.option("--amounts", type=click.Choice(AMOUNTS), help="1,234.50, 1.234,50 or 123450."),
    click.option("--currency", metavar="EUR", help="The currency of rows that name none."),
    click.option("--survey", metavar="KEY", help="The survey of responses that name none."),
    click.option("--windows-1252", "is_windows", is_flag=True, help="The file is in Windows-1252."),
    click.option("--ignore-unknown", is_flag=True, help="Leave out columns that nobody knows."),
)


def for_a_file(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the file and what can be said of it."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@imports.command("purchases")
@for_a_file
def import_purchases(**said: Any) -> None:
    """Import purchases from a CSV file or an XLSX workbook.

    Columns are the field names of the API with dots: reference, placed_at, customer.email,
    total.amount (minor units, 1999 is 19.99), items.1.sku …, or other names for them, English or
    German. A repeated reference adds items. The same file can be imported again: purchases that
    are known are updated.
    """
    bring_in("purchases", **said)


@imports.command("customers")
@for_a_file
def import_customers(**said: Any) -> None:
    """Import customers from a CSV file or an XLSX workbook.

    Columns: reference, email, name, locale, time_zone, country, permission.basis,
    permission.at, permission.evidence, permission.confirmed_at, brand.
    """
    bring_in("customers", **said)


@imports.command("responses")
@for_a_file
def import_responses(**said: Any) -> None:
    """Import answers that were gathered elsewhere from a CSV file or an XLSX workbook.

    Columns: survey, submitted_at, score, comment, contact_permission (yes or no), locale,
    customer.email, customer.reference, purchase, external_id. They open no tasks. With
    external_id the same file can be imported again.
    """
    bring_in("responses", **said)


@imports.command("suppressions")
@for_a_file
def import_suppressions(**said: Any) -> None:
    """Import addresses that nobody may write to, one in each row."""
    bring_in("suppressions", **said)


@imports.command("list")
def list_imports() -> None:
    """List the latest imports, the newest first."""
    for run in queries.latest_runs():
        click.echo(
            f"{run.public_id}  {run.uploaded_at:%Y-%m-%d %H:%M}  {run.state:9} {run.kind}  {run.file_name}"
        )


@imports.command("undo")
@click.argument("import_id", metavar="ID")
def undo(import_id: str) -> None:
    """Take back what an import made; `flask import list` names it. What something came of stays."""
    begin_writing()
    try:
        run = queries.run_or_missing(import_id)
        undoing.begin_undoing(run, None, business_now())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        raise click.ClickException(spoken(refusal)) from None
    run = work_out(run.id, run.public_id, "Undoing")
    kept = ", ".join(f"{number} ({undoing.KEPT[reason]})" for reason, number in run.kept.items())
    click.echo(f"{run.removed} taken back" + (f"; stayed: {kept}." if kept else "."))


def bring_in(
    kind: str, file: Path, brand: str | None, is_windows: bool, ignore_unknown: bool, **said: str | None
) -> None:
    """Take the file in, start its import, work it to the end and say what came of it.

    Ends the command with a sentence when the file cannot be used, and with 1 when rows were refused.
    """
    try:
        run = started(kind, file, brand, is_windows, ignore_unknown, said)
    except Refusal as refusal:
        db.session.rollback()
        raise click.ClickException(spoken(refusal, with_codes=True)) from None
    run = work_out(run.id, run.public_id, "Storing")
    for row in queries.error_rows(run):
        click.echo(f"Line {row.line}: {row.reason}")
    if kind == "purchases" and (more := run.rows - run.created - run.updated - run.refused):
        click.echo(f"Rows: {run.rows}; of these more rows of the same purchases: {more}.")
    click.echo(f"{run.created} new, {run.updated} known already, {run.refused} rows refused.")
    if run.refused:
        raise click.exceptions.Exit(1)


def started(
    kind: str,
    file: Path,
    brand: str | None,
    is_windows: bool,
    ignore_unknown: bool,
    said: dict[str, str | None],
) -> ImportRun:
    """Return the import of the file, begun; raise Refusal when it cannot be used."""
    with file.open("rb") as stream:
        found = uploading.read_file(stream.read(MOST_BYTES + 1), kind)
    if found.encoding == WINDOWS and not is_windows:
        raise UnreadableTable(
            N_("The file is not UTF-8 but perhaps Windows-1252. If it is, say so: --windows-1252.")
        )
    begin_writing()
    chosen = brand_for(brand) if brand is not None else None
    zone = (chosen or next(iter(all_brands()), None)) if kind != "suppressions" else None
    run = uploading.keep(found, kind, file.name, chosen, zone.time_zone if zone else "UTC", business_now())
    changes = {name: value for name, value in said.items() if value is not None}
    starting.change(run, run.mapping, Settings(**{**run.settings, **changes}), chosen)
    if not ignore_unknown:
        check_known(run)
    starting.start(run, None, business_now())
    db.session.commit()
    return run


def check_known(run: ImportRun) -> None:
    """Raise UnreadableTable for columns that go nowhere: a typing mistake must not lose a column."""
    left_out = [name for name, field in zip(run.columns, run.mapping, strict=True) if field is None]
    ours = own_columns()
    unknown = [name for name in left_out if name not in ours]
    if unknown:
        raise UnreadableTable(
            N_(
                "Columns that are unknown or stand there twice: %(names)s. Remove them, check how they are"
                " spelt, or add --ignore-unknown."
            ),
            names=", ".join(f"“{quoted(name, 60)}”" for name in unknown[:20]),
        )


def own_columns() -> set[str]:
    """Return what the columns of ours in a file of errors are called, in every language."""
    found = set()
    for language in LANGUAGES:
        with force_locale(language):
            found |= {gettext(heading) for heading in HEADINGS}
    return found


def work_out(run_id: int, public_id: str, label: str) -> ImportRun:
    """Work a run to its end, with a bar; return it."""
    gc.freeze()  # What the process is made of stays; the collector need not look through it for every chunk.
    try:
        left = queries.left_to_do(run_id)
        with click.progressbar(length=left, label=label) as bar:
            while ids := queries.waiting_chunks(AT_ONCE, run_id):
                one_by_one(queries.JOB, ids, lambda chunk_id: work_chunk(chunk_id, business_now()))
                before, left = left, queries.left_to_do(run_id)
                bar.update(before - left)
        if left:
            raise click.ClickException(
                f"{left} rows could not be worked; the log says why. The loop tries them again by itself."
            )
        return queries.run_or_missing(public_id)
    except OperationalError as error:
        db.session.rollback()
        raise click.ClickException(
            f"The database did not answer ({type(error.orig).__name__}). What is stored stays as it is;"
            " the loop works the rest as soon as it runs."
        ) from None

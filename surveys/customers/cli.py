"""`flask import …`: what a shop has in files comes in. Other rooms add their subcommands."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError

from surveys.clock import business_now
from surveys.customers import columns
from surveys.customers.batches import Batch, Batches, customer_batches, purchase_batches
from surveys.customers.csv_table import MOST_BYTES, Table, TableRow, read_table
from surveys.customers.importing import ImportReport, store_customers, store_purchases
from surveys.customers.queries import brand_for
from surveys.database import begin_writing, db
from surveys.doors import spoken
from surveys.errors import Refusal

CHUNK = 100  # Records in one transaction: others who write wait for less than a second.
Record = TypeVar("Record")
Store = Callable[[Sequence[Batch[Record]], str | None, datetime, ImportReport], None]

imports = AppGroup("import", help="Bring purchases, customers or responses in from CSV files.")
a_file = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
for_brand = click.option("--brand", metavar="KEY", help="The brand of rows that name none.")


@imports.command("purchases")
@a_file
@for_brand
def import_purchases(file: Path, brand: str | None) -> None:
    """Import purchases from a CSV file in UTF-8.

    Columns are the field names of the API with dots: reference, placed_at, customer.email,
    total.amount (minor units, 1999 is 19.99), items.1.sku … A repeated reference adds items.
    The same file can be imported again: purchases that are known are updated.
    """
    table = open_table(file, brand, columns.is_purchase_column, columns.PURCHASE_REQUIRED)
    finish(bring_in(table, brand, purchase_batches, store_purchases))


@imports.command("customers")
@a_file
@for_brand
def import_customers(file: Path, brand: str | None) -> None:
    """Import customers from a CSV file in UTF-8.

    Columns: reference, email, name, locale, time_zone, country, permission.basis,
    permission.at, brand.
    """
    table = open_table(file, brand, columns.is_customer_column, columns.CUSTOMER_REQUIRED)
    finish(bring_in(table, brand, customer_batches, store_customers))


def open_table(
    file: Path, brand: str | None, is_column: Callable[[str], bool], required: Sequence[Sequence[str]]
) -> Table:
    """Return the file's table; end the command with a sentence when it cannot be used at all."""
    with file.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    try:
        table = read_table(data, is_column, required)
        if brand is not None or "brand" not in table.columns:
            brand_for(brand)
    except Refusal as refusal:
        raise click.ClickException(spoken(refusal)) from None
    return table


def bring_in(
    table: Table,
    brand: str | None,
    batches_of: Callable[[Iterable[TableRow]], Batches[Record]],
    store: Store[Record],
) -> ImportReport:
    """Read the table's rows and store them in chunks, with a bar for each; return what came of it."""
    with click.progressbar(table.rows, label="Reading") as rows:
        batches = batches_of(rows)
    report = ImportReport(refused=[*table.refused, *batches.refused])
    with click.progressbar(length=len(batches.good), label="Storing") as bar:
        for start in range(0, len(batches.good), CHUNK):
            chunk = batches.good[start : start + CHUNK]
            db.session.rollback()
            begin_writing()
            try:
                store(chunk, brand, business_now(), report)
                db.session.commit()
            except OperationalError as error:
                db.session.rollback()
                raise click.ClickException(
                    f"The database did not answer ({type(error.orig).__name__}); {start} records are stored."
                    " Run the same command again: what is stored stays as it is."
                ) from None
            bar.update(len(chunk))
    return report


def finish(report: ImportReport) -> None:
    """Print what came of an import; exit with 1 when rows were refused."""
    for row in sorted(report.refused, key=lambda row: row.line):
        click.echo(f"Line {row.line}: {row.reason}")
    click.echo(f"{report.created} new, {report.updated} known already, {len(report.refused)} rows refused.")
    if report.refused:
        raise click.exceptions.Exit(1)

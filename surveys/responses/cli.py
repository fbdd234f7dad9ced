"""`flask import responses FILE.csv`: answers that were gathered elsewhere come in."""

from pathlib import Path

from surveys.customers.cli import a_file, bring_in, finish, for_brand, imports, open_table
from surveys.responses.importing import store_responses
from surveys.responses.rows import REQUIRED, is_column, response_batches


@imports.command("responses")
@a_file
@for_brand
def import_responses(file: Path, brand: str | None) -> None:
    """Import responses from a CSV file in UTF-8.

    Columns: survey, submitted_at, score, comment, contact_permission (yes or no), locale,
    customer.email, customer.reference, purchase, external_id. They open no tasks. With
    external_id the same file can be imported again.
    """
    table = open_table(file, brand, is_column, REQUIRED)
    finish(bring_in(table, brand, response_batches, store_responses))

"""`flask import responses` from a file to the rows and back to a report."""

import pytest
from sqlalchemy import select

from surveys.customers.csv_table import TableRow, read_csv
from surveys.customers.importing import ImportReport
from surveys.database import db
from surveys.responses.importing import store_responses
from surveys.responses.models import Response
from surveys.responses.rows import is_column, response_batches

FILE = """survey,score,comment,submitted_at,customer.email,external_id
nps,3,"Late, and broken",2026-03-01T10:00:00Z,dora@example.test,x-1
nps,12,off the scale,2026-03-01T10:00:00Z,,x-2
csat,5,,2026-03-02T10:00:00Z,,x-3
nosuch,5,,2026-03-02T10:00:00Z,,x-4
nps,9,from the future,2199-03-02T10:00:00Z,,x-5
"""


def store(text, now):
    report = ImportReport()
    table = read_csv(text.encode(), is_column)
    rows = [TableRow(row.line, dict(zip(table.columns, row.cells, strict=True))) for row in table.rows]
    filled = [TableRow(row.line, {name: cell for name, cell in row.cells.items() if cell}) for row in rows]
    batches = response_batches(filled)
    store_responses(batches.good, None, now, report)
    return report


def test_good_rows_are_stored_as_imported_and_bad_ones_reported_by_line(make, now):
    make.brand(), make.survey()
    report = store(FILE, now)
    assert (report.created, report.updated) == (2, 0)
    assert [row.line for row in report.refused] == [3, 5, 6]
    assert "scale" in str(report.refused[0].refusal)
    responses = db.session.scalars(select(Response).order_by(Response.id)).all()
    assert [(each.score, each.group, each.channel) for each in responses] == [
        (3, "detractor", "import"),
        (5, "satisfied", "import"),
    ]


@pytest.mark.once
def test_the_same_file_again_stores_nothing_twice(make, now):
    make.brand(), make.survey()
    store(FILE, now)
    report = store(FILE, now)
    assert (report.created, report.updated) == (0, 2)
    assert len(db.session.scalars(select(Response)).all()) == 2


@pytest.mark.parametrize(("text", "code"), [(FILE, 1), ("\n".join(FILE.splitlines()[:2]), 0)])
def test_the_command_says_what_came_of_it(app, make, tmp_path, text, code):
    make.brand(), make.survey()
    db.session.rollback()
    file = tmp_path / "answers.csv"
    file.write_text(text)
    result = app.test_cli_runner().invoke(args=["import", "responses", str(file)])
    assert result.exit_code == code, result.output
    assert ("Line 3:" in result.output) == bool(code)
    assert "rows refused" in result.output


def test_rows_of_an_anonymous_survey_are_refused_where_they_name_somebody(make, now):
    make.brand(), make.anonymous()
    report = store(
        "survey,score,submitted_at,customer.email\n"
        "nps,3,2026-03-01T10:00:00Z,dora@example.test\n"
        "nps,9,2026-03-01T10:00:00Z,\n",
        now,
    )

    assert (report.created, [row.line for row in report.refused]) == (1, [2])
    assert "without a customer" in str(report.refused[0].refusal)

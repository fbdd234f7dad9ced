"""Export: a file that can be opened without harm and read in again without loss."""

import csv
import io
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from feedback.analysis.models import Analysis
from feedback.insights.cli import export_responses
from feedback.insights.exporting import PERSON, csv_of_responses, line
from feedback.insights.listing import Wanted
from surveys.audit.models import AuditEvent
from surveys.database import db
from surveys.responses.cells import TRIGGERS, restored

comments = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


def read_rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def exported(now, **options):
    return "".join(csv_of_responses(Wanted(), now, **({"personal": True} | options)))


@given(st.lists(st.one_of(comments, st.integers(-5, 10), st.none()), min_size=2, max_size=5))
def test_a_line_is_read_back_as_it_was_and_begins_no_formula(values):
    (cells,) = csv.reader(io.StringIO(line(values), newline=""))

    for cell, value in zip(cells, values, strict=True):
        if isinstance(value, str):
            assert restored(cell) == value
            assert cell[:1] not in TRIGGERS
        else:
            assert cell == ("" if value is None else str(value))


def test_texts_are_quoted_numbers_are_bare_and_nothing_is_nothing():
    assert line(["a", 'say "no"', 3, -0.5, None, ""]) == '"a","say ""no""",3,-0.5,,""\r\n'


def test_a_response_leaves_with_its_reading_and_its_customer(make, now):
    customer = make.customer("Dora", reference="C-7", email="dora@example.test")
    purchase = make.purchase(customer, reference="A-1", ship_country="AT", carrier="Postbus")
    response = make.response(3, "=HYPERLINK(1)", customer=customer, purchase=purchase)
    make.keep(
        Analysis(
            response=response, language="en", label="negative", polarity=-0.5, subjectivity=0.4,
            analyzer="textblob", analysed_at=now,
        )
    )  # fmt: skip

    (row,) = read_rows(exported(now))

    assert row["comment"] == "'=HYPERLINK(1)"
    assert (row["survey"], row["score"], row["group"]) == ("nps", "3", "detractor")
    assert (row["submitted_at"], row["partial"]) == ("2026-03-10T11:00:00Z", "no")
    assert (row["country"], row["carrier"], row["purchase"]) == ("AT", "Postbus", "A-1")
    assert (row["customer.reference"], row["customer.email"]) == ("C-7", "dora@example.test")
    assert (row["analysis.label"], row["analysis.polarity"]) == ("negative", "-0.5")


def test_without_personal_data_no_column_says_who_answered(make, now):
    customer = make.customer("Dora", reference="C-7", email="dora@example.test")
    make.response(3, customer=customer, purchase=make.purchase(customer, reference="A-1"))

    text = exported(now, personal=False)

    assert not set(PERSON) & set(read_rows(text)[0])
    assert not any(word in text for word in ("Dora", "C-7", "dora@", "A-1"))


def test_many_responses_leave_in_pages_the_newest_first(make, now):
    customer = make.customer()
    for minutes in range(7):
        make.response(9, str(minutes), customer=customer, submitted_at=now - timedelta(minutes=minutes))

    assert [row["comment"] for row in read_rows(exported(now))] == list("0123456")


def test_an_export_by_command_is_noted(app, make):
    make.response(9, "Fine")

    run = app.test_cli_runner().invoke(export_responses, ["--brand", "demo"])

    (row,) = db.session.scalars(select(AuditEvent))
    assert "Fine" in run.output and (row.way, row.action, row.object_id) == (
        "command",
        "export responses",
        "demo",
    )

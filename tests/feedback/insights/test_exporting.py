"""Export: a file that can be opened without harm and read in again without loss."""

import csv
import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from feedback.analysis.models import Analysis, Mention
from feedback.insights.cli import export_responses
from feedback.insights.exporting import PERSON, csv_of_responses
from feedback.insights.listing import Wanted
from feedback.insights.selection import Selection
from surveys.audit.models import AuditEvent
from surveys.database import db
from surveys.questionnaires.publishing import publish
from surveys.questionnaires.starters import NPS
from surveys.responses.cells import TRIGGERS, line, restored
from tests.surveys.questionnaires.asking import row

comments = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)


def read_rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def exported(now, wanted=None, **options):
    return "".join(csv_of_responses(wanted or Wanted(), now, **({"personal": True} | options)))


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


@pytest.mark.once
def test_a_response_leaves_with_its_reading_and_its_customer(make, now):
    customer = make.customer("Dora", reference="C-7", email="dora@example.test")
    purchase = make.purchase(customer, reference="A-1", ship_country="AT", carrier="Postbus")
    response = make.response(3, "=HYPERLINK(1)", customer=customer, purchase=purchase, analysed_at=now)
    make.keep(
        Analysis(
            response=response, language="en", label="negative", polarity=-0.5, subjectivity=0.4,
            p_negative=0.7, p_neutral=0.1, p_positive=0.2,
            analyzer="textblob", analysed_at=now,
            mentions=[
                Mention(kind="theme", code=code, start=start, end=9)
                for code, start in (("PRICE", 4), ("DELIVERY.LATE", 1), ("PRICE", 7))
            ],
        )
    )  # fmt: skip

    (row,) = read_rows(exported(now))

    assert row["comment"] == "'=HYPERLINK(1)"
    assert (row["survey"], row["score"], row["group"]) == ("nps", "3", "detractor")
    assert (row["submitted_at"], row["partial"]) == ("2026-03-10T11:00:00Z", "no")
    assert (row["country"], row["carrier"], row["purchase"]) == ("AT", "Postbus", "A-1")
    assert (row["customer.reference"], row["customer.email"]) == ("C-7", "dora@example.test")
    assert (row["analysis.label"], row["analysis.polarity"]) == ("negative", "-0.5")
    chances = [row[f"analysis.p_{side}"] for side in ("negative", "neutral", "positive")]
    assert (chances, row["analysis.flag"]) == (["0.7", "0.1", "0.2"], "")
    assert row["analysis.themes"] == "DELIVERY.LATE; PRICE"


@pytest.mark.once
def test_without_personal_data_no_column_says_who_answered(make, now):
    customer = make.customer("Dora", reference="C-7", email="dora@example.test")
    make.response(3, customer=customer, purchase=make.purchase(customer, reference="A-1"))

    text = exported(now, personal=False)

    assert not set(PERSON) & set(read_rows(text)[0])
    assert not any(word in text for word in ("Dora", "C-7", "dora@", "A-1"))


HOUR = timedelta(hours=1)
QUESTIONS = [
    row("q1", "reasons", reasons={"": ["PRICE", "DELIVERY.LATE"]}),
    row("q2", "many", choices=["red", "blue"], other=True),
    row("q3", "contact"),
    row("q4", "scale", low=-1, high=3),
    row("q5", "number"),
    row("q6"),
]
GIVEN = {
    "q1": ["PRICE", "DELIVERY.LATE"],
    "q2": ["red", "other"],
    "q2.text": "Teal",
    "q3.name": "Dora",
    "q3.phone": "+49 171 555",
    "q4": "-1",
    "q5": -7,
    "q6": "=1+1",
}


def asking_more(make, now):
    survey = make.survey()
    publish(survey, {**NPS, "questions": QUESTIONS}, now)
    return make.response(3, version=survey.current, answers=GIVEN, locale="de")


@pytest.mark.once
def test_further_answers_have_a_column_for_each_question(make, now):
    asking_more(make, now)
    make.response(9, submitted_at=now - timedelta(hours=1), version=make.survey().versions[0])
    make.survey("csat")
    more, plain = read_rows(exported(now))

    told = {name: more[f"answers.nps.{name}"] for name in ("q1", "q2", "q3", "q4", "q5", "q6")}
    assert told == {
        "q1": "PRICE; DELIVERY.LATE",
        "q2": "Red; Teal",
        "q3": "Dora; +49 171 555",
        "q4": "-1",
        "q5": "-7",
        "q6": "'=1+1",
    }
    assert plain["answers.nps.q1"] == ""
    only_csat = exported(now, wanted=Wanted(Selection("csat")))
    assert "answers." not in only_csat


@pytest.mark.once
def test_contact_details_leave_with_persons_alone(make, now):
    asking_more(make, now)
    text = exported(now, personal=False)

    assert "answers.nps.q1" in text and "answers.nps.q3" not in text
    assert not any(words in text for words in ("Dora", "171 555"))


def noting(make, now):
    """A link in Berlin whose address may tell the table, and whatever the shop likes."""
    link = make.link(attributes={"store": "Berlin", "table": ""})
    noted = {"store": "Berlin", "table": "=5", "ref": "A-77", "colour": "red"}
    make.response(9, link=link, attributes=noted, submitted_at=now)
    make.response(
        3, link=link, attributes={"store": "Berlin"}, attributes_verified=True, submitted_at=now - HOUR
    )
    make.response(8, submitted_at=now - 2 * HOUR)


@pytest.mark.once
def test_what_open_links_noted_has_a_column_for_each_name(make, now):
    noting(make, now)
    first, second, by_mail = read_rows(exported(now))

    columns = [name for name in first if name.startswith("attributes")]
    assert columns == [
        "attributes_verified",
        *(f"attributes.{name}" for name in ("colour", "ref", "store", "table")),
    ]
    assert [first[name] for name in columns] == ["no", "red", "A-77", "Berlin", "'=5"]
    assert [second[name] for name in columns] == ["yes", "", "", "Berlin", ""]
    assert [by_mail[name] for name in columns] == [""] * 5
    make.survey("csat")
    assert "attributes" not in exported(now, wanted=Wanted(Selection("csat")))


def test_without_persons_only_what_the_links_say_themselves_leaves(make, now):
    noting(make, now)
    text = exported(now, personal=False)

    first = read_rows(text)[0]
    assert [name for name in first if name.startswith("attributes.")] == ["attributes.store"]
    assert (
        first["attributes.store"] == "Berlin"
        and "A-77" not in text
        and "red" not in text.replace("shared", "")
    )


@pytest.mark.once
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


@pytest.mark.once
def test_without_personal_data_comments_are_covered(make, now):
    make.response(3, "Mail dora@example.org or call Mrs Smith")

    assert "Mail [mail address] or call Mrs [name]" in exported(now, personal=False)
    assert "Mail dora@example.org or call Mrs Smith" in exported(now)


def test_words_against_the_score_leave_with_their_flag(make, now):
    response = make.response(1, "Wonderful.", analysed_at=now)
    make.keep(
        Analysis(
            response=response, label="positive", polarity=0.9, p_negative=0.0, p_neutral=0.05, p_positive=0.95,
            analyzer="a", analysed_at=now,
        )
    )  # fmt: skip

    (row,) = read_rows(exported(now))

    assert row["analysis.flag"] == "scale_reversal"

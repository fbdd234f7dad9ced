"""Somebody is erased: nothing of them is left, and the score still counts."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from feedback.analysis.models import Analysis
from feedback.insights.reporting import report
from feedback.insights.selection import Selection
from feedback.overview.merging import merge
from feedback.privacy.erasing import Means, erase, erase_again
from feedback.privacy.models import Erasure
from feedback.privacy.proof import address_hash, subject_hash
from surveys.channels.message import Message
from surveys.channels.outbox import Outbox
from surveys.customers.models import Customer, OrderEvent, PrivacyRequest
from surveys.database import db
from surveys.imports.models import ImportChunk
from surveys.permission.models import Suppression
from surveys.responses.models import Response
from tests.feedback.privacy.people import EMAIL, traces, wanda

SECRET = "a secret of this test, long enough"


@pytest.fixture
def means(tmp_path):
    return Means(SECRET, Outbox(tmp_path / "outbox"), "command")


def gone(customer, now, means):
    row = erase(customer, now, means)
    db.session.commit()
    return row


def test_no_trace_is_left_in_any_table(make, now, means):
    person = wanda(make)
    assert len({trace.partition(".")[0] for trace in traces()}) >= 14

    gone(person, now, means)

    # The mask of the list of addresses is all that is left, and says hardly anything: w***@c***.test.
    assert traces() == []


def test_contact_details_given_by_a_link_belong_to_the_address(make, now, means):
    person = wanda(make)
    link = make.link()
    theirs = make.response(3, "It broke.", link=link, answers={"q1.email": EMAIL.upper()})
    others = make.response(3, "It broke.", link=link, answers={"q1.email": f"x{EMAIL}"})

    gone(person, now, means)

    assert (theirs.comment, theirs.answers) == (None, {})
    assert others.answers == {"q1.email": f"x{EMAIL}"}


def test_the_score_still_counts_with_its_reading_and_its_day(make, now, means):
    person = wanda(make)
    before = report(Selection(), now).focus.measure

    gone(person, now, means)

    response = db.session.scalars(select(Response)).one()
    assert report(Selection(), now).focus.measure == before
    assert (response.score, response.group, response.customer_id, response.comment) == (
        2,
        "detractor",
        None,
        None,
    )
    assert response.submitted_at == datetime(2026, 3, 9, 23, 0, tzinfo=UTC)  # midnight of 10 March in Berlin
    assert db.session.scalars(select(Analysis.label)).one() == "negative"


def test_another_customer_keeps_everything(make, now, means):
    other = make.response(3, "Mine", customer=make.customer("Paula"))
    make.task(other)
    rows = {t.name: db.session.scalar(select(func.count()).select_from(t)) for t in db.metadata.sorted_tables}
    person = wanda(make)

    gone(person, now, means)

    left = {t.name: db.session.scalar(select(func.count()).select_from(t)) for t in db.metadata.sorted_tables}
    assert all(left[name] >= number for name, number in rows.items())
    assert db.session.get(Response, other.id).comment == "Mine"


@pytest.mark.once
def test_an_objection_holds_without_the_address(make, now, means):
    gone(wanda(make), now, means)

    entry = db.session.scalars(select(Suppression)).one()
    assert (entry.masked, entry.released_at) == ("w***@c***.test", None)


@pytest.mark.once
def test_the_register_of_requests_keeps_that_it_was_done(make, now, means):
    gone(wanda(make), now, means)

    request = db.session.scalars(select(PrivacyRequest)).one()
    assert (request.done_at, request.email, request.told) == (now, None, {})


@pytest.mark.once
def test_what_the_shop_sent_is_emptied_and_not_read_in_again(make, now, means):
    gone(wanda(make), now, means)

    event = db.session.scalars(select(OrderEvent)).one()
    assert (event.body, event.read_at) == (b"", now) and event.body_hash


@pytest.mark.once
def test_a_file_that_waits_loses_only_the_persons_line(make, now, means):
    gone(wanda(make), now, means)

    (chunk,) = db.session.scalars(select(ImportChunk))
    assert chunk.rows == '[[2, ["C-9", "paula@example.test"]]]'


def test_kept_mails_to_the_person_are_deleted(make, now, means):
    person = wanda(make)
    for message_id, to in (("<1@shop.test>", EMAIL), ("<2@shop.test>", "paula@example.test")):
        means.outbox.deliver(
            Message("", to, "Shop", "shop@shop.test", None, "How was it?", "Hello", None, message_id)
        )

    proof = gone(person, now, means)

    assert [mail.name for mail in means.outbox.newest(9)] == ["2@shop.test"]
    assert proof.counts["mails"] == 1


def test_the_proof_names_nobody_and_can_be_recognised(make, now, means):
    person = wanda(make)
    public_id = person.public_id

    proof = gone(person, now, means)

    assert proof.subject_hash == subject_hash(SECRET, public_id)
    assert proof.address_hash == address_hash(SECRET, EMAIL.upper())
    assert (proof.counts["customer"], proof.counts["scores_kept"], proof.counts["response"]) == (1, 1, 1)


def test_a_restored_copy_forgets_again(make, now, means):
    back, other = wanda(make), make.customer("Paula")
    subjects = {subject_hash("an older secret of this installation", back.public_id)}

    done = erase_again(subjects, (SECRET, "an older secret of this installation"), now, means)
    db.session.commit()

    assert len(done) == 1
    assert list(db.session.scalars(select(Customer.id))) == [other.id]


def test_a_merged_duplicate_is_the_same_person(make, now, means):
    keeper, duplicate = wanda(make), make.customer("W. Wieder", email="w2@canary.test")
    merge(keeper, duplicate, None, now)
    db.session.commit()

    gone(duplicate, now, means)

    assert traces() == [] and not db.session.scalars(select(Customer)).all()
    assert len(db.session.scalars(select(Erasure)).all()) == 2

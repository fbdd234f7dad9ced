"""What has been kept long enough goes by itself."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from feedback.follow_up.models import Task
from feedback.privacy.forgetting import Periods, forget_expired, report
from feedback.privacy.models import ForgettingRun, OwnDataLink
from feedback.privacy.own_page.requesting import request_link
from surveys.audit.noting import note
from surveys.customers.models import Customer, OrderEvent, Purchase
from surveys.database import db
from surveys.invitations.models import Invitation
from surveys.responses.models import Response
from tests.factories import Make

PERIODS = Periods(24, 12)


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def old_story(make, months, **values):
    """A purchase, asked about and answered, `months` before now."""
    then = Make(make.now - timedelta(days=30.5 * months))
    then.count = make.count
    customer = then.customer(f"Old {months}")
    purchase = then.purchase(customer)
    invitation = then.invitation(purchase)
    return then.response(
        3, "Late", customer=customer, purchase=purchase, invitation=invitation, **values
    ), then


@pytest.mark.once
def test_after_24_months_the_score_stays_without_the_person(make, now):
    old, then = old_story(make, 25)
    then.task(old, state="closed", outcome="no_answer", closed_at=then.now)
    young, _ = old_story(make, 23)

    done = forget_expired(now, PERIODS)
    db.session.commit()

    assert (done["answers"], done["purchases"], done["customers"]) == (1, 1, 1)
    assert (old.score, old.comment, old.customer_id) == (3, None, None)
    assert (young.comment, young.customer.name) == ("Late", "Old 23")
    assert [count(model) for model in (Task, Purchase, Invitation, Customer)] == [0, 1, 1, 1]
    assert not forget_expired(now, PERIODS)


def test_what_somebody_unknown_wrote_goes_too(make, now):
    then = {"link": make.link(), "submitted_at": now - timedelta(days=800)}
    wrote = make.response(9, answers={"q1.email": "dora@private.example"}, **then)
    came = make.response(9, attributes={"table": "4"}, **then)

    assert forget_expired(now, PERIODS)["answers"] == 2
    db.session.commit()
    assert (wrote.answers, came.attributes) == ({}, {})
    assert forget_expired(now, PERIODS)["answers"] == 0


def test_an_open_case_waits_until_it_is_closed(make, now):
    old, then = old_story(make, 30)
    then.task(old)

    forget_expired(now, PERIODS)

    assert (old.comment, count(Purchase), count(Customer)) == ("Late", 1, 1)


@pytest.mark.once
def test_turns_in_programmes_go_after_their_round_and_keep_nobody(make, now):
    old, then = old_story(make, 25)
    then.turn(old.customer, ended_at=now - timedelta(days=30.5 * 25))
    then.turn(old.customer, "refused", ended_at=now, reason="no_address")
    asked = make.turn()
    done = forget_expired(now, PERIODS)

    assert (done["turns"], done["customers"]) == (1, 1)
    assert db.session.scalars(select(Invitation)).all() == [asked]


def test_raw_messages_are_emptied_after_30_days_and_rows_of_changes_after_12_months(make, now):
    for days in (29, 31):
        at = now - timedelta(days=days)
        make.keep(
            OrderEvent(
                brand=make.brand(), source="hook", body=b"{}", body_hash=str(days), received_at=at, read_at=at
            )
        )
    for months in (11, 13):
        note("team.switch", now - timedelta(days=30.5 * months), way="page")

    done = forget_expired(now, PERIODS)
    report(done, now)

    assert (done["order_events"], done["audit_events"]) == (1, 1)
    assert list(db.session.scalars(select(OrderEvent.body).order_by(OrderEvent.id))) == [b"{}", b""]
    assert db.session.scalars(select(ForgettingRun)).one().counts == {"order_events": 1, "audit_events": 1}


def test_a_limit_leaves_the_rest_for_the_next_time(make, now):
    for months in (25, 26, 27):
        old_story(make, months)

    assert forget_expired(now, PERIODS, limit=2)["answers"] == 2
    assert forget_expired(now, PERIODS, limit=2)["answers"] == 1
    assert count(Response) == 3


def test_the_reports_of_one_day_are_one(make, now):
    for counts in ({"answers": 2}, {}, {"answers": 1, "files": 1}):
        report(Counter(counts), now)
    report(Counter({"answers": 1}), now + timedelta(days=1))

    runs = db.session.scalars(select(ForgettingRun).order_by(ForgettingRun.id))
    assert [run.counts for run in runs] == [{"answers": 3, "files": 1}, {"answers": 1}]


def test_links_to_ones_own_data_go_after_a_day(make, now):
    for days in (0, 2):
        at = now - timedelta(days=days)
        request_link(make.customer(), "disclosure", "en", at)
    forget_expired(now, PERIODS)

    assert count(OwnDataLink) == 1

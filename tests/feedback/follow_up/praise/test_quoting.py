"""Only the customer says whether they may be quoted, and can take it back."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from feedback.follow_up.praise import models, queries
from feedback.follow_up.praise.quoting import allow, may_be_quoted, take_back
from surveys.audit.models import AuditEvent
from surveys.database import db
from surveys.errors import Conflict, Refusal

DAY = timedelta(days=1)


def listed():
    return [each.text for each in queries.testimonials(10).items]


def test_what_is_allowed_is_listed_until_it_is_taken_back(make, now):
    response = make.response(10, "Lovely shop")

    allow(response, "first_name", now)
    assert listed() == ["Lovely shop"]

    take_back(response, now + DAY)
    assert listed() == []
    assert db.session.scalar(select(models.Testimonial.revoked_at)) == now + DAY


def test_saying_it_again_changes_the_name_and_keeps_one_row(make, now):
    response = make.response(10, "Lovely shop")
    allow(response, "first_name", now)
    take_back(response, now)

    found = allow(response, "anonymous", now + DAY)

    assert (found.signed, found.granted_at, found.revoked_at) == ("anonymous", now + DAY, None)
    assert db.session.scalar(select(func.count()).select_from(models.Testimonial)) == 1


def test_a_second_press_does_not_move_the_day(make, now):
    response = make.response(10, "Lovely shop")
    allow(response, "initial", now)

    assert allow(response, "initial", now + DAY).granted_at == now


def test_words_that_were_corrected_or_excluded_since_are_not_quoted(make, now):
    corrected, excluded = make.response(10, "Lovely shop"), make.response(9, "Nice")
    for response in (corrected, excluded):
        allow(response, "first_name", now)
    corrected.comment = "Not so lovely"
    excluded.excluded_at, excluded.excluded_reason = now, "other"
    db.session.commit()

    assert listed() == []


@pytest.mark.once
@pytest.mark.parametrize(
    ("score", "comment", "values"),
    [
        (3, "Bad", {}),
        (8, "So so", {}),
        (10, None, {}),
        (10, "Half", {"is_partial": True}),
    ],
)
def test_nobody_asks_about_what_is_not_praise(make, now, score, comment, values):
    response = make.response(score, comment, **values)

    assert not may_be_quoted(response)
    with pytest.raises(Conflict):
        allow(response, "first_name", now)


def test_another_name_than_those_on_offer_is_refused(make, now):
    with pytest.raises(Refusal):
        allow(make.response(10, "Lovely"), "full_name", now)
    assert db.session.scalar(select(models.Testimonial.id)) is None


def test_what_was_said_when_is_written_down(make, now):
    response = make.response(10, "Lovely shop")
    allow(response, "first_name", now)
    take_back(response, now + DAY)
    take_back(response, now + 2 * DAY)
    db.session.commit()

    events = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "own_page.quote")).all()
    assert [event.at for event in events] == [now, now + DAY]


def test_taking_back_what_was_never_allowed_changes_nothing(make, now):
    take_back(make.response(10, "Lovely"), now)

    assert db.session.scalar(select(models.Testimonial.id)) is None

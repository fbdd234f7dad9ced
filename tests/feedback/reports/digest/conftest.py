"""Ben, who gets a view by mail every Monday, and the mornings on which it comes."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from feedback.reports.digest.subscribing import subscribe
from feedback.reports.models import ReportMail
from surveys.database import db
from surveys.invitations.post import Post

POST = Post("https://feedback.test", "survey@shop.test", "a secret of these tests, long enough")
MONDAY = datetime(2026, 3, 16, 7, 0, tzinfo=UTC)  # eight in Berlin, the first one after `now`


@pytest.fixture
def ben(make, now, save):
    """Ben with the view "All answers" by mail."""
    make.brand()
    ben = make.staff("Ben")
    subscribe(ben, save(ben), "weekly", now)
    db.session.commit()
    return ben


def mails():
    return list(db.session.scalars(select(ReportMail).order_by(ReportMail.last_day)))

"""How often the page behind a link opens: a minute's worth at once, then one by one, and a plain page instead."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from feedback.reports.links import pacing
from feedback.reports.models import ReportLink
from surveys.clock import real_now
from surveys.database import db
from tests.feedback.reports.links.test_views import the_link

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@given(looks=st.lists(st.floats(0, 30), min_size=1, max_size=300))
def test_in_no_minute_more_than_two_minutes_worth_opens_and_in_the_long_run_one(looks):
    at, next_at, opened = NOON, None, []
    for pause in looks:
        at += timedelta(seconds=pause)
        if pacing.has_place(next_at, at):
            next_at = max(next_at or at, at) + pacing.STEP
            opened.append(at)
    for first in opened:
        within = [each for each in opened if first <= each < first + pacing.MINUTE]
        assert len(within) <= 2 * pacing.PER_MINUTE
    assert len(opened) <= pacing.PER_MINUTE * (1 + (at - NOON) / pacing.MINUTE)


def test_who_comes_too_often_gets_a_plain_page_and_others_links_work_on(make_today, signed_in, client, save):
    now, ada = make_today.now, make_today.staff("Ada", role="owner")
    browser, view = signed_in(ada), save(ada, at=now)
    flooded, other = the_link(browser, view), the_link(browser, view)
    assert client.get(flooded).status_code == 200
    link = db.session.scalar(select(ReportLink).order_by(ReportLink.id))
    assert link.next_at is not None
    link.next_at = full = real_now() + 2 * pacing.MINUTE
    db.session.commit()

    page = client.get(flooded)
    assert page.status_code == 429 and page.headers["Retry-After"] == "60"
    assert "opened very often" in page.text and "Wait a minute" in page.text and "/insights" not in page.text
    assert client.get(other).status_code == 200
    db.session.expire_all()
    assert db.session.scalar(select(ReportLink).order_by(ReportLink.id)).next_at == full, "nothing written"

    link = db.session.scalar(select(ReportLink).order_by(ReportLink.id))
    link.next_at = real_now() - pacing.MINUTE
    db.session.commit()
    assert client.get(flooded).status_code == 200

"""Links to a view over the web: made, opened by strangers, ended."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.insights.watching.marking import mark
from feedback.reports.models import ReportLink
from surveys.audit.models import AuditEvent
from surveys.database import db


def the_link(browser, view, days="30"):
    page = browser.post(f"/insights/reports/{view.public_id}/links", data={"days": days})
    assert page.status_code == 200, page.text
    return re.search(r"http://[^<\s]+(/shared/[\w-]{44})", page.text)[1]


def audited():
    return [row.action for row in db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))]


@pytest.mark.once
def test_a_stranger_sees_numbers_and_a_chart_and_nothing_else(make_today, signed_in, client, save):
    now, ada = make_today.now, make_today.staff("Ada Owner", role="owner")
    for days in (20, 10, 1):
        at = now - timedelta(days=days)
        make_today.responses(
            [3] * 10 + [9] * 40,
            make_today.customer("Dora Detractor"),
            comment="Ruf Dora an",
            saved_at=at,
            submitted_at=at,
        )
    view = save(ada, "For the board", at=now)
    address = the_link(signed_in(ada), view)
    page = client.get(address)
    assert page.status_code == 200 and "Set-Cookie" not in page.headers
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow" and page.headers["Cache-Control"] == "no-store"
    assert "NPS is 60" in page.text and "150 answers" in page.text and "<svg" in page.text
    for secret in ("Dora", "Ruf", "Ada Owner", "/responses", "/insights", "/inbox"):
        assert secret not in page.text, secret
    assert "report_links.grant" in audited()
    link = db.session.scalar(select(ReportLink))
    inside = signed_in(ada).get(f"/insights/reports/{view.public_id}").text
    assert link.last_used_at is not None and re.search(r'data-label="Last used">\s*<time', inside)


@pytest.mark.once
def test_what_the_team_marked_on_its_pictures_stays_inside(make_today, signed_in, client, save):
    now, ada = make_today.now, make_today.staff("Ada", role="owner")
    for days in (20, 10, 1):
        at = now - timedelta(days=days)
        make_today.responses([3] * 10 + [9] * 40, saved_at=at, submitted_at=at)
    mark((now - timedelta(days=10)).date(), "Strike at the carrier", "carrier", None, ada, now)
    view = save(ada, at=now)
    browser = signed_in(ada)

    inside = browser.get("/insights?survey=nps").text
    outside = client.get(the_link(browser, view)).text

    assert "Strike at the carrier" in inside and "chart__mark" in inside
    # A number on the picture whose words stand nowhere would only make people wonder.
    assert "<svg" in outside and "chart__mark" not in outside and "Strike" not in outside


def test_it_ends_is_taken_back_and_goes_with_its_view(make_today, signed_in, client, save):
    now, ada, ben = (
        make_today.now,
        make_today.staff("Ada", role="admin"),
        make_today.staff("Ben", role="analyst"),
    )
    view = save(ben, shared=True, at=now)
    ended, revoked, last = (the_link(signed_in(ben), view, days) for days in ("7", "30", "90"))
    links = list(db.session.scalars(select(ReportLink).order_by(ReportLink.id)))
    links[0].made_at, links[0].expires_at = now - timedelta(days=8), now - timedelta(days=1)
    db.session.commit()
    assert client.get(ended).status_code == 410
    assert client.get(revoked).status_code == 200
    browser = signed_in(ada)  # an admin takes back what others gave
    assert (
        browser.post(f"/insights/reports/{view.public_id}/links/{links[1].public_id}/revoke").status_code
        == 303
    )
    gone = client.get(revoked)
    assert gone.status_code == 410 and "ask whoever gave it to you" in gone.text.lower()
    assert "report_links.revoke" in audited()
    signed_in(ben).post(f"/insights/reports/{view.public_id}/delete")
    assert client.get(last).status_code == 404
    for bad in ("/shared/unknown", f"{last[:-1]}{'A' if last[-1] != 'A' else 'B'}"):
        assert client.get(bad).status_code == 404


def test_agents_hand_nothing_out_and_nobody_takes_back_what_is_not_theirs(make_today, signed_in, save):
    ben, cleo = make_today.staff("Ben", role="analyst"), make_today.staff("Cleo", role="analyst")
    view = save(ben, shared=True, at=make_today.now)
    the_link(signed_in(ben), view)
    link = db.session.scalar(select(ReportLink))
    agent = signed_in(make_today.staff("Dan", role="agent"))
    assert agent.post(f"/insights/reports/{view.public_id}/links", data={"days": "7"}).status_code == 403
    revoke = f"/insights/reports/{view.public_id}/links/{link.public_id}/revoke"
    assert signed_in(cleo).post(revoke).status_code == 404
    assert (
        signed_in(ben).post(f"/insights/reports/{view.public_id}/links", data={"days": "365"}).status_code
        == 422
    )


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "agent"}])
def test_it_ends_with_its_makers_account_or_permission(make_today, signed_in, client, save, change):
    ada, ben = make_today.staff("Ada", role="owner"), make_today.staff("Ben", role="analyst")
    view = save(ada, shared=True, at=make_today.now)
    address = the_link(signed_in(ben), view)
    for name, value in change.items():
        setattr(ben, name, value)
    db.session.commit()
    gone = client.get(address)
    assert gone.status_code == 410 and "may no longer hand out reports" in gone.text
    browser = signed_in(ada)
    assert "works no more" in browser.get(f"/insights/reports/{view.public_id}").text
    assert "Links that work now" not in browser.get("/insights/reports").text


def test_a_view_that_cannot_be_counted_says_so(make_today, signed_in, client, save):
    ada = make_today.staff("Ada", role="owner")
    view = save(ada, at=make_today.now)
    address = the_link(signed_in(ada), view)
    view.query = {"moon": "full"}
    db.session.commit()
    gone = client.get(address)
    assert gone.status_code == 410 and "<h1>This report is no longer there</h1>" in gone.text
    inside = signed_in(ada).get(f"/insights/reports/{view.public_id}")
    assert inside.status_code == 200 and "moon = full" in inside.text

"""Saved views in the browser: kept from insights, listed, stored, counted again."""

import re

from sqlalchemy import select

from feedback.reports.models import SavedView
from surveys.database import db


def test_a_view_is_kept_from_the_page_of_insights_stored_and_counted_again(make_today, signed_in):
    make_today.responses([3] * 10 + [9] * 40, make_today.customer("Dora", country="AT"))
    browser = signed_in(make_today.staff("Ben"))
    page = browser.get("/insights?survey=nps").text
    action = re.search(r'action="(/insights/reports\?[^"]+)"', page)[1].replace("&amp;", "&")
    answer = browser.post(action, data={"name": "Every <b>answer</b>", "days": "moves", "shared": "y"})
    assert answer.status_code == 303
    view = db.session.scalar(select(SavedView))
    assert (view.query, view.last_days, view.is_shared) == ({"survey": "nps"}, 90, True)
    shown = browser.get(answer.location).text
    assert "NPS is 60" in shown and "Every &lt;b&gt;answer" in shown
    stored = browser.post(f"{answer.location}/store")
    assert stored.status_code == 303 and "every number is the same" in browser.get(stored.location).text
    assert "Every &lt;b&gt;answer" in browser.get("/insights/reports").text
    for number in (2, 2**31, 10**30):
        assert browser.get(f"{answer.location}/stored/{number}").status_code == 404


def test_what_is_wrong_is_said_and_nothing_is_half_stored(make_today, signed_in, save):
    make_today.brand()
    ben, ada = make_today.staff("Ben"), make_today.staff("Ada")
    browser, mine = signed_in(ben), save(ben, "Mine", at=make_today.now)
    for address, data in (
        ("/insights/reports?survey=nps", {"name": ""}),
        ("/insights/reports?survey=nps", {"name": "Mine", "days": "moves"}),
        ("/insights/reports?since=tomorrow", {"name": "Other", "days": "moves"}),
        ("/insights/reports?brand=nowhere", {"name": "Other", "days": "moves"}),
        (f"/insights/reports/{mine.public_id}/change", {"name": " "}),
        (f"/insights/reports/{mine.public_id}/store", {}),
    ):
        assert browser.post(address, data=data).status_code == 422, address
    assert len(list(db.session.scalars(select(SavedView)))) == 1
    other = signed_in(ada)
    for path in ("", "/change", "/delete", "/store"):
        ask = other.post if path else other.get
        assert ask(f"/insights/reports/{mine.public_id}{path}", data={"name": "x"}).status_code == 404
    assert browser.post(f"/insights/reports/{mine.public_id}/change", data={"name": "New"}).status_code == 303
    assert browser.post(f"/insights/reports/{mine.public_id}/delete").status_code == 303

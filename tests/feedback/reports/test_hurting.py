"""A view of What hurts: kept with its theme, said by its own sentence, shown by link without words or ways further."""

import re

import pytest

from feedback.insights.filters import unbroken
from feedback.reports.asking import NoLongerOffered, asked_by
from feedback.reports.hurting import themes_of, themes_outside, themes_sentence
from feedback.reports.models import SavedView
from surveys.database import db
from tests.feedback.reports.links.test_views import the_link

pytestmark = pytest.mark.once


@pytest.fixture
def view(make_today, signed_in, complain):
    """A view of delivery in What hurts that Ada has saved over the page; four people complain of the price."""
    now, ada = make_today.now, make_today.staff("Ada", role="owner")
    when = {"customer": make_today.customer("Eve"), "saved_at": now, "submitted_at": now}
    for _ in range(12):
        complain("DELIVERY.LATE", 2, "Dora wartet noch", **when)
    for _ in range(4):
        complain("PRICE", 3, "Too dear", **when)
    make_today.responses([10] * 40, **when)
    db.session.commit()
    browser = signed_in(ada)
    page = browser.get("/insights/themes?survey=nps&theme=DELIVERY").text
    action = re.search(r'action="(/insights/reports\?[^"]+)"', page)[1].replace("&amp;", "&")
    kept = browser.post(action, data={"name": "Late parcels", "days": "moves"})
    assert kept.status_code == 303, kept.text
    return db.session.query(SavedView).one(), browser


def test_it_is_kept_over_the_page_and_leads_back_to_it(make_today, view):
    kept, browser = view
    page = browser.get(f"/insights/reports/{kept.public_id}").text
    found = themes_of(kept, asked_by(kept, make_today.now), make_today.now)

    assert (kept.page, kept.query["theme"]) == ("themes", "DELIVERY")
    assert re.search(r'href="/insights/themes\?[^"]*theme=DELIVERY', page)
    assert unbroken(themes_sentence(found)) in page and "mentioned in 12 answers" in page
    assert "What hurts · Survey" not in page and "What hurts" in page and "Theme: Delivery" in page


def test_a_link_shows_its_tables_and_never_words_or_a_few_people(view, client):
    kept, browser = view
    page = client.get(the_link(browser, kept)).text
    assert "What pulls the score down" in page and "Delivery" in page and "56 answers" in page
    assert "Recommendation after the purchase" in page and "Theme: Delivery" in page
    for secret in ("Dora", "wartet", "Price", "/responses", "/insights", "Ada"):
        assert secret not in page, secret


def test_outside_there_are_no_comments_and_no_figure_of_a_few(make_today, view):
    kept, _browser = view
    found = themes_of(kept, asked_by(kept, make_today.now), make_today.now)
    told = themes_outside(found)
    assert found.newest and not told.newest and not told.typical and not told.drivers
    assert all(row.impact is not None and row.mentions >= 5 for row in told.ranking.rows)
    assert themes_outside(None) is None


def test_a_theme_that_has_gone_is_told(make_today, view):
    kept, _browser = view
    kept.query = {"survey": "nps", "theme": "MOON"}
    db.session.commit()
    with pytest.raises(NoLongerOffered, match="theme = MOON"):
        asked_by(kept, make_today.now)

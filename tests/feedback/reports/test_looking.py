"""A view of Explore: kept with what it splits by, said by its own sentence, and shown by link without a way further."""

import re
from datetime import timedelta

import pytest

from feedback.insights.exploring.looking import wish_of
from feedback.insights.filters import unbroken
from feedback.insights.selection import read
from feedback.reports.asking import NoLongerOffered, asked_by
from feedback.reports.looking import explored, explored_sentence
from feedback.reports.models import SavedView
from surveys.database import db
from tests.feedback.insights.conftest import give
from tests.feedback.reports.links.test_views import the_link

HERE = "/insights/reports?page=explore&survey=nps&by=country&compare=before"


@pytest.fixture
def view(make_today, signed_in):
    """A view of Explore that Ada has saved over the page: Germany, Austria, and three people in Switzerland."""
    now, ada = make_today.now, make_today.staff("Ada", role="owner")
    for scores, country, at in (
        ([10] * 40, "DE", now),
        ([2] * 36 + [9] * 4, "AT", now),
        ([2] * 3, "CH", now),
        ([10] * 80, "DE", now - timedelta(days=100)),
    ):
        give(make_today, scores, country=country, submitted_at=at)
    browser = signed_in(ada)
    kept = browser.post(HERE, data={"name": "By country", "days": "moves"})
    assert kept.status_code == 303, kept.text
    return db.session.query(SavedView).one(), browser


def test_it_is_kept_over_the_page_and_leads_back_to_it(make_today, view):
    kept, browser = view
    page = browser.get(f"/insights/reports/{kept.public_id}").text
    selection = asked_by(kept, make_today.now)

    assert (kept.page, kept.query["by"], kept.query["compare"]) == ("explore", "country", "before")
    assert re.search(r'href="/insights/explore\?[^"]*by=country[^"]*compare=before', page)
    assert "Split by Country" in page
    assert unbroken(explored_sentence(explored(kept, selection, make_today.now), selection, kept)) in page
    bad = browser.post(
        "/insights/reports?page=explore&survey=nps&by=moon", data={"name": "Moon", "days": "moves"}
    )
    assert bad.status_code == 422 and db.session.query(SavedView).count() == 1


@pytest.mark.once
def test_a_link_shows_its_parts_and_never_a_few_people(make_today, view, client):
    kept, browser = view
    page = client.get(the_link(browser, kept)).text

    assert "Germany" in page and "Against the rest" in page and "clearly lower" not in page
    assert "Switzerland" not in page, "three people, and Austria is hidden with them"
    for secret in ("/insights", "/responses"):
        assert secret not in page


def test_choices_that_have_gone_are_told(now, make, save):
    ben = make.staff("Ben")
    make.survey("nps")
    kept = save(ben)
    kept.page, kept.query = "explore", {"survey": "nps", "by": "moon"}
    db.session.commit()
    with pytest.raises(NoLongerOffered, match="by = moon"):
        asked_by(kept, now)
    selection = read({}, now.date(), now.tzinfo)
    kept.query = wish_of({}, selection).query()
    assert explored(kept, selection, now) is None, "no survey, nothing to show"

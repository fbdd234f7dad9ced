"""The pages of what is watched, through the web."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.insights.watching.judging import judge
from feedback.insights.watching.models import EventMark, SeriesAlert, WatchedSeries
from feedback.notices.alerts.telling import collect
from surveys.database import db
from tests.feedback.insights.watching.conftest import BAD, USUAL, Weeks


@pytest.fixture
def fallen(make_today):
    """The NPS of Austria fell last week."""
    weeks = Weeks(make_today)
    for ago in range(20, 0, -1):
        weeks.week(ago, USUAL)
        weeks.week(ago, USUAL, "DE", "Flinkpaket")
    weeks.week(0, BAD)
    weeks.week(0, USUAL, "DE", "Flinkpaket")
    return make_today


def test_an_analyst_watches_a_part_sees_it_fall_and_says_what_it_was(fallen, signed_in):
    ann = fallen.staff("Ann", "analyst")
    browser = signed_in(ann)
    form = browser.get("/insights/watch?survey=nps&country=AT").text
    assert 'value="AT" selected' in form.replace('selected value="AT"', 'value="AT" selected')

    made = browser.post("/insights/watch", data={"metric": "score", "survey": "nps", "country": "AT"})
    series = db.session.scalars(select(WatchedSeries)).one()
    series.readers[0].since = fallen.now - timedelta(days=30)
    db.session.commit()
    assert made.location == f"/insights/watch/{series.public_id}"
    judge(fallen.now + timedelta(minutes=5), 10)
    collect(fallen.now + timedelta(minutes=5), 10)

    listed = browser.get("/insights/watch").text
    assert "lower than chance explains since" in listed and "No single part" in listed
    page = browser.get(made.location).text
    assert "Lower than chance explains since" in page and page.count('class="chart__signal"') == 2
    assert "usually about 41" in page and "n = 22" in page and "lower than chance" in page
    assert "country=AT" in page and "only=counted" in page

    alert = db.session.scalars(select(SeriesAlert)).one()
    reader = signed_in(fallen.staff("Dan", "agent")).get(made.location).text
    assert "Read the answers of these days" in reader and "Watch this, too" in reader
    assert "Say what it was" not in reader and "Accept a new level" not in reader
    refused = browser.post(
        f"/insights/alerts/{alert.public_id}", data={f"{alert.public_id}-verdict": "incident"}
    )
    assert refused.status_code == 422 and "Write in a few words why" in refused.text
    told = {f"{alert.public_id}-verdict": "incident", f"{alert.public_id}-note": "Strike"}
    assert browser.post(f"/insights/alerts/{alert.public_id}", data=told).status_code == 303
    assert "“Strike”" in browser.get(made.location).text
    browser.post(f"{made.location}/follow", data={"watch": "no"})
    assert (
        db.session.scalars(select(WatchedSeries.look_at).where(WatchedSeries.id == series.id)).one() is None
    )


def test_owners_read_of_volumes_in_their_news_without_watching(fallen, signed_in):
    olga = fallen.staff("Olga", "owner")
    judge(fallen.now - timedelta(days=15), 10)
    series = db.session.scalars(select(WatchedSeries).where(WatchedSeries.metric == "answers")).one()
    later = fallen.now + timedelta(days=14)
    judge(later, 10)
    collect(later, 10)

    assert db.session.scalars(select(SeriesAlert.series_id)).all() == [series.id]
    browser = signed_in(olga)
    assert "Answers · Demo Shop: lower than chance explains" in browser.get("/insights/watch").text


@pytest.mark.once
def test_what_cannot_be_watched_is_refused_beside_the_form(fallen, signed_in):
    browser = signed_in(fallen.staff("Ann", "analyst"))
    for given in (
        {"survey": "nowhere"},
        {"survey": "nps", "country": "austria"},
        {"survey": "nps", "brand": "none"},
        {},
    ):
        answer = browser.post("/insights/watch", data=given)
        assert answer.status_code in (404, 422), given
    assert not db.session.scalars(select(WatchedSeries)).all()


@pytest.mark.once
def test_an_event_is_marked_shown_and_taken_away(fallen, signed_in):
    browser = signed_in(fallen.staff("Ann", "analyst"))
    day = (fallen.now - timedelta(days=20)).date().isoformat()
    assert (
        browser.post("/insights/events", data={"day": day, "text": " ", "kind": "price"}).status_code == 422
    )
    given = {"day": day, "text": "Sale <b>", "kind": "price", "brand": ""}
    assert browser.post("/insights/events", data=given).status_code == 303
    assert "Sale &lt;b&gt;" in browser.get("/insights/events").text

    made = browser.post("/insights/watch", data={"survey": "nps"})
    page = browser.get(made.location).text
    assert "chart__mark" in page and "Sale &lt;b&gt;" in page
    insights = browser.get("/insights?survey=nps").text
    assert "chart__mark" in insights and "Sale &lt;b&gt;" in insights
    event = db.session.scalars(select(EventMark)).one()
    browser.post(f"/insights/events/{event.public_id}/remove")
    assert not db.session.scalars(select(EventMark)).all()


@pytest.mark.once
def test_a_new_level_is_accepted_with_a_reason(fallen, signed_in):
    browser = signed_in(fallen.staff("Ann", "analyst"))
    made = browser.post("/insights/watch", data={"survey": "nps"})
    judge(fallen.now + timedelta(minutes=5), 10)
    day = (fallen.now - timedelta(days=30)).date().isoformat()
    assert browser.post(f"{made.location}/level", data={"since": day, "note": ""}).status_code == 422
    for far in ("0001-01-01", "9999-12-31", "soon"):
        assert browser.post(f"{made.location}/level", data={"since": far, "note": "Far"}).status_code == 422
    assert browser.post(f"{made.location}/level", data={"since": day, "note": "Carrier"}).status_code == 303
    assert "“Carrier”" in browser.get(made.location).text

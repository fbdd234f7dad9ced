"""A saved list of responses: counted inside and outside, and never read out to people outside."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.insights.suppression import K
from feedback.reports.asking import asked_by
from feedback.reports.links import counting
from feedback.reports.listing import Fit, fit_of, fit_outside, fit_sentence
from feedback.reports.models import SavedView
from feedback.reports.storing import ListHasNoFigures, store
from surveys.database import db
from tests.feedback.insights.conftest import give
from tests.feedback.reports.links.test_views import the_link


@pytest.fixture
def keep_list(make_today, signed_in):
    """Return a maker of lists that Ada saves over the page: keep_list("mood=unhappy")."""
    browser = signed_in(make_today.staff("Ada", role="owner"))

    def maker(query):
        kept = browser.post(
            f"/insights/reports?page=responses&{query}", data={"name": query or "All", "days": "moves"}
        )
        assert kept.status_code == 303, kept.text
        return db.session.query(SavedView).order_by(SavedView.id.desc()).first(), browser

    return maker


def test_a_list_is_kept_over_the_page_leads_back_to_it_and_counts_what_it_picks_out(make_today, keep_list):
    now = make_today.now
    give(make_today, [2] * 10 + [10] * 30, submitted_at=now)
    give(make_today, [2] * 5, submitted_at=now - timedelta(days=200))
    kept, browser = keep_list("survey=nps&mood=unhappy")
    page = browser.get(f"/insights/reports/{kept.public_id}").text

    assert (kept.page, kept.query) == ("responses", {"survey": "nps", "mood": "unhappy"})
    assert "10 of 40 answers fit: 25" in page and "Mood: the unhappy" in page
    assert re.search(r'href="/responses\?[^"]*mood=unhappy', page)
    assert "Store the numbers of now" not in page
    with pytest.raises(ListHasNoFigures):
        store(kept, kept.owner, now)
    form = re.search(r'action="(/insights/reports\?[^"]+)"', browser.get("/responses?mood=happy&q=late").text)
    assert "page=responses" in form[1] and "q=late" in form[1] and "mood=happy" in form[1]


@pytest.mark.once
def test_a_link_tells_how_many_and_never_what_they_say(make_today, keep_list, client):
    now, dora = make_today.now, make_today.customer("Dora")
    comment = {"comment": "Ruf Dora an, zu spät", "saved_at": now, "submitted_at": now}
    make_today.responses([2] * 10 + [10] * 30, dora, **comment)
    everything, browser = keep_list("survey=nps")
    page = client.get(the_link(browser, everything)).text
    assert "40 answers." in page and "the unhappy" in page
    assert "Recommendation after the purchase" in page and "last 90 days" not in page, (
        "the days stand there already"
    )
    for secret in ("Dora", "spät", "/responses", "/insights", "Ada"):
        assert secret not in page, secret


@pytest.mark.parametrize(
    ("scores", "query"),
    [
        ([2] * 4 + [10] * 30, "mood=unhappy"),  # four people fit
        ([2] * 30 + [10] * 4, "mood=unhappy"),  # four people do not
        ([2] * 4, ""),  # four people there are
        ([2] * 9, "mood=unhappy"),  # all of the few are unhappy
    ],
)
def test_a_link_never_counts_a_few(make_today, keep_list, client, scores, query):
    give(make_today, scores, submitted_at=make_today.now)
    kept, browser = keep_list(query)
    page = client.get(the_link(browser, kept)).text
    assert "too few to show" in page and "fit:" not in page and " 4 " not in page


@pytest.mark.once
def test_where_a_list_has_too_many_filters_the_page_behind_its_link_says_so(
    make_today, keep_list, client, monkeypatch
):
    give(make_today, [2] * 10 + [10] * 30, submitted_at=make_today.now)
    kept, browser = keep_list("survey=nps&mood=unhappy")
    link = the_link(browser, kept)
    assert "10 of 40 answers fit" in client.get(link).text

    monkeypatch.setattr(counting, "MOST_FILTERS", 0)
    page = client.get(link).text
    assert (
        "more than five filters at once" in page and "10 of 40" not in page and "too few to show" not in page
    )


def test_a_list_within_a_part_that_is_withheld_tells_no_number_at_all(make_today, keep_list):
    give(make_today, [2] * 30, country="DE", submitted_at=make_today.now)
    give(make_today, [2] * 3, country="AT", submitted_at=make_today.now)
    kept, _browser = keep_list("survey=nps&country=AT")
    assert fit_of(kept, asked_by(kept, make_today.now), make_today.now) is None


@given(n=st.integers(1, 40), rest=st.integers(0, 40), moods=st.lists(st.integers(1, 20), max_size=3))
def test_outside_nothing_rests_on_fewer_than_five(n, rest, moods):
    fit = Fit(n, n + rest, dict(zip(("unhappy", "neutral", "happy"), moods, strict=False)), is_picky=True)
    told = fit_outside(fit)
    if told is not None:
        assert told.n >= K and (told.of == told.n or told.of - told.n >= K)
        assert all(many >= K for many in told.moods.values())
        assert told.narrows or told.n >= 2 * K, "that all of a few say the same names each of them"


def test_the_sentence_has_its_interval_and_no_share_where_all_fit(app):
    with app.test_request_context():
        assert fit_sentence(Fit(1, 1, {})) == "1 answer."
        assert fit_sentence(Fit(10, 40, {})).replace("\u00a0", " ") == (
            "10 of 40 answers fit: 25 % (14 % to 40 %)."
        )
        assert fit_sentence(Fit(10_001, 40_000, {})) == "More than 10,000 answers fit."

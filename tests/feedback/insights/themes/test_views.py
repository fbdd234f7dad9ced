"""What hurts, through the web: the first screen's sentence and the page of themes."""

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.insights.themes.estimating import keep, reckon
from feedback.insights.themes.models import TypicalComment
from surveys.database import db
from surveys.responses.models import Response
from tests.feedback.insights.themes.said import say

PAGE = "/insights/themes"


def words(answer):
    return words_of(answer.text)


def words_of(page):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page))).replace("\xa0", " ")


def lists(answer, wanted):
    """Return the addresses of lists of responses on a page that contain `wanted`."""
    found = re.findall(r'href="(/responses\?[^"]*)"', answer.text)
    return {url for url in map(html.unescape, found) if wanted in url}


@pytest.fixture
def late_spring(make_today):
    """Austria was as happy as Germany; then its parcels came late."""
    make = make_today
    here, there = make.customer("Ada", country="AT"), make.customer("Bo", country="DE")
    before = make.now - timedelta(days=100)
    for at in (before, make.now):
        say(make, [3] * 6 + [8] * 14 + [10] * 50, None, there, "Nice.", 0.7, submitted_at=at)
        say(make, [3] * 4 + [9] * 8, "DELIVERY.LATE", there, submitted_at=at)
    say(make, [3] * 6 + [8] * 14 + [10] * 50, None, here, "Nice.", 0.7, submitted_at=before)
    say(make, [3] * 2 + [8] * 4 + [10] * 20, None, here, "Nice.", 0.7)
    say(make, [1] * 44 + [8] * 4, "DELIVERY.LATE", here, "Far too late.")
    return make


def test_the_first_screen_says_what_changed_and_that_it_is_late_deliveries_in_austria(late_spring, signed_in):
    page = signed_in(late_spring.staff(role="owner")).get("/insights")

    said = words(page)
    assert "lower than in the 90 days before; the change is real (" in said
    assert ") and mostly late deliveries in Austria." in said
    # One sentence, one chart, what hurts, comments; the rest behind the question.
    order = ["headline", 'id="trend"', 'id="hurts"', 'id="comments"', 'id="proof"', 'id="differences"']
    places = [page.text.index(each) for each in order]
    assert places == sorted(places)
    first = page.text[: page.text.index('id="proof"')]
    assert not re.search("Wilson|Wald|jackknife|Benjamini|RR2|bootstrap", first)
    assert "jackknife" in page.text
    # Two clicks from a number to its answers.
    (late,) = lists(page, "theme=DELIVERY")
    assert "60 responses" in words(signed_in(late_spring.staff(role="analyst")).get(late))
    german = words(signed_in(late_spring.staff(role="owner", locale="de")).get("/insights"))
    assert "betrifft vor allem verspätete Lieferungen in Österreich." in german


def test_the_page_of_themes_leads_from_what_hurts_to_whom_and_to_their_words(late_spring, signed_in):
    browser = signed_in(late_spring.staff(role="analyst"))

    page = browser.get(f"{PAGE}?theme=DELIVERY")

    said = words(page)
    assert "What pulls the score down" in said and "pulls down more" in said
    assert "goes together with" not in said or "causes" not in said.replace("not what causes it", "")
    austria = lists(page, "country=AT")
    assert any("theme=DELIVERY.LATE" in url for url in austria)
    (cell,) = [url for url in austria if "theme=DELIVERY.LATE" in url]
    assert "48 responses" in words(browser.get(cell))
    assert "Ada" not in page.text and "Far too late." in page.text
    assert "No theme stands out yet" not in said
    # What a theme is about is no way back to the same page, and where a link to it leads an improvement can be started.
    chosen = page.text[page.text.index('id="chosen"') : page.text.index('id="for-whom"')]
    assert "Start an improvement" in words_of(chosen) and "Start an improvement" not in page.text.replace(
        chosen, ""
    )
    assert "Late" in words_of(chosen) and "#chosen" not in chosen


@pytest.mark.once
def test_drivers_and_typical_comments_are_shown_with_their_time(late_spring, signed_in):
    make = late_spring
    browser = signed_in(make.staff(role="owner"))
    assert "drivers" not in browser.get(PAGE).text
    keep(reckon(make.survey(), make.now))
    db.session.commit()
    assert "it takes 200 read comments in 90 days; there are 156" in words(browser.get(PAGE))
    say(make, [9] * 60, None, make.customer(country="DE"), "Nice.", 0.7)
    keep(reckon(make.survey(), make.now))
    db.session.commit()

    said = words(browser.get(PAGE))

    assert "What goes together with the score" in said and "lower scores" in said
    # Nobody says that the happy are silent, where they are only too few to look for their middle.
    some = db.session.scalar(
        select(Response.id).where(Response.comment.is_not(None), Response.score < 7).limit(1)
    )
    make.keep(TypicalComment(response_id=some, theme="", mood="unhappy", place=1, among=9, made_at=make.now))
    db.session.commit()
    said = words(browser.get(PAGE))
    praise = said[said.index("Typical praise") : said.index("Newest complaints")]
    assert "can be told from 10 such comments on" in praise and "Nobody happy" not in praise
    assert "It says what goes together with the score, not what causes it." in said
    assert "drivers" not in browser.get(f"{PAGE}?country=AT").text


def test_small_parts_held_back_surveys_and_wrong_addresses_tell_nothing(make_today, signed_in):
    browser = signed_in(make_today.staff(role="owner"))
    assert "Nobody has answered yet" in browser.get(PAGE).text
    make_today.anonymous("csat")
    say(make_today, [1] * 4, "DELIVERY", survey_key="csat", comment="My secret.")
    for url in (f"{PAGE}?survey=csat", "/insights?survey=csat"):
        page = browser.get(url)
        assert "Not shown yet" in page.text and "My secret." not in page.text and "DELIVERY" not in page.text
    say(make_today, [9] * 20, None, make_today.customer(country="DE"))
    say(make_today, [1] * 3, "PRICE", make_today.customer(country="AT"), "Quite dear.")
    small = browser.get(f"{PAGE}?country=AT")
    assert "Too few people to show this" in small.text and "Quite dear." not in small.text
    assert (
        "1 theme is left out" in words(browser.get(PAGE))
        or "No theme stands out yet" in browser.get(PAGE).text
    )
    for query in ("theme=NOPE", "by=shoe-size", "survey=check-back"):
        assert browser.get(f"{PAGE}?{query}").status_code == 422


def test_without_answers_the_page_leads_to_the_newest_ones(make_today, signed_in):
    make_today.response(9, submitted_at=make_today.now - timedelta(days=200))

    page = signed_in(make_today.staff(role="owner")).get("/insights")

    (link,) = set(re.findall(r'href="(/insights\?[^"]*)">Show the 90 days until then', page.text))
    assert "NPS is 100" in words(signed_in(make_today.staff(role="owner")).get(html.unescape(link)))


@pytest.mark.once
def test_a_theme_that_does_nothing_to_the_score_is_named_below_with_the_way_to_it(make_today, signed_in):
    eve, moment = make_today.customer("Eve"), {"submitted_at": make_today.now, "saved_at": make_today.now}
    say(make_today, [2] * 15 + [8] * 30 + [10] * 55, customer=eve, **moment)
    say(make_today, [2] * 20 + [10] * 3, "DELIVERY", eve, **moment)
    say(make_today, [2] * 4 + [8] * 5 + [10] * 7, "SETUP", eve, **moment)
    page = signed_in(make_today.staff("Ada", role="owner")).get("/insights/themes").text
    tables, _, below = page.partition("1 theme neither pulls the score down nor lifts it:")
    assert ">Delivery</a>" in tables and ">Assembly and set-up</a>" not in tables
    assert re.match(r"\s*<a href=\"[^\"]*theme=SETUP[^\"]*\">Assembly and set-up</a>\.", below), below[:200]

"""The questions with one choice as segments of the heat map, in the open and where few have chosen something."""

import re
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from feedback.insights.dimensions.names import question_of
from feedback.insights.listing import Wanted, count_responses
from feedback.insights.narrowing import wanted_by
from feedback.insights.selection import NotOnOffer, Selection, read
from feedback.insights.themes.choices import answers_to, dimensions_of, parted
from feedback.insights.themes.reporting import segments_of, themes_report
from feedback.reports.models import SavedView
from surveys.database import db
from surveys.questionnaires.publishing import publish
from surveys.questionnaires.starters import NPS
from tests.feedback.insights.themes.said import say
from tests.surveys.questionnaires.asking import row


def the(**given):
    return read({"survey": "nps"} | given, date(2026, 3, 10), ZoneInfo("Europe/Berlin"))


@pytest.fixture
def shirts(make, now):
    """A survey that asks for the size, worn or not, and what was ticked; large shirts come late."""
    asked = [
        row("size", "one", choices=["m", "l", "xl"]),
        row("worn", "yes_no"),
        row("bought", "many", choices=["shirt", "cap"]),
    ]
    survey = make.survey("nps")
    version = publish(survey, {**NPS, "questions": asked}, now)
    eve = make.customer("Eve")
    for size, scores, code in (
        ("l", [1] * 12, "DELIVERY"),
        ("l", [10] * 8, None),
        ("m", [10] * 20, None),
        ("m", [9] * 6, "DELIVERY"),
        ("xl", [1] * 3, "DELIVERY"),
        (None, [10] * 9, None),
    ):
        said = {} if size is None else {"size": size, "bought": ["shirt", "cap"]}
        say(make, scores, code, eve, "So it is.", version=version, answers=said)
    return survey


@pytest.mark.once
def test_what_has_one_value_of_a_few_parts_the_answers(shirts):
    assert dimensions_of(shirts.current.definition) == ["answer.size", "answer.worn"]
    assert question_of("answer.size") == "size" and question_of("country") is None
    assert parted("size.m") == ("size", "m")
    answers = {f"size.{value}" for value in ("m", "l", "xl", "-")} | {"worn.yes", "worn.no", "worn.-"}
    assert answers_to(shirts.current.definition) == answers
    assert "answer.size" in segments_of(Selection(survey="nps")) and "answer.size" in segments_of(Selection())


def test_a_map_says_of_which_choice_a_theme_hurts_and_hides_the_few(shirts, now):
    found = themes_report(the(), None, "answer.size", now).map
    assert found.dimension == "answer.size" and found.themes == ["DELIVERY"]
    # Three wear XL; without the row of those who did not answer, they could be worked out from the rest.
    assert [(line.value, line.n) for line in found.lines] == [("m", 26), ("l", 20)]
    assert found.hidden == 2
    medium, large = (line.spots[0] for line in found.lines)
    assert large.mentions == 12 and large.impact.value < 0
    assert medium.mentions is None, "six, or the three with XL were known from all who say so"


def test_a_map_within_a_country_is_judged_with_everybody_elsewhere(shirts, make, now):
    assert themes_report(the(country="DE"), None, "answer.size", now).map.lines[0].n == 26
    austria = themes_report(the(country="AT"), None, "answer.size", now)
    assert austria.map is None, "nobody there"


def test_the_list_behind_a_cell_has_the_answers_that_it_counts(shirts, now):
    for answer, n in (("size.l", 20), ("size.m", 26), ("size.-", 9)):
        wanted = wanted_by({"answer": answer, "only": "counted"}, the())
        assert count_responses(wanted, now) == n, answer
    assert count_responses(Wanted(the(theme="DELIVERY"), answer="size.l"), now) == 12
    for answer in ("size.s", "bought.cap", "size", "moon.m"):
        with pytest.raises(NotOnOffer):
            wanted_by({"answer": answer}, the())
    with pytest.raises(NotOnOffer):
        wanted_by({"answer": "size.m"}, Selection())


def test_the_page_offers_the_question_and_leads_to_the_answers(shirts, make, signed_in):
    browser = signed_in(make.staff("Ben"))
    days = "survey=nps&since=2026-01-01&until=2026-03-10"
    page = browser.get(f"/insights/themes?{days}&by=answer.size").text
    assert '<option value="answer.size" selected>About size?</option>' in page
    assert "answer=size.l" in page and ">L<" in page and ">Xl<" not in page
    listed = browser.get(f"/responses?{days}&answer=size.l&only=counted").text
    assert "About size?: L" in listed and "20 responses" in listed
    publish(shirts, {**NPS, "questions": [row("size", "one", choices=["m", "xl"])]}, make.now)
    db.session.commit()
    later = browser.get(f"/insights/themes?{days}&by=answer.size").text
    assert "answer=size.m" in later and ">L<" in later and "answer=size.l" not in later, "not asked any more"
    # Who comes by an old address, or by that of another survey, begins anew, here as in Explore.
    for page in ("themes", "explore"):
        forgotten = browser.get(f"/insights/{page}?{days}&by=answer.moon")
        assert forgotten.status_code == 200 and 'value="answer.moon"' not in forgotten.text, page
        assert browser.get(f"/insights/{page}?{days}&by=moon").status_code == 422, page
    assert browser.get(f"/responses?{days}&answer=moon.m").status_code == 422


def test_a_view_says_the_question_and_the_answer_in_their_own_words(app, shirts, make, signed_in):
    browser = signed_in(make.staff("Ben", "owner"))
    for choice, words in (
        ("themes&by=answer.size", "For whom, by: About size?"),
        ("responses&answer=size.l", "About size?: L"),
    ):
        saved = browser.post(
            f"/insights/reports?survey=nps&page={choice}", data={"name": words, "days": "moves"}
        )
        assert saved.status_code == 303, saved.text
        assert words in browser.get(saved.location).text
        shared = browser.post(f"{saved.location}/links", data={"days": "30"}).text
        link = re.search(r"/shared/[^\"<\s]+", shared)[0]
        outside = app.test_client().get(link).text
        assert words in outside and "size.l" not in outside and "answer.size" not in outside
        kept = db.session.scalars(select(SavedView).order_by(SavedView.id.desc())).first()
        kept.query = kept.query | {"survey": "gone"}
        db.session.commit()
        page = browser.get(saved.location)
        assert page.status_code == 200 and "size" in page.text and "survey = gone" in page.text

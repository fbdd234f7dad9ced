"""Explore split by a question with one choice: in the words of the shop, small choices hidden, and by API."""

import re

import pytest

from feedback.insights.exploring.breaking_down import parts_along
from feedback.insights.selection import NotOnOffer, Selection
from feedback.reports.choosing import choices_of
from surveys.database import db
from surveys.questionnaires.publishing import publish
from surveys.questionnaires.starters import NPS
from tests.feedback.insights.exploring.test_views import words
from tests.surveys.questionnaires.asking import row

PAGE, API = "/insights/explore", "/api/v1/insights"
SIZE = row("size", "one", choices=["m", "l", "xl"])


@pytest.fixture
def shop(make_today):
    """A survey that asks for the size, and for how many things, which no answer has one value of."""
    make_today.survey("csat")
    survey = make_today.survey("nps")
    bought = row("bought", "many", choices=["shirt", "cap"])
    version = publish(survey, {**NPS, "questions": [SIZE, bought]}, make_today.now)
    countries = {each: make_today.customer(country=each) for each in ("DE", "AT")}

    def wear(size, scores, country="DE"):
        given = {} if size is None else {"size": size}
        make_today.responses(scores, countries[country], version=version, answers=given)
        db.session.commit()

    return wear


@pytest.fixture
def browser(make_today, signed_in):
    return signed_in(make_today.staff(role="analyst"))


def test_a_question_parts_the_answers_and_every_row_leads_to_its_own(shop, browser):
    shop("m", [10] * 30)
    shop("l", [2] * 30 + [10] * 10)
    shop(None, [9] * 12)

    page = browser.get(f"{PAGE}?survey=nps&by=answer.size")
    found = words(page)

    assert re.search(r"L 40 −50 .* clearly lower", found) and re.search(r"not answered 12 100", found)
    links = dict(re.findall(r'href="([^"]*answer=size\.[^"]*)">(\d+)<', page.text))
    assert sorted(links.values()) == ["12", "30", "40"]
    for link, n in links.items():
        assert f"{n} responses" in words(browser.get(link.replace("&amp;", "&")))
    beside = words(browser.get(f"{PAGE}?survey=nps&by=answer.size&first=l&second=m"))
    assert "“L” is 150 points lower than “M”" in beside


def test_only_questions_with_one_choice_are_offered_and_another_survey_forgets_them(shop, browser):
    shop("m", [10] * 6)
    offered = re.findall(r'<option value="(answer\.[^"]*)"', browser.get(f"{PAGE}?survey=nps").text)
    assert offered == ["answer.size"]
    other = browser.get(f"{PAGE}?survey=csat&by=answer.size")
    assert other.status_code == 200 and "answer." not in other.text
    assert browser.get("/insights/themes?survey=csat&by=answer.size").status_code == 200


def test_small_choices_are_hidden_and_so_is_one_that_gives_a_place_away(shop, make_today):
    shop("m", [10] * 20), shop("m", [9] * 20, "AT")
    shop("l", [10] * 20), shop("l", [9] * 20, "AT")
    shop("xl", [3] * 3)
    shown, hidden = parts_along(Selection("nps"), "answer.size", make_today.now)
    assert (len(shown), hidden) == (1, 2), "what is left of three would be worked out"

    shop("xl", [3] * 9)
    shown, hidden = parts_along(Selection("nps"), "answer.size", make_today.now)
    assert shown.keys() == {"m", "l", "xl"} and hidden == 0


def test_a_choice_that_has_a_few_answers_more_than_a_place_within_it_is_hidden(shop, make_today):
    shop("m", [10] * 20)
    shop("l", [10] * 20)
    shop("xl", [9] * 10, "AT"), shop("xl", [2] * 2)

    shown, hidden = parts_along(Selection("nps"), "answer.size", make_today.now)

    assert "xl" not in shown and hidden == 2, "less all Austrians it is two people"


def test_the_api_splits_by_a_question_and_compares_its_groups(shop, machine):
    shop("m", [10] * 30)
    shop("l", [2] * 40)

    body = machine.get(f"{API}/breakdown?survey=nps&by=answer.size").json
    assert [(part["value"], part["name"], part["n"]) for part in body["parts"]] == [
        ("l", "L", 40),
        ("m", "M", 30),
    ]
    groups = machine.get(f"{API}/comparison?survey=nps&by=answer.size&first=l&second=m").json
    assert groups["difference"]["points"] == -200
    for by in ("answer.bought", "answer.nothing", "shoes"):
        assert machine.get(f"{API}/breakdown?survey=nps&by={by}").status_code == 422
    assert machine.get(f"{API}/breakdown?survey=csat&by=answer.size").status_code == 422


def test_a_view_split_by_a_question_is_kept_in_its_words(shop, browser):
    shop("m", [10] * 6)
    kept = choices_of("explore", {"by": "answer.size"}, Selection("nps"))
    assert kept == {"by": "answer.size"}
    with pytest.raises(NotOnOffer):
        choices_of("explore", {"by": "answer.size"}, Selection("csat"))
    with pytest.raises(NotOnOffer):
        choices_of("explore", {"by": "answer.size", "first": "m" * 101}, Selection("nps"))
    browser.post(
        "/insights/reports?survey=nps&page=explore&by=answer.size", data={"name": "By size", "days": "moves"}
    )
    assert "Split by About size?" in words(browser.get("/insights/reports"))

"""Correcting from the pages: for agents, admins and owners, wherever a comment is shown."""

import pytest
from sqlalchemy import select

from feedback.analysis.analysing import analyse_new
from feedback.analysis.models import Analysis, Correction
from surveys.database import db
from tests.doubles import WordReader

GLAD = WordReader("glad 1", lambda text: (0.5, 0.5))


@pytest.fixture
def response(make_today):
    found = make_today.response(comment="The parcel was late, what a surprise.")
    analyse_new(make_today.now, 10, GLAD)
    return found


def correct(browser, response, **sent):
    return browser.post(f"/responses/{response.public_id}/reading", data=sent)


def test_an_agent_corrects_a_label_from_the_list_and_comes_back_to_the_comment(
    make_today, signed_in, response
):
    agent = signed_in(make_today.staff())
    page = agent.get("/responses?mood=unhappy")
    assert 'value="/responses?mood=unhappy"' in page.text and "Read as positive" in page.text

    answer = correct(agent, response, label="negative", next="/responses?mood=unhappy")

    assert answer.headers["Location"] == f"/responses?mood=unhappy#reading-{response.public_id}"
    assert db.session.scalars(select(Analysis)).one().label == "negative"
    assert "Corrected: negative" in agent.get("/responses").text


def test_the_thanks_stand_at_the_comment_or_on_top_where_it_is_not_shown(make_today, signed_in, response):
    agent = signed_in(make_today.staff())
    correct(agent, response, label="negative")
    page = agent.get("/responses").text
    assert page.index('class="correct__thanks') > page.index(f'id="reading-{response.public_id}"')
    assert page.count("Noted, thank you.") == 2  # That on top is hidden by the style sheet.

    correct(agent, response, label="positive")
    page = agent.get("/responses?q=nothing").text
    assert 'class="flash flash--correction">Noted, thank you.' in page and "correct__thanks" not in page


@pytest.mark.once
def test_themes_are_corrected_from_the_page_of_the_response(make_today, signed_in, response):
    admin = signed_in(make_today.staff(role="admin"))
    assert 'name="without" value="DELIVERY.LATE"' in admin.get(f"/responses/{response.public_id}").text

    assert correct(admin, response, without="DELIVERY.LATE").status_code == 303
    assert correct(admin, response, theme="PRICE.TOO_EXPENSIVE").status_code == 303

    page = admin.get(f"/responses/{response.public_id}").text
    assert 'name="without" value="PRICE.TOO_EXPENSIVE"' in page and "<mark>" not in page
    assert {(row.code, row.value) for row in db.session.scalars(select(Correction))} == {
        ("DELIVERY.LATE", "no"),
        ("PRICE.TOO_EXPENSIVE", "yes"),
    }


@pytest.mark.once
def test_the_control_is_on_the_page_of_a_task_and_in_insights(make_today, signed_in, response):
    agent = signed_in(make_today.staff())
    task = make_today.task(response)

    assert f'id="reading-{response.public_id}"' in agent.get(f"/tasks/{task.public_id}").text
    assert f'id="reading-{response.public_id}"' in agent.get("/insights").text


@pytest.mark.once
def test_analysts_correct_nothing(make_today, signed_in, response):
    analyst = signed_in(make_today.staff(role="analyst"))

    assert "Read wrongly?" not in analyst.get(f"/responses/{response.public_id}").text
    assert correct(analyst, response, label="negative").status_code == 403
    assert db.session.scalars(select(Correction)).all() == []


@pytest.mark.once
@pytest.mark.parametrize("sent", [{}, {"label": "glad"}, {"theme": "x" * 500}, {"without": "\x00"}])
def test_what_is_no_correction_is_refused(make_today, signed_in, response, sent):
    assert correct(signed_in(make_today.staff()), response, **sent).status_code == 422
    assert db.session.scalars(select(Correction)).all() == []


def test_nobody_is_led_away_from_here(make_today, signed_in, response):
    answer = correct(signed_in(make_today.staff()), response, label="mixed", next="https://evil.example/")

    assert answer.headers["Location"].startswith("/#reading-")


def test_an_unknown_response_is_missing(make_today, signed_in):
    browser = signed_in(make_today.staff())

    assert browser.post("/responses/nothing/reading", data={"label": "mixed"}).status_code == 404

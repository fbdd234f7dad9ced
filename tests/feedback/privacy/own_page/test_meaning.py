"""A customer says which score they meant, where kind words stand beside the lowest one."""

from datetime import timedelta

import pytest

from feedback.analysis.analysing import analyse_new
from feedback.analysis.queries import reading_of
from feedback.follow_up import triaging
from feedback.follow_up.opening import open_tasks
from feedback.follow_up.queries import history as history_of
from feedback.follow_up.queries import task_of_response
from feedback.privacy.own_page.meaning import CHOOSE, NOT_ASKED, mean
from surveys import tokens
from surveys.database import db
from surveys.errors import Conflict, Refusal
from tests.conftest import SECRET
from tests.doubles import WordReader

KIND = "Lovely and quick, thank you all."
READER = WordReader("test 1", lambda text: (-0.8, 0.9) if "awful" in text else (0.8, 0.9))
TWO_DAYS = timedelta(days=2)


def answered(make, score=0, comment=KIND, **values):
    response = make.response(score, comment, **values)
    analyse_new(make.now, 10, READER)
    reading = reading_of(response.id)
    if reading is not None and reading.polarity is not None:
        chances = (0.02, 0.03, 0.95) if reading.polarity > 0 else (0.95, 0.03, 0.02)
        reading.p_negative, reading.p_neutral, reading.p_positive = chances
    db.session.commit()
    open_tasks(make.now, 10)
    db.session.commit()
    return response


def history(response, kind="meant"):
    events = history_of(task_of_response(response.id))
    return [(event.before, event.after) for event in events if event.kind == kind]


def test_two_days_later_the_score_stays_and_what_was_meant_stands_beside_it(make, now):
    response = answered(make)
    mean(response.id, 10, now + TWO_DAYS)

    assert (response.score, response.group, response.corrected_score) == (0, "detractor", 10)
    assert history(response) == [("0", "10")]
    assert task_of_response(response.id).state == "new"


def test_whoever_meant_it_says_so_with_one_press_and_is_not_asked_again(make, now):
    response = answered(make, 1)
    mean(response.id, 1, now + timedelta(hours=1))

    assert (response.score, response.corrected_score, history(response)) == (1, 1, [("1", "1")])
    with pytest.raises(Conflict, match=NOT_ASKED):
        mean(response.id, 10, now + TWO_DAYS)
    assert response.corrected_score == 1


def test_while_the_answer_can_be_corrected_it_is_corrected(make, now):
    response = answered(make)
    mean(response.id, 10, now + timedelta(hours=1))

    assert (response.score, response.group, response.corrected_score) == (10, "promoter", None)
    assert history(response, "corrected") == [("0", "10")]


def test_whoever_meant_another_of_the_lowest_scores_is_not_asked_about_that_one_too(make, now):
    response = answered(make)
    mean(response.id, 2, now + timedelta(hours=1))

    assert (response.score, response.corrected_score) == (2, 2)
    with pytest.raises(Conflict, match=NOT_ASKED):
        mean(response.id, 9, now + timedelta(hours=1))


@pytest.mark.parametrize("later", [timedelta(hours=1), TWO_DAYS], ids=["corrected", "beside it"])
def test_whoever_presses_twice_says_it_once(make, now, later):
    response = answered(make)
    mean(response.id, 10, now + later)
    told = (response.score, response.corrected_score, history(response), history(response, "corrected"))
    mean(response.id, 10, now + later)

    assert (
        response.score,
        response.corrected_score,
        history(response),
        history(response, "corrected"),
    ) == told
    with pytest.raises(Conflict, match=NOT_ASKED):
        mean(response.id, 7, now + later)


def test_once_somebody_works_on_it_the_answer_itself_stays_on_the_first_day_too(make, now):
    response = answered(make)
    triaging.take(task_of_response(response.id), make.staff("Ben"), now)
    mean(response.id, 9, now + timedelta(hours=1))

    assert (response.score, response.corrected_score) == (0, 9)


def test_a_task_that_was_put_off_comes_back_with_the_customers_word(make, now):
    response = answered(make)
    task = task_of_response(response.id)
    task.snoozed_at, task.snoozed_until = now, now + timedelta(days=4)
    mean(response.id, 9, now + TWO_DAYS)

    assert task.snoozed_until is None


@pytest.mark.parametrize(
    ("score", "comment", "values"),
    [
        (0, "It was awful.", {}),
        (5, KIND, {}),
        (9, KIND, {}),
        (0, None, {}),
        (0, KIND, {"excluded": True}),
    ],
    ids=["unhappy words", "not the lowest", "happy", "no words", "excluded"],
)
def test_nobody_else_is_asked(make, now, score, comment, values):
    response = answered(make, score, comment)
    if values:
        response.excluded_at, response.excluded_reason = now, "test"
    with pytest.raises(Conflict, match=NOT_ASKED):
        mean(response.id, 10, now + TWO_DAYS)
    assert response.corrected_score is None


@pytest.mark.parametrize("score", [-1, 11])
def test_what_is_no_point_of_the_scale_is_refused(make, now, score):
    response = answered(make)
    with pytest.raises(Refusal, match=CHOOSE):
        mean(response.id, score, now + TWO_DAYS)
    assert response.corrected_score is None


# --- on the page ------------------------------------------------------------------------------


@pytest.fixture
def asked_in(make_today, client):
    """The page of a customer who gave the lowest score with kind words two days ago, in a language."""

    def ask(locale):
        customer = make_today.customer("Dora", locale=locale)
        order = make_today.purchase(customer)
        at = make_today.now - TWO_DAYS
        invitation = make_today.invitation(order, answered_at=at)
        response = answered(
            make_today,
            customer=customer,
            purchase=order,
            invitation=invitation,
            locale=locale,
            submitted_at=at,
        )
        return response, "/me/" + tokens.make(tokens.OWN_PAGE, invitation.public_id, SECRET)

    return ask


def test_the_page_asks_with_a_button_for_every_point_and_tells_what_was_said(client, asked_in):
    response, page = asked_in("en")

    asked = client.get(page).text
    assert "You chose 0, and your words are kind. Did you mean it so?" in asked
    assert asked.count('name="score" value=') == 11 and "Yes, 0 is right" in asked
    assert response.corrected_score is None

    told = client.post(f"{page}/answers/{response.public_id}/mean", data={"score": "9"})
    assert told.status_code == 303
    after = client.get(page).text
    assert "You told us that you meant 9. The answer stays as it was given; Demo Shop sees both." in after
    assert "Did you mean it so?" not in after and "<strong>0</strong>" in after


def test_whoever_meant_it_reads_that_they_said_so_in_german(client, asked_in):
    response, page = asked_in("de")
    client.post(f"{page}/answers/{response.public_id}/mean", data={"score": "0"})
    assert "Sie haben uns gesagt, dass 0 gemeint war." in client.get(page).text


@pytest.mark.parametrize(
    ("sent", "status"), [("", 422), ("11", 422), ("-1", 422), ("٣", 422), ("9" * 400, 422), ("9", 303)]
)
def test_what_is_sent_by_hand_is_refused_in_a_sentence(client, asked_in, sent, status):
    response, page = asked_in("en")
    answer = client.post(f"{page}/answers/{response.public_id}/mean", data={"score": sent})

    assert answer.status_code == status
    assert (CHOOSE in answer.text) == (status == 422)
    assert response.corrected_score == (9 if status == 303 else None)


def test_nobody_speaks_for_somebody_else(client, asked_in):
    _mine, page = asked_in("en")
    theirs, _page = asked_in("en")

    assert client.post(f"{page}/answers/{theirs.public_id}/mean", data={"score": "9"}).status_code == 404
    assert theirs.corrected_score is None

"""The pages of goals: what they say, who may set one, and what is refused."""

import re

import pytest

from feedback.aiming.queries import past_goals, running_goals
from feedback.aiming.settling import settle_due
from surveys.database import db
from tests.feedback.aiming.test_setting import DAY, answered, in_days

PAGE = "/insights/goals"


def asked(now, **values):
    usual = {"survey": "nps", "unit": "points", "amount": "3", "until": in_days(now, 30).isoformat()}
    return usual | dict.fromkeys(("brand", "country", "carrier", "language", "owner"), "") | values


@pytest.fixture
def owner(make_today, signed_in):
    return signed_in(make_today.staff("Olga", "owner"))


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


@pytest.mark.once
def test_an_owner_reads_what_it_takes_sets_a_goal_and_ends_it(make_today, owner):
    make = make_today
    assert "Nobody has answered yet" in owner.get(PAGE).text
    answered(make, make.now - 30 * DAY, (10, 30, 60))
    assert "No goal yet" in owner.get(PAGE).text
    assert '<option selected value="csat">' in owner.get(f"{PAGE}/new?survey=csat").text

    plan = text_of(owner.post(f"{PAGE}/new", data=asked(make.now)).text)
    assert "Today 50 (36 to 62), the goal is 53." in plan and not running_goals()
    assert "With about 103 answers until then you will not see +3 points; it takes 1,918." in plan

    answer = owner.post(f"{PAGE}/new", data=asked(make.now, set="y"))
    assert answer.status_code == 303
    [goal] = running_goals()
    answered(make, make.now, (0, 10, 20))
    assert "Just begun: it is measured within a minute." in owner.get(PAGE).text
    settle_due(make.now, 10)
    page = owner.get(PAGE).text
    assert "So far 67 (48 to 81) from 30 answers: at the goal for now." in text_of(page)
    assert page.count("chart--way") == 2 and "Reached" not in page, "no verdict before the day"
    one = text_of(owner.get(answer.location).text)
    assert "How sure is this?" in one and "NPS 53 or more" in one

    again = owner.post(answer.location, data={"until": "2020-01-01", "owner": ""})
    assert again.status_code == 422 and "The day has to lie ahead" in again.text
    assert owner.post(f"{answer.location}/end", data={"because": " "}).status_code == 422
    assert owner.post(f"{answer.location}/end", data={"because": "Sold <b>"}).status_code == 303
    assert past_goals() == [goal] and "Ended before its day: Sold &lt;b&gt;" in owner.get(PAGE).text
    assert "End the goal" not in owner.get(answer.location).text


def test_a_settled_goal_says_what_came_of_it_and_rests_on(make_today, owner):
    make = make_today
    answered(make, make.now - 30 * DAY, (10, 30, 60))
    owner.post(f"{PAGE}/new", data=asked(make.now, unit="score", amount="51", set="y"))
    answered(make, make.now + DAY, (10, 20, 70), customer=make.customer("Frequent"))
    settle_due(make.now + 33 * DAY, 10)
    [goal] = past_goals()

    page = text_of(owner.get(PAGE).text)
    assert "Reached, confirmed. The score is at the goal, and chance hardly explains that." in page
    assert "60 (45 to 71 with 95 % confidence) from 100 answers" in page
    one = text_of(owner.get(f"{PAGE}/{goal.public_id}").text)
    assert "the true score is 54 or more" in one
    assert "This start stays" not in one and "End the goal" not in one

    news = owner.get("/news").text
    assert "Reached, confirmed: NPS 51 or more" in news and 'masthead__count">1<' in news
    owner.post("/news/read", data={"goal": re.search(r'name="goal" value="(\d+)"', news)[1]})
    assert "masthead__count" not in owner.get("/news").text


@pytest.mark.once
@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "lots"},
        {"until": "someday"},
        {"unit": "people"},
        {"survey": "none"},
        {"amount": "90"},
        {"amount": "sNaN"},
    ],
)
def test_a_form_that_cannot_be_is_shown_again_with_what_is_wrong(make_today, owner, wrong):
    answered(make_today, make_today.now - 30 * DAY)

    answer = owner.post(f"{PAGE}/new", data=asked(make_today.now, set="y", **wrong))

    assert answer.status_code == 422 and "error-summary" in answer.text and not running_goals()


@pytest.mark.once
def test_one_button_leads_to_a_new_goal_with_and_without_one(make_today, owner):
    answered(make_today, make_today.now - 30 * DAY)
    assert owner.get(PAGE).text.count(">New goal<") == 1
    owner.post(f"{PAGE}/new", data=asked(make_today.now, set="y"))
    assert owner.get(PAGE).text.count(">New goal<") == 1


@pytest.mark.once
def test_everybody_sees_goals_and_agents_only_read_them(make_today, signed_in, owner):
    answered(make_today, make_today.now - 30 * DAY)
    owner.post(f"{PAGE}/new", data=asked(make_today.now, set="y"))
    [goal] = running_goals()
    address = f"{PAGE}/{goal.public_id}"

    agent = signed_in(make_today.staff(role="agent"))

    assert "New goal" not in agent.get(PAGE).text and "End the goal" not in agent.get(address).text
    assert agent.post(f"{address}/end", data={"because": "No"}).status_code == 403
    assert running_goals() == [goal]


@pytest.mark.once
def test_several_answers_of_one_person_are_told(make_today, owner):
    make = make_today
    answered(make, make.now - 30 * DAY)
    owner.post(f"{PAGE}/new", data=asked(make.now, set="y"))
    [goal] = running_goals()
    for number in range(4):
        make.responses((2, 2, 2) if number % 2 else (9, 9, 9), customer=make.customer(f"Customer {number}"))
    db.session.commit()

    page = text_of(owner.get(f"{PAGE}/{goal.public_id}").text)

    assert "4 people gave these 12 answers." in page and "1.91 times as wide" in page

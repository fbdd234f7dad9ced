"""The page that says whether following up works: for whom, with how many tasks, and never a person by name unasked."""

import re

import pytest

from tests.feedback.follow_up.effect.cohorts import DAY, HOUR, case

PAGE = "/insights/follow-up"


def many(make, n, **values):
    customer = make.customer()
    with make.at_one_go():
        for _ in range(n):
            case(make, make.now, customer=customer, **values)


def test_without_a_task_the_page_says_what_it_will_tell(make_today, signed_in):
    make = make_today
    page = signed_in(make.staff(role="analyst")).get(PAGE).text

    assert "No tasks from this period" in page and '<svg class="chart' not in page


@pytest.mark.once
def test_three_tasks_are_told_as_few(make_today, signed_in):
    make = make_today
    many(make, 2, contacted=HOUR, resolved=DAY, said="yes", outcome="recovered")
    case(make, make.now)

    page = signed_in(make.staff(role="agent")).get(PAGE).text

    assert re.search("67.% were contacted in time", page) and "These are few" in page
    assert "2 of 2 who said whether it was solved say yes" in page
    assert page.count("chart--waiting") == 4  # two curves, each for a wide and a narrow screen
    assert "This is not an experiment" not in page and "not compared here" in page


@pytest.mark.once
def test_what_happens_anyway_is_told_from_thirty_scores_on(make_today, signed_in):
    make = make_today
    agent = signed_in(make.staff(role="agent"))
    make.responses([8, 9, 10], submitted_at=make.now - 200 * DAY)
    many(make, 3, contacted=HOUR)
    few = agent.get(PAGE).text
    assert "it takes 30 tasks of these days with a score (now 3)" in few and "these customers" not in few

    many(make, 26, contacted=HOUR)
    task = case(make, make.now, contacted=HOUR)
    make.response(9, customer=task.customer, submitted_at=make.now - 10 * DAY)
    page = agent.get(PAGE).text
    assert "From a mean of 3.0 these customers would come to" in page
    assert "again, 1 of 1 gave 7 or more: too few to tell" in page


@pytest.mark.once
def test_both_groups_are_compared_and_it_says_that_it_is_no_experiment(make_today, signed_in):
    make = make_today
    with make.at_one_go():
        for place in range(40):
            task = case(make, make.now, contacted=HOUR if place % 2 else None)
            if place % 4 == 1:
                make.purchase(task.customer, placed_at=task.opened_at + 20 * DAY)

    page = signed_in(make.staff(role="owner")).get(PAGE).text

    # An interval is one figure; it is not cut where a line ends, neither in a cell nor in a sentence.
    assert re.search(r'Contacted within 14 days: [\d\xa0%]+ \(<span class="nowrap">', page)
    assert "The difference is 50 points" in page and "This is not an experiment" in page
    assert "for every 2.0 contacted" in page


def test_the_answer_to_a_check_back_moves_no_score_and_no_task(make_today, signed_in, machine):
    make = make_today
    make.response(9)
    many(make, 1, contacted=HOUR, resolved=DAY)
    score = machine.get("/api/v1/insights/score?survey=nps").json
    make.response(None, survey_key="check-back", answers={"solved": "no"}, comment="Nothing works")

    assert machine.get("/api/v1/insights/score?survey=nps").json == score
    assert machine.get("/api/v1/follow-up/effect").json["tasks"] == 1


def test_single_persons_are_shown_when_the_owner_says_so_to_themselves_and_admins(make_today, signed_in):
    make = make_today
    ben, kim = make.staff("Ben"), make.staff("Kim")
    many(make, 30, assignee=ben, contacted=HOUR)
    many(make, 30, assignee=kim)
    owner = signed_in(make.staff(role="owner"))
    assert "Tasks by owner" not in owner.get(PAGE).text

    answer = owner.post(f"{PAGE}/persons", data={"show": "yes"})

    assert answer.status_code == 303
    table = owner.get(PAGE).text.split('id="persons"')[1]
    assert "Ben" in table and "Kim" in table
    mine = signed_in(ben).get(PAGE).text.split('id="persons"')[1]
    assert "Ben" in mine and "Kim" not in mine
    assert 'id="persons"' not in signed_in(make.staff(role="analyst")).get(PAGE).text
    owner.post(f"{PAGE}/persons", data={"show": "no"})
    assert 'id="persons"' not in signed_in(ben).get(PAGE).text


@pytest.mark.once
def test_only_an_owner_decides_about_persons(make_today, signed_in):
    make = make_today
    for role in ("admin", "agent", "analyst"):
        assert (
            signed_in(make.staff(role=role)).post(f"{PAGE}/persons", data={"show": "yes"}).status_code == 403
        )


def test_impossible_days_are_refused_with_a_sentence(make_today, signed_in):
    make = make_today
    admin = signed_in(make.staff(role="admin"))

    assert admin.get(f"{PAGE}?since=2026-13-01").status_code == 422
    assert admin.get(f"{PAGE}?since=2026-03-01&until=2026-01-01").status_code == 422
    assert admin.get(f"{PAGE}?brand=nowhere").status_code in (404, 422)

"""The register of excluded answers, and the way in and out of it."""

import re

import pytest
from sqlalchemy import select

from feedback.analysis.analysing import analyse_new
from surveys.audit.models import AuditEvent
from surveys.database import db
from tests.doubles import WordReader

REGISTER = "/insights/excluded"


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)).replace("\xa0", " ")


@pytest.fixture
def bot(make_today):
    """An answer of a program beside two real ones."""
    make_today.response(10)
    make_today.response(3)
    return make_today.response(0, "buy cheap pills", customer=make_today.customer("Botty"))


def exclude(browser, response, reason="bot"):
    return browser.post(f"/responses/{response.public_id}/exclude", data={"reason": reason})


@pytest.mark.once
def test_an_owner_excludes_an_answer_and_puts_it_back(make_today, signed_in, bot, machine):
    browser = signed_in(make_today.staff("Olga", "owner"))
    page, address = f"/responses/{bot.public_id}", f"/api/v1/responses/{bot.public_id}"

    assert "Why it should not count" in words(browser.get(page))
    assert exclude(browser, bot).location == page
    assert "a program filled it in" in words(browser.get(page))
    assert machine.get(address).json["excluded"] == "bot"
    assert machine.get("/api/v1/insights/score?survey=nps").json["n"] == 2
    assert browser.post(f"{page}/put-back", data={"from": "list"}).location == REGISTER
    assert machine.get(address).json["excluded"] is None
    assert machine.get("/api/v1/insights/score?survey=nps").json["n"] == 3


def test_both_deeds_stand_in_the_register_of_changes_with_the_reason(make_today, signed_in, bot):
    browser = signed_in(make_today.staff("Olga", "owner"))
    exclude(browser, bot)
    browser.post(f"/responses/{bot.public_id}/put-back")

    rows = list(db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)))
    assert [row.object_id for row in rows] == [bot.public_id] * 2
    assert [row.changes[0]["fields"]["excluded_reason"] for row in rows] == [[None, "bot"], ["bot", None]]
    said = words(browser.get("/settings/changes"))
    assert "excluded an answer from the numbers" in said and "put an excluded answer back" in said


@pytest.mark.once
def test_the_register_says_who_what_when_why_and_both_scores(make_today, signed_in, bot):
    browser = signed_in(make_today.staff("Olga", "owner"))
    exclude(browser, bot)

    insights, page = words(browser.get("/insights")), words(browser.get(REGISTER))

    assert "1 answer is excluded : with it the score would be −33." in insights
    assert "Botty" in page and "a program filled it in" in page and ", Olga" in page
    assert "0 (2 answers) −33 (3 answers)" in page
    assert "Put back" in page


def test_the_register_is_filtered_by_reason_and_survey(make_today, signed_in, bot):
    browser = signed_in(make_today.staff("Olga", "owner"))
    exclude(browser, bot)

    assert "Botty" in browser.get(f"{REGISTER}?reason=bot&survey=nps").text
    for nothing in ("?reason=scanner", "?survey=csat", "?since=2020-01-01&until=2020-02-01"):
        assert "No answer is excluded" in browser.get(REGISTER + nothing).text
    assert browser.get(f"{REGISTER}?reason=boring").status_code == 422


def test_a_longer_register_leads_on(make_today, signed_in):
    customer = make_today.customer()
    with make_today.at_one_go():
        for _ in range(51):
            make_today.response(0, customer=customer, excluded_at=make_today.now, excluded_reason="scanner")
    browser = signed_in(make_today.staff("Olga", "owner"))

    page = browser.get(f"{REGISTER}?reason=scanner").text
    (following,) = re.findall(r'href="([^"]*cursor=[^"]*)"', page)
    last = browser.get(following.replace("&amp;", "&")).text

    assert page.count("/put-back") == 50 and last.count("/put-back") == 1


@pytest.mark.once
def test_nothing_excluded_is_not_mentioned(make_today, signed_in, bot):
    assert "excluded" not in signed_in(make_today.staff(role="agent")).get("/insights").text


@pytest.mark.once
@pytest.mark.parametrize("role", ["agent", "analyst"])
def test_others_see_the_register_but_change_nothing(make_today, signed_in, bot, role):
    exclude(signed_in(make_today.staff("Olga", "owner")), bot)
    browser = signed_in(make_today.staff("Ann", role))

    page = browser.get(REGISTER).text

    assert "a program filled it in" in page and "put-back" not in page
    assert ("Botty" in page) is (role == "agent")
    assert exclude(browser, bot).status_code == 403
    assert browser.post(f"/responses/{bot.public_id}/put-back").status_code == 403


def test_an_unknown_reason_and_a_check_back_are_refused_in_words(make_today, signed_in, bot):
    browser = signed_in(make_today.staff("Olga", "owner"))
    check_back = make_today.response(None, survey_key="check-back", answers={"solved": "no"})

    assert "Choose why the answer should not count" in exclude(browser, bot, "").text
    assert "It counts in no score" in exclude(browser, check_back).text
    assert "Why it should not count" not in browser.get(f"/responses/{check_back.public_id}").text


@pytest.mark.once
def test_the_open_task_of_an_excluded_answer_stays_and_the_page_says_so(make_today, signed_in, bot):
    task = make_today.task(bot)
    browser = signed_in(make_today.staff("Olga", "owner"))
    before = words(browser.get(f"/responses/{bot.public_id}"))
    exclude(browser, bot)
    after = words(browser.get(f"/responses/{bot.public_id}"))

    assert "Its open task stays open." in before
    assert "Its task stays open; close it if there is nothing to do." in after
    db.session.refresh(task)
    assert task.closed_at is None


def test_the_list_and_the_file_mark_it(make_today, signed_in, bot):
    browser = signed_in(make_today.staff("Olga", "owner"))
    exclude(browser, bot)
    analyse_new(make_today.now, 10, WordReader("test 1", lambda text: (-0.5, 0.5)))

    assert "excluded" in words(browser.get("/responses?q=pills"))
    assert '"bot"' in browser.get("/responses/export.csv?q=pills").text
    assert "pills" not in browser.get("/responses?only=counted").text
    assert "pills" not in browser.get("/insights").text

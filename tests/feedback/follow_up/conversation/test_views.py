"""The conversation on a task's page, and the mails that wait for a task."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.follow_up.conversation import joining
from feedback.follow_up.conversation.models import Letter, Reply
from feedback.follow_up.models import Task
from feedback.follow_up.queries import last_change
from surveys.audit.models import AuditEvent
from surveys.clock import business_now, real_now
from surveys.database import db
from surveys.post_box.models import IncomingMail
from surveys.post_box.sorting import take_in
from tests.feedback.follow_up.conversation.letters import letter
from tests.surveys.post_box.mails import our_id


@pytest.fixture
def ben(make_today):
    return make_today.staff("Ben")


@pytest.fixture
def browser(signed_in, ben):
    return signed_in(ben)


@pytest.fixture
def task(make_today, ben):
    asked = make_today.invitation(make_today.purchase(make_today.customer("Pat", email="pat@example.test")))
    answer = make_today.response(
        2, "Late", customer=asked.customer, invitation=asked, purchase=asked.purchase
    )
    return make_today.task(answer, state="in_progress", assignee=ben)


def came(raw):
    mail = take_in(raw, "imap", real_now(), joining)
    db.session.commit()
    return mail


def do(browser, task, deed, **fields):
    fields.setdefault("version", last_change(task.id))
    return browser.post(f"/tasks/{task.public_id}/{deed}", data=fields)


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.text))


def test_a_mail_of_the_customer_is_shown_with_its_files_and_nothing_in_it_is_live(browser, task):
    words = "<script>alert(1)</script> My IBAN is DE89 3704 0044 0532 0130 00\n\nOn Monday Ben wrote:\n> old words"
    came(
        letter(words, to=our_id(task.response.invitation), files=[("<b>.html", b"<script>alert(2)</script>")])
    )

    page = browser.get(f"/tasks/{task.public_id}")
    assert "&lt;script&gt;alert(1)" in page.text and "<script>alert" not in page.text
    assert "The customer wrote" in page.text and "DE89" not in page.text and "old words" in page.text
    shown = do(browser, task, "comment")
    assert "DE89" in shown.text

    file = browser.get(re.search(r'href="(/tasks/[^"]+/files/[^"]+)"', page.text)[1])
    assert (file.data, file.mimetype) == (b"<script>alert(2)</script>", "application/octet-stream")
    assert file.headers["Content-Disposition"] == "attachment; filename*=UTF-8''b.html"
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "tasks.file" in db.session.scalars(select(AuditEvent.action)).all()


@pytest.mark.once
def test_a_file_is_found_at_its_own_task_only(browser, task, make_today):
    came(letter("Look", to=our_id(task.response.invitation), files=[("a.txt", b"a")]))
    other = make_today.task(make_today.response(1))
    file = db.session.scalars(select(Letter)).one().files[0]
    assert browser.get(f"/tasks/{other.public_id}/files/{file.public_id}").status_code == 404


def test_who_may_not_work_tasks_gets_no_file(signed_in, make_today, task):
    came(letter("Look", to=our_id(task.response.invitation), files=[("a.txt", b"a")]))
    file = db.session.scalars(select(Letter)).one().files[0]
    analyst = signed_in(make_today.staff("Ann", "analyst"))
    assert analyst.get(f"/tasks/{task.public_id}/files/{file.public_id}").status_code == 403
    assert analyst.get("/letters").status_code == 403


@pytest.mark.once
def test_a_form_that_was_open_while_the_customer_wrote_is_not_sent(browser, task):
    seen = last_change(task.id)
    came(letter("Wait!", to=our_id(task.response.invitation)))
    assert do(browser, task, "reply", subject="Re", body="Hello", version=seen).status_code == 409


def test_what_the_customer_wrote_last_is_named_until_somebody_answers(browser, task):
    told, chip = "and has no answer yet: Still broken", "the customer wrote"
    came(letter("Still broken", to=our_id(task.response.invitation)))
    assert (
        told in text_of(browser.get(f"/tasks/{task.public_id}"))
        and chip in browser.get("/inbox?view=open").text
    )
    do(browser, task, "reply", subject="Re", body="A new one is under way")
    assert told not in text_of(browser.get(f"/tasks/{task.public_id}"))
    assert chip not in browser.get("/inbox?view=open").text


@pytest.mark.once
def test_the_preview_shows_the_mail_as_it_leaves_and_sends_nothing(browser, task):
    page = do(browser, task, "reply", subject="Re: your order", body="Hello <Pat>, [what]", preview="1")
    text = text_of(page)
    assert page.status_code == 200 and "Ben · Demo Shop" in page.text and "pat@example.test" in text
    assert "Hello &lt;Pat&gt;" in page.text and "still parts in brackets" in text and "/me/" in text
    assert db.session.scalars(select(Reply)).all() == []
    assert do(browser, task, "reply", subject="", body="", preview="1").status_code == 422


@pytest.mark.once
def test_a_mail_is_taken_back_and_its_text_stands_in_the_form(browser, task):
    assert do(browser, task, "reply", subject="Re: x", body="My own words").status_code == 303
    page = browser.get(f"/tasks/{task.public_id}")
    assert page.text.count("leaves in") == 2  # once to undo, once in the history
    assert "Your mail leaves in" in page.text and "Written." in page.text and "Undo" in page.text
    undo = re.search(r'action="(/tasks/[^"]+/take-back)"', page.text)[1]
    assert browser.post(undo).status_code == 303
    page = browser.get(f"/tasks/{task.public_id}")
    assert "Taken back" in page.text and ">\r\nMy own words</textarea>" in page.text
    assert "taken back before it left" in page.text and "/take-back" not in page.text
    assert "too late to take this mail back" in browser.get(browser.post(undo).location).text


def test_a_letter_is_chosen_by_the_address_and_a_missing_language_is_said(browser, task):
    page = browser.get(f"/tasks/{task.public_id}?letter=resolved&in=de")
    assert "ist erledigt" in page.text and "There is no letter in it" not in page.text
    task.response.locale = "fr"
    db.session.commit()
    assert "The customer reads French." in text_of(browser.get(f"/tasks/{task.public_id}"))


@pytest.mark.once
def test_three_tries_on_two_ways_offer_to_close_as_unreachable(browser, task):
    for channel in ("phone", "phone", "message"):
        assert "Close as unreachable" not in browser.get(f"/tasks/{task.public_id}").text
        assert do(browser, task, "call", channel=channel, result="voicemail", note="rang").status_code == 303
    page = browser.get(f"/tasks/{task.public_id}")
    assert "Close as unreachable" in page.text and "3 tries without an answer" in page.text
    assert "tried to reach the customer: By telephone. Left a message" in text_of(page)
    assert do(browser, task, "close", outcome="unreachable").status_code == 303
    assert task.outcome == "unreachable"


@pytest.mark.once
def test_a_call_without_a_result_is_refused_with_what_was_typed(browser, task):
    answer = do(browser, task, "call", channel="phone", result="", note="half a story")
    assert answer.status_code == 422 and "half a story" in answer.text


@pytest.mark.once
def test_a_mail_without_a_task_is_put_to_one(browser, task):
    row = came(letter("It is me, from work", sender="x@work.test", subject="Hello <b>"))
    page = browser.get("/letters")
    assert "Hello &lt;b&gt;" in page.text and "Nobody here has the sender" in page.text
    found = browser.get(f"/letters/{row.public_id}?q=pat@example")
    assert "It is me, from work" in found.text and task.public_id in found.text
    assert task.public_id not in browser.get(f"/letters/{row.public_id}").text

    done = browser.post(f"/letters/{row.public_id}/put", data={"task": task.public_id})
    assert done.status_code == 303 and done.location.endswith(task.public_id)
    page = browser.get(f"/tasks/{task.public_id}")
    assert "It is me, from work" in page.text and "Put here by Ben" in page.text
    assert "x@work.test, which is not the customer" in text_of(page)
    again = browser.post(f"/letters/{row.public_id}/put", data={"task": task.public_id})
    assert "Somebody has dealt with this mail" in browser.get(again.location).text
    assert db.session.get(IncomingMail, row.id).raw is None


def test_a_mail_goes_to_no_task_that_is_not_there(browser, task):
    row = came(letter("Hello", sender="x@work.test"))
    assert browser.post(f"/letters/{row.public_id}/put", data={"task": "nonsense"}).status_code == 404
    assert browser.get("/letters/nonsense").status_code == 404
    assert db.session.scalars(select(Task.version).where(Task.id == task.id)).one() == task.version


def test_a_mail_becomes_a_new_task_of_the_customer_that_was_looked_for(browser, task):
    order = task.response.purchase
    row = came(letter("Something else", sender="x@work.test"))
    assert "Open a new task" not in browser.get(f"/letters/{row.public_id}").text
    page = browser.get(f"/letters/{row.public_id}?q=pat@example")
    assert "Is it a new matter?" in page.text and f'value="{task.customer.public_id}"' in page.text

    told = {"customer": task.customer.public_id, "order": order.reference if order else ""}
    done = browser.post(f"/letters/{row.public_id}/open", data=told)
    new = db.session.scalars(select(Task).where(Task.id != task.id)).one()
    assert done.status_code == 303 and done.location.endswith(new.public_id)
    assert (new.customer, new.response.purchase) == (task.customer, order)
    again = browser.post(f"/letters/{row.public_id}/open", data=told)
    assert "Somebody has dealt with this mail" in browser.get(again.location).text
    assert browser.post(f"/letters/{row.public_id}/open", data={"customer": "nobody"}).status_code == 404


@pytest.mark.once
def test_a_task_that_is_long_over_says_that_a_new_one_follows_and_is_led_back_to(browser, task):
    task.state, task.outcome, task.closed_at = "closed", "no_action", business_now() - timedelta(days=40)
    db.session.commit()
    row = came(letter("It broke again"))
    assert "a new task follows it" in browser.get(f"/letters/{row.public_id}").text
    done = browser.post(f"/letters/{row.public_id}/put", data={"task": task.public_id})
    assert not done.location.endswith(task.public_id)
    page = browser.get(done.location).text
    assert f'/tasks/{task.public_id}">The closed task that this one follows' in page

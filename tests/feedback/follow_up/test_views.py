"""The task page: what it shows, and every deed on it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.analysis.models import Analysis, Mention
from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.escalating import escalate_overdue
from feedback.follow_up.models import Task
from feedback.follow_up.opening import open_tasks
from feedback.follow_up.queries import last_change
from feedback.follow_up.recovering import ask_back
from surveys.audit.models import AuditEvent
from surveys.customers.opting_out import object_to_asking
from surveys.database import db
from surveys.errors import Missing
from surveys.questionnaires.publishing import publish
from surveys.questionnaires.starters import NPS
from tests.feedback.follow_up.deciding.test_weighing import read
from tests.surveys.questionnaires.asking import row


@pytest.fixture
def ben(make_today):
    return make_today.staff("Ben")


@pytest.fixture
def browser(signed_in, ben):
    return signed_in(ben)


@pytest.fixture
def task(make_today):
    order = make_today.purchase(
        order_url="https://shop.test/orders/1", tracking_url="javascript:alert(1)", carrier="DHL"
    )
    response = make_today.response(
        2, "It came <b>late</b>", customer=order.customer, purchase=order, contact_permission=None
    )
    return make_today.task(response, permission_unanswered=True)


def do(browser, task, deed, **fields):
    fields.setdefault("version", last_change(task.id))
    return browser.post(f"/tasks/{task.public_id}/{deed}", data=fields)


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.text))


@pytest.mark.once
def test_the_menu_says_where_a_task_and_its_customer_belong(browser, task):
    here = re.compile(r'aria-current="page">([^<]+)</a>')
    assert here.findall(browser.get(f"/tasks/{task.public_id}").text) == ["Inbox"]
    assert here.findall(browser.get("/thanks").text) == ["Inbox"]
    assert here.findall(browser.get(f"/customers/{task.customer.public_id}").text) == ["Responses"]


@pytest.mark.once
def test_the_page_shows_comment_reason_order_and_customer(browser, task, make_today):
    make_today.response(9, "All fine", customer=task.customer)
    page = browser.get(f"/tasks/{task.public_id}")
    assert page.status_code == 200
    assert "It came &lt;b&gt;late&lt;/b&gt;" in page.text
    text = text_of(page)
    assert "The score is low." in text and "left unanswered" in text and "All fine" in text
    assert 'href="https://shop.test/orders/1" target="_blank" rel="noopener' in page.text
    assert "javascript:" not in page.text and "DHL" in text
    assert "h left" in text or "d left" in text


def test_the_page_shows_the_further_answers_in_the_words_they_were_given_to(browser, task, make_today):
    asked = [
        row("q1", "reasons", reasons={"": ["DELIVERY.LATE"]}),
        row("q2", "yes_no"),
        row("q3", "contact"),
        row("q4", "many", choices=["red"], other=True),
    ]
    task.reason = "DELIVERY.LATE"
    task.response.version = publish(task.response.survey, {**NPS, "questions": asked}, make_today.now)
    task.response.answers = {
        "q1": ["DELIVERY.LATE"],
        "q2": "no",
        "q3.phone": "0221 <1>",
        "q4": ["red", "other"],
        "q4.text": "mauve",
    }
    db.session.commit()

    page = browser.get(f"/tasks/{task.public_id}")

    assert page.status_code == 200
    for told in (
        "About q1? It came late",
        "About q2? No",
        "About q3? 0221 &lt;1&gt;",
        "About q4? Red, mauve",
    ):
        assert told in text_of(page)
    assert "It is about: Delivery: Late." in text_of(page)


@pytest.mark.once
def test_unknown_tasks_and_other_roles_are_refused(browser, task, signed_in, make_today, client):
    assert browser.get("/tasks/nothing").status_code == 404
    analyst = signed_in(make_today.staff("Dora", role="analyst"))
    assert analyst.get(f"/tasks/{task.public_id}").status_code == 403
    assert client.get(f"/tasks/{task.public_id}").status_code == 303


@pytest.mark.once
def test_take_begins_the_task_and_opens_the_letter_in_the_customers_language(browser, task, ben):
    assert do(browser, task, "take").status_code == 303
    assert (task.state, task.assignee_id) == ("in_progress", ben.id)
    page = browser.get(f"/tasks/{task.public_id}").text
    assert "Hello Dora Detractor," in page and "[what I understood" in page and "Your answer to" in page


@pytest.mark.once
def test_a_reply_with_brackets_left_is_refused_and_kept(browser, task):
    answer = do(browser, task, "reply", subject="Re: x", body="My own words [what I did]")
    assert answer.status_code == 422
    assert "My own words [what I did]" in answer.text and "in brackets" in answer.text
    assert db.session.scalar(select(Reply)) is None


@pytest.mark.once
def test_a_finished_reply_is_queued_and_shown(browser, task):
    assert do(browser, task, "reply", subject="Re: x", body="I am sorry.").status_code == 303
    page = text_of(browser.get(f"/tasks/{task.public_id}"))
    assert "Ben wrote to the customer; the mail leaves in a moment" in page and "I am sorry." in page


@pytest.mark.once
def test_a_stale_form_is_refused_with_its_text_kept_and_can_be_sent_again(browser, task):
    old = last_change(task.id)
    do(browser, task, "take")
    answer = do(browser, task, "reply", version=old, subject="Re: x", body="A long letter")
    assert answer.status_code == 409
    assert "changed while you had it open" in answer.text and "A long letter" in answer.text
    version = re.findall(r'name="version" value="(\d+)"', answer.text)[0]
    assert do(browser, task, "reply", version=version, subject="Re", body="A long letter").status_code == 303


@pytest.mark.once
def test_a_note_is_added_whatever_happened_in_between(browser, task):
    old = last_change(task.id)
    do(browser, task, "take")
    assert do(browser, task, "note", version=old, note="Called", contacted="y").status_code == 303
    assert task.contacted_at is not None
    assert "Ben reached the customer" in text_of(browser.get(f"/tasks/{task.public_id}"))


@pytest.mark.once
def test_waiting_needs_a_day_and_ends_on_its_morning(browser, task, make_today):
    do(browser, task, "take")
    assert do(browser, task, "wait").status_code == 422
    day = (make_today.now + timedelta(days=3)).date()
    assert do(browser, task, "wait", waiting_until=day.isoformat(), text="Photo?").status_code == 303
    assert task.state == "waiting_customer" and task.waiting_until.date() == day
    far = (make_today.now + timedelta(days=9)).date().isoformat()
    do(browser, task, "resume")
    refused = do(browser, task, "wait", waiting_until=far)
    assert refused.status_code == 422 and "7 days at most" in refused.text


@pytest.mark.once
def test_waiting_for_a_colleague_begins_with_the_next_business_day_and_ends_on_its_morning(
    browser, task, make_today
):
    do(browser, task, "take")
    page = browser.get(f"/tasks/{task.public_id}").text
    likely = re.search(r'id="colleague-until"[^>]*value="([^"]+)"', page)
    assert likely is not None
    refused = do(browser, task, "wait-internal", note="Warehouse counts", waiting_until="")
    assert refused.status_code == 422 and "Warehouse counts" in refused.text
    far = (make_today.now + timedelta(days=16)).date().isoformat()
    refused = do(browser, task, "wait-internal", note="Warehouse counts", waiting_until=far)
    assert (
        refused.status_code == 422 and "14 days at most" in refused.text and f'value="{far}"' in refused.text
    )
    day = likely.group(1)
    assert do(browser, task, "wait-internal", note="Warehouse counts", waiting_until=day).status_code == 303
    assert (task.state, task.waiting_until.date().isoformat()) == ("waiting_internal", day)
    page = text_of(browser.get(f"/tasks/{task.public_id}"))
    assert "A colleague is waited for until" in page and "Warehouse counts" in page
    escalate_overdue(task.waiting_until, 10)
    db.session.commit()
    assert task.state == "in_progress"
    assert "The wait for a colleague is over" in text_of(browser.get(f"/tasks/{task.public_id}"))


@pytest.mark.once
def test_resolve_takes_a_new_task_first_and_wants_both_codes(browser, task, ben):
    refused = do(browser, task, "resolve", resolution="refund", cause="")
    assert refused.status_code == 422 and "what the cause was" in refused.text
    done = do(browser, task, "resolve", resolution="refund", cause="carrier", note="Money back")
    assert done.status_code == 303
    assert (task.state, task.assignee_id) == ("resolved", ben.id)
    page = text_of(browser.get(f"/tasks/{task.public_id}"))
    assert "Ben resolved it: Refund. Cause: Carrier" in page and "Money back" in page


@pytest.mark.once
def test_a_cause_that_nobody_found_is_resolved_with_a_reason_only(browser, task):
    refused = do(browser, task, "resolve", resolution="apology", cause="unknown", goodwill="3")
    assert refused.status_code == 422 and task.state == "new"
    assert 'id="resolve-note-error"' in refused.text and "Say why the cause is not known." in refused.text
    assert '<option selected value="unknown">' in refused.text and 'value="3"' in refused.text
    done = do(browser, task, "resolve", resolution="apology", cause="unknown", note="The parcel is gone")
    assert done.status_code == 303 and task.cause == "unknown"


@pytest.mark.once
def test_whom_the_comment_names_is_marked_but_may_be_given_the_task(browser, make_today, ben):
    nadia = make_today.staff("Nadia Brandt")
    task = make_today.task(make_today.response(comment="Nadia Brandt never called back, and Ben was rude"))
    page = text_of(browser.get(f"/tasks/{task.public_id}"))
    assert "Nadia Brandt (named in the comment)" in page and "The comment names" not in page
    assert do(browser, task, "assign", assignee=nadia.public_id).status_code == 303
    assert "The comment names Nadia Brandt." in text_of(browser.get(f"/tasks/{task.public_id}"))
    do(browser, task, "take")
    assert "The comment names you." in text_of(browser.get(f"/tasks/{task.public_id}"))


@pytest.mark.once
def test_close_and_take_up_again(browser, task):
    assert do(browser, task, "close", outcome="").status_code == 422
    assert do(browser, task, "close", outcome="duplicate").status_code == 303
    page = browser.get(f"/tasks/{task.public_id}")
    assert "Outcome: Duplicate." in text_of(page) and "/wait" not in page.text
    assert do(browser, task, "reopen", text="Not the same").status_code == 303
    assert task.state == "in_progress" and task.reopened == 1


@pytest.mark.once
def test_a_move_that_is_not_possible_now_says_which_are(browser, task, make_today):
    tomorrow = (make_today.now + timedelta(days=1)).date().isoformat()
    refused = do(browser, task, "wait-internal", note="Warehouse", waiting_until=tomorrow)
    assert refused.status_code == 409 and "Possible now: in work, closed." in refused.text


@pytest.mark.once
def test_what_is_possible_now_is_said_in_the_readers_language(make_today, signed_in):
    task = make_today.task()
    browser = signed_in(make_today.staff("Nadia", locale="de"))
    tomorrow = (make_today.now + timedelta(days=1)).date().isoformat()
    refused = do(browser, task, "wait-internal", note="Lager", waiting_until=tomorrow)
    assert "im Stand „neu“ und kann nicht zu „wartet auf das Team“ wechseln" in refused.text
    assert "Jetzt möglich: in Arbeit, abgeschlossen." in refused.text


@pytest.mark.once
def test_giving_it_to_somebody_and_to_nobody(browser, task, make_today):
    nadia = make_today.staff("Nadia")
    do(browser, task, "assign", assignee=nadia.public_id)
    assert task.assignee_id == nadia.id
    do(browser, task, "assign", assignee="")
    assert task.assignee_id is None
    assert do(browser, task, "assign", assignee="nobody-of-that-name").status_code == Missing.status


def test_a_verifying_task_tells_the_whole_story(browser, task, make_today):
    make_today.survey()
    do(browser, task, "resolve", resolution="refund", cause="carrier")
    ask_back(make_today.now, 10)
    assert db.session.scalars(select(Task)).one().state == "verifying"
    page = text_of(browser.get(f"/tasks/{task.public_id}"))
    assert "customer is asked" in page and "Take up again" in page


@pytest.mark.once
def test_a_customer_without_address_gets_no_letter(browser, make_today):
    customer = make_today.customer(email=None, reference="C-1")
    task = make_today.task(make_today.response(2, customer=customer))
    page = browser.get(f"/tasks/{task.public_id}").text
    assert "Reply by mail" not in page


@pytest.mark.once
def test_of_whom_nobody_may_ask_the_page_does_not_say_that_they_will_be_asked(browser, task, now):
    assert "Resolve and ask the customer" in text_of(browser.get(f"/tasks/{task.public_id}"))
    object_to_asking(task.customer, "link", now)
    db.session.commit()

    page = text_of(browser.get(f"/tasks/{task.public_id}"))
    assert "QuestionsThe customer does not want to be asked." in page
    assert "The customer will not be asked whether it is solved" in page
    assert "Resolve and ask the customer" not in page

    do(browser, task, "resolve", resolution="refund", cause="carrier")
    page = text_of(browser.get(f"/tasks/{task.public_id}"))
    assert "Resolved." in page and "Resolved. The customer is asked" not in page


@pytest.mark.once
def test_the_page_marks_what_the_comment_is_about(browser, task, make_today):
    analysis = Analysis(
        response=task.response, label="negative", polarity=-0.6, analyzer="t", analysed_at=make_today.now
    )
    analysis.mentions = [Mention(kind="theme", code="DELIVERY.LATE", start=8, end=19, polarity=-0.6)]
    make_today.keep(analysis)
    task.response.analysed_at = make_today.now
    make_today.keep(task.response)

    page = browser.get(f"/tasks/{task.public_id}")

    assert "It came <mark>&lt;b&gt;late&lt;/b&gt;</mark></blockquote>" in page.text
    assert "About: Delivery: Late (negative)" in text_of(page)
    assert "How this was read: negative" in text_of(page)
    assert f'href="/responses/{task.response.public_id}/alike">Comments like this one</a>' in page.text


def test_the_page_tells_what_decided_and_how_it_was_read_folded_up(browser, task, make_today):
    task.response.comment, task.response.analysed_at = "Awful, truly.", make_today.now
    task.response.score = 10
    analysis = Analysis(
        response=task.response, language="en", label="negative", polarity=-0.9, p_negative=0.93, p_neutral=0.04,
        p_positive=0.03, baseline=-1.0, marks=[[0, 5, -1.0]], analyzer="t", analysed_at=make_today.now,
    )  # fmt: skip
    make_today.keep(analysis)

    page = browser.get(f"/tasks/{task.public_id}").text

    assert (
        'title="bad">Awful<span class="visually-hidden" lang="en"> (bad)</span></span>, truly.</blockquote>'
        in page
    )
    assert '<details class="how-read small">' in page and "very sure: 93" in page
    assert "Look twice:" in page and "A good score, but unhappy words." in page


@pytest.fixture
def told(make_today, task, ben):
    """The task's comment holds a phone number and a name, and is Ben's."""
    task.assignee = ben
    task.response.comment = "Ruft mich an: 0171 1234567. Frau Lutz kennt mich."
    db.session.commit()
    return task


@pytest.mark.once
def test_personal_data_in_a_comment_is_covered_until_its_owner_asks_for_it(browser, told):
    page = browser.get(f"/tasks/{told.public_id}").text
    assert "0171 1234567" not in page and "Frau Lutz" not in page
    assert "Ruft mich an: [phone number]. Frau [name] kennt mich." in page

    shown = browser.post(f"/tasks/{told.public_id}/comment")
    assert shown.status_code == 200
    assert "Ruft mich an: 0171 1234567. Frau Lutz kennt mich." in shown.text
    assert "0171 1234567" not in browser.get(f"/tasks/{told.public_id}").text


def test_who_looked_at_personal_data_is_noted_without_it(browser, told, ben):
    browser.get(f"/tasks/{told.public_id}")
    assert list(db.session.scalars(select(AuditEvent).where(AuditEvent.action == "tasks.show_comment"))) == []

    browser.post(f"/tasks/{told.public_id}/comment")

    (row,) = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "tasks.show_comment"))
    assert (row.actor_id, row.object_id, row.changes) == (ben.id, told.public_id, [])


def test_a_colleague_does_not_see_it_and_an_admin_does(signed_in, make_today, told):
    colleague = signed_in(make_today.staff("Cora"))
    assert "Whoever owns the task" in colleague.get(f"/tasks/{told.public_id}").text
    refused = colleague.post(f"/tasks/{told.public_id}/comment")
    assert refused.status_code == 403 and "0171 1234567" not in refused.text

    admin = signed_in(make_today.staff("Ada", role="admin"))
    assert "0171 1234567" in admin.post(f"/tasks/{told.public_id}/comment").text


@pytest.mark.once
def test_a_comment_without_personal_data_offers_nothing_to_show(browser, task):
    assert f"/tasks/{task.public_id}/comment" not in browser.get(f"/tasks/{task.public_id}").text


@pytest.mark.once
def test_the_inbox_and_what_a_customer_adds_are_covered_too(browser, told):
    assert "0171 1234567" not in browser.get("/inbox").text
    assert "[phone number]" in browser.get("/inbox").text


@pytest.mark.once
def test_a_task_says_why_it_is_on_top_by_the_customers_own_words(browser, make_today):
    response = make_today.response(2, "It caught fire! Call 0151 23456789.")
    read(make_today, response, intents=[("safety", 3, 14)])
    open_tasks(make_today.now, 10)
    (task,) = db.session.scalars(select(Task))
    page = browser.get(f"/tasks/{task.public_id}").text

    assert 'danger to a person: <q lang="en">caught fire</q>' in page
    assert "Why P0, and why here in the inbox" in page
    assert "The comment speaks of danger to a person." in page
    assert "How low the score is" in page and ">100<" in page
    assert 'danger to a person: <q lang="en">caught fire</q>' in browser.get("/inbox?view=open").text


@pytest.mark.parametrize(
    ("priority", "is_lifted", "said"),
    [
        ("P0", False, "The promise is broken. UpDangerous by itself"),
        ("P0", True, "The promise is broken. UpP0 because the customer said that it is not solved."),
        ("P1", False, "it stands one level higher, but not above what is dangerous by itself."),
        ("P2", False, "it stands one level higher."),
    ],
)
def test_the_page_says_how_high_a_broken_promise_lifts(browser, make_today, priority, is_lifted, said):
    make_today.response(2, "It came late.")
    open_tasks(make_today.now, 10)
    (task,) = db.session.scalars(select(Task))
    task.priority, task.is_lifted, task.is_broken = priority, is_lifted, True
    db.session.commit()

    assert said in text_of(browser.get(f"/tasks/{task.public_id}"))


@pytest.mark.once
def test_a_person_lowers_a_task_with_a_reason_that_the_history_keeps(browser, task):
    path = f"/tasks/{task.public_id}"
    refused = browser.post(f"{path}/priority", data={"priority": "P3", "priority_reason": ""})
    assert refused.status_code == 422
    done = browser.post(
        f"{path}/priority", data={"priority": "P3", "priority_reason": "It was <b>ironic</b>."}
    )
    assert done.status_code == 303

    page = browser.get(path).text
    assert "made it less urgent: P2 became P3" in page and "It was &lt;b&gt;ironic&lt;/b&gt;." in page


@pytest.mark.once
def test_later_answers_stand_on_the_page_of_their_task_and_lead_to_it(browser, make_today):
    order = make_today.purchase()
    make_today.response(3, "Too late", customer=order.customer, purchase=order)
    open_tasks(make_today.now, 10)
    second = make_today.response(2, "And broken", customer=order.customer, purchase=order)
    open_tasks(make_today.now, 10)
    (task,) = db.session.scalars(select(Task))
    page = browser.get(f"/tasks/{task.public_id}").text

    assert "Answers in this task" in page and "And broken" in page and "several answers" in page
    assert "The customer answered again: it belongs here." in page
    answer = browser.get(f"/responses/{second.public_id}").text
    assert "It belongs to the task of an earlier answer" in answer and f"/tasks/{task.public_id}" in answer


def test_in_a_queue_the_next_case_opens_by_itself(browser, make_today, ben):
    hour = timedelta(hours=1)
    first, second = (
        make_today.task(
            make_today.response(2, "Late", customer=make_today.customer(name)),
            due_at=make_today.now + n * hour,
        )
        for n, name in enumerate(("Anna", "Bert"), 1)
    )
    page = browser.get(f"/tasks/{first.public_id}?view=open")
    assert 'rel="next"' in page.text and 'id="beside"' in page.text
    # Everything that is done keeps the queue.
    assert f'action="/tasks/{first.public_id}/close?view=open"' in page.text
    gone = browser.post(
        f"/tasks/{first.public_id}/close?view=open",
        data={"version": last_change(first.id), "outcome": "no_action"},
    )
    assert gone.location == f"/tasks/{second.public_id}?view=open"
    told = browser.get(gone.location).text
    assert (
        f'<a href="/tasks/{first.public_id}?view=open" aria-keyshortcuts="B">Anna' in told
        and ": Closed." in told
    )
    last = browser.post(
        f"/tasks/{second.public_id}/snooze?view=open",
        data={"version": last_change(second.id), "reason": "Stock", "snoozed_until": ""},
    )
    assert last.location == "/inbox?view=open"
    # A note is no end: it stays where it is, and without a queue nothing moves on.
    noted = browser.post(f"/tasks/{second.public_id}/note?view=open", data={"note": "Called"})
    assert noted.location == f"/tasks/{second.public_id}?view=open"
    assert 'id="beside"' not in browser.get(f"/tasks/{second.public_id}").text


def test_what_a_colleague_did_meanwhile_stands_beside_ones_own_text(browser, task, signed_in, make_today):
    old = last_change(task.id)
    asked = {
        "note": "Ask the warehouse",
        "waiting_until": (make_today.now + timedelta(days=1)).date().isoformat(),
    }
    do(signed_in(make_today.staff("Dora")), task, "wait-internal", **asked)
    do(signed_in(make_today.staff("Dora2")), task, "take")
    do(signed_in(make_today.staff("Dora3")), task, "wait-internal", **asked)
    answer = do(browser, task, "reply", version=old, subject="Re", body="My long letter")
    assert answer.status_code == 409
    meanwhile = answer.text.split('class="meanwhile"')[1].split("</section>")[0]
    assert "Ask the warehouse" in meanwhile and "Dora2" in meanwhile and "My long letter" in answer.text
    assert db.session.scalar(select(Reply)) is None


def test_two_tasks_become_one_and_one_of_its_answers_a_task_of_its_own_again(browser, ben, make_today):
    customer = make_today.customer("Twice")
    for words in ("Late", "Broken, too"):
        order = make_today.purchase(customer)
        make_today.response(2, words, customer=customer, purchase=order)
    open_tasks(make_today.now, 10)
    kept, other = db.session.scalars(select(Task).order_by(Task.id)).all()
    page = browser.get(f"/tasks/{other.public_id}").text
    assert "It is a duplicate" in page and f'value="{kept.public_id}"' in page

    assert do(browser, other, "merge", into="nowhere").status_code in (404, 422)
    assert do(browser, other, "merge", into=kept.public_id).status_code == 303
    page = browser.get(f"/tasks/{kept.public_id}").text
    assert "Answers in this task" in page and "Broken, too" in page
    assert "The task it was merged with" in browser.get(f"/tasks/{other.public_id}").text

    first, second = kept.response, other.response
    assert do(browser, kept, "split", answer=first.public_id).status_code == 422
    assert do(browser, kept, "split", answer=second.public_id).status_code == 303
    db.session.expire_all()
    assert (kept.state, other.state, other.outcome) == ("new", "in_progress", None)
    assert "Answers in this task" not in browser.get(f"/tasks/{kept.public_id}").text


def test_the_page_of_a_task_undoes_the_last_deed_on_several(browser, ben, task, make_today):
    browser.post("/inbox/many?view=open", data={"kind": "take", "task": task.public_id})
    db.session.refresh(task)
    assert task.assignee is ben
    page = browser.get(f"/tasks/{task.public_id}").text
    undo = re.search(r'action="(/inbox/many/\w+/undo)"', page)
    assert undo and 'aria-keyshortcuts="Z"' in page

    browser.post(undo[1])
    db.session.refresh(task)
    assert task.assignee is None and "/undo" not in browser.get(f"/tasks/{task.public_id}").text

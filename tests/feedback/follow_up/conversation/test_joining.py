"""What a customer writes back joins the task it is about, once, and the task goes on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from feedback.follow_up.clocks.timing import mark_contacted
from feedback.follow_up.conversation import joining
from feedback.follow_up.conversation.calling import log_try
from feedback.follow_up.conversation.joining import AlreadySettled, NothingReadable, put_to, put_to_new
from feedback.follow_up.conversation.models import Letter, LetterFile
from feedback.follow_up.deciding.book import STANDARD
from feedback.follow_up.deciding.editing import keep
from feedback.follow_up.inbox.merging import merge
from feedback.follow_up.models import Task
from feedback.follow_up.opening import open_tasks
from feedback.follow_up.replying import compose, send_due
from feedback.follow_up.triaging import (
    UNDO_FOR,
    close,
    reply,
    resolve,
    wait_for_colleagues,
    wait_for_customer,
)
from feedback.overview.merging import merge as unite
from surveys.customers.opting_out import object_to_asking
from surveys.database import db
from surveys.invitations.post import Post
from surveys.permission.queries import suppression_of
from surveys.post_box.models import IncomingMail
from surveys.post_box.queries import unmatched_count
from surveys.post_box.sorting import take_in
from surveys.responses.models import Response
from tests.feedback.follow_up.conversation.letters import letter
from tests.surveys.post_box.mails import bounce, our_id

POST = Post("https://feedback.test", "survey@shop.test", "a secret of these tests, long enough")
DAY = timedelta(days=1)


@pytest.fixture
def ben(make):
    return make.staff("Ben")


@pytest.fixture
def task(make, ben):
    """The task of Pat, who was asked, answered with 2, and is looked after by Ben."""
    invitation = make.invitation(make.purchase(make.customer("Pat", email="pat@example.test")))
    answer = make.response(
        2, "Late", customer=invitation.customer, invitation=invitation, purchase=invitation.purchase
    )
    return make.task(answer, state="in_progress", assignee=ben)


@pytest.fixture
def sent(task, ben, now, channels):
    """Ben's mail to Pat, which has left."""
    mail = reply(task, "Re: your order", "Hello Pat", now, actor=ben)
    db.session.commit()
    send_due(now + UNDO_FOR, 10, channels, POST)
    return mail


def came(raw, at):
    mail = take_in(raw, "imap", at, joining)
    db.session.commit()
    return mail


def id_of(mail):
    return f"<{mail.public_id}@feedback.test>"


def letters():
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def all_tasks():
    return list(db.session.scalars(select(Task).order_by(Task.id)))


def kinds(task):
    return [event.kind for event in task.history]


@pytest.mark.once
def test_an_answer_to_our_mail_is_part_of_its_task(task, sent, now):
    mail = came(
        letter("No, it is still broken.\n\nOn Tuesday Ben wrote:\n> Hello Pat", to=id_of(sent)), now + DAY
    )

    (found,) = letters()
    assert (mail.kind, mail.customer, mail.raw) == ("letter", task.customer, None)
    assert (found.task, found.body, found.matched_by) == (task, "No, it is still broken.", "thread")
    assert "> Hello Pat" in found.quoted
    assert kinds(task)[-1] == "wrote" and task.history[-1].after == found.public_id


@pytest.mark.once
def test_an_answer_to_the_question_joins_the_task_that_the_answer_opened(task, now):
    came(letter("One more thing", to=our_id(task.response.invitation)), now)
    assert [each.task for each in letters()] == [task]
    assert db.session.scalar(select(func.count()).select_from(Response)) == 1


def test_the_references_are_enough_and_the_host_may_have_changed(task, sent, now):
    came(letter(References=f"<x@y.test> <{sent.public_id}@old.test>", sender="Pat <pat@work.test>"), now)
    assert [(each.task, each.sender, each.matched_by) for each in letters()] == [
        (task, "pat@work.test", "thread")
    ]


def test_without_a_thread_the_sender_and_an_open_task_decide(task, now):
    came(letter("Where is it?"), now)
    assert [(each.task, each.matched_by) for each in letters()] == [(task, "sender")]


@pytest.mark.once
def test_a_sender_without_an_open_task_is_listed_with_the_reason(task, ben, now):
    close(task, "no_action", now, actor=ben)
    mail = came(letter("A new matter"), now)
    assert (mail.kind, mail.why, letters()) == ("unmatched", "no_task", [])
    assert came(letter("Hello", sender="x@y.test"), now).why == "unknown"
    assert unmatched_count() == 2


def test_an_address_that_two_brands_know_decides_only_where_one_of_them_is_written_to(task, make, now):
    there = make.brand("second", reply_to="second@shop.test", sender_email="second@shop.test")
    make.task(make.response(1, customer=make.customer("Pat", email="pat@example.test", brand=there)))
    raw = letter("Which?").replace(b"care@shop.test", b"nobody@shop.test")
    assert came(raw, now).kind == "unmatched"
    assert came(letter("This one"), now).kind == "letter"
    assert [each.task for each in letters()] == [task]


@pytest.mark.parametrize("waits", ["customer", "colleague"])
def test_a_task_that_waits_goes_on(task, sent, ben, now, waits):
    if waits == "customer":
        wait_for_customer(task, now + 5 * DAY, now, actor=ben)
    else:
        wait_for_colleagues(task, "the warehouse", now + 5 * DAY, now, actor=ben)
    came(letter(to=id_of(sent)), now + DAY)
    assert (task.state, task.waiting_until, task.due_at is None) == ("in_progress", None, False)
    assert task.history[-1].text == "wrote"


def test_a_resolved_task_is_taken_up_again_and_a_closed_one_for_thirty_days(task, sent, ben, now):
    resolve(task, "refund", "carrier", now, actor=ben)
    came(letter("Not solved", to=id_of(sent)), now + DAY)
    assert (task.state, task.reopened, task.resolution) == ("in_progress", 1, None)
    # It counts as a "no" does: P2 became P1; P0 stays for what is danger or law, however often they write.
    raised = [(each.before, each.after, each.text) for each in task.history if each.kind == "raised"]
    assert (task.priority, raised) == ("P1", [("P2", "P1", "written_again")])

    close(task, "no_action", now + DAY, actor=ben)
    came(letter("Still not", to=id_of(sent)), now + 31 * DAY)
    assert (task.state, task.reopened, task.priority) == ("in_progress", 2, "P1")


def test_after_thirty_days_it_is_a_new_case(task, sent, ben, now):
    close(task, "no_action", now, actor=ben)
    later = now + 31 * DAY
    mail = came(letter("It broke again", to=id_of(sent)), later)
    assert (mail.kind, task.state, letters()) == ("reply", "closed", [])
    open_tasks(later, 10)
    new = db.session.scalars(select(Task).where(Task.id != task.id)).one()
    assert (new.rule, new.response.comment, new.follows) == ("wrote_back", "It broke again", task)
    came(letter("And again", to=our_id(task.response.invitation)), later)
    came(letter("And once more", to=id_of(sent)), later)
    assert [each.task for each in letters()] == [new, new]


def test_without_an_invitation_it_is_a_new_case_too_and_so_on(make, ben, now, channels):
    """Whoever answered by the shop's own site was never invited; what they answer is our mail about it."""
    pat = make.customer("Pat", email="pat@example.test")
    order = make.purchase(pat)
    first = make.task(make.response(2, customer=pat, purchase=order), state="in_progress", assignee=ben)
    mail = reply(first, "Re: your order", "Hello Pat", now, actor=ben)
    db.session.commit()
    send_due(now + UNDO_FOR, 10, channels, POST)
    last, at = first, now
    for words in ("It broke again", "And once more"):
        close(last, "no_action", at, actor=ben)
        at += 31 * DAY
        row = came(letter(words, to=id_of(mail)), at)
        assert (row.kind, row.why, row.customer, letters()) == ("reply", None, pat, [])
        assert came(letter(words, to=id_of(mail)), at).kind == "reply"  # Before the loop has come by.
        open_tasks(at, 10)
        new = all_tasks()[-1]
        assert (new.rule, new.follows, new.response.comment, new.response.purchase) == (
            "wrote_back",
            last,
            words,
            order,
        )
        last = new
    assert len(all_tasks()) == 3 and first.state == "closed"
    assert came(letter("Here is a picture", to=id_of(mail)), at).kind == "letter"
    assert [each.task for each in letters()] == [last]


@pytest.mark.once
def test_words_where_there_is_no_task_open_one_and_the_next_mail_joins_it(make, now):
    asked = make.invitation(make.purchase(make.customer("Pat", email="pat@example.test")))
    assert came(letter("It is broken", to=our_id(asked)), now).kind == "reply"
    open_tasks(now, 10)
    task = db.session.scalars(select(Task)).one()
    assert task.rule == "wrote_back"
    assert came(letter("Here is more", to=our_id(asked)), now).kind == "letter"
    assert [each.task for each in letters()] == [task]


def test_machines_wake_nobody(task, sent, ben, now):
    wait_for_customer(task, now + 5 * DAY, now, actor=ben)
    for headers in ({"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"Return_Path": "<>"}):
        assert came(letter("I am away", to=id_of(sent), **headers), now).kind == "automatic"
    assert (task.state, letters()) == ("waiting_customer", [])


def test_a_mail_of_ours_that_came_back_is_noted_on_its_task(task, sent, now):
    raw = bounce(None).replace(b"X-Nothing: here", b"Message-ID: " + id_of(sent).encode())
    assert came(raw, now).kind == "bounce"
    assert (sent.state, kinds(task)[-1], task.state) == ("failed", "reply_failed", "in_progress")
    assert suppression_of("pat@example.test", None) is not None


def test_a_mail_that_came_back_was_no_contact(task, sent, now):
    due = task.contact_due_at
    mark_contacted(task, sent.sent_at)
    db.session.commit()
    came(bounce(None).replace(b"X-Nothing: here", b"Message-ID: " + id_of(sent).encode()), now)
    assert (task.contacted_at, task.update_due_at, task.contact_due_at) == (None, None, due)
    assert task.due_at == due


def test_who_was_reached_otherwise_counts_from_then(task, sent, ben, now):
    mark_contacted(task, sent.sent_at)
    log_try(task, "phone", "reached", None, now + DAY, actor=ben)
    db.session.commit()
    raw = bounce(None).replace(b"X-Nothing: here", b"Message-ID: " + id_of(sent).encode())
    came(raw, now + 2 * DAY)
    assert task.contacted_at == now + DAY and task.update_since == now + DAY


def test_what_the_customer_wrote_before_anybody_had_tried_is_no_contact(task, ben, now, channels):
    came(letter("Where is it?"), now)
    mail = reply(task, "Re: your order", "Hello Pat", now + DAY, actor=ben)
    db.session.commit()
    send_due(now + DAY + UNDO_FOR, 10, channels, POST)
    assert task.contacted_at == mail.sent_at
    came(bounce(None).replace(b"X-Nothing: here", b"Message-ID: " + id_of(mail).encode()), now + 2 * DAY)
    assert task.contacted_at is None


@pytest.mark.once
def test_a_report_that_names_another_address_changes_nothing(task, sent, now):
    raw = bounce(None, "other@example.test").replace(
        b"X-Nothing: here", b"Message-ID: " + id_of(sent).encode()
    )
    assert (came(raw, now).kind, sent.state) == ("unmatched", "sent")


@pytest.mark.once
def test_the_same_message_is_kept_once_by_whichever_way_it_comes(task, sent, now):
    raw = letter("Once", to=id_of(sent))
    first = came(raw, now)
    assert came(raw, now) is first
    assert came(b"Received: by another way\n" + raw, now) is first
    assert len(letters()) == 1 and kinds(task).count("wrote") == 1


@pytest.mark.once
def test_our_next_mail_answers_theirs(task, sent, ben, now):
    came(letter("And now?", to=id_of(sent), message_id="<theirs@mail.example.test>"), now + DAY)
    message = compose(reply(task, "Re: your order", "Soon", now + DAY, actor=ben), POST)
    assert message.headers["In-Reply-To"] == "<theirs@mail.example.test>"
    assert message.headers["References"].split()[-2:] == [id_of(sent), "<theirs@mail.example.test>"]


@pytest.mark.once
@pytest.mark.parametrize("bent", ["<a\x07b@c.test>", "<ü@c.test>", "<" + "x" * 240 + "@" + "y" * 200 + ">"])
def test_an_id_that_no_head_can_hold_is_not_kept(task, now, bent):
    raw = letter("Hello").replace(b"@mail.example.test>", b"@x.test>", 1)
    head, _, body = raw.partition(b"\n\n")
    lines = [line for line in head.split(b"\n") if not line.startswith(b"Message-ID")]
    came(b"\n".join([*lines, b"Message-ID: " + bent.encode()]) + b"\n\n" + body, now)
    assert [each.message_id for each in letters()] == [None]


def test_whoever_answers_after_a_try_was_contacted(task, ben, now):
    came(letter("First"), now)
    assert task.contacted_at is None
    log_try(task, "phone", "voicemail", None, now, actor=ben)
    came(letter("You called?"), now + DAY)
    assert task.contacted_at == now + DAY


def test_a_picture_alone_is_an_answer(task, sent, now):
    came(letter("", to=id_of(sent), files=[("../../crack.jpg", b"\xff\xd8")]), now)
    (found,) = letters()
    assert (found.body, [(each.name, each.content) for each in found.files]) == (
        "",
        [("crack.jpg", b"\xff\xd8")],
    )


def test_an_answer_to_an_anonymous_survey_is_never_put_to_a_task(make, task, now):
    promised = make.anonymous("csat")
    asked = make.invitation(make.purchase(task.customer, reference="A-anonymous"), version=promised.current)
    mail = came(letter("It was me", to=our_id(asked)), now)
    assert (mail.kind, mail.why, letters()) == ("unmatched", "anonymous", [])


def test_somebody_puts_a_mail_to_a_task_by_hand_once(task, ben, now):
    row = came(letter("It is me, from work", sender="x@y.test", files=[("bill.pdf", b"%PDF")]), now)
    found = put_to(row, task, now + DAY, by=ben)
    db.session.commit()
    assert (found.matched_by, found.by, found.received_at) == ("hand", ben, now)
    assert (row.kind, row.customer, row.raw, unmatched_count()) == ("letter", task.customer, None, 0)
    assert [each.name for each in found.files] == ["bill.pdf"]
    with pytest.raises(AlreadySettled):
        put_to(row, task, now + DAY, by=ben)


@pytest.mark.once
def test_what_has_no_words_and_no_files_goes_nowhere(task, make, ben, now):
    empty = came(letter("> only quoted", sender="x@y.test"), now)
    with pytest.raises(NothingReadable):
        put_to(empty, task, now, by=ben)
    db.session.rollback()
    with pytest.raises(NothingReadable):
        put_to_new(empty, task.customer, None, now, by=ben)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(LetterFile)) == 0
    assert (empty.kind, unmatched_count(), len(all_tasks())) == ("unmatched", 1, 1)


def test_a_mail_put_to_a_case_that_is_long_over_begins_a_new_one_that_the_next_joins(task, ben, now):
    close(task, "no_action", now, actor=ben)
    later = now + 31 * DAY
    row = came(letter("It broke again", sender="x@y.test", files=[("crack.jpg", b"x")]), later)
    found = put_to(row, task, later, by=ben)
    db.session.commit()
    new = found.task
    assert (task.state, new.state, new.follows, new.customer) == ("closed", "new", task, task.customer)
    assert (new.rule, new.response.comment, new.response.purchase) == (
        "wrote_back",
        "It broke again",
        task.response.purchase,
    )
    assert new.history[0].actor == ben and [each.name for each in found.files] == ["crack.jpg"]
    assert (row.kind, row.response, row.raw) == ("letter", new.response, None)
    second = came(letter("And this", sender="x@y.test"), later)
    assert put_to(second, task, later, by=ben).task == new
    open_tasks(later, 10)
    assert all_tasks() == [task, new]


@pytest.mark.once
def test_a_mail_becomes_a_new_task_of_a_customer_whatever_the_rules_say(task, make, ben, now):
    dan = make.customer("Dan", email="dan@example.test")
    order = make.purchase(dan, reference="D-1")
    keep(1, [replace(rule, is_on=False) for rule in STANDARD.rules], ben, now)
    row = came(letter("Where is it?", sender="x@y.test"), now)
    new = put_to_new(row, dan, order, now, by=ben).task
    db.session.commit()
    assert (new.customer, new.response.purchase, new.follows, new.state) == (dan, order, None, "new")
    assert (new.response.contact_permission, row.customer, unmatched_count()) == (True, dan, 0)
    open_tasks(now, 10)
    assert all_tasks() == [task, new]
    for again in (lambda: put_to_new(row, dan, order, now, by=ben), lambda: put_to(row, task, now, by=ben)):
        with pytest.raises(AlreadySettled):
            again()


@pytest.mark.once
def test_a_new_task_of_a_customer_who_was_merged_is_of_the_one_who_stands_for_both(task, make, ben, now):
    twin = make.customer("Pat P.", email="p@example.test")
    unite(task.customer, twin, ben, now)
    db.session.commit()
    row = came(letter("Hello", sender="x@y.test"), now)
    assert put_to_new(row, twin, None, now, by=ben).task.customer == task.customer


def test_a_mail_about_an_anonymous_answer_becomes_a_task_that_knows_nothing_of_it(make, task, ben, now):
    promised = make.anonymous("csat")
    asked = make.invitation(make.purchase(task.customer, reference="A-anonymous"), version=promised.current)
    row = came(letter("It was me", to=our_id(asked)), now)
    assert row.why == "anonymous"
    new = put_to_new(row, task.customer, None, now, by=ben).task
    assert (new.response.survey.key, new.response.purchase, new.response.answers) == (
        "nps",
        None,
        {"by": "mail"},
    )


@pytest.mark.once
def test_an_objection_to_being_asked_does_not_keep_a_new_case_from_beginning(task, sent, ben, now):
    close(task, "no_permission", now, actor=ben)
    object_to_asking(task.customer, "mail", now)
    later = now + 31 * DAY
    assert came(letter("It broke again", to=id_of(sent)), later).kind == "reply"
    open_tasks(later, 10)
    assert all_tasks()[1].follows == task


def test_one_mail_that_cannot_be_kept_leaves_nothing_behind(task, sent, now, monkeypatch):
    monkeypatch.setattr(joining, "files_in", lambda mail: 1 / 0)
    mail = came(letter("Odd", to=id_of(sent)), now)
    assert (mail.kind, mail.why, letters(), kinds(task).count("wrote")) == ("unmatched", "odd", [], 0)
    assert b"Odd" in db.session.get(IncomingMail, mail.id).raw


def test_a_letter_about_a_task_that_was_merged_goes_on_in_the_one_it_went_into(task, sent, make, ben, now):
    other = make.task(make.response(2, customer=task.customer), state="in_progress", assignee=ben)
    merge(task, other, now, actor=ben)
    db.session.commit()

    came(letter("Still nothing.", to=id_of(sent)), now + DAY)

    assert [each.task for each in letters()] == [other]
    assert (task.state, task.duplicate_of, other.state) == ("closed", other, "in_progress")


def test_a_mail_that_came_back_is_noted_on_the_task_that_its_own_was_merged_into(task, sent, make, ben, now):
    other = make.task(make.response(2, customer=task.customer), state="in_progress", assignee=ben)
    merge(task, other, now, actor=ben)
    db.session.commit()
    raw = bounce(None).replace(b"X-Nothing: here", b"Message-ID: " + id_of(sent).encode())

    assert came(raw, now + DAY).kind == "bounce"

    assert (sent.state, kinds(other)[-1]) == ("failed", "reply_failed")
    assert "reply_failed" not in kinds(task)

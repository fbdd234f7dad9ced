"""What a member of the staff reads."""

import pytest

from feedback.follow_up.models import TaskEvent
from feedback.notices.composing import compose, strokes
from feedback.notices.models import Notice, NoticeMail
from surveys.invitations.post import Post

POST = Post("https://feedback.test", "survey@shop.test", "a secret of these tests, long enough")


def mail_of(make, staff, *events):
    mail = make.keep(NoticeMail(staff=staff, made_at=make.now, due_at=make.now))
    for event in events:
        make.keep(Notice(staff=staff, event=event, mail=mail, made_at=make.now))
    return mail


def event_of(make, task, kind, **values):
    return make.keep(TaskEvent(task=task, at=make.now, kind=kind, **values))


def test_the_mail_holds_the_comment_the_score_and_the_way_to_the_task(make):
    ben = make.staff("Ben")
    task = make.task(make.response(3, "It came <too> late", purchase=make.purchase(reference="A-7")))
    message = compose(mail_of(make, ben, event_of(make, task, "assigned")), POST)
    assert message.subject == "P2 · Dora Detractor: Yours now"
    assert "“It came <too> late”" in message.text and "It came &lt;too&gt; late" in message.html
    assert "▮▮▮▯▯▯▯▯▯▯  3 of 10" in message.text and "order A-7" in message.text
    assert f"https://feedback.test/tasks/{task.public_id}" in message.text
    # Due 8 business hours after Tuesday noon: Wednesday 11:00 in Berlin.
    assert "Due Wed 11 Mar, 11:00" in message.text
    assert (message.to_email, message.from_email) == (ben.email, "survey@shop.test")


@pytest.mark.once
def test_the_mail_covers_personal_data_in_the_readers_language(make):
    task = make.task(make.response(3, "Ruft mich an: 0171 1234567"))
    mail = mail_of(
        make,
        make.staff("Ben", locale="de"),
        event_of(make, task, "assigned"),
        event_of(make, task, "answered", after="no", text="oder ben@example.org"),
    )

    message = compose(mail, POST)

    assert "0171" not in message.text + message.html and "ben@example.org" not in message.text + message.html
    assert "Ruft mich an: [Telefonnummer]" in message.text and "oder [Mailadresse]" in message.text


def test_several_tasks_make_one_mail_with_the_most_urgent_named(make):
    one, two = make.task(priority="P1"), make.task()
    mail = mail_of(
        make,
        make.staff(),
        event_of(make, one, "assigned"),
        event_of(make, two, "assigned"),
        event_of(make, two, "answered", after="no", text="Still broken"),
    )
    message = compose(mail, POST)
    assert message.subject == "2 tasks need you, the most urgent P1"
    assert message.text.count("https://") == 2
    assert "Yours now. The customer says it is not solved." in message.text
    assert "“Still broken”" in message.text


@pytest.mark.once
def test_a_line_break_in_a_name_does_not_reach_the_subject(make):
    task = make.task(make.response(1, customer=make.customer("Dora\r\nBcc: x")))
    message = compose(mail_of(make, make.staff(), event_of(make, task, "opened")), POST)
    assert message.as_email()["Subject"] == message.subject


def test_scores_as_strokes():
    assert strokes("csat", 2, "dissatisfied") == "▮▮▯▯▯  2 of 5, dissatisfied"
    assert strokes("thumbs", 0, "thumb down") == "▯  0 of 1, thumb down"


def test_whose_time_it_was_is_said(make):
    task = make.task()
    late = event_of(make, task, "escalated", after="1", text="admin", clock="contact")
    soon = event_of(make, task, "reminded", after="80", text="admin", clock="resolution")
    text = compose(mail_of(make, make.staff(), late, soon), POST).text
    assert (
        "The promised time has passed (First contact). The promised time is running out (Solution)." in text
    )


@pytest.mark.once
def test_a_flood_fits_on_a_page_with_the_most_urgent_first(make):
    tasks = [make.task(priority=priority) for priority in ["P3"] * 20 + ["P1"] * 5]
    events = [event_of(make, task, "escalated", after="1", text="admin", clock="contact") for task in tasks]
    message = compose(mail_of(make, make.staff(), *events), POST)
    assert message.subject == "25 tasks need you, the most urgent P1"
    assert message.text.index("P1 ·") < message.text.index("P3 ·")
    assert message.text.count("feedback.test/tasks/") == 20
    assert "5 more tasks are not shown here. Everything new for you stands under:" in message.text
    assert "https://feedback.test/news" in message.text


def test_a_digest_says_that_it_is_one(make):
    tasks = [make.task(priority="P3"), make.task(priority="P4")]
    mail = mail_of(make, make.staff("Ben"), *(event_of(make, task, "assigned") for task in tasks))
    mail.digest_day = make.now.date()
    assert compose(mail, POST).subject == "Your digest: 2 tasks"

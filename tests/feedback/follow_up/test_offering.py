"""Which forms the page of a task offers."""

from datetime import timedelta

from feedback.follow_up import triaging
from feedback.follow_up.conversation.showing import Wanted, talk_of
from feedback.follow_up.offering import forms_for


def offered(app, make, task, now):
    author = make.staff("Olga")
    talk = talk_of(task, task.history, [], Wanted(None, None), author)
    with app.test_request_context():
        return set(forms_for(task, now, None, talk, author))


def test_a_new_task_may_be_answered_resolved_put_off_and_closed_but_does_not_wait_yet(app, make, now):
    forms = offered(app, make, make.task(), now)
    assert {"ReplyForm", "ResolveForm", "SnoozeForm", "CloseForm", "PriorityForm"} <= forms
    assert not {"WaitForm", "ReopenForm", "WithdrawForm"} & forms


def test_nobody_puts_off_what_is_most_urgent(app, make, now):
    assert "SnoozeForm" not in offered(app, make, make.task(priority="P1"), now)


def test_a_closed_task_is_only_taken_up_again(app, make, now):
    task, ben = make.task(), make.staff()
    triaging.close(task, "no_action", now, actor=ben)
    forms = offered(app, make, task, now + timedelta(hours=1))
    assert "ReopenForm" in forms
    assert not {"ReplyForm", "ResolveForm", "CloseForm", "SnoozeForm"} & forms

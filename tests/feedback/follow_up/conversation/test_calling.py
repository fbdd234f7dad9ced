"""Tries to reach a customer are written down."""

import pytest

from feedback.follow_up.conversation.calling import CHANNELS, RESULTS, ChoiceMissing, NotOpen, log_try
from feedback.follow_up.triaging import close


def test_a_call_begins_a_new_task_and_who_is_reached_stops_the_first_clock(make, now):
    ben, task = make.staff("Ben"), make.task()
    log_try(task, "phone", "voicemail", " after lunch ", now, actor=ben)
    assert (task.state, task.assignee, task.contacted_at) == ("in_progress", ben, None)
    log_try(task, "message", "reached", "", now, actor=ben)
    assert task.contacted_at == now
    called = [(e.before, e.after, e.text) for e in task.history if e.kind == "called"]
    assert called == [("phone", "voicemail", "after lunch"), ("message", "reached", None)]


def test_what_nobody_knows_is_refused_and_a_closed_task_takes_no_calls(make, now):
    ben, task = make.staff("Ben"), make.task()
    for channel, result in (("smoke", "reached"), ("phone", ""), ("", "")):
        with pytest.raises(ChoiceMissing):
            log_try(task, channel, result, None, now, actor=ben)
    close(task, "no_action", now, actor=ben)
    with pytest.raises(NotOpen):
        log_try(task, next(iter(CHANNELS)), next(iter(RESULTS)), None, now, actor=ben)

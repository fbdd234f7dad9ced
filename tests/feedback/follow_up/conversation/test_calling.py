"""Tries to reach a customer, and when enough was tried."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.conversation.calling import (
    CHANNELS,
    RESULTS,
    ChoiceMissing,
    NotOpen,
    failed_tries,
    is_unreachable,
    log_try,
)
from feedback.follow_up.triaging import close


class Row(NamedTuple):
    kind: str
    before: str | None = None
    after: str | None = None


def call(after, before="phone"):
    return Row("called", before, after)


MAILED, WROTE = Row("reply_sent"), Row("wrote", "thread", "x")


@pytest.mark.parametrize(
    "history, tries",
    [
        ([], []),
        ([call("not_reached"), call("voicemail"), MAILED], ["phone", "phone", "mail"]),
        ([call("not_reached"), WROTE], []),
        ([call("not_reached"), call("reached"), MAILED], ["mail"]),
        ([call("not_reached"), Row("noted", None, "contacted")], []),
        ([call("not_reached"), Row("noted")], ["phone"]),
        ([call("not_reached"), Row("answered", None, "no")], []),
        ([MAILED, Row("reply_failed", None, "failed")], []),
        ([call("not_reached"), Row("reply_failed", None, "failed")], ["phone"]),
    ],
)
def test_only_what_had_no_answer_since_the_customer_was_heard_of_is_a_try(history, tries):
    assert failed_tries(history) == tries


ROWS = st.sampled_from(
    [call("not_reached"), call("voicemail", "post"), call("reached"), MAILED, WROTE, Row("moved")]
)


@given(st.lists(ROWS))
def test_whoever_was_heard_of_last_is_not_unreachable(history):
    assert not is_unreachable(failed_tries([*history, WROTE]))
    assert not is_unreachable(failed_tries([*history, call("reached")]))


@given(st.lists(st.sampled_from(["phone", "mail", "post"])))
def test_three_tries_on_two_ways_are_enough(tries):
    assert is_unreachable(tries) == (len(tries) >= 3 and len(set(tries)) >= 2)


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

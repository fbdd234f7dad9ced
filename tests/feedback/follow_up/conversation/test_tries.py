"""When enough was tried to reach a customer, and what may not end before."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.conversation.calling import log_try
from feedback.follow_up.conversation.tries import TriedTooLittle, failed_tries, is_unreachable
from feedback.follow_up.states import IllegalMove
from feedback.follow_up.triaging import Change, change, close


class Row(NamedTuple):
    kind: str
    before: str | None = None
    after: str | None = None


def call(after, before="phone"):
    return Row("called", before, after)


MAILED, WROTE = Row("reply_sent", None, "m1"), Row("wrote", "thread", "x")
CAME_BACK, NEVER_LEFT = Row("reply_failed", "m1", "failed"), Row("reply_failed", "m2", "failed")
OLDER = Row("reply_failed", None, "failed")  # from before such rows named their mail


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
        ([MAILED, CAME_BACK], []),
        ([MAILED, call("not_reached"), CAME_BACK], ["phone"]),
        ([MAILED, NEVER_LEFT], ["mail"]),
        ([call("not_reached"), NEVER_LEFT], ["phone"]),
        ([MAILED, Row("reply_sent", None, "m3"), CAME_BACK], ["mail"]),
        ([MAILED, OLDER], []),
        ([call("not_reached"), OLDER], ["phone"]),
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


def test_a_task_ends_as_unreachable_after_three_tries_on_two_ways_and_not_before(make, now):
    ben, task = make.staff("Ben"), make.task()
    for way in ("phone", "phone", "phone"):
        log_try(task, way, "not_reached", None, now, actor=ben)
        with pytest.raises(TriedTooLittle) as refused:
            close(task, "unreachable", now, actor=ben)
        assert refused.value.field == "outcome"
    with pytest.raises(TriedTooLittle):
        change(task, Change(state="closed", outcome="unreachable"), now)
    assert task.state == "in_progress"

    log_try(task, "post", "not_reached", None, now, actor=ben)
    change(task, Change(state="closed", outcome="unreachable"), now)
    assert (task.state, task.outcome) == ("closed", "unreachable")


def test_what_may_not_be_closed_at_all_is_refused_for_that(make, now):
    task = make.task(state="resolved", resolution="refund", cause="carrier", resolved_at=now)
    with pytest.raises(IllegalMove):
        close(task, "unreachable", now, actor=make.staff("Ben"))

from datetime import timedelta

import pytest

from feedback.demo.next_step import Asked, Step, Story, next_step

WAITS, LEFT = Asked("sent", None, None), timedelta(days=7)


def story(now, **values):
    return Story("order", "pat@example.com", "Pat", Asked("sent", None, now), is_read=True)._replace(**values)


def test_first_somebody_buys_something(now):
    assert next_step(None, now) == Step("buy")


@pytest.mark.parametrize(
    ("left", "hours"),
    [
        (timedelta(minutes=5), 1),
        (timedelta(hours=2), 24),
        (timedelta(days=7), 168),
        (timedelta(days=9), 168),
    ],
)
def test_until_the_customer_is_asked_time_passes_in_a_step_that_is_long_enough(now, left, hours):
    assert next_step(story(now, question=Asked("planned", now + left, None)), now) == Step("ask", hours)


def test_what_the_loop_does_within_seconds_is_waited_for(now):
    for each in (
        story(now, question=None),
        story(now, question=Asked("planned", now, None)),
        story(now, is_read=False),
        story(now, task="t", task_state="resolved"),
        story(now, task="t", task_state="verifying", check_back=Asked("sent", None, now)),
    ):
        assert next_step(each, now) == Step("wait")


def test_one_order_goes_round_the_loop(now):
    assert next_step(story(now, question=WAITS), now) == Step("answer")
    for state in ("new", "in_progress", "waiting_customer"):
        assert next_step(story(now, task="t", task_state=state), now) == Step("task")
    verifying = story(now, task="t", task_state="verifying", check_back=Asked("planned", now + LEFT, None))
    assert next_step(verifying, now) == Step("check_back", 168)
    assert next_step(verifying._replace(check_back=WAITS), now) == Step("answer_check_back")
    said = Asked("sent", None, now)
    assert next_step(verifying._replace(task_state="closed", check_back=said), now) == Step("insights")
    assert next_step(verifying._replace(task_state="in_progress", check_back=said), now) == Step("again")


def test_a_task_that_was_dismissed_or_met_with_silence_is_not_called_the_whole_loop(now):
    dismissed = story(now, task="t", task_state="closed")
    assert next_step(dismissed, now) == Step("closed")
    assert next_step(dismissed._replace(check_back=WAITS), now) == Step("closed")


def test_a_mail_whose_link_is_too_old_is_not_to_be_answered_and_another_order_is_placed(now):
    asked = story(now, question=Asked("sent", None, None, expires_at=now + LEFT))
    assert next_step(asked, now) == Step("answer")
    assert next_step(asked, now + LEFT) == Step("buy")


def test_an_answer_without_a_task_is_told_as_one_and_whoever_is_not_asked_leads_to_the_reason(now):
    assert next_step(story(now), now) == Step("no_task")
    assert next_step(story(now, question=Asked("refused", None, None)), now) == Step("see_why")

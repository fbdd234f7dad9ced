"""What whoever plays with the demo does next: one order goes round the loop, from the purchase to Insights."""

from datetime import datetime, timedelta
from typing import NamedTuple

HOURS = (1, 24, 168)  # by which the clock can be moved


class Asked(NamedTuple):
    """One question to the customer: None of its times while that has not happened."""

    state: str
    due_at: datetime | None
    answered_at: datetime | None
    expires_at: datetime | None = None


class Story(NamedTuple):
    """How far the newest order of the demo has come: asked after it, answered, a task, asked whether it helped.

    `is_read` says that no answer waits to be looked at; only then is it sure whether there is a task.
    """

    order: str
    email: str
    who: str
    question: Asked | None = None
    is_read: bool = False
    task: str | None = None
    task_state: str | None = None
    check_back: Asked | None = None


class Step(NamedTuple):
    """The next step by its name, and for one that lets time pass the hours to move the clock by."""

    name: str
    hours: int | None = None


def next_step(story: Story | None, now: datetime) -> Step:
    """Return what to do next; without an order that is to place one."""
    if story is None:
        return Step("buy")
    if story.question is None:
        return Step("wait")
    if story.question.answered_at is None:
        if _is_over(story.question, now):
            return Step("buy")  # Its link leads to an answer no more; a new order can go round.
        return _until_answered(story.question, now, "ask", "answer")
    if not story.is_read:
        return Step("wait")
    if story.task_state is None:
        return Step("no_task")
    has_said = story.check_back is not None and story.check_back.answered_at is not None
    if story.task_state == "closed":
        return Step("insights" if has_said else "closed")
    if story.task_state not in ("resolved", "verifying"):
        return Step("again" if has_said else "task")
    if story.task_state == "resolved" or story.check_back is None or has_said:
        return Step("wait")
    return _until_answered(story.check_back, now, "check_back", "answer_check_back")


def _is_over(asked: Asked, now: datetime) -> bool:
    """Return whether a question was sent so long ago that it cannot be answered any more."""
    return asked.state == "sent" and asked.expires_at is not None and asked.expires_at <= now


def _until_answered(asked: Asked, now: datetime, waits: str, can_answer: str) -> Step:
    """Return the step of a question that has no answer yet."""
    if asked.state == "sent":
        return Step(can_answer)
    if asked.state != "planned" or asked.due_at is None:
        return Step("see_why")
    left = asked.due_at - now
    return Step("wait") if left <= timedelta() else Step(waits, _hours(left))


def _hours(left: timedelta) -> int:
    """Return the shortest step of the clock that is long enough, else the longest."""
    return next((hours for hours in HOURS if timedelta(hours=hours) >= left), HOURS[-1])

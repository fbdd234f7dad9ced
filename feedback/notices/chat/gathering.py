"""Gather what a team should hear of in its chat, and bundle it into posts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from feedback.follow_up.models import TaskEvent
from feedback.notices.chat.models import ChatHook, ChatNews, ChatPost
from feedback.notices.chat.queries import (
    hook_of,
    hooks_to_write_to,
    is_known,
    is_waiting,
    lock_hook,
    unsent_news,
)
from feedback.notices.habits import DAY, URGENT, Habits
from feedback.notices.queries import Wait
from feedback.notices.weighing import is_low, push_of, urgency_of
from surveys.database import db
from surveys.work import one_by_one

JOB = "bundle-chat"
QUIET = timedelta(seconds=15)
USUAL = Wait(timedelta(minutes=15), QUIET, timedelta(minutes=30))
PRESSING = Wait(timedelta(seconds=60), QUIET, timedelta(minutes=15))
OLD_NEWS = timedelta(days=3)
MOST_COUNTED = 10_000


def gather(event: TaskEvent, now: datetime) -> None:
    """Note a row of history for the chat of its brand's team, when that is on and wants it; each rung of a task once."""
    hook = hook_of(event.task.customer.brand_id)
    if hook is None or not hook.is_on or urgency_of(event) > hook.least or is_low(event):
        return
    pushed = push_of(event)
    if not is_known(hook.id, event.id, pushed):
        db.session.add(ChatNews(hook=hook, event=event, pushed=pushed, made_at=now))
        db.session.flush()


def bundle_due(now: datetime, limit: int) -> int:
    """Make the posts for which it is time; return how many chats were looked at."""
    return one_by_one(JOB, chats_to_write_to(now)[:limit], lambda hook_id: bundle(hook_id, now))


def backlog(now: datetime) -> int:
    """Count the chats for which it is time to make a post."""
    return len(chats_to_write_to(now))


def chats_to_write_to(now: datetime) -> list[int]:
    """Return the webhooks for which it is time; while the shop is closed at night that is so for P0 alone."""
    oldest = now - OLD_NEWS
    pressing = [hook.id for hook in hooks_to_write_to(JOB, now, oldest, PRESSING, URGENT)]
    usual = hooks_to_write_to(JOB, now, oldest, USUAL, None)
    return pressing + [hook.id for hook in usual if hook.id not in pressing and not is_night(hook, now)]


def bundle(hook_id: int, now: datetime) -> None:
    """Put what one team was not told yet into one post that is due now; none while another one waits to leave."""
    hook = lock_hook(hook_id)
    news = unsent_news(hook_id, now - OLD_NEWS, URGENT if is_night(hook, now) else None)
    if not news or is_waiting(hook_id) or not hook.is_on:
        return
    post = ChatPost(hook=hook, made_at=now, due_at=now)
    db.session.add(post)
    for each in news:
        each.post = post


def is_night(hook: ChatHook, now: datetime) -> bool:
    """Tell whether the shop of that chat is closed for the night."""
    brand = hook.brand
    return Habits(ZoneInfo(brand.time_zone), brand.closes % DAY, brand.opens).is_quiet(now)

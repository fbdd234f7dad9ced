"""What the team's chat asks: its address, what it was not told yet, and how the last posts went."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from feedback.follow_up.models import Task, TaskEvent
from feedback.notices.chat.models import ChatHook, ChatNews, ChatPost
from feedback.notices.queries import Wait
from surveys.brand.models import Brand
from surveys.database import db
from surveys.work import not_set_aside


def hook_of(brand_id: int) -> ChatHook | None:
    """Return the webhook of a brand's team, None where none was ever written down."""
    return db.session.scalar(select(ChatHook).where(ChatHook.brand_id == brand_id))


def hooks() -> dict[int, ChatHook]:
    """Return every webhook by the number of its brand."""
    rows = db.session.scalars(select(ChatHook).options(joinedload(ChatHook.changed_by)))
    return {hook.brand_id: hook for hook in rows}


def last_posts() -> dict[int, ChatPost]:
    """Return the last post of each webhook that was carried out or tried, by the number of the hook."""
    tried = or_(ChatPost.state != "queued", ChatPost.last_error.is_not(None))
    newest = select(func.max(ChatPost.id)).where(tried).group_by(ChatPost.hook_id)
    return {
        post.hook_id: post for post in db.session.scalars(select(ChatPost).where(ChatPost.id.in_(newest)))
    }


def is_known(hook_id: int, event_id: int, pushed: str | None) -> bool:
    """Return whether a team hears of that row of history already, or of the same rung of the same task."""
    same = ChatNews.event_id == event_id
    if pushed is not None:
        same = or_(same, ChatNews.pushed == pushed)
    return (
        db.session.scalar(select(ChatNews.id).where(ChatNews.hook_id == hook_id, same).limit(1)) is not None
    )


def hooks_to_write_to(
    job: str, now: datetime, oldest: datetime, wait: Wait, priority: str | None
) -> list[ChatHook]:
    """Return webhooks that are on and whose news has waited; with a priority only news about such tasks counts.

    While a post still waits for its next try, news waits with it, so that a chat that comes back is not flooded.
    """
    first, last = func.min(ChatNews.made_at), func.max(ChatNews.made_at)
    waits = select(ChatPost.id).where(ChatPost.hook_id == ChatNews.hook_id, ChatPost.state == "queued")
    query = select(ChatNews.hook_id).where(
        ChatNews.post_id.is_(None),
        ChatNews.made_at > oldest,
        ~waits.exists(),
        not_set_aside(job, ChatNews.hook_id),
    )
    if priority is not None:
        query = query.join(ChatNews.event).join(TaskEvent.task).where(Task.priority == priority)
    waited = (first <= now - wait.at_least, or_(last <= now - wait.quiet, first <= now - wait.at_most))
    ready = query.group_by(ChatNews.hook_id).having(*waited)
    on = select(ChatHook).where(ChatHook.is_on, ChatHook.id.in_(ready)).options(joinedload(ChatHook.brand))
    return list(db.session.scalars(on.order_by(ChatHook.id)))


def unsent_news(hook_id: int, oldest: datetime, priority: str | None) -> Sequence[ChatNews]:
    """Return the news of one team that is in no post yet, for this process alone."""
    theirs = (ChatNews.hook_id == hook_id, ChatNews.post_id.is_(None), ChatNews.made_at > oldest)
    query = select(ChatNews).where(*theirs)
    if priority is not None:
        query = query.join(ChatNews.event).join(TaskEvent.task).where(Task.priority == priority)
    return db.session.scalars(query.order_by(ChatNews.id).with_for_update(of=ChatNews)).all()


def lock_hook(hook_id: int) -> ChatHook:
    """Return one webhook, for this process alone until the commit."""
    return db.session.get_one(ChatHook, hook_id, with_for_update=True, populate_existing=True)


def is_waiting(hook_id: int) -> bool:
    """Return whether a post to that chat waits to be sent."""
    waits = (ChatPost.hook_id == hook_id, ChatPost.state == "queued")
    return db.session.scalar(select(ChatPost.id).where(*waits).limit(1)) is not None


def due_posts(now: datetime) -> int:
    """Count posts that should have been sent by now."""
    return db.session.scalar(select(func.count()).select_from(ChatPost).where(ChatPost.due_at <= now)) or 0


def brands_by_age() -> Sequence[Brand]:
    """Return every brand, the oldest first."""
    return db.session.scalars(select(Brand).order_by(Brand.id)).all()

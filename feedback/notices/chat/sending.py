"""Send posts to the chats of teams; what may have arrived is sent again: rather twice than never."""

from datetime import datetime
from functools import partial

from flask_babel import force_locale

from feedback.notices.chat.models import ChatPost
from feedback.notices.chat.wording import Line, text_of
from feedback.notices.composing import said_of
from surveys.channels.registry import Channels
from surveys.errors import DeliveryFailed
from surveys.invitations.post import Post
from surveys.locales import best_language
from surveys.work import carry_out, pause_before_retry

Parcel = tuple[str, str]


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` posts that are due; return how many were looked at."""

    def act(parcel: Parcel) -> None:
        channels.chat.say(*parcel)

    prepare = partial(_prepare, base_url=post.base_url)
    return carry_out(ChatPost, now, limit, prepare=prepare, act=act, settle=_settle, again=True)


def _prepare(post: ChatPost, _now: datetime, base_url: str) -> Parcel | None:
    """Return the address and the text; a chat that was switched off meanwhile hears nothing but a try."""
    if post.news and not post.hook.is_on:
        post.state, post.due_at = "failed", None
        return None
    language = post.hook.brand.locale
    lines: dict[str, Line] = {}
    with force_locale(best_language(language)):
        for each in post.news:
            task = each.event.task
            line = lines.setdefault(
                task.public_id, Line(task.priority, [], f"{base_url}/tasks/{task.public_id}")
            )
            if (words := said_of(each.event)) not in line.happened:
                line.happened.append(words)
    return post.hook.url, text_of(lines, language, base_url)


def _settle(post: ChatPost, failure: DeliveryFailed | None, now: datetime) -> None:
    """Note the outcome, and when to try again; a try is not repeated, for somebody looks at how it went."""
    if failure is None:
        post.state, post.sent_at, post.due_at = "sent", now, None
        return
    pause = None if failure.permanent or not post.news else pause_before_retry(post.attempts)
    if pause is None:
        post.state, post.due_at = "failed", None
    else:
        post.due_at = now + pause

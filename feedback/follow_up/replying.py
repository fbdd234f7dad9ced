"""Send what agents have written to customers; a mail is never sent twice.

A reply goes out under the brand's sender with the agent's name, answers go to a mailbox that
people read, and thread headers put it under the mail the customer knows. A send whose end
nobody knows is *uncertain*: it is shown on the task and a person decides.
"""

from datetime import datetime
from functools import partial

from feedback.follow_up.clocks.timing import mark_contacted
from feedback.follow_up.conversation.models import Reply
from feedback.follow_up.conversation.queries import thread_of
from feedback.follow_up.models import Task
from feedback.follow_up.moving import record
from feedback.follow_up.queries import task_for_update
from surveys.channels.message import Message
from surveys.channels.plain_page import plain_page
from surveys.channels.registry import Channels
from surveys.errors import DeliveryFailed
from surveys.invitations.letters import letter_in
from surveys.invitations.post import Post
from surveys.staff.models import StaffMember
from surveys.work import carry_out, pause_before_retry, settle_uncertain

MOST_REFERENCES = 20
Parcel = tuple[Message, bool]


def send_due(now: datetime, limit: int, channels: Channels, post: Post) -> int:
    """Send up to `limit` replies that are due; return how many were looked at."""
    doubted = settle_uncertain(Reply, now, lambda reply: _doubt(reply, now), limit)

    def act(parcel: Parcel) -> None:
        message, for_real = parcel
        channels.deliver(message, for_real=for_real)

    return doubted + carry_out(
        Reply, now, limit, prepare=partial(_prepare, post=post), act=act, settle=_settle
    )


def compose(reply: Reply, post: Post, task: Task | None = None, author: StaffMember | None = None) -> Message:
    """Return the mail of a reply whose customer has an address; a draft that is no row yet brings task and author."""
    task, author = task or reply.task, author or reply.author
    brand = task.customer.brand
    thread = [post.message_id(each) if ours else each for each, ours in thread_of(reply)]
    headers = {"Auto-Submitted": "no"}
    if thread:
        headers |= {"In-Reply-To": thread[-1], "References": " ".join(thread[-MOST_REFERENCES:])}
    letter = letter_in(task.response.locale)
    foot = [brand.postal_address, f"{letter.follow_up}\n{post.own_page_link(reply.public_id)}"]
    text = reply.body + "\n\n-- \n" + "\n\n".join(filter(None, foot))
    return Message(
        to_name=task.customer.name or "",
        to_email=task.customer.email or "",
        from_name=f"{author.name} · {brand.sender_name or brand.name}",
        from_email=brand.sender_email or post.sender,
        reply_to=brand.reply_to,
        subject=reply.subject,
        text=text + "\n",
        html=as_page(task.response.locale, reply.subject, text),
        message_id=post.message_id(reply.public_id),
        headers=headers,
    )


def as_page(language: str, title: str, text: str) -> str:
    """Return plain text as a simple page: paragraphs and line breaks, nothing else."""
    blocks = (block.splitlines() for block in text.split("\n\n") if block.strip())
    return plain_page(language, title, blocks)


def _prepare(reply: Reply, now: datetime, post: Post) -> Parcel | None:
    """Return the mail and whether it may really leave; settle a reply to nobody."""
    if not reply.task.customer.email:
        _fail(reply, "the customer's address is gone", now)
        return None
    return compose(reply, post), not reply.task.customer.made_by_demo


def _settle(reply: Reply, failure: DeliveryFailed | None, now: datetime) -> None:
    """Note the outcome on the reply and in the task's history."""
    # The claim locks the reply only; staff may be changing its task at this moment.
    task = task_for_update(reply.task_id)
    if failure is None:
        reply.state, reply.sent_at, reply.due_at = "sent", now, None
        mark_contacted(task, now)
        record(task, "reply_sent", now, after=reply.public_id)
    elif failure.uncertain:
        _doubt(reply, now)
    else:
        pause = None if failure.permanent else pause_before_retry(reply.attempts)
        if pause is None:
            _fail(reply, failure.reason, now)
        else:
            reply.due_at = now + pause


def _fail(reply: Reply, reason: str, now: datetime) -> None:
    """Say that the reply did not reach the customer."""
    reply.state, reply.due_at, reply.last_error = "failed", None, reason[:500]
    _say_failed(reply, now)


def _doubt(reply: Reply, now: datetime) -> None:
    """Say that nobody knows whether the reply left."""
    reply.state, reply.due_at = "uncertain", None
    _say_failed(reply, now)


def _say_failed(reply: Reply, now: datetime) -> None:
    """Write down on the task which mail it was, and what has become of it."""
    task = task_for_update(reply.task_id)
    record(task, "reply_failed", now, before=reply.public_id, after=reply.state, text=reply.last_error)

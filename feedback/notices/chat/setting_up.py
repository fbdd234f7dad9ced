"""Write down where a team chats, switch it on and off, try it, forget it."""

from datetime import datetime

from feedback.notices.chat.models import ChatHook, ChatPost
from feedback.notices.chat.queries import hook_of
from surveys.brand.models import Brand
from surveys.channels.web_hook import checked_url
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.staff.models import StaffMember

LEVELS = ("P0", "P1", "P2", "P3", "P4")


def set_hook(brand: Brand, url: str, is_on: bool, least: str, by: StaffMember, now: datetime) -> ChatHook:
    """Store where the brand's team chats, whether it is told there, and of which priority at least.

    An empty `url` keeps the one there is. Raises Refusal naming `url` or `least`.
    """
    hook, url = hook_of(brand.id), url.strip()
    if least not in LEVELS:
        raise Refusal(N_("Choose one of those in the list."), field="least")
    if not url and hook is None:
        raise Refusal(N_("Write the address that the chat gives out for an incoming webhook."), field="url")
    if url:
        checked_url(url)
    if hook is None:
        hook = ChatHook(brand=brand)
        db.session.add(hook)
    hook.url = url or hook.url
    hook.is_on, hook.least, hook.changed_at, hook.changed_by = is_on, least, now, by
    db.session.flush()
    return hook


def try_out(brand: Brand, now: datetime) -> None:
    """Let a message without news be sent; raise Conflict where no address is written down."""
    hook = hook_of(brand.id)
    if hook is None:
        raise Conflict(N_("There is no address yet. Enter one first, then try it."))
    db.session.add(ChatPost(hook=hook, made_at=now, due_at=now))
    db.session.flush()


def forget(brand: Brand) -> None:
    """Delete the address with everything that waits for it; nothing happens where there is none."""
    hook = hook_of(brand.id)
    if hook is not None:
        db.session.delete(hook)
        db.session.flush()

"""The settings of notices: how well rules tell, and where each shop's team chats, which owners alone set."""

from urllib.parse import urlsplit

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.notices.chat import queries, setting_up
from feedback.notices.chat.forms import ChatForm
from feedback.notices.chat.models import ChatHook
from feedback.notices.precision.figures import ENOUGH, LOOKED_AT, precision
from feedback.notices.precision.queries import calendars, notices_since
from surveys.brand.queries import brand_or_missing
from surveys.channels.web_hook import FAILURES
from surveys.clock import business_now
from surveys.database import db
from surveys.errors import Refusal
from surveys.staff.door import StaffDoor, allowed, current_staff

door = StaffDoor("notices", __name__, permission="settings", url_prefix="/settings/notices")
chat_door = StaffDoor("chat", __name__, permission="owners", url_prefix="/settings/notices/chat")


@door.get("")
def notices() -> ResponseReturnValue:
    """Show how often being told led to something, and where teams chat."""
    return page({})


@chat_door.post("/<key>")
def save(key: str) -> ResponseReturnValue:
    """Write down where the team of a shop chats."""
    brand, form = brand_or_missing(key), ChatForm(prefix=key)
    if form.validate():
        try:
            url, least = form.url.data or "", form.least.data or ""
            setting_up.set_hook(brand, url, form.is_on.data, least, current_staff(), business_now())
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for("notices.notices"), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return page({key: form}), 422


@chat_door.post("/<key>/try")
def try_out(key: str) -> ResponseReturnValue:
    """Let a message be sent to the chat of a shop, so that somebody sees whether it arrives."""
    setting_up.try_out(brand_or_missing(key), business_now())
    db.session.commit()
    flash(_("A message is on its way. Reload this page in a moment to see how it went."))
    return redirect(url_for("notices.notices"), 303)


@chat_door.post("/<key>/forget")
def forget(key: str) -> ResponseReturnValue:
    """Delete the address of a shop's chat."""
    setting_up.forget(brand_or_missing(key))
    db.session.commit()
    flash(_("The address is deleted. Nothing is called any more."))
    return redirect(url_for("notices.notices"), 303)


def page(refused: dict[str, ChatForm]) -> str:
    """Return the page; `refused` are forms that could not be taken, by the key of their brand."""
    now, hooks = business_now(), queries.hooks()
    chats = []
    for brand in queries.brands_by_age():
        hook = hooks.get(brand.id)
        chats.append((brand, hook, host_of(hook), refused.get(brand.key) or filled(brand.key, hook)))
    return render_template(
        "notices/settings.html",
        rules=precision(notices_since(now - LOOKED_AT), calendars(), now),
        enough=ENOUGH,
        days=LOOKED_AT.days,
        chats=chats if allowed("owners") else [],
        posts=queries.last_posts(),
        failures=FAILURES,
        now=now,
    )


def filled(key: str, hook: ChatHook | None) -> ChatForm:
    """Return the form of a shop's chat; its address is a secret and stays out of it."""
    if hook is None:
        return ChatForm(formdata=None, prefix=key)
    return ChatForm(formdata=None, prefix=key, data={"least": hook.least, "is_on": hook.is_on})


def host_of(hook: ChatHook | None) -> str | None:
    """Return the server that is called, which may be shown."""
    return urlsplit(hook.url).hostname if hook is not None else None

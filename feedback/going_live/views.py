"""The checklist of going live, the DNS records of the senders, and the deeds that are done there."""

from urllib.parse import urlsplit

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from feedback.demo.clearing import start_afresh
from feedback.going_live import queries
from feedback.going_live.records import Record, records_for
from feedback.going_live.steps import checklist
from feedback.going_live.ticking import note_mail_left, tick, untick
from feedback.going_live.trying_out import mail_to_try
from surveys.brand.queries import all_brands, brand_or_missing
from surveys.clock import real_now
from surveys.database import begin_writing, db
from surveys.errors import DeliveryFailed
from surveys.invitations.post import Post
from surveys.staff.door import StaffDoor, current_staff, leave

door = StaffDoor("going_live", __name__, permission="settings", url_prefix="/going-live")


@door.get("")
def going_live() -> ResponseReturnValue:
    """Show what is done and what is still to do until the first customer is asked."""
    settings = current_app.config["SETTINGS"]
    facts = queries.facts(current_app.extensions["channels"], settings.base_url, settings.mail_from)
    steps = checklist(facts)
    return render_template(
        "going_live/going_live.html",
        steps=steps,
        done=sum(step.is_done for step in steps),
        ticked=facts.ticked,
        brands=facts.brands,
        now=real_now(),
    )


@door.get("/records")
def records() -> ResponseReturnValue:
    """Show the DNS records for the domain of each shop's sender."""
    settings = current_app.config["SETTINGS"]
    host = urlsplit(settings.mail_url).hostname if settings.mail_url else None
    domains: dict[str, list[Record]] = {}
    for brand in all_brands():
        sender = brand.sender_email or settings.mail_from
        if sender and not brand.made_by_demo:
            domain = sender.rpartition("@")[2]
            domains.setdefault(domain, records_for(domain, host, brand.reply_to))
    return render_template("going_live/records.html", domains=domains)


@door.post("/demo")
def clear_demo() -> ResponseReturnValue:
    """Remove the demo with everything that came of it; whoever it had invented makes an account of their own."""
    was_invented = current_staff().made_by_demo
    if was_invented:
        leave()
    purchases, first_owner = start_afresh(real_now())
    db.session.commit()
    flash(_("The demo is gone: %(count)s purchases and all that came of them.", count=purchases))
    if was_invented and first_owner is not None:  # Nobody real becomes an owner by clearing a demo.
        return redirect(url_for("staff.first_owner", secret=first_owner), 303)
    return redirect(url_for("staff.sign_in" if was_invented else "going_live.going_live"), 303)


@door.post("/test-mail/<key>")
def send_test_mail(key: str) -> ResponseReturnValue:
    """Send the one who asks a mail as this shop's customers will get theirs."""
    settings, member = current_app.config["SETTINGS"], current_staff()
    post = Post(settings.base_url, settings.mail_from, current_app.config["LINK_SECRETS"][0])
    message = mail_to_try(brand_or_missing(key), member, post.sender)
    db.session.rollback()  # A slow mail server must not hold the writer's turn.
    try:
        current_app.extensions["channels"].deliver(message)
    except DeliveryFailed as failure:
        flash(_("The mail server refused: %(why)s", why=str(failure)), "error")
    else:
        if settings.mail_url:
            begin_writing()
            note_mail_left(current_staff(), real_now())
            db.session.commit()
            flash(_("The test mail has left for %(address)s.", address=message.to_email))
        else:
            flash(_("No mail server is named: the test mail lies in the outbox."))
    return redirect(url_for("going_live.going_live") + "#mail", 303)


@door.post("/tick/<key>")
def tick_step(key: str) -> ResponseReturnValue:
    """Note that a step was done which only a person can see."""
    tick(key, current_staff(), real_now())
    db.session.commit()
    return redirect(url_for("going_live.going_live"), 303)


@door.post("/untick/<key>")
def untick_step(key: str) -> ResponseReturnValue:
    """Take a tick back."""
    untick(key)
    db.session.commit()
    return redirect(url_for("going_live.going_live"), 303)

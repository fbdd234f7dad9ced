"""What machines ask of the house: is it alive, is it ready, how much of what; and the page about the mail."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from hmac import compare_digest
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from surveys import pacing
from surveys.clock import business_now, real_now
from surveys.database import db
from surveys.doors import OpenDoor, came_directly
from surveys.errors import Missing, Refusal
from surveys.staff.door import StaffDoor, current_staff
from surveys.upkeep import queries, releasing
from surveys.upkeep.checks import Surroundings
from surveys.upkeep.forms import PaceForm
from surveys.upkeep.holds import Hold
from surveys.upkeep.measuring import free_bytes
from surveys.upkeep.metrics import CONTENT_TYPE, written

health = OpenDoor("health", __name__)
mail_door = StaffDoor("mail", __name__, permission="settings", url_prefix="/settings/mail")
deeds = StaffDoor("mail_deeds", __name__, permission="owners", url_prefix="/settings/mail")
PATIENCE = 1.0  # seconds for the database to answer
LEAST_ROOM = 512 * 1024 * 1024  # bytes; with less, nothing can be promised to be stored
# One thread: while it hangs on a dead database, nobody else is sent after it.
LOOKOUT = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ready")


@health.get("/healthz")
def alive() -> ResponseReturnValue:
    """Say that the process answers; asks nobody else."""
    return jsonify(status="alive")


@health.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say whether requests can be served: 503 names what fails, and no more, for strangers read it too."""
    failing = failures()
    if failing:
        return jsonify(status="not ready", failing=failing), 503
    return jsonify(status="ready")


@health.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Return the figures of the house to whoever shows METRICS_TOKEN, and to this machine."""
    if not may_measure():
        raise Missing()
    at = surroundings()
    found = [metric for measure in current_app.config["MEASURES"] for metric in measure(at)]
    return Response(written(found), content_type=CONTENT_TYPE)


def failures() -> list[str]:
    """Return the names of what is not as it must be: database, schema, disk."""
    failing = []
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    looking = LOOKOUT.submit(database_failure, app)
    try:
        failing = looking.result(timeout=PATIENCE)
    except TooSlow:
        looking.cancel()
        failing = ["database"]
    if free_bytes(current_app.config["SETTINGS"].instance) < LEAST_ROOM:
        failing.append("disk")
    return failing


def database_failure(app: Flask) -> list[str]:
    """Return what fails about the database, in a context and a transaction of its own."""
    with app.app_context():
        try:
            queries.ask_for_an_answer()
        except (SQLAlchemyError, PoolTimeout):
            return ["database"]
        try:
            is_current = queries.schema() == queries.head(app.config["MIGRATIONS"])
        except SQLAlchemyError:
            return ["schema"]
        return [] if is_current else ["schema"]


def may_measure() -> bool:
    """Tell whether this request shows the token, or comes from this machine and through no proxy."""
    token = current_app.config["SETTINGS"].metrics_token
    shown = request.authorization
    if token and shown is not None and shown.type == "bearer" and shown.token:
        return compare_digest(shown.token.encode(), token.encode())
    return came_directly() and ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104


def surroundings() -> Surroundings:
    """Return what checks and figures are told; without a database the business lives in real time."""
    try:
        business = business_now()
    except SQLAlchemyError:
        db.session.rollback()
        business = real_now()
    return Surroundings(
        settings=current_app.config["SETTINGS"],
        channels=current_app.extensions["channels"],
        migrations=current_app.config["MIGRATIONS"],
        now=real_now(),
        business=business,
    )


def mail_holds() -> tuple[Hold, ...]:
    """Return why mail to customers is held, for the pages that say so; nothing while it leaves."""
    channels, settings = current_app.extensions["channels"], current_app.config["SETTINGS"]
    return queries.reasons_to_hold(channels, settings.base_url)


@mail_door.route("", methods=["GET", "POST"])
def mail() -> ResponseReturnValue:
    """Show how mail leaves, what waits, what holds it and how fast it may leave; that can be set."""
    form = PaceForm(per_minute=pacing.mails_per_minute())
    if form.validate_on_submit():
        try:
            pacing.set_pace(form.per_minute.data, real_now())
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for("mail.mail"), 303)
        except Refusal as refusal:
            form.blame(refusal)
    held, settings = mail_holds(), current_app.config["SETTINGS"]
    due, per_minute = queries.due_invitations(business_now()).number, pacing.mails_per_minute()
    page = render_template(
        "upkeep/mail.html",
        form=form,
        per_minute=per_minute,
        takes=pacing.MINUTE * due / per_minute if per_minute else None,
        held=held,
        by_hand=any(reason.is_released_by_hand for reason in held),
        server=urlsplit(settings.mail_url).hostname if settings.mail_url else None,
        due=due,
    )
    return page, 422 if form.errors else 200


@deeds.post("/release")
def release() -> ResponseReturnValue:
    """Let mail to customers go again."""
    releasing.release(real_now(), current_staff())
    db.session.commit()
    if mail_holds():
        flash(_("Released. Other reasons still hold the mail."))
    else:
        flash(_("Released. What is due leaves now."))
    return redirect(url_for("mail.mail"), 303)


@deeds.post("/hold")
def hold() -> ResponseReturnValue:
    """Hold mail to customers until somebody releases it."""
    releasing.hold("by_hand", real_now())
    db.session.commit()
    flash(_("Mail to customers is held now. What is due waits."))
    return redirect(url_for("mail.mail"), 303)

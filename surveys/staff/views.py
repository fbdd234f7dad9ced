"""Sign-in and sign-out, one's own account, the first owner."""

import hmac
import logging
from urllib.parse import urlsplit

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from surveys.clock import business_now, real_now
from surveys.database import begin_writing, db
from surveys.doors import OpenDoor
from surveys.errors import DeliveryFailed, Refusal
from surveys.locales import best_language
from surveys.staff import hiring, queries, signing_in
from surveys.staff.door import SESSION_KEY, StaffDoor, current_staff, leave
from surveys.staff.forms import (
    AddStaffForm,
    AskForLinkForm,
    ChangePasswordForm,
    FirstOwnerForm,
    NewPasswordForm,
    RoleForm,
    SignInForm,
)
from surveys.staff.mailing import link_mail
from surveys.staff.models import StaffMember
from surveys.staff.permissions import may

log = logging.getLogger(__name__)
entrance = OpenDoor("staff", __name__)
account_door = StaffDoor("account", __name__, permission="own_account", url_prefix="/account")
team_door = StaffDoor("team", __name__, permission="staff", url_prefix="/settings/team")


def open_session(secret: str) -> None:
    """Give the browser a fresh session; nothing from before it signed in stays."""
    session.clear()
    session[SESSION_KEY] = secret
    session.permanent = False


def safe_next(target: str | None) -> str:
    """Return a path of our own to go on to; anything that could leave this site becomes the first page."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return "/"
    if any(ord(c) < 33 or c == "\\" for c in target) or urlsplit(target).netloc:
        return "/"
    return target


def page_before() -> str:
    """Return the page that the request came from; of one that only a form shows, the nearest above that opens alone."""
    try:
        before = urlsplit(request.referrer or "")
    except ValueError:  # Anything can stand in this header.
        return ""
    if opens(before.path):
        return f"{before.path}?{before.query}" if before.query else before.path
    path = before.path
    while path and not opens(path):
        path = path.rpartition("/")[0]
    return path


def opens(path: str) -> bool:
    """Tell whether one of our pages stands at a path."""
    pages = current_app.create_url_adapter(request)
    return pages is not None and pages.test(path, method="GET")


def caller() -> str:
    """Return where the request comes from as a keyed hash: enough to count wrong tries, and no address is kept."""
    network = signing_in.network_of(request.remote_addr or "")
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.digest(secret, f"where tries come from: {network}".encode(), "sha256").hex()[:40]


@entrance.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Sign in with address and password."""
    form = SignInForm()
    if form.validate_on_submit():
        email, address = form.email.data or "", caller()
        now = real_now()
        fitting = signing_in.fitting_hash(email, form.password.data or "", address, now)
        begin_writing()
        secret = signing_in.sign_in(email, fitting, address, now)
        db.session.commit()
        if secret is not None:
            open_session(secret)
            return redirect(safe_next(request.args.get("next")), 303)
        form.blame(signing_in.SignInRefused())
    status = 422 if form.is_submitted() else 200
    return render_template("staff/sign_in.html", form=form, anybody=queries.anybody()), status


@entrance.route("/first/<secret>", methods=["GET", "POST"])
def first_owner(secret: str) -> ResponseReturnValue:
    """Make the first account of this installation by the link that was printed."""
    queries.usable_link(secret, real_now())
    form = FirstOwnerForm()
    if form.validate_on_submit():
        try:
            begin_writing()
            fields = (form.email.data or "", form.name.data or "", form.password.data or "")
            opened = hiring.found(secret, *fields, real_now(), best_language(str(get_locale())))
            db.session.commit()
            open_session(opened)
            return redirect("/", 303)
        except Refusal as refusal:
            db.session.rollback()
            if refusal.field is None:
                raise
            form.blame(refusal)
    return render_template("staff/first_owner.html", form=form), 422 if form.is_submitted() else 200


@entrance.route("/password/<secret>", methods=["GET", "POST"])
def new_password(secret: str) -> ResponseReturnValue:
    """Set a password by a one-time link."""
    link = queries.usable_link(secret, real_now())
    form = NewPasswordForm()
    name = link.staff.name if link.staff else ""
    if form.validate_on_submit():
        try:
            begin_writing()
            opened = signing_in.use_link(secret, form.password.data or "", real_now())
            db.session.commit()
            open_session(opened)
            return redirect("/", 303)
        except Refusal as refusal:
            db.session.rollback()
            if refusal.field is None:
                raise
            form.blame(refusal)
    return render_template(
        "staff/new_password.html", form=form, name=name
    ), 422 if form.is_submitted() else 200


@entrance.route("/password", methods=["GET", "POST"])
def ask_for_link() -> ResponseReturnValue:
    """Ask for a new password; the answer is the same whether or not the address is known."""
    form = AskForLinkForm()
    if form.validate_on_submit():
        begin_writing()
        asked = signing_in.ask_for_link(form.email.data or "", caller(), real_now())
        if asked is None:
            db.session.commit()
        else:
            mail_link(*asked)
        return render_template("staff/link_sent.html")
    return render_template("staff/ask_for_link.html", form=form), 422 if form.is_submitted() else 200


@account_door.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    leave()
    db.session.commit()
    return redirect(url_for("staff.sign_in"), 303)


@account_door.post("/language")
def language() -> ResponseReturnValue:
    """Choose the language one's own pages speak."""
    current_staff().locale = best_language(request.form.get("language"))
    db.session.commit()
    return redirect(safe_next(page_before()), 303)


@account_door.route("", methods=["GET", "POST"])
def own() -> ResponseReturnValue:
    """Change one's own password; see where one is signed in."""
    form = ChangePasswordForm()
    staff = current_staff()
    if form.validate_on_submit():
        try:
            keep = session[SESSION_KEY]
            signing_in.change_password(staff, form.old.data or "", form.password.data or "", keep)
            db.session.commit()
            flash(_("Your password is changed. Other browsers were signed out."))
            return redirect(url_for("account.own"), 303)
        except Refusal as refusal:
            form.blame(refusal)
    sessions = queries.sessions_of(staff, real_now())
    absent = queries.absent_now(business_now()).get(staff.id)
    page = render_template(
        "staff/account.html", form=form, sessions=sessions, staff=staff, now=real_now(), absent=absent
    )
    return page, 422 if form.is_submitted() else 200


@account_door.post("/away")
def away() -> ResponseReturnValue:
    """Say whether new tasks may come to oneself."""
    hiring.set_away(current_staff(), request.form.get("away") == "yes")
    db.session.commit()
    return redirect(url_for("account.own"), 303)


@account_door.post("/keys")
def keys() -> ResponseReturnValue:
    """Say whether single letters do something on one's own pages."""
    hiring.set_keys(current_staff(), request.form.get("keys") == "on")
    db.session.commit()
    return redirect(url_for("account.own") + "#keys-setting", 303)


@account_door.post("/sign-out-elsewhere")
def sign_out_elsewhere() -> ResponseReturnValue:
    """End every other session of one's own."""
    signing_in.end_all_sessions(current_staff(), but=session[SESSION_KEY])
    db.session.commit()
    flash(_("Every other browser was signed out."))
    return redirect(url_for("account.own"), 303)


@team_door.route("", methods=["GET", "POST"])
def team() -> ResponseReturnValue:
    """Everybody who works here; add somebody."""
    form = AddStaffForm()
    if form.validate_on_submit():
        try:
            fields = (form.email.data or "", form.name.data or "", form.role.data)
            member = hiring.add_staff(*fields, real_now(), by=current_staff())
            secret = signing_in.issue_link(member, real_now())
            db.session.commit()
            return render_template("staff/link.html", member=member, link=password_link(secret))
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    absent = queries.absent_now(business_now())
    page = render_template(
        "staff/team.html", form=form, team=queries.team(), me=current_staff(), absent=absent
    )
    return page, 422 if form.is_submitted() else 200


@team_door.route("/<public_id>", methods=["GET", "POST"])
def member(public_id: str) -> ResponseReturnValue:
    """One colleague: another role, a new link, let go or take back."""
    someone = queries.staff_or_missing(public_id)
    form = RoleForm(data={"role": someone.role})
    if form.validate_on_submit():
        hiring.change_role(someone, form.role.data, current_staff())
        db.session.commit()
        flash(_("The role is changed."))
        return redirect(url_for("team.team"), 303)
    takes_tasks = may(someone.role, "tasks")
    page = render_template(
        "staff/member.html", form=form, member=someone, me=current_staff(), takes_tasks=takes_tasks
    )
    return page, 422 if form.is_submitted() else 200


@team_door.post("/<public_id>/link")
def link(public_id: str) -> ResponseReturnValue:
    """Make a new one-time link for somebody who cannot sign in."""
    someone = queries.staff_or_missing(public_id)
    hiring.check_may_manage(someone, current_staff().role)
    secret = signing_in.issue_link(someone, real_now())
    db.session.commit()
    return render_template("staff/link.html", member=someone, link=password_link(secret))


@team_door.post("/<public_id>/switch")
def switch(public_id: str) -> ResponseReturnValue:
    """Let somebody go, or take them back."""
    someone = queries.staff_or_missing(public_id)
    verb = hiring.switch_off if someone.is_active else hiring.switch_on
    verb(someone, current_staff())
    db.session.commit()
    return redirect(url_for("team.team"), 303)


def mail_link(member: StaffMember, secret: str) -> None:
    """Commit the link, then mail it: no transaction is open while the mail server is talked to."""
    mail = link_mail(member, password_link(secret), current_app.config["SETTINGS"].mail_from)
    for_real = not member.made_by_demo
    db.session.commit()
    try:
        current_app.extensions["channels"].deliver(mail, for_real=for_real)
    except DeliveryFailed as failure:
        log.error("a password link could not be mailed: %s", failure.reason)


def password_link(secret: str) -> str:
    """Return the address under which a password is set once."""
    base: str = current_app.config["SETTINGS"].base_url
    return base + url_for("staff.new_password", secret=secret)

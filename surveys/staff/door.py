"""The staff door: a session, a role, and a token against forged forms."""

from flask import Flask, Request, current_app, g, redirect, render_template, request, session, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_babel import refresh
from flask_wtf.csrf import CSRFError, validate_csrf
from wtforms import ValidationError

from surveys.clock import real_now
from surveys.doors import SAFE_METHODS, Door, heading_of, note_in_passing, refusal_page
from surveys.errors import N_, Forbidden, Refusal
from surveys.staff.models import StaffMember
from surveys.staff.permissions import may
from surveys.staff.queries import living_session
from surveys.staff.signing_in import end_session, touching

SESSION_KEY = "staff"


def current_staff() -> StaffMember:
    """Return who is signed in; only behind the staff door."""
    staff: StaffMember = g.staff
    return staff


def leave() -> None:
    """Sign out who is signed in here: from now on nobody does what this request still does.

    What it still says is in the language of the browser, as the next page is.
    """
    end_session(session[SESSION_KEY])
    session.clear()
    del g.staff, g.language
    refresh()


def allowed(permission: str) -> bool:
    """Return whether the person who is signed in has `permission`; nobody has none."""
    staff = g.get("staff")
    return staff is not None and may(staff.role, permission)


class QuietSessions(SecureCookieSessionInterface):
    """Sessions that cost nothing where there is no cookie, as on every customer's page."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session of the cookie, or an empty one."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


class StaffDoor(Door):
    """Staff come in by a session; `permission` is what every page behind this door needs."""

    is_use = True  # whether somebody comes in by it, or a page by itself: only the first keeps a session from running out

    def __init__(self, name: str, import_name: str, *, permission: str, **options: object):
        self.permission = permission
        super().__init__(name, import_name, **options)

    def admit(self) -> ResponseReturnValue | None:
        """Let people with a living session and the permission in."""
        secret = session.get(SESSION_KEY)
        now = real_now()
        living = living_session(secret, now) if secret else None
        if living is None:
            session.pop(SESSION_KEY, None)
            here = request.full_path.rstrip("?") if request.method == "GET" else None
            return redirect(url_for("staff.sign_in", next=here), 303)
        staff = living.staff
        if self.is_use:
            note_in_passing(touching(living, now))
        g.staff = staff
        g.language = staff.locale
        if request.method not in SAFE_METHODS:
            self.check_form_token()
        if not may(staff.role, self.permission):
            raise Forbidden()
        return None

    def check_form_token(self) -> None:
        """Refuse a form that was not made by one of our own pages for this session."""
        if not current_app.config["WTF_CSRF_ENABLED"]:
            return
        try:
            validate_csrf(request.form.get("csrf_token") or request.headers.get("X-CSRFToken"))
        except (CSRFError, ValidationError):
            raise FormTooOld() from None

    def turn_away(self, status: int, sentence: str, refusal: Refusal | None = None) -> ResponseReturnValue:
        """Return the refusal inside the staff layout, so that the way on stays in sight."""
        if "staff" not in g:
            return refusal_page(status, sentence, refusal)
        heading = heading_of(status, refusal)
        return render_template("refusals/staff.html", heading=heading, sentence=sentence), status


class FormTooOld(Refusal):
    """The form's token is missing, foreign or expired."""

    status = 403
    heading = N_("This form is too old")
    phrase = N_("This form is too old or was not sent from here. Go back, reload the page and send it again.")

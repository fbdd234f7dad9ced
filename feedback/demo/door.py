"""The demo's door: there only while the demo is, on this machine alone, for forms of our own pages."""

from urllib.parse import urlsplit

from flask import current_app, request
from flask.typing import ResponseReturnValue

from feedback.demo.queries import marker
from surveys.doors import SAFE_METHODS, Door, came_directly
from surveys.errors import N_, Forbidden, Missing

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")


class NotFromHere(Forbidden):
    """The form was sent by another site, or by a program that does not say where it came from."""

    phrase = N_("This form was not sent from this site. Open the page here and press the button again.")


class DemoDoor(Door):
    """Whoever sits at this machine may come in; the demo's data is invented."""

    def admit(self) -> ResponseReturnValue | None:
        """Let people of this machine in while the demo is there; the address is missing otherwise."""
        if not is_open():
            raise Missing()
        if request.method not in SAFE_METHODS and not sent_from_here():
            raise NotFromHere()
        return None


def is_open() -> bool:
    """Tell whether this request may see the demo bar.

    We must be bound to and named by loopback, the request must name us so and must not have
    come through a proxy: then nobody from outside is behind it.
    """
    if not current_app.config["SETTINGS"].is_loopback:
        return False
    if not came_directly():
        return False
    host = urlsplit(f"//{request.host}").hostname
    return host in LOOPBACK_NAMES and marker() is not None


def sent_from_here() -> bool:
    """Tell whether the browser says that one of our own pages sent this form.

    Sec-Fetch-Site and Origin cannot be forged by another site's page. There is no session to
    bind a token to: signing in is what this form is for.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == request.host_url.rstrip("/")

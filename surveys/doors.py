"""Doors: blueprints that say who may come in, and how that visitor is told no.

The guard is part of the blueprint from birth, so no page can be registered without one.
Writers announce themselves to the database here, after their whole body has been read: a
slow client must not hold the writer's turn.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import UpdateBase
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.datastructures import ImmutableDict, MultiDict
from werkzeug.routing import IntegerConverter, Map

from surveys.database import BEGIN_OPTION, begin_writing, db
from surveys.errors import N_, Conflict, Forbidden, Missing, Refusal, SeveralRefusals, Words
from surveys.masking import quoted

PROBES = "health"  # the door of probes, which call by address: load balancers, containers, Prometheus
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PATIENCE = 250  # milliseconds that what is only noted in passing waits for its turn
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-src 'self'; frame-ancestors 'none'"
)
# What stands above a refusal that is none of the domain's.
HEADINGS = {
    403: Forbidden.heading,
    404: Missing.heading,
    409: Conflict.heading,
    413: N_("Too much at once"),
    429: N_("Too many requests"),
    500: N_("This failed on our side"),
    503: N_("Not possible at the moment"),
}
GENERAL = frozenset({Refusal.heading, *HEADINGS.values()})  # headings that say nothing of a single refusal


class RowNumber(IntegerConverter):
    """A number in an address, short enough for a column: databases cannot be asked for a larger one."""

    regex = "[0-9]{1,9}"


class Addresses(Map):
    """The addresses of the house."""

    default_converters = ImmutableDict({**Map.default_converters, "int": RowNumber})


@dataclass(frozen=True)
class MenuItem:
    """One entry of the staff menu: shown to those who have the permission; G and then `key` lead there.

    `also` names doors whose pages belong to the entry though they have addresses of their own.
    """

    label: str
    endpoint: str
    permission: str
    key: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class SettingsPage:
    """One row of the list of settings, with a sentence on what it is for, among those that settle the same."""

    label: str
    said: str
    endpoint: str
    permission: str
    about: str


def spoken(refusal: Refusal, *, with_codes: bool = False) -> str:
    """Return the refusal's sentence in the visitor's language; `with_codes` for machines, which know no words."""
    if isinstance(refusal, SeveralRefusals):
        return " ".join(spoken(each, with_codes=with_codes) for each in refusal.refusals)
    sentence: str = gettext(refusal.phrase)
    values = refusal.values if with_codes else {name: in_words(it) for name, it in refusal.values.items()}
    return sentence % values if values else sentence


def in_words(value: object) -> object:
    """Return codes of ours as their words in the visitor's language, everything else as it is."""
    return ", ".join(gettext(word) for word in value.said.values()) if isinstance(value, Words) else value


def add_missing(response: Response, *headers: tuple[str, str]) -> None:
    """Add the headers that the response does not carry yet; one look at all it has, not one for each."""
    present = {name.lower() for name, _ in response.headers}
    for name, value in headers:
        if name.lower() not in present:
            response.headers.add(name, value)


class Door(Blueprint):
    """A blueprint that says who may come in by it."""

    referrer_policy = "strict-origin-when-cross-origin"
    writes_at_once = True
    refuses_nul = True
    is_audited = True  # whether it is noted who of the staff has sent something here

    def __init__(self, name: str, import_name: str, **options: object):
        super().__init__(name, import_name, **options)  # type: ignore[arg-type]
        self.before_request(self.enter)
        self.after_request(self.dress)

    def enter(self) -> ResponseReturnValue | None:
        """Read the body, announce a writer, then ask the guard."""
        if "\x00" in request.path:
            raise Missing()  # No address of ours holds NUL, and PostgreSQL cannot be asked about one.
        if self.refuses_nul:
            refuse_nul(request.args)
        if request.method not in SAFE_METHODS:
            request.get_data(parse_form_data=True)
            if self.refuses_nul:
                refuse_nul(request.form)
            if self.writes_at_once:
                begin_writing()
        return self.admit()

    def admit(self) -> ResponseReturnValue | None:
        """Return None to let the visitor in, or the answer that turns them away."""
        raise NotImplementedError

    def dress(self, response: Response) -> Response:
        """Add the headers every page of this door carries."""
        add_missing(
            response,
            ("Content-Security-Policy", CSP),
            ("Referrer-Policy", self.referrer_policy),
            ("Cache-Control", "no-store"),
        )
        return response

    def turn_away(self, status: int, sentence: str, refusal: Refusal | None = None) -> ResponseReturnValue:
        """Return the page that says no in `sentence`."""
        return refusal_page(status, sentence, refusal)


def note_in_passing(note: UpdateBase | None) -> None:
    """Write down what a visitor leaves behind on the way, if there is anything.

    Where nobody has announced a writer it is one of its own: on SQLite whoever has read cannot write once somebody else
    has. Nobody misses a page because of it, or waits for it long: where the database is busy, or what it is about has
    gone meanwhile, it is left out, and the next visit notes it.
    """
    if note is None:
        return
    if BEGIN_OPTION in db.session.connection().get_execution_options():
        db.session.execute(note)
        return
    try:
        begin_writing(patience=PATIENCE)
        db.session.execute(note)
        db.session.commit()
    except (OperationalError, IntegrityError):
        db.session.rollback()


class OpenDoor(Door):
    """A door for the short listed rest: health, sign-in, the embed script."""

    writes_at_once = False

    def admit(self) -> ResponseReturnValue | None:
        """Let everybody in."""
        return None


class RespondentDoor(Door):
    """Respondents come in by a token in the address, get no cookie and leave no trace of one."""

    referrer_policy = "no-referrer"
    refuses_nul = False  # The view refuses it itself, and gives the text back.
    speaks_to_customers = True

    def enter(self) -> ResponseReturnValue | None:
        """Keep the body's bytes first: parsed by the framework, text that is not UTF-8 would look like text."""
        if request.method not in SAFE_METHODS:
            request.get_data()
        return super().enter()

    def admit(self) -> ResponseReturnValue | None:
        """Let everybody in; the view reads the token, which is the only authority."""
        g.speaks_to_customers = self.speaks_to_customers
        return None

    def dress(self, response: Response) -> Response:
        """Keep token pages out of search engines as well."""
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return super().dress(response)

    def turn_away(self, status: int, sentence: str, refusal: Refusal | None = None) -> ResponseReturnValue:
        """Return the respondent's own page that says no."""
        # Once it is known which shop asked, a view puts the way to its look into `g`.
        look = g.look() if "look" in g else {}
        own = refusal.heading if refusal is not None and refusal.heading not in GENERAL else ""
        told = {"sentence": sentence, "status": status, "heading": gettext(own) if own else ""}
        return render_template("refusals/respondent.html", **told, **look), status


class RecipientDoor(RespondentDoor):
    """Those who were given a link to a report come in like respondents; their pages speak what staff pages speak."""

    speaks_to_customers = False


class UnknownHost(Refusal):
    """The request names a host that is not ours: its links and forms would lead there."""

    status = 400
    heading = N_("Not the address of this site")
    phrase = N_(
        "Nothing is served under the name %(host)s. Open the site by its own address;"
        " whoever runs it names that in BASE_URL."
    )

    def __init__(self, host: str):
        super().__init__(host=f"“{quoted(host, 60)}”")


def check_host() -> None:
    """Refuse requests for hosts that are not ours; machines that look after us may name us by number."""
    host = urlsplit(f"//{request.host}").hostname or ""
    if request.blueprint != PROBES and not current_app.config["SETTINGS"].answers_for(host.rstrip(".")):
        raise UnknownHost(host)


def came_directly() -> bool:
    """Tell whether this request has come through no proxy that says so."""
    return not any(name in request.headers for name in FORWARDED)


def refuse_nul(fields: MultiDict[str, str]) -> None:
    """Refuse fields with NUL in their text, which PostgreSQL neither keeps nor looks for."""
    if any("\x00" in text for _, text in fields.items(multi=True)):
        raise Refusal(N_("A field holds an invisible character (NUL); type its text anew."))


def heading_of(status: int, refusal: Refusal | None) -> str:
    """Return what stands above a refusal, or above what the framework or the database refused."""
    phrase = refusal.heading if refusal is not None else HEADINGS.get(status, Refusal.heading)
    return str(gettext(phrase))


def refusal_page(status: int, sentence: str, refusal: Refusal | None = None) -> ResponseReturnValue:
    """Return the plain page for a refusal outside any door."""
    heading = heading_of(status, refusal)
    return render_template("refusals/plain.html", heading=heading, sentence=sentence), status

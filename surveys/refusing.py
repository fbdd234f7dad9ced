"""How the house says no: what the domain, the framework and the database refuse, through whichever door."""

import logging

from flask import Flask, current_app, make_response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from surveys.api.door import problem_response
from surveys.database import db
from surveys.doors import Door, refusal_page, spoken
from surveys.errors import N_, Missing, Refusal

log = logging.getLogger(__name__)
RACED = ("23505", "23503")  # what PostgreSQL calls a key that is there twice, and one that leads nowhere
SENTENCES = {
    400: N_("The request could not be read. Check it for damaged or doubled parts."),
    401: N_("Sign in first."),
    403: N_("This is not open to you."),
    404: Missing.phrase,
    405: N_(
        "This address does not take this kind of request. Go back to the page before and use its links and buttons;"
        " programs read in the header “Allow” what is taken here."
    ),
    406: N_("This address answers with JSON only."),
    409: N_(
        "Somebody was quicker and has changed this at the same moment. Reload the page and look at what there is now."
    ),
    413: N_("That is too much at once. Send less, or split it."),
    414: N_("The address is too long."),
    415: N_("The body has a type this address does not take."),
    429: N_("Too many requests. Wait a moment and try again."),
    500: N_("Something failed on our side. Nothing was changed; please try again in a minute."),
    503: N_("We cannot save anything at the moment. Please try again in a few seconds."),
}


def init_app(app: Flask) -> None:
    """Translate what the domain, the framework and the database refuse, once, for every door."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(HTTPException, framework_refused)
    app.register_error_handler(OperationalError, database_refused)
    app.register_error_handler(PoolTimeout, database_refused)
    app.register_error_handler(IntegrityError, overtaken)
    app.register_error_handler(StaleDataError, overtaken)
    app.register_error_handler(Exception, unforeseen)


def refused(refusal: Refusal) -> ResponseReturnValue:
    """Say no as the domain does."""
    db.session.rollback()
    return say_no(refusal.status, spoken(refusal), refusal)


def framework_refused(error: HTTPException) -> ResponseReturnValue:
    """Say no where Flask does, in our words, with the headers that belong to the status."""
    db.session.rollback()
    if error.response is not None:
        return make_response(error.response)
    status = error.code or 500
    sentence = SENTENCES.get(status, SENTENCES[400 if status < 500 else 500])
    answer = make_response(say_no(status, spoken(Refusal(sentence))))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After", "Location", "Content-Range"):
            answer.headers[name] = value
    return answer


def database_refused(error: Exception) -> ResponseReturnValue:
    """Say that nothing can be saved now, and when to come again."""
    log.error("the database did not answer: %s: %s", type(error).__name__, getattr(error, "orig", error))
    return unwell(503)


def overtaken(error: IntegrityError | StaleDataError) -> ResponseReturnValue:
    """Say that somebody was quicker: a row is there twice, or is gone, that was not when this request began.

    SQLite lets nobody in between, so there, as with every other broken rule of a table, it is a mistake of ours.
    """
    if isinstance(error, IntegrityError) and getattr(error.orig, "sqlstate", None) not in RACED:
        return unforeseen(error)
    log.warning("somebody was quicker: %s", type(error.__cause__ or error).__name__)
    return unwell(409)


def unforeseen(error: Exception) -> ResponseReturnValue:
    """Say that it is our fault; what happened is in the log and never on the page."""
    log.exception("an unforeseen error")
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return unwell(503 if lost else 500)


def unwell(status: int) -> ResponseReturnValue:
    """Return the answer for a failure that is not the visitor's."""
    db.session.rollback()
    answer = make_response(say_no(status, spoken(Refusal(SENTENCES[status]))))
    if status == 503:
        answer.headers["Retry-After"] = "5"
    return answer


def say_no(status: int, sentence: str, refusal: Refusal | None = None) -> ResponseReturnValue:
    """Let the door that the visitor came in by say no; outside any door, the address decides."""
    door = current_app.blueprints.get(request.blueprint or "")
    if isinstance(door, Door):
        return door.turn_away(status, sentence, refusal)
    if request.path.startswith(("/api/", "/hooks/")):
        return problem_response(status, sentence)
    return refusal_page(status, sentence, refusal)

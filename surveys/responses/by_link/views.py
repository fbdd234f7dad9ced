"""The page behind an open link: a GET shows the survey and stores nothing, a POST stores the answer.

All that is known comes with the address (language, order, signature), so a form posts to the address it came from.
"""

from datetime import datetime

from flask import Response, abort, current_app, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from surveys.clock import real_now
from surveys.database import begin_writing, db
from surveys.doors import CSP, RespondentDoor
from surveys.errors import N_, Missing
from surveys.links.attributes import Told, told
from surveys.links.pacing import take_place
from surveys.links.stamps import made_at, stamped_id
from surveys.questionnaires.definition import best_language_of
from surveys.questionnaires.questions import CONTACT
from surveys.responses.answering import Given
from surveys.responses.by_link.queries import Opened, has_begun, opened, order_of
from surveys.responses.by_link.suspicions import suspicion_of
from surveys.responses.forms import AnswerForm, fields_of
from surveys.responses.pages import Face, plan_of
from surveys.responses.queries import Asked
from surveys.responses.sheets import (
    SUBMISSION_MARK,
    TRAP,
    first_page,
    for_person,
    look_of,
    render_words,
    survey_page,
)
from surveys.responses.views import (
    LONGEST_QUERY,
    chosen_in_address,
    face_of,
    is_over,
    not_saved,
    progress_of,
    stored,
    time_at,
)
from surveys.tokens import TRAILING

LONGEST_KEY = 20
# Whoever opens the page may not be whom the order names, so no text names anybody.
NOBODY: dict[str, str | None] = {}

door = RespondentDoor("by_link", __name__)
door.writes_at_once = False
door.register_error_handler(OperationalError, not_saved)
door.register_error_handler(PoolTimeout, not_saved)


class LinkUnknown(Missing):
    """There is no link with this key."""

    phrase = N_("There is no survey at this address. Check it for a missing letter, or scan the code again.")


@door.get("/l/<key>")
def survey(key: str) -> ResponseReturnValue:
    """Show the survey behind a link; stores nothing and sets no cookie."""
    if len(request.query_string) > LONGEST_QUERY:
        abort(414)
    link = find(key)
    face = face_behind(link, what_is_told(link))
    if is_closed(link, time_at(link.asked)):
        return closed_page(face)
    return for_person(
        first_page(face, chosen_in_address(link.asked)).replace(SUBMISSION_MARK, new_form_id(link)), NOBODY
    )


@door.post("/l/<key>")
def answer(key: str) -> ResponseReturnValue:
    """Store the answer, or what is filled in so far and show the next page; a 2xx leaves after the commit."""
    form_values = fields_of(request)
    link = find(key)
    is_told = what_is_told(link)
    face = face_behind(link, is_told)
    form, now = AnswerForm(form_values, face.kind, face.is_anonymous), time_at(link.asked)
    form.refuse_unknown(plan_of(face.definition).fields | {TRAP})
    if is_closed(link, now):
        return closed_page(face, kept=form.showable_comment)
    if not form.validate():
        values = form.values | {"submission_id": form.values.get("submission_id") or new_form_id(link)}
        return for_person(survey_page(face, values, form.errors, ""), NOBODY), 422
    found = bound(link.asked, is_told)
    so_far = progress_of(found, form, now)
    given = form.given()._replace(answers=so_far.answers)
    # Whom the shop signed for it knows, as whom it invited.
    if is_told.order is None and not form.is_partial and not so_far.page:
        found = found._replace(suspicion=suspicion_in(link, form, given))
    begin_writing()
    # Of an anonymous survey nothing is kept on the way, so only the end of it takes a place.
    is_kept = not given.is_empty and not (found.is_anonymous and (form.is_partial or so_far.page))
    if is_kept and not has_place(found, given):
        return too_many(form_values)
    return stored(found, face, form, given, so_far, now)


@door.after_request
def let_frame(response: Response) -> Response:
    """Let the pages show this one in a frame that the link names, and no others."""
    origins = g.get("framed_by")
    if origins:
        policy = CSP.replace("frame-ancestors 'none'", "frame-ancestors " + " ".join(origins))
        response.headers["Content-Security-Policy"] = policy
    return response


def find(key: str) -> Opened:
    """Return the link and speak the visitor's language from here on; refuse with LinkUnknown.

    What can be no key costs no question to the database.
    """
    key = key.strip(TRAILING).lower()
    link = opened(key) if key.isascii() and key.isalnum() and len(key) <= LONGEST_KEY else None
    if link is None:
        raise LinkUnknown()
    g.language = language_for(link)
    if is_framed():
        g.framed_by = link.origins
    link = link._replace(asked=link.asked._replace(locale=g.language))
    g.look = lambda: look_of(face_of(link.asked)._replace(is_open=True))
    return link


def language_for(link: Opened) -> str:
    """Return the language to speak: that of the address, else what the browser asks for, else that of the link.

    It is one that the questionnaire has words in, so that nothing around it is said in another.
    """
    words_in = plan_of(link.asked.definition).languages
    can_speak = [each for each in words_in if each in link.languages] or words_in
    wanted = (request.args.get("lang", ""), *request.accept_languages.values(), link.asked.locale)
    tags = (tag.lower().replace("_", "-").partition("-")[0] for tag in wanted)
    return next((tag for tag in tags if tag in can_speak), best_language_of(can_speak, ""))


def is_closed(link: Opened, now: datetime) -> bool:
    """Return whether the link was switched off, or its survey has ended."""
    return not link.is_on or is_over(link.asked, now)


def is_framed() -> bool:
    """Return whether the page says that it stands inside another one."""
    return request.args.get("embed") == "1"


def what_is_told(link: Opened) -> Told:
    """Return what the link and its address say about whoever follows it; of an anonymous survey the link alone says."""
    sent = {} if link.asked.is_anonymous else request.args.to_dict()
    return told(link.own, sent, link.key, current_app.config["LINK_SECRETS"])


def face_behind(link: Opened, is_told: Told) -> Face:
    """Return what decides about the look of the page."""
    can_be_reached = is_told.order is not None or any(
        question.kind == CONTACT for question in plan_of(link.asked.definition).questions
    )
    return face_of(link.asked)._replace(
        is_open=True, asks_permission=can_be_reached, is_framed=is_framed() and bool(link.origins)
    )


def new_form_id(link: Opened) -> str:
    """Return a fresh id for a form of the link, which says when it was made."""
    return stamped_id(link.key, real_now(), current_app.config["LINK_SECRETS"][0])


def bound(asked: Asked, is_told: Told) -> Asked:
    """Return what is asked with what is known: the order and its customer when the shop signed for it."""
    asked = asked._replace(attributes=is_told.attributes, attributes_verified=is_told.is_verified)
    order = order_of(asked.brand_id, is_told.order) if is_told.order is not None else None
    db.session.rollback()
    return asked if order is None else asked._replace(purchase_id=order[0], customer_id=order[1])


def suspicion_in(link: Opened, form: AnswerForm, given: Given) -> str | None:
    """Return why a whole answer should not count, or None."""
    made = made_at(given.submission_id, link.key, current_app.config["LINK_SECRETS"])
    return suspicion_of(form.values.get(TRAP, ""), made, real_now())


def has_place(found: Asked, given: Given) -> bool:
    """Return whether the link takes this answer now; one that has begun goes on in any case."""
    return has_begun(found, given.submission_id) or take_place(found.link_id or 0, real_now())


def too_many(values: dict[str, str]) -> ResponseReturnValue:
    """Give back everything that was typed when too many answer at once, to be sent again."""
    db.session.rollback()
    page = make_response(render_template("responses/not_saved.html", values=values, **g.look()), 429)
    page.headers["Retry-After"] = "5"
    return page


def closed_page(face: Face, kept: str = "") -> ResponseReturnValue:
    """Return the page of a link or survey that takes no answers any more; `kept` is what came too late.

    Inside a shop's page it does not speak up, so nothing appears there.
    """
    sentence = gettext("It takes no answers any more. Thank you for wanting to tell us what you think.")
    face = face._replace(is_framed=False)
    return render_words(face, gettext("This survey is closed"), (sentence,), kept), 410

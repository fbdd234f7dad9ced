"""The page behind a link: a GET shows the survey and stores nothing, a POST stores the answer.

A page depends on the questionnaire, the brand, the language and the score in the link, never on
the person. So its bytes are made once and kept; only two marks in them are replaced per visitor.
"""

import logging
import secrets
from datetime import datetime, timedelta
from functools import lru_cache

from babel.dates import format_date
from flask import abort, current_app, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from surveys import tokens
from surveys.brand.filters import brand_sheet_url
from surveys.clock import real_now
from surveys.database import begin_writing, db
from surveys.doors import RespondentDoor, spoken
from surveys.errors import N_, Missing
from surveys.locales import customer_language
from surveys.responses.answering import AlreadyAnswered, Given, save_partial, submit
from surveys.responses.comments import LONGEST_COMMENT
from surveys.responses.forms import AnswerForm, fields_of, new_submission_id
from surveys.responses.pages import Face, choices, chosen_among, field_of, words_of
from surveys.responses.queries import Asked, asked
from surveys.responses.thanks import SOLVED, thanks_for
from surveys.scales import SCALES

LONGEST_QUERY = 2000
# Random, so that no text of a shop can hold them.
SUBMISSION_MARK, STOP_MARK = secrets.token_hex(16), secrets.token_hex(16)
log = logging.getLogger(__name__)

door = RespondentDoor("responses", __name__)
# Nothing is written before the form has been read: a damaged one must not wait for its turn.
door.writes_at_once = False


class LinkDamaged(Missing):
    """The token was cut, or is not of our making."""

    phrase = N_(
        "This link is damaged or not complete. Copy the whole link from the mail, or open it there again."
    )


class LinkUnknown(Missing):
    """The token is ours, but what it led to is gone."""

    phrase = N_("What this link led to is not there any more. You need not do anything.")


@door.get("/s/<token>")
def survey(token: str) -> ResponseReturnValue:
    """Show the survey of one invitation; stores nothing and sets no cookie."""
    if len(request.query_string) > LONGEST_QUERY:
        abort(414)
    public_id = read(token)
    found = find(public_id)
    if found.answered_at is not None:
        return answered_page(found, 200)
    if is_over(found, time_at(found)):
        return closed_page(found)
    face = face_of(found)
    chosen = chosen_among(request.args.getlist(field_of(found.kind)), found.kind)
    page = page_bytes(face, chosen).replace(SUBMISSION_MARK.encode(), new_submission_id().encode())
    return make_response(page.replace(STOP_MARK.encode(), stop_link(public_id).encode()))


@door.post("/s/<token>")
def answer(token: str) -> ResponseReturnValue:
    """Store the answer, or with partial=1 what is filled in so far; a 2xx leaves after the commit."""
    public_id = read(token)
    values = fields_of(request)
    found = find(public_id)
    form, now = AnswerForm(values, found.kind), time_at(found)
    if found.answered_at is None and is_over(found, now):
        return closed_page(found, kept=form.showable_comment)
    if not form.validate():
        return survey_page(face_of(found), form, public_id), 422
    given = form.given()
    begin_writing()
    if form.is_partial:
        save_partial(found, given, now)
        db.session.commit()
        return "", 204
    try:
        submit(found, given, now)
    except AlreadyAnswered:
        db.session.rollback()
        return answered_page(found, 409, kept=form.showable_comment)
    db.session.commit()
    return thanks_page(found, given)


@door.errorhandler(OperationalError)
@door.errorhandler(PoolTimeout)
def not_saved(error: Exception) -> ResponseReturnValue:
    """Give back everything that was typed when the database does not answer, to be sent again."""
    log.error("the database did not answer: %s", type(error).__name__)
    db.session.rollback()
    if request.method == "POST":
        page = make_response(render_template("responses/not_saved.html", values=fields_of(request)), 503)
    else:
        sentence = gettext("The survey cannot be shown at the moment. Please try again in a few seconds.")
        page = make_response(door.turn_away(503, sentence))
    page.headers["Retry-After"] = "5"
    return page


def read(token: str) -> str:
    """Return the public id in the link; refuse with LinkDamaged, without asking the database."""
    public_id = tokens.read(tokens.ANSWER, token, current_app.config["LINK_SECRETS"])
    if public_id is None:
        raise LinkDamaged()
    return public_id


def find(public_id: str) -> Asked:
    """Return what is asked and speak its language from here on; refuse with LinkUnknown."""
    found = asked(public_id)
    if found is None:
        raise LinkUnknown()
    g.language = customer_language(found.locale)
    return found


def time_at(found: Asked) -> datetime:
    """Return the business's time; its offset came with what is asked."""
    return real_now() + timedelta(seconds=found.ahead)


def is_over(found: Asked, now: datetime) -> bool:
    """Return whether the link is too old to be answered."""
    return found.expires_at is not None and found.expires_at <= now


def face_of(found: Asked) -> Face:
    """Return what decides about the look of the page."""
    return Face(
        kind=found.kind,
        definition=found.definition,
        language=g.language,
        brand_key=found.brand_key,
        brand_name=found.brand_name,
        colour=found.colour,
        logo_mark=found.logo_mark,
        privacy_url=found.privacy_url,
    )


def stop_link(public_id: str) -> str:
    """Return the way from this page to the one that stops all questions."""
    return "../u/" + tokens.make(tokens.UNSUBSCRIBE, public_id, current_app.config["LINK_SECRETS"][0])


def look_of(face: Face) -> dict[str, str | None]:
    """Return the layout's part of a page's context."""
    return {
        "brand_name": face.brand_name,
        "language": face.language,
        "css_url": brand_sheet_url(face.brand_key, face.colour, face.logo_mark),
        "privacy_url": face.privacy_url,
    }


@lru_cache(maxsize=512)
def page_bytes(face: Face, chosen: str | None) -> bytes:
    """Return the page with marks where submission id and stop link belong; `chosen` came with the link."""
    return render_survey(face, chosen, {}, "", None, SUBMISSION_MARK, STOP_MARK).encode()


def survey_page(face: Face, form: AnswerForm, public_id: str) -> str:
    """Return the page once more, with what was typed and what is to be corrected."""
    return render_survey(
        face,
        chosen_among([form.chosen or ""], face.kind),
        form.errors,
        form.showable_comment,
        form.values.get("contact_permission"),
        form.values.get("submission_id") or new_submission_id(),
        stop_link(public_id),
    )


def render_survey(
    face: Face,
    chosen: str | None,
    errors: dict[str, str],
    comment: str,
    permission: str | None,
    submission_id: str,
    stop_url: str,
) -> str:
    """Return the page of the survey."""
    words = words_of(face)
    points = choices(face.kind, words)
    picked = next((point for point in points if point.value == chosen), None)
    return render_template(
        "responses/survey.html",
        **look_of(face),
        words=words,
        field=field_of(face.kind),
        choices=points,
        picked=picked,
        why=picked.why if picked else words.why.get("", ""),
        errors=errors,
        comment=comment,
        permission=permission,
        longest=LONGEST_COMMENT,
        is_check_back=face.kind == "check_back",
        submission_id=submission_id,
        stop_url=stop_url,
    )


def thanks_page(found: Asked, given: Given) -> str:
    """Return the thanks that fit what was said."""
    if given.solved is not None:
        thanks = SOLVED[given.solved]
    else:
        thanks = thanks_for(
            SCALES[found.kind].group_of(given.score),
            has_comment=given.comment is not None,
            may_contact=given.contact_permission,
        )
    sentences = tuple(gettext(sentence, shop=found.brand_name) for sentence in thanks.sentences)
    return word_page(face_of(found), gettext(thanks.heading), sentences)


def answered_page(found: Asked, status: int, kept: str = "") -> ResponseReturnValue:
    """Return the page for an invitation that was answered before; `kept` is what came too late."""
    sentence = spoken(AlreadyAnswered()) if status == 409 else gettext("We have your answer.")
    return render_words(face_of(found), gettext("Already answered, thank you"), (sentence,), kept), status


def closed_page(found: Asked, kept: str = "") -> ResponseReturnValue:
    """Return the page for a link that is too old, with its date; `kept` is what came too late."""
    day = format_date(found.expires_at, "long", locale=g.language)
    sentence = gettext("It could be answered until %(date)s. Thank you for coming back to it.", date=day)
    return render_words(face_of(found), gettext("This survey is closed"), (sentence,), kept), 410


@lru_cache(maxsize=512)
def word_page(face: Face, heading: str, sentences: tuple[str, ...]) -> str:
    """Return a page of a few words of ours; equal ones are made once."""
    return render_words(face, heading, sentences)


def render_words(face: Face, heading: str, sentences: tuple[str, ...], kept: str = "") -> str:
    """Return a page of a few words; `kept` is what a respondent typed, which never stays in memory."""
    context = {"heading": heading, "sentences": sentences, "kept": kept}
    return render_template("responses/word.html", **look_of(face), **context)

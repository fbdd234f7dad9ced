"""The page behind a link: a GET shows the survey and stores nothing, a POST stores the answer."""

import logging
from datetime import datetime, timedelta
from urllib.parse import urlencode

from flask import abort, current_app, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from surveys import tokens
from surveys.clock import real_now
from surveys.database import begin_writing, db
from surveys.doors import RespondentDoor, spoken
from surveys.errors import N_, LinkDamaged, Missing
from surveys.invitations.letters import is_about_an_order
from surveys.locales import customer_language, long_day
from surveys.questionnaires.definition import best_language_of, ending_for
from surveys.questionnaires.placeholders import person, put_in, values_for
from surveys.responses.answering import CORRECTABLE_FOR, AlreadyAnswered, Given, save_partial, submit
from surveys.responses.forms import AnswerForm, fields_of, new_submission_id
from surveys.responses.giving_back import kept_fields, was_left_half_way
from surveys.responses.pages import Face, chosen_among, field_of, plan_of
from surveys.responses.progress import THROUGH, Progress, progress
from surveys.responses.queries import Asked, asked, known_of_purchase
from surveys.responses.sheets import (
    OWN_MARK,
    STOP_MARK,
    SUBMISSION_MARK,
    first_page,
    for_person,
    look_of,
    own_mark,
    questions_page,
    render_words,
    survey_page,
    word_page,
)
from surveys.responses.thanks import SOLVED, thanks_for
from surveys.scales import SCALES

LONGEST_QUERY = 2000
log = logging.getLogger(__name__)

door = RespondentDoor("responses", __name__)
# Nothing is written before the form has been read: a damaged one must not wait for its turn.
door.writes_at_once = False


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
        return answered_page(found, face_of(found), 200)
    if is_over(found, time_at(found)):
        return closed_page(found)
    face = face_of(found)
    chosen = chosen_in_address(found)
    if was_left_half_way(found, time_at(found)):
        page = page_again(found, face) or survey_page(face, kept_fields(found, chosen), {}, stop_link(found))
        return for_person(page, person_of(found))
    page = first_page(face, chosen).replace(SUBMISSION_MARK, new_submission_id())
    return for_person(page.replace(STOP_MARK, stop_link(found)), person_of(found))


@door.post("/s/<token>")
def answer(token: str) -> ResponseReturnValue:
    """Store the answer, or what is filled in so far and show the next page; a 2xx leaves after the commit."""
    public_id = read(token)
    found = find(public_id)
    form, now = AnswerForm(fields_of(request), found.kind, found.is_anonymous), time_at(found)
    form.refuse_unknown(plan_of(found.definition).fields)
    if found.answered_at is None and is_over(found, now):
        return closed_page(found, kept=form.showable_comment)
    face = face_of(found)
    if not form.validate():
        page = survey_page(face, form.values, form.errors, stop_link(found))
        return for_person(page, person_of(found)), 422
    so_far = progress_of(found, form, now)
    begin_writing()
    return stored(found, face, form, form.given()._replace(answers=so_far.answers), so_far, now)


def stored(
    found: Asked, face: Face, form: AnswerForm, given: Given, so_far: Progress, now: datetime
) -> ResponseReturnValue:
    """Store a valid form, half-way or for good, and return what comes next."""
    if form.is_partial:
        save_partial(found, given, now)
        db.session.commit()
        return "", 204
    if so_far.page:
        return next_page(found, face, form, given, so_far, now)
    try:
        submit(found, given._replace(answers=so_far.final()), now)
    except AlreadyAnswered:
        db.session.rollback()
        return answered_page(found, face, 409, kept=form.showable_comment)
    db.session.commit()
    return thanks_page(found, face, given, so_far).replace(OWN_MARK, own_link(found))


def progress_of(found: Asked, form: AnswerForm, now: datetime) -> Progress:
    """Return how far a valid form has come through the further questions."""
    plan = plan_of(found.definition)
    known: dict[str, tuple[str, ...]] = {"language": (g.language,)}
    if form.score is not None:
        known |= {"score": (str(form.score),), "group": (SCALES[found.kind].group_of(form.score),)}
    if plan.looks_at:
        known |= known_of_purchase(found.purchase_id, plan.looks_at, now)
        db.session.rollback()
    return progress(plan.questions, form.values, known)


def next_page(
    found: Asked, face: Face, form: AnswerForm, given: Given, so_far: Progress, now: datetime
) -> ResponseReturnValue:
    """Keep what was said so far and show the next questions, or those of this page with what is wrong."""
    if not save_partial(found, given, now):
        db.session.rollback()
        return answered_page(found, face, 409, kept=form.showable_comment)
    db.session.commit()
    if not so_far.faults and found.invitation_id is not None and not found.is_anonymous and is_page_turned():
        return redirect("?" + urlencode({THROUGH: so_far.through or ""}), 303)
    errors = {name: gettext(fault.phrase, **fault.values) for name, fault in so_far.faults.items()}
    values = form.values | {"submission_id": given.submission_id}
    page = questions_page(face, so_far, values, errors, stop_link(found))
    return for_person(page, person_of(found)), 422 if errors else 200


def is_page_turned() -> bool:
    """Return whether the browser itself sent the form, so that its button Back leads to the page before.

    It would ask whether to send the form again, so what it comes back to has an address of its own. The page's
    script does without.
    """
    return request.headers.get("Sec-Fetch-Mode") == "navigate"


def page_again(found: Asked, face: Face) -> str | None:
    """Return the further questions that the address names, with what was kept; None where it names none."""
    if THROUGH not in request.args:
        return None
    kept = {**kept_fields(found, None), THROUGH: request.args[THROUGH], "submission_id": new_submission_id()}
    form = AnswerForm(kept, found.kind, found.is_anonymous)
    if not form.validate():
        return None
    so_far = progress_of(found, form, time_at(found))
    return questions_page(face, so_far, kept, {}, stop_link(found)) if so_far.page else None


@door.errorhandler(OperationalError)
@door.errorhandler(PoolTimeout)
def not_saved(error: Exception) -> ResponseReturnValue:
    """Give back everything that was typed when the database does not answer, to be sent again."""
    log.error("the database did not answer: %s: %s", type(error).__name__, getattr(error, "orig", error))
    db.session.rollback()
    if request.method == "POST":
        look = g.look() if "look" in g else {}
        page = make_response(
            render_template("responses/not_saved.html", values=fields_of(request), **look), 503
        )
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
    # Around the questions no other language is spoken than in them.
    g.language = customer_language(best_language_of(plan_of(found.definition).languages, found.locale))
    g.look = lambda: look_of(face_of(found))  # Whatever is refused from here on is refused by this shop.
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
        imprint_url=found.imprint_url,
        is_anonymous=found.is_anonymous,
        corners=found.corners,
        is_about_order=is_about_an_order(found.kind, found.purchase_id),
    )


def person_of(found: Asked) -> dict[str, str | None]:
    """Return what is known of whom the page is for, for the places in its texts."""
    return person(found.customer_name, found.product, found.order)


def stop_link(found: Asked) -> str:
    """Return the way from this page to the one that stops all questions; empty where nobody was asked by us."""
    if not found.public_id:
        return ""
    return "../u/" + tokens.make(tokens.UNSUBSCRIBE, found.public_id, current_app.config["LINK_SECRETS"][0])


def own_link(found: Asked) -> str:
    """Return the way from this page to the customer's own one; empty where it does not tell of the answer."""
    if not found.public_id or found.is_anonymous:
        return ""
    return "../me/" + tokens.make(tokens.OWN_PAGE, found.public_id, current_app.config["LINK_SECRETS"][0])


def chosen_in_address(found: Asked) -> str | None:
    """Return the choice that a link carries; none of an anonymous survey, whose addresses may stand in logs."""
    sent = request.args.getlist(field_of(found.kind))
    return None if found.is_anonymous else chosen_among(sent, found.kind)


def thanks_page(found: Asked, face: Face, given: Given, so_far: Progress) -> str:
    """Return the thanks that fit what was said: in the words of the survey where it has some."""
    if given.solved is not None:
        thanks = SOLVED[given.solved]
    else:
        thanks = thanks_for(
            SCALES[found.kind].group_of(given.score),
            has_comment=given.comment is not None,
            may_contact=given.contact_permission,
            is_known=found.customer_id is not None and not found.is_anonymous,
        )
    heading, sentences = (
        gettext(thanks.heading),
        [gettext(each, shop=found.brand_name) for each in thanks.sentences],
    )
    ending = ending_for(plan_of(found.definition).endings, so_far.known)
    if ending is None:
        return word_page(face, heading, tuple(sentences))
    names = values_for(found.brand_name, person_of(found))
    words = ending.words(g.language, lambda text: put_in(text, names))
    # What somebody will do about an unhappy answer is said in any case; other words of ours give way.
    sentences = (sentences if thanks.promises else []) + words.sentences
    link = (ending.url, words.link) if ending.url else None
    # Not kept: the words may name the person.
    return render_words(
        face, words.heading or heading, tuple(sentences), link=link, own_url=own_mark(face), is_answered=True
    )


def answered_page(found: Asked, face: Face, status: int, kept: str = "") -> ResponseReturnValue:
    """Return the page for what was answered before; `kept` is what came too late."""
    sentence = spoken(AlreadyAnswered()) if status == 409 else gettext("We have your answer.")
    heading = gettext("Already answered, thank you")
    answered_at, own = found.answered_at, own_link(found) or None
    may_correct = answered_at is None or time_at(found) - answered_at <= CORRECTABLE_FOR
    return render_words(face, heading, (sentence,), kept, own_url=own, may_correct=may_correct), status


def closed_page(found: Asked, kept: str = "") -> ResponseReturnValue:
    """Return the page for a link that is too old, with its date; `kept` is what came too late."""
    day = long_day(found.expires_at, g.language) if found.expires_at else ""
    sentence = gettext("It could be answered until %(date)s. Thank you for coming back to it.", date=day)
    return render_words(face_of(found), gettext("This survey is closed"), (sentence,), kept), 410

"""The page of a touchpoint's own words: per language, with the letter as it would leave."""

from dataclasses import replace

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveys.channels.message import Message
from surveys.clock import business_now, real_now
from surveys.database import db
from surveys.database import public_id as new_id
from surveys.errors import DeliveryFailed, Missing, Refusal
from surveys.invitations.composing import compose
from surveys.invitations.models import Invitation, Touchpoint
from surveys.invitations.own_words.forms import WordsForm
from surveys.invitations.own_words.queries import all_words_of, somebody_of, words_of
from surveys.invitations.own_words.rewriting import rewrite
from surveys.invitations.post import Post
from surveys.invitations.queries import touchpoint_or_missing
from surveys.invitations.views import LETTER_CSP, SANDBOX
from surveys.questionnaires.definition import languages
from surveys.questionnaires.placeholders import PLACES
from surveys.staff.door import StaffDoor, current_staff

door = StaffDoor("own_words", __name__, permission="surveys", url_prefix="/settings/touchpoints")
NOBODY = "0" * 22  # an invitation that was never made: its links lead nowhere


@door.route("/<public_id>/letter/<language>", methods=["GET", "POST"])
def letter(public_id: str, language: str) -> ResponseReturnValue:
    """Show and change what the touchpoint's letters say in one language."""
    found = touchpoint_or_missing(public_id)
    spoken = spoken_by(found, language)
    words = all_words_of(found).get(language)
    form = WordsForm(obj=words)
    if form.validate_on_submit():
        try:
            rewrite(found, language, form.words(), current_staff(), real_now())
            db.session.commit()
            flash(_("Saved. Letters that leave from now on say so."))
            return redirect(url_for("own_words.letter", public_id=public_id, language=language), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    somebody = somebody_of(found.brand_id)
    page = render_template(
        "invitations/own_words.html",
        touchpoint=found,
        language=language,
        languages=spoken,
        form=form,
        words=words,
        places=PLACES,
        sandbox=SANDBOX,
        message=tried_on(found, language, "a") if somebody is not None else None,
    )
    return page, 422 if form.errors else 200


@door.get("/<public_id>/letter/<language>/preview")
def preview(public_id: str, language: str) -> Response:
    """Return the letter alone as it would leave for the newest order; fenced in like a letter of the outbox."""
    found = touchpoint_or_missing(public_id)
    spoken_by(found, language)
    message = tried_on(found, language, "b" if request.args.get("subject") == "b" else "a")
    if message is None or message.html is None:
        raise Missing()
    answer = Response(message.html.replace("<head>", '<head><base target="_top">', 1), mimetype="text/html")
    answer.headers["Content-Security-Policy"] = LETTER_CSP
    return answer


@door.post("/<public_id>/letter/<language>/test")
def send_test(public_id: str, language: str) -> ResponseReturnValue:
    """Send the one who asks the letter as it would leave; its links lead nowhere."""
    found, member = touchpoint_or_missing(public_id), current_staff()
    spoken_by(found, language)
    message = tried_on(found, language, "a")
    if message is None:
        raise Missing()
    headers = {name: value for name, value in message.headers.items() if not name.startswith("List-")}
    to_me = {"to_name": member.name, "to_email": member.email, "message_id": f"<{new_id()}@test>"}
    letter_to_me = replace(message, **to_me, headers=headers)
    db.session.rollback()  # A slow mail server must not hold the writer's turn.
    try:
        current_app.extensions["channels"].deliver(letter_to_me)
    except DeliveryFailed as failure:
        flash(_("The mail server refused: %(why)s", why=str(failure)), "error")
    else:
        flash(
            _(
                "The test letter has left for %(address)s. Its links lead nowhere.",
                address=letter_to_me.to_email,
            )
        )
    return redirect(url_for("own_words.letter", public_id=public_id, language=language), 303)


def spoken_by(touchpoint: Touchpoint, language: str) -> tuple[str, ...]:
    """Return the languages that the touchpoint's survey speaks; refuse as missing when this is none of them."""
    spoken = languages(touchpoint.survey.current.definition)
    if language not in spoken:
        raise Missing()
    return spoken


def tried_on(touchpoint: Touchpoint, language: str, variant: str) -> Message | None:
    """Return the letter for the customer of the newest order, None while there is no order; nothing is stored."""
    order = somebody_of(touchpoint.brand_id)
    if order is None:
        return None
    settings = current_app.config["SETTINGS"]
    post = Post(settings.base_url, settings.mail_from, current_app.config["LINK_SECRETS"][0])
    invitation = Invitation(
        public_id=NOBODY,
        purpose="survey",
        touchpoint_id=touchpoint.id,
        customer=order.customer,
        purchase=order,
        version=touchpoint.survey.current,
        locale=language,
        variant=variant,
    )
    return compose(invitation, post, business_now(), words_of(touchpoint.id, language))

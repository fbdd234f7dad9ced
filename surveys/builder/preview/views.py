"""The preview: the respondent's pages of what is being written, walked through for real; nothing is stored."""

import json
import re
from typing import Any

from flask import Response, g, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, refresh

from surveys.brand.corners import SOFT
from surveys.brand.filters import brand_sheet, brand_sheet_url
from surveys.brand.models import Brand
from surveys.brand.queries import all_brands, look_of
from surveys.builder.door import builder_door
from surveys.builder.filters import here
from surveys.builder.preview.choice import Choice, choice_from
from surveys.builder.preview.door import SEEN_BY, PreviewDoor, choice_for, order_shown
from surveys.builder.queries import Work, work_on
from surveys.clock import business_now
from surveys.customers.models import Purchase
from surveys.customers.queries import purchase_or_missing
from surveys.database import db
from surveys.doors import CSP
from surveys.errors import Forbidden
from surveys.locales import customer_language
from surveys.questionnaires.definition import languages
from surveys.responses.forms import AnswerForm, fields_of
from surveys.responses.pages import plan_of
from surveys.responses.queries import Asked
from surveys.responses.sheets import OWN_MARK, for_person, questions_page, render_survey, survey_page
from surveys.responses.views import face_of, person_of, progress_of, thanks_page
from surveys.staff.door import allowed

# Shown inside the editor, without the script that saves what is typed; were its tag left there, each look at the
# preview would leave an error in the browser's console.
SCRIPT = re.compile(r"<script[^>]*></script>\n?")
FRAMED_CSP = CSP.replace("frame-ancestors 'none'", "frame-ancestors 'self'").replace(
    "script-src 'self'", "script-src 'none'"
)
BY_NIGHT = re.compile(r"\(prefers-color-scheme:\s*dark\)")
OF_BOTH = re.compile(r"color-scheme:\s*light dark")
NO_COLOUR, NOWHERE = "#0f4c5c", "#"


door = PreviewDoor("builder_preview", __name__, permission="surveys", url_prefix="/surveys")
people = builder_door("builder_people", __name__)


@door.get("/<public_id>/preview")
def page(public_id: str) -> Response:
    """Show the first page as a customer would see it."""
    work = work_on(public_id)
    order = order_shown(work)
    choice = chosen(work, order)
    asked = asked_by(work, choice, order)
    score = None if choice.score is None else str(choice.score)
    return framed(render_survey(face_of(asked), score, {}, {}, "preview", NOWHERE), asked, choice)


@door.post("/<public_id>/preview")
def walk(public_id: str) -> Response:
    """Show what comes after what was answered, as a customer would see it; stores nothing."""
    work = work_on(public_id)
    order = order_shown(work)
    choice = chosen(work, order)
    asked = asked_by(work, choice, order)
    form, face = AnswerForm(fields_of(request), asked.kind, asked.is_anonymous), face_of(asked)
    form.refuse_unknown(plan_of(asked.definition).fields)
    if not form.validate():
        return framed(survey_page(face, form.values, form.errors, NOWHERE), asked, choice)
    so_far = progress_of(asked, form, business_now())
    if so_far.page:
        errors = {name: gettext(fault.phrase, **fault.values) for name, fault in so_far.faults.items()}
        values = form.values | {"submission_id": "preview"}
        return framed(questions_page(face, so_far, values, errors, NOWHERE), asked, choice)
    return framed(thanks_page(asked, face, form.given(), so_far).replace(OWN_MARK, NOWHERE), asked, choice)


@people.post("/<survey_id>/preview/order/<public_id>")
def show_with(survey_id: str, public_id: str) -> ResponseReturnValue:
    """See the preview as the customer of an order would; who looks at whom is noted."""
    work = work_on(survey_id)
    if not allowed("customers"):
        raise Forbidden()
    session[SEEN_BY] = (survey_id, purchase_or_missing(public_id).public_id)
    db.session.commit()
    return back_to_editor(work)


@people.post("/<survey_id>/preview/nobody")
def show_with_nobody(survey_id: str) -> ResponseReturnValue:
    """See the preview as somebody of whom nothing is known, as at first."""
    work = work_on(survey_id)
    session.pop(SEEN_BY, None)
    return back_to_editor(work)


def back_to_editor(work: Work) -> ResponseReturnValue:
    """Return the way back to the preview, which looks as before but speaks the language of whom it is seen with."""
    tags = languages(work.definition)
    choice = choice_from(request.form, work.survey.kind, tags, here()).as_query()
    kept: dict[str, Any] = {name: choice[name] for name in ("score", "width", "dark") if name in choice}
    return redirect(
        url_for("builder.survey", public_id=work.survey.public_id, _anchor="preview-title", **kept), 303
    )


def chosen(work: Work, order: Purchase | None) -> Choice:
    """Return how the preview is to look; the page speaks that language from here on."""
    choice = choice_for(work, order)
    g.language = customer_language(choice.language)
    refresh()
    return choice


def framed(text: str, asked: Asked, choice: Choice) -> Response:
    """Return a page for the frame, with the style sheet of day or night."""
    usual = brand_sheet_url(asked.brand_key, asked.colour, asked.logo_mark, asked.corners)
    named: dict[str, Any] = {"brand": asked.brand_key} | ({"dark": "yes"} if choice.is_dark else {})
    ours = url_for("builder_preview.sheet", **named).replace("&", "&amp;")
    answer = make_response(for_person(SCRIPT.sub("", text), person_of(asked)).replace(usual, ours))
    answer.headers["Content-Security-Policy"] = FRAMED_CSP
    return answer


@door.get("/preview.css")
def sheet() -> Response:
    """Return a shop's style sheet as it is by day, or by night, whatever the reader's own screen shows."""
    key, is_dark = request.args.get("brand", ""), request.args.get("dark") == "yes"
    look = look_of(key) if key else None
    text = (brand_sheet(look.colour, look.logo, look.corners) if look else brand_sheet(NO_COLOUR)).decode()
    by_day = BY_NIGHT.sub("all" if is_dark else "not all", text)
    shown = OF_BOTH.sub(f"color-scheme: {'dark' if is_dark else 'light'}", by_day)
    return Response(shown, mimetype="text/css")


def asked_by(work: Work, choice: Choice, order: Purchase | None) -> Asked:
    """Return what an invitation would ask about an order, or one whose customer nobody knows.

    Then it is of the shop chosen, else of the first.
    """
    brands = all_brands()
    brand: Brand | None = next(
        (each for each in brands if each.key == choice.brand), brands[0] if brands else None
    )
    return Asked(
        invitation_id=0,
        public_id="preview",
        purpose="survey",
        locale=choice.language,
        customer_id=0,
        purchase_id=order.id if order else 0,
        expires_at=None,
        answered_at=None,
        is_test=True,
        version_id=0,
        survey_id=work.survey.id,
        kind=work.survey.kind,
        definition=json.dumps(work.definition),
        brand_id=brand.id if brand else 0,
        brand_key=brand.key if brand else "",
        brand_name=brand.name if brand else "",
        colour=brand.colour if brand else NO_COLOUR,
        corners=brand.corners if brand else SOFT,
        logo_mark=brand.logo_mark if brand else None,
        privacy_url=brand.privacy_url if brand else None,
        imprint_url=brand.imprint_url if brand else None,
        ahead=0,
        is_anonymous=work.survey.is_anonymous,
        customer_name=order.customer.name if order else None,
        order=order.reference if order else None,
        product=order.items[0].name if order and order.items else None,
    )

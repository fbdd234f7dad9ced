"""Which languages customers are written to in, their sentences, and the surveys that do not speak them yet."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from surveys.clock import business_now
from surveys.database import db
from surveys.errors import Missing
from surveys.invitations.languages.sentences import sections_of
from surveys.languages.choosing import review, use
from surveys.languages.queries import decided_languages
from surveys.locales import ADDED, NAMES
from surveys.questionnaires.definition import languages as languages_of
from surveys.questionnaires.languages import can_be_extended, missing_languages
from surveys.questionnaires.publishing import publish_languages
from surveys.questionnaires.queries import all_surveys, survey_by_key
from surveys.staff.door import StaffDoor, current_staff

door = StaffDoor("languages", __name__, permission="surveys", url_prefix="/settings/languages")


@door.get("")
def languages() -> ResponseReturnValue:
    """List the added languages, and the surveys that lack some."""
    lacking = [
        (survey, can_be_extended(survey.key, survey.kind, survey.current.definition))
        for survey in all_surveys()
        if survey.versions and missing_languages(survey.kind, survey.current.definition)
    ]
    return render_template(
        "invitations/languages.html",
        added=ADDED,
        names=NAMES,
        decided=decided_languages(),
        lacking=lacking,
        languages_of=languages_of,
        named=named_here,
        now=business_now(),
    )


@door.get("/<key>")
def language(key: str) -> ResponseReturnValue:
    """Show every sentence of a language beside its English."""
    if key not in ADDED:
        raise Missing()
    return render_template(
        "invitations/language.html",
        key=key,
        sections=sections_of(key, current_app.config["LETTERS"]),
        decision=decided_languages().get(key),
        named=named_here,
        now=business_now(),
    )


@door.post("/<key>/review")
def review_language(key: str) -> ResponseReturnValue:
    """Note that a native speaker has read a language, or take that back."""
    is_read = request.form.get("read") == "yes"
    review(key, current_staff() if is_read else None, business_now())
    db.session.commit()
    flash(_("Noted as read by a native speaker.") if is_read else _("Noted as not read."))
    return redirect(url_for("languages.languages"), 303)


@door.post("/<key>/use")
def use_language(key: str) -> ResponseReturnValue:
    """Write to customers in a language from now on, or no more."""
    is_on = request.form.get("use") == "yes"
    use(key, is_on)
    db.session.commit()
    said = _("Customers of this language are written to in it from now on.")
    flash(said if is_on else _("Customers of this language are not written to in it any more."))
    return redirect(url_for("languages.languages"), 303)


@door.post("/surveys/<key>/publish")
def publish(key: str) -> ResponseReturnValue:
    """Publish a new version of a ready-made survey, in every language."""
    version = publish_languages(survey_by_key(key), business_now())
    db.session.commit()
    flash(_("Version %(number)s is published. Whoever is asked from now on reads it.", number=version.number))
    return redirect(url_for("languages.languages"), 303)


def named_here(language: str) -> str:
    """Return the name of a language in the reader's."""
    return str(get_locale().languages.get(language, language))

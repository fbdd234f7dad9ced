"""What customers are told about an improvement: the words, who gets them and who does not, the press that sends."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from feedback.improving.forms import SendForm, TextsForm
from feedback.improving.models import Improvement
from feedback.improving.queries import improvement_or_missing
from feedback.improving.states import TOLD, State
from feedback.improving.telling import queries
from feedback.improving.telling.audience import WHY_NOT
from feedback.improving.telling.letters import Addressee, Told, subject_of, text_of
from feedback.improving.telling.writing import audience_of, order_letters, publish, write
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.database import db
from surveys.doors import spoken
from surveys.errors import Refusal
from surveys.locales import NAMES, long_day
from surveys.staff.door import StaffDoor, current_staff

door = StaffDoor(
    "improving_told", __name__, permission="surveys", url_prefix="/insights/improvements/<public_id>/told"
)


@door.get("")
def told(public_id: str) -> ResponseReturnValue:
    """Show what customers are told, and exactly who would be."""
    return page(improvement_or_missing(public_id))


@door.post("/texts")
def texts(public_id: str) -> ResponseReturnValue:
    """Keep what customers are told."""
    found, form = improvement_or_missing(public_id, locked=True), TextsForm()
    if not form.validate():
        return page(found, form), 422
    try:
        write(found, form.texts, business_now(), actor=current_staff())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.blame(refusal)
        return page(improvement_or_missing(public_id), form), refusal.status
    flash(gettext("Saved."))
    return redirect(url_for("improving_told.told", public_id=public_id), 303)


@door.post("/send")
def send(public_id: str) -> ResponseReturnValue:
    """Order the letters: one for each who may be told, as many as the page said."""
    found, form = improvement_or_missing(public_id, locked=True), SendForm()
    if not form.validate():
        return page(found), 422
    try:
        made = order_letters(found, form.seen.data or 0, business_now(), actor=current_staff())
        db.session.commit()
    except Refusal as refusal:
        return refused(public_id, refusal)
    flash(ngettext("One letter leaves in a moment.", "%(num)s letters leave in the next minutes.", len(made)))
    return redirect(url_for("improving_told.told", public_id=public_id), 303)


@door.post("/publish")
def show(public_id: str) -> ResponseReturnValue:
    """Show it on the public page."""
    return switched(public_id, True, gettext("It stands on the public page now."))


@door.post("/withdraw")
def hide(public_id: str) -> ResponseReturnValue:
    """Take it off the public page."""
    return switched(public_id, False, gettext("It is not on the public page any more."))


def switched(public_id: str, is_public: bool, done: str) -> ResponseReturnValue:
    """Publish it or take it back, and go to its page."""
    try:
        publish(improvement_or_missing(public_id, locked=True), is_public, business_now())
        db.session.commit()
    except Refusal as refusal:
        return refused(public_id, refusal)
    flash(done)
    return redirect(url_for("improving_told.told", public_id=public_id), 303)


def refused(public_id: str, refusal: Refusal) -> ResponseReturnValue:
    """Show the page as it is now with what was refused."""
    db.session.rollback()
    flash(spoken(refusal), "error")
    return page(improvement_or_missing(public_id)), refusal.status


def page(found: Improvement, form: TextsForm | None = None) -> str:
    """Return the page; the form is the one that was refused."""
    now, written = business_now(), queries.texts_of(found.id)
    if form is None:
        said = {f"said_{language}": text.said for language, text in written.items()}
        did = {f"did_{language}": text.did for language, text in written.items()}
        form = TextsForm(formdata=None, data=said | did)
    can_be_told = found.state in TOLD
    return render_template(
        "improving/told.html",
        improvement=found,
        form=form,
        letters=queries.letters_by_state(found.id),
        audience=audience_of(found, now) if can_be_told else None,
        can_be_told=can_be_told,
        previews=[(language, *preview(found, language)) for language in written],
        languages=NAMES,
        why_not=WHY_NOT,
        brands=[found.brand] if found.brand else all_brands(),
        now=now,
    )


def preview(found: Improvement, language: str) -> tuple[str, str]:
    """Return subject and text of the letter in a language, to somebody made up."""
    text = queries.texts_of(found.id)[language]
    shop = (found.brand or all_brands()[0]).name
    name = {"en": "Pat Example", "de": "Pat Beispiel"}[language]
    day = long_day(found.evidence_until, language)
    to = Addressee(name, "A-1001", day, current_staff().name, shop)
    return subject_of(language, shop), text_of(
        language, Told(text.said, text.did, found.state == State.DECLINED), to
    )

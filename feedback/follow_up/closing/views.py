"""The settings of how tasks end: the second level of causes, and the limits of goodwill."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from feedback.follow_up.closing import editing, queries
from feedback.follow_up.closing.causes import STARTERS, first_level, labels
from feedback.follow_up.closing.forms import DetailForm, LimitsForm, WordsForm
from feedback.follow_up.codes import CAUSES
from surveys.clock import business_now
from surveys.database import db
from surveys.errors import Refusal
from surveys.staff.door import StaffDoor, current_staff
from surveys.staff.forms import StaffForm

door = StaffDoor("closing", __name__, permission="settings", url_prefix="/settings/closing")


@door.get("")
def closing() -> ResponseReturnValue:
    """Show the causes with their second level, and who may give how much."""
    return page()


@door.post("/causes")
def add() -> ResponseReturnValue:
    """Add a second-level cause."""
    form = DetailForm()
    form.offer()

    def do() -> None:
        words = (form.cause.data or "", form.en.data or "", form.de.data or "")
        editing.add_detail(*words, business_now(), current_staff())

    return carry_out(form, do, lambda: (page(new=form), 422))


@door.get("/causes/<key>")
def detail(key: str) -> ResponseReturnValue:
    """Show one second-level cause."""
    words = labels(queries.own_details())[editing.known(key)]
    return one(key, WordsForm(formdata=None, en=words.en, de=words.de))


@door.post("/causes/<key>")
def reword(key: str) -> ResponseReturnValue:
    """Give a second-level cause other words."""
    form = WordsForm()

    def do() -> None:
        editing.reword_detail(key, form.en.data or "", form.de.data or "", business_now(), current_staff())

    return carry_out(form, do, lambda: (one(key, form), 422))


@door.post("/causes/<key>/retire")
def retire(key: str) -> ResponseReturnValue:
    """Offer a second-level cause no longer."""
    editing.retire_detail(key, True, business_now(), current_staff())
    db.session.commit()
    flash(_("It is no longer offered. Tasks that carry it keep it."))
    return redirect(url_for("closing.closing"), 303)


@door.post("/causes/<key>/offer")
def offer(key: str) -> ResponseReturnValue:
    """Offer a second-level cause again."""
    editing.retire_detail(key, False, business_now(), current_staff())
    db.session.commit()
    flash(_("It is offered again."))
    return redirect(url_for("closing.closing"), 303)


@door.post("/goodwill")
def limits() -> ResponseReturnValue:
    """Say how much each role may give with one task."""
    form = LimitsForm()
    return carry_out(
        form,
        lambda: editing.set_limits(form.agent.data or 0, form.admin.data or 0),
        lambda: (page(limits_form=form), 422),
    )


def carry_out(
    form: StaffForm, do: Callable[[], None], again: Callable[[], ResponseReturnValue]
) -> ResponseReturnValue:
    """Do what a form wants and go back to the list; when refused, show the page with what was typed."""
    if not form.validate():
        return again()
    try:
        do()
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        if refusal.status == 404:
            raise
        form.blame(refusal)
        return again()
    flash(_("Saved."))
    return redirect(url_for("closing.closing"), 303)


def page(new: DetailForm | None = None, limits_form: LimitsForm | None = None) -> str:
    """Return the page; the forms are those that were refused."""
    if new is None:
        new = DetailForm(formdata=None)
        new.offer()
    own = queries.own_details()
    words, language = labels(own), str(get_locale())
    rows = {
        cause: [(key, words[key].within(language)) for key in words if first_level(key) == cause]
        for cause in CAUSES
    }
    return render_template(
        "follow_up/closing.html",
        new=new,
        limits_form=limits_form or LimitsForm(formdata=None, data=queries.limits()),
        rows=rows,
        retired={each.key for each in own if each.is_retired},
        changed={each.key for each in own},
        starters=STARTERS,
        use=queries.use_of_details(),
    )


def one(key: str, form: WordsForm) -> str:
    """Return the page of one second-level cause."""
    return render_template("follow_up/cause.html", key=key, form=form, is_retired=editing.is_retired(key))

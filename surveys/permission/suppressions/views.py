"""The page of the list: look an address up, put some on it, take one off."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms.fields.choices import SelectChoice

from surveys.brand.models import Brand
from surveys.brand.queries import all_brands, brand_or_missing
from surveys.clock import business_now
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.permission import queries
from surveys.permission.forms import ReleaseForm, SuppressForm
from surveys.permission.suppressing import ListReport, release, suppress, suppress_list
from surveys.staff.door import SESSION_KEY, StaffDoor, current_staff

LARGEST_FILE = 8 * 1024 * 1024
ON_A_PAGE = 50
REFUSED_SHOWN = 20
REASONS = {
    "bounce": N_("mail came back"),
    "complaint": N_("reported as unwanted"),
    "manual": N_("added by hand"),
    "import": N_("from a file"),
}


class ListDoor(StaffDoor):
    """The staff door with room for a file of addresses."""

    def enter(self) -> ResponseReturnValue | None:
        """Allow larger bodies to those who bring a session of ours; whether it lives is asked as always."""
        if session.get(SESSION_KEY):
            request.max_content_length = LARGEST_FILE
        return super().enter()


door = ListDoor("suppressions", __name__, permission="settings", url_prefix="/settings/suppressions")


@door.get("")
def listing() -> ResponseReturnValue:
    """Show the list, or whether one address is on it."""
    return page_of(new_form())


@door.post("")
def add() -> ResponseReturnValue:
    """Put one address, or those of a file, on the list."""
    form = new_form()
    if form.validate_on_submit():
        try:
            report = taken(form)
            db.session.commit()
            tell(report)
            return redirect(url_for("suppressions.listing"), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return page_of(form), 422


@door.route("/<public_id>", methods=["GET", "POST"])
def entry(public_id: str) -> ResponseReturnValue:
    """Show one entry, and take it off the list for whoever types its address."""
    row, form = queries.suppression_or_missing(public_id), ReleaseForm()
    if form.validate_on_submit():
        try:
            release(row, form.address.data or "", current_staff(), business_now())
            db.session.commit()
            flash(_("Taken off the list. From now on a permission counts again for this address."))
            return redirect(url_for("suppressions.listing"), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    page = render_template(
        "permission/suppression.html", row=row, form=form, reasons=REASONS, now=business_now()
    )
    return page, 422 if form.is_submitted() else 200


def page_of(form: SuppressForm) -> str:
    """Return the page of the list."""
    address = request.args.get("address", "").strip()[:254]
    rows = queries.suppressions(
        ON_A_PAGE + 1, address=address, before=request.args.get("before"), released=bool(address)
    )
    more = len(rows) > ON_A_PAGE
    next_url = url_for("suppressions.listing", before=rows[ON_A_PAGE - 1].public_id) if more else ""
    return render_template(
        "permission/suppressions.html",
        rows=rows[:ON_A_PAGE],
        next_url=next_url,
        address=address,
        form=form,
        reasons=REASONS,
        now=business_now(),
    )


def new_form() -> SuppressForm:
    """Return the form with the brands to choose from."""
    form = SuppressForm()
    brands = [SelectChoice(brand.key, brand.name) for brand in all_brands()]
    form.brand.choices = [SelectChoice("", _("every shop")), *brands]
    return form


def taken(form: SuppressForm) -> ListReport:
    """Put what the form holds on the list; raises Refusal when it holds nothing, or no text."""
    brand: Brand | None = brand_or_missing(form.brand.data) if form.brand.data else None
    now, by = business_now(), current_staff()
    if form.file.data:
        return suppress_list(text_of(form.file.data.read()), "import", now, brand=brand, by=by)
    if not (form.address.data or "").strip():
        raise Refusal(N_("Type an address or choose a file."), field="address")
    _row, is_new = suppress(form.address.data or "", "manual", now, brand=brand, by=by)
    return ListReport(added=int(is_new), known=int(not is_new))


def text_of(raw: bytes) -> str:
    """Return the text of a file in UTF-8 or Windows-1252; refuse what is no text."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Refusal(N_("The file is no text. Save it as CSV or plain text in UTF-8."), field="file")


def tell(report: ListReport) -> None:
    """Say what was done, and which lines hold no address."""
    flash(
        ngettext(
            "%(num)s address is new on the list.", "%(num)s addresses are new on the list.", report.added
        )
    )
    if report.known:
        flash(
            ngettext(
                "%(num)s address was on it already.", "%(num)s addresses were on it already.", report.known
            )
        )
    if report.refused:
        lines = ", ".join(f"{number} ({text})" for number, text in report.refused[:REFUSED_SHOWN])
        said = ngettext(
            "%(num)s line holds no address: %(lines)s",
            "%(num)s lines hold no address: %(lines)s",
            len(report.refused),
            lines=lines,
        )
        flash(said, "error")

"""The brands' style sheets for the pages customers see, the brand pages, and the list of settings."""

from datetime import time, timedelta

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveys.brand import editing, queries
from surveys.brand.filters import brand_sheet, brand_sheet_hash, picture_in_page
from surveys.brand.forms import BrandForm, LogoForm
from surveys.brand.models import Brand
from surveys.clock import real_now
from surveys.database import db
from surveys.doors import OpenDoor
from surveys.errors import N_, Refusal
from surveys.staff.door import StaffDoor, allowed, current_staff

YEAR = 31_536_000
# What the pages of the settings are about, in this order.
PARTS = {
    "ask": N_("Asking customers"),
    "act": N_("What answers lead to"),
    "get": N_("What comes in"),
    "own": N_("This installation"),
}
sheets = OpenDoor("brand_sheets", __name__)
door = StaffDoor("settings", __name__, permission="settings", url_prefix="/settings")
MOST_SHEETS = 100
# By the address's name: asked of the database once per process.
sheets_made: dict[str, tuple[str, bytes]] = {}


@sheets.get("/brand/<name>.css")
def sheet(name: str) -> Response:
    """Return a brand's style sheet; one asked for by its present hash may be kept for a year."""
    if name in sheets_made:
        look_hash, css = sheets_made[name]
    else:
        look = queries.look_of(name.rpartition("-")[0])
        look_hash = brand_sheet_hash(look.colour, look.logo_mark, look.corners)
        css = brand_sheet(look.colour, look.logo, look.corners)
    answer = Response(css, mimetype="text/css")
    if name.endswith(f"-{look_hash}"):
        if len(sheets_made) < MOST_SHEETS:
            sheets_made[name] = look_hash, css
        answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    else:
        answer.headers["Cache-Control"] = "public, max-age=60"
    return answer


@door.get("")
def index() -> ResponseReturnValue:
    """List what can be set, for the one who looks."""
    pages = [page for page in current_app.config["SETTINGS_PAGES"] if allowed(page.permission)]
    parts = [(said, [page for page in pages if page.about == about]) for about, said in PARTS.items()]
    return render_template("brand/settings.html", parts=parts, brands=queries.all_brands())


@door.route("/brands/<key>", methods=["GET", "POST"])
def brand(key: str) -> ResponseReturnValue:
    """One brand: name, look, sender, business hours, permission, order hook."""
    chosen = queries.brand_or_missing(key)
    form = BrandForm(data=shown(chosen))
    if form.is_submitted():
        try:
            if form.validate():
                editing.change_brand(chosen, typed(form), current_staff(), real_now())
                db.session.commit()
                flash(_("Saved."))
                return redirect(url_for("settings.brand", key=key), 303)
            editing.checked(typed(form))  # Whatever else is wrong is told as well.
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return brand_page(chosen, form, LogoForm(formdata=None)), 422 if form.is_submitted() else 200


@door.post("/brands/<key>/logo")
def logo(key: str) -> ResponseReturnValue:
    """Store the picture customers see above the questions, or remove it when none was chosen."""
    chosen, form = queries.brand_or_missing(key), LogoForm()
    upload = request.files.get("logo")
    picture = upload.read(editing.LARGEST_LOGO + 1) if upload else b""
    try:
        editing.set_logo(chosen, picture, current_staff(), real_now())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.blame(refusal)
        return brand_page(chosen, BrandForm(formdata=None, data=shown(chosen)), form), 422
    flash(_("Saved."))
    return redirect(url_for("settings.brand", key=key) + "#logo", 303)


def brand_page(chosen: Brand, form: BrandForm, logo_form: LogoForm) -> str:
    """Return the page of a brand with its forms."""
    picture = queries.look_of(chosen.key).logo
    return render_template(
        "brand/brand.html",
        brand=chosen,
        form=form,
        logo_form=logo_form,
        picture=picture_in_page(*picture) if picture else None,
        hook=current_app.config["SETTINGS"].base_url + "/hooks/orders/generic",
        now=real_now(),
    )


@door.post("/brands/<key>/hook-secrets")
def new_hook_secret(key: str) -> ResponseReturnValue:
    """Make a secret that the shop signs its order events with."""
    editing.new_hook_secret(queries.brand_or_missing(key), real_now())
    db.session.commit()
    return redirect(url_for("settings.brand", key=key) + "#hook", 303)


@door.post("/brands/<key>/hook-secrets/<int:secret_id>/retire")
def retire_hook_secret(key: str, secret_id: int) -> ResponseReturnValue:
    """Refuse events signed with an old secret."""
    secret = queries.hook_secret_or_missing(queries.brand_or_missing(key), secret_id)
    editing.retire_hook_secret(secret, real_now())
    db.session.commit()
    return redirect(url_for("settings.brand", key=key) + "#hook", 303)


def shown(chosen: Brand) -> dict[str, object]:
    """Return a brand's values as its form shows them."""
    same = (
        "name",
        "colour",
        "corners",
        "sender_name",
        "sender_email",
        "reply_to",
        "postal_address",
        "privacy_url",
    )
    more = ("imprint_url", "locale", "time_zone")
    values: dict[str, object] = {name: getattr(chosen, name) for name in (*same, *more)}
    return values | {
        "opens": time(*divmod(chosen.opens, 60)),
        "closes": time(*divmod(min(chosen.closes, 24 * 60 - 1), 60)),
        "business_days": list(chosen.business_days),
        "holidays": "\n".join(chosen.holidays),
        "default_basis": chosen.default_basis,
        "check_back_after": chosen.check_back_after.days,
        "check_back_after_replacement": chosen.check_back_after_replacement.days,
        "thanks_per_day": chosen.thanks_per_day,
        "active_days": chosen.active_days,
        "lapsed_days": chosen.lapsed_days,
    }


def typed(form: BrandForm) -> editing.BrandValues:
    """Return what was typed, as the verb wants it; a time that cannot be read stands for one that fits."""
    opens, closes = minutes(form.opens.data, 0), minutes(form.closes.data, 24 * 60)
    return editing.BrandValues(
        name=form.name.data or "",
        colour=form.colour.data or "",
        corners=form.corners.data,
        sender_name=form.sender_name.data or "",
        sender_email=form.sender_email.data or "",
        reply_to=form.reply_to.data or "",
        postal_address=form.postal_address.data or "",
        privacy_url=form.privacy_url.data or "",
        imprint_url=form.imprint_url.data or "",
        locale=form.locale.data,
        time_zone=form.time_zone.data or "",
        opens=opens,
        closes=24 * 60 if closes == 24 * 60 - 1 else closes,  # 23:59 on the clock means midnight
        business_days="".join(form.business_days.data or []),
        holidays=form.holidays.data or "",
        default_basis=form.default_basis.data,
        check_back_after=timedelta(days=form.check_back_after.data or 0),
        check_back_after_replacement=timedelta(days=form.check_back_after_replacement.data or 0),
        thanks_per_day=form.thanks_per_day.data or 0,
        active_days=form.active_days.data or 0,
        lapsed_days=form.lapsed_days.data or 0,
    )


def minutes(clock: time | None, otherwise: int) -> int:
    """Return a time in minutes after midnight."""
    return otherwise if clock is None else clock.hour * 60 + clock.minute

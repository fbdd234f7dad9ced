"""The demo bar and its one page."""

from flask import Flask, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError
from wtforms.fields.choices import SelectChoice

from feedback.demo import moving
from feedback.demo.bettering import NAMES
from feedback.demo.catalogue import COUNTRIES
from feedback.demo.door import DemoDoor, is_open
from feedback.demo.embedding import open_shop
from feedback.demo.forms import PurchaseForm
from feedback.demo.keeping_watch import EVENT
from feedback.demo.next_step import next_step
from feedback.demo.queries import embedded_link, marker, newest_story, order_to_confirm
from surveys.clock import business_now, real_now
from surveys.database import db
from surveys.doors import spoken
from surveys.errors import Missing, Refusal, SeveralRefusals
from surveys.filters import give_names
from surveys.links.signatures import secret_of, sign
from surveys.locales import best_language
from surveys.staff.models import ROLES
from surveys.staff.views import open_session, safe_next

door = DemoDoor("demo", __name__, url_prefix="/demo")
WAYS = ("inline", "popup", "slide")


def bar() -> Markup:
    """Return the demo bar for this request, or nothing where it must not be."""
    try:
        if not is_open():
            return Markup("")
        now = business_now()
        with db.session.no_autoflush:  # What a refused form left behind is not stored by the bar.
            shown = marker()
            story = newest_story(shown) if shown else None
    except SQLAlchemyError:
        return Markup("")  # The page that says that the database is gone must not fail for want of it.
    staff = g.get("staff")
    role = staff.role if staff is not None and staff.made_by_demo else None
    here = request.full_path.rstrip("?") if request.method == "GET" else "/"
    html = render_template(
        "demo/bar.html",
        now=now,
        roles=ROLES,
        role=role,
        here=here,
        language=get_locale(),
        step=next_step(story, now),
        story=story,
    )
    return Markup(html)  # noqa: S704


@door.post("/clock")
def move_clock() -> ResponseReturnValue:
    """Move the demo's clock; the loop does what has become due."""
    moving.move_clock(request.form.get("hours", ""))
    db.session.commit()
    return redirect(safe_next(request.form.get("next")), 303)


@door.post("/sign-in/<role>")
def sign_in(role: str) -> ResponseReturnValue:
    """Become the demo's owner, admin, agent or analyst, and go on to the page that was asked for."""
    language = best_language(request.form.get("language"), otherwise="")
    secret = moving.enter_as(role, real_now(), language)
    db.session.commit()
    open_session(secret)
    return redirect(safe_next(request.form.get("next")), 303)


@door.get("/purchase")
def purchase() -> ResponseReturnValue:
    """Show the form for a purchase."""
    language = "de" if str(get_locale()).startswith("de") else "en"
    return page(PurchaseForm(language=language))


@door.post("/purchase")
def place_purchase() -> ResponseReturnValue:
    """Place a purchase that is delivered now."""
    form = PurchaseForm(request.form)
    if not form.validate():
        return page(form), 422
    country, _colon, carrier = form.delivery.data.partition(":")
    wish = moving.Wish(
        email=(form.email.data or "").strip(),
        language=form.language.data,
        country=country,
        carrier=carrier,
        late=form.late.data,
    )
    try:
        placed = moving.place_purchase(wish, business_now())
    except (Refusal, SeveralRefusals) as refusal:
        db.session.rollback()
        return page(form, spoken(refusal)), 422
    db.session.commit()
    flash(
        _(
            "%(who)s bought something (order %(reference)s), and it has just been delivered. We ask 7 days"
            " later: move the clock by 7 days, be the admin and look into the outbox.",
            who=placed.customer.display_name,
            reference=placed.reference,
        )
    )
    return redirect(url_for("demo.purchase", placed=placed.public_id), 303)


@door.post("/shop")
def visit_shop() -> ResponseReturnValue:
    """Go to the demo shop's own page, which may show a survey from now on."""
    open_shop(request.host_url, real_now())
    db.session.commit()
    return redirect(url_for("demo.shop"), 303)


@door.get("/shop")
def shop() -> ResponseReturnValue:
    """Show the shop's page after an order with the survey in it, as a shop would write it."""
    link = embedded_link()
    if link is None:
        raise Missing()
    order = order_to_confirm(link)
    secret = secret_of(link.key, current_app.config["LINK_SECRETS"][0])
    way = request.args.get("as", WAYS[0])
    return render_template(
        "demo/shop.html",
        link=link,
        order=order,
        signature=sign({"ref": order}, secret) if order else None,
        ways=WAYS,
        way=way if way in WAYS else WAYS[0],
    )


def page(form: PurchaseForm, wrong: str = "") -> str:
    """Return the page with the form, its countries by name; `wrong` is the sentence of a refusal."""
    names = get_locale().territories
    form.delivery.choices = [
        SelectChoice(f"{country.code}:{carrier}", f"{names[country.code]}, {carrier}")
        for country in COUNTRIES
        for carrier, _share in country.carriers
    ]
    placed = request.args.get("placed", "")
    next_page = url_for("asking.purchase", public_id=placed) if placed else ""
    return render_template(
        "demo/purchase.html", form=form, wrong=wrong, next_page=next_page, language=get_locale()
    )


def init_app(app: Flask) -> None:
    """Give pages the bar, and readers in their language what the demo's team is said to have written."""
    app.jinja_env.globals["page_bar"] = bar
    give_names(app, {*NAMES, EVENT})

"""Connected shops: connect one, see what it sent and what became of it, read events again."""

import json
from contextlib import suppress

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms.fields.choices import SelectChoice

from surveys.brand.models import ShopConnection
from surveys.brand.queries import all_brands, brand_or_missing
from surveys.clock import business_now, real_now
from surveys.customers.models import OrderEvent
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.shops import connecting, queries, replaying
from surveys.shops.forms import ConnectForm, SecretForm
from surveys.shops.told import Outcome
from surveys.staff.door import StaffDoor, current_staff

door = StaffDoor("shops", __name__, permission="keys", url_prefix="/settings/shops")
A_PAGE = 25
LONGEST_SHOWN = 200_000
OWN_HOOK = "own"  # In addresses: the events of the house's own hook, which belong to no connection.
OUTCOMES = {
    Outcome.RECORDED: ("ok", N_("used")),
    Outcome.WAITING: ("planned", N_("waits for its order")),
    Outcome.NOBODY: ("off", N_("names no customer")),
    Outcome.REQUEST: ("ok", N_("noted as a request")),
    Outcome.TEST: ("ok", N_("a test")),
    Outcome.UNUSED: ("off", N_("not needed")),
}
REFUSALS = {
    "signature": N_("The signature was wrong. Compare the secret here with the one in the shop."),
    "other_shop": N_("The event came from another shop. Compare the address with the one in the shop."),
}
TOPICS = {
    "shopify": (
        "orders/create",
        "orders/updated",
        "orders/cancelled",
        "orders/fulfilled",
        "fulfillments/create",
        "fulfillments/update",
        "refunds/create",
        "customers/update",
    ),
    "woocommerce": (
        "order.created",
        "order.updated",
        "order.deleted",
        "order.restored",
        "customer.updated",
    ),
}


@door.get("")
def shops() -> ResponseReturnValue:
    """List the connections, and what came by the house's own hook and could not be used."""
    own = queries.page_of_events(None, only_unusable=True, limit=A_PAGE, cursor=None)
    return render_template(
        "shops/shops.html",
        rows=queries.all_connections(),
        kinds=connecting.KINDS,
        own=own.items,
        own_hook=OWN_HOOK,
        outcomes=OUTCOMES,
        now=business_now(),
        real_now=real_now(),
    )


@door.route("/new", methods=["GET", "POST"])
def connect() -> ResponseReturnValue:
    """Connect a shop."""
    form = ConnectForm()
    form.brand.choices = [SelectChoice(each.key, each.name) for each in all_brands()]
    if form.validate_on_submit():
        try:
            connection = connecting.connect(
                brand_or_missing(form.brand.data),
                form.kind.data,
                form.address.data or "",
                form.prefix.data or "",
                form.secret.data or "",
                current_staff(),
                real_now(),
            )
            db.session.commit()
            flash(_("Connected. Now let the shop send its events to the address below."))
            return redirect(url_for("shops.shop", public_id=connection.public_id), 303)
        except Refusal as refusal:
            db.session.rollback()
            form.blame(refusal)
    return render_template("shops/connect.html", form=form), 422 if form.is_submitted() else 200


@door.get("/<public_id>")
def shop(public_id: str) -> ResponseReturnValue:
    """One connection: what to paste into the shop, and the last events."""
    return shop_page(queries.connection_or_missing(public_id), SecretForm())


def shop_page(connection: ShopConnection, form: SecretForm) -> str:
    """Return the page of a connection."""
    only = request.args.get("show") == "unusable"
    events = queries.page_of_events(
        connection.id, only_unusable=only, limit=A_PAGE, cursor=request.args.get("cursor")
    )
    here = url_for("shops.shop", public_id=connection.public_id)
    show = "unusable" if only else None
    base_url = current_app.config["SETTINGS"].base_url
    return render_template(
        "shops/shop.html",
        connection=connection,
        kind=connecting.KINDS[connection.kind],
        address=f"{base_url}/hooks/{connection.kind}/{connection.public_id}",
        is_reachable=base_url.startswith("https://"),
        secrets=[each for each in connection.secrets if each.ends_at is None or each.ends_at > real_now()],
        topics=TOPICS[connection.kind],
        form=form,
        events=events.items,
        only_unusable=only,
        next_url=f"{url_for('shops.shop', public_id=connection.public_id, show=show, cursor=events.next)}#events"
        if events.next
        else None,
        here=here,
        outcomes=OUTCOMES,
        refusals=REFUSALS,
        now=business_now(),
        real_now=real_now(),
    )


@door.post("/<public_id>/secrets")
def new_secret(public_id: str) -> ResponseReturnValue:
    """Let a new secret count, and the old one for another day."""
    connection = queries.connection_or_missing(public_id)
    form = SecretForm()
    try:
        connecting.new_secret(connection, form.secret.data or "", real_now())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.blame(refusal)
        return shop_page(queries.connection_or_missing(public_id), form), 422
    flash(_("The new secret counts now; the old one for another 24 hours."))
    return redirect(url_for("shops.shop", public_id=public_id) + "#secret", 303)


@door.post("/<public_id>/end")
def end(public_id: str) -> ResponseReturnValue:
    """Take no more events of the shop."""
    connecting.end(queries.connection_or_missing(public_id), real_now())
    db.session.commit()
    flash(_("The connection was ended; its purchases stay."))
    return redirect(url_for("shops.shops"), 303)


@door.get("/<public_id>/events/<int:event_id>")
def event(public_id: str, event_id: int) -> ResponseReturnValue:
    """One event as it came in."""
    found = queries.event_or_missing(connection_id_of(public_id), event_id)
    return render_template(
        "shops/event.html",
        event=found,
        body=shown(found),
        place=public_id,
        own_hook=OWN_HOOK,
        outcomes=OUTCOMES,
        now=business_now(),
    )


@door.post("/<public_id>/events/<int:event_id>/replay")
def replay(public_id: str, event_id: int) -> ResponseReturnValue:
    """Let the loop read one event again."""
    count = replaying.replay([queries.event_or_missing(connection_id_of(public_id), event_id)])
    db.session.commit()
    flash(ngettext("%(num)d event is read again.", "%(num)d events are read again.", count))
    return redirect(place(public_id), 303)


@door.post("/<public_id>/replay")
def replay_all(public_id: str) -> ResponseReturnValue:
    """Let the loop read all events again that could not be used."""
    count = replaying.replay(queries.unusable_events(connection_id_of(public_id)))
    db.session.commit()
    flash(ngettext("%(num)d event is read again.", "%(num)d events are read again.", count))
    return redirect(place(public_id), 303)


def connection_id_of(public_id: str) -> int | None:
    """Return the number of the connection, None for the house's own hook; refuse as missing."""
    return None if public_id == OWN_HOOK else queries.connection_or_missing(public_id).id


def place(public_id: str) -> str:
    """Return the address of the list that an event stands in."""
    if public_id == OWN_HOOK:
        return url_for("shops.shops")
    return url_for("shops.shop", public_id=public_id) + "#events"


def shown(event: OrderEvent) -> str:
    """Return the body of an event as text, indented when it is JSON."""
    text = event.body.decode("utf-8", "replace")
    with suppress(ValueError, RecursionError):
        text = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    text = text.encode("utf-8", "replace").decode()  # Half a surrogate pair cannot be sent to a browser.
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + " …"

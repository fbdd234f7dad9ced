"""The addresses that connected shops send their events to."""

from flask import Response, g, jsonify, request

from surveys.clock import business_now
from surveys.customers.receiving import Envelope, receive_event
from surveys.database import db
from surveys.shops import fields
from surveys.shops.door import HEADERS, ShopDoor
from surveys.shops.told import ALIKE_TOPICS

hooks = ShopDoor("shop_hooks", __name__, url_prefix="/hooks")


@hooks.post("/shopify/<public_id>")
@hooks.post("/woocommerce/<public_id>")
def shop_event(public_id: str) -> Response:
    """Take a signed event of a shop; it is acknowledged once it is stored, and read by the loop."""
    names = HEADERS[g.kind]
    delivery = fields.text(request.headers.get(names.delivery), 100)
    triggered_at = fields.moment(request.headers.get(names.triggered)) if names.triggered else None
    envelope = Envelope(g.sender.connection_id, g.topic, delivery, triggered_at)
    again = delivery or "" if g.topic in ALIKE_TOPICS else ""
    receive_event(g.sender.brand_id, g.kind, request.get_data(), business_now(), envelope, again)
    db.session.commit()
    return jsonify({"received": True})

"""The doors of connected shops: in comes who signed the raw body with a secret of the connection."""

import re
from typing import NamedTuple

from flask import current_app, g, request
from flask.typing import ResponseReturnValue

from surveys.api.door import problem_response
from surveys.clock import real_now
from surveys.customers.door import HookDoor
from surveys.customers.signatures import signer_in_base64
from surveys.database import begin_writing, db
from surveys.shops import fields, queries
from surveys.shops.connecting import note_refusal
from surveys.shops.shopify import REQUESTS

PING = re.compile(rb"webhook_id=[0-9]{1,20}")


class Headers(NamedTuple):
    """The names under which a shop system writes what stands beside the body."""

    signature: str
    topic: str
    delivery: str
    shop: str
    triggered: str


HEADERS = {
    "shopify": Headers(
        "X-Shopify-Hmac-Sha256",
        "X-Shopify-Topic",
        "X-Shopify-Webhook-Id",
        "X-Shopify-Shop-Domain",
        "X-Shopify-Triggered-At",
    ),
    "woocommerce": Headers(
        "X-WC-Webhook-Signature", "X-WC-Webhook-Topic", "X-WC-Webhook-Delivery-ID", "", ""
    ),
}


class ShopDoor(HookDoor):
    """A connected shop comes in by its signature; `g.sender` says which it is, `g.topic` what about."""

    def admit(self) -> ResponseReturnValue | None:
        """Let in who signed with a secret that counts; note why others were turned away."""
        kind = request.path.split("/")[2]
        names = HEADERS[kind]
        body = request.get_data()
        if kind == "woocommerce" and names.signature not in request.headers and PING.fullmatch(body):
            # WooCommerce tries a new address by an unsigned form, and takes nothing but 200 for an answer.
            return current_app.json.response({"received": True})
        public_id = str((request.view_args or {}).get("public_id"))
        senders = queries.senders(kind, public_id, real_now())
        # Reading the secrets began a transaction; only those who signed may take the writer's turn.
        db.session.rollback()
        if not senders:  # The same words as for a wrong signature: nobody learns which addresses there are.
            return problem_response(401, SENTENCES["signature"])
        sender = signer_in_base64(body, request.headers.get(names.signature), senders)
        topic = fields.text(request.headers.get(names.topic), 60) or ""
        why = refusal_of(sender, request.headers.get(names.shop) if names.shop else None)
        if sender is None or why:
            begin_writing()
            note_refusal(senders[0].connection_id, why or "signature", real_now())
            db.session.commit()
            return problem_response(401, SENTENCES[why or "signature"])
        if sender.ended_at is not None and topic not in REQUESTS:
            return problem_response(410, "This connection was ended; remove the webhook in the shop.")
        g.sender, g.topic, g.kind = sender, topic, kind
        begin_writing()
        return None


SENTENCES = {
    "signature": "No valid signature; the shop must sign the raw body with the secret of this connection.",
    "other_shop": "The event comes from another shop than the one this connection is for.",
}


def refusal_of(sender: queries.Sender | None, shop: str | None) -> str | None:
    """Return why the sender is turned away; one secret of an app signs for every shop that has the app."""
    if sender is None:
        return "signature"
    return "other_shop" if shop is not None and shop.strip().lower() != sender.address else None

"""Connect a shop system, change its secret, end the connection."""

import re
import secrets
import string
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import or_, update

from surveys.brand.models import Brand, ShopConnection, ShopSecret
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.shops.queries import living_connections
from surveys.staff.models import StaffMember

KINDS = {"shopify": "Shopify", "woocommerce": "WooCommerce"}
BOTH_COUNT = timedelta(hours=24)  # Shopify may sign with the old secret for an hour after a change.
NOTED_EVERY = timedelta(minutes=1)
LETTERS = string.ascii_letters + string.digits  # WooCommerce decodes HTML in a secret before it signs.
PREFIX = re.compile(r"[A-Za-z0-9._-]{0,20}", re.ASCII)
HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+(:\d{1,5})?", re.ASCII)
SECRET = re.compile(r"[\x21-\x7e]{8,200}", re.ASCII)


def connect(
    brand: Brand, kind: str, address: str, prefix: str, secret: str, by: StaffMember, now: datetime
) -> ShopConnection:
    """Store a connection to a shop and return it; without a secret of the shop's own, make one.

    Raises Refusal naming the field, or Conflict when another shop of the brand counts alike.
    """
    if kind not in KINDS:
        raise Refusal(N_("Choose one of those in the list."), field="kind")
    host, prefix = checked_address(kind, address), prefix.strip()
    if not PREFIX.fullmatch(prefix):
        raise Refusal(N_("Use up to 20 letters, digits, dots or hyphens."), field="prefix")
    for other in living_connections(brand):
        if (other.kind, other.address) == (kind, host):
            raise Conflict(
                N_("This shop is connected already; give it a new secret instead."), field="address"
            )
        if other.prefix == prefix:
            raise Conflict(
                N_(
                    "Another shop of this brand counts without difference; write something before its numbers."
                ),
                field="prefix",
            )
    connection = ShopConnection(
        brand=brand, kind=kind, address=host, prefix=prefix, created_at=now, created_by_id=by.id
    )
    db.session.add(connection)
    connection.secrets.append(ShopSecret(secret=checked_secret(kind, secret), created_at=now))
    db.session.flush()
    return connection


def new_secret(connection: ShopConnection, secret: str, now: datetime) -> ShopSecret:
    """Let a new secret count, and the present one for another day; raise Refusal or Conflict.

    Older ones stop counting at once: at most two count at a time.
    """
    refuse_ended(connection)
    fresh = ShopSecret(secret=checked_secret(connection.kind, secret), created_at=now)
    if any(each.secret == fresh.secret and each.ends_at is None for each in connection.secrets):
        raise Conflict(
            N_("This is the secret in use already; copy the new one from the shop."), field="secret"
        )
    for each in connection.secrets:
        each.ends_at = now + BOTH_COUNT if each.ends_at is None else min(each.ends_at, now)
    connection.secrets.append(fresh)
    db.session.flush()
    return fresh


def end(connection: ShopConnection, now: datetime) -> None:
    """Take no more events of the shop; requests about personal data still come in for as long as needed."""
    refuse_ended(connection)
    connection.ended_at = now
    db.session.flush()


def refuse_ended(connection: ShopConnection) -> None:
    """Raise Conflict when the connection was ended."""
    if connection.ended_at is not None:
        raise Conflict(N_("This connection was ended. Connect the shop anew."))


def note_refusal(connection_id: int, why: str, now: datetime) -> None:
    """Note that something was turned away, at most once a minute: whoever sets the shop up looks for it."""
    long_ago = or_(ShopConnection.refused_at.is_(None), ShopConnection.refused_at < now - NOTED_EVERY)
    note = update(ShopConnection).where(ShopConnection.id == connection_id, long_ago)
    db.session.execute(note.values(refused_at=now, refused_why=why))


def checked_address(kind: str, text: str) -> str:
    """Return the host of the shop, for WooCommerce with the folder it lives in; raise Refusal."""
    line = text.strip().lower()
    try:
        parts = urlsplit(line if "://" in line else f"https://{line}")
        host = parts.netloc
    except ValueError:
        host = ""
    if not HOST.fullmatch(host) or len(line) > 200:
        raise Refusal(N_("Write the address of the shop, such as shop.example.com."), field="address")
    if kind != "shopify":
        return (host + parts.path).rstrip("/")
    if not host.endswith(".myshopify.com"):
        phrase = N_(
            "Write the address that ends in .myshopify.com; it stands in Shopify under Settings, Domains."
        )
        raise Refusal(phrase, field="address")
    return host


def checked_secret(kind: str, text: str) -> str:
    """Return the secret of the shop; a new one of our own where the shop takes ours. Raise Refusal."""
    given = text.strip()
    if not given and kind == "woocommerce":
        return "".join(secrets.choice(LETTERS) for _ in range(40))
    if not given:
        phrase = N_("Shopify makes the secret itself: copy it from Settings, Notifications, Webhooks.")
        raise Refusal(phrase, field="secret")
    if kind == "woocommerce" and not given.isalnum():
        phrase = N_("WooCommerce changes other characters before it signs; use letters and digits only.")
        raise Refusal(phrase, field="secret")
    if not SECRET.fullmatch(given):
        raise Refusal(N_("A secret has 8 to 200 characters without spaces."), field="secret")
    return given

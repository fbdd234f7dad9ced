"""A customer asks for their data, or to be erased: a mailed link to the address on file, and its one use."""

from datetime import datetime, timedelta

from feedback.privacy.models import OwnDataLink
from feedback.privacy.own_page.queries import asked_for_link_since, lock, person
from surveys.customers.models import Customer
from surveys.database import db
from surveys.errors import N_, Refusal

HOUR = timedelta(hours=1)
KINDS = ("disclosure", "erasure")


class LinkOver(Refusal):
    """The link was used, its hour is over, or the address it went to is not the customer's any more."""

    status = 410
    heading = N_("This link has expired")
    phrase = N_(
        "A link to your data is good for one hour, and once. Ask for a new one on your page; every mail from the"
        " shop about your answers leads there."
    )


def request_link(customer: Customer, kind: str, language: str, now: datetime) -> OwnDataLink | None:
    """Plan the mail with the link; return None where no mail leaves: without an address, or within an hour of another.

    Whoever asks learns neither. Raises Refusal for an unknown kind.
    """
    if kind not in KINDS:
        raise Refusal(N_("Choose one of those in the list."), field="kind")
    lock(customer)
    if customer.email is None or asked_for_link_since(customer, now - HOUR):
        return None
    link = OwnDataLink(
        customer=customer,
        kind=kind,
        email=customer.email,
        locale=language,
        state="planned",
        requested_at=now,
        due_at=now,
    )
    db.session.add(link)
    db.session.flush()
    return link


def whose(link: OwnDataLink, now: datetime) -> Customer:
    """Return the customer whose data a living link leads to; raises LinkOver."""
    customer = person(link.customer)
    is_over = link.expires_at is None or now >= link.expires_at
    if is_over or link.used_at is not None or customer.email != link.email:
        raise LinkOver()
    return customer

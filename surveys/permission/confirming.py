"""Take the confirmation of an opt-in: the second half of double opt-in.

What is refused here is said to the customer, on the page behind the link.
"""

from datetime import datetime

from surveys.customers.consenting import note, text_proof
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.permission.models import ConsentRequest
from surveys.permission.queries import is_objected
from surveys.permission.requesting import NotToBeAsked


class TooOld(Refusal):
    """The request has run out."""

    status = 410
    heading = N_("This link has run out")
    phrase = N_("The 14 days for confirming are over. Nothing was stored, and you get no questions.")


def confirm(row: ConsentRequest, now: datetime) -> bool:
    """Store the confirmation with what was agreed to; return False when it was stored before.

    Raises TooOld after 14 days, NotToBeAsked when the customer objected since or has another
    address now: then nothing changes.
    """
    customer = row.customer
    if row.confirmed_at is not None:
        return False
    if now >= row.expires_at:
        raise TooOld()
    if is_objected(customer):
        raise NotToBeAsked(
            N_(
                "You had asked us not to write to you, and that holds. Write to the shop if you want it otherwise."
            )
        )
    if customer.email != row.email:
        raise NotToBeAsked(N_("The shop knows another address of yours by now. Nothing was stored."))
    row.confirmed_at = now
    if row.state == "planned":  # A mail that was to leave once more need not.
        row.state, row.due_at = "sent", None
    customer.basis, customer.basis_at = "opt_in", customer.basis_at or row.requested_at
    customer.basis_confirmed_at, customer.basis_evidence = now, row.text
    proof = {"requested_at": row.requested_at.isoformat(), "language": row.locale, "request": row.public_id}
    note(customer, "confirmed", "page", now, evidence=proof | text_proof(row.text))
    db.session.flush()
    return True

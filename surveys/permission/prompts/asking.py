"""Ask for the confirmation of a fresh opt-in by itself: once per person, whatever becomes of the mail."""

from datetime import datetime

from surveys.customers.consenting import note, text_proof
from surveys.customers.models import Customer
from surveys.database import db
from surveys.errors import N_
from surveys.permission.models import ConsentRequest
from surveys.permission.prompts.queries import FRESH, JOB, has_order, is_fresh, meets, to_ask, was_asked
from surveys.permission.queries import suppressed_because
from surveys.permission.requesting import ask, why_not_to_request
from surveys.work import one_by_one

OFF = N_("By itself nobody asks for the confirmation; that can be switched on under Settings, Permission.")
ASKED_BEFORE = N_("The confirmation was asked for by mail before; by itself that happens once at most.")
NOT_FRESH = N_(
    "By itself the confirmation is asked for only within 7 days of the opt-in. One told without its day counts only"
    " when it came along with an order, and never from a file."
)
NO_ORDER = N_(
    "By itself the confirmation is asked for only when an order of the last 7 days may not be asked about without it."
)


def ask_fresh(now: datetime, limit: int) -> int:
    """Ask up to `limit` customers whose fresh opt-in waits for its confirmation; return how many. Commits each."""
    return one_by_one(JOB, to_ask(now, limit), lambda customer_id: prompt(customer_id, now))


def prompt(customer_id: int, now: datetime) -> ConsentRequest | None:
    """Plan the mail that asks one customer to confirm; return the request, None when they must not get it.

    An address on the list of those not written to gets a request that was refused from the
    start: that is their one time.
    """
    customer = db.session.get(
        Customer, customer_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if customer is None or customer.email is None:
        return None
    is_suppressed = suppressed_because(customer) is not None
    if not is_suppressed and why_not_by_itself(customer, now) is not None:
        return None
    row = ask(customer, customer.email, None, now)
    row.by_itself = True
    if is_suppressed:
        row.state, row.due_at = "refused", None
    else:
        proof = {"expires_at": row.expires_at.isoformat(), "language": row.locale, "mail": row.mails}
        note(customer, "requested", "loop", now, evidence=proof | text_proof(row.text))
    db.session.flush()
    return row


def why_not_by_itself(customer: Customer, now: datetime) -> str | None:
    """Return why the customer is not asked to confirm by itself, as an English phrase; None when they are."""
    reason = why_not_to_request(customer)
    if reason is not None:
        return reason
    if meets(customer, was_asked()):
        return ASKED_BEFORE
    if not customer.brand.asks_to_confirm:
        return OFF
    if not meets(customer, is_fresh(now)):
        return NOT_FRESH
    return None if meets(customer, has_order(customer.brand, now - FRESH)) else NO_ORDER


def may_leave(row: ConsentRequest, now: datetime) -> bool:
    """Return whether the mail of a request may still go: one made by itself only while that is switched on.

    Mail that was held or did not get through for days comes too late: by then the opt-in is not
    fresh any more, and the mail would be advertising.
    """
    customer = row.customer
    return not row.by_itself or (customer.brand.asks_to_confirm and meets(customer, is_fresh(now)))

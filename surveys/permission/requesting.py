"""Ask a customer to confirm an opt-in: the first half of double opt-in; `confirming` is the second.

The mail may only go to somebody who, as the shop told us, has agreed once: to anybody else it
would itself be advertising without permission.
"""

from datetime import datetime, timedelta

from surveys.customers.consenting import note, text_proof
from surveys.customers.models import Customer
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.languages.queries import language_for
from surveys.permission.letters import LETTERS, letter_in
from surveys.permission.models import ConsentRequest
from surveys.permission.queries import is_objected, last_request, suppressed_because
from surveys.staff.models import StaffMember

LIVES = timedelta(days=14)
MOST_MAILS = 2


class NotToBeAsked(Refusal):
    """This customer must not get the mail that asks for a confirmation."""

    status = 409


def request_consent(customer: Customer, by: StaffMember | None, now: datetime) -> ConsentRequest:
    """Plan the mail that asks to confirm, or send a living request once more; return the request.

    Raises NotToBeAsked for somebody without an opt-in or address, who objected, is on the list or
    has confirmed, and Conflict when two mails have gone out within the 14 days.
    """
    reason = why_not_to_request(customer)
    if reason is not None:
        raise NotToBeAsked(reason)
    assert customer.email is not None, "whoever has no address was refused"
    known = last_request(customer)
    if known is not None and known.expires_at > now and known.email == customer.email:
        again(known, now)
        row = known
    else:
        row = ask(customer, customer.email, by, now)
    source = "staff" if by else "any"
    proof = {"expires_at": row.expires_at.isoformat(), "language": row.locale, "mail": row.mails}
    note(customer, "requested", source, now, evidence=proof | text_proof(row.text), by=by)
    db.session.flush()
    return row


def why_not_to_request(customer: Customer) -> str | None:
    """Return why the customer must not be asked to confirm, as an English phrase; None when they may be."""
    if customer.email is None:
        return N_("The customer has no e-mail address.")
    if is_objected(customer):
        return N_("The customer does not want to be asked.")
    if suppressed_because(customer) is not None:
        return N_("The address is on the list of those that are not written to.")
    if customer.basis != "opt_in":
        return N_("There is no opt-in to confirm: without one the mail itself would need a permission.")
    if customer.basis_confirmed_at is not None:
        return N_("The customer has confirmed already.")
    return None


def ask(customer: Customer, email: str, by: StaffMember | None, now: datetime) -> ConsentRequest:
    """Return a new request whose mail is due now."""
    language = language_for(customer.locale, customer.brand.locale, spoken=LETTERS)
    row = ConsentRequest(
        customer=customer,
        email=email,
        locale=language,
        state="planned",
        mails=1,
        text=letter_in(language).agree.format(shop=customer.brand.name),
        requested_at=now,
        requested_by_id=by.id if by else None,
        expires_at=now + LIVES,
        due_at=now,
    )
    db.session.add(row)
    return row


def again(row: ConsentRequest, now: datetime) -> None:
    """Let the mail of a living request leave once more."""
    if row.state == "planned":
        raise Conflict(N_("The mail is on its way already; the loop sends it within seconds."))
    if row.mails >= MOST_MAILS:
        raise Conflict(
            N_("Two mails have asked already. More would be a nuisance; wait until the link has run out.")
        )
    row.mails += 1
    row.state, row.due_at = "planned", now
    row.attempts, row.last_error = 0, None

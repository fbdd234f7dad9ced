"""Ask a customer to confirm an opt-in, and take the confirmation: double opt-in.

The mail may only go to somebody who, as the shop told us, has agreed once: to anybody else it
would itself be advertising without permission.
"""

from datetime import datetime, timedelta

from surveys.customers.consenting import note, text_proof
from surveys.customers.models import Customer
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.locales import best_language
from surveys.permission.letters import letter_in
from surveys.permission.models import ConsentRequest
from surveys.permission.queries import is_objected, last_request, suppressed_because
from surveys.staff.models import StaffMember

LIVES = timedelta(days=14)
MOST_MAILS = 2


class NotToBeAsked(Refusal):
    """This customer must not get the mail that asks for a confirmation."""

    status = 409


class TooOld(Refusal):
    """The request has run out."""

    status = 410
    heading = N_("This link has run out")
    phrase = N_("The 14 days for confirming are over. Nothing was stored, and you get no questions.")


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
    language = best_language(customer.locale, best_language(customer.brand.locale))
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

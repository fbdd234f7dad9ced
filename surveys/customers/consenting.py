"""Keep the consent history: every change of what a customer allows is a line of its own."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from surveys.customers.models import Customer, PermissionEvent
from surveys.customers.permission import BASES_TO_ASK
from surveys.customers.records import Permission
from surveys.database import db
from surveys.staff.models import StaffMember


def note(
    customer: Customer,
    kind: str,
    source: str,
    now: datetime,
    *,
    evidence: dict[str, Any] | None = None,
    by: StaffMember | None = None,
) -> PermissionEvent:
    """Add a line to the customer's consent history and return it; the basis is the one that holds now."""
    event = PermissionEvent(
        customer=customer,
        at=now,
        kind=kind,
        basis=customer.basis,
        source=source,
        evidence=evidence or {},
        actor=by,
    )
    db.session.add(event)
    return event


def take_basis(
    customer: Customer,
    told: Permission | None,
    source: str,
    now: datetime,
    by: StaffMember | None = None,
) -> bool:
    """Let the told basis hold, None for the brand's default; return whether that changes anything.

    Without a moment it holds from `now`, or from when it first did; evidence and confirmation that
    were not told again stay while the basis stays.
    """
    basis = told.basis if told else None
    same = basis == customer.basis
    at = (told.at if told else None) or (customer.basis_at if same else now if basis else None)
    evidence = (told.evidence if told else None) or (customer.basis_evidence if same else None)
    confirmed_at = (told.confirmed_at if told else None) or (customer.basis_confirmed_at if same else None)
    after = (basis, at, evidence, confirmed_at)
    before = (customer.basis, customer.basis_at, customer.basis_evidence, customer.basis_confirmed_at)
    if after == before:
        return False
    customer.basis, customer.basis_at, customer.basis_evidence, customer.basis_confirmed_at = after
    customer.source = source
    taken_back = before[0] in BASES_TO_ASK and basis not in BASES_TO_ASK
    note(customer, "withdrawn" if taken_back else "told", source, now, evidence=proof(customer), by=by)
    return True


def proof(customer: Customer) -> dict[str, Any]:
    """Return what is kept to prove the basis that holds now; texts also as SHA-256, moments as ISO 8601."""
    found: dict[str, Any] = {}
    if customer.basis_at is not None:
        found["holds_from"] = customer.basis_at.isoformat()
    if customer.basis_confirmed_at is not None:
        found["confirmed_at"] = customer.basis_confirmed_at.isoformat()
    if customer.basis_evidence is not None:
        found |= text_proof(customer.basis_evidence)
    return found


def text_proof(text: str) -> dict[str, str]:
    """Return a text with its hash."""
    return {"text": text, "text_hash": sha256(text.encode()).hexdigest()}

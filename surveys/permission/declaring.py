"""A brand declares where the permission of its customers comes from, and which countries are strict."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from surveys.brand.models import Brand
from surveys.customers.checks import country
from surveys.customers.permission import BASES_TO_ASK, TOLD_BY
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.permission.models import PermissionSource
from surveys.staff.models import StaffMember

SHORTEST_EVIDENCE, LONGEST_EVIDENCE = 20, 4000
MOST_COUNTRIES = 250


class Declaration(NamedTuple):
    """What is declared of one way in: the basis, what customers are shown, and since when."""

    source: str
    basis: str
    evidence: str
    since: datetime


def declare(brand: Brand, said: Declaration, by: StaffMember | None, now: datetime) -> PermissionSource:
    """Store the declaration and end the one it replaces, which goes on covering what came before.

    Raises Refusal for an unknown way or basis, for evidence of fewer than 20 characters, and for a
    beginning in the future.
    """
    if said.source not in TOLD_BY:
        raise Refusal(N_("Choose one of those in the list."), field="source")
    if said.basis not in BASES_TO_ASK:
        raise Refusal(N_("Choose one of those in the list."), field="basis")
    evidence = said.evidence.strip()
    if not SHORTEST_EVIDENCE <= len(evidence) <= LONGEST_EVIDENCE:
        raise Refusal(
            N_("Write what customers are shown, word for word, in %(low)s to %(high)s characters."),
            field="evidence",
            low=SHORTEST_EVIDENCE,
            high=LONGEST_EVIDENCE,
        )
    if said.since > now:
        raise Refusal(
            N_("This day lies in the future. Declare what is shown already, from its first day on."),
            field="since",
        )
    if brand.id is not None:
        end(brand, said)
    row = PermissionSource(
        brand=brand,
        source=said.source,
        basis=said.basis,
        evidence=evidence,
        since=said.since,
        declared_at=now,
        declared_by=by,
    )
    db.session.add(row)
    db.session.flush()
    return row


def end(brand: Brand, said: Declaration) -> None:
    """Let older declarations of the same way hold until the new one begins; those it covers whole, not at all."""
    same = (
        PermissionSource.brand_id == brand.id,
        PermissionSource.source == said.source,
        PermissionSource.withdrawn_at.is_(None),
    )
    for old in db.session.scalars(select(PermissionSource).where(*same)):
        if old.until is None or old.until > said.since:
            old.until = max(said.since, old.since)


def withdraw(declaration: PermissionSource, now: datetime) -> None:
    """Let the declaration cover nobody any more; the row stays, so that the past can be explained."""
    declaration.withdrawn_at = declaration.withdrawn_at or now
    db.session.flush()


def set_strict_countries(brand: Brand, text: str, by: StaffMember, now: datetime) -> None:
    """Store the countries, two letters each with spaces or commas between; empty for none.

    Raises Refusal naming what is no country.
    """
    try:
        codes = sorted({country(code) for code in text.replace(",", " ").split()})
    except Refusal as refusal:
        refusal.field = "strict_countries"
        raise
    brand.strict_countries = codes[:MOST_COUNTRIES]
    brand.changed_at, brand.changed_by_id = now, by.id
    db.session.flush()


def set_asks_to_confirm(brand: Brand, is_on: bool, by: StaffMember, now: datetime) -> None:
    """Let fresh opt-ins be asked for their confirmation by itself, or no more; see `permission.prompts`."""
    brand.asks_to_confirm = is_on
    brand.changed_at, brand.changed_by_id = now, by.id
    db.session.flush()

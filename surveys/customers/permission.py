"""Whether somebody may be asked: the legal basis and the objection.

The customer's own basis goes before the brand's; without either the answer is no. An
objection beats every basis (Art. 21 GDPR, § 7 Abs. 3 UWG).
"""

from datetime import datetime

BASES_TO_ASK = ("opt_in", "existing_customer")


def basis_of(own: str | None, brand_default: str) -> str:
    """Return the basis that holds: the customer's own, else the brand's default."""
    return own or brand_default


def may_be_asked(own: str | None, brand_default: str, objected_at: datetime | None) -> bool:
    """Return whether a customer may be asked: there is a basis and no objection."""
    return objected_at is None and basis_of(own, brand_default) in BASES_TO_ASK

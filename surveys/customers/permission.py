"""On which legal basis somebody may be asked.

The customer's own basis goes before the brand's; without either the answer is no. An objection
beats every basis (Art. 21 GDPR, § 7 Abs. 3 UWG): see `opting_out`.
"""

BASES_TO_ASK = ("opt_in", "existing_customer")


def basis_of(own: str | None, brand_default: str) -> str:
    """Return the basis that holds: the customer's own, else the brand's default."""
    return own or brand_default

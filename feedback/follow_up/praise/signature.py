"""With which name a quotation is signed, as the customer said."""

FIRST_NAME, INITIAL, ANONYMOUS = "first_name", "initial", "anonymous"
SIGNED = (FIRST_NAME, INITIAL, ANONYMOUS)


def signature(name: str | None, signed: str) -> str | None:
    """Return the name under a quotation: "Dora", "D." or None; never more than the customer allowed."""
    first = (name or "").split()
    if signed == ANONYMOUS or not first:
        return None
    return first[0] if signed == FIRST_NAME else f"{first[0][0].upper()}."

"""How a person's data is shown where it must not be read in full: logs and notices of failure."""


def masked_email(address: str) -> str:
    """Return `address` with the local part cut to its first letter, e.g. p…@example.test."""
    local, at, domain = address.partition("@")
    return f"{local[:1]}…{at}{domain}"


def quoted(text: str, longest: int = 80) -> str:
    """Return `text` shortened to `longest` characters and without control characters.

    For refusals that quote what somebody sent: a quoted input is output like any other.
    """
    plain = "".join(c if c.isprintable() else "�" for c in text)
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"

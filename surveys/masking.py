"""How what somebody sent is shown again: short, and without what a terminal or a log would obey."""


def quoted(text: str, longest: int = 80) -> str:
    """Return `text` shortened to `longest` characters and without control characters.

    For refusals that quote what somebody sent: a quoted input is output like any other.
    """
    plain = "".join(c if c.isprintable() else "�" for c in text)
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"

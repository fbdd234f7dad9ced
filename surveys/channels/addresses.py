"""What an e-mail address looks like (RFC 5321), judged without asking the network."""

from email_validator import EmailNotValidError, validate_email

from surveys.errors import N_, Refusal
from surveys.masking import quoted

NO_ADDRESS = N_("%(value)s is not an e-mail address that mail can reach; check it for typing mistakes.")


def checked_email(text: str, field: str) -> str:
    """Return the address in lower case and ASCII (IDNA); raise Refusal naming `field` when it is none.

    The reserved names of RFC 2606 such as example.test are taken: demos and tests use them.
    """
    try:
        # The library calls names under .test a test environment; only look-ups would need a real one.
        found = validate_email(
            text.strip(), check_deliverability=False, test_environment=True, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError:
        raise Refusal(NO_ADDRESS, field=field, value=f"“{quoted(text, 60)}”") from None
    return (found.ascii_email or found.normalized).lower()

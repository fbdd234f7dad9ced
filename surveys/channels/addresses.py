"""What an e-mail address looks like (RFC 5321), judged without asking the network."""

from email_validator import EmailNotValidError, validate_email

from surveys.errors import N_, Refusal


def checked_email(text: str, field: str) -> str:
    """Return the address in lower case and ASCII (IDNA); raise Refusal naming `field` when it is none.

    The reserved names of RFC 2606 such as example.test are taken: demos and tests use them.
    """
    try:
        # The library calls names under .test a test environment; only look-ups would need a real one.
        found = validate_email(
            text.strip(), check_deliverability=False, test_environment=True, allow_smtputf8=False, strict=True
        )
    except EmailNotValidError as error:
        raise Refusal(N_("This is not an e-mail address: %(why)s"), field=field, why=str(error)) from None
    return (found.ascii_email or found.normalized).lower()

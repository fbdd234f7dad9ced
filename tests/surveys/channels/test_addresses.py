import pytest

from surveys.channels.addresses import checked_email
from surveys.errors import Refusal


@pytest.mark.parametrize(
    "typed, kept",
    [
        (" Pat@Example.TEST ", "pat@example.test"),
        ("a@bücher.de", "a@xn--bcher-kva.de"),
        ("o'hara+shop@x-y.org", "o'hara+shop@x-y.org"),
    ],
)
def test_addresses_are_kept_in_one_spelling(typed, kept):
    assert checked_email(typed, "email") == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "pat",
        "a@b",
        "a@b..c",
        "@x.de",
        "a@x.de,b@x.de",
        "a@x.de\r\nBcc: b@x.de",
        '"a b"@x.de',
        "a@[127.0.0.1]",
        "x" * 250 + "@x.de",
    ],
)
def test_what_is_no_address_is_refused_by_the_fields_name(typed):
    with pytest.raises(Refusal) as refused:
        checked_email(typed, "email")

    assert refused.value.field == "email"

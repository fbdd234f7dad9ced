from datetime import timedelta

import pytest

from surveys.errors import Conflict, Refusal
from surveys.shops.connecting import checked_address, connect, end, new_secret, note_refusal


@pytest.mark.parametrize(
    ("kind", "text", "address"),
    [
        ("shopify", " https://Tea.myshopify.com/admin ", "tea.myshopify.com"),
        ("shopify", "tea.myshopify.com", "tea.myshopify.com"),
        ("woocommerce", "https://example.test/Shop/", "example.test/shop"),
        ("woocommerce", "localhost.test:8080", "localhost.test:8080"),
    ],
)
def test_an_address_is_taken_as_people_write_it(kind, text, address):
    assert checked_address(kind, text) == address


@pytest.mark.parametrize(
    "text", ["", "shop", "https://", "http://a b.test", "a.test?", "[::1", "-.test", "x" * 300]
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(Refusal) as refused:
        checked_address("shopify", text)
    assert refused.value.field == "address"


def test_woocommerce_gets_a_secret_of_letters_and_digits(make, connected):
    secret = connected("woocommerce", secret="").secrets[0].secret
    assert len(secret) == 40 and secret.isalnum() and secret.isascii()


def test_two_shops_of_one_brand_must_differ_in_their_numbers(make, connected):
    connected()
    with pytest.raises(Conflict) as refused:
        connected(address="other.myshopify.com")
    assert refused.value.field == "prefix"
    connected(address="other.myshopify.com", prefix="AT-")
    with pytest.raises(Conflict) as refused:
        connected(prefix="DE-")
    assert refused.value.field == "address"
    connected(brand=make.brand("second"))


def test_an_unknown_system_and_odd_prefixes_are_refused(make, now):
    for kind, prefix, field in (
        ("magento", "", "kind"),
        ("shopify", "a b", "prefix"),
        ("shopify", "ü", "prefix"),
    ):
        with pytest.raises(Refusal) as refused:
            connect(make.brand(), kind, "tea.myshopify.com", prefix, "a-good-secret", make.staff(), now)
        assert refused.value.field == field


def test_at_most_two_secrets_count(make, now, connected):
    connection = connected()
    new_secret(connection, "second-secret", now)
    new_secret(connection, "third-secret", now)
    assert [each.ends_at for each in connection.secrets] == [now, now + timedelta(days=1), None]
    with pytest.raises(Conflict):
        new_secret(connection, "third-secret", now)


def test_an_ended_connection_is_left_alone(make, now, connected):
    connection = connected()
    end(connection, now)
    for deed in (lambda: end(connection, now), lambda: new_secret(connection, "another-secret", now)):
        with pytest.raises(Conflict):
            deed()
    connected()  # the same shop may be connected anew


def test_a_refusal_is_noted_once_a_minute(make, now, connected):
    connection = connected()
    moments = []
    for seconds in (0, 59, 61):
        note_refusal(connection.id, "signature", now + timedelta(seconds=seconds))
        make.settle()
        moments.append((connection.refused_at - now).total_seconds())
    assert moments == [0, 0, 61]

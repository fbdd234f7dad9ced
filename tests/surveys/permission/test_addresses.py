import pytest

from surveys.permission.addresses import Line, address_hash, addresses_in, masked

KEY = "ab" * 32


def test_a_hash_depends_on_the_key_and_not_on_case():
    assert address_hash(KEY, " Pat@Example.test") == address_hash(KEY, "pat@example.test")
    assert address_hash(KEY, "pat@example.test") != address_hash("cd" * 32, "pat@example.test")


@pytest.mark.parametrize(
    ("address", "mask"),
    [
        ("Pat.Example@mail.example.test", "p***@m***.test"),
        ("p@localhost", "p***@l***"),
        ("no address", "***@n***"),
    ],
)
def test_a_mask_shows_the_first_letters(address, mask):
    assert masked(address) == mask


def test_a_list_may_have_a_heading_commas_and_comments():
    text = "email,reason\npat@example.test,bounce\n# old\n\n  olga@example.test\t2024\n"
    assert list(addresses_in(text)) == [Line(2, "pat@example.test"), Line(5, "olga@example.test")]
    assert list(addresses_in("pat@example.test")) == [Line(1, "pat@example.test")]

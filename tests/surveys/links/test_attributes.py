"""What an answer is noted with: the link's own, and what its address says, signed or not."""

import pytest

from surveys.errors import Refusal
from surveys.links.attributes import as_text, attributes_in, told
from surveys.links.signatures import secret_of, sign

SECRETS = ("the installation's",)
OWN = {"store": "Berlin", "table": ""}


def signed(**values):
    return values | {"sig": sign(values, secret_of("key", SECRETS[0]))}


def test_the_links_own_values_cannot_be_overwritten_by_the_address():
    found = told(OWN, {"store": "Paris", "table": "5"}, "key", SECRETS)

    assert found.attributes == {"store": "Berlin", "table": "5"}
    assert (found.is_verified, found.order) == (False, None)


def test_what_the_link_says_itself_is_verified_and_nothing_is_not():
    assert told(OWN, {}, "key", SECRETS) == ({"store": "Berlin"}, True, None)
    assert told({}, {}, "key", SECRETS) == ({}, False, None)


def test_a_signed_order_is_believed_and_an_unsigned_one_noted():
    assert told({}, signed(ref="A-1001"), "key", SECRETS) == ({"ref": "A-1001"}, True, "A-1001")
    assert told({}, {"ref": "A-1001"}, "key", SECRETS) == ({"ref": "A-1001"}, False, None)
    forged = signed(ref="A-1001") | {"ref": "A-1002"}
    assert told({}, forged, "key", SECRETS) == ({"ref": "A-1002"}, False, None)


def test_names_that_the_link_does_not_know_do_not_matter():
    found = told({}, signed(ref="A-1001") | {"utm_source": "mail", "lang": "de"}, "key", SECRETS)

    assert found == ({"ref": "A-1001"}, True, "A-1001")


@pytest.mark.parametrize("value", ["", "x" * 201, "A\n1", "A\x00", "A\u2028"])
def test_values_that_cannot_be_kept_are_left_out(value):
    assert told({}, {"ref": value}, "key", SECRETS).attributes == {}


def test_attributes_are_typed_one_a_line_and_come_back_so():
    text = "store = Berlin\ntable\nnote = a = b"

    assert attributes_in(f"\n {text} \n\n") == {"store": "Berlin", "table": "", "note": "a = b"}
    assert as_text(attributes_in(text)) == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Store = Berlin", "is no name"),
        ("= Berlin", "is no name"),
        ("ref = A-1", "uses"),
        ("embed", "uses"),
        ("store = " + "x" * 201, "200 characters"),
        ("\n".join(f"a{number}" for number in range(21)), "At most 20"),
    ],
)
def test_what_makes_no_sense_is_refused(text, why):
    with pytest.raises(Refusal, match=why) as caught:
        attributes_in(text)
    assert caught.value.field == "attributes"

import base64
from typing import NamedTuple

import pytest

from surveys.customers.signatures import sign, sign_in_base64, signer_in_base64, signer_of

# RFC 4231, test case 2: key "Jefe", data "what do ya want for nothing?".
BODY, DIGEST = (
    b"what do ya want for nothing?",
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
)


class Shop(NamedTuple):
    secret: str


JEFE, OTHER = Shop("Jefe"), Shop("other")


def test_the_signature_is_that_of_the_standard():
    assert sign(BODY, "Jefe") == "sha256=" + DIGEST


def test_whoever_signed_is_found_among_all():
    assert signer_of(BODY, "sha256=" + DIGEST, [OTHER, JEFE]) is JEFE
    assert signer_of(BODY, " sha256=" + DIGEST.upper(), [JEFE]) is JEFE


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        "",
        "sha256=",
        DIGEST,
        "sha256=" + DIGEST[:-1],
        "sha1=" + DIGEST,
        "sha256=ü",
        "\ud800",
        "sha256=\x00",
    ],
)
def test_anything_else_is_nobodys(wrong):
    assert signer_of(BODY, wrong, [OTHER, JEFE]) is None


def test_another_body_is_nobodys():
    assert signer_of(BODY + b" ", "sha256=" + DIGEST, [JEFE]) is None
    assert signer_of(BODY, "sha256=" + DIGEST, []) is None


def test_shops_write_the_same_signature_in_base64():
    in_base64 = base64.b64encode(bytes.fromhex(DIGEST)).decode()
    assert sign_in_base64(BODY, "Jefe") == in_base64
    assert signer_in_base64(BODY, f" {in_base64} ", [OTHER, JEFE]) is JEFE
    for wrong in (None, "", in_base64.lower(), in_base64.rstrip("="), "sha256=" + DIGEST, "\udcff"):
        assert signer_in_base64(BODY, wrong, [OTHER, JEFE]) is None

"""A shop signs what it says about whoever follows a link; the secret is derived for each link."""

import hashlib
import hmac

from surveys.links.signatures import is_signed, secret_of, sign

SECRET, FORMER = "one secret of the installation", "the one before"
TOLD = {"ref": "A-1001"}


def test_any_language_can_make_the_signature():
    ours = sign(TOLD, "the link's secret")

    assert ours == hmac.new(b"the link's secret", b"ref=A-1001", hashlib.sha256).hexdigest()


def test_several_names_are_signed_sorted_one_a_line():
    ours = sign({"table": "5", "ref": "A-1"}, "s")

    assert ours == hmac.new(b"s", b"ref=A-1\ntable=5", hashlib.sha256).hexdigest()


def test_a_signature_holds_for_what_it_was_made_for_and_nothing_else():
    good = sign(TOLD, secret_of("key", SECRET))

    assert is_signed(TOLD, good, "key", (SECRET,))
    assert is_signed(TOLD, f" {good.upper()} ", "key", (SECRET,))
    assert not is_signed({"ref": "A-1002"}, good, "key", (SECRET,))
    assert not is_signed(TOLD | {"table": "5"}, good, "key", (SECRET,))
    assert not is_signed(TOLD, good, "other", (SECRET,))
    assert not is_signed(TOLD, good[:-1], "key", (SECRET,))
    assert not is_signed(TOLD, "", "key", (SECRET,))
    assert not is_signed(TOLD, "ü\x00", "key", (SECRET,))


def test_a_former_secret_counts_while_it_is_listed():
    old = sign(TOLD, secret_of("key", FORMER))

    assert is_signed(TOLD, old, "key", (SECRET, FORMER))
    assert not is_signed(TOLD, old, "key", (SECRET,))

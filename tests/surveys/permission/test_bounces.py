"""Which code a server's words hold, what it means for the address (RFC 3463), and when it is enough."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.permission.bounces import code_in, is_enough, kind_of


@pytest.mark.parametrize(
    ("status", "said", "code"),
    [
        ("5.1.1", "", "5.1.1"),
        ("5.1.1 (bad destination mailbox address)", "smtp; 550 5.7.1 no", "5.1.1"),
        ("5.0.0", "smtp; 550 5.1.1 User unknown", "5.1.1"),
        ("5.0.0", "smtp; 550 no", "5.0.0"),
        (None, "550 5.2.1 disabled", "5.2.1"),
        (None, "550 Requested action not taken: mailbox unavailable", "5.0.0"),
        (None, "450 try later", "4.0.0"),
        (None, "connection timed out with 192.0.2.5", None),
        (None, "version 15.1.1.4 of the server", None),
        ("5.0.0", "smtp; 421 4.4.2 timeout", "5.0.0"),
        (None, "", None),
    ],
)
def test_the_most_exact_code_counts(status, said, code):
    assert code_in(status, said) == code


@pytest.mark.parametrize(
    ("code", "said", "kind"),
    [
        ("5.1.1", "", "hard"),
        ("5.1.10", "RESOLVER.ADR.RecipientNotFound", "hard"),
        ("5.0.0", "550 user unknown", "hard"),
        ("5.0.0", "550 blocked", "other"),
        ("5.7.1", "user unknown to our filter", "other"),
        ("5.2.2", "mailbox full", "other"),
        ("4.2.2", "mailbox full", "soft"),
        ("4.4.1", "", "soft"),
        (None, "No such user here", "hard"),
        (None, "Postfach voll", "soft"),
        (None, "something went wrong", "soft"),
    ],
)
def test_a_code_says_whether_the_mailbox_is_gone(code, said, kind):
    assert kind_of(code, said) == kind


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ({}, None),
        ({"hard": 1}, "bounce"),
        ({"other": 2, "soft": 99}, None),
        ({"other": 3}, "bounce"),
        ({"complaint": 1, "hard": 1}, "complaint"),
    ],
)
def test_when_it_is_enough(counts, reason):
    assert is_enough(counts) == reason


@given(st.text(), st.text())
def test_whatever_a_server_says_has_a_kind(status, said):
    assert kind_of(code_in(status, said), said) in ("hard", "other", "soft")

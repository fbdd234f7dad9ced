"""Signed links: only what we made, only for its purpose, also at the end of a sentence."""

import pytest

from surveys.tokens import ANSWER, CONSENT, OWN_DATA, OWN_PAGE, TRAILING, UNSUBSCRIBE, make, read

ID = "aZ09" * 5 + "xy"
NEW, OLD = "a new secret of the house", "an old secret of the house"


def test_a_token_gives_its_id_back():
    assert read(ANSWER, make(ANSWER, ID, NEW), (NEW,)) == ID


PURPOSES = (ANSWER, UNSUBSCRIBE, CONSENT, OWN_PAGE, OWN_DATA)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_token_of_one_purpose_is_refused_for_every_other(purpose):
    token = make(purpose, ID, NEW)

    assert [other for other in PURPOSES if read(other, token, (NEW,)) is not None] == [purpose]


def test_a_token_of_an_old_secret_is_good_while_it_is_listed():
    token = make(ANSWER, ID, OLD)

    assert read(ANSWER, token, (NEW, OLD)) == ID
    assert read(ANSWER, token, (NEW,)) is None


@pytest.mark.parametrize("place", range(44))
def test_a_token_with_one_other_character_is_refused(place):
    token = make(ANSWER, ID, NEW)
    other = "B" if token[place] != "B" else "C"

    assert read(ANSWER, token[:place] + other + token[place + 1 :], (NEW,)) is None


@pytest.mark.parametrize(
    "token", ["", "x", "ä" * 44, "a" * 43, "a" * 45, "a" * 10_000, "../" * 15, "\0" * 44]
)
def test_what_is_no_token_is_refused(token):
    assert read(ANSWER, token, (NEW,)) is None


@pytest.mark.parametrize("tail", TRAILING)
def test_what_mail_programs_leave_at_the_end_does_not_matter(tail):
    assert read(ANSWER, make(ANSWER, ID, NEW) + tail, (NEW,)) == ID


def test_tokens_stay_the_same_for_ever():
    """Mails lie in mailboxes for years. The value was computed with openssl: HMAC-SHA256 under the
    HMAC of "nachklang link tokens", first 16 bytes, base64url."""
    assert make(ANSWER, "a" * 22, "secret") == "a" * 22 + "Le_f_ivrRXUbjhLrXOTltg"

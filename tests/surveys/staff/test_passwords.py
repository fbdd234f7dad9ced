import pytest

from surveys.staff import passwords


@pytest.mark.parametrize(
    "password",
    ["short", "aaaaaaaaaaaa", "Password123456", "Passwort1234!", "qwertzuiop", "1234567890", "ü" * 129],
)
def test_weak_passwords_are_refused(password):
    with pytest.raises(passwords.PasswordRefused):
        passwords.check_new(password)


@pytest.mark.parametrize(
    "password", ["correct horse battery", " leading space counts", "emoji 🥁🥁 are fine too", "x1y2" * 64]
)
def test_long_sentences_are_taken_as_they_are(password):
    passwords.check_new(password)

    stored = passwords.hashed(password)
    assert passwords.fits(password, stored)
    assert not passwords.fits(password.strip() + "!", stored)


def test_the_hash_is_argon2id_with_19_mib_two_passes_and_one_lane():
    assert passwords.hashed("any").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_nothing_fits_an_account_without_a_password():
    assert not passwords.fits("a password nobody has", None)

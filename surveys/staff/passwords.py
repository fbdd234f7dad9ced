"""Passwords: argon2id with 19 MiB, two passes, one lane (OWASP's second profile).

One try costs about a tenth of a second on purpose. There are no composition rules; length is
what counts (NIST SP 800-63B), and the commonest passwords are refused by name.
"""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from surveys.errors import N_, Refusal

SHORTEST, LONGEST = 10, 256
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Verified when an account is unknown, so that knowing an address cannot be told by the time it takes.
# Written out, because making it would cost every start a tenth of a second.
DUMMY_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$WpAOWI1zMGfzPvcCgIWJHQ$vaEHcaWDS6/8E8k/A5/VdX7hO7uFGYvDuIJVWtBw1yE"
)
COMMON_STEMS = (
    "password",
    "passwort",
    "1234567890",
    "0123456789",
    "qwertyuiop",
    "qwertzuiop",
    "letmein",
    "iloveyou",
    "nachklang",
    "administrator",
    "welcome",
    "willkommen",
    "changeme",
)


class PasswordRefused(Refusal):
    """The password is too short, too long or too well known."""


def check_new(password: str) -> None:
    """Refuse a new password that is too short, too long or among the commonest.

    Raises PasswordRefused with the rule that was broken.
    """
    if len(password) < SHORTEST:
        phrase = N_("The password has %(length)s characters; it needs at least %(shortest)s.")
        raise PasswordRefused(phrase, field="password", length=len(password), shortest=SHORTEST)
    if len(password.encode()) > LONGEST:
        phrase = N_("The password is longer than %(longest)s bytes; choose a shorter one.")
        raise PasswordRefused(phrase, field="password", longest=LONGEST)
    bare = password.lower().rstrip("0123456789!?.")
    if len(set(password)) < 4 or password.lower() in COMMON_STEMS or bare in COMMON_STEMS:
        phrase = N_("This password is among those that are tried first. Choose a sentence only you know.")
        raise PasswordRefused(phrase, field="password")


def hashed(password: str) -> str:
    """Return the argon2id hash of `password`."""
    return HASHER.hash(password)


def fits(password: str, password_hash: str | None) -> bool:
    """Return whether `password` belongs to the hash; takes the same time without a hash."""
    try:
        return HASHER.verify(password_hash or DUMMY_HASH, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False

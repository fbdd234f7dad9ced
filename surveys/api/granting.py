"""Issue and revoke API keys, and note that one was used."""

from datetime import datetime, timedelta

from sqlalchemy import Update, update

from surveys.api.models import ApiKey
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.staff.secrets import hash_of, new_secret

PREFIX = "nk_"  # Lets a secret scanner recognise a key that leaked.
TOUCH_EVERY = timedelta(minutes=1)


def issue(name: str, now: datetime) -> tuple[ApiKey, str]:
    """Return a new key and its secret, which is shown once and not kept.

    Raises Refusal when the name is empty or longer than 200 characters.
    """
    name = name.strip()
    if not 0 < len(name) <= 200:
        raise Refusal(
            N_("Give the key a name of 1 to 200 characters, such as the system that uses it."), field="name"
        )
    secret = PREFIX + new_secret()
    key = ApiKey(name=name, key_hash=hash_of(secret), created_at=now)
    db.session.add(key)
    db.session.flush()
    return key, secret


def revoke(key: ApiKey, now: datetime) -> None:
    """Switch the key off for good; doing it twice changes nothing."""
    key.revoked_at = key.revoked_at or now
    db.session.flush()


def touching(key: ApiKey, now: datetime) -> Update | None:
    """Return what notes that the key was used, None where that was noted within a minute."""
    if key.last_used_at is not None and now - key.last_used_at < TOUCH_EVERY:
        return None
    return update(ApiKey).where(ApiKey.id == key.id).values(last_used_at=now)

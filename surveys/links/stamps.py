"""Form ids of open links that carry when their page was made, signed: nobody else can make one, nobody can age one.

An id stands for one answer only (UNIQUE in the database), so each page that was fetched is good for one.
"""

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from hashlib import sha256

PURPOSE = b"nachklang link forms:"
SHAPE = re.compile(r"(?P<free>[A-Za-z0-9_-]{12})(?P<at>[0-9a-f]{9})(?P<mac>[A-Za-z0-9_-]{22})")
TENTHS = 10  # seconds alone would be too coarse to tell a quick program from a quick thumb


def stamped_id(key: str, now: datetime, secret: str) -> str:
    """Return a fresh id for a form of the link `key` that was made at `now`."""
    marked = f"{secrets.token_urlsafe(9)}{int(now.timestamp() * TENTHS):09x}"
    return marked + mac_of(key, marked, secret)


def made_at(form_id: str, key: str, secrets_: tuple[str, ...]) -> datetime | None:
    """Return when the form with this id was made, or None when the id is not of our making."""
    found = SHAPE.fullmatch(form_id)
    if found is None:
        return None
    marked = found["free"] + found["at"]
    if not any(hmac.compare_digest(mac_of(key, marked, secret), found["mac"]) for secret in secrets_):
        return None
    return datetime.fromtimestamp(int(found["at"], 16) / TENTHS, UTC)


def mac_of(key: str, marked: str, secret: str) -> str:
    """Return the signature of an id's first part."""
    digest = hmac.new(secret.encode(), PURPOSE + f"{key}:{marked}".encode(), sha256).digest()[:16]
    return urlsafe_b64encode(digest).decode().rstrip("=")

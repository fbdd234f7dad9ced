"""Signed links: the token is the authority, and nothing about it is stored.

A token is the public id of a row and a MAC over purpose, id and key version. A token of one
purpose is refused for another. Keys are derived from the installation's secret; tokens made
with a fallback secret stay good while it is listed.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256

ANSWER, UNSUBSCRIBE, CONSENT = "answer", "unsubscribe", "consent"
OWN_PAGE, OWN_DATA = "own page", "own data"
REPORT, REPORT_MAIL = "report", "report mail"
ID_LENGTH = 22
MAC_BYTES = 16  # 128 bits: not to be guessed.
SHAPE = re.compile(r"[A-Za-z0-9]{22}[A-Za-z0-9_-]{22}")
# Mail programs leave a full stop, a bracket or an invisible character at the end of a link.
TRAILING = ".,;:!?>)]}\"'\u200b‌‍﻿ \t\r\n"


def make(purpose: str, public_id: str, secret: str) -> str:
    """Return the token that lets its holder act on `public_id` for one `purpose`."""
    mac = hmac.digest(key_of(secret), f"{purpose}:{public_id}:1".encode(), sha256)[:MAC_BYTES]
    return public_id + urlsafe_b64encode(mac).decode().rstrip("=")


def read(purpose: str, token: str, secrets: tuple[str, ...]) -> str | None:
    """Return the public id inside `token`, or None when it is malformed, forged or of another purpose."""
    token = token.strip(TRAILING)
    if not SHAPE.fullmatch(token):
        return None
    public_id = token[:ID_LENGTH]
    for secret in secrets:
        if hmac.compare_digest(make(purpose, public_id, secret), token):
            return public_id
    return None


@lru_cache(maxsize=8)
def key_of(secret: str) -> bytes:
    """Return the key for links, so that no other use of the secret shares it."""
    return hmac.digest(secret.encode(), b"nachklang link tokens", sha256)

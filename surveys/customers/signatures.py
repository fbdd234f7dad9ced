"""Who signed a body: HMAC-SHA256 over the bytes as they came, before anybody reads them."""

import hashlib
import hmac
from collections.abc import Sequence
from typing import Protocol, TypeVar

PREFIX = "sha256="


class Signer(Protocol):
    """Whatever has a secret to sign with."""

    @property
    def secret(self) -> str:
        """The secret in clear."""


Found = TypeVar("Found", bound=Signer)


def sign(body: bytes, secret: str) -> str:
    """Return the signature of `body` as the header carries it: sha256= and 64 hex digits."""
    return PREFIX + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def signer_of(body: bytes, signature: str | None, signers: Sequence[Found]) -> Found | None:
    """Return whose secret made `signature`, or None.

    Every secret is tried and each comparison takes the same time, so that the time an answer
    takes tells nothing about how close a guess was.
    """
    given = (signature or "").strip().lower().encode("utf-8", "surrogatepass")
    matching = [each for each in signers if hmac.compare_digest(sign(body, each.secret).encode(), given)]
    return matching[0] if matching else None

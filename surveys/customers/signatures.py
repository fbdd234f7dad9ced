"""Who signed a body: HMAC-SHA256 over the bytes as they came, before anybody reads them."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Sequence
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


def sign_in_base64(body: bytes, secret: str) -> str:
    """Return the signature of `body` as Shopify and WooCommerce send it: 44 characters of base64."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def signer_of(body: bytes, signature: str | None, signers: Sequence[Found]) -> Found | None:
    """Return whose secret made the hex `signature`, or None."""
    return _matching(body, (signature or "").strip().lower(), signers, sign)


def signer_in_base64(body: bytes, signature: str | None, signers: Sequence[Found]) -> Found | None:
    """Return whose secret made the base64 `signature`, or None."""
    return _matching(body, (signature or "").strip(), signers, sign_in_base64)


def _matching(
    body: bytes, signature: str, signers: Sequence[Found], make: Callable[[bytes, str], str]
) -> Found | None:
    """Return the signer by whose secret `make` makes this very signature, or None.

    Every secret is tried and each comparison takes the same time, so that the time an answer
    takes tells nothing about how close a guess was.
    """
    given = signature.encode("utf-8", "surrogatepass")
    matching = [each for each in signers if hmac.compare_digest(make(body, each.secret).encode(), given)]
    return matching[0] if matching else None

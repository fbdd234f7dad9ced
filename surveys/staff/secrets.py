"""Secrets that are shown or sent once: made at random, kept only as hashes."""

import hashlib
import secrets


def new_secret() -> str:
    """Return 256 fresh random bits as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """Return the SHA-256 of a random secret in hex.

    A plain hash is enough where the secret itself has 256 random bits; passwords, which have
    not, go through argon2id.
    """
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()

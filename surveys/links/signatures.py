"""What a shop says about whoever follows a link, signed: order and other names in the address.

The secret of a link is derived from the installation's and stored nowhere; it serves this purpose only. The shop
signs the lines `name=value`, sorted by name, with HMAC-SHA256 and sends the digest in hexadecimal digits as `sig`.
"""

import hmac
from collections.abc import Mapping
from hashlib import sha256

PURPOSE = b"nachklang link attributes:"


def secret_of(key: str, secret: str) -> str:
    """Return what a shop signs with for the link `key`; it changes with the installation's `secret`."""
    return hmac.new(secret.encode(), PURPOSE + key.encode(), sha256).hexdigest()


def sign(told: Mapping[str, str], link_secret: str) -> str:
    """Return the signature of what is told, by name."""
    lines = "\n".join(f"{name}={value}" for name, value in sorted(told.items()))
    return hmac.new(link_secret.encode(), lines.encode(), sha256).hexdigest()


def is_signed(told: Mapping[str, str], signature: str, key: str, secrets: tuple[str, ...]) -> bool:
    """Return whether the shop signed exactly this for the link `key`, with the present secret or a former one."""
    given = signature.strip().lower().encode()
    return any(hmac.compare_digest(sign(told, secret_of(key, secret)).encode(), given) for secret in secrets)

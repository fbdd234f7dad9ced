"""What is left of somebody who was erased: keyed hashes that only this installation can make again."""

import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple


class Proof(NamedTuple):
    """One erasure as it stands in the journal beside the database."""

    id: str
    at: str
    subject: str
    address: str | None
    counts: Mapping[str, int]


def key_of(secret: str) -> bytes:
    """Return the key for proofs, so that no other use of the installation's secret shares it."""
    return hmac.digest(secret.encode(), b"nachklang erasure proofs", sha256)


def subject_hash(secret: str, public_id: str) -> str:
    """Return the keyed hash of a customer's opaque id, 64 hex digits."""
    return hmac.digest(key_of(secret), f"customer:{public_id}".encode(), sha256).hex()


def address_hash(secret: str, address: str) -> str:
    """Return the keyed hash of an address in lower case, 64 hex digits."""
    return hmac.digest(key_of(secret), f"address:{address.strip().lower()}".encode(), sha256).hex()


def line_of(proof: Proof) -> str:
    """Return the proof as one line of JSON."""
    return json.dumps(proof._asdict(), separators=(",", ":"))


def read_lines(text: str) -> list[Proof]:
    """Return the proofs of a journal; a line that a crash cut short is passed over."""
    found = []
    for line in text.splitlines():
        try:
            said: Any = json.loads(line)
            found.append(Proof(*(said[name] for name in Proof._fields)))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def proof_of(
    public_id: str, at: datetime, subject: str, address: str | None, counts: Mapping[str, int]
) -> Proof:
    """Return a stored erasure as a proof."""
    return Proof(public_id, at.isoformat(), subject, address, dict(counts))

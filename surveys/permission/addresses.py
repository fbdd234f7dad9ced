"""How an address is kept without keeping it: a keyed hash to find it again, a mask to recognise it."""

import hmac
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

LONGEST_MASK = 254


class Line(NamedTuple):
    """One line of a list of addresses, numbered from 1."""

    number: int
    address: str


def address_hash(key: str, address: str) -> str:
    """Return HMAC-SHA-256 of the address in lower case as 64 hex digits."""
    return hmac.digest(bytes.fromhex(key), address.strip().lower().encode(), sha256).hex()


def masked(address: str) -> str:
    """Return the address with all but the first letters of its parts hidden: p***@e***.test."""
    local, _, domain = address.strip().lower().rpartition("@")
    name, dot, top = domain.rpartition(".")
    shown = f"{name[:1]}***.{top}" if dot else f"{domain[:1]}***"
    return f"{local[:1]}***@{shown}"[:LONGEST_MASK]


def addresses_in(text: str) -> Iterable[Line]:
    """Yield the addresses of a list, one on each line; of a CSV row the first cell counts.

    Empty lines, comments (#) and a heading without an @ on the first line are passed over.
    """
    for number, row in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        cell = row.split(";")[0].split(",")[0].split("\t")[0].strip().strip("\"'").strip()
        if not cell or cell.startswith("#") or (number == 1 and "@" not in cell):
            continue
        yield Line(number, cell)

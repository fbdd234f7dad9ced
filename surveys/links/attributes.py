"""What an answer is noted with: names and values that the link itself has, or that come with its address."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from surveys.errors import N_, Refusal
from surveys.links.signatures import is_signed

REF, SIGNATURE = "ref", "sig"
# What the page itself reads from its address.
TAKEN = frozenset({REF, SIGNATURE, "lang", "embed", "from", "score"})
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST, LONGEST = 20, 200
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Told(NamedTuple):
    """What is noted with an answer; `order` is the order's reference when the shop signed for it."""

    attributes: Mapping[str, str]
    is_verified: bool
    order: str | None


def told(own: Mapping[str, str], sent: Mapping[str, str], key: str, secrets: tuple[str, ...]) -> Told:
    """Return what is known of whoever follows the link `key`: its `own` attributes, and those `sent` by the address.

    Names that the link does not know, empty values and impossible ones are left out; nothing is refused, because
    whoever follows a link did not write it. Verified is what the link says itself, and what the shop signed.
    """
    free = {REF, *(name for name, value in own.items() if not value)}
    from_address = {name: value for name, value in sent.items() if name in free and is_fit(value)}
    fixed = {name: value for name, value in own.items() if value}
    signed = bool(from_address) and is_signed(from_address, sent.get(SIGNATURE, ""), key, secrets)
    attributes = fixed | from_address
    is_verified = signed if from_address else bool(fixed)
    return Told(attributes, is_verified, from_address.get(REF) if signed else None)


def is_fit(value: str) -> bool:
    """Return whether a value can be kept."""
    return 0 < len(value) <= LONGEST and CONTROL.search(value) is None


def attributes_in(text: str) -> dict[str, str]:
    """Return the attributes that somebody typed, one a line: `name = value`, or the name alone.

    Raises Refusal for what is no name, for one of the page's own, for too many and for values too long.
    """
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, value = (part.strip() for part in line.partition("="))
        if not NAME.fullmatch(name):
            words = N_("“%(name)s” is no name: use small letters, digits and _, such as store or table_2.")
            raise Refusal(words, field="attributes", name=name[:40])
        if name in TAKEN:
            raise Refusal(
                N_("The page uses “%(name)s” itself; choose another name."), field="attributes", name=name
            )
        if value and not is_fit(value):
            raise Refusal(N_("A value has at most %(most)s characters."), field="attributes", most=LONGEST)
        found[name] = value
    if len(found) > MOST:
        raise Refusal(N_("At most %(most)s names fit."), field="attributes", most=MOST)
    return found


def as_text(attributes: Mapping[str, str]) -> str:
    """Return attributes as they are typed."""
    return "\n".join(f"{name} = {value}" if value else name for name, value in attributes.items())

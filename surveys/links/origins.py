"""Whose pages may show a survey in a frame: scheme, host and port, as browsers write them."""

import re
from urllib.parse import urlsplit

from surveys.errors import N_, Refusal

MOST = 20
HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
LOOPBACK = ("localhost", "127.0.0.1")
DEFAULT_PORTS = {"https": 443, "http": 80}


def origins_in(text: str) -> list[str]:
    """Return the origins that somebody typed, one a line; raise Refusal for what is none."""
    found = list(dict.fromkeys(origin_of(word) for word in text.split()))
    if len(found) > MOST:
        raise Refusal(N_("At most %(most)s addresses fit."), field="origins", most=MOST)
    return found


def origin_of(address: str) -> str:
    """Return the origin of a page's address; refuse all but https, and http on this machine."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host, port = in_ascii(parts.hostname or ""), parts.port
    except (ValueError, UnicodeError):
        raise NoOrigin(address) from None
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    if not is_safe or not HOST.fullmatch(host) or parts.username is not None:
        raise NoOrigin(address)
    shown_port = "" if port is None or port == DEFAULT_PORTS[parts.scheme] else f":{port}"
    return f"{parts.scheme}://{host}{shown_port}"


def in_ascii(host: str) -> str:
    """Return a host's name as browsers send it."""
    return host.lower().encode("idna").decode("ascii")


class NoOrigin(Refusal):
    """What was typed is not the address of a shop's page."""

    phrase = N_("“%(address)s” is not the address of a shop. Write it like this: https://shop.example")

    def __init__(self, address: str):
        super().__init__(field="origins", address=address[:80])

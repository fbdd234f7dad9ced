"""Say something in a team's chat by its incoming webhook: one JSON object with a text, over HTTPS, to a public address.

Slack, Mattermost, Rocket.Chat and Teams take this form. The name is looked up once, every address it has must be a public
one, and exactly the address that was looked at is called: nobody can point a name at the house's own network in between.
Redirects are not followed, and a call ends after its time, however slowly the other side speaks.
"""

import json
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from surveys.channels.email import trusted
from surveys.errors import N_, DeliveryFailed, Refusal

LONGEST = 15.0  # seconds until the line stands, and again for all that is said over it
LONGEST_URL = 1000
ENOUGH = 12  # bytes of the answer that hold its status: HTTP/1.1 200
Address = IPv4Address | IPv6Address
NAT64 = IPv6Network("64:ff9b::/96")
# Why a call failed, by the word that is kept; numbers are what the other side answered.
FAILURES = {
    "private": N_("The address leads into a private network; only public addresses are called."),
    "no-name": N_("There is no server of this name. Check the address for a missing piece."),
    "no-answer": N_("The server did not answer in time, or hung up."),
    "certificate": N_("The server's certificate is not valid for this name, so nothing was said to it."),
    "redirect": N_("The server leads on to another address, which is not followed. Enter the final address."),
    "unknown": N_(
        "The chat does not know this address any more. Make a new webhook there and enter it here."
    ),
    "too-often": N_("The chat wants fewer messages; the next try waits."),
    "refused": N_("The chat refused the message. Check in it that the webhook still exists and takes text."),
    "broken": N_("The chat failed on its own side; the next try waits."),
}
PASSING = frozenset({"no-name", "no-answer", "too-often", "broken"})


def is_public(address: Address) -> bool:
    """Return whether an address is one of the open internet, also when it is an IPv4 one in IPv6 clothes."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_public(inner)
        if address.teredo is not None or address in NAT64:
            return False
    return address.is_global and not address.is_multicast


@dataclass(frozen=True)
class WebHook:
    """Calls webhooks; `allows` says which addresses may be called, `trusts` whose certificates are believed."""

    allows: Callable[[Address], bool] = is_public
    trusts: Callable[[], ssl.SSLContext] = field(default=trusted)
    longest: float = LONGEST

    def say(self, url: str, text: str) -> None:
        """Send one text; raise DeliveryFailed with a word of FAILURES, for good where trying again cannot help."""
        parts = checked_url(url)
        address = self.address_of(parts.hostname or "", parts.port or 443)
        try:
            status = self.call(address, parts, json.dumps({"text": text}).encode())
        except ssl.SSLCertVerificationError:
            raise failed("certificate") from None
        except OSError:
            raise failed("no-answer") from None
        if (word := word_for(status)) is not None:
            raise failed(word)

    def address_of(self, host: str, port: int) -> tuple[str, int]:
        """Look a name up and return the address to call; refuse when any of its addresses may not be called."""
        try:
            found = {str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        except (OSError, UnicodeError):
            raise failed("no-name") from None
        # An IPv6 address may carry the name of an interface, which no public one has.
        if any("%" in each or not self.allows(ip_address(each)) for each in found):
            raise failed("private")
        return sorted(found, key=lambda each: (":" in each, each))[0], port

    def call(self, address: tuple[str, int], parts: SplitResult, body: bytes) -> int:
        """Post the body and return the status that was answered, 0 for what is no HTTP; OSError when it breaks."""
        line = socket.create_connection(address, timeout=self.longest)
        with closing(line):
            safe = self.trusts().wrap_socket(
                line, server_hostname=parts.hostname, do_handshake_on_connect=False
            )
        with safe:
            over = threading.Timer(self.longest, hang_up, (safe,))
            over.daemon = True
            over.start()
            try:
                safe.do_handshake()
                safe.sendall(head_of(parts, len(body)) + body)
                return status_of(safe)
            finally:
                over.cancel()


def checked_url(url: str) -> SplitResult:
    """Return the parts of an address that can be called; raise Refusal naming `url`."""
    wrong = Refusal(N_("Write the whole address, beginning with https://."), field="url")
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise wrong
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or parts.port == 0:
        raise wrong
    return parts


def head_of(parts: SplitResult, length: int) -> bytes:
    """Return the head of the request."""
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = (
        f"POST {path} HTTP/1.1",
        f"Host: {parts.netloc}",
        "User-Agent: Nachklang",
        "Content-Type: application/json",
        f"Content-Length: {length}",
        "Accept: */*",
        "Connection: close",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def status_of(line: socket.socket) -> int:
    """Read the status of the answer; the rest of it is of no use and is not read."""
    heard = b""
    while len(heard) < ENOUGH:
        more = line.recv(ENOUGH - len(heard))
        if not more:
            raise ConnectionError
        heard += more
    protocol, _, status = heard.partition(b" ")
    return int(status) if protocol in (b"HTTP/1.1", b"HTTP/1.0") and status.isdigit() else 0


def word_for(status: int) -> str | None:
    """Return why an answer of this status is a failure; None when it is none."""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return None
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return "redirect"
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return "unknown"
    if status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS):
        return "too-often"
    return "broken" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "refused"


def failed(word: str) -> DeliveryFailed:
    """Return the failure for a word of FAILURES."""
    return DeliveryFailed(word, permanent=word not in PASSING)


def hang_up(line: ssl.SSLSocket) -> None:
    """Break the line below TLS, so that whoever waits for the other side is told."""
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)

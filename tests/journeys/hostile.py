"""A mail server on loopback that behaves as badly as mail servers do, and remembers what it took."""

import random
import socketserver
import ssl
import threading
import time
import zlib
from collections import Counter, defaultdict
from contextlib import suppress
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from socket import SHUT_RDWR
from typing import NamedTuple

# A certificate that nobody trusts, with its key: made for this test, good for nothing else, valid until 2126.
STRANGER = Path(__file__).with_name("stranger.pem")

# How it greets, how often in a pack of cards.
AT_THE_DOOR = {
    "friendly": 20,  # Few enough that a pack is dealt through, though one call now serves for many mails.
    "busy": 1,
    "silent": 1,
    "stranger's TLS": 1,
    "no TLS at all": 1,
    "no mail server": 1,
}
# What becomes of a message.
WITH_A_MAIL = {
    "taken": 10,
    "taken slowly": 2,
    "taken and gone": 2,
    "later at the address": 1,
    "later at the data": 1,
    "later after the dot": 2,
    "never at the address": 1,
    "never after the dot": 1,
    "cut before the dot": 2,
    "cut after the dot": 2,
    "nonsense after the dot": 1,
}
REFUSALS = {
    "later at the address": "451 4.7.1 come again",
    "never at the address": "550 5.1.1 nobody here",
    "later at the data": "452 4.3.1 no room now",
    "later after the dot": "451 4.3.0 try again",
    "never after the dot": "554 5.7.1 not that",
}


class Taken(NamedTuple):
    """A message that the server has taken: it saw the final dot and did not say no."""

    address: str
    message_id: str


class Pack:
    """Moods dealt from a shuffled pack, so that each has its turn; the pack hangs on the seed alone."""

    def __init__(self, moods: dict[str, int], seed: int):
        self.moods = [mood for mood, often in moods.items() for _ in range(often)]
        self.random = random.Random(seed)
        self.cards: list[str] = []
        self.lock = threading.Lock()

    def deal(self) -> str:
        with self.lock:
            if not self.cards:
                self.cards = self.random.sample(self.moods, len(self.moods))
            return self.cards.pop()


class Conversation(socketserver.StreamRequestHandler):
    """One client's conversation."""

    server: "HostileServer"
    timeout = 60

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        self.door = self.server.at_the_door.deal()
        # A client that was killed hangs up anywhere.
        with suppress(OSError, ssl.SSLError):
            self.converse()

    def finish(self) -> None:
        with suppress(OSError, ValueError):
            self.connection.shutdown(SHUT_RDWR)
            super().finish()

    def converse(self) -> None:
        """Greet, and follow the client until somebody has had enough."""
        self.server.note(self.door)
        if self.door == "silent":
            return
        if self.door == "no mail server":
            return self.say("HTTP/1.1 400 Bad Request")
        if self.door == "busy":
            return self.say("421 4.3.2 too many of you")
        self.say("220 mx.test")
        while line := self.rfile.readline(1000):
            if not self.answer(line.decode("latin-1").strip()):
                return

    def answer(self, line: str) -> bool:
        """Answer one command; return whether the conversation goes on."""
        verb = line.partition(" ")[0].upper()
        if verb == "EHLO" and "TLS" in self.door:
            self.say("250-mx.test\r\n250 STARTTLS")
        elif verb in ("EHLO", "HELO", "RSET", "NOOP", "MAIL"):
            self.say("250 mx.test")
        elif verb == "STARTTLS":
            self.say("220 go ahead")
            self.start_tls()
            return False
        elif verb == "RCPT":
            self.address = line[line.index("<") + 1 : line.index(">")]
            self.mood = self.server.mood_towards(self.address)
            self.say(REFUSALS[self.mood] if "at the address" in self.mood else "250 go on")
        elif verb == "DATA":
            return self.take()
        elif verb == "QUIT":
            self.say("221 bye")
            return False
        else:
            self.say("502 what?")
        return True

    def start_tls(self) -> None:
        """Show a certificate that nobody trusts, or speak on as if nothing had been agreed."""
        if self.door == "no TLS at all":
            return self.say("250 what was that?")
        strange = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        strange.load_cert_chain(STRANGER)
        strange.wrap_socket(self.request, server_side=True)

    def take(self) -> bool:
        """Read a message and do with it what the mood says; return whether the conversation goes on."""
        if self.mood == "later at the data":
            self.say(REFUSALS[self.mood])
            return True
        self.say("354 end with a dot")
        if self.mood == "cut before the dot":
            self.rfile.readline()
            return False
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False  # The client died on the way.
            lines.append(line)
        message_id = message_from_bytes(b"".join(lines), policy=default)["Message-ID"]
        self.server.offered[self.address].add(message_id)
        if self.mood in REFUSALS:
            self.say(REFUSALS[self.mood])
            return True
        self.server.taken.append(Taken(self.address, message_id))
        return self.acknowledge()

    def acknowledge(self) -> bool:
        """Say that the message was taken, more or less; return whether the conversation goes on."""
        if self.mood == "cut after the dot":
            return False
        if self.mood == "nonsense after the dot":
            self.say("<html>Bad Gateway</html>")
            return False
        if self.mood == "taken slowly":
            for letter in "250-one\r\n250":
                self.wfile.write(letter.encode())
                time.sleep(0.05)
        self.say("250 kept")
        return self.mood != "taken and gone"


class HostileServer(socketserver.ThreadingTCPServer):
    """Takes mail as its moods are; `taken` is what it must answer for.

    A fourth of all addresses is greylisted: their first try is told to come again.
    """

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, seed: int):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.at_the_door = Pack(AT_THE_DOOR, seed)
        self.with_a_mail = Pack(WITH_A_MAIL, seed + 1)
        self.taken: list[Taken] = []
        self.offered: dict[str, set[str]] = defaultdict(set)  # message ids by address
        self.seen: Counter[str] = Counter()
        self.known: set[str] = set()

    def __enter__(self) -> "HostileServer":
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def note(self, mood: str) -> None:
        self.seen[mood] += 1

    def mood_towards(self, address: str) -> str:
        """Return what becomes of a message to the address this time."""
        is_new = address not in self.known
        self.known.add(address)
        if is_new and zlib.crc32(address.encode()) % 4 == 0:
            self.note("greylisted")
            return "later at the address"
        mood = self.with_a_mail.deal()
        self.note(mood)
        return mood

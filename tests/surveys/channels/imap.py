"""A small server that speaks as much IMAP as is needed (RFC 3501), on a real socket."""

import re
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Conversation(socketserver.StreamRequestHandler):
    """Answers one client; the server notes what it was asked."""

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def handle(self) -> None:
        self.say(b"* OK ready")
        while line := self.rfile.readline():
            tag, _, command = line.strip().partition(b" ")
            self.server.asked.append(command)
            word = command.split()[0].upper()
            if word == b"LOGIN" and b"wrong" in command:
                self.say(tag + b" NO not you")
                continue
            if word == b"CAPABILITY":
                self.say(b"* CAPABILITY IMAP4rev1")
            elif word == b"EXAMINE":
                self.say(b"* 2 EXISTS\r\n* OK [UIDVALIDITY 41] numbered")
            elif word == b"UID":
                self.uid(command)
            elif word == b"LOGOUT":
                self.say(b"* BYE")
            self.say(tag + b" OK done")
            if word == b"LOGOUT":
                return

    def uid(self, command: bytes) -> None:
        if command.startswith(b"UID SEARCH"):
            start = re.search(rb"UID (\d+):\*", command)
            low = int(start[1]) if start else 0
            # As real servers do: n:* always finds the last one.
            uids = [uid for uid in self.server.mails if uid >= low] or [max(self.server.mails)]
            self.say(b"* SEARCH " + b" ".join(str(uid).encode() for uid in uids))
        else:
            uid = int(command.split()[2])
            while getattr(self.server, "drips", False):
                self.wfile.write(b"* 1 ")
                time.sleep(0.1)
            body = self.server.mails[uid]
            self.say(b"* 1 FETCH (UID %d BODY[]<0> {%d}\r\n%s)" % (uid, len(body), body))


@contextmanager
def imap_server(mails: dict[int, bytes]) -> Iterator[socketserver.ThreadingTCPServer]:
    """Serve these mails by their numbers; `asked` of the server are the commands it was given."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as running:
        running.daemon_threads = True
        running.asked, running.mails = [], mails
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running
        running.shutdown()

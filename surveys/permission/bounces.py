"""What a mail that came back says about its address, and when that is enough not to write again.

Codes are those of RFC 3463. A mailbox that does not exist stops mail at once; every other lasting
failure after three, because many of them speak of us (a filter, a full mailbox) and not of the
address; passing failures never.
"""

import re
from collections.abc import Mapping

HARD, OTHER, SOFT, COMPLAINT = "hard", "other", "soft", "complaint"
NO_SUCH_MAILBOX = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
ENOUGH_OTHERS = 3
ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
REPLY_CODE = re.compile(r"(?<![\d.])([245])(\d)\d(?![\d.])")
MAILBOX_GONE = re.compile(
    r"user unknown|unknown user|no such (user|mailbox|recipient|address)|(user|mailbox|recipient|address|account)"
    r" (\S+ )?(does not exist|doesn't exist|not found|not known|unknown|is disabled)|recipientnotfound"
    r"|unknown (recipient|mailbox|local.part|address)|invalid (recipient|mailbox|address)|no mailbox here"
    r"|not listed in|does(n't| not) have an? .{0,40}account|unrouteable address|unbekannter (nutzer|empf)"
    r"|empf.nger (ist )?unbekannt|adresse existiert nicht|mailbox unavailable|not a valid mailbox",
    re.IGNORECASE,
)
MAILBOX_FULL = re.compile(
    r"over ?quota|quota exceeded|(mailbox|inbox|postfach) (\S+ )?(is )?(full|voll)|insufficient (system )?storage"
    r"|exceeded storage",
    re.IGNORECASE,
)


def code_in(status: str | None, said: str) -> str | None:
    """Return the most exact code of RFC 3463: of the status field, else of what the server said.

    A status that says no more than its class (5.0.0) gives way to a better one in the words. A
    plain reply code (550) becomes its class with zeros; None when there is neither.
    """
    own = ENHANCED.search(status or "")
    in_words = [m for m in ENHANCED.finditer(said) if own is None or m[1] == own[1]]
    if own is not None and (own[2], own[3]) != ("0", "0"):
        return own[0]
    exact = next((m[0] for m in in_words if (m[2], m[3]) != ("0", "0")), None)
    if exact is not None:
        return exact
    if own is not None:
        return own[0]
    plain = REPLY_CODE.search(said)
    return f"{plain[1]}.0.0" if plain else (in_words[0][0] if in_words else None)


def kind_of(code: str | None, said: str) -> str:
    """Return what came back: hard (no such mailbox), other (lasting), soft (passing).

    Words decide where the code says only that it failed for good. Without any code the words do,
    and what they leave open counts as passing.
    """
    if code is not None and code.startswith(("4.", "2.")):
        return SOFT
    if code in NO_SUCH_MAILBOX:
        return HARD
    if MAILBOX_FULL.search(said):
        return OTHER if code else SOFT
    if code is None:
        return HARD if MAILBOX_GONE.search(said) else SOFT
    return HARD if code.endswith(".0.0") and MAILBOX_GONE.search(said) else OTHER


def is_enough(counts: Mapping[str, int]) -> str | None:
    """Return the reason to stop writing (bounce or complaint) after `counts` of each kind, or None."""
    if counts.get(COMPLAINT):
        return "complaint"
    if counts.get(HARD) or counts.get(OTHER, 0) >= ENOUGH_OTHERS:
        return "bounce"
    return None

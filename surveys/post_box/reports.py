"""Read what mail servers report: a mail did not arrive, or its reader complained about it.

Standard reports are RFC 3464 and 6533 (delivery) and RFC 5965 (complaints). Exim, qmail and older
servers write words only; from these the address and the server's answer are taken.
"""

import base64
import binascii
import re
from email.errors import MessageError
from email.message import Message
from typing import NamedTuple

from surveys.post_box.envelopes import addresses_of, header, ids_of, parts, text_of

DELIVERY = ("message/delivery-status", "message/global-delivery-status")
ORIGINALS = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
NO_COMPLAINTS = ("not-spam", "auth-failure", "dmarc")
FROM_A_SERVER = re.compile(r"mailer-daemon|postmaster|mail ?delivery|maildaemon|mdaemon", re.IGNORECASE)
RETURNED = re.compile(
    r"undeliver|returned (mail|to sender)|delivery (status|failure|has failed|notification|report)|failure notice"
    r"|mail (delivery )?(failed|failure|system error)|delivery failed|non.?delivery|unzustellbar|nicht zugestellt"
    r"|could not be delivered|message (not|undelivered)|rejected:|warning: (could not|message)",
    re.IGNORECASE,
)
ORIGINAL_BEGINS = re.compile(
    r"^-{2,}.*(original|copy of|below this line|begin message|returned message|ursprüngliche|this is a copy)"
    r"|^(return-path|received): ",
    re.IGNORECASE | re.MULTILINE,
)
NAMED = re.compile(
    r"^[ \t]*(?:<?(?P<a>[^\s<>:;,()]+@[^\s<>:;,()]+)>?[ \t]*(?::|\(|$)"
    r"|(?:to|recipient|final-recipient|original-recipient|user|an|empfänger)[^\n@]{0,20}[:;][ \t]*<?"
    r"(?P<b>[^\s<>:;,()]+@[^\s<>:;,()]+))",
    re.IGNORECASE | re.MULTILINE,
)
STILL_TRYING = re.compile(
    r"(still|again) (be )?tr(y|ied|ying)|\bdelayed\b|will (retry|be retried)|verzögert", re.I
)


class Recipient(NamedTuple):
    """What became of a mail to one address; `action` is failed, delayed, delivered …, None unsaid."""

    address: str
    action: str | None
    status: str | None
    said: str


class Report(NamedTuple):
    """A report of `kind` bounce, delay, delivered or complaint; `about` are ids of the original mail."""

    kind: str
    recipients: tuple[Recipient, ...]
    about: tuple[str, ...]


def report_in(mail: Message) -> Report | None:
    """Return what the mail reports, None when it is no report."""
    return complaint_in(mail) or delivery_in(mail) or words_in(mail)


def complaint_in(mail: Message) -> Report | None:
    """Return a complaint: a feedback report, or the form that Hotmail's readers send."""
    for part in parts(mail):
        if part.get_content_type() == "message/feedback-report":
            told = first_fields(part)
            if told.get("feedback-type", "abuse").lower() in NO_COMPLAINTS:
                return Report("delivered", (), about(mail))
            named = addresses_of(f"{told.get('original-rcpt-to', '')} {told.get('removal-recipient', '')}")
            return complaint(mail, named or original_recipients(mail))
    hotmail = [header(part, "X-HmXmrOriginalRecipient") for part in parts(mail)]
    named = addresses_of(" ".join(hotmail))
    return complaint(mail, named) if named else None


def complaint(mail: Message, addresses: list[str]) -> Report:
    """Return the report of a complaint by these addresses."""
    return Report("complaint", tuple(Recipient(a, None, None, "") for a in addresses), about(mail))


def delivery_in(mail: Message) -> Report | None:
    """Return what a delivery status says of each recipient, None without one."""
    found: list[Recipient] = []
    for part in parts(mail):
        if part.get_content_type() in DELIVERY:
            found += [fate for block in blocks_of(part) if (fate := fate_in(block)) is not None]
    if not found:
        return None
    return Report(kind_of(found), tuple(found), about(mail))


def fate_in(told: dict[str, str]) -> Recipient | None:
    """Return the fate that one group of fields tells, None for the group about the mail itself."""
    named = addresses_of(told.get("original-recipient", "")) or addresses_of(told.get("final-recipient", ""))
    if not named:
        return None
    action = told.get("action", "").split("(")[0].split(";")[0].strip().lower() or None
    return Recipient(named[0], action, told.get("status"), told.get("diagnostic-code", ""))


def kind_of(recipients: list[Recipient]) -> str:
    """Return the worst that happened to any of them."""
    actions = {each.action or "failed" for each in recipients}
    if "failed" in actions or not actions <= {"delayed", "delivered", "relayed", "expanded"}:
        return "bounce"
    return "delay" if "delayed" in actions else "delivered"


def words_in(mail: Message) -> Report | None:
    """Return what a report in plain words says: the addresses it names before the original begins."""
    failed = addresses_of(header(mail, "X-Failed-Recipients"))
    if not failed and not looks_returned(mail):
        return None
    ours = set(addresses_of(header(mail, "To")))
    said = ORIGINAL_BEGINS.split(words_of(mail), maxsplit=1)[0]
    if not failed:
        groups = [match["a"] or match["b"] for match in NAMED.finditer(said)]
        named = [a for group in groups for a in addresses_of(group)] or addresses_of(said)
        failed = [a for a in dict.fromkeys(named) if a not in ours and not FROM_A_SERVER.search(a)]
    delayed = STILL_TRYING.search(said) is not None
    action = "delayed" if delayed else "failed"
    fates = tuple(Recipient(a, action, None, after(said, a)) for a in failed)
    return Report("delay" if delayed else "bounce", fates, about(mail))


def looks_returned(mail: Message) -> bool:
    """Return whether sender and subject are those of a report in words."""
    is_empty = header(mail, "Return-Path") == "<>"
    by_a_server = is_empty or FROM_A_SERVER.search(header(mail, "From")) is not None
    return by_a_server and RETURNED.search(header(mail, "Subject")) is not None


def words_of(mail: Message) -> str:
    """Return the readable text of the mail itself, without that of attached mails."""
    for part in parts(mail):
        if part.get_content_type() == "text/plain":
            return text_of(part).replace("\r\n", "\n")
        if part.get_content_type() in ORIGINALS:
            break
    return ""


def after(said: str, address: str) -> str:
    """Return what follows the address in the report, on one line of at most 500 characters."""
    place = said.lower().find(address)
    return " ".join(said[max(place, 0) :].split())[:500]


def about(mail: Message) -> tuple[str, ...]:
    """Return the ids of the mail that is reported on: of its copy, then of the thread."""
    found: list[str] = []
    for part in parts(mail):
        if part is not mail and part.get("Message-ID"):
            found += ids_of(header(part, "Message-ID"))
        if part.get_content_type() in ("text/rfc822-headers", "message/global-headers", "text/plain"):
            found += [i for line in re.findall(r"(?im)^message-id:.*", text_of(part)) for i in ids_of(line)]
    found += ids_of(f"{header(mail, 'In-Reply-To')} {header(mail, 'References')}")
    return tuple(dict.fromkeys(found))


def original_recipients(mail: Message) -> list[str]:
    """Return to whom the attached original was addressed."""
    found: list[str] = []
    for part in parts(mail):
        if part.get_content_type() in ("text/rfc822-headers", "message/global-headers"):
            found += addresses_of(fields_of(text_of(part)).get("to", ""))
        elif part is not mail and part.get("To"):
            found += addresses_of(header(part, "To"))
    return list(dict.fromkeys(found))


def first_fields(part: Message) -> dict[str, str]:
    """Return the fields of the part's first group that has any."""
    return next((block for block in blocks_of(part) if block), {})


def blocks_of(part: Message) -> list[dict[str, str]]:
    """Return the groups of fields in a part, also when the part was encoded against the standard."""
    payload = part.get_payload()
    text = "\n\n".join(map(written, payload)) if isinstance(payload, list) else text_of(part)
    if ":" not in text:
        try:
            text = base64.b64decode("".join(text.split()), validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return []
    return [fields_of(block) for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n"))]


def written(part: object) -> str:
    """Return a part as it came; what cannot be written again is empty."""
    try:
        return str(part)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError):
        return ""


def fields_of(block: str) -> dict[str, str]:
    """Return the fields of one group by their names in lower case; folded lines are put together.

    A field that comes twice keeps both values, with a space between.
    """
    found: dict[str, str] = {}
    for line in re.sub(r"\n[ \t]+", " ", block.replace("\r\n", "\n")).split("\n"):
        name, colon, value = line.partition(":")
        if colon and name.strip():
            key = name.strip().lower()
            found[key] = f"{found[key]} {value.strip()}" if key in found else value.strip()
    return found

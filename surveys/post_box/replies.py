"""What somebody wrote back: a person or a machine, the new words without the quoted ones, the wish to stop."""

import re
from email.message import Message
from html import unescape

from surveys.post_box.envelopes import header, parts, sender_of, text_of

LONGEST_REPLY = 10_000
LONGEST_QUOTED = 20_000
# Where a phrase is over: nothing follows, or a day, or the subject of the mail that is answered.
ENDS = r":?\s*$|:\s*(re|aw|wg|fwd?)\s*:"
DAY = r"\S*\d\S*|(mon|tues|wednes|thurs|fri|satur|sun)day|(mon|diens|donners|frei|sams|sonn)tag|mittwoch"
UNTIL = rf":?\s+(bis|vom|ab|seit|until|till?|from)\s+(einschließlich |zum |the )?({DAY})\b"
# Whole phrases alone: "vacation ruined" and "I am out of patience" are written by people, and nobody would see them.
AUTOMATIC_SUBJECT = re.compile(
    r"^\s*(auto(matic|matische|mated)?[ -:]*(reply|response|antwort)\b|automatisch antwoord|out of (the )?office"
    rf"|abwesenheit(s|{ENDS})|abwesend({ENDS}|{UNTIL})|(ich bin )?nicht im büro({ENDS}|{UNTIL})"
    rf"|urlaub(s?(abwesenheit|notiz|meldung|vertretung)|{ENDS}|{UNTIL})"
    rf"|(vacation|holiday)({ENDS}|\s+(reply|response|notice|message)\b|{UNTIL})"
    rf"|ich bin (derzeit|zurzeit|bis \S*\d\S*) (nicht (im (haus|büro)|am|da\b|erreichbar)|abwesend|im urlaub)"
    rf"|i am (currently )?(out of (the )?office|away({ENDS}|{UNTIL}))"
    rf"|(i am )?on (annual |maternity |parental )?leave({ENDS}|{UNTIL})"
    rf"|réponse automatique|absence({ENDS}|\s+(du|prolongée|temporaire)\b)|risposta automatica|respuesta automática)",
    re.IGNORECASE,
)
MACHINE = re.compile(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)[@+.-]", re.IGNORECASE)
STOP = re.compile(
    r"^\s*((re|aw|fwd?|wg)\s*:\s*)*(unsubscribe|abmelden|abmeldung|abbestellen|austragen|stop|stopp)\s*[.!]*\s*$",
    re.IGNORECASE,
)
QUOTE_BEGINS = re.compile(
    r"^\s*("
    r">|-{2,}\s*(original message|ursprüngliche nachricht|original-nachricht|forwarded message|weitergeleitete)"
    r"|_{10,}\s*$|-- $"
    r"|(on|am|le|el|il|op)\b.{0,200}\b(wrote|schrieb|a écrit|escribió|ha scritto|schreef)\b.*:\s*$"
    r"|(from|von|de|da)\s*:\s.*@"
    r")",
    re.IGNORECASE,
)
BLOCKS = frozenset({"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
# What is not shown, up to where it ends.
HIDDEN = {
    name: re.compile(rf"</{name}\b[^<>]*>", re.IGNORECASE) for name in ("style", "script", "head", "title")
}
NAME = re.compile(r"(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def is_automatic(mail: Message) -> bool:
    """Return whether a machine wrote the mail (RFC 3834, and the marks that came before it)."""
    submitted = header(mail, "Auto-Submitted").split(";")[0].strip().lower()
    if submitted not in ("", "no"):
        return True
    if header(mail, "Precedence").lower() in ("bulk", "junk", "list", "auto_reply"):
        return True
    marks = (
        "X-Autoreply",
        "X-Autorespond",
        "X-Autoresponder",
        "X-Auto-Reply-From",
        "X-AutoReply-From",
        "List-Id",
    )
    if any(mail.get(mark) for mark in marks):
        return True
    if header(mail, "Return-Path") == "<>" or mail.get("X-MS-Exchange-Inbox-Rules-Loop"):
        return True
    return bool(MACHINE.search(sender_of(mail)) or AUTOMATIC_SUBJECT.search(header(mail, "Subject")))


def wants_to_stop(mail: Message) -> bool:
    """Return whether the subject alone says to stop, as the mailto of our own mails does."""
    return STOP.match(header(mail, "Subject")) is not None


def said_in(mail: Message) -> str:
    """Return the new words of a reply, at most 10,000 characters; empty when there are none."""
    return without_quotes(words_of(mail))[:LONGEST_REPLY].strip()


def quoted_in(mail: Message) -> str:
    """Return what stands below the new words, or around them, at most 20,000 characters; empty when it is nothing."""
    text = words_of(mail).strip()
    new = without_quotes(text)
    rest = text[len(new) :] if text.startswith(new) else text
    return rest[:LONGEST_QUOTED].strip()


def words_of(mail: Message) -> str:
    """Return the text of the mail: the plain part, else the HTML one without its marks."""
    found: dict[str, str] = {}
    for part in parts(mail):
        kind = part.get_content_type()
        if kind.startswith("message/"):
            break
        if kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
            found.setdefault(kind, text_of(part))
    text = found.get("text/plain", "")
    if not text.strip() and "text/html" in found:
        text = plain(found["text/html"])
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def plain(html: str) -> str:
    """Return HTML as text with its line breaks; what it quotes or hides is left out.

    One pass without looking back, because patterns over all of it take minutes for what is built to be slow.
    """
    found: list[str] = []
    quoted, place = 0, 0
    while (start := html.find("<", place)) >= 0:
        if not quoted:
            found.append(html[place:start])
        if html.startswith("<!--", start):
            end = html.find("-->", start)
            place = end + 3 if end >= 0 else len(html)
            continue
        end = html.find(">", start)
        if end < 0:
            place = start
            break
        place = end + 1
        tag = NAME.match(html, start + 1)
        name = tag[2].lower() if tag else ""
        if tag is not None and (name == "br" or (tag[1] and name in BLOCKS)) and not quoted:
            found.append("\n")
        if name == "blockquote" and tag is not None:
            quoted = max(0, quoted - 1) if tag[1] else quoted + 1
        elif name in HIDDEN and tag is not None and not tag[1]:
            closing = HIDDEN[name].search(html, place)
            place = closing.end() if closing else len(html)
    if not quoted:
        found.append(html[place:])
    return unescape("".join(found))


def without_quotes(text: str) -> str:
    """Return the lines above the first quotation or signature.

    A mail that is written under what it quotes keeps the lines that are not quoted.
    """
    lines = text.split("\n")
    cut = next((number for number, line in enumerate(lines) if begins_quote(lines, number)), len(lines))
    above = "\n".join(lines[:cut]).strip()
    if above:
        return above
    return "\n".join(
        line
        for number, line in enumerate(lines)
        if not line.lstrip().startswith(">") and not begins_quote(lines, number)
    ).strip()


def begins_quote(lines: list[str], number: int) -> bool:
    """Return whether a quotation begins here; its heading may run over two lines."""
    line = lines[number]
    if QUOTE_BEGINS.match(line):
        return True
    following = lines[number + 1] if number + 1 < len(lines) else ""
    return bool(re.match(r"\s*(on|am)\b", line, re.IGNORECASE)) and bool(
        QUOTE_BEGINS.match(f"{line.rstrip()} {following}") and not following.lstrip().startswith(">")
    )

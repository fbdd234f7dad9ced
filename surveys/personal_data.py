"""Personal data in what somebody wrote: where it stands, and how it is covered.

Found are mail addresses, phone numbers, IBANs (by their checksum), card numbers (by theirs), streets with a number and
postcodes with a town, and names after a salutation or in a signature, in German and English writing. Order numbers,
prices, dates and "10/10" are left alone. Nothing finds every name; what is found is what forms and habits give away.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

# Goes with this file: what was kept covered by an older one is covered anew.
REVISION = sha256(Path(__file__).read_bytes()).hexdigest()[:6]
FOUND = "\ufffc"
KINDS = ("email", "iban", "card", "phone", "address", "name")  # where two overlap, the earlier counts


class Personal(NamedTuple):
    """A piece of personal data: `text[start:end]`."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Masked:
    """A text with its personal data covered; `covers` are the pieces of the raw text with where their words stand."""

    text: str
    covers: tuple[tuple[Personal, int, int], ...]

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where the span of the raw text stands in the masked one; None if nothing of it may be seen.

        A span that is covered in part takes in the whole word that covers it, so that its ends tell nothing.
        """
        first, last = self._moved(start, at_end=False), self._moved(end, at_end=True)
        hidden = any(piece.start <= start and end <= piece.end for piece, _, _ in self.covers)
        return None if hidden or first >= last else (first, last)

    def _moved(self, position: int, *, at_end: bool) -> int:
        """Return where a position lands; within something covered it is the beginning or end of the word over it."""
        begins = [piece.start for piece, _, _ in self.covers]
        before = bisect_right(begins, position - at_end) - 1
        if before < 0:
            return position
        piece, first, last = self.covers[before]
        if position < piece.end or (at_end and position == piece.end):
            return last if at_end else first
        return position - piece.end + last


def masked(text: str, words: Mapping[str, str]) -> Masked:
    """Return `text` with each piece of personal data replaced by the word for its kind, such as "[phone number]"."""
    parts: list[str] = []
    covers = []
    at = length = 0
    for piece in personal_data(text):
        word = words[piece.kind]
        parts += [text[at : piece.start], word]
        length += piece.start - at
        covers.append((piece, length, length + len(word)))
        length += len(word)
        at = piece.end
    return Masked("".join([*parts, text[at:]]), tuple(covers))


def personal_data(text: str) -> list[Personal]:
    """Return the personal data in `text`, in order and without overlaps."""
    taken: list[Personal] = []
    rest = list(text)
    for kind, find in FINDERS.items():
        # What is found already is neither digit nor letter for who looks next: a number beside it is one of its own.
        for start, end in find("".join(rest)):
            if FOUND not in rest[start:end]:
                rest[start:end] = FOUND * (end - start)
                taken.append(Personal(start, end, kind))
    return sorted(taken)


EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\s?[(\[](?:at|ät)[)\]]\s?)[\w-]{1,63}(?:(?:\.|\s?[(\[](?:dot|punkt)[)\]]\s?)[\w-]{2,63}){1,4}",
    re.IGNORECASE,
)


def emails(text: str) -> Iterator[tuple[int, int]]:
    """Yield mail addresses, also those written with (at)."""
    yield from (match.span() for match in EMAIL.finditer(text))


IBAN_LENGTHS = {
    **dict.fromkeys(("BE",), 16),
    **dict.fromkeys(("NO",), 15),
    **dict.fromkeys(("DK", "FI", "NL"), 18),
    **dict.fromkeys(("SI",), 19),
    **dict.fromkeys(("AT", "EE", "LT", "LU"), 20),
    **dict.fromkeys(("CH", "HR", "LI", "LV"), 21),
    **dict.fromkeys(("BG", "DE", "GB", "IE"), 22),
    **dict.fromkeys(("CZ", "ES", "RO", "SE", "SK"), 24),
    "PT": 25,
    **dict.fromkeys(("IS", "TR"), 26),
    **dict.fromkeys(("FR", "GR", "IT", "MC", "SM"), 27),
    **dict.fromkeys(("CY", "HU", "PL"), 28),
    "MT": 31,
}
IBAN = re.compile(r"(?<!\w)([A-Za-z]{2})\d{2}(?:[ -]?[A-Za-z0-9]){11,27}")


def ibans(text: str) -> Iterator[tuple[int, int]]:
    """Yield account numbers whose length and checksum are right, however they are spaced."""
    for match in IBAN.finditer(text):
        length = IBAN_LENGTHS.get(match[1].upper())
        places = [at for at in range(match.start(), match.end()) if text[at].isalnum()]
        if length is None or len(places) < length:
            continue
        number = "".join(text[at] for at in places[:length]).upper()
        turned = number[4:] + number[:4]
        if int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1:
            yield match.start(), places[length - 1] + 1


CARD = re.compile(r"(?<![\w#])[2-6]\d{3}(?:[ -]?\d){9,15}(?![\d-])", re.ASCII)


def cards(text: str) -> Iterator[tuple[int, int]]:
    """Yield card numbers of 13 to 19 digits whose checksum is right."""
    for match in CARD.finditer(text):
        digits = [int(sign) for sign in match[0] if sign.isdigit()]
        doubled = [sum(divmod(digit * 2, 10)) for digit in digits[-2::-2]]
        if (sum(doubled) + sum(digits[-1::-2])) % 10 == 0:
            yield match.span()


# What stands before a number that is none of a phone, and what before one that is, whatever it looks like.
OTHER_NUMBER = re.compile(
    r"(?:order|bestell\w*|bestellung|auftrag\w*|rechnung\w*|invoice|ticket|fall|case|kunden\w*|customer|artikel\w*|article|item|sku|ean"
    r"|isbn|sendung\w*|tracking|paket\w*|parcel|serien\w*|serial|vorgang\w*|referenz|ref|reference|modell?|model|typ|type|teil\w*|part"
    r"|version|gutschein\w*|voucher|code|charge|batch|lot)"
    r"(?:[ -]?(?:nr|no|num|number|nummer|id|code))?[.:#]?\s*(?:is|ist|war|was)?\s*[#:]?\s*\Z",
    re.IGNORECASE,
)
CALLED = re.compile(
    r"(?:\btel|telefon\w*|phone|handy\w*|mobil\w*|cell|fon|whatsapp|fax|call me|ring me|text me|ruft? mich"
    r"|rufen sie mich|anrufen|erreichbar"
    r"|erreichen|reach me)[^\d\n]{0,20}\Z",
    re.IGNORECASE,
)
PHONE = re.compile(
    r"(?<![\w#.,/€$£-])(?:\+|\()?\d(?:(?: ?[()/.–-]{1,2} ?| )?\d){4,16}(?![\w€%]|[.,]\d|\s?(?:€|euro\b|eur\b))"
)
DATE = re.compile(
    r"(?:\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}[:.]\d{2}\s?[–-]\s?\d{1,2}[:.]\d{2})"
)
AMERICAN = re.compile(r"(?:\+?1[ .-])?\(?[2-9]\d{2}\)?[ .-]\s?\d{3}[ .-]\d{4}\Z")
CONTEXT = 40


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Yield phone numbers: with +49 or 0049, with a leading 0, in American groups, or after a word that says so."""
    at = 0
    while match := PHONE.search(text, at):
        at = match.end()
        before = text[max(0, match.start() - CONTEXT) : match.start()]
        if OTHER_NUMBER.search(before):
            continue
        number = match[0]
        # Two numbers beside each other are found as one too long to be any.
        while not _is_phone(number, before) and " " in number:
            number = number.rpartition(" ")[0]
        if _is_phone(number, before):
            at = match.start() + len(number)
            yield match.start() + (number.startswith("(") and ")" not in number), at


def _is_phone(number: str, before: str) -> bool:
    """Tell whether somebody can be called by a number that stands after some words."""
    digits = sum(sign.isdigit() for sign in number)
    if DATE.match(number):
        return False
    abroad = number.startswith(("+", "00", "(+", "(00")) and 8 <= digits <= 15
    at_home = bool(re.match(r"\(?0[1-9]", number)) and 8 <= digits <= 12
    called = 5 <= digits <= 15 and bool(CALLED.search(before))
    return abroad or at_home or bool(AMERICAN.match(number)) or called


CAPITAL = r"[A-ZÄÖÜ][\wäöüßéèáà'’-]{0,24}"
NO_AMOUNT = (
    r"(?!\d|[.,:]\d|\s?(?:min|minuten?|std|stunden?|km|m|cm|mm|uhr|euro|eur|mal|x|tage?n?|wochen?|monate?n?|jahre?n?|prozent|sterne?n?|stück"
    r"|von|im|in|auf|unter|punkte?)\b|\s?[€%])"
)
NO_STREET = (
    "arbeits|park|stell|sitz|spiel|steh|lade|lager|schlaf|stamm|markt|schlüssel|ohr|ehe|dichtungs|finger|schul|heim|rück|hin|um|post|versand"
    "|rechts|liefer|fahr|rad|feld|trau|tabellen|wasch|wickel|essens|ess|liege|speicher"
)
GERMAN_STREET = re.compile(
    rf"(?<!\w)(?:(?!(?i:{NO_STREET})(?:platz|ring|weg)\b)(?i:(?=[a-zäöü-]{{3,40}}(?:straße|strasse|str\b|weg|gasse|allee|platz|ring|damm|ufer|chaussee|steig)))"
    r"[A-ZÄÖÜ][\wäöüß-]{1,40}|(?:[A-ZÄÖÜ][\wäöüß-]{1,24} ){1,2}"
    r"(?:Straße|Strasse|Str|Weg|Gasse|Allee|Platz|Ring|Damm|Ufer)"
    r"|(?:Am|An der|An den|Auf dem|Auf der|Im|In der|Zum|Zur|Unter den)"
    r" [A-ZÄÖÜ][\wäöüß-]{2,24}(?: [A-ZÄÖÜ][\wäöüß-]{2,24})?"
    rf"(?=\s\d{{1,4}}\s?[a-z]?,?\s+\d{{4,5}}\s))\.?\s?\d{{1,4}}(?:\s?[a-z]\b)?{NO_AMOUNT}"
    rf"(?:,?\s+(?:D-|A-|CH-)?\d{{4,5}}\s+{CAPITAL})?"
)
GERMAN_TOWN = re.compile(
    r"(?:(?<=\bin )|(?<=\baus )|(?<=\bnach )|(?<=, )|(?<=\n)|(?<=PLZ )|\A|(?<=Adresse )|(?<=Adresse: ))"
    rf"(?:D-)?(?!\d\d000)\d{{5}} "
    r"(?!Stück|Teile|Schritt|Umdreh|Mal\b|Euro|Watt|Lumen|Kilom|Meter"
    r"|Liter|Stunden|Seiten|Punkte|Menschen|Kunden|Leute)"
    rf"[A-ZÄÖÜ][a-zäöüß]{{2,24}}(?:(?:-| (?:am|an der|im|ob der|bei) ){CAPITAL})?"
)
ROADS = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Way|Place|Terrace|Crescent|Gardens|Square|Boulevard|Blvd|Grove|Mews|Row"
    "|Hill|Park|Highway|Hwy|Parkway"
)
ENGLISH_STREET = re.compile(
    rf"(?<![\w.,/])\d{{1,5}}[a-zA-Z]? (?:[A-Z][a-z'’]{{1,20}} ){{1,3}}(?:{ROADS})\b(?! (?:of|for)\b)"
)
BRITISH_POSTCODE = re.compile(r"(?<![\w-])[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}(?![\w-])")
STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT"
    "|VT|VA|WA|WV|WI|WY|DC"
)
AMERICAN_TOWN = re.compile(rf"(?:[A-Z][a-z]{{1,20}} ?){{1,3}},? (?:{STATES}) \d{{5}}(?:-\d{{4}})?(?!\d)")


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield streets with a number, and postcodes with a town."""
    for pattern in (GERMAN_STREET, GERMAN_TOWN, ENGLISH_STREET, BRITISH_POSTCODE, AMERICAN_TOWN):
        yield from (match.span() for match in pattern.finditer(text))


NO_NAMES = """
    team all everyone again guys folks shop service kundenservice kundendienst support danke bitte sie ihr ihre euer eure
    dein deine das der die und aus an von für mit so was wie ich wir es ein eine the and from to for a an in i my your you
    we thanks oetker martens pepper best muscle kipling beckmann brown hauschka scholl right doktor professor präsident
"""
NO_NAME = frozenset(NO_NAMES.split())
# "My wife" is no salutation.
SALUTED = re.compile(
    r"(?<!\w)(?P<owner>(?i:meine?r?|deine?r?|seine?r?|ihrer?|unsere?r?|eine?r?|jeder?|keine?r?|gute|junge|alte|nette)\s+)?"
    r"(?:Herrn?|Frau|Hr\.|Fr\.|Fräulein|Familie|Fam\.|Mr|Mrs|Ms|Miss|Mister|Dr|Prof)\b\.?\s(?:Dr\.\s?|Prof\.\s?){0,2}"
    rf"(?P<name>{CAPITAL}(?: (?:von |van |de )?{CAPITAL})?)"
)
CLOSING = re.compile(
    r"(?<!\w)(?:(?:mit\s)?(?:freundlich\w*|besten?|viele\w*|liebe\w*|herzlich\w*|schöne\w*|sonnige\w*)\s(?:grüße\w*|gruß|grüsse\w*|gruss|gruesse\w*)|grüße"
    r"|gruß|mfg|lg|vlg|vg|hochachtungsvoll|(?:best|kind|warm)?\s?regards|best\swishes|(?:yours\s)?(?:sincerely|faithfully|truly)"
    r"|(?P<light>thanks|many thanks|thank you|cheers|best|love|danke|vielen dank|xx))"
    r"(?P<gap>[,.!]?\s{1,4}(?:(?:ihre?|euer|eure|your)\s)?)"
    r"(?P<name>[^\W\d_][\wäöüß'’.-]{1,24}(?: [^\W\d_][\wäöüß'’.-]{0,24}){0,2})[.!]?[ \t]*(?=\n|\Z)",
    re.IGNORECASE,
)
INTRODUCED = re.compile(
    rf"(?<!\w)(?:[Mm]y name is|[Mm]ein Name ist|[Ii]ch hei(?:ß|ss)e)\s(?P<name>{CAPITAL}(?: {CAPITAL})?)"
)


def names(text: str) -> Iterator[tuple[int, int]]:
    """Yield names after a salutation, under a greeting, and where somebody says theirs."""
    for match in SALUTED.finditer(text):
        if not match["owner"]:
            yield from _name(text, *match.span("name"))
    for match in CLOSING.finditer(text):
        first = match["name"].split()[0]
        written_small = not first[0].isupper()
        set_apart = "," in match["gap"] or "\n" in match["gap"]
        if match["light"] and not (set_apart and not written_small):
            continue
        if written_small and not re.match(r"(?i:mfg|l?v?g)\b", match[0]):
            continue
        yield from _name(text, *match.span("name"))
    for match in INTRODUCED.finditer(text):
        yield from _name(text, *match.span("name"))


def _name(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span up to the first word that is no name; nothing if that is the first."""
    stop = start
    for word in re.finditer(r"\S+", text[start:end]):
        if word[0].strip(".,!").lower() in NO_NAME:
            break
        stop = start + word.end()
    if stop > start:
        yield start, stop - (text[stop - 1] in ".!,")


FINDERS = {
    "email": emails,
    "iban": ibans,
    "card": cards,
    "phone": phones,
    "address": addresses,
    "name": names,
}

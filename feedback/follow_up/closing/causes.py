"""Second-level causes: what exactly the shop found. The first level is fixed, so that shops stay comparable.

A key is the first-level cause, a dot and a name: `carrier.late`. The starting set is ours; a shop adds its own
words, puts its own in the place of ours, and retires what it does not want to be offered.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from feedback.follow_up.codes import CAUSES
from surveys.code_book.themes import Label
from surveys.errors import N_, Refusal

STARTERS: dict[str, Label] = {
    "supplier.defective": Label("Faulty batch", "Fehlerhafte Charge"),
    "supplier.material": Label("Poor material", "Schlechtes Material"),
    "supplier.late": Label("Delivered late to us", "Zu spät an uns geliefert"),
    "supplier.out_of_stock": Label("Cannot be had", "Nicht lieferbar"),
    "warehouse.wrong_item": Label("Wrong item packed", "Falscher Artikel gepackt"),
    "warehouse.incomplete": Label("Something left out", "Etwas nicht mitgepackt"),
    "warehouse.packing": Label("Badly packed", "Schlecht verpackt"),
    "warehouse.late": Label("Handed over late", "Zu spät übergeben"),
    "carrier.late": Label("Late on the way", "Unterwegs verspätet"),
    "carrier.damaged": Label("Damaged on the way", "Unterwegs beschädigt"),
    "carrier.lost": Label("Lost on the way", "Unterwegs verloren"),
    "carrier.left_elsewhere": Label("Left in the wrong place", "Am falschen Ort abgegeben"),
    "carrier.behaviour": Label("Behaviour at the door", "Verhalten an der Tür"),
    "carrier.tracking": Label("Tracking wrong or missing", "Sendungsverfolgung falsch oder fehlend"),
    "content.description": Label("Description wrong", "Beschreibung falsch"),
    "content.photo": Label("Photo misleading", "Foto irreführend"),
    "content.size_chart": Label("Sizes or fit not explained", "Größe oder Passform nicht erklärt"),
    "content.instructions": Label("Instructions missing", "Anleitung fehlt"),
    "pricing.price": Label("Price changed or wrong", "Preis geändert oder falsch"),
    "pricing.shipping": Label("Shipping costs", "Versandkosten"),
    "pricing.voucher": Label("Voucher did not work", "Gutschein ging nicht"),
    "it.checkout": Label("Fault at the checkout", "Fehler an der Kasse"),
    "it.account": Label("Fault with the account", "Fehler beim Konto"),
    "it.payment": Label("Fault in payment", "Fehler bei der Zahlung"),
    "it.messages": Label("Message not sent or wrong", "Nachricht nicht gesendet oder falsch"),
    "service_process.slow": Label("Answered too late", "Zu spät geantwortet"),
    "service_process.tone": Label("Wrong tone", "Falscher Ton"),
    "service_process.promise": Label("Promise not kept", "Zusage nicht gehalten"),
    "service_process.refund": Label("Refund took too long", "Erstattung dauerte zu lange"),
    "policy.returns": Label("Rule for returns", "Regel für Rücksendungen"),
    "policy.warranty": Label("Rule for warranty", "Regel für Gewährleistung"),
    "customer_expectation.use": Label("Used in another way", "Anders benutzt"),
    "external.strike": Label("Strike or weather", "Streik oder Wetter"),
}
LONGEST = 80
MOST = 200
WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Own:
    """A shop's own second-level cause; in the place of ours if it has its key."""

    key: str
    label: Label
    is_retired: bool = False


class NoCause(Refusal):
    """There is no such first-level cause."""

    phrase = N_("Choose one of the causes it belongs to.")


class NoWords(Refusal):
    """A cause needs words."""

    phrase = N_("Give it words of 1 to 80 characters.")


class UnknownDetail(Refusal):
    """There is no such second-level cause, or it belongs to another cause."""

    phrase = N_("“%(detail)s” is no part of this cause. Choose one that the cause offers, or none.")


def first_level(key: str) -> str:
    """Return the first-level cause of a key."""
    return key.partition(".")[0]


def labels(own: Iterable[Own]) -> dict[str, Label]:
    """Return the words of every key there is or was, for showing what tasks carry."""
    return STARTERS | {each.key: each.label for each in own}


def offered(own: Iterable[Own]) -> dict[str, dict[str, Label]]:
    """Return what may be chosen now: for each first-level cause its keys with their words, in the book's order."""
    own = list(own)
    retired = {each.key for each in own if each.is_retired}
    found: dict[str, dict[str, Label]] = {cause: {} for cause in CAUSES}
    for key, words in labels(own).items():
        if key not in retired:
            found[first_level(key)][key] = words
    return found


def check_detail(cause: str | None, key: str | None, own: Iterable[Own]) -> str | None:
    """Return the key if the cause offers it, None for none; refuse with UnknownDetail."""
    if not key:
        return None
    if cause is None or key not in offered(own).get(cause, {}):
        raise UnknownDetail(field="cause_detail", detail=key[:60])
    return key


def key_for(cause: str, words: str, taken: Mapping[str, object]) -> str:
    """Return a key for new words under a cause, unlike those taken; refuse with NoCause."""
    if cause not in CAUSES:
        raise NoCause(field="cause")
    name = "_".join(WORD.findall(words.lower()))[:30] or "own"
    key, number = f"{cause}.{name}", 2
    while key in taken:
        key, number = f"{cause}.{name}_{number}", number + 1
    return key


def checked_words(text: str | None, field: str) -> str:
    """Return words on one line; refuse with NoWords."""
    words = " ".join((text or "").split())
    if not 1 <= len(words) <= LONGEST:
        raise NoWords(field=field)
    return words

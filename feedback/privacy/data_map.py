"""What every column is for: read from data_map.toml, in words for people.

The words are English phrases, translated where they are shown.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from surveys.errors import N_

FILE = Path(__file__).parent / "data_map.toml"

UNKNOWN = N_("not described yet")
FIELDS: dict[str, tuple[str, str]] = {
    "link": (N_("Numbers and links"), N_("tie rows together; say nothing by themselves")),
    "identity": (N_("Name and numbers"), N_("to know whom it is about")),
    "address": (N_("Address"), N_("to write to the person")),
    "language": (N_("Language and place"), N_("to ask in the right language at the right hour")),
    "permission": (N_("Permission"), N_("to ask only who may be asked, and to prove it")),
    "order": (N_("Order"), N_("to ask about the right thing, and to help when it went wrong")),
    "course": (N_("Course of the order"), N_("to ask at the right time, and to see what was late")),
    "decision": (N_("Decision"), N_("to say why somebody was asked or not, and followed up or not")),
    "answer": (N_("Answer"), N_("to understand customers, to help them, and to measure")),
    "reading": (N_("Reading of a comment"), N_("to find unhappy answers quickly, and to measure")),
    "mail": (N_("Mail"), N_("to answer the customer, and to see what was written")),
    "note": (N_("Note"), N_("to work on a case or a request together")),
    "raw": (N_("What a shop sent"), N_("to read it, and to look it up when it could not be used")),
    "work": (N_("Who did it"), N_("to share work out, and to account for changes")),
    "state": (N_("State"), N_("to know what is done and what is still to do")),
    "time": (N_("Time"), N_("to keep promises and order, and to forget in time")),
    "hash": (N_("Keyed hash or mask"), N_("to recognise something without keeping it")),
    "secret": (N_("Secret or its hash"), N_("to let in only who may come in")),
    "setting": (N_("Setting"), N_("to work as the shop wants it")),
    "unknown": (UNKNOWN, UNKNOWN),
    "program": (N_("Inside of the program"), N_("so that two processes never do the same thing")),
}
SUBJECTS: dict[str, str] = {
    "customer": N_("Customers"),
    "staff": N_("Staff"),
    "shop": N_("The shop and its settings"),
    "house": N_("The program itself"),
    "unknown": UNKNOWN,
}
BASES: dict[str, str] = {
    "contract": N_("the order (GDPR Art. 6(1)(b))"),
    "interest": N_("legitimate interest in good service (GDPR Art. 6(1)(f))"),
    "consent": N_("consent (GDPR Art. 6(1)(a))"),
    "duty": N_("legal duty to prove it or to heed it (GDPR Art. 6(1)(c))"),
    "work": N_("work for the shop (GDPR Art. 6(1)(b) and (f))"),
    "none": N_("about nobody"),
    "unknown": UNKNOWN,
}
KEPT: dict[str, str] = {
    "answer": N_("%(months)s months after the answer; then the counted score stays without the person"),
    "score": N_("stays with the counted score, without the person after %(months)s months"),
    "purchase": N_("%(months)s months after the order"),
    "asked": N_("%(months)s months after the order, or after the round of a programme"),
    "customer": N_("%(months)s months after the last order or answer"),
    "raw": N_("30 days, then empty; the rest goes with the shop"),
    "mail": N_("%(months)s months after it came in"),
    "file": N_("30 days; the counts stay with the installation"),
    "request": N_("the register stays; what names the person goes when it is settled"),
    "released": N_("until it is taken off the list; a keyed hash only"),
    "proof": N_("stays, and names nobody"),
    "audit": N_("%(audit)s months"),
    "moment": N_("shown for 30 seconds, deleted within a day"),
    "session": N_("until it runs out, 12 hours at most; links 24 hours"),
    "staff": N_("as long as they work here, then as the name beside what they did"),
    "done": N_("until it is done"),
    "installation": N_("as long as the installation"),
    "unknown": UNKNOWN,
}
SEEN: dict[str, str] = {
    "customers": N_("owners, admins, agents"),
    "responses": N_("owners, admins, agents; analysts without the person"),
    "admins": N_("owners, admins"),
    "oneself": N_("the person alone"),
    "everybody": N_("everybody who works here"),
    "nobody": N_("nobody; only the program"),
    "unknown": UNKNOWN,
}
ABOUT_THE_TABLE = ("about", "basis", "kept", "seen")


class Entry(NamedTuple):
    """One column and the codes of what it is for."""

    table: str
    column: str
    about: str
    field: str
    basis: str
    kept: str
    seen: str


@cache
def entries() -> Mapping[tuple[str, str], Entry]:
    """Return every entry of the map by table and column."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    found: dict[tuple[str, str], Entry] = {}
    for table, said in tables.items():
        about, basis, kept, seen = (said[name] for name in ABOUT_THE_TABLE)
        for field, columns in said.items():
            if field not in ABOUT_THE_TABLE:
                for column in columns.split():
                    found[table, column] = Entry(table, column, about, field, basis, kept, seen)
    return found


def entry_of(table: str, column: str) -> Entry:
    """Return the entry of a column; one that has no place yet is shown as such, and fails a test."""
    nowhere = Entry(table, column, "unknown", "unknown", "unknown", "unknown", "unknown")
    return entries().get((table, column), nowhere)


def is_for_the_person(entry: Entry | None) -> bool:
    """Return whether the column tells the person something when they ask for their data.

    Links, secrets and the program's own marks do not; who of the staff did it is the staff's.
    """
    return entry is not None and entry.about == "customer" and entry.field not in HELD_BACK


HELD_BACK = frozenset({"link", "secret", "program", "work"})

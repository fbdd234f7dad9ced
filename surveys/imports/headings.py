"""What the columns of a file may be called: the fields of each kind, and other names for them.

The first name of a field is the API's; people's files say it in other words, English or German.
Both are told apart from data by nothing but this table.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from surveys.customers.columns import (
    CUSTOMER_REQUIRED,
    PURCHASE_REQUIRED,
    is_customer_column,
    is_purchase_column,
)
from surveys.errors import N_, Refusal, Words
from surveys.masking import quoted
from surveys.responses.rows import REQUIRED as RESPONSE_REQUIRED
from surveys.responses.rows import is_column as is_response_column

FIRST, LAST = "first_name", "last_name"  # fields of ours that are joined into the name

CUSTOMER_FIELDS: Mapping[str, str] = {
    "reference": N_("Customer number"),
    "email": N_("E-mail address"),
    "name": N_("Customer's name"),
    FIRST: N_("First name"),
    LAST: N_("Last name"),
    "locale": N_("Language"),
    "country": N_("Country"),
    "time_zone": N_("Time zone"),
    "permission.basis": N_("Permission: basis"),
    "permission.at": N_("Permission: since when"),
    "permission.evidence": N_("Permission: evidence"),
    "permission.confirmed_at": N_("Permission: confirmed on"),
}
OF_CUSTOMER = {f"customer.{name}": label for name, label in CUSTOMER_FIELDS.items()}

FIELDS: Mapping[str, Mapping[str, str]] = {
    "purchases": {
        "reference": N_("Order number"),
        "placed_at": N_("Ordered on"),
        "shipped_at": N_("Shipped on"),
        "promised_at": N_("Promised for"),
        "delivered_at": N_("Delivered on"),
        "cancelled_at": N_("Cancelled on"),
        "returned_at": N_("Returned on"),
        "refunded_at": N_("Refunded on"),
        **OF_CUSTOMER,
        "total.amount": N_("Total"),
        "total.currency": N_("Currency"),
        "items.1.name": N_("Product"),
        "items.1.sku": N_("Article number"),
        "items.1.category": N_("Category of the product"),
        "items.1.quantity": N_("Quantity"),
        "items.1.price.amount": N_("Price of one"),
        "items.1.price.currency": N_("Currency of the price"),
        "ship_country": N_("Country of delivery"),
        "carrier": N_("Carrier"),
        "order_url": N_("Link to the order"),
        "tracking_url": N_("Link to the parcel"),
        "brand": N_("Shop (its key)"),
    },
    "customers": {**CUSTOMER_FIELDS, "brand": N_("Shop (its key)")},
    "suppressions": {"address": N_("E-mail address")},
    "responses": {
        "survey": N_("Survey (its key)"),
        "submitted_at": N_("Answered on"),
        "score": N_("Score"),
        "comment": N_("Comment"),
        "contact_permission": N_("May be written to (yes or no)"),
        **OF_CUSTOMER,
        "purchase": N_("Order number"),
        "external_id": N_("Number of the answer"),
        "locale": N_("Language of the answer"),
        "brand": N_("Shop (its key)"),
    },
}
EITHER = {
    "customer.reference or customer.email": N_("E-mail address or customer number"),
    "reference or email": N_("E-mail address or customer number"),
    "score or comment": N_("Score or comment"),
}
MOST_NAMED = 20
NAMED = (FIRST, LAST, f"customer.{FIRST}", f"customer.{LAST}")
REQUIRED: Mapping[str, Sequence[Sequence[str]]] = {
    "purchases": PURCHASE_REQUIRED,
    "customers": CUSTOMER_REQUIRED,
    "suppressions": (("address",),),
    "responses": RESPONSE_REQUIRED,
}
KNOWN: Mapping[str, Callable[[str], bool]] = {
    "purchases": is_purchase_column,
    "customers": is_customer_column,
    "suppressions": lambda name: name == "address",
    "responses": is_response_column,
}
# One line for each field: what files call it, in the spelling of `plain`.
OF_CUSTOMERS_ALIASES = """
reference: customer number|customer no|customer id|kundennummer|kunden nr|kundennr|kunden id
email: email|e mail|mail|email address|e mail address|customer email|billing email|contact email
|e mail adresse|emailadresse|mailadresse|kunden e mail|kunden email|rechnung e mail
name: customer name|customer|full name|billing name|recipient|kundenname|kunde|empfänger
|vollständiger name
first_name: first name|firstname|given name|billing first name|vorname
last_name: last name|lastname|surname|family name|billing last name|nachname|familienname
locale: language|language code|customer locale|sprache|sprachcode
country: country|country code|billing country|land|ländercode|rechnungsland
time_zone: time zone|timezone|zeitzone
permission.basis: permission|consent|legal basis|rechtsgrundlage|einwilligung
permission.at: consent date|opt in date|einwilligung am|einwilligungsdatum
permission.evidence: evidence|consent text|nachweis|einwilligungstext
permission.confirmed_at: double opt in date|confirmed at|doi datum|bestätigt am
"""
ALIASES = {
    "purchases": """
reference: order number|order no|order id|order|ordernumber|bestellnummer|bestellnr|bestell nr
|auftragsnummer|auftragsnr|auftrag|belegnummer
placed_at: order date|date|created at|ordered at|ordered on|order date time|purchase date|date created
|bestelldatum|auftragsdatum|datum|kaufdatum|bestellt am
shipped_at: shipped at|shipped on|shipping date|ship date|fulfilled at|versanddatum|versendet am
|verschickt am
promised_at: promised|promised for|estimated delivery|delivery promised|liefertermin|zugesagt
|zugesagt für|voraussichtliche lieferung
delivered_at: delivered at|delivered on|delivery date|lieferdatum|zustelldatum|zugestellt am|geliefert am
cancelled_at: cancelled at|canceled at|cancelled on|storniert am|stornodatum
returned_at: returned at|returned on|return date|retourendatum|zurückgeschickt am|retourniert am
refunded_at: refunded at|refunded on|refund date|erstattet am|erstattungsdatum
total.amount: total|order total|grand total|amount|total price|gesamt|gesamtbetrag|gesamtsumme
|gesamtpreis|bruttobetrag|rechnungsbetrag|summe|betrag
total.currency: currency|currency code|währung|währungscode
items.1.name: product|product name|item|item name|lineitem name|artikel|artikelname|artikelbezeichnung
|produkt|produktname|bezeichnung
items.1.sku: sku|lineitem sku|article number|product number|product id|artikelnummer|artikelnr|artikel nr
|produktnummer
items.1.category: category|product category|kategorie|produktkategorie|warengruppe
items.1.quantity: quantity|qty|lineitem quantity|menge|anzahl|stück|stückzahl
items.1.price.amount: price|unit price|item price|lineitem price|preis|einzelpreis|stückpreis
ship_country: shipping country|ship country|delivery country|lieferland|versandland
carrier: carrier|shipping provider|versanddienstleister|versanddienst|paketdienst|zusteller
order_url: order link|order url|bestelllink|link zur bestellung
tracking_url: tracking link|tracking url|sendungsverfolgung|trackinglink|tracking
""",
    "customers": "name: name\n",
    "suppressions": """
address: address|email|e mail|mail|email address|e mail address|adresse|e mail adresse|emailadresse
|mailadresse|recipient|empfänger
""",
    "responses": """
survey: survey|umfrage|questionnaire|fragebogen
submitted_at: date|answered at|answered on|submitted|submitted at|created at|response date|datum
|beantwortet am|eingegangen am|antwortdatum|zeitstempel|timestamp
score: score|rating|nps|enps|csat|ces|stars|sterne|points|value|bewertung|punkte|note|wert
comment: comment|feedback|text|answer|reason|kommentar|anmerkung|antwort|begründung|freitext
contact_permission: may contact|contact allowed|follow up allowed|kontakt erlaubt|rückfrage erlaubt
purchase: order number|order no|order id|bestellnummer|bestellnr|auftragsnummer
external_id: id|response id|answer id|antwort id|antwortnummer
""",
}


class UnusableMapping(Refusal):
    """The columns do not make what was chosen."""


def plain(heading: str) -> str:
    """Return a heading in lower case with single spaces for everything that is no letter or digit."""
    return re.sub(r"[\W_]+", " ", heading.casefold()).strip()


def _table(lines: str, prefix: str = "") -> dict[str, str]:
    """Return the fields of one table of aliases, by alias; a line that begins with | goes on."""
    found: dict[str, str] = {}
    for line in filter(None, lines.replace("\n|", "|").splitlines()):
        field, _, names = line.partition(": ")
        found |= {plain(name): prefix + field for name in names.split("|")}
    return found


FIELD_OF: Mapping[str, Mapping[str, str]] = {
    "purchases": _table(OF_CUSTOMERS_ALIASES, "customer.") | _table(ALIASES["purchases"]),
    "customers": _table(OF_CUSTOMERS_ALIASES) | _table(ALIASES["customers"]),
    "suppressions": _table(ALIASES["suppressions"]),
    "responses": _table(OF_CUSTOMERS_ALIASES, "customer.") | _table(ALIASES["responses"]),
}


def in_words(kind: str, names: Sequence[str]) -> Words:
    """Return fields with the words that the page has for them; machines and commands are told the names."""
    words = {**EITHER, **FIELDS[kind]}
    return Words({f"“{quoted(name, 60)}”": words.get(name, quoted(name, 60)) for name in names})


def is_field(kind: str, name: str) -> bool:
    """Return whether a column of a file of this kind may go to the field `name`."""
    return KNOWN[kind](name) or (name in NAMED and name in FIELDS[kind])


def field_of(kind: str, heading: str) -> str | None:
    """Return the field that a column with this heading goes to, None when nobody knows it."""
    return heading if is_field(kind, heading) else FIELD_OF[kind].get(plain(heading))


def suggested(kind: str, columns: Sequence[str]) -> list[str | None]:
    """Return for each column the field it likely goes to; each field is taken once, by the first."""
    found: list[str | None] = []
    for heading in columns:
        field = field_of(kind, heading)
        found.append(None if field in found else field)
    return found


def check_mapping(kind: str, mapping: Sequence[str | None], given: Sequence[str] = ()) -> None:
    """Raise UnusableMapping for fields that are unknown, doubled or missing; `given` are said elsewhere."""
    fields = [field for field in mapping if field is not None]
    unknown = sorted({field for field in fields if not is_field(kind, field)})
    doubled = sorted({field for field in fields if fields.count(field) > 1})
    missing = [" or ".join(names) for names in REQUIRED[kind] if not set(names) & {*fields, *given}]
    for names, phrase in (
        (unknown, N_("There are no such fields: %(names)s.")),
        (doubled, N_("Two columns go to the same field: %(names)s. Leave one of them out.")),
        (missing, N_("Missing columns: %(names)s. Say which column of the file it is, or add one.")),
    ):
        if names:
            raise UnusableMapping(phrase, names=in_words(kind, names[:MOST_NAMED]))

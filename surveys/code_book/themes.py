"""Theme codes of two levels with their labels in English and German.

The first level is fixed, so that shops and years stay comparable; the second level is a starting
set. A second-level code is the first-level code, a dot and its own name: `DELIVERY.LATE`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """The words for one code in each language of the house."""

    en: str
    de: str

    def within(self, language: str) -> str:
        """Return the words for a locale such as `de` or `de-AT`; English for every other language."""
        return self.de if language[:2].lower() == "de" else self.en


THEMES: dict[str, Label] = {
    "DELIVERY": Label("Delivery", "Lieferung"),
    "PACKAGING": Label("Packaging", "Verpackung"),
    "PRODUCT_QUALITY": Label("Product quality", "Produktqualität"),
    "PRODUCT_FIT": Label("Fit and taste", "Passform und Geschmack"),
    "DESCRIPTION": Label("Product description", "Produktbeschreibung"),
    "ORDER_ACCURACY": Label("Right items", "Richtige Artikel"),
    "PRICE": Label("Price", "Preis"),
    "PAYMENT": Label("Payment", "Bezahlung"),
    "RETURNS": Label("Returns", "Rücksendung"),
    "SUPPORT": Label("Customer service", "Kundenservice"),
    "WEBSITE": Label("Website and app", "Website und App"),
    "AVAILABILITY": Label("Availability", "Verfügbarkeit"),
    "SETUP": Label("Assembly and set-up", "Aufbau und Einrichtung"),
    "COMMUNICATION": Label("Messages and advertising", "Nachrichten und Werbung"),
    "SAFETY_LEGAL": Label("Safety and law", "Sicherheit und Recht"),
    "PRAISE": Label("Praise", "Lob"),
    "OTHER": Label("Other", "Sonstiges"),
}

DETAILS: dict[str, Label] = {
    "DELIVERY.LATE": Label("Late", "Zu spät"),
    "DELIVERY.NOT_RECEIVED": Label("Not received", "Nicht angekommen"),
    "DELIVERY.PARTIAL": Label("Only in part", "Nur teilweise"),
    "DELIVERY.DAMAGED": Label("Parcel damaged", "Paket beschädigt"),
    "DELIVERY.WRONG_PLACE": Label("Wrong address or neighbour", "Falsche Adresse oder Nachbar"),
    "DELIVERY.CARRIER": Label("Carrier's behaviour", "Verhalten des Zustellers"),
    "DELIVERY.TRACKING": Label("Tracking missing", "Sendungsverfolgung fehlt"),
    "PACKAGING.TOO_MUCH": Label("Too much", "Zu viel"),
    "PACKAGING.PLASTIC": Label("Plastic", "Plastik"),
    "PACKAGING.GIFT_WRAP": Label("Gift wrap", "Geschenkverpackung"),
    "PRODUCT_QUALITY.DEFECTIVE": Label("Defective on arrival", "Bei Ankunft defekt"),
    "PRODUCT_QUALITY.FAILED_LATER": Label("Failed later", "Später kaputtgegangen"),
    "PRODUCT_QUALITY.MATERIAL": Label("Material or finish", "Material oder Verarbeitung"),
    "PRODUCT_QUALITY.DURABILITY": Label("Durability", "Haltbarkeit"),
    "PRODUCT_QUALITY.SPOILED": Label("Spoiled", "Verdorben"),
    "PRODUCT_FIT.TOO_SMALL": Label("Too small", "Zu klein"),
    "PRODUCT_FIT.TOO_LARGE": Label("Too large", "Zu groß"),
    "PRODUCT_FIT.COLOUR": Label("Colour", "Farbe"),
    "PRODUCT_FIT.STYLE": Label("Style", "Stil"),
    "PRODUCT_FIT.TASTE": Label("Taste or smell", "Geschmack oder Geruch"),
    "DESCRIPTION.NOT_AS_DESCRIBED": Label("Not as described", "Nicht wie beschrieben"),
    "DESCRIPTION.PHOTO": Label("Photo misleading", "Foto irreführend"),
    "DESCRIPTION.COMPATIBILITY": Label("Wrong compatibility", "Passt nicht zusammen"),
    "DESCRIPTION.INSTRUCTIONS": Label("Instructions missing", "Anleitung fehlt"),
    "ORDER_ACCURACY.WRONG_ITEM": Label("Wrong item", "Falscher Artikel"),
    "ORDER_ACCURACY.MISSING_ITEM": Label("Missing item", "Artikel fehlt"),
    "ORDER_ACCURACY.WRONG_VARIANT": Label("Wrong quantity or variant", "Falsche Menge oder Variante"),
    "PRICE.TOO_EXPENSIVE": Label("Too expensive", "Zu teuer"),
    "PRICE.CHANGED": Label("Price changed", "Preis geändert"),
    "PRICE.SHIPPING": Label("Shipping cost", "Versandkosten"),
    "PRICE.VOUCHER": Label("Voucher failed", "Gutschein ging nicht"),
    "PAYMENT.CHARGED_TWICE": Label("Charged twice", "Doppelt abgebucht"),
    "PAYMENT.REFUND": Label("Refund late or missing", "Erstattung spät oder fehlt"),
    "PAYMENT.METHOD": Label("Payment method", "Zahlungsart"),
    "PAYMENT.INVOICE": Label("Invoice", "Rechnung"),
    "RETURNS.UNCLEAR": Label("Process unclear", "Ablauf unklar"),
    "RETURNS.LABEL": Label("Return label", "Rücksendeetikett"),
    "RETURNS.COST": Label("Cost", "Kosten"),
    "RETURNS.REFUSED": Label("Refused", "Abgelehnt"),
    "RETURNS.SLOW": Label("Slow", "Langsam"),
    "SUPPORT.NO_ANSWER": Label("No answer", "Keine Antwort"),
    "SUPPORT.SLOW": Label("Slow", "Langsam"),
    "SUPPORT.UNFRIENDLY": Label("Unfriendly", "Unfreundlich"),
    "SUPPORT.INCOMPETENT": Label("Could not help", "Konnte nicht helfen"),
    "SUPPORT.PROMISE_BROKEN": Label("Promise broken", "Zusage nicht gehalten"),
    "SUPPORT.REPEATED": Label("Had to repeat", "Musste es mehrfach erklären"),
    "WEBSITE.SEARCH": Label("Search", "Suche"),
    "WEBSITE.CHECKOUT": Label("Checkout error", "Fehler an der Kasse"),
    "WEBSITE.ACCOUNT": Label("Account or login", "Konto oder Anmeldung"),
    "WEBSITE.SPEED": Label("Speed", "Geschwindigkeit"),
    "WEBSITE.ACCESSIBILITY": Label("Accessibility", "Barrierefreiheit"),
    "COMMUNICATION.TOO_MANY": Label("Too many mails", "Zu viele E-Mails"),
    "COMMUNICATION.MISLEADING": Label("Misleading claim", "Irreführendes Versprechen"),
    "SAFETY_LEGAL.INJURY": Label("Injury or risk", "Verletzung oder Gefahr"),
    "SAFETY_LEGAL.ALLERGEN": Label("Allergen", "Allergen"),
    "SAFETY_LEGAL.DATA_PROTECTION": Label("Data protection", "Datenschutz"),
    "SAFETY_LEGAL.CONSUMER_RIGHTS": Label("Consumer rights", "Verbraucherrechte"),
    "PRAISE.PRODUCT": Label("Product", "Produkt"),
    "PRAISE.SPEED": Label("Speed", "Schnelligkeit"),
    "PRAISE.PERSON": Label("Person", "Person"),
    "PRAISE.PACKAGING": Label("Packaging", "Verpackung"),
}


def label(code: str, language: str) -> str:
    """Return the words for a theme code of either level; the code itself when the book has no such code.

    A second-level code reads "Delivery: Late". A code that left the book must still be shown
    where it was once stored, so nothing is refused here.
    """
    if code in THEMES:
        return THEMES[code].within(language)
    if code in DETAILS:
        return f"{label(code.partition('.')[0], language)}: {DETAILS[code].within(language)}"
    return code

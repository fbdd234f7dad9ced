"""The themes in the words of customers, for reasons to tick: "It came late" instead of "Delivery: Late".

A code without words of its own is shown as the book has it. The languages that only customers are spoken to in have
their words in `surveys.locales.words`.
"""

from collections.abc import Mapping

from surveys.code_book.themes import Label, label
from surveys.locales.words.languages import WORDS

SAID: Mapping[str, Label] = {
    "DELIVERY": Label("The delivery", "Die Lieferung"),
    "PACKAGING": Label("The packaging", "Die Verpackung"),
    "PRODUCT_QUALITY": Label("The quality", "Die Qualität"),
    "PRODUCT_FIT": Label("How it fits or tastes", "Wie es passt oder schmeckt"),
    "DESCRIPTION": Label("The description in the shop", "Die Beschreibung im Shop"),
    "ORDER_ACCURACY": Label("Wrong or missing items", "Falsche oder fehlende Artikel"),
    "PRICE": Label("The price", "Der Preis"),
    "PAYMENT": Label("Paying", "Das Bezahlen"),
    "RETURNS": Label("Sending it back", "Die Rücksendung"),
    "SUPPORT": Label("Customer service", "Der Kundenservice"),
    "WEBSITE": Label("The website or app", "Die Website oder App"),
    "AVAILABILITY": Label("What was in stock", "Was vorrätig war"),
    "SETUP": Label("Putting it together", "Aufbau und Einrichtung"),
    "COMMUNICATION": Label("Messages and advertising", "Nachrichten und Werbung"),
    "SAFETY_LEGAL": Label("Safety or my rights", "Sicherheit oder meine Rechte"),
    "PRAISE": Label("I was pleased", "Ich war zufrieden"),
    "OTHER": Label("Something else", "Etwas anderes"),
    "DELIVERY.LATE": Label("It came late", "Kam zu spät"),
    "DELIVERY.NOT_RECEIVED": Label("It never came", "Kam nie an"),
    "DELIVERY.PARTIAL": Label("Only part of it came", "Nur ein Teil kam an"),
    "DELIVERY.DAMAGED": Label("The parcel was damaged", "Das Paket war beschädigt"),
    "DELIVERY.WRONG_PLACE": Label("It went to the wrong place", "Landete am falschen Ort"),
    "DELIVERY.CARRIER": Label("The driver", "Die Zustellerin oder der Zusteller"),
    "DELIVERY.TRACKING": Label("I could not follow the parcel", "Das Paket ließ sich nicht verfolgen"),
    "PACKAGING.TOO_MUCH": Label("Too much packaging", "Zu viel Verpackung"),
    "PACKAGING.PLASTIC": Label("Too much plastic", "Zu viel Plastik"),
    "PACKAGING.GIFT_WRAP": Label("The gift wrapping", "Die Geschenkverpackung"),
    "PRODUCT_QUALITY.DEFECTIVE": Label("It arrived broken", "War beim Auspacken defekt"),
    "PRODUCT_QUALITY.FAILED_LATER": Label("It broke later", "Ging später kaputt"),
    "PRODUCT_QUALITY.MATERIAL": Label("The material or the finish", "Material oder Verarbeitung"),
    "PRODUCT_QUALITY.DURABILITY": Label("It does not last", "Hält nicht lange"),
    "PRODUCT_QUALITY.SPOILED": Label("It was spoiled", "War verdorben"),
    "PRODUCT_FIT.TOO_SMALL": Label("Too small", "Zu klein"),
    "PRODUCT_FIT.TOO_LARGE": Label("Too large", "Zu groß"),
    "PRODUCT_FIT.COLOUR": Label("The colour", "Die Farbe"),
    "PRODUCT_FIT.STYLE": Label("The style", "Der Stil"),
    "PRODUCT_FIT.TASTE": Label("The taste or smell", "Geschmack oder Geruch"),
    "DESCRIPTION.NOT_AS_DESCRIBED": Label("Not as described", "Nicht wie beschrieben"),
    "DESCRIPTION.PHOTO": Label("It looks different in the photo", "Sieht auf dem Foto anders aus"),
    "DESCRIPTION.COMPATIBILITY": Label("It does not fit my other things", "Passt nicht zu meinen Sachen"),
    "DESCRIPTION.INSTRUCTIONS": Label("The instructions", "Die Anleitung"),
    "ORDER_ACCURACY.WRONG_ITEM": Label("I got the wrong item", "Falscher Artikel"),
    "ORDER_ACCURACY.MISSING_ITEM": Label("Something was missing", "Etwas fehlte"),
    "ORDER_ACCURACY.WRONG_VARIANT": Label("Wrong size, colour or number", "Falsche Größe, Farbe oder Menge"),
    "PRICE.TOO_EXPENSIVE": Label("Too expensive", "Zu teuer"),
    "PRICE.CHANGED": Label("The price had changed", "Der Preis hatte sich geändert"),
    "PRICE.SHIPPING": Label("The cost of shipping", "Die Versandkosten"),
    "PRICE.VOUCHER": Label("My voucher did not work", "Mein Gutschein ging nicht"),
    "PAYMENT.CHARGED_TWICE": Label("I was charged twice", "Doppelt abgebucht"),
    "PAYMENT.REFUND": Label("My refund is late or missing", "Meine Erstattung fehlt oder kam spät"),
    "PAYMENT.METHOD": Label("The ways to pay", "Die Zahlungsarten"),
    "PAYMENT.INVOICE": Label("The invoice", "Die Rechnung"),
    "RETURNS.UNCLEAR": Label("It was unclear what to do", "Unklar, was zu tun war"),
    "RETURNS.LABEL": Label("The return label", "Das Rücksendeetikett"),
    "RETURNS.COST": Label("It cost me money", "Hat mich Geld gekostet"),
    "RETURNS.REFUSED": Label("It was not accepted", "Wurde nicht angenommen"),
    "RETURNS.SLOW": Label("It took too long", "Hat zu lange gedauert"),
    "SUPPORT.NO_ANSWER": Label("I got no answer", "Keine Antwort bekommen"),
    "SUPPORT.SLOW": Label("The answer took too long", "Die Antwort hat zu lange gedauert"),
    "SUPPORT.UNFRIENDLY": Label("They were unfriendly", "Unfreundlich behandelt"),
    "SUPPORT.INCOMPETENT": Label("They could not help me", "Konnten mir nicht helfen"),
    "SUPPORT.PROMISE_BROKEN": Label("A promise was not kept", "Eine Zusage wurde nicht gehalten"),
    "SUPPORT.REPEATED": Label("I had to explain it again and again", "Musste alles mehrmals erklären"),
    "WEBSITE.SEARCH": Label("Finding things", "Das Suchen und Finden"),
    "WEBSITE.CHECKOUT": Label("The checkout", "Die Kasse"),
    "WEBSITE.ACCOUNT": Label("My account or signing in", "Mein Konto oder die Anmeldung"),
    "WEBSITE.SPEED": Label("It is slow", "Ist langsam"),
    "WEBSITE.ACCESSIBILITY": Label("I could not use it", "War für mich nicht bedienbar"),
    "COMMUNICATION.TOO_MANY": Label("Too many mails", "Zu viele E-Mails"),
    "COMMUNICATION.MISLEADING": Label("A promise that was not true", "Ein Versprechen, das nicht stimmte"),
    "SAFETY_LEGAL.INJURY": Label(
        "It is dangerous or hurt somebody", "Ist gefährlich oder hat jemanden verletzt"
    ),
    "SAFETY_LEGAL.ALLERGEN": Label("An allergen", "Ein Allergen"),
    "SAFETY_LEGAL.DATA_PROTECTION": Label("What happens with my data", "Was mit meinen Daten geschieht"),
    "SAFETY_LEGAL.CONSUMER_RIGHTS": Label("My rights as a customer", "Meine Rechte als Kundin oder Kunde"),
    "PRAISE.PRODUCT": Label("The product", "Das Produkt"),
    "PRAISE.SPEED": Label("That it was quick", "Dass es schnell ging"),
    "PRAISE.PERSON": Label("The people", "Die Menschen"),
    "PRAISE.PACKAGING": Label("How it was packed", "Wie es verpackt war"),
}


def said(code: str, language: str) -> str:
    """Return a theme in the words of customers; a code that left the book is shown as it is."""
    added = WORDS.get(language[:2].lower())
    if added is not None and code in added.reasons:
        return added.reasons[code]
    return SAID[code].within(language) if code in SAID else label(code, language)

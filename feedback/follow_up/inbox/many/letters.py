"""The ready question to somebody who was unhappy without a word, in the customer's language."""

from typing import NamedTuple


class Question(NamedTuple):
    """One language's letter; `about` goes into the first sentence when the order is known."""

    greeting: str
    unnamed: str
    about: str
    text: str


LETTERS = {
    "en": Question(
        "Hello {name},",
        "Hello,",
        " about order {order}",
        "thank you for your answer{about}. It tells us that something was not as it should be, and I would like to"
        " understand it: what happened?\n\nOne sentence is enough; simply reply to this mail. If a call suits you"
        " better, tell me when.",
    ),
    "de": Question(
        "Guten Tag {name},",
        "Guten Tag,",
        " zu Bestellung {order}",
        "danke für Ihre Rückmeldung{about}. Offenbar war etwas nicht so, wie es sein soll, und das möchte ich gern"
        " verstehen: Was ist passiert?\n\nEin Satz genügt; antworten Sie einfach auf diese Nachricht. Wenn Ihnen ein"
        " Anruf lieber ist, schreiben Sie mir, wann es passt.",
    ),
    "fr": Question(
        "Bonjour {name},",
        "Bonjour,",
        " sur la commande {order}",
        "merci pour votre réponse{about}. Quelque chose ne s’est pas passé comme il faut et j’aimerais comprendre :"
        " que s’est-il passé ?\n\nUne phrase suffit, il vous suffit de répondre à ce message. Si vous préférez un"
        " appel, dites-moi quand.",
    ),
    "es": Question(
        "Hola, {name}:",
        "Hola:",
        " sobre el pedido {order}",
        "gracias por su respuesta{about}. Algo no fue como debía y me gustaría entenderlo: ¿qué pasó?\n\nBasta con"
        " una frase; responda simplemente a este mensaje. Si prefiere una llamada, dígame cuándo.",
    ),
    "it": Question(
        "Buongiorno {name},",
        "Buongiorno,",
        " sull’ordine {order}",
        "grazie per la sua risposta{about}. Qualcosa non è andato come doveva e vorrei capire: che cosa è"
        " successo?\n\nBasta una frase; risponda semplicemente a questo messaggio. Se preferisce una telefonata, mi"
        " dica quando.",
    ),
    "nl": Question(
        "Goedendag {name},",
        "Goedendag,",
        " over bestelling {order}",
        "bedankt voor uw antwoord{about}. Er was iets niet zoals het hoort, en dat wil ik graag begrijpen: wat is er"
        " gebeurd?\n\nEén zin is genoeg; beantwoord gewoon dit bericht. Belt u liever, laat me dan weten wanneer.",
    ),
    "pl": Question(
        "Dzień dobry {name},",
        "Dzień dobry,",
        " w sprawie zamówienia {order}",
        "dziękuję za odpowiedź{about}. Coś poszło nie tak, jak powinno, i chcę to zrozumieć: co się"
        " stało?\n\nWystarczy jedno zdanie w odpowiedzi na tę wiadomość. Jeśli wygodniejsza będzie rozmowa"
        " telefoniczna, proszę napisać, kiedy.",
    ),
}


def question(language: str, *, name: str | None, order: str | None, agent: str, shop: str) -> str:
    """Return the letter; English where a language has none."""
    words = LETTERS.get(language[:2].lower(), LETTERS["en"])
    greeting = words.greeting.replace("{name}", name) if name else words.unnamed
    body = words.text.replace("{about}", words.about.replace("{order}", order) if order else "")
    return f"{greeting}\n\n{body}\n\n{agent}\n{shop}\n"

"""A letter to everybody of an incident: what it begins with, and how it reads to one customer.

Somebody writes what lies between greeting and name, once for each language; the program puts the rest around it.
"""

from collections.abc import Mapping

from feedback.follow_up.inbox.many.letters import LETTERS

LANGUAGES: tuple[str, ...] = tuple(LETTERS)
# What the text begins with. The parts in brackets are for whoever writes; a letter with one left in it is not sent.
DRAFTS: Mapping[str, str] = {
    "en": "thank you for your answer. Several customers have told us the same these days, and I am sorry about it:"
    " [what has happened].\n\n[What we do about it, and by when.]\n\nYou reach me by replying to this mail.",
    "de": "danke für Ihre Rückmeldung. Mehrere Kundinnen und Kunden haben uns in diesen Tagen dasselbe geschrieben, und"
    " das tut mir leid: [was geschehen ist].\n\n[Was wir tun, und bis wann.]\n\nSie erreichen mich, wenn Sie auf diese"
    " Nachricht antworten.",
    "fr": "merci pour votre réponse. Plusieurs clients nous ont dit la même chose ces jours-ci, et j’en suis désolé :"
    " [ce qui s’est passé].\n\n[Ce que nous faisons, et pour quand.]\n\nVous pouvez me joindre en répondant à ce"
    " message.",
    "es": "gracias por su respuesta. Varios clientes nos han contado lo mismo estos días, y lo lamento: [qué ha"
    " pasado].\n\n[Qué hacemos y para cuándo.]\n\nPuede hablar conmigo respondiendo a este mensaje.",
    "it": "grazie per la sua risposta. In questi giorni più clienti ci hanno raccontato la stessa cosa, e me ne scuso:"
    " [che cosa è successo].\n\n[Che cosa facciamo, ed entro quando.]\n\nPuò raggiungermi rispondendo a questo"
    " messaggio.",
    "nl": "bedankt voor uw antwoord. Meerdere klanten hebben ons deze dagen hetzelfde verteld, en dat spijt me: [wat er"
    " gebeurd is].\n\n[Wat we eraan doen, en wanneer het klaar is.]\n\nU bereikt mij door dit bericht te"
    " beantwoorden.",
    "pl": "dziękuję za odpowiedź. W tych dniach kilka osób napisało nam o tym samym i przykro mi z tego powodu: [co się"
    " stało].\n\n[Co robimy i do kiedy.]\n\nProszę odpowiedzieć na tę wiadomość, aby się ze mną skontaktować.",
}


def language_of(locale: str) -> str:
    """Return the language in which a customer is written to: their own, English where the program has no letter in it."""
    code = locale[:2].lower()
    return code if code in LETTERS else "en"


def letter(language: str, text: str, *, name: str | None, agent: str, shop: str) -> str:
    """Return what one customer reads; `text` is what was written in their language."""
    words = LETTERS[language]
    greeting = words.greeting.replace("{name}", name) if name else words.unnamed
    return f"{greeting}\n\n{text.strip()}\n\n{agent}\n{shop}\n"


assert set(DRAFTS) == set(LANGUAGES)

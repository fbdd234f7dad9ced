"""The letter that thanks a happy customer, in their language: it names what they praised and asks for no stars.

Asking only happy customers for reviews would be choosing who is heard (methodology 4.12), so the letter asks for
nothing. Whether their words may be quoted they can say on their own page, to which its foot leads.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_PRAISE = 240
WHOLE_ENOUGH = 12  # a shorter piece of a comment than this says little; then the comment itself is quoted


@dataclass(frozen=True)
class ThankYouLetter:
    """One language's letter; `about` is put into the first sentence when the order is known."""

    greeting: str
    greeting_unnamed: str
    about: str
    body: str
    subject: str
    may_we: str


EN = ThankYouLetter(
    greeting="Hello {name},",
    greeting_unnamed="Hello,",
    about=" about order {order}",
    body="thank you for taking the time to answer{about}. You wrote: “{praise}”\n\n"
    "We were very glad to read that, and we want it to stay that way.",
    subject="Thank you from {shop}",
    may_we="May we show your words to others?"
    " You decide on this page whether, and with which name, and can take it back at any time:",
)
DE = ThankYouLetter(
    greeting="Guten Tag {name},",
    greeting_unnamed="Guten Tag,",
    about=" zu Bestellung {order}",
    body="danke, dass Sie sich Zeit für eine Rückmeldung{about} genommen haben. Sie schreiben: „{praise}“\n\n"
    "Das hat uns sehr gefreut, und so soll es bleiben.",
    subject="Danke von {shop}",
    may_we="Dürfen wir Ihre Worte anderen zeigen?"
    " Auf dieser Seite bestimmen Sie, ob und mit welchem Namen, und können es jederzeit zurücknehmen:",
)
FR = ThankYouLetter(
    greeting="Bonjour {name},",
    greeting_unnamed="Bonjour,",
    about=" au sujet de la commande {order}",
    body="merci d’avoir pris le temps de nous répondre{about}. Vous écrivez\xa0: «\xa0{praise}\xa0»\n\n"
    "Cela nous a fait très plaisir, et nous voulons que cela reste ainsi.",
    subject="Merci de la part de {shop}",
    may_we="Pouvons-nous montrer vos mots à d’autres\xa0?"
    " Sur cette page, vous décidez si oui et sous quel nom, et vous pouvez revenir sur votre décision à"
    " tout moment\xa0:",
)
ES = ThankYouLetter(
    greeting="Hola, {name}:",
    greeting_unnamed="Hola:",
    about=" sobre el pedido {order}",
    body="gracias por dedicarnos un momento para responder{about}. Usted escribe: «{praise}»\n\n"
    "Nos ha alegrado mucho leerlo y queremos que siga siendo así.",
    subject="Gracias de parte de {shop}",
    may_we="¿Podemos mostrar sus palabras a otras personas?"
    " En esta página decide si podemos y con qué nombre, y puede retirarlo en cualquier momento:",
)
IT = ThankYouLetter(
    greeting="Buongiorno {name},",
    greeting_unnamed="Buongiorno,",
    about=" sull’ordine {order}",
    body="grazie per aver trovato il tempo di rispondere{about}. Lei scrive: «{praise}»\n\n"
    "Ci ha fatto molto piacere leggerlo e vogliamo che resti così.",
    subject="Grazie da {shop}",
    may_we="Possiamo mostrare le Sue parole ad altri?"
    " In questa pagina decide se e con quale nome, e può cambiare idea in qualsiasi momento:",
)
NL = ThankYouLetter(
    greeting="Hallo {name},",
    greeting_unnamed="Hallo,",
    about=" over bestelling {order}",
    body="bedankt dat u de tijd hebt genomen om te antwoorden{about}. U schrijft: “{praise}”\n\n"
    "Dat lazen we met veel plezier, en zo willen we het houden.",
    subject="Bedankt van {shop}",
    may_we="Mogen we uw woorden aan anderen laten zien?"
    " Op deze pagina bepaalt u of het mag en met welke naam, en u kunt het altijd intrekken:",
)
PL = ThankYouLetter(
    greeting="Dzień dobry, {name}!",
    greeting_unnamed="Dzień dobry!",
    about=" dotyczącą zamówienia {order}",
    body="Dziękujemy za poświęcony czas i odpowiedź{about}. Piszą Państwo: „{praise}”\n\n"
    "Bardzo nas to ucieszyło i chcemy, żeby tak pozostało.",
    subject="Podziękowanie od {shop}",
    may_we="Czy możemy pokazać Państwa słowa innym?"
    " Na tej stronie można zdecydować, czy tak i z jakim imieniem, i w każdej chwili to cofnąć:",
)
LETTERS = {"en": EN, "de": DE, "fr": FR, "es": ES, "it": IT, "nl": NL, "pl": PL}


def letter_for(language: str) -> ThankYouLetter:
    """Return the letter in a language, else in English."""
    return LETTERS.get(language[:2].lower(), EN)


def praised(comment: str, clauses: Sequence[Sequence[float]]) -> str:
    """Return the part of a comment that praises most; `clauses` are [start, end, polarity] as it was read.

    Without a clause that is happy and long enough the comment itself, cut at the end of a word where it is long.
    """
    happy = [
        (felt, comment[int(start) : int(end)].strip(" \t\r\n,;–-"))
        for start, end, felt in clauses
        if felt > 0 and end - start >= WHOLE_ENOUGH
    ]
    words = " ".join((max(happy)[1] if happy else comment).split())
    if len(words) <= LONGEST_PRAISE:
        return words
    return words[:LONGEST_PRAISE].rpartition(" ")[0].rstrip(",;:–-") + " …"


def thank_you_text(
    language: str, *, name: str | None, order: str | None, agent: str, shop: str, praise: str
) -> str:
    """Return the letter, ready to be sent."""
    words = letter_for(language)
    greeting = words.greeting.replace("{name}", name) if name else words.greeting_unnamed
    about = words.about.replace("{order}", order) if order else ""
    body = words.body.replace("{about}", about).replace("{praise}", praise)
    return f"{greeting}\n\n{body}\n\n{agent}\n{shop}\n"


def thank_you_subject(language: str, shop: str) -> str:
    """Return the subject of the letter."""
    return letter_for(language).subject.replace("{shop}", shop)

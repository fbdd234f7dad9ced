"""The words of double opt-in, per language: the mail that asks, and what the page's button agrees to.

The mail asks for the confirmation and nothing else: anything more would be advertising without
consent. `agree` is kept as evidence, word for word.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.locales.words.languages import WORDS


@dataclass(frozen=True)
class ConsentLetter:
    """One language's texts; {shop} and {date} are filled in."""

    subject: str
    greeting: str
    greeting_unnamed: str
    why: str
    please: str
    ignore: str
    agree: str
    date: str  # a pattern of babel's


EN = ConsentLetter(
    subject="Please confirm: may {shop} ask you how your orders were?",
    greeting="Hello {name},",
    greeting_unnamed="Hello,",
    why="{shop} was told that you agree to be asked by mail how your orders were.",
    please="If that is right, open this page and press the button there. The link is good until {date}:",
    ignore="If it is not right, do nothing: without your confirmation you get no such questions.",
    agree="Yes, {shop} may ask me by mail how my orders were. I can take this back at any time,"
    " by the link in every such mail.",
    date="d MMMM y",
)

DE = ConsentLetter(
    subject="Bitte bestätigen: Darf {shop} Sie fragen, wie Ihre Bestellungen waren?",
    greeting="Guten Tag {name},",
    greeting_unnamed="Guten Tag,",
    why="{shop} wurde mitgeteilt, dass Sie damit einverstanden sind, per Mail gefragt zu werden,"
    " wie Ihre Bestellungen waren.",
    please="Wenn das stimmt, öffnen Sie diese Seite und drücken Sie dort den Knopf. Der Link gilt bis {date}:",
    ignore="Wenn es nicht stimmt, müssen Sie nichts tun: Ohne Ihre Bestätigung bekommen Sie keine solchen Fragen.",
    agree="Ja, {shop} darf mich per Mail fragen, wie meine Bestellungen waren. Ich kann das jederzeit widerrufen,"
    " mit dem Link in jeder solchen Mail.",
    date="d. MMMM y",
)

LETTERS: Mapping[str, ConsentLetter] = {
    "en": EN,
    "de": DE,
    **{language: ConsentLetter(**words.consent) for language, words in WORDS.items()},
}


def letter_in(language: str) -> ConsentLetter:
    """Return the letter in `language`, else in English."""
    return LETTERS.get(language, EN)

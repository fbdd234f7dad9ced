"""The letter that tells customers what became of what they raised, in English and German; it asks for nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

LANGUAGES = ("en", "de")


@dataclass(frozen=True)
class ToldLetter:
    """One language's letter; places in braces are filled, `about` where the order is known."""

    subject: str
    greeting: str
    greeting_unnamed: str
    about: str
    said: str
    did: str
    declined: str
    thanks: str


EN = ToldLetter(
    subject="What became of what you told {shop}",
    greeting="Hello {name},",
    greeting_unnamed="Hello,",
    about=" about order {order}",
    said="on {day} you answered our question{about}. You and others told us: {said}",
    did="This is what we did: {did}",
    declined="We looked into it and decided otherwise: {did}",
    thanks="Thank you for telling us. You need not answer; if you would like to, simply reply to this mail.",
)
DE = ToldLetter(
    subject="Was aus Ihrer Rückmeldung an {shop} geworden ist",
    greeting="Guten Tag {name},",
    greeting_unnamed="Guten Tag,",
    about=" zu Bestellung {order}",
    said="am {day} haben Sie auf unsere Frage{about} geantwortet. Sie und andere haben uns gesagt: {said}",
    did="Das haben wir getan: {did}",
    declined="Wir haben es geprüft und uns anders entschieden: {did}",
    thanks="Danke, dass Sie es uns gesagt haben. Sie müssen nichts tun; wenn Sie möchten, antworten Sie einfach"
    " auf diese Mail.",
)
LETTERS = {"en": EN, "de": DE}


@dataclass(frozen=True)
class Told:
    """What a letter says besides its own words; `is_declined`: it was not done, and why stands in `did`."""

    said: str
    did: str
    is_declined: bool


@dataclass(frozen=True)
class Addressee:
    """To whom a letter goes and from whom; None where it is not known."""

    name: str | None
    order: str | None
    day: str
    author: str
    shop: str


def text_of(language: str, told: Told, to: Addressee) -> str:
    """Return the letter, ready to be sent."""
    words = LETTERS[language]
    greeting = words.greeting.replace("{name}", to.name) if to.name else words.greeting_unnamed
    about = words.about.replace("{order}", to.order) if to.order else ""
    said = words.said.replace("{day}", to.day).replace("{about}", about).replace("{said}", told.said)
    did = (words.declined if told.is_declined else words.did).replace("{did}", told.did)
    return f"{greeting}\n\n{said}\n\n{did}\n\n{words.thanks}\n\n{to.author}\n{to.shop}\n"


def subject_of(language: str, shop: str) -> str:
    """Return the subject of the letter."""
    return LETTERS[language].subject.replace("{shop}", shop)


def language_for(locale: str, written: Iterable[str]) -> str | None:
    """Return in which of the languages that something was written in a customer is told; None for none of them.

    German for German, English for everybody else: nobody gets German who did not answer in it.
    """
    wanted = "de" if locale[:2].lower() == "de" else "en"
    return wanted if wanted in written else None

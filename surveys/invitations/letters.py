"""The words of our letters to customers, per language: who asks, why, how to answer, how to stop.

The question itself belongs to the survey's version. A place in braces is filled by `composing`;
sentences with facts that may be missing (product, date, reference) are built from whole variants,
because languages order words differently.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from surveys.locales.words.languages import WORDS


@dataclass(frozen=True)
class Letter:
    """One language's texts of invitations and check-backs."""

    subject: Mapping[str, str]  # by the survey's kind
    subject_overall: Mapping[str, str]  # where no order is asked about
    greeting: str
    greeting_unnamed: str
    ordered: str
    ordered_unnamed: str
    please: Mapping[str, str]
    please_overall: Mapping[str, str]
    reminder: str  # before the subject
    reminds: str
    solved: str
    solved_order: str
    how: str
    answer: str
    thanks: str
    why: str
    why_customer: str
    reply: str
    stop: str
    stop_link: str
    privacy: str
    date: str  # a pattern of babel's


EN = Letter(
    subject={
        "nps": "How was your order from {shop}?",
        "csat": "How was your order from {shop}?",
        "ces7": "Was it easy to get help from {shop}?",
        "check_back": "Is your issue with {shop} solved?",
    },
    subject_overall={
        "nps": "How satisfied are you with {shop}?",
        "csat": "How satisfied are you with {shop}?",
        "ces7": "Is it easy to get help from {shop}?",
    },
    greeting="Hello {name},",
    greeting_unnamed="Hello,",
    ordered="On {date} you ordered “{product}” from {shop} (order {reference}).",
    ordered_unnamed="On {date} you ordered from {shop} (order {reference}).",
    please={
        "nps": "We would like to know how it went; one click and, if you like, one sentence help us.",
        "csat": "We would like to know how it went; one click and, if you like, one sentence help us.",
        "ces7": "We would like to know how easy it was to get help; one click and, if you like, one sentence do.",
    },
    please_overall={
        "nps": "You are a customer of {shop}, and we would like to know how you see us as a whole; one click and,"
        " if you like, one sentence help us.",
        "csat": "You are a customer of {shop}, and we would like to know how you see us as a whole; one click and,"
        " if you like, one sentence help us.",
        "ces7": "You are a customer of {shop}, and we would like to know how easy it is to get help; one click and,"
        " if you like, one sentence do.",
    },
    reminder="Reminder: {subject}",
    reminds="We asked you this a few days ago. If you have no time for it, simply do nothing;"
    " nobody thinks less of you.",
    solved="You told us that something had gone wrong, and we believe we have put it right.",
    solved_order="You told us that something had gone wrong with your order {reference},"
    " and we believe we have put it right.",
    how="A click opens a page with your answer; it counts once you press Send there.",
    answer="Answer here:",
    thanks="Thank you",
    why="{shop} writes to you because you ordered there.",
    why_customer="{shop} writes to you because you are a customer there.",
    reply="A reply to this mail reaches a person.",
    stop="You can object to such questions at any time, at no cost beyond your connection:",
    stop_link="No more questions from {shop}",
    privacy="Privacy notice",
    date="d MMMM y",
)

DE = Letter(
    subject={
        "nps": "Wie war Ihre Bestellung bei {shop}?",
        "csat": "Wie war Ihre Bestellung bei {shop}?",
        "ces7": "War es leicht, bei {shop} Hilfe zu bekommen?",
        "check_back": "Ist Ihr Anliegen bei {shop} gelöst?",
    },
    subject_overall={
        "nps": "Wie zufrieden sind Sie mit {shop}?",
        "csat": "Wie zufrieden sind Sie mit {shop}?",
        "ces7": "Ist es leicht, bei {shop} Hilfe zu bekommen?",
    },
    greeting="Guten Tag {name},",
    greeting_unnamed="Guten Tag,",
    ordered="am {date} haben Sie bei {shop} „{product}“ bestellt (Bestellung {reference}).",
    ordered_unnamed="am {date} haben Sie bei {shop} bestellt (Bestellung {reference}).",
    please={
        "nps": "Wir wüssten gern, wie es war; ein Klick und, wenn Sie mögen, ein Satz helfen uns.",
        "csat": "Wir wüssten gern, wie es war; ein Klick und, wenn Sie mögen, ein Satz helfen uns.",
        "ces7": "Wir wüssten gern, wie leicht Sie Hilfe bekommen haben; ein Klick und,"
        " wenn Sie mögen, ein Satz genügen.",
    },
    please_overall={
        "nps": "Sie sind Kundin oder Kunde von {shop}, und wir wüssten gern, wie Sie uns insgesamt sehen; ein Klick und,"
        " wenn Sie mögen, ein Satz helfen uns.",
        "csat": "Sie sind Kundin oder Kunde von {shop}, und wir wüssten gern, wie Sie uns insgesamt sehen; ein Klick und,"
        " wenn Sie mögen, ein Satz helfen uns.",
        "ces7": "Sie sind Kundin oder Kunde von {shop}, und wir wüssten gern, wie leicht es ist, Hilfe zu bekommen;"
        " ein Klick und, wenn Sie mögen, ein Satz genügen.",
    },
    reminder="Erinnerung: {subject}",
    reminds="Das haben wir Sie vor einigen Tagen schon gefragt. Wenn Sie dafür keine Zeit haben,"
    " müssen Sie nichts weiter tun.",
    solved="Sie hatten uns geschrieben, dass etwas nicht in Ordnung war, und wir glauben, dass es nun behoben ist.",
    solved_order="Sie hatten uns geschrieben, dass mit Ihrer Bestellung {reference} etwas nicht in Ordnung war,"
    " und wir glauben, dass es nun behoben ist.",
    how="Ein Klick öffnet eine Seite mit Ihrer Antwort; sie zählt, sobald Sie dort auf „Senden“ drücken.",
    answer="Hier antworten:",
    thanks="Vielen Dank",
    why="{shop} schreibt Ihnen, weil Sie dort bestellt haben.",
    why_customer="{shop} schreibt Ihnen, weil Sie dort Kundin oder Kunde sind.",
    reply="Eine Antwort auf diese Mail erreicht einen Menschen.",
    stop="Sie können solchen Fragen jederzeit widersprechen, ohne dass dafür andere als die Übermittlungskosten"
    " nach den Basistarifen entstehen:",
    stop_link="Keine Fragen mehr von {shop}",
    privacy="Datenschutzhinweise",
    date="d. MMMM y",
)

# What a letter is about, by the survey's kind; the words of the added languages stand by topic.
TOPIC_OF: Mapping[str, str] = {"nps": "order", "csat": "order", "ces7": "help", "check_back": "solved"}


def letter_of(words: Mapping[str, Any]) -> Letter:
    """Return the letter of a language from its words."""
    by_kind = {
        name: {kind: texts[topic] for kind, topic in TOPIC_OF.items() if topic in texts}
        for name, texts in words.items()
        if not isinstance(texts, str)
    }
    return Letter(**(dict(words) | by_kind))


LETTERS: Mapping[str, Letter] = {
    "en": EN,
    "de": DE,
    **{language: letter_of(words.letter) for language, words in WORDS.items()},
}


def letter_in(language: str) -> Letter:
    """Return the letter in `language`, else in English."""
    return LETTERS.get(language, EN)

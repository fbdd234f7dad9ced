"""The words of our letters to customers, per language: who asks, why, how to answer, how to stop.

The question itself belongs to the survey's version. A place in braces is filled by `composing`;
sentences with facts that may be missing (product, date, reference) are built from whole variants,
because languages order words differently.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.locales.words.languages import WORDS


@dataclass(frozen=True)
class Letter:
    """One language's texts of invitations and check-backs."""

    subject: Mapping[str, str]  # by topic, like the next three
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
    anonymous: str
    thanks: str
    why: str
    why_customer: str
    why_work: str
    reply: str
    stop: str
    stop_link: str
    own_page: str
    follow_up: str
    privacy: str
    date: str  # a pattern of babel's


WORK = "work"
# What a letter is about, by the survey's kind.
TOPIC_OF: Mapping[str, str] = {
    "nps": "order",
    "enps": WORK,
    "csat": "order",
    "csat3": "order",
    "ces": "help",
    "ces7": "help",
    "smileys": "order",
    "stars_five": "order",
    "thumbs": "order",
    "pmf": "without",
    "check_back": "solved",
}

EN = Letter(
    subject={
        "order": "How was your order from {shop}?",
        "help": "Was it easy to get help from {shop}?",
        "work": "How is it to work at {shop}?",
        "without": "How would you feel without {shop}?",
        "solved": "Is your issue with {shop} solved?",
    },
    subject_overall={
        "order": "How satisfied are you with {shop}?",
        "help": "Is it easy to get help from {shop}?",
        "work": "How is it to work at {shop}?",
        "without": "How would you feel without {shop}?",
    },
    greeting="Hello {name},",
    greeting_unnamed="Hello,",
    ordered="On {date} you ordered “{product}” from {shop} (order {reference}).",
    ordered_unnamed="On {date} you ordered from {shop} (order {reference}).",
    please={
        "order": "We would like to know how it went; one click and, if you like, one sentence help us.",
        "help": "We would like to know how easy it was to get help; one click and, if you like, one sentence do.",
        "work": "We would like to know how you see us as a place to work; one click and, if you like, one sentence"
        " help us.",
        "without": "We would like to know how much we matter to you; one click and, if you like, one sentence help us.",
    },
    please_overall={
        "order": "You are a customer of {shop}, and we would like to know how you see us as a whole; one click and,"
        " if you like, one sentence help us.",
        "help": "You are a customer of {shop}, and we would like to know how easy it is to get help; one click and,"
        " if you like, one sentence do.",
        "work": "We would like to know how you see {shop} as a place to work; one click and, if you like, one sentence"
        " help us.",
        "without": "You are a customer of {shop}, and we would like to know how much we matter to you; one click and,"
        " if you like, one sentence help us.",
    },
    reminder="Reminder: {subject}",
    reminds="We asked you this a few days ago. If you have no time for it, simply do nothing;"
    " nobody thinks less of you.",
    solved="You told us that something had gone wrong, and we believe we have put it right.",
    solved_order="You told us that something had gone wrong with your order {reference},"
    " and we believe we have put it right.",
    how="A click opens a page with your answer; it counts once you press Send there.",
    answer="Answer here:",
    anonymous="Your answer is anonymous: we store it without your name, your order or the time."
    " What you write to us in a mail is not.",
    thanks="Thank you",
    why="{shop} writes to you because you ordered there.",
    why_customer="{shop} writes to you because you are a customer there.",
    why_work="{shop} writes to you because it would like to know how you see it as a place to work.",
    reply="A reply to this mail reaches a person.",
    stop="You can object to such questions at any time, at no cost beyond your connection:",
    stop_link="No more questions from {shop}",
    own_page="Your answers, a pause, your data",
    follow_up="What you answered, and what happened with it:",
    privacy="Privacy notice",
    date="d MMMM y",
)

DE = Letter(
    subject={
        "order": "Wie war Ihre Bestellung bei {shop}?",
        "help": "War es leicht, bei {shop} Hilfe zu bekommen?",
        "work": "Wie ist es, bei {shop} zu arbeiten?",
        "without": "Wie ginge es Ihnen ohne {shop}?",
        "solved": "Ist Ihr Anliegen bei {shop} gelöst?",
    },
    subject_overall={
        "order": "Wie zufrieden sind Sie mit {shop}?",
        "help": "Ist es leicht, bei {shop} Hilfe zu bekommen?",
        "work": "Wie ist es, bei {shop} zu arbeiten?",
        "without": "Wie ginge es Ihnen ohne {shop}?",
    },
    greeting="Guten Tag {name},",
    greeting_unnamed="Guten Tag,",
    ordered="am {date} haben Sie bei {shop} „{product}“ bestellt (Bestellung {reference}).",
    ordered_unnamed="am {date} haben Sie bei {shop} bestellt (Bestellung {reference}).",
    please={
        "order": "Wir wüssten gern, wie es war; ein Klick und, wenn Sie mögen, ein Satz helfen uns.",
        "help": "Wir wüssten gern, wie leicht Sie Hilfe bekommen haben; ein Klick und,"
        " wenn Sie mögen, ein Satz genügen.",
        "work": "Wir wüssten gern, wie Sie uns als Arbeitgeber sehen; ein Klick und, wenn Sie mögen, ein Satz"
        " helfen uns.",
        "without": "Wir wüssten gern, wie wichtig wir Ihnen sind; ein Klick und, wenn Sie mögen, ein Satz helfen uns.",
    },
    please_overall={
        "order": "Sie sind Kundin oder Kunde von {shop}, und wir wüssten gern, wie Sie uns insgesamt sehen; ein Klick"
        " und, wenn Sie mögen, ein Satz helfen uns.",
        "help": "Sie sind Kundin oder Kunde von {shop}, und wir wüssten gern, wie leicht es ist, Hilfe zu bekommen;"
        " ein Klick und, wenn Sie mögen, ein Satz genügen.",
        "work": "Wir wüssten gern, wie Sie {shop} als Arbeitgeber sehen; ein Klick und, wenn Sie mögen, ein Satz"
        " helfen uns.",
        "without": "Sie sind Kundin oder Kunde von {shop}, und wir wüssten gern, wie wichtig wir Ihnen sind;"
        " ein Klick und, wenn Sie mögen, ein Satz helfen uns.",
    },
    reminder="Erinnerung: {subject}",
    reminds="Das haben wir Sie vor einigen Tagen schon gefragt. Wenn Sie dafür keine Zeit haben,"
    " müssen Sie nichts weiter tun.",
    solved="Sie hatten uns geschrieben, dass etwas nicht in Ordnung war, und wir glauben, dass es nun behoben ist.",
    solved_order="Sie hatten uns geschrieben, dass mit Ihrer Bestellung {reference} etwas nicht in Ordnung war,"
    " und wir glauben, dass es nun behoben ist.",
    how="Ein Klick öffnet eine Seite mit Ihrer Antwort; sie zählt, sobald Sie dort auf „Senden“ drücken.",
    answer="Hier antworten:",
    anonymous="Ihre Antwort ist anonym: Wir speichern sie ohne Ihren Namen, Ihre Bestellung und die Uhrzeit."
    " Was Sie uns in einer Mail schreiben, ist es nicht.",
    thanks="Vielen Dank",
    why="{shop} schreibt Ihnen, weil Sie dort bestellt haben.",
    why_customer="{shop} schreibt Ihnen, weil Sie dort Kundin oder Kunde sind.",
    why_work="{shop} schreibt Ihnen, um zu erfahren, wie Sie {shop} als Arbeitgeber sehen.",
    reply="Eine Antwort auf diese Mail erreicht einen Menschen.",
    stop="Sie können solchen Fragen jederzeit widersprechen, ohne dass dafür andere als die Übermittlungskosten"
    " nach den Basistarifen entstehen:",
    stop_link="Keine Fragen mehr von {shop}",
    own_page="Ihre Antworten, eine Pause, Ihre Daten",
    follow_up="Was Sie geantwortet haben und was daraus geworden ist:",
    privacy="Datenschutzhinweise",
    date="d. MMMM y",
)

LETTERS: Mapping[str, Letter] = {
    "en": EN,
    "de": DE,
    **{language: Letter(**words.letter) for language, words in WORDS.items()},
}


def is_about_an_order(kind: str, purchase_id: int | None) -> bool:
    """Return whether somebody is asked because they ordered; whoever is asked about work may never have."""
    return purchase_id is not None and TOPIC_OF[kind] != WORK


def letter_in(language: str) -> Letter:
    """Return the letter in `language`, else in English."""
    return LETTERS.get(language, EN)

"""The words of the mail with the link to one's own data, per language.

Whoever asked may be somebody the customer forwarded a mail to; so it says what to do with a mail nobody asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.locales.words.languages import WORDS


@dataclass(frozen=True)
class DataLetter:
    """One language's texts by kind of wish; {shop} and {name} are filled in."""

    subject: Mapping[str, str]
    greeting: str
    greeting_unnamed: str
    please: Mapping[str, str]
    ignore: str


EN = DataLetter(
    subject={
        "disclosure": "Your data at {shop}",
        "erasure": "Erase your data at {shop}?",
    },
    greeting="Hello {name},",
    greeting_unnamed="Hello,",
    please={
        "disclosure": "You asked for what {shop} has stored about you. Open this page within an hour and press"
        " the button there; the link works once:",
        "erasure": "You asked {shop} to erase what it has stored about you. Open this page within an hour and press"
        " the button there; the link works once:",
    },
    ignore="If you did not ask for this, do nothing. Somebody has a link to your page at {shop}, perhaps from a mail"
    " that you passed on; nothing is handed out and nothing is erased without the link above.",
)

DE = DataLetter(
    subject={
        "disclosure": "Ihre Daten bei {shop}",
        "erasure": "Ihre Daten bei {shop} löschen?",
    },
    greeting="Guten Tag {name},",
    greeting_unnamed="Guten Tag,",
    please={
        "disclosure": "Sie möchten wissen, was {shop} über Sie gespeichert hat. Öffnen Sie innerhalb einer Stunde"
        " diese Seite und drücken Sie dort den Knopf; der Link gilt einmal:",
        "erasure": "Sie möchten, dass {shop} löscht, was über Sie gespeichert ist. Öffnen Sie innerhalb einer Stunde"
        " diese Seite und drücken Sie dort den Knopf; der Link gilt einmal:",
    },
    ignore="Wenn Sie das nicht verlangt haben, müssen Sie nichts tun. Dann hat jemand einen Link zu Ihrer Seite bei"
    " {shop}, vielleicht aus einer Mail, die Sie weitergegeben haben; ohne den Link oben wird nichts herausgegeben"
    " und nichts gelöscht.",
)

LETTERS: Mapping[str, DataLetter] = {
    "en": EN,
    "de": DE,
    **{language: DataLetter(**words.own_data) for language, words in WORDS.items()},
}


def letter_in(language: str) -> DataLetter:
    """Return the letter in `language`, else in English."""
    return LETTERS.get(language, EN)

"""Everything an added language says to customers beside its English, for whoever reviews it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, NamedTuple

from babel.messages.pofile import read_po

from surveys.code_book.customer_words import SAID, said
from surveys.errors import N_
from surveys.invitations import letters
from surveys.locales import CATALOGS
from surveys.locales.words.languages import WORDS
from surveys.permission import letters as consent
from surveys.questionnaires.starters import STARTERS

NOT_SAID = frozenset({"date"})  # a pattern, no sentence
MoreLetters = tuple[str, Callable[[str], Any]]  # a heading, and the words by language as a dataclass


class Pair(NamedTuple):
    """One sentence in both languages."""

    english: str
    said: str


class Section(NamedTuple):
    """Sentences that stand together, under an English heading."""

    heading: str
    pairs: tuple[Pair, ...]


def sections_of(language: str, more: Iterable[MoreLetters] = ()) -> list[Section]:
    """Return every sentence of an added language, each once in its section; `more` letters lie in rooms above."""
    questions = [
        section(name, definition["texts"]["en"], WORDS[language].questions[kind])
        for _, name, kind, definition in STARTERS
        if kind in WORDS[language].questions
    ]
    return [
        *questions,
        section(N_("Mails that ask"), asdict(letters.EN), asdict(letters.letter_in(language))),
        section(N_("Mail that asks to confirm"), asdict(consent.EN), asdict(consent.letter_in(language))),
        *(section(heading, asdict(letter("en")), asdict(letter(language))) for heading, letter in more),
        section(
            N_("Reasons to tick"), *({code: said(code, tag) for code in SAID} for tag in ("en", language))
        ),
        Section(N_("Pages"), tuple(pages(language))),
    ]


def section(heading: str, english: Mapping[str, Any], said: Mapping[str, Any]) -> Section:
    """Return the section of two texts that are built alike."""
    return Section(heading, tuple(dict.fromkeys(pairs(english, said))))


def pairs(english: Any, said: Any) -> Iterator[Pair]:
    """Yield the sentences of two texts that are built alike, however deep they stand."""
    if isinstance(english, str):
        yield Pair(english, said)
    elif isinstance(english, Mapping):
        for name, text in english.items():
            if name not in NOT_SAID:
                yield from pairs(text, said[name])
    else:
        for one, other in zip(english, said, strict=True):
            yield from pairs(one, other)


def pages(language: str) -> Iterator[Pair]:
    """Yield the sentences of the catalog."""
    with (CATALOGS / language / "LC_MESSAGES/messages.po").open("rb") as file:
        for message in read_po(file, locale=language):
            if message.id:
                yield from pairs(message.id, message.string)

"""The language of the phrase book.

    late                 the word itself, in any spelling of umlauts and any case
    lieferung*           every word that begins so; *lieferung ends so; *liefer* has it anywhere
    lost|missing         one or the other; an alternative of several words is joined: lost|gone_astray
    @parcel              one of the words of a set: the book's sets stand at its top
    parcel .. late       with up to four words between them, in the same clause
    too? late            with or without the first word

Words that follow each other stand side by side. A phrase may name what it is not: `return* ! happy returns`
finds "returns", but not in "many happy returns".
"""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from feedback.analysis.themes.words import plain
from surveys.errors import N_, Refusal

GAP, GAP_WORDS, JOINED = "..", 4, "_"
MOST_VARIANTS = 100
ALTERNATIVE = re.compile(r"@[a-z]+|\*?[^\W_]+(?:['’][^\W_]+)*\*?")
SHORTEST_STEM = 3


class BadPhrase(Refusal):
    """A phrase that cannot be read, with what is wrong in it."""

    def __init__(self, given: str, why: str):
        super().__init__(why, given=given[:200], field="phrases")


NO_WORD = N_(
    "“%(given)s” names no word: write a word, such as delivery, or the beginning of one, such as deliver*."
)
ENDS_OPEN = N_("“%(given)s” begins or ends with a gap: two dots stand between two words.")
SHORT_STEM = N_(
    "“%(given)s” would find too much: before or behind the * there must be three letters at least."
)
UNREADABLE = N_("“%(given)s” has signs that mean nothing here: letters, digits, * | ? _ and .. do.")
NO_SET = N_("“%(given)s” names a set of words that the book does not have.")
TOO_MANY = N_("“%(given)s” can be read in more than 100 ways: write it as several phrases.")


class Part(NamedTuple):
    """One word of a phrase: what it may be, and how many words may stand before it."""

    atoms: frozenset[str]
    gap: int


Phrase = tuple[Part, ...]
Sets = Mapping[str, frozenset[str]]


def read(written: str, sets: Sets | None = None) -> tuple[Phrase, ...]:
    """Return all forms of one phrase, with and without the words that may be left out; refuse what cannot be read."""
    words = written.split()
    if not words:
        raise BadPhrase(written, NO_WORD)
    if GAP in (words[0], words[-1]):
        raise BadPhrase(written, ENDS_OPEN)
    choices: list[list[list[Part]]] = []
    gap = 0
    for word in words:
        if word == GAP:
            gap = GAP_WORDS
        else:
            choices.append(list(_forms(written, word, gap, sets or {})))
            gap = 0
    ways = 1
    for forms in choices:
        ways *= len(forms)
    if ways > MOST_VARIANTS:
        raise BadPhrase(written, TOO_MANY)
    found = {_flat(way) for way in product(*choices)}
    if () in found:
        raise BadPhrase(written, NO_WORD)
    return tuple(sorted(found, key=len, reverse=True))


def _flat(way: tuple[list[Part], ...]) -> Phrase:
    """Return the words of one way to read a phrase; the gap before a word that is left out stays."""
    parts: list[Part] = []
    gap = 0
    for part in (part for form in way for part in form):
        if part.atoms:
            parts.append(part._replace(gap=max(part.gap, gap)) if parts else part._replace(gap=0))
            gap = 0
        else:
            gap = max(part.gap, gap)
    return tuple(parts)


def spelled(written: str) -> str:
    """Return the one way of writing a phrase, so that the same phrase is known again."""
    return " ".join(plain(word) for word in written.split())


def _forms(written: str, word: str, gap: int, sets: Sets) -> Iterator[list[Part]]:
    """Yield what one word of a phrase can be: a word out of several, words joined by _, or nothing."""
    single: set[str] = set()
    for alternative in word.removesuffix("?").split("|"):
        joined = [_atoms(written, each, sets) for each in alternative.split(JOINED)]
        if len(joined) == 1:
            single |= joined[0]
        else:
            yield [Part(atoms, 0 if at else gap) for at, atoms in enumerate(joined)]
    if single:
        yield [Part(frozenset(single), gap)]
    if word.endswith("?"):
        yield [Part(frozenset(), gap)]


def _atoms(written: str, alternative: str, sets: Sets) -> frozenset[str]:
    """Return what one alternative may be: a plain word or stem, or the members of a set."""
    if not ALTERNATIVE.fullmatch(alternative):
        raise BadPhrase(written, UNREADABLE)
    if alternative.startswith("@"):
        if alternative[1:] not in sets:
            raise BadPhrase(written, NO_SET)
        return sets[alternative[1:]]
    if "*" in alternative and len(plain(alternative).strip("*")) < SHORTEST_STEM:
        raise BadPhrase(written, SHORT_STEM)
    return frozenset({plain(alternative)})

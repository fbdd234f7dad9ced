"""The words of a comment as phrases are compared with them: small letters, ae for ä, frequent typos mended."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from feedback.analysis.clauses import clauses

WORD = re.compile(r"[^\W_]+(?:['’`´][^\W_]+)*")
AS_LETTERS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'", "`": "'", "´": "'", "é": "e", "è": "e", "á": "a"}
)
DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
SHORTEST_MENDED = 5  # letters; in shorter words a typo makes another word
LONGEST_WORD = 40  # letters of a word that are looked at


class Word(NamedTuple):
    """One word: its plain form, where it stands, in which clause, and whether a comma stands before it."""

    plain: str
    start: int
    end: int
    clause: int
    after_comma: bool


def plain(word: str) -> str:
    """Return a word as it is compared: "Geschäft’s" and "geschaeft's" are one, "sloooow" is "slow"."""
    return DRAWN_OUT.sub(r"\1", word.lower().translate(AS_LETTERS))[:LONGEST_WORD]


def words_of(text: str) -> list[Word]:
    """Return the words of a text in their order, with offsets into it."""
    spans, at, behind, found = clauses(text), 0, 0, []
    for met in WORD.finditer(text):
        while at + 1 < len(spans) and spans[at + 1].start <= met.start():
            at += 1
        between = text[behind : met.start()]
        found.append(Word(plain(met[0]), met.start(), met.end(), at, "," in between or "(" in between))
        behind = met.end()
    return found


class Mender:
    """Mends one slip of the pen in words that are frequent and long enough: "delivry", "waitign", "qualtiy".

    One slip is a letter left out, added or changed, or two neighbours swapped. The first letter must be right.
    """

    def __init__(self, frequent: Iterable[str], slips: Sequence[tuple[str, str]] = ()):
        self.right = frozenset(frequent)
        self.slips = dict(slips)
        self.by_rest: dict[str, str] = {}
        for word in sorted(self.right):
            if len(word) >= SHORTEST_MENDED:
                for rest in rests(word):
                    self.by_rest.setdefault(rest, word)

    def mended(self, word: str) -> str:
        """Return the frequent word that `word` was meant to be, or `word`."""
        if word in self.slips:
            return self.slips[word]
        if len(word) < SHORTEST_MENDED or word in self.right:
            return word
        for rest in rests(word):
            meant = self.by_rest.get(rest)
            if meant is not None and is_one_slip(word, meant):
                return meant
        return word


def rests(word: str) -> list[str]:
    """Return the word, and what is left of it without each of its letters but the first."""
    return [word] + [word[:at] + word[at + 1 :] for at in range(1, min(len(word), LONGEST_WORD))]


def is_one_slip(word: str, meant: str) -> bool:
    """Tell whether `word` is `meant` with one letter more, fewer or changed, or with two neighbours swapped."""
    at = next((at for at, (one, other) in enumerate(zip(word, meant, strict=False)) if one != other), None)
    if at is None:
        return abs(len(word) - len(meant)) <= 1
    if len(word) != len(meant):
        return word[at + 1 :] == meant[at:] or word[at:] == meant[at + 1 :]
    return word[at + 1 :] == meant[at + 1 :] or (
        word[at : at + 2] == meant[at + 1] + meant[at] and word[at + 2 :] == meant[at + 2 :]
    )

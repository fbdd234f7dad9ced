"""A book of phrases, and what it finds in a text.

A book is compiled once. Each word of a text is looked up in tables of whole words, beginnings and ends; only phrases
whose first word is there are tried, so a text costs its length and not the size of the book.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from feedback.analysis.themes.negation import is_denied, is_negator
from feedback.analysis.themes.phrases import Phrase
from feedback.analysis.themes.words import Mender, Word, words_of
from surveys.code_book.themes import THEMES

# Codes of the second level that name a matter and no fault: denying them leaves the matter.
MATTERS = frozenset(
    """PAYMENT.METHOD PAYMENT.INVOICE PRODUCT_FIT.COLOUR PRODUCT_FIT.STYLE PRODUCT_FIT.TASTE WEBSITE.SEARCH
    WEBSITE.ACCOUNT WEBSITE.ACCESSIBILITY PACKAGING.GIFT_WRAP PACKAGING.PLASTIC PRODUCT_QUALITY.MATERIAL RETURNS.LABEL
    SAFETY_LEGAL.DATA_PROTECTION SAFETY_LEGAL.CONSUMER_RIGHTS SAFETY_LEGAL.ALLERGEN DELIVERY.CARRIER
    DELIVERY.TRACKING DESCRIPTION.INSTRUCTIONS DESCRIPTION.PHOTO PRICE.SHIPPING PRICE.VOUCHER""".split()  # noqa: SIM905
)
LONGEST = 5_000  # characters that are read
MOST_PLACES = 100  # of a comment at which one phrase is tried: the same word a hundred times says nothing new


class Mention(NamedTuple):
    """One occurrence of a theme in a text: `text[start:end]`, and the matched words in it."""

    code: str
    start: int
    end: int
    words: tuple[str, ...] = ()


class Entry(NamedTuple):
    """One phrase of a book in all its forms, for one code; where one of `unless` overlaps it, it does not count.

    A `weak` one counts only in comments in which nothing else is found.
    """

    code: str
    forms: tuple[Phrase, ...]
    unless: tuple[Phrase, ...] = ()
    weak: bool = False


class Book:
    """The phrases of one language, ready to be looked for."""

    def __init__(self, entries: Iterable[Entry], mender: Mender | None = None):
        self.mender = mender or Mender(())
        self.by_first: dict[str, list[tuple[Entry, Phrase]]] = defaultdict(list)
        atoms: set[str] = set()
        for entry in entries:
            for phrase in entry.forms:
                for atom in phrase[0].atoms:
                    self.by_first[atom].append((entry, phrase))
                atoms.update(*(part.atoms for part in phrase))
            for unwanted in entry.unless:
                atoms.update(*(part.atoms for part in unwanted))
        self.atoms = atoms
        self.begins = _by_length(atom[:-1] for atom in atoms if atom.endswith("*") and atom[0] != "*")
        self.ends = _by_length(atom[1:] for atom in atoms if atom[0] == "*" and not atom.endswith("*"))
        self.within = [atom.strip("*") for atom in atoms if atom[0] == "*" and atom.endswith("*")]

    def mentions(self, text: str) -> list[Mention]:
        """Return what the first 5,000 characters of `text` mention, in their order; of one place the most specific."""
        text = text[:LONGEST]
        words = words_of(text)
        seen: dict[str, frozenset[str]] = {}
        for word in words:
            if word.plain not in seen:
                seen[word.plain] = self._atoms_of(word.plain)
        kinds = [seen[word.plain] for word in words]
        found = {hit for hit in self._hits(words, kinds) if hit[1] <= hit[2]}
        strong = [hit[:3] for hit in found if not hit[3]]
        hits = strong or [hit[:3] for hit in found]
        return [
            Mention(
                code, words[first].start, words[last].end, tuple(w.plain for w in words[first : last + 1])
            )
            for code, first, last in _specific(hits, words)
        ]

    def _atoms_of(self, word: str) -> frozenset[str]:
        """Return the words and stems of the book that a word is; a typo is mended only where it is none."""
        found = self._looked_up(word)
        if found:
            return found
        mended = self.mender.mended(word)
        return found if mended == word else self._looked_up(mended)

    def _looked_up(self, word: str) -> frozenset[str]:
        found = {word} & self.atoms
        for length, stems in self.begins.items():
            if word[:length] in stems and len(word) >= length:
                found.add(f"{word[:length]}*")
        for length, stems in self.ends.items():
            if len(word) >= length and word[-length:] in stems:
                found.add(f"*{word[-length:]}")
        found.update(f"*{stem}*" for stem in self.within if stem in word)
        return frozenset(found)

    def _hits(
        self, words: Sequence[Word], kinds: Sequence[frozenset[str]]
    ) -> Iterator[tuple[str, int, int, bool]]:
        """Yield code, first and last word, and whether it is weak, for every phrase that stands in the words."""
        present: frozenset[str] = frozenset().union(*kinds)
        possible: dict[int, tuple[Entry, Phrase, list[Phrase]] | None] = {}
        tries: dict[int, int] = defaultdict(int)
        for at, kind in enumerate(kinds):
            for atom in kind:
                for entry, phrase in self.by_first.get(atom, ()):
                    key = id(phrase)
                    if key not in possible:
                        unless = [each for each in entry.unless if _can_stand(each, present)]
                        possible[key] = (entry, phrase, unless) if _can_stand(phrase, present) else None
                    if possible[key]:
                        tries[key] += 1
                    if (
                        tries[key] <= MOST_PLACES
                        and (tried := possible[key])
                        and (hit := _hit(*tried, at, words, kinds))
                    ):
                        yield hit


def _can_stand(phrase: Phrase, present: frozenset[str]) -> bool:
    """Tell whether all words of a phrase are somewhere in a text."""
    return all(not part.atoms.isdisjoint(present) for part in phrase)


def _hit(
    entry: Entry,
    phrase: Phrase,
    unless: Sequence[Phrase],
    at: int,
    words: Sequence[Word],
    kinds: Sequence[frozenset[str]],
) -> tuple[str, int, int, bool] | None:
    """Return code, first and last word, and whether it is weak, of a phrase that stands at `at` and counts."""
    places = _places(phrase, at, words, kinds)
    if places is None or _is_excluded(unless, at, places[-1], words, kinds):
        return None
    code = _denied(entry.code) if _is_denied(places, words) else entry.code
    return (code, at, places[-1], entry.weak) if code else None


def _denied(code: str) -> str | None:
    """Return what is left of a mention that is denied: the matter without the fault; of praise nothing."""
    top = code.partition(".")[0]
    if top == "PRAISE":
        return None
    return code if code in MATTERS else top


def _by_length(stems: Iterable[str]) -> Mapping[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for stem in stems:
        found[len(stem)].add(stem)
    return found


def _places(
    phrase: Phrase, at: int, words: Sequence[Word], kinds: Sequence[frozenset[str]]
) -> list[int] | None:
    """Return the places of a phrase's words when it begins at `at`, or None when it does not stand there whole."""
    clause, found = words[at].clause, [at]
    for part in phrase[1:]:
        for nearest in range(at + 1, min(len(words), at + 2 + part.gap)):
            if words[nearest].clause != clause:
                return None
            if not part.atoms.isdisjoint(kinds[nearest]):
                at = nearest
                found.append(at)
                break
        else:
            return None
    return found


def _is_denied(places: Sequence[int], words: Sequence[Word]) -> bool:
    """Tell whether a phrase is denied: from outside, or by a word in one of its gaps."""
    gaps = set(range(places[0], places[-1])).difference(places)
    return any(is_negator(words[at].plain) for at in gaps) or is_denied(words, places[0], places[-1])


def _is_excluded(
    unless: Sequence[Phrase], first: int, last: int, words: Sequence[Word], kinds: Sequence[frozenset[str]]
) -> bool:
    """Tell whether one of the things a phrase is not stands over it."""
    for unwanted in unless:
        for at in range(max(0, first - 8), last + 1):
            if unwanted[0].atoms.isdisjoint(kinds[at]):
                continue
            places = _places(unwanted, at, words, kinds)
            if places is not None and places[-1] >= first:
                return True
    return False


def _specific(hits: Iterable[tuple[str, int, int]], words: Sequence[Word]) -> list[tuple[str, int, int]]:
    """Keep the longest mention of a code where several overlap, and no bare matter beside its own detail.

    The matter goes where a detail of it stands in the same clause: "the delivery came late" is DELIVERY.LATE alone.
    """
    kept: list[tuple[str, int, int]] = []
    ends: dict[str, int] = {}
    for hit in sorted(hits, key=lambda hit: (hit[1], -hit[2], hit[0])):
        code, first, last = hit
        if first > ends.get(code, -1):
            kept.append(hit)
            ends[code] = last
    detailed = {
        (code.partition(".")[0], words[first].clause) for code, first, _ in kept if code not in THEMES
    }
    return [hit for hit in kept if hit[0] not in THEMES or (hit[0], words[hit[1]].clause) not in detailed]

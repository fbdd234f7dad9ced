"""The words of a comment in order, and the rules tried where they can begin.

A comment has few words and there are a thousand rules. So rules are looked up by a word that each of them
needs, and a rule is tried only where one of its first words stands, and only if the comment has a word
for each of its places; no text, however it was made up, can then keep the reader busy for long.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

from feedback.analysis.intents.patterns import Heads, Rule

WORD = re.compile(r"\w+")
LONGEST_BEGINNING = 14
# A sentence ends at a mark before a blank, but not after an ordinal ("am 2. überwiesen") or a short form.
SENTENCE_END = re.compile(r"[.!?]+(?=\s|\Z)|\n")
GOES_ON = re.compile(r"(?:\d|\b(?:nr|no|mr|mrs|dr|st|tel|art|ca|bzw|inkl|evtl))\.\Z")


class Rulebook:
    """Rules in their order, each to be found by the words of its longest place: long words are rare ones."""

    def __init__(self, rules: Iterable[Rule]):
        self.rules = tuple(rules)
        self.by_word: dict[str, list[int]] = defaultdict(list)
        self.by_beginning: dict[str, list[int]] = defaultdict(list)
        self.always: list[int] = []
        for number, rule in enumerate(self.rules):
            places = [place for place in rule.needs if not place.anything]
            if not places:
                self.always.append(number)
                continue
            longest = max(places, key=lambda place: min(map(len, place.whole | place.beginnings)))
            for word in longest.whole:
                self.by_word[word].append(number)
            for beginning in longest.beginnings:
                self.by_beginning[beginning[:LONGEST_BEGINNING]].append(number)

    def possible(self, worded: "Worded") -> list[Rule]:
        """Return the rules that a text may have the words for, in their order."""
        found = set(self.always)
        for word in self.by_word.keys() & worded.words:
            found.update(self.by_word[word])
        for beginning in self.by_beginning.keys() & worded.beginning.keys():
            found.update(self.by_beginning[beginning])
        return [self.rules[number] for number in sorted(found)]


class Worded:
    """A text by its words and sentences."""

    def __init__(self, text: str):
        self.text = text
        self.at: dict[str, list[int]] = defaultdict(list)
        self.beginning: dict[str, list[str]] = defaultdict(list)
        for match in WORD.finditer(text):
            self.at[match[0]].append(match.start())
        self.words = frozenset(self.at)
        for word in self.words:
            for length in range(1, min(len(word), LONGEST_BEGINNING) + 1):
                self.beginning[word[:length]].append(word)
        self.sentences = list(_sentences(text))
        self._starts = [begins for begins, _ in self.sentences]
        self._first_words = self._find_first_words()

    def sentence_of(self, position: int) -> int:
        """Return the number of the sentence in which a position lies."""
        return bisect_right(self._starts, position) - 1

    def matches(self, rules: Rulebook, *, across: bool = False, most: int = 400) -> Iterator[tuple[int, int]]:
        """Yield where each rule matches, at most `most` times in all."""
        for rule in rules.possible(self):
            if not all(map(self._has, rule.needs)):
                continue
            taken = 0
            for position in self._positions(rule):
                if position < taken:
                    continue
                ends = len(self.text) if across else self.sentences[self.sentence_of(position)][1]
                match = rule.pattern.match(self.text, position, ends)
                if match is not None:
                    taken = match.end()
                    yield match.start(), match.start() + len(match[0].rstrip())
                    most -= 1
                    if most == 0:
                        return

    def _find_first_words(self) -> list[int]:
        """Return where the first word of each sentence stands."""
        found = (WORD.search(self.text, begins, ends) for begins, ends in self.sentences)
        return [match.start() for match in found if match is not None]

    def _has(self, heads: Heads) -> bool:
        """Tell whether some word of the text fits a place of a rule."""
        if heads.anything or not heads.whole.isdisjoint(self.words):
            return True
        return bool(heads.beginnings) and any(self._begun(heads.beginnings))

    def _begun(self, beginnings: frozenset[str]) -> Iterator[str]:
        """Yield the words that begin in one of several ways."""
        for beginning in beginnings:
            for word in self.beginning.get(beginning[:LONGEST_BEGINNING], ()):
                if word.startswith(beginning):
                    yield word

    def _positions(self, rule: Rule) -> list[int]:
        """Return where a rule can begin, in order."""
        heads = rule.starts
        if rule.at_start:
            return self._first_words
        if heads.anything:
            return sorted(position for positions in self.at.values() for position in positions)
        words = heads.whole & self.words | set(self._begun(heads.beginnings))
        return sorted(position for word in words for position in self.at[word])


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends."""
    begins = 0
    for match in SENTENCE_END.finditer(text):
        goes_on = GOES_ON.search(text, max(begins, match.end() - 6), match.end())
        if goes_on and text[match.end() : match.end() + 2].strip(" ").isalnum():
            continue
        yield begins, match.end()
        begins = match.end()
    yield begins, len(text)

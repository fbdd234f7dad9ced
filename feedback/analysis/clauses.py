"""Cut a comment into the clauses that can feel differently: "the lamp is lovely, but it came late".

A new clause begins after a sentence end, a line end, a semicolon or a dash between words, and at words
that turn the mood (but, however, aber, obwohl, außer, …). Where a turning word opens a sentence
("Although it came late, I love it"), its clause ends at the next comma. Offsets count characters of
the text as it was given; a clause never begins or ends with a blank and always has a letter or digit
or a sign of its own, such as a face.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple


class Clause(NamedTuple):
    """One clause of a text: `text[start:end]`."""

    start: int
    end: int


# Words that begin a clause of another mood wherever they stand.
TURNS = r"""
    (?<!nothing\ )(?<!anything\ )(?<!all\ )(?<!last\ )but|yet\ (?=the|it|i|we|they|my|still|no|an?\b)
    |although|even\ though|whereas|except|besides\ that|on\ the\ other\ hand|only\ problem
    |aber|obwohl|obgleich|sondern|außer|ausser|einziges?\ manko|einziger\ (?:haken|wermutstropfen|nachteil)
"""
# The same, but only behind a comma or another break: elsewhere they mean something else.
TURNS_AFTER_COMMA = r"""
    yet|while|only|just|still|despite|in\ spite\ of|otherwise|apart\ from|nevertheless|shame|pity|sadly|unfortunately
    |nur|doch|trotz|ansonsten|sonst|bloß|bloss|dafür|immerhin|leider|schade|wobei|während
"""
# These may stand within the clause they turn: it begins at the comma before them.
TURNS_WITHIN = r"""
    however|though|jedoch|allerdings|hingegen|dagegen|andererseits|trotzdem|dennoch
"""
# Words that open a sentence with what is then set against the rest of it.
OPENERS = re.compile(
    r"(?:al)?though\b|even\ though\b|while\b|whereas\b|despite\b|in\ spite\ of\b|apart\ from\b|except\b"
    r"|obwohl\b|obgleich\b|während\b|trotz\b|abgesehen\ von\b|bis\ auf\b|au(?:ß|ss)er\b",
    re.IGNORECASE | re.VERBOSE,
)


def words(listed: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(listed.split())


# A full stop behind these ends no sentence; nor does one behind a single letter or a number.
ABBREVIATIONS = words(
    """approx ca bzw etc evtl ggf inkl incl max min mr mrs ms dr nr no st str tel usw vgl vs z.b e.g i.e d.h u.a
    bsp o.ä s.o sog zzgl"""
)
BREAK = re.compile(
    rf"""
      (?P<stop>[.!?…]+["'”»)\]]*(?=\s|$))
    | (?P<line>[\r\n]+)
    | (?P<sign>;|\s[-–—]{{1,3}}\s|[–—])
    | (?P<turn>(?<![\w-])(?:{TURNS})(?![\w-]))
    | (?P<within>(?<![\w-])(?<!even\ )(?<!as\ )(?:{TURNS_WITHIN})(?![\w-]))
    | (?P<after>(?<=[,(:]\ )(?:{TURNS_AFTER_COMMA})(?![\w-]))
    """,
    re.IGNORECASE | re.VERBOSE,
)
WITHIN = re.compile(TURNS_WITHIN, re.IGNORECASE | re.VERBOSE)
COMMA = re.compile(r",(?=\s)")
LAST_WORD = re.compile(r"(?:[^\s.]+\.)*[^\s.]*$")
BLANK_OR_COMMA = re.compile(r"[\s,;:]")
SOMETHING = re.compile(r"[^\s.,;:!?…\-–—()\[\]\"'”“„»«*_/]")
WORD = re.compile(r"\w+")
LOOK_BACK = 12  # characters in which an abbreviation is looked for


def clauses(text: str, *, at_commas: bool = False) -> list[Clause]:
    """Return the clauses of `text` in their order; an empty list when it says nothing.

    With `at_commas` two statements of three words and more on both sides of a comma are two clauses too.
    """
    bounds = sorted({0, len(text), *_bounds(text)})
    found = [clause for start, end in pairwise(bounds) if (clause := _trimmed(text, start, end))]
    if at_commas:
        found = [part for clause in found for part in _at_commas(text, clause)]
    return found


def _bounds(text: str) -> Iterator[int]:
    """Yield the places at which a clause begins or ends."""
    yield from _opening(text, 0)
    sentence = 0
    for met in BREAK.finditer(text):
        if met["stop"] or met["line"]:
            if met["line"] or _ends_a_sentence(text, met.start(), met["stop"]):
                sentence = met.end()
                yield sentence
                yield from _opening(text, sentence)
        elif met["sign"]:
            yield from met.span()
        elif _stands_alone(text, sentence, met.start(), met.end()):
            yield met.start()
        elif met["within"] and (comma := text.rfind(", ", sentence, met.start() - 2)) >= 0:
            yield comma + 1


def _opening(text: str, start: int) -> Iterator[int]:
    """Yield the comma that ends a clause which a turning word opens at `start`."""
    blanks = len(text[start : start + 20]) - len(text[start : start + 20].lstrip())
    if OPENERS.match(text, start + blanks) and (comma := COMMA.search(text, start, start + 200)):
        yield comma.end()


def _ends_a_sentence(text: str, at: int, stop: str) -> bool:
    """Tell whether a full stop ends a sentence and no abbreviation or number; other signs always do."""
    if stop != ".":
        return True
    word = LAST_WORD.search(text[max(0, at - LOOK_BACK) : at])
    last = word[0].lower().lstrip("(\"'„“") if word else ""
    if last in ABBREVIATIONS or (len(last) == 1 and last.isalpha()):
        return False
    following = text[at + 1 : at + 4].strip()
    # "am 3. Mai" goes on, "It cost 30." at the end of a text does not.
    return not (last.isdigit() and len(last) <= 2 and following)


def _stands_alone(text: str, sentence: int, start: int, end: int) -> bool:
    """Tell whether a clause begins at a turning word: something is said before it and behind it.

    "Getting it, however, was a horror" stays whole: in front of the word there is no statement yet. Nor does
    a word begin anything that stands within its clause: "The carrier however was late".
    """
    before, behind = text[max(sentence, start - 80) : start], text[end : end + 40]
    if not SOMETHING.search(before) or not SOMETHING.search(behind.partition(".")[0]):
        return False
    if WITHIN.match(text, start):
        if not before.rstrip(" ").endswith((",", "(", ":")):
            return False
        return not (behind.startswith(",") and len(WORD.findall(before)) < 3)
    return True


def _trimmed(text: str, start: int, end: int) -> Clause | None:
    """Return the clause without blanks and commas at its ends, or None when nothing is left."""
    while start < end and BLANK_OR_COMMA.match(text, start):
        start += 1
    while end > start and BLANK_OR_COMMA.match(text, end - 1):
        end -= 1
    return Clause(start, end) if SOMETHING.search(text, start, end) else None


# What goes on behind a comma instead of beginning anew.
GOES_ON = words(
    """which that who whose where when because since so and or as if etc
    dass daß weil wenn da damit und oder wie als ob der die das dem den deren dessen welche welcher welches wo um zu
    ohne sodass"""
)


def _at_commas(text: str, clause: Clause) -> Iterator[Clause]:
    """Yield the parts of a clause between commas that are statements of their own."""
    start = clause.start
    for comma in COMMA.finditer(text, clause.start, clause.end):
        behind = WORD.findall(text, comma.end(), min(clause.end, comma.end() + 80))
        if len(behind) < 3 or behind[0].lower() in GOES_ON:
            continue
        if len(WORD.findall(text, start, comma.start())) >= 3 and (
            part := _trimmed(text, start, comma.end())
        ):
            yield part
            start = comma.end()
    if last := _trimmed(text, start, clause.end):
        yield last
